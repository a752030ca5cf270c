#include <algorithm>
#include <exception>
#include <sstream>
#include <string>

#include <Poco/Base64Encoder.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketImpl.h>
#include <Poco/Timespan.h>

#include <memory>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/contact.h"
#include "hanjari/messages/delivery/carriers.h"
#include "hanjari/outgoing/deadline.h"
#include "hanjari/outgoing/tls_context.h"

namespace hanjari::delivery {
namespace {

// The address as RCPT says it: plainly written, as sign-up takes it. Whatever would end the line or the brackets, a
// quoted mailbox or one that is too long is said to no server.
std::string mailbox_of(const std::string& to) {
  ContactFault ignored;
  const auto address = read_email(to, ignored);
  // Another length: something around it was left out, which is a kindness to people who type and none here.
  if (!address || address->size() != to.size())
    throw InvalidInput("bad_address", {"the address cannot be used", "사용할 수 없는 주소입니다"});
  return *address;
}

std::string message_id(const services::Message& message, const std::string& from) {
  const auto at = from.find('@');
  const std::string host = at == std::string::npos ? "hanjari" : from.substr(at + 1);
  return "<" + sha256(message.dedupe_id).hex().substr(0, 32) + "@" + host + ">";
}

// RFC 2047: every word holds whole characters and at most 75 letters. A character that is parted among two words is
// shown as two signs of unreadable text by some readers.
std::string encode_subject(const std::string& subject) {
  constexpr std::size_t longest = 42;  // bytes of a word
  const bool plain = std::all_of(subject.begin(), subject.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (plain && subject.find("=?") == std::string::npos) return subject;
  std::string words;
  for (std::size_t at = 0; at < subject.size();) {
    std::size_t end = std::min(subject.size(), at + longest);
    while (end < subject.size() && end > at + 1 && (static_cast<unsigned char>(subject[end]) & 0xC0) == 0x80) --end;
    std::ostringstream word;
    Poco::Base64Encoder encoder(word);
    encoder.rdbuf()->setLineLength(0);
    encoder << subject.substr(at, end - at);
    encoder.close();
    words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + word.str() + "?=";
    at = end;
  }
  return words;
}

// RFC 5322: the name of who writes before the address. What is no plain text is encoded as in a subject.
std::string sender_of(const MailSettings& settings, Language language) {
  const std::string& name = settings.sender.in(language);
  if (name.empty()) return settings.from;
  const std::string word = encode_subject(name);
  if (word != name) return word + " <" + settings.from + ">";
  std::string quoted;
  for (const char sign : name) {
    if (sign == '<' || sign == '>') continue;  // Poco takes what follows the first of them for the address
    if (sign == '"' || sign == '\\') quoted += '\\';
    quoted += sign;
  }
  return "\"" + quoted + "\" <" + settings.from + ">";
}

using Session = std::unique_ptr<Poco::Net::SMTPClientSession>;

// The library's own session with TLS connects without a limit of time.
class ProtectableSession : public Poco::Net::SMTPClientSession {
 public:
  using SMTPClientSession::SMTPClientSession;
  // Told the host's name, Poco looks for it in the certificate. False when the server does not offer it.
  bool start_tls(const std::string& host, const std::string& authorities) {
    std::string response;
    if (!isPositiveCompletion(sendCommand("STARTTLS", response))) return false;
    socket() = Poco::Net::SecureStreamSocket::attach(socket(), host, outgoing::client_context(authorities));
    return true;
  }
};

Session open_session(const MailSettings& settings, outgoing::Deadline& deadline) {
  const Poco::Timespan timeout(settings.timeout.count(), 0);
  Poco::Net::StreamSocket socket;
  socket.connect(Poco::Net::SocketAddress(settings.host, settings.port), timeout);
  socket.setReceiveTimeout(timeout);
  socket.setSendTimeout(timeout);
  deadline.hold(socket.impl()->sockfd());
  auto session = std::make_unique<ProtectableSession>(socket);
  if (!settings.starttls) return session;
  session->login();
  if (!session->start_tls(settings.host, settings.authorities)) {
    throw Unavailable("mail_unprotected",
                      {"the mail server does not take messages over TLS", "메일 서버가 TLS로 메일을 받지 않습니다"});
  }
  return session;
}

// Whether the server names its rules as the reason (RFC 3463, X.7.X: relaying denied, client blocked, sender not
// authenticated). Many servers say so only when they hear of the recipient.
bool is_by_rule(const Poco::Net::SMTPException& refused) {
  const std::string code = std::to_string(refused.code());
  const std::string& words = refused.message();
  return words.find(code + " 5.7.") != std::string::npos || words.find(code + "-5.7.") != std::string::npos;
}

// Whether the server will never take this one message. Whatever else it refuses (the login, the sender, us) concerns all
// of them and may be mended by an operator: messages must not be given up for it.
bool is_of_this_message(const Poco::Net::SMTPException& refused) {
  const std::string& words = refused.message();  // Poco's own words come first and tell what was being done
  return refused.code() >= 500 && !is_by_rule(refused) &&
         (words.starts_with("Recipient rejected") || words.starts_with("The server rejected the message"));
}

// The server has the message: however the conversation ends now, it must not count as one that did not go out, or it is
// sent twice.
void take_leave(Poco::Net::SMTPClientSession& session) {
  try {
    session.setTimeout(Poco::Timespan(1, 0));  // nothing depends on the answer
    session.close();
  } catch (const std::exception&) {
    // A server that hung up, or says no good-bye.
  }
}

}  // namespace

void SmtpCarrier::carry(const services::Message& message) {
  if (settings_.host.empty()) {
    throw Unavailable("no_mail_server",
                      {"no mail server is configured (mail.host)", "메일 서버가 설정되지 않았습니다(mail.host)"});
  }
  const std::string mailbox = mailbox_of(message.to);
  Poco::Net::MailMessage mail;
  mail.setSender(sender_of(settings_, message.language));
  mail.addRecipient(Poco::Net::MailRecipient(Poco::Net::MailRecipient::PRIMARY_RECIPIENT, mailbox));
  mail.setSubject(encode_subject(message.subject));
  mail.setContentType("text/plain; charset=utf-8");
  mail.setContent(message.body, Poco::Net::MailMessage::ENCODING_BASE64);
  mail.set("Message-ID", message_id(message, settings_.from));
  mail.set("Auto-Submitted", "auto-generated");
  mail.set("Content-Language", message.language == Language::korean ? "ko" : "en");
  try {
    outgoing::Deadline deadline(settings_.whole);
    const auto session = open_session(settings_, deadline);
    if (settings_.user.empty()) {
      session->login();
    } else {
      session->login(Poco::Net::SMTPClientSession::AUTH_PLAIN, settings_.user, settings_.password);
    }
    session->sendMessage(mail);
    take_leave(*session);
  } catch (const Poco::Net::SMTPException& refused) {
    if (is_of_this_message(refused)) {
      throw InvalidInput("mail_refused",
                         {"the mail server refuses this message", "메일 서버가 이 메일을 거부했습니다"});
    }
    if (refused.code() >= 500) {
      throw Unavailable("mail_not_admitted",
                        {"the mail server admits none of our messages; look at mail.user, its password and mail.from",
                         "메일 서버가 메일을 받지 않습니다. mail.user, 비밀번호, mail.from을 확인하십시오"});
    }
    throw Unavailable("mail_put_off", {"the mail server takes it later", "메일 서버가 나중에 받겠다고 합니다"});
  } catch (const Poco::Exception&) {
    throw Unavailable("mail_unreachable", {"the mail server does not answer", "메일 서버가 응답하지 않습니다"});
  }
}

}  // namespace hanjari::delivery
