// hanjari check: whether an exam package can be read, and the officer's own workbook back with its bad cells marked.
#include <filesystem>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/output.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/sheet_tables.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

void say_marked(const Terminal& terminal, const std::string& file, const package::BadCells& bad, const std::string& name) {
  std::set<std::pair<std::string, std::pair<std::uint32_t, std::uint32_t>>> cells;
  for (const package::BadCell& cell : bad.kept())
    if (cell.file == name) cells.emplace(cell.sheet, std::pair(cell.at.row, cell.at.column));
  const std::string count = group_digits(static_cast<long long>(cells.size()));
  terminal.say({fmt::format("{}: {} cells are marked, each with a note", file, count),
                fmt::format("{}: 셀 {}개에 표시와 메모를 넣었습니다", file, count)});
}

// A workbook goes to the file that was named; of a folder every workbook that has a bad cell goes into the folder that was named.
void write_marked(const Arguments& arguments, const Terminal& terminal, const package::BadCells& bad) {
  const std::filesystem::path given = arguments.positionals[0];
  const std::filesystem::path out = arguments.text("out");
  std::error_code ignored;
  if (!std::filesystem::is_directory(given, ignored)) {
    const std::string name = given.filename().string();
    if (!package::is_workbook_name(name)) {
      terminal.say({"the workbooks in a ZIP file are not marked; unpack it and check the folder",
                    "ZIP 파일 안의 통합 문서에는 표시하지 않습니다. 풀어서 폴더로 검사하십시오"});
      return;
    }
    const std::string bytes = package::mark_bad_cells(name, read_file(given), bad, terminal.language);
    require_free_file(out, existing_of(arguments));
    write_file(out, bytes);
    say_marked(terminal, out.string(), bad, name);
    return;
  }
  std::set<std::string> names;
  for (const package::BadCell& cell : bad.kept()) names.insert(cell.file);
  const OutputFiles files(out.string(), {names.begin(), names.end()}, existing_of(arguments));
  for (const std::string& name : names) {
    files.write(name, package::mark_bad_cells(name, read_file(given / name), bad, terminal.language));
    say_marked(terminal, (out / name).string(), bad, name);
  }
}

Exit run_check(const Arguments& arguments, const Terminal& terminal) {
  std::error_code ignored;
  const bool folder = std::filesystem::is_directory(arguments.positionals[0], ignored);
  if (arguments.has("out") && !folder) require_free_file(arguments.text("out"), existing_of(arguments));
  package::BadCells bad;
  try {
    const package::LoadedExam loaded =
        package::load_exam(arguments.positionals[0], read_encoding(arguments), terminal.progress, &bad);
    say_warnings(loaded.warnings, terminal);
    const std::string people = group_digits(static_cast<long long>(loaded.exam.applicants.size()));
    terminal.say({fmt::format("no faults: {} applicants; input_sha256 {}", people, loaded.exam.input_sha256),
                  fmt::format("잘못된 곳 없음: 응시자 {}명. input_sha256 {}", people, loaded.exam.input_sha256)});
  } catch (const package::RefusedPackage& refused) {
    say_warnings(refused.warnings(), terminal);
    if (arguments.has("out") && bad.count() > 0) write_marked(arguments, terminal, bad);
    throw;
  }
  return Exit::done;
}

}  // namespace

Command check_command() {
  return {"check",
          {"reads an exam package without storing it; returns the workbook with bad cells marked",
           "시험 묶음을 저장하지 않고 검사하고, 잘못된 셀을 표시한 통합 문서를 돌려줍니다"},
          {{"EXAM", {"workbook, ZIP file or folder of the exam package", "시험 묶음의 통합 문서, ZIP 파일 또는 폴더"}}},
          {{"out",
            "FILE",
            {"where the marked workbook goes when there are faults; a folder for a folder",
             "잘못된 곳이 있을 때 표시한 통합 문서를 쓸 파일. 폴더를 검사하면 폴더"}},
           replace_option(),
           encoding_option()},
          run_check};
}

}  // namespace hanjari::cli
