#include "intake/store/payment_store.h"

#include <random>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "intake/store/application_rows.h"

namespace hanjari::storage {
namespace {

using services::Payment;
using services::PaymentState;
using services::ProviderNotice;
using services::ProviderState;

constexpr const char* payment_columns =
    "payment_id, application_id, exam_code, amount_won, state, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', begun_at), "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', settled_at), why";

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
  if (const auto at = rows.maybe_integer()) payment.settled_at = from_microseconds(*at);
  payment.why = rows.text();
  return payment;
}

template <class... Values>
std::optional<Payment> find_where(Connection& connection, const std::string& where, const Values&... values) {
  Rows rows = connection.select(fmt::format("SELECT {} FROM payments WHERE {}", payment_columns, where), values...);
  if (!rows.next()) return std::nullopt;
  return read_payment(rows);
}

Payment load_locked(Connection& connection, const std::string& id) {
  auto payment = find_where(connection, "payment_id = ? FOR UPDATE", id);
  if (!payment) throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  return std::move(*payment);
}

std::string draw_order() {
  thread_local std::random_device device;
  return fmt::format("{:08x}{:08x}{:08x}", device(), device(), device());
}

void set_state(Connection& connection, const Payment& payment, PaymentState state, const std::string& why,
               Instant now) {
  connection.change("UPDATE payments SET state = ?, settled_at = ?, why = ? WHERE payment_id = ?", spell(state),
                    sql_time(now), why, payment.id);
}

services::AuditNote note_of(const Payment& payment, const std::string& action) {
  services::AuditNote note{"payment." + action, payment.id,
                           fmt::format("{} {} won", payment.application.text(), payment.amount)};
  note.exam = payment.exam.text();
  return note;
}

}  // namespace

Payment PaymentStore::begin_payment(const Application& application, const services::Change& change) {
  const std::string fresh = draw_order();
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const std::string live = "live_application = ? FOR UPDATE";
    if (auto there = find_where(connection, live, application.id.text())) return std::move(*there);
    const auto added = connection.change(
        "INSERT IGNORE INTO payments (payment_id, application_id, exam_code, amount_won, state, begun_at, why) VALUES "
        "(?, ?, ?, ?, 'begun', ?, '')",
        fresh, application.id.text(), application.exam.text(), application.fee, sql_time(change.at));
    auto there = find_where(connection, live, application.id.text());
    if (!there) throw Unavailable("database_busy", {"please try again", "다시 시도해 주십시오"});
    if (added > 0) write_audit(connection, store_, change, note_of(*there, "begin"));
    return std::move(*there);
  });
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

PaymentState PaymentStore::settle_paid(const std::string& id, Instant paid_at, Instant window_closes,
                                       const services::Message& message, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const Payment payment = load_locked(connection, id);
    if (payment.state == PaymentState::paid || payment.state == PaymentState::refunding ||
        payment.state == PaymentState::refunded) {
      return payment.state;
    }
    // Failed before, paid after all: another payment may be on its way, so this one goes back.
    const bool in_time = payment.state == PaymentState::begun && paid_at < window_closes;
    const auto changed =
        in_time ? connection.change(
                      "UPDATE applications SET state = 'paid', paid_at = ?, version = version + 1 WHERE application_id "
                      "= ? AND state = 'submitted' AND fee_won = ?",
                      sql_time(paid_at), payment.application.text(), payment.amount)
                : 0;
    if (changed == 0) {
      set_state(connection, payment, PaymentState::refunding, "too_late", change.at);
      write_audit(connection, store_, change, note_of(payment, "refuse"));
      return PaymentState::refunding;
    }
    set_state(connection, payment, PaymentState::paid, "", change.at);
    Rows rows =
        connection.select("SELECT version FROM applications WHERE application_id = ?", payment.application.text());
    rows.next();
    write_event(connection, payment.application, rows.integer(), change, "paid", payment.id);
    write_messages(connection, store_.cipher, {message}, change.at);
    write_audit(connection, store_, change, note_of(payment, "paid"));
    return PaymentState::paid;
  });
}

void PaymentStore::settle_failed(const std::string& id, const std::string& why, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const Payment payment = load_locked(connection, id);
    if (payment.state != PaymentState::begun) return;
    set_state(connection, payment, PaymentState::failed, why, change.at);
    write_audit(connection, store_, change, note_of(payment, "failed"));
  });
}

void PaymentStore::settle_refunded(const std::string& id, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const Payment payment = load_locked(connection, id);
    if (payment.state != PaymentState::refunding) return;
    set_state(connection, payment, PaymentState::refunded, payment.why, change.at);
    write_audit(connection, store_, change, note_of(payment, "refunded"));
  });
}

std::vector<Payment> PaymentStore::list_unsettled(Instant until, int most) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Payment> payments;
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM payments WHERE state IN ('begun', 'refunding') AND begun_at <= ? ORDER BY begun_at "
                    "LIMIT ?",
                    payment_columns),
        sql_time(until), most);
    while (rows.next()) payments.push_back(read_payment(rows));
    return payments;
  });
}

void TestOrderStore::save_order(const ProviderNotice& notice, Instant now) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "INSERT IGNORE INTO test_orders (order_id, state, amount_won, why, created_at) VALUES (?, 'waiting', ?, '', ?)",
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

void TestOrderStore::set_order(const ProviderNotice& notice) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "UPDATE test_orders SET state = ?, paid_at = ?, why = ? WHERE order_id = ?", services::spell(notice.state),
        notice.paid_at ? std::optional(sql_time(*notice.paid_at)) : std::nullopt, notice.why, notice.order);
  });
}

}  // namespace hanjari::storage
