// Histories, steps of approval and changes of the live pointer on a real database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "database/driver_error.h"
#include "database/migrations.h"
#include "hanjari/base/error.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/approvals.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

// Three plans of one exam: a first one, and two others that each exchange two people's seats by hand.
class ApprovalStore : public testing::Test {
 protected:
  ApprovalStore() : exam(small_exam()) {
    Plan first = plan_of(exam);
    HistoryStep step;
    step.kind = StepKind::plan;
    step.digest = first.digest;
    step.input_sha256 = exam.input_sha256;
    first.history = {step};
    keep(first);
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) {
      Plan edited = first;
      std::swap(edited.placements[at].seat_no, edited.placements[at + 2].seat_no);
      std::swap(edited.placements[at].desk, edited.placements[at + 2].desk);
      std::swap(edited.placements[at].room, edited.placements[at + 2].room);
      std::swap(edited.placements[at].venue, edited.placements[at + 2].venue);
      edited.digest = package::digest_plan(exam, edited);
      HistoryStep edit;
      edit.kind = StepKind::edit;
      edit.digest = edited.digest;
      edit.input_sha256 = exam.input_sha256;
      edit.author = at == 0 ? "kim" : "lee";
      edit.reason = "창가 자리 요청";
      edit.at = "2021-06-01T00:00:00Z";
      HandMove move;
      move.applicant = exam[edited.placements[at].applicant].id;
      move.venue = exam[edited.placements[at].venue].code;
      move.room_no = exam[edited.placements[at].room].room_no;
      move.seat_no = edited.placements[at].seat_no;
      edit.moves = {move};
      edited.history.push_back(edit);
      keep(edited);
    }
  }

  void keep(const Plan& plan) {
    plans.push_back(plan);
    database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  }
  services::StoredPlan stored(std::size_t which) const {
    services::StoredPlan plan;
    plan.digest = plans[which].digest;
    plan.input_sha256 = exam.input_sha256;
    return plan;
  }
  std::string go(std::size_t which, const services::LiveWish& wish = {}, const std::string& author = "kim") {
    try {
      services::make_plan_live(database->exams(), exam.header.code, plans[which].digest,
                               {author, "because", database.clock.now()}, wish);
    } catch (const Error& error) {
      return error.code();
    }
    return "done";
  }

  TestDatabase database;
  Exam exam;
  std::vector<Plan> plans;
};

TEST_F(ApprovalStore, KeepsAHistoryWithSealedReasonsAndMoves) {
  const auto history = database->exams().find_history(exam.header.code, stored(1));
  EXPECT_EQ(history, plans[1].history);
  EXPECT_EQ(database->exams().find_plan(exam, plans[1].digest)->history, plans[1].history);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_steps WHERE reason_sealed LIKE '%창가%'"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_steps WHERE reason_sealed IS NOT NULL AND moves_sealed IS NOT "
                            "NULL"),
            2);
}

TEST_F(ApprovalStore, TellsOfAPlanWithoutHistoryWhatItsReportSays) {
  Plan bare = plans[1];
  std::swap(bare.placements[5].seat_no, bare.placements[7].seat_no);
  std::swap(bare.placements[5].desk, bare.placements[7].desk);
  std::swap(bare.placements[5].room, bare.placements[7].room);
  std::swap(bare.placements[5].venue, bare.placements[7].venue);
  bare.digest = package::digest_plan(exam, bare);
  bare.history.clear();
  bare.report.replanned_from = plans[1].digest;
  keep(bare);
  const auto history = database->exams().find_history(exam.header.code, stored(3));
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].digest, plans[1].digest);
  EXPECT_EQ(history[1].digest, bare.digest);
}

TEST_F(ApprovalStore, RefusesTheSecondOfTwoOfficersWhoEditedTheSamePlan) {
  EXPECT_EQ(go(0), "done");
  EXPECT_EQ(go(1), "done");
  EXPECT_EQ(go(2), "other_base");
  EXPECT_EQ(database->exams().find_live_plan(exam.header.code)->plan_digest, plans[1].digest);
  EXPECT_EQ(go(2, {.instead_of = plans[1].digest}), "done");
  const auto changes = database->approvals().list_live_changes(exam.header.code);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].version, 3);
  EXPECT_EQ(changes[0].before, plans[1].digest);
  EXPECT_EQ(changes[2].before, "");
}

TEST_F(ApprovalStore, LetsOneOfTwoOfficersWinWhoeverIsFaster) {
  ASSERT_EQ(go(0), "done");
  for (int race = 0; race < 5; ++race) {
    const auto before = *database->exams().find_live_plan(exam.header.code);
    if (before.plan_digest != plans[0].digest) ASSERT_EQ(go(0, {.instead_of = before.plan_digest}), "done");
    std::vector<std::string> outcomes(2);
    std::vector<std::thread> officers;
    for (std::size_t officer = 0; officer < 2; ++officer)
      officers.emplace_back([&, officer] { outcomes[officer] = go(officer + 1, {}, officer == 0 ? "kim" : "lee"); });
    for (std::thread& officer : officers) officer.join();
    const auto done = std::count(outcomes.begin(), outcomes.end(), "done");
    EXPECT_EQ(done, 1) << outcomes[0] << ", " << outcomes[1];
    for (const std::string& outcome : outcomes)
      EXPECT_THAT(outcome, ::testing::AnyOf("done", "other_base", "live_plan_changed"));
    const std::size_t winner = outcomes[0] == "done" ? 1 : 2;
    EXPECT_EQ(database->exams().find_live_plan(exam.header.code)->plan_digest, plans[winner].digest);
  }
}

TEST_F(ApprovalStore, GoesLiveOnlyConfirmedWhereASecondOfficerIsAskedFor) {
  auto& exams = database->exams();
  auto& approvals = database->approvals();
  const ExamCode& code = exam.header.code;
  services::set_second_officer(approvals, code, true, change_of(database.clock));
  EXPECT_TRUE(approvals.find_rule(code).second_officer);
  EXPECT_EQ(go(0), "plan_not_confirmed");
  EXPECT_FALSE(exams.find_live_plan(code)) << "the pointer moved with what was refused";
  const auto by = [&](const std::string& author) { return services::Change{author, "", database.clock.now()}; };
  services::propose_plan(exams, approvals, code, plans[0].digest, by("kim"));
  EXPECT_EQ(go(0), "plan_not_confirmed");
  EXPECT_THROW(services::confirm_plan(exams, approvals, code, plans[0].digest, by("kim")), Conflict);
  services::confirm_plan(exams, approvals, code, plans[0].digest, by("lee"));
  EXPECT_EQ(go(0), "done");
  EXPECT_EQ(approvals.find_approval(code, stored(0)).step, services::PlanStep::published);
  // Another byte is another plan without any step; the same package once more changes nothing.
  EXPECT_EQ(go(1), "plan_not_confirmed");
  database->exams().save_exam(exam, plans.data(), change_of(database.clock), no_progress());
  EXPECT_EQ(approvals.find_approval(code, stored(0)).step, services::PlanStep::published);
  // The emergency is named in the record.
  services::LiveWish wish;
  wish.emergency = true;
  EXPECT_EQ(go(1, wish), "done");
  EXPECT_TRUE(approvals.list_live_changes(code).front().emergency);
  EXPECT_EQ(database->audit().list_entries({.action = "plan.live_in_emergency"}).size(), 1U);
  // A confirmation counts once: before, the plan that gave way went back to being live by one officer alone.
  EXPECT_EQ(go(0, {.instead_of = plans[1].digest}), "plan_not_confirmed");
  EXPECT_EQ(approvals.find_approval(code, stored(0)).confirmed_by, "");
  services::propose_plan(exams, approvals, code, plans[0].digest, by("lee"));
  services::confirm_plan(exams, approvals, code, plans[0].digest, by("kim"));
  EXPECT_EQ(go(0, {.instead_of = plans[1].digest}), "done");
  EXPECT_EQ(approvals.find_approval(code, stored(0)).confirmed_by, "kim") << "for as long as it is live";
  // Who went live in an emergency is not confirmed by that.
  EXPECT_EQ(go(1), "plan_not_confirmed");
  services::propose_plan(exams, approvals, code, plans[1].digest, by("kim"));
  services::confirm_plan(exams, approvals, code, plans[1].digest, by("lee"));
  EXPECT_EQ(go(1), "done");
}

// A database whose pointers were set before steps and changes were kept.
TEST_F(ApprovalStore, NotesThePlansThatWereLiveBefore) {
  ASSERT_EQ(go(0), "done");
  ASSERT_EQ(go(1), "done");
  const auto connection = database.connect();
  connection->execute("DELETE FROM plan_approvals");
  connection->execute("DELETE FROM live_changes");
  const auto upgrade = [&] {
    for (const storage::Migration& step : storage::migrations()) {
      if (step.number == 185 || step.number == 186) connection->execute(step.sql);
    }
  };
  upgrade();
  upgrade();
  const auto approval = database->approvals().find_approval(exam.header.code, stored(1));
  EXPECT_EQ(approval.step, services::PlanStep::published);
  EXPECT_FALSE(services::is_confirmed(approval));
  EXPECT_EQ(database->approvals().find_approval(exam.header.code, stored(0)).step, services::PlanStep::checked);
  const auto changes = database->approvals().list_live_changes(exam.header.code);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].version, 2);
  EXPECT_EQ(changes[0].plan_digest, plans[1].digest);
  EXPECT_EQ(changes[0].before, "");
  EXPECT_FALSE(changes[0].emergency);
  // What is noted already stays as it is.
  ASSERT_EQ(go(2, {.instead_of = plans[1].digest}), "done");
  upgrade();
  EXPECT_EQ(database->approvals().list_live_changes(exam.header.code).size(), 2U);
  EXPECT_EQ(database->approvals().list_live_changes(exam.header.code)[0].author, "kim");
}

// A database in which a plan gave way while its confirmation still counted.
TEST_F(ApprovalStore, TakesTheConfirmationFromPlansThatGaveWayBefore) {
  ASSERT_EQ(go(0), "done");
  ASSERT_EQ(go(1), "done");
  const auto connection = database.connect();
  connection->execute("UPDATE plan_approvals SET proposed_by = 'kim', confirmed_by = 'lee'");
  for (int times = 0; times < 2; ++times) {
    for (const storage::Migration& step : storage::migrations()) {
      if (step.number == 260) connection->execute(step.sql);
    }
  }
  EXPECT_FALSE(services::is_confirmed(database->approvals().find_approval(exam.header.code, stored(0))));
  EXPECT_TRUE(services::is_confirmed(database->approvals().find_approval(exam.header.code, stored(1)))) << "it is live";
}

TEST_F(ApprovalStore, TakesOneOfTwoStepsAtOnceAndRefusesNonsenseRows) {
  auto& approvals = database->approvals();
  services::PlanApproval next;
  next.step = services::PlanStep::proposed;
  next.proposed_by = "kim";
  next.version = 1;
  next.changed_at = database.clock.now();
  approvals.save_approval(exam.header.code, stored(0), next, change_of(database.clock));
  next.proposed_by = "lee";
  EXPECT_THROW(approvals.save_approval(exam.header.code, stored(0), next, change_of(database.clock)), Conflict);
  EXPECT_EQ(approvals.find_approval(exam.header.code, stored(0)).proposed_by, "kim");
  const auto connection = database.connect();
  for (const char* nonsense :
       {"UPDATE plan_approvals SET step = 'confirmed', confirmed_by = proposed_by",
        "UPDATE plan_approvals SET step = 'sent'", "UPDATE plan_approvals SET proposed_by = ''",
        "INSERT INTO plan_approvals (plan_id, step, proposed_by, confirmed_by, changed_at, version) VALUES (9999, "
        "'checked', '', '', '2021-01-01', 1)",
        "INSERT INTO publication_rules VALUES (9999, 1, 1)", "UPDATE plan_steps SET kind = 'other'",
        "INSERT INTO live_changes (exam_id, version, plan_id, author, changed_at, emergency) VALUES (1, 0, 1, '', "
        "'2021-01-01', 0)",
        "INSERT INTO live_changes (exam_id, version, plan_id, author, changed_at, emergency, by_decision) VALUES (1, "
        "9, 1, "
        "'', '2021-01-01', 0, 2)"}) {
    EXPECT_THROW(connection->execute(nonsense), storage::DriverError) << nonsense;
  }
}

}  // namespace
}  // namespace hanjari::tests
