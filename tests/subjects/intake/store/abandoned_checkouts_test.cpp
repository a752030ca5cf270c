// Checkouts that nobody finishes, many of them by one person, beside somebody who has paid: the whole intake over a
// real database and the test provider.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "database/migrations.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "stage/code_thrown.h"
#include "stage/memory_intake.h"
#include "stage/planted_files.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using services::Applicant;
using services::PaymentState;
using services::TestOutcome;

const ExamCode exam("seoul-2021-1");
const services::Actor officer{"officer", services::Role::exam_officer, {}};
constexpr std::chrono::seconds minute{60};

// Does not answer while it is away.
class AwayProvider : public services::TestProvider {
 public:
  using TestProvider::TestProvider;
  services::ProviderNotice ask(const std::string& order) override {
    if (away) throw Unavailable("provider_away", {"away", "응답 없음"});
    return TestProvider::ask(order);
  }
  bool away = false;
};

struct AbandonedCheckouts : testing::Test {
  AbandonedCheckouts() {
    database->recruitments().save_recruitment(sample_notice(), services::RecruitmentState::published, 0,
                                              {"officer", "", clock.now()});
  }
  services::Submitted apply(const Applicant& who, int person, const ExamCode& code = exam) {
    const auto begun = intake.forms.open_draft(who, code);
    const auto draft = intake.forms.save_draft(who, code, begun.version, sample_form(person));
    return intake.submitting.submit(who, code, {draft.submission_key, draft.version, clock.now()});
  }
  // As the attacker did it before there were limits: apply, begin to pay, withdraw, again. The rows are those that
  // the program of that time left.
  void abandon(int times) {
    const auto applied = apply(hostile, 9'000);
    intake.own.withdraw(hostile, applied.application.id, "");
    const auto connection = database.connect();
    connection->change(
        "INSERT INTO applications (application_id, exam_code, unit_code, account, state, version, exam_on, claim_hash, "
        "fee_won, submitted_at, paid_at, form_sealed) SELECT CONCAT('abandoned', LPAD(seq, 5, '0')), exam_code, "
        "unit_code, account, 'withdrawn', 2, exam_on, NULL, fee_won, submitted_at, NULL, form_sealed FROM applications "
        "JOIN seq_1_to_100000 WHERE application_id = ? AND seq <= ?",
        applied.application.id.text(), times);
    connection->change(
        "INSERT INTO payments (payment_id, application_id, exam_code, amount_won, state, begun_at, why) SELECT "
        "CONCAT('order-', application_id), application_id, exam_code, fee_won, 'begun', submitted_at, '' FROM "
        "applications WHERE application_id LIKE 'abandoned%'");
    upgrade();
    connection->change(
        "INSERT INTO test_orders (order_id, state, amount_won, why, created_at) SELECT payment_id, 'waiting', "
        "amount_won, '', begun_at FROM payments");
  }
  // What the migration does with such rows.
  void upgrade() {
    for (const storage::Migration& step : storage::migrations()) {
      if (step.name == "payments_asked") database.connect()->execute(step.sql);
    }
  }
  // Pays, and nobody is told.
  services::Submitted pay_unheard(const Applicant& who, int person, const ExamCode& code = exam) {
    auto applied = apply(who, person, code);
    const auto checkout = intake.paying.begin_payment(who, applied.application.id);
    provider.decide(checkout.payment.id, TestOutcome::lost_notice);
    paid_order = checkout.payment.id;
    return applied;
  }
  std::vector<services::Payment> payments_of(const services::Submitted& applied) {
    return database->payments().list_payments(applied.application.id);
  }
  std::int64_t notices_of_return() {
    return database.number("SELECT COUNT(*) FROM messages WHERE dedupe_id LIKE 'returned/%'");
  }
  ApplicationState state_of(const services::Submitted& applied) {
    return database->applications().find_application(applied.application.id)->state;
  }
  services::Closing close() {
    return intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress());
  }

  TestDatabase database;
  SetClock clock{at("2021-03-04T10:00:00+09:00")};
  AwayProvider provider{database->test_orders(), clock, "test secret"};
  std::string paid_order;
  services::ReceiptSigner signer = services::ReceiptSigner::from_seed("0123456789abcdef0123456789abcdef");
  services::SubmissionQueue queue{database->applications(), clock};
  services::Paying paying{{database->recruitments(), database->applications(), database->payments(), provider, clock}};
  PlantedFiles files{database->attachments()};
  struct {
    services::FormFilling forms;
    services::Submitting submitting;
    services::OwnApplications own;
    services::Paying paying;
    services::ApplicationCloser closing;
  } intake{
      services::FormFilling({database->recruitments(), database->applications(), files, database->identity(), clock}),
      services::Submitting({database->recruitments(), database->applications(), signer, queue}),
      services::OwnApplications({database->recruitments(), database->applications(), database->plans(), clock}),
      paying,
      services::ApplicationCloser({database->recruitments(), database->applications(), paying, clock}),
  };
  Applicant hostile{"p-hostile"};
  Applicant sky{"p-sky"};
};

TEST_F(AbandonedCheckouts, OfOneAccountDoNotHideAPaymentFromTheClerk) {
  abandon(105);
  clock.set(clock.now() + minute);
  const auto paid = pay_unheard(sky, 1);
  clock.set(clock.now() + minute);
  intake.paying.reconcile_payments(100);
  EXPECT_EQ(state_of(paid), ApplicationState::paid);
}

TEST_F(AbandonedCheckouts, OfOneExamDoNotHideAPaymentOfAnother) {
  database->recruitments().save_recruitment(sample_notice("busan-2021-1"), services::RecruitmentState::published, 0,
                                            {"officer", "", clock.now()});
  abandon(105);
  // Of as many people as there are orders.
  database.connect()->change("UPDATE payments SET account = payment_id");
  clock.set(clock.now() + minute);
  const auto paid = pay_unheard(sky, 1, ExamCode("busan-2021-1"));
  clock.set(clock.now() + minute);
  intake.paying.reconcile_payments(2);
  EXPECT_EQ(state_of(paid), ApplicationState::paid);
}

TEST_F(AbandonedCheckouts, EndAndAreNotAskedAboutAnyMore) {
  abandon(105);
  clock.set(clock.now() + services::order_lifetime);
  for (int round = 0; round < 3; ++round) intake.paying.reconcile_payments(100);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM payments WHERE to_ask = 1"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM test_orders WHERE state = 'waiting'"), 0);
  clock.set(clock.now() + services::order_lifetime);
  EXPECT_EQ(intake.paying.reconcile_payments(100).asked, 0);
}

TEST_F(AbandonedCheckouts, OfOneAccountDoNotMakeAPaidApplicationOfAnotherLapse) {
  abandon(1'005);
  clock.set(clock.now() + minute);
  const auto paid = pay_unheard(sky, 1);
  clock.set(at("2021-03-07T18:01:01+09:00"));
  EXPECT_EQ(close().lapsed, 0);
  EXPECT_EQ(state_of(paid), ApplicationState::paid);
}

TEST_F(AbandonedCheckouts, AreLimitedForAnAccountHoweverOftenItAppliesAnew) {
  int begun = 0;
  for (int time = 0; time < 15; ++time) {
    const auto applied = apply(hostile, 9'000);
    if (code_thrown([&] { intake.paying.begin_payment(hostile, applied.application.id); }) == "nothing") ++begun;
    intake.own.withdraw(hostile, applied.application.id, "");
  }
  EXPECT_EQ(begun, services::OrderLimits{}.of_account_in_an_hour);
  const auto applied = apply(sky, 1);
  intake.paying.begin_payment(sky, applied.application.id);
  clock.set(clock.now() + std::chrono::hours(1));
  intake.paying.begin_payment(hostile, apply(hostile, 9'000).application.id);
}

TEST_F(AbandonedCheckouts, AreCountedAtTheSameMomentToo) {
  services::OrderTerms terms{"test", clock.now() + minute, {}};
  terms.limits.of_account_in_an_hour = 3;
  std::vector<Application> applications;
  for (int person = 1; person <= 8; ++person) {
    applications.push_back(apply({"p-" + std::to_string(person)}, person).application);
    applications.back().account = "p-hostile";
  }
  std::atomic<int> begun = 0;
  std::vector<std::thread> threads;
  for (const Application& application : applications) {
    threads.emplace_back([&] {
      const std::string code = code_thrown([&] {
        database->payments().begin_payment(application, terms, {"p-hostile", "", clock.now()});
      });
      EXPECT_THAT(code, testing::AnyOf("nothing", "too_many_orders"));
      if (code == "nothing") ++begun;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(begun, 3);
}

TEST_F(AbandonedCheckouts, ThatWerePaidAfterAllGiveTheMoneyBackWithANotice) {
  const auto paid = pay_unheard(sky, 1);
  intake.own.withdraw(sky, paid.application.id, "");
  EXPECT_EQ(payments_of(paid).front().state, PaymentState::failed);
  intake.paying.reconcile_payments(100);
  EXPECT_EQ(payments_of(paid).front().state, PaymentState::refunded);
  EXPECT_EQ(provider.ask(payments_of(paid).front().id).state, services::ProviderState::refunded);
  EXPECT_EQ(notices_of_return(), 1);
  EXPECT_EQ(intake.paying.reconcile_payments(100).asked, 0);
}

TEST_F(AbandonedCheckouts, NothingLapsesWhileItsPaymentIsUndecided) {
  const auto paid = pay_unheard(sky, 1);
  const auto unpaid = apply({"p-river"}, 2);
  clock.set(at("2021-03-07T18:01:01+09:00"));
  provider.away = true;
  const auto first = close();
  EXPECT_EQ(first.lapsed, 1);
  EXPECT_EQ(first.undecided, 1);
  EXPECT_EQ(state_of(paid), ApplicationState::submitted);
  EXPECT_EQ(state_of(unpaid), ApplicationState::lapsed);
  EXPECT_EQ(database->recruitments().find_recruitment(exam)->state, services::RecruitmentState::published);
  provider.away = false;
  const auto second = close();
  EXPECT_EQ(second.lapsed, 0);
  EXPECT_EQ(second.undecided, 0);
  EXPECT_EQ(state_of(paid), ApplicationState::paid);
  database.clock.advance(std::chrono::seconds(2));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM recruitments WHERE state = 'closed'"), 1);
}

TEST_F(AbandonedCheckouts, AnOrderOfThePriceBeforeAnEditIsReplacedAndItsMoneyGoesBack) {
  const auto paid = pay_unheard(sky, 1);
  Recruitment dearer = sample_notice();
  dearer.units[0].fee = 7'000;
  database->recruitments().save_recruitment(dearer, services::RecruitmentState::published, 1,
                                            {"officer", "", clock.now()});
  const auto edited = apply(sky, 1);
  EXPECT_EQ(edited.application.fee, 7'000);
  EXPECT_EQ(payments_of(paid).front().why, "replaced");
  const auto checkout = intake.paying.begin_payment(sky, paid.application.id);
  EXPECT_EQ(checkout.payment.amount, 7'000);
  intake.paying.reconcile_payments(100);
  EXPECT_EQ(database->payments().find_payment(paid_order)->state, PaymentState::refunded);
  EXPECT_EQ(notices_of_return(), 1);
  EXPECT_EQ(state_of(paid), ApplicationState::submitted);
  for (const auto& notification : provider.decide(checkout.payment.id, TestOutcome::success))
    intake.paying.accept_notification(notification.body, notification.signature);
  EXPECT_EQ(state_of(paid), ApplicationState::paid);
}

TEST_F(AbandonedCheckouts, WhoHasPaidAnOrderThatExpiredIsNotSentToPayAnother) {
  const auto paid = pay_unheard(sky, 1);
  clock.set(clock.now() + services::order_lifetime);
  EXPECT_EQ(code_thrown([&] { intake.paying.begin_payment(sky, paid.application.id); }), "nothing_due");
  EXPECT_EQ(state_of(paid), ApplicationState::paid);
  EXPECT_EQ(payments_of(paid).size(), 1u);
}

TEST_F(AbandonedCheckouts, AreReplacedAfterTheirEndByOneThatCanBePaid) {
  const auto applied = apply(sky, 1);
  const auto first = intake.paying.begin_payment(sky, applied.application.id);
  EXPECT_EQ(intake.paying.begin_payment(sky, applied.application.id).payment.id, first.payment.id);
  clock.set(clock.now() + services::order_lifetime);
  const auto second = intake.paying.begin_payment(sky, applied.application.id);
  EXPECT_NE(second.payment.id, first.payment.id);
  // The old page still stands somewhere: its button pays nothing.
  provider.decide(first.payment.id, TestOutcome::success);
  EXPECT_EQ(provider.ask(first.payment.id).state, services::ProviderState::failed);
  EXPECT_EQ(payments_of(applied).size(), 2u);
}

TEST_F(AbandonedCheckouts, OneApplicationThatDoesNotOpenConcernsItsOwnPaymentOnly) {
  const auto spoilt = pay_unheard({"p-river"}, 2);
  const auto paid = pay_unheard(sky, 1);
  database.connect()->change("UPDATE applications SET form_sealed = REPEAT('x', 60) WHERE application_id = ?",
                             spoilt.application.id.text());
  clock.set(clock.now() + minute);
  intake.paying.reconcile_payments(100);
  EXPECT_EQ(state_of(paid), ApplicationState::paid);
}

// Red while its payment stayed undecided for ever, and with it the notice open for everybody.
TEST_F(AbandonedCheckouts, OneApplicationThatDoesNotOpenIsPaidForAndKeepsNoNoticeOpen) {
  const auto spoilt = pay_unheard({"p-river"}, 2);
  const auto keyless = pay_unheard({"p-hill"}, 3);
  database.connect()->change("UPDATE applications SET form_sealed = REPEAT('x', 60) WHERE application_id = ?",
                             spoilt.application.id.text());
  // Of a key that was never there.
  database.connect()->change(
      "UPDATE applications SET form_sealed = CONCAT(UNHEX('007A7A7A7A'), SUBSTRING(form_sealed, 6)) WHERE application_id = ?",
      keyless.application.id.text());
  clock.set(at("2021-03-07T18:01:01+09:00"));
  const auto closing = close();
  EXPECT_EQ(closing.undecided, 0);
  EXPECT_EQ(closing.lapsed, 0);
  EXPECT_TRUE(closing.closed);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'paid'"), 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM payments WHERE state = 'paid'"), 2);
}

TEST_F(AbandonedCheckouts, MoneyThatComesTooLateForAnApplicationThatDoesNotOpenGoesBack) {
  const auto spoilt = apply({"p-river"}, 2);
  const auto checkout = intake.paying.begin_payment({"p-river"}, spoilt.application.id);
  clock.set(at("2021-03-07T18:00:00+09:00"));
  provider.decide(checkout.payment.id, TestOutcome::lost_notice);
  database.connect()->change("UPDATE applications SET form_sealed = REPEAT('x', 60) WHERE application_id = ?",
                             spoilt.application.id.text());
  clock.set(at("2021-03-07T18:01:01+09:00"));
  EXPECT_EQ(close().lapsed, 1);
  EXPECT_EQ(database->payments().find_payment(checkout.payment.id)->state, PaymentState::refunded);
}

// Red while nobody could end it: not its owner, whose page does not open, and no officer either.
TEST_F(AbandonedCheckouts, OneApplicationThatDoesNotOpenIsEndedByAnOfficer) {
  const auto spoilt = pay_unheard(sky, 1);
  clock.set(clock.now() + minute);
  intake.paying.reconcile_payments(100);
  ASSERT_EQ(state_of(spoilt), ApplicationState::paid);
  database.connect()->change("UPDATE applications SET form_sealed = REPEAT('x', 60) WHERE application_id = ?",
                             spoilt.application.id.text());
  services::Claims claims({database->recruitments(), database->applications(), database->accesses(), clock});
  EXPECT_EQ(claims.list_claimants(officer, spoilt.application.id).size(), 1u);
  claims.release_claim(officer, spoilt.application.id, "원서를 열 수 없습니다.", {"officer", "", clock.now()});
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'withdrawn'"), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM messages WHERE dedupe_id LIKE 'claim_released/%'"), 1);
  intake.paying.reconcile_payments(100);
  EXPECT_EQ(payments_of(spoilt).front().state, PaymentState::refunded);
}

// Red while the newest application of an account had to open before another one could be begun, although it was over.
TEST_F(AbandonedCheckouts, OneApplicationThatDoesNotOpenIsFollowedByAnotherOnceItIsOver) {
  const auto spoilt = apply(sky, 1);
  database.connect()->change("UPDATE applications SET form_sealed = REPEAT('x', 60) WHERE application_id = ?",
                             spoilt.application.id.text());
  EXPECT_THROW(intake.forms.open_draft(sky, exam), PersonalDataDamaged) << "it counts still, and nobody can change it";
  services::Claims claims({database->recruitments(), database->applications(), database->accesses(), clock});
  claims.release_claim(officer, spoilt.application.id, "원서를 열 수 없습니다.", {"officer", "", clock.now()});
  clock.set(clock.now() + minute);
  EXPECT_EQ(state_of(apply(sky, 1)), ApplicationState::submitted);
}

}  // namespace
}  // namespace hanjari::tests
