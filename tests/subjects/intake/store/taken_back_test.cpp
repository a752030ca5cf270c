// Money that the provider takes back after it had come, on a real database.
#include "hanjari/desk/waiting.h"
#include "subjects/intake/store/stored_intake.h"

namespace hanjari::tests {
namespace {

using services::Payment;
using services::PaymentState;
using services::TakenBackDecision;

struct TakenBackStore : IntakeStoreTest {
  TakenBackStore() : application(apply(1)), order(begin(application).id) { pay(*database->payments().find_payment(order)); }
  void note() {
    services::Message message;
    message.dedupe_id = "taken_back/" + order;
    message.to = "sky@example.com";
    database->payments().note_taken_back(order, {message}, change_of(database.clock));
  }
  void decide(TakenBackDecision decision) {
    services::Message message;
    message.dedupe_id = "taken_back_decided/" + order;
    message.to = "sky@example.com";
    database->payments().decide_taken_back(order, decision, {message}, change_of(database.clock));
  }
  Payment payment() { return *database->payments().find_payment(order); }
  ApplicationState state() { return database->applications().find_application(application.id)->state; }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }
  std::int64_t waiting() {
    for (const auto& work : database->waiting().count_waiting(database.clock.now())) {
      if (work.kind == services::WaitingKind::taken_back) return work.count;
    }
    return 0;
  }

  Application application;
  std::string order;
};

TEST_F(TakenBackStore, IsMarkedOnceAndWaitsInTheOffice) {
  EXPECT_EQ(waiting(), 0);
  for (int again = 0; again < 3; ++again) note();
  EXPECT_TRUE(services::is_taken_back(payment()));
  EXPECT_EQ(state(), ApplicationState::paid);
  EXPECT_EQ(waiting(), 1);
  EXPECT_EQ(count("application_events WHERE kind = 'payment_taken_back'"), 1);
  EXPECT_EQ(count("audit_entries WHERE action = 'payment.taken_back'"), 1);
  EXPECT_EQ(count("messages WHERE dedupe_id LIKE 'taken_back/%'"), 1);
  const auto listed = database->application_table().list_refunds(ExamCode("seoul-2021-1"), PaymentState::paid, "", 10);
  ASSERT_EQ(listed.payments.size(), 1U);
  EXPECT_EQ(listed.payments.front().id, order);
  // What the clerk hears decides nothing.
  database->payments().settle_refunded(order, change_of(database.clock));
  database->payments().settle_failed(order, "cancelled", change_of(database.clock));
  EXPECT_TRUE(services::is_taken_back(payment()));
}

TEST_F(TakenBackStore, IsKeptForGoodByDecision) {
  note();
  decide(TakenBackDecision::keep);
  note();
  EXPECT_FALSE(services::is_taken_back(payment()));
  EXPECT_EQ(payment().state, PaymentState::paid);
  EXPECT_EQ(state(), ApplicationState::paid);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(count("application_events WHERE kind = 'payment_kept'"), 1);
  EXPECT_EQ(code_thrown([&] { decide(TakenBackDecision::end); }), "not_taken_back");
}

TEST_F(TakenBackStore, EndsTheApplicationByDecisionAndGivesNothingBackTwice) {
  note();
  decide(TakenBackDecision::end);
  note();
  EXPECT_EQ(payment().state, PaymentState::refunded);
  EXPECT_FALSE(payment().undecided) << "the provider is asked to give nothing back";
  EXPECT_EQ(state(), ApplicationState::withdrawn);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(count("application_events WHERE kind = 'payment_ended'"), 1);
  EXPECT_EQ(count("messages WHERE dedupe_id LIKE 'taken_back_decided/%'"), 1);
}

}  // namespace
}  // namespace hanjari::tests
