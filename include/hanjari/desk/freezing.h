// The list of an exam day is frozen, as a job: whoever has paid becomes the people of a stored exam, with schools and rooms of
// an exam that is stored already or of those that the city has accepted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/plans/exams.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

struct UseCases;

// An exam day of a notice.
struct FreezableDay {
  Date exam_on;
  ExamCode exam;              // that its people become
  std::int64_t people = 0;    // who have paid
  std::int64_t schools = 0;   // that the city has accepted for it
  bool stored = false;        // an earlier list of it, or a package, is stored: the new one becomes the newest beside it
  Text why{};                 // it may not be frozen yet; empty: it may
  bool ready() const { return why.en.empty(); }
};

struct FreezingQuestion {
  std::vector<FreezableDay> days;  // by day
  std::int64_t taken_back = 0;     // payments that the provider took back, undecided: those people count as paid
  std::vector<ExamCode> exams;     // stored ones, whose schools and rooms may be taken, the newest first
};

struct FreezingWish {
  ExamCode notice;
  ExamCode exam{};           // of the day; empty: the notice's own
  ExamCode venues{};         // a stored exam whose schools and rooms are taken; empty: those that were accepted
  std::int64_t people = -1;  // FreezableDay::people, as the officer has read it
};

struct FreezingNeeds {
  UseCases& intake;
  ExamRepository& exams;
  VenueOfferRepository* offers = nullptr;  // null: nobody offers schools
};

// Throws NotAllowed (role_not_allowed), NotFound (unknown_recruitment).
FreezingQuestion ask_freezing(const FreezingNeeds&, const Actor&, const ExamCode& notice, Instant now);

// Orders it; gives the job that does it already when there is one. Throws as ask_freezing, NotFound (unknown_exam_day;
// exam_not_found: of the venues), Conflict (not_ready; nobody_paid; nothing_accepted; exam_destroyed; concern_unsaid: another
// number of people is concerned; job_running: with other schools).
Job order_freezing(const FreezingNeeds&, JobRepository&, const Actor&, const FreezingWish&, const Change&);

// What it leaves is read by the reader of officers' files, with every fault in InvalidInput, and nothing stored then. The result is
// that of an import (ImportMade).
JobWork freezing_work(const FreezingNeeds&, const Clock&);

}  // namespace hanjari::services
