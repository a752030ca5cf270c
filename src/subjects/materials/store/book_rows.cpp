#include "materials/store/book_rows.h"

#include "database/sql_time.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {

void hold_book(Connection& connection, const Store& store, const services::Book& book, const std::string& author, Instant at) {
  const std::string& exam = book.exam.text();
  store.cipher.data_keys().refuse_destroyed(exam);
  if (!book.is_dry_run()) {
    const services::PackingSettings usual;
    // Whoever was first: there is one.
    connection.change(
        "INSERT INTO material_books (exam_code, run, spare_sheets, seals, reserve_booklets, envelopes_per_box, version, author, "
        "changed_at) VALUES (?, '', ?, ?, ?, ?, 0, ?, ?) ON DUPLICATE KEY UPDATE run = run",
        exam, usual.spare_sheets_per_room, usual.seals_per_envelope, usual.reserve_booklets_per_venue,
        usual.envelopes_per_box, author, sql_time(at));
  }
  Rows rows = connection.select("SELECT version FROM material_books WHERE exam_code = ? AND run = ? FOR UPDATE", exam, book.run);
  if (rows.next()) return;
  throw Conflict("no_dry_run", {"The dry run is over. Begin it again.", "연습이 끝났습니다. 다시 시작하십시오."});
}

void delete_rows_of_book(Connection& connection, const services::Book& book) {
  // Receipts and corrections name earlier entries.
  for (const char* statement : {"DELETE FROM material_entries WHERE exam_code = ? AND run = ? ORDER BY entry_no DESC",
                                "DELETE FROM material_signers WHERE exam_code = ? AND run = ?",
                                "DELETE FROM briefing_checks WHERE exam_code = ? AND run = ?"}) {
    connection.change(statement, book.exam.text(), book.run);
  }
}

void audit_book(Connection& connection, const Store& store, const services::Book& book, const services::Change& change,
                const services::AuditNote& note) {
  if (book.is_dry_run()) return;
  services::AuditNote of_exam = note;
  of_exam.exam = book.exam.text();
  write_audit(connection, store, change, of_exam);
}

}  // namespace hanjari::storage
