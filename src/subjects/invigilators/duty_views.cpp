#include "hanjari/invigilators/duty_views.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/package/staffing_package.h"

namespace hanjari::services {
namespace {

bool has_common_role(const DutyRoles& roles, const DutyRoles& others) {
  return std::any_of(all_duty_roles.begin(), all_duty_roles.end(),
                     [&](DutyRole role) { return roles.has(role) && others.has(role); });
}

const PersonOutline* find_outline(const std::vector<PersonOutline>& people, const InvigilatorId& id) {
  const auto found = std::find_if(people.begin(), people.end(), [&](const PersonOutline& one) { return one.id == id; });
  return found == people.end() ? nullptr : &*found;
}

const InvigilatorId& id_of(const ListedPerson& person) {
  return person.facts.id;
}
const InvigilatorId& id_of(const PersonOutline& person) {
  return person.id;
}
const std::string& district_of(const ListedPerson& person) {
  return person.facts.district_code;
}
const std::string& district_of(const PersonOutline& person) {
  return person.district_code;
}

template <class Person>
std::vector<Person> keep_own(std::vector<Person> people, const DutyRows& rows, const DutyPart& part) {
  if (part.everything) return people;
  std::set<InvigilatorId> on_duty;
  for (const DutyRow& row : rows.duties) {
    if (part.has(row.venue_code)) on_duty.insert(row.invigilator_id);
  }
  std::erase_if(people, [&](const Person& person) {
    const bool lives_here = !part.district.empty() && district_of(person) == part.district;
    return !lives_here && !on_duty.contains(id_of(person));
  });
  return people;
}

using RoomsOfVenues = std::map<VenueCode, std::int64_t>;

// How many rooms have somebody in them; nothing of a plan that is not stored.
RoomsOfVenues rooms_used(ExamRepository& exams, const ExamCode& exam, const std::vector<StoredPlan>& plans, const std::string& digest) {
  RoomsOfVenues rooms;
  const auto plan = std::find_if(plans.begin(), plans.end(), [&](const StoredPlan& one) { return one.digest == digest; });
  if (plan == plans.end()) return rooms;
  for (const VenueSummary& venue : exams.list_venues(exam, *plan)) {
    if (venue.rooms > 0) rooms[venue.code] = venue.rooms;
  }
  return rooms;
}

}  // namespace

bool are_rooms_open(const DutyBoard& board, const ExamHead& head, Instant now) {
  return board.rooms_open_at && now >= *board.rooms_open_at &&
         local_time(*board.rooms_open_at, head.time_zone).day == head.exam_on;
}

DutyPart part_of(const Actor& actor, const ExamCode& exam, PlanRepository& plans, const DutyBoard& board,
                 const ExamHead& head, Instant now) {
  DutyPart part;
  part.rooms = are_rooms_open(board, head, now);
  switch (actor.role) {
    case Role::exam_officer:
      part.everything = true;
      part.rooms = true;
      return part;
    case Role::district_coordinator:
      if (!actor.district) break;
      part.district = actor.district->text();
      for (const VenueSummary& venue : plans.list_venues(exam, actor.district)) part.venues.insert(venue.code);
      return part;
    case Role::venue_chief:
      if (const auto own = board.chiefs.find(actor.account); own != board.chiefs.end()) part.venues.insert(own->second);
      return part;
    case Role::applicant:
    case Role::auditor:
    case Role::administrator:
      break;
  }
  throw NotAllowed("not_your_venue", {"You have no part in the duties of this exam.", "이 시험의 감독관 업무를 맡고 있지 않습니다."});
}

bool stands_before(const ShownDuty& a, const ShownDuty& b) {
  return std::tie(a.venue, a.room_no, a.role, a.person) < std::tie(b.venue, b.room_no, b.role, b.person);
}

std::vector<ShownDuty> show_duties(const DutyRows& rows, const DutyPart& part) {
  std::vector<ShownDuty> shown;
  for (const DutyRow& row : rows.duties) {
    if (!part.has(row.venue_code)) continue;
    ShownDuty duty{row.venue_code, std::nullopt, row.role, row.invigilator_id};
    if (part.rooms && row.room_no > 0) duty.room_no = row.room_no;
    shown.push_back(std::move(duty));
  }
  // duties.csv stands in the order of rooms, which is not to be read off a list without them.
  std::sort(shown.begin(), shown.end(), stands_before);
  return shown;
}

std::optional<ShownDuty> show_own_duty(const DutyRows& rows, const InvigilatorId& person, bool rooms) {
  for (const DutyRow& row : rows.duties) {
    if (row.invigilator_id != person) continue;
    ShownDuty duty{row.venue_code, std::nullopt, row.role, row.invigilator_id};
    if (rooms && row.room_no > 0) duty.room_no = row.room_no;
    return duty;
  }
  return std::nullopt;
}

std::set<InvigilatorId> outlines_who_come(const std::vector<PersonOutline>& people) {
  std::set<InvigilatorId> coming;
  for (const PersonOutline& person : people) {
    if (person.state == PersonState::consented) coming.insert(person.id);
  }
  return coming;
}

std::vector<ShownGap> show_gaps(const DutyRows& rows, const std::set<InvigilatorId>& coming, const DutyPart& part) {
  std::map<std::tuple<VenueCode, std::int64_t, DutyRole>, std::int64_t> counted;
  const auto add = [&](const auto& row) {
    if (part.has(row.venue_code)) ++counted[{row.venue_code, part.rooms ? row.room_no : 0, row.role}];
  };
  for (const UnfilledDutyRow& row : rows.unfilled) add(row);
  for (const DutyRow& row : rows.duties) {
    if (!coming.contains(row.invigilator_id)) add(row);
  }
  std::vector<ShownGap> shown;
  for (const auto& [place, count] : counted) {
    ShownGap gap{std::get<0>(place), std::nullopt, std::get<2>(place), count};
    if (std::get<1>(place) > 0) gap.room_no = std::get<1>(place);
    shown.push_back(std::move(gap));
  }
  return shown;
}

std::vector<ShownDuty> show_places(const DutyRows& rows, const std::set<InvigilatorId>& coming, const DutyPart& part) {
  std::vector<ShownDuty> shown = show_duties(rows, part);
  std::erase_if(shown, [&](const ShownDuty& duty) { return !coming.contains(duty.person); });
  for (const ShownGap& gap : show_gaps(rows, coming, part))
    shown.insert(shown.end(), static_cast<std::size_t>(gap.places), {gap.venue, gap.room_no, gap.role, InvigilatorId()});
  std::sort(shown.begin(), shown.end(), stands_before);
  return shown;
}

NewestDuties load_newest_duties(InvigilatorRepository& invigilators, const ExamCode& exam) {
  NewestDuties newest;
  auto staffings = invigilators.list_staffings(exam);
  if (staffings.empty()) return newest;
  newest.staffing = std::move(staffings.front());
  newest.rows = package::load_duties(invigilators.load_staffing(*newest.staffing), package::Encoding::utf8,
                                     package::Repetition::allowed);
  return newest;
}

bool is_other_plan_live(ExamRepository& exams, const ExamCode& exam, const Staffing& staffing) {
  const auto live = exams.find_live_plan(exam);
  return live && live->plan_digest != staffing.plan_digest;
}

bool is_plan_replaced(ExamRepository& exams, const ExamCode& exam, const Staffing& staffing) {
  const auto live = exams.find_live_plan(exam);
  if (!live || live->plan_digest == staffing.plan_digest) return false;
  const std::vector<StoredPlan> plans = exams.list_plans(exam);
  const RoomsOfVenues now = rooms_used(exams, exam, plans, live->plan_digest);
  return now.empty() || now != rooms_used(exams, exam, plans, staffing.plan_digest);
}

std::vector<ListedPerson> own_people(std::vector<ListedPerson> people, const DutyRows& rows, const DutyPart& part) {
  return keep_own(std::move(people), rows, part);
}

std::vector<PersonOutline> own_people(std::vector<PersonOutline> people, const DutyRows& rows, const DutyPart& part) {
  return keep_own(std::move(people), rows, part);
}

LoadPlace place_in_load(const std::vector<PersonOutline>& people, const DutyRows& rows, const InvigilatorId& asker) {
  LoadPlace place;
  const PersonOutline* own = find_outline(people, asker);
  if (own == nullptr) return place;
  place.past_duties = own->past_duties;
  place.proven = rows.report.load_bound && *rows.report.load_bound == rows.report.load;
  std::set<InvigilatorId> used;
  for (const DutyRow& row : rows.duties) used.insert(row.invigilator_id);
  std::map<std::int64_t, std::int64_t, std::greater<>> used_by_duties;
  for (const PersonOutline& person : people) {
    const std::int64_t duties = person.past_duties;
    if (used.contains(person.id)) ++used_by_duties[duties];
    if (person.id == asker) continue;
    if (used.contains(person.id)) {
      ++(duties > place.past_duties ? place.more : duties == place.past_duties ? place.equal : place.fewer);
    } else if (duties < place.past_duties) {
      ++place.free_fewer;
      if (!person.consent) {
        ++place.free_no_consent;
      } else if (!has_common_role(person.roles, own->roles)) {
        ++place.free_other_role;
      } else {
        ++place.free_no_place;
      }
    }
  }
  for (const auto& [duties, count] : used_by_duties) place.used.push_back({duties, count});
  return place;
}

}  // namespace hanjari::services
