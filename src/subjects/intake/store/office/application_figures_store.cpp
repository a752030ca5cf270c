// The keyed columns made anew, and what is counted of applications.
#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "intake/store/application_rows.h"
#include "intake/store/office/application_keys.h"
#include "intake/store/office/application_table_store.h"

namespace hanjari::storage {
namespace {

constexpr int mark_portion = 500;

void write_keys(Connection& connection, const FieldCipher& cipher, const Application& application,
                const DistrictCode& district, bool asked_back) {
  ApplicationKeys keys = keys_of(cipher, application.exam, application.form, district, application.decisions);
  if (asked_back && keys.accommodation == services::AccommodationStage::waiting)
    keys.accommodation = services::AccommodationStage::asked_back;
  connection.change(
      "UPDATE applications SET district_hash = ?, name_hash = ?, person_hash = ?, photo = ?, accommodation = ? WHERE "
      "application_id = ? AND version = ? AND destroyed_at IS NULL",
      keys.district, keys.name, keys.person, keys.photo, static_cast<int>(keys.accommodation), application.id.text(),
      application.version);
}

// Persons of whom several applications of the exam stand.
std::set<std::string> find_persons_twice(Connection& connection, const ExamCode& exam) {
  std::set<std::string> persons;
  Rows rows = connection.select(
      "SELECT person_hash FROM applications FORCE INDEX (applications_by_person) WHERE exam_code = ? AND person_hash IS "
      "NOT NULL AND state IN ('submitted', 'paid') GROUP BY person_hash HAVING COUNT(*) > 1",
      exam.text());
  while (rows.next()) persons.insert(rows.text());
  return persons;
}

std::vector<std::string> list_twins(Connection& connection, const ExamCode& exam, const std::set<std::string>& persons) {
  std::vector<std::string> twins;
  for (const std::string& person : persons) {
    Rows rows = connection.select(
        "SELECT application_id FROM applications FORCE INDEX (applications_by_person) WHERE exam_code = ? AND person_hash "
        "= ? AND state IN ('submitted', 'paid')",
        exam.text(), person);
    while (rows.next()) twins.push_back(rows.text());
  }
  std::sort(twins.begin(), twins.end());
  return twins;
}

std::vector<std::string> list_marked(Connection& connection, const ExamCode& exam) {
  std::vector<std::string> marked;
  Rows rows = connection.select(
      "SELECT application_id FROM applications FORCE INDEX (applications_by_twin) WHERE exam_code = ? AND twin = 1 ORDER "
      "BY application_id",
      exam.text());
  while (rows.next()) marked.push_back(rows.text());
  return marked;
}

void set_marks(const Store& store, const std::vector<std::string>& ids, int twin) {
  for (std::size_t begin = 0; begin < ids.size(); begin += mark_portion) {
    const std::size_t count = std::min<std::size_t>(mark_portion, ids.size() - begin);
    in_transaction(store.pool, store.retry, [&](Connection& connection, Attempt) {
      std::size_t padded = 0;
      const std::string list = placeholders(count, padded);
      Statement& mark = connection.statement(
          fmt::format("UPDATE applications SET twin = ? WHERE destroyed_at IS NULL AND application_id IN {}", list));
      mark.bind(twin);
      for (std::size_t at = 0; at < padded; ++at) mark.bind(ids[begin + std::min(at, count - 1)]);
      mark.change();
    });
  }
}

}  // namespace

services::KeyedPortion ApplicationTableStore::fill_keys(const ExamCode& exam,
                                                        const std::map<std::string, DistrictCode>& districts,
                                                        const ApplicationId& after, int most) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    services::KeyedPortion portion;
    std::vector<bool> asked_back;
    int read = 0;
    {
      Rows rows = connection.select(
          fmt::format("SELECT {}, COALESCE(accommodation, 0) = 2 FROM applications FORCE INDEX (applications_by_number) "
                      "WHERE exam_code = ? AND application_id > ? ORDER BY application_id LIMIT ?",
                      application_columns),
          exam.text(), after.text(), most);
      while (rows.next()) {
        Application application = read_application(rows, store_.cipher);
        const bool asked = rows.integer() != 0;
        if (++read == most) portion.last = application.id;
        if (application.legible != Legible::yes) continue;
        portion.read.push_back(std::move(application));
        asked_back.push_back(asked);
      }
    }
    for (std::size_t at = 0; at < portion.read.size(); ++at) {
      const Application& application = portion.read[at];
      const auto district = districts.find(application.form.area);
      write_keys(connection, store_.cipher, application,
                 district == districts.end() ? DistrictCode() : district->second, asked_back[at]);
    }
    return portion;
  });
}

std::int64_t ApplicationTableStore::mark_twins(const ExamCode& exam) {
  std::vector<std::string> twins;
  std::vector<std::string> marked;
  in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    twins = list_twins(connection, exam, find_persons_twice(connection, exam));
    marked = list_marked(connection, exam);
    return true;
  });
  std::vector<std::string> on;
  std::vector<std::string> off;
  std::set_difference(twins.begin(), twins.end(), marked.begin(), marked.end(), std::back_inserter(on));
  std::set_difference(marked.begin(), marked.end(), twins.begin(), twins.end(), std::back_inserter(off));
  set_marks(store_, on, 1);
  set_marks(store_, off, 0);
  return static_cast<std::int64_t>(twins.size());
}

void ApplicationTableStore::save_traits(const ExamCode& exam, const services::TraitCounts& traits) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change("DELETE FROM application_figures WHERE exam_code = ?", exam.text());
    if (traits.counts.empty()) return;
    RowInsert insert(connection, "application_figures (exam_code, kind, word, people, counted_at)", 5,
                     traits.counts.size());
    for (const services::TraitCount& one : traits.counts)
      insert.add(exam.text(), one.kind, one.word, one.people, sql_time(traits.counted_at.value_or(Instant{})));
  });
}

services::TraitCounts ApplicationTableStore::load_traits(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::TraitCounts traits;
    Rows rows = connection.select(
        "SELECT kind, word, people, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', counted_at) FROM application_figures WHERE "
        "exam_code = ? ORDER BY kind, word",
        exam.text());
    while (rows.next()) {
      services::TraitCount one;
      one.kind = rows.text();
      one.word = rows.text();
      one.people = rows.integer();
      traits.counted_at = from_microseconds(rows.integer());
      traits.counts.push_back(std::move(one));
    }
    return traits;
  });
}

services::HourCounts ApplicationTableStore::count_by_hour(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::HourCounts hours;
    Rows rows = connection.select(
        "SELECT TIMESTAMPDIFF(HOUR, '1970-01-01', submitted_at) AS hour, COUNT(*) FROM applications FORCE INDEX "
        "(applications_by_time) WHERE exam_code = ? GROUP BY hour",
        exam.text());
    while (rows.next()) {
      const std::int64_t hour = rows.integer();
      hours[hour] = rows.integer();
    }
    return hours;
  });
}

std::map<UnitCode, std::int64_t> ApplicationTableStore::count_by_unit(const ExamCode& exam,
                                                                      std::optional<Instant> before) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::map<UnitCode, std::int64_t> counts;
    // Without a moment the index of the units has all that is counted.
    Statement& statement = connection.statement(
        before ? "SELECT unit_code, COUNT(*) FROM applications FORCE INDEX (applications_by_time) WHERE exam_code = ? AND "
                 "submitted_at < ? GROUP BY unit_code"
               : "SELECT unit_code, COUNT(*) FROM applications FORCE INDEX (applications_by_unit) WHERE exam_code = ? GROUP "
                 "BY unit_code");
    statement.bind(exam.text());
    if (before) statement.bind(sql_time(*before));
    Rows rows = statement.select();
    while (rows.next()) {
      const UnitCode unit(rows.text());
      counts[unit] = rows.integer();
    }
    return counts;
  });
}

std::map<DistrictCode, std::int64_t> ApplicationTableStore::count_by_district(
    const ExamCode& exam, const std::vector<DistrictCode>& districts, std::optional<Instant> before) {
  std::map<std::string, DistrictCode> by_key;
  for (const DistrictCode& district : districts) by_key.emplace(district_key(store_.cipher, exam, district), district);
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::map<DistrictCode, std::int64_t> counts;
    for (const DistrictCode& district : districts) counts[district] = 0;
    Statement& statement = connection.statement(
        before ? "SELECT district_hash, COUNT(*) FROM applications FORCE INDEX (applications_by_time) WHERE exam_code = ? "
                 "AND submitted_at < ? AND district_hash IS NOT NULL GROUP BY district_hash"
               : "SELECT district_hash, COUNT(*) FROM applications FORCE INDEX (applications_by_district) WHERE exam_code "
                 "= ? AND district_hash IS NOT NULL GROUP BY district_hash");
    statement.bind(exam.text());
    if (before) statement.bind(sql_time(*before));
    Rows rows = statement.select();
    while (rows.next()) {
      const auto found = by_key.find(rows.text());
      const std::int64_t people = rows.integer();
      if (found != by_key.end()) counts[found->second] += people;
    }
    return counts;
  });
}

}  // namespace hanjari::storage
