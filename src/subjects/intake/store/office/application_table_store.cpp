// What officers read of applications and write to them. The keyed columns and the figures: application_figures_store.
#include "intake/store/office/application_table_store.h"

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/application_rows.h"
#include "intake/store/intake_seal.h"
#include "intake/store/office/application_keys.h"
#include "intake/store/office/table_search.h"

namespace hanjari::storage {
namespace {

using services::Change;
using services::Correction;
using services::Payment;
using services::PaymentState;

// receipt/2/A-1 is a receipt.
std::string kind_of_message(const std::string& dedupe_id) {
  return dedupe_id.substr(0, dedupe_id.find('/'));
}

// Whether the version is the one that this very call wrote, before an unheard commit.
bool wrote_it_before(Connection& connection, const ApplicationId& id, std::int64_t version, const Change& change,
                     std::string_view kind) {
  Rows rows = connection.select(
      "SELECT 1 FROM application_events WHERE application_id = ? AND version = ? AND kind = ? AND author = ? AND at = ?",
      id.text(), version, kind, change.author, sql_time(change.at));
  return rows.next();
}

}  // namespace

std::string ApplicationTableStore::key_of_name(const ExamCode& exam, const std::string& name) {
  std::string hex;
  for (const char c : name_key(store_.cipher, exam, name))
    hex += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return hex;
}

services::TablePage ApplicationTableStore::list_rows(const services::TableWish& wish) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return search_table(connection, store_.cipher, wish); });
}

services::TableCount ApplicationTableStore::count_rows(const ExamCode& exam, const services::TableFilter& filter) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return count_table(connection, store_.cipher, exam, filter); });
}

std::int64_t ApplicationTableStore::count_unkeyed(const ExamCode& exam, std::int64_t most) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select(
        "SELECT COUNT(*) FROM (SELECT 1 FROM applications FORCE INDEX (applications_by_name) WHERE exam_code = ? AND "
        "name_hash IS NULL AND destroyed_at IS NULL LIMIT ?) counted",
        exam.text(), most);
    rows.next();
    return rows.integer();
  });
}

std::vector<services::ToldMessage> ApplicationTableStore::list_messages(const ApplicationId& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::ToldMessage> told;
    Rows rows = connection.select(
        "SELECT dedupe_id, channel, state, why, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', created_at), "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', settled_at) FROM messages FORCE INDEX (messages_of_application) WHERE "
        "application_id = ? ORDER BY message_id DESC",
        id.text());
    while (rows.next()) {
      services::ToldMessage message;
      message.what = kind_of_message(rows.text());
      message.channel = rows.text() == "sms" ? services::Channel::sms : services::Channel::email;
      message.state = rows.text();
      message.why = rows.text();
      message.made_at = from_microseconds(rows.integer());
      if (const auto at = rows.maybe_integer()) message.settled_at = from_microseconds(*at);
      told.push_back(std::move(message));
    }
    return told;
  });
}

services::RefundPage ApplicationTableStore::list_refunds(const ExamCode& exam, PaymentState state,
                                                         const std::string& after, int most) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::RefundPage page;
    // Of those that are paid the few that are asked about still.
    const bool taken_back = state == PaymentState::paid;
    Rows rows = connection.select(
        std::string("SELECT payment_id, application_id, amount_won, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', begun_at), "
        "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', settled_at), why, provider, to_ask, asks FROM payments FORCE INDEX ") +
            (taken_back ? "(payments_to_ask) WHERE to_ask = 1 AND " : "(payments_of_exam) WHERE ") +
            "exam_code = ? AND state = ? AND payment_id > ? ORDER BY payment_id LIMIT ?",
        exam.text(), services::spell(state), after, most);
    while (rows.next()) {
      Payment payment;
      payment.id = rows.text();
      payment.application = ApplicationId(rows.text());
      payment.exam = exam;
      payment.state = state;
      payment.amount = rows.integer();
      payment.begun_at = from_microseconds(rows.integer());
      if (const auto at = rows.maybe_integer()) payment.settled_at = from_microseconds(*at);
      payment.why = rows.text();
      payment.provider = rows.text();
      payment.undecided = rows.integer() != 0;
      payment.asks = static_cast<int>(rows.integer());
      page.payments.push_back(std::move(payment));
    }
    if (static_cast<int>(page.payments.size()) == most) page.last = page.payments.back().id;
    return page;
  });
}

void ApplicationTableStore::ask_back(const Application& application, const std::string& item,
                                     const std::vector<services::Message>& messages, const Change& change) {
  // Where another item waits for us still, the application stays on the list.
  auto decided = application.decisions;
  decided.push_back({item, ItemDecision::granted, {}, {}, {}});
  const bool others = services::stage_of(application.form, decided) == services::AccommodationStage::waiting;
  const auto stage = others ? services::AccommodationStage::waiting : services::AccommodationStage::asked_back;
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const auto changed = connection.change(
        "UPDATE applications SET accommodation = ?, version = version + 1 WHERE application_id = ? AND version = ? AND "
        "state IN ('submitted', 'paid') AND destroyed_at IS NULL",
        static_cast<int>(stage), application.id.text(), application.version);
    if (changed == 0) {
      if (attempt.number > 1 && wrote_it_before(connection, application.id, application.version + 1, change,
                                                "accommodation_questioned"))
        return;
      throw_application_changed();
    }
    write_event(connection, application.id, application.version + 1, change, "accommodation_questioned", item);
    write_messages(connection, store_.cipher, messages, change.at);
    services::AuditNote note{"application.question", application.id.text(), item};
    note.exam = application.exam.text();
    note.whose = {application.id.text()};
    write_audit(connection, store_, change, note);
  });
}

void ApplicationTableStore::correct(const Correction& correction, const Change& change) {
  const Application& before = correction.before;
  const ApplicationKeys keys =
      keys_of(store_.cipher, before.exam, correction.form, correction.district, before.decisions);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const auto changed = connection.change(
        "UPDATE applications SET form_sealed = ?, district_hash = ?, name_hash = ?, person_hash = ?, twin = 0, version = "
        "version + 1 WHERE application_id = ? AND version = ? AND state IN ('submitted', 'paid') AND destroyed_at IS NULL",
        seal_form(store_.cipher, before.exam, before.id.text(), application_form_column, correction.form), keys.district,
        keys.name, keys.person, before.id.text(), before.version);
    if (changed == 0) {
      if (attempt.number > 1 && wrote_it_before(connection, before.id, before.version + 1, change, "corrected")) return;
      throw_application_changed();
    }
    mark_twins_of(connection, before.exam, {keys.person});
    connection.change(
        "INSERT INTO submissions (exam_code, idempotency_key, application_id, version, account, receipt, received_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        before.exam.text(), correction.key, before.id.text(), before.version + 1, before.account, correction.receipt,
        sql_time(change.at));
    write_event(connection, before.id, before.version + 1, change, "corrected",
                changed_fields(before.form, correction.form));
    write_messages(connection, store_.cipher, correction.messages, change.at);
    services::AuditNote note{"application.correct", before.id.text(), changed_fields(before.form, correction.form)};
    note.before = package::render_form(before.form);
    note.after = package::render_form(correction.form);
    note.exam = before.exam.text();
    note.whose = {before.id.text()};
    write_audit(connection, store_, change, note);
  });
}

}  // namespace hanjari::storage
