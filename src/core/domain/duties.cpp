#include "hanjari/domain/duties.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/digest.h"

namespace hanjari {
namespace {

auto key_of(const DutyConflict& conflict) {
  return std::tie(conflict.invigilator, conflict.kind, conflict.applicant, conflict.other, conflict.venue,
                  conflict.unit, conflict.reason);
}

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::size_t people_of_digit = 4;
// Finer than what files of people say of a home.
constexpr double parts_of_degree = 1e7;

// A position that stands for nothing is told apart from every other.
template <class Tag>
std::string spell_position(Index<Tag> at) {
  return at.exists() ? std::to_string(at.value) : "-";
}

std::string spell_rules(const StaffingRules& rules) {
  const std::string second = rules.second_invigilator_above ? std::to_string(*rules.second_invigilator_above) : "-";
  return fmt::format("{} {} {} {} {} {} {} {} {} {}\n", rules.chiefs_per_room, rules.invigilators_per_room, second,
                     rules.reserves_at_least, rules.reserve_per_rooms, rules.corridor_per_floor,
                     rules.same_organisation_in_room, rules.own_school_excluded, spell(rules.applicant_reach),
                     spell(rules.invigilator_reach));
}

}  // namespace

PeopleMark mark_people(const Staff& staff) {
  std::string facts = spell_rules(staff.rules);
  PeopleMark mark;
  mark.usable.assign((staff.people.size() + people_of_digit - 1) / people_of_digit, '0');
  for (std::size_t at = 0; at < staff.people.size(); ++at) {
    const Invigilator& person = staff.people[at];
    // The length keeps a name with a line break in it from being taken for two people.
    facts += fmt::format("{} {} {} {} {} {} {} {}\n", person.id.text(), person.organisation.size(), person.organisation,
                         std::llround(person.home.lat * parts_of_degree), std::llround(person.home.lon * parts_of_degree),
                         spell(person.roles), person.past_duties, at);
    if (!person.consent || person.roles.empty()) continue;
    char& digit = mark.usable[at / people_of_digit];
    const std::size_t bits = hex_digits.find(digit) | (std::size_t{1} << (at % people_of_digit));
    digit = hex_digits[bits];
  }
  for (const DutyConflict& conflict : staff.conflicts) {
    facts += fmt::format("{} {} {} {} {} {}\n", spell_position(conflict.invigilator), spell(conflict.kind),
                         spell_position(conflict.applicant), spell_position(conflict.other),
                         spell_position(conflict.venue), spell_position(conflict.unit));
  }
  for (const PastPair& pair : staff.past_pairs)
    facts += fmt::format("{} {}\n", spell_position(pair.first), spell_position(pair.second));
  mark.facts = sha256(facts).hex();
  return mark;
}

std::optional<std::int64_t> count_added(const PeopleMark& then, const PeopleMark& now) {
  if (then.facts.empty() || then.facts != now.facts || then.usable.size() != now.usable.size()) return std::nullopt;
  std::int64_t added = 0;
  for (std::size_t at = 0; at < now.usable.size(); ++at) {
    const std::size_t before = hex_digits.find(then.usable[at]);
    const std::size_t after = hex_digits.find(now.usable[at]);
    if (before == std::string_view::npos || after == std::string_view::npos) return std::nullopt;
    added += std::popcount(after & ~before);
  }
  return added;
}

InvigilatorIndex Staff::find(const InvigilatorId& id) const {
  const auto found =
      std::lower_bound(people.begin(), people.end(), id,
                       [](const Invigilator& person, const InvigilatorId& other) { return person.id < other; });
  return found != people.end() && found->id == id ? InvigilatorIndex(static_cast<std::size_t>(found - people.begin()))
                                                  : InvigilatorIndex::none();
}

void make_canonical(Staff& staff) {
  std::vector<std::uint32_t> order(staff.people.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return staff.people[a].id < staff.people[b].id; });
  std::vector<InvigilatorIndex> place_of(order.size());
  std::vector<Invigilator> people;
  people.reserve(order.size());
  for (std::size_t at = 0; at < order.size(); ++at) {
    place_of[order[at]] = InvigilatorIndex(at);
    people.push_back(std::move(staff.people[order[at]]));
  }
  staff.people = std::move(people);
  for (DutyConflict& conflict : staff.conflicts) {
    conflict.invigilator = place_of[conflict.invigilator.value];
    if (conflict.other.exists()) conflict.other = place_of[conflict.other.value];
  }
  std::sort(staff.conflicts.begin(), staff.conflicts.end(),
            [](const DutyConflict& a, const DutyConflict& b) { return key_of(a) < key_of(b); });
  staff.conflicts.erase(
      std::unique(staff.conflicts.begin(), staff.conflicts.end(),
                  [](const DutyConflict& a, const DutyConflict& b) { return key_of(a) == key_of(b); }),
      staff.conflicts.end());
  for (PastPair& pair : staff.past_pairs) {
    pair = {place_of[pair.first.value], place_of[pair.second.value]};
    if (pair.second < pair.first) std::swap(pair.first, pair.second);
  }
  std::sort(staff.past_pairs.begin(), staff.past_pairs.end());
  staff.past_pairs.erase(std::unique(staff.past_pairs.begin(), staff.past_pairs.end()), staff.past_pairs.end());
}

bool comes_before(const DutyRow& a, const DutyRow& b) {
  const std::string_view role_a = spell(a.role);
  const std::string_view role_b = spell(b.role);
  return std::tie(a.venue_code, a.room_no, role_a, a.invigilator_id) <
         std::tie(b.venue_code, b.room_no, role_b, b.invigilator_id);
}

bool is_fairer(const Load& a, const Load& b) {
  for (std::size_t at = 0; at < a.size() && at < b.size(); ++at) {
    if (a[at].past_duties != b[at].past_duties) return a[at].past_duties < b[at].past_duties;
    if (a[at].people != b[at].people) return a[at].people < b[at].people;
  }
  return a.size() < b.size();
}

std::string_view spell(DutyRole role) {
  switch (role) {
    case DutyRole::chief:
      return "chief";
    case DutyRole::corridor:
      return "corridor";
    case DutyRole::invigilator:
      return "invigilator";
    case DutyRole::reserve:
      return "reserve";
  }
  return {};
}

std::string_view spell(DutyConflictKind kind) {
  switch (kind) {
    case DutyConflictKind::applicant:
      return "applicant";
    case DutyConflictKind::invigilator:
      return "invigilator";
    case DutyConflictKind::venue:
      return "venue";
    case DutyConflictKind::unit:
      return "unit";
  }
  return {};
}

std::string_view spell(ConflictReach reach) {
  return reach == ConflictReach::room ? "room" : "venue";
}

std::string_view spell(UnfilledReason reason) {
  switch (reason) {
    case UnfilledReason::no_person:
      return "no_person";
    case UnfilledReason::conflict:
      return "conflict";
    case UnfilledReason::no_role:
      return "no_role";
  }
  return {};
}

std::string_view spell(StaffingStatus status) {
  switch (status) {
    case StaffingStatus::filled:
      return "filled";
    case StaffingStatus::infeasible:
      return "infeasible";
    case StaffingStatus::gave_up:
      return "gave_up";
  }
  return {};
}

std::string spell(DutyRoles roles) {
  std::string list;
  for (const DutyRole role : {DutyRole::chief, DutyRole::invigilator, DutyRole::corridor, DutyRole::reserve}) {
    if (roles.has(role)) list += (list.empty() ? "" : ";") + std::string(spell(role));
  }
  return list;
}

std::optional<DutyRoles> parse_duty_roles(std::string_view list) {
  DutyRoles roles;
  if (list.empty()) return roles;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    const std::string_view word = list.substr(begin, end - begin);
    const auto role = std::find_if(all_duty_roles.begin(), all_duty_roles.end(),
                                   [&](DutyRole known) { return spell(known) == word; });
    if (role == all_duty_roles.end() || roles.has(*role)) return std::nullopt;
    roles.add(*role);
    begin = end + 1;
  }
  return roles;
}

Text name_of(DutyRole role) {
  switch (role) {
    case DutyRole::chief:
      return {"chief invigilator", "정감독"};
    case DutyRole::corridor:
      return {"corridor staff", "복도감독"};
    case DutyRole::invigilator:
      return {"second invigilator", "부감독"};
    case DutyRole::reserve:
      return {"reserve", "예비감독"};
  }
  return {};
}

}  // namespace hanjari
