// Tables in sheets are read by the rules of tables in CSV files, and every wrong cell is known by its address.
#include "hanjari/package/sheet_tables.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/domain/pin_rules.h"
#include "hanjari/package/exam_sheets.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/sample/results.h"
#include "package/package_folder.h"
#include "stage/made_workbook.h"

namespace hanjari::package {
namespace {

using hanjari::tests::MadeSheet;
using hanjari::tests::sheet_of_csv;
using hanjari::tests::workbook_of;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string exam_settings =
    "key,value\ncode,trial\nname_ko,시험\nname_en,Trial\nexam_on,2027-06-12\ntime_zone,Asia/Seoul\n";

// The package folder without commas in values, so that its tables become sheets.
class SheetTables : public ::testing::Test {
 protected:
  SheetTables() { folder.replace("venues.csv", "\"서울특별시 종로구, 한빛로 1\"", "서울특별시 종로구 한빛로 1"); }

  std::vector<MadeSheet> sheets() const {
    std::vector<MadeSheet> made{sheet_of_csv("exam", exam_settings), sheet_of_csv("policy", "people_cap,2\n")};
    for (const char* name : {"units", "venues", "rooms", "applicants"})
      made.push_back(sheet_of_csv(name, folder.read(std::string(name) + ".csv")));
    return made;
  }
  std::vector<std::string> faults_of(const std::vector<MadeSheet>& made) {
    bad = BadCells();
    warnings.clear();
    std::vector<std::string> lines;
    try {
      const LoadedExam loaded =
          load_exam(PackedFiles{{"exam.xlsx", workbook_of(made)}}, Encoding::utf8, no_progress(), &bad);
      digest = loaded.exam.input_sha256;
      for (const Fault& warning : loaded.warnings) warnings.push_back(warning.format(Language::english));
    } catch (const InvalidInput& refused) {
      for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
    }
    return lines;
  }
  std::set<std::string> bad_addresses() const {
    std::set<std::string> addresses;
    for (const BadCell& cell : bad.kept()) addresses.insert(cell.sheet + "!" + workbook::write_address(cell.at));
    return addresses;
  }

  PackageFolder folder;
  BadCells bad;
  std::vector<std::string> warnings;
  std::string digest;
};

TEST_F(SheetTables, AreTheExamOfTheirCsvFiles) {
  EXPECT_THAT(faults_of(sheets()), IsEmpty());
  EXPECT_EQ(digest, folder.load().exam.input_sha256);
  // Called as people call them, in another order.
  std::vector<MadeSheet> korean = sheets();
  const char* names[] = {"시험", "배정 기준", "모집단위", "시험장", "시험실", "응시자 명단"};
  for (std::size_t at = 0; at < korean.size(); ++at) korean[at].name = names[at];
  std::reverse(korean.begin(), korean.end());
  korean.push_back({"memo", "<row><c t=\"str\"><v>anything</v></c></row>"});
  EXPECT_THAT(faults_of(korean), IsEmpty());
  EXPECT_EQ(digest, folder.load().exam.input_sha256);
}

// What is found after the package was read: a pin that no plan keeps. Red while it was told as a line of pins.csv.
TEST_F(SheetTables, SayWhereTheirRowsStandAfterTheyWereRead) {
  std::vector<MadeSheet> made = sheets();
  made.push_back(sheet_of_csv("고정", "메모,kind,applicant_id,venue_code,room_no\nx,person,A1,V1,1\n"));
  const LoadedExam loaded = load_exam(PackedFiles{{"시험 자료.xlsx", workbook_of(made)}}, Encoding::utf8, no_progress(), &bad);
  const Faults faults = find_misplaced_pins(loaded.exam, nullptr);
  ASSERT_EQ(faults.count(), 1U);
  EXPECT_EQ(faults.kept()[0].file, "'[시험 자료.xlsx]고정'!D2");
  EXPECT_EQ(faults.kept()[0].line, 0U);
  EXPECT_THAT(folder.load().exam.sheets, IsEmpty()) << "files are named by their lines";
}

// A whole package is most often called exam.xlsx or 시험.xlsx, which is the name of a table too. Red when such a workbook is that table
// alone, so that all others are missing.
TEST_F(SheetTables, AreAWholePackageWhateverItsName) {
  const std::string digest_of_files = folder.load().exam.input_sha256;
  for (const char* name : {"exam.xlsx", "시험.xlsx", "policy.xlsx", "2027-1.xlsx"}) {
    EXPECT_EQ(load_exam(PackedFiles{{name, workbook_of(sheets())}}, Encoding::utf8, no_progress()).exam.input_sha256, digest_of_files)
        << name;
  }
  try {
    load_exam(PackedFiles{{"exam.xlsx", "PK damaged"}}, Encoding::utf8, no_progress());
    ADD_FAILURE() << "damaged";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 1U) << "no table is missed once more";
  }
}

// An officer's workbook without a sheet of the exam itself. Red when they were told to save an .xlsx file as .xlsx, under a name that
// the office had given it.
TEST_F(SheetTables, SayWhichSheetAWorkbookLacks) {
  std::vector<MadeSheet> made = sheets();
  made.erase(made.begin());
  try {
    load_exam_header(PackedFiles{{"exam.xlsx", workbook_of(made)}}, Encoding::utf8);
    ADD_FAILURE() << "no sheet of the exam";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_EQ(refused.faults().kept().front().format(Language::english),
              "exam.json: the file is missing; add it, or a sheet called exam to the workbook");
  }
}

TEST_F(SheetTables, MayStandBesideCsvFiles) {
  const std::string whole = folder.load().exam.input_sha256;
  for (const char* name : {"units", "venues", "rooms", "applicants"}) {
    const std::string csv = folder.read(std::string(name) + ".csv");
    std::filesystem::remove(folder.path() / (std::string(name) + ".csv"));
    folder.write(std::string(name) + ".xlsx", workbook_of({sheet_of_csv("Sheet1", csv)}));
    EXPECT_EQ(folder.load().exam.input_sha256, whole) << name;
  }
  folder.write("~$rooms.xlsx", "what a spreadsheet leaves while it is open");
  EXPECT_EQ(folder.load().exam.input_sha256, whole);
  folder.write("rooms.csv", "x\n");
  EXPECT_THAT(folder.faults(), Contains(HasSubstr("[rooms.xlsx]Sheet1: the table stands here and in 'rooms.csv'")));
}

TEST_F(SheetTables, NameEveryWrongCell) {
  std::vector<MadeSheet> made = sheets();
  made[5] = sheet_of_csv("applicants",
                         "명단,,,,,,,,,\napplicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart\n"
                         "A1,010,김가람,1999-02-30,F,37.581,126.981,11110,,\nA2,099,이나래,1998-03-04,M,37.561,126.991,11140,,\n");
  made[0] = sheet_of_csv("exam", "key,value\ncode,trial\nname_ko,시험\nexam_on,soon\ntime_zone,Asia/Seoul\n");
  EXPECT_THAT(faults_of(made), ElementsAre(HasSubstr("exam!B4: exam_on: 'soon'"), HasSubstr("applicants!D3: birth_on: '1999-02-30'"),
                                           HasSubstr("applicants!B4: unit_code: '099'")));
  EXPECT_THAT(bad_addresses(), ElementsAre("applicants!B4", "applicants!D3", "exam!B4"));
}

// Red (a full stack) when lists inside lists of a cell are written again by calls inside calls.
TEST_F(SheetTables, TakeNoListOfAHundredThousandLists) {
  std::vector<MadeSheet> made = sheets();
  made[1] = sheet_of_csv("policy", "people_cap," + std::string(60'000, '[') + std::string(60'000, ']') + "\n");
  EXPECT_THAT(faults_of(made), Contains(HasSubstr("people_cap")));
  // Red while brackets of a text counted: those that close there made room for as many that open behind it.
  made[1] = sheet_of_csv("policy", "people_cap,{\"" + std::string(40'000, ']') + "\":" + std::string(40'000, '[') + std::string(40'000, ']') + "}\n");
  EXPECT_THAT(faults_of(made), Contains(HasSubstr("people_cap")));
}

TEST_F(SheetTables, SayWhatOneDoesNotSee) {
  std::vector<MadeSheet> made = sheets();
  made[3].hidden = true;
  made[4].rows.replace(made[4].rows.find("<row r=\"3\">"), 11, "<row r=\"3\" hidden=\"1\">");
  made[2].rows += "<row r=\"9\"><c r=\"A9\" t=\"str\"><v>합계</v></c><c r=\"F9\"><v>4</v></c></row>";
  EXPECT_THAT(faults_of(made), IsEmpty());
  EXPECT_THAT(warnings, Contains(HasSubstr("venues: the sheet is hidden")));
  EXPECT_THAT(warnings, Contains(HasSubstr("rooms!A3: 1 hidden rows")));
  EXPECT_THAT(warnings, Contains(HasSubstr("units!A9: '합계' looks like a total")));
}

// A heading of two lines, whose cells are merged downwards or name a group, and a title with commas. Red when either was a row above
// the header.
TEST_F(SheetTables, MayHaveTitlesAndAHeadingOfTwoLines) {
  std::vector<MadeSheet> made = sheets();
  const std::string people = folder.read("applicants.csv");
  const std::string rows = people.substr(people.find('\n') + 1);
  made[5] = sheet_of_csv("applicants",
                         "title,,,,,,,,,\napplicant_id,unit_code,name,birth_on,sex,거주지,,,accommodation,keep_apart\n,,,,,lat,lon,district_code,,\n" + rows);
  const std::string title = "<t>title</t>";
  made[5].rows.replace(made[5].rows.find(title), title.size(), "<t>응시자 명단, 2027년, 6월, 서울, 종로, 중구, 강남, 서초, 송파, 강동</t>");
  made[5].below = "<mergeCells><mergeCell ref=\"A1:J1\"/>";
  for (const char* column : {"A", "B", "C", "D", "E", "I", "J"}) made[5].below += fmt::format("<mergeCell ref=\"{0}2:{0}3\"/>", column);
  made[5].below += "<mergeCell ref=\"F2:H2\"/></mergeCells>";
  EXPECT_THAT(faults_of(made), IsEmpty());
  EXPECT_EQ(digest, folder.load().exam.input_sha256);
  EXPECT_THAT(warnings, Contains(HasSubstr("merged cells")));
}

// A formula that was saved without its value and one that failed are no values, whatever the sheet shows.
TEST_F(SheetTables, RefuseFormulasWithoutAValue) {
  std::vector<MadeSheet> made = sheets();
  made[2].rows.replace(made[2].rows.find("<c r=\"F2\" t=\"inlineStr\"><is><t>3</t></is></c>"),
                       std::string("<c r=\"F2\" t=\"inlineStr\"><is><t>3</t></is></c>").size(), "<c r=\"F2\"><f>1+2</f></c>");
  EXPECT_THAT(faults_of(made), Contains(HasSubstr("units!F2: posts: '#CALC!'")));
}

std::string applicants_csv(std::size_t people, const std::set<std::size_t>& planted, std::set<std::string>& addresses) {
  std::string csv = "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart\n";
  for (std::size_t person = 0; person < people; ++person) {
    std::vector<std::string> values{fmt::format("P{:04}", person), "010", "김하나", "1999-01-02", "F", "37.58", "126.98", "11110", "", ""};
    if (planted.contains(person)) {
      static const std::vector<std::pair<std::size_t, std::string>> faults{
          {1, "099"}, {3, "1999-02-30"}, {4, "Q"}, {5, "north"}, {8, "flying"}};
      const auto& [column, value] = faults[person % faults.size()];
      values[column] = value;
      addresses.insert("applicants!" + workbook::write_address({static_cast<std::uint32_t>(person + 2), static_cast<std::uint32_t>(column)}));
    }
    csv += fmt::format("{}\n", fmt::join(values, ","));
  }
  return csv;
}

// The whole way of an officer's file: 500 faults, 500 marked cells; mended in the marked file it is taken. Red when causes that
// repeat lost their cells.
TEST_F(SheetTables, WithFiveHundredFaultsComeBackWithFiveHundredMarks) {
  std::set<std::size_t> planted;
  for (std::size_t at = 0; at < 500; ++at) planted.insert(at * 6 / 5);
  std::set<std::string> addresses;
  std::vector<MadeSheet> made = sheets();
  made[5] = sheet_of_csv("applicants", applicants_csv(620, planted, addresses));
  ASSERT_EQ(addresses.size(), 500U);
  EXPECT_THAT(faults_of(made), ::testing::SizeIs(::testing::Lt(40U))) << "a list of causes";
  EXPECT_EQ(bad_addresses(), addresses);

  const std::string marked = mark_bad_cells("exam.xlsx", workbook_of(made), bad, Language::korean);
  BadCells again;
  try {
    load_exam(PackedFiles{{"exam.xlsx", marked}}, Encoding::utf8, no_progress(), &again);
    ADD_FAILURE() << "the marked file is as wrong as it was";
  } catch (const InvalidInput&) {
    EXPECT_EQ(again.count(), bad.count());
  }
  // What LibreOffice finds in it, which knows nothing of us.
  if (std::system("command -v soffice > /dev/null 2>&1") != 0) GTEST_SKIP() << "libreoffice-calc-nogui is not installed";
  const TemporaryFolder folder_of_office;
  folder_of_office.write("marked.xlsx", marked);
  const std::string command =
      fmt::format("cd {0} && HOME={0} timeout 300 soffice -env:UserInstallation=file://{0}/profile --headless --convert-to fods "
                  "--outdir . marked.xlsx > log 2>&1",
                  folder_of_office.path().string());
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::string read = folder_of_office.read("marked.fods");
  std::size_t notes = 0;
  for (std::size_t at = read.find("<office:annotation "); at != std::string::npos; at = read.find("<office:annotation ", at + 1)) ++notes;
  EXPECT_EQ(notes, 500U);
}

// Of several workbooks with bad cells none came back, because each is a file of its own.
TEST_F(SheetTables, OfSeveralWorkbooksComeBackInOneZip) {
  PackedFiles files{{"exam.xlsx", workbook_of({sheets()[0], sheets()[1], sheets()[2], sheets()[3]})}};
  MadeSheet people = sheets()[5];
  const std::size_t at = people.rows.find("1999-01-02");
  ASSERT_NE(at, std::string::npos);
  people.rows.replace(at, 10, "1999-02-30");
  files["applicants.xlsx"] = workbook_of({people});
  files["rooms.xlsx"] = workbook_of({sheets()[4]});
  const auto mark = [&] {
    BadCells found;
    EXPECT_THROW(load_exam(files, Encoding::utf8, no_progress(), &found), InvalidInput);
    return mark_bad_workbooks(files, found, Language::korean);
  };
  EXPECT_TRUE(is_one_workbook(mark())) << "the others have no bad cell";
  MadeSheet units = sheets()[2];
  const std::size_t minutes = units.rows.find("<t>60</t>");
  ASSERT_NE(minutes, std::string::npos);
  units.rows.replace(minutes, 9, "<t>an hour</t>");
  files["exam.xlsx"] = workbook_of({sheets()[0], sheets()[1], units, sheets()[3]});
  const std::string both = mark();
  EXPECT_FALSE(is_one_workbook(both));
  std::vector<std::string> names;
  for (const auto& [name, bytes] : hanjari::tests::unzipped(both)) {
    names.push_back(name);
    EXPECT_TRUE(is_one_workbook(bytes)) << name;
  }
  EXPECT_THAT(names, ElementsAre("applicants.xlsx", "exam.xlsx"));
}

TEST_F(SheetTables, MendedInTheMarkedFileAreTaken) {
  std::vector<MadeSheet> made = sheets();
  const std::size_t at = made[5].rows.find("1999-01-02");
  ASSERT_NE(at, std::string::npos);
  made[5].rows.replace(at, 10, "1999-02-30");
  EXPECT_THAT(faults_of(made), ::testing::SizeIs(1));
  const std::string marked = mark_bad_cells("exam.xlsx", workbook_of(made), bad, Language::english);
  // As a spreadsheet would: the cell keeps its mark and its note, and gets another value.
  hanjari::tests::MadeParts parts = hanjari::tests::unzipped(marked);
  for (auto& [name, text] : parts) {
    if (const std::size_t wrong = text.find("<t>1999-02-30"); wrong != std::string::npos) text.replace(wrong + 3, 10, "1999-01-02");
  }
  const LoadedExam loaded =
      load_exam(PackedFiles{{"exam.xlsx", hanjari::tests::zip_of(parts)}}, Encoding::utf8, no_progress());
  EXPECT_EQ(loaded.exam.input_sha256, folder.load().exam.input_sha256);
}

// The units beside a notice may stand in a workbook. Red when units.xlsx is passed over, or another workbook of the folder is opened.
TEST(NoticeSheets, UnitsBesideANoticeMayBeAWorkbook) {
  const TemporaryFolder made;
  made.write("recruitment.json", R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
    "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z",
                   "apply_until": "2021-03-05T00:00:00Z"}],
    "defaults": {"seated_by": "09:20", "fee_won": 5000}, "units": []})");
  const std::string units = "unit_code,series_ko,quota_group,grade,posts,duration_min,starts_at\n007,가,general,9,1,100,10:00\n";
  const auto read = [&] {
    std::vector<Fault> warnings;
    return render_recruitment(load_recruitment(made.path() / "recruitment.json", warnings));
  };
  made.write("units.csv", units);
  const std::string of_csv = read();
  EXPECT_THAT(of_csv, HasSubstr("007"));
  std::filesystem::remove(made.path() / "units.csv");
  made.write("units.xlsx", workbook_of({sheet_of_csv("Sheet1", units)}));
  made.write("budget.xlsx", "no workbook");
  EXPECT_EQ(read(), of_csv);
}

// Results in sheets are the results of their CSV files, and what the gate finds between the tables names the cell.
TEST(ResultSheets, AreTheResultsOfTheirCsvFiles) {
  const TemporaryFolder made;
  sample::ResultSampleRequest request;
  request.people = 60;
  request.units = 2;
  save_results(sample::make_sample_results(request), "{}\n", made.path() / "results");
  const auto csv = [&](const char* name) { return read_file(made.path() / "results" / (std::string(name) + ".csv")); };
  std::vector<MadeSheet> sheets{sheet_of_csv("rules", "key,value\n")};
  for (const char* name : {"units", "people", "scores"}) {
    ASSERT_EQ(csv(name).find('"'), std::string::npos) << "sheet_of_csv knows no quotes";
    sheets.push_back(sheet_of_csv(name, csv(name)));
  }
  const LoadedResults of_files =
      load_results(made.path() / "results", selection::Stage::written, Encoding::utf8, ResultChanges{}, no_progress());
  const LoadedResults of_sheets =
      load_results(unpack_results(workbook_of(sheets)), selection::Stage::written, Encoding::utf8, no_progress());
  EXPECT_EQ(of_sheets.input_sha256, of_files.input_sha256);

  // Somebody stands twice in the list of people.
  std::string people = csv("people");
  const std::size_t second = people.find('\n') + 1;
  people += people.substr(second, people.find('\n', second) + 1 - second);
  sheets[2] = sheet_of_csv("people", people);
  BadCells bad;
  try {
    load_results(unpack_results(workbook_of(sheets)), selection::Stage::written, Encoding::utf8, no_progress(), &bad);
    ADD_FAILURE() << "a person stands twice";
  } catch (const InvalidInput& refused) {
    EXPECT_THAT(refused.faults().kept().front().format(Language::english), HasSubstr("people!"));
    EXPECT_GE(bad.count(), 1U);
  }
}

TEST(ComparePackages, CountsRowsByTheirKeys) {
  const PackageFolder folder;
  const Exam before = folder.load().exam;
  EXPECT_THAT(compare_packages(render_exam(before), render_exam(before)), IsEmpty());
  folder.replace("applicants.csv", "A2,010,이나래", "A9,010,이나래");
  folder.replace("applicants.csv", "김가람", "김나람");
  folder.replace("rooms.csv", "V1,1,본관,1,5,5", "V1,1,본관,1,5,6");
  folder.replace("policy.json", "2", "3");
  const auto changes = compare_packages(render_exam(before), render_exam(folder.load().exam));
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].file, "policy.json");
  EXPECT_EQ(changes[0].changed, 1U);
  EXPECT_EQ(changes[1].file, "rooms.csv");
  EXPECT_EQ(changes[1].changed, 1U);
  EXPECT_EQ(changes[2].file, "applicants.csv");
  EXPECT_EQ(changes[2].added, 1U);
  EXPECT_EQ(changes[2].changed, 1U);
  EXPECT_EQ(changes[2].gone, 1U);
  const auto all_new = compare_packages({}, render_exam(before));
  EXPECT_EQ(all_new.size(), 6U);
}

TEST(TablesOfExam, SayWhichColumnsAreQuantities) {
  const PackageFolder folder;
  const std::vector<TableRows> tables = tables_of_exam(folder.load().exam);
  const auto units = std::find_if(tables.begin(), tables.end(), [](const TableRows& table) { return table.name == "units"; });
  ASSERT_NE(units, tables.end());
  EXPECT_FALSE(units->columns[0].number) << "unit_code";
  EXPECT_TRUE(units->columns[5].number) << "posts";
  EXPECT_EQ(units->rows[0][0], "010");
}

}  // namespace
}  // namespace hanjari::package
