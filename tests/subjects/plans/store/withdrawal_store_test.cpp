// Withdrawing a live plan on a real database: who may, what is left of it, and who wins a race.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "database/driver_error.h"
#include "hanjari/base/error.h"
#include "hanjari/desk/waiting.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/live_copies.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

// An exam with two stored plans, the second of which exchanges two people's seats; the first one is live.
class WithdrawalStore : public testing::Test {
 protected:
  WithdrawalStore() : exam(small_exam()) {
    Plan first = plan_of(exam);
    Plan edited = first;
    std::swap(edited.placements[0].seat_no, edited.placements[2].seat_no);
    std::swap(edited.placements[0].desk, edited.placements[2].desk);
    std::swap(edited.placements[0].room, edited.placements[2].room);
    std::swap(edited.placements[0].venue, edited.placements[2].venue);
    edited.digest = package::digest_plan(exam, edited);
    plans = {first, edited};
    for (const Plan& plan : plans) database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
    go(0);
  }

  const ExamCode& code() const { return exam.header.code; }
  services::Change by(const std::string& author, const std::string& reason = "시험장 화재") const {
    return {author, reason, database.clock.now(), "exam_officer", "192.0.2.7"};
  }
  void go(std::size_t which) {
    services::LiveWish wish;
    if (const auto live = database->exams().find_live_plan(code())) wish.instead_of = live->plan_digest;
    services::make_plan_live(database->exams(), code(), plans[which].digest, by("kim"), wish);
  }
  services::WithdrawalWish wish(bool emergency = false) const {
    services::WithdrawalWish wish;
    wish.plan = plans[0].digest;
    wish.people = std::ssize(plans[0].placements);
    wish.emergency = emergency;
    return wish;
  }
  std::string propose(const std::string& author) {
    return outcome([&] {
      services::propose_withdrawal(database->exams(), database->approvals(), code(), wish(), by(author));
    });
  }
  std::string withdraw(const std::string& author, bool emergency = false, const std::string& reason = "시험장 화재") {
    return outcome([&] {
      services::withdraw_plan(database->exams(), database->approvals(), code(), wish(emergency), by(author, reason));
    });
  }
  // "done", or the code of the refusal.
  template <class Work>
  std::string outcome(Work work) {
    try {
      work();
    } catch (const Error& error) {
      return error.code();
    }
    return "done";
  }
  void ask_for_second_officer() { services::set_second_officer(database->approvals(), code(), true, by("kim")); }

  TestDatabase database;
  Exam exam;
  std::vector<Plan> plans;
};

TEST_F(WithdrawalStore, ShowsNobodyASeatAndKeepsThePlan) {
  const Placement& placed = plans[0].placements[5];
  const Date born = exam[placed.applicant].birth_on;
  ASSERT_TRUE(database->plans().find_seat(code(), placed.number, born)) << "looked up, so that it is kept in memory";
  EXPECT_TRUE(database->plans().list_withdrawn_exams().empty());
  ASSERT_EQ(withdraw("kim"), "done");
  EXPECT_FALSE(database->plans().find_seat(code(), placed.number, born));
  EXPECT_FALSE(database->plans().find_place(code(), placed.number));
  EXPECT_TRUE(database->plans().list_live_exams().empty());
  ASSERT_EQ(database->plans().list_withdrawn_exams().size(), 1U);
  EXPECT_EQ(database->plans().list_withdrawn_exams().front().code, code());
  EXPECT_FALSE(database->exams().find_live_plan(code()));
  EXPECT_EQ(database->exams().find_withdrawn_plan(code())->plan_digest, plans[0].digest);
  EXPECT_EQ(database->exams().find_plan(exam, plans[0].digest)->placements.size(), plans[0].placements.size());
  const auto changes = database->approvals().list_live_changes(code());
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[0].withdrawn);
  EXPECT_FALSE(changes[0].emergency);
  EXPECT_EQ(changes[0].version, 2);
  const auto entries = database->audit().list_entries({.action = "plan.withdrawn"});
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].change.reason, "시험장 화재");
  EXPECT_EQ(withdraw("kim"), "no_live_plan");
}

TEST_F(WithdrawalStore, IsPublishedAgainByTheStepsWithTheNextNumber) {
  ask_for_second_officer();
  ASSERT_EQ(propose("kim"), "done");
  ASSERT_EQ(withdraw("lee"), "done");
  EXPECT_EQ(outcome([&] { go(0); }), "plan_not_confirmed") << "its confirmation, if it had one, was for another day";
  services::propose_plan(database->exams(), database->approvals(), code(), plans[0].digest, by("kim"));
  services::confirm_plan(database->exams(), database->approvals(), code(), plans[0].digest, by("lee"));
  services::LiveWish stale;
  stale.compared_with = 0;  // a page from before the first plan
  EXPECT_EQ(outcome([&] {
              services::make_plan_live(database->exams(), code(), plans[0].digest, by("kim"), stale);
            }),
            "live_plan_changed");
  go(0);
  EXPECT_EQ(database->exams().find_live_plan(code())->version, 3);
  EXPECT_FALSE(database->exams().find_withdrawn_plan(code()));
  EXPECT_TRUE(database->plans().list_withdrawn_exams().empty());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM withdrawn_plans"), 0);
}

// What people were told is what later notices start from.
TEST_F(WithdrawalStore, IsWhatPeopleWereToldUntilAnotherPlanIsLive) {
  ASSERT_EQ(withdraw("kim"), "done");
  EXPECT_EQ(services::find_told_plan(database->exams(), code())->plan_digest, plans[0].digest);
  const services::LiveDifference difference = services::compare_with_live(database->exams(), code(), plans[1].digest);
  EXPECT_TRUE(difference.withdrawn);
  EXPECT_EQ(difference.live_version, 2);
  EXPECT_EQ(difference.live_digest, "");
  go(1);
  const auto changes = database->approvals().list_live_changes(code());
  EXPECT_EQ(changes.front().before, plans[0].digest);
  EXPECT_EQ(services::find_told_plan(database->exams(), code())->plan_digest, plans[1].digest);
}

TEST_F(WithdrawalStore, NeedsTwoOfficersWhereASecondOneIsAskedFor) {
  ask_for_second_officer();
  EXPECT_EQ(withdraw("kim"), "withdrawal_not_proposed");
  EXPECT_EQ(propose("kim"), "done");
  EXPECT_EQ(propose("lee"), "withdrawal_proposed");
  EXPECT_EQ(withdraw("kim"), "same_officer");
  // The use case asks first; the database does not take its word.
  const auto live = *database->exams().find_live_plan(code());
  EXPECT_EQ(outcome([&] {
              database->approvals().withdraw_live_plan(code(), live, services::WithdrawalRight::by_steps, by("kim"));
            }),
            "withdrawal_not_proposed");
  services::take_back_withdrawal(database->exams(), database->approvals(), code(), plans[0].digest, by("lee"));
  EXPECT_EQ(withdraw("lee"), "withdrawal_not_proposed");
  EXPECT_EQ(propose("lee"), "done");
  EXPECT_EQ(withdraw("kim", false, ""), "done") << "the reason is the proposal's";
  EXPECT_EQ(database->audit().list_entries({.action = "plan.withdrawn"}).front().change.reason, "시험장 화재");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM withdrawal_proposals"), 0);
}

TEST_F(WithdrawalStore, DoesWithoutTheSecondOfficerInAnEmergencyWithAReason) {
  ask_for_second_officer();
  EXPECT_EQ(withdraw("kim", true, ""), "reason_missing");
  EXPECT_EQ(withdraw("kim", true), "done");
  EXPECT_TRUE(database->approvals().list_live_changes(code()).front().emergency);
  EXPECT_EQ(database->audit().list_entries({.action = "plan.withdrawn_in_emergency"}).size(), 1U);
}

// Red while nobody but who opened the list of exams learnt that a withdrawal waits.
TEST_F(WithdrawalStore, WaitsForTheSecondOfficerUntilItIsDoneOrVoid) {
  const auto waits = [&] {
    const auto works = database->waiting().count_waiting(database.clock.now());
    return std::count_if(works.begin(), works.end(), [](const services::WaitingWork& work) {
      return work.kind == services::WaitingKind::withdrawals && work.exam == ExamCode("test-1");
    });
  };
  EXPECT_EQ(waits(), 0);
  ASSERT_EQ(propose("kim"), "done");
  EXPECT_EQ(waits(), 1);
  go(1);
  EXPECT_EQ(waits(), 0) << "another plan is live";
  go(0);
  ASSERT_EQ(propose("kim"), "done");
  ASSERT_EQ(withdraw("lee"), "done");
  EXPECT_EQ(waits(), 0);
}

TEST_F(WithdrawalStore, KeepsTheReasonOfAProposalSealed) {
  ASSERT_EQ(propose("kim"), "done");
  // Red while the program's own key sealed it, which the destruction of the exam leaves.
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM withdrawal_proposals w JOIN data_keys k ON k.data_key_id = "
                            "CONV(HEX(SUBSTRING(w.reason_sealed, 2, 4)), 16, 10) WHERE k.scope = 'exam/test-1'"),
            1);
  EXPECT_EQ(database->approvals().find_withdrawal_proposal(code())->reason, "시험장 화재");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM withdrawal_proposals WHERE reason_sealed LIKE '%화재%'"), 0);
}

TEST_F(WithdrawalStore, CountsForThePlanThatWasLookedAtOnly) {
  ask_for_second_officer();
  ASSERT_EQ(propose("kim"), "done");
  const auto connection = database.connect();
  connection->execute("UPDATE publication_rules SET second_officer = 0");
  go(1);
  connection->execute("UPDATE publication_rules SET second_officer = 1");
  EXPECT_EQ(withdraw("lee"), "not_the_live_plan");
  const auto view = services::look_at_live_plan(database->exams(), database->approvals(), code());
  EXPECT_FALSE(view.proposal) << "it was for the plan that gave way";
  services::WithdrawalWish now = wish();
  now.plan = plans[1].digest;
  const auto act = [&](auto step, const std::string& author) {
    return outcome([&] { step(database->exams(), database->approvals(), code(), now, by(author)); });
  };
  EXPECT_EQ(act(services::withdraw_plan, "lee"), "withdrawal_not_proposed");
  now.live_version = 1;
  EXPECT_EQ(act(services::propose_withdrawal, "lee"), "live_plan_changed");
  now.live_version = 2;
  now.people = 1;
  EXPECT_EQ(act(services::propose_withdrawal, "lee"), "people_concerned");
  now.people = std::ssize(plans[1].placements);
  EXPECT_EQ(act(services::propose_withdrawal, "lee"), "done") << "in the place of the void one";
}

TEST_F(WithdrawalStore, IsRefusedOnceTheExamIsHeld) {
  services::Change late = by("kim");
  late.at = Instant(std::chrono::hours(24 * (exam.header.exam_on.days + 2)));
  EXPECT_EQ(outcome([&] {
              services::withdraw_plan(database->exams(), database->approvals(), code(), wish(), late);
            }),
            "exam_held");
}

// A decision on one person's health moves somebody in the live plan, and there is none.
TEST_F(WithdrawalStore, LeavesDecisionsThatMoveSomebodyWaiting) {
  services::LiveCopies copies;
  {
    services::LiveCopies::Turn turn = copies.take_turn(code());
    EXPECT_EQ(turn.bring_up_to_date(database->exams()).plan.digest, plans[0].digest);
  }
  ASSERT_EQ(withdraw("kim"), "done");
  {
    services::LiveCopies::Turn turn = copies.take_turn(code());
    EXPECT_EQ(outcome([&] { turn.bring_up_to_date(database->exams()); }), "no_live_plan");
  }
  go(0);
  services::LiveCopies::Turn turn = copies.take_turn(code());
  EXPECT_EQ(turn.bring_up_to_date(database->exams()).plan.digest, plans[0].digest);
}

TEST_F(WithdrawalStore, LetsOneOfTwoOfficersWinWhoeverIsFaster) {
  for (int race = 0; race < 5; ++race) {
    const std::int64_t before = database->approvals().list_live_changes(code()).front().version;
    std::vector<std::string> outcomes(2);
    std::thread first([&] { outcomes[0] = withdraw("kim"); });
    std::thread second([&] { outcomes[1] = withdraw("lee"); });
    first.join();
    second.join();
    EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "done"), 1) << outcomes[0] << ", " << outcomes[1];
    for (const std::string& outcome : outcomes)
      EXPECT_THAT(outcome, testing::AnyOf("done", "live_plan_changed", "no_live_plan"));
    EXPECT_EQ(database->exams().find_withdrawn_plan(code())->version, before + 1);
    go(0);
    EXPECT_EQ(database->exams().find_live_plan(code())->version, before + 2);
  }
}

TEST_F(WithdrawalStore, RefusesNonsenseRows) {
  const auto connection = database.connect();
  for (const char* nonsense :
       {"INSERT INTO withdrawn_plans (exam_id, plan_id, version, withdrawn_at) VALUES (1, 9999, 2, '2021-01-01')",
        "INSERT INTO withdrawn_plans (exam_id, plan_id, version, withdrawn_at) VALUES (1, 1, 1, '2021-01-01')",
        "INSERT INTO withdrawal_proposals (exam_code, plan_digest, input_sha256, live_version, proposed_by, "
        "proposed_at_shell, proposed_at, reason_sealed) VALUES ('test-1', '', '', 1, '', '', '2021-01-01', '')",
        "INSERT INTO withdrawal_proposals (exam_code, plan_digest, input_sha256, live_version, proposed_by, "
        "proposed_at_shell, proposed_at, reason_sealed) VALUES ('nowhere', '', '', 1, 'kim', '', '2021-01-01', '')",
        "UPDATE live_changes SET withdrawn = 2"}) {
    EXPECT_THROW(connection->execute(nonsense), storage::DriverError) << nonsense;
  }
}

}  // namespace
}  // namespace hanjari::tests
