#include "replanning/small_change.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/seating/geometry.h"
#include "hanjari/seating/seats.h"

namespace hanjari::replanning {

PlanRows rows_of(const Exam& exam, const Plan& plan) {
  PlanRows rows;
  for (const Placement& placed : plan.placements) {
    rows.placements.push_back({exam[placed.applicant].id, placed.number, exam[exam[placed.applicant].unit].code,
                               exam[placed.venue].code, exam[placed.room].room_no, placed.seat_no, placed.desk.row,
                               placed.desk.column, std::string(1, placed.booklet), placed.travel_m, 0});
  }
  for (const Unseated& unseated : plan.unseated)
    rows.unseated.push_back({exam[unseated.applicant].id, unseated.reason, unseated.detail.en});
  for (const OverDetour& over : plan.over_detour)
    rows.over_detour.push_back({exam[over.applicant].id, over.travel_m, over.detour_m});
  rows.has_report = true;
  rows.report = plan.report;
  for (const KeepApartBroken& broken : plan.report.keep_apart_broken)
    rows.keep_apart_broken.push_back({broken.word, exam[broken.first].id, exam[broken.second].id});
  rows.digest = "published";
  return rows;
}

int draw(RandomStream& stream, int least, int most) {
  return least + static_cast<int>(stream.below(static_cast<std::uint64_t>(most - least + 1)));
}

Exam small_exam(RandomStream& stream, const SmallShape& shape) {
  Exam exam;
  exam.header.code = ExamCode("small");
  exam.policy.people_cap = shape.cap;
  for (int unit = 0; unit < shape.units; ++unit) {
    exam.units.push_back({});
    exam.units.back().code = UnitCode(fmt::format("{:03}", 10 * (unit + 1)));
    exam.units.back().series_ko = fmt::format("직류{}", unit);
  }
  for (int venue = 0; venue < shape.venues; ++venue) {
    exam.venues.push_back({});
    exam.venues.back().code = VenueCode(fmt::format("V{}", venue + 1));
    exam.venues.back().district = exam.words.intern(fmt::format("D{}", venue / 2));
    exam.venues.back().at = {37.50, 127.00 + 0.03 * venue};
    for (int room = 0; room < shape.rooms; ++room) {
      exam.rooms.push_back({});
      Room& added = exam.rooms.back();
      added.venue = VenueIndex(exam.venues.size() - 1);
      added.room_no = room + 1;
      added.row_count = added.column_count = 3;
      added.row_pitch_cm = added.column_pitch_cm = 100;
      added.accessible = room == 0;
    }
  }
  for (int person = 0; person < shape.people; ++person) {
    Applicant& added = exam.applicants.emplace_back();
    added.id = ApplicantId(fmt::format("A{:04}", person));
    added.unit = UnitIndex(static_cast<std::size_t>(draw(stream, 0, shape.units - 1)));
    added.home = {37.48 + 0.001 * draw(stream, 0, 40), 126.98 + 0.001 * draw(stream, 0, 30 * shape.venues)};
    if (!shape.accommodations) continue;
    const int what = draw(stream, 0, 19);
    added.accommodation.wheelchair = what == 0;
    added.accommodation.separate_room = what == 1;
    if (what == 2) added.accommodation.multiplier = TimeMultiplier::x1_5;
    added.accommodation.large_print = what == 3;
  }
  make_canonical(exam);
  return exam;
}

Plan naive_plan(const Exam& exam) {
  const auto capacities = seating::room_capacities(exam);
  using Key = std::tuple<int, TimeMultiplier, bool, std::uint32_t>;
  std::map<Key, std::vector<std::uint32_t>> classes;
  for (std::uint32_t person = 0; person < exam.applicants.size(); ++person) {
    const Applicant& applicant = exam.applicants[person];
    const Accommodation& needs = applicant.accommodation;
    classes[{exam[applicant.unit].duration_min, needs.multiplier, needs.apart(),
             needs.may_mix() ? 9999 : applicant.unit.value}]
        .push_back(person);
  }
  Assignment assignment;
  assignment.status = PlanStatus::feasible;
  assignment.room_of.resize(exam.applicants.size());
  std::vector<char> taken(exam.rooms.size(), 0);
  for (auto& [key, people] : classes) {
    std::stable_partition(people.begin(), people.end(),
                          [&](std::uint32_t person) { return exam.applicants[person].accommodation.wheelchair; });
    std::size_t next = 0;
    while (next < people.size()) {
      const bool wheelchair = exam.applicants[people[next]].accommodation.wheelchair;
      std::size_t room = 0;
      while (room < exam.rooms.size() &&
             (taken[room] != 0 || exam.rooms[room].use != RoomUse::exam || exam.rooms[room].accessible != wheelchair ||
              capacities[room].people == 0 || exam[exam.rooms[room].venue].kind != VenueKind::regular)) {
        ++room;
      }
      if (room == exam.rooms.size() && !wheelchair) {  // only accessible rooms are left
        room = 0;
        while (room < exam.rooms.size() && taken[room] != 0) ++room;
      }
      if (room == exam.rooms.size()) break;
      taken[room] = 1;
      for (int i = 0; i < capacities[room].people && next < people.size(); ++i) {
        if (exam.applicants[people[next]].accommodation.wheelchair && !exam.rooms[room].accessible) break;
        assignment.room_of[people[next++]] = RoomIndex(room);
      }
    }
    for (; next < people.size(); ++next)
      assignment.unseated.push_back({ApplicantIndex(people[next]), "no_capacity", {"none left", "없음"}});
  }
  std::sort(assignment.unseated.begin(), assignment.unseated.end(),
            [](const Unseated& a, const Unseated& b) { return a.applicant < b.applicant; });
  if (!assignment.unseated.empty()) assignment.status = PlanStatus::gave_up;
  return seating::seat(exam, assignment, Seed{});
}

void add_rooms(Exam& exam, std::size_t venue, int count) {
  int last = 0;
  Room like;
  for (const Room& room : exam.rooms) {
    if (room.venue.value != venue) continue;
    if (last == 0) like = room;
    last = std::max(last, room.room_no);
  }
  if (last == 0) return;
  like.accessible = false;
  for (int i = 1; i <= count; ++i) {
    like.room_no = last + i;
    exam.rooms.push_back(like);
  }
  make_canonical(exam);
}

void remove_room(Exam& exam, std::size_t room) {
  exam.rooms.erase(exam.rooms.begin() + static_cast<std::ptrdiff_t>(room));
  make_canonical(exam);
}

void remove_person(Exam& exam, std::size_t person) {
  exam.applicants.erase(exam.applicants.begin() + static_cast<std::ptrdiff_t>(person));
}

void add_person(Exam& exam, std::size_t like, const std::string& id) {
  Applicant added = exam.applicants[like];
  added.id = ApplicantId(id);
  exam.applicants.push_back(std::move(added));
  make_canonical(exam);
}

void change_at_random(Exam& exam, RandomStream& stream) {
  const int changes = draw(stream, 1, 3);
  for (int change = 0; change < changes; ++change) {
    const auto someone = static_cast<std::size_t>(draw(stream, 0, static_cast<int>(exam.applicants.size()) - 1));
    const auto somewhere = static_cast<std::size_t>(draw(stream, 0, static_cast<int>(exam.rooms.size()) - 1));
    const auto venue = static_cast<std::size_t>(draw(stream, 0, static_cast<int>(exam.venues.size()) - 1));
    switch (draw(stream, 0, 9)) {
      case 0:
        exam.policy.people_cap = std::max(2, *exam.policy.people_cap - 1);
        break;
      case 1:
        exam.policy.people_cap = *exam.policy.people_cap + 1;
        break;
      case 2:
        remove_room(exam, somewhere);
        break;
      case 3:
        add_rooms(exam, venue, draw(stream, 1, 3));
        break;
      case 4:
        for (int i = 0; i < 4 && exam.applicants.size() > 5; ++i) remove_person(exam, someone % exam.applicants.size());
        break;
      case 5:
        for (int i = 0; i < 3; ++i) add_person(exam, someone, fmt::format("B{}{}{}", change, i, someone));
        break;
      case 6:
        exam.applicants[someone].accommodation.wheelchair = true;
        break;
      case 7:
        exam.applicants[someone].accommodation.multiplier = TimeMultiplier::x1_5;
        break;
      case 8:
        exam.policy.min_gap_cm = draw(stream, 0, 1) * 120;
        break;
      case 9:
        exam.rooms[somewhere].people_cap = draw(stream, 2, 4);
        break;
    }
  }
}

}  // namespace hanjari::replanning
