#include "hanjari/accounts/accounts.h"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include "accounts/account_rules.h"
#include "accounts/second_factor.h"
#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/form_owner.h"
#include "hanjari/accounts/passwords.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/accounts/totp.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::services {
namespace {

constexpr std::size_t totp_secret_bytes = 20;
constexpr int recovery_code_count = 10;
constexpr std::size_t recovery_code_letters = 12;

[[noreturn]] void throw_wrong_credentials() {
  throw WrongCredentials(
      {"The account name or the password is wrong.", "계정 이름 또는 비밀번호가 올바르지 않습니다."});
}

bool is_account_name(std::string_view name) {
  return name.size() >= 2 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

// As the name of an account is spelled: keyboards of phones begin with a capital letter and end with a blank.
std::string read_account_name(std::string_view typed) {
  std::string name = clean_signs(typed);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

bool is_district(std::string_view code) {
  return !code.empty() && code.size() <= 32 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// Four and four of letters and digits that are not taken for one another.
std::string draw_recovery_code() {
  constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";
  std::string code;
  for (std::size_t at = 0; at < recovery_code_letters; ++at) {
    if (at == 4 || at == 8) code += '-';
    code += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
  }
  return code;
}

std::string plain_recovery_code(std::string_view typed) {
  std::string plain;
  for (const char c : clean_code(typed)) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  return plain;
}

std::vector<std::string> draw_recovery_codes(AccountRepository& accounts, std::vector<std::string>& hashes) {
  std::vector<std::string> codes;
  for (int code = 0; code < recovery_code_count; ++code) {
    codes.push_back(draw_recovery_code());
    hashes.push_back(accounts.hash_secret("recovery", plain_recovery_code(codes.back())));
  }
  return codes;
}

// Nothing of what a sign-in proves has changed since the account was read.
void require_same_account(AccountRepository& accounts, const Account& account) {
  const auto stands = accounts.find_account(account.actor.account);
  if (!stands || stands->disabled || stands->password_hash != account.password_hash ||
      stands->totp_secret != account.totp_secret)
    throw_wrong_credentials();
}

SignIn open_half_session(AccountRepository& accounts, const Account& account, SessionStage stage,
                         const Visitor& visitor, Instant now) {
  SignIn signed_in;
  signed_in.token = draw_secret();
  Session& session = signed_in.session;
  session.actor = account.actor;
  session.csrf_token = draw_form_token(accounts, account.actor.account);
  session.stage = stage;
  session.began_at = now;
  session.expires_at = now + half_session_length;
  session.idle_limit = half_session_length;
  session.source = visitor.source;
  session.agent = visitor.agent;
  const std::string hash = sha256(signed_in.token).hex();
  accounts.save_session(hash, session, now);
  // A change of password ends the sessions that are there. One that it did not see, because it was on its way, sees the
  // change here.
  try {
    require_same_account(accounts, account);
  } catch (const NotAllowed&) {
    accounts.remove_session(hash);
    throw;
  }
  return signed_in;
}

}  // namespace

void check_account(const Actor& actor) {
  if (!is_account_name(actor.account)) {
    throw InvalidInput("bad_account_name",
                       {"An account name has 2 to 64 characters: lower-case letters, digits, dot, hyphen, underscore.",
                        "계정 이름은 2~64자이며 영문 소문자, 숫자, 마침표, 붙임표, 밑줄만 쓸 수 있습니다."});
  }
  if (actor.role == Role::applicant) {
    throw InvalidInput("bad_role",
                       {"Applicants do not get staff accounts.", "응시자에게는 직원 계정을 만들 수 없습니다."});
  }
  const bool needs_district = actor.role == Role::district_coordinator;
  if (needs_district != actor.district.has_value() || (needs_district && !is_district(actor.district->text()))) {
    throw InvalidInput(
        "bad_district",
        {"A district coordinator needs a district code (such as 11110) or a name that one district has; other roles have none.",
         "자치구 시험관리책임관에게는 자치구 코드(예: 11110)나 이름이 필요하며, 다른 역할에는 지정할 수 없습니다."});
  }
}

std::string draw_secret() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  Digest random;
  randombytes_buf(random.bytes.data(), random.bytes.size());
  return random.hex();
}

std::string taker_of(const std::string& secret) {
  return secret.empty() ? std::string{} : sha256("takes once\n" + secret).hex().substr(0, 32);
}

SignIn open_session(AccountRepository& accounts, const Actor& actor, const Visitor& visitor, Instant now,
                    const std::function<void()>& ask_again) {
  SignIn signed_in;
  signed_in.token = draw_secret();
  Session& session = signed_in.session;
  session.actor = actor;
  session.csrf_token = draw_form_token(accounts, actor.account);
  const SessionLimits limits = session_limits(actor.role);
  session.began_at = now;
  session.expires_at = now + limits.length;
  session.idle_limit = limits.idle;
  session.source = visitor.source;
  session.agent = visitor.agent;
  const std::string hash = sha256(signed_in.token).hex();
  accounts.save_session(hash, session, now);
  try {
    if (ask_again) ask_again();
  } catch (const NotAllowed&) {
    accounts.remove_session(hash);
    throw;
  }
  signed_in.device = visitor.device.size() == 64 ? visitor.device : draw_secret();
  accounts.remember_device(actor.account, sha256(signed_in.device).hex(), now);
  return signed_in;
}

std::string_view spell(SessionStage stage) {
  switch (stage) {
    case SessionStage::full:
      return "full";
    case SessionStage::second_factor:
      return "second_factor";
    case SessionStage::enrolment:
      return "enrolment";
  }
  return "";
}

SessionLimits session_limits(Role role) {
  using std::chrono::minutes;
  switch (role) {
    case Role::applicant:  // filling in an application takes its time
      return {minutes(60), minutes(12 * 60)};
    case Role::venue_chief:  // the exam day
      return {minutes(60), minutes(12 * 60)};
    case Role::administrator:
      return {minutes(15), minutes(8 * 60)};
    case Role::exam_officer:
    case Role::district_coordinator:
    case Role::auditor:
      break;
  }
  return {minutes(30), minutes(10 * 60)};
}

void add_account(AccountRepository& accounts, const Actor& actor, const std::string& password, const Change& change) {
  check_account(actor);
  Account account;
  account.actor = actor;
  account.created_at = change.at;
  if (!password.empty()) {
    check_password(password, least_staff_password, {actor.account});
    account.password_hash = hash_password(password);
  }
  accounts.add_account(account, change);
}

SignIn sign_in(AccountRepository& accounts, AttemptLimit& attempts, const std::string& typed,
               const std::string& password, const std::string& code, const Visitor& visitor, Instant now) {
  const std::string name = read_account_name(typed);
  const SignInLimits limits(accounts, attempts, name, visitor, now);
  const auto account = is_account_name(name) ? accounts.find_account(name) : std::nullopt;
  Guess guess(attempts, limits.limits(), now);
  const bool step_up = limits.asks_for_more();
  if (step_up && code.empty()) {
    throw CodeNeeded(
        {"Many wrong attempts were made at this account from other places. Give the code of your "
         "authenticator together with the password.",
         "다른 곳에서 이 계정에 잘못된 로그인이 많이 시도되었습니다. 비밀번호와 함께 인증 앱의 번호를 "
         "입력하십시오."});
  }
  const bool right = matches_password(account ? account->password_hash : std::string{}, password);
  if (!account || !right || account->disabled) {
    guess.was_wrong();
    throw_wrong_credentials();
  }
  const bool enrolled = !account->totp_secret.empty();
  if (step_up && enrolled) {
    // A guess at the code counts as at the second step: who knows the password makes no more of them here than there.
    Guess code_guess(attempts, code_limits(accounts, name, visitor, now), now);
    const auto step = take_code_of(accounts, *account, code, taker_of(visitor.browser), now);
    if (!step) {
      guess.was_wrong();
      code_guess.was_wrong();
      throw_wrong_credentials();
    }
    // With the code the password is known to be right, and no more where the key alone opens.
    SignIn entered = opens_by_key_alone(accounts, name)
                         ? open_half_session(accounts, *account, SessionStage::second_factor, visitor, now)
                         : open_session(accounts, account->actor, visitor, now, [&] { require_same_account(accounts, *account); });
    after_entry([&] { accounts.settle_totp_step(name, *step); });
    return entered;
  }
  return open_half_session(accounts, *account, enrolled ? SessionStage::second_factor : SessionStage::enrolment,
                           visitor, now);
}

SignIn sign_in_linked(AccountRepository& accounts, const std::string& issuer, const std::string& subject,
                      SessionStage stage, const Visitor& visitor, Instant now) {
  const auto account = accounts.find_linked(issuer, subject);
  if (!account || account->disabled) {
    throw NotAllowed("not_linked",
                     {"No account of the office belongs to you yet. Tell the administrator your identity: " + subject,
                      "아직 연결된 업무 계정이 없습니다. 관리자에게 다음 신원을 알려 주십시오: " + subject});
  }
  if (stage == SessionStage::full) return open_session(accounts, account->actor, visitor, now);
  return open_half_session(accounts, *account,
                           account->totp_secret.empty() ? SessionStage::enrolment : SessionStage::second_factor,
                           visitor, now);
}

std::optional<Session> find_half_session(AccountRepository& accounts, const std::string& token, Instant now) {
  if (token.size() != 64) return std::nullopt;
  auto session = accounts.find_session(sha256(token).hex(), now);
  if (!session || session->stage == SessionStage::full) return std::nullopt;
  return session;
}

SignIn confirm_code(AccountRepository& accounts, AttemptLimit& attempts, const std::string& token,
                    const std::string& code, const Visitor& visitor, Instant now) {
  const auto half = find_half_session(accounts, token, now);
  if (!half || half->stage != SessionStage::second_factor) throw_not_signed_in();
  const std::string& name = half->actor.account;
  const auto account = accounts.find_account(name);
  if (!account || account->disabled) throw_not_signed_in();
  const std::string recovery = plain_recovery_code(code);
  const bool recovers = recovery.size() == recovery_code_letters;
  // Said before the code is looked at, so that nobody learns whether it was right.
  if (!recovers && opens_by_key_alone(accounts, name)) throw_key_needed();
  // Nobody guesses a recovery code: it counts for its half-open session alone, so that it always lets its owner in.
  Guess guess(attempts, recovers ? session_code_limits(token) : code_limits(accounts, name, visitor, now), now);
  Change change = change_of(account->actor, "", now);
  change.source = visitor.source;
  change.request = visitor.request;
  const std::string by = taker_of(token);
  const bool right = recovers
                         ? accounts.take_recovery_code(name, accounts.hash_secret("recovery", recovery), by, change)
                         : take_code_of(accounts, *account, code, by, now).has_value();
  if (!right) {
    guess.was_wrong();
    throw_wrong_code();
  }
  // The half-open session ends last: until then its holder may try again with the same code, afterwards nobody can.
  SignIn entered = open_session(accounts, account->actor, visitor, now, [&] { require_half_session(accounts, token, now); });
  after_entry([&] { accounts.remove_session(sha256(token).hex()); });
  return entered;
}

Enrolment begin_enrolment(AccountRepository& accounts, const std::string& token, Instant now) {
  auto half = find_half_session(accounts, token, now);
  if (!half || half->stage != SessionStage::enrolment) throw_not_signed_in();
  if (half->pending_secret.size() != totp_secret_bytes) {
    std::string secret(totp_secret_bytes, '\0');
    randombytes_buf(secret.data(), secret.size());
    accounts.offer_secret(sha256(token).hex(), secret);
    // Another page of the same session may have been first, or the session has ended.
    half = find_half_session(accounts, token, now);
    if (!half || half->pending_secret.size() != totp_secret_bytes) throw_not_signed_in();
  }
  const std::string secret = write_base32(half->pending_secret);
  Enrolment enrolment;
  enrolment.address =
      fmt::format("otpauth://totp/Hanjari:{}?secret={}&issuer=Hanjari&algorithm=SHA1&digits=6&period=30",
                  half->actor.account, secret);
  for (std::size_t at = 0; at < secret.size(); at += 4) enrolment.secret += (at == 0 ? "" : " ") + secret.substr(at, 4);
  return enrolment;
}

Enrolled finish_enrolment(AccountRepository& accounts, AttemptLimit& attempts, const std::string& token,
                          const std::string& code, const Visitor& visitor, Instant now) {
  const auto half = find_half_session(accounts, token, now);
  if (!half || half->stage != SessionStage::enrolment || half->pending_secret.empty()) throw_not_signed_in();
  // The secret stands on the same page: nothing is guessed that others could be kept from.
  Guess guess(attempts, session_code_limits(token), now);
  const auto step = find_totp_step(half->pending_secret, code, now);
  if (!step) {
    guess.was_wrong();
    throw_wrong_code();
  }
  Enrolled enrolled;
  std::vector<std::string> hashes;
  enrolled.recovery_codes = draw_recovery_codes(accounts, hashes);
  Change change = change_of(half->actor, "", now);
  change.source = visitor.source;
  change.request = visitor.request;
  if (!accounts.enrol_second_factor(sha256(token).hex(), half->actor.account, half->pending_secret, *step, hashes,
                                    change))
    throw_not_signed_in();
  enrolled.signed_in =
      open_session(accounts, half->actor, visitor, now, [&] { require_half_session(accounts, token, now); });
  after_entry([&] { accounts.remove_session(sha256(token).hex()); });
  return enrolled;
}

bool is_recovery_code(AccountRepository& accounts, const std::string& account, const std::string& code) {
  return accounts.has_recovery_code(account, accounts.hash_secret("recovery", plain_recovery_code(code)));
}

std::vector<std::string> renew_recovery_codes(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor,
                                              const StepFactor& factor, const std::string& session_token, Instant now) {
  const std::int64_t step = take_step_factor(accounts, attempts, actor, factor, session_token, now);
  std::vector<std::string> hashes;
  auto codes = draw_recovery_codes(accounts, hashes);
  if (!accounts.replace_recovery_codes(actor.account, step, hashes, change_of(actor, "", now))) throw_wrong_code();
  settle_step_factor(accounts, actor, factor, step);
  return codes;
}

SignIn change_own_password(AccountRepository& accounts, AttemptLimit& attempts, const Actor& actor,
                           const std::string& old_password, const std::string& new_password, const Visitor& visitor,
                           Instant now) {
  const SignInLimits limits(accounts, attempts, actor.account, visitor, now);
  Guess guess(attempts, limits.limits(), now);
  const auto account = accounts.find_account(actor.account);
  if (!account || !matches_password(account->password_hash, old_password)) {
    guess.was_wrong();
    throw_wrong_credentials();
  }
  check_password(new_password, least_staff_password, {actor.account});
  AccountChange what;
  what.password_hash = hash_password(new_password);
  // Who gave the password that was true when it was compared changes nothing any more once it is another.
  what.in_place_of = account->password_hash;
  accounts.change_account(actor.account, what, change_of(actor, "", now));
  Account changed = *account;
  changed.password_hash = *what.password_hash;
  return open_session(accounts, account->actor, visitor, now, [&] { require_same_account(accounts, changed); });
}

void set_password(AccountRepository& accounts, const std::string& name, const std::string& password,
                  const Change& change) {
  check_password(password, least_staff_password, {name});
  AccountChange what;
  what.password_hash = hash_password(password);
  accounts.change_account(name, what, change);
}

void set_disabled(AccountRepository& accounts, const std::string& name, bool disabled, const Change& change) {
  AccountChange what;
  what.disabled = disabled;
  accounts.change_account(name, what, change);
}

void link_account(AccountRepository& accounts, const std::string& name, const std::string& issuer,
                  const std::string& subject, const Change& change) {
  constexpr std::size_t longest = 255;  // of a subject: OpenID Connect Core 1.0, section 2
  if (issuer.empty() || issuer.size() > longest || subject.empty() || subject.size() > longest) {
    throw InvalidInput("bad_identity", {"An identity has an issuer and a subject of at most 255 characters.",
                                        "신원에는 255자 이하의 발급자와 식별자가 있어야 합니다."});
  }
  accounts.link_account(name, issuer, subject, change);
}

void reset_second_factor(AccountRepository& accounts, const std::string& name, const Change& change) {
  AccountChange what;
  what.forget_second_factor = true;
  accounts.change_account(name, what, change);
}

std::optional<Session> find_session(AccountRepository& accounts, const std::string& token, Instant now) {
  if (token.size() != 64) return std::nullopt;
  auto session = accounts.find_session(sha256(token).hex(), now);
  if (!session || session->stage != SessionStage::full) return std::nullopt;
  return session;
}

void sign_out(AccountRepository& accounts, const std::string& token) {
  if (token.size() == 64) accounts.remove_session(sha256(token).hex());
}

std::vector<Session> list_own_sessions(AccountRepository& accounts, const Actor& actor, Instant now) {
  return accounts.list_sessions(actor.account, now);
}

void end_session(AccountRepository& accounts, const Actor& actor, const std::string& handle, Instant now) {
  accounts.remove_session_of(actor.account, handle, change_of(actor, "", now));
}

void end_other_sessions(AccountRepository& accounts, const Actor& actor, const std::string& token, Instant now) {
  accounts.remove_other_sessions(actor.account, sha256(token).hex(), change_of(actor, "", now));
}

}  // namespace hanjari::services
