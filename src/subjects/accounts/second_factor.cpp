#include "accounts/second_factor.h"

#include "hanjari/accounts/refusals.h"
#include "hanjari/accounts/totp.h"
#include "hanjari/base/error.h"

namespace hanjari::services {

void throw_wrong_code() {
  throw WrongCode({"The code is wrong, or it was used before.", "인증 번호가 올바르지 않거나 이미 사용되었습니다."});
}

void throw_not_signed_in() {
  throw NotAllowed("not_signed_in", {"Please sign in first.", "먼저 로그인하십시오."});
}

std::vector<GuessLimit> code_limits(const std::string& account, const std::string& source) {
  // The account's own limit stops guessing from many places; only who knows the password gets as far as this.
  return {{"code/pair/" + account + "/" + source_of_limits(source), 5, std::chrono::minutes(15)},
          {"code/account/" + account, 30, std::chrono::minutes(60)}};
}

std::optional<std::int64_t> take_code_of(AccountRepository& accounts, const Account& account, const std::string& code,
                                         const std::string& by, Instant now) {
  const auto step = find_totp_step(account.totp_secret, code, now);
  if (!step || !accounts.take_totp_step(account.actor.account, *step, by)) return std::nullopt;
  return step;
}

}  // namespace hanjari::services
