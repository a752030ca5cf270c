#include "materials/store/material_store.h"

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/unreadable.h"
#include "materials/store/book_rows.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::Book;
using services::Entry;
using services::EntryKind;
using services::MaterialSigner;

// clang-format off
constexpr const char* entry_columns =
    "entry_no, kind, act, item, from_station, to_station, item_count, COALESCE(receipt_of, correction_of, 0), parcel, reason, "
    "signer, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', signed_at)";
constexpr const char* insert_entry =
    "INSERT INTO material_entries (exam_code, run, entry_no, kind, act, item, from_station, to_station, from_district, "
    "to_district, from_venue, to_venue, item_count, receipt_of, correction_of, parcel, reason, signer, signed_at) VALUES (?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* signer_columns =
    "signer_id, station, name_sealed, issued_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', issued_at)";
constexpr const char* update_settings =
    "UPDATE material_books SET spare_sheets = ?, seals = ?, reserve_booklets = ?, envelopes_per_box = ?, version = ?, author = "
    "?, changed_at = ? WHERE exam_code = ? AND run = ? AND version = ?";
// clang-format on

FieldPlace place_of_signer(const Book& book, const std::string& row) {
  FieldPlace place;
  place.row = row;
  place.column = "material_signers.name";
  place.exam = book.exam.text();
  return place;
}

Entry read_entry(Rows& rows) {
  Entry entry;
  entry.number = rows.integer();
  entry.kind = services::parse_entry_kind(rows.text()).value_or(EntryKind::counted);
  entry.act = rows.text();
  entry.item = services::parse_item(rows.text()).value_or(services::Item{});
  entry.from = services::parse_station(rows.text()).value_or(services::Station{});
  entry.to = services::parse_station(rows.text()).value_or(services::Station{});
  entry.count = rows.integer();
  entry.of = rows.integer();
  entry.parcel = rows.text();
  entry.reason = rows.text();
  entry.signer = rows.text();
  entry.at = from_microseconds(rows.integer());
  return entry;
}

std::vector<Entry> read_entries(Rows rows) {
  std::vector<Entry> entries;
  while (rows.next()) entries.push_back(read_entry(rows));
  return entries;
}

void write_entry(Connection& connection, const Book& book, const Entry& entry, std::int64_t number) {
  std::optional<std::int64_t> receipt;
  std::optional<std::int64_t> correction;
  if (entry.kind == EntryKind::received) receipt = entry.of;
  if (entry.kind == EntryKind::corrected) correction = entry.of;
  const bool written = insert_unless_there(
      connection, insert_entry, book.exam.text(), book.run, number, services::spell(entry.kind), entry.act,
      services::spell(entry.item), services::spell(entry.from), services::spell(entry.to), entry.from.district.text(),
      entry.to.district.text(), entry.from.venue.text(), entry.to.venue.text(), entry.count, receipt, correction, entry.parcel,
      entry.reason, entry.signer, sql_time(entry.at));
  if (written) return;
  throw services::LedgerChanged("already_received", {"Somebody has confirmed this meanwhile. Look at the ledger again.",
                                                     "그사이 다른 사람이 인수를 확인했습니다. 장부를 다시 확인하십시오."});
}

std::int64_t next_entry_no(Connection& connection, const Book& book) {
  Rows rows = connection.select("SELECT COALESCE(MAX(entry_no), 0) + 1 FROM material_entries WHERE exam_code = ? AND run = ?",
                                book.exam.text(), book.run);
  return rows.next() ? rows.integer() : 1;
}

bool has_act(Connection& connection, const Book& book, const std::string& act) {
  return connection.select("SELECT 1 FROM material_entries WHERE exam_code = ? AND run = ? AND act = ? LIMIT 1",
                           book.exam.text(), book.run, act)
      .next();
}

// The book is held, so that nobody corrects the same entry between this and the writing.
void refuse_changed_entry(Connection& connection, const Book& book, const Entry& entry) {
  if (entry.kind != EntryKind::corrected || !entry.said) return;
  Rows rows = connection.select(
      "SELECT CAST(COALESCE(SUM(item_count), 0) AS SIGNED) FROM material_entries WHERE exam_code = ? AND run = ? AND (entry_no = "
      "? OR correction_of = ?)",
      book.exam.text(), book.run, entry.of, entry.of);
  if (rows.next() && rows.integer() == *entry.said) return;
  throw services::LedgerChanged("entry_changed", {"Somebody else corrected this line meanwhile. Look at the ledger again.",
                                                  "그사이 다른 사람이 이 줄을 정정했습니다. 장부를 다시 확인하십시오."});
}

}  // namespace

services::BookSettings MaterialStore::find_settings(const Book& book) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::BookSettings settings;
    Rows rows = connection.select(
        "SELECT spare_sheets, seals, reserve_booklets, envelopes_per_box, version FROM material_books WHERE exam_code = ? AND run "
        "= ?",
        book.exam.text(), book.run);
    if (!rows.next()) return settings;
    settings.packing.spare_sheets_per_room = static_cast<int>(rows.integer());
    settings.packing.seals_per_envelope = static_cast<int>(rows.integer());
    settings.packing.reserve_booklets_per_venue = static_cast<int>(rows.integer());
    settings.packing.envelopes_per_box = static_cast<int>(rows.integer());
    settings.version = rows.integer();
    return settings;
  });
}

void MaterialStore::save_settings(const Book& book, const services::BookSettings& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_book(connection, store_, book, change.author, change.at);
    const services::PackingSettings& packing = next.packing;
    if (attempt.number > 1) {
      // An earlier attempt may have been stored without being heard.
      Rows rows = connection.select("SELECT 1 FROM material_books WHERE exam_code = ? AND run = ? AND version = ? AND author = ? AND changed_at = ?",
                                    book.exam.text(), book.run, next.version, change.author, sql_time(change.at));
      if (rows.next()) return;
    }
    if (connection.change(update_settings, packing.spare_sheets_per_room, packing.seals_per_envelope,
                          packing.reserve_booklets_per_venue, packing.envelopes_per_box, next.version, change.author,
                          sql_time(change.at), book.exam.text(), book.run, next.version - 1) == 0) {
      throw services::LedgerChanged("settings_changed", {"Somebody changed the settings meanwhile. Look at them again.",
                                                         "그사이 다른 사람이 설정을 바꾸었습니다. 다시 확인하십시오."});
    }
    audit_book(connection, store_, book, change,
               {"material_settings.save", book.exam.text(),
                fmt::format("version {}, {}, {}, {}, {}", next.version,
                            count_of(packing.spare_sheets_per_room, "sheet", "sheets"),
                            count_of(packing.seals_per_envelope, "seal", "seals"),
                            count_of(packing.reserve_booklets_per_venue, "booklet", "booklets"),
                            count_of(packing.envelopes_per_box, "envelope", "envelopes"))});
  });
}

std::vector<Entry> MaterialStore::list_entries(const Book& book, const std::optional<DistrictCode>& district,
                                               const std::optional<VenueCode>& venue) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    const std::string all = fmt::format("SELECT {} FROM material_entries WHERE exam_code = ? AND run = ?", entry_columns);
    const std::string& exam = book.exam.text();
    if (venue) {
      return read_entries(connection.select(all + " AND (from_venue = ? OR to_venue = ?) ORDER BY entry_no", exam, book.run,
                                            venue->text(), venue->text()));
    }
    if (district) {
      return read_entries(connection.select(all + " AND (from_district = ? OR to_district = ?) ORDER BY entry_no", exam, book.run,
                                            district->text(), district->text()));
    }
    return read_entries(connection.select(all + " ORDER BY entry_no", exam, book.run));
  });
}

std::vector<Entry> MaterialStore::find_act(const Book& book, const std::string& act) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_entries(connection.select(
        fmt::format("SELECT {} FROM material_entries WHERE exam_code = ? AND run = ? AND act = ? ORDER BY entry_no", entry_columns),
        book.exam.text(), book.run, act));
  });
}

std::optional<Entry> MaterialStore::find_entry(const Book& book, std::int64_t number) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<Entry> {
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM material_entries WHERE exam_code = ? AND run = ? AND entry_no = ?", entry_columns),
        book.exam.text(), book.run, number);
    if (!rows.next()) return std::nullopt;
    return read_entry(rows);
  });
}

void MaterialStore::add_entries(const Book& book, const std::vector<Entry>& entries, const services::Change& change) {
  if (entries.empty()) return;
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_book(connection, store_, book, change.author, change.at);
    const Entry& first = entries.front();
    if (has_act(connection, book, first.act)) return;
    std::int64_t number = next_entry_no(connection, book);
    for (const Entry& entry : entries) {
      refuse_changed_entry(connection, book, entry);
      write_entry(connection, book, entry, number++);
    }
    audit_book(connection, store_, book, change,
               {fmt::format("material_ledger.{}", services::spell(first.kind)),
                fmt::format("{}/{}", book.exam.text(), services::spell(first.kind == EntryKind::given ? first.from : first.to)),
                fmt::format("{}, act {}", count_of(std::ssize(entries), "item", "items"), first.act)});
  });
}

void MaterialStore::add_signer(const Book& book, const MaterialSigner& signer, const services::Change& change) {
  const std::string sealed = store_.cipher.seal(place_of_signer(book, signer.id), signer.name);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_book(connection, store_, book, change.author, change.at);
    if (connection.select("SELECT 1 FROM material_signers WHERE signer_id = ?", signer.id)
            .next())
      return;
    connection.change(
        "INSERT INTO material_signers (exam_code, run, signer_id, station, name_sealed, code_hash, issued_by, issued_at) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?)",
        book.exam.text(), book.run, signer.id, services::spell(signer.station), sealed, signer.code_hash, signer.issued_by,
        sql_time(signer.at));
    audit_book(connection, store_, book, change,
               {"material_signer.issue", fmt::format("{}/{}", book.exam.text(), services::spell(signer.station)), signer.id});
  });
}

std::vector<MaterialSigner> MaterialStore::list_signers(const Book& book) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<MaterialSigner> signers;
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM material_signers WHERE exam_code = ? AND run = ? ORDER BY issued_at, signer_id", signer_columns),
        book.exam.text(), book.run);
    while (rows.next()) {
      MaterialSigner signer;
      signer.id = rows.text();
      signer.station = services::parse_station(rows.text()).value_or(services::Station{});
      const std::string sealed = rows.text();
      if (!sealed.empty()) signer.name = open_listed(store_.cipher, place_of_signer(book, signer.id), sealed, unreadable_name);
      signer.issued_by = rows.text();
      signer.at = from_microseconds(rows.integer());
      signers.push_back(std::move(signer));
    }
    return signers;
  });
}

std::optional<MaterialSigner> MaterialStore::find_signer(const Book& book, const std::string& code_hash) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<MaterialSigner> {
    Rows rows = connection.select(
        "SELECT signer_id, station, issued_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', issued_at) FROM material_signers WHERE "
        "exam_code = ? AND run = ? AND code_hash = ?",
        book.exam.text(), book.run, code_hash);
    if (!rows.next()) return std::nullopt;
    MaterialSigner signer;
    signer.id = rows.text();
    signer.station = services::parse_station(rows.text()).value_or(services::Station{});
    signer.issued_by = rows.text();
    signer.at = from_microseconds(rows.integer());
    return signer;
  });
}

std::string MaterialStore::hash_signer_code(const Book& book, const std::string& code) {
  return store_.cipher.blind_index("secret material signer", fmt::format("{}/{}/{}", book.exam.text(), book.run, code));
}

void MaterialStore::begin_dry_run(const Book& book, Instant now) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    store_.cipher.data_keys().refuse_destroyed(book.exam.text());
    connection.change(
        "INSERT INTO material_books (exam_code, run, spare_sheets, seals, reserve_booklets, envelopes_per_box, version, author, "
        "changed_at) VALUES (?, ?, 0, 0, 0, 1, 0, ?, ?) ON DUPLICATE KEY UPDATE changed_at = VALUES(changed_at)",
        book.exam.text(), book.run, book.run, sql_time(now));
    delete_rows_of_book(connection, book);
  });
}

bool MaterialStore::has_dry_run(const Book& book) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return connection.select("SELECT 1 FROM material_books WHERE exam_code = ? AND run = ?", book.exam.text(), book.run).next();
  });
}

void MaterialStore::end_dry_run(const Book& book) {
  if (!book.is_dry_run()) return;  // the real ledger is never deleted
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    delete_rows_of_book(connection, book);
    connection.change("DELETE FROM material_books WHERE exam_code = ? AND run = ?", book.exam.text(), book.run);
  });
}

}  // namespace hanjari::storage
