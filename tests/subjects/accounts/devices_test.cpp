// Which devices are believed, and what nobody can take from somebody else.
#include <gtest/gtest.h>

#include <string>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/attempts.h"
#include "stage/code_thrown.h"
#include "stage/memory_repositories.h"

namespace hanjari::tests {
namespace {

const Instant device_time{std::chrono::hours(24 * 18'000)};

// Red when a device is looked up without its account: the attacker's own was believed at the victim's.
TEST(SignIn, BelievesADeviceOnlyAtTheAccountThatItWasInWith) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  const std::string password = "blue kettle on a roof";
  const auto sign_up = [&](const std::string& contact, const services::Visitor& visitor) {
    const auto ticket =
        services::begin_sign_up(accounts, attempts, outbox, contact, password, Language::korean, visitor, device_time);
    return services::finish_sign_up(accounts, attempts, ticket, outbox.newest_code(), visitor, device_time);
  };
  sign_up("victim@example.kr", {"home"});
  const auto attacker = sign_up("attacker@example.kr", {"away"});
  const services::Visitor device{"away", attacker.device};
  const auto guess = [&](const std::string& contact) {
    return code_thrown([&] {
      services::sign_in_applicant(accounts, attempts, outbox, contact, "wrong", Language::korean, device, device_time);
    });
  };
  for (int miss = 0; miss < 5; ++miss) EXPECT_EQ(guess("victim@example.kr"), "wrong_credentials");
  EXPECT_EQ(guess("victim@example.kr"), "too_many_attempts") << "as any stranger's";
}

// Red with one limit of a contact for the whole world: five strange requests kept its owner from a new password.
TEST(Reset, IsNotTakenFromTheOwnerByWhoeverAsksForCodes) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  const std::string password = "blue kettle on a roof";
  const auto ticket =
      services::begin_sign_up(accounts, attempts, outbox, "a@example.kr", password, Language::korean, {"home"}, device_time);
  const auto own = services::finish_sign_up(accounts, attempts, ticket, outbox.newest_code(), {"home"}, device_time);
  const auto ask = [&](const services::Visitor& visitor) {
    return code_thrown(
        [&] { services::begin_reset(accounts, attempts, outbox, "a@example.kr", Language::korean, visitor, device_time); });
  };
  for (int request = 0; request < 5; ++request) EXPECT_EQ(ask({"attacker"}), "nothing");
  EXPECT_EQ(ask({"attacker"}), "too_many_attempts");
  EXPECT_EQ(ask({"another place"}), "nothing") << "the owner, on a new device";
  for (int source = 0; source < 30; ++source) ask({"bot " + std::to_string(source)});
  EXPECT_EQ(ask({"yet another place"}), "too_many_attempts") << "nobody is sent more than fifteen an hour by strangers";
  EXPECT_EQ(ask({"a train", own.device}), "nothing") << "the owner's device has its own";
}

// Red while a school behind one address, where nobody had entered anything wrong, was told of wrong entries.
TEST(Limits, SayWhatWasTooOftenAndForHowLongAtMost) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  const std::string password = "blue kettle on a roof";
  Text told;
  for (int pupil = 0; pupil < 1000 && told.ko.empty(); ++pupil) {
    try {
      services::begin_sign_up(accounts, attempts, outbox, "pupil" + std::to_string(pupil) + "@example.kr", password,
                              Language::korean, {"school"}, device_time);
    } catch (const services::TooManyAttempts& refused) {
      told = refused.message();
    }
  }
  EXPECT_NE(told.ko.find("인증 번호를 여러 번 요청하여"), std::string::npos) << told.ko;
  EXPECT_EQ(told.ko.find("맞지 않는 입력"), std::string::npos) << told.ko;
  EXPECT_NE(told.ko.find("60분 안에"), std::string::npos) << told.ko;
  told = {};
  for (int miss = 0; miss < 10 && told.ko.empty(); ++miss) {
    try {
      services::sign_in_applicant(accounts, attempts, outbox, "nobody@example.kr", "wrong", Language::korean, {"away"},
                                  device_time);
    } catch (const services::TooManyAttempts& refused) {
      told = refused.message();
    } catch (const Error&) {
    }
  }
  EXPECT_NE(told.ko.find("맞지 않는 입력"), std::string::npos) << told.ko;
  EXPECT_NE(told.ko.find("15분 안에"), std::string::npos) << told.ko;
}

// Red while the thirty-first code of an hour behind one address was refused, though thirty people had entered theirs.
TEST(SignUps, BehindOneAddressGoOnWhileTheirCodesAreEntered) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  for (int pupil = 0; pupil < 33; ++pupil) {
    const std::string contact = "pupil" + std::to_string(pupil) + "@example.kr";
    const auto ticket = services::begin_sign_up(accounts, attempts, outbox, contact, "blue kettle on a roof", Language::korean,
                                                {"school"}, device_time);
    services::finish_sign_up(accounts, attempts, ticket, outbox.newest_code(), {"school"}, device_time);
  }
  EXPECT_EQ(accounts.applicants.size(), 33u);
}

}  // namespace
}  // namespace hanjari::tests
