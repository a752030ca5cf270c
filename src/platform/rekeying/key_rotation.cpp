// Sealing everything anew under new keys, while others go on reading and writing.
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <sodium.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/store_errors.h"
#include "rekeying/key_work.h"
#include "rekeying/sealed_tables.h"

namespace hanjari::storage {
namespace {

struct Rotation {
  int master = 0;
  bool resumed = false;
};

// What a run of sealing anew has met.
struct Sealing {
  std::int64_t seen = 0;             // rows
  std::int64_t unopened = 0;         // values that open with no key
  std::set<std::uint32_t> held_keys;  // data keys of such values: they stay
  std::vector<UnopenedValue> named;   // the first of them
  std::set<std::string> without_key;  // exams whose key is lost
};

// Whoever restores rows needs to know which; a table that was damaged as a whole is told by its number.
constexpr std::size_t most_named = 50;

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::int64_t reseal_table(KeyWork& work, const SealedTable& table, Sealing& sealing, Progress& progress);

// The value as it opens; nothing for one that opens with no key. That the database does not answer is thrown.
std::optional<std::string> open_or_leave(const FieldCipher& cipher, const FieldPlace& place, const std::string& sealed) {
  try {
    return cipher.open(place, sealed);
  } catch (const DatabaseUnavailable&) {
    throw;
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The key to seal with; nothing for an exam whose key is lost: its values stay, and no new key takes the place of the one that opens
// them.
std::optional<DataKey> newest_unless_lost(const DataKeys& keys, const std::string& exam, Sealing& sealing) {
  if (sealing.without_key.contains(exam)) return std::nullopt;
  try {
    return keys.current(scope_of_exam(exam));
  } catch (const PersonalDataDamaged&) {
    sealing.without_key.insert(exam);
    return std::nullopt;
  }
}

std::map<std::string, int> newest_generations(Connection& connection) {
  std::map<std::string, int> newest;
  // A row of any other name seals nothing, and the table takes no new one.
  Rows rows = connection.select(
      "SELECT scope, MAX(generation) FROM data_keys WHERE scope IN ('program', 'audit') OR scope LIKE 'exam/_%' OR scope LIKE "
      "'audit/_%' GROUP BY scope");
  while (rows.next()) {
    std::string scope = rows.text();
    newest[std::move(scope)] = static_cast<int>(rows.integer());
  }
  return newest;
}

// The rotation that was not finished, or a new one. The new data keys come with the switch of the master key, so that
// the old one never wraps them.
Rotation begin_rotation(KeyWork& work, KeyWork::Carry carry, const Clock& clock) {
  Rotation rotation;
  in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    rotation.resumed =
        connection.select("SELECT 1 FROM key_rotations WHERE finished_at IS NULL").next();
    if (rotation.resumed) rotation.master = work.current_master(connection).number;
    return true;
  });
  if (rotation.resumed) return rotation;
  seal_values_under_masters(work);
  rotation.master = work.change_master(carry, [&](Connection& connection, const MasterKey& next) {
    connection.change("INSERT INTO key_rotations (master_number, started_at) VALUES (?, ?)", next.number,
                      sql_time(clock.now()));
    for (const auto& [scope, generation] : newest_generations(connection)) {
      Key key{};
      randombytes_buf(key.data(), key.size());
      insert_data_key(connection, next, key, scope, generation + 1);
    }
  });
  return rotation;
}

// Seals the table's values that are under an earlier key anew; gives their number of rows. Values that open with no key
// stay as they are, with their key, and so do those of a destroyed exam.
std::int64_t reseal_table(KeyWork& work, const SealedTable& table, Sealing& sealing, Progress& progress) {
  std::vector<std::string> columns;
  for (const SealedColumn& column : table.columns) columns.push_back("t." + column.column);
  std::vector<std::string> keys;
  for (const std::string& key : table.keys) keys.push_back("t." + key);
  // In the order of the primary key, which the index gives without sorting: the rows are chosen before the join, and a
  // pair of keys is followed in two questions, the rest of the first key's rows and then those of the next one.
  const bool pair = keys.size() == 2;
  const std::string joins = table.from.substr((table.table + " t").size());
  const auto select_where = [&](const std::string& condition) {
    const std::string rows = fmt::format("(SELECT * FROM {} WHERE {} ORDER BY {} LIMIT {}) t", table.table, condition,
                                         joined(table.keys, ", "), table.rows_at_once);
    return fmt::format("SELECT {}, {}, {}, {}, {} FROM {}{} ORDER BY {}", joined(keys, ", "), table.exam,
                       table.population, table.row, joined(columns, ", "), rows, joins, joined(keys, ", "));
  };
  // A number that is compared with a text is sorted, not followed.
  const std::string given = table.kind == KeyKind::numbers ? "CAST(? AS UNSIGNED)" : "?";
  const std::string from_start = select_where("TRUE");
  const std::string after = select_where(fmt::format("{} > {}", table.keys[0], given));
  const std::string within =
      pair ? select_where(fmt::format("{} = {} AND {} > {}", table.keys[0], given, table.keys[1], given)) : "";
  std::vector<std::string> settings;
  std::vector<std::string> conditions;
  for (const std::string& key : table.keys) conditions.push_back(key + " = ?");
  for (const SealedColumn& column : table.columns) {
    settings.push_back(column.column + " = ?");
    // What somebody changed meanwhile is under the new key already.
    conditions.push_back(column.column + " <=> ?");
  }
  const std::string update =
      fmt::format("UPDATE {} SET {} WHERE {}", table.table, joined(settings, ", "), joined(conditions, " AND "));

  struct Row {
    std::vector<std::string> keys;
    std::vector<std::optional<std::string>> before;
    std::vector<std::optional<std::string>> after;
    bool changed = false;
  };
  std::int64_t resealed = 0;
  // The first of numbers and of texts alike.
  std::vector<std::string> last(table.keys.size(), "");
  bool first = true;
  bool inside = false;  // more rows of the first key may be there
  for (bool more = true; more;) {
    std::vector<Row> batch;
    std::int64_t unopened = 0;
    std::vector<UnopenedValue> named;
    in_reading(work.pool, work.store.retry, [&](Connection& connection) {
      batch.clear();
      named.clear();
      unopened = 0;
      Rows rows = first    ? connection.select(from_start)
                  : inside ? connection.select(within, last[0], last[1])
                           : connection.select(after, last[0]);
      while (rows.next()) {
        Row row;
        for (std::size_t key = 0; key < table.keys.size(); ++key) row.keys.push_back(rows.text());
        const std::string exam = rows.text();
        const auto population = static_cast<std::uint64_t>(rows.integer());
        const std::string name = rows.text();
        const bool destroyed = work.data_keys->is_destroyed(exam);
        const auto newest = destroyed ? std::nullopt : newest_unless_lost(*work.data_keys, exam, sealing);
        for (const SealedColumn& column : table.columns) {
          auto sealed = rows.maybe_text();
          row.before.push_back(sealed);
          if (sealed && !destroyed && !(newest && FieldCipher::key_of(*sealed) == newest->id)) {
            const FieldPlace place{population, name, column.name, exam};
            const auto value = newest ? open_or_leave(work.cipher, place, *sealed) : std::nullopt;
            if (value) {
              sealed = FieldCipher::seal_with(*newest, place, *value);
              row.changed = true;
            } else {
              ++unopened;
              if (named.size() < most_named) named.push_back({table.table, column.column, exam, name});
              sealing.held_keys.insert(FieldCipher::key_of(*sealed));
            }
          }
          row.after.push_back(std::move(sealed));
        }
        batch.push_back(std::move(row));
      }
      return true;
    });
    if (batch.empty() && inside) {
      inside = false;
      continue;
    }
    more = !batch.empty();
    if (!more) break;
    first = false;
    inside = pair;
    last = batch.back().keys;
    in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
      Statement& statement = connection.statement(update);
      for (const Row& row : batch) {
        if (!row.changed) continue;
        statement.restart();
        for (const auto& value : row.after) statement.bind(value);
        for (const std::string& key : row.keys) statement.bind(key);
        for (const auto& value : row.before) statement.bind(value);
        statement.change();
      }
    });
    for (const Row& row : batch) resealed += row.changed ? 1 : 0;
    sealing.seen += static_cast<std::int64_t>(batch.size());
    sealing.unopened += unopened;
    for (UnopenedValue& value : named) {
      if (sealing.named.size() < most_named) sealing.named.push_back(std::move(value));
    }
    progress.report(static_cast<std::uint64_t>(sealing.seen));
  }
  return resealed;
}

std::int64_t reseal_all(KeyWork& work, Sealing& sealing, Progress& progress) {
  std::int64_t total = 0;
  in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    total = 0;
    for (const SealedTable& table : sealed_tables()) {
      Rows rows = connection.select("SELECT COUNT(*) FROM " + table.table);
      rows.next();
      total += rows.integer();
    }
    return true;
  });
  progress.stage({"Sealing anew", "다시 암호화"}, static_cast<std::uint64_t>(total));
  sealing = {};
  std::int64_t resealed = 0;
  for (const SealedTable& table : sealed_tables()) resealed += reseal_table(work, table, sealing, progress);
  return resealed;
}

}  // namespace

namespace {

// Somebody who began before may have committed behind us; whoever stores a whole exam holds the key's row meanwhile. Row
// by row, so that new keys for other exams can be made beside it. Returns the number of rows sealed anew.
std::int64_t delete_earlier_keys(KeyWork& work, Sealing& sealing) {
  return work.in_locked([&](Connection& connection, Attempt) {
    std::vector<std::int64_t> old;
    {
      Rows rows = connection.select(
          "SELECT k.data_key_id FROM data_keys k JOIN (SELECT scope, MAX(generation) AS newest FROM data_keys GROUP BY "
          "scope) n ON n.scope = k.scope WHERE k.generation < n.newest AND k.lost = 0 AND k.scope NOT LIKE 'audit%'");
      while (rows.next()) old.push_back(rows.integer());
    }
    for (const std::int64_t id : old)
      connection.select("SELECT 1 FROM data_keys WHERE data_key_id = ? FOR UPDATE", id).next();
    const std::int64_t resealed = reseal_all(work, sealing, no_progress());
    for (const std::int64_t id : old) {
      if (!sealing.held_keys.contains(static_cast<std::uint32_t>(id)))
        connection.change("DELETE FROM data_keys WHERE data_key_id = ?", id);
    }
    return resealed;
  });
}

}  // namespace

void seal_values_under_masters(KeyWork& work) {
  const bool there = in_reading(work.pool, work.store.retry,
                                [](Connection& connection) { return has_values_under_masters(connection); });
  if (!there) return;
  Sealing sealing;
  for (const SealedTable& table : sealed_tables()) {
    if (table.table == "applicants" || table.table == "keep_apart_broken")
      reseal_table(work, table, sealing, work.progress);
  }
}

RotationReport rotate_keys(const DatabaseSettings& settings, const services::Change& change, const Clock& clock,
                           Progress& progress, NewMaster master) {
  const auto began = clock.elapsed();
  KeyWork work(settings, progress);
  work.lock();
  const auto carry = master == NewMaster::placed ? KeyWork::Carry::placed : KeyWork::Carry::wrapped;
  const Rotation rotation = begin_rotation(work, carry, clock);
  const auto new_keys_at = std::chrono::steady_clock::now();
  RotationReport report;
  report.master_number = rotation.master;
  report.resumed = rotation.resumed;
  // For so long others seal with the earlier keys.
  std::this_thread::sleep_until(new_keys_at + DataKeys::others_learn_within);
  Sealing sealing;
  report.records = reseal_all(work, sealing, progress);
  // What was sealed then may still be on its way: a write is tried again for so long.
  std::this_thread::sleep_until(new_keys_at + DataKeys::others_learn_within + settings.retry_for);
  report.records += delete_earlier_keys(work, sealing);
  report.unopened = sealing.unopened;
  report.unopened_values = sealing.named;
  work.step();
  report.places_with_old_key = work.retire_masters();
  work.in_locked([&](Connection& connection, Attempt) {
    connection.change("UPDATE key_rotations SET finished_at = ? WHERE finished_at IS NULL", sql_time(clock.now()));
    write_audit(connection, work.store, change,
                {"keys.rotate", "keys", fmt::format("{}, master key {}", count_of(report.records, "record", "records"), rotation.master)});
  });
  work.step();
  report.seconds = seconds_between(began, clock.elapsed());
  return report;
}

}  // namespace hanjari::storage
