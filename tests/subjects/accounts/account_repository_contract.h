// What every AccountRepository and AttemptLimit must do: run on the one in memory and on the database.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "hanjari/accounts/accounts.h"
#include "hanjari/accounts/totp.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "stage/memory_accounts.h"

namespace hanjari::tests {

inline services::Actor coordinator_of(const std::string& district) {
  return {"coordinator." + district, services::Role::district_coordinator, DistrictCode(district)};
}

// The code that an account's authenticator shows.
inline std::string code_of_account(services::AccountRepository& accounts, const std::string& name, Instant at) {
  return services::totp_code(accounts.find_account(name)->totp_secret, services::totp_step_at(at));
}

inline void check_account_repository(services::AccountRepository& accounts, services::AttemptLimit& attempts,
                                     Instant now) {
  using namespace std::chrono_literals;
  const std::string password = "seventeen small cats";
  const std::string name = "coordinator.11110";
  const services::Visitor visitor{"s1", {}, "a browser", "req-1"};
  const services::Change change{"tester", "new in the office", now};
  services::add_account(accounts, coordinator_of("11110"), password, change);
  const auto code_of = [](const auto& work) -> std::string {
    try {
      work();
    } catch (const Error& error) {
      return error.code();
    }
    return "done";
  };
  EXPECT_EQ(code_of([&] { services::add_account(accounts, coordinator_of("11110"), password, change); }),
            "account_exists");
  EXPECT_EQ(code_of([&] { services::sign_in(accounts, attempts, name, "wrong password", "", visitor, now); }),
            "wrong_credentials");
  EXPECT_EQ(code_of([&] { services::sign_in(accounts, attempts, "nobody.here", password, "", visitor, now); }),
            "wrong_credentials");

  // The password alone opens nothing: first the second factor is set up.
  const auto first = services::sign_in(accounts, attempts, name, password, "", visitor, now);
  EXPECT_FALSE(services::find_session(accounts, first.token, now));
  ASSERT_TRUE(services::find_half_session(accounts, first.token, now));
  const auto enrolment = services::begin_enrolment(accounts, first.token, now);
  EXPECT_EQ(services::begin_enrolment(accounts, first.token, now).secret, enrolment.secret);
  const std::string secret = services::find_half_session(accounts, first.token, now)->pending_secret;
  EXPECT_EQ(secret.size(), 20u);
  EXPECT_EQ(code_of([&] { services::finish_enrolment(accounts, attempts, first.token, "000000", visitor, now); }),
            "wrong_code");
  const auto enrolled = services::finish_enrolment(
      accounts, attempts, first.token, services::totp_code(secret, services::totp_step_at(now)), visitor, now);
  EXPECT_EQ(enrolled.recovery_codes.size(), 10u);
  EXPECT_EQ(accounts.count_recovery_codes(name), 10);
  EXPECT_TRUE(services::is_recovery_code(accounts, name, enrolled.recovery_codes[3]));
  EXPECT_FALSE(services::is_recovery_code(accounts, "nobody", enrolled.recovery_codes[3]));
  EXPECT_FALSE(services::find_half_session(accounts, first.token, now)) << "the token changes with the rights";
  const services::SignIn& signed_in = enrolled.signed_in;
  EXPECT_EQ(signed_in.token.size(), 64u);
  EXPECT_NE(signed_in.token, signed_in.session.csrf_token);
  const auto found = services::find_session(accounts, signed_in.token, now + 1min);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->actor.account, name);
  EXPECT_EQ(found->actor.role, services::Role::district_coordinator);
  EXPECT_EQ(found->actor.district, DistrictCode("11110"));
  EXPECT_EQ(found->csrf_token, signed_in.session.csrf_token);
  EXPECT_EQ(found->expires_at, signed_in.session.expires_at);
  EXPECT_FALSE(services::find_session(accounts, std::string(64, '0'), now + 1min));

  // Use keeps a session alive; half an hour without use ends it.
  EXPECT_TRUE(services::find_session(accounts, signed_in.token, now + 25min));
  EXPECT_TRUE(services::find_session(accounts, signed_in.token, now + 50min));
  EXPECT_FALSE(services::find_session(accounts, signed_in.token, now + 85min));

  // A code is good once.
  auto at = now + 2h;
  const auto enter = [&](Instant when) {
    const auto half = services::sign_in(accounts, attempts, name, password, "", visitor, when);
    return services::confirm_code(accounts, attempts, half.token, code_of_account(accounts, name, when), visitor, when);
  };
  const auto again = enter(at);
  EXPECT_TRUE(services::find_session(accounts, again.token, at));
  EXPECT_EQ(code_of([&] { enter(at); }), "wrong_code");
  services::sign_out(accounts, again.token);
  EXPECT_FALSE(services::find_session(accounts, again.token, at));
  // And so is a recovery code.
  const auto recover = [&](const std::string& recovery) {
    const auto half = services::sign_in(accounts, attempts, name, password, "", visitor, at);
    services::confirm_code(accounts, attempts, half.token, recovery, visitor, at);
  };
  EXPECT_EQ(code_of([&] { recover(enrolled.recovery_codes[3]); }), "done");
  EXPECT_EQ(code_of([&] { recover(enrolled.recovery_codes[3]); }), "wrong_code");
  EXPECT_EQ(accounts.count_recovery_codes(name), 9);
  EXPECT_FALSE(services::is_recovery_code(accounts, name, enrolled.recovery_codes[3])) << "used";

  // The own sessions are listed, and ended one by one or all but this.
  at += 5min;
  const auto one = enter(at);
  at += 1min;
  const auto two = enter(at);
  services::Actor actor = two.session.actor;
  auto own = services::list_own_sessions(accounts, actor, at);
  ASSERT_EQ(own.size(), 3u);
  EXPECT_EQ(own.front().source, "s1");
  EXPECT_EQ(own.front().agent, "a browser");
  services::end_session(accounts, actor, sha256(one.token).hex().substr(0, 16), at);
  EXPECT_FALSE(services::find_session(accounts, one.token, at));
  services::end_session(accounts, {"somebody.else", services::Role::auditor}, sha256(two.token).hex().substr(0, 16),
                        at);
  EXPECT_TRUE(services::find_session(accounts, two.token, at));
  services::end_other_sessions(accounts, actor, two.token, at);
  EXPECT_EQ(services::list_own_sessions(accounts, actor, at).size(), 1u);
  EXPECT_TRUE(services::find_session(accounts, two.token, at));

  // Also a session that is used all the time ends at its hour.
  const auto ends = two.session.expires_at;
  for (auto use = at; use < ends; use += 20min) EXPECT_TRUE(services::find_session(accounts, two.token, use));
  EXPECT_FALSE(services::find_session(accounts, two.token, ends + 1s));

  // A new password, a lost authenticator and a closed account end what was open.
  at = ends + 1h;
  const auto open = enter(at);
  services::set_password(accounts, name, "nineteen quiet geese", {"admin", "asked", at});
  EXPECT_FALSE(services::find_session(accounts, open.token, at));
  services::reset_second_factor(accounts, name, {"admin", "lost telephone", at});
  const auto anew = services::sign_in(accounts, attempts, name, "nineteen quiet geese", "", visitor, at);
  EXPECT_EQ(services::find_half_session(accounts, anew.token, at)->stage, services::SessionStage::enrolment);
  services::set_disabled(accounts, name, true, {"admin", "left", at});
  EXPECT_FALSE(services::find_half_session(accounts, anew.token, at));
  EXPECT_EQ(code_of([&] { services::sign_in(accounts, attempts, name, "nineteen quiet geese", "", visitor, at); }),
            "wrong_credentials");

  accounts.link_account(name, "https://id.example.kr", "subject-1", {"admin", "", at});
  EXPECT_EQ(accounts.find_linked("https://id.example.kr", "subject-1")->actor.account, name);
  EXPECT_FALSE(accounts.find_linked("https://id.example.kr", "subject-2"));

  const auto later = at + 48h;
  for (int miss = 0; miss < 10; ++miss) attempts.record_miss("key", later + std::chrono::seconds(miss));
  EXPECT_EQ(attempts.count_misses("key", later - 1s), 10);
  EXPECT_EQ(attempts.count_misses("key", later + 4s), 5);
  EXPECT_EQ(attempts.count_misses("another", later - 1s), 0);
}

// An enrolment takes nothing over: neither after a change of the password nor after another enrolment. Red as long as
// finishing one looked at its own session only.
inline void check_enrolments(services::AccountRepository& accounts, services::AttemptLimit& attempts, Instant now) {
  const services::Actor actor = coordinator_of("11170");
  const std::string& name = actor.account;
  const services::Visitor visitor{"s1"};
  const services::Change change{"tester", "", now};
  services::add_account(accounts, actor, "seventeen small cats", change);
  const auto begin = [&](const std::string& password) {
    auto half = services::sign_in(accounts, attempts, name, password, "", visitor, now);
    services::begin_enrolment(accounts, half.token, now);
    return half;
  };
  const auto secret_of = [&](const services::SignIn& half) {
    return services::find_half_session(accounts, half.token, now).value().pending_secret;
  };
  const auto finish = [&](const services::SignIn& half, const std::string& secret) -> std::string {
    try {
      services::finish_enrolment(accounts, attempts, half.token,
                                 services::totp_code(secret, services::totp_step_at(now)), visitor, now);
    } catch (const Error& error) {
      return error.code();
    }
    return "done";
  };

  const services::SignIn stale = begin("seventeen small cats");
  const std::string stale_secret = secret_of(stale);
  services::set_password(accounts, name, "nineteen quiet geese", change);
  EXPECT_EQ(finish(stale, stale_secret), "not_signed_in") << "begun with the first password";
  accounts.offer_secret(sha256(stale.token).hex(), stale_secret);
  EXPECT_FALSE(services::find_half_session(accounts, stale.token, now)) << "an ended session comes back by nothing";
  EXPECT_FALSE(accounts.enrol_second_factor(sha256(stale.token).hex(), name, stale_secret, 1, {}, change));
  EXPECT_TRUE(accounts.find_account(name)->totp_secret.empty());

  const services::SignIn mine = begin("nineteen quiet geese");
  const services::SignIn another = begin("nineteen quiet geese");
  const std::string my_secret = secret_of(mine);
  const std::string another_secret = secret_of(another);
  EXPECT_EQ(finish(mine, my_secret), "done");
  EXPECT_FALSE(services::find_half_session(accounts, another.token, now)) << "all half-open sessions end";
  EXPECT_EQ(finish(another, another_secret), "not_signed_in");
  // Also a session that was stored a moment later.
  accounts.save_session(sha256(another.token).hex(), another.session, now);
  EXPECT_FALSE(accounts.enrol_second_factor(sha256(another.token).hex(), name, another_secret, 1, {}, change));
  EXPECT_EQ(accounts.find_account(name)->totp_secret, my_secret);
  EXPECT_EQ(accounts.count_recovery_codes(name), 10);

  // Whoever was not told of the own enrolment sets it again.
  accounts.save_session(sha256(mine.token).hex(), mine.session, now);
  EXPECT_TRUE(accounts.enrol_second_factor(sha256(mine.token).hex(), name, my_secret, 1, {}, change));
  EXPECT_FALSE(services::find_half_session(accounts, another.token, now));

  const auto step = accounts.find_account(name)->totp_step;
  const std::string code(16, 'c');
  EXPECT_FALSE(accounts.replace_recovery_codes(name, step + 1, {code}, change)) << "of a step that nobody took";
  EXPECT_TRUE(accounts.replace_recovery_codes(name, step, {code}, change));
  services::reset_second_factor(accounts, name, change);
  EXPECT_FALSE(accounts.replace_recovery_codes(name, step, {code}, change)) << "forgotten meanwhile";
  EXPECT_TRUE(accounts.find_account(name)->totp_secret.empty()) << "and renewed codes bring it back by nothing";
}

// What can be taken once: again by who took it and was not told, by nobody else, and by nobody once it is settled.
inline void check_taking_once(services::AccountRepository& accounts, Instant now) {
  using namespace std::chrono_literals;
  const std::string me(32, '1');
  const std::string another(32, '2');
  const services::Actor actor = coordinator_of("11140");
  const std::string& name = actor.account;
  const services::Change change{"tester", "", now};
  services::add_account(accounts, actor, "seventeen small cats", change);
  const std::string recovery(16, 'c');
  give_second_factor(accounts, name, std::string(20, 's'), 5, {recovery}, change);

  EXPECT_FALSE(accounts.take_totp_step(name, 5, me)) << "taken by the enrolment";
  EXPECT_TRUE(accounts.take_totp_step(name, 7, me));
  EXPECT_TRUE(accounts.take_totp_step(name, 7, me));
  EXPECT_FALSE(accounts.take_totp_step(name, 6, me)) << "an earlier one";
  EXPECT_FALSE(accounts.take_totp_step(name, 7, another));
  EXPECT_FALSE(accounts.take_totp_step(name, 7, ""));
  accounts.settle_totp_step(name, 7);
  EXPECT_FALSE(accounts.take_totp_step(name, 7, me));
  EXPECT_TRUE(accounts.take_totp_step(name, 8, ""));
  EXPECT_FALSE(accounts.take_totp_step(name, 8, ""));

  EXPECT_TRUE(accounts.take_recovery_code(name, recovery, me, change));
  EXPECT_EQ(accounts.count_recovery_codes(name), 0);
  EXPECT_TRUE(accounts.take_recovery_code(name, recovery, me, change));
  EXPECT_FALSE(accounts.take_recovery_code(name, recovery, another, change));
  EXPECT_FALSE(accounts.take_recovery_code(name, recovery, "", change));
  EXPECT_FALSE(accounts.take_recovery_code(name, std::string(16, 'd'), me, change)) << "never there";

  services::SentCode sent;
  sent.ticket_hash = std::string(64, 'e');
  sent.contact = "sky@example.com";
  sent.code_hash = std::string(16, 'h');
  sent.expires_at = now + 10min;
  accounts.save_code(sent);
  EXPECT_TRUE(accounts.find_code(sent.ticket_hash, "", now));
  EXPECT_TRUE(accounts.take_code(sent.ticket_hash, me));
  EXPECT_TRUE(accounts.find_code(sent.ticket_hash, me, now));
  EXPECT_TRUE(accounts.reserve_code_try(sent.ticket_hash, me));
  EXPECT_TRUE(accounts.take_code(sent.ticket_hash, me));
  for (const std::string& other : {another, std::string()}) {
    EXPECT_FALSE(accounts.find_code(sent.ticket_hash, other, now));
    EXPECT_FALSE(accounts.reserve_code_try(sent.ticket_hash, other));
    EXPECT_FALSE(accounts.take_code(sent.ticket_hash, other));
  }
  accounts.settle_code(sent.ticket_hash);
  EXPECT_FALSE(accounts.find_code(sent.ticket_hash, me, now));
  EXPECT_FALSE(accounts.take_code(sent.ticket_hash, me));
}

// Accounts of applicants, from sign-up to a forgotten password.
inline void check_applicant_accounts(services::AccountRepository& accounts, services::AttemptLimit& attempts,
                                     CodeMailbox& outbox, Instant now) {
  using namespace std::chrono_literals;
  const services::Visitor visitor{"192.0.2.9"};
  const std::string password = "blue kettle on a roof";
  const auto code_of = [](const auto& work) -> std::string {
    try {
      work();
    } catch (const Error& error) {
      return error.code();
    }
    return "done";
  };
  const auto sign_up = [&](const std::string& contact) {
    return services::begin_sign_up(accounts, attempts, outbox, contact, password, Language::korean, visitor, now);
  };
  EXPECT_EQ(code_of([&] { sign_up("not a contact"); }), "bad_contact");
  const std::string ticket = sign_up("  Hong.Gildong@Example.KR ");
  EXPECT_EQ(outbox.sent.back().to, "hong.gildong@example.kr");
  EXPECT_EQ(outbox.sent.back().useless_after, now + services::code_length);
  EXPECT_EQ(code_of([&] { services::finish_sign_up(accounts, attempts, ticket, "12", visitor, now); }), "wrong_code");
  const auto entered = services::finish_sign_up(accounts, attempts, ticket, outbox.newest_code(), visitor, now);
  EXPECT_EQ(entered.session.actor.role, services::Role::applicant);
  EXPECT_EQ(entered.session.actor.account.size(), 21u);
  ASSERT_TRUE(services::find_session(accounts, entered.token, now));
  EXPECT_EQ(services::find_session(accounts, entered.token, now)->actor.account, entered.session.actor.account);
  EXPECT_EQ(code_of([&] { services::finish_sign_up(accounts, attempts, ticket, outbox.newest_code(), visitor, now); }),
            "code_expired")
      << "a code is good once";
  EXPECT_EQ(accounts.find_applicant(entered.session.actor.account)->contact, "hong.gildong@example.kr");

  // Who has an account is told so in the message, and no code is right; from outside it looks the same.
  const std::string second = sign_up("hong.gildong@example.kr");
  EXPECT_EQ(second.size(), ticket.size());
  EXPECT_EQ(outbox.newest_code(), "");
  EXPECT_EQ(code_of([&] { services::finish_sign_up(accounts, attempts, second, "123456", visitor, now); }),
            "wrong_code");

  // Five wrong codes and it is over.
  const std::string guessed = sign_up("010-1234-5678");
  EXPECT_EQ(outbox.sent.back().channel, services::Channel::sms);
  EXPECT_EQ(outbox.sent.back().to, "01012345678");
  const std::string right = outbox.newest_code();
  const std::string wrong = right == "000000" ? "000001" : "000000";
  for (int miss = 0; miss < services::most_code_misses; ++miss) {
    EXPECT_EQ(code_of([&] { services::finish_sign_up(accounts, attempts, guessed, wrong, visitor, now); }),
              "wrong_code");
  }
  EXPECT_EQ(code_of([&] { services::finish_sign_up(accounts, attempts, guessed, right, visitor, now); }),
            "code_expired");
  const std::string late = sign_up("010-1234-5678");
  EXPECT_EQ(code_of([&] {
              services::finish_sign_up(accounts, attempts, late, outbox.newest_code(), visitor,
                                       now + services::code_length);
            }),
            "code_expired");

  const auto sign_in = [&](const std::string& contact, const std::string& word) {
    return services::sign_in_applicant(accounts, attempts, outbox, contact, word, Language::korean, visitor, now);
  };
  EXPECT_TRUE(sign_in("HONG.gildong@example.kr", password).signed_in);
  EXPECT_EQ(code_of([&] { sign_in("hong.gildong@example.kr", "another"); }), "wrong_credentials");
  EXPECT_EQ(code_of([&] { sign_in("nobody@example.kr", password); }), "wrong_credentials");

  // A forgotten password: the code sets a new one and ends every session.
  const auto reset =
      services::begin_reset(accounts, attempts, outbox, "hong.gildong@example.kr", Language::english, visitor, now);
  const std::size_t messages = outbox.sent.size();
  services::begin_reset(accounts, attempts, outbox, "nobody@example.kr", Language::english, visitor, now);
  EXPECT_EQ(outbox.sent.size(), messages) << "nobody is written to who has no account";
  services::finish_reset(accounts, attempts, reset, outbox.newest_code(), "green lamp under water", visitor, now);
  EXPECT_FALSE(services::find_session(accounts, entered.token, now));
  EXPECT_EQ(code_of([&] { sign_in("hong.gildong@example.kr", password); }), "wrong_credentials");
  EXPECT_TRUE(sign_in("hong.gildong@example.kr", "green lamp under water").signed_in);
}

}  // namespace hanjari::tests
