#include "venues/store/venue_chief_store.h"

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

using services::VenueChief;

// clang-format off
constexpr const char* select_chiefs =
    "SELECT exam_code, account_name, venue_code, district_code, given_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', given_at) "
    "FROM venue_chiefs WHERE exam_code = ?";
constexpr const char* insert_chief =
    "INSERT INTO venue_chiefs (exam_code, account_name, venue_code, district_code, given_by, given_at) VALUES (?, ?, ?, ?, "
    "?, ?)";
// clang-format on

VenueChief read_chief(Rows& rows) {
  VenueChief chief;
  chief.exam = ExamCode(rows.text());
  chief.account = rows.text();
  chief.venue = VenueCode(rows.text());
  chief.district = DistrictCode(rows.text());
  chief.given_by = rows.text();
  chief.given_at = from_microseconds(rows.integer());
  return chief;
}

std::vector<VenueChief> read_chiefs(Rows& rows) {
  std::vector<VenueChief> chiefs;
  while (rows.next()) chiefs.push_back(read_chief(rows));
  return chiefs;
}

services::AuditNote note_of_chief(const char* action, const VenueChief& chief) {
  services::AuditNote note{action, fmt::format("{}/{}", chief.exam.text(), chief.venue.text()), chief.account};
  note.exam = chief.exam.text();
  return note;
}

[[noreturn]] void throw_chief_not_free() {
  throw Conflict("chief_not_free",
                 {"This account cannot be given a venue: it is no venue chief's, or it looks after a venue of this exam "
                  "already.",
                  "이 계정에는 시험장을 맡길 수 없습니다. 시험장 책임관의 계정이 아니거나 이 시험의 다른 시험장을 이미 맡고 "
                  "있습니다."});
}

// The account's row is held, so that it is not disabled meanwhile.
bool is_account_of_chief(Connection& connection, const std::string& account) {
  Rows rows = connection.select("SELECT role, disabled FROM accounts WHERE account_name = ? FOR UPDATE", account);
  if (!rows.next()) return false;
  const std::string role = rows.text();
  return role == services::spell(services::Role::venue_chief) && rows.integer() == 0;
}

// Whether an earlier attempt, whose commit was not heard, stored this very chief.
bool was_chief_stored(Connection& connection, const VenueChief& chief) {
  Rows rows = connection.select("SELECT venue_code FROM venue_chiefs WHERE exam_code = ? AND account_name = ?",
                                chief.exam.text(), chief.account);
  return rows.next() && rows.text() == chief.venue.text();
}

}  // namespace

std::vector<VenueChief> VenueChiefStore::list_chiefs(const ExamCode& exam, const std::optional<DistrictCode>& district) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    const std::string select = select_chiefs;
    const std::string order = " ORDER BY venue_code, account_name";
    if (!district) {
      Rows rows = connection.select(select + order, exam.text());
      return read_chiefs(rows);
    }
    Rows rows = connection.select(select + " AND district_code = ?" + order, exam.text(), district->text());
    return read_chiefs(rows);
  });
}

std::optional<VenueChief> VenueChiefStore::find_chief(const ExamCode& exam, const std::string& account) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<VenueChief> {
    Rows rows = connection.select(std::string(select_chiefs) + " AND account_name = ?", exam.text(), account);
    if (!rows.next()) return std::nullopt;
    return read_chief(rows);
  });
}

void VenueChiefStore::add_chief(const VenueChief& chief, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    if (!is_account_of_chief(connection, chief.account)) throw_chief_not_free();
    const bool first =
        insert_unless_there(connection, insert_chief, chief.exam.text(), chief.account, chief.venue.text(),
                            chief.district.text(), chief.given_by, sql_time(chief.given_at));
    if (!first && attempt.number > 1 && was_chief_stored(connection, chief)) return;
    if (!first) throw_chief_not_free();
    write_audit(connection, store_, change, note_of_chief("venue_chief.give", chief));
  });
}

void VenueChiefStore::remove_chief(const VenueChief& chief, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto removed = connection.change("DELETE FROM venue_chiefs WHERE exam_code = ? AND account_name = ? AND venue_code = ?",
                                           chief.exam.text(), chief.account, chief.venue.text());
    if (removed > 0) write_audit(connection, store_, change, note_of_chief("venue_chief.take", chief));
  });
}

}  // namespace hanjari::storage
