// How many codes go out behind one address: to a class that signs up together, and to strangers.
#include "accounts/code_sending.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hanjari/base/digest.h"
#include "stage/code_thrown.h"
#include "stage/memory_repositories.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using services::CodePurpose;

const Instant sending_day{std::chrono::hours(24 * 18'000)};

class CodeSendings : public testing::Test {
 protected:
  // What asking for a code throws. The newest ticket of a contact is the one that is entered.
  std::string ask(const std::string& contact, const std::string& source, Instant at, CodePurpose purpose = CodePurpose::sign_up) {
    const std::string ticket = draw_ticket(contact);
    return code_thrown([&] {
      const services::Contact typed = contact_of(contact);
      const std::optional<services::ApplicantAccount> nobody;
      services::count_sending(accounts, attempts, {ticket, purpose, typed, nobody}, {source}, at);
    });
  }
  void enter(const std::string& contact, const std::string& source, Instant at, CodePurpose purpose = CodePurpose::sign_up) {
    services::SentCode sent;
    sent.purpose = purpose;
    sent.channel = contact_of(contact).channel;
    services::prove_sending(attempts, tickets.at(contact), sent, {source}, at);
  }
  // How many of so many strangers are sent something.
  int reach(const std::string& head, const std::string& tail, int strangers, const std::string& source) {
    int sent = 0;
    for (int stranger = 0; stranger < strangers; ++stranger)
      sent += ask(head + std::to_string(1000 + stranger) + tail, source, sending_day) == "nothing" ? 1 : 0;
    return sent;
  }

  MemoryAccounts accounts;
  MemoryAttempts attempts;

 private:
  static services::Contact contact_of(const std::string& contact) {
    return {contact.find('@') == std::string::npos ? services::Channel::sms : services::Channel::email, contact};
  }
  std::string draw_ticket(const std::string& contact) {
    const std::lock_guard lock(mutex);
    return tickets[contact] = "ticket " + std::to_string(++drawn) + " of " + contact;
  }

  std::mutex mutex;
  int drawn = 0;
  std::map<std::string, std::string> tickets;
};

// Everybody presses at the same moment, types the code a minute later, and one of twenty never does.
TEST_F(CodeSendings, LetAClassOfFiveHundredBehindOneAddressInWithinMinutes) {
  std::deque<std::string> waiting;
  for (int pupil = 0; pupil < 500; ++pupil) waiting.push_back("0101234" + std::to_string(1000 + pupil));
  int minute = 0;
  for (; minute < 60 && !waiting.empty(); ++minute) {
    const Instant now = sending_day + std::chrono::minutes(minute);
    std::vector<std::string> sent;
    std::deque<std::string> later;
    for (const std::string& pupil : waiting) {
      const std::string refused = ask(pupil, "university", now);
      ASSERT_TRUE(refused == "nothing" || refused == "too_many_attempts") << refused;
      if (refused == "nothing") sent.push_back(pupil);
      else later.push_back(pupil);
    }
    ASSERT_FALSE(sent.empty()) << "minute " << minute << ", " << waiting.size() << " wait";
    for (std::size_t at = 0; at < sent.size(); ++at) {
      if (at % 20 != 19) enter(sent[at], "university", now + 50s);
    }
    waiting = std::move(later);
  }
  EXPECT_TRUE(waiting.empty());
  EXPECT_LE(minute, 10);
}

TEST_F(CodeSendings, ReachThirtyStrangersOfASourceThatEntersNone) {
  EXPECT_EQ(reach("stranger", "@example.kr", 200, "robot"), 30);
  EXPECT_EQ(ask("one.more@example.kr", "robot", sending_day + 59min), "too_many_attempts");
  EXPECT_EQ(ask("one.more@example.kr", "elsewhere", sending_day), "nothing");
  EXPECT_EQ(ask("late@example.kr", "robot", sending_day + 61min), "nothing");
}

TEST_F(CodeSendings, ReachNoStrangersByTextForMailboxesOfOnesOwn) {
  for (int own = 0; own < 20; ++own) {
    const std::string mailbox = "own" + std::to_string(own) + "@example.kr";
    ASSERT_EQ(ask(mailbox, "robot", sending_day), "nothing");
    enter(mailbox, "robot", sending_day);
  }
  EXPECT_EQ(reach("0109999", "", 200, "robot"), 30);
  EXPECT_EQ(reach("stranger", "@example.kr", 200, "robot"), 50) << "one for each account that was made";
}

// A code for a new password that is entered frees its own place and bears nobody else: it can be had again and again.
TEST_F(CodeSendings, OfOneAccountThatEntersManyBearNobodyElse) {
  for (int time = 0; time < 5; ++time) {
    ASSERT_EQ(ask("own@example.kr", "robot", sending_day, CodePurpose::reset), "nothing");
    enter("own@example.kr", "robot", sending_day, CodePurpose::reset);
  }
  EXPECT_EQ(ask("own@example.kr", "robot", sending_day, CodePurpose::reset), "too_many_attempts");
  EXPECT_EQ(reach("stranger", "@example.kr", 200, "robot"), 30);
}

// Red while every spelling was a contact of its own: thirty codes an hour reached one mailbox from each address.
TEST_F(CodeSendings, ReachOneMailboxFiveTimesFromASourceHoweverItIsSpelt) {
  EXPECT_EQ(reach("victim+", "@example.kr", 30, "robot"), 5);
  EXPECT_EQ(ask("v.ic.tim@example.kr", "robot", sending_day), "too_many_attempts");
  EXPECT_EQ(ask("vic@example.kr", "robot", sending_day), "nothing") << "another mailbox";
  int sent = 5;
  for (int robot = 0; robot < 30; ++robot)
    sent += ask("victim+" + std::to_string(robot) + "@example.kr", "robot " + std::to_string(robot), sending_day) == "nothing" ? 1 : 0;
  EXPECT_EQ(sent, 15) << "from everywhere";
}

// Red while every device that an account was in with had five of its own: who signs in a hundred times was sent five hundred.
TEST_F(CodeSendings, OfAllDevicesOfAnAccountAreFifteenAnHour) {
  const services::Contact contact{services::Channel::sms, "01012345678"};
  services::ApplicantAccount account;
  account.id = "p-own";
  account.channel = contact.channel;
  account.contact = contact.address;
  const std::optional<services::ApplicantAccount> own(account);
  int sent = 0;
  for (int device = 10; device < 30; ++device) {
    const services::Visitor visitor{"home", std::string(62, 'd') + std::to_string(device)};
    accounts.remember_device(account.id, sha256(visitor.device).hex(), sending_day);
    for (int time = 0; time < 6; ++time) {
      const std::string ticket = std::to_string(device) + " " + std::to_string(time);
      sent += code_thrown([&] {
                services::count_sending(accounts, attempts, {ticket, CodePurpose::reset, contact, own}, visitor, sending_day);
              }) == "nothing"
                  ? 1
                  : 0;
    }
  }
  EXPECT_EQ(sent, 15);
}

TEST_F(CodeSendings, MakeAThousandAccountsOfASourceAnHourAtMost) {
  int made = 0;
  for (int own = 0; own < 1200; ++own) {
    const std::string mailbox = "own" + std::to_string(own) + "@example.kr";
    if (ask(mailbox, "robot", sending_day) != "nothing") break;
    enter(mailbox, "robot", sending_day);
    ++made;
  }
  EXPECT_EQ(made, 1000);
  EXPECT_EQ(ask("known@example.kr", "robot", sending_day, CodePurpose::sign_in), "nothing") << "who has an account comes in";
}

TEST_F(CodeSendings, ThatAreRefusedForTheContactUseNothingOfTheSource) {
  for (int time = 0; time < 5; ++time) ASSERT_EQ(ask("a@example.kr", "school", sending_day), "nothing");
  for (int time = 0; time < 40; ++time) EXPECT_EQ(ask("a@example.kr", "school", sending_day), "too_many_attempts");
  EXPECT_EQ(reach("pupil", "@example.kr", 100, "school"), 25);
}

TEST_F(CodeSendings, OfOneMomentExceedNoLimit) {
  std::atomic<int> sent{0};
  std::vector<std::thread> robots;
  for (int robot = 0; robot < 8; ++robot) {
    robots.emplace_back([&, robot] { sent += reach("r" + std::to_string(robot) + "x", "@example.kr", 10, "robot"); });
  }
  for (std::thread& robot : robots) robot.join();
  EXPECT_EQ(sent, 30);
}

}  // namespace
}  // namespace hanjari::tests
