#include "venues/store/venue_library_store.h"

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/spelling.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::LibrarySchool;
using services::SchoolContact;

// clang-format off
constexpr const char* select_schools =
    "SELECT district_code, school_code, name, address, lat, lon, kind, phone, access_note, note, contact_sealed, rooms, "
    "from_exam, version, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at) FROM library_schools";
constexpr const char* insert_school =
    "INSERT INTO library_schools (district_code, school_code, name, address, lat, lon, kind, phone, access_note, note, "
    "contact_sealed, rooms, from_exam, version, author, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* update_school =
    "UPDATE library_schools SET name = ?, address = ?, lat = ?, lon = ?, kind = ?, phone = ?, access_note = ?, note = ?, "
    "contact_sealed = ?, rooms = ?, from_exam = ?, version = ?, author = ?, changed_at = ? WHERE district_code = ? AND "
    "school_code = ? AND version = ?";
// clang-format on

std::string row_of_school(const LibrarySchool& school) {
  return school.district.text() + "/" + school.code.text();
}

// The place refers to `row`, which has to outlive it.
FieldPlace place_of_school_contact(const std::string& row) {
  FieldPlace place;
  place.row = row;
  place.column = "library_schools.contact";
  return place;
}

// Three lines; none of them holds a line end, because entries are cleaned.
std::optional<std::string> seal_school_contact(const FieldCipher& cipher, const LibrarySchool& school) {
  std::optional<std::string> sealed;
  const SchoolContact& contact = school.contact;
  if (contact == SchoolContact{}) return sealed;
  const std::string row = row_of_school(school);
  sealed = cipher.seal(place_of_school_contact(row),
                       contact.name + "\n" + contact.email + "\n" + contact.phone);
  return sealed;
}

SchoolContact split_contact(const std::string& opened) {
  SchoolContact contact;
  const std::size_t first = opened.find('\n');
  const std::size_t second = first == std::string::npos ? first : opened.find('\n', first + 1);
  if (second == std::string::npos) return contact;
  contact.name = opened.substr(0, first);
  contact.email = opened.substr(first + 1, second - first - 1);
  contact.phone = opened.substr(second + 1);
  return contact;
}

LibrarySchool read_school(Rows& rows, const FieldCipher& cipher) {
  LibrarySchool school;
  school.district = DistrictCode(rows.text());
  school.code = VenueCode(rows.text());
  school.name = rows.text();
  school.address = rows.text();
  school.at.lat = rows.real();
  school.at.lon = rows.real();
  school.kind = parse_word<VenueKind>(rows.text()).value_or(VenueKind::regular);
  school.phone = rows.text();
  school.access_note = rows.text();
  school.note = rows.text();
  if (const auto sealed = rows.maybe_text()) {
    const std::string row = row_of_school(school);
    school.contact = split_contact(open_listed(cipher, place_of_school_contact(row), *sealed));
  }
  const std::string list = rows.text();
  if (!list.empty()) school.rooms = services::read_room_list(list, package::Encoding::utf8);
  school.from = ExamCode(rows.text());
  school.version = rows.integer();
  school.author = rows.text();
  school.changed_at = from_microseconds(rows.integer());
  return school;
}

// A school without rooms has no list, not one of headings.
std::string list_of_school(const LibrarySchool& school) {
  return school.rooms.empty() ? std::string() : services::write_room_list(school.rooms);
}

std::string subject_of_school(const DistrictCode& district, const VenueCode& code) {
  return district.text() + "/" + code.text();
}

bool write_school(Connection& connection, const FieldCipher& cipher, const LibrarySchool& next) {
  const std::string rooms = list_of_school(next);
  if (next.version == 1) {
    return insert_unless_there(connection, insert_school, next.district.text(), next.code.text(), next.name, next.address,
                               next.at.lat, next.at.lon, spell(next.kind), next.phone, next.access_note, next.note,
                               seal_school_contact(cipher, next), rooms, next.from.text(), next.version, next.author,
                               sql_time(next.changed_at));
  }
  return connection.change(update_school, next.name, next.address, next.at.lat, next.at.lon, spell(next.kind), next.phone,
                           next.access_note, next.note, seal_school_contact(cipher, next), rooms, next.from.text(),
                           next.version, next.author, sql_time(next.changed_at), next.district.text(), next.code.text(),
                           next.version - 1) > 0;
}

// Whether the very same was stored by an attempt whose commit was not heard.
bool was_school_stored(Connection& connection, const LibrarySchool& next) {
  Rows rows = connection.select("SELECT author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at) FROM library_schools "
                                "WHERE district_code = ? AND school_code = ? AND version = ?",
                                next.district.text(), next.code.text(), next.version);
  if (!rows.next()) return false;
  const std::string author = rows.text();
  return author == next.author && from_microseconds(rows.integer()) == next.changed_at;
}

}  // namespace

std::vector<LibrarySchool> VenueLibraryStore::list_schools(const std::optional<DistrictCode>& district) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<LibrarySchool> schools;
    const std::string order = " ORDER BY district_code, school_code";
    const auto take = [&](Rows rows) {
      while (rows.next()) schools.push_back(read_school(rows, store_.cipher));
    };
    if (district) {
      take(connection.select(std::string(select_schools) + " WHERE district_code = ?" + order, district->text()));
    } else {
      take(connection.select(std::string(select_schools) + order));
    }
    return schools;
  });
}

std::optional<LibrarySchool> VenueLibraryStore::find_school(const DistrictCode& district, const VenueCode& code) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<LibrarySchool> {
    Rows rows = connection.select(std::string(select_schools) + " WHERE district_code = ? AND school_code = ?",
                                  district.text(), code.text());
    if (!rows.next()) return std::nullopt;
    return read_school(rows, store_.cipher);
  });
}

void VenueLibraryStore::save_school(const LibrarySchool& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    if (attempt.number > 1 && was_school_stored(connection, next)) return;
    if (!write_school(connection, store_.cipher, next)) {
      throw Conflict("school_changed", {"Somebody changed this school of the library meanwhile. Keep it again.",
                                        "그사이 다른 사람이 보관된 학교의 내용을 바꾸었습니다. 다시 보관하십시오."});
    }
    write_audit(connection, store_, change,
                {"library_school.keep", subject_of_school(next.district, next.code),
                 fmt::format("version {}, {}, from {}", next.version, count_of(std::ssize(next.rooms), "room", "rooms"), next.from.text())});
  });
}

void VenueLibraryStore::remove_school(const DistrictCode& district, const VenueCode& code, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    const auto removed = connection.change("DELETE FROM library_schools WHERE district_code = ? AND school_code = ?",
                                           district.text(), code.text());
    if (removed > 0)
      write_audit(connection, store_, change, {"library_school.remove", subject_of_school(district, code)});
  });
}

}  // namespace hanjari::storage
