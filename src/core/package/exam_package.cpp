// Loading an exam package: header and policy first, then each table, then the canonical order.
#include "hanjari/package/exam_package.h"

#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "package/exam_json.h"
#include "package/exam_tables.h"

namespace hanjari::package {
namespace {

JsonFile open_json(ExamReading& reading, const std::string& name) {
  if (reading.packed != nullptr)
    return JsonFile(name, reading.packed->at(name), reading.encoding, reading.faults, reading.warnings);
  return JsonFile(reading.folder / name, reading.encoding, reading.faults, reading.warnings);
}

// Settings from their file, or from the sheet that holds them.
template <class Settings>
void read_settings(ExamReading& reading, const std::string& name, Settings& settings, Settings (*read)(JsonFile&)) {
  const TableSheet* sheet = find_sheet(reading, name);
  if (sheet == nullptr) {
    JsonFile file = open_json(reading, name);
    settings = read(file);
    return;
  }
  Faults faults;
  std::vector<Fault> warnings;
  const SheetObject object = read_sheet_object(*sheet);
  JsonFile file(name, object.text, faults, warnings);
  settings = read(file);
  tell_of_sheet(*sheet, object, faults, reading.faults);
  tell_of_sheet(*sheet, object, warnings, reading.warnings);
}

void read_json(ExamReading& reading) {
  if (find_file(reading, "exam.json")) {
    const std::uint64_t before = reading.faults.count();
    read_settings(reading, "exam.json", reading.exam.header, &read_header);
    reading.knows_exam_day = reading.faults.count() == before;
  }
  if (find_file(reading, "policy.json")) read_settings(reading, "policy.json", reading.exam.policy, &read_policy);
}

void find_sheets(ExamReading& reading, BadCells* bad) {
  reading.sheets = std::make_unique<SheetFinder>(reading.folder, reading.packed, exam_sheet_names(), bad, reading.faults,
                                                 reading.warnings);
}

LoadedExam load_all(ExamReading& reading) {
  read_json(reading);
  read_units(reading);
  read_venues(reading);
  read_shapes(reading);
  read_rooms(reading);
  read_applicants(reading);
  tell_far_points(reading);
  read_travel(reading);
  warn_of_alike_words(reading);
  read_pins(reading);
  if (!reading.faults.empty()) throw RefusedPackage(std::move(reading.faults), std::move(reading.warnings));
  if (reading.sheets != nullptr) reading.exam.sheets = reading.sheets->places();
  return {std::move(reading.exam), std::move(reading.warnings), std::move(reading.hints)};
}

// A package that is one file: a workbook under its own name, or a ZIP file.
PackedFiles open_packed(const std::filesystem::path& file) {
  std::string bytes = read_file(file);
  const std::string name = file.filename().string();
  if (!is_workbook_name(name)) return unpack_exam(bytes);
  PackedFiles files;
  files.emplace(name, std::move(bytes));
  return files;
}

// The code that each name stands for.
using CodeOfName = std::map<WordIndex, WordIndex>;

template <class Rows>
void put_names(Rows& rows, const NamedDistricts& named, Words& words, CodeOfName& codes) {
  for (const auto& [name, positions] : named) {
    const WordIndex word = words.intern(name);
    for (const std::uint32_t at : positions) {
      codes.emplace(word, rows[at].district);
      rows[at].district = word;
    }
  }
}

template <class Rows>
void put_codes(Rows& rows, const CodeOfName& codes) {
  for (auto& row : rows) {
    if (const auto found = codes.find(row.district); found != codes.end()) row.district = found->second;
  }
}

struct Named {
  NamedDistricts venues;
  NamedDistricts applicants;
};

Named take_named(ExamReading& reading) {
  return {std::move(reading.named_venues), std::move(reading.named_applicants)};
}

LoadedExam made_canonical(LoadedExam loaded, const Named& named) {
  Exam& exam = loaded.exam;
  CodeOfName codes;
  put_names(exam.venues, named.venues, exam.words, codes);
  put_names(exam.applicants, named.applicants, exam.words, codes);
  make_canonical(exam);
  if (!codes.empty()) {
    exam.input_sha256_by_names = digest_exam(exam);
    put_codes(exam.venues, codes);
    put_codes(exam.applicants, codes);
  }
  exam.input_sha256 = digest_exam(exam);
  return loaded;
}

}  // namespace

std::optional<ExamHeader> load_exam_header(const std::filesystem::path& folder, Encoding encoding,
                                           std::vector<Fault>& warnings) {
  std::error_code ignored;
  const bool is_file = std::filesystem::is_regular_file(folder, ignored);
  PackedFiles files;
  if (is_file) files = open_packed(folder);
  // On the heap, as for load_units.
  const std::unique_ptr<ExamReading> reading(new ExamReading{
      .folder = folder, .encoding = encoding, .progress = no_progress(), .packed = is_file ? &files : nullptr});
  find_sheets(*reading, nullptr);
  if (reading->faults.empty() && !has_file(*reading, "exam.json")) return std::nullopt;
  if (find_file(*reading, "exam.json")) read_settings(*reading, "exam.json", reading->exam.header, &read_header);
  if (!reading->faults.empty()) throw InvalidInput(std::move(reading->faults));
  warnings.insert(warnings.end(), reading->warnings.begin(), reading->warnings.end());
  return std::move(reading->exam.header);
}

LoadedExam load_exam(const std::filesystem::path& folder, Encoding encoding, Progress& progress, BadCells* bad) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(folder, ignored)) return load_exam(open_packed(folder), encoding, progress, bad);
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw NotFound("exam_not_found",
                   {fmt::format("{}: no such folder; name the folder, the workbook or the ZIP file of an exam package", folder.string()),
                    fmt::format("{}: 폴더가 없습니다. 시험 묶음의 폴더, 통합 문서나 ZIP 파일을 적으십시오", folder.string())});
  }
  LoadedExam loaded;
  Named named;
  {
    // What reading needs beside the exam is gone before the exam is sorted.
    ExamReading reading{.folder = folder, .encoding = encoding, .progress = progress};
    find_sheets(reading, bad);
    loaded = load_all(reading);
    named = take_named(reading);
  }
  return made_canonical(std::move(loaded), named);
}

LoadedExam load_exam(const PackedFiles& files, Encoding encoding, Progress& progress, BadCells* bad) {
  LoadedExam loaded;
  Named named;
  {
    ExamReading reading{.folder = {}, .encoding = encoding, .progress = progress, .packed = &files};
    find_sheets(reading, bad);
    loaded = load_all(reading);
    named = take_named(reading);
  }
  return made_canonical(std::move(loaded), named);
}

ExamHeader load_exam_header(const PackedFiles& files, Encoding encoding) {
  // On the heap, as for load_units.
  const std::unique_ptr<ExamReading> reading(
      new ExamReading{.folder = {}, .encoding = encoding, .progress = no_progress(), .packed = &files});
  find_sheets(*reading, nullptr);
  if (find_file(*reading, "exam.json")) read_settings(*reading, "exam.json", reading->exam.header, &read_header);
  if (!reading->faults.empty()) throw InvalidInput(std::move(reading->faults));
  return std::move(reading->exam.header);
}

}  // namespace hanjari::package
