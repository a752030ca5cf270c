#include "hanjari/package/exam_package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "hanjari/base/error.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// The only fault after one replacement in one file.
std::string fault_after(const std::string& file, const std::string& old, const std::string& now) {
  const PackageFolder folder;
  folder.replace(file, old, now);
  const auto faults = folder.faults();
  return faults.size() == 1 ? faults[0] : testing::PrintToString(faults);
}

TEST(LoadExam, ReadsEveryValueOfASmallPackage) {
  const PackageFolder folder;
  const LoadedExam loaded = folder.load();
  const Exam& exam = loaded.exam;
  EXPECT_THAT(loaded.warnings, IsEmpty());
  EXPECT_EQ(exam.header.code, ExamCode("trial"));
  EXPECT_EQ(format_date(exam.header.exam_on), "2027-06-12");
  EXPECT_EQ(exam.policy.people_cap, 2);
  ASSERT_EQ(exam.applicants.size(), 3U);
  const Applicant& second = exam.applicants[1];
  EXPECT_EQ(second.id, ApplicantId("A2"));
  EXPECT_EQ(exam[second.unit].series_en, "General administration");
  EXPECT_EQ(second.name, "이나래");
  EXPECT_EQ(second.sex, Sex::male);
  EXPECT_EQ(second.home, (Point{37.561, 126.991}));
  EXPECT_EQ(exam.words[second.district], "11140");
  EXPECT_TRUE(second.accommodation.wheelchair);
  EXPECT_EQ(second.accommodation.multiplier, TimeMultiplier::x1_5);
  EXPECT_EQ(exam.words[exam.applicants[2].keep_apart], "K1");
  EXPECT_EQ(exam.applicants[2].district, empty_word);
  EXPECT_EQ(exam.venues[0].address, "서울특별시 종로구, 한빛로 1");
  EXPECT_EQ(exam.venues[0].room_count, 2U);
  EXPECT_EQ(exam.rooms[1].blocked, (std::vector<Desk>{{2, 5}, {3, 1}}));
  EXPECT_EQ(exam.rooms[1].people_cap, 4);
  EXPECT_TRUE(exam.rooms[0].accessible);
  EXPECT_EQ(exam.input_sha256, digest_exam(exam));
}

TEST(LoadExam, CleansNamesOfWhatNobodySees) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "김가람", "김\xe2\x80\xae가\u200b람");
  EXPECT_EQ(folder.load().exam.applicants[0].name, "김가람");
}

TEST(LoadExam, NormalisesNamesToNfc) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "김가람", "\xe1\x84\x80\xe1\x85\xa1");  // 가 as two letters
  EXPECT_EQ(folder.load().exam.applicants[0].name, "가");
}

TEST(LoadExam, TellsAllFaultsOfAllFilesAtOnce) {
  const PackageFolder folder;
  folder.replace("exam.json", "2027-06-12", "2027-06-31");
  folder.replace("units.csv", "general,9,3", "general,9,three");
  folder.replace("venues.csv", "regular\nV2", "school\nV2");
  folder.replace("rooms.csv", "V2,1", "V9,1");
  folder.replace("applicants.csv", "1999-01-02", "1999-13-02");
  const auto faults = folder.faults();
  EXPECT_THAT(faults, ElementsAre(StartsWith("exam.json:5: exam_on: "), StartsWith("units.csv:2: posts: "),
                                  StartsWith("venues.csv:2: kind: "), StartsWith("rooms.csv:4: venue_code: "),
                                  StartsWith("applicants.csv:2: birth_on: ")));
}

TEST(LoadExam, TellsOneCauseOfManyRowsOnceSoThatTheOthersAreSeen) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "1999-01-02", "1999-13-02");
  std::ofstream more(folder.path() / "applicants.csv", std::ios::app | std::ios::binary);
  for (int row = 0; row < 1500; ++row) more << "B" << row << ",999,김,1999-01-02,F,37.5,127,,,\n";
  more.close();
  EXPECT_THAT(folder.faults(),
              ElementsAre(StartsWith("applicants.csv:2: birth_on: '1999-13-02' is not a date"),
                          StartsWith("applicants.csv:5: unit_code: 1,500 rows: '999' does not stand in units.csv")));
}

TEST(LoadExam, NamesTheCodeWhoseZerosWereLost) {
  EXPECT_THAT(
      fault_after("applicants.csv", "A1,010", "A1,10"),
      StartsWith("applicants.csv:2: unit_code: '10' does not stand in units.csv, but '010' does: leading zeros"));
  EXPECT_THAT(fault_after("applicants.csv", "A1,010", "A1,10.0"), HasSubstr("'010'"));
  const PackageFolder other;
  other.replace("units.csv", "010,", "10,");
  EXPECT_THAT(other.faults(), ::testing::Each(HasSubstr("'010' does not stand in units.csv, but '10' does")));
  const PackageFolder both;  // nothing contradicts anything, but such codes rarely come from a notice
  both.replace("units.csv", "010,", "10,");
  both.replace("units.csv", "020,", "120,");
  both.replace("applicants.csv", "A1,010", "A1,10");
  both.replace("applicants.csv", "A2,010", "A2,10");
  both.replace("applicants.csv", "A3,020", "A3,120");
  EXPECT_THAT(both.warnings(),
              ElementsAre(StartsWith("units.csv: unit_code: the codes have 2 to 3 digits and none begins with 0")));
}

TEST(LoadExam, NamesWhatSpreadsheetsMakeOfNumbersAndDates) {
  for (const char* rounded : {"1.23457E+11", "1E+05", "1.23457e11", "1,23457e+11"}) {
    if (std::string(rounded).find(',') != std::string::npos) continue;  // would be two values
    EXPECT_THAT(fault_after("applicants.csv", "\nA1,", std::string("\n") + rounded + ","),
                HasSubstr("is a long number that a spreadsheet rounded"))
        << rounded;
  }
  EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", "36162"),
              StartsWith("applicants.csv:2: birth_on: '36162' is the day number of a spreadsheet, for 1999-01-02"));
  EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", "36162.5"), HasSubstr("for 1999-01-02"));
  EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", "1999"), HasSubstr("'1999' is not a date"));
  for (const char* date : {"1999/1/2", "1999. 1. 2.", "19990102", "1999년 1월 2일", "1999-01-02 00:00:00",
                           "１９９９－０１－０２", " 1999.01.02", "1999.1.2", "1999-01-02 오전 12:00:00",
                           "1999년 1월 2일 토요일", "1999-01-02(토)", "1999. 1. 2. (토)", "1999-01-02T00:00:00",
                           "1999-01-02 12:00:00 AM"}) {
    const PackageFolder folder;
    folder.replace("applicants.csv", "1999-01-02", date);
    EXPECT_EQ(folder.load().exam.applicants[0].birth_on, *parse_date("1999-01-02")) << date;
  }
}

TEST(LoadExam, TakesNoOtherTextBehindADate) {
  for (const char* date : {"1999-01-02 10:00", "1999-01-02-03", "1999-01-02 오후 12:00", "1999. 1. 2. 경"})
    EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", date), HasSubstr("is not a date")) << date;
}

TEST(LoadExam, NamesDatesThatASpreadsheetMadeOfTwoNumbers) {
  for (const char* date : {"05-Feb", "5-feb", "2월 5일", "2월 05일", "2027-02-05", "Feb-05", "46423"}) {
    const PackageFolder folder;
    folder.replace("rooms.csv", "2-5;3-1", date);
    EXPECT_THAT(folder.faults(), ElementsAre(HasSubstr("the date that a spreadsheet makes of a desk such as 2-5"))) << date;
    const PackageFolder codes;
    codes.replace("units.csv", "010,", "2-05,");
    codes.replace("applicants.csv", "A1,010", std::string("A1,") + date);
    codes.replace("applicants.csv", "A2,010", "A2,2-05");
    EXPECT_THAT(codes.faults(), ElementsAre(HasSubstr("but '2-05' does: a spreadsheet made a date of it"))) << date;
  }
}

TEST(LoadExam, TakesWordsAndListsInOtherSpelling) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "wheelchair;extra_time_1.5", "\"Wheelchair, extra_time_1.5; \"");
  folder.replace("rooms.csv", "2-5;3-1", "2-5; 3-1;");
  folder.replace("rooms.csv", "accessible", " Accessible");
  folder.replace("rooms.csv", ",exam", ",EXAM ");
  folder.replace("applicants.csv", ",F,", ",여,");
  folder.replace("units.csv", "general", "일반");
  EXPECT_EQ(digest_exam(folder.load().exam), digest_exam(PackageFolder().load().exam));
}

TEST(LoadExam, TakesWholeNumbersAsCellsShowThem) {
  const auto posts = [](const char* number) {
    const PackageFolder folder;
    folder.replace("units.csv", "general,9,3,", std::string("general,9,") + number + ",");
    return folder.load().exam.units[0].posts;
  };
  EXPECT_EQ(posts("\"1,234\""), 1234);
  EXPECT_EQ(posts("5.0"), 5);
  EXPECT_EQ(posts("\"1,000,000.00\""), 1'000'000);
  EXPECT_EQ(posts("17명"), 17) << "with the word that stands behind such a number, and no other";
  EXPECT_EQ(posts("\"1,234 명\""), 1234);
  for (const char* number : {"\"1,23\"", "\"12,34,567\"", "5.5", "\"1234,567\"", "5.", "\",123\"", "9급", "명", "명 3", "3명쯤"}) {
    EXPECT_THAT(fault_after("units.csv", "general,9,3,", std::string("general,9,") + number + ","),
                HasSubstr("is not a whole number"))
        << number;
  }
}

TEST(LoadExam, NamesCodesThatWereTakenForNumbers) {
  const PackageFolder both;
  both.replace("units.csv", "010,", "10.0,");
  both.replace("units.csv", "020,", "20.0,");
  both.replace("applicants.csv", "A1,010", "A1,10.0");
  both.replace("applicants.csv", "A2,010", "A2,10.0");
  both.replace("applicants.csv", "A3,020", "A3,20.0");
  EXPECT_THAT(both.warnings(), ElementsAre(HasSubstr("2 codes end with .0")));
  EXPECT_THAT(fault_after("applicants.csv", "A1,010", "A1,'010"), HasSubstr("but '010' does: blanks, width, case or quotes"));
  const PackageFolder same;  // sixteen digits and more, of which a spreadsheet keeps fifteen
  same.replace("applicants.csv", "\nA1,", "\n20270612000000100000,");
  same.replace("applicants.csv", "\nA2,", "\n20270612000000100000,");
  EXPECT_THAT(same.faults(), ElementsAre(HasSubstr("is a long number that a spreadsheet rounded")));
}

// The advice was to spoil the table that was right, row after row.
TEST(LoadExam, AdvisesToMendTheTableThatLostTheZerosAndSaysSoOnce) {
  const PackageFolder folder;
  folder.replace("units.csv", "010,", "10,");
  std::ofstream more(folder.path() / "applicants.csv", std::ios::app | std::ios::binary);
  for (int row = 0; row < 420; ++row) more << "B" << row << ",010,김,1999-01-02,F,37.5,127,,,\n";
  more.close();
  const auto faults = folder.faults();
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_THAT(faults.front(), HasSubstr("rows: '010' does not stand in units.csv, but '10' does: leading zeros were lost in units.csv"));
  EXPECT_THAT(faults.front(), HasSubstr("write '010' in units.csv"));
  const PackageFolder other;
  other.replace("applicants.csv", "A1,010", "A1,10");
  EXPECT_THAT(other.faults(), ElementsAre(HasSubstr("write '010'; give the column the format Text")));
}

// A tail of decimals was told as lost zeros.
TEST(LoadExam, NamesADecimalTailOfACodeAsWhatItIs) {
  EXPECT_THAT(fault_after("applicants.csv", "A1,010", "A1,010.0"),
              HasSubstr("'010.0' does not stand in units.csv, but '010' does: a spreadsheet or a program took the code for a number"));
  const PackageFolder there;
  there.replace("units.csv", "010,", "010.0,");
  EXPECT_THAT(there.faults(), ::testing::Each(HasSubstr("took the code for a number in units.csv; write '010' in units.csv")));
}

// All people of the district lost their tie to its venues without a word.
TEST(LoadExam, TakesADistrictWithADecimalTailAsItsCode) {
  const PackageFolder folder;
  const std::string plain = folder.load().exam.input_sha256;
  folder.replace("applicants.csv", "11140", "11140.0");
  folder.replace("venues.csv", "11110", "11110.0");
  EXPECT_EQ(folder.load().exam.input_sha256, plain);
}

TEST(LoadExam, NamesTheVenueThatAMergerMeans) {
  for (const char* meant : {"v2", "Ｖ2", " V2"}) {
    const PackageFolder folder;
    std::string bytes = folder.read("venues.csv");
    bytes.insert(bytes.find('\n'), ",merged_into");
    std::size_t line = bytes.find('\n') + 1;
    bytes.insert(bytes.find('\n', line), std::string(",") + meant);
    line = bytes.find('\n', line) + 1;
    bytes.insert(bytes.find('\n', line), ",");
    folder.write("venues.csv", bytes);
    EXPECT_THAT(folder.faults(), ElementsAre(HasSubstr("merged_into"))) << meant;
    EXPECT_THAT(folder.faults()[0], HasSubstr("but 'V2' does")) << meant;
  }
}

TEST(LoadExam, ReadsJsonInTheEncodingThatItsBytesAre) {
  const PackageFolder folder;
  folder.replace("exam.json", "시험", "\xbd\xc3\xc7\xe8");
  EXPECT_EQ(folder.load().exam.header.name_ko, "시험");
  EXPECT_THAT(folder.warnings(), ElementsAre(StartsWith("exam.json: read as CP949")));
}

TEST(LoadExam, NeverAdvisesToDeleteAPerson) {
  EXPECT_THAT(
      fault_after("applicants.csv", "\nA2,", "\nA1,"),
      HasSubstr("another person (name, birth or sex differ); give each of the two people their own id; keep both"));
  const PackageFolder folder;
  const std::string bytes = folder.read("applicants.csv");
  const std::size_t row = bytes.find("\nA1,") + 1;
  folder.write("applicants.csv", bytes + bytes.substr(row, bytes.find('\n', row) + 1 - row));
  EXPECT_THAT(folder.faults(), ElementsAre(HasSubstr("'A1' stands on line 2 already, the same person again")));
}

TEST(LoadExam, TellsTheNormalFormOfACodeWhereverItIsReferredTo) {
  const std::string composed = "가1";
  const std::string apart = "\u1100\u11611";
  PackageFolder folder;
  folder.replace("units.csv", "010,", composed + ",");
  folder.replace("applicants.csv", "A1,010", "A1," + apart);
  folder.replace("applicants.csv", "A2,010", "A2," + composed);
  EXPECT_THAT(folder.faults(), ElementsAre(HasSubstr("normal form")));
  const PackageFolder pins;
  pins.replace("applicants.csv", "\nA1,", "\n" + composed + ",");
  pins.write("pins.csv", "kind,applicant_id,venue_code,room_no\nperson," + apart + ",,\n");
  EXPECT_THAT(pins.faults(), ElementsAre(HasSubstr("pins.csv:2: applicant_id: ")));
  EXPECT_THAT(pins.faults()[0], HasSubstr("normal form"));
}

TEST(LoadExam, ReadsATableAsKoreanOfficesWriteIt) {
  const PackageFolder folder;
  const std::string plain = digest_exam(folder.load().exam);
  folder.replace("applicants.csv",
                 "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart",
                 "응시번호,모집단위,성명,생년월일,성별,위도,경도,자치구 코드,편의지원,분리배정");
  folder.replace("units.csv", "unit_code,series_ko", "모집단위 코드,직렬");
  folder.write("venues.csv", "시험장 목록,,,,,,\n" + folder.read("venues.csv") + "합계,,,,,,\n,,,,,,\n");
  EXPECT_EQ(digest_exam(folder.load().exam), plain);
}

TEST(LoadExam, TellsWhichFileStandsInPlaceOfAMissingOne) {
  const PackageFolder folder;
  std::filesystem::rename(folder.path() / "rooms.csv", folder.path() / "rooms.xls");
  EXPECT_THAT(folder.faults(),
              ElementsAre(StartsWith("rooms.csv: the file is missing; there is 'rooms.xls', a workbook; save it")));
  // One cause, one fault.
  std::filesystem::rename(folder.path() / "rooms.xls", folder.path() / "rooms.xlsx");
  EXPECT_THAT(folder.faults(), ElementsAre(StartsWith("rooms.xlsx: this is no workbook (.xlsx), or it is damaged")));
  std::filesystem::rename(folder.path() / "rooms.xlsx", folder.path() / "Rooms.CSV");
  EXPECT_THAT(folder.faults(), ElementsAre(HasSubstr("there is 'Rooms.CSV'; give it the name rooms.csv")));
}

TEST(LoadExam, TakesAnExamWithoutEnglishTexts) {
  const PackageFolder folder;
  folder.replace("exam.json", "  \"name_en\": \"Trial\",\n", "");
  folder.replace("units.csv", "General administration", "");
  const Exam exam = folder.load().exam;
  EXPECT_EQ(exam.header.name_en, "시험");
  EXPECT_EQ(exam.units[0].series_en, "일반행정");
}

TEST(LoadExam, RefusesTimeZonesThatDoNotExist) {
  for (const char* zone : {"Asia/Soul", "KST", "+09:00", "Foo/Bar"}) {
    EXPECT_THAT(fault_after("exam.json", "Asia/Seoul", zone), HasSubstr("exam.json:6: time_zone: ")) << zone;
  }
}

// Red while names in columns of codes were to be added to the table of the codes.
TEST(LoadExam, TellsTheCodeWhereANameStands) {
  EXPECT_THAT(fault_after("applicants.csv", "\nA1,010,", "\nA1,일반행정,"),
              HasSubstr("unit_code: '일반행정' is a name and not a code; units.csv calls '010' so; write '010'"));
  const PackageFolder folder;
  const std::string venues = folder.read("venues.csv");
  const std::size_t begin = venues.find("\nV1,") + 4;
  const std::string school = venues.substr(begin, venues.find(',', begin) - begin);
  folder.replace("rooms.csv", "\nV1,", "\n" + school + ",");
  EXPECT_THAT(folder.faults(), ::testing::Contains(HasSubstr("is a name and not a code; venues.csv calls 'V1' so; write 'V1'")));
}

// Red while codes that are dates in every file contradicted nothing.
TEST(LoadExam, WarnsOfCodesThatAreDatesInEveryFile) {
  const PackageFolder folder;
  std::string units = folder.read("units.csv");
  std::string applicants = folder.read("applicants.csv");
  const auto replace_all = [](std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  };
  replace_all(units, "\n010,", "\n02-Jan,");
  replace_all(applicants, ",010,", ",02-Jan,");
  folder.write("units.csv", units);
  folder.write("applicants.csv", applicants);
  EXPECT_THAT(folder.warnings(),
              ::testing::Contains(StartsWith("units.csv: unit_code: 1 code is a date, such as '02-Jan', as when a spreadsheet makes a date of 1-2")));
}

// Red while a blank that nobody sees made a fault of the zone, and the advice named the same zone.
TEST(LoadExam, ReadsTheZoneWithoutBlanksAroundIt) {
  const PackageFolder folder;
  folder.replace("exam.json", "Asia/Seoul", "Asia/Seoul ");
  EXPECT_EQ(folder.load().exam.header.time_zone, "Asia/Seoul");
}

// Red while settings that are no text were to be saved as UTF-8, whatever they were.
TEST(LoadExam, NamesSettingsThatAreAnotherKindOfFile) {
  using namespace std::string_literals;
  const PackageFolder folder;
  const auto fault = [&](const std::string& bytes) {
    folder.write("policy.json", bytes);
    const auto faults = folder.faults();
    return faults.size() == 1 ? faults[0] : testing::PrintToString(faults);
  };
  EXPECT_THAT(fault("PK\x03\x04\x14\0[Content_Types].xml\xff"s), HasSubstr("policy.json: the file is an Excel workbook (.xlsx), not JSON"));
  EXPECT_THAT(fault("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), HasSubstr("an old Excel workbook (.xls), not JSON"));
  EXPECT_THAT(fault("%PDF-1.7\n"), HasSubstr("a PDF document"));
}

TEST(LoadExam, NamesTheFirstLineOfADuplicate) {
  EXPECT_EQ(
      fault_after("applicants.csv", "\nA3,", "\nA1,"),
      "applicants.csv:4: applicant_id: 'A1' stands on line 2 already, for another person (name, birth or sex differ); "
      "give each of the two people their own id; keep both rows");
  EXPECT_THAT(fault_after("venues.csv", "\nV2,", "\nV1,"),
              HasSubstr("venues.csv:3: venue_code: 'V1' stands on line 2"));
  EXPECT_THAT(fault_after("rooms.csv", "V1,2", "V1,1"),
              StartsWith("rooms.csv:3: room_no: room 1 of venue 'V1' stands on line 2 already"));
  const PackageFolder folder;
  folder.replace("units.csv", "020,", "010,");
  EXPECT_THAT(folder.faults()[0], StartsWith("units.csv:3: unit_code: '010' stands on line 2 already"));
}

TEST(LoadExam, FindsDuplicatesAmongManyShuffledRows) {
  const PackageFolder folder;
  std::ofstream more(folder.path() / "applicants.csv", std::ios::app | std::ios::binary);
  for (int row = 0; row < 5000; ++row) more << "B" << (row * 7919) % 5000 << ",010,김,1999-01-02,F,37.5,127,,,\n";
  more << "B0,010,김,1999-01-02,F,37.5,127,,,\n";
  more.close();
  EXPECT_THAT(folder.faults(),
              ElementsAre(StartsWith("applicants.csv:5005: applicant_id: 'B0' stands on line 5 already")));
}

TEST(LoadExam, RefusesDatesThatAreNone) {
  EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", "1999-02-29"),
              StartsWith("applicants.csv:2: birth_on: '1999-02-29' is not a date"));
  EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", "99/1/2"),
              StartsWith("applicants.csv:2: birth_on: '99/1/2' is not a date; write YYYY-MM-DD"));
  EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", "2027-06-12"),
              StartsWith("applicants.csv:2: birth_on: 2027-06-12 is not before the exam on 2027-06-12"));
  EXPECT_THAT(fault_after("applicants.csv", "1999-01-02", "1899-12-31"), HasSubstr("before 1900"));
  EXPECT_THAT(fault_after("exam.json", "2027-06-12", "0001-01-01"), StartsWith("exam.json:5: exam_on: "));
}

TEST(LoadExam, RefusesPlacesOffTheEarthAndSeesSwappedCoordinates) {
  EXPECT_THAT(fault_after("applicants.csv", "37.581,126.981", "126.981,37.581"),
              StartsWith("applicants.csv:2: lat: '126.981' and '37.581' look swapped"));
  EXPECT_THAT(fault_after("applicants.csv", "37.581", "375.81"),
              StartsWith("applicants.csv:2: lat: '375.81' is not on the earth"));
  EXPECT_THAT(fault_after("venues.csv", "126.98,", "-180.5,"),
              StartsWith("venues.csv:2: lon: '-180.5' is not on the earth"));
  // The names of a file are those that the form takes.
  EXPECT_THAT(fault_after("applicants.csv", "김가람", "<b>김가람</b>"),
              StartsWith("applicants.csv:2: name: no name holds the sign <"));
  EXPECT_THAT(fault_after("applicants.csv", "김가람", "12345"), StartsWith("applicants.csv:2: name: a name has letters"));
  // Red while a search that had found nothing seated somebody 13,000 km away.
  EXPECT_THAT(fault_after("applicants.csv", "37.581,126.981", "0,0.0"),
              StartsWith("applicants.csv:2: lat: 0 and 0 are the coordinates of no place"));
  EXPECT_THAT(fault_after("applicants.csv", "37.581", "nan"), HasSubstr("lat: 'nan' is not a number"));
  EXPECT_THAT(fault_after("applicants.csv", "37.581", "3.7e1"), HasSubstr("lat: '3.7e1' is not a number"));
  EXPECT_THAT(fault_after("applicants.csv", "37.581", ""), StartsWith("applicants.csv:2: lat: the value is missing"));
}

// An empty answer of a search for an address seated somebody 13,160 km away.
TEST(LoadExam, RefusesTheCoordinatesOfNoPlace) {
  EXPECT_THAT(fault_after("applicants.csv", "37.581,126.981", "0,0.0"),
              StartsWith("applicants.csv:2: lat: 0 and 0 are the coordinates of no place"));
  const PackageFolder venues;
  venues.replace("venues.csv", "37.58,126.98", "0,0");
  EXPECT_THAT(venues.faults(), ElementsAre(HasSubstr("lat: 0 and 0 are the coordinates of no place")));
}

TEST(LoadExam, RefusesUnknownCodesAndWords) {
  EXPECT_THAT(fault_after("applicants.csv", "A1,010", "A1,999"),
              StartsWith("applicants.csv:2: unit_code: '999' does not stand in units.csv"));
  EXPECT_THAT(fault_after("rooms.csv", "V2,1", "V7,1"),
              StartsWith("rooms.csv:4: venue_code: 'V7' does not stand in venues.csv"));
  EXPECT_THAT(fault_after("applicants.csv", ",F,", ",x,"),
              StartsWith("applicants.csv:2: sex: 'x' is not a word known here; write one of M, F"));
  EXPECT_THAT(fault_after("applicants.csv", "wheelchair;", "wheelchair;wheelchair;"),
              StartsWith("applicants.csv:3: accommodation: "));
  EXPECT_THAT(fault_after("applicants.csv", "wheelchair;", "extra_time_1.2;"),
              StartsWith("applicants.csv:3: accommodation: "));
  EXPECT_THAT(fault_after("units.csv", "general", "everybody"), StartsWith("units.csv:2: quota_group: "));
  EXPECT_THAT(fault_after("rooms.csv", "accessible,exam", "lift,exam"), StartsWith("rooms.csv:2: features: "));
  EXPECT_THAT(fault_after("rooms.csv", "accessible,exam", "accessible,"),
              StartsWith("rooms.csv:2: use: the value is missing; write one of exam, reserve, separate"));
}

// A hint and no warning: every command repeated it, and only whoever plans or judges can do something about it.
TEST(LoadExam, HintsAtDistrictsWithoutAVenue) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "11140", "11999");
  EXPECT_THAT(folder.warnings(), ElementsAre());
  std::vector<std::string> hints;
  for (const Fault& hint : folder.load().hints) hints.push_back(hint.format(Language::english));
  EXPECT_THAT(hints, ElementsAre(StartsWith(
                         "applicants.csv: district_code: 1 person lives in districts without a venue (11999)")));
}

TEST(LoadExam, RefusesNumbersOutOfRange) {
  EXPECT_THAT(fault_after("units.csv", ",100,set-01", ",0,set-01"),
              StartsWith("units.csv:2: duration_min: '0' is out of range"));
  EXPECT_THAT(fault_after("units.csv", "general,9", "general,12"), StartsWith("units.csv:2: grade: "));
  EXPECT_THAT(fault_after("units.csv", ",9,3,", ",9,99999999999999999999,"),
              StartsWith("units.csv:2: posts: '99999999999999999999' is out of range"));
  EXPECT_THAT(fault_after("rooms.csv", "V1,1,", "V1,0,"), StartsWith("rooms.csv:2: room_no: '0' is out of range"));
  EXPECT_THAT(fault_after("rooms.csv", "5,5,130", "5,5,-1"),
              StartsWith("rooms.csv:2: row_pitch_cm: '-1' is out of range"));
  EXPECT_THAT(fault_after("rooms.csv", "5,5,130", "5,5.5,130"),
              StartsWith("rooms.csv:2: column_count: '5.5' is not a whole number"));
}

TEST(LoadExam, RefusesADeskOutsideTheRoom) {
  EXPECT_THAT(fault_after("rooms.csv", "2-5;3-1", "2-6"),
              StartsWith("rooms.csv:3: blocked: desk 2-6 is outside the room of 5 rows and 5 columns"));
  EXPECT_THAT(fault_after("rooms.csv", "2-5;3-1", "2-5;x"), StartsWith("rooms.csv:3: blocked: "));
  EXPECT_THAT(fault_after("rooms.csv", "2-5;3-1", "0-1"), StartsWith("rooms.csv:3: blocked: "));
}

// Rooms of a shape known by name: rooms.csv says what differs.
TEST(LoadExam, TakesTheSizesOfARoomFromItsShape) {
  const PackageFolder folder;
  const std::string plain = digest_exam(folder.load().exam);
  folder.write("shapes.csv",
               "shape,row_count,column_count,row_pitch_cm,column_pitch_cm,blocked\n교실,5,5,130,140,2-5\n");
  folder.replace("rooms.csv", "use\n", "use,shape\n");
  folder.replace("rooms.csv", "5,5,130,140,,,accessible,exam\n", "5,5,130,140,,,accessible,exam,\n");
  folder.replace("rooms.csv", "5,5,130,140,2-5;3-1,4,,exam\n", ",,,,3-1,4,,exam,교실\n");
  folder.replace("rooms.csv", "4,4,150,150,,,accessible,exam\n", "4,4,150,150,,,accessible,exam,\n");
  EXPECT_THAT(folder.faults(), IsEmpty());
  EXPECT_EQ(digest_exam(folder.load().exam), plain) << "the same rooms, said otherwise";
}

TEST(LoadExam, RefusesShapesThatAreNotThereAndDesksOutsideThem) {
  const PackageFolder folder;
  folder.replace("rooms.csv", "use\n", "use,shape\n");
  folder.replace("rooms.csv", "5,5,130,140,,,accessible,exam\n", ",,,,,,accessible,exam,강당\n");
  folder.replace("rooms.csv", "5,5,130,140,2-5;3-1,4,,exam\n", "5,5,130,140,2-5;3-1,4,,exam,\n");
  folder.replace("rooms.csv", "4,4,150,150,,,accessible,exam\n", "4,4,150,150,,,accessible,exam,\n");
  EXPECT_THAT(folder.faults(),
              ElementsAre(StartsWith("rooms.csv:2: shape: '강당' does not stand in shapes.csv; add it to shapes.csv")));
  folder.write("shapes.csv", "shape,row_count,column_count,row_pitch_cm,column_pitch_cm\n강당,0,5,130,140\n");
  EXPECT_THAT(folder.faults(), ElementsAre(StartsWith("shapes.csv:2: row_count: ")));
  folder.write("shapes.csv",
               "shape,row_count,column_count,row_pitch_cm,column_pitch_cm,blocked\n강당,5,5,130,140,6-1\n");
  EXPECT_THAT(folder.faults(), testing::Contains(StartsWith("shapes.csv:2: blocked: desk 6-1 is outside")));
}

TEST(LoadExam, RefusesIdsThatPeopleCannotTellApart) {
  EXPECT_THAT(fault_after("applicants.csv", "\nA1,", "\n A1,"),
              HasSubstr("applicants.csv:2: applicant_id: ' A1' begins or ends with a blank"));
  EXPECT_THAT(fault_after("applicants.csv", "\nA1,", "\nA1\xe2\x80\x8b,"), HasSubstr("U+200B"));
  EXPECT_THAT(fault_after("applicants.csv", "\nA1,", "\nA\x01,"), HasSubstr("U+0001"));
  EXPECT_THAT(fault_after("applicants.csv", "\nA1,", "\n" + std::string(65, 'A') + ","), HasSubstr("has 65 bytes"));
  EXPECT_THAT(fault_after("applicants.csv", "\nA1,", "\n\xe1\x84\x80\xe1\x85\xa1,"), HasSubstr("normal form C"));
  EXPECT_THAT(fault_after("applicants.csv", "김가람", "김\xee\x80\x80가람"), HasSubstr("U+E000"));
  EXPECT_THAT(fault_after("exam.json", "trial", "../trial"), StartsWith("exam.json:2: code: "));
}

TEST(LoadExam, RefusesTablesWithoutRowsAndMissingFiles) {
  for (const std::string name : {"units.csv", "venues.csv", "rooms.csv", "applicants.csv"}) {
    const PackageFolder folder;
    const std::string bytes = folder.read(name);
    folder.write(name, bytes.substr(0, bytes.find('\n') + 1));
    EXPECT_THAT(folder.faults(), ::testing::Contains(StartsWith(name + ": the file has no rows; "))) << name;
    folder.write(name, "");
    EXPECT_THAT(folder.faults(), ::testing::Contains(StartsWith(name + ": the file is empty; "))) << name;
    std::filesystem::remove(folder.path() / name);
    EXPECT_THAT(folder.faults(), ::testing::Contains(StartsWith(name + ": the file is missing; "))) << name;
  }
  EXPECT_THROW(load_exam("/nowhere/at/all", Encoding::utf8, no_progress()), NotFound);
}

TEST(LoadExam, DoesNotBlameApplicantsForABrokenUnitRow) {
  const PackageFolder folder;
  folder.replace("units.csv", "020,간호,Nursing", "020,\"간\"호,Nursing");
  EXPECT_THAT(folder.faults(), ElementsAre(StartsWith("units.csv:3: series_ko: text follows a closing quote")));
}

TEST(LoadExam, SaysWhereJsonIsBroken) {
  EXPECT_THAT(fault_after("policy.json", "2\n", "2,\n"), StartsWith("policy.json:3: this is not JSON"));
  EXPECT_THAT(fault_after("policy.json", "{\n  \"people_cap\": 2\n}\n", "[]"),
              StartsWith("policy.json: the file holds no JSON object"));
  EXPECT_THAT(fault_after("policy.json", "2\n", "2,\n  \"people_cap\": 3\n"),
              StartsWith("policy.json:3: people_cap: the key stands on line 2 already"));
  EXPECT_THAT(fault_after("policy.json", "2\n", "\"two\"\n"),
              StartsWith("policy.json:2: people_cap: '\"two\"' is not a whole number"));
  EXPECT_THAT(fault_after("policy.json", "2\n", "2,\n \"weights\": {\n  \"travel\": -1}\n"),
              StartsWith("policy.json:4: weights.travel: -1 is out of range"));
  EXPECT_THAT(fault_after("policy.json", "2\n", "2, \"weights\": 5\n"),
              StartsWith("policy.json:2: weights: '5' is not an object"));
  EXPECT_THAT(fault_after("policy.json", "2\n", "2, \"moved_farther_m\": 1e400\n"), HasSubstr("larger than any"));
  EXPECT_THAT(fault_after("policy.json", "2\n", "2, \"x\": -1e999\n"), HasSubstr("larger than any"));
  EXPECT_THAT(fault_after("policy.json", "2\n", "2, \"booklets\": 3\n"), StartsWith("policy.json:2: booklets: "));
  EXPECT_THAT(
      fault_after("policy.json", "2\n", "2, \"mixing\": \"always\"\n"),
      HasSubstr("mixing: '\"always\"' is not a word known here; write one of never, same_series, leftover, free"));
  EXPECT_THAT(fault_after("exam.json", "  \"name_ko\": \"시험\",\n", ""),
              StartsWith("exam.json: name_ko: the key is missing"));
  EXPECT_THAT(
      fault_after("policy.json", "2\n", "2, \"x\": " + std::string(200'000, '[') + std::string(200'000, ']') + "\n"),
      HasSubstr("nested"));
}

// Red when the line of every key was kept under its whole path: a megabyte took a hundred gigabytes.
TEST(LoadExam, TakesNoKeysThatFillTheMemory) {
  std::string objects;
  for (int at = 0; at < 60'000; ++at) objects += at == 0 ? "{\"a\":1}" : ",{\"a\":1}";
  EXPECT_THAT(fault_after("policy.json", "2\n", "2, \"" + std::string(500'000, 'k') + "\": [" + objects + "]\n"), HasSubstr("longer than any"));
  // Nor does a long list below such a key take minutes.
  std::string lists;
  for (int at = 0; at < 60'000; ++at) lists += at == 0 ? "[]" : ",[]";
  EXPECT_THAT(fault_after("policy.json", "2\n", "2, \"" + std::string(500'000, 'k') + "\": [" + lists + "]\n"), HasSubstr("longer than any"));
}

TEST(LoadExam, WarnsOfUnknownKeysAndColumns) {
  const PackageFolder folder;
  folder.replace("policy.json", "2\n", "2,\n  \"weights\": {\"comfort\": 3},\n  \"colour\": \"red\"\n");
  folder.replace("units.csv", "subject_set\n", "subject_set,remark\n");
  folder.replace("units.csv", "set-01\n", "set-01,x\n");
  folder.replace("units.csv", "set-02\n", "set-02,y\n");
  EXPECT_THAT(folder.warnings(), ElementsAre(StartsWith("policy.json:3: weights.comfort: unknown key"),
                                             StartsWith("policy.json:4: colour: unknown key"),
                                             StartsWith("units.csv:1: remark: unknown column")));
}

TEST(LoadExam, UsesTheContractsDefaultsForAbsentKeysAndNull) {
  const PackageFolder folder;
  folder.write("policy.json", "{\"people_cap\": null, \"detour_cap_m\": null}");
  EXPECT_EQ(folder.load().exam.policy, Policy{});
}

TEST(LoadExam, ReadsTravelOnlyWhenThePolicySaysTable) {
  const PackageFolder folder;
  folder.write("travel.csv", "origin,venue_code,metres\nD1,V1,500\nD1,V2,700\n");
  EXPECT_THAT(folder.warnings(), ElementsAre(StartsWith("travel.csv: not read, because policy.json says haversine")));
  EXPECT_THAT(folder.load().exam.travel, IsEmpty());
  folder.replace("policy.json", "2\n", "2, \"travel\": \"table\"\n");
  folder.replace("applicants.csv", "keep_apart\n", "keep_apart,origin\n");
  folder.replace("applicants.csv", "11110,,\n", "11110,,,D1\n");
  folder.replace("applicants.csv", "1.5,\n", "1.5,,\n");
  folder.replace("applicants.csv", "K1\n", "K1,D9\n");
  const LoadedExam loaded = folder.load();
  EXPECT_EQ(loaded.exam.travel.size(), 2U);
  ASSERT_EQ(loaded.warnings.size(), 1U);
  EXPECT_THAT(loaded.warnings[0].format(Language::english),
              StartsWith("applicants.csv: origin: 2 people have no origin in travel.csv"));
  folder.write("travel.csv", "origin,venue_code,metres\nD1,V1,500\nD1,V1,500\nD1,V8,1\nD1,V2,-3\n");
  EXPECT_THAT(folder.faults(), ElementsAre(StartsWith("travel.csv:3: the pair 'D1' and 'V1' stands on line 2 already"),
                                           StartsWith("travel.csv:4: venue_code: 'V8'"),
                                           StartsWith("travel.csv:5: metres: '-3' is out of range")));
}

TEST(LoadExam, ChecksPins) {
  const PackageFolder folder;
  folder.write("pins.csv",
               "kind,applicant_id,venue_code,room_no\nperson,A1,,\nroom,,V1,2\nvenue,,V2,\nperson,A9,,\nroom,,V1,7\n"
               "venue,,V9,\nseat,A1,,\nperson,A1,,\n");
  EXPECT_THAT(folder.faults(),
              ElementsAre(StartsWith("pins.csv:5: applicant_id: 'A9'"),
                          StartsWith("pins.csv:6: room_no: venue 'V1' has no room 7"),
                          StartsWith("pins.csv:7: venue_code: 'V9'"), StartsWith("pins.csv:8: kind: 'seat'"),
                          StartsWith("pins.csv:9: the same pin stands on line 2 already")));
}

// Red while two people behind a heading that nobody knows were told as one pin that stands twice.
TEST(LoadExam, TellsNoConsequencesOfAColumnThatPinsLack) {
  const PackageFolder folder;
  folder.write("pins.csv", "kind,whose,venue_code,room_no\nperson,A1,,\nperson,A2,,\nvenue,,V9,\n");
  EXPECT_THAT(folder.faults(), ElementsAre(HasSubstr("applicant_id"), StartsWith("pins.csv:4: venue_code: 'V9'")));
}

// Two of whom one had a blank or a small letter in the word sat side by side, and a home had no row in travel.csv, without a word.
TEST(LoadExam, TellsOfWordsThatDifferToTheEyeOnly) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "11110,,\n", "11110,, k1\n");
  EXPECT_THAT(folder.warnings(), ElementsAre(StartsWith("applicants.csv: keep_apart: ' k1' and 'K1' are taken as two; they differ in blanks")));
  folder.replace("applicants.csv", " k1", "K2");
  EXPECT_THAT(folder.warnings(), IsEmpty());
  folder.replace("policy.json", "2\n", "2, \"travel\": \"table\"\n");
  folder.write("travel.csv", "origin,venue_code,metres\n012,V1,500\n012,V2,700\n");
  folder.replace("applicants.csv", "keep_apart\n", "keep_apart,origin\n");
  folder.replace("applicants.csv", "K2\n", "K2,12\n");
  folder.replace("applicants.csv", "1.5,\n", "1.5,,012\n");
  folder.replace("applicants.csv", "K1\n", "K1,012\n");
  EXPECT_THAT(folder.warnings(), ::testing::Contains(StartsWith("applicants.csv: origin: '012' and '12' are taken as two")));
}

// One look through all people for every pin took minutes of a large exam whose ids had lost their zeros.
TEST(LoadExam, NamesThePersonWhomAPinMeans) {
  const PackageFolder folder;
  folder.write("pins.csv", "kind,applicant_id,venue_code,room_no\nperson,a1,,\nperson,Ａ２,,\nperson,,,\n");
  EXPECT_THAT(folder.faults(),
              ElementsAre(HasSubstr("pins.csv:2: applicant_id: 'a1' does not stand in applicants.csv, but 'A1' does"),
                          HasSubstr("but 'A2' does"), HasSubstr("pins.csv:4: applicant_id: the value is missing")));
}

TEST(LoadExam, DoesNotGuessTheEncodingOfAMixedFile) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "김가람", "\xb1\xe8\xb0\xa1\xb6\xf7");  // the other names are UTF-8
  EXPECT_THAT(folder.faults(), ElementsAre(StartsWith("applicants.csv:2: name: the value is not UTF-8 text")));
}

TEST(LoadExam, AcceptsPeopleRoutedToIsolationWithoutAnythingElse) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "keep_apart\n", "keep_apart,routing\n");
  folder.replace("applicants.csv", "11110,,\n", "11110,,,isolation\n");
  folder.replace("applicants.csv", "1.5,\n", "1.5,,\n");
  folder.replace("applicants.csv", "K1\n", "K1,reserve\n");
  const Exam exam = folder.load().exam;
  EXPECT_EQ(exam.applicants[0].routing, Routing::isolation);
  EXPECT_EQ(exam.applicants[1].routing, Routing::none);
  EXPECT_EQ(exam.applicants[2].routing, Routing::reserve);
}

TEST(LoadExam, ReadsOneCp949FileAmongUtf8OnesWhateverWasSaid) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "김가람", "\xb1\xe8\xb0\xa1\xb6\xf7");
  folder.replace("applicants.csv", "이나래", "\xc0\xcc\xb3\xaa\xb7\xa1");
  folder.replace("applicants.csv", "박다온", "\xb9\xda\xb4\xd9\xbf\xc2");
  EXPECT_THAT(folder.warnings(), ElementsAre(StartsWith("applicants.csv: read as CP949")));
  EXPECT_EQ(folder.load().exam.applicants[0].name, "김가람");
  EXPECT_EQ(folder.load(Encoding::cp949).exam.applicants[0].name, "김가람") << "the UTF-8 files are told apart too";
  EXPECT_EQ(folder.load(Encoding::cp949).exam.input_sha256, PackageFolder().load().exam.input_sha256);
}

constexpr const char* with_times =
    "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,starts_at,seated_by\n"
    "010,일반행정,General administration,general,9,3,100,set-01,오전 10:00,9:20\n"
    "020,간호,Nursing,general,8,1,60,set-02,,\n";

TEST(LoadExam, TakesTheTimesOfUnitsAndWritesThemBack) {
  const PackageFolder folder;
  const std::string before = folder.load().exam.input_sha256;
  folder.write("units.csv", with_times);
  const LoadedExam loaded = folder.load();
  EXPECT_EQ(loaded.exam.units[0].starts_at, 600);
  EXPECT_EQ(loaded.exam.units[0].seated_by, 560);
  EXPECT_EQ(loaded.exam.units[1].starts_at, std::nullopt);
  EXPECT_NE(loaded.exam.input_sha256, before) << "what is said enters the digest";
  save_exam(loaded.exam, folder.path() / "saved");
  EXPECT_THAT(folder.read("saved/units.csv"), HasSubstr("set-01,10:00,09:20\n"));
  EXPECT_EQ(load_exam(folder.path() / "saved", Encoding::utf8, no_progress()).exam.input_sha256,
            loaded.exam.input_sha256);
  folder.replace("units.csv", "오전 10:00,9:20", ",");
  EXPECT_EQ(folder.load().exam.input_sha256, before) << "empty columns of the second edition leave digests alone";
}

TEST(LoadExam, RefusesTimesThatAreNoneOrTooLate) {
  const auto fault_of = [](const std::string& times) {
    const PackageFolder folder;
    folder.write("units.csv", with_times);
    folder.replace("units.csv", "오전 10:00,9:20", times);
    const auto faults = folder.faults();
    return faults.size() == 1 ? faults[0] : testing::PrintToString(faults);
  };
  EXPECT_THAT(fault_of("25:00,"), StartsWith("units.csv:2: starts_at: '25:00' is not a time of day"));
  EXPECT_THAT(fault_of(",0.3889"), StartsWith("units.csv:2: seated_by: '0.3889' is the part of a day by which a spreadsheet keeps 09:20"));
  EXPECT_THAT(fault_of("10:00,10:30"), StartsWith("units.csv:2: seated_by: 10:30 is after the start at 10:00"));
}

TEST(LoadExam, TakesThePolicyOfSeatNumbersAndKeepsOldDigests) {
  const PackageFolder folder;
  const std::string before = folder.load().exam.input_sha256;
  folder.write("policy.json", R"({"people_cap": 2, "seat_numbers": "desks"})");
  EXPECT_EQ(folder.load().exam.input_sha256, before);
  folder.write("policy.json", R"({"people_cap": 2, "seat_numbers": "used"})");
  const LoadedExam loaded = folder.load();
  EXPECT_EQ(loaded.exam.policy.seat_numbers, SeatNumbers::used);
  EXPECT_NE(loaded.exam.input_sha256, before);
  save_exam(loaded.exam, folder.path() / "saved");
  EXPECT_EQ(load_exam(folder.path() / "saved", Encoding::utf8, no_progress()).exam.policy.seat_numbers,
            SeatNumbers::used);
}

TEST(LoadExamHeader, ReadsExamJsonAloneAndNothingWhereThereIsNone) {
  const PackageFolder folder;
  std::vector<Fault> warnings;
  ASSERT_TRUE(load_exam_header(folder.path(), Encoding::utf8, warnings));
  EXPECT_EQ(load_exam_header(folder.path(), Encoding::utf8, warnings)->name_ko, "시험");
  EXPECT_FALSE(load_exam_header(folder.path() / "elsewhere", Encoding::utf8, warnings));
}

}  // namespace
}  // namespace hanjari::package
