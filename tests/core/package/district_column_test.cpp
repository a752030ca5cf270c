// Districts in files: codes, and names in Korean and English that are read as the codes for which they stand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Districts : public ::testing::Test {
 protected:
  void put(const char* file, const std::string& text) { std::ofstream(folder_.path() / file, std::ios::binary) << text; }
  void venues(const std::string& first, const std::string& second) {
    put("venues.csv", "venue_code,name,district_code,address,lat,lon,kind\n"
                      "V1,한빛중학교," + first + ",,37.58,126.98,regular\nV2,새솔중학교," + second + ",,37.56,126.99,regular\n");
  }
  void people(int count, const std::string& district) {
    std::string rows = "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart\n";
    for (int person = 0; person < count; ++person)
      rows += "A" + std::to_string(person) + ",010,김가람,1999-01-02,F,37.58,126.98," + district + ",,\n";
    put("applicants.csv", rows);
  }
  std::string district_of_venue(std::size_t venue) {
    const Exam exam = folder_.load().exam;
    return exam.words[exam.venues.at(venue).district];
  }
  PackageFolder folder_;
};

// Red while districts of registers were codes of their own: nobody lived where a venue was.
TEST_F(Districts, AreReadByTheTenDigitsOfRegisters) {
  venues("1111000000", "11140");
  people(40, "1111010100");
  const LoadedExam loaded = folder_.load();
  EXPECT_EQ(loaded.exam.words[loaded.exam.venues[0].district], "11110");
  for (const Applicant& person : loaded.exam.applicants) EXPECT_EQ(loaded.exam.words[person.district], "11110");
  EXPECT_TRUE(loaded.hints.empty()) << "everybody lives where a venue is";
  EXPECT_THAT(folder_.warnings(),
              ElementsAre(StartsWith("venues.csv:2: district_code: '1111000000' is the code of a part of a district and was read as that of '"),
                          StartsWith("applicants.csv:2: district_code: 40 rows: '1111010100' is the code of a part of a district")));
}

// Red while they were codes of their own: nobody lived where a venue was, and officers of the districts had no schools.
TEST_F(Districts, AreReadByTheirNamesAndToldOnce) {
  venues("Jongno-gu", "\"Jung-gu, Seoul\"");
  people(40, "종로구");
  const LoadedExam loaded = folder_.load();
  EXPECT_EQ(loaded.exam.words[loaded.exam.venues[0].district], "11110");
  EXPECT_EQ(loaded.exam.words[loaded.exam.venues[1].district], "11140");
  for (const Applicant& person : loaded.exam.applicants) EXPECT_EQ(loaded.exam.words[person.district], "11110");
  EXPECT_TRUE(loaded.hints.empty()) << "everybody lives where a venue is";
  EXPECT_THAT(folder_.warnings(),
              ElementsAre(StartsWith("venues.csv:2: district_code: 'Jongno-gu' is the name of a district and was read as its code '11110'; write the code"),
                          StartsWith("venues.csv:3: district_code: 'Jung-gu, Seoul' is the name of a district"),
                          StartsWith("applicants.csv:2: district_code: 40 rows: '종로구' is the name of a district and was read as its code '11110'")));
  const std::string digest = loaded.exam.input_sha256;
  EXPECT_NE(loaded.exam.input_sha256_by_names, digest);
  venues("11110", "11140");
  people(40, "11110");
  EXPECT_EQ(folder_.load().exam.input_sha256, digest) << "as if the code had been written";
  EXPECT_EQ(folder_.load().exam.input_sha256_by_names, "");
}

// A published plan names the digest of its package. Red while reading names as codes made it a plan of another package.
TEST_F(Districts, ByNameLeaveThePlansOfBeforeWhatTheyWere) {
  venues("종로구", "11140");
  people(3, "종로구");
  const Exam exam = folder_.load().exam;
  Exam before = exam;
  const WordIndex name = before.words.intern("종로구");
  before.venues[0].district = name;
  for (Applicant& person : before.applicants) person.district = name;
  EXPECT_EQ(exam.input_sha256_by_names, digest_exam(before));
  EXPECT_EQ(exam.input_sha256, digest_exam(exam));
  EXPECT_TRUE(exam.is_input(exam.input_sha256));
  EXPECT_TRUE(exam.is_input(digest_exam(before)));
  EXPECT_FALSE(exam.is_input(""));
  venues("11110", "11140");
  people(3, "11110");
  EXPECT_FALSE(folder_.load().exam.is_input(digest_exam(before))) << "a package that was changed is another one";
}

TEST_F(Districts, WhoseNameSeveralHaveStayAsTheyAreWritten) {
  venues("중구", "Jung-gu");
  EXPECT_EQ(district_of_venue(0), "중구");
  EXPECT_EQ(district_of_venue(1), "Jung-gu");
  EXPECT_THAT(folder_.warnings(), Contains(HasSubstr("venues.csv:2: district_code: '중구' is the name of several districts ('")));
  EXPECT_THAT(folder_.warnings(), Contains(HasSubstr("Jung-gu, Busan (26110)")));
}

TEST_F(Districts, ThatNobodyKnowsAreToldOnceAndCodesOfAnOfficeAreNot) {
  venues("north-1", "Jongro-gu");
  people(12, "Jongro-gu");
  EXPECT_EQ(district_of_venue(1), "Jongro-gu");
  EXPECT_THAT(folder_.warnings(),
              ElementsAre(StartsWith("venues.csv:3: district_code: 'Jongro-gu' is no district that is known here"),
                          StartsWith("applicants.csv:2: district_code: 12 rows: 'Jongro-gu' is no district that is known here")));
}

TEST_F(Districts, OfPlacesAreReadByNameToo) {
  put("places.csv", "name,district_code,lat,lon\n중앙동,Jongno-gu,37.5,126.9\n중앙동,11140,37.6,127.0\n");
  put("applicants.csv",
      "applicant_id,unit_code,name,birth_on,sex,address,district_code,accommodation,keep_apart\n"
      "A1,010,김,1999-01-02,F,중앙동 1,서울 종로구,,\n");
  EXPECT_EQ(folder_.load().exam.applicants.at(0).home, (Point{37.5, 126.9}));
}

}  // namespace
}  // namespace hanjari::package
