// Closing the applications of a recruitment as a job: ordered with the number of people whom it concerns, done in steps
// that may each be repeated, and gone on with after a restart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hanjari/intake/officers_work.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"

namespace hanjari::services {

// Orders it; gives the job that closes them already when there is one. `concerned`: ClosingQuestion::unpaid, as the
// officer has read it. Throws NotAllowed (role_not_allowed), NotFound (unknown_recruitment), Conflict (still_open: no
// calendar is over yet; concern_unsaid: another number of people is concerned).
Job order_closing(ApplicationCloser&, JobRepository&, const Actor&, const ExamCode&, std::int64_t concerned, const Change&);

// What a finished job of this kind did. Counted when it ended, so that nothing is missing that a program did before it
// died.
struct ClosingMade {
  std::int64_t accepted = 0;   // have paid, or owe nothing
  std::int64_t lapsed = 0;
  std::int64_t undecided = 0;  // have not lapsed: the provider has not said how their payment ended
  std::int64_t withdrawn = 0;
  int still_open = 0;
  bool closed = false;  // the recruitment is closed; else it is to be closed again later
};
std::optional<ClosingMade> parse_closing_made(const std::string& result);

// The same use case as the command's: close_applications.
JobWork closing_work(ApplicationCloser&, const Clock&);

}  // namespace hanjari::services
