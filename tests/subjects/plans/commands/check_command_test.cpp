// A package is checked without being stored, and an officer's own workbook comes back with its bad cells marked.
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/plans/exam_workbook.h"
#include "plans/commands/commands.h"
#include "stage/made_workbook.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

class CheckCommand : public testing::Test {
 protected:
  CheckCommand() { std::filesystem::create_directory(folder.path()); }

  std::string place(const std::string& name) const { return (folder.path() / name).string(); }
  void write(const std::string& name, const std::string& bytes) const { write_file(folder.path() / name, bytes); }
  static std::string run(const std::string& exam, std::map<std::string, std::string> options = {}) {
    Arguments arguments;
    arguments.positionals = {exam};
    arguments.options = std::move(options);
    const Terminal terminal{Language::english, no_progress()};
    try {
      return check_command().run(arguments, terminal) == Exit::done ? "done" : "not done";
    } catch (const Error& error) {
      return error.code();
    }
  }
  // The workbook of the exam with another first birth date of the applicants, which no calendar knows.
  std::string spoiled() const {
    Exam wrong = exam;
    wrong.applicants[0].birth_on = Date{200'000};
    return services::write_exam_workbook(wrong, no_progress());
  }

  hanjari::tests::TestFolder folder{"check"};
  const Exam exam = hanjari::tests::small_exam();
};

TEST_F(CheckCommand, TakesAWorkbookAFolderAndAZip) {
  write("exam.xlsx", services::write_exam_workbook(exam, no_progress()));
  package::save_exam(exam, folder.path() / "exam");
  write("exam.zip", hanjari::tests::zip_of_folder(folder.path() / "exam", "exam/"));
  for (const char* name : {"exam.xlsx", "exam", "exam.zip"}) EXPECT_EQ(run(place(name)), "done") << name;
  EXPECT_EQ(run(place("none.xlsx")), "exam_not_found");
}

// Red while only plan told of people who live where no venue is, or of a district that nobody knows.
TEST_F(CheckCommand, SaysWhatThePlanWouldWarnOf) {
  Exam far = exam;
  far.applicants[0].district = far.words.intern("99999");
  package::save_exam(far, folder.path() / "far");
  testing::internal::CaptureStderr();
  EXPECT_EQ(run(place("far")), "done");
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("1 person lives in districts without a venue (99999)"), std::string::npos) << said;
}

// Red when the marked file is written over something, or when nothing is wrong.
TEST_F(CheckCommand, WritesTheMarkedWorkbookBesideTheFaults) {
  write("exam.xlsx", services::write_exam_workbook(exam, no_progress()));
  EXPECT_EQ(run(place("exam.xlsx"), {{"out", place("marked.xlsx")}}), "done");
  EXPECT_FALSE(std::filesystem::exists(place("marked.xlsx"))) << "nothing is wrong";
  write("wrong.xlsx", spoiled());
  EXPECT_EQ(run(place("wrong.xlsx"), {{"out", place("marked.xlsx")}}), "invalid_input");
  std::size_t notes = 0;
  for (const auto& [name, text] : hanjari::tests::unzipped(read_file(place("marked.xlsx"))))
    for (std::size_t at = text.find("<comment "); at != std::string::npos; at = text.find("<comment ", at + 1)) ++notes;
  EXPECT_EQ(notes, 1U);
  EXPECT_EQ(run(place("wrong.xlsx"), {{"out", place("marked.xlsx")}}), "output_in_use");
}

// Red when the workbooks of a ZIP file are left unmarked.
TEST_F(CheckCommand, MarksTheWorkbooksOfAZip) {
  write("wrong.zip", hanjari::tests::zip_of({{"exam/exam.xlsx", spoiled()}}));
  EXPECT_EQ(run(place("wrong.zip"), {{"out", place("marked.xlsx")}}), "invalid_input");
  EXPECT_TRUE(package::is_one_workbook(read_file(place("marked.xlsx"))));
}

// Results are checked like exams. Red when a result package is read as an exam package.
TEST_F(CheckCommand, TakesResultsToo) {
  std::filesystem::create_directory(folder.path() / "results");
  write("results/rules.json", "{}");
  EXPECT_EQ(run(place("results"), {{"results", "written"}}), "invalid_input") << "its tables are missing";
  EXPECT_EQ(run(place("none"), {{"results", "final"}}), "folder_not_found");
  EXPECT_THROW(run(place("results"), {{"results", "oral"}}), WrongUsage);
}

TEST_F(CheckCommand, MarksTheWorkbooksOfAFolder) {
  package::save_exam(exam, folder.path() / "exam");
  std::filesystem::remove(folder.path() / "exam" / "applicants.csv");
  write("exam/applicants.xlsx", spoiled());
  EXPECT_EQ(run(place("exam"), {{"out", place("marked")}}), "invalid_input");
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "marked" / "applicants.xlsx"));
}

}  // namespace
}  // namespace hanjari::cli
