// What every AccountRepository and AttemptLimit must do: run on the one in memory and on the database.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "hanjari/base/error.h"
#include "hanjari/services/accounts.h"

namespace hanjari::tests {

inline services::Actor coordinator_of(const std::string& district) {
  return {"coordinator." + district, services::Role::district_coordinator, DistrictCode(district)};
}

inline void check_account_repository(services::AccountRepository& accounts, services::AttemptLimit& attempts,
                                     Instant now) {
  using namespace std::chrono_literals;
  const std::string password = "seventeen small cats";
  services::add_account(accounts, coordinator_of("11110"), password, now);
  const auto code_of = [](const auto& work) -> std::string {
    try {
      work();
    } catch (const Error& error) {
      return error.code();
    }
    return "done";
  };
  EXPECT_EQ(code_of([&] { services::add_account(accounts, coordinator_of("11110"), password, now); }),
            "account_exists");
  EXPECT_EQ(code_of([&] { services::sign_in(accounts, attempts, "coordinator.11110", "wrong password", "s1", now); }),
            "wrong_credentials");
  EXPECT_EQ(code_of([&] { services::sign_in(accounts, attempts, "nobody.here", password, "s1", now); }),
            "wrong_credentials");

  const auto signed_in = services::sign_in(accounts, attempts, "coordinator.11110", password, "s1", now);
  EXPECT_EQ(signed_in.token.size(), 64u);
  EXPECT_NE(signed_in.token, signed_in.session.csrf_token);
  const auto found = services::find_session(accounts, signed_in.token, now + 1min);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->actor.account, "coordinator.11110");
  EXPECT_EQ(found->actor.role, services::Role::district_coordinator);
  EXPECT_EQ(found->actor.district, DistrictCode("11110"));
  EXPECT_EQ(found->csrf_token, signed_in.session.csrf_token);
  EXPECT_EQ(found->expires_at, signed_in.session.expires_at);
  EXPECT_FALSE(services::find_session(accounts, std::string(64, '0'), now + 1min));

  // Use keeps a session alive; half an hour without use ends it.
  EXPECT_TRUE(services::find_session(accounts, signed_in.token, now + 25min));
  EXPECT_TRUE(services::find_session(accounts, signed_in.token, now + 50min));
  EXPECT_FALSE(services::find_session(accounts, signed_in.token, now + 85min));

  const auto again = services::sign_in(accounts, attempts, "coordinator.11110", password, "s1", now);
  services::sign_out(accounts, again.token);
  EXPECT_FALSE(services::find_session(accounts, again.token, now));

  // Also one that is used all the time ends at its hour.
  const auto busy = services::sign_in(accounts, attempts, "coordinator.11110", password, "s1", now);
  for (auto at = now; at < now + services::session_length; at += 20min) {
    EXPECT_TRUE(services::find_session(accounts, busy.token, at));
  }
  EXPECT_FALSE(services::find_session(accounts, busy.token, now + services::session_length + 1s));

  const auto later = now + 48h;
  for (int miss = 0; miss < 10; ++miss) attempts.record_miss("key", later + std::chrono::seconds(miss));
  EXPECT_EQ(attempts.count_misses("key", later - 1s), 10);
  EXPECT_EQ(attempts.count_misses("key", later + 4s), 5);
  EXPECT_EQ(attempts.count_misses("another", later - 1s), 0);
}

}  // namespace hanjari::tests
