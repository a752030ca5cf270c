#include "staffing/small_case.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include <fmt/format.h>

namespace hanjari::staffing {
namespace {

class Lots {
 public:
  explicit Lots(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 77) {}
  std::int64_t between(std::int64_t least, std::int64_t most) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return least + static_cast<std::int64_t>((state_ >> 20) % static_cast<std::uint64_t>(most - least + 1));
  }
  bool one_in(std::int64_t many) { return between(1, many) == 1; }

 private:
  std::uint64_t state_;
};

void draw_exam(Lots& lots, SmallCase& small) {
  Exam& exam = small.exam;
  for (const char* code : {"010", "020"}) {
    Unit unit;
    unit.code = UnitCode(code);
    exam.units.push_back(unit);
  }
  const auto venues = lots.between(1, 2);
  for (std::int64_t at = 0; at < venues; ++at) {
    Venue venue;
    venue.code = VenueCode(fmt::format("V{}", at + 1));
    venue.name = venue.code.text();
    venue.at = {37.50 + 0.01 * static_cast<double>(lots.between(0, 9)), 127.0 + 0.02 * static_cast<double>(at)};
    exam.venues.push_back(venue);
    const auto rooms = lots.between(1, venues == 1 ? 3 : 2);
    for (std::int64_t no = 1; no <= rooms; ++no) {
      Room room;
      room.venue = VenueIndex(exam.venues.size() - 1);
      room.room_no = static_cast<int>(no);
      room.floor = std::to_string(lots.between(1, 2));
      room.row_count = room.column_count = 5;
      exam.rooms.push_back(room);
    }
  }
  for (int at = 0; at < 8; ++at) {
    Applicant applicant;
    applicant.id = ApplicantId(fmt::format("A{}", at + 1));
    applicant.unit = UnitIndex(static_cast<std::size_t>(lots.between(0, 1)));
    exam.applicants.push_back(applicant);
  }
  make_canonical(exam);
  for (std::size_t at = 0; at < exam.applicants.size(); ++at) {
    Placement placed;
    placed.applicant = ApplicantIndex(at);
    placed.room = RoomIndex(static_cast<std::size_t>(lots.between(0, std::ssize(exam.rooms) - 1)));
    placed.venue = exam[placed.room].venue;
    if (!lots.one_in(8)) small.plan.placements.push_back(placed);
  }
}

void draw_rules(Lots& lots, StaffingRules& rules) {
  rules.chiefs_per_room = lots.one_in(6) ? 0 : 1;
  rules.invigilators_per_room = lots.between(0, 1);
  if (lots.one_in(3)) rules.second_invigilator_above = lots.between(0, 3);
  rules.reserves_at_least = lots.one_in(3) ? 1 : 0;
  rules.reserve_per_rooms = lots.one_in(3) ? 2 : 100;
  rules.corridor_per_floor = lots.one_in(4) ? 1 : 0;
  rules.same_organisation_in_room = lots.one_in(2);
  rules.applicant_reach = lots.one_in(3) ? ConflictReach::venue : ConflictReach::room;
  rules.invigilator_reach = lots.one_in(3) ? ConflictReach::venue : ConflictReach::room;
}

void draw_people(Lots& lots, Staff& staff) {
  const auto count = lots.between(2, 6);
  const auto most_load = lots.between(0, 4);
  for (std::int64_t at = 0; at < count; ++at) {
    Invigilator person;
    person.id = InvigilatorId(fmt::format("S{}", at + 1));
    person.consent = !lots.one_in(10);
    if (lots.one_in(2)) person.organisation = lots.one_in(2) ? "가" : "나";
    person.home = {37.50 + 0.01 * static_cast<double>(lots.between(0, 9)),
                   127.0 + 0.01 * static_cast<double>(lots.between(0, 4))};
    for (const DutyRole role : all_duty_roles) {
      if (!lots.one_in(is_in_room(role) ? 3 : 2)) person.roles.add(role);
    }
    person.past_duties = lots.between(0, most_load) * 2;
    staff.people.push_back(person);
  }
}

void draw_conflicts(Lots& lots, SmallCase& small) {
  Staff& staff = small.staff;
  const auto somebody = [&] {
    return InvigilatorIndex(static_cast<std::size_t>(lots.between(0, std::ssize(staff.people) - 1)));
  };
  for (auto count = lots.between(0, 5); count > 0; --count) {
    DutyConflict conflict;
    conflict.invigilator = somebody();
    conflict.kind = static_cast<DutyConflictKind>(lots.between(0, 3));
    if (conflict.kind == DutyConflictKind::venue && lots.one_in(2)) conflict.kind = DutyConflictKind::invigilator;
    const auto one_of = [&](auto count_of) { return static_cast<std::size_t>(lots.between(0, count_of - 1)); };
    switch (conflict.kind) {
      case DutyConflictKind::applicant:
        conflict.applicant = ApplicantIndex(one_of(std::ssize(small.exam.applicants)));
        break;
      case DutyConflictKind::invigilator:
        conflict.other = somebody();
        if (conflict.other == conflict.invigilator) continue;
        break;
      case DutyConflictKind::venue:
        conflict.venue = VenueIndex(one_of(std::ssize(small.exam.venues)));
        break;
      case DutyConflictKind::unit:
        conflict.unit = UnitIndex(one_of(std::ssize(small.exam.units)));
        break;
    }
    staff.conflicts.push_back(conflict);
  }
  for (auto count = lots.between(0, 6); count > 0; --count) {
    const PastPair pair{somebody(), somebody()};
    if (pair.first != pair.second) staff.past_pairs.push_back(pair);
  }
}

}  // namespace

std::vector<Place> places_of(const SmallCase& small) {
  std::vector<Place> places;
  const StaffingRules& rules = small.staff.rules;
  for (std::size_t venue = 0; venue < small.exam.venues.size(); ++venue) {
    std::map<std::int64_t, std::int64_t> people_in;
    std::set<std::pair<std::string, std::string>> floors;
    for (const Placement& placed : small.plan.placements) {
      if (placed.venue != VenueIndex(venue)) continue;
      const Room& room = small.exam[placed.room];
      ++people_in[room.room_no];
      floors.emplace(room.building, room.floor);
    }
    if (people_in.empty()) continue;
    for (const auto& [room_no, people] : people_in) {
      const bool full = rules.second_invigilator_above.has_value() && people > *rules.second_invigilator_above;
      places.push_back({VenueIndex(venue), room_no, DutyRole::chief, rules.chiefs_per_room});
      places.push_back(
          {VenueIndex(venue), room_no, DutyRole::invigilator, rules.invigilators_per_room + (full ? 1 : 0)});
    }
    const auto rooms = std::ssize(people_in);
    const std::int64_t share = rooms / rules.reserve_per_rooms + (rooms % rules.reserve_per_rooms != 0 ? 1 : 0);
    places.push_back({VenueIndex(venue), 0, DutyRole::reserve, std::max(rules.reserves_at_least, share)});
    places.push_back({VenueIndex(venue), 0, DutyRole::corridor, std::ssize(floors) * rules.corridor_per_floor});
  }
  return places;
}

bool may_be(const SmallCase& small, std::size_t at, const Place& place) {
  const Invigilator& person = small.staff.people[at];
  if (!person.consent || !person.roles.has(place.role)) return false;
  if (small.staff.rules.own_school_excluded) {
    // Drawn names have a blank at most.
    const std::string& name = small.exam[place.venue].name;
    const std::string& own = person.organisation;
    if (!own.empty() && (name == own || name == own + " " || name == " " + own)) return false;
  }
  for (const DutyConflict& conflict : small.staff.conflicts) {
    if (conflict.invigilator != InvigilatorIndex(at)) continue;
    if (conflict.kind == DutyConflictKind::venue && conflict.venue == place.venue) return false;
    for (const Placement& placed : small.plan.placements) {
      const bool same_room = placed.venue == place.venue && small.exam[placed.room].room_no == place.room_no;
      if (conflict.kind == DutyConflictKind::unit && small.exam[placed.applicant].unit == conflict.unit && same_room)
        return false;
      if (conflict.kind != DutyConflictKind::applicant || conflict.applicant != placed.applicant) continue;
      if (same_room) return false;
      if (small.staff.rules.applicant_reach == ConflictReach::venue && placed.venue == place.venue) return false;
    }
  }
  return true;
}

namespace {

bool share_room(const Place& a, const Place& b) {
  return a.venue == b.venue && a.room_no == b.room_no && a.room_no != 0;
}

bool may_both(const SmallCase& small, std::size_t a, const Place& at_a, std::size_t b, const Place& at_b) {
  if (at_a.venue != at_b.venue) return true;
  const Staff& staff = small.staff;
  const bool one_room = share_room(at_a, at_b);
  if (one_room && !staff.rules.same_organisation_in_room && !staff.people[a].organisation.empty() &&
      staff.people[a].organisation == staff.people[b].organisation)
    return false;
  for (const DutyConflict& conflict : staff.conflicts) {
    if (conflict.kind != DutyConflictKind::invigilator) continue;
    const auto first = conflict.invigilator.value;
    const auto second = conflict.other.value;
    if (!((first == a && second == b) || (first == b && second == a))) continue;
    if (one_room || staff.rules.invigilator_reach == ConflictReach::venue) return false;
  }
  return true;
}

// Tries everything: person after person, every place and none.
class Trial {
 public:
  explicit Trial(const SmallCase& small) : small_(small), places_(places_of(small)), held_(places_.size(), 0) {
    at_.assign(small.staff.people.size(), -1);
    for (std::size_t person = 0; person < at_.size(); ++person) {
      allowed_.emplace_back();
      for (std::size_t place = 0; place < places_.size(); ++place)
        if (may_be(small, person, places_[place])) allowed_.back().push_back(place);
    }
  }

  Worth best() {
    try_from(0);
    return *best_;
  }

  std::optional<Worth> judge(const std::vector<DutyRow>& duties) {
    for (const DutyRow& row : duties) {
      const InvigilatorIndex person = small_.staff.find(row.invigilator_id);
      bool seated = false;
      for (std::size_t place = 0; place < places_.size(); ++place) {
        if (places_[place].venue != small_.exam.find(row.venue_code) || places_[place].room_no != row.room_no ||
            places_[place].role != row.role || !person.exists())
          continue;
        if (at_[person.value] >= 0 || !fits(person.value, place)) return std::nullopt;
        if (!may_be(small_, person.value, places_[place])) return std::nullopt;
        at_[person.value] = static_cast<int>(place);
        ++held_[place];
        seated = true;
      }
      if (!seated) return std::nullopt;
    }
    return worth();
  }

 private:
  bool fits(std::size_t person, std::size_t place) const {
    if (held_[place] >= places_[place].wanted) return false;
    for (std::size_t other = 0; other < at_.size(); ++other) {
      if (other == person || at_[other] < 0) continue;
      if (!may_both(small_, person, places_[place], other, places_[static_cast<std::size_t>(at_[other])])) return false;
    }
    return true;
  }

  void try_from(std::size_t person) {
    if (person == at_.size()) {
      const Worth now = worth();
      if (!best_ || now < *best_) best_ = now;
      return;
    }
    for (const std::size_t place : allowed_[person]) {
      if (!fits(person, place)) continue;
      at_[person] = static_cast<int>(place);
      ++held_[place];
      try_from(person + 1);
      --held_[place];
      at_[person] = -1;
    }
    try_from(person + 1);
  }

  Worth worth() const {
    Worth worth;
    for (std::size_t place = 0; place < places_.size(); ++place) {
      const std::int64_t missing = places_[place].wanted - held_[place];
      worth.unfilled += missing;
      if (places_[place].room_no > 0) worth.room_unfilled += missing;
    }
    for (std::size_t person = 0; person < at_.size(); ++person) {
      if (at_[person] < 0) continue;
      const Place& place = places_[static_cast<std::size_t>(at_[person])];
      worth.load.push_back(small_.staff.people[person].past_duties);
      worth.travel += haversine_m(small_.staff.people[person].home, small_.exam[place.venue].at);
    }
    std::sort(worth.load.rbegin(), worth.load.rend());
    for (const PastPair& pair : small_.staff.past_pairs) {
      const int first = at_[pair.first.value];
      const int second = at_[pair.second.value];
      if (first >= 0 && second >= 0 &&
          share_room(places_[static_cast<std::size_t>(first)], places_[static_cast<std::size_t>(second)]))
        ++worth.pairs;
    }
    for (const DutyRow& row : small_.old) {
      const InvigilatorIndex person = small_.staff.find(row.invigilator_id);
      if (!small_.keeps || !person.exists() || !small_.staff[person].consent || small_.staff[person].roles.empty())
        continue;
      const int at = at_[person.value];
      bool same = false;
      if (at >= 0) {
        const Place& place = places_[static_cast<std::size_t>(at)];
        same =
            small_.exam[place.venue].code == row.venue_code && place.room_no == row.room_no && place.role == row.role;
      }
      if (!same) ++worth.changed;
    }
    return worth;
  }

  const SmallCase& small_;
  std::vector<Place> places_;
  std::vector<std::int64_t> held_;
  std::vector<int> at_;
  std::vector<std::vector<std::size_t>> allowed_;
  std::optional<Worth> best_;
};

// Old duties as a first plan might have had them, before people withdrew and declared conflicts: of anybody anywhere.
void draw_old_duties(Lots& lots, SmallCase& small) {
  small.keeps = true;
  const std::vector<Place> places = places_of(small);
  std::vector<std::int64_t> held(places.size(), 0);
  for (const Invigilator& person : small.staff.people) {
    if (lots.one_in(4) || places.empty()) continue;
    const auto at = static_cast<std::size_t>(lots.between(0, std::ssize(places) - 1));
    const bool gone = lots.one_in(10);  // a room that is not staffed any more
    if (!gone && held[at] >= places[at].wanted) continue;
    ++held[at];
    small.old.push_back(
        {small.exam[places[at].venue].code, gone ? 99 : places[at].room_no, places[at].role, person.id});
  }
  small.old.push_back({VenueCode("V9"), 1, DutyRole::chief, InvigilatorId("S99")});
}

}  // namespace

SmallCase draw_case(std::uint64_t number, bool keeps) {
  Lots lots(number * 2 + (keeps ? 1 : 0) + 1);
  for (int warm = 0; warm < 8; ++warm) lots.between(0, 1);
  SmallCase small;
  draw_exam(lots, small);
  draw_rules(lots, small.staff.rules);
  draw_people(lots, small.staff);
  draw_conflicts(lots, small);
  make_canonical(small.staff);
  if (keeps) draw_old_duties(lots, small);
  return small;
}

void PrintTo(const Worth& worth, std::ostream* out) {
  *out << "rooms unfilled " << worth.room_unfilled << ", unfilled " << worth.unfilled << ", changed " << worth.changed
       << ", load";
  for (const auto load : worth.load) *out << " " << load;
  *out << ", pairs " << worth.pairs << ", travel " << worth.travel;
}

Worth best_by_trying(const SmallCase& small) {
  return Trial(small).best();
}

std::optional<Worth> worth_of(const SmallCase& small, const std::vector<DutyRow>& duties) {
  return Trial(small).judge(duties);
}

Worth worth_in(const DutyReport& report) {
  Worth worth{report.room_unfilled,    report.unfilled,      report.changed ? report.changed->value : 0, {},
              report.past_pairs.value, report.travel_m.value};
  for (const LoadStep& step : report.load)
    worth.load.insert(worth.load.end(), static_cast<std::size_t>(step.people), step.past_duties);
  return worth;
}

}  // namespace hanjari::staffing
