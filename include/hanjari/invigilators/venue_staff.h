// People on duty at a venue, for the page that its chief has in hand on the day.
#pragma once

#include <optional>
#include <vector>

#include "hanjari/invigilators/invigilators.h"
#include "hanjari/materials/briefing.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

// From the newest duties. Rooms are given from the minute of the board on, to exam officers too, because this page is
// printed and handed over. Whoever has withdrawn since is left out. The caller has made sure that the venue is the actor's.
class StaffOfDuties : public VenueStaff {
 public:
  StaffOfDuties(InvigilatorRepository& invigilators, ExamRepository& exams, AccessRecord& accesses)
      : invigilators_(invigilators), exams_(exams), accesses_(accesses) {}
  std::optional<std::vector<StaffPlace>> staff_at(const Actor& actor, const ExamCode& exam, const VenueCode& venue,
                                                  Instant now) override;
  bool are_of_earlier_plan(const ExamCode& exam) override;

 private:
  InvigilatorRepository& invigilators_;
  ExamRepository& exams_;
  AccessRecord& accesses_;
};

}  // namespace hanjari::services
