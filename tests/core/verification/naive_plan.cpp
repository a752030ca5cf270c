#include "verification/naive_plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/domain/geography.h"
#include "hanjari/domain/travel.h"

namespace hanjari::verification {
namespace {

VenueCode code_of(const World& world, const Room& room) {
  return world.exam[room.venue].code;
}

std::string booklet_by_table(Desk desk, int booklets) {
  static const char* const tiles[3][2][2] = {
      {{"A", "A"}, {"A", "A"}}, {{"A", "B"}, {"B", "A"}}, {{"A", "B"}, {"C", "D"}}};
  const int table = booklets == 4 ? 2 : booklets - 1;
  return tiles[table][(desk.row - 1) % 2][(desk.column - 1) % 2];
}

double apart_cm(const Room& room, Desk a, Desk b) {
  return std::hypot((a.row - b.row) * room.row_pitch_cm, (a.column - b.column) * room.column_pitch_cm);
}

bool suits(const Exam& exam, const Applicant& person, const Room& room) {
  const VenueKind kind = exam[room.venue].kind;
  if (person.accommodation.wheelchair && !room.accessible) return false;
  if (person.routing == Routing::isolation) return kind == VenueKind::isolation;
  if (person.routing == Routing::reserve) return kind == VenueKind::regular && room.use == RoomUse::reserve;
  if (person.accommodation.any()) {
    return kind == VenueKind::accommodation || (kind == VenueKind::regular && room.use == RoomUse::separate);
  }
  return kind == VenueKind::regular && room.use == RoomUse::exam;
}

// Desks taken one by one, front row first, each far enough from those before.
std::vector<Desk> take_desks(const Exam& exam, const Room& room) {
  std::vector<Desk> taken;
  int most = std::min(exam.policy.people_cap.value_or(1000), room.people_cap.value_or(1000));
  for (const Desk desk : listed_desks(room, SeatOrder::row_major, SeatOrigin::front_left)) {
    const bool far = std::all_of(taken.begin(), taken.end(),
                                 [&](Desk other) { return apart_cm(room, desk, other) >= exam.policy.min_gap_cm; });
    if (far && most > 0) {
      taken.push_back(desk);
      --most;
    }
  }
  return taken;
}

void number(World& world) {
  std::vector<PlacementRow*> rows;
  for (PlacementRow& row : world.rows.placements) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(), [](const PlacementRow* a, const PlacementRow* b) {
    return std::tie(a->unit_code, a->venue_code, a->room_no, a->seat_no) <
           std::tie(b->unit_code, b->venue_code, b->room_no, b->seat_no);
  });
  std::map<std::string, int> last;
  for (PlacementRow* row : rows) {
    const std::string& unit = row->unit_code.text();
    row->applicant_number = ApplicantNumber(fmt::format("{}{:05}", unit, ++last[unit]));
  }
}

Metres nearest_rank_of(const std::vector<Metres>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size()))) - 1];
}

}  // namespace

std::vector<Desk> listed_desks(const Room& room, SeatOrder order, SeatOrigin origin) {
  const bool back = origin == SeatOrigin::back_left || origin == SeatOrigin::back_right;
  const bool right = origin == SeatOrigin::front_right || origin == SeatOrigin::back_right;
  const bool by_rows = order == SeatOrder::row_major || order == SeatOrder::row_serpentine;
  const bool serpentine = order == SeatOrder::column_serpentine || order == SeatOrder::row_serpentine;
  const int lines = by_rows ? room.row_count : room.column_count;
  const int length = by_rows ? room.column_count : room.row_count;
  std::vector<Desk> desks;
  for (int line = 0; line < lines; ++line) {
    for (int step = 0; step < length; ++step) {
      int row = by_rows ? line : step;
      int column = by_rows ? step : line;
      if (serpentine && line % 2 == 1) (by_rows ? column : row) = length - 1 - step;
      if (back) row = room.row_count - 1 - row;
      if (right) column = room.column_count - 1 - column;
      const Desk desk{row + 1, column + 1};
      if (std::find(room.blocked.begin(), room.blocked.end(), desk) == room.blocked.end()) desks.push_back(desk);
    }
  }
  return desks;
}

PlacementRow& World::row(const std::string& applicant_id) {
  for (PlacementRow& row : rows.placements) {
    if (row.applicant_id.text() == applicant_id) return row;
  }
  throw std::logic_error("no row of " + applicant_id);
}

Applicant& World::person(const std::string& applicant_id) {
  return exam.applicants.at(exam.find(ApplicantId(applicant_id)).value);
}

Room& World::room_of(const PlacementRow& row) {
  return exam.rooms.at(exam.find(exam.find(row.venue_code), static_cast<int>(row.room_no)).value);
}

void World::sit(PlacementRow& row, const std::string& venue, int room_no, Desk desk) {
  const VenueIndex venue_index = exam.find(VenueCode(venue));
  const Room& room = exam[exam.find(venue_index, room_no)];
  const auto desks = listed_desks(room, exam.policy.seat_order, exam.policy.seat_origin);
  row.venue_code = VenueCode(venue);
  row.room_no = room_no;
  row.row = desk.row;
  row.column = desk.column;
  row.seat_no = std::find(desks.begin(), desks.end(), desk) - desks.begin() + 1;
  row.booklet = booklet_by_table(desk, exam.policy.booklets);
  row.travel_m = TravelTable(exam).between(exam.find(row.applicant_id), venue_index);
}

void World::exchange(PlacementRow& a, PlacementRow& b) {
  const PlacementRow before = a;
  const auto desk = [](const PlacementRow& row) {
    return Desk{static_cast<int>(row.row), static_cast<int>(row.column)};
  };
  sit(a, b.venue_code.text(), static_cast<int>(b.room_no), desk(b));
  sit(b, before.venue_code.text(), static_cast<int>(before.room_no), desk(before));
}

std::vector<PlacementRow*> World::people_in(const Room& room) {
  std::vector<PlacementRow*> people;
  for (PlacementRow& row : rows.placements) {
    if (row.venue_code == code_of(*this, room) && row.room_no == room.room_no) people.push_back(&row);
  }
  return people;
}

std::vector<PlacementRow*> World::ordinary_of(const std::string& unit) {
  std::vector<PlacementRow*> people;
  for (PlacementRow& row : rows.placements) {
    const Applicant& who = person(row.applicant_id.text());
    if (row.unit_code.text() == unit && !who.accommodation.any() && who.routing == Routing::none)
      people.push_back(&row);
  }
  std::sort(people.begin(), people.end(), [](const PlacementRow* a, const PlacementRow* b) {
    return std::tie(a->venue_code, a->room_no, a->seat_no) < std::tie(b->venue_code, b->room_no, b->seat_no);
  });
  return people;
}

Room& World::empty_room(VenueKind kind, RoomUse use, int skip) {
  for (Room& room : exam.rooms) {
    if (exam[room.venue].kind == kind && room.use == use && people_in(room).empty() && skip-- == 0) return room;
  }
  throw std::logic_error("no empty room of this kind");
}

void World::tell_truth() {
  const TravelTable travel(exam);
  PlanReport& report = rows.report;
  report.seated = static_cast<std::int64_t>(rows.placements.size());
  report.unseated = static_cast<std::int64_t>(rows.unseated.size());
  report.input_sha256 = exam.input_sha256;
  Objective objective;
  std::set<std::tuple<VenueCode, std::int64_t>> opened_rooms;
  std::set<std::tuple<VenueCode, UnitCode>> pairs;
  std::set<VenueCode> opened;
  std::vector<Metres> detours;
  Metres nearest_total = 0;
  rows.over_detour.clear();
  rows.keep_apart_broken.clear();
  std::set<ApplicantId> told;
  for (const PlacementRow& row : rows.placements) {
    const ApplicantIndex who = exam.find(row.applicant_id);
    opened_rooms.emplace(row.venue_code, row.room_no);
    opened.insert(row.venue_code);
    if (who.exists()) pairs.emplace(row.venue_code, exam[exam[who].unit].code);
    if (!told.insert(row.applicant_id).second) {
      --report.seated;
      continue;
    }
    if (!who.exists()) continue;
    objective.travel_m += row.travel_m;
    const Metres nearest = travel.nearest(who);
    nearest_total += nearest;
    detours.push_back(row.travel_m - nearest);
    if (exam.policy.detour_cap_m && detours.back() > *exam.policy.detour_cap_m) {
      rows.over_detour.push_back({row.applicant_id, row.travel_m, detours.back()});
    }
  }
  objective.rooms_opened = static_cast<std::int64_t>(opened_rooms.size());
  objective.unit_venue_pairs = static_cast<std::int64_t>(pairs.size());
  objective.venues_opened = static_cast<std::int64_t>(opened.size());
  const Weights& weights = exam.policy.weights;
  objective.total = weights.travel * objective.travel_m + weights.room * objective.rooms_opened +
                    weights.unit_at_venue * objective.unit_venue_pairs + weights.venue * objective.venues_opened;
  for (const VenueCode& code : opened) {
    const VenueIndex venue = exam.find(code);
    if (venue.exists()) objective.total += exam[venue].opening_cost;
  }
  report.objective = objective;
  std::sort(detours.begin(), detours.end());
  report.detour_m = {};
  for (const Metres detour : detours) report.detour_m.total += detour;
  if (!detours.empty()) {
    report.detour_m.mean = static_cast<double>(report.detour_m.total) / static_cast<double>(detours.size());
    report.detour_m.p50 = nearest_rank_of(detours, 0.5);
    report.detour_m.p95 = nearest_rank_of(detours, 0.95);
    report.detour_m.max = detours.back();
  }
  report.over_detour_cap = static_cast<std::int64_t>(rows.over_detour.size());
  report.gap = {};
  if (report.bound) report.bound->total = objective.total - above_bound;
  if (report.bound && rows.unseated.empty()) {
    const double difference = static_cast<double>(objective.total - report.bound->total);
    const auto rounded_up = [](double share) { return std::ceil(share * 1e6 - 1e-6) / 1e6; };
    report.gap.of_total = rounded_up(difference / static_cast<double>(report.bound->total));
    report.gap.of_detour =
        rounded_up(difference / static_cast<double>(report.bound->total - weights.travel * nearest_total));
  }
  for (const PlacementRow& a : rows.placements) {
    const ApplicantIndex first = exam.find(a.applicant_id);
    if (!first.exists() || exam[first].keep_apart == empty_word) continue;
    for (const PlacementRow& b : rows.placements) {
      const ApplicantIndex second = exam.find(b.applicant_id);
      if (!second.exists() || !(a.applicant_id < b.applicant_id)) continue;
      if (exam[first].keep_apart != exam[second].keep_apart || a.venue_code != b.venue_code || a.room_no != b.room_no)
        continue;
      if (std::abs(a.row - b.row) > 1 || std::abs(a.column - b.column) > 1) continue;
      rows.keep_apart_broken.push_back({exam.words[exam[first].keep_apart], a.applicant_id, b.applicant_id});
    }
  }
}

World planned(Exam exam) {
  World world;
  world.exam = std::move(exam);
  const Exam& given = world.exam;
  // People who may share a room: one unit, one time, one routing, one kind of accommodation.
  using Class = std::tuple<Routing, bool, bool, bool, TimeMultiplier, UnitIndex>;
  std::map<Class, std::vector<ApplicantIndex>> classes;
  for (std::size_t at = 0; at < given.applicants.size(); ++at) {
    const Applicant& person = given.applicants[at];
    const Accommodation& granted = person.accommodation;
    classes[{person.routing, granted.any(), !granted.wheelchair, granted.apart(), granted.multiplier, person.unit}]
        .push_back(ApplicantIndex(at));
  }
  std::set<std::size_t> used;
  for (const auto& [key, people] : classes) {
    std::size_t next = 0;
    for (std::size_t room = 0; room < given.rooms.size() && next < people.size(); ++room) {
      if (!suits(given, given[people.front()], given.rooms[room]) || !used.insert(room).second) continue;
      for (const Desk desk : take_desks(given, given.rooms[room])) {
        if (next == people.size()) break;
        const Applicant& person = given[people[next++]];
        PlacementRow row;
        row.applicant_id = person.id;
        row.unit_code = given[person.unit].code;
        world.rows.placements.push_back(row);
        world.sit(world.rows.placements.back(), given[given.rooms[room].venue].code.text(), given.rooms[room].room_no,
                  desk);
      }
    }
    if (next < people.size()) throw std::logic_error("the small exam has too few rooms");
  }
  std::sort(world.rows.placements.begin(), world.rows.placements.end(),
            [](const PlacementRow& a, const PlacementRow& b) { return a.applicant_id < b.applicant_id; });
  number(world);
  world.rows.has_report = true;
  world.rows.report.status = PlanStatus::feasible;
  world.rows.report.bound = Bound{};
  world.tell_truth();
  return world;
}

}  // namespace hanjari::verification
