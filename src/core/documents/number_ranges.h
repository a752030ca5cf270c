// Ranges of applicant numbers at a venue, as notices print them: 01000001~01000015, 01000020.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// A range ends where a member of the unit sits at another venue, or, within a room, in another room; where all units share
// one sequence also where a number of another unit lies in between.
class NumberRanges {
 public:
  // `here`: everybody at the venue.
  NumberRanges(const PlannedExam& planned, VenueIndex venue, const std::vector<const Placement*>& here);

  struct Range {
    const ApplicantNumber* first;
    const ApplicantNumber* last;
    std::int64_t people;
    std::string text() const;  // 01000001~01000015; one number alone
  };

  // Of these people of the venue, one unit after the other. The numbers of one unit when it is named.
  std::string of(const std::vector<const Placement*>& people) const;
  std::string of(const std::vector<const Placement*>& people, UnitIndex unit) const;
  std::vector<Range> ranges_of(const std::vector<const Placement*>& people, UnitIndex unit) const;

 private:
  struct Members {
    std::vector<const ApplicantNumber*> numbers;  // at the venue, sorted
    std::vector<bool> interrupted;                // somebody elsewhere has a number behind this one
    std::size_t position(const ApplicantNumber& number) const;
  };

  void interrupt_at_others(const PlannedExam& planned, VenueIndex venue);

  const Exam& exam_;
  std::map<UnitIndex, Members> units_;
};

}  // namespace hanjari::documents
