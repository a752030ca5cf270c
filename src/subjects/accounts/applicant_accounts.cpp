// Accounts of applicants: sign-up, sign-in and forgotten passwords, with codes by e-mail or text message.
#include <sodium.h>

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "accounts/code_sending.h"
#include "accounts/sent_codes.h"
#include "accounts/sign_in_limits.h"
#include "hanjari/accounts/accounts.h"
#include "hanjari/accounts/contacts.h"
#include "hanjari/accounts/passwords.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::services {
namespace {

Contact require_contact(const std::string& typed) {
  ContactFault fault;
  if (auto contact = read_contact(typed, fault)) return std::move(*contact);
  if (fault.code == "missing") {
    fault.what = {"Enter an e-mail address, or a mobile number such as 010-1234-5678.",
                  "전자우편 주소 또는 010-1234-5678과 같은 휴대전화 번호를 입력하십시오."};
  }
  throw InvalidInput("bad_contact", std::move(fault.what));
}

struct Words {
  Text subject;
  Text body;  // {code} stands for the code
};

Words words_of(CodePurpose purpose, bool has_account) {
  if (purpose == CodePurpose::sign_up && has_account) {
    return {{"You have an account already", "이미 계정이 있습니다"},
            {"Somebody tried to sign up with this address, which has an account already. Sign in with it, or choose "
             "\"forgotten password\". If it was not you, nothing needs to be done.",
             "이 연락처로 새로 가입하려는 시도가 있었으나 이미 계정이 있습니다. 기존 계정으로 로그인하거나 비밀번호를 "
             "재설정하십시오. 본인이 아니라면 아무것도 하지 않아도 됩니다."}};
  }
  const Text subject = purpose == CodePurpose::sign_up ? Text{"Your sign-up code", "가입 인증 번호"}
                       : purpose == CodePurpose::reset
                           ? Text{"Your code for a new password", "비밀번호 재설정 인증 번호"}
                           : Text{"Your sign-in code", "로그인 인증 번호"};
  return {subject,
          {"Your code is {code}. It expires in 10 minutes. Nobody from the office will ever ask you for it.",
           "인증 번호는 {code}입니다. 10분 안에 입력하십시오. 담당 직원이 이 번호를 묻는 일은 없습니다."}};
}

void send_message(MessageOutbox& outbox, const SentCode& sent, const std::string& code, bool has_account, Instant now) {
  const Words words = words_of(sent.purpose, has_account);
  Message message;
  message.dedupe_id = "code/" + sent.ticket_hash.substr(0, 32);
  message.channel = sent.channel;
  message.to = sent.contact;
  message.language = sent.language;
  if (sent.channel == Channel::email) message.subject = words.subject.in(sent.language);
  message.body = words.body.in(sent.language);
  if (const auto at = message.body.find("{code}"); at != std::string::npos) message.body.replace(at, 6, code);
  message.useless_after = sent.expires_at;
  message.urgency = Urgency::code;
  outbox.enqueue(message, now);
}

// Stores the code of this ticket and sends it. Without `right` no code will be taken.
void send_code(AccountRepository& accounts, MessageOutbox& outbox, const std::string& ticket, SentCode sent, bool right,
               bool send, Instant now) {
  const std::string code = draw_code();
  sent.ticket_hash = sha256(ticket).hex();
  sent.expires_at = now + code_length;
  if (right) sent.code_hash = accounts.hash_secret("code", sent.ticket_hash + code);
  accounts.save_code(sent);
  if (send) send_message(outbox, sent, code, !sent.account.empty(), now);
}

[[noreturn]] void throw_wrong_contact() {
  throw WrongCredentials({"The e-mail address or number and the password do not belong together.",
                          "연락처 또는 비밀번호가 올바르지 않습니다."});
}

// The password of the account is the one that was compared.
void require_same_password(AccountRepository& accounts, const ApplicantAccount& account) {
  const auto stands = accounts.find_applicant(account.id);
  if (!stands || stands->password_hash != account.password_hash) throw_wrong_contact();
}

Actor actor_of(const std::string& id, const Visitor& visitor) {
  return {id, Role::applicant, {}, visitor.source, visitor.request};
}

// Settles the code last: until then the same browser may try again, afterwards nobody can.
SignIn enter_by_code(AccountRepository& accounts, AttemptLimit& attempts, const std::string& ticket, const SentCode& sent,
                     const Visitor& visitor, Instant now, const Actor& actor) {
  SignIn entered = open_session(accounts, actor, visitor, now);
  after_entry([&] { prove_sending(attempts, ticket, sent, visitor, now); });
  after_entry([&] { accounts.settle_code(sent.ticket_hash); });
  return entered;
}

}  // namespace

std::string_view spell(CodePurpose purpose) {
  switch (purpose) {
    case CodePurpose::sign_up:
      return "sign_up";
    case CodePurpose::sign_in:
      return "sign_in";
    case CodePurpose::reset:
      return "reset";
    case CodePurpose::invitation:
      return "invitation";
  }
  return "";
}

std::optional<Contact> parse_contact(std::string_view typed) {
  ContactFault ignored;
  return read_contact(typed, ignored);
}

constexpr int least_digits_of_number = 8;  // of what is called with an area code

std::optional<Contact> read_contact(std::string_view typed, ContactFault& fault) {
  const std::string text = clean_signs(typed);
  const bool has_letters = std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return c == '@' || c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  // 010 2345 6789 (집) is a telephone number with words, and not an address: its digits are what a number has.
  const auto digits = std::count_if(text.begin(), text.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
  const bool begins_as_number = !text.empty() && std::string_view("+(0123456789").find(text.front()) != std::string_view::npos;
  ContactFault ignored;
  const bool is_number = (begins_as_number && digits >= least_digits_of_number) || read_phone(text, ignored);
  if (text.find('@') != std::string::npos || (has_letters && !is_number && text.find(':') == std::string::npos)) {
    auto address = read_email(text, fault);
    return address ? std::optional(Contact{Channel::email, std::move(*address)}) : std::nullopt;
  }
  if (auto phone = read_mobile(text, fault)) return Contact{Channel::sms, std::move(phone->digits)};
  if (fault.code == "not_mobile") {  // here an address does as well
    fault.what = {"A text message reaches mobile numbers of Korea only (010-1234-5678); enter one, or an e-mail address.",
                  "문자 메시지는 국내 휴대전화(010-1234-5678)로만 보낼 수 있습니다. 휴대전화 번호나 전자우편 주소를 "
                  "입력하십시오."};
  }
  return std::nullopt;
}

std::string mask_contact(const Contact& contact) {
  if (contact.channel == Channel::sms) {
    return contact.address.size() < 8
               ? "***"
               : contact.address.substr(0, 3) + "-****-" + contact.address.substr(contact.address.size() - 4);
  }
  const auto at = contact.address.find('@');
  return contact.address.substr(0, 1) + "***" + contact.address.substr(std::min(at, contact.address.size()));
}

std::string begin_sign_up(AccountRepository& accounts, AttemptLimit& attempts, MessageOutbox& outbox,
                          const std::string& typed, const std::string& password, Language language,
                          const Visitor& visitor, Instant now) {
  const Contact contact = require_contact(typed);
  check_password(password, least_applicant_password, {contact.address});
  const auto known = accounts.find_applicant(contact.channel, contact.address);
  const std::string ticket = draw_secret();
  count_sending(accounts, attempts, {ticket, CodePurpose::sign_up, contact, known}, visitor, now);
  SentCode sent;
  sent.purpose = CodePurpose::sign_up;
  sent.channel = contact.channel;
  sent.contact = contact.address;
  sent.language = language;
  sent.password_hash = hash_password(password);  // also for a known contact: the time tells nothing
  if (known) {
    sent.account = known->id;
    sent.password_hash.clear();
  }
  send_code(accounts, outbox, ticket, std::move(sent), !known, true, now);
  return ticket;
}

SignIn finish_sign_up(AccountRepository& accounts, AttemptLimit& attempts, const std::string& ticket, const std::string& code,
                      const Visitor& visitor, Instant now) {
  const SentCode sent = take_right_code(accounts, ticket, code, CodePurpose::sign_up, visitor, now);
  ApplicantAccount account;
  // Of the random ticket: whoever tries again, because the answer was not heard, finds the own account.
  account.id = "p" + sha256("account of " + ticket).hex().substr(0, 20);
  account.channel = sent.channel;
  account.contact = sent.contact;
  account.password_hash = sent.password_hash;
  account.language = sent.language;
  const Actor actor = actor_of(account.id, visitor);
  accounts.add_applicant(account, change_of(actor, "", now));
  return enter_by_code(accounts, attempts, ticket, sent, visitor, now, actor);
}

ApplicantEntry sign_in_applicant(AccountRepository& accounts, AttemptLimit& attempts, MessageOutbox& outbox,
                                 const std::string& typed, const std::string& password, Language language,
                                 const Visitor& visitor, Instant now) {
  const auto contact = parse_contact(typed);
  const auto account = contact ? accounts.find_applicant(contact->channel, contact->address) : std::nullopt;
  // Limits count under the contact when there is no account, so that both look the same.
  const std::string key = account ? account->id : "contact/" + (contact ? contact->address : typed.substr(0, 100));
  const SignInLimits limits(accounts, attempts, key, visitor, now);
  Guess guess(attempts, limits.limits(), now);
  const bool asks_for_more = limits.asks_for_more();
  if (!matches_password(account ? account->password_hash : std::string{}, password)) {
    guess.was_wrong();
    throw_wrong_contact();
  }
  ApplicantEntry entry;
  if (!asks_for_more) {
    entry.signed_in = open_session(accounts, actor_of(account->id, visitor), visitor, now,
                                   [&] { require_same_password(accounts, *account); });
    return entry;
  }
  entry.ticket = draw_secret();
  count_sending(accounts, attempts, {entry.ticket, CodePurpose::sign_in, *contact, account}, visitor, now);
  SentCode sent;
  sent.purpose = CodePurpose::sign_in;
  sent.channel = contact->channel;
  sent.contact = contact->address;
  sent.account = account->id;
  sent.language = language;
  send_code(accounts, outbox, entry.ticket, std::move(sent), true, true, now);
  return entry;
}

SignIn finish_sign_in(AccountRepository& accounts, AttemptLimit& attempts, const std::string& ticket, const std::string& code,
                      const Visitor& visitor, Instant now) {
  const SentCode sent = take_right_code(accounts, ticket, code, CodePurpose::sign_in, visitor, now);
  return enter_by_code(accounts, attempts, ticket, sent, visitor, now, actor_of(sent.account, visitor));
}

std::string begin_reset(AccountRepository& accounts, AttemptLimit& attempts, MessageOutbox& outbox,
                        const std::string& typed, Language language, const Visitor& visitor, Instant now) {
  const Contact contact = require_contact(typed);
  const auto account = accounts.find_applicant(contact.channel, contact.address);
  const std::string ticket = draw_secret();
  count_sending(accounts, attempts, {ticket, CodePurpose::reset, contact, account}, visitor, now);
  SentCode sent;
  sent.purpose = CodePurpose::reset;
  sent.channel = contact.channel;
  sent.contact = contact.address;
  sent.language = language;
  if (account) sent.account = account->id;
  send_code(accounts, outbox, ticket, std::move(sent), account.has_value(), account.has_value(), now);
  return ticket;
}

SignIn finish_reset(AccountRepository& accounts, AttemptLimit& attempts, const std::string& ticket, const std::string& code,
                    const std::string& password, const Visitor& visitor, Instant now) {
  check_password(password, least_applicant_password, {});
  const SentCode sent = take_right_code(accounts, ticket, code, CodePurpose::reset, visitor, now);
  const Actor actor = actor_of(sent.account, visitor);
  accounts.change_applicant_password(sent.account, hash_password(password), change_of(actor, "", now));
  return enter_by_code(accounts, attempts, ticket, sent, visitor, now, actor);
}

}  // namespace hanjari::services
