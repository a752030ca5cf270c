#include "staffing/many_venues.h"

#include <algorithm>
#include <random>

#include <fmt/format.h>

namespace hanjari::staffing {
namespace {

__extension__ typedef __int128 Weight;
constexpr Weight never = Weight{1} << 110;

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool one_in(std::size_t many) { return below(many) == 0; }
  Point near(std::size_t quarter) {
    return {37.40 + 0.05 * static_cast<double>(quarter / 4) + 0.001 * static_cast<double>(below(30)),
            126.8 + 0.06 * static_cast<double>(quarter % 4) + 0.001 * static_cast<double>(below(30))};
  }

 private:
  std::mt19937_64 engine_;  // its numbers are the same everywhere
};

void draw_venues(Draws& draws, SmallCase& of) {
  for (const char* code : {"010", "020", "030"}) of.exam.units.emplace_back().code = UnitCode(code);
  const std::size_t venues = 24 + draws.below(9);
  for (std::size_t at = 0; at < venues; ++at) {
    Venue& venue = of.exam.venues.emplace_back();
    venue.code = VenueCode(fmt::format("V{:02}", at));
    venue.at = draws.near(draws.below(16));
    const std::size_t rooms = 1 + draws.below(2);
    for (std::size_t no = 1; no <= rooms; ++no) {
      Room& room = of.exam.rooms.emplace_back();
      room.venue = VenueIndex(at);
      room.room_no = static_cast<int>(no);
      room.floor = std::to_string(no);
      room.row_count = room.column_count = 5;
    }
  }
  for (std::size_t at = 0; at < 2 * of.exam.rooms.size(); ++at) {
    Applicant& applicant = of.exam.applicants.emplace_back();
    applicant.id = ApplicantId(fmt::format("A{:03}", at));
    applicant.unit = UnitIndex(draws.below(of.exam.units.size()));
  }
  make_canonical(of.exam);
  for (std::size_t at = 0; at < of.exam.applicants.size(); ++at) {
    Placement& placed = of.plan.placements.emplace_back();
    placed.applicant = ApplicantIndex(at);
    placed.room = RoomIndex(draws.below(of.exam.rooms.size()));
    placed.venue = of.exam[placed.room].venue;
  }
  of.staff.rules.second_invigilator_above = 3;
  of.staff.rules.applicant_reach = draws.one_in(2) ? ConflictReach::venue : ConflictReach::room;
}

void draw_staff(Draws& draws, SmallCase& of) {
  std::int64_t places = 0;
  for (const Place& place : places_of(of)) places += place.wanted;
  const std::size_t people = static_cast<std::size_t>(places) * (90 + draws.below(25)) / 100;
  const std::size_t quarters = 1 + draws.below(3);
  for (std::size_t at = 0; at < people; ++at) {
    Invigilator& person = of.staff.people.emplace_back();
    person.id = InvigilatorId(fmt::format("S{:03}", at));
    person.home = draws.near(draws.one_in(4) ? draws.below(16) : draws.below(quarters));
    person.consent = !draws.one_in(30);
    person.past_duties = static_cast<std::int64_t>(draws.below(4));
    for (const DutyRole role : all_duty_roles) {
      if (!draws.one_in(4)) person.roles.add(role);
    }
  }
  for (std::size_t count = people; count > 0; --count) {
    DutyConflict& conflict = of.staff.conflicts.emplace_back();
    conflict.invigilator = InvigilatorIndex(draws.below(people));
    switch (draws.below(3)) {
      case 0:
        conflict.kind = DutyConflictKind::applicant;
        conflict.applicant = ApplicantIndex(draws.below(of.exam.applicants.size()));
        break;
      case 1:
        conflict.kind = DutyConflictKind::venue;
        conflict.venue = VenueIndex(draws.below(of.exam.venues.size()));
        break;
      default:
        conflict.kind = DutyConflictKind::unit;
        conflict.unit = UnitIndex(draws.below(of.exam.units.size()));
    }
  }
  make_canonical(of.staff);
}

// Somebody on most places, lawful or not, as before people withdrew and declared conflicts.
void draw_old_duties(Draws& draws, SmallCase& of) {
  of.keeps = true;
  std::size_t person = 0;
  for (const Place& place : places_of(of)) {
    for (std::int64_t count = 0; count < place.wanted && person < of.staff.people.size(); ++count) {
      if (draws.one_in(5)) continue;
      of.old.push_back({of.exam[place.venue].code, place.room_no, place.role, of.staff.people[person++].id});
    }
  }
}

// Columns for rows at least weight, each row one column of its own; as many columns as rows or more. Rows are added one
// by one, each by a path of least reduced weight.
std::vector<std::size_t> assign(const std::vector<std::vector<Weight>>& weight) {
  const std::size_t rows = weight.size();
  const std::size_t columns = weight.front().size();
  std::vector<Weight> of_row(rows + 1, 0);
  std::vector<Weight> of_column(columns + 1, 0);
  std::vector<std::size_t> row_at(columns + 1, 0);  // 0: nobody; rows and columns count from 1
  std::vector<std::size_t> came(columns + 1, 0);
  for (std::size_t row = 1; row <= rows; ++row) {
    row_at[0] = row;
    std::size_t column = 0;
    std::vector<Weight> least(columns + 1, never * 4);
    std::vector<char> done(columns + 1, 0);
    do {
      done[column] = 1;
      std::size_t next = 0;
      Weight step = never * 4;
      for (std::size_t other = 1; other <= columns; ++other) {
        if (done[other] != 0) continue;
        const Weight reduced = weight[row_at[column] - 1][other - 1] - of_row[row_at[column]] - of_column[other];
        if (reduced < least[other]) {
          least[other] = reduced;
          came[other] = column;
        }
        if (least[other] < step) {
          step = least[other];
          next = other;
        }
      }
      for (std::size_t other = 0; other <= columns; ++other) {
        if (done[other] != 0) {
          of_row[row_at[other]] += step;
          of_column[other] -= step;
        } else {
          least[other] -= step;
        }
      }
      column = next;
    } while (row_at[column] != 0);
    for (; column != 0; column = came[column]) row_at[column] = row_at[came[column]];
  }
  std::vector<std::size_t> column_of(rows, 0);
  for (std::size_t column = 1; column <= columns; ++column) {
    if (row_at[column] != 0) column_of[row_at[column] - 1] = column - 1;
  }
  return column_of;
}

// One unit of the level, so that it outweighs everything that all people together can bring below it.
struct Units {
  std::vector<Weight> duties;  // one person of so many past duties
  Weight changed = 0;
  Weight other_place = 0;
  Weight room_place = 0;
};

Units units_of(const SmallCase& of, std::size_t slots) {
  const auto many = static_cast<Weight>(of.staff.people.size() + slots + 1);
  Units units;
  Weight next = many * 1'000'000;  // nobody travels a thousand kilometres
  for (int duties = 0; duties < 4; ++duties) {
    units.duties.push_back(next);
    next *= many;
  }
  units.changed = next;
  units.other_place = units.changed * many;
  units.room_place = units.other_place * many;
  return units;
}

}  // namespace

SmallCase draw_case_of_many_venues(std::uint64_t number, bool keeps) {
  Draws draws(number * 2 + (keeps ? 1 : 0));
  SmallCase of;
  draw_venues(draws, of);
  draw_staff(draws, of);
  if (keeps) draw_old_duties(draws, of);
  return of;
}

std::vector<DutyRow> best_by_hungarian_method(const SmallCase& of) {
  std::vector<Place> slots;
  for (const Place& place : places_of(of)) slots.insert(slots.end(), static_cast<std::size_t>(place.wanted), place);
  const Units units = units_of(of, slots.size());
  const std::size_t people = of.staff.people.size();
  std::vector<std::vector<Weight>> weight(slots.size(), std::vector<Weight>(people + slots.size(), never));
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    const Place& place = slots[slot];
    const VenueCode& code = of.exam[place.venue].code;
    for (std::size_t person = 0; person < people; ++person) {
      if (!may_be(of, person, place)) continue;
      const Invigilator& who = of.staff.people[person];
      const bool stays = of.keeps && std::any_of(of.old.begin(), of.old.end(), [&](const DutyRow& row) {
                           return row.invigilator_id == who.id && row.venue_code == code &&
                                  row.room_no == place.room_no && row.role == place.role;
                         });
      weight[slot][person] = units.duties[static_cast<std::size_t>(who.past_duties)] - (stays ? units.changed : 0) +
                             haversine_m(who.home, of.exam[place.venue].at);
    }
    for (std::size_t empty = 0; empty < slots.size(); ++empty)
      weight[slot][people + empty] = place.room_no > 0 ? units.room_place : units.other_place;
  }
  std::vector<DutyRow> duties;
  const std::vector<std::size_t> column_of = assign(weight);
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    if (column_of[slot] >= people) continue;
    duties.push_back(
        {of.exam[slots[slot].venue].code, slots[slot].room_no, slots[slot].role, of.staff.people[column_of[slot]].id});
  }
  return duties;
}

}  // namespace hanjari::staffing
