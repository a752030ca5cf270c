// Hand edits.
#include "hanjari/replanning/edit.h"

#include <gtest/gtest.h>

#include <algorithm>

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

// Red as "name somebody of the plan" for a person who stands among those without a seat.
TEST_F(Edit, SaysHowSomebodyWithoutASeatGetsOne) {
  const ApplicantIndex person = plan.placements[1].applicant;
  plan.placements.erase(plan.placements.begin() + 1);
  plan.unseated.push_back({person, "no_capacity", {"none left", "없음"}});
  HandMove move = to(0, free_room());
  move.applicant = exam[person].id;
  try {
    apply_moves(exam, plan, {move});
    FAIL() << "accepted";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_NE(refused.faults().kept().front().fix.en.find("replan"), std::string::npos);
  }
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

}  // namespace
}  // namespace hanjari::replanning
