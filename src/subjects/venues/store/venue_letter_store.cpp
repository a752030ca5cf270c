#include "venues/store/venue_letter_store.h"

#include <chrono>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/snapshot.h"
#include "database/sql_time.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/unreadable.h"
#include "messages/store/message_store.h"
#include "vault/listed_value.h"

namespace hanjari::storage {
namespace {

using services::Exchange;
using services::Instruction;
using services::InstructionReceipt;
using services::Letter;
using services::LetterFile;

// clang-format off
constexpr const char* insert_letter =
    "INSERT INTO venue_letters (letter_id, exam_code, district_code, venue_code, letter_no, from_city, author, words_sealed, "
    "written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* select_unread =
    "SELECT l.district_code, l.venue_code, COUNT(*) FROM venue_letters l LEFT JOIN venue_letters_read r ON r.exam_code = "
    "l.exam_code AND r.district_code = l.district_code AND r.venue_code = l.venue_code AND r.account_name = ? WHERE "
    "l.exam_code = ? AND l.from_city = ? AND l.letter_no > COALESCE(r.letter_no, 0) GROUP BY l.district_code, l.venue_code";
constexpr const char* insert_instruction =
    "INSERT INTO venue_instructions (exam_code, instruction_no, title, words, author, published_at) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char* insert_receipt =
    "INSERT INTO venue_instruction_receipts (exam_code, instruction_no, account_name, district_code, read_at) VALUES (?, ?, "
    "?, ?, ?)";
// clang-format on

FieldPlace place_of_letter(const std::string& exam, const std::string& id) {
  FieldPlace place;
  place.row = id;
  place.column = "venue_letters.words";
  place.exam = exam;
  return place;
}

constexpr const char* insert_letter_file =
    "INSERT INTO venue_letter_files (file_id, letter_id, exam_code, media_type, bytes, name_sealed, content_sealed) VALUES "
    "(?, ?, ?, ?, ?, ?, ?)";

FieldPlace place_of_letter_file(const std::string& exam, const std::string& id, std::string_view column) {
  FieldPlace place;
  place.row = id;
  place.column = column;
  place.exam = exam;
  return place;
}

constexpr std::string_view letter_file_name = "venue_letter_files.name";
constexpr std::string_view letter_file_content = "venue_letter_files.content";

// What a file has beside its bytes.
LetterFile read_letter_file(Rows& rows, const FieldCipher& cipher, const std::string& exam) {
  LetterFile file;
  file.id = rows.text();
  file.media_type = rows.text();
  file.size = rows.integer();
  file.name = open_listed(cipher, place_of_letter_file(exam, file.id, letter_file_name), rows.text(), unreadable_name);
  return file;
}

// The files of an exchange by the ids of their letters.
std::map<std::string, std::vector<LetterFile>> read_letter_files(Connection& connection, const FieldCipher& cipher,
                                                                 const Exchange& exchange) {
  std::map<std::string, std::vector<LetterFile>> files;
  Rows rows = connection.select(
      "SELECT f.letter_id, f.file_id, f.media_type, f.bytes, f.name_sealed FROM venue_letter_files f JOIN venue_letters l ON "
      "l.letter_id = f.letter_id WHERE l.exam_code = ? AND l.district_code = ? AND l.venue_code = ? ORDER BY f.file_id",
      exchange.exam.text(), exchange.district.text(), exchange.venue.text());
  while (rows.next()) {
    const std::string letter = rows.text();
    files[letter].push_back(read_letter_file(rows, cipher, exchange.exam.text()));
  }
  return files;
}

void add_letter_files(Connection& connection, const FieldCipher& cipher, const std::string& exam, const std::string& letter,
                      const std::vector<LetterFile>& files) {
  for (const LetterFile& file : files) {
    const std::string id = file.id.empty() ? services::draw_token() : file.id;
    connection.change(insert_letter_file, id, letter, exam, file.media_type, static_cast<std::int64_t>(file.bytes.size()),
                      cipher.seal(place_of_letter_file(exam, id, letter_file_name), file.name),
                      cipher.seal(place_of_letter_file(exam, id, letter_file_content), file.bytes));
  }
}

// Numbers of an exam follow one another: whoever adds one holds the request's row, or the exam's where nothing is asked for it.
void hold_exam(Connection& connection, const Store& store, const std::string& exam) {
  store.cipher.data_keys().refuse_destroyed(exam);
  for (const char* select : {"SELECT version FROM venue_requests WHERE exam_code = ? FOR UPDATE",
                             "SELECT exam_id FROM exams WHERE exam_code = ? FOR UPDATE"}) {
    if (connection.select(select, exam).next()) return;
  }
  throw NotFound("no_request", {"No venues are asked for this exam yet.", "이 시험의 시험장 요청이 아직 없습니다."});
}

std::int64_t next_letter_no(Connection& connection, const Exchange& exchange) {
  Rows rows = connection.select(
      "SELECT COALESCE(MAX(letter_no), 0) + 1 FROM venue_letters WHERE exam_code = ? AND district_code = ? AND venue_code = ?",
      exchange.exam.text(), exchange.district.text(), exchange.venue.text());
  return rows.next() ? rows.integer() : 1;
}

// So long what somebody sends again in the same words was sent twice, as by a double click.
constexpr std::chrono::minutes sent_twice{1};

// Asked of the newest letter alone: a second "yes" answers what the others wrote in between.
bool says_again(Connection& connection, const FieldCipher& cipher, const Exchange& exchange, const Letter& letter) {
  if (!letter.files.empty()) return false;
  Rows rows = connection.select(
      "SELECT letter_id, words_sealed, author, written_at > ? FROM venue_letters WHERE exam_code = ? AND district_code = ? "
      "AND venue_code = ? ORDER BY letter_no DESC LIMIT 1",
      sql_time(letter.at - sent_twice), exchange.exam.text(), exchange.district.text(), exchange.venue.text());
  if (!rows.next()) return false;
  const std::string id = rows.text();
  const std::string sealed = rows.text();
  const bool same_author = rows.text() == letter.author;
  const bool just_now = rows.integer() != 0;
  return same_author && just_now && open_listed(cipher, place_of_letter(exchange.exam.text(), id), sealed) == letter.words;
}

// Whoever writes holds the exam, so that letters of one moment are counted one after the other.
void require_room_for_letter(Connection& connection, const Exchange& exchange, const Letter& letter) {
  Rows rows = connection.select(
      "SELECT COUNT(*), CAST(COALESCE(SUM((SELECT SUM(f.bytes) FROM venue_letter_files f WHERE f.letter_id = l.letter_id)), 0) "
      "AS SIGNED) FROM venue_letters l WHERE l.exam_code = ? AND l.district_code = ? AND l.from_city = ?",
      exchange.exam.text(), exchange.district.text(), letter.from_city);
  rows.next();
  if (rows.integer() >= services::most_letters_of_side) {
    throw Conflict("too_many_letters", {fmt::format("Your side wrote {} letters about this exam. Call the other side.",
                                                    services::most_letters_of_side),
                                        fmt::format("이 시험에 관한 글을 이미 {}건 보냈습니다. 전화로 연락하십시오.",
                                                    services::most_letters_of_side)});
  }
  auto bytes = static_cast<std::size_t>(rows.integer());
  for (const LetterFile& file : letter.files) bytes += file.bytes.size();
  if (bytes <= services::most_bytes_of_side) return;
  throw Conflict("too_many_bytes", {fmt::format("The files of your letters about this exam have more than {} MB together.",
                                                services::most_bytes_of_side / 1'000'000),
                                    fmt::format("이 시험에 관한 글에 붙인 파일이 모두 {}MB를 넘습니다.",
                                                services::most_bytes_of_side / 1'000'000)});
}

bool has_row(Connection& connection, const std::string& select, const std::string& id) {
  return connection.select(select, id).next();
}

services::AuditNote note_of_letters(const char* action, const std::string& exam, const std::string& place) {
  services::AuditNote note{action, place.empty() ? exam : exam + "/" + place};
  note.exam = exam;
  return note;
}

}  // namespace

std::vector<Letter> VenueLetterStore::list_letters(const Exchange& exchange) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Letter> letters;
    auto files = read_letter_files(connection, store_.cipher, exchange);
    Rows rows = connection.select(
        "SELECT letter_id, letter_no, from_city, author, words_sealed, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', "
        "written_at) FROM venue_letters WHERE exam_code = ? AND district_code = ? AND venue_code = ? ORDER BY letter_no",
        exchange.exam.text(), exchange.district.text(), exchange.venue.text());
    while (rows.next()) {
      Letter letter;
      const std::string id = rows.text();
      letter.number = rows.integer();
      letter.from_city = rows.integer() != 0;
      letter.author = rows.text();
      letter.words = open_listed(store_.cipher, place_of_letter(exchange.exam.text(), id), rows.text(), unreadable_name);
      letter.at = from_microseconds(rows.integer());
      letter.files = std::move(files[id]);
      letters.push_back(std::move(letter));
    }
    return letters;
  });
}

std::optional<LetterFile> VenueLetterStore::find_letter_file(const Exchange& exchange, const std::string& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<LetterFile> {
    const std::string& exam = exchange.exam.text();
    Rows rows = connection.select(
        "SELECT f.file_id, f.media_type, f.bytes, f.name_sealed, f.content_sealed FROM venue_letter_files f JOIN "
        "venue_letters l ON l.letter_id = f.letter_id WHERE f.file_id = ? AND l.exam_code = ? AND l.district_code = ? AND "
        "l.venue_code = ?",
        id, exam, exchange.district.text(), exchange.venue.text());
    if (!rows.next()) return std::nullopt;
    LetterFile file = read_letter_file(rows, store_.cipher, exam);
    file.bytes = store_.cipher.open(place_of_letter_file(exam, file.id, letter_file_content), rows.text());
    return file;
  });
}

void VenueLetterStore::add_letter(const Exchange& exchange, const Letter& letter,
                                  const std::vector<services::Message>& messages, const services::Change& change) {
  const std::string id = services::draw_token();
  const std::string& exam = exchange.exam.text();
  const std::string sealed = store_.cipher.seal(place_of_letter(exam, id), letter.words);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam(connection, store_, exam);
    if (has_row(connection, "SELECT 1 FROM venue_letters WHERE letter_id = ?", id)) return;
    if (says_again(connection, store_.cipher, exchange, letter)) return;
    require_room_for_letter(connection, exchange, letter);
    connection.change(insert_letter, id, exam, exchange.district.text(), exchange.venue.text(),
                      next_letter_no(connection, exchange), letter.from_city, letter.author, sealed, sql_time(letter.at));
    add_letter_files(connection, store_.cipher, exam, id, letter.files);
    write_messages(connection, store_.cipher, messages, letter.at);
    write_audit(connection, store_, change,
                note_of_letters("venue_letter.write", exam,
                                exchange.venue.empty() ? exchange.district.text() : exchange.venue.text()));
  });
}

void VenueLetterStore::mark_read(const Exchange& exchange, const std::string& account, std::int64_t number) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    connection.change(
        "INSERT INTO venue_letters_read (exam_code, district_code, venue_code, account_name, letter_no) VALUES (?, ?, ?, ?, "
        "?) ON DUPLICATE KEY UPDATE letter_no = GREATEST(letter_no, VALUES(letter_no))",
        exchange.exam.text(), exchange.district.text(), exchange.venue.text(), account, number);
  });
}

services::UnreadLetters VenueLetterStore::count_unread(const ExamCode& exam, const std::string& account, bool of_city) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    services::UnreadLetters unread;
    Rows rows = connection.select(select_unread, account, exam.text(), !of_city);
    while (rows.next()) {
      const DistrictCode district(rows.text());
      const VenueCode venue(rows.text());
      unread[{district, venue}] = rows.integer();
    }
    return unread;
  });
}

std::vector<Instruction> VenueLetterStore::list_instructions(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<Instruction> instructions;
    Rows rows = connection.select(
        "SELECT instruction_no, title, words, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', published_at) FROM "
        "venue_instructions WHERE exam_code = ? ORDER BY instruction_no DESC",
        exam.text());
    while (rows.next()) {
      Instruction instruction;
      instruction.number = rows.integer();
      instruction.title = rows.text();
      instruction.words = rows.text();
      instruction.author = rows.text();
      instruction.at = from_microseconds(rows.integer());
      instructions.push_back(std::move(instruction));
    }
    return instructions;
  });
}

void VenueLetterStore::add_instruction(const ExamCode& exam, const Instruction& instruction,
                                       const std::vector<services::Message>& messages, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam(connection, store_, exam.text());
    const std::string at = sql_time(instruction.at);
    // Also where the commit of an earlier attempt went through unheard.
    if (connection.select("SELECT 1 FROM venue_instructions WHERE exam_code = ? AND author = ? AND title = ? AND words = ? AND "
                          "published_at > ?",
                          exam.text(), instruction.author, instruction.title, instruction.words,
                          sql_time(instruction.at - sent_twice))
            .next())
      return;
    std::int64_t number = 1;
    {
      Rows rows = connection.select(
          "SELECT COALESCE(MAX(instruction_no), 0) + 1 FROM venue_instructions WHERE exam_code = ?", exam.text());
      if (rows.next()) number = rows.integer();
    }
    connection.change(insert_instruction, exam.text(), number, instruction.title, instruction.words, instruction.author, at);
    write_messages(connection, store_.cipher, messages, instruction.at);
    write_audit(connection, store_, change, note_of_letters("venue_instruction.publish", exam.text(), std::to_string(number)));
  });
}

void VenueLetterStore::add_receipt(const ExamCode& exam, const InstructionReceipt& receipt,
                                   const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    {
      Rows rows = connection.select("SELECT 1 FROM venue_instructions WHERE exam_code = ? AND instruction_no = ?", exam.text(),
                                    receipt.number);
      if (!rows.next())
        throw NotFound("no_such_instruction", {"There is no such instruction.", "해당 지침이 없습니다."});
    }
    const bool first = insert_unless_there(connection, insert_receipt, exam.text(), receipt.number, receipt.account,
                                           receipt.district.text(), sql_time(receipt.at));
    if (first)
      write_audit(connection, store_, change, note_of_letters("venue_instruction.read", exam.text(), std::to_string(receipt.number)));
  });
}

std::vector<InstructionReceipt> VenueLetterStore::list_receipts(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<InstructionReceipt> receipts;
    Rows rows = connection.select(
        "SELECT instruction_no, account_name, district_code, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', read_at) FROM "
        "venue_instruction_receipts WHERE exam_code = ? ORDER BY instruction_no DESC, district_code, account_name",
        exam.text());
    while (rows.next()) {
      InstructionReceipt receipt;
      receipt.number = rows.integer();
      receipt.account = rows.text();
      receipt.district = DistrictCode(rows.text());
      receipt.at = from_microseconds(rows.integer());
      receipts.push_back(std::move(receipt));
    }
    return receipts;
  });
}

}  // namespace hanjari::storage
