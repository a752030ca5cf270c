#include "accounts/second_factor.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "accounts/key_answers.h"
#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/accounts/totp.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::services {

void throw_wrong_code() {
  throw WrongCode({"The code is wrong, or it was used before.", "인증 번호가 올바르지 않거나 이미 사용되었습니다."});
}

void throw_wrong_key() {
  throw WrongCode({"The security key was not recognised. Try again, or use a code.",
                   "보안 키를 확인하지 못했습니다. 다시 시도하거나 인증 번호를 사용하십시오."});
}

void throw_key_needed() {
  throw WrongCode({"This account has a security key. Use it, or one of your recovery codes; codes of the authenticator do not open it.",
                   "보안 키가 등록된 계정이어서 인증 앱의 번호로는 로그인할 수 없습니다. 보안 키나 복구 코드를 사용하십시오."});
}

bool opens_by_key_alone(AccountRepository& accounts, const std::string& name) {
  return accounts.are_keys_alone() && !accounts.list_security_keys(name).empty();
}

void throw_not_signed_in() {
  throw NotAllowed("not_signed_in", {"Please sign in first.", "먼저 로그인하십시오."});
}

std::vector<GuessLimit> code_limits(AccountRepository& accounts, const std::string& account, const Visitor& visitor,
                                    Instant now) {
  const std::string device = visitor.device.size() == 64 ? sha256(visitor.device).hex() : std::string{};
  if (!device.empty() && accounts.knows_device(account, device, now))
    return {{"code/device/" + account + "/" + device, 5, std::chrono::minutes(15)}};
  // The account's own limit stops guessing from many places; only who knows the password gets as far as this.
  return {{"code/pair/" + account + "/" + source_of_limits(visitor.source), 5, std::chrono::minutes(15)},
          {"code/account/" + account, 30, std::chrono::minutes(60)}};
}

std::vector<GuessLimit> session_code_limits(const std::string& session_token) {
  return {{"code/session/" + sha256(session_token).hex(), 5, std::chrono::minutes(15)}};
}

void require_half_session(AccountRepository& accounts, const std::string& token, Instant now) {
  if (!find_half_session(accounts, token, now)) throw_not_signed_in();
}

std::optional<std::int64_t> take_code_of(AccountRepository& accounts, const Account& account, const std::string& code,
                                         const std::string& by, Instant now) {
  const auto step = find_totp_step(account.totp_secret, code, now);
  if (!step || !accounts.take_totp_step(account.actor.account, *step, by)) return std::nullopt;
  return step;
}

bool take_key_answer(AccountRepository& accounts, const std::string& name, const KeyAnswer& answer,
                     std::string_view challenge, const std::string& origin, Instant now) {
  if (!answers_call(answer.client_data, KeyCall::use, challenge, origin)) return false;
  const auto data = read_authenticator_data(answer.authenticator_data);
  if (!data || !data->touched) return false;
  for (const SecurityKey& key : accounts.list_security_keys(name)) {
    if (key.id != answer.id) continue;
    if (key.site != host_of_origin(origin) || data->site_hash != raw_sha256(key.site)) return false;
    if (!is_signed_by_key(key.public_key, answer.authenticator_data, answer.client_data, answer.signature)) return false;
    // A counter that does not grow is that of a copy.
    const bool counts = key.uses > 0 || data->uses > 0;
    if (counts && data->uses <= key.uses) return false;
    // No two uses have one moment: what a step asks for is another after each.
    const Instant used = key.used_at ? std::max(now, *key.used_at + std::chrono::microseconds(1)) : now;
    return accounts.take_security_key(name, key, data->uses, used);
  }
  return false;
}

std::string step_challenge(AccountRepository& accounts, const std::string& account, const std::string& session_token,
                           const std::string& what) {
  std::string signed_for = "step\n" + accounts.hash_secret("security_key", session_token) + "\n" + what;
  for (const SecurityKey& key : accounts.list_security_keys(account)) {
    const auto used = key.used_at ? key.used_at->time_since_epoch().count() : 0;
    signed_for += fmt::format("\n{} {} {}", raw_sha256(key.id), key.uses, used);
  }
  return raw_sha256(signed_for);
}

std::int64_t take_step_factor(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor,
                              const StepFactor& factor, const std::string& session_token, Instant now) {
  Guess guess(attempts, session_code_limits(session_token), now);
  const auto account = accounts.find_account(actor.account);
  if (factor.key) {
    const std::string challenge = step_challenge(accounts, actor.account, session_token, factor.what);
    if (account && take_key_answer(accounts, actor.account, *factor.key, challenge, factor.origin, now))
      return account->totp_step;
    guess.was_wrong();
    throw_wrong_key();
  }
  const auto step =
      account ? take_code_of(accounts, *account, factor.code, taker_of(session_token), now) : std::nullopt;
  if (!step) {
    guess.was_wrong();
    throw_wrong_code();
  }
  return *step;
}

void settle_step_factor(AccountRepository& accounts, const Actor& actor, const StepFactor& factor, std::int64_t step) {
  if (factor.key) return;  // its counter and the moment of its use have gone on already
  after_entry([&] { accounts.settle_totp_step(actor.account, step); });
}

void confirm_step(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor, const StepFactor& factor,
                  const std::string& session_token, Instant now) {
  const std::int64_t step = take_step_factor(accounts, attempts, actor, factor, session_token, now);
  settle_step_factor(accounts, actor, factor, step);
}

}  // namespace hanjari::services
