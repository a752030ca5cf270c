// Points far from all others: a sign, a digit or the order of the two was lost, and nobody was told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "hanjari/base/error.h"
#include "hanjari/package/far_points.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class FarRows : public ::testing::Test {
 protected:
  void put(const char* file, const std::string& text) { std::ofstream(folder_.path() / file, std::ios::binary) << text; }
  // Twelve people at home in Seoul, and before them those of `rows`, each "lat,lon".
  void people(const std::vector<std::string>& rows) {
    std::string all = "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart\n";
    int person = 0;
    const auto add = [&](const std::string& point) { all += "A" + std::to_string(person++) + ",010,김가람,1999-01-02,F," + point + ",11110,,\n"; };
    for (const std::string& point : rows) add(point);
    for (int near = 0; near < 12; ++near) add("37.5" + std::to_string(10 + near) + ",126.9" + std::to_string(10 + near));
    put("applicants.csv", all);
  }
  std::vector<std::string> told(const std::vector<std::string>& rows) {
    people(rows);
    return folder_.warnings();
  }
  PackageFolder folder_;
};

// Red while all of these were taken without a word: the person was seated thousands of kilometres away.
TEST_F(FarRows, AreToldWithWhatWasLost) {
  EXPECT_THAT(told({"3.75,126.9"}),
              ElementsAre(StartsWith("applicants.csv:2: lat: '3.75, 126.9' lies 3,7")));
  EXPECT_THAT(told({"3.75,126.9"}), ElementsAre(HasSubstr("a digit was lost or the decimal point moved; write all digits of lat and lon")));
  EXPECT_THAT(told({"37.5,12.69"}), ElementsAre(HasSubstr("a digit was lost")));
  EXPECT_THAT(told({"0.375,1.269"}), ElementsAre(HasSubstr("a digit was lost")));
  EXPECT_THAT(told({"-37.5,126.9"}), ElementsAre(HasSubstr("it would be near with the other sign; write or remove the minus")));
  EXPECT_THAT(told({"37.5,-126.9"}), ElementsAre(HasSubstr("the other sign")));
  EXPECT_THAT(told({"51.5,-0.12"}), ElementsAre(HasSubstr("correct lat and lon, or leave them if the place is that far away")));
}

TEST_F(FarRows, OfOneCauseAreToldOnce) {
  std::vector<std::string> rows(9, "3.75,126.9");
  rows.push_back("37.5,-126.9");
  EXPECT_THAT(told(rows), ElementsAre(StartsWith("applicants.csv:2: lat: 9 rows: '3.75, 126.9' lies "),
                                      StartsWith("applicants.csv:11: lat: '37.5, -126.9' lies ")));
}

TEST_F(FarRows, AreNotHomesAnywhereInTheCountry) {
  EXPECT_THAT(told({"33.25,126.56", "37.24,131.86", "37.95,124.67", "34.68,125.43", "38.6,128.35"}), IsEmpty())
      << "Seogwipo, Dokdo, Baengnyeong, Heuksan, Goseong";
}

TEST_F(FarRows, OfVenuesAndPlacesAreToldToo) {
  people({});
  folder_.replace("venues.csv", "37.58,126.98", "3.758,126.98");
  EXPECT_THAT(folder_.warnings(), ElementsAre(StartsWith("venues.csv:2: lat: '3.758, 126.98' lies ")));
  folder_.replace("venues.csv", "3.758,126.98", "37.58,126.98");
  put("places.csv", "name,district_code,lat,lon\n청운동,11110,37.58,12.697\n");
  put("applicants.csv",
      "applicant_id,unit_code,name,birth_on,sex,lat,lon,address,district_code,accommodation,keep_apart\n"
      "A1,010,김,1999-01-02,F,37.51,126.91,,11110,,\nA2,010,이,1999-01-02,F,37.52,126.92,,11110,,\n");
  EXPECT_THAT(folder_.warnings(), Contains(StartsWith("places.csv:2: lat: '37.58, 12.697' lies ")));
}

// One school that is right, and a table of homes that all lost a digit: the districts say who is right.
TEST_F(FarRows, AreThoseOfTheTableThatTheDistrictsContradict) {
  std::string all = "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart\n";
  for (int person = 0; person < 20; ++person) all += "A" + std::to_string(person) + ",010,김가람,1999-01-02,F,3.75,126.9,11110,,\n";
  put("applicants.csv", all);
  EXPECT_THAT(folder_.warnings(), ElementsAre(StartsWith("applicants.csv:2: lat: 20 rows: '3.75, 126.9' lies ")));
}

TEST_F(FarRows, OfSwappedDegreesAreFaults) {
  folder_.replace("venues.csv", "37.58,126.98", "48.1,11.5");
  folder_.replace("venues.csv", "37.56,126.99", "48.2,11.6");
  put("applicants.csv",
      "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart\n"
      "A1,010,김,1999-01-02,F,48.12,11.51,,,\nA2,010,이,1999-01-02,F,11.52,48.13,,,\nA3,010,박,1999-01-02,F,48.14,11.53,,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(StartsWith("applicants.csv:3: lat: '11.52' and '48.13' look swapped; lat is the latitude")));
}

TEST(FarPoints, ReachFarWhereTheExamDoes) {
  std::vector<Point> wide;
  for (int step = 0; step < 40; ++step) wide.push_back({30.0 + 0.4 * step, -120.0 + step});
  const auto middle = middle_of_points(wide);
  ASSERT_TRUE(middle);
  const FarPoints far(*middle, wide);
  for (const Point& at : wide) EXPECT_FALSE(far.find(at)) << at.lat << ' ' << at.lon;
  EXPECT_TRUE(far.find({-38, -100}));
  EXPECT_FALSE(middle_of_points({}));
  EXPECT_FALSE(middle_of_points({{}, {}})) << "what could not be read is no point";
}

}  // namespace
}  // namespace hanjari::package
