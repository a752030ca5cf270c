#include "hanjari/messages/messages.h"

#include <algorithm>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds first_pause = 10s;
constexpr std::chrono::seconds longest_pause = 1h;
constexpr int most_attempts = 56;  // two days
// Longer than any carrier takes for one message: they wait some seconds for each of a handful of answers.
constexpr std::chrono::seconds lease = 300s;
constexpr int at_once = 20;

std::chrono::seconds pause_after(int attempts) {
  return std::min(longest_pause, first_pause * (1 << std::min(attempts, 9)));
}

// Put off, or given up after the last attempt.
void put_off(MessageOutbox& outbox, const WaitingMessage& waiting, const std::string& why, Instant now) {
  const bool again = waiting.attempts + 1 < most_attempts;
  outbox.mark_failed(waiting, why, again ? std::optional(now + pause_after(waiting.attempts)) : std::nullopt, now);
}

bool send_one(MessageOutbox& outbox, MessageCarrier& carrier, const WaitingMessage& waiting, const Clock& clock) {
  if (waiting.message.useless_after && clock.now() >= *waiting.message.useless_after) {
    outbox.mark_failed(waiting, "expired", std::nullopt, clock.now());
    return false;
  }
  if (!waiting.legible) {
    put_off(outbox, waiting, "does_not_open", clock.now());
    return false;
  }
  std::string why;
  try {
    carrier.carry(waiting.message);
  } catch (const InvalidInput& refused) {
    outbox.mark_failed(waiting, refused.code(), std::nullopt, clock.now());
    return false;
  } catch (const Error& error) {
    why = error.code();
  } catch (const std::exception&) {
    // What the exception says may hold the address or the words.
    why = "carrier_broke";
  }
  if (!why.empty()) {
    put_off(outbox, waiting, why, clock.now());
    return false;
  }
  outbox.mark_sent(waiting, clock.now());
  return true;
}

}  // namespace

std::string_view spell(Channel channel) {
  return channel == Channel::email ? "email" : "sms";
}

int send_due_messages(MessageOutbox& outbox, MessageCarrier& email, MessageCarrier& sms, const Clock& clock,
                      const std::function<bool()>& stopping) {
  int sent = 0;
  for (const WaitingMessage& waiting : outbox.claim(clock.now(), lease, at_once)) {
    // The ones before it may have taken longer than the lease.
    const bool stops = stopping();
    if (!outbox.renew(waiting, clock.now(), stops ? 0s : lease) || stops) continue;
    if (send_one(outbox, waiting.message.channel == Channel::email ? email : sms, waiting, clock)) ++sent;
  }
  return sent;
}

}  // namespace hanjari::services
