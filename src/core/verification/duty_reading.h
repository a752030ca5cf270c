// Duties beside the plan they are for, as the rules need to see them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "hanjari/verification/verify_duties.h"

namespace hanjari::verification {

// In the order of duty_violation_codes().
enum class DutyCode : std::uint8_t {
  duty_twice,
  no_consent,
  wrong_role,
  duty_conflict,
  same_organisation,
  missing_place,
  wrong_duty_report,
  no_such_place
};
constexpr std::size_t duty_code_count = static_cast<std::size_t>(DutyCode::no_such_place) + 1;

// Where the rules put what they find: counts all, keeps the first of each code.
class DutyFindings {
 public:
  void add(DutyCode code, std::string subject, Text message);
  void hand_over(Verdict& verdict) &&;

 private:
  struct Found {
    DutyCode code;
    std::string subject;
    Text message;
  };
  std::vector<Found> kept_;
  std::array<std::uint64_t, duty_code_count> counts_{};
};

// Venue, room (0: the venue), role.
using PlaceKey = std::tuple<std::string, std::int64_t, DutyRole>;
using RoomKey = std::pair<std::string, std::int64_t>;

using WantedPlaces = std::map<PlaceKey, std::int64_t>;

// What duties have to do with in a plan, read once for as many duties as are judged beside it.
struct DutyPlan {
  // The exam must outlive what is read; the rows need not.
  DutyPlan(const Exam& exam, const PlanRows& rows);

  const Exam& exam;
  std::map<RoomKey, std::int64_t> people_in;            // staffed rooms
  std::map<RoomKey, std::set<std::uint32_t>> units_in;  // by unit's position
  std::map<std::uint32_t, RoomKey> room_of_applicant;   // by applicant's position
};

// The places that the rules want for the plan.
WantedPlaces want_places(const DutyPlan& plan, const StaffingRules& rules);

// Duties beside their plan. Whatever it is read from must outlive it.
struct DutyReading {
  DutyReading(const DutyPlan& plan, const Staff& staff, const WantedPlaces& wanted, const DutyRows& rows);

  const Exam& exam;
  const Staff& staff;
  const DutyRows& rows;
  const std::map<RoomKey, std::set<std::uint32_t>>& units_in;
  const std::map<std::uint32_t, RoomKey>& room_of_applicant;
  const WantedPlaces& wanted;
  std::map<PlaceKey, std::int64_t> held;                     // rows of duties.csv
  std::map<PlaceKey, std::int64_t> unfilled;                 // rows of unfilled.csv
  std::map<std::string, std::vector<std::size_t>> at_venue;  // rows of duties.csv by venue
  std::vector<InvigilatorIndex> person;                      // of each row; none: nobody of this id
};

std::string subject_of(const PlaceKey& place);

// duty_twice: a person fills one place at most.
void judge_duty_twice(const DutyReading& reading, DutyFindings& findings);
// no_consent: nobody is used who is unknown or has not said yes.
void judge_consent(const DutyReading& reading, DutyFindings& findings);
// wrong_role: a person works only in a role that is listed.
void judge_roles(const DutyReading& reading, DutyFindings& findings);
// duty_conflict: nobody works where a declared conflict reaches.
void judge_conflicts_with_places(const DutyReading& reading, DutyFindings& findings);
// The same code where the rules leave out the own school: nobody works at a venue that is called like the own organisation.
void judge_own_schools(const DutyReading& reading, DutyFindings& findings);
void judge_conflicts_between_people(const DutyReading& reading, DutyFindings& findings);
// same_organisation: two of one organisation share no room unless the rules allow it.
void judge_organisations(const DutyReading& reading, DutyFindings& findings);
// missing_place, no_such_place: every place that the rules want stands in duties.csv or unfilled.csv, and no other.
void judge_places(const DutyReading& reading, DutyFindings& findings);
// All rules above, which look at venues and people one by one.
void judge_who_is_where(const DutyReading& reading, DutyFindings& findings);
// wrong_duty_report: travel, order and report.json say what duties.csv says.
void judge_duty_report(const DutyReading& reading, DutyFindings& findings);

}  // namespace hanjari::verification
