// One outbox and two programs on a real database; and a message that cannot be opened any more.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/messages/messages.h"
#include "stage/links/cutting_link.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

// Counts what goes out, by message.
class CountingCarrier : public services::MessageCarrier {
 public:
  void carry(const services::Message& message) override {
    std::this_thread::sleep_for(1ms);  // so that the two are at it at the same time
    const std::lock_guard lock(mutex);
    ++carried[message.dedupe_id];
  }
  std::mutex mutex;
  std::map<std::string, int> carried;
};

services::Message message_named(const std::string& id) {
  services::Message message;
  message.dedupe_id = id;
  message.to = "sky@example.com";
  message.subject = "접수";
  message.body = "접수되었습니다.";
  return message;
}

TEST(Outbox, OfTwoProgramsSendsEveryMessageOnce) {
  TestDatabase database;
  constexpr int messages = 70;
  for (int at = 0; at < messages; ++at)
    database->outbox().enqueue(message_named("m/" + std::to_string(at)), database.clock.now());
  storage::Database second(beside(database, database.folder.path() / "mariadb" / "s.sock"),
                           storage::SchemaUpgrade::never, database.clock, no_progress());
  CountingCarrier carrier;
  const auto send_all = [&](services::MessageOutbox& outbox) {
    services::MessageSender sender(outbox, carrier, carrier, database.clock);
    const auto until = std::chrono::steady_clock::now() + 10min;
    while (outbox.count_messages().waiting > 0 && std::chrono::steady_clock::now() < until) sender.send_due();
  };
  std::thread other([&] { send_all(second.outbox()); });
  send_all(database->outbox());
  other.join();
  EXPECT_EQ(carrier.carried.size(), static_cast<std::size_t>(messages));
  for (const auto& [id, times] : carrier.carried) EXPECT_EQ(times, 1) << id;
  EXPECT_EQ(database->outbox().count_messages().sent, messages);
}

// Red when what was sent were known by its moment only. What waits when the clock is set back waits until it has caught up.
TEST(Outbox, SendsNothingTwiceWhenTheClockJumps) {
  TestDatabase database;
  CountingCarrier carrier;
  services::MessageSender sender(database->outbox(), carrier, carrier, database.clock);
  const auto enqueue = [&](const char* id) { database->outbox().enqueue(message_named(id), database.clock.now()); };
  enqueue("before");
  EXPECT_EQ(sender.send_due(), 1);
  enqueue("waiting");
  database.clock.advance(-1h);
  enqueue("before");
  enqueue("back");
  EXPECT_EQ(sender.send_due(), 1) << "what is new goes out at once";
  EXPECT_EQ(carrier.carried["back"], 1);
  database.clock.advance(2h);
  EXPECT_EQ(sender.send_due(), 1) << "what waited";
  enqueue("forward");
  EXPECT_EQ(sender.send_due(), 1);
  database.clock.advance(-1h);
  EXPECT_EQ(sender.send_due(), 0) << "as it was";
  for (const auto& [id, times] : carrier.carried) EXPECT_EQ(times, 1) << id;
  EXPECT_EQ(database->outbox().count_messages().sent, 4);
}

// The commit that marks it goes through, and its answer is not heard: it is sent, and not sent again.
TEST(Outbox, MarksWhatWentOutAlsoWhenTheCommitIsNotHeard) {
  TestDatabase database;
  CuttingLink link(database.folder.path(), database.folder.path() / "mariadb" / "s.sock");
  storage::Database program(beside(database, link.socket()), storage::SchemaUpgrade::never, database.clock,
                            no_progress());
  database->outbox().enqueue(message_named("a"), database.clock.now());
  // After the message is out the next commit is the one that marks it.
  struct Cutting : CountingCarrier {
    explicit Cutting(CuttingLink& its_link) : link(its_link) {}
    void carry(const services::Message& message) override {
      CountingCarrier::carry(message);
      link.swallow_commits(1);
    }
    CuttingLink& link;
  } carrier(link);
  services::MessageSender sender(program.outbox(), carrier, carrier, database.clock);
  EXPECT_EQ(sender.send_due(), 1);
  EXPECT_EQ(link.swallowed(), 1);
  database.clock.advance(400s);
  EXPECT_EQ(sender.send_due(), 0);
  EXPECT_EQ(carrier.carried["a"], 1);
  EXPECT_EQ(database->outbox().count_messages().sent, 1);
}

// Noted before it is sent, so that it counts although the program dies; put off in an orderly way it begins anew.
TEST(Outbox, CountsHowOftenSendingWasBegun) {
  TestDatabase database;
  auto& outbox = database->outbox();
  outbox.enqueue(message_named("a"), database.clock.now());
  const auto begin = [&] {
    const auto claimed = outbox.claim(database.clock.now(), 300s, 1);
    EXPECT_EQ(claimed.size(), 1U);
    EXPECT_TRUE(outbox.renew(claimed.at(0), database.clock.now(), 300s));
    database.clock.advance(301s);
    return claimed.at(0);
  };
  EXPECT_EQ(begin().begun, 0);
  EXPECT_EQ(begin().begun, 1);
  const auto third = begin();
  EXPECT_EQ(third.begun, 2);
  outbox.mark_failed(third, "carrier_broke", database.clock.now(), database.clock.now());
  EXPECT_EQ(begin().begun, 0);
}

// Sealed under a key that is lost, or spoilt: it is put off and given up in the end, and others go past it.
TEST(Outbox, OfAMessageThatDoesNotOpenIsNoObstacle) {
  TestDatabase database;
  database->outbox().enqueue(message_named("lost"), database.clock.now());
  database.connect()->execute("UPDATE messages SET content_sealed = REPEAT('x', 80), to_sealed = REPEAT('x', 80)");
  database.clock.advance(1s);
  CountingCarrier carrier;
  services::MessageSender sender(database->outbox(), carrier, carrier, database.clock);
  for (int at = 0; at < 25; ++at)
    database->outbox().enqueue(message_named("later/" + std::to_string(at)), database.clock.now());
  for (int round = 0; round < 2; ++round) sender.send_due();
  EXPECT_EQ(carrier.carried.size(), 25U) << "those behind it went out";
  for (int round = 0; round < 80 && database->outbox().count_messages().waiting > 0; ++round) {
    database.clock.advance(3601s);
    sender.send_due();
  }
  EXPECT_FALSE(carrier.carried.contains("lost"));
  const auto failed = database->outbox().list_failed(0, 10);
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].dedupe_id, "lost");
  EXPECT_EQ(failed[0].why, "does_not_open");
}

// A change takes the place of one that waits, with its turn; never of one that is being sent.
TEST(Outbox, KeepsOneMessageOfSeveralChanges) {
  TestDatabase database;
  auto& outbox = database->outbox();
  const Instant first = database.clock.now();
  const auto change = [&](int number) {
    services::Message message = message_named("receipt/" + std::to_string(number) + "/a1");
    message.body = "receipt " + std::to_string(number);
    message.digest = "receipt/a1";
    message.not_before = database.clock.now() + 300s;
    outbox.enqueue(message, database.clock.now());
  };
  for (int number = 1; number <= 15; ++number) {
    change(number);
    database.clock.advance(10s);
  }
  EXPECT_EQ(outbox.count_messages().waiting, 1);
  EXPECT_TRUE(outbox.claim(first + 299s, 60s, 9).empty());
  const auto digest = outbox.claim(first + 300s, 60s, 9);
  ASSERT_EQ(digest.size(), 1U) << "fifteen changes put it off no longer than one";
  EXPECT_EQ(digest[0].message.body, "receipt 15");
  database.clock.advance(160s);  // 310 s: the claim holds
  change(16);
  EXPECT_TRUE(outbox.mark_sent(digest[0], database.clock.now())) << "what is being sent stays";
  EXPECT_EQ(outbox.count_messages().waiting, 1);
}

TEST(Outbox, GivesEachLaneItsOwn) {
  TestDatabase database;
  auto& outbox = database->outbox();
  const Instant now = database.clock.now();
  for (const auto urgency : {services::Urgency::bulk, services::Urgency::soon, services::Urgency::code}) {
    for (const auto channel : {services::Channel::email, services::Channel::sms}) {
      services::Message message =
          message_named(std::string(services::spell(urgency)) + "/" + std::string(services::spell(channel)));
      message.urgency = urgency;
      message.channel = channel;
      message.account = "p1";
      message.application = "a1";
      outbox.enqueue(message, now);
    }
  }
  const auto names = [](const std::vector<services::WaitingMessage>& claimed) {
    std::string all;
    for (const auto& one : claimed) all += one.message.dedupe_id + " ";
    return all;
  };
  const auto code = outbox.claim(now, 60s, 9, {services::Channel::sms, {services::Urgency::code}});
  EXPECT_EQ(names(code), "code/sms ");
  EXPECT_EQ(code.at(0).message.account, "p1");
  EXPECT_EQ(code.at(0).message.application, "a1");
  EXPECT_EQ(code.at(0).message.urgency, services::Urgency::code);
  EXPECT_EQ(
      names(outbox.claim(now, 60s, 9, {services::Channel::email, {services::Urgency::soon, services::Urgency::bulk}})),
      "soon/email bulk/email ");
  EXPECT_EQ(names(outbox.claim(now, 60s, 1)), "code/email ") << "what is urgent first";

  // Put back, it is another channel's, at its time, without an attempt; and once only.
  EXPECT_TRUE(outbox.put_back(code.at(0), services::Channel::email, now + 10s, now));
  EXPECT_FALSE(outbox.put_back(code.at(0), services::Channel::email, now + 10s, now));
  EXPECT_EQ(names(outbox.claim(now + 9s, 60s, 9, {services::Channel::email, {services::Urgency::code}})), "");
  const auto again = outbox.claim(now + 10s, 60s, 9, {services::Channel::email, {services::Urgency::code}});
  EXPECT_EQ(names(again), "code/sms ");
  EXPECT_EQ(again.at(0).attempts, 0);
}

// Several senders at once: at most the limit goes out, whoever sends.
TEST(Outbox, SendsNoMoreOfAnApplicationThanTheLimitWhenSeveralSendAtOnce) {
  TestDatabase database;
  for (int at = 0; at < 30; ++at) {
    services::Message message = message_named("m/" + std::to_string(at));
    message.application = "a1";
    database->outbox().enqueue(message, database.clock.now());
  }
  CountingCarrier carrier;
  std::vector<std::thread> threads;
  for (int sender = 0; sender < 4; ++sender) {
    threads.emplace_back([&] {
      services::SendingRules rules;
      rules.at_once = 5;
      rules.limits = &database->attempts();
      services::MessageSender one(database->outbox(), carrier, carrier, database.clock, rules);
      for (int round = 0; round < 8; ++round) one.send_due();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(carrier.carried.size(), static_cast<std::size_t>(services::most_of_application));
  EXPECT_GE(carrier.carried.size(), 1U);
  EXPECT_EQ(database->outbox().count_messages().failed, 0);
}

}  // namespace
}  // namespace hanjari::tests
