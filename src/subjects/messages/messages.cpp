#include "hanjari/messages/messages.h"

#include <algorithm>
#include <utility>

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
// A message on which the program died so often is not tried again: it would end every program after it.
constexpr int most_begun = 5;

std::chrono::seconds pause_after(int attempts) {
  return std::min(longest_pause, first_pause * (1 << std::min(attempts, 9)));
}

// Put off, or given up after the last attempt.
void put_off(MessageOutbox& outbox, const WaitingMessage& waiting, const std::string& why, Instant now) {
  const bool again = waiting.attempts + 1 < most_attempts;
  outbox.mark_failed(waiting, why, again ? std::optional(now + pause_after(waiting.attempts)) : std::nullopt, now);
}

}  // namespace

std::string_view spell(Channel channel) {
  return channel == Channel::email ? "email" : "sms";
}

MessageSender::MessageSender(MessageOutbox& outbox, MessageCarrier& email, MessageCarrier& sms, const Clock& clock)
    : outbox_(outbox), email_(email), sms_(sms), clock_(clock) {}

int MessageSender::send_due(const std::function<bool()>& stopping) {
  // First of all, and by this very program: while it still holds the claims of what it sent, nobody sends it again.
  mark_what_went_out();
  int sent = 0;
  if (claimed_.empty()) {
    for (WaitingMessage& waiting : outbox_.claim(clock_.now(), lease, at_once)) claimed_.push_back(std::move(waiting));
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
  std::string why;
  try {
    (waiting.message.channel == Channel::email ? email_ : sms_).carry(waiting.message);
  } catch (const InvalidInput& refused) {
    outbox_.mark_failed(waiting, refused.code(), std::nullopt, clock_.now());
    return false;
  } catch (const Error& error) {
    why = error.code();
  } catch (...) {
    // Whatever it is: what it says may hold the address or the words.
    why = "carrier_broke";
  }
  if (!why.empty()) {
    put_off(outbox_, waiting, why, clock_.now());
    return false;
  }
  WentOut& one = went_out_.emplace_back();
  one.claimed.id = waiting.id;
  one.claimed.claim = waiting.claim;
  one.at = clock_.now();
  mark_what_went_out();
  return true;
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
