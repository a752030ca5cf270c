#include "intake/store/application_store.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/intake/application_table.h"
#include "hanjari/intake/refusals.h"
#include "intake/store/application_rows.h"
#include "intake/store/attachment_store.h"
#include "intake/store/claims.h"
#include "intake/store/intake_seal.h"

namespace hanjari::storage {
namespace {

using services::ApplicationPage;
using services::Draft;
using services::StoredSubmission;

constexpr const char* draft_columns =
    "draft_id, exam_code, account, version, submission_key, edits, edits_version, form_sealed, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', saved_at)";
constexpr int lapse_portion = 500;

Draft read_sealed_draft(Rows& rows, std::string& sealed) {
  Draft draft;
  draft.id = rows.text();
  draft.exam = ExamCode(rows.text());
  draft.account = rows.text();
  draft.version = rows.integer();
  draft.submission_key = rows.text();
  draft.edits = ApplicationId(rows.maybe_text().value_or(""));
  draft.edits_version = rows.integer();
  sealed = rows.text();
  draft.saved_at = from_microseconds(rows.integer());
  return draft;
}

Draft read_draft(Rows& rows, const FieldCipher& cipher) {
  std::string sealed;
  Draft draft = read_sealed_draft(rows, sealed);
  draft.form = open_form(cipher, draft.exam, draft.id, draft_form_column, sealed);
  return draft;
}

[[noreturn]] void throw_draft_changed() {
  throw services::DraftChanged({"The form was saved from another device meanwhile. Look at it again.",
                                "그사이 다른 기기에서 지원서가 저장되었습니다. 다시 확인하십시오."});
}

template <class... Values>
std::optional<Application> find_row(const Store& store, const std::string& where, const Values&... values) {
  return in_reading(store.pool, store.retry, [&](Connection& connection) -> std::optional<Application> {
    Rows rows =
        connection.select(fmt::format("SELECT {} FROM applications WHERE destroyed_at IS NULL AND {}",
                                      application_columns, where),
                          values...);
    if (!rows.next()) return std::nullopt;
    return read_application(rows, store.cipher);
  });
}

}  // namespace

std::optional<Draft> find_draft_of(Connection& connection, const FieldCipher& cipher, const std::string& account,
                                   const ExamCode& exam) {
  Rows rows = connection.select(
      fmt::format("SELECT {} FROM application_drafts WHERE account = ? AND exam_code = ?", draft_columns), account,
      exam.text());
  if (!rows.next()) return std::nullopt;
  return read_draft(rows, cipher);
}

const char* const application_columns =
    "application_id, exam_code, account, state, version, fee_won, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', submitted_at), TIMESTAMPDIFF(MICROSECOND, '1970-01-01', paid_at), "
    "form_sealed, decisions_sealed, unit_code";

Application read_application(Rows& rows, const FieldCipher& cipher) {
  Application application;
  application.id = ApplicationId(rows.text());
  application.exam = ExamCode(rows.text());
  application.account = rows.text();
  const auto state = parse_application_state(rows.text());
  application.state = state.value_or(ApplicationState::submitted);
  application.version = rows.integer();
  application.fee = rows.integer();
  application.submitted_at = from_microseconds(rows.integer());
  if (const auto paid = rows.maybe_integer()) application.paid_at = from_microseconds(*paid);
  const std::string form = rows.text();
  const auto decisions = rows.maybe_text();
  const UnitCode unit(rows.text());
  application.legible = read_legibly([&] {
    known_word(state, "applications.state");
    application.form = open_form(cipher, application.exam, application.id.text(), application_form_column, form);
    if (decisions) application.decisions = open_decisions(cipher, application.exam, application.id.text(), *decisions);
  });
  if (application.legible != Legible::yes) {
    application.form = {};
    application.form.unit = unit;
    application.decisions.clear();
  }
  return application;
}

void write_event(Connection& connection, const ApplicationId& id, std::int64_t version, const services::Change& change,
                 std::string_view kind, const std::string& detail) {
  connection.change(
      "INSERT INTO application_events (application_id, version, at, author, kind, detail) VALUES (?, ?, ?, ?, ?, ?)",
      id.text(), version, sql_time(change.at), change.author, kind, detail);
}

void throw_application_changed() {
  throw Conflict("application_changed", {"The application was changed meanwhile. Look at it again.",
                                         "그사이 원서가 변경되었습니다. 다시 확인하십시오."});
}

std::optional<Draft> ApplicationStore::find_draft(const std::string& account, const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry,
                    [&](Connection& connection) { return find_draft_of(connection, store_.cipher, account, exam); });
}

std::optional<Draft> ApplicationStore::find_draft_as_listed(const std::string& account, const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Draft> {
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM application_drafts WHERE account = ? AND exam_code = ?", draft_columns), account,
        exam.text());
    if (!rows.next()) return std::nullopt;
    std::string sealed;
    Draft draft = read_sealed_draft(rows, sealed);
    read_legibly([&] { draft.form = open_form(store_.cipher, draft.exam, draft.id, draft_form_column, sealed); });
    return draft;
  });
}

Draft ApplicationStore::save_draft(const Draft& draft, Instant now) {
  const std::string sealed = seal_form(store_.cipher, draft.exam, draft.id, draft_form_column, draft.form);
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    Draft stored = draft;
    stored.saved_at = now;
    stored.version = draft.version + 1;
    if (draft.version == 0) {
      // Whoever was first, this device or another: there is one.
      insert_unless_there(
          connection,
          "INSERT INTO application_drafts (draft_id, exam_code, account, version, submission_key, edits, "
          "edits_version, form_sealed, saved_at) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
          draft.id, draft.exam.text(), draft.account, draft.submission_key,
          draft.edits.empty() ? std::nullopt : std::optional(draft.edits.text()), draft.edits_version, sealed,
          sql_time(now));
      auto there = find_draft_of(connection, store_.cipher, draft.account, draft.exam);
      if (!there) throw_draft_changed();
      return std::move(*there);
    }
    const auto changed = connection.change(
        "UPDATE application_drafts SET version = version + 1, form_sealed = ?, saved_at = ? WHERE draft_id = ? AND "
        "version = ?",
        sealed, sql_time(now), draft.id, draft.version);
    if (changed == 0) {
      // An unheard commit of this very save is no conflict.
      const auto there = find_draft_of(connection, store_.cipher, draft.account, draft.exam);
      const bool own = attempt.number > 1 && there && there->id == draft.id && there->version == draft.version + 1 &&
                       there->form == draft.form;
      if (!own) throw_draft_changed();
    }
    return stored;
  });
}

void ApplicationStore::remove_draft(const Draft& draft) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto removed = connection.change("DELETE FROM application_drafts WHERE draft_id = ? AND version = ?", draft.id,
                                           draft.version);
    if (removed > 0) return remove_unnamed_attachments(connection, store_.cipher, draft.account, draft.exam);
    Rows there = connection.select("SELECT 1 FROM application_drafts WHERE draft_id = ?", draft.id);
    if (there.next()) throw_draft_changed();
  });
}

services::DraftPage ApplicationStore::list_drafts(const ExamCode& exam, const std::string& after, int most) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::DraftPage page;
    Rows rows = connection.select(fmt::format("SELECT {} FROM application_drafts WHERE exam_code = ? AND draft_id > ? "
                                              "ORDER BY draft_id LIMIT ?",
                                              draft_columns),
                                  exam.text(), after, most);
    int read = 0;
    while (rows.next()) {
      std::string sealed;
      Draft draft = read_sealed_draft(rows, sealed);
      if (++read == most) page.last = draft.id;
      const Legible legible =
          read_legibly([&] { draft.form = open_form(store_.cipher, draft.exam, draft.id, draft_form_column, sealed); });
      if (legible == Legible::yes) page.drafts.push_back(std::move(draft));
    }
    return page;
  });
}

std::optional<Application> ApplicationStore::find_application(const ApplicationId& id) {
  auto application = find_as_listed(id);
  if (application) require_legible(application->legible);
  return application;
}

std::optional<Application> ApplicationStore::find_as_listed(const ApplicationId& id) {
  return find_row(store_, "application_id = ?", id.text());
}

std::optional<Application> ApplicationStore::find_application(const std::string& account, const ExamCode& exam) {
  return find_row(store_, "account = ? AND exam_code = ? ORDER BY submitted_at DESC, application_id DESC LIMIT 1",
                  account, exam.text());
}

std::vector<Application> ApplicationStore::list_applications(const std::string& account) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Application> applications;
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM applications WHERE account = ? ORDER BY submitted_at DESC, application_id DESC",
                    application_columns),
        account);
    while (rows.next()) applications.push_back(read_application(rows, store_.cipher));
    return applications;
  });
}

ApplicationPage ApplicationStore::list_applications(const ExamCode& exam, std::optional<ApplicationState> state,
                                                    const ApplicationId& after, int most) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    ApplicationPage page;
    const std::string word = state ? std::string(spell(*state)) : std::string();
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM applications WHERE exam_code = ? AND destroyed_at IS NULL AND (? = '' OR state = ?) "
                    "AND application_id > ? ORDER BY application_id LIMIT ?",
                    application_columns),
        exam.text(), word, word, after.text(), most);
    while (rows.next()) page.applications.push_back(read_application(rows, store_.cipher));
    if (static_cast<int>(page.applications.size()) == most) page.last = page.applications.back().id;
    return page;
  });
}

std::vector<ApplicationEvent> ApplicationStore::list_events(const ApplicationId& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<ApplicationEvent> events;
    Rows rows = connection.select(
        "SELECT version, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', at), author, kind, detail FROM application_events "
        "WHERE application_id = ? ORDER BY version",
        id.text());
    while (rows.next()) {
      ApplicationEvent event;
      event.version = rows.integer();
      event.at = from_microseconds(rows.integer());
      event.author = rows.text();
      event.kind = rows.text();
      event.detail = rows.text();
      events.push_back(std::move(event));
    }
    return events;
  });
}

std::string ApplicationStore::load_receipt(const ApplicationId& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    Rows rows = connection.select(
        "SELECT receipt FROM submissions WHERE application_id = ? ORDER BY version DESC LIMIT 1", id.text());
    if (!rows.next()) throw NotFound("no_receipt", {"There is no receipt.", "접수증이 없습니다."});
    return rows.text();
  });
}

void ApplicationStore::end(const Application& application, std::string_view kind, const std::string& detail,
                           const std::vector<services::Message>& messages, const services::Change& change,
                           const std::function<void()>& require_in_time) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    if (!end_application(connection, application.id, application.version, kind, detail, change)) {
      Rows now =
          connection.select("SELECT state = 'withdrawn' AND version = ? FROM applications WHERE application_id = ?",
                            application.version + 1, application.id.text());
      if (attempt.number == 1 || !now.next() || now.integer() == 0) throw_application_changed();
      return;
    }
    write_messages(connection, store_.cipher, messages, change.at);
    services::AuditNote note{kind == "withdrawn" ? "application.withdraw" : "application.release",
                             application.id.text()};
    note.exam = application.exam.text();
    write_audit(connection, store_, change, note);
    if (require_in_time) require_in_time();
  });
}

void ApplicationStore::withdraw(const Application& application, Refunds refunds,
                                const std::vector<services::Message>& messages, const services::Change& change,
                                const std::function<void()>& require_in_time) {
  end(application, "withdrawn", refunds == Refunds::yes ? "refund" : "", messages, change, require_in_time);
}

void ApplicationStore::release_claim(const Application& application, const std::vector<services::Message>& messages,
                                     const services::Change& change) {
  end(application, "claim_released", "", messages, change);
}

void ApplicationStore::decide_accommodation(const Application& application, const AccommodationDecision& decision,
                                            const std::vector<services::Message>& messages,
                                            const services::Change& change) {
  Application after = application;
  std::erase_if(after.decisions, [&](const AccommodationDecision& old) { return old.item == decision.item; });
  after.decisions.push_back(decision);
  const std::string sealed = seal_decisions(store_.cipher, after);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const auto changed = connection.change(
        "UPDATE applications SET decisions_sealed = ?, accommodation = ?, version = version + 1 WHERE application_id = ? "
        "AND version = ? AND state IN ('submitted', 'paid')",
        sealed, static_cast<int>(services::stage_of(after.form, after.decisions)), application.id.text(), application.version);
    if (changed == 0) {
      Rows now = connection.select("SELECT decisions_sealed = ? FROM applications WHERE application_id = ?", sealed,
                                   application.id.text());
      if (attempt.number == 1 || !now.next() || now.integer() == 0) throw_application_changed();
      return;
    }
    write_event(connection, application.id, application.version + 1, change, "accommodation_decided",
                fmt::format("{} {}", decision.item, spell(decision.decision)));
    write_messages(connection, store_.cipher, messages, change.at);
    services::AuditNote note{"application.accommodation", application.id.text()};
    note.exam = application.exam.text();
    note.after = fmt::format("{} {}: {}", decision.item, spell(decision.decision), decision.reason);
    note.whose = {application.id.text()};
    write_audit(connection, store_, change, note);
  });
}

namespace {

struct Unpaid {
  ApplicationId id;
  std::int64_t version = 0;
};

// Locked, so that nobody begins to pay one of them meanwhile.
std::vector<Unpaid> lock_unpaid(Connection& connection, const ExamCode& exam, const UnitCode& unit,
                                const ApplicationId& after) {
  std::vector<Unpaid> found;
  Rows rows = connection.select(
      "SELECT application_id, version FROM applications WHERE exam_code = ? AND unit_code = ? AND state = 'submitted' "
      "AND destroyed_at IS NULL AND application_id > ? ORDER BY application_id LIMIT ? FOR UPDATE",
      exam.text(), unit.text(), after.text(), lapse_portion);
  while (rows.next()) {
    Unpaid one;
    one.id = ApplicationId(rows.text());
    one.version = rows.integer();
    found.push_back(std::move(one));
  }
  return found;
}

// Locked, so that nobody gives the units more time before this is committed.
void require_same_notice(Connection& connection, const ExamCode& exam, std::int64_t version) {
  Rows rows =
      connection.select("SELECT version FROM recruitments WHERE exam_code = ? LOCK IN SHARE MODE", exam.text());
  if (rows.next() && rows.integer() == version) return;
  throw Conflict("recruitment_changed", {"somebody else changed this recruitment meanwhile; look at it again",
                                         "그사이 다른 사람이 이 채용 공고를 바꾸었습니다. 다시 확인하십시오"});
}

// Read after the applications were locked: the transaction's view begins here, so that it has what was begun while
// waiting for them.
std::set<std::string> list_undecided_of(Connection& connection, const std::vector<Unpaid>& unpaid) {
  std::set<std::string> undecided;
  for (const Unpaid& one : unpaid) {
    Rows rows = connection.select(
        "SELECT COUNT(*) FROM payments WHERE application_id = ? AND to_ask = 1 AND state IN ('begun', 'failed')",
        one.id.text());
    if (rows.next() && rows.integer() > 0) undecided.insert(one.id.text());
  }
  return undecided;
}

// Whose form does not open cannot be written to; the office sees the event.
void tell_of_lapse(Connection& connection, const Store& store, const ApplicationId& id,
                   std::vector<services::Message>& told) {
  Rows rows = connection.select(
      fmt::format("SELECT {} FROM applications WHERE application_id = ?", application_columns), id.text());
  if (!rows.next()) return;
  const Application lapsed = read_application(rows, store.cipher);
  if (lapsed.legible == Legible::yes) told.push_back(services::lapsed_message(lapsed));
}

}  // namespace

ApplicationStore::Lapsed ApplicationStore::lapse_unpaid(const ExamCode& exam, const std::vector<UnitCode>& units,
                                                        const services::Change& change,
                                                        std::optional<std::int64_t> notice_version,
                                                        Progress& progress) {
  Lapsed sum;
  for (const UnitCode& unit : units) {
    ApplicationId after;
    for (bool more = true; more;) {
      ApplicationId last;
      const Lapsed portion = in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
        if (notice_version) require_same_notice(connection, exam, *notice_version);
        const auto unpaid = lock_unpaid(connection, exam, unit, after);
        const auto undecided = list_undecided_of(connection, unpaid);
        Lapsed done;
        std::vector<services::Message> told;
        for (const Unpaid& one : unpaid) {
          if (undecided.contains(one.id.text())) continue;
          connection.change(
              "UPDATE applications SET state = 'lapsed', claim_hash = NULL, version = version + 1 WHERE "
              "application_id = ?",
              one.id.text());
          write_event(connection, one.id, one.version + 1, change, "lapsed", "");
          tell_of_lapse(connection, store_, one.id, told);
          ++done.lapsed;
        }
        write_messages(connection, store_.cipher, told, change.at);
        done.undecided = static_cast<std::int64_t>(undecided.size());
        if (done.lapsed > 0) {
          services::AuditNote note{"applications.lapse", fmt::format("{}/{}", exam.text(), unit.text()),
                                   fmt::format("{} unpaid", done.lapsed)};
          write_audit(connection, store_, change, note);
        }
        more = static_cast<int>(unpaid.size()) == lapse_portion;
        if (!unpaid.empty()) last = unpaid.back().id;
        return done;
      });
      after = last;
      sum.lapsed += portion.lapsed;
      sum.undecided += portion.undecided;
      progress.report(static_cast<std::uint64_t>(sum.lapsed));
    }
  }
  return sum;
}

}  // namespace hanjari::storage
