#include "plans/edit_wishes.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/progress.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/replanning/replan.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/whatif/whatif.h"

namespace hanjari::services {
namespace {

[[noreturn]] void refuse_wish(const char* code, Text message) {
  throw InvalidInput(code, std::move(message));
}

// Whoever sits is named by the number alone, for a number may be the applicant_id of somebody else.
[[noreturn]] void refuse_number(const Exam& exam, const Plan& plan, const ApplicantNumber& named) {
  Text message{fmt::format("Nobody in this plan has the number {}.", named.text()),
               in_korean("이 배정안에 응시번호 {}[이/가] 없습니다.", named.text())};
  const ApplicantIndex person = exam.find(ApplicantId(named.text()));
  const Placement* seat = person.exists() ? find_seat_of(plan, person) : nullptr;
  if (seat != nullptr) {
    message.en += fmt::format(" It is an applicant ID; name whoever has a seat by the applicant number: {}.",
                              seat->number.text());
    message.ko += fmt::format(" 지원자 ID를 적으셨습니다. 좌석이 있는 응시자는 응시번호로 적으십시오: {}.",
                              seat->number.text());
  } else if (person.exists()) {
    message.en += " It is the applicant ID of somebody without a seat: give the person a seat first.";
    message.ko += " 좌석이 없는 응시자의 지원자 ID입니다. 먼저 좌석을 정하십시오.";
  }
  refuse_wish("no_such_number", std::move(message));
}

const Placement& placement_of(const Exam& exam, const Plan& plan, const ApplicantNumber& number) {
  if (number.empty()) refuse_wish("no_such_number", {"Name the applicant number.", "응시번호를 적으십시오."});
  const auto found = std::find_if(plan.placements.begin(), plan.placements.end(),
                                  [&](const Placement& placed) { return placed.number == number; });
  if (found == plan.placements.end()) refuse_number(exam, plan, number);
  return *found;
}

// Whom an officer names: by number or, where the plan has no seat for the person and so no number, by applicant_id.
ApplicantIndex person_of(const Exam& exam, const Plan& plan, const ApplicantNumber& named) {
  const ApplicantIndex person = exam.find(ApplicantId(named.text()));
  if (person.exists() && find_seat_of(plan, person) == nullptr) {
    const bool is_number = std::any_of(plan.placements.begin(), plan.placements.end(),
                                       [&](const Placement& placed) { return placed.number == named; });
    if (!is_number) return person;
  }
  return placement_of(exam, plan, named).applicant;
}

VenueIndex require_venue(const Exam& exam, const VenueCode& code) {
  if (code.empty()) refuse_wish("no_such_venue", {"Name the venue by its code.", "시험장을 코드로 적으십시오."});
  const VenueIndex venue = exam.find(code);
  if (venue.exists()) return venue;
  refuse_wish("no_such_venue", {fmt::format("The exam has no venue {}.", code.text()),
                                in_korean("이 시험에 시험장 {}[이/가] 없습니다.", code.text())});
}

RoomIndex require_room(const Exam& exam, const VenueCode& code, std::int64_t room_no) {
  const VenueIndex venue = require_venue(exam, code);
  const RoomIndex room = room_no > 0 && room_no < std::numeric_limits<std::int32_t>::max()
                             ? exam.find(venue, static_cast<int>(room_no))
                             : RoomIndex::none();
  if (room.exists()) return room;
  refuse_wish("no_such_room", {fmt::format("Venue {} has no room {}.", code.text(), room_no),
                               fmt::format("시험장 {}에 {} 시험실이 없습니다.", code.text(), room_no)});
}

std::string spell_room(const VenueCode& venue, std::int64_t room_no) {
  return fmt::format("{}/{}", venue.text(), room_no);
}

HandMove move_of(const Exam& exam, ApplicantIndex person, RoomIndex room, std::int64_t seat_no) {
  HandMove move;
  move.applicant = exam[person].id;
  move.venue = exam[exam[room].venue].code;
  move.room_no = exam[room].room_no;
  move.seat_no = seat_no;
  return move;
}

// Seats that are free while people are given them one after the other: first in rooms that have the person's unit already,
// then in empty ones, so that few units meet. Whether the result is lawful is for the verifier to say.
class FreeRooms {
 public:
  FreeRooms(const Exam& exam, const Plan& plan) : exam_(exam), free_(exam.rooms.size()), units_(exam.rooms.size()) {
    const auto capacities = seating::room_capacities(exam);
    for (std::size_t room = 0; room < free_.size(); ++room) free_[room] = capacities[room].people;
    for (const Placement& placed : plan.placements) {
      --free_[placed.room.value];
      units_[placed.room.value].insert(exam[placed.applicant].unit);
    }
  }

  // none() when the venue has no seat for the person.
  RoomIndex take(ApplicantIndex person, RoomIndex now, VenueIndex venue) {
    const Venue& where = exam_[venue];
    RoomIndex best = RoomIndex::none();
    for (std::uint32_t at = where.first_room; at < where.first_room + where.room_count; ++at) {
      const RoomIndex room{std::size_t{at}};
      if (!may_take(person, now, room)) continue;
      const bool own_unit = units_[at].contains(exam_[person].unit);
      if (!best.exists() || (own_unit && !units_[best.value].contains(exam_[person].unit))) best = room;
      if (own_unit) break;
    }
    if (!best.exists()) return best;
    --free_[best.value];
    units_[best.value].insert(exam_[person].unit);
    return best;
  }

 private:
  bool may_take(ApplicantIndex person, RoomIndex now, RoomIndex room) const {
    const Room& from = exam_[now];
    const Room& to = exam_[room];
    if (free_[room.value] <= 0 || from.use != to.use || now == room) return false;
    if (exam_[from.venue].kind != exam_[to.venue].kind) return false;
    const Accommodation& needs = exam_[person].accommodation;
    if (needs.wheelchair && !to.accessible) return false;
    const std::set<UnitIndex>& units = units_[room.value];
    const bool alone = units.empty() || (units.size() == 1 && units.contains(exam_[person].unit));
    return alone || exam_.policy.mixing != Mixing::never || needs.may_mix();
  }

  const Exam& exam_;
  std::vector<int> free_;
  std::vector<std::set<UnitIndex>> units_;
};

// `missing`: the fewest rooms that would seat them, where it is known.
[[noreturn]] void refuse_without_seats(std::int64_t people, const std::vector<replanning::MissingRooms>& missing = {}) {
  Text message{fmt::format("{} would find no free seat there.", count_people(people)),
               fmt::format("옮길 곳에 빈 좌석이 없는 인원이 {}명입니다.", group_digits(people))};
  for (const replanning::MissingRooms& rooms : missing) {
    const Text where = rooms.district_code.empty() ? Text{"outside the districts", "관외"}
                                                   : name_of_district(rooms.district_code);
    message.en += fmt::format(" {}: {} of {} would do.", where.en, count_of(rooms.rooms, "more room", "more rooms"),
                              count_people(rooms.capacity));
    message.ko += fmt::format(" {}: {}명이 들어가는 시험실 {}실이 더 필요합니다.", where.ko, rooms.capacity, group_digits(rooms.rooms));
  }
  refuse_wish("no_free_seats", std::move(message));
}

// Everybody whom `chosen` says, to one venue.
template <class Chosen>
std::vector<HandMove> move_to_venue(const Exam& exam, const Plan& plan, VenueIndex to, Chosen chosen) {
  FreeRooms rooms(exam, plan);
  std::vector<HandMove> moves;
  std::int64_t without = 0;
  for (const Placement& placed : plan.placements) {
    if (!chosen(placed)) continue;
    const RoomIndex room = rooms.take(placed.applicant, placed.room, to);
    if (!room.exists()) {
      ++without;
      continue;
    }
    moves.push_back(move_of(exam, placed.applicant, room, 0));
  }
  if (without > 0) refuse_without_seats(without);
  return moves;
}

// The person, the room or the venue that a placement lies in is locked, or the exam pins the room or the venue: pins of
// places do not outlast the loss of a venue, so the people are held one by one.
bool is_held(const Exam& exam, const Placement& placed, const std::set<std::string>& locked) {
  const VenueCode& venue = exam[placed.venue].code;
  const bool pinned = std::any_of(exam.pins.begin(), exam.pins.end(), [&](const Pin& pin) {
    return (pin.kind == PinKind::room && pin.room == placed.room) ||
           (pin.kind == PinKind::venue && pin.venue == placed.venue);
  });
  return pinned || locked.contains(lock_of_person(exam[placed.applicant].id)) || locked.contains(lock_of_venue(venue)) ||
         locked.contains(lock_of_room(venue, exam[placed.room].room_no));
}

// The exam without the venue, everybody who is locked pinned to where they are, and nobody let into locked rooms.
Exam exam_without(const Exam& exam, const Plan& plan, VenueIndex closed, const std::set<std::string>& locked) {
  Exam without = whatif::make_scenario(exam, whatif::Key::lose_venue, exam[closed].code.text());
  std::map<std::pair<std::string, int>, int> sitting;
  for (const Placement& placed : plan.placements)
    ++sitting[{exam[placed.venue].code.text(), exam[placed.room].room_no}];
  for (Room& room : without.rooms) {
    const VenueCode& venue = without[room.venue].code;
    if (!locked.contains(lock_of_venue(venue)) && !locked.contains(lock_of_room(venue, room.room_no))) continue;
    const auto people = sitting.find({venue.text(), room.room_no});
    room.people_cap = people == sitting.end() ? 0 : people->second;
  }
  for (const Placement& placed : plan.placements) {
    if (placed.venue == closed || !is_held(exam, placed, locked)) continue;
    Pin pin;
    pin.kind = PinKind::person;
    pin.applicant = without.find(exam[placed.applicant].id);
    const bool pinned = std::any_of(without.pins.begin(), without.pins.end(), [&](const Pin& other) {
      return other.kind == PinKind::person && other.applicant == pin.applicant;
    });
    if (!pinned) without.pins.push_back(pin);
  }
  return without;
}

// Re-planned without the venue, which moves the fewest people and fills rooms as a plan does; everybody gets a seat of it.
std::vector<HandMove> close_venue(const Exam& exam, const Plan& plan, VenueIndex closed,
                                  const std::set<std::string>& locked) {
  const bool used = std::any_of(plan.placements.begin(), plan.placements.end(),
                                [&](const Placement& placed) { return placed.venue == closed; });
  if (!used) return {};
  const Exam without = exam_without(exam, plan, closed, locked);
  const replanning::Replanned again =
      replanning::replan(without, package::rows_of_plan(exam, plan), 1, no_progress());
  std::vector<HandMove> moves;
  std::int64_t unseated = 0;
  for (const Placement& placed : plan.placements) {
    const Placement* now = find_seat_of(again.plan, without.find(exam[placed.applicant].id));
    if (now == nullptr) {
      ++unseated;
      continue;
    }
    const Room& room = without[now->room];
    const VenueCode& venue = without[room.venue].code;
    const bool stays = venue == exam[placed.venue].code && room.room_no == exam[placed.room].room_no;
    if (stays && now->seat_no == placed.seat_no) continue;
    HandMove& move = moves.emplace_back();
    move.applicant = exam[placed.applicant].id;
    move.venue = venue;
    move.room_no = room.room_no;
    move.seat_no = now->seat_no;
  }
  if (unseated > 0) refuse_without_seats(unseated, again.missing);
  return moves;
}

EditContent swap_people(const Exam& exam, const Plan& plan, const EditWish& wish) {
  const Placement& one = placement_of(exam, plan, wish.number);
  const Placement& other = placement_of(exam, plan, wish.other_number);
  if (one.applicant == other.applicant)
    refuse_wish("same_person", {"Name two people.", "서로 다른 두 사람을 적으십시오."});
  return {EditKind::swap_people,
          wish.number.text(),
          wish.other_number.text(),
          {move_of(exam, one.applicant, other.room, other.seat_no), move_of(exam, other.applicant, one.room, one.seat_no)},
          {}};
}

EditContent empty_room(const Exam& exam, const Plan& plan, const EditWish& wish) {
  const RoomIndex from = require_room(exam, wish.venue, wish.room_no);
  const RoomIndex to = require_room(exam, wish.to_venue, wish.to_room_no);
  if (from == to) refuse_wish("same_room", {"Name two rooms.", "서로 다른 두 시험실을 적으십시오."});
  EditContent content{wish.kind, spell_room(wish.venue, wish.room_no), spell_room(wish.to_venue, wish.to_room_no), {}, {}};
  if (wish.kind == EditKind::swap_rooms) {
    HandMove& swap = content.moves.emplace_back();
    swap.kind = HandMoveKind::swap_rooms;
    swap.venue = wish.venue;
    swap.room_no = wish.room_no;
    swap.with_venue = wish.to_venue;
    swap.with_room_no = wish.to_room_no;
    return content;
  }
  for (const Placement& placed : plan.placements) {
    if (placed.room == from) content.moves.push_back(move_of(exam, placed.applicant, to, 0));
  }
  return content;
}

EditContent move_unit(const Exam& exam, const Plan& plan, const EditWish& wish) {
  if (wish.unit.empty()) refuse_wish("no_such_unit", {"Name the unit by its code.", "모집단위를 코드로 적으십시오."});
  const UnitIndex unit = exam.find(wish.unit);
  if (!unit.exists()) {
    refuse_wish("no_such_unit", {fmt::format("The exam has no unit {}.", wish.unit.text()),
                                 in_korean("이 시험에 모집단위 {}[이/가] 없습니다.", wish.unit.text())});
  }
  const VenueIndex from = require_venue(exam, wish.venue);
  const VenueIndex to = require_venue(exam, wish.to_venue);
  if (from == to) refuse_wish("same_venue", {"Name two venues.", "서로 다른 두 시험장을 적으십시오."});
  return {EditKind::unit, wish.unit.text() + " " + wish.venue.text(), wish.to_venue.text(),
          move_to_venue(exam, plan, to,
                        [&](const Placement& placed) {
                          return placed.venue == from && exam[placed.applicant].unit == unit;
                        }),
          {}};
}

EditContent lock_something(const Exam& exam, const Plan& plan, const EditWish& wish) {
  if (!wish.number.empty() && (!wish.venue.empty() || wish.room_no != 0)) {
    refuse_wish("one_thing", {"Name a person or a place, not both.", "응시자와 장소 가운데 하나만 적으십시오."});
  }
  EditContent content{wish.kind, {}, {}, {}, {}};
  if (!wish.number.empty()) {
    content.subject = wish.number.text();
    content.locked = lock_of_person(exam[placement_of(exam, plan, wish.number).applicant].id);
    return content;
  }
  if (wish.room_no != 0) {
    require_room(exam, wish.venue, wish.room_no);
    content.subject = spell_room(wish.venue, wish.room_no);
    content.locked = lock_of_room(wish.venue, wish.room_no);
  } else {
    require_venue(exam, wish.venue);
    content.subject = wish.venue.text();
    content.locked = lock_of_venue(wish.venue);
  }
  return content;
}

}  // namespace

const Placement* find_seat_of(const Plan& plan, ApplicantIndex person) {
  const auto found = std::lower_bound(plan.placements.begin(), plan.placements.end(), person,
                                      [](const Placement& one, ApplicantIndex wanted) { return one.applicant < wanted; });
  return found == plan.placements.end() || found->applicant != person ? nullptr : &*found;
}

std::string lock_of_person(const ApplicantId& person) {
  return "person " + person.text();
}

std::string lock_of_room(const VenueCode& venue, std::int64_t room_no) {
  return fmt::format("room {}/{}", venue.text(), room_no);
}

std::string lock_of_venue(const VenueCode& venue) {
  return "venue " + venue.text();
}

EditContent content_of_wish(const Exam& exam, const Plan& plan, const EditWish& wish, const std::set<std::string>& locked) {
  switch (wish.kind) {
    case EditKind::person: {
      const ApplicantIndex person = person_of(exam, plan, wish.number);
      const RoomIndex room = require_room(exam, wish.to_venue, wish.to_room_no);
      return {EditKind::person, wish.number.text(), spell_room(wish.to_venue, wish.to_room_no),
              {move_of(exam, person, room, wish.seat_no)}, {}};
    }
    case EditKind::swap_people:
      return swap_people(exam, plan, wish);
    case EditKind::room:
    case EditKind::swap_rooms:
      return empty_room(exam, plan, wish);
    case EditKind::unit:
      return move_unit(exam, plan, wish);
    case EditKind::close_venue:
      return {EditKind::close_venue, wish.venue.text(), {},
              close_venue(exam, plan, require_venue(exam, wish.venue), locked), {}};
    case EditKind::lock:
    case EditKind::unlock:
      return lock_something(exam, plan, wish);
  }
  refuse_wish("bad_request", {"There is no such edit.", "그런 편집은 없습니다."});
}

}  // namespace hanjari::services
