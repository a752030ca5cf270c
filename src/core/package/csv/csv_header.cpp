// The header of a table: where it stands, and which of its headings mean which columns.
#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/csv.h"
#include "package/csv/characters.h"
#include "package/csv/csv_layout.h"
#include "package/csv/csv_reader_input.h"

namespace hanjari::package {
namespace {

std::string quoted_list(const std::vector<CsvColumn>& columns) {
  std::string list;
  for (const CsvColumn& column : columns) list += (list.empty() ? "" : ", ") + column.name;
  return list;
}

// A heading as a message shows it.
std::string shown(std::string_view name) {
  std::string text;
  constexpr std::size_t longest_shown = 60;  // bytes
  std::size_t end = std::min(name.size(), longest_shown);
  while (end < name.size() && end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  for (const char byte : name.substr(0, end)) {
    const auto code = static_cast<unsigned char>(byte);
    text += code < 0x20 || code == 0x7f ? ' ' : byte;
  }
  return is_valid_utf8(text) ? text : "?";
}

// Which sign the line seems to separate its values by.
char guess_separator(std::string_view line) {
  char guess = ',';
  auto most = std::count(line.begin(), line.end(), ',');
  for (const char sign : {';', '\t', '|'}) {
    const auto count = std::count(line.begin(), line.end(), sign);
    if (count <= most) continue;
    most = count;
    guess = sign;
  }
  return guess;
}

}  // namespace

void CsvReader::read_header() {
  const auto stop = [&] {  // there is nothing to read rows by
    header_.clear();
    while (input_->more()) input_->consume(input_->rest().size());
    input_->consume(input_->rest().size());
    repeated_->hand_over(faults_);
    at_end_ = true;
  };
  if (refuse_other_files()) return stop();
  if (input_->encoding() != encoding_) {
    const bool cp949 = input_->encoding() == Encoding::cp949;
    warn(0, "",
         {fmt::format("read as {}, which its bytes are", cp949 ? "CP949" : "UTF-8"),
          in_korean("내용에 맞추어 {}[으로/로] 읽었습니다", cp949 ? "CP949" : "UTF-8")},
         {"save all files as CSV UTF-8", "모든 파일을 CSV UTF-8로 저장하십시오"});
  }
  fields_.reserve(most_columns);
  read_layout();
  const Taken taken = take_record();
  if (taken == Taken::end) {
    fault_at(0, "", {"the file is empty", "빈 파일입니다"},
             {fmt::format("give a header line with {}", quoted_list(columns_)),
              fmt::format("첫 줄에 열 이름을 적으십시오: {}", quoted_list(columns_))});
    return stop();
  }
  if (taken == Taken::broken) return stop();
  while (field_count_ > 1 && fields_.size() == field_count_ && is_blank_text(fields_.back())) {
    fields_.pop_back();
    --field_count_;
    ++empty_headings_;
  }
  if (field_count_ > most_columns) {
    fault_at(
        line_, "",
        {fmt::format("the header has {} columns", group_digits(static_cast<long long>(field_count_))),
         fmt::format("첫 줄의 열이 {}개입니다", group_digits(static_cast<long long>(field_count_)))},
        {fmt::format("keep {}", quoted_list(columns_)), fmt::format("다음 열만 두십시오: {}", quoted_list(columns_))});
    return stop();
  }
  header_.assign(fields_.begin(), fields_.end());
  find_columns();
}

// A file that is no CSV at all is named as what it is.
bool CsvReader::refuse_other_files() {
  if (const auto& what = input_->not_text()) {
    fault_at(0, "", {"the file is " + what->en + ", not CSV", "CSV가 아니라 " + what->ko + "입니다"},
             {"open it in the spreadsheet and save it as CSV UTF-8 under this name",
              "스프레드시트에서 열어 같은 이름의 CSV UTF-8로 저장하십시오"});
    return true;
  }
  if (!input_->is_utf16()) return false;
  fault_at(0, "", {"the file is UTF-16", "UTF-16 파일입니다"},
           {"save it as CSV UTF-8", "CSV UTF-8 형식으로 저장하십시오"});
  return true;
}

// Takes the separator that names the most columns, and passes over what stands above the header.
void CsvReader::read_layout() {
  const CsvLayout layout = find_layout(input_->rest(), columns_);
  separator_ = layout.separator;
  for (std::size_t line = 0; line < layout.lines_before; ++line) pass_over_line();
  const std::size_t titles = layout.lines_before - (layout.said ? 1 : 0);
  if (layout.row_above > 0) {
    add_fault_of(layout.row_above, "",
                 {fmt::format("this line stands above the header (line {}) and is filled like a row of the table",
                              layout.lines_before + 1),
                  fmt::format("열 이름 줄({}행)보다 위에 있는데 표의 행처럼 채워져 있습니다", layout.lines_before + 1)},
                 {"move the header to the top of the table; sorting may have moved it",
                  "열 이름 줄을 표의 맨 위로 옮기십시오. 정렬할 때 함께 옮겨졌을 수 있습니다"});
  } else if (titles > 0) {
    warn(layout.lines_before + 1, "",
         {fmt::format("the header was found here; the {} above it {} not read",
                      count_of(static_cast<long long>(titles), "line", "lines"),
                      word_for(static_cast<long long>(titles), "was", "were")),
          fmt::format("이 줄을 열 이름으로 보고 위의 {}줄은 읽지 않았습니다", titles)},
         {"remove them", "그 줄을 지우십시오"});
  }
  if (separator_ == ',') return;
  const Text name = name_of_separator(separator_);
  warn(layout.lines_before + 1, "",
       {"the values are separated by " + name.en + ", and were read so",
        in_korean("값이 {}[으로/로] 나뉘어 있어 그렇게 읽었습니다", name.ko)},
       {"save the file as CSV with commas", "쉼표로 나뉜 CSV로 저장하십시오"});
}

// First by their names, then by other spellings of these, then by words for them.
void CsvReader::find_columns() {
  std::vector<bool> taken(columns_.size(), false);
  std::vector<bool> meant(header_.size(), false);
  std::vector<bool> understood(header_.size(), false);
  std::vector<std::size_t> in_line(header_.size());
  std::iota(in_line.begin(), in_line.end(), std::size_t{0});
  const std::vector<std::size_t> by_word = order_of_headings(header_);
  for (const HeadingMatch how : {HeadingMatch::exact, HeadingMatch::spelling, HeadingMatch::word}) {
    for (const std::size_t position : how == HeadingMatch::word ? by_word : in_line) {
      if (meant[position]) continue;
      std::size_t column = find_column(header_[position], columns_, taken, how);
      if (column == columns_.size()) {
        // The same once more: a column that stands twice.
        if (how == HeadingMatch::word) continue;
        column = find_column(header_[position], columns_, std::vector<bool>(columns_.size(), false), how);
        if (column == columns_.size() ||
            (how == HeadingMatch::spelling && header_[position_of_[column]] == columns_[column].name))
          continue;
        meant[position] = true;
        const std::size_t at = position_of_[column];
        fault_at(line_, columns_[column].name,
                 {fmt::format("the column stands twice, as column {} and {}", at + 1, position + 1),
                  fmt::format("같은 열이 {}번째와 {}번째에 두 번 있습니다", at + 1, position + 1)},
                 {"remove one of them", "하나를 지우십시오"});
        continue;
      }
      meant[position] = true;
      taken[column] = true;
      position_of_[column] = position;
      if (how != HeadingMatch::exact) understood[position] = true;
    }
  }
  tell_understood(understood);
  for (std::size_t position = 0; position < header_.size(); ++position) {
    if (meant[position] || is_blank_text(header_[position])) continue;
    warn(line_, shown(header_[position]), {"unknown column, not read", "알 수 없는 열이라 읽지 않았습니다"},
         {fmt::format("known columns: {}", quoted_list(columns_)), fmt::format("아는 열: {}", quoted_list(columns_))});
  }
  tell_missing_columns();
}

// One line for all headings that are not the names of their columns: whoever made the file sees at a glance whether each
// was meant so.
void CsvReader::tell_understood(const std::vector<bool>& understood) {
  std::string en;
  std::string ko;
  for (std::size_t position = 0; position < header_.size(); ++position) {
    if (!understood[position]) continue;
    const auto column = std::find(position_of_.begin(), position_of_.end(), position) - position_of_.begin();
    const std::string& name = columns_[static_cast<std::size_t>(column)].name;
    en += fmt::format("{}'{}' as {}", en.empty() ? "" : ", ", shown(header_[position]), name);
    ko += fmt::format("{}'{}' → {}", ko.empty() ? "" : ", ", shown(header_[position]), name);
  }
  if (en.empty()) return;
  warn(line_, "", {"headings were read as columns: " + en, "열 이름을 다음과 같이 읽었습니다: " + ko},
       {"write the name of the column where another one was meant", "다른 열이라면 그 열 이름으로 고쳐 적으십시오"});
}

// One message when nothing of the line is a heading, else one for each column that is missing.
void CsvReader::tell_missing_columns() {
  const bool none = std::all_of(position_of_.begin(), position_of_.end(), [](std::size_t at) { return at == absent; });
  std::string line;
  for (const std::string& name : header_) line += (line.empty() ? "" : std::string(1, separator_)) + name;
  if (none) {
    const char seems = guess_separator(line);
    const Text by = name_of_separator(seems);
    fault_at(line_, "",
             {fmt::format("no column is named here; the line reads '{}'{}", shown(line),
                          seems == ',' ? "" : ", as if separated by " + by.en),
              in_korean("이 줄에 열 이름이 없습니다: '{}'{}", shown(line),
                          seems == ',' ? "" : " (" + by.ko + "[으로/로] 나뉜 것으로 보입니다)")},
             {fmt::format("give a header line with {}", quoted_list(columns_)),
              fmt::format("첫 줄에 열 이름을 적으십시오: {}", quoted_list(columns_))});
    header_.clear();
    return;
  }
  std::string others;
  for (std::size_t position = 0; position < header_.size(); ++position) {
    if (std::find(position_of_.begin(), position_of_.end(), position) != position_of_.end()) continue;
    if (is_blank_text(header_[position]) || others.size() > 100) continue;
    others += (others.empty() ? "'" : ", '") + shown(header_[position]) + "'";
  }
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (position_of_[column] != absent || columns_[column].presence == Presence::optional) continue;
    fault_at(
        line_, columns_[column].name,
        {others.empty() ? std::string("the column is missing")
                        : fmt::format("the column is missing; these headings mean nothing here: {}", others),
         others.empty() ? std::string("열이 없습니다") : fmt::format("열이 없습니다. 알 수 없는 열 이름: {}", others)},
        {"add it to the header and fill it", "첫 줄에 열을 더하고 값을 채우십시오"});
  }
}

}  // namespace hanjari::package
