// Another key for what only the office reads, while everything runs. Marks and decisions stand under it inside the seals of their exams,
// which stay under the exams' keys.
#include <algorithm>
#include <array>
#include <thread>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/store_errors.h"
#include "rekeying/key_work.h"
#include "rekeying/sealed_tables.h"
#include "vault/office_key.h"

namespace hanjari::storage {
namespace {

// Where values of the office stand.
constexpr std::array<std::string_view, 4> office_tables{"job_files", "publication_parts", "result_parts", "special_cases"};

struct OfficeRow {
  std::string key;
  std::vector<std::optional<std::string>> before;
  std::vector<std::optional<std::string>> after;
};

// What a run has met.
struct Closing {
  std::int64_t closed = 0;
  std::int64_t unopened = 0;
};

std::vector<int> list_named_numbers(Connection& connection) {
  std::vector<int> numbers;
  Rows rows = connection.select("SELECT key_number FROM key_checks WHERE purpose = 'office' ORDER BY key_number");
  while (rows.next()) numbers.push_back(static_cast<int>(rows.integer()));
  return numbers;
}

// Nothing for a value that opens with no key, and for one that is under the newest key or not of the office: it stays.
std::optional<std::string> closed_anew(const KeyWork& work, const OfficeKey& office, const FieldPlace& place, const std::string& sealed,
                                       Closing& closing) {
  try {
    const auto anew = office.close_anew(place, work.cipher.open(place, sealed));
    if (anew) return work.cipher.seal(place, *anew);
  } catch (const PersonalDataDamaged&) {
    ++closing.unopened;
  } catch (const PersonalDataDestroyed&) {
    // With its exam, meanwhile.
  }
  return std::nullopt;
}

// Of the rows of a question those that change, in `changed`; the key of the last row, and nothing behind the last one.
std::optional<std::string> read_closed_anew(const KeyWork& work, const OfficeKey& office, const SealedTable& table, Rows rows,
                                            std::vector<OfficeRow>& changed, Closing& closing) {
  std::optional<std::string> reached;
  while (rows.next()) {
    OfficeRow row;
    row.key = rows.text();
    reached = row.key;
    const std::string exam = rows.text();
    const std::string name = rows.text();
    bool differs = false;
    for (const SealedColumn& column : table.columns) {
      row.before.push_back(rows.maybe_text());
      row.after.push_back(row.before.back());
      if (!row.before.back() || work.data_keys->is_destroyed(exam)) continue;
      const FieldPlace place{0, name, column.name, exam};
      if (auto anew = closed_anew(work, office, place, *row.before.back(), closing)) {
        row.after.back() = std::move(*anew);
        differs = true;
      }
    }
    if (differs) changed.push_back(std::move(row));
  }
  return reached;
}

// In the order of the primary key, a few rows at a time.
void close_table_anew(KeyWork& work, const OfficeKey& office, const SealedTable& table, Closing& closing) {
  const std::string& key = table.keys.front();
  std::string columns;
  std::string settings;
  std::string conditions = key + " = ?";
  for (const SealedColumn& column : table.columns) {
    columns += ", t." + column.column;
    settings += (settings.empty() ? "" : ", ") + column.column + " = ?";
    // What somebody changed meanwhile was closed by the program that changed it; the next run looks at it.
    conditions += fmt::format(" AND {} <=> ?", column.column);
  }
  const std::string select = fmt::format("SELECT t.{}, {}, {}{} FROM {} WHERE t.{} > ? ORDER BY t.{} LIMIT {}", key, table.exam, table.row,
                                         columns, table.from, key, key, table.rows_at_once);
  const std::string update = fmt::format("UPDATE {} SET {} WHERE {}", table.table, settings, conditions);
  std::string last;
  for (bool more = true; more;) {
    std::vector<OfficeRow> changed;
    Closing met;
    const auto reached = in_reading(work.pool, work.store.retry, [&](Connection& connection) {
      changed.clear();
      met = {};
      return read_closed_anew(work, office, table, connection.select(select, last), changed, met);
    });
    more = reached.has_value();
    if (reached) last = *reached;
    in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
      Statement& statement = connection.statement(update);
      for (const OfficeRow& row : changed) {
        statement.restart();
        for (const auto& value : row.after) statement.bind(value);
        statement.bind(row.key);
        for (const auto& value : row.before) statement.bind(value);
        statement.change();
      }
    });
    closing.closed += static_cast<std::int64_t>(changed.size());
    closing.unopened += met.unopened;
    work.progress.report(static_cast<std::uint64_t>(closing.closed));
  }
}

Closing close_all_anew(KeyWork& work, const OfficeKey& office) {
  Closing closing;
  for (const SealedTable& table : sealed_tables()) {
    if (std::find(office_tables.begin(), office_tables.end(), table.table) != office_tables.end())
      close_table_anew(work, office, table, closing);
  }
  return closing;
}

// The numbers that the database names, once this machine is seen to hold the newest of them.
std::vector<int> require_office_keys(KeyWork& work, const OfficeKey& office) {
  office.require_named();
  std::vector<int> numbers = in_reading(work.pool, work.store.retry, [](Connection& connection) { return list_named_numbers(connection); });
  if (!numbers.empty()) return numbers;
  throw Conflict("no_office_key", {"no key of the office is in use yet, so there is none to be changed",
                                   "사용 중인 업무 키가 아직 없어 바꿀 것이 없습니다"});
}

OfficeKey own_office_key(KeyWork& work, const Clock& clock) {
  return {[&work] { return work.pool.open_beside(); },
          [&work](const auto& looking) {
            in_reading(work.pool, work.store.retry, [&](Connection& connection) {
              looking(connection);
              return true;
            });
          },
          office_key_file_of(work.settings), OfficeKeyUse::read, clock};
}

int next_office_key(const std::filesystem::path& file, int named) {
  const int newest = load_office_keys(file).rbegin()->first;
  return newest > named ? newest : add_office_key(file);
}

}  // namespace

int prepare_office_key_change(const DatabaseSettings& settings, Progress& progress) {
  KeyWork work(settings, progress);
  work.lock();
  const OfficeKey office = own_office_key(work, system_clock());
  return next_office_key(office_key_file_of(settings), require_office_keys(work, office).back());
}

OfficeRotationReport rotate_office_key(const DatabaseSettings& settings, const services::Change& change, const Clock& clock,
                                       Progress& progress) {
  const auto began = clock.elapsed();
  KeyWork work(settings, progress);
  work.lock();
  progress.stage({"Changing the key of the office", "업무 키 변경"}, 0);
  const OfficeKey office = own_office_key(work, clock);
  const std::vector<int> named = require_office_keys(work, office);
  OfficeRotationReport report;
  const std::filesystem::path file = office_key_file_of(settings);
  // A key that was drawn since is wanted also where values that open with no key keep the name of an earlier one.
  report.resumed = named.size() > 1 && load_office_keys(file).rbegin()->first <= named.back();
  report.number = report.resumed ? named.back() : next_office_key(file, named.back());
  if (!report.resumed) {
    const std::string check = FieldCipher::key_check(load_office_keys(file).at(report.number));
    work.in_locked([&](Connection& connection, Attempt) {
      connection.change(
          "INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('office', ?, ?) ON DUPLICATE KEY UPDATE key_number = "
          "key_number",
          report.number, check);
    });
  }
  const auto named_at = std::chrono::steady_clock::now();
  // For so long others close under the earlier key, and what was closed then may still be on its way.
  std::this_thread::sleep_until(named_at + OfficeKey::others_learn_within);
  report.values = close_all_anew(work, office).closed;
  std::this_thread::sleep_until(named_at + OfficeKey::others_learn_within + settings.retry_for);
  const Closing again = close_all_anew(work, office);
  report.values += again.closed;
  report.unopened = again.unopened;
  work.in_locked([&](Connection& connection, Attempt) {
    // With values that do not open stays the name of their key.
    if (report.unopened == 0)
      connection.change("DELETE FROM key_checks WHERE purpose = 'office' AND key_number <> ?", report.number);
    write_audit(connection, work.store, change,
                {"keys.rotate_office", "keys", fmt::format("{}, key {}", count_of(report.values, "value", "values"), report.number)});
  });
  report.seconds = seconds_between(began, clock.elapsed());
  return report;
}

}  // namespace hanjari::storage
