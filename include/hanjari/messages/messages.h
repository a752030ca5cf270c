// Messages to people by e-mail and text message: written into an outbox in the transaction of what they tell of, sent
// afterwards, at least once.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"

namespace hanjari::services {

enum class Channel { email, sms };
std::string_view spell(Channel);

struct Message {
  // Two messages of the same dedupe id are one; it goes out as Message-ID and to the SMS gateway, so that a message
  // sent twice is seen as one there.
  std::string dedupe_id;
  Channel channel = Channel::email;
  std::string to;  // e-mail address or phone number
  Language language = Language::korean;
  std::string subject;  // empty for sms
  std::string body;
  // Not sent any more after this (a code that has expired); nothing: until it succeeds.
  std::optional<Instant> useless_after;
  // Not sent before this (a reminder); nothing: at once.
  std::optional<Instant> not_before;
};

struct WaitingMessage {
  std::int64_t id = 0;
  int attempts = 0;  // so far
  Message message;
};

class MessageOutbox {
 public:
  virtual ~MessageOutbox() = default;
  // In a transaction of its own; a message of a known dedupe id is passed over.
  virtual void enqueue(const Message& message, Instant now) = 0;
  // Claims up to `most` messages that are due, for `lease`: nobody else gets them meanwhile.
  virtual std::vector<WaitingMessage> claim(Instant now, std::chrono::seconds lease, int most) = 0;
  virtual void mark_sent(std::int64_t id, Instant now) = 0;
  // Tried again at `next`; nothing: given up. `why` holds no personal data.
  virtual void mark_failed(std::int64_t id, const std::string& why, std::optional<Instant> next, Instant now) = 0;
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

// One round: claims what is due and sends it; returns how many went out. Tries again after 10 s, doubling up to an
// hour, for at most two days.
int send_due_messages(MessageOutbox&, MessageCarrier& email, MessageCarrier& sms, Instant now);

// Sends in a thread of its own until destroyed.
class MessageSender {
 public:
  MessageSender(MessageOutbox&, MessageCarrier& email, MessageCarrier& sms, const Clock&,
                std::chrono::milliseconds pause = std::chrono::milliseconds(1000));
  ~MessageSender();
  MessageSender(const MessageSender&) = delete;
  MessageSender& operator=(const MessageSender&) = delete;

 private:
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace hanjari::services
