// A table that a command takes by itself is read from a workbook as from CSV, and faults name its cells.
#include "hanjari/package/table_file.h"

#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/package/duty_history_package.h"
#include "hanjari/package/history_package.h"
#include "hanjari/package/result_package.h"
#include "package/package_folder.h"
#include "stage/made_workbook.h"

namespace hanjari::package {
namespace {

using hanjari::tests::sheet_of_csv;
using hanjari::tests::workbook_of;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> as_told(const std::vector<Fault>& faults) {
  std::vector<std::string> lines;
  for (const Fault& fault : faults) lines.push_back(fault.format(Language::english));
  return lines;
}

const std::string two_moves = "action,applicant_id,venue_code,room_no,seat_no\nmove,A1,V1,2,3\nmove,A2,V1,,\n";

struct ReadMoves {
  std::vector<HandMove> moves;
  std::vector<std::string> faults;
  std::vector<std::string> warnings;
};

ReadMoves read_moves_of(const std::filesystem::path& path) {
  ReadMoves read;
  Faults faults;
  std::vector<Fault> warnings;
  TableFile file(path);
  read.moves = load_moves(file, Encoding::utf8, {}, faults, warnings);
  read.faults = as_told(faults.kept());
  read.warnings = as_told(warnings);
  return read;
}

// Red while a workbook was told to be no CSV wherever a command takes one table.
TEST(TablesOfCommands, AreReadFromWorkbooks) {
  const TemporaryFolder folder;
  folder.write("m.csv", two_moves);
  folder.write("m.xlsx", workbook_of({sheet_of_csv("Sheet1", two_moves)}));
  const ReadMoves csv = read_moves_of(folder.path() / "m.csv");
  const ReadMoves book = read_moves_of(folder.path() / "m.xlsx");
  ASSERT_THAT(book.moves, SizeIs(2));
  EXPECT_EQ(book.moves[0].applicant, csv.moves[0].applicant);
  EXPECT_EQ(book.moves[0].seat_no, 3);
  EXPECT_EQ(book.moves[1].line, 3U);
  EXPECT_THAT(csv.faults, ElementsAre(HasSubstr("m.csv:3: room_no: the value is missing")));
  EXPECT_THAT(book.faults, ElementsAre(HasSubstr("[m.xlsx]Sheet1!D3: room_no: the value is missing")));
  EXPECT_THAT(book.warnings, IsEmpty());
}

TEST(TablesOfCommands, AreTheSheetOfTheirNameElseTheFirstThatOneSees) {
  const TemporaryFolder folder;
  const auto other = sheet_of_csv("notes", "anything,else\n1,2\n");
  folder.write("m.xlsx", workbook_of({other, sheet_of_csv("moves", two_moves)}));
  EXPECT_THAT(read_moves_of(folder.path() / "m.xlsx").moves, SizeIs(2));
  folder.write("m.xlsx", workbook_of({other, sheet_of_csv("자리 이동", two_moves)}));
  EXPECT_THAT(read_moves_of(folder.path() / "m.xlsx").moves, SizeIs(2));
  folder.write("m.xlsx", workbook_of({sheet_of_csv("Sheet1", two_moves), other}));
  const ReadMoves first = read_moves_of(folder.path() / "m.xlsx");
  EXPECT_THAT(first.moves, SizeIs(2));
  EXPECT_THAT(first.warnings, Contains(HasSubstr("m.xlsx: of 2 sheets 'Sheet1' was read; call the sheet of the table moves")));
}

TEST(TablesOfCommands, ThatAreNotThereOrNoWorkbookAreRefused) {
  const TemporaryFolder folder;
  EXPECT_THROW(read_moves_of(folder.path() / "none.xlsx"), NotFound);
  folder.write("m.xlsx", "PK damaged");
  EXPECT_THROW(read_moves_of(folder.path() / "m.xlsx"), InvalidInput);
}

// What is found after the table was read has the cell of its row and column, too.
TEST(TablesOfCommands, HaveTheirCellsInFaultsThatAreFoundLater) {
  const TemporaryFolder folder;
  folder.write("my moves.xlsx", workbook_of({sheet_of_csv("Sheet1", two_moves)}));
  TableFile file(folder.path() / "my moves.xlsx");
  Faults faults;
  std::vector<Fault> warnings;
  load_moves(file, Encoding::utf8, {}, faults, warnings);
  EXPECT_EQ(file.placed(Fault{"moves.csv", 3, "venue_code", {"w", "w"}, {"f", "f"}}).format(Language::english),
            "'[my moves.xlsx]Sheet1'!C3: venue_code: w; f");
  EXPECT_TRUE(file.is_told_of(file.placed(Fault{{}, 2, "action", {}, {}})));
  EXPECT_TRUE(file.is_told_of(file.placed(Fault{})));
  EXPECT_FALSE(file.is_told_of(Fault{"applicants.csv", 2, {}, {}, {}}));
}

TEST(TablesOfCommands, OfDutiesNameHeadingsThatMeanNothing) {
  const TemporaryFolder folder;
  folder.write("ed.xlsx", workbook_of({sheet_of_csv("Sheet1", "action,whoever\nlock,S1\n")}));
  TableFile file(folder.path() / "ed.xlsx");
  std::vector<Fault> warnings;
  std::vector<std::string> told;
  try {
    load_duty_edits(file, Encoding::utf8, warnings);
  } catch (const InvalidInput& refused) {
    told = as_told(refused.faults().kept());
  }
  EXPECT_THAT(told, ElementsAre(HasSubstr(
                        "[ed.xlsx]Sheet1: invigilator_id: the column is missing; these headings mean nothing here: 'whoever'")));
}

// The marks and the people of a what-if.
TEST(TablesOfCommands, OfAWhatIfAreReadFromWorkbooks) {
  const TemporaryFolder folder;
  folder.write("units.csv",
               "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,to_pass\n"
               "010,행정,Administration,general,9,1,100,A,1\n");
  folder.write("people.csv", "applicant_number,unit_code,sex,attendance,bonus\n01000001,010,F,present,\n01000002,010,M,present,\n");
  folder.write("scores.csv", "applicant_number,unit_code,subject,kind,raw\n01000001,010,korean,common,70\n01000002,010,korean,common,60\n");
  folder.write("rules.json", "{}");
  folder.write("rs.xlsx", workbook_of({sheet_of_csv("Sheet1", "applicant_number,subject,raw\n01000001,korean,95\n1000002,korean,90\n")}));
  folder.write("who.xlsx", workbook_of({sheet_of_csv("Sheet1", "applicant_number,sex\n01000001,F\n9,M\n")}));
  ResultChanges changes;
  changes.rescore = folder.path() / "rs.xlsx";
  changes.correct = folder.path() / "who.xlsx";
  const ReadResults read =
      read_results(folder.path(), selection::Stage::written, Encoding::utf8, changes, no_progress());
  const std::vector<std::string> told = as_told(read.rows.faults.kept());
  EXPECT_THAT(told, Contains(HasSubstr("[rs.xlsx]Sheet1!A3: applicant_number: '1000002' does not stand in people.csv, but '01000002' does")));
  EXPECT_THAT(told, Contains(HasSubstr("[who.xlsx]Sheet1!A3: applicant_number: nobody has the applicant number '9'")));
  EXPECT_EQ(read.rows.scores.front().raw, 9500);
}

}  // namespace
}  // namespace hanjari::package
