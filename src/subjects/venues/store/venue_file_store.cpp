#include "venues/store/venue_file_store.h"

#include <fmt/format.h>

#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/unreadable.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::VenueFile;

// clang-format off
constexpr const char* insert_venue_file =
    "INSERT INTO venue_files (file_id, offer_id, exam_code, media_type, bytes, name_sealed, content_sealed, author, sent_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* venue_file_columns =
    "file_id, offer_id, exam_code, media_type, bytes, name_sealed, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', sent_at)";
// clang-format on

FieldPlace place_of_venue_file(const std::string& exam, const std::string& id, std::string_view column) {
  FieldPlace place;
  place.row = id;
  place.column = column;
  place.exam = exam;
  return place;
}

constexpr std::string_view venue_file_name = "venue_files.name";
constexpr std::string_view venue_file_content = "venue_files.content";

VenueFile read_venue_file(Rows& rows, const FieldCipher& cipher) {
  VenueFile file;
  file.id = rows.text();
  file.offer = rows.text();
  file.exam = ExamCode(rows.text());
  file.media_type = rows.text();
  file.size = rows.integer();
  file.name = open_listed(cipher, place_of_venue_file(file.exam.text(), file.id, venue_file_name), rows.text(), unreadable_name);
  file.author = rows.text();
  file.at = from_microseconds(rows.integer());
  return file;
}

services::AuditNote note_of_venue_file(const char* action, const std::string& exam, const std::string& offer,
                                       const std::string& id) {
  services::AuditNote note{action, exam + "/" + offer, id};
  note.exam = exam;
  return note;
}

}  // namespace

void VenueFileStore::add_file(const VenueFile& file, const services::Change& change) {
  const std::string& exam = file.exam.text();
  const std::string name = store_.cipher.seal(place_of_venue_file(exam, file.id, venue_file_name), file.name);
  const std::string content = store_.cipher.seal(place_of_venue_file(exam, file.id, venue_file_content), file.bytes);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    store_.cipher.data_keys().refuse_destroyed(exam);
    // The offer's row is held, so that several at once exceed no number.
    connection.select("SELECT offer_id FROM venue_offers WHERE offer_id = ? FOR UPDATE", file.offer).next();
    std::int64_t there = 0;
    {
      Rows rows = connection.select("SELECT COUNT(*), COALESCE(SUM(file_id = ?), 0) FROM venue_files WHERE offer_id = ?",
                                    file.id, file.offer);
      if (rows.next()) {
        there = rows.integer();
        if (rows.integer() > 0) return;  // an earlier attempt was stored without being heard
      }
    }
    if (there >= services::most_venue_files) {
      throw InvalidInput("too_many_files", {fmt::format("A venue has at most {} files; remove one first.", services::most_venue_files),
                                            fmt::format("시험장의 파일은 {}개까지입니다. 먼저 하나를 지우십시오.", services::most_venue_files)});
    }
    connection.change(insert_venue_file, file.id, file.offer, exam, file.media_type, file.size, name, content, file.author,
                      sql_time(file.at));
    write_audit(connection, store_, change, note_of_venue_file("venue_file.add", exam, file.offer, file.id));
  });
}

std::vector<VenueFile> VenueFileStore::list_files(const std::string& offer) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<VenueFile> files;
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM venue_files WHERE offer_id = ? ORDER BY sent_at, file_id", venue_file_columns), offer);
    while (rows.next()) files.push_back(read_venue_file(rows, store_.cipher));
    return files;
  });
}

std::optional<VenueFile> VenueFileStore::find_file(const std::string& offer, const std::string& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<VenueFile> {
    Rows rows = connection.select(
        fmt::format("SELECT {}, content_sealed FROM venue_files WHERE offer_id = ? AND file_id = ?", venue_file_columns),
        offer, id);
    if (!rows.next()) return std::nullopt;
    VenueFile file = read_venue_file(rows, store_.cipher);
    file.bytes = store_.cipher.open(place_of_venue_file(file.exam.text(), id, venue_file_content), rows.text());
    return file;
  });
}

void VenueFileStore::remove_file(const std::string& offer, const std::string& id, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    std::string exam;
    {
      Rows rows = connection.select("SELECT exam_code FROM venue_files WHERE offer_id = ? AND file_id = ? FOR UPDATE", offer, id);
      if (!rows.next()) return;
      exam = rows.text();
    }
    connection.change("DELETE FROM venue_files WHERE offer_id = ? AND file_id = ?", offer, id);
    write_audit(connection, store_, change, note_of_venue_file("venue_file.remove", exam, offer, id));
  });
}

}  // namespace hanjari::storage
