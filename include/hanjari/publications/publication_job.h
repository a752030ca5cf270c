// Making a version of a publication as one job: everything that will be shown is rendered, judged, sealed, read back from where it is
// kept, opened and judged again; then the key is split and wiped. What fails on the way is kept in no part, and its key is
// gone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/plans/exams.h"
#include "hanjari/proof/publication.h"
#include "hanjari/publications/publications.h"
#include "hanjari/results/interview_entries.h"
#include "hanjari/results/results.h"

namespace hanjari::services {

// Who signs the checkpoint: the key of the receipts.
struct NoteSigner {
  std::string public_key;  // 32 raw bytes
  proof::Sign sign;
};

// Keeps the order as a new version and orders its making. The very order that the newest version was made of, on the same
// decision, makes no new one: that version and no job is given. Throws InvalidInput (bad_order) with every fault of the order;
// NotFound (unknown_decision, unknown_final); Conflict (no_release_yet: nothing to take back; publication_running;
// decision_overtaken). `interviews`: where final decisions are kept; without it only written results are published.
struct OrderedPublication {
  Publication publication;
  std::optional<Job> job;
};
// Days of the order (passed_until and the others) are taken as files and forms take them, and kept as YYYY-MM-DD.
OrderedPublication order_publication(PublicationRepository&, ResultRepository&, JobRepository&, const ExamCode& exam,
                                     const PublicationOrder& order, const Change& change, InterviewRepository* interviews = nullptr);

// Nothing of a verdict: results of jobs are stored openly.
struct PublicationMade {
  std::int64_t number = 0;
  std::int64_t people = 0;
  std::int64_t pages_compared = 0;
  std::string digest;
};
std::optional<PublicationMade> parse_publication_made(const std::string& result);

// InvalidInput (publication_differs) with every finding by applicant number when what was rendered or read back is not what
// was decided.
JobWork publication_work(ExamRepository&, ResultRepository&, PublicationRepository&, const NoteSigner&, const Clock&,
                         InterviewRepository* interviews = nullptr);

}  // namespace hanjari::services
