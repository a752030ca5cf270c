#include "accounts/sent_codes.h"

#include <sodium.h>

#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::services {
namespace {

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

}  // namespace

std::string draw_code() {
  return fmt::format("{:06}", randombytes_uniform(1'000'000));
}

SentCode take_right_code(AccountRepository& accounts, const std::string& ticket, const std::string& code,
                         CodePurpose purpose, const Visitor& visitor, Instant now) {
  const std::string hash = ticket.size() == 64 ? sha256(ticket).hex() : std::string{};
  const std::string by = taker_of(visitor.browser);
  const auto sent = hash.empty() ? std::nullopt : accounts.find_code(hash, by, now);
  if (!sent || sent->purpose != purpose || !accounts.reserve_code_try(hash, by)) {
    throw CodeExpired({"This code is no longer good. Ask for a new one.",
                       "더 이상 쓸 수 없는 인증 번호입니다. 새 번호를 요청하십시오."});
  }
  const std::string given = accounts.hash_secret("code", sent->ticket_hash + digits_of(clean_signs(code)));
  const bool right =
      sent->code_hash.size() == given.size() && sodium_memcmp(sent->code_hash.data(), given.data(), given.size()) == 0;
  if (!right || !accounts.take_code(hash, by)) {
    throw WrongCode({"The code is wrong.", "인증 번호가 올바르지 않습니다."});
  }
  return *sent;
}

}  // namespace hanjari::services
