// What people type and what spreadsheets make, in every column of an exam package and not in one of its kind: the same exam
// where the value is certain, else a message that says what it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Change {
  const char* file;
  const char* old;
  const char* now;
};

std::string digest_after(const std::vector<Change>& changes) {
  const PackageFolder folder;
  for (const Change& change : changes) folder.replace(change.file, change.old, change.now);
  EXPECT_THAT(folder.faults(), ::testing::IsEmpty());
  return folder.load().exam.input_sha256;
}

TEST(SpoiltColumns, OfLongNumbersSayThatASpreadsheetRoundedThem) {
  const Change changes[] = {
      {"units.csv", "\n010,", "\n1.23457E+11,"},
      {"units.csv", "general,9,3,100", "general,1.2E+05,3,100"},
      {"units.csv", "general,9,3,100", "general,9,1.23457E+11,100"},
      {"units.csv", "general,9,3,100", "general,9,3,1.2E+05"},
      {"venues.csv", "\nV1,", "\n1.23457E+11,"},
      {"venues.csv", "37.58,126.98", "3.758E+08,126.98"},
      {"venues.csv", "37.58,126.98", "37.58,1.2698E+09"},
      {"rooms.csv", "V1,1,본관,1,5,5,130,140", "V1,1.23457E+11,본관,1,5,5,130,140"},
      {"rooms.csv", "V1,1,본관,1,5,5,130,140", "V1,1,본관,1,1.2E+05,5,130,140"},
      {"rooms.csv", "V1,1,본관,1,5,5,130,140", "V1,1,본관,1,5,5,1.3E+05,140"},
      {"rooms.csv", "2-5;3-1,4,", "2-5;3-1,1.2E+05,"},
      {"applicants.csv", "\nA1,010", "\n1.23457E+11,010"},
      {"applicants.csv", "\nA1,010", "\nA1,1.23457E+11"},
      {"applicants.csv", "1999-01-02", "3.6162E+04"},
      {"applicants.csv", "37.581,126.981,11110", "3.7581E+08,126.981,11110"},
      {"applicants.csv", "37.581,126.981,11110", "37.581,1.26981E+09,11110"},
      {"applicants.csv", "37.581,126.981,11110", "37.581,126.981,1.111E+04"},
      {"applicants.csv", ",,,K1", ",,,1.23457E+11"},
  };
  for (const Change& change : changes) {
    const PackageFolder folder;
    folder.replace(change.file, change.old, change.now);
    EXPECT_THAT(folder.faults(), Contains(HasSubstr("is a long number that a spreadsheet rounded"))) << change.file << ' ' << change.now;
  }
}

// Red while it was kept as a telephone number and printed for whoever had to call the school.
TEST(SpoiltColumns, OfTelephoneNumbersAreToldToo) {
  const PackageFolder folder;
  folder.replace("venues.csv", "kind\n", "kind,phone\n");
  folder.replace("venues.csv", "126.98,regular", "126.98,regular,1.01235E+09");
  folder.replace("venues.csv", "126.99,regular", "126.99,regular,02-2123-4567");
  EXPECT_THAT(folder.faults(), ::testing::ElementsAre(StartsWith("venues.csv:2: phone: '1.01235E+09' is a long number that a spreadsheet rounded")));
  folder.replace("venues.csv", "1.01235E+09", "221234567");
  EXPECT_THAT(folder.warnings(), ::testing::ElementsAre(StartsWith("venues.csv:2: phone: '221234567' has no 0 in front, as spreadsheets leave numbers; write 02-2123-4567 if")));
}

TEST(SpoiltColumns, OfFullWidthDigitsAreTheSameExam) {
  const std::string plain = digest_after({});
  for (const Change& change : std::vector<Change>{
           {"units.csv", "general,9,3,100", "general,９,３,１００"},
           {"venues.csv", "37.58,126.98", "３７．５８,１２６.９８"},
           {"rooms.csv", "V1,1,본관,1,5,5,130,140", "V1,１,본관,1,５,５,１３０,１４０"},
           {"rooms.csv", "2-5;3-1,4,", "2-5;3-1,４,"},
           {"applicants.csv", "1999-01-02", "１９９９－０１－０２"},
           {"applicants.csv", "37.581,126.981", "３７.５８１,１２６．９８１"}}) {
    EXPECT_EQ(digest_after({change}), plain) << change.now;
  }
}

TEST(SpoiltColumns, OfTextsLoseWhatNobodySees) {
  const std::string plain = digest_after({});
  for (const Change& change : std::vector<Change>{{"units.csv", "일반행정", "일반\u200b행정"},
                                                  {"units.csv", "General administration", "General\u200b administration\ufeff"},
                                                  {"units.csv", "set-01", "set-01\u200b"},
                                                  {"venues.csv", "한빛중학교", "\u200b한빛중학교\u200e"},
                                                  {"venues.csv", "종로구, 한빛로", "종로구,\u200b 한빛로"},
                                                  {"rooms.csv", "V1,1,본관,1,", "V1,1,본\u2060관,1\u200b,"},
                                                  {"applicants.csv", "김가람", "김\u200b가람"},
                                                  {"applicants.csv", ",,,K1", ",,,K1\u200b"}}) {
    EXPECT_EQ(digest_after({change}), plain) << change.file << ' ' << change.now;
  }
}

TEST(SpoiltColumns, OfBirthDaysThatNoApplicantHasAreToldInFilesAsInTheForm) {
  for (const char* born : {"1895-01-02", "1899-12-31", "2095-01-02", "2027-06-12"}) {
    const PackageFolder folder;
    folder.replace("applicants.csv", "1999-01-02", born);
    EXPECT_THAT(folder.faults(), ::testing::ElementsAre(StartsWith("applicants.csv:2: birth_on: "))) << born;
  }
}

// Every table under a title and above its total, as offices send them.
TEST(SpoiltColumns, StandBelowTitlesAndAboveTotalsInEveryTable) {
  const std::string plain = digest_after({});
  const PackageFolder folder;
  const std::pair<const char*, int> tables[] = {{"units.csv", 8}, {"venues.csv", 7}, {"rooms.csv", 12}, {"applicants.csv", 10}};
  for (const auto& [file, columns] : tables) {
    const std::string blanks(static_cast<std::size_t>(columns - 1), ',');
    folder.write(file, "2027년도 제1회 임용시험" + blanks + "\n(2027. 5. 1. 기준)" + blanks + "\n" + folder.read(file) + "합계,3" + blanks.substr(1) + "\n");
  }
  EXPECT_THAT(folder.faults(), ::testing::IsEmpty());
  EXPECT_EQ(folder.load().exam.input_sha256, plain);
}

}  // namespace
}  // namespace hanjari::package
