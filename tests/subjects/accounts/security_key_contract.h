// Security keys as the repository in memory and the one in the database keep them.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "accounts/account_repository_contract.h"
#include "accounts/software_key.h"
#include "stage/code_thrown.h"

namespace hanjari::tests {

inline void check_security_keys(services::AccountRepository& accounts, services::AttemptLimit& attempts, Instant now) {
  using namespace std::chrono_literals;
  const std::string password = "seventeen small cats";
  const std::string secret(20, 's');
  const services::Change change{"tester", "", now};
  for (const char* district : {"11110", "11140"}) {
    services::add_account(accounts, coordinator_of(district), password, change);
    give_second_factor(accounts, coordinator_of(district).account, secret, 0, {}, change);
  }
  const services::Actor actor = coordinator_of("11110");
  const std::string session(64, 'a');
  Instant at = now;
  // Each call has a code of its own.
  const auto code = [&] {
    at += 30s;
    return services::totp_code(secret, services::totp_step_at(at));
  };
  const auto add = [&](const services::Actor& who, const SoftwareKey& key) {
    const std::string typed = code();
    return code_thrown([&] {
      services::add_security_key(accounts, attempts, who, typed, key.make(services::key_challenge(accounts, session)), key.origin(),
                                 session, at);
    });
  };
  SoftwareKey first("first key");
  SoftwareKey second("second key");
  EXPECT_EQ(code_thrown([&] {
              services::add_security_key(accounts, attempts, actor, "000000", first.make(services::key_challenge(accounts, session)),
                                         first.origin(), session, at);
            }),
            "wrong_code");
  EXPECT_TRUE(accounts.list_security_keys(actor.account).empty());
  EXPECT_EQ(add(actor, first), "nothing");
  EXPECT_EQ(add(actor, second), "nothing");
  EXPECT_EQ(add(coordinator_of("11140"), first), "security_key_known");
  const auto kept = accounts.list_security_keys(actor.account);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].id, "first key");
  EXPECT_EQ(kept[0].public_key, first.public_key());
  EXPECT_EQ(kept[0].site, "office.example.kr");
  EXPECT_FALSE(kept[0].used_at);

  const services::Visitor visitor{"home"};
  const auto half = [&] {
    at += 1min;
    return services::sign_in(accounts, attempts, actor.account, password, "", visitor, at).token;
  };
  const auto confirm = [&](const std::string& token, const services::KeyAnswer& answer, const std::string& origin) {
    return code_thrown([&] { services::confirm_key(accounts, attempts, token, answer, origin, visitor, at); });
  };
  const std::string token = half();
  const services::KeyAnswer answer = second.answer(services::key_challenge(accounts, token));
  EXPECT_EQ(confirm(token, answer, second.origin()), "nothing");
  EXPECT_EQ(accounts.list_security_keys(actor.account)[1].uses, 1);
  EXPECT_TRUE(accounts.list_security_keys(actor.account)[1].used_at);
  EXPECT_EQ(confirm(token, answer, second.origin()), "not_signed_in") << "the half-open session has ended";
  EXPECT_EQ(confirm(half(), answer, second.origin()), "wrong_code") << "an answer of another session";
  // A copy of the key is behind with its counter.
  const std::string again = half();
  second.uses = 0;
  EXPECT_EQ(confirm(again, second.answer(services::key_challenge(accounts, again)), second.origin()), "wrong_code");
  EXPECT_EQ(confirm(again, second.answer(services::key_challenge(accounts, again)), second.origin()), "nothing");
  services::SecurityKey seen = accounts.list_security_keys(actor.account)[1];
  const services::SecurityKey earlier = kept[1];
  EXPECT_FALSE(accounts.take_security_key(actor.account, earlier, 9, at)) << "the counter is another by now";
  // Of two calls that read the key before either was noted one is taken, whether the key counts or not.
  EXPECT_TRUE(accounts.take_security_key(actor.account, seen, seen.uses, at + 1s));
  EXPECT_FALSE(accounts.take_security_key(actor.account, seen, seen.uses, at + 2s)) << "it was used since";

  EXPECT_EQ(code_thrown([&] { services::remove_security_key(accounts, attempts, actor, "000000", "second key", session, at); }), "wrong_code");
  EXPECT_EQ(accounts.list_security_keys(actor.account).size(), 2U);
  const std::string typed = code();
  services::remove_security_key(accounts, attempts, actor, typed, "second key", session, at);
  EXPECT_EQ(accounts.list_security_keys(actor.account).size(), 1U);
  const std::string once_more = code();
  EXPECT_EQ(code_thrown([&] { services::remove_security_key(accounts, attempts, actor, once_more, "second key", session, at); }),
            "security_key_not_found");
  const std::string gone = half();
  EXPECT_EQ(confirm(gone, second.answer(services::key_challenge(accounts, gone)), second.origin()), "wrong_code");
  services::reset_second_factor(accounts, actor.account, change);
  EXPECT_TRUE(accounts.list_security_keys(actor.account).empty()) << "no key outlives the second factor";
}

}  // namespace hanjari::tests
