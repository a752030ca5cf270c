// Kept copies of live plans: turns, and what is read when somebody else has moved people meanwhile.
#include "hanjari/plans/live_copies.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "stage/code_thrown.h"

namespace hanjari::tests {
namespace {

PlannedExam three_people() {
  PlannedExam planned;
  Exam& exam = planned.exam;
  exam.header.code = ExamCode("kept");
  exam.header.exam_on = *parse_date("2021-06-05");
  exam.units.emplace_back().code = UnitCode("101");
  exam.venues.emplace_back().code = VenueCode("V1");
  Room& room = exam.rooms.emplace_back();
  room.venue = VenueIndex(std::size_t{0});
  room.room_no = 1;
  room.row_count = room.column_count = 5;
  for (std::size_t person = 0; person < 3; ++person) {
    Applicant& applicant = exam.applicants.emplace_back();
    applicant.id = ApplicantId("A" + std::to_string(person));
    applicant.unit = UnitIndex(std::size_t{0});
    applicant.birth_on = *parse_date("1995-03-14");
    Placement& placed = planned.plan.placements.emplace_back();
    placed.applicant = ApplicantIndex(person);
    placed.number = ApplicantNumber("10100000" + std::to_string(person));
    placed.venue = VenueIndex(std::size_t{0});
    placed.room = RoomIndex(std::size_t{0});
    placed.seat_no = static_cast<int>(person) + 1;
    placed.desk = {static_cast<int>(person) + 1, 1};
  }
  make_canonical(exam);
  return planned;
}

// One live plan that others change; counts whole readings.
class ChangingPlan : public services::ExamRepository {
 public:
  ChangingPlan() {
    now.exam.input_sha256 = package::digest_exam(now.exam);
    now.plan.digest = package::digest_plan(now.exam, now.plan);
  }
  void move(std::size_t person) {
    before = pointer();
    Placement& placed = now.plan.placements[person];
    placed.seat_no += 100;
    now.exam.applicants[placed.applicant.value].routing = Routing::reserve;
    now.exam.input_sha256 = package::digest_exam(now.exam);
    now.plan.digest = package::digest_plan(now.exam, now.plan);
    moved = person;
    ++version;
  }
  services::LivePointer pointer() const { return {now.plan.digest, now.exam.input_sha256, version}; }

  services::ImportOutcome save_exam(const Exam&, const Plan*, const services::Change&, Progress&) override {
    return {};
  }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override {
    ++whole_readings;
    return now.exam;
  }
  std::vector<services::StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return now.plan; }
  std::optional<services::LivePointer> find_live_plan(const ExamCode&) override {
    if (version == 0) return std::nullopt;
    return pointer();
  }
  std::optional<services::LiveMoves> find_live_moves(const Exam&, const services::LivePointer& known) override {
    if (!tells_moves || known.plan_digest != before.plan_digest) return std::nullopt;
    services::LiveMoves moves;
    moves.live = pointer();
    moves.plan = now.plan;
    moves.plan.placements = {now.plan.placements[moved]};
    if (tells_wrong) moves.plan.placements[0].seat_no += 1;
    moves.routings = {now.exam[now.plan.placements[moved].applicant].routing};
    return moves;
  }
  void set_live_plan(const ExamCode&, const services::StoredPlan&, std::int64_t, const services::Change&) override {}

  PlannedExam now = three_people();
  services::LivePointer before;
  std::size_t moved = 0;
  std::int64_t version = 1;
  bool tells_moves = true;
  bool tells_wrong = false;
  int whole_readings = 0;
};

TEST(LiveCopies, ReadTheWholeOnceAndThenWhatMoved) {
  ChangingPlan exams;
  const ExamCode code = exams.now.exam.header.code;
  services::LiveCopies copies;
  const auto digest_now = [&] {
    auto turn = copies.take_turn(code);
    const PlannedExam& planned = turn.bring_up_to_date(exams);
    EXPECT_EQ(turn.live().version, exams.version);
    EXPECT_EQ(package::digest_exam(planned.exam), exams.now.exam.input_sha256);
    return package::digest_plan(planned.exam, planned.plan);
  };
  EXPECT_EQ(digest_now(), exams.now.plan.digest);
  exams.move(0);
  EXPECT_EQ(digest_now(), exams.now.plan.digest);
  exams.move(2);
  EXPECT_EQ(digest_now(), exams.now.plan.digest);
  EXPECT_EQ(exams.whole_readings, 1);
  // Another plan that did not come about by moves.
  exams.tells_moves = false;
  exams.move(1);
  EXPECT_EQ(digest_now(), exams.now.plan.digest);
  EXPECT_EQ(exams.whole_readings, 2);
}

// Red without the comparison of digests after the moves.
TEST(LiveCopies, TrustNothingThatTheDigestsDoNotProve) {
  ChangingPlan exams;
  const ExamCode code = exams.now.exam.header.code;
  services::LiveCopies copies;
  copies.take_turn(code).bring_up_to_date(exams);
  exams.move(0);
  exams.tells_wrong = true;
  auto turn = copies.take_turn(code);
  const PlannedExam& planned = turn.bring_up_to_date(exams);
  EXPECT_EQ(package::digest_plan(planned.exam, planned.plan), exams.now.plan.digest);
  EXPECT_EQ(exams.whole_readings, 2);
}

TEST(LiveCopies, ForgetAPlanThatIsNoLongerLive) {
  ChangingPlan exams;
  const ExamCode code = exams.now.exam.header.code;
  services::LiveCopies copies;
  copies.take_turn(code).bring_up_to_date(exams);
  exams.version = 0;
  EXPECT_EQ(code_thrown([&] { copies.take_turn(code).bring_up_to_date(exams); }), "no_live_plan");
  exams.version = 1;
  copies.take_turn(code).bring_up_to_date(exams);
  EXPECT_EQ(exams.whole_readings, 2);
}

TEST(LiveCopies, GiveTurnsOfOneExamOneAfterTheOther) {
  services::LiveCopies copies(std::chrono::milliseconds(10));
  const auto try_elsewhere = [&](const char* exam) {
    std::string code;
    std::thread([&] { code = code_thrown([&] { copies.take_turn(ExamCode(exam)); }); }).join();
    return code;
  };
  {
    const auto turn = copies.take_turn(ExamCode("one"));
    EXPECT_EQ(try_elsewhere("one"), "live_plan_busy");
    EXPECT_EQ(try_elsewhere("two"), "nothing") << "another exam does not wait";
  }
  EXPECT_EQ(try_elsewhere("one"), "nothing");
}

}  // namespace
}  // namespace hanjari::tests
