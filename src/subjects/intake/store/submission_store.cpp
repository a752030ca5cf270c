// Submissions: many in one transaction and one durable commit.
#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/application_rows.h"
#include "intake/store/application_store.h"
#include "intake/store/claims.h"
#include "intake/store/intake_seal.h"
#include "intake/store/office/application_keys.h"

namespace hanjari::storage {
namespace {

using services::StoredSubmission;
using services::Submission;
using services::SubmissionOutcome;

// A batch that a UNIQUE key refused, because another program stored the same at the same moment: it is done again one
// by one, so that only the one that is meant fails.
struct Refused {};

// A submission in work. `outcome` is nothing while it is still to be stored.
struct Work {
  const Submission* submission;
  std::string claim;  // 16 bytes
  std::optional<StoredSubmission> done;
  bool waits = false;  // stored without counting
  std::vector<ClaimHolder> yield{};
  Date exam_on{};  // of the notice as it is stored
  bool edits() const { return !submission->draft.edits.empty(); }
  void end(SubmissionOutcome outcome) {
    done = StoredSubmission{outcome, submission->application, submission->draft.account, {}, false};
  }
};

std::vector<Work*> open_ones(std::vector<Work>& all) {
  std::vector<Work*> open;
  for (Work& work : all) {
    if (!work.done) open.push_back(&work);
  }
  return open;
}

template <class Value>
Rows select_in(Connection& connection, const std::string& select_where, const std::string& tail,
               const std::vector<Value>& values, const std::string* first = nullptr) {
  std::size_t padded = 0;
  Statement& statement =
      connection.statement(fmt::format("{} IN {}{}", select_where, placeholders(values.size(), padded), tail));
  if (first != nullptr) statement.bind(*first);
  for (std::size_t at = 0; at < padded; ++at) statement.bind(values[std::min(at, values.size() - 1)]);
  return statement.select();
}

// Keys that were stored before, by this program or another. Of a commit that was not heard of, the receipt is our own.
void find_stored(Connection& connection, std::vector<Work>& all) {
  std::map<std::string, std::vector<std::string>> keys_of_exam;
  std::map<std::pair<std::string, std::string>, std::vector<Work*>> by_key;
  for (Work& work : all) {
    const std::string& exam = work.submission->draft.exam.text();
    keys_of_exam[exam].push_back(work.submission->key);
    by_key[{exam, work.submission->key}].push_back(&work);
  }
  for (const auto& [exam, keys] : keys_of_exam) {
    Rows rows = select_in(connection,
                          "SELECT idempotency_key, application_id, account, receipt FROM submissions WHERE exam_code = "
                          "? AND idempotency_key",
                          "", keys, &exam);
    while (rows.next()) {
      const std::string key = rows.text();
      StoredSubmission stored;
      stored.application = ApplicationId(rows.text());
      stored.account = rows.text();
      stored.receipt = rows.text();
      for (Work* work : by_key[{exam, key}]) {
        stored.outcome =
            stored.receipt == work->submission->receipt ? SubmissionOutcome::stored : SubmissionOutcome::stored_before;
        work->done = stored;
      }
    }
  }
}

// The drafts stay locked until the commit: nobody saves or submits them meanwhile.
void check_drafts(Connection& connection, std::vector<Work>& all) {
  std::vector<Work*> open = open_ones(all);
  if (open.empty()) return;
  std::vector<std::string> ids;
  for (const Work* work : open) ids.push_back(work->submission->draft.id);
  std::sort(ids.begin(), ids.end());
  std::map<std::string, std::int64_t> versions;
  Rows rows = select_in(connection, "SELECT draft_id, version FROM application_drafts WHERE draft_id",
                        " ORDER BY draft_id FOR UPDATE", ids);
  while (rows.next()) {
    std::string id = rows.text();
    versions[std::move(id)] = rows.integer();
  }
  std::set<std::string> taken;
  for (Work* work : open) {
    const auto found = versions.find(work->submission->draft.id);
    if (found == versions.end() || found->second != work->submission->draft.version ||
        !taken.insert(work->submission->draft.id).second) {
      work->end(SubmissionOutcome::draft_changed);
    }
  }
}

// A notice that was saved after the forms were judged may have moved the day of their units: the day of the notice as it is stored
// counts. Until the end of the transaction no saving overlooks what is stored here.
void follow_saved_notices(Connection& connection, std::vector<Work>& all) {
  constexpr std::chrono::seconds known_for{5};  // longer than any program goes on with an earlier version
  std::map<std::string, std::vector<Work*>> of_exam;
  for (Work* work : open_ones(all)) of_exam[work->submission->draft.exam.text()].push_back(work);
  for (const auto& [exam, works] : of_exam) {
    Instant first = works.front()->submission->received_at;
    for (const Work* work : works) first = std::min(first, work->submission->received_at);
    Rows rows = connection.select(
        "SELECT IF(changed_at >= ?, definition, NULL) FROM recruitments WHERE exam_code = ? LOCK IN SHARE MODE",
        sql_time(first - known_for), exam);
    const auto definition = rows.next() ? rows.maybe_text() : std::nullopt;
    if (!definition) continue;
    try {
      std::vector<Fault> warnings;
      const Recruitment notice = package::parse_recruitment(*definition, "recruitment.json", warnings);
      for (Work* work : works) {
        const NoticeUnit* unit = notice.find_unit(work->submission->draft.form.unit);
        if (unit != nullptr) work->exam_on = notice.calendar_of(*unit).exam_on;
      }
    } catch (const InvalidInput&) {
      continue;  // told to whoever asks for the notice
    }
  }
}

// One application per person and day: an own other one is told. That of another account is not, because anybody can
// type any number: what nobody pays for is stored all the same, and what would count at once waits where another one
// counts.
void check_claims_of_day(Connection& connection, const std::string& day, const std::vector<Work*>& works) {
  std::vector<std::string> claims;
  for (const Work* work : works) claims.push_back(work->claim);
  auto holders = find_claims(connection, day, claims);
  for (Work* work : works) {
    const Submission& submission = *work->submission;
    auto others = holders[work->claim];
    std::erase_if(others, [&](const ClaimHolder& holder) { return holder.id == submission.application; });
    const bool own = std::any_of(others.begin(), others.end(),
                                 [&](const ClaimHolder& holder) { return holder.account == submission.draft.account; });
    if (own) {
      work->end(SubmissionOutcome::one_per_day);
      continue;
    }
    const auto verdict = judge_claim(submission.proven ? ClaimStrength::proven : ClaimStrength::typed, others);
    work->waits = submission.fee == 0 && !verdict.may_count;
    work->yield = verdict.yield;
    // The next of this batch finds this one as it will stand.
    const bool counts = submission.fee == 0 && !work->waits;
    holders[work->claim].push_back({submission.application, submission.draft.account, 1, counts,
                                    submission.proven ? ClaimStrength::proven : ClaimStrength::typed});
  }
}

void check_claims(Connection& connection, std::vector<Work>& all) {
  std::map<std::string, std::vector<Work*>> by_day;
  for (Work* work : open_ones(all)) by_day[format_date(work->exam_on)].push_back(work);
  for (auto& [day, works] : by_day) check_claims_of_day(connection, day, works);
}

services::Change change_of(const Submission& submission) {
  return {submission.draft.account, "", submission.received_at, "applicant", "", ""};
}

// Whether what counts already may count for the number that the edit names.
bool may_count(Connection& connection, const Work& work) {
  const Submission& submission = *work.submission;
  const auto own =
      submission.proven ? ClaimStrength::proven : (submission.fee > 0 ? ClaimStrength::money : ClaimStrength::typed);
  return judge_claim(own,
                     find_other_claims(connection, format_date(work.exam_on), work.claim, submission.application))
      .may_count;
}

// A granted item that is not asked for any more, or asked for differently, is decided anew.
Application with_decisions_of(const Application& before, const ApplicationForm& form) {
  Application after = before;
  std::erase_if(after.decisions, [&](const AccommodationDecision& decision) {
    const auto same = [&](const std::vector<AccommodationRequest>& requests) {
      return std::find_if(requests.begin(), requests.end(),
                          [&](const AccommodationRequest& request) { return request.item == decision.item; });
    };
    const auto old = same(before.form.accommodations);
    const auto now = same(form.accommodations);
    return now == form.accommodations.end() || old == before.form.accommodations.end() || !(*old == *now);
  });
  return after;
}

// Changes the one application that an edit is of. Rare beside new ones, so one by one.
void store_edit(Connection& connection, const Store& store, Work& work, std::vector<AuditLine>& audit) {
  const Submission& submission = *work.submission;
  const services::Draft& draft = submission.draft;
  std::optional<Application> before;
  {
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM applications WHERE application_id = ? AND destroyed_at IS NULL FOR UPDATE",
                    application_columns),
        submission.application.text());
    if (rows.next()) before = read_application(rows, store.cipher);
  }
  if (before) require_legible(before->legible);
  const bool fits = before && before->version == draft.edits_version && !before->is_over() &&
                    before->account == draft.account &&
                    (before->state != ApplicationState::paid || before->fee == submission.fee);
  if (!fits) return work.end(SubmissionOutcome::application_changed);
  const std::string paid_at = sql_time(before->paid_at.value_or(submission.received_at));
  const bool had_paid = before->state == ApplicationState::paid;
  const bool paid = had_paid || (submission.fee == 0 && !work.waits);
  // What counts keeps its number, whoever has the other one: by trying numbers nobody learns whose applications count.
  const bool other_number = claim_bytes(before->form.identity_hash) != work.claim && !submission.proven;
  if (had_paid && (other_number || !may_count(connection, work))) return work.end(SubmissionOutcome::claim_held);
  const Application after = with_decisions_of(*before, draft.form);
  const ApplicationKeys keys =
      keys_of(store.cipher, draft.exam, draft.form, submission.district, after.decisions);
  connection.change(
      "UPDATE applications SET unit_code = ?, state = ?, version = version + 1, exam_on = ?, claim = IF(? OR (claim = "
      "'proven' AND claim_hash = ?), 'proven', 'typed'), claim_hash = ?, fee_won = ?, paid_at = ?, form_sealed = ?, "
      "decisions_sealed = ?, district_hash = ?, name_hash = ?, person_hash = ?, photo = ?, accommodation = ?, twin = 0 "
      "WHERE application_id = ?",
      draft.form.unit.text(), spell(paid ? ApplicationState::paid : ApplicationState::submitted),
      format_date(work.exam_on), submission.proven, work.claim, work.claim, submission.fee,
      paid ? std::optional(paid_at) : std::nullopt,
      seal_form(store.cipher, draft.exam, submission.application.text(), application_form_column, draft.form),
      seal_decisions(store.cipher, after), keys.district, keys.name, keys.person, keys.photo,
      static_cast<int>(keys.accommodation), submission.application.text());
  mark_twins_of(connection, draft.exam, {keys.person});
  // An order of another fee does not pay this application any more; should it have been paid, the money goes back.
  connection.change(
      "UPDATE payments SET state = 'failed', why = 'replaced', settled_at = ?, to_ask = 1, asks = 0, next_ask_at = ? "
      "WHERE application_id = ? AND state = 'begun' AND amount_won <> ?",
      sql_time(submission.received_at), sql_time(submission.received_at), submission.application.text(),
      submission.fee);
  services::AuditNote note{"application.edit", submission.application.text(),
                           fmt::format("{}/{}", draft.exam.text(), draft.form.unit.text())};
  note.before = package::render_form(before->form);
  note.after = package::render_form(draft.form);
  note.exam = draft.exam.text();
  audit.push_back({change_of(submission), std::move(note)});
  write_event(connection, submission.application, before->version + 1, change_of(submission), "edited",
              changed_fields(before->form, draft.form));
}

void store_new(Connection& connection, const Store& store, const std::vector<Work*>& works,
               std::vector<AuditLine>& audit) {
  RowInsert applications(connection, "applications (application_id, exam_code, unit_code, account, state, version, exam_on, "
                         "claim_hash, claim, fee_won, submitted_at, paid_at, form_sealed, district_hash, name_hash, person_hash, "
                         "photo, accommodation)",
                         18, works.size());
  std::map<ExamCode, std::vector<std::string>> persons;
  for (const Work* work : works) {
    const Submission& submission = *work->submission;
    const services::Draft& draft = submission.draft;
    const std::string time = sql_time(submission.received_at);
    const bool free = submission.fee == 0 && !work->waits;
    const ApplicationKeys keys = keys_of(store.cipher, draft.exam, draft.form, submission.district, {});
    applications.add(
        submission.application.text(), draft.exam.text(), draft.form.unit.text(), draft.account,
        spell(free ? ApplicationState::paid : ApplicationState::submitted), 1, format_date(work->exam_on),
        work->claim, submission.proven ? "proven" : "typed", submission.fee, time,
        free ? std::optional(time) : std::nullopt,
        seal_form(store.cipher, draft.exam, submission.application.text(), application_form_column, draft.form),
        keys.district, keys.name, keys.person, keys.photo, static_cast<int>(keys.accommodation));
    persons[draft.exam].push_back(keys.person);
    services::AuditNote note{"application.submit", submission.application.text(),
                             fmt::format("{}/{}", draft.exam.text(), draft.form.unit.text())};
    note.exam = draft.exam.text();
    audit.push_back({change_of(submission), std::move(note)});
  }
  RowInsert events(connection, "application_events (application_id, version, at, author, kind, detail)",
                   6, works.size());
  for (const Work* work : works) {
    events.add(work->submission->application.text(), 1, sql_time(work->submission->received_at),
               work->submission->draft.account, "submitted", "");
  }
  for (const auto& [exam, named] : persons) mark_twins_of(connection, exam, named);
}

void store_open(Connection& connection, const Store& store, std::vector<Work>& all) {
  std::vector<AuditLine> audit;
  std::vector<Work*> fresh;
  for (Work* work : open_ones(all)) {
    for (const ClaimHolder& holder : work->yield) yield_claim(connection, store, holder, change_of(*work->submission));
    if (work->edits()) {
      store_edit(connection, store, *work, audit);
    } else {
      fresh.push_back(work);
    }
  }
  if (!fresh.empty()) store_new(connection, store, fresh, audit);
  const std::vector<Work*> stored = open_ones(all);
  if (stored.empty()) return;
  RowInsert submissions(connection, "submissions (exam_code, idempotency_key, application_id, version, account, receipt, "
                        "received_at)",
                        7, stored.size());
  std::vector<std::string> drafts;
  std::vector<services::Message> messages;
  for (Work* work : stored) {
    const Submission& submission = *work->submission;
    submissions.add(submission.draft.exam.text(), submission.key, submission.application.text(),
                    submission.draft.edits_version + 1, submission.draft.account, submission.receipt,
                    sql_time(submission.received_at));
    drafts.push_back(submission.draft.id);
    const auto& told = work->waits && !submission.messages_of_waiting.empty() ? submission.messages_of_waiting
                                                                              : submission.messages;
    messages.insert(messages.end(), told.begin(), told.end());
  }
  std::size_t padded = 0;
  Statement& remove = connection.statement(
      fmt::format("DELETE FROM application_drafts WHERE draft_id IN {}", placeholders(drafts.size(), padded)));
  for (std::size_t at = 0; at < padded; ++at) remove.bind(drafts[std::min(at, drafts.size() - 1)]);
  remove.change();
  write_messages(connection, store.cipher, messages, stored.front()->submission->received_at);
  write_audits(connection, store, audit);
  for (Work* work : stored) {
    work->end(SubmissionOutcome::stored);
    work->done->receipt = work->submission->receipt;
    work->done->waits = work->waits;
  }
}

std::vector<StoredSubmission> store_batch(const Store& store, std::span<const Submission> submissions,
                                          const std::function<Instant()>& now) {
  return in_transaction(store.pool, store.retry, [&](Connection& connection, Attempt) {
    std::vector<Work> all;
    for (const Submission& submission : submissions)
      all.push_back({&submission, claim_bytes(submission.draft.form.identity_hash), std::nullopt, false, {}, submission.exam_on});
    find_stored(connection, all);
    const Instant moment = now();
    for (Work* work : open_ones(all)) {
      if (moment > work->submission->accept_until) work->end(SubmissionOutcome::too_late);
    }
    check_drafts(connection, all);
    follow_saved_notices(connection, all);
    check_claims(connection, all);
    try {
      store_open(connection, store, all);
    } catch (const DriverError& error) {
      if (error.kind() == DriverError::Kind::duplicate) throw Refused{};
      throw;
    } catch (const ClaimMoved&) {
      throw Refused{};
    }
    std::vector<StoredSubmission> answers;
    for (Work& work : all) answers.push_back(std::move(*work.done));
    return answers;
  });
}

}  // namespace

std::vector<StoredSubmission> ApplicationStore::save_submissions(std::span<const Submission> submissions,
                                                                 const std::function<Instant()>& now) {
  try {
    return store_batch(store_, submissions, now);
  } catch (const Refused&) {
    if (submissions.size() == 1) {
      // Looking came before the other's commit, storing after it; looking again sees it.
      try {
        return store_batch(store_, submissions, now);
      } catch (const Refused&) {
        throw Unavailable("outcome_unknown", {"Please send the form again.", "지원서를 다시 제출해 주십시오."});
      }
    }
  }
  std::vector<StoredSubmission> answers;
  for (const Submission& submission : submissions)
    answers.push_back(save_submissions(std::span(&submission, 1), now).front());
  return answers;
}

std::optional<StoredSubmission> ApplicationStore::find_submission(const ExamCode& exam, const std::string& key) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<StoredSubmission> {
    Rows rows = connection.select(
        "SELECT application_id, account, receipt FROM submissions WHERE exam_code = ? AND idempotency_key = ?",
        exam.text(), key);
    if (!rows.next()) return std::nullopt;
    StoredSubmission stored;
    stored.outcome = SubmissionOutcome::stored_before;
    stored.application = ApplicationId(rows.text());
    stored.account = rows.text();
    stored.receipt = rows.text();
    return stored;
  });
}

}  // namespace hanjari::storage
