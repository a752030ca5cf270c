// Carriers of messages: an SMTP server and an SMS gateway.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "hanjari/messages/messages.h"

namespace hanjari::delivery {

struct MailSettings {
  std::string host;  // empty: mail is not sent; messages wait
  std::uint16_t port = 25;
  std::string from;  // address of the sender
  std::string user;  // empty: no sign-in
  std::string password;
  // STARTTLS before anything else is said; a server that does not offer it gets no message.
  bool starttls = false;
  std::string authorities{};  // as outgoing::CallLimits
  std::chrono::seconds timeout{20};  // for connecting, and for each answer
  std::chrono::seconds whole{60};    // of the whole conversation
  Text sender{};  // who writes, beside the address; empty: the address alone
};

// One connection a message. Throws Unavailable (mail_unreachable, mail_unprotected, mail_put_off: answers 4xx,
// no_mail_server), InvalidInput (mail_refused: answers 5xx, bad_address).
class SmtpCarrier : public services::MessageCarrier {
 public:
  explicit SmtpCarrier(MailSettings settings) : settings_(std::move(settings)) {}
  void carry(const services::Message& message) override;

 private:
  MailSettings settings_;
};

// A gateway that takes POST with JSON {"id", "from", "to", "text"} and answers 2xx; the id is the dedupe id, which also
// goes as Idempotency-Key.
struct SmsSettings {
  std::string url;  // http:// or https://host:port/path; empty: text messages wait
  std::string from;
  std::string key;  // sent as Authorization: Bearer
  std::string authorities{};
  std::chrono::seconds timeout{20};
};

// Throws Unavailable (sms_unreachable, sms_put_off: 429 and 5xx, no_sms_gateway), InvalidInput (sms_refused: other
// 4xx).
class SmsCarrier : public services::MessageCarrier {
 public:
  explicit SmsCarrier(SmsSettings settings) : settings_(std::move(settings)) {}
  void carry(const services::Message& message) override;

 private:
  SmsSettings settings_;
};

}  // namespace hanjari::delivery
