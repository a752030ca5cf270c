// Hand edits.
#include "hanjari/replanning/edit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/replanning/replan.h"
#include "hanjari/verification/verify.h"
#include "replanning/small_change.h"

namespace hanjari::replanning {
namespace {

class Edit : public testing::Test {
 protected:
  Edit() {
    RandomStream stream(Seed{}, "edit");
    exam = small_exam(stream, {.venues = 2, .rooms = 8, .units = 2, .people = 22});
    plan = naive_plan(exam);
    plan.digest = "before";
  }
  HandMove to(std::size_t person, RoomIndex room, int seat_no = 0) const {
    return {.applicant = exam.applicants[person].id,
            .venue = exam[exam[room].venue].code,
            .room_no = exam[room].room_no,
            .seat_no = seat_no,
            .line = 2};
  }
  RoomIndex free_room() const {
    for (std::size_t room = 0; room < exam.rooms.size(); ++room) {
      if (std::none_of(plan.placements.begin(), plan.placements.end(),
                       [&](const Placement& placed) { return placed.room.value == room; })) {
        return RoomIndex(room);
      }
    }
    return RoomIndex::none();
  }
  std::vector<std::string> broken(const Plan& edited) const {
    std::vector<std::string> codes;
    for (const auto& [code, count] : verification::verify_plan(exam, rows_of(exam, edited)).counts)
      codes.push_back(code);
    return codes;
  }
  Exam exam;
  Plan plan;
};

TEST_F(Edit, MovesOnlyThePeopleNamed) {
  const RoomIndex room = free_room();
  const Plan edited = apply_moves(exam, plan, {to(3, room), to(4, room, 2)});
  const auto changes = list_changes(exam, rows_of(exam, plan), edited);
  EXPECT_EQ(changes.size(), 2U);
  EXPECT_EQ(edited.placements[3].room, room);
  EXPECT_EQ(edited.placements[4].seat_no, 2);
  EXPECT_EQ(edited.placements[3].number, plan.placements[3].number);
  EXPECT_EQ(edited.report.replanned_from, "before");
}

TEST_F(Edit, SwapsTwoRooms) {
  const RoomIndex one = plan.placements[0].room;
  const auto other = std::find_if(plan.placements.begin(), plan.placements.end(), [&](const Placement& placed) {
    return placed.room != one && exam[placed.room].venue == exam[one].venue;
  });
  ASSERT_NE(other, plan.placements.end());
  HandMove swap{.kind = HandMoveKind::swap_rooms,
                .venue = exam[exam[one].venue].code,
                .room_no = exam[one].room_no,
                .with_venue = exam[exam[other->room].venue].code,
                .with_room_no = exam[other->room].room_no};
  const Plan edited = apply_moves(exam, plan, {swap});
  EXPECT_TRUE(broken(edited).empty()) << testing::PrintToString(broken(edited));
  for (std::size_t i = 0; i < plan.placements.size(); ++i) {
    const RoomIndex before = plan.placements[i].room;
    const RoomIndex expected = before == one ? other->room : before == other->room ? one : before;
    EXPECT_EQ(edited.placements[i].room, expected);
  }
}

TEST_F(Edit, ShowsTheVerifierTooManyPeopleAndTwoOnOneSeat) {
  const RoomIndex full = plan.placements[0].room;
  std::size_t same_unit = 0;
  while (plan.placements[same_unit].room == full || exam.applicants[same_unit].unit != exam.applicants[0].unit)
    ++same_unit;
  const auto too_many =
      broken(apply_moves(exam, plan, {to(same_unit, full), to(same_unit + 1, full), to(same_unit + 2, full)}));
  EXPECT_NE(std::find(too_many.begin(), too_many.end(), "over_capacity"), too_many.end());
  const auto doubled = broken(apply_moves(exam, plan, {to(same_unit, full, plan.placements[0].seat_no)}));
  EXPECT_NE(std::find(doubled.begin(), doubled.end(), "double_seat"), doubled.end());
}

TEST_F(Edit, RefusesWhatIsNotThereWithEveryFault) {
  HandMove nobody = to(1, free_room());
  nobody.applicant = ApplicantId("nobody");
  HandMove nowhere = to(2, free_room());
  nowhere.room_no = 999;
  try {
    apply_moves(exam, plan, {nobody, nowhere, to(3, free_room(), 500), to(5, free_room()), to(5, free_room())});
    FAIL() << "accepted";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 4U);
  }
}

// Red while edit refused whoever had no seat and sent the officer to plan the change again.
TEST_F(Edit, SeatsSomebodyWithoutASeatAsTheRulesHaveIt) {
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    Plan shorter = plan;
    shorter.placements.erase(shorter.placements.begin() + static_cast<std::ptrdiff_t>(person));
    shorter.unseated.push_back({ApplicantIndex(person), "no_capacity", {"none left", "없음"}});
    shorter.report.status = PlanStatus::gave_up;
    shorter.report.seated = static_cast<std::int64_t>(shorter.placements.size());
    shorter.report.unseated = 1;
    shorter.report.conflicts.push_back({"too few rooms", "시험실 부족"});
    const Plan edited = apply_moves(exam, shorter, {to(person, free_room())});
    EXPECT_TRUE(broken(edited).empty()) << testing::PrintToString(broken(edited));
    ASSERT_EQ(edited.placements.size(), exam.applicants.size());
    EXPECT_EQ(edited.placements[person].room, free_room());
    EXPECT_TRUE(edited.unseated.empty());
    EXPECT_TRUE(edited.report.conflicts.empty());
    EXPECT_EQ(edited.report.status, PlanStatus::feasible);
    EXPECT_EQ(edited.report.seated, static_cast<std::int64_t>(exam.applicants.size()));
    const auto changes = list_changes(exam, rows_of(exam, shorter), edited);
    ASSERT_EQ(changes.size(), 1U) << "nobody else moves";
    EXPECT_EQ(changes.front().kind, ChangeKind::added);
  }
}

// Numbers of people who have gone are never given again, and of two newcomers the one named first gets the lower one.
TEST_F(Edit, GivesNumbersThatWereNeverGivenInTheOrderOfTheMoves) {
  const UnitIndex unit = exam.applicants[0].unit;
  std::vector<std::size_t> two;
  for (std::size_t person = 0; person < exam.applicants.size() && two.size() < 2; ++person) {
    if (exam.applicants[person].unit == unit) two.push_back(person);
  }
  ASSERT_EQ(two.size(), 2U);
  std::set<std::string> given;
  for (const Placement& placed : plan.placements) given.insert(placed.number.text());
  plan.report.last_serials[exam[unit].code.text()] = 500;
  for (const std::size_t person : {two[1], two[0]}) {
    plan.placements.erase(plan.placements.begin() + static_cast<std::ptrdiff_t>(person));
    plan.unseated.insert(plan.unseated.begin(), Unseated{ApplicantIndex(person), "no_capacity", {"none left", "없음"}});
  }
  const Plan edited = apply_moves(exam, plan, {to(two[1], free_room()), to(two[0], free_room())});
  const std::string first = edited.placements[two[1]].number.text();
  const std::string second = edited.placements[two[0]].number.text();
  EXPECT_FALSE(given.contains(first));
  EXPECT_FALSE(given.contains(second));
  EXPECT_EQ(edited.report.last_serials.at(exam[unit].code.text()), 502);
  EXPECT_LT(first, second);
}

// A full room is no seat, also for somebody who has none: the verifier is shown it.
TEST_F(Edit, ShowsTheVerifierASeatThatIsTaken) {
  const RoomIndex full = plan.placements[0].room;
  const int taken = plan.placements[0].seat_no;
  const std::size_t person = plan.placements.size() - 1;
  plan.placements.pop_back();
  plan.unseated.push_back({ApplicantIndex(person), "no_capacity", {"none left", "없음"}});
  const auto found = broken(apply_moves(exam, plan, {to(person, full, taken)}));
  EXPECT_NE(std::find(found.begin(), found.end(), "double_seat"), found.end());
}

// What the reader of the file has told already is not told twice; the rest of the same row is.
TEST_F(Edit, PassesOverWhatCouldNotBeReadAndJudgesTheRest) {
  HandMove no_room = to(1, free_room());
  no_room.room_no = 0;
  no_room.applicant = ApplicantId("nobody");
  HandMove nobody = to(2, free_room());
  nobody.applicant = ApplicantId();
  nobody.room_no = 999;
  const Faults faults = find_move_faults(exam, plan, {no_room, nobody, to(3, free_room())});
  ASSERT_EQ(faults.count(), 2U);
  EXPECT_EQ(faults.kept()[0].column, "applicant_id");
  EXPECT_EQ(faults.kept()[1].column, "room_no");
  EXPECT_TRUE(find_move_faults(exam, plan, {to(3, free_room())}).empty());
}

// Red while an edit moved people out of the places in which pins keep them, and the next replan refused the pins.
TEST_F(Edit, TakesNobodyOutOfAPinnedPlace) {
  const RoomIndex there = plan.placements[3].room;
  const RoomIndex elsewhere = free_room();
  exam.pins.push_back({PinKind::person, plan.placements[3].applicant, exam[there].venue, there});
  const Faults faults = find_move_faults(exam, plan, {to(3, elsewhere), to(4, elsewhere)});
  ASSERT_EQ(faults.count(), 1U);
  EXPECT_EQ(faults.kept()[0].line, 2U);
  EXPECT_NE(faults.kept()[0].what.en.find("'" + exam.applicants[3].id.text() + "' is pinned to "), std::string::npos);
  EXPECT_EQ(find_pinned_moves(exam, plan, {to(3, elsewhere)}).count(), 1U);
  HandMove swap;
  swap.kind = HandMoveKind::swap_rooms;
  swap.venue = exam[exam[there].venue].code;
  swap.room_no = exam[there].room_no;
  swap.with_venue = exam[exam[elsewhere].venue].code;
  swap.with_room_no = exam[elsewhere].room_no;
  EXPECT_EQ(find_pinned_moves(exam, plan, {swap}).count(), 1U);
  EXPECT_TRUE(find_move_faults(exam, plan, {to(3, there)}).empty()) << "into the place that the pin names";
  exam.pins.front().room = RoomIndex::none();
  exam.pins.front().venue = exam[elsewhere].venue;
  EXPECT_TRUE(find_move_faults(exam, plan, {to(3, elsewhere)}).empty()) << "any room of the venue";
  exam.pins.front().venue = VenueIndex::none();
  EXPECT_TRUE(find_move_faults(exam, plan, {to(3, elsewhere)}).empty()) << "a pin without a place keeps the one of the plan that is replanned";
}

// Red while only people were held: an edit took everybody out of a pinned room, which no replan does.
TEST_F(Edit, TakesNobodyOutOfAPinnedRoomOrVenue) {
  const Placement& sits = plan.placements[3];
  const RoomIndex elsewhere = free_room();
  exam.pins.push_back({.kind = PinKind::room, .venue = sits.venue, .room = sits.room, .line = 4});
  const Faults faults = find_move_faults(exam, plan, {to(3, elsewhere)});
  ASSERT_EQ(faults.count(), 1U);
  EXPECT_EQ(faults.kept()[0].line, 2U);
  const std::string venue = exam[sits.venue].code.text();
  const std::string room = venue + "/" + std::to_string(exam[sits.room].room_no);
  EXPECT_NE(faults.kept()[0].what.en.find("sits in " + room + ", which pins.csv keeps as it is"), std::string::npos)
      << faults.kept()[0].what.en;
  EXPECT_EQ(find_pinned_moves(exam, plan, {to(3, elsewhere)}).count(), 1U);
  EXPECT_TRUE(find_pinned_moves(exam, plan, {to(3, elsewhere)}, sits.venue).empty()) << "the venue is given up";
  EXPECT_TRUE(find_pinned_moves(exam, plan, {to(3, sits.room, 1)}).empty()) << "another seat of the room";
  const auto other = std::find_if(plan.placements.begin(), plan.placements.end(),
                                  [&](const Placement& placed) { return placed.room != sits.room; });
  ASSERT_NE(other, plan.placements.end());
  EXPECT_TRUE(find_pinned_moves(exam, plan, {to(other->applicant.value, sits.room)}).empty()) << "into it";
  exam.pins.front().kind = PinKind::venue;
  exam.pins.front().room = RoomIndex::none();
  const Faults of_venue = find_pinned_moves(exam, plan, {to(3, elsewhere)});
  ASSERT_EQ(of_venue.count(), 1U);
  EXPECT_NE(of_venue.kept()[0].what.en.find("sits in " + venue + ", which pins.csv keeps"), std::string::npos);
  // On a page, where moves have no line and pins no file.
  exam.pins.front().line = 0;
  HandMove by_hand = to(3, elsewhere);
  by_hand.line = 0;
  const Faults stored = find_pinned_moves(exam, plan, {by_hand});
  ASSERT_EQ(stored.count(), 1U);
  EXPECT_EQ(stored.kept()[0].what.en.find("pins.csv"), std::string::npos);
  EXPECT_NE(stored.kept()[0].what.en.find("'" + sits.number.text() + "'"), std::string::npos) << stored.kept()[0].what.en;
  EXPECT_NE(stored.kept()[0].fix.en.find("table=pins"), std::string::npos);
}

// Red while a school's name was told as a room that is not there, and the code had to be looked for.
TEST_F(Edit, NamesTheCodeWhereAVenueIsNamedOtherwise) {
  exam.venues[0].name = "한빛고등학교";
  const std::string code = exam.venues[0].code.text();
  std::string small = code;
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string& typed : {std::string("한빛고등학교"), std::string(" 한빛고등학교 "), small + " "}) {
    HandMove move = to(1, free_room());
    move.venue = VenueCode(typed);
    const Faults faults = find_move_faults(exam, plan, {move});
    ASSERT_EQ(faults.count(), 1U) << typed;
    EXPECT_EQ(faults.kept()[0].column, "venue_code") << typed;
    EXPECT_EQ(faults.kept()[0].fix.en, "write " + code) << typed;
  }
  HandMove swap;
  swap.kind = HandMoveKind::swap_rooms;
  swap.venue = exam[exam[free_room()].venue].code;
  swap.room_no = exam[free_room()].room_no;
  swap.with_venue = VenueCode("한빛고등학교");
  swap.with_room_no = 1;
  const Faults faults = find_move_faults(exam, plan, {swap});
  ASSERT_EQ(faults.count(), 1U);
  EXPECT_EQ(faults.kept()[0].column, "with_venue_code");
}

}  // namespace
}  // namespace hanjari::replanning
