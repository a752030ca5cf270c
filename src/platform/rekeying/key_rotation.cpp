// Sealing everything anew under new keys, while others go on reading and writing.
#include <map>
#include <thread>

#include <fmt/format.h>
#include <sodium.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "rekeying/key_work.h"
#include "rekeying/sealed_tables.h"

namespace hanjari::storage {
namespace {

struct Rotation {
  int master = 0;
  bool resumed = false;
};

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

// The rotation that was not finished, or a new one with new keys for every scope.
Rotation begin_rotation(KeyWork& work, const Clock& clock) {
  Rotation rotation;
  in_reading(work.pool, work.store.retry, [&](Connection& connection) {
    Rows rows = connection.select("SELECT master_number FROM key_rotations WHERE finished_at IS NULL");
    rotation.resumed = rows.next();
    if (rotation.resumed) rotation.master = static_cast<int>(rows.integer());
    return true;
  });
  if (rotation.resumed) return rotation;
  rotation.master = work.add_master();
  KeyRing ring = load_ring(work.settings);
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    std::map<std::string, int> newest;
    {
      Rows rows = connection.select("SELECT scope, MAX(generation) FROM data_keys GROUP BY scope");
      while (rows.next()) {
        std::string scope = rows.text();
        newest[std::move(scope)] = static_cast<int>(rows.integer());
      }
    }
    connection.change("INSERT INTO key_rotations (master_number, started_at) VALUES (?, ?)", rotation.master,
                      sql_time(clock.now()));
    for (const auto& [scope, generation] : newest) {
      Key key{};
      randombytes_buf(key.data(), key.size());
      connection.change("INSERT INTO data_keys (scope, generation, wrapped, made_at) VALUES (?, ?, ?, ?)", scope,
                        generation + 1, wrap_key(ring, key, scope, generation + 1), sql_time(clock.now()));
    }
  });
  // Until now others sealed with the earlier keys.
  work.data_keys->forget();
  std::this_thread::sleep_for(DataKeys::fresh_for + std::chrono::milliseconds(500));
  return rotation;
}

// Seals the table's values that are under an earlier key anew; gives their number of rows.
std::int64_t reseal_table(KeyWork& work, const SealedTable& table, std::int64_t& seen, Progress& progress) {
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
    in_reading(work.pool, work.store.retry, [&](Connection& connection) {
      batch.clear();
      Rows rows = first    ? connection.select(from_start)
                  : inside ? connection.select(within, last[0], last[1])
                           : connection.select(after, last[0]);
      while (rows.next()) {
        Row row;
        for (std::size_t key = 0; key < table.keys.size(); ++key) row.keys.push_back(rows.text());
        const std::string exam = rows.text();
        const auto population = static_cast<std::uint64_t>(rows.integer());
        const std::string name = rows.text();
        const DataKey newest = work.data_keys->current(scope_of_exam(exam));
        for (const SealedColumn& column : table.columns) {
          auto sealed = rows.maybe_text();
          row.before.push_back(sealed);
          if (sealed && FieldCipher::key_of(*sealed) != newest.id) {
            const FieldPlace place{population, name, column.name, exam};
            sealed = FieldCipher::seal_with(newest, place, work.cipher.open(place, *sealed));
            row.changed = true;
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
    seen += static_cast<std::int64_t>(batch.size());
    progress.report(static_cast<std::uint64_t>(seen));
  }
  return resealed;
}

std::int64_t reseal_all(KeyWork& work, Progress& progress) {
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
  std::int64_t seen = 0;
  std::int64_t resealed = 0;
  for (const SealedTable& table : sealed_tables()) resealed += reseal_table(work, table, seen, progress);
  return resealed;
}

}  // namespace

RotationReport rotate_keys(const DatabaseSettings& settings, const services::Change& change, const Clock& clock,
                           Progress& progress) {
  const auto began = clock.elapsed();
  KeyWork work(settings, progress);
  work.lock();
  const Rotation rotation = begin_rotation(work, clock);
  RotationReport report;
  report.master_number = rotation.master;
  report.resumed = rotation.resumed;
  report.records = reseal_all(work, progress);
  // Somebody who began before may have committed behind us; whoever stores a whole exam holds the key's row meanwhile.
  // Row by row, so that new keys for other exams can be made beside it.
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    std::vector<std::int64_t> old;
    {
      Rows rows = connection.select(
          "SELECT k.data_key_id FROM data_keys k JOIN (SELECT scope, MAX(generation) AS newest FROM data_keys GROUP BY "
          "scope) n ON n.scope = k.scope WHERE k.generation < n.newest AND k.scope NOT LIKE 'audit%'");
      while (rows.next()) old.push_back(rows.integer());
    }
    for (const std::int64_t id : old)
      connection.select("SELECT 1 FROM data_keys WHERE data_key_id = ? FOR UPDATE", id).next();
    report.records += reseal_all(work, no_progress());
    for (const std::int64_t id : old) connection.change("DELETE FROM data_keys WHERE data_key_id = ?", id);
  });
  work.rewrap(rotation.master);
  in_transaction(work.pool, work.store.retry, [&](Connection& connection, Attempt) {
    connection.change("UPDATE key_rotations SET finished_at = ? WHERE finished_at IS NULL", sql_time(clock.now()));
    write_audit(connection, work.store, change,
                {"keys.rotate", "keys", fmt::format("{} records, master key {}", report.records, rotation.master)});
  });
  report.seconds = seconds_between(began, clock.elapsed());
  return report;
}

}  // namespace hanjari::storage
