// The senders of a server: codes have their own, and messages of an account go to the contact that it has confirmed.
#include "program/serve/sending_works.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

// Keeps whom it was told to reach, by the message.
struct NotedCarrier : services::MessageCarrier {
  void carry(const services::Message& message) override { carried.push_back(message.dedupe_id + " to " + message.to); }
  std::vector<std::string> carried;
};

// Accounts as they are named.
const std::string sky = "p0000000000000000000a";
const std::string mobile = "p0000000000000000000b";
const std::string nobody = "p0000000000000000000c";

struct SendersOfAServer : ::testing::Test {
  SendersOfAServer() {
    add_applicant(sky, services::Channel::email, "sky@example.com");
    add_applicant(mobile, services::Channel::sms, "01012345678");
  }
  void add_applicant(const std::string& id, services::Channel channel, const std::string& contact) {
    services::ApplicantAccount account;
    account.id = id;
    account.channel = channel;
    account.contact = contact;
    account.password_hash = "$argon2id$none";
    database->accounts().add_applicant(account, hanjari::tests::change_of(database.clock));
  }
  void enqueue(const std::string& id, const std::string& account, services::Urgency urgency) {
    services::Message message;
    message.dedupe_id = id;
    message.urgency = urgency;
    message.account = account;
    if (account.empty()) message.to = "sea@example.com";
    database->outbox().enqueue(message, database.clock.now());
  }
  // One round of all works of the name.
  void run(const std::string& name) {
    for (const PeriodicWork& work : works) {
      if (work.name == name) work.round(std::stop_token());
    }
  }
  std::int64_t count(const std::string& name) const {
    return std::count_if(works.begin(), works.end(), [&](const PeriodicWork& work) { return work.name == name; });
  }

  hanjari::tests::TestDatabase database;
  NotedCarrier email;
  NotedCarrier sms;
  std::vector<PeriodicWork> works = sending_works(*database, email, sms, {2, 3}, database.clock);
};

TEST_F(SendersOfAServer, AreAsManyAsTheSettingsSayForMailAndTextEach) {
  EXPECT_EQ(count("outbox"), 4);
  EXPECT_EQ(count("codes"), 6);
}

TEST_F(SendersOfAServer, CarryCodesBesideEverythingElse) {
  enqueue("reminder", sky, services::Urgency::bulk);
  enqueue("code", "", services::Urgency::code);
  run("codes");
  EXPECT_EQ(email.carried, (std::vector<std::string>{"code to sea@example.com"}));
  run("outbox");
  EXPECT_EQ(email.carried.size(), 2U);
}

TEST_F(SendersOfAServer, ReachTheConfirmedContactWhateverItsChannelIs) {
  enqueue("one", sky, services::Urgency::bulk);
  enqueue("two", mobile, services::Urgency::soon);
  enqueue("gone", nobody, services::Urgency::bulk);
  for (int round = 0; round < 2; ++round) run("outbox");
  EXPECT_EQ(email.carried, (std::vector<std::string>{"one to sky@example.com"}));
  EXPECT_EQ(sms.carried, (std::vector<std::string>{"two to 01012345678"}));
  const auto failed = database->outbox().list_failed(0, 9);
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].why, "no_confirmed_contact");
}

}  // namespace
}  // namespace hanjari::cli
