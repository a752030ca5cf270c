#include "hanjari/replanning/edit.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/pin_rules.h"
#include "hanjari/domain/travel.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/seating/reseat.h"
#include "hanjari/seating/seats.h"
#include "hanjari/seating/tally.h"
#include "replanning/new_numbers.h"

namespace hanjari::replanning {
namespace {

struct Wish {
  RoomIndex room;
  int seat_no = 0;        // 0: any
  std::uint64_t line = 0;  // of moves.csv
};

bool is_same_but_case(std::string_view one, std::string_view other) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [&](char a, char b) { return small(a) == small(b); });
}

class Wishes {
 public:
  // missing_is_told: fields without a value are no fault here.
  Wishes(const Exam& exam, const Plan& plan, bool missing_is_told)
      : exam_(exam), plan_(plan), missing_is_told_(missing_is_told) {}

  void read(const std::vector<HandMove>& moves) {
    for (const HandMove& move : moves) {
      const RoomIndex room = find_room(move, move.venue, move.room_no, "room_no");
      if (move.kind == HandMoveKind::swap_rooms) {
        const RoomIndex other = find_room(move, move.with_venue, move.with_room_no, "with_room_no");
        if (!room.exists() || !other.exists()) continue;
        for (const Placement& placed : plan_.placements) {
          if (placed.room == room) add(move, placed.applicant, {other, 0, move.line});
          if (placed.room == other) add(move, placed.applicant, {room, 0, move.line});
        }
        continue;
      }
      const ApplicantIndex person = exam_.find(move.applicant);
      const auto placed = std::lower_bound(plan_.placements.begin(), plan_.placements.end(), person,
                                           [](const Placement& a, ApplicantIndex b) { return a.applicant < b; });
      if (!person.exists()) {
        if (missing_is_told_ && move.applicant.empty()) continue;
        refuse_stranger(move);
      } else if (room.exists()) {
        const Room& where = exam_[room];
        const auto desks =
            seating::desks_in_seat_order(where, exam_.policy.seat_order, exam_.policy.seat_origin).size();
        if (move.seat_no > static_cast<std::int64_t>(desks)) {
          refuse(move, "seat_no",
                 {fmt::format("the room has {}", count_of(static_cast<long long>(desks), "seat", "seats")), fmt::format("이 시험실의 좌석은 {}개입니다", desks)},
                 {"name one of them", "있는 좌석을 적으십시오"});
        } else {
          add(move, person, {room, static_cast<int>(move.seat_no), move.line});
          if (placed == plan_.placements.end() || placed->applicant != person) seatless_.push_back(person);
        }
      }
    }
  }
  Faults faults() {
    Faults told;
    faults_.hand_over(told);
    return told;
  }
  const std::map<ApplicantIndex, Wish>& wishes() const { return wishes_; }
  // People of the exam who have no seat in the plan and are to get one, in the order of the moves.
  const std::vector<ApplicantIndex>& seatless() const { return seatless_; }

 private:
  void refuse(const HandMove& move, const char* column, const Text& what, const Text& fix) {
    faults_.add({"moves.csv", move.line, column, what, fix});
  }
  void refuse_stranger(const HandMove& move) {
    refuse(move, "applicant_id",
           {fmt::format("'{}' is nobody of this exam", move.applicant.text()),
            in_korean("'{}'[은/는] 이 시험에 없습니다", move.applicant.text())},
           {"name somebody of applicants.csv", "applicants.csv에 있는 응시자를 적으십시오"});
  }
  // Officers know schools by their names: a name, or a code in another case or width, is told with the code to write.
  bool refuse_other_spelling(const HandMove& move, const VenueCode& typed, std::string_view room_column) {
    const std::string meant = normalize_nfc(clean_signs(typed.text()));
    std::vector<std::string> codes;
    bool by_name = false;
    for (const Venue& venue : exam_.venues) {
      const bool called = !meant.empty() && normalize_nfc(clean_signs(venue.name)) == meant;
      if (!called && !is_same_but_case(venue.code.text(), meant)) continue;
      by_name = by_name || called;
      codes.push_back(venue.code.text());
    }
    if (codes.empty()) return false;
    const std::string list = fmt::format("{}", fmt::join(codes, ", "));
    refuse(move, room_column == "room_no" ? "venue_code" : "with_venue_code",
           by_name ? Text{fmt::format("'{}' is the name of a venue and not its code", typed.text()),
                          in_korean("'{}'[은/는] 시험장의 이름이며 코드가 아닙니다", typed.text())}
                   : Text{fmt::format("there is no venue '{}'", typed.text()),
                          in_korean("시험장 '{}'[이/가] 없습니다", typed.text())},
           codes.size() == 1 ? Text{fmt::format("write {}", list), in_korean("{}[으로/로] 적으십시오", list)}
                             : Text{fmt::format("write the one that is meant of {}", list),
                                    fmt::format("다음 가운데 맞는 코드를 적으십시오: {}", list)});
    return true;
  }
  RoomIndex find_room(const HandMove& move, const VenueCode& code, std::int64_t room_no, const char* column) {
    const VenueIndex venue = exam_.find(code);
    if (!venue.exists() && refuse_other_spelling(move, code, column)) return RoomIndex::none();
    const RoomIndex room = venue.exists() && room_no > 0 && room_no < INT32_MAX
                               ? exam_.find(venue, static_cast<int>(room_no))
                               : RoomIndex::none();
    const bool told = missing_is_told_ && (code.empty() || room_no == 0);
    if (!room.exists() && !told) {
      refuse(move, column,
             {fmt::format("there is no room {}/{}", code.text(), room_no),
              fmt::format("{}/{} 시험실이 없습니다", code.text(), room_no)},
             {"name a room of rooms.csv", "rooms.csv에 있는 시험실을 적으십시오"});
    }
    return room;
  }
  void add(const HandMove& move, ApplicantIndex person, Wish wish) {
    if (wishes_.emplace(person, wish).second) return;
    refuse(move, "applicant_id",
           {fmt::format("'{}' is moved twice", exam_[person].id.text()),
            in_korean("'{}'[을/를] 두 번 옮기게 되어 있습니다", exam_[person].id.text())},
           {"move everybody once", "한 사람은 한 번만 옮기십시오"});
  }

  const Exam& exam_;
  const Plan& plan_;
  bool missing_is_told_;
  std::map<ApplicantIndex, Wish> wishes_;
  std::vector<ApplicantIndex> seatless_;
  RepeatedFaults faults_;
};

std::string name_place(const Exam& exam, VenueIndex venue, RoomIndex room) {
  const std::string& code = exam[venue].code.text();
  return room.exists() ? fmt::format("{}/{}", code, exam[room].room_no) : code;
}

// Rows of a file name people by their ids; whoever moves people on a page knows their numbers.
std::string name_person(const Exam& exam, const Plan& plan, ApplicantIndex person, const Wish& wish) {
  if (wish.line == 0) {
    const auto placed = std::lower_bound(plan.placements.begin(), plan.placements.end(), person,
                                         [](const Placement& one, ApplicantIndex wanted) { return one.applicant < wanted; });
    if (placed != plan.placements.end() && placed->applicant == person && !placed->number.empty()) return placed->number.text();
  }
  return exam[person].id.text();
}

void add_pinned_move(const Exam& exam, const Wish& wish, Text what, Text fix, RepeatedFaults& repeated) {
  repeated.add({"moves.csv", wish.line, "applicant_id", std::move(what), mend_pins(exam, std::move(fix))});
}

// Whoever is pinned to a place may be moved into it and not out of it: the next replan would refuse the pin.
std::set<ApplicantIndex> add_pinned_people(const Exam& exam, const Plan& plan,
                                           const std::map<ApplicantIndex, Wish>& wishes, RepeatedFaults& repeated) {
  const Text pins = name_of_pins(exam);
  std::set<ApplicantIndex> told;
  for (const Pin& pin : exam.pins) {
    if (pin.kind != PinKind::person || !pin.venue.exists()) continue;
    const auto wish = wishes.find(pin.applicant);
    if (wish == wishes.end()) continue;
    const RoomIndex to = wish->second.room;
    if (pin.room.exists() ? pin.room == to : pin.venue == exam[to].venue) continue;
    const std::string id = name_person(exam, plan, pin.applicant, wish->second);
    const std::string kept = name_place(exam, pin.venue, pin.room);
    const std::string there = name_place(exam, exam[to].venue, to);
    told.insert(pin.applicant);
    add_pinned_move(exam, wish->second,
                    {fmt::format("'{}' is pinned to {} by {} and cannot be moved to {}", id, kept, pins.en, there),
                     in_korean("'{}'[은/는] {}에서 {}에 고정되어 {}[으로/로] 옮길 수 없습니다", id, pins.ko, kept, there)},
                    {"take the pin away, or leave its venue_code and room_no empty, before the move",
                     "고정을 지우거나 고정의 venue_code와 room_no를 비운 뒤 옮기십시오"},
                    repeated);
  }
  return told;
}

// A room or a venue that is pinned stays as the plan has it: nobody who sits there is taken out of the room, as no replan does.
void add_pinned_places(const Exam& exam, const Plan& plan, const std::map<ApplicantIndex, Wish>& wishes, VenueIndex given_up,
                       const std::set<ApplicantIndex>& told, RepeatedFaults& repeated) {
  const Text pins = name_of_pins(exam);
  std::map<RoomIndex, const Pin*> rooms;
  std::map<VenueIndex, const Pin*> venues;
  for (const Pin& pin : exam.pins) {
    if (pin.venue == given_up) continue;
    if (pin.kind == PinKind::room) rooms.emplace(pin.room, &pin);
    if (pin.kind == PinKind::venue) venues.emplace(pin.venue, &pin);
  }
  if (rooms.empty() && venues.empty()) return;
  for (const Placement& placed : plan.placements) {
    const auto wish = wishes.find(placed.applicant);
    if (wish == wishes.end() || wish->second.room == placed.room || told.contains(placed.applicant)) continue;
    const auto room = rooms.find(placed.room);
    const auto venue = venues.find(placed.venue);
    const Pin* pin = room != rooms.end() ? room->second : venue != venues.end() ? venue->second : nullptr;
    if (pin == nullptr) continue;
    const std::string id = name_person(exam, plan, placed.applicant, wish->second);
    const std::string kept = name_place(exam, pin->venue, pin->kind == PinKind::room ? pin->room : RoomIndex::none());
    const RoomIndex to = wish->second.room;
    const std::string there = name_place(exam, exam[to].venue, to);
    add_pinned_move(exam, wish->second,
                    {fmt::format("'{}' sits in {}, which {} keeps as it is, and cannot be moved to {}", id, kept, pins.en, there),
                     in_korean("'{}'[은/는] {}에서 고정한 {}에 앉아 있어 {}[으로/로] 옮길 수 없습니다", id, pins.ko, kept, there)},
                    {"take the pin away before the move", "고정을 지운 뒤 옮기십시오"}, repeated);
  }
}

void add_pinned(const Exam& exam, const Plan& plan, const std::map<ApplicantIndex, Wish>& wishes, VenueIndex given_up,
                Faults& faults) {
  RepeatedFaults repeated;
  const std::set<ApplicantIndex> told = add_pinned_people(exam, plan, wishes, repeated);
  add_pinned_places(exam, plan, wishes, given_up, told, repeated);
  repeated.hand_over(faults);
}

class Editing {
 public:
  Editing(const Exam& exam, Plan plan)
      : exam_(exam),
        plan_(std::move(plan)),
        seed_(parse_seed(plan_.report.seed).value_or(Seed{})),
        seats_(exam, seed_, plan_.digest) {}

  Plan run(const std::map<ApplicantIndex, Wish>& wishes, const std::vector<ApplicantIndex>& seatless) {
    admit(seatless);
    std::set<RoomIndex> changed;
    const TravelTable travel(exam_);
    for (Placement& placed : plan_.placements) {
      const auto wish = wishes.find(placed.applicant);
      if (wish == wishes.end()) continue;
      if (placed.room.exists()) changed.insert(placed.room);
      changed.insert(wish->second.room);
      placed.room = wish->second.room;
      if (placed.venue != exam_[placed.room].venue) {
        placed.venue = exam_[placed.room].venue;
        const Metres metres = travel.between(placed.applicant, placed.venue);
        placed.travel_m = metres == unreachable ? 0 : metres;
      }
    }
    for (const RoomIndex room : changed) seat_room(room, wishes);
    list_broken();
    PlanReport& report = plan_.report;
    report.replanned_from = plan_.digest;
    report.change.reset();
    report.input_sha256 = exam_.input_sha256;
    seating::tally(exam_, plan_);
    const bool optimal = report.bound && report.bound->total == report.objective.total;
    if (report.unseated == 0) {
      report.status = optimal ? PlanStatus::optimal : PlanStatus::feasible;
      report.conflicts.clear();
    }
    plan_.digest.clear();
    return std::move(plan_);
  }

 private:
  // From now on they stand among the placements, without a room, each with the next number of the unit.
  void admit(const std::vector<ApplicantIndex>& seatless) {
    if (seatless.empty()) return;
    NewNumbers numbers(exam_, plan_);
    for (const ApplicantIndex person : seatless) {
      Placement& placed = plan_.placements.emplace_back();
      placed.applicant = person;
      placed.number = numbers.next(exam_[person].unit);
    }
    std::sort(plan_.placements.begin(), plan_.placements.end(),
              [](const Placement& a, const Placement& b) { return a.applicant < b.applicant; });
    const std::set<ApplicantIndex> admitted(seatless.begin(), seatless.end());
    std::erase_if(plan_.unseated, [&](const Unseated& one) { return admitted.contains(one.applicant); });
    plan_.report.last_serials = numbers.last_serials();
  }

  void seat_room(RoomIndex room, const std::map<ApplicantIndex, Wish>& wishes) {
    std::vector<seating::Stayer> stayers;
    std::vector<ApplicantIndex> newcomers;
    std::map<ApplicantIndex, Placement*> placement_of;
    std::set<int> seats_named;
    bool clash = false;
    for (Placement& placed : plan_.placements) {
      if (placed.room != room) continue;
      placement_of[placed.applicant] = &placed;
      const auto wish = wishes.find(placed.applicant);
      if (wish != wishes.end() && wish->second.seat_no == 0) {
        newcomers.push_back(placed.applicant);
        continue;
      }
      stayers.push_back({placed.applicant, wish == wishes.end() ? placed.seat_no : wish->second.seat_no});
      clash = !seats_named.insert(stayers.back().seat_no).second || clash;
    }
    if (placement_of.empty()) return;
    const auto people = static_cast<int>(placement_of.size());
    if (clash || people > seating::room_capacity(exam_[room], exam_.policy).people) {
      fill_all_the_same(room, stayers, newcomers, placement_of);
      return;
    }
    const seating::ReseatedRoom seated = seats_.seat(room, stayers, newcomers);
    // Nobody else moves, and a seat that is named is meant: where the distance rule does not have it so, it is for the
    // verifier to say.
    const bool as_wished = std::all_of(stayers.begin(), stayers.end(), [&](const seating::Stayer& stayer) {
      return std::any_of(seated.people.begin(), seated.people.end(), [&](const seating::Reseated& person) {
        return person.applicant == stayer.applicant && person.seat_no == stayer.seat_no;
      });
    });
    if (!as_wished) {
      fill_all_the_same(room, stayers, newcomers, placement_of);
      return;
    }
    for (const seating::Reseated& person : seated.people)
      sit(*placement_of.at(person.applicant), person.seat_no, person.desk);
  }

  // Too many people, too near, or two on one seat: everybody gets some seat, so that the verifier can say what is
  // wrong.
  void fill_all_the_same(RoomIndex room, const std::vector<seating::Stayer>& stayers,
                         const std::vector<ApplicantIndex>& newcomers,
                         const std::map<ApplicantIndex, Placement*>& placement_of) {
    const auto desks = seating::desks_in_seat_order(exam_[room], exam_.policy.seat_order, exam_.policy.seat_origin);
    if (desks.empty()) return;
    std::set<std::size_t> taken;
    for (const seating::Stayer& stayer : stayers) {
      const auto seat = static_cast<std::size_t>(stayer.seat_no - 1);
      taken.insert(seat);
      sit(*placement_of.at(stayer.applicant), stayer.seat_no, desks[std::min(seat, desks.size() - 1)]);
    }
    std::size_t next = 0;
    for (const ApplicantIndex person : newcomers) {
      while (taken.contains(next)) ++next;
      taken.insert(next);
      const std::size_t seat = std::min(next, desks.size() - 1);
      sit(*placement_of.at(person), static_cast<int>(seat) + 1, desks[seat]);
    }
  }

  void sit(Placement& placed, int seat_no, Desk desk) const {
    placed.seat_no = seat_no;
    placed.desk = desk;
    placed.booklet = seating::booklet_of(desk, exam_.policy.booklets);
  }

  void list_broken() {
    std::map<std::pair<ApplicantIndex, ApplicantIndex>, Text> known;
    for (const KeepApartBroken& broken : plan_.report.keep_apart_broken)
      known[{std::min(broken.first, broken.second), std::max(broken.first, broken.second)}] = broken.reason;
    std::map<std::pair<RoomIndex, std::string>, std::vector<const Placement*>> groups;
    for (const Placement& placed : plan_.placements) {
      const std::string& word = exam_.words[exam_[placed.applicant].keep_apart];
      if (!word.empty()) groups[{placed.room, word}].push_back(&placed);
    }
    plan_.report.keep_apart_broken.clear();
    for (const auto& [key, people] : groups) {
      for (std::size_t i = 0; i < people.size(); ++i) {
        for (std::size_t j = i + 1; j < people.size(); ++j) {
          const bool near = std::abs(people[i]->desk.row - people[j]->desk.row) <= 1 &&
                            std::abs(people[i]->desk.column - people[j]->desk.column) <= 1;
          if (!near) continue;
          const std::pair pair(people[i]->applicant, people[j]->applicant);
          const auto before = known.find(pair);
          const Text by_hand{"An officer chose these seats.", "담당자가 정한 좌석입니다."};
          plan_.report.keep_apart_broken.push_back(
              {key.second, pair.first, pair.second, before == known.end() ? by_hand : before->second});
        }
      }
    }
    std::sort(plan_.report.keep_apart_broken.begin(), plan_.report.keep_apart_broken.end(),
              [](const KeepApartBroken& a, const KeepApartBroken& b) {
                return std::pair(a.first, a.second) < std::pair(b.first, b.second);
              });
  }

  const Exam& exam_;
  Plan plan_;
  Seed seed_;
  seating::Reseating seats_;
};

}  // namespace

Faults find_move_faults(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves) {
  Wishes wishes(exam, plan, true);
  wishes.read(moves);
  Faults faults = wishes.faults();
  add_pinned(exam, plan, wishes.wishes(), VenueIndex::none(), faults);
  return faults;
}

Faults find_pinned_moves(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves, VenueIndex given_up) {
  Wishes wishes(exam, plan, true);
  wishes.read(moves);
  Faults faults;
  add_pinned(exam, plan, wishes.wishes(), given_up, faults);
  return faults;
}

Plan apply_moves(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves) {
  Wishes wishes(exam, plan, false);
  wishes.read(moves);
  if (Faults faults = wishes.faults(); !faults.empty()) throw InvalidInput(std::move(faults));
  return Editing(exam, plan).run(wishes.wishes(), wishes.seatless());
}

}  // namespace hanjari::replanning
