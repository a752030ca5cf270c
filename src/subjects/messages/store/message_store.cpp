#include "messages/store/message_store.h"

#include <random>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "intake/store/application_rows.h"
#include "intake/store/intake_seal.h"

namespace hanjari::storage {
namespace {

using services::Channel;
using services::Message;
using services::WaitingMessage;

std::string claim_token() {
  thread_local std::random_device device;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", device(), device(), device(), device());
}

}  // namespace

void write_messages(Connection& connection, const FieldCipher& cipher, const std::vector<Message>& messages,
                    Instant now) {
  if (messages.empty()) return;
  const std::string time = sql_time(now);
  RowInsert rows(connection, "INSERT IGNORE INTO",
                 "messages (dedupe_id, channel, language, to_sealed, content_sealed, state, attempts, due_at, "
                 "claimed_until, useless_after, created_at, why)",
                 12, messages.size());
  for (const Message& message : messages) {
    rows.add(message.dedupe_id, spell(message.channel), message.language == Language::korean ? "ko" : "en",
             seal_recipient(cipher, message), seal_content(cipher, message), "waiting", 0,
             sql_time(message.not_before.value_or(now)), time,
             message.useless_after ? std::optional(sql_time(*message.useless_after)) : std::nullopt, time, "");
  }
}

void MessageStore::enqueue(const Message& message, Instant now) {
  in_transaction(store_.pool, store_.retry,
                 [&](Connection& connection, Attempt) { write_messages(connection, store_.cipher, {message}, now); });
}

std::vector<WaitingMessage> MessageStore::claim(Instant now, std::chrono::seconds lease, int most) {
  const std::string token = claim_token();
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const std::string time = sql_time(now);
    std::vector<WaitingMessage> claimed;
    const auto changed = connection.change(
        "UPDATE messages SET claim_token = ?, claimed_until = ? WHERE state = 'waiting' AND due_at <= ? AND "
        "claimed_until <= ? ORDER BY due_at LIMIT ?",
        token, sql_time(now + lease), time, time, most);
    if (changed == 0) return claimed;
    Rows rows = connection.select(
        "SELECT message_id, attempts, dedupe_id, channel, language, to_sealed, content_sealed, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', useless_after) FROM messages WHERE claim_token = ? ORDER BY due_at, "
        "message_id",
        token);
    while (rows.next()) {
      WaitingMessage waiting;
      waiting.id = rows.integer();
      waiting.attempts = static_cast<int>(rows.integer());
      Message& message = waiting.message;
      message.dedupe_id = rows.text();
      message.channel = rows.text() == "sms" ? Channel::sms : Channel::email;
      message.language = rows.text() == "en" ? Language::english : Language::korean;
      message.to = open_recipient(store_.cipher, message.dedupe_id, rows.text());
      open_content(store_.cipher, rows.text(), message);
      if (const auto until = rows.maybe_integer()) message.useless_after = from_microseconds(*until);
      claimed.push_back(std::move(waiting));
    }
    return claimed;
  });
}

void MessageStore::mark_sent(std::int64_t id, Instant now) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "UPDATE messages SET state = 'sent', attempts = attempts + 1, settled_at = ?, to_sealed = NULL, "
        "content_sealed = NULL, claim_token = NULL WHERE message_id = ? AND state = 'waiting'",
        sql_time(now), id);
  });
}

void MessageStore::mark_failed(std::int64_t id, const std::string& why, std::optional<Instant> next, Instant now) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    if (next) {
      connection.change(
          "UPDATE messages SET attempts = attempts + 1, due_at = ?, claimed_until = ?, claim_token = NULL, why = ? "
          "WHERE message_id = ? AND state = 'waiting'",
          sql_time(*next), sql_time(now), why, id);
    } else {
      connection.change(
          "UPDATE messages SET state = 'failed', attempts = attempts + 1, settled_at = ?, to_sealed = NULL, "
          "content_sealed = NULL, claim_token = NULL, why = ? WHERE message_id = ? AND state = 'waiting'",
          sql_time(now), why, id);
    }
  });
}

services::MessageOutbox::Figures MessageStore::count_messages() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Figures figures;
    Rows rows = connection.select("SELECT state, COUNT(*) FROM messages GROUP BY state");
    while (rows.next()) {
      const std::string state = rows.text();
      const std::int64_t count = rows.integer();
      (state == "waiting" ? figures.waiting : state == "sent" ? figures.sent : figures.failed) = count;
    }
    return figures;
  });
}

}  // namespace hanjari::storage
