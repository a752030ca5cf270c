#include "verification/duty_reading.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace hanjari::verification {
namespace {

constexpr std::uint64_t kept_per_code = 1000;

constexpr std::array<std::string_view, duty_code_count> duty_code_names = {
    "duty_twice",        "no_consent",    "wrong_role",        "duty_conflict",
    "same_organisation", "missing_place", "wrong_duty_report", "no_such_place"};

// The places of one venue with `rooms` staffed rooms, beside those in the rooms themselves.
void want_in_venue(WantedPlaces& wanted, const StaffingRules& rules, const std::string& venue, std::int64_t rooms,
                   std::int64_t floors) {
  std::int64_t reserves = rooms / rules.reserve_per_rooms;
  if (rooms % rules.reserve_per_rooms != 0) ++reserves;
  if (reserves < rules.reserves_at_least) reserves = rules.reserves_at_least;
  if (reserves > 0) wanted[{venue, 0, DutyRole::reserve}] = reserves;
  const std::int64_t corridors = floors * rules.corridor_per_floor;
  if (corridors > 0) wanted[{venue, 0, DutyRole::corridor}] = corridors;
}

}  // namespace

std::span<const std::string_view> duty_violation_codes() {
  return duty_code_names;
}

void DutyFindings::add(DutyCode code, std::string subject, Text message) {
  if (counts_[static_cast<std::size_t>(code)]++ >= kept_per_code) return;
  kept_.push_back({code, std::move(subject), std::move(message)});
}

void DutyFindings::hand_over(Verdict& verdict) && {
  std::stable_sort(kept_.begin(), kept_.end(), [](const Found& a, const Found& b) {
    return std::tie(a.code, a.subject) < std::tie(b.code, b.subject);
  });
  for (Found& found : kept_) {
    verdict.violations.push_back({std::string(duty_code_names[static_cast<std::size_t>(found.code)]),
                                  std::move(found.subject), std::move(found.message)});
  }
  for (std::size_t code = 0; code < duty_code_count; ++code) {
    if (counts_[code] > 0) verdict.counts.emplace(duty_code_names[code], counts_[code]);
  }
}

std::string subject_of(const PlaceKey& place) {
  const auto& [venue, room_no, role] = place;
  return room_no > 0 ? fmt::format("{}/{}/{}", venue, room_no, spell(role)) : fmt::format("{}/{}", venue, spell(role));
}

WantedPlaces want_places(const DutyPlan& plan, const StaffingRules& rules) {
  WantedPlaces wanted;
  std::map<std::string, std::int64_t> rooms;
  std::map<std::string, std::set<std::pair<std::string, std::string>>> floors;
  for (const auto& [key, people] : plan.people_in) {
    const auto& [venue, room_no] = key;
    std::int64_t seconds = rules.invigilators_per_room;
    if (rules.second_invigilator_above.has_value() && people > *rules.second_invigilator_above) ++seconds;
    if (rules.chiefs_per_room > 0) wanted[{venue, room_no, DutyRole::chief}] = rules.chiefs_per_room;
    if (seconds > 0) wanted[{venue, room_no, DutyRole::invigilator}] = seconds;
    const Room& room = plan.exam[plan.exam.find(plan.exam.find(VenueCode(venue)), static_cast<int>(room_no))];
    ++rooms[venue];
    floors[venue].emplace(room.building, room.floor);
  }
  for (const auto& [venue, count] : rooms) want_in_venue(wanted, rules, venue, count, std::ssize(floors[venue]));
  return wanted;
}

DutyPlan::DutyPlan(const Exam& of, const PlanRows& rows) : exam(of) {
  for (const PlacementRow& row : rows.placements) {
    const ApplicantIndex applicant = exam.find(row.applicant_id);
    const VenueIndex venue = exam.find(row.venue_code);
    if (!applicant.exists() || !venue.exists() || row.room_no < 1 || row.room_no > INT32_MAX) continue;
    if (!exam.find(venue, static_cast<int>(row.room_no)).exists()) continue;
    const RoomKey room{row.venue_code.text(), row.room_no};
    ++people_in[room];
    units_in[room].insert(exam[applicant].unit.value);
    room_of_applicant.emplace(applicant.value, room);
  }
}

DutyReading::DutyReading(const DutyPlan& plan, const Staff& people, const WantedPlaces& places, const DutyRows& duties)
    : exam(plan.exam),
      staff(people),
      rows(duties),
      units_in(plan.units_in),
      room_of_applicant(plan.room_of_applicant),
      wanted(places) {
  for (std::size_t at = 0; at < rows.duties.size(); ++at) {
    const DutyRow& row = rows.duties[at];
    ++held[{row.venue_code.text(), row.room_no, row.role}];
    at_venue[row.venue_code.text()].push_back(at);
    person.push_back(staff.find(row.invigilator_id));
  }
  for (const UnfilledDutyRow& row : rows.unfilled) ++unfilled[{row.venue_code.text(), row.room_no, row.role}];
}

void judge_who_is_where(const DutyReading& reading, DutyFindings& findings) {
  judge_duty_twice(reading, findings);
  judge_consent(reading, findings);
  judge_roles(reading, findings);
  judge_conflicts_with_places(reading, findings);
  judge_own_schools(reading, findings);
  judge_conflicts_between_people(reading, findings);
  judge_organisations(reading, findings);
  judge_places(reading, findings);
}

Verdict verify_duties(const Exam& exam, const PlanRows& plan, const Staff& staff, const DutyRows& rows) {
  return DutyJudge(exam, plan, staff).verify(rows);
}

std::vector<Violation> new_duty_violations(const Verdict& before, const Verdict& after) {
  std::set<std::pair<std::string, std::string>> known;
  for (const Violation& violation : before.violations) known.insert({violation.code, violation.subject});
  std::vector<Violation> found;
  for (const Violation& violation : after.violations) {
    if (!known.contains({violation.code, violation.subject})) found.push_back(violation);
  }
  const std::string_view figures = duty_code_names[static_cast<std::size_t>(DutyCode::wrong_duty_report)];
  const auto is_of_figures = [&](const Violation& violation) { return violation.code == figures; };
  if (!std::all_of(found.begin(), found.end(), is_of_figures)) std::erase_if(found, is_of_figures);
  return found;
}

}  // namespace hanjari::verification
