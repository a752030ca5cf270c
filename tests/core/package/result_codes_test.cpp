// Codes and subjects of result packages that two files, or two rows, write otherwise.
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/progress.h"
#include "hanjari/package/packed_results.h"

namespace hanjari::package {
namespace {

using selection::Stage;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string head_of_result_units =
    "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,to_pass,common_subjects,electives\n";
const std::string head_of_result_people = "applicant_number,unit_code,sex,attendance,bonus,electives\n";
const std::string head_of_marks = "applicant_number,unit_code,subject,kind,raw\n";

// Twelve people of one unit with one common subject and one elective, as the person's position says; the marks of the person at
// position 1 stand on lines 4 and 5.
PackedFiles results_of_twelve(const std::function<std::string(int)>& elective) {
  PackedFiles files{{"units.csv", head_of_result_units + "U,행정,Administration,general,9,4,100,A,2,,1\n"},
                    {"people.csv", head_of_result_people},
                    {"scores.csv", head_of_marks},
                    {"rules.json", "{}"}};
  for (int at = 0; at < 12; ++at) {
    files["people.csv"] += fmt::format("P{:02},U,F,present,,\n", at);
    files["scores.csv"] += fmt::format("P{:02},U,korean,common,{}\nP{:02},U,{},elective,{}\n", at, 60 + at, at, elective(at), 50 + 2 * at);
  }
  return files;
}

void put_in_place(std::string& text, const std::string& old, const std::string& now) {
  const std::size_t at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  text.replace(at, old.size(), now);
}

std::vector<std::string> faults_of_results(const PackedFiles& files) {
  std::vector<std::string> lines;
  try {
    load_results(files, Stage::written, Encoding::utf8, no_progress());
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
  }
  return lines;
}

// Red while each spelling was a subject of its own, with a mean of its own: nobody was told, and others passed.
TEST(ResultSubjects, ThatDifferToTheEyeOnlyAreRefusedOnce) {
  const auto half = [](int at) { return at % 2 == 1 && at < 10 ? "Tax" : "tax"; };
  EXPECT_THAT(faults_of_results(results_of_twelve(half)),
              ElementsAre("scores.csv:5: subject: 5 rows: 'Tax' and 'tax' are taken as two subjects; they differ in blanks, width, case or "
                          "zeros in front only; write one subject in one way in every row: 'tax' or 'Tax'"));
  const auto blank = [](int at) { return at == 1 ? "세 법" : "세법"; };
  EXPECT_THAT(faults_of_results(results_of_twelve(blank)),
              ElementsAre(StartsWith("scores.csv:5: subject: '세 법' and '세법' are taken as two subjects")));
  const auto zero = [](int at) { return at == 1 ? "7" : "07"; };
  EXPECT_THAT(faults_of_results(results_of_twelve(zero)),
              ElementsAre(StartsWith("scores.csv:5: subject: '7' and '07' are taken as two subjects")));
}

TEST(ResultSubjects, ThatTrulyDifferAreLeftAlone) {
  const auto choice = [](int at) { return std::vector<std::string>{"tax", "tax 2", "tax-2", "세법"}.at(static_cast<std::size_t>(at % 4)); };
  EXPECT_THAT(faults_of_results(results_of_twelve(choice)), IsEmpty());
}

// Nothing is called missing for the spelling: whoever had the other one lacked the mark of the common subject.
TEST(ResultSubjects, AreTakenAsTheUnitsNameThem) {
  PackedFiles files = results_of_twelve([](int) { return "tax"; });
  put_in_place(files["units.csv"], ",,1\n", ",korean,1\n");
  put_in_place(files["scores.csv"], "P01,U,korean", "P01,U,ko rean");
  EXPECT_THAT(faults_of_results(files),
              ElementsAre("scores.csv:4: subject: 'ko rean' and 'korean' are taken as two subjects; they differ in blanks, width, case or zeros "
                          "in front only; write 'korean' as in units.csv"));
}

// Red while a unit by itself could call a subject otherwise: electives are adjusted over the whole exam.
TEST(ResultSubjects, OfTwoUnitsAreHeldAgainstEachOther) {
  PackedFiles files = results_of_twelve([](int) { return "tax"; });
  files["units.csv"] += "V,세무,Taxes,general,9,4,100,A,2,,1\n";
  files["people.csv"] += "Q1,V,F,present,,\n";
  files["scores.csv"] += "Q1,V,korean,common,70\nQ1,V,TAX,elective,70\n";
  EXPECT_THAT(faults_of_results(files), ElementsAre(StartsWith("scores.csv:27: subject: 'TAX' and 'tax' are taken as two subjects")));
}

TEST(ResultSubjects, ThatPeopleChoseAreHeldAgainstTheMarks) {
  PackedFiles files = results_of_twelve([](int) { return "세법"; });
  put_in_place(files["people.csv"], "P00,U,F,present,,", "P00,U,F,present,,세 법");
  EXPECT_THAT(faults_of_results(files),
              ElementsAre(StartsWith("people.csv:2: electives: '세 법' and '세법' are taken as two subjects")));
}

// Red while a what-if gave somebody the mark of a subject that is another to nobody's eye.
TEST(ResultSubjects, OfAWhatIfAreHeldAgainstTheMarks) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "hanjari-subjects-of-a-what-if";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const auto& [name, text] : results_of_twelve([](int) { return "tax"; })) std::ofstream(folder / name) << text;
  std::ofstream(folder / "delta.csv") << "applicant_number,subject,raw,kind\nP03,Tax,90,elective\nP04,세법,90,\n";
  ResultChanges changes;
  changes.rescore = folder / "delta.csv";
  std::vector<std::string> lines;
  try {
    load_results(folder, Stage::written, Encoding::utf8, changes, no_progress());
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
  }
  EXPECT_THAT(lines, ::testing::UnorderedElementsAre(
                         "delta.csv:2: subject: 'Tax' is no subject of scores.csv, but 'tax' is: blanks, width, case or zeros in front differ; "
                         "write 'tax'",
                         StartsWith("delta.csv:3: applicant_number: 'P04' has no mark in '세법'")));
  std::filesystem::remove_all(folder);
}

// Red while zeros that were lost in every file contradicted nothing, and were told of an exam package alone.
TEST(ZerosOfResults, ThatEveryFileLostAreWarnedOf) {
  const auto warnings_with = [](const std::string& unit, const std::string& other) {
    PackedFiles files{{"units.csv", head_of_result_units}, {"people.csv", head_of_result_people}, {"scores.csv", head_of_marks}, {"rules.json", "{}"}};
    for (const std::string& code : {unit, other}) {
      files["units.csv"] += code + ",행정,Administration,general,9,4,100,A,2,,\n";
      files["people.csv"] += fmt::format("{0}0001,{0},F,present,,\n", code);
      files["scores.csv"] += fmt::format("{0}0001,{0},korean,common,70\n", code);
    }
    std::vector<std::string> lines;
    for (const Fault& warning : load_results(files, Stage::written, Encoding::utf8, no_progress()).warnings)
      lines.push_back(warning.format(Language::english));
    return lines;
  };
  EXPECT_THAT(warnings_with("1", "28"),
              ElementsAre(StartsWith("units.csv: unit_code: the codes have 1 to 2 digits and none begins with 0, as when a spreadsheet"),
                          StartsWith("people.csv: applicant_number: the codes have 5 to 6 digits and none begins with 0")));
  EXPECT_THAT(warnings_with("1.0", "28.0"), ElementsAre(StartsWith("units.csv: unit_code: 2 codes end with .0")));
  EXPECT_THAT(warnings_with("01", "28"), IsEmpty());
  EXPECT_THAT(warnings_with("11", "28"), IsEmpty());
  EXPECT_THAT(warnings_with("A1", "A28"), IsEmpty());
}

// Red while a unit of the rules that had lost its zero was exempt of nothing, with the advice to leave it.
TEST(UnitsOfRules, ThatStandForOthersAreRefused) {
  PackedFiles files = results_of_twelve([](int) { return "tax"; });
  for (const char* table : {"units.csv", "people.csv", "scores.csv"}) {
    std::string& text = files[table];
    for (std::size_t at = 0; (at = text.find("U,", at)) != std::string::npos; at += 3) text.replace(at, 2, "01,");
  }
  ASSERT_THAT(faults_of_results(files), IsEmpty());
  for (const char* typed : {"1", "０1", "01 ", "1.0", "１"}) {
    files["rules.json"] = fmt::format(R"({{"cap_exempt_units": ["{0}"], "equality": {{"exempt_units": ["{0}"]}}}})", typed);
    const auto lines = faults_of_results(files);
    ASSERT_EQ(lines.size(), 2U) << typed;
    EXPECT_THAT(lines[0], AllOf(StartsWith("rules.json: cap_exempt_units: "), HasSubstr("does not stand in units.csv, but '01' does"))) << typed;
    EXPECT_THAT(lines[1], AllOf(StartsWith("rules.json: equality.exempt_units: "), HasSubstr("write '01'"))) << typed;
  }
  // Units of another exam that has the same rules.
  for (const char* list : {R"("02", "W")", R"("01", "1")"}) {
    files["rules.json"] = fmt::format(R"({{"cap_exempt_units": [{}]}})", list);
    EXPECT_THAT(faults_of_results(files), IsEmpty()) << list;
  }
}

// Red while values of the option were told as faults and warnings of rules.json, which nobody had changed.
TEST(SettingsOfAWhatIf, AreNamedByTheirOption) {
  PackedFiles files = results_of_twelve([](int) { return "tax"; });
  files["rules.json"] = R"({"veteran_cap_percent": 5000000})";
  ResultChanges changes;
  changes.settings = {{"fail_line_percent", "forty"}, {"ties", R"({"cut": "some"})"}, {"cap_exempt_units", R"(["u"])"}};
  std::vector<std::string> lines;
  try {
    load_results(files, Stage::written, Encoding::utf8, changes, no_progress());
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
  }
  EXPECT_THAT(lines, ::testing::UnorderedElementsAre(StartsWith("--set: fail_line_percent: "), StartsWith("--set: ties.cut: "),
                                                     StartsWith("--set: cap_exempt_units: "),
                                                     StartsWith("rules.json:1: veteran_cap_percent: ")));
  files["rules.json"] = "{}";
  changes.settings = {{"cap_exempt_units", R"(["W"])"}, {"fail_line_percent", "40 %"}};
  const LoadedResults loaded = load_results(files, Stage::written, Encoding::utf8, changes, no_progress());
  EXPECT_EQ(loaded.rules.fail_line_percent.hundredths, 4000) << "a percentage as people write it";
  std::vector<std::string> warned;
  for (const Fault& warning : loaded.warnings) warned.push_back(warning.format(Language::english));
  EXPECT_THAT(warned, ::testing::Contains(StartsWith("--set: cap_exempt_units: there is no unit 'W'")));
}

}  // namespace
}  // namespace hanjari::package
