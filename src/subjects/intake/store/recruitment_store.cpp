#include "intake/store/recruitment_store.h"

#include <algorithm>

#include <fmt/format.h>

#include "database/legible.h"
#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/application.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/notice_rows.h"
#include "intake/store/setup_store.h"

namespace hanjari::storage {
namespace {

using services::RecruitmentState;
using services::StoredRecruitment;

constexpr std::chrono::seconds kept_for{1};

RecruitmentState parse_recruitment_state(const std::string& word) {
  for (const auto state : {RecruitmentState::prepared, RecruitmentState::published}) {
    if (services::spell(state) == word) return state;
  }
  return RecruitmentState::closed;
}

[[noreturn]] void throw_changed() {
  throw services::SetupChanged("recruitment_changed", {"somebody else changed this recruitment meanwhile; look at it again",
                                         "그사이 다른 사람이 이 채용 공고를 바꾸었습니다. 다시 확인하십시오"});
}

// Two officers stand behind what goes onto the portal and behind what changes there, where the rule of the notice says so.
// With another version nothing is saved anyway.
void require_right_to_save(Connection& connection, const SetupRow& row, RecruitmentState state,
                           std::int64_t expected_version) {
  Rows before = connection.select("SELECT state, version, definition FROM recruitments WHERE exam_code = ? FOR UPDATE",
                                  row.exam.text());
  if (!before.next()) return;
  const RecruitmentState was = parse_recruitment_state(before.text());
  if (before.integer() != expected_version) return;
  const std::string stored = before.text();
  if (state == RecruitmentState::published && was != RecruitmentState::published)
    require_second_officer(connection, row.exam, expected_version, row.version.author);
  const bool is_seen = was != RecruitmentState::prepared && state != RecruitmentState::prepared;
  if (is_seen && !means_the_same(stored, row.version.definition))
    require_confirmed_change(connection, row.exam, row.version.author);
}

// Of an exam whose people are destroyed nothing more is stored: its notice can only be taken off the portal, as it is.
void refuse_unless_taken_off(Connection& connection, const SetupRow& row, RecruitmentState state) {
  if (state == RecruitmentState::prepared) {
    Rows before = connection.select("SELECT definition FROM recruitments WHERE exam_code = ? FOR UPDATE", row.exam.text());
    if (before.next() && means_the_same(before.text(), row.version.definition)) return;
  }
  refuse_destroyed_notice(connection, row.exam.text());
}

}  // namespace

std::shared_ptr<const StoredRecruitment> RecruitmentStore::load(Connection& connection, const ExamCode& code) {
  Rows rows = connection.select("SELECT state, version, definition FROM recruitments WHERE exam_code = ?", code.text());
  if (!rows.next()) return nullptr;
  auto stored = std::make_shared<StoredRecruitment>();
  stored->state = parse_recruitment_state(rows.text());
  stored->version = rows.integer();
  const std::string definition = rows.text();
  try {
    stored->notice = services::read_kept_notice(definition, code);
  } catch (const NoticeDamaged&) {
    const std::lock_guard lock(mutex_);
    damaged_.insert(code);
    throw;
  }
  return stored;
}

std::shared_ptr<const StoredRecruitment> RecruitmentStore::find_recruitment(const ExamCode& code) {
  const Moment now = std::chrono::steady_clock::now();
  std::shared_ptr<const StoredRecruitment> known;
  {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(code);
    if (found != kept_.end()) {
      if (now - found->second.looked_at < kept_for) return found->second.recruitment;
      known = found->second.recruitment;
      found->second.looked_at = now;  // one asks, the others go on with what is known
    }
  }
  std::shared_ptr<const StoredRecruitment> current;
  try {
    current = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
      if (known) {
        Rows rows = connection.select("SELECT version FROM recruitments WHERE exam_code = ?", code.text());
        if (rows.next() && rows.integer() == known->version) return known;
      }
      return load(connection, code);
    });
  } catch (const DatabaseUnavailable&) {
    // Nobody can change a notice while the database is away: what was read last goes on.
    if (!known) throw;
    return known;
  }
  const std::lock_guard lock(mutex_);
  damaged_.erase(code);
  if (current == nullptr) {
    kept_.erase(code);
  } else {
    kept_[code] = {current, now};
  }
  return current;
}

std::vector<std::shared_ptr<const StoredRecruitment>> RecruitmentStore::list_recruitments() {
  const auto codes = in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<ExamCode> list;
    Rows rows = connection.select("SELECT exam_code FROM recruitments ORDER BY exam_on, exam_code");
    while (rows.next()) list.emplace_back(rows.text());
    return list;
  });
  std::vector<std::shared_ptr<const StoredRecruitment>> recruitments;
  for (const ExamCode& code : codes) {
    // A definition that cannot be read takes its own exam out of the list; who asks for that one is told.
    read_legibly([&] {
      if (auto found = find_recruitment(code)) recruitments.push_back(std::move(found));
    });
  }
  return recruitments;
}

void RecruitmentStore::save_recruitment(const Recruitment& notice, RecruitmentState state,
                                        std::int64_t expected_version, const services::Change& change) {
  const std::string& code = notice.header.code.text();
  const std::string definition = package::render_recruitment(notice);
  SetupRow row = make_setup_row(store_, notice.header.code, services::SetupPart::notice, expected_version + 1, definition,
                                change);
  row.version.state = services::spell(state);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    refuse_unless_taken_off(connection, row, state);
    if (expected_version > 0) require_right_to_save(connection, row, state, expected_version);
    const bool changed =
        expected_version == 0
            ? insert_unless_there(connection,
                                  "INSERT INTO recruitments (exam_code, state, version, exam_on, definition, "
                                  "changed_at) VALUES (?, ?, 1, ?, ?, ?)",
                                  code, services::spell(state), format_date(notice.header.exam_on), definition,
                                  sql_time(change.at))
            : update_notice_row(connection, notice, definition, services::spell(state), expected_version, change.at);
    if (!changed) {
      const bool written =
          is_notice_written(connection, notice.header.code, expected_version + 1, definition, change.at);
      if (attempt.number == 1 || !written) throw_changed();
      return;
    }
    save_units_and_days(connection, notice);
    insert_setup_row(connection, row);
    services::AuditNote note{"recruitment.save", code,
                             fmt::format("version {}, {}", expected_version + 1, services::spell(state))};
    note.after = definition;
    write_audit(connection, store_, change, note);
  });
  forget(notice.header.code);
}

void RecruitmentStore::refuse_contradictions(const Recruitment& notice) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    // A saving of the same notice waits, or is waited for: what it adds is not added here a second time.
    connection.select("SELECT version FROM recruitments WHERE exam_code = ? LOCK IN SHARE MODE", notice.header.code.text()).next();
    check_units_and_days(connection, notice);
  });
}

std::vector<std::string> RecruitmentStore::list_damaged() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> codes;
  for (const ExamCode& code : damaged_) codes.push_back(code.text());
  return codes;
}

void RecruitmentStore::forget(const ExamCode& code) {
  const std::lock_guard lock(mutex_);
  kept_.erase(code);
}

services::UnitCounts RecruitmentStore::count_applications(const ExamCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::UnitCounts counts;
    Rows rows = connection.select(
        "SELECT unit_code, state, COUNT(*), COUNT(destroyed_at) FROM applications WHERE exam_code = ? GROUP BY unit_code, state",
        code.text());
    while (rows.next()) {
      services::UnitCount& count = counts[UnitCode(rows.text())];
      const auto state = parse_application_state(rows.text());
      if (!state) continue;  // a row that was changed counts nowhere; lists name it
      const std::int64_t number = rows.integer();
      const std::int64_t destroyed = rows.integer();
      if (*state == ApplicationState::submitted || *state == ApplicationState::paid) count.destroyed += destroyed;
      switch (*state) {
        case ApplicationState::submitted:
          count.submitted = number;
          break;
        case ApplicationState::paid:
          count.paid = number;
          break;
        case ApplicationState::withdrawn:
          count.withdrawn = number;
          break;
        case ApplicationState::lapsed:
          count.lapsed = number;
          break;
      }
    }
    return counts;
  });
}

}  // namespace hanjari::storage
