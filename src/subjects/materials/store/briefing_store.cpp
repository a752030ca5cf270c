#include "materials/store/briefing_store.h"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/unreadable.h"
#include "materials/store/book_rows.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::Book;
using services::BriefingNote;
using services::Check;

std::string row_of_note(const ExamCode& exam, const DistrictCode& district) {
  return exam.text() + "/" + district.text();
}

FieldPlace place_of_note(const ExamCode& exam, const std::string& row) {
  FieldPlace place;
  place.row = row;
  place.column = "briefing_notes.words";
  place.exam = exam.text();
  return place;
}

bool is_stored_check(Connection& connection, const Book& book, const Check& check) {
  return connection
      .select("SELECT 1 FROM briefing_checks WHERE exam_code = ? AND run = ? AND venue_code = ? AND item = ? AND done = ? AND "
              "author = ? AND checked_at = ?",
              book.exam.text(), book.run, check.venue.text(), check.item, check.done, check.author, sql_time(check.at))
      .next();
}

std::int64_t next_check_no(Connection& connection, const Book& book) {
  Rows rows = connection.select("SELECT COALESCE(MAX(check_no), 0) + 1 FROM briefing_checks WHERE exam_code = ? AND run = ?",
                                book.exam.text(), book.run);
  return rows.next() ? rows.integer() : 1;
}

[[noreturn]] void throw_note_changed() {
  throw Conflict("note_changed", {"Somebody changed these words meanwhile. Look at them again.",
                                  "그사이 다른 사람이 내용을 바꾸었습니다. 다시 확인하십시오."});
}

}  // namespace

std::vector<Check> BriefingStore::list_checks(const Book& book, const std::optional<VenueCode>& venue) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    const std::string select =
        "SELECT venue_code, item, done, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', checked_at) FROM briefing_checks WHERE "
        "exam_code = ? AND run = ?";
    Rows rows = venue ? connection.select(select + " AND venue_code = ? ORDER BY check_no", book.exam.text(), book.run, venue->text())
                      : connection.select(select + " ORDER BY check_no", book.exam.text(), book.run);
    std::map<std::pair<VenueCode, std::string>, Check> newest;
    while (rows.next()) {
      Check check;
      check.venue = VenueCode(rows.text());
      check.item = rows.text();
      check.done = rows.integer() != 0;
      check.author = rows.text();
      check.at = from_microseconds(rows.integer());
      newest[{check.venue, check.item}] = check;
    }
    std::vector<Check> checks;
    for (auto& [key, check] : newest) checks.push_back(std::move(check));
    return checks;
  });
}

void BriefingStore::add_check(const Book& book, const Check& check, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_book(connection, store_, book, change.author, change.at);
    if (attempt.number > 1 && is_stored_check(connection, book, check)) return;
    connection.change(
        "INSERT INTO briefing_checks (exam_code, run, check_no, venue_code, item, done, author, checked_at) VALUES (?, ?, ?, ?, "
        "?, ?, ?, ?)",
        book.exam.text(), book.run, next_check_no(connection, book), check.venue.text(), check.item, check.done, check.author,
        sql_time(check.at));
    audit_book(connection, store_, book, change,
               {check.done ? "briefing_check.done" : "briefing_check.undone",
                fmt::format("{}/{}", book.exam.text(), check.venue.text()), check.item});
  });
}

std::optional<BriefingNote> BriefingStore::find_note(const ExamCode& exam, const DistrictCode& district) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<BriefingNote> {
    Rows rows = connection.select(
        "SELECT words_sealed, version, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at) FROM briefing_notes WHERE "
        "exam_code = ? AND district_code = ?",
        exam.text(), district.text());
    if (!rows.next()) return std::nullopt;
    BriefingNote note;
    note.district = district;
    const std::string row = row_of_note(exam, district);
    note.words = open_listed(store_.cipher, place_of_note(exam, row), rows.text(), unreadable_name);
    note.version = rows.integer();
    note.author = rows.text();
    note.at = from_microseconds(rows.integer());
    return note;
  });
}

void BriefingStore::save_note(const ExamCode& exam, const BriefingNote& next, const services::Change& change) {
  const std::string row = row_of_note(exam, next.district);
  const std::string sealed = store_.cipher.seal(place_of_note(exam, row), next.words);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    store_.cipher.data_keys().refuse_destroyed(exam.text());
    if (attempt.number > 1) {
      Rows rows = connection.select(
          "SELECT 1 FROM briefing_notes WHERE exam_code = ? AND district_code = ? AND version = ? AND author = ? AND changed_at = ?",
          exam.text(), next.district.text(), next.version, next.author, sql_time(next.at));
      if (rows.next()) return;
    }
    if (next.version == 1) {
      if (!insert_unless_there(connection,
                               "INSERT INTO briefing_notes (exam_code, district_code, words_sealed, version, author, changed_at) "
                               "VALUES (?, ?, ?, ?, ?, ?)",
                               exam.text(), next.district.text(), sealed, next.version, next.author, sql_time(next.at)))
        throw_note_changed();
    } else if (connection.change("UPDATE briefing_notes SET words_sealed = ?, version = ?, author = ?, changed_at = ? WHERE "
                                 "exam_code = ? AND district_code = ? AND version = ?",
                                 sealed, next.version, next.author, sql_time(next.at), exam.text(), next.district.text(),
                                 next.version - 1) == 0) {
      throw_note_changed();
    }
    services::AuditNote note{"briefing_notes.save", fmt::format("{}/{}", exam.text(), next.district.empty() ? "city" : next.district.text()),
                             fmt::format("version {}", next.version)};
    note.exam = exam.text();
    write_audit(connection, store_, change, note);
  });
}

}  // namespace hanjari::storage
