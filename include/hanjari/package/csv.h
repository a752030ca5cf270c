// Reading and writing the CSV files of the contract (docs/formats.md, Input CSV and Output CSV).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/date.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/fault.h"
#include "hanjari/base/text.h"

namespace hanjari::package {

enum class Encoding { utf8, cp949 };
// By the names that people and programs give to them: UTF-8, CP949, MS949, EUC-KR. Nothing for another.
std::optional<Encoding> parse_encoding(std::string_view typed);
// Text in UTF-8 as bytes of the encoding. Throws InvalidInput (not_in_encoding), which names the first line with a character
// that the encoding lacks: none is replaced by another.
std::string encode_text(std::string_view text, Encoding encoding);

struct TableSheet;

enum class Presence { required, optional };

// A column a caller wants. A required one must stand in the header.
struct CsvColumn {
  std::string name;
  Presence presence = Presence::required;
};

// One CSV file, row by row, in memory that does not grow with the file: RFC 4180 quotes, LF or CRLF, a byte-order mark,
// columns by name in any order. What spreadsheets make of a table is read where there is no doubt, with a warning:
// other separators, titles above the header, headings in other spelling or in Korean, totals below, the other encoding;
// rows of blanks are passed over. A row of a wrong shape (another number of values than the header, broken quotes,
// bytes of another encoding, NUL) is a fault and is passed over, so that one reading finds every fault. A cause that
// repeats is told once with its count. A column is named by its position in the list given to the constructor.
class CsvReader {
 public:
  // A longer line, a longer header or more columns are a fault: nothing of this size is an exam's data.
  static constexpr std::size_t longest_record = 256 * 1024;  // bytes
  static constexpr std::size_t most_columns = 500;
  static constexpr std::size_t longest_identifier = 64;  // bytes

  // Opens the file and reads its header; faults name `path`'s last part. Throws NotFound (file_not_found) when there is
  // no such file, Unavailable (file_not_read) when it cannot be read. A missing required column and a column given
  // twice are faults, an unknown column is one warning. Keeps references to `faults` and `warnings`. Faults of rows
  // stand in `faults` once the last row was read, or with the end of the reader.
  CsvReader(const std::filesystem::path& path, std::vector<CsvColumn> columns, Encoding encoding, Faults& faults,
            std::vector<Fault>& warnings);
  // The same of a file that is held in memory, which outlives the reader; faults name `file`.
  CsvReader(std::string file, std::string_view bytes, std::vector<CsvColumn> columns, Encoding encoding, Faults& faults,
            std::vector<Fault>& warnings);
  // The same of a sheet of a workbook, which outlives the reader: rows are lines, and faults name the cell (applicants!F123) and are
  // added to the sheet's bad cells, each of them.
  CsvReader(std::string file, const TableSheet& sheet, std::vector<CsvColumn> columns, Faults& faults,
            std::vector<Fault>& warnings);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // Goes to the next row of a right shape; false at the end of the file. Lines without anything to see, and totals
  // below the table, are passed over.
  bool next();
  // Where the row begins, from 1.
  std::uint64_t line() const { return line_; }
  // Bytes of the file read so far.
  std::uint64_t bytes_read() const;
  // Rows that next() gave, and rows that it passed over for their shape.
  std::uint64_t rows() const { return rows_; }
  std::uint64_t broken_rows() const { return broken_rows_; }
  // Whether there is a header to read rows by.
  bool has_header() const { return !header_.empty(); }
  // Whether the header has the column.
  bool has(std::size_t column) const { return position_of_[column] != absent; }
  const std::string& file() const { return file_; }

  // The value as it stands in the file; empty when the column is absent. Valid until next().
  std::string_view text(std::size_t column) const {
    return has(column) ? fields_[position_of_[column]] : std::string_view{};
  }

  // The value as something. When it is no such thing a fault is added and nothing is returned. Nothing is returned
  // without a fault when the column is absent, because that was said for the header. An empty value is a fault: ask
  // text() first where a value may be missing.
  std::optional<std::int64_t> integer(std::size_t column, std::int64_t least, std::int64_t most);
  std::optional<double> decimal(std::size_t column, double least, double most);  // plain decimal without exponent
  std::optional<Date> date(std::size_t column);                                  // YYYY-MM-DD
  // A code or id: at most longest_identifier bytes of the allowed characters (find_identifier_fault).
  std::optional<std::string_view> identifier(std::size_t column);
  // A word of a closed list; the words are listed in the fault.
  std::optional<std::size_t> word(std::size_t column, std::span<const std::string_view> words);
  // Text for people, normalised to NFC; without control characters and invisible characters, at most `most_bytes`.
  std::optional<std::string> words(std::size_t column, Presence presence, std::size_t most_bytes = 300);

  // Adds a fault at this row's column.
  void add_fault(std::size_t column, Text what, Text fix);
  // Adds a fault at this row.
  void add_fault(Text what, Text fix);
  // Adds a warning at this row's column. A cause that repeats is told once; it stands in `warnings` with the last row.
  void add_warning(std::size_t column, Text what, Text fix);
  // Adds a fault of an earlier row that is told by itself, however often its cause repeats; of the whole table for line 0.
  void add_fault_of(std::uint64_t line, const std::string& column, Text what, Text fix);
  // The same, told once with its count where its cause repeats. It stands in `faults` with the end of the reader.
  void add_repeated_fault_of(std::uint64_t line, const std::string& column, Text what, Text fix);

 private:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);
  enum class Taken { row, broken, end };
  struct Input;

  void read_header();
  bool refuse_other_files();
  void read_layout();
  void find_columns();
  void tell_understood(const std::vector<bool>& understood);
  void tell_missing_columns();
  void pass_over_line();
  void pass_over_values_beside();
  bool tell_value_below_no_heading();
  void tell_what_one_does_not_see();
  bool is_nothing_or_total();
  bool tell_error_cells();
  void warn(std::uint64_t line, std::string column, Text what, Text fix);
  void hand_over();
  Taken take_record();
  Taken take_quoted_record();
  Taken take_overlong_record();
  Taken break_record(std::size_t offset, Text what, Text fix);
  bool check_bytes();
  void fault_at(std::uint64_t line, std::string column, Text what, Text fix);
  // The fault with its place; a bad cell of the sheet is kept.
  Fault placed(std::uint64_t line, std::string column, Text what, Text fix) const;
  std::size_t position_of_name(const std::string& column) const;
  std::string column_at(std::size_t position) const;
  std::optional<std::string_view> present(std::size_t column);
  // The same with plain digits and signs and without blanks around it, for numbers, dates and words of a list.
  std::optional<std::string_view> plain(std::size_t column);

  std::string file_;
  std::vector<CsvColumn> columns_;
  Encoding encoding_;
  Faults& faults_;
  std::vector<Fault>& warnings_;
  const TableSheet* sheet_ = nullptr;  // null for a CSV file
  bool told_beside_ = false;
  std::unique_ptr<Input> input_;
  std::unique_ptr<RepeatedFaults> repeated_;
  RepeatedFaults repeated_warnings_;
  char separator_ = ',';
  std::vector<std::string> header_;
  std::size_t empty_headings_ = 0;  // behind the last one; no columns unless values stand below them
  std::vector<std::size_t> position_of_;  // by column: position in the header
  std::vector<std::string_view> fields_;  // of the row, at most most_columns
  std::size_t field_count_ = 0;           // of the row, also those not kept
  std::string unquoted_;                  // text of a row with quotes
  std::string plain_;                     // what plain() gave last
  bool at_end_ = false;
  std::uint64_t line_ = 0;
  std::uint64_t next_line_ = 1;
  std::uint64_t rows_ = 0;
  std::uint64_t broken_rows_ = 0;
};

// Why `text` is no code or id, or nothing if it is one. Allowed: letters and digits of ASCII, Hangul syllables, Hanja
// and accented Latin letters, in NFC; the ASCII marks except " , ; and the backslash; single spaces inside. Invisible
// and look-alike characters would make two ids that people cannot tell apart.
struct IdentifierFault {
  Text what;
  Text fix;
};
std::optional<IdentifierFault> find_identifier_fault(std::string_view text);
// The same for a code that also names files and pages: no slash, no leading dot.
std::optional<IdentifierFault> find_file_name_fault(std::string_view text);

// Writes CSV as the contract's output: UTF-8, LF, no byte-order mark, quotes only where needed.
class CsvWriter {
 public:
  using Sink = std::function<void(std::string_view)>;

  // `sink` takes the bytes piece by piece.
  CsvWriter(Sink sink, std::span<const std::string_view> header);
  CsvWriter(Sink sink, std::initializer_list<std::string_view> header)
      : CsvWriter(std::move(sink), std::span(header.begin(), header.size())) {}
  CsvWriter& cell(std::string_view text);
  CsvWriter& cell(const char* text) { return cell(std::string_view(text)); }
  CsvWriter& cell(std::int64_t number);
  CsvWriter& cell(int number) { return cell(static_cast<std::int64_t>(number)); }
  CsvWriter& decimal(double number);  // spell_decimal
  void end_row();
  // Hands the last bytes to the sink.
  void finish();

 private:
  Sink sink_;
  std::string buffer_;
  std::size_t row_begin_ = 0;
  std::size_t cells_ = 0;
};

// The shortest plain decimal that reads back as the same double: 126.999531, 37, -0.5. Minus zero is 0.
std::string spell_decimal(double number);

}  // namespace hanjari::package
