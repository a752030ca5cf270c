// What codes and security keys of the staff have in common: their limits, and how they are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/attempts.h"

namespace hanjari::services {

[[noreturn]] void throw_wrong_code();
[[noreturn]] void throw_not_signed_in();

// What a guess at the authenticator's code of an account is counted under: 5 from a source in a quarter of an hour, 30 of
// the account in an hour. Who knows the password can use the thirty up; a device that was in before has 5 of its own.
std::vector<GuessLimit> code_limits(AccountRepository& accounts, const std::string& account, const Visitor& visitor,
                                    Instant now);
// What nobody but the holder of a session is counted under, so that nobody else uses it up: what cannot be guessed
// (recovery codes, security keys), and the steps of who is in.
std::vector<GuessLimit> session_code_limits(const std::string& session_token);

// Throws NotAllowed (not_signed_in) when the half-open session is over: finished, ended or ended by a change.
void require_half_session(AccountRepository& accounts, const std::string& token, Instant now);

[[noreturn]] void throw_wrong_key();
[[noreturn]] void throw_key_needed();

// Whether a code of the authenticator does not open the account, because it has a key and the installation asks for that.
bool opens_by_key_alone(AccountRepository& accounts, const std::string& name);

// The key of the account that gave this answer to this challenge, at its own site; its counter goes on.
bool take_key_answer(AccountRepository& accounts, const std::string& name, const KeyAnswer& answer,
                     std::string_view challenge, const std::string& origin, Instant now);

// The second factor of a step, counted as a guess before it is looked at. Gives the newest step of the authenticator
// whose code was taken, this one or an earlier. Throws as confirm_step.
std::int64_t take_step_factor(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor,
                              const StepFactor& factor, const std::string& session_token, Instant now);
// What the code was taken for is done.
void settle_step_factor(AccountRepository& accounts, const Actor& actor, const StepFactor& factor, std::int64_t step);

// The authenticator's code, once; gives its step.
std::optional<std::int64_t> take_code_of(AccountRepository& accounts, const Account& account, const std::string& code,
                                         const std::string& by, Instant now);

}  // namespace hanjari::services
