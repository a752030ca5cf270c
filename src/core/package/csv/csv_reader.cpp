// Records: finding them, taking them apart, passing over broken ones.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/csv.h"
#include "package/csv/characters.h"
#include "package/csv/csv_layout.h"
#include "package/csv/csv_reader_input.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {
namespace {

std::string grouped(std::uint64_t number) {
  return group_digits(static_cast<long long>(number));
}

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& path, std::vector<CsvColumn> columns, Encoding encoding,
                     Faults& faults, std::vector<Fault>& warnings)
    : file_(path.filename().string()),
      columns_(std::move(columns)),
      encoding_(encoding),
      faults_(faults),
      warnings_(warnings),
      input_(std::make_unique<Input>(path, encoding)),
      repeated_(std::make_unique<RepeatedFaults>()),
      position_of_(columns_.size(), absent) {
  read_header();
}

CsvReader::CsvReader(std::string file, std::string_view bytes, std::vector<CsvColumn> columns, Encoding encoding,
                     Faults& faults, std::vector<Fault>& warnings)
    : file_(std::move(file)),
      columns_(std::move(columns)),
      encoding_(encoding),
      faults_(faults),
      warnings_(warnings),
      input_(std::make_unique<Input>(file_, bytes, encoding)),
      repeated_(std::make_unique<RepeatedFaults>()),
      position_of_(columns_.size(), absent) {
  read_header();
}

CsvReader::CsvReader(std::string file, const TableSheet& sheet, std::vector<CsvColumn> columns, Faults& faults,
                     std::vector<Fault>& warnings)
    : file_(std::move(file)),
      columns_(std::move(columns)),
      encoding_(Encoding::utf8),
      faults_(faults),
      warnings_(warnings),
      sheet_(&sheet),
      input_(std::make_unique<Input>(file_, sheet)),
      repeated_(std::make_unique<RepeatedFaults>()),
      position_of_(columns_.size(), absent) {
  read_header();
  for (std::size_t at = 0; at < columns_.size(); ++at)
    if (has(at)) (*sheet.columns)[columns_[at].name] = static_cast<std::uint32_t>(position_of_[at]);
}

CsvReader::~CsvReader() {
  hand_over();
}

void CsvReader::hand_over() {
  repeated_->hand_over(faults_);
  for (Fault& warning : repeated_warnings_.take()) warnings_.push_back(std::move(warning));
}

std::uint64_t CsvReader::bytes_read() const {
  return input_->bytes_read();
}

void CsvReader::fault_at(std::uint64_t line, std::string column, Text what, Text fix) {
  Fault fault = placed(line, std::move(column), std::move(what), std::move(fix));
  if (line == 0 || at_end_) {
    faults_.add(std::move(fault));
  } else {
    repeated_->add(std::move(fault), line);
  }
}

void CsvReader::add_fault_of(std::uint64_t line, const std::string& column, Text what, Text fix) {
  faults_.add(placed(line, column, std::move(what), std::move(fix)));
}

void CsvReader::add_repeated_fault_of(std::uint64_t line, const std::string& column, Text what, Text fix) {
  repeated_->add(placed(line, column, std::move(what), std::move(fix)), line);
}

void CsvReader::warn(std::uint64_t line, std::string column, Text what, Text fix) {
  if (sheet_ != nullptr) {
    const auto at = static_cast<std::uint32_t>(position_of_name(column));
    warnings_.push_back({sheet_->place({static_cast<std::uint32_t>(line), at}), 0, std::move(column), std::move(what),
                         std::move(fix)});
    return;
  }
  warnings_.push_back({file_, line, std::move(column), std::move(what), std::move(fix)});
}

void CsvReader::add_warning(std::size_t column, Text what, Text fix) {
  const std::string& name = columns_[column].name;
  if (sheet_ == nullptr) {
    repeated_warnings_.add({file_, line_, name, std::move(what), std::move(fix)});
    return;
  }
  const auto at = static_cast<std::uint32_t>(position_of_name(name));
  repeated_warnings_.add({sheet_->place({static_cast<std::uint32_t>(line_), at}), 0, name, std::move(what), std::move(fix)}, line_);
}

void CsvReader::add_fault(std::size_t column, Text what, Text fix) {
  fault_at(line_, columns_[column].name, std::move(what), std::move(fix));
}

void CsvReader::add_fault(Text what, Text fix) {
  fault_at(line_, "", std::move(what), std::move(fix));
}

std::string CsvReader::column_at(std::size_t position) const {
  return position < header_.size() ? header_[position] : fmt::format("column {}", position + 1);
}

bool CsvReader::next() {
  if (header_.empty()) {
    hand_over();
    return false;
  }
  for (;;) {
    switch (take_record()) {
      case Taken::end:
        if (sheet_ != nullptr && !at_end_) tell_what_one_does_not_see();
        hand_over();
        at_end_ = true;
        return false;
      case Taken::broken:
        ++broken_rows_;
        continue;
      case Taken::row:
        break;
    }
    if (is_nothing_or_total()) continue;
    if (tell_error_cells()) {
      ++broken_rows_;
      continue;
    }
    if (sheet_ != nullptr) pass_over_values_beside();
    if (field_count_ != header_.size()) {
      ++broken_rows_;
      if (tell_value_below_no_heading()) continue;
      const Text separators = name_of_separator(separator_);
      add_fault({fmt::format("the row has {}, the header {}", count_of(static_cast<long long>(field_count_), "value", "values"),
                             count_of(std::ssize(header_), "column", "columns")),
                 fmt::format("값이 {}개인데 열은 {}개입니다", grouped(field_count_), header_.size())},
                field_count_ > header_.size()
                    ? Text{fmt::format("values are separated by {0}: put quotes around a value that holds one, or "
                                       "remove the extra {0}",
                                       separators.en),
                           in_korean("값은 {0}[으로/로] 나뉩니다. {0}[이/가] 든 값은 따옴표로 묶거나 남는 {0}[을/를] "
                                       "지우십시오",
                                       separators.ko)}
                    : Text{fmt::format("add the missing values or {}", separators.en),
                           in_korean("빠진 값이나 {}[을/를] 채우십시오", separators.ko)});
      continue;
    }
    ++rows_;
    return true;
  }
}

// True where the first line has empty headings for what is too much in the row. Whether such a value stands there by itself, or was pushed
// there by a separator inside another, nobody can tell.
bool CsvReader::tell_value_below_no_heading() {
  if (field_count_ <= header_.size() || field_count_ > header_.size() + empty_headings_) return false;
  std::size_t at = header_.size();
  while (at + 1 < fields_.size() && is_blank_text(fields_[at])) ++at;
  const Text separators = name_of_separator(separator_);
  add_fault({fmt::format("{} stands in column {}, whose heading is empty", show(fields_[at]), at + 1),
             in_korean("{}[이/가] 열 이름이 빈 {}번째 열에 있습니다", show(fields_[at]), at + 1)},
            {fmt::format("give the column a heading, or empty its cells; put quotes around a value before it that holds {}", separators.en),
             in_korean("열 이름을 적거나 그 열을 비우십시오. 앞의 값에 {}[이/가] 들었으면 그 값을 따옴표로 묶으십시오", separators.ko)});
  return true;
}

// Emptied cells are still written by spreadsheets, often hundreds of rows of them, and totals stand below a table.
// Blank values behind the last column go away.
bool CsvReader::is_nothing_or_total() {
  while (field_count_ > header_.size() && fields_.size() == field_count_ && is_blank_text(fields_.back())) {
    fields_.pop_back();
    --field_count_;
  }
  const auto filled = std::find_if_not(fields_.begin(), fields_.end(), is_blank_text);
  if (filled == fields_.end()) return true;
  if (fields_.size() == header_.size() && std::equal(fields_.begin(), fields_.end(), header_.begin())) {
    warn(line_, "",
         {"the header stands here again, as in files put one below the other; it was not read",
          "열 이름 줄이 다시 나와 읽지 않았습니다(파일을 이어 붙이면 생깁니다)"},
         {"remove the line", "그 줄을 지우십시오"});
    return true;
  }
  if (!is_closing_row(fields_, header_.size())) return false;
  warn(line_, "",
       {fmt::format("{} looks like a total or a remark and is no row of the table; it was not read", show(*filled)),
        in_korean("{}[은/는] 합계나 비고로 보여 읽지 않았습니다", show(*filled))},
       {"remove the line if it is one", "그런 줄이면 지우십시오"});
  return true;
}

// Cells whose formula failed hold nothing of the table; true if there is one in a column that is read.
bool CsvReader::tell_error_cells() {
  bool found = false;
  for (std::size_t position = 0; position < fields_.size(); ++position) {
    const std::string_view value = fields_[position];
    if (!value.starts_with('#') || !is_error_cell(value)) continue;
    if (std::find(position_of_.begin(), position_of_.end(), position) == position_of_.end()) continue;
    found = true;
    const bool narrow = value.find_first_not_of('#') == std::string_view::npos;
    fault_at(line_, column_at(position),
             {fmt::format("{} is what a spreadsheet shows {}, not a value", show(value),
                          narrow ? "in a cell that is too narrow" : "where a formula failed"),
              in_korean("{}[은/는] 값이 아니라 {} 엑셀이 보이는 표시입니다", show(value),
                          narrow ? "칸이 좁을 때" : "수식 오류 때")},
             {narrow ? "widen the column and save the file again" : "put the value itself into the cell",
              narrow ? "열을 넓힌 뒤 다시 저장하십시오" : "셀에 값을 직접 넣으십시오"});
  }
  return found;
}

// The line that comes next, whatever it holds.
void CsvReader::pass_over_line() {
  std::size_t end = 0;
  while ((end = input_->rest().find('\n')) == std::string_view::npos) {
    if (!input_->more()) break;
  }
  input_->consume(end == std::string_view::npos ? input_->rest().size() : end + 1);
  ++next_line_;
}

CsvReader::Taken CsvReader::take_record() {
  std::size_t searched = 0;
  for (;;) {
    const std::string_view rest = input_->rest();
    const std::size_t found = rest.find('\n', searched);
    const bool whole = found != std::string_view::npos;
    if (!whole && rest.size() <= longest_record) {
      searched = rest.size();
      if (input_->more()) continue;
      if (input_->rest().empty()) return Taken::end;
    }
    const std::string_view text = input_->rest();
    std::size_t length = whole ? found : text.size();
    line_ = next_line_;
    if (text.substr(0, std::min(length, longest_record)).find('"') != std::string_view::npos)
      return take_quoted_record();
    if (length > longest_record) return take_overlong_record();
    ++next_line_;
    const std::size_t consumed = length + (whole ? 1 : 0);
    if (length > 0 && text[length - 1] == '\r') --length;
    input_->consume(consumed);  // the text stays where it is until the next more()
    if (length == 0) {
      searched = 0;
      continue;
    }
    fields_.clear();
    field_count_ = 0;
    for (std::string_view left = text.substr(0, length);; ++field_count_) {
      const std::size_t comma = left.find(separator_);
      if (field_count_ <= most_columns) fields_.push_back(left.substr(0, comma));
      if (comma == std::string_view::npos) break;
      left.remove_prefix(comma + 1);
    }
    ++field_count_;
    return is_valid_utf8(text.substr(0, length)) || check_bytes() ? Taken::row : Taken::broken;
  }
}

// A record with a quote in its first line. It may go on over further lines.
CsvReader::Taken CsvReader::take_quoted_record() {
  enum class At { begin, plain, quoted, closed };
  std::vector<std::pair<std::size_t, std::size_t>> spans;  // in unquoted_
  unquoted_.clear();
  field_count_ = 0;
  At at = At::begin;
  std::size_t field_begin = 0;
  std::size_t lines = 1;
  const auto end_field = [&] {
    const std::string_view value = std::string_view(unquoted_).substr(field_begin);
    if (at == At::closed && value.size() >= 3 && value.starts_with("=\"") && value.ends_with('"')) {
      unquoted_.pop_back();  // ="010" in quotes of its own
      unquoted_.erase(field_begin, 2);
    }
    if (field_count_ <= most_columns) spans.emplace_back(field_begin, unquoted_.size() - field_begin);
    ++field_count_;
    field_begin = unquoted_.size();
    at = At::begin;
  };
  for (std::size_t offset = 0;; ++offset) {
    if (offset == input_->rest().size() && !input_->more()) {
      if (at == At::quoted) {
        return break_record(
            offset, {"a quote opens here and never closes", "열린 따옴표가 닫히지 않았습니다"},
            {"close it, or write a quote inside a value twice", "따옴표를 닫고, 값 속의 따옴표는 두 번 겹쳐 쓰십시오"});
      }
      input_->consume(offset);
      break;
    }
    if (offset > longest_record) {
      if (at != At::quoted) return take_overlong_record();
      return break_record(
          offset,
          {fmt::format("a quote opens here and does not close within {} bytes", grouped(longest_record)),
           fmt::format("열린 따옴표가 {}바이트 안에 닫히지 않았습니다", grouped(longest_record))},
          {"close it, or write a quote inside a value twice", "따옴표를 닫고, 값 속의 따옴표는 두 번 겹쳐 쓰십시오"});
    }
    const char byte = input_->rest()[offset];
    if (at == At::quoted) {
      if (byte == '\n') ++lines;
      if (byte == '"') {
        at = At::closed;
      } else {
        unquoted_ += byte;
      }
      continue;
    }
    if (byte == separator_) {
      end_field();
    } else if (byte == '\n') {
      if (at == At::plain && !unquoted_.empty() && unquoted_.back() == '\r' && unquoted_.size() > field_begin)
        unquoted_.pop_back();
      input_->consume(offset + 1);
      break;
    } else if (byte == '"') {
      if (at == At::plain && unquoted_.size() == field_begin + 1 && unquoted_.back() == '=') {
        unquoted_.pop_back();  // ="010": how programs keep a spreadsheet from making a number of a code
        at = At::quoted;
      } else if (at == At::plain) {
        return break_record(offset,
                            {"a quote stands inside a value that does not begin with one",
                             "따옴표로 시작하지 않은 값 안에 따옴표가 있습니다"},
                            {"put the whole value in quotes and write the quote inside twice",
                             "값 전체를 따옴표로 묶고 값 속의 따옴표는 두 번 겹쳐 쓰십시오"});
      }
      if (at == At::closed) unquoted_ += '"';
      at = At::quoted;
    } else if (at == At::closed) {
      const std::string_view rest = input_->rest();
      if (byte == '\r' &&
          (offset + 1 < rest.size() ? rest[offset + 1] == '\n' : !input_->more() || input_->rest()[offset + 1] == '\n'))
        continue;
      return break_record(offset, {"text follows a closing quote", "닫는 따옴표 뒤에 글자가 있습니다"},
                          {"write a quote inside a value twice, or put a comma after the value",
                           "값 속의 따옴표는 두 번 겹쳐 쓰고, 값 뒤에는 쉼표를 두십시오"});
    } else {
      unquoted_ += byte;
      at = At::plain;
    }
  }
  end_field();
  next_line_ += lines;
  fields_.clear();
  for (const auto& [begin, size] : spans) fields_.push_back(std::string_view(unquoted_).substr(begin, size));
  return is_valid_utf8(unquoted_) || check_bytes() ? Taken::row : Taken::broken;
}

// Says what is wrong and goes on after the record's first line, because nobody knows where a record with broken quotes
// was meant to end. The first line is whole in the window: it ends before `offset`, or is read on to its end.
CsvReader::Taken CsvReader::break_record(std::size_t offset, Text what, Text fix) {
  fault_at(line_, column_at(field_count_), std::move(what), std::move(fix));
  ++next_line_;
  std::size_t searched = 0;
  for (;;) {
    const std::string_view rest = input_->rest();
    const std::size_t end = rest.find('\n', searched);
    if (end != std::string_view::npos) {
      input_->consume(end + 1);
      return Taken::broken;
    }
    if (rest.size() > std::max(offset, longest_record)) {
      input_->consume(rest.size());
      searched = 0;
    } else {
      searched = rest.size();
    }
    if (!input_->more()) {
      input_->consume(input_->rest().size());
      return Taken::broken;
    }
  }
}

// A line too long to be kept: counted and passed over.
CsvReader::Taken CsvReader::take_overlong_record() {
  std::uint64_t bytes = 0;
  std::uint64_t columns = 1;
  ++next_line_;
  do {
    const std::string_view rest = input_->rest();
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    columns += static_cast<std::uint64_t>(
        std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(end), separator_));
    bytes += end;
    input_->consume(std::min(end + 1, rest.size()));
    if (end < rest.size()) break;
  } while (input_->more());
  fault_at(line_, "",
           {fmt::format("the line has {} bytes and {} columns", grouped(bytes), grouped(columns)),
            fmt::format("한 줄이 {}바이트, {}열입니다", grouped(bytes), grouped(columns))},
           {fmt::format("keep a line below {} bytes with {} columns", grouped(longest_record),
                        header_.empty() ? columns_.size() : header_.size()),
            fmt::format("한 줄은 {}바이트 아래, {}열이어야 합니다", grouped(longest_record),
                        header_.empty() ? columns_.size() : header_.size())});
  return Taken::broken;
}

// Finds which values hold NUL or bytes of another encoding; true if none does.
bool CsvReader::check_bytes() {
  bool good = true;
  for (std::size_t position = 0; position < fields_.size(); ++position) {
    const std::string_view value = fields_[position];
    if (is_valid_utf8(value)) continue;
    good = false;
    if (value.find('\0') != std::string_view::npos) {
      fault_at(line_, column_at(position), {"the value holds a NUL byte", "값에 NUL 바이트가 있습니다"},
               {"export the file again as text", "파일을 텍스트로 다시 내보내십시오"});
    } else if (input_->encoding() == Encoding::cp949) {
      fault_at(
          line_, column_at(position), {"the value is not CP949 text", "CP949로 읽을 수 없는 값입니다"},
          {"save the file as CSV UTF-8 and leave out --encoding", "CSV UTF-8로 저장하고 --encoding 없이 실행하십시오"});
    } else {
      fault_at(line_, column_at(position), {"the value is not UTF-8 text", "UTF-8로 읽을 수 없는 값입니다"},
               {"save the file as CSV UTF-8, or give --encoding cp949 if Korean Excel saved it",
                "CSV UTF-8로 저장하거나, 한글 엑셀이 저장한 파일이면 --encoding cp949를 주십시오"});
    }
  }
  return good;
}

}  // namespace hanjari::package
