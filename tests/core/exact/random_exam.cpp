#include "exact/random_exam.h"

#include <algorithm>
#include <cmath>

#include "hanjari/base/random.h"
#include "hanjari/domain/travel.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::exact {
namespace {

class Draw {
 public:
  explicit Draw(const std::string& name) : stream_(Seed{}, name) {}
  int between(int least, int most) {
    return least + static_cast<int>(stream_.below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool one_in(int count) { return between(1, count) == 1; }

 private:
  RandomStream stream_;
};

void draw_policy(Exam& exam, Draw& draw) {
  Policy& policy = exam.policy;
  policy.travel = TravelSource::table;
  policy.mixing = static_cast<Mixing>(draw.between(0, 3));
  if (draw.one_in(3)) policy.weights.room = draw.between(1, 2'000);
  if (draw.one_in(4)) policy.weights.unit_at_venue = draw.between(1, 2'000);
  if (draw.one_in(4)) policy.weights.venue = draw.between(1, 5'000);
  if (draw.one_in(10)) policy.weights.travel = draw.between(0, 3);
  if (draw.one_in(4)) policy.reserve_rooms.per_venue = draw.between(0, 2);
  if (draw.one_in(4)) policy.reserve_rooms.per_district = draw.between(0, 2);
  if (draw.one_in(4)) policy.detour_cap_m = draw.between(0, 4'000);
  if (draw.one_in(6)) policy.people_cap = draw.between(3, 9);
}

void draw_needs(Applicant& person, Draw& draw) {
  Accommodation& needs = person.accommodation;
  if (draw.one_in(12)) needs.wheelchair = true;
  if (draw.one_in(15)) needs.scribe = true;
  if (draw.one_in(15)) needs.separate_room = true;
  if (draw.one_in(15)) needs.large_print = true;
  if (draw.one_in(12)) needs.multiplier = draw.one_in(2) ? TimeMultiplier::x1_5 : TimeMultiplier::x1_2;
  if (draw.one_in(15)) person.routing = Routing::reserve;
  if (draw.one_in(25)) person.routing = Routing::isolation;
}

Room draw_room(Draw& draw, std::size_t venue, int number, int largest) {
  Room room;
  room.venue = VenueIndex(venue);
  room.room_no = number;
  room.row_count = 1;
  room.column_count = draw.one_in(2) ? draw.between(1, largest) : largest / 2;
  room.row_pitch_cm = room.column_pitch_cm = 100;
  room.accessible = draw.one_in(2);
  if (draw.one_in(8)) room.use = RoomUse::separate;
  if (draw.one_in(8)) room.use = RoomUse::reserve;
  return room;
}

}  // namespace

Exam make_random_exam(std::uint64_t number, const RandomShape& shape) {
  Draw draw("random exam " + std::to_string(number));
  Exam exam;
  exam.header.code = ExamCode("random");
  draw_policy(exam, draw);
  const int units = draw.between(1, 5);
  for (int i = 0; i < units; ++i) {
    Unit unit;
    unit.code = UnitCode("U" + std::to_string(i));
    unit.series_ko = "계열" + std::to_string(i / 2);
    unit.duration_min = draw.one_in(6) ? 120 : 100;
    exam.units.push_back(unit);
  }
  for (int i = 0; i < shape.venues; ++i) {
    Venue venue;
    venue.code = VenueCode("V" + std::to_string(i));
    venue.district = exam.words.intern(draw.one_in(2) ? "11110" : "11140");
    if (i > 0 && draw.one_in(8)) venue.kind = VenueKind::isolation;
    if (i > 0 && draw.one_in(8)) venue.kind = VenueKind::accommodation;
    if (draw.one_in(5)) venue.opening_cost = draw.between(1, 10'000);
    exam.venues.push_back(venue);
  }
  for (int i = 0; i < shape.rooms; ++i) {
    exam.rooms.push_back(
        draw_room(draw, static_cast<std::size_t>(draw.between(0, shape.venues - 1)), i + 1, shape.largest));
  }
  const int origins = draw.between(2, 8);
  for (int origin = 0; origin < origins; ++origin) {
    for (int venue = 0; venue < shape.venues; ++venue) {
      if (draw.one_in(12)) continue;
      exam.travel.push_back({exam.words.intern("O" + std::to_string(origin)),
                             VenueIndex(static_cast<std::size_t>(venue)), draw.between(100, 9'000)});
    }
    if (exam.travel.empty() || exam.words[exam.travel.back().origin] != "O" + std::to_string(origin)) {
      exam.travel.push_back({exam.words.intern("O" + std::to_string(origin)), VenueIndex(std::size_t{0}), 500});
    }
  }
  for (int i = 0; i < shape.people; ++i) {
    Applicant person;
    person.id = ApplicantId("A" + std::to_string(1'000 + i));
    person.unit = UnitIndex(static_cast<std::size_t>(draw.between(0, units - 1)));
    person.origin = exam.words.intern("O" + std::to_string(draw.between(0, origins - 1)));
    draw_needs(person, draw);
    exam.applicants.push_back(person);
  }
  make_canonical(exam);
  return exam;
}

std::vector<int> capacities_of(const Exam& exam) {
  std::vector<int> capacities;
  for (const seating::RoomCapacity& capacity : seating::room_capacities(exam)) capacities.push_back(capacity.people);
  return capacities;
}

RandomChange change_at_random(const Exam& exam, const std::vector<RoomIndex>& plan, std::uint64_t number) {
  Draw draw("random change " + std::to_string(number));
  RandomChange change{exam, {}};
  Exam& changed = change.exam;
  for (int i = draw.between(0, 3); i > 0; --i) {
    const auto person = static_cast<std::size_t>(draw.between(0, static_cast<int>(exam.applicants.size()) - 1));
    draw_needs(changed.applicants[person], draw);
  }
  for (int i = draw.between(0, 2); i > 0; --i) {
    Room& room = changed.rooms[static_cast<std::size_t>(draw.between(0, static_cast<int>(exam.rooms.size()) - 1))];
    if (draw.one_in(2))
      room.accessible = !room.accessible;
    else
      room.people_cap = draw.between(0, room.column_count);
  }
  if (draw.one_in(3)) changed.policy.people_cap = draw.between(3, 9);
  if (draw.one_in(6)) changed.policy.reserve_rooms.per_venue = draw.between(0, 1);
  if (draw.one_in(4)) changed.policy.change_weights = {draw.between(1, 50), draw.between(1, 30), 1};
  // Drawn by themselves, so that the other draws of a case stay what they are.
  Draw farther("farther of change " + std::to_string(number));
  if (farther.one_in(2)) changed.policy.moved_farther_m = farther.between(0, 3'000);
  const TravelTable travel(exam);
  Standing& standing = change.standing;
  standing.closed.assign(exam.venues.size(), 0);
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    const bool known = plan[person].exists() && !draw.one_in(8);
    standing.room.push_back(known ? plan[person] : RoomIndex::none());
    standing.venue.push_back(known ? exam[plan[person]].venue : VenueIndex::none());
    standing.counts.push_back(known ? 1 : 0);
    standing.travel.push_back(known ? travel.between(ApplicantIndex(person), exam[plan[person]].venue) : 0);
    standing.keeps_seat.push_back(draw.one_in(10) ? 0 : 1);
    standing.pinned.push_back(known && draw.one_in(20) ? 1 : 0);
  }
  return change;
}

std::optional<Values> try_every_plan(const Question& question) {
  const std::size_t people = question.exam->applicants.size();
  const std::size_t rooms = question.exam->rooms.size();
  if (std::pow(static_cast<double>(rooms + 1), static_cast<double>(people)) > 300'000) return std::nullopt;
  std::vector<std::size_t> choice(people, 0);  // 0: no seat
  std::optional<Values> best;
  for (;;) {
    std::vector<RoomIndex> plan;
    for (const std::size_t at : choice) plan.push_back(at == 0 ? RoomIndex::none() : RoomIndex(at - 1));
    if (const auto values = judge(question, plan); values && (!best || *values < *best)) best = values;
    std::size_t person = 0;
    while (person < people && ++choice[person] > rooms) choice[person++] = 0;
    if (person == people) return best;
  }
}

}  // namespace hanjari::exact
