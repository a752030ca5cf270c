// What waits, counted on a real database.
#include <string>
#include <string_view>

#include "hanjari/desk/waiting.h"
#include "hanjari/package/exam_package.h"
#include "subjects/intake/store/stored_intake.h"

namespace hanjari::tests {
namespace {

using services::WaitingKind;

struct WaitingStoreTest : IntakeStoreTest {
  // 0: nothing of this kind waits.
  std::int64_t waits(WaitingKind kind, const char* code = "seoul-2021-1") {
    for (const services::WaitingWork& work : database->waiting().count_waiting(database.clock.now())) {
      if (work.kind == kind && work.exam == ExamCode(code)) return work.count;
    }
    return 0;
  }
  void add_job(const char* id, const char* state) {
    const bool failed = std::string_view(state) == "failed";
    database.connect()->change(
        "INSERT INTO jobs (job_id, kind, exam_code, request, state, author, stage_en, stage_ko, done, total, note, claim, "
        "lease_until, starts, cancel_asked, version, result, fault_code, fault_en, fault_ko, asked_at, ended_at) VALUES "
        "(?, 'plan', 'seoul-2021-1', '', ?, 'kim', '', '', 0, 0, '', '', '2021-06-01', 1, 0, 1, '', ?, '', '', "
        "'2021-06-01', '2021-06-01')",
        id, state, failed ? "no_plan" : "");
  }
};

TEST_F(WaitingStoreTest, HasNothingWhereNothingWaits) {
  EXPECT_TRUE(database->waiting().count_waiting(database.clock.now()).empty());
}

TEST_F(WaitingStoreTest, CountsAccommodationsOfStandingApplications) {
  for (int person = 1; person <= 3; ++person) {
    Draft draft = draft_of(person);
    if (person < 3) draft.form.accommodations = {{"large_print", "", {}}};
    const auto stored = store({submission_of(database->applications().save_draft(draft, database.clock.now()))});
    if (person == 2) {
      database->applications().withdraw(*database->applications().find_application(stored.front().application),
                                        services::ApplicationRepository::Refunds::no, {}, change_of(database.clock));
    }
  }
  EXPECT_EQ(waits(WaitingKind::accommodations), 1);
}

TEST_F(WaitingStoreTest, CountsRefundsUntilTheyAreDone) {
  const auto paid = apply(1);
  ASSERT_EQ(pay(begin(paid)), services::PaymentState::paid);
  EXPECT_EQ(waits(WaitingKind::refunds), 0);
  database->applications().withdraw(*database->applications().find_application(paid.id),
                                    services::ApplicationRepository::Refunds::yes, {}, change_of(database.clock));
  EXPECT_EQ(waits(WaitingKind::refunds), 1);
}

TEST_F(WaitingStoreTest, CountsANoticeOfTheVersionThatWasProposed) {
  auto& setups = database->setups();
  setups.save_notice_approval(ExamCode("seoul-2021-1"), {1, "kim", "", database.clock.now(), 1},
                              change_of(database.clock));
  EXPECT_EQ(waits(WaitingKind::notices), 1);
  setups.save_notice_approval(ExamCode("seoul-2021-1"), {1, "kim", "lee", database.clock.now(), 2},
                              change_of(database.clock));
  EXPECT_EQ(waits(WaitingKind::notices), 0);
}

TEST_F(WaitingStoreTest, CountsAFailedJobUntilItIsOrderedAgain) {
  add_job("job-1", "failed");
  EXPECT_EQ(waits(WaitingKind::failed_jobs), 1);
  add_job("job-2", "done");
  EXPECT_EQ(waits(WaitingKind::failed_jobs), 0);
}

TEST_F(WaitingStoreTest, CountsMessagesThatWereGivenUpLately) {
  apply(1);
  database.connect()->change(
      "UPDATE messages SET state = 'failed', to_sealed = NULL, content_sealed = NULL, settled_at = due_at, why = 'refused'");
  std::int64_t failed = 0;
  for (const auto& work : database->waiting().count_waiting(database.clock.now())) {
    if (work.kind == WaitingKind::failed_messages) failed += work.count;
  }
  EXPECT_EQ(failed, 1);
  database.clock.advance(std::chrono::hours(31 * 24));
  EXPECT_TRUE(database->waiting().count_waiting(database.clock.now()).empty());
}

// Red while whoever sits in October counted as not having looked at a seat of June, and October itself was never counted.
TEST_F(WaitingStoreTest, CountsUnopenedSeatsOfTheDaysWhosePlansAreLive) {
  const Submission june = free_of(1, 1);
  Draft late = draft_of(2);
  late.form.unit = UnitCode("201");
  Submission october = submission_of(database->applications().save_draft(late, database.clock.now()));
  october.fee = 0;
  october.exam_on = *parse_date("2021-10-16");
  store({june});
  store({october});
  const auto publish_seats = [&](const char* code, const char* on) {
    Exam exam = small_exam(code, 60);
    exam.header.exam_on = *parse_date(on);
    exam.input_sha256 = package::digest_exam(exam);
    const Plan plan = plan_of(exam);
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
    database->exams().set_live_plan(ExamCode(code), database->exams().list_plans(ExamCode(code)).front(), 0,
                                    change_of(database.clock));
  };
  EXPECT_EQ(waits(WaitingKind::unopened_seats), 0);
  publish_seats("seoul-2021-1-late", "2021-10-16");
  EXPECT_EQ(waits(WaitingKind::unopened_seats), 1) << "of October";
  publish_seats("seoul-2021-1", "2021-06-05");
  EXPECT_EQ(waits(WaitingKind::unopened_seats), 2);
  database.clock.advance(std::chrono::hours(10 * 24));
  EXPECT_EQ(waits(WaitingKind::unopened_seats), 1) << "June is over";
}

// Red when the work of an exam stood on the list after its people were destroyed.
TEST_F(WaitingStoreTest, HasNothingOfADestroyedExam) {
  Draft draft = draft_of(1);
  draft.form.accommodations = {{"large_print", "", {}}};
  store({submission_of(database->applications().save_draft(draft, database.clock.now()))});
  ASSERT_EQ(waits(WaitingKind::accommodations), 1);
  database.connect()->execute(
      "INSERT INTO destructions (exam_code, due_at, ordered_by, begun_at) VALUES ('seoul-2021-1', '2021-06-01', 'kim', "
      "'2021-06-01')");
  EXPECT_EQ(waits(WaitingKind::accommodations), 0);
}

}  // namespace
}  // namespace hanjari::tests
