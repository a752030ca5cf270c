#include "package/csv/csv_layout.h"

#include <algorithm>

#include "hanjari/base/typed_text.h"

namespace hanjari::package {
namespace {

constexpr std::size_t most_lines = 30;                // among which the header is looked for
constexpr std::size_t longest_beginning = 64 * 1024;  // bytes
constexpr char separators[] = {',', ';', '\t', '|'};

// Words that offices write as headings, by the column they mean. A word may mean several columns: the first of them
// that a table has.
struct Heading {
  std::string_view word;
  std::string_view column;
};

constexpr Heading headings[] = {
    {"응시번호", "applicant_number"},
    {"수험번호", "applicant_number"},
    {"응시번호", "applicant_id"},
    {"수험번호", "applicant_id"},
    {"접수번호", "applicant_id"},
    {"원서번호", "applicant_id"},
    {"응시자번호", "applicant_id"},
    {"응시자ID", "applicant_id"},
    {"모집단위", "unit_code"},
    {"모집단위코드", "unit_code"},
    {"모집단위번호", "unit_code"},
    {"단위코드", "unit_code"},
    {"성명", "name"},
    {"이름", "name"},
    {"응시자명", "name"},
    {"응시자성명", "name"},
    {"시험장명", "name"},
    {"학교명", "name"},
    {"장소명", "name"},
    {"생년월일", "birth_on"},
    {"성별", "sex"},
    {"위도", "lat"},
    {"경도", "lon"},
    {"자치구", "district_code"},
    {"자치구코드", "district_code"},
    {"구코드", "district_code"},
    {"시군구", "district_code"},
    {"시군구코드", "district_code"},
    {"행정구역코드", "district_code"},
    {"지역코드", "district_code"},
    {"편의지원", "accommodation"},
    {"편의제공", "accommodation"},
    {"편의지원사항", "accommodation"},
    {"분리배정", "keep_apart"},
    {"떨어져앉기", "keep_apart"},
    {"출발지", "origin"},
    {"선택과목", "electives"},
    {"사진", "photo"},
    {"사진파일", "photo"},
    {"주소", "address"},
    {"소재지", "address"},
    {"시험장코드", "venue_code"},
    {"시험장번호", "venue_code"},
    {"학교코드", "venue_code"},
    {"시험장", "venue_code"},
    {"시험장구분", "kind"},
    {"구분", "kind"},
    {"전화", "phone"},
    {"전화번호", "phone"},
    {"연락처", "phone"},
    {"시험실", "room_no"},
    {"시험실번호", "room_no"},
    {"호실", "room_no"},
    {"건물", "building"},
    {"동", "building"},
    {"층", "floor"},
    {"줄수", "row_count"},
    {"행수", "row_count"},
    {"칸수", "column_count"},
    {"열수", "column_count"},
    {"앞뒤간격", "row_pitch_cm"},
    {"줄간격", "row_pitch_cm"},
    {"좌우간격", "column_pitch_cm"},
    {"칸간격", "column_pitch_cm"},
    {"제외좌석", "blocked"},
    {"사용불가", "blocked"},
    {"사용불가좌석", "blocked"},
    {"정원", "people_cap"},
    {"수용인원", "people_cap"},
    {"시설", "features"},
    {"특성", "features"},
    {"용도", "use"},
    {"직렬", "series_ko"},
    {"직류", "series_ko"},
    {"직렬명", "series_ko"},
    {"영문직렬", "series_en"},
    {"직렬영문", "series_en"},
    {"구분모집", "quota_group"},
    {"모집구분", "quota_group"},
    {"급", "grade"},
    {"급수", "grade"},
    {"직급", "grade"},
    {"계급", "grade"},
    {"선발예정인원", "posts"},
    {"선발인원", "posts"},
    {"모집인원", "posts"},
    {"채용예정인원", "posts"},
    {"시험시간", "duration_min"},
    {"시작시각", "starts_at"},
    {"시험시작", "starts_at"},
    {"시험시작시각", "starts_at"},
    {"입실시각", "seated_by"},
    {"입실완료", "seated_by"},
    {"입실완료시각", "seated_by"},
    {"과목", "subject_set"},
    {"시험과목", "subject_set"},
    {"과목", "subject"},
    {"시험과목", "subject"},
    {"점수", "raw"},
    {"원점수", "raw"},
    {"응시여부", "attendance"},
    {"출결", "attendance"},
    {"가산점", "bonus"},
    {"좌석번호", "seat_no"},
    {"좌석", "seat_no"},
    {"책형", "booklet"},
    {"사유", "reason"},
    {"거리", "metres"},
    {"응시인원", "present"},
    {"답안지수", "sheets"},
    {"면접위원", "examiner"},
    {"평정요소", "item"},
    {"평정", "grade"},
    {"소속", "organisation"},
};

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
  return line[4];
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
    for (const Heading& known : headings) {
      if (folded(known.word) != word) continue;
      const std::size_t column = find([&](const std::string& name) { return name == known.column; });
      if (column != columns.size()) return column;
    }
  }
  return columns.size();
}

namespace {

// A title fills one cell or two. What fills as many as a row must is a row that sorting has put above the header.
bool is_filled_like_a_row(std::string_view line, char separator, std::size_t required) {
  std::size_t filled = 0;
  while (true) {
    const std::size_t end = line.find(separator);
    if (!is_blank_text(line.substr(0, end))) ++filled;
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
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
    if (is_filled_like_a_row(lines[line], layout.separator, required_of(columns))) layout.row_above = line + 1;
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
  const std::string first = folded(typed);
  // A total counts; a row that says more than counts is a row, whatever its first cell reads.
  for (const std::string_view word : {"합계", "총계", "소계", "누계", "계", "total", "subtotal", "grandtotal"}) {
    if (first == word && only_counts) return true;
  }
  if (filled * 2 > columns || typed.size() > 600) return false;
  if (filled == 1) {  // a remark is written into one cell
    for (const std::string_view sign : {"※", "*", "☞", "◎", "주)", "주 )", "- ", "비고", "출력일", "작성일", "자료"}) {
      if (typed.starts_with(sign)) return true;
    }
  }
  if (first.size() > 60) return false;
  for (const std::string_view word :
       {"합계", "총계", "소계", "누계", "total", "subtotal", "grandtotal", "sum", "이하여백", "이상끝", "endoflist"}) {
    if (first.starts_with(word)) return true;
  }
  for (const std::string_view word : {"총", "끝", "이상", "총원", "총인원"}) {
    if (first == word) return true;
  }
  return false;
}

}  // namespace hanjari::package
