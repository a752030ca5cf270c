// Messages to people by e-mail and text message: written into an outbox in the transaction of what they tell of, sent
// afterwards, at least once.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"

namespace hanjari::services {

enum class Channel { email, sms };
std::string_view spell(Channel);

// What limits count messages to an address under. One mailbox is reached by many spellings: capital letters, dots, and what
// stands behind a plus sign; one telephone too. They count together, because somebody could be flooded by another spelling
// each.
std::string mailbox_of(const std::string& address);

// What goes out before what: codes, which somebody waits for in front of a page, have senders of their own; what is of
// use only soon passes the rest.
enum class Urgency { code, soon, bulk };
std::string_view spell(Urgency);

class AttemptLimit;

struct Message {
  // Two messages of the same dedupe id are one; it goes out as Message-ID and to the SMS gateway, so that a message
  // sent twice is seen as one there.
  std::string dedupe_id;
  Channel channel = Channel::email;
  // E-mail address or phone number, of a message without `account`. One of an account goes to the contact that it has
  // confirmed at the moment of sending, whatever stands here and whatever the channel is.
  std::string to;
  Language language = Language::korean;
  std::string subject;  // empty for sms
  std::string body;
  // Not sent any more after this (a code that has expired); nothing: until it succeeds.
  std::optional<Instant> useless_after;
  // Not sent before this (a reminder); nothing: at once.
  std::optional<Instant> not_before;
  // Code of the exam whose key seals it and with which it is destroyed; empty: of no exam.
  std::string exam;
  Urgency urgency = Urgency::bulk;
  // Of an applicant; messages are counted by account and application. Empty: of none.
  std::string account;
  std::string application;
  // A message takes the place of one that still waits with the same word, and its turn: what changes several times
  // within a short time is told once. Empty: it takes nobody's place.
  std::string digest;
};

// Where a person is reached: the contact that the account has confirmed.
struct AccountContact {
  Channel channel = Channel::email;
  std::string to;
  Language language = Language::korean;
};
using FindContact = std::function<std::optional<AccountContact>(const std::string& account)>;

// What a sender takes: messages of one channel or of all, in the order of these urgencies.
struct Lane {
  std::optional<Channel> channel{};
  std::vector<Urgency> urgencies{Urgency::code, Urgency::soon, Urgency::bulk};
};

struct WaitingMessage {
  std::int64_t id = 0;
  int attempts = 0;     // so far
  int begun = 0;        // how often sending was begun since and did not end: the program died
  std::string claim;    // whoever holds it may send the message and mark it
  bool legible = true;  // otherwise address and words do not open
  Message message;
};

// A message that was given up.
struct FailedMessage {
  std::int64_t id = 0;
  std::string dedupe_id;  // what it told of, with the id of the application or account
  Channel channel = Channel::email;
  int attempts = 0;
  std::string why;  // code of the reason
  Instant failed_at{};
};

class MessageOutbox {
 public:
  virtual ~MessageOutbox() = default;
  // In a transaction of its own; a message of a known dedupe id is passed over.
  virtual void enqueue(const Message& message, Instant now) = 0;
  // Those of these dedupe ids that are known, whatever became of their messages. By one query.
  virtual std::set<std::string> find_known(const std::vector<std::string>& dedupe_ids) = 0;
  // Claims up to `most` messages of the lane that are due, for `lease`: nobody else gets them meanwhile.
  virtual std::vector<WaitingMessage> claim(Instant now, std::chrono::seconds lease, int most,
                                            const Lane& lane = {}) = 0;
  // Gives the claim up without an attempt: the message goes by this channel, from `due` on. False when the claim is
  // somebody else's by now.
  virtual bool put_back(const WaitingMessage& claimed, Channel channel, Instant due, Instant now) = 0;
  // Holds the claim for `lease` more and notes that sending begins, or gives it back (0); false when it ended meanwhile
  // and somebody else has the message.
  virtual bool renew(const WaitingMessage& claimed, Instant now, std::chrono::seconds lease) = 0;
  // Of the one who holds the claim; a claim that is somebody else's by now changes nothing, and false is returned.
  virtual bool mark_sent(const WaitingMessage& claimed, Instant now) = 0;
  // Tried again at `next`; nothing: given up. `why` holds no personal data.
  virtual bool mark_failed(const WaitingMessage& claimed, const std::string& why, std::optional<Instant> next,
                           Instant now) = 0;
  // Those given up, newest first; `before`: only older ones, 0 for the newest.
  virtual std::vector<FailedMessage> list_failed(std::int64_t before, int most) = 0;
  struct Figures {
    std::int64_t waiting = 0;
    std::int64_t sent = 0;
    std::int64_t failed = 0;
  };
  virtual Figures count_messages() = 0;
};

// Hands messages to the outside. Throws Unavailable when trying again may help, InvalidInput when it never will (a
// mailbox that does not exist).
class MessageCarrier {
 public:
  virtual ~MessageCarrier() = default;
  virtual void carry(const Message& message) = 0;
};

// How many messages go out in an hour. What is beyond waits for its turn and is not lost. Codes are counted where they
// are asked for: five to a contact, thirty from a source.
constexpr int most_of_application = 10;
constexpr int most_of_account = 20;
constexpr int most_to_address = 20;

// Who writes: named at the head of every message, and below an e-mail with where questions are answered.
struct Letterhead {
  Text institution;       // empty: messages name nobody
  Text department{};
  std::string telephone{};
  std::string portal{};   // address of the portal, without a language
};

// The message as it goes out, in the person's language. A text message keeps its length: it says who writes, no more.
Message with_letterhead(Message message, const Letterhead& letterhead);

struct SendingRules {
  Lane lane{};
  int at_once = 20;                // messages that a round claims; others wait for it
  AttemptLimit* limits = nullptr;  // where messages are counted; null: they are not
  FindContact contacts{};          // without it a message of an account has no address
  Letterhead letterhead{};
};

// Empties the outbox, round by round. Several senders may be at work, each in a thread of its own. It remembers what
// went out and could not be marked because the database was away at that moment, and marks it before it sends anything
// else; the next round goes on with the rest of what was claimed, which nobody else gets until the lease is over.
class MessageSender {
 public:
  MessageSender(MessageOutbox& outbox, MessageCarrier& email, MessageCarrier& sms, const Clock& clock,
                SendingRules rules = {});

  // One round: claims what is due and sends it; returns how many went out. Tries again after 10 s (a code after 1 s),
  // doubling up to an hour, for at most two days, whatever a carrier throws. The claim is renewed before each message,
  // and a message whose claim was lost is left to the one who has it. `stopping` is asked before each message: those
  // that are left go back at once. Throws what the outbox throws.
  int send_due(const std::function<bool()>& stopping = [] { return false; });

 private:
  struct WentOut {
    WaitingMessage claimed;  // without the message
    Instant at{};
  };
  // The first of those that are claimed; whether it went out.
  bool send_next(const std::function<bool()>& stopping);
  bool send_one(const WaitingMessage& waiting);
  bool find_address(const WaitingMessage& waiting, Message& message);
  std::string carry(const WaitingMessage& waiting, const Message& message);
  void mark_what_went_out();

  MessageOutbox& outbox_;
  MessageCarrier& email_;
  MessageCarrier& sms_;
  const Clock& clock_;
  SendingRules rules_;
  std::deque<WaitingMessage> claimed_;  // and not begun
  std::vector<WentOut> went_out_;
};

// A single round.
int send_due_messages(
    MessageOutbox&, MessageCarrier& email, MessageCarrier& sms, const Clock&,
    const std::function<bool()>& stopping = [] { return false; });

}  // namespace hanjari::services
