// hanjari check: whether an exam or result package can be read, and the officer's own workbook back with its bad cells marked.
#include <filesystem>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/output.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/package/result_package.h"
#include "hanjari/package/sheet_tables.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

void say_marked(const Terminal& terminal, const std::string& file, const package::BadCells& bad, const std::string& name) {
  std::set<std::pair<std::string, std::pair<std::uint32_t, std::uint32_t>>> cells;
  for (const package::BadCell& cell : bad.kept())
    if (cell.file == name) cells.emplace(cell.sheet, std::pair(cell.at.row, cell.at.column));
  const std::string count = group_digits(static_cast<long long>(cells.size()));
  terminal.say({cells.size() == 1 ? fmt::format("{}: 1 cell is marked, with a note", file)
                                  : fmt::format("{}: {} cells are marked, each with a note", file, count),
                fmt::format("{}: 셀 {}개에 표시와 메모를 넣었습니다", file, count)});
}

bool checks_results(const Arguments& arguments) {
  return arguments.has("results");
}

// The stage whose results are checked.
selection::Stage stage_to_check(const Arguments& arguments) {
  const std::string word = arguments.text("results");
  constexpr std::string_view stages[] = {"written", "final"};
  const std::size_t meant = find_meant_word(word, stages);
  if (meant < std::size(stages)) return meant == 0 ? selection::Stage::written : selection::Stage::final;
  throw WrongUsage{{"--results is written or final", "--results에는 written이나 final을 적습니다"}};
}

// Of a ZIP file: its one workbook that has bad cells, or a ZIP file of the several.
std::string mark_packed(const Arguments& arguments, const Terminal& terminal, const package::BadCells& bad) {
  const std::string bytes = read_file(arguments.positionals[0]);
  return package::mark_bad_workbooks(checks_results(arguments) ? package::unpack_results(bytes) : package::unpack_exam(bytes), bad,
                                     terminal.language);
}

// A workbook or a ZIP file goes to the file that was named; of a folder every workbook that has a bad cell goes into the folder that
// was named.
void write_marked(const Arguments& arguments, const Terminal& terminal, const package::BadCells& bad) {
  const std::filesystem::path given = arguments.positionals[0];
  const std::filesystem::path out = arguments.text("out");
  std::set<std::string> names;
  for (const package::BadCell& cell : bad.kept()) names.insert(cell.file);
  std::error_code ignored;
  if (!std::filesystem::is_directory(given, ignored)) {
    const std::string name = given.filename().string();
    const std::string bytes = package::is_workbook_name(name)
                                  ? package::mark_bad_cells(name, read_file(given), bad, terminal.language)
                                  : mark_packed(arguments, terminal, bad);
    require_free_file(out, existing_of(arguments));
    write_file(out, bytes);
    for (const std::string& marked : names) say_marked(terminal, out.string(), bad, marked);
    return;
  }
  const OutputFiles files(out.string(), {names.begin(), names.end()}, existing_of(arguments));
  for (const std::string& name : names) {
    files.write(name, package::mark_bad_cells(name, read_file(given / name), bad, terminal.language));
    say_marked(terminal, (out / name).string(), bad, name);
  }
}

void say_sound(const Terminal& terminal, const std::vector<Fault>& warnings, std::size_t count, const std::string& digest) {
  say_warnings(warnings, terminal);
  const std::string people = group_digits(static_cast<long long>(count));
  terminal.say({fmt::format("no faults: {}; input_sha256 {}",
                            count_of(static_cast<long long>(count), "applicant", "applicants"), digest),
                fmt::format("잘못된 곳 없음: 응시자 {}명. input_sha256 {}", people, digest)});
}

void check_package(const Arguments& arguments, const Terminal& terminal, package::BadCells& bad) {
  const std::filesystem::path given = arguments.positionals[0];
  if (checks_results(arguments)) {
    const package::LoadedResults loaded = package::load_results(given, stage_to_check(arguments), read_encoding(arguments),
                                                                package::ResultChanges{}, terminal.progress, &bad);
    say_sound(terminal, loaded.warnings, loaded.results.people.size(), loaded.input_sha256);
    return;
  }
  const package::LoadedExam loaded = package::load_exam(given, read_encoding(arguments), terminal.progress, &bad);
  std::vector<Fault> said = loaded.warnings;
  said.insert(said.end(), loaded.hints.begin(), loaded.hints.end());  // planning would say them too, when it is later to mend them
  say_sound(terminal, said, loaded.exam.applicants.size(), loaded.exam.input_sha256);
}

Exit run_check(const Arguments& arguments, const Terminal& terminal) {
  std::error_code ignored;
  const bool folder = std::filesystem::is_directory(arguments.positionals[0], ignored);
  // Before the work, so that a wrong place does not take the place of what was found.
  if (arguments.has("out")) {
    if (folder)
      require_free_files(arguments.text("out"), {}, existing_of(arguments));
    else
      require_free_file(arguments.text("out"), existing_of(arguments));
  }
  package::BadCells bad;
  try {
    check_package(arguments, terminal, bad);
  } catch (const InvalidInput& refused) {
    if (const auto* read = dynamic_cast<const package::RefusedPackage*>(&refused)) say_warnings(read->warnings(), terminal);
    if (arguments.has("out") && bad.count() > 0) write_marked(arguments, terminal, bad);
    throw;
  }
  return Exit::done;
}

}  // namespace

Command check_command() {
  return {"check",
          {"reads an exam or result package without storing it; returns the workbook with bad cells marked",
           "시험 묶음이나 결과 자료를 저장하지 않고 검사하고, 잘못된 셀을 표시한 통합 문서를 돌려줍니다"},
          {{"EXAM", {"workbook, ZIP file or folder of the exam package", "시험 묶음의 통합 문서, ZIP 파일 또는 폴더"}}},
          {{"out",
            "FILE",
            {"where the marked workbook goes when there are faults; a folder for a folder, a ZIP file of several for a ZIP file",
             "잘못된 곳이 있을 때 표시한 통합 문서를 쓸 파일. 폴더를 검사하면 폴더, ZIP이면 여럿을 담은 ZIP 파일"}},
           {"results",
            "STAGE",
            {"what is checked is a result package of this stage (written or final), not an exam package",
             "시험 묶음이 아니라 이 단계(written 또는 final)의 결과 자료를 검사합니다"}},
           replace_option(),
           encoding_option()},
          run_check};
}

}  // namespace hanjari::cli
