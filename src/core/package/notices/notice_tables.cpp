#include "hanjari/package/notice_tables.h"

#include <array>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/far_points.h"
#include "hanjari/package/packed_exam.h"
#include "package/addresses/district_column.h"
#include "package/csv/characters.h"
#include "package/exam_tables.h"
#include "package/notices/accommodation_kinds.h"
#include "package/notices/table_cells.h"

namespace hanjari::package {
namespace {

constexpr std::array table_words = {std::pair{NoticeTable::units, std::string_view("units")},
                                    std::pair{NoticeTable::calendars, std::string_view("calendars")},
                                    std::pair{NoticeTable::entries, std::string_view("entries")},
                                    std::pair{NoticeTable::areas, std::string_view("areas")},
                                    std::pair{NoticeTable::accommodations, std::string_view("accommodations")}};
constexpr std::string_view residence_words[] = {"none", "on_day", "on_day_or_three_years"};
constexpr std::int64_t highest_fee_of_table = 1'000'000;

// Beside the columns of units.csv, in this order.
struct MoreOfUnit {
  enum At : std::size_t {
    fee,
    calendar,
    body_ko,
    body_en,
    least_age,
    most_age,
    age_on,
    residence,
    area_ko,
    area_en,
    residence_on,
    licences,
    subjects,
    electives,
    electives_to_choose,
    last_posts,
    last_applications
  };
};

std::vector<CsvColumn> contract_columns() {
  return {{"unit_code"}, {"series_ko"},    {"series_en"},   {"quota_group"}, {"grade"},
          {"posts"},     {"duration_min"}, {"subject_set"}, {"starts_at"},   {"seated_by"}};
}

std::vector<CsvColumn> more_columns_of_units() {
  std::vector<CsvColumn> columns;
  for (const char* name : {"fee_won", "calendar", "appointing_body_ko", "appointing_body_en", "least_age", "most_age",
                           "age_on", "residence", "residence_area_ko", "residence_area_en", "residence_on", "licences",
                           "subjects", "electives", "electives_to_choose", "last_posts", "last_applications"})
    columns.push_back({name, Presence::optional});
  return columns;
}

std::vector<CsvColumn> columns_of_calendars() {
  return {{"name"},
          {"title_ko"},
          {"title_en", Presence::optional},
          {"exam_on"},
          {"apply_from"},
          {"apply_until"},
          {"cancel_until", Presence::optional},
          {"self_report_from", Presence::optional},
          {"self_report_until", Presence::optional},
          {"pay_until", Presence::optional}};
}

std::vector<CsvColumn> columns_of_entries() {
  return {{"calendar"}, {"what_ko"}, {"what_en", Presence::optional}, {"from"}, {"until", Presence::optional}};
}

std::vector<CsvColumn> columns_of_areas() {
  return {{"code"}, {"name_ko"}, {"name_en", Presence::optional}, {"district_code", Presence::optional},
          {"lat"},  {"lon"}};
}

template <class Number>
std::string write_maybe(const std::optional<Number>& value) {
  return value ? std::to_string(*value) : std::string();
}

std::string write_day_cell(Date day) {
  return day == Date{} ? std::string() : format_date(day);
}

std::string write_time_cell(const std::optional<int>& minutes) {
  return minutes ? format_time_of_day(*minutes) : std::string();
}

void write_terms(TabLines& lines, const NoticeUnit& unit) {
  const Eligibility& rule = unit.eligibility;
  std::vector<std::vector<std::string>> licences_cell;
  for (const Licence& licence : rule.licences)
    licences_cell.push_back({licence.code, licence.name.ko, licence.name.en});
  std::vector<std::vector<std::string>> subjects_cell;
  for (const Text& subject : unit.subjects) subjects_cell.push_back({subject.ko, subject.en});
  std::vector<std::vector<std::string>> electives_cell;
  for (const Elective& elective : unit.electives)
    electives_cell.push_back({elective.code, elective.name.ko, elective.name.en});
  lines.cell(std::to_string(unit.fee)).cell(unit.calendar).cell(unit.appointing_body.ko).cell(unit.appointing_body.en);
  lines.cell(write_maybe(rule.least_age)).cell(write_maybe(rule.most_age)).cell(write_day_cell(rule.age_on));
  lines.cell(spell(rule.residence)).cell(rule.residence_area.ko).cell(rule.residence_area.en);
  lines.cell(write_day_cell(rule.residence_on)).cell(write_cell_list(licences_cell));
  lines.cell(write_cell_list(subjects_cell)).cell(write_cell_list(electives_cell));
  lines.cell(std::to_string(unit.electives_to_choose));
  lines.cell(unit.last_year ? std::to_string(unit.last_year->posts) : std::string());
  lines.cell(unit.last_year ? std::to_string(unit.last_year->applications) : std::string());
}

std::string write_units_table(const Recruitment& notice) {
  std::vector<CsvColumn> columns = contract_columns();
  for (CsvColumn& column : more_columns_of_units()) columns.push_back(std::move(column));
  TabLines lines(columns);
  for (const NoticeUnit& row : notice.units) {
    const Unit& unit = row.unit;
    lines.cell(unit.code.text()).cell(unit.series_ko).cell(unit.series_en).cell(spell(unit.quota_group));
    lines.cell(std::to_string(unit.grade)).cell(std::to_string(unit.posts)).cell(std::to_string(unit.duration_min));
    lines.cell(unit.subject_set).cell(write_time_cell(unit.starts_at)).cell(write_time_cell(unit.seated_by));
    write_terms(lines, row);
    lines.end_row();
  }
  return lines.take();
}

std::string write_calendars_table(const Recruitment& notice) {
  const std::string& zone = notice.header.time_zone;
  TabLines lines(columns_of_calendars());
  for (const Calendar& row : notice.calendars) {
    lines.cell(row.name).cell(row.title.ko).cell(row.title.en).cell(format_date(row.exam_on));
    lines.cell(write_local_moment(row.applications.opens, zone))
        .cell(write_local_moment(row.applications.closes, zone));
    lines.cell(write_local_moment(row.cancel_until, zone));
    const bool reports = row.self_reports != Period{};
    lines.cell(reports ? write_local_moment(row.self_reports.opens, zone) : std::string());
    lines.cell(reports ? write_local_moment(row.self_reports.closes, zone) : std::string());
    lines.cell(row.pay_until != Instant{} ? write_local_moment(row.pay_until, zone) : std::string());
    lines.end_row();
  }
  return lines.take();
}

std::string write_entries_table(const Recruitment& notice) {
  const std::string& zone = notice.header.time_zone;
  TabLines lines(columns_of_entries());
  for (const Calendar& of : notice.calendars) {
    for (const CalendarEntry& row : of.entries) {
      lines.cell(of.name).cell(row.what.ko).cell(row.what.en).cell(write_local_moment(row.from, zone));
      lines.cell(row.until ? write_local_moment(*row.until, zone) : std::string());
      lines.end_row();
    }
  }
  return lines.take();
}

std::string write_areas_table(const Recruitment& notice) {
  TabLines lines(columns_of_areas());
  for (const Area& row : notice.areas) {
    lines.cell(row.code).cell(row.name.ko).cell(row.name.en).cell(row.district.text());
    lines.cell(spell_decimal(row.at.lat)).cell(spell_decimal(row.at.lon));
    lines.end_row();
  }
  return lines.take();
}

std::string cleaned_cell(const CsvReader& reader, std::size_t column) {
  return clean_line(reader.text(column));
}

// Words in two languages of two columns; as they were where neither column is there.
void read_words(const CsvReader& reader, std::size_t ko, std::size_t en, Text& words) {
  if (!reader.has(ko) && !reader.has(en)) return;
  words = text_of_cells(reader.has(ko) ? cleaned_cell(reader, ko) : words.ko, cleaned_cell(reader, en));
}

// Of a thing with a code and a name: its code, and the name in both languages.
struct CodedThing {
  std::string code;
  Text name;
};

std::vector<CodedThing> read_coded(CsvReader& reader, std::size_t column) {
  std::vector<CodedThing> things;
  for (const auto& parts : read_cell_list(reader.text(column))) {
    const std::string ko = parts.size() > 1 ? parts[1] : std::string();
    things.push_back({parts.front(), text_of_cells(ko, parts.size() > 2 ? parts[2] : std::string())});
    if (parts.front().empty() || ko.empty() || parts.size() > 3) {
      reader.add_fault(
          column,
          {fmt::format("{} is not a code with its name", show(reader.text(column))),
           in_korean("{}[은/는] 코드와 이름이 아닙니다", show(reader.text(column)))},
          {"write CODE|Korean name|English name, parted by ;", "코드|한글 이름|영문 이름으로 적고 ;로 나누십시오"});
      break;
    }
  }
  return things;
}

void read_eligibility_cells(CsvReader& reader, std::size_t first, Eligibility& rule, Date exam_on) {
  if (reader.has(first + MoreOfUnit::least_age)) {
    rule.least_age.reset();
    if (const auto age = read_count_cell(reader, first + MoreOfUnit::least_age, 0, 150))
      rule.least_age = static_cast<int>(*age);
  }
  if (reader.has(first + MoreOfUnit::most_age)) {
    rule.most_age.reset();
    if (const auto age = read_count_cell(reader, first + MoreOfUnit::most_age, 0, 150))
      rule.most_age = static_cast<int>(*age);
  }
  if (reader.has(first + MoreOfUnit::age_on))
    rule.age_on = read_day_cell(reader, first + MoreOfUnit::age_on).value_or(exam_on);
  if (rule.age_on == Date{}) rule.age_on = exam_on;
  if (reader.has(first + MoreOfUnit::residence)) {
    rule.residence = ResidenceRule::none;
    if (!is_blank_text(reader.text(first + MoreOfUnit::residence))) {
      if (const auto at = reader.word(first + MoreOfUnit::residence, residence_words))
        rule.residence = static_cast<ResidenceRule>(*at);
    }
  }
  read_words(reader, first + MoreOfUnit::area_ko, first + MoreOfUnit::area_en, rule.residence_area);
  if (reader.has(first + MoreOfUnit::residence_on))
    rule.residence_on = read_day_cell(reader, first + MoreOfUnit::residence_on).value_or(Date{});
  if (rule.residence == ResidenceRule::none) {
    rule.residence_area = {};
    rule.residence_on = {};
  } else if (rule.residence_area.ko.empty() || rule.residence_on == Date{}) {
    reader.add_fault(first + MoreOfUnit::residence,
                     {"the rule names no area or no day", "거주 요건에 지역이나 기준일이 없습니다"},
                     {"fill residence_area_ko and residence_on", "residence_area_ko와 residence_on을 채우십시오"});
  }
  if (!reader.has(first + MoreOfUnit::licences)) return;
  rule.licences.clear();
  for (CodedThing& thing : read_coded(reader, first + MoreOfUnit::licences))
    rule.licences.push_back({std::move(thing.code), std::move(thing.name)});
}

void read_subject_cells(CsvReader& reader, std::size_t first, NoticeUnit& unit) {
  if (reader.has(first + MoreOfUnit::subjects)) {
    unit.subjects.clear();
    for (const auto& parts : read_cell_list(reader.text(first + MoreOfUnit::subjects)))
      unit.subjects.push_back(text_of_cells(parts.front(), parts.size() > 1 ? parts[1] : std::string()));
  }
  if (reader.has(first + MoreOfUnit::electives)) {
    unit.electives.clear();
    for (CodedThing& thing : read_coded(reader, first + MoreOfUnit::electives))
      unit.electives.push_back({std::move(thing.code), std::move(thing.name)});
  }
  if (reader.has(first + MoreOfUnit::electives_to_choose)) {
    unit.electives_to_choose =
        static_cast<int>(read_count_cell(reader, first + MoreOfUnit::electives_to_choose, 0, 20).value_or(0));
  }
}

void read_last_year(CsvReader& reader, std::size_t first, NoticeUnit& unit) {
  if (!reader.has(first + MoreOfUnit::last_posts) && !reader.has(first + MoreOfUnit::last_applications)) return;
  const auto posts = read_count_cell(reader, first + MoreOfUnit::last_posts, 0, 1'000'000);
  const auto applications = read_count_cell(reader, first + MoreOfUnit::last_applications, 0, 100'000'000);
  unit.last_year.reset();
  if (posts || applications) unit.last_year = LastYear{static_cast<int>(posts.value_or(0)), applications.value_or(0)};
}

// `known`: whether the unit was there before, so that an absent column says nothing new of it.
void read_terms_cells(CsvReader& reader, std::size_t first, NoticeUnit& unit, bool known, const Recruitment& notice) {
  const auto won = read_count_cell(reader, first + MoreOfUnit::fee, 0, highest_fee_of_table);
  if (won) unit.fee = *won;
  if (!won && is_blank_text(reader.text(first + MoreOfUnit::fee)) && (reader.has(first + MoreOfUnit::fee) || !known)) {
    reader.add_fault(
        first + MoreOfUnit::fee, {"no fee is given", "응시수수료가 없습니다"},
        {"write the fee in won; 0 where none is taken", "원 단위로 적으십시오. 받지 않으면 0을 적으십시오"});
  }
  if (const std::string name = cleaned_cell(reader, first + MoreOfUnit::calendar); !name.empty()) {
    unit.calendar = name;
    if (notice.find_calendar(name) == nullptr) {
      reader.add_fault(
          first + MoreOfUnit::calendar,
          {fmt::format("there is no calendar {}", show(name)), fmt::format("{} 일정이 없습니다", show(name))},
          {"name one of the calendars, or add it first", "있는 일정의 이름을 적거나 일정을 먼저 더하십시오"});
    }
  }
  if (unit.calendar.empty() && !notice.calendars.empty()) unit.calendar = notice.calendars.front().name;
  read_words(reader, first + MoreOfUnit::body_ko, first + MoreOfUnit::body_en, unit.appointing_body);
  read_eligibility_cells(reader, first, unit.eligibility, notice.header.exam_on);
  read_subject_cells(reader, first, unit);
  read_last_year(reader, first, unit);
}

std::vector<NoticeUnit> read_units_table(const Recruitment& notice, const std::string& text, Faults& faults,
                                         std::vector<Fault>& warnings) {
  const PackedFiles files{{"units.csv", text}};
  // On the heap, as for load_units.
  const std::unique_ptr<ExamReading> reading(
      new ExamReading{.folder = {}, .encoding = Encoding::utf8, .progress = no_progress(), .packed = &files});
  std::vector<NoticeUnit> terms;
  read_units_with(*reading, more_columns_of_units(),
                  [&](CsvReader& reader, std::size_t first, std::optional<std::size_t> at) {
                    NoticeUnit row;
                    const NoticeUnit* known = at ? notice.find_unit(reading->exam.units[*at].code) : nullptr;
                    if (known != nullptr) row = *known;
                    read_terms_cells(reader, first, row, known != nullptr, notice);
                    if (at) terms.push_back(std::move(row));
                  });
  for (std::size_t at = 0; at < terms.size(); ++at) terms[at].unit = std::move(reading->exam.units[at]);
  faults.add_all(reading->faults);
  warnings.insert(warnings.end(), reading->warnings.begin(), reading->warnings.end());
  return terms;
}

Period read_window(CsvReader& reader, std::size_t from, std::size_t until, const std::string& zone) {
  Period window;
  const auto opens = read_moment_cell(reader, from, zone);
  const auto closes = read_moment_cell(reader, until, zone);
  window.opens = opens.value_or(Instant{});
  window.closes = closes.value_or(Instant{});
  if (opens && closes && *closes < *opens) {
    reader.add_fault(until, {"the window ends before it begins", "기간의 끝이 시작보다 이릅니다"},
                     {"correct one of the two moments", "두 시각 가운데 하나를 고치십시오"});
  }
  return window;
}

void refuse_taken_name(CsvReader& reader, std::size_t column, const std::string& name, std::set<std::string>& taken) {
  if (name.empty()) return;
  if (auto fault = find_file_name_fault(name)) reader.add_fault(column, std::move(fault->what), std::move(fault->fix));
  if (taken.insert(name).second) return;
  reader.add_fault(column,
                   {fmt::format("{} is given twice", show(name)), in_korean("{}[이/가] 두 번 있습니다", show(name))},
                   {"give each its own code", "서로 다른 코드를 주십시오"});
}

std::vector<Calendar> read_calendars_table(const Recruitment& notice, const std::string& text, Faults& faults,
                                           std::vector<Fault>& warnings) {
  enum Column : std::size_t { name, title_ko, title_en, exam_on, from, until, cancel, report_from, report_until, pay };
  const std::string& zone = notice.header.time_zone;
  CsvReader reader("calendars", text, columns_of_calendars(), Encoding::utf8, faults, warnings);
  std::vector<Calendar> calendars;
  std::set<std::string> taken;
  while (reader.next()) {
    Calendar row;
    for (const std::size_t column : {name, exam_on, from, until}) require_cell(reader, column);
    row.name = cleaned_cell(reader, name);
    refuse_taken_name(reader, name, row.name, taken);
    if (const Calendar* known = notice.find_calendar(row.name)) row = *known;
    read_words(reader, title_ko, title_en, row.title);
    row.exam_on = read_day_cell(reader, exam_on).value_or(Date{});
    row.applications = read_window(reader, from, until, zone);
    if (reader.has(pay)) row.pay_until = read_moment_cell(reader, pay, zone).value_or(Instant{});
    if (reader.has(cancel) || row.cancel_until == Instant{})
      row.cancel_until = read_moment_cell(reader, cancel, zone).value_or(row.payment_closes());
    if (row.cancel_until < row.applications.closes) {
      reader.add_fault(cancel, {"cancelling would end before applying ends", "취소 기한이 접수 마감보다 이릅니다"},
                       {"give a moment at or after apply_until", "apply_until 이후의 시각을 적으십시오"});
    } else if (row.cancel_until < row.pay_until) {
      reader.add_fault(pay, {"paying would end after cancelling ends", "결제 기한이 취소 기한보다 늦습니다"},
                       {"give a moment at or before cancel_until", "cancel_until 이전의 시각을 적으십시오"});
    }
    if (reader.has(report_from) || reader.has(report_until))
      row.self_reports = read_window(reader, report_from, report_until, zone);
    calendars.push_back(std::move(row));
  }
  return calendars;
}

// The calendars with these entries in place of their own.
std::vector<Calendar> read_entries_table(const Recruitment& notice, const std::string& text, Faults& faults,
                                         std::vector<Fault>& warnings) {
  enum Column : std::size_t { of, what_ko, what_en, from, until };
  std::vector<Calendar> calendars = notice.calendars;
  for (Calendar& one : calendars) one.entries.clear();
  CsvReader reader("entries", text, columns_of_entries(), Encoding::utf8, faults, warnings);
  while (reader.next()) {
    for (const std::size_t column : {of, what_ko, from}) require_cell(reader, column);
    CalendarEntry row;
    row.what = text_of_cells(cleaned_cell(reader, what_ko), cleaned_cell(reader, what_en));
    row.from = read_moment_cell(reader, from, notice.header.time_zone).value_or(Instant{});
    row.until = read_moment_cell(reader, until, notice.header.time_zone);
    const std::string name = cleaned_cell(reader, of);
    bool found = false;
    for (Calendar& one : calendars) {
      if (one.name != name) continue;
      one.entries.push_back(row);
      found = true;
    }
    if (found || name.empty()) continue;
    reader.add_fault(
        of, {fmt::format("there is no calendar {}", show(name)), fmt::format("{} 일정이 없습니다", show(name))},
        {"name one of the calendars, or add it first", "있는 일정의 이름을 적거나 일정을 먼저 더하십시오"});
  }
  return calendars;
}

std::vector<Area> read_areas_table(const std::string& text, Faults& faults, std::vector<Fault>& warnings) {
  enum Column : std::size_t { code, name_ko, name_en, district, lat, lon };
  CsvReader reader("areas", text, columns_of_areas(), Encoding::utf8, faults, warnings);
  std::vector<Area> areas;
  DistrictColumn districts(reader, district);
  std::vector<Point> points;
  std::vector<std::uint64_t> lines;
  std::set<std::string> taken;
  while (reader.next()) {
    for (const std::size_t column : {code, name_ko}) require_cell(reader, column);
    Area row;
    row.code = cleaned_cell(reader, code);
    refuse_taken_name(reader, code, row.code, taken);
    row.name = text_of_cells(cleaned_cell(reader, name_ko), cleaned_cell(reader, name_en));
    if (!is_blank_text(reader.text(district))) {
      if (const auto held = districts.read()) row.district = DistrictCode(*held);
    }
    row.at = read_point(reader, lat, lon);
    areas.push_back(std::move(row));
    points.push_back(areas.back().at);
    lines.push_back(reader.line());
  }
  const auto far = FarPoints::among(points);
  RepeatedFaults swapped;
  RepeatedFaults far_away;
  for (std::size_t at = 0; far && at < points.size(); ++at) {
    auto found = far->find(points[at]);
    if (!found) continue;
    Fault fault{"areas", lines[at], "lat", std::move(found->what), std::move(found->fix)};
    (found->swapped ? swapped : far_away).add(std::move(fault));
  }
  swapped.hand_over(faults);
  for (Fault& warning : far_away.take()) warnings.push_back(std::move(warning));
  return areas;
}

}  // namespace

std::string_view spell(NoticeTable table) {
  return table_words.at(static_cast<std::size_t>(table)).second;
}

std::optional<NoticeTable> parse_notice_table(std::string_view word) {
  for (const auto& [table, own] : table_words) {
    if (own == word) return table;
  }
  return std::nullopt;
}

std::string write_notice_table(const Recruitment& notice, NoticeTable table) {
  switch (table) {
    case NoticeTable::units:
      return write_units_table(notice);
    case NoticeTable::calendars:
      return write_calendars_table(notice);
    case NoticeTable::entries:
      return write_entries_table(notice);
    case NoticeTable::areas:
      return write_areas_table(notice);
    case NoticeTable::accommodations:
      break;
  }
  return write_accommodations_table(notice);
}

Recruitment read_notice_table(const Recruitment& notice, NoticeTable table, std::string_view text, std::vector<Fault>& warnings) {
  const std::string commas = commas_for_tabs(text);
  Recruitment read = notice;
  Faults faults;
  switch (table) {
    case NoticeTable::units:
      read.units = read_units_table(notice, commas, faults, warnings);
      break;
    case NoticeTable::calendars:
      read.calendars = read_calendars_table(notice, commas, faults, warnings);
      break;
    case NoticeTable::entries:
      read.calendars = read_entries_table(notice, commas, faults, warnings);
      break;
    case NoticeTable::areas:
      read.areas = read_areas_table(commas, faults, warnings);
      break;
    case NoticeTable::accommodations:
      read.accommodations = read_accommodations_table(commas, faults, warnings);
      break;
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return read;
}

}  // namespace hanjari::package
