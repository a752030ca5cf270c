#include "package/csv/csv_layout.h"

#include <algorithm>
#include <utility>

#include "hanjari/base/typed_text.h"
#include "package/csv/heading_words.h"

namespace hanjari::package {
namespace {

constexpr std::size_t most_lines = 30;                // among which the header is looked for
constexpr std::size_t longest_beginning = 64 * 1024;  // bytes
constexpr char separators[] = {',', ';', '\t', '|'};

// Letters and digits alone, in lower case: "Unit-Code " and "unit_code" are one.
std::string folded(std::string_view text) {
  std::string plain = clean_signs(text);
  std::erase_if(plain, [](char c) {
    return c == ' ' || c == '_' || c == '-' || c == '.' || c == '*' || c == ':' || c == '\'' || c == '"';
  });
  std::transform(plain.begin(), plain.end(), plain.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return plain;
}

// The words of heading_words, folded, in their order.
const std::vector<std::string>& folded_heading_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const HeadingWord& known : heading_words) all.push_back(folded(known.word));
    return all;
  }();
  return words;
}

bool has_column(const std::vector<CsvColumn>& columns, std::string_view name) {
  return std::any_of(columns.begin(), columns.end(), [&](const CsvColumn& column) { return column.name == name; });
}

// Whether the word may be a heading of the table: 학교명 is no name where the rows are people, 성명 none where they are
// places.
bool may_stand_in(const HeadingWord& known, const std::vector<CsvColumn>& columns) {
  if (known.of == HeadingOf::anything) return true;
  const bool of_people = has_column(columns, "applicant_id") || has_column(columns, "invigilator_id");
  if (known.of == HeadingOf::place) return !of_people;
  return of_people || !has_column(columns, "venue_code");
}

// Without what stands in brackets: 시험시간(분).
std::string without_brackets(std::string text) {
  const std::size_t open = text.find_first_of("([");
  const std::size_t close = text.find_last_of(")]");
  if (open != std::string::npos && open > 0 && close != std::string::npos && close > open)
    text.erase(open, close + 1 - open);
  return text;
}

std::vector<std::string> split(std::string_view line, char separator) {
  std::vector<std::string> values(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      values.emplace_back();
      if (values.size() > CsvReader::most_columns) break;
    } else {
      values.back() += c;
    }
  }
  return values;
}

// How many columns a line names.
std::size_t count_known(std::string_view line, char separator, const std::vector<CsvColumn>& columns) {
  if (separator != ',' && line.find(separator) == std::string_view::npos) return 0;
  std::vector<bool> taken(columns.size(), false);
  std::vector<std::string> values = split(line, separator);
  for (const HeadingMatch how : {HeadingMatch::exact, HeadingMatch::spelling, HeadingMatch::word}) {
    for (std::string& value : values) {
      if (value.empty()) continue;
      const std::size_t column = find_column(value, columns, taken, how);
      if (column == columns.size()) continue;
      taken[column] = true;
      value.clear();
    }
  }
  return static_cast<std::size_t>(std::count(taken.begin(), taken.end(), true));
}

std::size_t required_of(const std::vector<CsvColumn>& columns) {
  return static_cast<std::size_t>(std::count_if(
      columns.begin(), columns.end(), [](const CsvColumn& column) { return column.presence == Presence::required; }));
}

// sep=; as spreadsheets write it, perhaps in quotes.
std::optional<char> read_separator_line(std::string_view line) {
  while (!line.empty() && (line.front() == '"' || line.front() == ' ')) line.remove_prefix(1);
  if (line.size() < 5 || line.size() > 12) return std::nullopt;
  const std::string word = folded(line.substr(0, 3));
  if (word != "sep" || line[3] != '=') return std::nullopt;
  // A sign that values do not consist of; the first byte of a Korean letter would cut every other one.
  const char sign = line[4];
  const bool of_values = (sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z') || (sign >= 'a' && sign <= 'z') || sign == '"';
  if (sign != '\t' && (of_values || sign <= ' ' || sign >= '\x7f')) return std::nullopt;
  return sign;
}

}  // namespace

std::size_t find_column(std::string_view heading, const std::vector<CsvColumn>& columns, const std::vector<bool>& taken,
                        HeadingMatch how) {
  const auto find = [&](auto means) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      if (!taken[column] && means(columns[column].name)) return column;
    }
    return columns.size();
  };
  if (how == HeadingMatch::exact) return find([&](const std::string& name) { return name == heading; });
  const std::string fold = folded(heading);
  if (fold.empty()) return columns.size();
  if (how == HeadingMatch::spelling) return find([&](const std::string& name) { return folded(name) == fold; });
  for (const std::string& word : {fold, without_brackets(fold)}) {
    // 성별(1=남, 2=여) and sex (1=M, 2=F) are the same heading.
    if (const std::size_t column = find([&](const std::string& name) { return folded(name) == word; });
        column != columns.size())
      return column;
    const std::vector<std::string>& known = folded_heading_words();
    for (std::size_t at = 0; at < known.size(); ++at) {
      if (known[at] != word || !may_stand_in(heading_words[at], columns)) continue;
      const std::size_t column = find([&](const std::string& name) { return name == heading_words[at].column; });
      if (column != columns.size()) return column;
    }
  }
  return columns.size();
}

std::vector<std::size_t> order_of_headings(const std::vector<std::string>& header) {
  std::vector<std::pair<std::size_t, std::size_t>> ranked;  // the place in the list of words, then in the header
  for (std::size_t position = 0; position < header.size(); ++position) {
    const std::string fold = folded(header[position]);
    const std::string plain = without_brackets(fold);
    const std::vector<std::string>& words = folded_heading_words();
    const auto known = std::find_if(words.begin(), words.end(),
                                    [&](const std::string& word) { return word == fold || word == plain; });
    ranked.emplace_back(static_cast<std::size_t>(known - words.begin()), position);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::size_t> order;
  for (const auto& [rank, position] : ranked) order.push_back(position);
  return order;
}

namespace {

// A title fills one cell or two. What fills as many as a row must is a row that sorting has put above the header; but not the upper
// line of a heading of two, whose cells are merged with those below and read as they do.
bool is_filled_like_a_row(std::string_view line, std::string_view header, char separator, std::size_t required) {
  const std::vector<std::string> values = split(line, separator);
  const std::vector<std::string> headings = split(header, separator);
  std::size_t filled = 0;
  for (std::size_t at = 0; at < values.size(); ++at) {
    const bool is_heading = at < headings.size() && values[at] == headings[at];
    if (!is_heading && !is_blank_text(values[at])) ++filled;
  }
  return filled >= std::max<std::size_t>(3, required);
}

bool is_count(std::string_view value) {
  for (const std::string_view counted : {"명", "개", "건", "인", "교", "실"}) {
    if (value.ends_with(counted)) value.remove_suffix(counted.size());
  }
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return (c >= '0' && c <= '9') || std::string_view(" ,.%:-").find(c) != std::string_view::npos; });
}

}  // namespace

CsvLayout find_layout(std::string_view beginning, const std::vector<CsvColumn>& columns) {
  CsvLayout layout;
  beginning = beginning.substr(0, longest_beginning);
  std::vector<std::string_view> lines;
  while (!beginning.empty() && lines.size() < most_lines) {
    const std::size_t end = beginning.find('\n');
    std::string_view line = beginning.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) break;
    beginning.remove_prefix(end + 1);
  }
  std::size_t first = 0;
  if (!lines.empty()) {
    if (const auto said = read_separator_line(lines.front())) {
      layout.separator = *said;
      layout.said = true;
      first = 1;
    }
  }
  layout.lines_before = first;
  if (first < lines.size()) layout.known_columns = count_known(lines[first], layout.separator, columns);
  if (layout.known_columns >= required_of(columns) && layout.known_columns > 0) return layout;
  for (std::size_t line = first; line < lines.size(); ++line) {
    for (const char separator : separators) {
      if (layout.said && separator != layout.separator) continue;
      const std::size_t known = count_known(lines[line], separator, columns);
      // One word alone may stand in a title.
      if (known <= layout.known_columns || (line > first && known < std::min<std::size_t>(2, columns.size()))) continue;
      layout.known_columns = known;
      layout.separator = separator;
      layout.lines_before = line;
    }
  }
  for (std::size_t line = first; line < layout.lines_before && layout.row_above == 0; ++line) {
    if (is_filled_like_a_row(lines[line], lines[layout.lines_before], layout.separator, required_of(columns)))
      layout.row_above = line + 1;
  }
  return layout;
}

Text name_of_separator(char separator) {
  switch (separator) {
    case ',':
      return {"commas", "쉼표"};
    case ';':
      return {"semicolons", "쌍반점(;)"};
    case '\t':
      return {"tabs", "탭"};
    default:
      return {std::string("the sign ") + separator, std::string("기호 ") + separator};
  }
}

namespace {

// Who made the table and when, as it is written below one: "작성자: 김담당", "2026. 11. 29. 작성", "담당자 김담당 (내선 1234)".
// A lone id, name or address is none: that is somebody's row with the rest missing.
bool is_signed_remark(std::string_view typed) {
  if (typed.find_first_of(" :") == std::string_view::npos && typed.find("：") == std::string_view::npos) return false;
  for (const std::string_view word :
       {"작성", "담당", "확인자", "결재", "출처", "문의", "내선", "기준일", "출력", "붙임", "Prepared by", "Source:"}) {
    if (typed.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

bool is_closing_row(const std::vector<std::string_view>& values, std::size_t columns) {
  std::string_view typed;
  std::size_t filled = 0;
  bool only_counts = true;  // beside the first value
  for (const std::string_view value : values) {
    if (is_blank_text(value)) continue;
    if (filled++ == 0) {
      typed = value;
    } else if (!is_count(value)) {
      only_counts = false;
    }
  }
  if (filled == 0 || filled >= columns) return false;
  const std::string whole = folded(typed);
  const std::string first = whole.substr(0, whole.find('('));  // 합계(명)
  // A total counts; a row that says more than counts is a row, whatever its first cell reads.
  for (const std::string_view word : {"합계", "총계", "소계", "누계", "계", "총합계", "총합", "total", "subtotal", "grandtotal"}) {
    if (first == word && only_counts) return true;
  }
  if (filled * 2 > columns || typed.size() > 600) return false;
  if (filled == 1) {  // a remark is written into one cell
    for (const std::string_view sign : {"※", "*", "☞", "◎", "주)", "주 )", "- ", "비고", "출력일", "작성일", "자료"}) {
      if (typed.starts_with(sign)) return true;
    }
    if (columns >= 3 && is_signed_remark(typed)) return true;
  }
  if (first.size() > 60) return false;
  for (const std::string_view word :
       {"합계", "총계", "소계", "누계", "총합계", "total", "subtotal", "grandtotal", "sum", "이하여백", "이상끝", "endoflist"}) {
    if (first.starts_with(word)) return true;
  }
  for (const std::string_view word : {"총", "끝", "이상", "총원", "총인원"}) {
    if (first == word) return true;
  }
  return false;
}

}  // namespace hanjari::package
