// The outbox at work: whatever a carrier does, a message is sent, put off or given up, and by one sender only.
#include "hanjari/messages/messages.h"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "hanjari/base/error.h"
#include "stage/memory_intake.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

class MovedClock : public Clock {
 public:
  Instant now() const override { return now_; }
  std::chrono::nanoseconds elapsed() const override { return {}; }
  void advance(std::chrono::seconds by) { now_ += by; }

 private:
  Instant now_ = Instant(1'622'851'200s);
};

struct Carrier : services::MessageCarrier {
  void carry(const services::Message& message) override {
    ++carried;
    if (work) work(message);
  }
  std::function<void(const services::Message&)> work;
  int carried = 0;
};

struct Sending : testing::Test {
  void enqueue(const std::string& id) {
    services::Message message;
    message.dedupe_id = id;
    message.to = "sky@example.com";
    outbox.enqueue(message, clock.now());
  }
  int send() { return services::send_due_messages(outbox, email, sms, clock); }

  MovedClock clock;
  MemoryOutbox outbox;
  Carrier email;
  Carrier sms;
};

TEST_F(Sending, PutsOffWhateverACarrierThrowsAndGoesOnWithTheNext) {
  enqueue("a");
  enqueue("b");
  email.work = [](const services::Message& message) {
    if (message.dedupe_id == "a") throw std::out_of_range("sky@example.com");
  };
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(outbox.settled.at(2), "sent");
  EXPECT_EQ(outbox.waiting[0].attempts, 1);
  EXPECT_EQ(send(), 0) << "not at once again";
  EXPECT_EQ(email.carried, 2);
  clock.advance(11s);
  email.work = nullptr;
  EXPECT_EQ(send(), 1);
}

// Red when only std::exception was caught: it left the sender, and the message stood first in the outbox for ever.
TEST_F(Sending, PutsOffAlsoWhatIsNoExceptionOfTheStandard) {
  enqueue("a");
  enqueue("b");
  email.work = [](const services::Message& message) {
    if (message.dedupe_id == "a") throw 7;
  };
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(outbox.settled.at(2), "sent");
  for (int attempt = 0; attempt < 80 && !outbox.settled.contains(1); ++attempt) {
    clock.advance(3601s);
    send();
  }
  EXPECT_EQ(outbox.settled.at(1), "carrier_broke");
}

// Red when only what a carrier throws counted: a message on which the program dies stood first for ever.
TEST_F(Sending, GivesUpAMessageOnWhichProgramsDie) {
  enqueue("deadly");
  enqueue("behind it");
  for (int program = 0; program < 5; ++program) {
    for (const auto& claimed : outbox.claim(clock.now(), 300s, 1)) outbox.renew(claimed, clock.now(), 300s);
    clock.advance(301s);  // it died, and its claim ran out
  }
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(email.carried, 1);
  EXPECT_EQ(outbox.settled.at(1), "broke_off");
  EXPECT_EQ(outbox.settled.at(2), "sent");
}

// An outbox whose database goes away in the moment after a message went out.
struct OutboxThatFails : MemoryOutbox {
  bool mark_sent(const services::WaitingMessage& claimed, Instant now) override {
    if (failures > 0) {
      --failures;
      throw Unavailable("database_lost", {"away", "없음"});
    }
    return MemoryOutbox::mark_sent(claimed, now);
  }
  int failures = 0;
};

// Red when the sender forgot what it had sent: after the lease it went out again.
TEST(Marking, ThatFailedIsDoneBeforeAnythingElseGoesOutAndNothingIsSentTwice) {
  MovedClock clock;
  OutboxThatFails outbox;
  Carrier email;
  Carrier sms;
  for (const char* id : {"a", "b"}) {
    services::Message message;
    message.dedupe_id = id;
    outbox.enqueue(message, clock.now());
  }
  services::MessageSender sender(outbox, email, sms, clock);
  outbox.failures = 3;
  for (int round = 0; round < 3; ++round) {
    EXPECT_THROW(sender.send_due(), Unavailable);
    EXPECT_EQ(email.carried, 1) << "as long as it cannot be marked nothing else is sent";
    clock.advance(400s);  // longer than the lease
  }
  sender.send_due();
  EXPECT_EQ(email.carried, 2);
  EXPECT_EQ(outbox.count_messages().sent, 2);
}

// Red when the rest of what was claimed waited for its lease to end: a sign-in code came five minutes late because the
// database was away for a moment.
TEST(Marking, ThatFailedHoldsUpWhatWasClaimedWithItNoLongerThanTheDatabaseIsAway) {
  MovedClock clock;
  OutboxThatFails outbox;
  Carrier email;
  Carrier sms;
  for (const char* id : {"a", "b", "c"}) {
    services::Message message;
    message.dedupe_id = id;
    outbox.enqueue(message, clock.now());
  }
  services::MessageSender sender(outbox, email, sms, clock);
  outbox.failures = 1;
  EXPECT_THROW(sender.send_due(), Unavailable);
  clock.advance(1s);
  EXPECT_EQ(sender.send_due(), 2);
  EXPECT_EQ(email.carried, 3);
  EXPECT_EQ(outbox.count_messages().sent, 3);
}

TEST_F(Sending, GivesUpInTheEndAndSaysWhyWithoutAWordOfTheMessage) {
  enqueue("a");
  email.work = [](const services::Message&) { throw std::runtime_error("sky@example.com"); };
  for (int attempt = 0; attempt < 80 && outbox.settled.empty(); ++attempt) {
    send();
    clock.advance(3601s);
  }
  ASSERT_TRUE(outbox.settled.contains(1));
  EXPECT_EQ(outbox.settled.at(1), "carrier_broke");
}

TEST_F(Sending, PutsOffAndThenGivesUpWhatDoesNotOpenAndNeverShowsItToACarrier) {
  enqueue("a");
  enqueue("b");
  outbox.waiting[0].legible = false;
  EXPECT_EQ(send(), 1) << "the other one goes out";
  for (int attempt = 0; attempt < 80 && !outbox.settled.contains(1); ++attempt) {
    clock.advance(3601s);
    send();
  }
  EXPECT_EQ(outbox.settled.at(1), "does_not_open");
  EXPECT_EQ(email.carried, 1);
}

TEST_F(Sending, LeavesToAnotherSenderWhatItTookMeanwhile) {
  enqueue("a");
  enqueue("b");
  int sent_by_another = 0;
  // While the first is on its way for ten minutes, another program takes the second.
  email.work = [&](const services::Message& message) {
    if (message.dedupe_id != "a") return;
    clock.advance(600s);
    for (const auto& claimed : outbox.claim(clock.now(), 60s, 9)) {
      if (claimed.message.dedupe_id == "b" && outbox.mark_sent(claimed, clock.now())) ++sent_by_another;
    }
  };
  EXPECT_LE(send(), 1);
  EXPECT_EQ(sent_by_another, 1);
  EXPECT_EQ(email.carried, 1) << "the second was not sent twice";
}

TEST_F(Sending, GivesBackWhatItDoesNotSendWhenTheProgramStops) {
  enqueue("a");
  enqueue("b");
  int asked = 0;
  services::send_due_messages(outbox, email, sms, clock, [&] { return ++asked > 1; });
  EXPECT_EQ(email.carried, 1);
  const auto left = outbox.claim(clock.now(), 60s, 9);
  ASSERT_EQ(left.size(), 1U) << "another sender need not wait for the lease";
  EXPECT_EQ(left[0].message.dedupe_id, "b");
}

}  // namespace
}  // namespace hanjari::tests
