// Accepted venues as tables of the exam's package, and as a new version of the exam.
#pragma once

#include <cstdint>
#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/plans/exams.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

// As files of an exam package: contract, venues.csv and rooms.csv.
struct AcceptedTables {
  std::string venues;
  std::string rooms;
  std::int64_t venue_count = 0;
};
// What becomes of venues of the exam that the city has not accepted: they go, or stay beside the accepted ones, as where a school
// is added to a plan that is there.
enum class OtherVenues { go, stay };

// Only accepted offers. What a request does not ask for (opening cost, the venue that takes people over, unless it goes) is that of
// the venue with the same code in `before`; null: there is none.
AcceptedTables write_accepted(const std::vector<VenueOffer>& offers, const Exam* before, OtherVenues others = OtherVenues::go);

// Orders the new version of the exam. Only for the city. Throws NotFound (exam_not_found), Conflict (nothing_accepted,
// exam_destroyed; job_running: with another choice).
Job order_adoption(VenueOfferRepository&, ExamRepository&, JobRepository&, const Actor&, const ExamCode& exam,
                   const std::string& reason, Instant now, OtherVenues others = OtherVenues::go);

// Puts the accepted venues in place of those of the newest population, or beside them, and imports that as an officer's file is imported:
// read by the same reader, with every fault in InvalidInput, and nothing stored then. Throws
// Conflict (exam_changed) when another version was imported while this one was read. Distances to venues that are no
// longer there are left out. The result is that of an import (ImportMade).
JobWork adoption_work(ExamRepository&, VenueOfferRepository&, const Clock&);

}  // namespace hanjari::services
