// Reads units.csv, people.csv, scores.csv, counts.csv, special_cases.csv and interview.csv row by row.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/domain/spelling.h"
#include "package/csv/characters.h"
#include "package/json_reader.h"
#include "package/results/result_package_parts.h"
#include "package/results/result_package_rules.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

using namespace selection;

constexpr std::int64_t most_count = 10'000'000;
constexpr std::string_view grade_words[] = {"high", "middle", "low"};

std::uint32_t line_of(const CsvReader& reader) {
  return static_cast<std::uint32_t>(reader.line());
}

CsvReader open_table(const ResultReading& reading, std::string_view name, std::vector<CsvColumn> columns,
                     ReadResults& read) {
  const std::string file(name);
  // The service writes these; the others come from wherever the results were made.
  const bool settled = name == interview_file && reading.packed != nullptr && reading.packed->contains(file);
  const Encoding encoding = name == recorded_file || settled ? Encoding::utf8 : reading.encoding;
  // What officers have settled counts, whatever grades a workbook brought along.
  const TableSheet* sheet = settled ? nullptr : reading.sheets->find(file);
  if (sheet != nullptr) return CsvReader(file, *sheet, std::move(columns), read.rows.faults, read.warnings);
  if (reading.packed != nullptr)
    return CsvReader(file, reading.packed->at(file), std::move(columns), encoding, read.rows.faults, read.warnings);
  return CsvReader(reading.folder / file, std::move(columns), encoding, read.rows.faults, read.warnings);
}

JsonFile open_rules(const ResultReading& reading, ReadResults& read) {
  const std::string file(rules_file);
  if (reading.packed != nullptr)
    return JsonFile(file, reading.packed->at(file), reading.encoding, read.rows.faults, read.warnings);
  return JsonFile(reading.folder / file, reading.encoding, read.rows.faults, read.warnings);
}

bool has_file(const ResultReading& reading, std::string_view name) {
  if (reading.sheets->find(std::string(name)) != nullptr) return true;
  if (reading.packed != nullptr) return reading.packed->contains(std::string(name));
  std::error_code ignored;
  return std::filesystem::is_regular_file(reading.folder / name, ignored);
}

WordIndex intern(CsvReader& reader, std::size_t column, Words& words) {
  const auto text = reader.identifier(column);
  return text ? words.intern(*text) : WordIndex::none();
}

// A value of a `;` list that may be empty; items must be identifiers.
std::vector<std::string> split(CsvReader& reader, std::size_t column) {
  std::vector<std::string> items;
  std::string_view list = reader.text(column);
  if (list.empty()) return items;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    const std::string_view item = list.substr(begin, end - begin);
    if (const auto fault = find_identifier_fault(item)) {
      reader.add_fault(column, fault->what, fault->fix);
      return {};
    }
    items.emplace_back(item);
    begin = end + 1;
  }
  return items;
}

void read_units(ResultReading& reading, ReadResults& read) {
  enum { code, series_ko, series_en, quota_group, grade, posts, duration_min, subject_set, to_pass, common, electives };
  CsvReader reader = open_table(reading, units_file,
                                {{"unit_code"},
                                 {"series_ko"},
                                 {"series_en", Presence::optional},
                                 {"quota_group"},
                                 {"grade"},
                                 {"posts"},
                                 {"duration_min"},
                                 {"subject_set"},
                                 {"to_pass", Presence::optional},
                                 {"common_subjects", Presence::optional},
                                 {"electives", Presence::optional}},
                                read);
  while (reader.next()) {
    UnitRow row;
    row.line = line_of(reader);
    const auto unit_code = reader.identifier(code);
    row.unit.series_ko = reader.words(series_ko, Presence::optional).value_or("");
    row.unit.series_en = reader.words(series_en, Presence::optional).value_or("");
    if (const auto group = reader.word(quota_group, word_lists::quota_group)) {
      row.unit.quota_group = *parse_word<QuotaGroup>(word_lists::quota_group[*group]);
    }
    row.unit.grade = static_cast<int>(reader.integer(grade, 1, 9).value_or(9));
    row.unit.posts = static_cast<int>(reader.integer(posts, 1, most_count).value_or(1));
    row.unit.duration_min = static_cast<int>(reader.integer(duration_min, 1, 1440).value_or(100));
    row.unit.subject_set = reader.words(subject_set, Presence::optional).value_or("");
    if (!reader.text(to_pass).empty()) row.to_pass = reader.integer(to_pass, 1, most_count);
    row.common_subjects = split(reader, common);
    if (!reader.text(electives).empty()) row.electives = reader.integer(electives, 0, 100);
    if (!unit_code) {
      read.rows.units_broken = true;
      continue;
    }
    row.unit.code = UnitCode(*unit_code);
    read.rows.units.push_back(std::move(row));
  }
  read.rows.units_broken |= reader.broken_rows() > 0;
}

void read_people(ResultReading& reading, ReadResults& read) {
  enum { number, unit, sex, attendance, bonus, venue, room_no, electives };
  CsvReader reader = open_table(reading, people_file,
                                {{"applicant_number"},
                                 {"unit_code"},
                                 {"sex"},
                                 {"attendance"},
                                 {"bonus"},
                                 {"venue_code", Presence::optional},
                                 {"room_no", Presence::optional},
                                 {"electives", Presence::optional}},
                                read);
  read.rows.people_have_rooms = reader.has(venue) && reader.has(room_no);
  while (reader.next()) {
    PersonRow row;
    row.line = line_of(reader);
    row.number = intern(reader, number, read.rows.numbers);
    row.unit = intern(reader, unit, read.rows.words);
    if (const auto word = reader.word(sex, word_lists::sex)) row.sex = *word == 0 ? Sex::male : Sex::female;
    if (const auto word = reader.word(attendance, word_lists::attendance))
      row.attendance = static_cast<Attendance>(*word);
    if (const auto bonuses = read_bonuses(reader.text(bonus))) {
      row.bonuses = *bonuses;
    } else {
      reader.add_fault(bonus, unknown_bonus(reader.text(bonus)), known_bonuses());
    }
    if (!reader.text(venue).empty()) row.venue = intern(reader, venue, read.rows.words);
    if (!reader.text(room_no).empty()) {
      row.room_no = static_cast<std::int32_t>(reader.integer(room_no, 1, most_count).value_or(0));
    }
    row.chosen = read.rows.words.intern(read_chosen_subjects(reader.text(electives)));
    if (!row.number.exists()) read.rows.people_broken = true;
    read.rows.people.push_back(row);
    if ((read.rows.people.size() & 0xffff) == 0) reading.progress.report(reader.bytes_read());
  }
  read.rows.people_broken |= reader.broken_rows() > 0;
}

void read_scores(ResultReading& reading, ReadResults& read) {
  enum { number, unit, subject, kind, raw };
  CsvReader reader =
      open_table(reading, scores_file, {{"applicant_number"}, {"unit_code"}, {"subject"}, {"kind"}, {"raw"}}, read);
  while (reader.next()) {
    ScoreRow row;
    row.line = line_of(reader);
    row.number = intern(reader, number, read.rows.numbers);
    row.unit = intern(reader, unit, read.rows.words);
    row.subject = intern(reader, subject, read.rows.words);
    if (const auto word = reader.word(kind, word_lists::subject_kind)) row.kind = static_cast<SubjectKind>(*word);
    if (const auto mark = read_mark(reader, raw)) row.raw = static_cast<std::int32_t>(mark->hundredths);
    if (!row.number.exists() || !row.subject.exists()) read.rows.scores_broken = true;
    read.rows.scores.push_back(row);
    if ((read.rows.scores.size() & 0xffff) == 0) reading.progress.report(reader.bytes_read());
  }
  read.rows.scores_broken |= reader.broken_rows() > 0;
}

void read_counts(ResultReading& reading, ReadResults& read) {
  enum { venue, room_no, present, sheets, scored };
  CsvReader reader =
      open_table(reading, counts_file, {{"venue_code"}, {"room_no"}, {"present"}, {"sheets"}, {"scored"}}, read);
  read.rows.counts.emplace();
  while (reader.next()) {
    CountRow row;
    row.line = line_of(reader);
    row.venue = intern(reader, venue, read.rows.words);
    row.room_no = static_cast<std::int32_t>(reader.integer(room_no, 1, most_count).value_or(0));
    const auto of_present = reader.integer(present, 0, most_count);
    const auto of_sheets = reader.integer(sheets, 0, most_count);
    const auto of_scored = reader.integer(scored, 0, most_count);
    if (!row.venue.exists() || row.room_no == 0 || !of_present || !of_sheets || !of_scored) continue;
    row.present = *of_present;
    row.sheets = *of_sheets;
    row.scored = *of_scored;
    read.rows.counts->push_back(row);
  }
  // Without a column no room was read: its absence was told, and the rooms are not called missing beside it.
  const bool whole = reader.has(venue) && reader.has(room_no) && reader.has(present) && reader.has(sheets) && reader.has(scored);
  if (!whole) read.rows.counts.reset();
}

void read_special_cases(ResultReading& reading, std::string_view file, ReadResults& read) {
  enum { number, kind, reason, decided_by };
  CsvReader reader =
      open_table(reading, file, {{"applicant_number"}, {"kind"}, {"reason"}, {"decided_by"}}, read);
  // The service names two accounts, however long they are.
  const std::size_t longest_officers = file == recorded_file ? 1'600 : 300;
  while (reader.next()) {
    SpecialRow row;
    row.file = file;
    row.line = line_of(reader);
    row.number = intern(reader, number, read.rows.numbers);
    if (const auto word = reader.word(kind, word_lists::special_case)) row.kind = static_cast<SpecialCase>(*word + 1);
    row.reason = reader.words(reason, Presence::required).value_or("");
    row.decided_by = reader.words(decided_by, Presence::required, longest_officers).value_or("");
    read.rows.special.push_back(std::move(row));
  }
}

void read_interviews(ResultReading& reading, ReadResults& read) {
  enum { number, examiner, item, grade };
  CsvReader reader =
      open_table(reading, interview_file, {{"applicant_number"}, {"examiner"}, {"item"}, {"grade"}}, read);
  while (reader.next()) {
    InterviewRow row;
    row.line = line_of(reader);
    row.number = intern(reader, number, read.rows.numbers);
    row.examiner = intern(reader, examiner, read.rows.words);
    row.item = intern(reader, item, read.rows.words);
    if (const auto word = reader.word(grade, grade_words)) row.grade = static_cast<GradeMark>(*word);
    read.rows.interviews.push_back(row);
  }
}

// A file that must be there; its absence is a fault like every other.
bool require_file(const ResultReading& reading, std::string_view name, ReadResults& read) {
  if (has_file(reading, name)) return true;
  if (reading.sheets->may_be_refused(std::string(name))) return false;
  Text fix{fmt::format("put it into {}", reading.folder.string()),
           fmt::format("{} 폴더에 두십시오", reading.folder.string())};
  if (reading.packed != nullptr) fix = {"put it into the ZIP file", "ZIP 파일에 함께 넣으십시오"};
  read.rows.faults.add({std::string(name), 0, "", {"the file is missing", "파일이 없습니다"}, std::move(fix)});
  return false;
}

void read_rules_of(JsonFile& file, Stage stage, const ResultChanges& changes, ReadResults& read) {
  nlohmann::json root = file.root();
  change_settings(root, changes, read.rows.faults);
  read.rules = read_rules(root, stage, [&](const std::string& key, Text what, Text fix) {
    const std::string_view given_in = file_of_setting(changes, key);
    if (given_in == rules_file) {
      file.add_fault(key, std::move(what), std::move(fix));
    } else {
      read.rows.faults.add({std::string(given_in), 0, key, std::move(what), std::move(fix)});
    }
  });
}

// The rules from their file, or from the sheet that holds them.
void read_rules_file(const ResultReading& reading, Stage stage, const ResultChanges& changes, ReadResults& read) {
  const std::string name(rules_file);
  const TableSheet* sheet = reading.sheets->find(name);
  if (sheet == nullptr) {
    JsonFile file = open_rules(reading, read);
    read_rules_of(file, stage, changes, read);
    return;
  }
  Faults faults;
  std::vector<Fault> warnings;
  const SheetObject object = read_sheet_object(*sheet);
  JsonFile file(name, object.text, faults, warnings);
  read_rules_of(file, stage, changes, read);
  tell_of_sheet(*sheet, object, faults, read.rows.faults);
  tell_of_sheet(*sheet, object, warnings, read.warnings);
}

ReadResults read_result_files(ResultReading& reading, Stage stage, const ResultChanges& changes) {
  ReadResults read;
  reading.sheets.emplace(reading.folder, reading.packed, result_sheet_names(), reading.bad, read.rows.faults, read.warnings);
  if (require_file(reading, rules_file, read)) read_rules_file(reading, stage, changes, read);
  reading.progress.stage({"reading the result package", "결과 자료를 읽는 중"}, 0);
  if (require_file(reading, units_file, read)) read_units(reading, read);
  if (require_file(reading, people_file, read)) read_people(reading, read);
  if (require_file(reading, scores_file, read)) {
    read_scores(reading, read);
  } else {
    read.rows.scores_broken = true;
  }
  if (has_file(reading, counts_file)) read_counts(reading, read);
  for (const std::string_view file : {special_file, recorded_file}) {
    if (has_file(reading, file)) read_special_cases(reading, file, read);
  }
  if (stage == Stage::final && require_file(reading, interview_file, read)) read_interviews(reading, read);
  tell_of_lost_zeros(read);
  read_meant_codes(read.rows);
  refuse_near_units(read.rules, changes, read.rows);
  change_rows(reading, changes, read);
  return read;
}

selection::Results pass_gate_by_cells(const ResultReading& reading, ReadResults& read, const selection::Rules& rules) {
  try {
    return pass_gate(std::move(read.rows), rules, [&](const Fault& fault) { reading.sheets->mark_cell(fault); });
  } catch (const InvalidInput& refused) {
    if (!reading.sheets->any() || refused.faults().empty()) throw;
    throw InvalidInput(reading.sheets->name_cells(refused.faults()));
  }
}

// Adjusted marks have the mean 50 and the deviation 10 by their making; raw marks of many people come that near to both by
// no chance worth counting. Sent as raw they would be adjusted once more, and the fail line would mean nothing.
void tell_of_converted_marks(LoadedResults& loaded) {
  const selection::Results& results = loaded.results;
  constexpr double people_needed = 100;
  constexpr double as_near_as = 0.05;  // points
  struct Sums {
    double people = 0;
    double marks = 0;
    double squares = 0;
  };
  std::vector<Sums> of_subject(results.subjects.size());
  for (const selection::Score& score : results.scores) {
    if (score.kind != selection::SubjectKind::elective) continue;
    Sums& sums = of_subject[score.subject.value];
    const double points = score.raw / 100.0;
    ++sums.people;
    sums.marks += points;
    sums.squares += points * points;
  }
  for (std::size_t subject = 0; subject < of_subject.size(); ++subject) {
    const Sums& sums = of_subject[subject];
    if (sums.people < people_needed) continue;
    const double mean = sums.marks / sums.people;
    const double deviation = std::sqrt(std::max(0.0, sums.squares / sums.people - mean * mean));
    if (std::abs(mean - 50) > as_near_as || std::abs(deviation - 10) > as_near_as) continue;
    const std::string& name = results.subjects[subject];
    loaded.like_adjusted.push_back(name);
    loaded.warnings.push_back(
        {std::string(scores_file), 0, "raw",
         {fmt::format("marks of '{}' have the mean {:.2f} and the deviation {:.2f}, as adjusted marks have", name, mean, deviation),
          fmt::format("'{}' 점수의 평균이 {:.2f}, 표준편차가 {:.2f}로 조정점수의 모양입니다", name, mean, deviation)},
         {"send the marks before adjustment, if these are not they", "조정하기 전의 원점수가 맞는지 확인하십시오"}});
  }
}

LoadedResults pass_rows(const ResultReading& reading, const ResultChanges& changes, ReadResults read) {
  LoadedResults loaded;
  loaded.rules = std::move(read.rules);
  loaded.warnings = std::move(read.warnings);
  loaded.results = pass_gate_by_cells(reading, read, loaded.rules);
  const auto& told = loaded.results.warnings;
  for (Fault warning : told) {
    if (warning.file == rules_file) warning.file = file_of_setting(changes, warning.column);
    loaded.warnings.push_back(std::move(warning));
  }
  tell_of_converted_marks(loaded);
  loaded.input_sha256 = digest_results(loaded.results);
  return loaded;
}

// Opens a folder, a workbook or a ZIP file; what is opened stays so until its faults are told.
template <class Use>
auto with_results(const std::filesystem::path& folder, Encoding encoding, Progress& progress, Use use) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(folder, ignored)) {
    std::string bytes = read_file(folder);
    const std::string name = folder.filename().string();
    PackedFiles files;
    if (is_workbook_name(name)) {
      files.emplace(name, std::move(bytes));
    } else {
      files = unpack_results(bytes);
    }
    const std::filesystem::path nowhere;
    ResultReading reading{nowhere, encoding, progress, &files};
    return use(reading);
  }
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw NotFound("folder_not_found", {fmt::format("{}: no such folder", folder.string()),
                                        fmt::format("{}: 폴더가 없습니다", folder.string())});
  }
  ResultReading reading{folder, encoding, progress};
  return use(reading);
}

}  // namespace

ReadResults read_results(const std::filesystem::path& folder, Stage stage, Encoding encoding,
                         const ResultChanges& changes, Progress& progress) {
  return with_results(folder, encoding, progress,
                      [&](ResultReading& reading) { return read_result_files(reading, stage, changes); });
}

LoadedResults load_results(const std::filesystem::path& folder, Stage stage, Encoding encoding,
                           const ResultChanges& changes, Progress& progress, BadCells* bad) {
  return with_results(folder, encoding, progress, [&](ResultReading& reading) {
    reading.bad = bad;
    ReadResults read = read_result_files(reading, stage, changes);
    return pass_rows(reading, changes, std::move(read));
  });
}

LoadedResults load_results(const PackedFiles& files, Stage stage, Encoding encoding, Progress& progress, BadCells* bad) {
  const std::filesystem::path nowhere;
  ResultReading reading{nowhere, encoding, progress, &files, bad};
  ReadResults read = read_result_files(reading, stage, {});
  return pass_rows(reading, {}, std::move(read));
}

LoadedResults load_results(const PackedFiles& files, Stage stage, Encoding encoding, const ResultChanges& changes,
                           Progress& progress) {
  if (changes.rescore || changes.correct) throw std::logic_error("a packed what-if changes settings only");
  const std::filesystem::path nowhere;
  ResultReading reading{nowhere, encoding, progress, &files, nullptr};
  ReadResults read = read_result_files(reading, stage, changes);
  return pass_rows(reading, changes, std::move(read));
}

}  // namespace hanjari::package
