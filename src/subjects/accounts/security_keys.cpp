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

// The authenticator's code, counted as a guess before it is compared.
void require_code(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor, const std::string& code,
                  const std::string& session_token, Instant now) {
  Guess guess(attempts, code_limits(actor.account, actor.source), now);
  const auto account = accounts.find_account(actor.account);
  const auto step = account ? take_code_of(accounts, *account, code, taker_of(session_token), now) : std::nullopt;
  if (!step) {
    guess.was_wrong();
    throw_wrong_code();
  }
  after_entry([&] { accounts.settle_totp_step(actor.account, *step); });
}

// The key of the account that gave this answer to this challenge, at its own site; its counter goes on.
bool take_answer(AccountRepository& accounts, const std::string& name, const KeyAnswer& answer, std::string_view challenge,
                 const std::string& origin, Instant now) {
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
    return accounts.take_security_key(name, key.id, key.uses, data->uses, now);
  }
  return false;
}

}  // namespace

std::string key_challenge(AccountRepository& accounts, const std::string& session_token) {
  return raw_sha256("security key\n" + accounts.hash_secret("security_key", session_token));
}

void add_security_key(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor, const std::string& code,
                      const MadeKey& made, const std::string& origin, const std::string& session_token, Instant now) {
  const std::string site = host_of_origin(origin);
  const auto data = read_authenticator_data(made.authenticator_data);
  if (site.empty() || made.id.empty() || made.id.size() > longest_id || !data || !data->touched || data->made_id != made.id ||
      data->site_hash != raw_sha256(site) || !is_public_key(made.public_key) ||
      !answers_call(made.client_data, KeyCall::make, key_challenge(accounts, session_token), origin))
    throw_bad_key();
  require_code(accounts, attempts, actor, code, session_token, now);
  accounts.add_security_key(actor.account, {made.id, made.public_key, site, data->uses, now, std::nullopt},
                            change_of(actor, "", now));
}

void remove_security_key(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor, const std::string& code,
                         const std::string& id, const std::string& session_token, Instant now) {
  require_code(accounts, attempts, actor, code, session_token, now);
  if (!accounts.remove_security_key(actor.account, id, change_of(actor, "", now)))
    throw NotFound("security_key_not_found", {"This security key is not among yours any more.", "이미 삭제된 보안 키입니다."});
}

SignIn confirm_key(AccountRepository& accounts, AttemptLimit& attempts, const std::string& token, const KeyAnswer& answer,
                   const std::string& origin, const Visitor& visitor, Instant now) {
  const auto half = find_half_session(accounts, token, now);
  if (!half || half->stage != SessionStage::second_factor) throw_not_signed_in();
  const auto account = accounts.find_account(half->actor.account);
  if (!account || account->disabled) throw_not_signed_in();
  Guess guess(attempts, code_limits(half->actor.account, visitor.source), now);
  if (!take_answer(accounts, half->actor.account, answer, key_challenge(accounts, token), origin, now)) {
    guess.was_wrong();
    throw WrongCode({"The security key was not recognised. Try again, or use a code.",
                     "보안 키를 확인하지 못했습니다. 다시 시도하거나 인증 번호를 사용하십시오."});
  }
  SignIn entered = open_session(accounts, account->actor, visitor, now);
  after_entry([&] { accounts.remove_session(sha256(token).hex()); });
  return entered;
}

}  // namespace hanjari::services
