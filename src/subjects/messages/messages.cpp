#include "hanjari/messages/messages.h"

#include <algorithm>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds first_pause = 10s;
constexpr std::chrono::seconds longest_pause = 1h;
constexpr int most_attempts = 56;  // two days
constexpr std::chrono::seconds lease = 60s;
constexpr int at_once = 20;

std::chrono::seconds pause_after(int attempts) {
  return std::min(longest_pause, first_pause * (1 << std::min(attempts, 9)));
}

bool send_one(MessageOutbox& outbox, MessageCarrier& carrier, const WaitingMessage& waiting, Instant now) {
  if (waiting.message.useless_after && now >= *waiting.message.useless_after) {
    outbox.mark_failed(waiting.id, "expired", std::nullopt, now);
    return false;
  }
  try {
    carrier.carry(waiting.message);
  } catch (const InvalidInput& refused) {
    outbox.mark_failed(waiting.id, refused.code(), std::nullopt, now);
    return false;
  } catch (const Error& error) {
    const bool again = waiting.attempts + 1 < most_attempts;
    outbox.mark_failed(waiting.id, error.code(),
                       again ? std::optional(now + pause_after(waiting.attempts)) : std::nullopt, now);
    return false;
  }
  outbox.mark_sent(waiting.id, now);
  return true;
}

}  // namespace

std::string_view spell(Channel channel) {
  return channel == Channel::email ? "email" : "sms";
}

int send_due_messages(MessageOutbox& outbox, MessageCarrier& email, MessageCarrier& sms, Instant now) {
  int sent = 0;
  for (const WaitingMessage& waiting : outbox.claim(now, lease, at_once)) {
    if (send_one(outbox, waiting.message.channel == Channel::email ? email : sms, waiting, now)) ++sent;
  }
  return sent;
}

MessageSender::MessageSender(MessageOutbox& outbox, MessageCarrier& email, MessageCarrier& sms, const Clock& clock,
                             std::chrono::milliseconds pause)
    : thread_([this, &outbox, &email, &sms, &clock, pause] {
        while (!stopping_) {
          int sent = 0;
          try {
            sent = send_due_messages(outbox, email, sms, clock.now());
          } catch (const std::exception&) {
            // The database is away; what waits is still there when it is back.
          }
          for (auto left = sent > 0 ? 0ms : pause; left > 0ms && !stopping_; left -= 50ms)
            std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(left, 50ms));
        }
      }) {}

MessageSender::~MessageSender() {
  stopping_ = true;
  thread_.join();
}

}  // namespace hanjari::services
