// units.csv, venues.csv, rooms.csv, and what the tables share.
#include "package/exam_tables.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/contact.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/unit_rules.h"
#include "hanjari/package/near_codes.h"
#include "package/addresses/district_column.h"
#include "package/addresses/places.h"
#include "package/csv/characters.h"
#include "package/csv/lost_zeros.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/word_lists.h"

namespace hanjari::package {

namespace {

std::vector<std::string> list_files(const ExamReading& reading) {
  std::vector<std::string> names;
  if (reading.packed != nullptr) {
    for (const auto& [name, bytes] : *reading.packed) names.push_back(name);
    return names;
  }
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(reading.folder, ignored))
    names.push_back(entry.path().filename().string());
  return names;
}

// A file that stands there in place of the one wanted: another case, another ending, or "applicants (1).csv".
std::string find_instead(const ExamReading& reading, const std::string& name) {
  const std::string stem = name.substr(0, name.find('.'));
  std::string found;
  for (const std::string& there : list_files(reading)) {
    if (!is_valid_utf8(there) || !in_lower_case(there).starts_with(stem)) continue;
    const std::string_view rest = std::string_view(there).substr(stem.size());
    if (rest.empty() || (rest.front() != '.' && rest.front() != ' ' && rest.front() != '_' && rest.front() != '('))
      continue;
    if (found.empty() || there < found) found = there;
  }
  return found;
}

Text how_to_add(const ExamReading& reading, const std::string& name, bool in_a_workbook) {
  if (in_a_workbook || (reading.sheets != nullptr && reading.sheets->any())) {
    const std::string sheet = name.substr(0, name.find('.'));
    return {fmt::format("add it, or a sheet called {} to the workbook", sheet),
            fmt::format("파일을 더하거나 통합 문서에 이름이 {}인 시트를 더하십시오", sheet)};
  }
  if (reading.packed != nullptr) return {"put it into the ZIP file", "ZIP 파일에 함께 넣으십시오"};
  return {fmt::format("put it into {}", reading.folder.string()), fmt::format("{} 폴더에 두십시오", reading.folder.string())};
}

}  // namespace

const TableSheet* find_sheet(const ExamReading& reading, const std::string& name) {
  return reading.sheets == nullptr ? nullptr : reading.sheets->find(name);
}

bool has_file(const ExamReading& reading, const std::string& name) {
  if (find_sheet(reading, name) != nullptr) return true;
  if (reading.packed != nullptr) return reading.packed->contains(name);
  std::error_code ignored;
  return std::filesystem::exists(reading.folder / name, ignored);
}

std::uint64_t size_of_file(const ExamReading& reading, const std::string& name) {
  if (find_sheet(reading, name) != nullptr) return 0;
  if (reading.packed != nullptr) return reading.packed->at(name).size();
  std::error_code ignored;
  return std::filesystem::file_size(reading.folder / name, ignored);
}

CsvReader open_table(ExamReading& reading, const std::string& name, std::vector<CsvColumn> columns) {
  if (const TableSheet* sheet = find_sheet(reading, name))
    return CsvReader(name, *sheet, std::move(columns), reading.faults, reading.warnings);
  if (reading.packed != nullptr) {
    return CsvReader(name, reading.packed->at(name), std::move(columns), reading.encoding, reading.faults,
                     reading.warnings);
  }
  return CsvReader(reading.folder / name, std::move(columns), reading.encoding, reading.faults, reading.warnings);
}

bool find_file(ExamReading& reading, const std::string& name) {
  std::error_code ignored;
  const bool found = reading.packed != nullptr ? reading.packed->contains(name)
                                               : std::filesystem::is_regular_file(reading.folder / name, ignored);
  if (found || find_sheet(reading, name) != nullptr) return true;
  if (reading.sheets != nullptr && reading.sheets->may_be_refused(name)) return false;
  const std::string instead = find_instead(reading, name);
  // A workbook that could be opened was looked through: it has no sheet of this table, whatever it is called.
  const bool in_a_workbook = reading.sheets != nullptr && instead.ends_with(".xlsx");
  if (instead.empty() || in_a_workbook) {
    reading.faults.add({name,
                        0,
                        "",
                        {"the file is missing", "파일이 없습니다"},
                        how_to_add(reading, name, in_a_workbook)});
    return false;
  }
  const bool workbook = instead.ends_with(".xlsx") || instead.ends_with(".xls") || instead.ends_with(".ods");
  reading.faults.add({name,
                      0,
                      "",
                      {fmt::format("the file is missing; there is {}{}", show(instead), workbook ? ", a workbook" : ""),
                       in_korean("파일이 없고 {}{}[이/가] 있습니다", workbook ? "통합 문서 " : "", show(instead))},
                      {workbook ? fmt::format("save it as .xlsx, or as CSV UTF-8 under the name {}", name)
                                : fmt::format("give it the name {}", name),
                       workbook ? in_korean(".xlsx로 저장하거나, 이름을 {}[으로/로] 하여 CSV UTF-8로 저장하십시오", name)
                                : in_korean("이름을 {}[으로/로] 바꾸십시오", name)}});
  return false;
}

std::optional<NearCode> KnownCodes::find_near(std::string_view code, const char* file) const {
  if (!near_ || near_of_ != rows.size()) {
    near_.emplace(file);
    near_of_ = rows.size();
    std::for_each(rows.begin(), rows.end(), [this](const auto& row) { near_->add(row.first); });
    for (const auto& [name, own] : names) near_->add_name(name, own);
  }
  return near_->find(code);
}

std::optional<std::string> read_new_code(CsvReader& reader, std::size_t column, KnownCodes& known,
                                         std::size_t position, std::optional<Text> advice) {
  const auto code = reader.identifier(column);
  if (!code) {
    known.complete = false;
    return std::nullopt;
  }
  const auto [first, is_new] = known.rows.try_emplace(std::string(*code));
  if (!is_new) {
    reader.add_fault(column,
                     {fmt::format("{} stands on line {} already", show(*code), first->second.line),
                      in_korean("{}[은/는] {}행에 이미 있습니다", show(*code), first->second.line)},
                     advice ? std::move(*advice)
                            : Text{"give every row its own code, or remove one of the two",
                                   "행마다 다른 코드를 주거나 둘 가운데 하나를 지우십시오"});
    return std::nullopt;
  }
  first->second = {static_cast<std::uint32_t>(position), reader.line()};
  return std::string(*code);
}

std::optional<std::uint32_t> find_known(CsvReader& reader, std::size_t column, const KnownCodes& known,
                                        const char* file) {
  if (!reader.has(column)) return std::nullopt;
  const std::string_view code = reader.text(column);
  if (const auto found = known.rows.find(code); found != known.rows.end()) return found->second.position;
  if (code.empty()) {
    reader.add_fault(column, {"the value is missing", "값이 없습니다"}, {"fill it in", "값을 채우십시오"});
  } else if (auto near = known.find_near(code, file)) {
    reader.add_fault(column, std::move(near->what), std::move(near->fix));
  } else if (known.complete) {
    reader.add_fault(
        column,
        {fmt::format("{} does not stand in {}", show(code), file),
         in_korean("{}[은/는] {}에 없습니다", show(code), file)},
        {fmt::format("add it to {} or correct the code", file), fmt::format("{}에 더하거나 코드를 고치십시오", file)});
  }
  return std::nullopt;
}

WordIndex read_word(CsvReader& reader, std::size_t column, Words& words) {
  if (reader.text(column).empty()) return empty_word;
  const auto text = reader.words(column, Presence::optional, 200);
  return text ? words.intern(*text) : empty_word;
}

void warn_of_lost_zeros(ExamReading& reading, const char* file, const char* column, const KnownCodes& known) {
  LostZeros zeros;
  for (const auto& [code, row] : known.rows) zeros.add(code);
  if (auto warning = zeros.warning(file, column)) reading.warnings.push_back(std::move(*warning));
}

void fault_if_without_rows(CsvReader& reader) {
  if (reader.rows() + reader.broken_rows() > 0 || !reader.has_header()) return;
  reader.add_fault_of(0, "", {"the file has no rows", "자료 행이 없습니다"},
                      {"add at least one row below the header", "첫 줄 아래에 한 행 이상 적으십시오"});
}

void report_progress(const CsvReader& reader, Progress& progress) {
  if (reader.rows() % 4096 == 0) progress.report(reader.bytes_read());
}

namespace {

std::optional<int> read_time_of_day(CsvReader& reader, std::size_t column) {
  const std::string_view typed = reader.text(column);
  if (clean_signs(typed).empty()) return std::nullopt;
  const auto minutes = parse_time_of_day(typed);
  if (!minutes) {
    ValueFault fault = fault_of_time(typed, show(typed));
    reader.add_fault(column, std::move(fault.what), std::move(fault.fix));
  }
  return minutes;
}

}  // namespace

void read_units_with(ExamReading& reading, std::vector<CsvColumn> columns,
                     const std::function<void(CsvReader&, std::size_t first, std::optional<std::size_t> unit)>& more) {
  enum Column : std::size_t {
    code, series_ko, series_en, quota_group, grade, posts, duration_min, subject_set, starts_at, seated_by, first_of_more
  };
  if (!find_file(reading, "units.csv")) {
    reading.units.complete = false;
    return;
  }
  std::vector<CsvColumn> wanted{{"unit_code"},
                                {"series_ko"},
                                {"series_en", Presence::optional},
                                {"quota_group"},
                                {"grade"},
                                {"posts"},
                                {"duration_min"},
                                {"subject_set", Presence::optional},
                                {"starts_at", Presence::optional},
                                {"seated_by", Presence::optional}};
  wanted.insert(wanted.end(), columns.begin(), columns.end());
  CsvReader reader = open_table(reading, "units.csv", std::move(wanted));
  while (reader.next()) {
    Unit unit;
    const auto own = read_new_code(reader, code, reading.units, reading.exam.units.size());
    unit.series_ko = reader.words(series_ko, Presence::required).value_or("");
    unit.series_en = reader.words(series_en, Presence::optional).value_or("");
    if (unit.series_en.empty()) unit.series_en = unit.series_ko;
    if (const auto at = reader.word(quota_group, word_lists::quota_group))
      unit.quota_group = *parse_word<QuotaGroup>(word_lists::quota_group[*at]);
    unit.grade = static_cast<int>(reader.integer(grade, 1, 9).value_or(0));
    unit.posts = static_cast<int>(reader.integer(posts, 0, 1'000'000).value_or(0));
    unit.duration_min = static_cast<int>(reader.integer(duration_min, 1, 1'440).value_or(0));
    unit.subject_set = reader.words(subject_set, Presence::optional).value_or("");
    unit.starts_at = read_time_of_day(reader, starts_at);
    unit.seated_by = read_time_of_day(reader, seated_by);
    if (auto fault = find_seating_fault(unit)) reader.add_fault(seated_by, std::move(fault->what), std::move(fault->fix));
    std::optional<std::size_t> place;
    if (own) {
      unit.code = UnitCode(*own);
      reading.units.names.emplace_back(unit.series_ko, *own);
      if (unit.series_en != unit.series_ko) reading.units.names.emplace_back(unit.series_en, *own);
      place = reading.exam.units.size();
      reading.exam.units.push_back(std::move(unit));
    }
    if (more) more(reader, first_of_more, place);
  }
  if (!reader.has(code) || reader.broken_rows() > 0) reading.units.complete = false;
  warn_of_lost_zeros(reading, "units.csv", "unit_code", reading.units);
  fault_if_without_rows(reader);
}

void read_units(ExamReading& reading) {
  read_units_with(reading, {}, nullptr);
}

std::vector<Unit> load_units(const std::filesystem::path& folder, Faults& faults, std::vector<Fault>& warnings) {
  PackedFiles files;
  std::error_code ignored;
  // Of other workbooks in the folder nothing is known.
  for (const char* name : {"units.csv", "units.xlsx", "모집단위.xlsx"}) {
    if (std::filesystem::is_regular_file(folder / name, ignored)) files.emplace(name, hanjari::read_file(folder / name));
  }
  if (files.empty()) return {};
  // On the heap: g++ 12 loses sight of so large an object's members.
  const std::unique_ptr<ExamReading> reading(
      new ExamReading{.folder = folder, .encoding = Encoding::utf8, .progress = no_progress(), .packed = &files});
  reading->sheets = std::make_unique<SheetFinder>(reading->folder, reading->packed, exam_sheet_names(), nullptr, reading->faults,
                                                  reading->warnings);
  read_units(*reading);
  faults.add_all(reading->faults);
  warnings.insert(warnings.end(), reading->warnings.begin(), reading->warnings.end());
  return std::move(reading->exam.units);
}

namespace {

std::string read_venue_phone(CsvReader& reader, std::size_t column) {
  std::string phone = reader.words(column, Presence::optional, longest_venue_phone).value_or("");
  if (const auto whole = find_phone_with_its_zero(phone)) {
    reader.add_warning(column,
                       {fmt::format("{} has no 0 in front, as spreadsheets leave numbers", show(phone)),
                        in_korean("{}[은/는] 맨 앞에 0이 없습니다. 엑셀에서 사라진 것으로 보입니다", show(phone))},
                       {fmt::format("write {} if that is the number, else add its area code; give the column the format Text before "
                                    "it is filled", *whole),
                        in_korean("{}[이/가] 맞으면 그렇게 적고, 아니면 지역번호를 붙이십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 "
                                  "바꾸십시오", *whole)});
  }
  return phone;
}

}  // namespace

void read_venues(ExamReading& reading) {
  enum Column : std::size_t { code, name, district, address, lat, lon, kind, opening_cost, phone, merged_into };
  if (!find_file(reading, "venues.csv")) {
    reading.venues.complete = false;
    return;
  }
  CsvReader reader = open_table(reading, "venues.csv",
                   {{"venue_code"},
                    {"name"},
                    {"district_code"},
                    {"address"},
                    {"lat"},
                    {"lon"},
                    {"kind"},
                    {"opening_cost", Presence::optional},
                    {"phone", Presence::optional},
                    {"merged_into", Presence::optional}});
  std::vector<std::uint64_t>& lines = reading.venue_lines;
  OtherDistricts others;
  DistrictColumn districts(reader, district);
  while (reader.next()) {
    Venue venue;
    auto own = read_new_code(reader, code, reading.venues, reading.exam.venues.size());
    if (own) {
      if (auto fault = find_file_name_fault(*own)) reader.add_fault(code, fault->what, fault->fix);
    }
    venue.name = reader.words(name, Presence::required, longest_venue_name).value_or("");
    venue.district = districts.read_word(reading.exam.words);
    venue.address = reader.words(address, Presence::optional, longest_venue_address).value_or("");
    others.add(reader.line(), venue.address, reading.exam.words[venue.district]);
    venue.at = read_point(reader, lat, lon);
    if (const auto at = reader.word(kind, word_lists::venue_kind))
      venue.kind = *parse_word<VenueKind>(word_lists::venue_kind[*at]);
    if (!reader.text(opening_cost).empty())
      venue.opening_cost = reader.integer(opening_cost, 0, 1'000'000'000'000).value_or(0);
    venue.phone = read_venue_phone(reader, phone);
    venue.merged_into = VenueCode(reader.text(merged_into));
    if (!own) continue;
    venue.code = VenueCode(*own);
    reading.venues.names.emplace_back(venue.name, *own);
    if (const std::string* written = districts.name()) reading.named_venues[*written].push_back(static_cast<std::uint32_t>(lines.size()));
    reading.exam.venues.push_back(std::move(venue));
    lines.push_back(reader.line());
  }
  others.tell(reader.file(), reading.warnings);
  if (!reader.has(code) || reader.broken_rows() > 0) reading.venues.complete = false;
  warn_of_lost_zeros(reading, "venues.csv", "venue_code", reading.venues);
  for (std::size_t at = 0; at < reading.exam.venues.size(); ++at) {
    const Venue& venue = reading.exam.venues[at];
    if (venue.merged_into.empty()) continue;
    const bool known = reading.venues.rows.contains(venue.merged_into.text());
    if (known ? venue.merged_into != venue.code : !reading.venues.complete) continue;
    auto near = known ? std::nullopt : reading.venues.find_near(venue.merged_into.text(), "venues.csv");
    if (near) {
      reader.add_repeated_fault_of(lines[at], "merged_into", std::move(near->what), std::move(near->fix));
      continue;
    }
    reader.add_repeated_fault_of(lines[at],
                                 "merged_into",
                                 {fmt::format("{} is no other venue of this file", show(venue.merged_into.text())),
                                  in_korean("{}[은/는] 이 파일의 다른 시험장이 아닙니다", show(venue.merged_into.text()))},
                                 {"name the venue that takes the people over, or leave it empty",
                                  "사람을 넘겨받는 시험장을 적거나 비워 두십시오"});
  }
  fault_if_without_rows(reader);
}

void read_rooms(ExamReading& reading) {
  enum Column : std::size_t {
    venue_code,
    room_no,
    building,
    floor,
    row_count,
    column_count,
    row_pitch,
    column_pitch,
    blocked,
    people_cap,
    features,
    use,
    shape
  };
  if (!find_file(reading, "rooms.csv")) return;
  CsvReader reader = open_table(reading, "rooms.csv",
                   {{"venue_code"},
                    {"room_no"},
                    {"building"},
                    {"floor"},
                    {"row_count"},
                    {"column_count"},
                    {"row_pitch_cm"},
                    {"column_pitch_cm"},
                    {"blocked"},
                    {"people_cap"},
                    {"features"},
                    {"use"},
                    {"shape", Presence::optional}});
  while (reader.next()) {
    Room room;
    const auto venue = find_known(reader, venue_code, reading.venues, "venues.csv");
    const auto number = reader.integer(room_no, 1, largest_room_no);
    room.building = reader.words(building, Presence::optional, longest_building).value_or("");
    room.floor = reader.words(floor, Presence::optional, longest_floor).value_or("");
    // What the row leaves empty is as in its shape; desks blocked in either are not used.
    const Room* form = nullptr;
    if (!reader.text(shape).empty()) {
      if (const auto at = find_known(reader, shape, reading.shape_names, "shapes.csv");
          at && *at < reading.shapes.size())
        form = &reading.shapes[*at];
    }
    const bool form_lost = form == nullptr && !reader.text(shape).empty();
    const auto size = [&](Column column, int Room::*of_form, std::int64_t most) -> std::optional<std::int64_t> {
      if (reader.text(column).empty() && form != nullptr) return form->*of_form;
      if (reader.text(column).empty() && form_lost) return std::nullopt;  // said above
      return reader.integer(column, 1, most);
    };
    const auto rows = size(row_count, &Room::row_count, 200);
    const auto columns = size(column_count, &Room::column_count, 200);
    room.row_pitch_cm = static_cast<int>(size(row_pitch, &Room::row_pitch_cm, 10'000).value_or(0));
    room.column_pitch_cm = static_cast<int>(size(column_pitch, &Room::column_pitch_cm, 10'000).value_or(0));
    room.row_count = static_cast<int>(rows.value_or(0));
    room.column_count = static_cast<int>(columns.value_or(0));
    room.blocked = read_blocked(reader, blocked).value_or(std::vector<Desk>{});
    if (form != nullptr) room.blocked.insert(room.blocked.end(), form->blocked.begin(), form->blocked.end());
    if (rows && columns) check_blocked(reader, blocked, room);
    if (!reader.text(people_cap).empty()) {
      if (const auto cap = reader.integer(people_cap, 0, 100'000)) room.people_cap = static_cast<int>(*cap);
    }
    room.accessible = read_accessible(reader, features);
    if (const auto at = reader.word(use, word_lists::room_use))
      room.use = *parse_word<RoomUse>(word_lists::room_use[*at]);
    if (!venue || !number || !rows || !columns) {
      reading.rooms_complete = false;
      continue;
    }
    room.venue = VenueIndex(*venue);
    room.room_no = static_cast<int>(*number);
    const auto [first, is_new] = reading.rooms.try_emplace(
        room_key(*venue, *number),
        KnownCodes::Row{static_cast<std::uint32_t>(reading.exam.rooms.size()), reader.line()});
    if (!is_new) {
      reader.add_fault(room_no,
                       {fmt::format("room {} of venue {} stands on line {} already", *number,
                                    show(reader.text(venue_code)), first->second.line),
                        fmt::format("시험장 {}의 {}호 시험실은 {}행에 이미 있습니다", show(reader.text(venue_code)),
                                    *number, first->second.line)},
                       {"give every room of a venue its own number", "한 시험장의 시험실마다 다른 번호를 주십시오"});
      continue;
    }
    reading.exam.rooms.push_back(std::move(room));
  }
  if (reader.broken_rows() > 0) reading.rooms_complete = false;
  fault_if_without_rows(reader);
}

}  // namespace hanjari::package
