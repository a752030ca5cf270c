#include "hanjari/plans/exam_workbook.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/package/exam_sheets.h"
#include "hanjari/package/packed_exam.h"

namespace hanjari::services {
namespace {

// A number that a sheet would not hold with all its digits stays text.
documents::SheetCell number_cell(const std::string& text) {
  constexpr std::size_t most_digits = 15;
  if (text.empty()) return std::monostate{};
  const char* end = text.data() + text.size();
  std::int64_t whole = 0;
  if (text.size() > most_digits) return text;
  if (const auto [at, error] = std::from_chars(text.data(), end, whole); error == std::errc{} && at == end) return whole;
  double measured = 0;
  if (const auto [at, error] = std::from_chars(text.data(), end, measured); error == std::errc{} && at == end) return measured;
  return text;
}

documents::Sheet sheet_of(package::TableRows table) {
  documents::Sheet sheet;
  sheet.name = std::move(table.name);
  for (const package::TableColumn& column : table.columns)
    sheet.headings.push_back({column.name, column.number ? 10 : column.name == "address" || column.name == "value" ? 36 : 16});
  sheet.rows.reserve(table.rows.size());
  for (std::vector<std::string>& values : table.rows) {
    std::vector<documents::SheetCell>& cells = sheet.rows.emplace_back();
    cells.reserve(values.size());
    for (std::size_t at = 0; at < values.size(); ++at) {
      const bool number = at < table.columns.size() && table.columns[at].number;
      cells.push_back(number ? number_cell(values[at]) : documents::SheetCell(std::move(values[at])));
    }
    values = {};
  }
  return sheet;
}

}  // namespace

std::string write_exam_workbook(const Exam& exam, Progress& progress, const std::string& called) {
  const std::string only = package::table_called(called);
  std::vector<documents::Sheet> sheets;
  std::string names;
  for (package::TableRows& table : package::tables_of_exam(exam, progress)) {
    names += (names.empty() ? "" : ", ") + table.name;
    if (!only.empty() && table.name != only) continue;
    if (table.rows.size() >= package::most_sheet_rows) {
      Faults faults;
      faults.add({table.name + ".csv",
                  0,
                  "",
                  {fmt::format("the table has {} rows, more than a sheet holds", table.rows.size()),
                   fmt::format("표의 행이 {}개라 시트 하나에 들어가지 않습니다", table.rows.size())},
                  {"export the folder of CSV files instead", "CSV 폴더로 내보내십시오"}});
      throw InvalidInput(std::move(faults));
    }
    sheets.push_back(sheet_of(std::move(table)));
  }
  if (sheets.empty()) {
    throw NotFound("table_not_found", {fmt::format("the exam has no table '{}'; it has {}", only, names),
                                       fmt::format("시험에 '{}' 표가 없습니다. 있는 표: {}", only, names)});
  }
  return documents::render_workbook(sheets);
}

namespace {

struct NewestExam {
  StoredPopulation population;
  Exam exam;
};

NewestExam load_newest(ExamRepository& exams, const ExamCode& code) {
  StoredPopulation newest = choose_population(exams, code, {});
  require_not_destroyed(exams, code);
  std::optional<Exam> exam = exams.find_exam(code, newest.input_sha256);
  if (!exam) throw NotFound("exam_not_found", {"There is no such exam.", "해당 시험이 없습니다."});
  return {std::move(newest), std::move(*exam)};
}

void record_export(AccessRecord& accesses, const ExamCode& code, const NewestExam& newest, const std::string& table,
                   const Change& change) {
  AuditNote note{"exam.export", code.text(),
                 fmt::format("input_sha256 {} {}", newest.population.input_sha256, table.empty() ? "package" : table)};
  note.exam = code.text();
  // Tables of rooms and rules tell of nobody.
  if (table.empty() || table == "applicants" || table == "pins") {
    for (const Applicant& person : newest.exam.applicants) note.whose.push_back(person.id.text());
  }
  accesses.record_access(change, note);
}

}  // namespace

std::string export_exam_workbook(ExamRepository& exams, AccessRecord& accesses, const ExamCode& code, const std::string& called,
                                 const Change& change) {
  const std::string table = package::table_called(called);
  const NewestExam newest = load_newest(exams, code);
  std::string bytes = write_exam_workbook(newest.exam, no_progress(), table);
  record_export(accesses, code, newest, table, change);
  return bytes;
}

std::string export_exam_csv(ExamRepository& exams, AccessRecord& accesses, const ExamCode& code, const std::string& called,
                            package::Encoding encoding, const Change& change) {
  const std::string table = package::table_called(called);
  const NewestExam newest = load_newest(exams, code);
  const package::PackedFiles files = package::render_exam(newest.exam);
  const auto found = files.find(table + ".csv");
  if (found == files.end()) {
    throw NotFound("table_not_found", {fmt::format("the exam has no table '{}' as CSV", table),
                                       fmt::format("시험에 CSV로 받을 '{}' 표가 없습니다", table)});
  }
  const std::string marked = (encoding == package::Encoding::utf8 ? "\xEF\xBB\xBF" : "") + found->second;
  std::string bytes = package::encode_text(marked, encoding);
  record_export(accesses, code, newest, table, change);
  return bytes;
}

}  // namespace hanjari::services
