// Sign-in, second factor, limits and passwords.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "accounts/account_repository_contract.h"
#include "hanjari/accounts/contacts.h"
#include "hanjari/accounts/passwords.h"
#include "hanjari/domain/contact.h"
#include "stage/memory_repositories.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using services::Role;

const Instant now{std::chrono::hours(24 * 18'000)};
const std::string good_password = "seventeen small cats";

std::string code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().en.empty() || error.message().ko.empty());
    return error.code();
  }
  return "done";
}

struct Staff {
  Staff() {
    services::add_account(accounts, {"officer", Role::exam_officer}, good_password, {"administrator", "", now});
    enter({"home"});
  }
  // Through the password and the code, setting the second factor up the first time.
  services::SignIn enter(const services::Visitor& visitor) {
    at += 1min;
    const auto half = services::sign_in(accounts, attempts, "officer", good_password, "", visitor, at);
    if (half.session.stage == services::SessionStage::enrolment) {
      services::begin_enrolment(accounts, half.token, at);
      const std::string secret = services::find_half_session(accounts, half.token, at)->pending_secret;
      return services::finish_enrolment(accounts, attempts, half.token,
                                        services::totp_code(secret, services::totp_step_at(at)), visitor, at)
          .signed_in;
    }
    return services::confirm_code(accounts, attempts, half.token, code_of_account(accounts, "officer", at), visitor,
                                  at);
  }
  std::string guess(const services::Visitor& visitor, const std::string& password = "wrong",
                    const std::string& code = "") {
    return code_of([&] { services::sign_in(accounts, attempts, "officer", password, code, visitor, at); });
  }

  MemoryAccounts accounts;
  MemoryAttempts attempts;
  Instant at = now;
};

TEST(ApplicantAccounts, InMemoryDoWhatAccountRepositoriesDo) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  check_applicant_accounts(accounts, attempts, outbox, now);
}

TEST(Enrolments, InMemoryAreAsInTheDatabase) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  check_enrolments(accounts, attempts, now);
}

// Something happens in the moment before a session is stored.
struct AccountsInMotion : MemoryAccounts {
  void save_session(const std::string& hash, const services::Session& session, Instant at) override {
    if (const auto work = std::exchange(meanwhile, nullptr)) work();
    MemoryAccounts::save_session(hash, session, at);
  }
  std::function<void()> meanwhile;
};

// Red as long as only the sessions that were there ended with a change: this one came a moment later and stayed.
TEST(Enrolments, ThatWereOnTheirWayWhenThePasswordOrTheSecondFactorChangedAreNotBegun) {
  AccountsInMotion accounts;
  MemoryAttempts attempts;
  const services::Change change{"administrator", "", now};
  services::add_account(accounts, {"officer", Role::exam_officer}, good_password, change);
  const auto enter = [&](const std::string& password) {
    return code_of([&] { services::sign_in(accounts, attempts, "officer", password, "", {"home"}, now); });
  };
  accounts.meanwhile = [&] { services::set_password(accounts, "officer", "nineteen quiet geese", change); };
  EXPECT_EQ(enter(good_password), "wrong_credentials");
  EXPECT_TRUE(accounts.sessions.empty());
  accounts.meanwhile = [&] { give_second_factor(accounts, "officer", std::string(20, 's'), 0, {}, change); };
  EXPECT_EQ(enter("nineteen quiet geese"), "wrong_credentials");
  EXPECT_TRUE(accounts.sessions.empty());
  EXPECT_EQ(enter("nineteen quiet geese"), "done") << "now on the way to the code";
}

TEST(TakenOnce, InMemoryIsAsInTheDatabase) {
  MemoryAccounts accounts;
  check_taking_once(accounts, now);
}

// Does what it is told, and the answer to the call that `lost` names is not heard, once.
struct UnheardAccounts : MemoryAccounts {
  bool take_totp_step(const std::string& name, std::int64_t step, const std::string& by) override {
    return heard("take_totp_step", MemoryAccounts::take_totp_step(name, step, by));
  }
  void settle_totp_step(const std::string& name, std::int64_t step) override {
    MemoryAccounts::settle_totp_step(name, step);
    heard("settle_totp_step", true);
  }
  bool take_recovery_code(const std::string& name, const std::string& code, const std::string& by,
                          const services::Change& change) override {
    return heard("take_recovery_code", MemoryAccounts::take_recovery_code(name, code, by, change));
  }
  bool take_code(const std::string& ticket_hash, const std::string& by) override {
    return heard("take_code", MemoryAccounts::take_code(ticket_hash, by));
  }
  void add_applicant(const services::ApplicantAccount& account, const services::Change& change) override {
    MemoryAccounts::add_applicant(account, change);
    heard("add_applicant", true);
  }
  void change_applicant_password(const std::string& id, const std::string& hash,
                                 const services::Change& change) override {
    MemoryAccounts::change_applicant_password(id, hash, change);
    heard("change_applicant_password", true);
  }
  void save_session(const std::string& hash, const services::Session& session, Instant at) override {
    MemoryAccounts::save_session(hash, session, at);
    heard("save_session", true);
  }
  void remember_device(const std::string& account, const std::string& device, Instant at) override {
    MemoryAccounts::remember_device(account, device, at);
    heard("remember_device", true);
  }
  bool heard(const std::string& call, bool answer) {
    if (lost != call) return answer;
    lost.clear();
    throw Unavailable("database_lost", {"away", "없음"});
  }
  std::string lost;
};

// Red as long as a code was gone with its first use: the second try counted as a wrong guess.
TEST(UnheardAnswers, OfASecondStepLetTheSameHalfSessionTryAgainAndNobodyElse) {
  UnheardAccounts accounts;
  MemoryAttempts attempts;
  const services::Visitor visitor{"home"};
  Instant at = now;
  services::add_account(accounts, {"officer", Role::exam_officer}, good_password, {"administrator", "", now});
  const std::string recovery = "abcdefgh2345";
  give_second_factor(accounts, "officer", std::string(20, 's'), 0, {accounts.hash_secret("recovery", recovery)},
                    {"administrator", "", now});
  const auto half = [&] { return services::sign_in(accounts, attempts, "officer", good_password, "", visitor, at); };
  const auto confirm = [&](const services::SignIn& of, const std::string& code) {
    return code_of([&] { services::confirm_code(accounts, attempts, of.token, code, visitor, at); });
  };
  for (const char* call : {"take_totp_step", "save_session", "remember_device", "take_recovery_code"}) {
    at += 1min;
    const bool recovers = std::string(call) == "take_recovery_code";
    const std::string code = recovers ? recovery : code_of_account(accounts, "officer", at);
    const auto own = half();
    const auto another = half();
    accounts.lost = call;
    EXPECT_EQ(confirm(own, code), "database_lost") << call;
    EXPECT_EQ(attempts.count_misses("code/account/officer", at - 1h), 0) << call;
    EXPECT_EQ(confirm(another, code), "wrong_code") << call << ": the code is another's";
    EXPECT_EQ(confirm(own, code), "done") << call;
    EXPECT_EQ(confirm(own, code), "not_signed_in") << call << ": the half session is over";
    EXPECT_EQ(confirm(half(), code), "wrong_code") << call << ": and so is the code";
    attempts.misses.clear();
  }
}

// The password and the code in one step: the browser is who tries again.
TEST(UnheardAnswers, OfASignInWithTheCodeLetTheSameBrowserTryAgainUntilItIsIn) {
  UnheardAccounts accounts;
  MemoryAttempts attempts;
  Instant at = now;
  services::add_account(accounts, {"officer", Role::exam_officer}, good_password, {"administrator", "", now});
  give_second_factor(accounts, "officer", std::string(20, 's'), 0, {}, {"administrator", "", now});
  const auto enter = [&](const std::string& browser) {
    services::Visitor visitor{"home"};
    visitor.browser = browser;
    const std::string code = services::totp_code(std::string(20, 's'), services::totp_step_at(at));
    return code_of([&] { services::sign_in(accounts, attempts, "officer", good_password, code, visitor, at); });
  };
  const auto under_attack = [&] {
    at += 1min;
    attempts.misses.clear();
    for (int miss = 0; miss < 20; ++miss) attempts.record_miss("sign_in/account/officer", at);
  };
  for (const char* call : {"take_totp_step", "save_session"}) {
    under_attack();
    accounts.lost = call;
    EXPECT_EQ(enter("own"), "database_lost") << call;
    EXPECT_EQ(enter("another"), "wrong_credentials") << call;
    EXPECT_EQ(enter(""), "wrong_credentials") << call;
    EXPECT_EQ(enter("own"), "done") << call;
    EXPECT_EQ(enter("own"), "wrong_credentials") << call << ": once it is in, the code is over";
  }
  under_attack();
  accounts.lost = "settle_totp_step";
  EXPECT_EQ(enter("own"), "done") << "who is in stays in";
}

TEST(UnheardAnswers, OfASentCodeLetTheSameBrowserTryAgainUntilItIsIn) {
  UnheardAccounts accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  const std::string password = "blue kettle on a roof";
  services::Visitor own{"home"};
  own.browser = "own";
  services::Visitor another{"elsewhere"};
  another.browser = "another";
  int people = 0;
  const auto check = [&](const char* call, const auto& finish) {
    accounts.lost = call;
    EXPECT_EQ(finish(own), "database_lost") << call;
    EXPECT_EQ(finish(another), "code_expired") << call;
    EXPECT_EQ(finish(own), "done") << call;
    EXPECT_EQ(finish(own), "code_expired") << call << ": once it is in, the code is over";
  };
  for (const char* call : {"take_code", "add_applicant", "save_session", "remember_device"}) {
    const std::string contact = "person" + std::to_string(++people) + "@example.kr";
    const auto ticket =
        services::begin_sign_up(accounts, attempts, outbox, contact, password, Language::korean, own, now);
    const std::string code = outbox.newest_code();
    check(call, [&](const services::Visitor& visitor) {
      return code_of([&] { services::finish_sign_up(accounts, attempts, ticket, code, visitor, now); });
    });
    attempts.misses.clear();
  }
  EXPECT_EQ(accounts.applicants.size(), 4U) << "one account each";
  for (const char* call : {"take_code", "change_applicant_password", "save_session"}) {
    const auto ticket =
        services::begin_reset(accounts, attempts, outbox, "person1@example.kr", Language::korean, own, now);
    const std::string code = outbox.newest_code();
    check(call, [&](const services::Visitor& visitor) {
      return code_of(
          [&] { services::finish_reset(accounts, attempts, ticket, code, "green lamp under water", visitor, now); });
    });
    attempts.misses.clear();
  }
}

// How many of so many calls at the same moment end with this code.
int count_at_once(int calls, const std::string& ending, const std::function<void()>& call) {
  std::atomic<int> ended{0};
  std::vector<std::thread> threads;
  for (int at = 0; at < calls; ++at) {
    threads.emplace_back([&] {
      if (code_of(call) == ending) ++ended;
    });
  }
  for (std::thread& thread : threads) thread.join();
  return ended;
}

// Red when the guess is compared before it is counted: all of them were judged.
TEST(GuessesAtOnce, AtPasswordsCodesAndSentCodesAreJudgedUpToTheLimit) {
  constexpr int guesses = 16;
  Staff staff;
  const services::Visitor attacker{"cafe"};
  EXPECT_LE(count_at_once(guesses, "wrong_credentials",
                          [&] {
                            services::sign_in(staff.accounts, staff.attempts, "officer", "a wrong password", "",
                                              attacker, staff.at);
                          }),
            5);
  staff.attempts.misses.clear();
  for (const char* code : {"000000", "abcd-efgh-2345"}) {  // of an authenticator, and a recovery code
    const auto half =
        services::sign_in(staff.accounts, staff.attempts, "officer", good_password, "", attacker, staff.at);
    EXPECT_LE(count_at_once(guesses, "wrong_code",
                            [&] {
                              services::confirm_code(staff.accounts, staff.attempts, half.token, code, attacker,
                                                     staff.at);
                            }),
              5)
        << code;
    staff.attempts.misses.clear();
  }
  CodeMailbox outbox;
  const auto ticket = services::begin_sign_up(staff.accounts, staff.attempts, outbox, "person@example.kr",
                                              "blue kettle on a roof", Language::korean, attacker, now);
  const std::string wrong = outbox.newest_code() == "000000" ? "000001" : "000000";
  EXPECT_EQ(count_at_once(guesses, "wrong_code",
                          [&] {
                            services::finish_sign_up(staff.accounts, staff.attempts, ticket, wrong, attacker, now);
                          }),
            services::most_code_misses);
}

// The vectors of RFC 6238, appendix B, for SHA-1 (their last six digits).
TEST(Totp, GivesTheCodesOfTheStandard) {
  const std::string secret = "12345678901234567890";
  const std::vector<std::pair<std::int64_t, std::string>> vectors{{59, "287082"},         {1111111109, "081804"},
                                                                  {1111111111, "050471"}, {1234567890, "005924"},
                                                                  {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : vectors) EXPECT_EQ(services::totp_code(secret, seconds / 30), code) << seconds;
}

TEST(Totp, TakesTheNeighbouringStepsAndNoOther) {
  const std::string secret(20, 's');
  const std::int64_t step = services::totp_step_at(now);
  for (const std::int64_t by : {-1, 0, 1}) {
    EXPECT_EQ(services::find_totp_step(secret, services::totp_code(secret, step + by), now), step + by);
  }
  for (const std::int64_t by : {-2, 2}) {
    EXPECT_FALSE(services::find_totp_step(secret, services::totp_code(secret, step + by), now));
  }
  const std::string code = services::totp_code(secret, step);
  EXPECT_TRUE(services::find_totp_step(secret, code.substr(0, 3) + " " + code.substr(3), now));
  EXPECT_FALSE(services::find_totp_step(secret, code + "0", now));
  EXPECT_FALSE(services::find_totp_step("", services::totp_code("", step), now)) << "no secret, no code";
}

// RFC 4648, section 10.
TEST(Base32, IsWrittenAsTheStandardSays) {
  EXPECT_EQ(services::write_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(services::write_base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(services::write_base32("f"), "MY");
  EXPECT_EQ(services::write_base32(""), "");
}

TEST(SignIn, ClosesTheAccountToTheGuessingSourceAndToNobodyElse) {
  Staff staff;
  for (int miss = 0; miss < 5; ++miss) EXPECT_EQ(staff.guess({"attacker"}), "wrong_credentials");
  EXPECT_EQ(staff.guess({"attacker"}, good_password), "too_many_attempts");
  EXPECT_NO_THROW(staff.enter({"home"}));
  EXPECT_NO_THROW(staff.enter({"another place"}));
  staff.at += 16min;
  EXPECT_EQ(staff.guess({"attacker"}, good_password), "done") << "and only for a while";
}

TEST(SignIn, AsksUnknownDevicesForTheCodeWhenTheWholeWorldGuesses) {
  Staff staff;
  const auto known = staff.enter({"home"});
  for (int miss = 0; miss < 20; ++miss) staff.guess({"bot " + std::to_string(miss)});
  // The owner's device comes in as ever, from wherever.
  services::Visitor own{"a train", known.device};
  EXPECT_NO_THROW(staff.enter(own));
  // Any other device needs the code in the same step: a right password alone is not even told to be right.
  EXPECT_EQ(staff.guess({"new place"}, good_password), "code_needed");
  EXPECT_EQ(staff.guess({"new place"}, "wrong"), "code_needed");
  EXPECT_EQ(staff.guess({"new place"}, good_password, "000000"), "wrong_credentials");
  staff.at += 1min;
  const auto entered = services::sign_in(staff.accounts, staff.attempts, "officer", good_password,
                                         code_of_account(staff.accounts, "officer", staff.at), {"new place"}, staff.at);
  EXPECT_EQ(entered.session.stage, services::SessionStage::full);
}

TEST(SignIn, TakesTheNameAsKeyboardsWriteIt) {
  Staff staff;
  const services::Visitor visitor{"desk"};
  for (const char* name : {"Officer", " officer ", "ｏｆｆｉｃｅｒ", "officer\u200b"})
    EXPECT_NO_THROW(services::sign_in(staff.accounts, staff.attempts, name, good_password, "", visitor, staff.at)) << name;
}

TEST(SignIn, StopsASourceThatTriesManyAccounts) {
  Staff staff;
  for (int miss = 0; miss < 30; ++miss) {
    code_of([&] {
      services::sign_in(staff.accounts, staff.attempts, "name" + std::to_string(miss), "wrong", "", {"attacker"},
                        staff.at);
    });
  }
  EXPECT_EQ(staff.guess({"attacker"}), "code_needed") << "who has the second proof is not kept out by a neighbour";
  staff.at += 1min;
  EXPECT_NO_THROW(services::sign_in(staff.accounts, staff.attempts, "officer", good_password,
                                    code_of_account(staff.accounts, "officer", staff.at), {"attacker"}, staff.at));
  for (int miss = 0; miss < 270; ++miss) staff.attempts.record_miss("sign_in/source/attacker", staff.at);
  EXPECT_EQ(staff.guess({"attacker"}), "too_many_attempts");
  EXPECT_NO_THROW(staff.enter({"home"}));
}

// Red while devices outlived the password: a device that knew the old one was believed still.
TEST(SignIn, ForgetsTheDevicesWithTheirPassword) {
  Staff staff;
  const auto known = staff.enter({"home"});
  for (int miss = 0; miss < 20; ++miss) staff.guess({"bot " + std::to_string(miss)});
  const services::Visitor own{"a train", known.device};
  EXPECT_EQ(staff.guess(own), "wrong_credentials");
  services::set_password(staff.accounts, "officer", good_password, {"administrator", "new password", staff.at});
  EXPECT_EQ(staff.guess(own, good_password), "code_needed");
}

TEST(SignIn, LimitsGuessesAtTheCode) {
  Staff staff;
  staff.at += 1min;
  const auto half =
      services::sign_in(staff.accounts, staff.attempts, "officer", good_password, "", {"thief"}, staff.at);
  const auto guess = [&](const std::string& code) {
    return code_of(
        [&] { services::confirm_code(staff.accounts, staff.attempts, half.token, code, {"thief"}, staff.at); });
  };
  const std::string right = code_of_account(staff.accounts, "officer", staff.at);
  const std::string wrong = right == "111111" ? "222222" : "111111";
  for (int miss = 0; miss < 5; ++miss) EXPECT_EQ(guess(wrong), "wrong_code");
  EXPECT_EQ(guess(right), "too_many_attempts");
}

TEST(SignIn, OfAnApplicantUnderAttackGoesByASentCode) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  CodeMailbox outbox;
  const std::string password = "blue kettle on a roof";
  const auto ticket =
      services::begin_sign_up(accounts, attempts, outbox, "a@example.kr", password, Language::korean, {"home"}, now);
  const auto first = services::finish_sign_up(accounts, attempts, ticket, outbox.newest_code(), {"home"}, now);
  for (int miss = 0; miss < 20; ++miss) {
    code_of([&] {
      services::sign_in_applicant(accounts, attempts, outbox, "a@example.kr", "wrong", Language::korean,
                                  {"bot " + std::to_string(miss)}, now);
    });
  }
  const auto known = services::sign_in_applicant(accounts, attempts, outbox, "a@example.kr", password, Language::korean,
                                                 {"home", first.device}, now);
  EXPECT_TRUE(known.signed_in);
  const auto unknown = services::sign_in_applicant(accounts, attempts, outbox, "a@example.kr", password,
                                                   Language::korean, {"library"}, now);
  EXPECT_FALSE(unknown.signed_in);
  const auto entered =
      services::finish_sign_in(accounts, attempts, unknown.ticket, outbox.newest_code(), {"library"}, now);
  EXPECT_TRUE(services::find_session(accounts, entered.token, now));
}

TEST(Contacts, AreReadAsPeopleWriteThem) {
  const auto address = [](const char* typed) {
    const auto contact = services::parse_contact(typed);
    return contact ? contact->address : "";
  };
  EXPECT_EQ(address(" A.B@Example.KR "), "a.b@example.kr");
  for (const char* typed : {"010-1234-5678", "01012345678", "+82 10 1234 5678", "+82-010-1234-5678", "010 1234 5678"})
    EXPECT_EQ(address(typed), "01012345678") << typed;
  EXPECT_EQ(address("011-123-4567"), "0111234567");
  EXPECT_EQ(address("a@b.kr."), "a@b.kr") << "the end of a sentence is no part of it";
  for (const char* typed : {"", "a@b", "@b.kr", "a@.kr", "a b@c.kr", "a@b@c.kr", "a@b.kr\r\nBcc: c@d.kr",
                            "02-123-4567", "12345", "010-12x4-5678", "a@b..kr"})
    EXPECT_EQ(address(typed), "") << typed;
  EXPECT_EQ(services::mask_contact({services::Channel::sms, "01012345678"}), "010-****-5678");
  EXPECT_EQ(services::mask_contact({services::Channel::email, "hong@example.kr"}), "h***@example.kr");
}

// Red while a telephone number with words beside it was told how an e-mail address looks.
TEST(Contacts, AreToldWhatTheyLackAsWhatTheyAre) {
  const auto told = [](const char* typed) {
    ContactFault fault;
    return services::read_contact(typed, fault) ? std::string("read") : fault.what.en;
  };
  for (const char* number : {"010 2345 6789 (집)", "010-2345-6789 home", "+82 10 2345 6789 mobile", "(02) 1234-5678 회사", "０１０-2345-6789 엄마"})
    EXPECT_NE(told(number).find("telephone number cannot hold"), std::string::npos) << number << ": " << told(number);
  for (const char* number : {"휴대폰 010-2345-6789", "H.P. 010-2345-6789"}) EXPECT_EQ(told(number), "read") << number;
  for (const char* address : {"hong12345678", "홍길동", "2sky.example.com"})
    EXPECT_NE(told(address).find("e-mail address"), std::string::npos) << address << ": " << told(address);
}

TEST(Passwords, ThatAreTriedFirstAreRefused) {
  for (const char* known :
       {"password1234",   "P@ssw0rd1234!",    "qwertyuiop12",    "1q2w3e4r5t6y",    "abcdefghijkl",
        "aaaaaaaaaaaa",   "abcabcabcabc",     "123456789012",    "19970305!!!!",    "iloveyou2021",
        "Welcome2Seoul!", "qlalfqjsgh12",     "dkssudgktpdy1",   "비밀번호1234567", "대한민국서울시험12",
        "seoulseoul2026", "!!!administrator", "letmein.letmein", "zaq12wsx3edc",    "asdfghjkl;'1"})
    EXPECT_TRUE(services::is_known_password(known, {})) << known;
  EXPECT_TRUE(services::is_known_password("coordinator.jongno1", {"coordinator.jongno"}));
  EXPECT_TRUE(services::is_known_password("kimhanjari2026", {"kimhanjari"}));
  for (const char* good :
       {"seventeen small cats", "blue kettle on a roof", "twelve letters at least", "열두 글자가 넘는 비밀번호",
        "h7#kQ2vz!mPw", "감나무 밑 파란 주전자", "correct horse battery"})
    EXPECT_FALSE(services::is_known_password(good, {})) << good;
}

TEST(Passwords, AreJudgedByLengthAndNotByKindsOfCharacters) {
  const auto judge = [](const std::string& password, std::size_t least) {
    return code_of([&] { services::check_password(password, least, {}); });
  };
  EXPECT_EQ(judge("elevenchar!", 12), "weak_password");
  EXPECT_EQ(judge("열두글자가넘는파란주전자", 12), "done");
  EXPECT_EQ(judge("all lower case words", 12), "done");
  EXPECT_EQ(judge(std::string(1025, 'x'), 12), "weak_password");
  EXPECT_EQ(judge("bad \xff bytes in it", 12), "weak_password");
}

// Red when it followed the processors without an end: with 32 of them a crowd at the sign-in held all 64 threads, and
// nobody else was answered.
TEST(PasswordWork, LeavesThreadsToOthersOnEveryMachine) {
  constexpr int threads = 64;
  for (const int processors : {0, 1, 2, 16, 32, 256}) {
    const services::PasswordLimits limits = services::usual_password_limits(processors);
    EXPECT_GE(limits.at_once, 2) << processors;
    EXPECT_LE(limits.at_once + limits.waiting, threads * 3 / 4) << processors;
  }
}

TEST(PasswordWork, IsBoundedAndSaysSoWhenTheLineIsFull) {
  const services::PasswordLimits limits{1, 1, 200};
  const services::PasswordPlace running(limits);
  EXPECT_EQ(code_of([&] { services::PasswordPlace late({1, 1, 1}); }), "sign_in_busy") << "waited in vain";
  std::atomic<bool> waits{false};
  std::thread waiting([&] {
    waits = true;
    EXPECT_EQ(code_of([&] { services::PasswordPlace second(limits); }), "sign_in_busy");
  });
  while (!waits) std::this_thread::yield();
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(code_of([&] { services::PasswordPlace third(limits); }), "sign_in_busy") << "the line is full";
  waiting.join();
}

// Red when it said that 0 were waiting.
TEST(PasswordWork, CountsNobodyWhereNobodyWaits) {
  const services::PasswordLimits limits{1, 0, 1};
  const services::PasswordPlace running(limits);
  try {
    const services::PasswordPlace late(limits);
    FAIL() << "there is one place only";
  } catch (const Error& busy) {
    EXPECT_EQ(busy.code(), "sign_in_busy");
    EXPECT_EQ(busy.message().en.find("waiting"), std::string::npos) << busy.message().en;
    EXPECT_EQ(busy.message().ko.find("명이"), std::string::npos) << busy.message().ko;
  }
}

}  // namespace
}  // namespace hanjari::tests
