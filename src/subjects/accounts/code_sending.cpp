#include "accounts/code_sending.h"

#include <algorithm>
#include <vector>

#include "hanjari/accounts/contacts.h"
#include "hanjari/base/digest.h"

namespace hanjari::services {
namespace {

using std::chrono::minutes;

constexpr minutes sending_time{60};
constexpr int unproven_of_source = 30;
constexpr int most_trust = 500;
constexpr int most_made_of_source = 1000;

// By which the use of a source is known when its code is entered; of the ticket, so that nothing more need be kept.
std::string word_of_sending(const std::string& ticket) {
  return sha256("sending of " + ticket).hex().substr(0, 32);
}

// By channel: mail costs next to nothing and addresses of one's own are easily had, so that what they prove lets nobody
// send texts.
std::string source_key(const char* what, Channel channel, const Visitor& visitor) {
  return std::string(what) + (channel == Channel::sms ? "/sms/" : "/email/") + source_of_limits(visitor.source);
}

std::string made_key(Channel channel, const Visitor& visitor) {
  return source_key("code_entered", channel, visitor);
}

GuessLimit limit_of_source(AttemptLimit& attempts, const CodeSending& sending, const Visitor& visitor, Instant now) {
  const int made = attempts.count_misses(made_key(sending.contact.channel, visitor), now - sending_time);
  const bool full = sending.purpose == CodePurpose::sign_up && made >= most_made_of_source;
  return {source_key("code_sent/source", sending.contact.channel, visitor),
          full ? 0 : unproven_of_source + std::min(made, most_trust), sending_time};
}

[[noreturn]] void throw_source_full() {
  throw TooManyAttempts(
      {"Many people have asked for codes from your network and have not entered them yet. As soon as they have, others can be sent: "
       "try again in a minute. In 60 minutes at the latest you can request one.",
       "같은 네트워크에서 인증 번호를 여러 번 요청하여 잠시 제한되었습니다. 먼저 받은 분들이 번호를 입력하면 바로 다시 요청할 수 "
       "있으니 1분 뒤 다시 시도해 주십시오. 늦어도 60분 안에 다시 요청할 수 있습니다."});
}

}  // namespace

void count_sending(AccountRepository& accounts, AttemptLimit& attempts, const CodeSending& sending, const Visitor& visitor,
                   Instant now) {
  const std::string device = visitor.device.size() == 64 ? sha256(visitor.device).hex() : std::string{};
  if (sending.account && !device.empty() && accounts.knows_device(sending.account->id, device, now)) {
    // Every sign-in without the cookie makes another device: together they bear what strangers do.
    count_use(attempts,
              {{"code_sent/device/" + sending.account->id + "/" + device, 5, sending_time},
               {"code_sent/devices/" + sending.account->id, 15, sending_time}},
              now);
    return;
  }
  const std::string word = word_of_sending(sending.ticket);
  try {
    count_use(attempts, word, {limit_of_source(attempts, sending, visitor, now)}, now);
  } catch (const TooManyAttempts&) {
    throw_source_full();
  }
  // Whoever is written to has one mailbox, however its address is spelt.
  const std::string mailbox = mailbox_of(sending.contact.address);
  try {
    count_use(attempts,
              {{"code_sent/pair/" + mailbox + "/" + source_of_limits(visitor.source), 5, sending_time},
               {"code_sent/contact/" + mailbox, 15, sending_time}},
              now);
  } catch (const Error&) {
    // Nothing is sent, so nothing of the source's is used.
    attempts.settle(word, false);
    throw;
  }
}

void prove_sending(AttemptLimit& attempts, const std::string& ticket, const SentCode& sent, const Visitor& visitor, Instant now) {
  attempts.settle(word_of_sending(ticket), false);
  // A contact makes one account and never another, so that nobody bears more by entering many codes of one mailbox.
  if (sent.purpose == CodePurpose::sign_up) attempts.record_miss(made_key(sent.channel, visitor), now);
}

}  // namespace hanjari::services
