#include "hanjari/accounts/staff_care.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "accounts/account_rules.h"
#include "accounts/sent_codes.h"
#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/passwords.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

void require_administrator(const Actor& actor) {
  if (actor.role == Role::administrator) return;
  throw NotAllowed("role_not_allowed", {"Only administrators may do this.", "관리자만 할 수 있습니다."});
}

void require_another(const Actor& actor, const std::string& name) {
  require_administrator(actor);
  if (actor.account != name) return;
  throw Conflict("own_account", {"This is your own account. Another administrator has to do this.",
                                 "본인 계정입니다. 다른 관리자가 처리해야 합니다."});
}

Account require_account(AccountRepository& accounts, const std::string& name) {
  if (auto account = accounts.find_account(name)) return std::move(*account);
  throw NotFound("account_not_found", {"There is no account of this name.", "그런 이름의 계정이 없습니다."});
}

std::string require_email(const std::string& typed) {
  const auto contact = parse_contact(typed);
  if (contact && contact->channel == Channel::email) return contact->address;
  throw InvalidInput("bad_contact", {"Enter the e-mail address where the invitation goes.",
                                     "초대를 받을 전자우편 주소를 입력하십시오."});
}

MessageOutbox& require_outbox(MessageOutbox* outbox) {
  if (outbox != nullptr) return *outbox;
  throw Unavailable("no_messages", {"This program sends no messages.", "이 프로그램은 안내를 보내지 않습니다."});
}

Actor actor_of_staff(const std::string& name, Role role, const std::optional<DistrictCode>& district) {
  Actor actor;
  actor.account = name;
  actor.role = role;
  actor.district = district;
  check_account(actor);
  return actor;
}

constexpr std::chrono::hours reset_length{24 * 7};

[[noreturn]] void throw_invitation_over() {
  throw CodeExpired({"This invitation is no longer good. Ask an administrator for a new one.",
                     "더 이상 쓸 수 없는 초대입니다. 관리자에게 새 초대를 요청하십시오."});
}

// `password_hash`: of the account now. Once it has another password the invitation is over, whoever holds it.
void send_invitation(AccountRepository& accounts, MessageOutbox& outbox, const std::string& name,
                     const std::string& password_hash, const std::string& email, Language language, Instant now) {
  const std::string ticket = draw_secret();
  const std::string code = draw_code();
  SentCode sent;
  sent.ticket_hash = sha256(ticket).hex();
  sent.purpose = CodePurpose::invitation;
  sent.contact = email;
  sent.account = name;
  sent.password_hash = password_hash;
  sent.language = language;
  sent.code_hash = accounts.hash_secret("code", sent.ticket_hash + code);
  sent.expires_at = now + invitation_length;
  accounts.save_code(sent);
  const bool korean = language == Language::korean;
  Message message;
  message.dedupe_id = "code/" + sent.ticket_hash.substr(0, 32);
  message.to = email;
  message.language = language;
  message.subject = korean ? "시험 업무 계정 안내" : "Your account of the exam office";
  message.body =
      korean ? fmt::format("인증 번호: {}. 업무 사이트에서 /ko/invitations/{} 화면을 열어 인증 번호를 입력하고 시험 업무 계정 {}의 "
                           "비밀번호를 정하십시오. 7일 동안 쓸 수 있습니다.",
                           code, ticket, name)
             : fmt::format("Code: {}. Open /en/invitations/{} on the site of the office, enter the code and choose the "
                           "password of the account {}. Both are good for 7 days.",
                           code, ticket, name);
  message.useless_after = sent.expires_at;
  message.urgency = Urgency::soon;
  outbox.enqueue(message, now);
}

// Whoever asked is an administrator still: an account that was closed meanwhile may have been in somebody else's hands, and what was
// asked for long ago is no word of today.
bool is_asked_still(AccountRepository& accounts, const std::string& name, Instant now) {
  for (const SecondFactorReset& reset : accounts.list_second_factor_resets()) {
    if (reset.account != name) continue;
    const auto asker = accounts.find_account(reset.asked_by);
    return asker && !asker->disabled && asker->actor.role == Role::administrator && now < reset.asked_at + reset_length;
  }
  return false;
}

StaffAccount staff_of(const Account& account, const std::vector<SecondFactorReset>& resets) {
  StaffAccount staff;
  staff.name = account.actor.account;
  staff.role = account.actor.role;
  staff.district = account.actor.district;
  staff.has_password = !account.password_hash.empty();
  staff.has_second_factor = !account.totp_secret.empty();
  staff.disabled = account.disabled;
  for (const SecondFactorReset& reset : resets) {
    if (reset.account == staff.name) staff.reset_asked_by = reset.asked_by;
  }
  return staff;
}

}  // namespace

std::vector<StaffAccount> list_staff(AccountRepository& accounts, const Actor& actor) {
  require_administrator(actor);
  const auto resets = accounts.list_second_factor_resets();
  std::vector<StaffAccount> listed;
  for (const Account& account : accounts.list_accounts()) listed.push_back(staff_of(account, resets));
  return listed;
}

StaffAccount find_staff(AccountRepository& accounts, const Actor& actor, const std::string& name) {
  require_administrator(actor);
  return staff_of(require_account(accounts, name), accounts.list_second_factor_resets());
}

void invite_staff(AccountRepository& accounts, MessageOutbox* outbox, AccessRecord& record, const Actor& actor, const StaffWish& wish,
                  Language language, const Change& change) {
  require_administrator(actor);
  MessageOutbox& messages = require_outbox(outbox);
  const std::string email = require_email(wish.email);
  add_account(accounts, actor_of_staff(wish.name, wish.role, wish.district), "", change);
  record.record_access(change, AuditNote{"account.invite", wish.name});
  send_invitation(accounts, messages, wish.name, "", email, language, change.at);
}

void invite_again(AccountRepository& accounts, MessageOutbox* outbox, AccessRecord& record, const Actor& actor,
                  const std::string& name, const std::string& email, Language language, const Change& change) {
  require_another(actor, name);
  MessageOutbox& messages = require_outbox(outbox);
  const std::string address = require_email(email);
  const Account account = require_account(accounts, name);
  if (account.disabled) {
    throw Conflict("account_closed", {"The account is closed. Open it before you invite its owner.",
                                      "닫힌 계정입니다. 계정을 연 뒤 초대하십시오."});
  }
  record.record_access(change, AuditNote{"account.invite", name});
  send_invitation(accounts, messages, name, account.password_hash, address, language, change.at);
}

void accept_invitation(AccountRepository& accounts, const std::string& ticket, const std::string& code,
                       const std::string& password, const Visitor& visitor, Instant now) {
  check_password(password, least_staff_password, {});
  const SentCode sent = take_right_code(accounts, ticket, code, CodePurpose::invitation, visitor, now);
  const auto account = accounts.find_account(sent.account);
  if (!account || account->disabled) throw_invitation_over();
  check_password(password, least_staff_password, {sent.account});
  if (account->password_hash != sent.password_hash) {
    // The same browser may not have heard that this very password was set.
    if (!matches_password(account->password_hash, password)) throw_invitation_over();
    return accounts.settle_code(sent.ticket_hash);
  }
  const Actor owner{sent.account, account->actor.role, account->actor.district, visitor.source, visitor.request};
  AccountChange what;
  what.password_hash = hash_password(password);
  what.in_place_of = sent.password_hash;
  accounts.change_account(sent.account, what, change_of(owner, "", now));
  accounts.settle_code(sent.ticket_hash);
}

void change_rights(AccountRepository& accounts, const Actor& actor, const std::string& name, Role role,
                   const std::optional<DistrictCode>& district, const Change& change) {
  require_another(actor, name);
  actor_of_staff(name, role, district);
  AccountChange what;
  what.role = role;
  what.district = district;
  accounts.change_account(name, what, change);
}

void close_account(AccountRepository& accounts, const Actor& actor, const std::string& name, bool closed,
                   const Change& change) {
  require_another(actor, name);
  set_disabled(accounts, name, closed, change);
}

void end_staff_sessions(AccountRepository& accounts, const Actor& actor, const std::string& name,
                        const Change& change) {
  require_another(actor, name);
  require_account(accounts, name);
  accounts.remove_other_sessions(name, "", change);
}

void ask_reset(AccountRepository& accounts, const Actor& actor, const std::string& name, const Change& change) {
  require_another(actor, name);
  require_account(accounts, name);
  accounts.ask_second_factor_reset(name, change);
}

void confirm_reset(AccountRepository& accounts, const Actor& actor, const std::string& name, const Change& change) {
  require_another(actor, name);
  require_account(accounts, name);
  if (is_asked_still(accounts, name, change.at) && accounts.confirm_second_factor_reset(name, change)) return;
  throw Conflict("reset_not_asked", {"Another administrator has to ask for this first.",
                                     "다른 관리자가 먼저 요청해야 합니다."});
}

}  // namespace hanjari::services
