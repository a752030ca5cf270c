#include "intake/store/payment_store.h"

#include <algorithm>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "intake/store/application_rows.h"
#include "intake/store/claims.h"

namespace hanjari::storage {
namespace {

using services::Payment;
using services::PaymentState;
using services::ProviderNotice;
using services::ProviderState;

// Of a program that knew no end of orders the account is empty: its orders end like others, counted from their begin.
constexpr const char* payment_columns =
    "payment_id, application_id, exam_code, amount_won, state, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', begun_at), "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', IF(account = '', begun_at + INTERVAL 30 MINUTE, expires_at)), "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', settled_at), why, provider, to_ask, asks";
static_assert(services::order_lifetime == std::chrono::minutes(30));

constexpr std::chrono::seconds first_asked_after{30};  // a notification comes by itself until then
constexpr std::chrono::seconds longest_between_asks{600};

PaymentState parse_state(const std::string& word) {
  for (const auto state : {PaymentState::begun, PaymentState::paid, PaymentState::failed, PaymentState::refunding}) {
    if (spell(state) == word) return state;
  }
  return PaymentState::refunded;
}

Payment read_payment(Rows& rows) {
  Payment payment;
  payment.id = rows.text();
  payment.application = ApplicationId(rows.text());
  payment.exam = ExamCode(rows.text());
  payment.amount = rows.integer();
  payment.state = parse_state(rows.text());
  payment.begun_at = from_microseconds(rows.integer());
  payment.expires_at = from_microseconds(rows.integer());
  if (const auto at = rows.maybe_integer()) payment.settled_at = from_microseconds(*at);
  payment.why = rows.text();
  payment.provider = rows.text();
  payment.undecided = rows.integer() != 0;
  payment.asks = static_cast<int>(rows.integer());
  return payment;
}

template <class... Values>
std::optional<Payment> find_where(Connection& connection, const std::string& where, const Values&... values) {
  Rows rows = connection.select(fmt::format("SELECT {} FROM payments WHERE {}", payment_columns, where), values...);
  if (!rows.next()) return std::nullopt;
  return read_payment(rows);
}

struct Due {
  ApplicationState state = ApplicationState::submitted;
  Won fee = 0;
  std::int64_t version = 0;
  std::string day;
  std::string claim;  // empty when it is over
  bool proven = false;
  bool destroyed = false;
};

// The application before its payments, everywhere: whoever wants both waits and does not deadlock.
Due lock_application(Connection& connection, const ApplicationId& id) {
  Rows rows = connection.select(
      "SELECT state, fee_won, version, exam_on, claim_hash, claim = 'proven', destroyed_at IS NOT NULL FROM "
      "applications WHERE application_id = ? FOR UPDATE",
      id.text());
  if (!rows.next()) throw NotFound("unknown_application", {"There is no such application.", "해당 원서가 없습니다."});
  Due due;
  due.state = known_word(parse_application_state(rows.text()), "applications.state");
  due.fee = rows.integer();
  due.version = rows.integer();
  due.day = rows.text();
  due.claim = rows.maybe_text().value_or("");
  due.proven = rows.integer() != 0;
  due.destroyed = rows.integer() != 0;
  return due;
}

// How its claim stands once it is paid.
ClaimVerdict judge_paid_claim(Connection& connection, const ApplicationId& id, const Due& due) {
  return judge_claim(due.proven ? ClaimStrength::proven : ClaimStrength::money,
                     find_other_claims(connection, due.day, due.claim, id));
}

struct LockedPayment {
  Payment payment;
  Due due;
};

LockedPayment load_locked(Connection& connection, const std::string& id) {
  const auto seen = find_where(connection, "payment_id = ?", id);
  if (!seen) throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  const Due due = lock_application(connection, seen->application);
  return {find_where(connection, "payment_id = ? FOR UPDATE", id).value(), due};
}

// `asked`: whether the provider is to be asked about it from now on.
enum class Asked { no, yes };
void set_state(Connection& connection, const Payment& payment, PaymentState state, Asked asked, const std::string& why,
               Instant now) {
  connection.change(
      "UPDATE payments SET state = ?, settled_at = ?, why = ?, to_ask = ?, asks = 0, next_ask_at = ? WHERE payment_id "
      "= ?",
      spell(state), sql_time(now), why, asked == Asked::yes, sql_time(now), payment.id);
}

// Says nothing of whether, where or by whom the number is used.
[[noreturn]] void throw_claim_held() {
  throw Conflict("claim_held", {"Your identity has to be confirmed before you can pay. Please call the exam office.",
                                "결제하기 전에 본인 확인이 필요합니다. 시험 담당 부서에 문의하십시오."});
}

[[noreturn]] void throw_too_many() {
  throw Conflict("too_many_orders",
                 {"You have begun to pay very often. Please try again later, or call the exam office.",
                  "결제 시도가 너무 많습니다. 잠시 뒤에 다시 시도하시거나 시험 담당 부서에 문의하십시오."});
}

std::int64_t number_of(Rows rows) {
  rows.next();
  return rows.integer();
}

// The order is counted before the comparison: of orders begun at the same moment the later one waits for the row of its
// account and sees the earlier one.
void check_limits(Connection& connection, const Application& application, const services::OrderLimits& limits,
                  Instant now) {
  const Instant hour = std::chrono::floor<std::chrono::hours>(now);
  connection.change(
      "INSERT INTO order_counts (account, hour_began, orders) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE orders = "
      "orders + 1",
      application.account, sql_time(hour));
  connection.change("DELETE FROM order_counts WHERE account = ? AND hour_began < ?", application.account,
                    sql_time(hour - std::chrono::hours(23)));
  const auto since = [&](Instant from) {
    return number_of(connection.select(
        "SELECT CAST(COALESCE(SUM(orders), 0) AS SIGNED) FROM order_counts WHERE account = ? AND hour_began >= ?",
        application.account, sql_time(from)));
  };
  const auto of_application =
      number_of(connection.select("SELECT COUNT(*) FROM payments WHERE application_id = ?", application.id.text()));
  if (of_application >= limits.of_application || since(hour) > limits.of_account_in_an_hour ||
      since(hour - std::chrono::hours(23)) > limits.of_account_in_a_day)
    throw_too_many();
}

services::AuditNote note_of(const Payment& payment, const std::string& action) {
  services::AuditNote note{"payment." + action, payment.id,
                           fmt::format("{} {} won", payment.application.text(), payment.amount)};
  note.exam = payment.exam.text();
  return note;
}

}  // namespace

Payment PaymentStore::begin_payment(const Application& application, const services::OrderTerms& terms,
                                    const services::Change& change) {
  const std::string fresh = services::draw_token(12);
  const auto begin = [&](Connection& connection, Attempt) -> std::optional<Payment> {
    const Due due = lock_application(connection, application.id);
    if (due.state != ApplicationState::submitted || due.destroyed || due.fee != application.fee)
      throw_application_changed();
    // Read without locks of its own: whoever changes payments of the application holds the application.
    if (auto live = find_where(connection, "live_application = ?", application.id.text())) {
      const bool fits = live->amount == due.fee && live->provider == terms.provider && change.at < live->expires_at;
      if (live->state == PaymentState::paid || fits) return std::move(*live);
      set_state(connection, *live, PaymentState::failed, Asked::yes, live->amount == due.fee ? "expired" : "replaced",
                change.at);
    }
    // What is refused for the number counts like an order, and stays counted: nobody asks about many numbers.
    check_limits(connection, application, terms.limits, change.at);
    if (!judge_paid_claim(connection, application.id, due).may_count) return std::nullopt;
    connection.change(
        "INSERT INTO payments (payment_id, application_id, exam_code, amount_won, state, begun_at, why, provider, "
        "account, expires_at, to_ask, asks, next_ask_at) VALUES (?, ?, ?, ?, 'begun', ?, '', ?, ?, ?, 1, 0, ?)",
        fresh, application.id.text(), application.exam.text(), due.fee, sql_time(change.at), terms.provider,
        application.account, sql_time(terms.expires_at), sql_time(change.at + first_asked_after));
    Payment begun = find_where(connection, "payment_id = ?", fresh).value();
    write_audit(connection, store_, change, note_of(begun, "begin"));
    return begun;
  };
  auto begun = in_transaction(store_.pool, store_.retry, begin);
  if (!begun) throw_claim_held();
  return std::move(*begun);
}

std::optional<Payment> PaymentStore::find_payment(const std::string& id) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return find_where(connection, "payment_id = ?", id); });
}

std::vector<Payment> PaymentStore::list_payments(const ApplicationId& application) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Payment> payments;
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM payments WHERE application_id = ? ORDER BY begun_at DESC", payment_columns),
        application.text());
    while (rows.next()) payments.push_back(read_payment(rows));
    return payments;
  });
}

namespace {

// Why the money cannot count; nothing when it does.
std::optional<services::MoneyReturn> why_returned(const LockedPayment& locked, Instant paid_at, Instant window_closes) {
  using services::MoneyReturn;
  const Payment& payment = locked.payment;
  // Failed before, paid after all: another payment may be on its way, so this one goes back.
  if (payment.state != PaymentState::begun)
    return payment.why == "replaced" ? MoneyReturn::fee_changed : MoneyReturn::order_over;
  if (locked.due.state != ApplicationState::submitted || locked.due.destroyed) return MoneyReturn::application_over;
  if (locked.due.fee != payment.amount) return MoneyReturn::fee_changed;
  if (paid_at >= window_closes) return MoneyReturn::too_late;
  return std::nullopt;
}

}  // namespace

PaymentState PaymentStore::settle_paid(const std::string& id, Instant paid_at, Instant window_closes,
                                       const services::SettleMessages& messages, const services::Change& change) {
  const auto settle = [&](Connection& connection, Attempt) {
    const LockedPayment locked = load_locked(connection, id);
    const Payment& payment = locked.payment;
    if (payment.state == PaymentState::paid || payment.state == PaymentState::refunding ||
        payment.state == PaymentState::refunded) {
      return payment.state;
    }
    auto why = why_returned(locked, paid_at, window_closes);
    ClaimVerdict claim;
    if (!why) claim = judge_paid_claim(connection, payment.application, locked.due);
    if (!claim.may_count) why = services::MoneyReturn::claim_held;
    if (why) {
      set_state(connection, payment, PaymentState::refunding, Asked::yes, std::string(spell(*why)), change.at);
      if (messages.returned) write_messages(connection, store_.cipher, {messages.returned(*why)}, change.at);
      write_audit(connection, store_, change, note_of(payment, "refuse"));
      return PaymentState::refunding;
    }
    for (const ClaimHolder& holder : claim.yield) yield_claim(connection, store_, holder, change);
    connection.change(
        "UPDATE applications SET state = 'paid', paid_at = ?, version = version + 1 WHERE application_id = ?",
        sql_time(paid_at), payment.application.text());
    set_state(connection, payment, PaymentState::paid, Asked::no, "", change.at);
    write_event(connection, payment.application, locked.due.version + 1, change, "paid", payment.id);
    if (messages.returned) write_messages(connection, store_.cipher, {messages.paid}, change.at);
    write_audit(connection, store_, change, note_of(payment, "paid"));
    return PaymentState::paid;
  };
  return again_when_moved([&] { return in_transaction(store_.pool, store_.retry, settle); });
}

void PaymentStore::settle_failed(const std::string& id, const std::string& why, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const Payment payment = load_locked(connection, id).payment;
    const bool given_up = payment.state == PaymentState::failed && payment.undecided;
    if (payment.state != PaymentState::begun && !given_up) return;
    set_state(connection, payment, PaymentState::failed, Asked::no, given_up ? payment.why : why, change.at);
    write_audit(connection, store_, change, note_of(payment, given_up ? "end" : "failed"));
  });
}

void PaymentStore::settle_refunded(const std::string& id, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const Payment payment = load_locked(connection, id).payment;
    if (!payment.undecided || payment.state == PaymentState::paid) return;
    set_state(connection, payment, PaymentState::refunded, Asked::no, payment.why, change.at);
    write_audit(connection, store_, change, note_of(payment, "refunded"));
  });
}

namespace {

// What happened to the money of an application that goes on, as its next version.
void note_event(Connection& connection, const LockedPayment& locked, const services::Change& change, std::string_view kind) {
  connection.change("UPDATE applications SET version = version + 1 WHERE application_id = ?", locked.payment.application.text());
  write_event(connection, locked.payment.application, locked.due.version + 1, change, kind, locked.payment.id);
}

}  // namespace

void PaymentStore::note_taken_back(const std::string& id, const std::vector<services::Message>& messages,
                                   const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const LockedPayment locked = load_locked(connection, id);
    const Payment& payment = locked.payment;
    const std::string why(services::taken_back_word);
    if (payment.state != PaymentState::paid || payment.why == why) return;
    if (locked.due.destroyed) {
      set_state(connection, payment, PaymentState::refunded, Asked::no, why, change.at);
    } else {
      set_state(connection, payment, PaymentState::paid, Asked::yes, why, change.at);
      note_event(connection, locked, change, "payment_taken_back");
      write_messages(connection, store_.cipher, messages, change.at);
    }
    write_audit(connection, store_, change, note_of(payment, why));
  });
}

void PaymentStore::decide_taken_back(const std::string& id, services::TakenBackDecision decision,
                                     const std::vector<services::Message>& messages, const services::Change& change) {
  const bool keep = decision == services::TakenBackDecision::keep;
  const PaymentState decided = keep ? PaymentState::paid : PaymentState::refunded;
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const LockedPayment locked = load_locked(connection, id);
    const Payment& payment = locked.payment;
    const bool done = payment.state == decided && !payment.undecided && payment.why == services::taken_back_word;
    if (attempt.number > 1 && done) return;  // the commit before went through unheard
    if (!services::is_taken_back(payment)) services::throw_not_taken_back();
    set_state(connection, payment, decided, Asked::no, payment.why, change.at);
    if (keep) {
      note_event(connection, locked, change, "payment_kept");
    } else if (!end_application(connection, payment.application, locked.due.version, "payment_ended", payment.id, change)) {
      throw_application_changed();
    }
    write_messages(connection, store_.cipher, messages, change.at);
    write_audit(connection, store_, change, note_of(payment, keep ? "keep" : "end_application"));
  });
}

namespace {

std::vector<Payment> read_payments(Rows rows) {
  std::vector<Payment> payments;
  while (rows.next()) payments.push_back(read_payment(rows));
  return payments;
}

// When an order is asked about after it has been asked about so often: less and less often, and when it ends.
Instant next_ask(const Payment& payment, Instant now) {
  const auto pause = std::min(first_asked_after * (1 << std::min(payment.asks, 5)), longest_between_asks);
  const Instant next = now + pause;
  return payment.state == PaymentState::begun && now < payment.expires_at ? std::min(next, payment.expires_at) : next;
}

}  // namespace

std::vector<std::string> PaymentStore::list_providers() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<std::string> names;
    Rows rows = connection.select("SELECT DISTINCT provider FROM payments ORDER BY provider");
    while (rows.next()) names.push_back(rows.text());
    return names;
  });
}

std::vector<Payment> PaymentStore::claim_undecided(const std::string& provider, Instant now, int most) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    // In each exam everybody's longest waiting order comes before anybody's second one; then exam after exam.
    const auto due = read_payments(connection.select(
        fmt::format("SELECT {} FROM (SELECT persons.*, ROW_NUMBER() OVER (PARTITION BY exam_code ORDER BY "
                    "turn_of_person, next_ask_at, payment_id) AS turn_of_exam FROM (SELECT payments.*, ROW_NUMBER() "
                    "OVER (PARTITION BY exam_code, account ORDER BY next_ask_at, payment_id) AS turn_of_person FROM "
                    "payments WHERE to_ask = 1 AND next_ask_at <= ? AND provider = ?) persons) exams ORDER BY "
                    "turn_of_exam, exam_code "
                    "LIMIT ?",
                    payment_columns),
        sql_time(now), provider, most));
    std::vector<Payment> claimed;
    for (const Payment& payment : due) {
      // Another program may have taken it between the look and here.
      const auto taken = connection.change(
          "UPDATE payments SET asks = asks + 1, next_ask_at = ? WHERE payment_id = ? AND asks = ? AND to_ask = 1 AND "
          "next_ask_at <= ?",
          sql_time(next_ask(payment, now)), payment.id, payment.asks, sql_time(now));
      if (taken > 0) claimed.push_back(payment);
    }
    return claimed;
  });
}

std::vector<Payment> PaymentStore::list_undecided(const ExamCode& exam, const UnitCode& unit, const std::string& after,
                                                  int most) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_payments(connection.select(
        fmt::format("SELECT {} FROM payments WHERE to_ask = 1 AND payment_id > ? AND application_id IN (SELECT "
                    "application_id FROM applications WHERE exam_code = ? AND unit_code = ? AND state = 'submitted') "
                    "ORDER BY payment_id LIMIT ?",
                    payment_columns),
        after, exam.text(), unit.text(), most));
  });
}

void TestOrderStore::save_order(const ProviderNotice& notice, Instant now) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    insert_unless_there(
        connection,
        "INSERT INTO test_orders (order_id, state, amount_won, why, created_at) VALUES (?, 'waiting', ?, '', ?)",
        notice.order, notice.amount, sql_time(now));
  });
}

std::optional<ProviderNotice> TestOrderStore::find_order(const std::string& order) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<ProviderNotice> {
    Rows rows = connection.select(
        "SELECT state, amount_won, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', paid_at), why FROM test_orders WHERE "
        "order_id = ?",
        order);
    if (!rows.next()) return std::nullopt;
    ProviderNotice notice;
    notice.order = order;
    const std::string word = rows.text();
    for (const auto state :
         {ProviderState::waiting, ProviderState::paid, ProviderState::failed, ProviderState::refunded}) {
      if (services::spell(state) == word) notice.state = state;
    }
    notice.amount = rows.integer();
    if (const auto at = rows.maybe_integer()) notice.paid_at = from_microseconds(*at);
    notice.why = rows.text();
    return notice;
  });
}

bool TestOrderStore::move_order(const ProviderNotice& notice, ProviderState from) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    return connection.change("UPDATE test_orders SET state = ?, paid_at = ?, why = ? WHERE order_id = ? AND state = ?",
                             services::spell(notice.state),
                             notice.paid_at ? std::optional(sql_time(*notice.paid_at)) : std::nullopt, notice.why,
                             notice.order, services::spell(from)) > 0;
  });
}

}  // namespace hanjari::storage
