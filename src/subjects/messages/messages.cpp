#include "hanjari/messages/messages.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds first_pause = 10s;
constexpr std::chrono::seconds first_pause_of_code = 1s;  // somebody sits before the page
constexpr std::chrono::seconds longest_pause = 1h;
constexpr int most_attempts = 56;  // two days
// Longer than any carrier takes for one message: they wait some seconds for each of a handful of answers.
constexpr std::chrono::seconds lease = 300s;
// A message on which the program died so often is not tried again: it would end every program after it.
constexpr int most_begun = 5;

std::chrono::seconds pause_after(int attempts, Urgency urgency) {
  const std::chrono::seconds first = urgency == Urgency::code ? first_pause_of_code : first_pause;
  return std::min(longest_pause, first * (1 << std::min(attempts, 9)));
}

// Put off, or given up after the last attempt.
void put_off(MessageOutbox& outbox, const WaitingMessage& waiting, const std::string& why, Instant now) {
  std::optional<Instant> next;
  if (waiting.attempts + 1 < most_attempts) next = now + pause_after(waiting.attempts, waiting.message.urgency);
  outbox.mark_failed(waiting, why, next, now);
}

// No carrier's code: it was given up already.
constexpr std::string_view refused_for_ever = "refused for ever";

// A text message of more bytes than this says only what it is about; the words stand behind the sign-in.
constexpr std::size_t longest_text = 400;

std::string words_of_text(const Message& message) {
  if (message.subject.empty()) return message.body;
  if (message.subject.size() + 2 + message.body.size() <= longest_text) return message.subject + ". " + message.body;
  const Text go_on{"Sign in to read all of it.", "로그인하여 전체 내용을 확인하십시오."};
  return message.subject + ". " + go_on.in(message.language);
}

// With and without hyphens and the country's number it is one telephone.
std::string telephone_of(const std::string& number) {
  std::string digits;
  for (const char c : number) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.starts_with("0082")) digits.erase(0, 2);
  if (!digits.starts_with("82")) return digits;
  return "0" + digits.substr(digits.starts_with("820") ? 3 : 2);
}

std::vector<GuessLimit> limits_of(const Message& message) {
  constexpr std::chrono::minutes hour{60};
  std::vector<GuessLimit> limits;
  if (!message.application.empty())
    limits.push_back({"message/application/" + message.application, most_of_application, hour});
  if (!message.account.empty()) limits.push_back({"message/account/" + message.account, most_of_account, hour});
  if (!message.to.empty()) limits.push_back({"message/address/" + mailbox_of(message.to), most_to_address, hour});
  return limits;
}

// A message under the limits of the hour: counted before it goes out, taken back when it did not. One whose program
// died on the way counts.
class CountedMessage {
 public:
  CountedMessage(AttemptLimit* limits, const Message& message, Instant now)
      : limits_(message.urgency == Urgency::code ? nullptr : limits) {
    if (limits_ == nullptr) return;
    word_ = draw_token();
    answer_ = limits_->reserve(word_, limits_of(message), now);
  }
  ~CountedMessage() {
    if (limits_ == nullptr || answer_ != AttemptLimit::Reserved::yes) return;
    try {
      limits_->settle(word_, went_out_);
    } catch (const std::exception&) {
      // The database is away: it counts until its hour is over.
    }
  }
  CountedMessage(const CountedMessage&) = delete;
  CountedMessage& operator=(const CountedMessage&) = delete;

  // How long the message has to wait; 0: not at all.
  std::chrono::seconds pause() const {
    if (answer_ == AttemptLimit::Reserved::yes) return 0s;
    return answer_ == AttemptLimit::Reserved::full ? std::chrono::seconds(15min) : first_pause;
  }
  void went_out() { went_out_ = true; }

 private:
  AttemptLimit* limits_;
  std::string word_;
  AttemptLimit::Reserved answer_ = AttemptLimit::Reserved::yes;
  bool went_out_ = false;
};

}  // namespace

std::string mailbox_of(const std::string& address) {
  const std::size_t at = std::min(address.rfind('@'), address.size());
  if (at == address.size()) return telephone_of(address);
  std::string mailbox;
  for (const char c : address.substr(0, at)) {
    if (c == '+') break;
    if (c != '.') mailbox += c;
  }
  mailbox += address.substr(at);
  for (char& c : mailbox) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return mailbox;
}

std::string_view spell(Channel channel) {
  return channel == Channel::email ? "email" : "sms";
}

std::string_view spell(Urgency urgency) {
  switch (urgency) {
    case Urgency::code:
      return "code";
    case Urgency::soon:
      return "soon";
    case Urgency::bulk:
      break;
  }
  return "bulk";
}

Message with_letterhead(Message message, const Letterhead& letterhead) {
  const std::string& institution = letterhead.institution.in(message.language);
  const std::string head = institution.empty() ? std::string() : "[" + institution + "] ";
  if (message.channel == Channel::sms) {
    message.body = head + message.body;
    return message;
  }
  message.subject = head + message.subject;
  std::string foot;
  const auto add = [&](const std::string& words, const char* before) {
    if (!words.empty()) foot += (foot.empty() ? "" : before) + words;
  };
  add(institution, "");
  add(letterhead.department.in(message.language), " ");
  const bool korean = message.language == Language::korean;
  if (!letterhead.telephone.empty()) add((korean ? "전화 " : "Telephone ") + letterhead.telephone, "\n");
  // Schools, offices and invigilators have no account there: beside the link of their mail another one would mislead.
  if (!letterhead.portal.empty() && !message.account.empty()) add(letterhead.portal + (korean ? "/ko/my" : "/en/my"), "\n");
  if (!foot.empty()) message.body += "\n\n" + foot + "\n";
  return message;
}

MessageSender::MessageSender(MessageOutbox& outbox, MessageCarrier& email, MessageCarrier& sms, const Clock& clock,
                             SendingRules rules)
    : outbox_(outbox), email_(email), sms_(sms), clock_(clock), rules_(std::move(rules)) {}

int MessageSender::send_due(const std::function<bool()>& stopping) {
  // First of all, and by this very program: while it still holds the claims of what it sent, nobody sends it again.
  mark_what_went_out();
  int sent = 0;
  if (claimed_.empty()) {
    for (WaitingMessage& waiting : outbox_.claim(clock_.now(), lease, rules_.at_once, rules_.lane))
      claimed_.push_back(std::move(waiting));
  }
  while (!claimed_.empty()) {
    if (send_next(stopping)) ++sent;
  }
  return sent;
}

bool MessageSender::send_next(const std::function<bool()>& stopping) {
  // It stays in the list until the database has answered: if it does not, the next round begins with this one again.
  const WaitingMessage& next = claimed_.front();
  if (next.begun >= most_begun) {
    outbox_.mark_failed(next, "broke_off", std::nullopt, clock_.now());
    claimed_.pop_front();
    return false;
  }
  // The ones before it may have taken longer than the lease.
  const bool stops = stopping();
  const bool held = outbox_.renew(next, clock_.now(), stops ? 0s : lease);
  // It leaves the list before it is sent: whatever is thrown then, it is not sent from the list a second time.
  const WaitingMessage waiting = std::move(claimed_.front());
  claimed_.pop_front();
  return held && !stops && send_one(waiting);
}

bool MessageSender::send_one(const WaitingMessage& waiting) {
  if (waiting.message.useless_after && clock_.now() >= *waiting.message.useless_after) {
    outbox_.mark_failed(waiting, "expired", std::nullopt, clock_.now());
    return false;
  }
  if (!waiting.legible) {
    put_off(outbox_, waiting, "does_not_open", clock_.now());
    return false;
  }
  Message message = waiting.message;
  if (!find_address(waiting, message)) return false;
  message = with_letterhead(std::move(message), rules_.letterhead);
  CountedMessage counted(rules_.limits, message, clock_.now());
  if (const auto pause = counted.pause(); pause > 0s) {
    outbox_.put_back(waiting, message.channel, clock_.now() + pause, clock_.now());
    return false;
  }
  const std::string why = carry(waiting, message);
  if (why == refused_for_ever) return false;
  if (!why.empty()) {
    put_off(outbox_, waiting, why, clock_.now());
    return false;
  }
  counted.went_out();
  WentOut& one = went_out_.emplace_back();
  one.claimed.id = waiting.id;
  one.claimed.claim = waiting.claim;
  one.at = clock_.now();
  mark_what_went_out();
  return true;
}

// False when the message was given up, put off, or left to the senders of another channel.
bool MessageSender::find_address(const WaitingMessage& waiting, Message& message) {
  if (message.account.empty()) return true;
  std::optional<AccountContact> contact;
  try {
    if (rules_.contacts) contact = rules_.contacts(message.account);
  } catch (const Error& error) {
    put_off(outbox_, waiting, error.code(), clock_.now());
    return false;
  }
  if (!contact) {
    outbox_.mark_failed(waiting, "no_confirmed_contact", std::nullopt, clock_.now());
    return false;
  }
  if (rules_.lane.channel && contact->channel != *rules_.lane.channel) {
    outbox_.put_back(waiting, contact->channel, clock_.now(), clock_.now());
    return false;
  }
  message.channel = contact->channel;
  message.to = contact->to;
  if (message.channel == Channel::sms) {
    message.body = words_of_text(message);
    message.subject.clear();
  }
  return true;
}

// Why it did not go out; empty when it did. What never will is given up here.
std::string MessageSender::carry(const WaitingMessage& waiting, const Message& message) {
  try {
    (message.channel == Channel::email ? email_ : sms_).carry(message);
  } catch (const InvalidInput& refused) {
    outbox_.mark_failed(waiting, refused.code(), std::nullopt, clock_.now());
    return std::string(refused_for_ever);
  } catch (const Error& error) {
    return error.code();
  } catch (...) {
    // Whatever it is: what it says may hold the address or the words.
    return "carrier_broke";
  }
  return {};
}

void MessageSender::mark_what_went_out() {
  while (!went_out_.empty()) {
    // False where another program has it by now: there is nothing left to mark.
    outbox_.mark_sent(went_out_.front().claimed, went_out_.front().at);
    went_out_.erase(went_out_.begin());
  }
}

int send_due_messages(MessageOutbox& outbox, MessageCarrier& email, MessageCarrier& sms, const Clock& clock,
                      const std::function<bool()>& stopping) {
  return MessageSender(outbox, email, sms, clock).send_due(stopping);
}

}  // namespace hanjari::services
