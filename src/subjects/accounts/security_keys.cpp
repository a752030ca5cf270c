#include "hanjari/accounts/security_keys.h"

#include "accounts/key_answers.h"
#include "accounts/second_factor.h"
#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/accounts.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

constexpr std::size_t longest_id = 255;

[[noreturn]] void throw_bad_key() {
  throw InvalidInput("bad_security_key",
                     {"The browser gave no security key that can be used here. Try again, or use another key.",
                      "이 사이트에서 쓸 수 있는 보안 키를 받지 못했습니다. 다시 시도하거나 다른 보안 키를 사용하십시오."});
}

}  // namespace

std::string key_challenge(AccountRepository& accounts, const std::string& session_token) {
  return raw_sha256("security key\n" + accounts.hash_secret("security_key", session_token));
}

void add_security_key(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor, const StepFactor& factor,
                      const MadeKey& made, const std::string& origin, const std::string& session_token, Instant now) {
  const std::string site = host_of_origin(origin);
  const auto data = read_authenticator_data(made.authenticator_data);
  if (site.empty() || made.id.empty() || made.id.size() > longest_id || !data || !data->touched || data->made_id != made.id ||
      data->site_hash != raw_sha256(site) || !is_public_key(made.public_key) ||
      !answers_call(made.client_data, KeyCall::make, key_challenge(accounts, session_token), origin))
    throw_bad_key();
  confirm_step(accounts, attempts, actor, factor, session_token, now);
  accounts.add_security_key(actor.account, {made.id, made.public_key, site, data->uses, now, std::nullopt},
                            change_of(actor, "", now));
}

void remove_security_key(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor, const StepFactor& factor,
                         const std::string& id, const std::string& session_token, Instant now) {
  confirm_step(accounts, attempts, actor, factor, session_token, now);
  if (!accounts.remove_security_key(actor.account, id, change_of(actor, "", now)))
    throw NotFound("security_key_not_found", {"This security key is not among yours any more.", "이미 삭제된 보안 키입니다."});
}

SignIn confirm_key(AccountRepository& accounts, AttemptLimit& attempts, const std::string& token, const KeyAnswer& answer,
                   const std::string& origin, const Visitor& visitor, Instant now) {
  const auto half = find_half_session(accounts, token, now);
  if (!half || half->stage != SessionStage::second_factor) throw_not_signed_in();
  const auto account = accounts.find_account(half->actor.account);
  if (!account || account->disabled) throw_not_signed_in();
  Guess guess(attempts, session_code_limits(token), now);
  if (!take_key_answer(accounts, half->actor.account, answer, key_challenge(accounts, token), origin, now)) {
    guess.was_wrong();
    throw_wrong_key();
  }
  SignIn entered = open_session(accounts, account->actor, visitor, now, [&] { require_half_session(accounts, token, now); });
  after_entry([&] { accounts.remove_session(sha256(token).hex()); });
  return entered;
}

}  // namespace hanjari::services
