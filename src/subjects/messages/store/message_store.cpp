#include "messages/store/message_store.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "database/column_text.h"
#include "database/legible.h"
#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/actor/token.h"

namespace hanjari::storage {
namespace {

using services::Channel;
using services::Message;
using services::Urgency;
using services::WaitingMessage;

constexpr std::string_view content_column = "messages.content";
constexpr std::string_view recipient_column = "messages.to";

// One line of text: what would end it becomes a blank.
std::string one_line(const std::string& text) {
  std::string line = text;
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return line;
}

// Subject and body in one value.
std::string seal_content(const FieldCipher& cipher, const Message& message) {
  return cipher.seal({0, message.dedupe_id, content_column, message.exam},
                     one_line(message.subject) + "\n" + message.body);
}

void open_content(const FieldCipher& cipher, const std::string& sealed, Message& message) {
  const std::string content = cipher.open({0, message.dedupe_id, content_column}, sealed);
  const auto end = content.find('\n');
  message.subject = content.substr(0, end);
  message.body = end == std::string::npos ? std::string() : content.substr(end + 1);
}

std::string seal_recipient(const FieldCipher& cipher, const Message& message) {
  return cipher.seal({0, message.dedupe_id, recipient_column, message.exam}, message.to);
}

std::string open_recipient(const FieldCipher& cipher, const std::string& dedupe_id, const std::string& sealed) {
  return cipher.open({0, dedupe_id, recipient_column}, sealed);
}

constexpr std::size_t longest_why = 200;

// NULL for what was not said.
std::optional<std::string> said(const std::string& word) {
  return word.empty() ? std::nullopt : std::optional(word);
}

// When a new message is due. One with a digest takes the place, and the turn, of those that wait with the same word
// and that nobody is sending at this moment. They are found by a plain reading and taken away one by one, so that
// transactions of different people never wait for one another.
Instant take_turn(Connection& connection, const Message& message, Instant now) {
  Instant turn = message.not_before.value_or(now);
  if (message.digest.empty()) return turn;
  std::vector<std::pair<std::int64_t, Instant>> earlier;
  {
    Rows rows = connection.select(
        "SELECT message_id, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', due_at) FROM messages WHERE digest = ? AND state "
        "= "
        "'waiting' AND dedupe_id <> ?",
        message.digest, message.dedupe_id);
    while (rows.next()) {
      const std::int64_t id = rows.integer();
      earlier.emplace_back(id, from_microseconds(rows.integer()));
    }
  }
  for (const auto& [id, due] : earlier) {
    if (connection.change("DELETE FROM messages WHERE message_id = ? AND state = 'waiting' AND claimed_until <= ?", id,
                          sql_time(now)) > 0)
      turn = std::min(turn, due);
  }
  return turn;
}

// The index of turns holds the rows of other lanes apart: no claim of a crowd's messages scans, and so locks, a code.
std::string rows_of(const services::Lane& lane) {
  return lane.channel ? "messages FORCE INDEX (messages_turn)" : "messages";
}

// What a sender of the lane may claim; bind_due gives the values, in this order.
std::string due_rows(const services::Lane& lane) {
  return fmt::format("state = 'waiting' AND urgency = ?{} AND due_at <= ? AND claimed_until <= ?",
                     lane.channel ? " AND channel = ?" : "");
}

void bind_due(Statement& statement, Urgency urgency, const services::Lane& lane, const std::string& time) {
  statement.bind(spell(urgency));
  if (lane.channel) statement.bind(spell(*lane.channel));
  statement.bind(time);
  statement.bind(time);
}

// One urgency after the other, each in its order.
int claim_rows(Connection& connection, const std::string& token, Instant now, Instant until, int most,
               const services::Lane& lane) {
  int claimed = 0;
  for (const Urgency urgency : lane.urgencies) {
    if (claimed >= most) break;
    Statement& statement =
        connection.statement("UPDATE " + rows_of(lane) + " SET claim_token = ?, claimed_until = ? WHERE " +
                             due_rows(lane) + " ORDER BY due_at LIMIT ?");
    statement.bind(token);
    statement.bind(sql_time(until));
    bind_due(statement, urgency, lane, sql_time(now));
    statement.bind(most - claimed);
    claimed += static_cast<int>(statement.change());
  }
  return claimed;
}

Urgency urgency_of(const std::string& word) {
  if (word == "code") return Urgency::code;
  return word == "soon" ? Urgency::soon : Urgency::bulk;
}

WaitingMessage read_waiting(Rows& rows, const FieldCipher& cipher, const std::string& token) {
  WaitingMessage waiting;
  waiting.claim = token;
  waiting.id = rows.integer();
  waiting.attempts = static_cast<int>(rows.integer());
  waiting.begun = static_cast<int>(rows.integer());
  Message& message = waiting.message;
  message.dedupe_id = rows.text();
  message.channel = rows.text() == "sms" ? Channel::sms : Channel::email;
  message.language = rows.text() == "en" ? Language::english : Language::korean;
  const std::string to = rows.text();
  const std::string content = rows.text();
  waiting.legible = read_legibly([&] {
                      message.to = open_recipient(cipher, message.dedupe_id, to);
                      open_content(cipher, content, message);
                    }) == Legible::yes;
  if (const auto until = rows.maybe_integer()) message.useless_after = from_microseconds(*until);
  message.urgency = urgency_of(rows.text());
  message.account = rows.maybe_text().value_or("");
  message.application = rows.maybe_text().value_or("");
  return waiting;
}

// Whether this very marking went through before, in a commit that was not heard.
bool was_settled(Connection& connection, const WaitingMessage& claimed, Instant now) {
  return connection
      .select("SELECT 1 FROM messages WHERE message_id = ? AND claim_token = ? AND settled_at = ?", claimed.id,
              claimed.claim, sql_time(now))
      .next();
}

}  // namespace

void write_messages(Connection& connection, const FieldCipher& cipher, const std::vector<Message>& messages,
                    Instant now) {
  if (messages.empty()) return;
  const std::string time = sql_time(now);
  std::vector<Instant> turns;
  for (const Message& message : messages) turns.push_back(take_turn(connection, message, now));
  RowInsert rows(
      connection,
      "messages (dedupe_id, channel, language, to_sealed, content_sealed, state, attempts, due_at, "
      "claimed_until, useless_after, created_at, why, exam_code, urgency, account_id, application_id, digest)",
      17, messages.size(), "ON DUPLICATE KEY UPDATE message_id = message_id");
  for (std::size_t at = 0; at < messages.size(); ++at) {
    const Message& message = messages[at];
    rows.add(message.dedupe_id, spell(message.channel), message.language == Language::korean ? "ko" : "en",
             seal_recipient(cipher, message), seal_content(cipher, message), "waiting", 0, sql_time(turns[at]), time,
             message.useless_after ? std::optional(sql_time(*message.useless_after)) : std::nullopt, time, "",
             said(message.exam), spell(message.urgency), said(message.account), said(message.application),
             said(message.digest));
  }
}

void MessageStore::enqueue(const Message& message, Instant now) {
  in_transaction(store_.pool, store_.retry,
                 [&](Connection& connection, Attempt) { write_messages(connection, store_.cipher, {message}, now); });
}

std::set<std::string> MessageStore::find_known(const std::vector<std::string>& dedupe_ids) {
  if (dedupe_ids.empty()) return {};
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::size_t padded = 0;
    Statement& statement = connection.statement(
        fmt::format("SELECT dedupe_id FROM messages WHERE dedupe_id IN {}", placeholders(dedupe_ids.size(), padded)));
    for (std::size_t at = 0; at < padded; ++at) statement.bind(dedupe_ids[std::min(at, dedupe_ids.size() - 1)]);
    Rows rows = statement.select();
    std::set<std::string> found;
    while (rows.next()) found.insert(rows.text());
    return found;
  });
}

std::vector<WaitingMessage> MessageStore::claim(Instant now, std::chrono::seconds lease, int most,
                                                const services::Lane& lane) {
  if (!is_anything_due(now, lane)) return {};
  const std::string token = services::draw_token();
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    std::vector<WaitingMessage> claimed;
    const auto changed = claim_rows(connection, token, now, now + lease, most, lane);
    if (changed == 0 && attempt.number == 1) return claimed;
    Rows rows = connection.select(
        "SELECT message_id, attempts, begun, dedupe_id, channel, language, to_sealed, content_sealed, "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', useless_after), urgency, account_id, application_id FROM messages "
        "WHERE claim_token = ? ORDER BY FIELD(urgency, 'code', 'soon', 'bulk'), due_at, message_id",
        token);
    while (rows.next()) claimed.push_back(read_waiting(rows, store_.cipher, token));
    return claimed;
  });
}

// One reading, so that senders that find nothing cost no transaction.
bool MessageStore::is_anything_due(Instant now, const services::Lane& lane) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    const std::string time = sql_time(now);
    for (const Urgency urgency : lane.urgencies) {
      Statement& statement =
          connection.statement("SELECT 1 FROM " + rows_of(lane) + " WHERE " + due_rows(lane) + " LIMIT 1");
      bind_due(statement, urgency, lane, time);
      if (statement.select().next()) return true;
    }
    return false;
  });
}

bool MessageStore::put_back(const WaitingMessage& claimed, Channel channel, Instant due, Instant now) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    // As mark_failed: without its token it is found no more.
    return connection.change(
               "UPDATE messages SET channel = ?, due_at = ?, begun = 0, claimed_until = ?, claim_token = NULL WHERE "
               "message_id = ? AND claim_token = ? AND state = 'waiting'",
               spell(channel), sql_time(due), sql_time(now), claimed.id, claimed.claim) > 0 ||
           attempt.number > 1;
  });
}

bool MessageStore::renew(const WaitingMessage& claimed, Instant now, std::chrono::seconds lease) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    return connection.change(
               "UPDATE messages SET claimed_until = ?, begun = begun + ? WHERE message_id = ? AND claim_token = ? AND "
               "state = 'waiting'",
               sql_time(now + lease), lease.count() > 0 ? 1 : 0, claimed.id, claimed.claim) > 0;
  });
}

bool MessageStore::mark_sent(const WaitingMessage& claimed, Instant now) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const bool marked = connection.change(
                            "UPDATE messages SET state = 'sent', attempts = attempts + 1, settled_at = ?, to_sealed = "
                            "NULL, content_sealed = NULL WHERE message_id = ? AND claim_token = ? AND state = "
                            "'waiting'",
                            sql_time(now), claimed.id, claimed.claim) > 0;
    return marked || (attempt.number > 1 && was_settled(connection, claimed, now));
  });
}

bool MessageStore::mark_failed(const WaitingMessage& claimed, const std::string& why, std::optional<Instant> next,
                               Instant now) {
  const std::string reason = shortened(why, longest_why);
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    if (next) {
      // The token goes with the claim: done again after a commit that was not heard, it finds nothing more to do.
      return connection.change(
                 "UPDATE messages SET attempts = attempts + 1, begun = 0, due_at = ?, claimed_until = ?, claim_token = "
                 "NULL, why = ? WHERE message_id = ? AND claim_token = ? AND state = 'waiting'",
                 sql_time(*next), sql_time(now), reason, claimed.id, claimed.claim) > 0 ||
             attempt.number > 1;
    }
    const bool marked = connection.change(
                            "UPDATE messages SET state = 'failed', attempts = attempts + 1, settled_at = ?, to_sealed "
                            "= NULL, content_sealed = NULL, why = ? WHERE message_id = ? AND claim_token = ? AND state "
                            "= 'waiting'",
                            sql_time(now), reason, claimed.id, claimed.claim) > 0;
    return marked || (attempt.number > 1 && was_settled(connection, claimed, now));
  });
}

std::vector<services::FailedMessage> MessageStore::list_failed(std::int64_t before, int most) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::FailedMessage> failed;
    Rows rows = connection.select(
        "SELECT message_id, dedupe_id, channel, attempts, why, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', "
        "COALESCE(settled_at, created_at)) FROM messages WHERE state = 'failed' AND (? = 0 OR message_id < ?) ORDER BY "
        "message_id DESC LIMIT ?",
        before, before, most);
    while (rows.next()) {
      services::FailedMessage& one = failed.emplace_back();
      one.id = rows.integer();
      one.dedupe_id = rows.text();
      one.channel = rows.text() == "sms" ? Channel::sms : Channel::email;
      one.attempts = static_cast<int>(rows.integer());
      one.why = rows.text();
      one.failed_at = from_microseconds(rows.integer());
    }
    return failed;
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
