#include "hanjari/accounts/form_owner.h"

#include "accounts/sign_in_limits.h"
#include "hanjari/base/digest.h"

namespace hanjari::services {
namespace {

// A token is what was drawn, then the sign of its account, then the proof that both are ours; a mark lacks the proof.
constexpr std::size_t drawn_digits = 32;
constexpr std::size_t sign_digits = 16;
constexpr std::size_t mark_digits = drawn_digits + sign_digits;
constexpr std::size_t token_digits = mark_digits + sign_digits;

std::string keyed_digits(AccountRepository& accounts, const char* purpose, const std::string& words) {
  return sha256("form\n" + accounts.hash_secret(purpose, words)).hex().substr(0, sign_digits);
}

std::string account_sign(AccountRepository& accounts, const std::string& drawn, const std::string& account) {
  return keyed_digits(accounts, "form_owner", drawn + "\n" + account);
}

std::string proof_of(AccountRepository& accounts, const std::string& mark) {
  return keyed_digits(accounts, "form_token", mark);
}

}  // namespace

std::string draw_form_token(AccountRepository& accounts, const std::string& account) {
  const std::string drawn = draw_secret().substr(0, drawn_digits);
  const std::string mark = drawn + account_sign(accounts, drawn, account);
  return mark + proof_of(accounts, mark);
}

std::string owner_mark_of(AccountRepository& accounts, const std::string& token) {
  if (token.size() != token_digits) return {};
  std::string mark = token.substr(0, mark_digits);
  return token.substr(mark_digits) == proof_of(accounts, mark) ? mark : std::string();
}

FormOwner find_owner(AccountRepository& accounts, const std::string& mark, const std::string& account) {
  if (mark.size() != mark_digits) return FormOwner::unknown;
  const bool same = mark.substr(drawn_digits) == account_sign(accounts, mark.substr(0, drawn_digits), account);
  return same ? FormOwner::this_account : FormOwner::another_account;
}

}  // namespace hanjari::services
