// Loading an exam package: header and policy first, then each table, then the canonical order.
#include "hanjari/package/exam_package.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "package/exam_json.h"
#include "package/exam_tables.h"

namespace hanjari::package {
namespace {

JsonFile open_json(ExamReading& reading, const std::string& name) {
  if (reading.packed != nullptr)
    return JsonFile(name, reading.packed->at(name), reading.encoding, reading.faults, reading.warnings);
  return JsonFile(reading.folder / name, reading.encoding, reading.faults, reading.warnings);
}

void read_json(ExamReading& reading) {
  if (find_file(reading, "exam.json")) {
    const std::uint64_t before = reading.faults.count();
    JsonFile file = open_json(reading, "exam.json");
    reading.exam.header = read_header(file);
    reading.knows_exam_day = reading.faults.count() == before;
  }
  if (find_file(reading, "policy.json")) {
    JsonFile file = open_json(reading, "policy.json");
    reading.exam.policy = read_policy(file);
  }
}

LoadedExam load_all(ExamReading& reading) {
  read_json(reading);
  read_units(reading);
  read_venues(reading);
  read_shapes(reading);
  read_rooms(reading);
  read_applicants(reading);
  read_travel(reading);
  read_pins(reading);
  if (!reading.faults.empty()) throw RefusedPackage(std::move(reading.faults), std::move(reading.warnings));
  return {std::move(reading.exam), std::move(reading.warnings), std::move(reading.hints)};
}

LoadedExam made_canonical(LoadedExam loaded) {
  make_canonical(loaded.exam);
  loaded.exam.input_sha256 = digest_exam(loaded.exam);
  return loaded;
}

}  // namespace

std::optional<ExamHeader> load_exam_header(const std::filesystem::path& folder, Encoding encoding,
                                           std::vector<Fault>& warnings) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(folder / "exam.json", ignored)) return std::nullopt;
  Faults faults;
  JsonFile file(folder / "exam.json", encoding, faults, warnings);
  ExamHeader header = read_header(file);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return header;
}

LoadedExam load_exam(const std::filesystem::path& folder, Encoding encoding, Progress& progress) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw NotFound("exam_not_found",
                   {fmt::format("{}: no such folder; name the folder of an exam package", folder.string()),
                    fmt::format("{}: 폴더가 없습니다. 시험 묶음의 폴더를 적으십시오", folder.string())});
  }
  LoadedExam loaded;
  {
    // What reading needs beside the exam is gone before the exam is sorted.
    ExamReading reading{.folder = folder, .encoding = encoding, .progress = progress};
    loaded = load_all(reading);
  }
  return made_canonical(std::move(loaded));
}

LoadedExam load_exam(const PackedFiles& files, Encoding encoding, Progress& progress) {
  LoadedExam loaded;
  {
    ExamReading reading{.folder = {}, .encoding = encoding, .progress = progress, .packed = &files};
    loaded = load_all(reading);
  }
  return made_canonical(std::move(loaded));
}

ExamHeader load_exam_header(const PackedFiles& files, Encoding encoding) {
  // On the heap, as for load_units.
  const std::unique_ptr<ExamReading> reading(
      new ExamReading{.folder = {}, .encoding = encoding, .progress = no_progress(), .packed = &files});
  if (find_file(*reading, "exam.json")) {
    JsonFile file = open_json(*reading, "exam.json");
    reading->exam.header = read_header(file);
  }
  if (!reading->faults.empty()) throw InvalidInput(std::move(reading->faults));
  return std::move(reading->exam.header);
}

}  // namespace hanjari::package
