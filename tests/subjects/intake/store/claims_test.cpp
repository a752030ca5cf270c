// Several applications that name one resident number: which of them counts, and who learns of it.
#include <future>
#include <set>

#include "subjects/intake/store/stored_intake.h"

namespace hanjari::tests {
namespace {

TEST_F(IntakeStoreTest, OfANumberOneCountsOnADayAcrossExamsAlsoInOneBatch) {
  publish("gyeonggi-2021-1");
  const auto answers = store({free_of(1, 1), free_of(2, 1, "gyeonggi-2021-1"), free_of(3, 3)});
  for (const auto& answer : answers) EXPECT_EQ(answer.outcome, SubmissionOutcome::stored);
  EXPECT_FALSE(answers[0].waits);
  EXPECT_TRUE(answers[1].waits);
  EXPECT_FALSE(answers[2].waits);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'paid'"), 2);
}

TEST_F(IntakeStoreTest, OfANumberThatProgramsStoreAtOnceOneCounts) {
  publish("gyeonggi-2021-1");
  constexpr int rounds = 8;
  for (int round = 0; round < rounds; ++round) {
    const std::vector<Submission> two = {free_of(100 + round, 100 + round),
                                         free_of(200 + round, 100 + round, "gyeonggi-2021-1")};
    std::vector<std::future<bool>> waits;
    for (const Submission& submission : two) {
      waits.push_back(std::async(std::launch::async, [this, submission] {
        const auto answer = store({submission}).front();
        EXPECT_EQ(answer.outcome, SubmissionOutcome::stored);
        return answer.waits;
      }));
    }
    int counted = 0;
    for (auto& one : waits) counted += one.get() ? 0 : 1;
    EXPECT_EQ(counted, 1);
  }
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'paid'"), rounds);
}

TEST_F(IntakeStoreTest, ANumberThatIsPaidForTakesItFromOneThatCountsForNothing) {
  const auto free = store({free_of(1, 1)}).front();
  const Application own = apply_as(2, 1);
  EXPECT_EQ(pay(begin(own)), services::PaymentState::paid);
  EXPECT_EQ(database->applications().find_application(free.application)->state, ApplicationState::withdrawn);
  EXPECT_EQ(database->applications().list_events(free.application).back().kind, "claim_yielded");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM messages WHERE dedupe_id LIKE 'claim_yielded/%'"), 1);
}

TEST_F(IntakeStoreTest, ANumberThatWasPaidForIsNotPaidForAgainUntilItsOwnerProvesIt) {
  const Application stranger = apply_as(1, 1);
  const Application own = apply_as(2, 1);
  const auto begun = begin(own);
  EXPECT_EQ(pay(begin(stranger)), services::PaymentState::paid);
  // Begun before the other one was paid: the money goes back.
  EXPECT_EQ(pay(begun), services::PaymentState::refunding);
  EXPECT_EQ(database->payments().find_payment(begun.id)->why, "claim_held");
  EXPECT_EQ(code_thrown([&] { begin(own); }), "claim_held");
  database->applications().prove_claim(own, change_of(database.clock));
  const auto ended = database->applications().find_application(stranger.id);
  EXPECT_EQ(ended->state, ApplicationState::withdrawn);
  EXPECT_EQ(database->payments().list_payments(stranger.id).front().state, services::PaymentState::refunding);
  EXPECT_EQ(pay(begin(own)), services::PaymentState::paid);
  EXPECT_EQ(database->applications().list_claimants(own.id).size(), 1u);
}

TEST_F(IntakeStoreTest, WhoAsksWhetherNumbersAreTakenIsLimitedLikeWhoPays) {
  terms.limits.of_account_in_an_hour = 3;
  for (int number = 1; number <= 5; ++number)
    EXPECT_EQ(pay(begin(apply_as(number, number))), services::PaymentState::paid);
  std::vector<std::string> answers;
  for (int number = 1; number <= 5; ++number) {
    Application guess = apply_as(10 + number, number);
    guess.account = "p-curious";
    answers.push_back(code_thrown([&] { begin(guess); }));
  }
  EXPECT_THAT(answers, testing::ElementsAre("claim_held", "claim_held", "claim_held", "too_many_orders",
                                            "too_many_orders"));
}

TEST_F(IntakeStoreTest, WhatCountsKeepsItsNumber) {
  const Application own = apply_as(1, 1);
  EXPECT_EQ(pay(begin(own)), services::PaymentState::paid);
  EXPECT_EQ(pay(begin(apply_as(2, 2))), services::PaymentState::paid);
  const Application paid = *database->applications().find_application(own.id);
  Draft edit;
  edit.id = "edit-of-one-0001";
  edit.account = paid.account;
  edit.exam = paid.exam;
  edit.submission_key = "edit-key-00000001";
  edit.edits = paid.id;
  edit.edits_version = paid.version;
  edit.version = 0;
  const auto edit_to = [&](int person) {
    edit.form = sample_form(person);
    edit = database->applications().save_draft(edit, database.clock.now());
    return store({submission_of(edit)}).front().outcome;
  };
  EXPECT_EQ(edit_to(2), SubmissionOutcome::claim_held) << "somebody's";
  EXPECT_EQ(edit_to(3), SubmissionOutcome::claim_held) << "nobody's";
  EXPECT_EQ(edit_to(1), SubmissionOutcome::stored);
}

TEST_F(IntakeStoreTest, TwoWhoHaveProvenTheSameNumberAreForAnOfficer) {
  const Application first = apply_as(1, 1);
  const Application second = apply_as(2, 1);
  database->applications().prove_claim(first, change_of(database.clock));
  EXPECT_EQ(database->applications().find_application(second.id)->state, ApplicationState::withdrawn);
  EXPECT_EQ(pay(begin(*database->applications().find_application(first.id))), services::PaymentState::paid);
  const Application third = apply_as(3, 1);
  EXPECT_EQ(code_thrown([&] { database->applications().prove_claim(third, change_of(database.clock)); }),
            "claim_proven");
  database->applications().release_claim(*database->applications().find_application(first.id), {},
                                         change_of(database.clock));
  database->applications().prove_claim(third, change_of(database.clock));
  EXPECT_EQ(pay(begin(*database->applications().find_application(third.id))), services::PaymentState::paid);
}

TEST_F(IntakeStoreTest, AProofMakesCountWhatWaitedWithoutAFee) {
  store({free_of(1, 1)});
  const auto waiting = store({free_of(2, 1)}).front();
  ASSERT_TRUE(waiting.waits);
  database->applications().prove_claim(*database->applications().find_application(waiting.application),
                                       change_of(database.clock));
  EXPECT_EQ(database->applications().find_application(waiting.application)->state, ApplicationState::paid);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'paid'"), 1);
}

TEST_F(IntakeStoreTest, PaymentsForOneNumberAtTheSameMomentCountOne) {
  std::vector<services::Payment> begun;
  for (int person = 1; person <= 6; ++person) begun.push_back(begin(apply_as(person, 1)));
  std::vector<std::future<services::PaymentState>> paid;
  for (const auto& payment : begun)
    paid.push_back(std::async(std::launch::async, [this, payment] { return pay(payment); }));
  int counted = 0;
  for (auto& one : paid) counted += one.get() == services::PaymentState::paid ? 1 : 0;
  EXPECT_EQ(counted, 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM payments WHERE state = 'refunding' AND why = 'claim_held'"), 5);
}

}  // namespace
}  // namespace hanjari::tests
