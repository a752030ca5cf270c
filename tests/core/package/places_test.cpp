// Addresses in place of coordinates: what places.csv names is found, what it does not name is listed, nothing is guessed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* head =
    "applicant_id,unit_code,name,birth_on,sex,address,district_code,accommodation,keep_apart\n";

class Addresses : public ::testing::Test {
 protected:
  void people(const std::string& rows) { put("applicants.csv", head + rows); }
  void places(const std::string& rows) { put("places.csv", "name,district_code,lat,lon\n" + rows); }
  Point home_of(std::size_t person) const { return folder_.load().exam.applicants.at(person).home; }
  void put(const char* file, const std::string& text) { std::ofstream(folder_.path() / file, std::ios::binary) << text; }
  PackageFolder folder_;
};

TEST_F(Addresses, BecomeThePointOfTheLongestPlaceTheyName) {
  places("종로구,11110,37.5,126.9\n종로구 자하문로,11110,37.51,126.91\n\"서울특별시 종로구 자하문로 12\",,37.52,126.92\n");
  people(
      "A1,010,김,1999-01-02,F,\"서울특별시 종로구 자하문로 12\",11110,,\n"
      "A2,010,이,1999-01-02,F,\"서울 종로구 자하문로 99, 3층 (청운동)\",,,\n"
      "A3,010,박,1999-01-02,F,서울특별시  종로구　홍지문길 1,11110,,\n");
  const LoadedExam loaded = folder_.load();
  EXPECT_EQ(loaded.exam.applicants[0].home, (Point{37.52, 126.92}));
  EXPECT_EQ(loaded.exam.applicants[1].home, (Point{37.51, 126.91}));
  EXPECT_EQ(loaded.exam.applicants[2].home, (Point{37.5, 126.9}));
  std::string told;
  for (const Fault& warning : loaded.warnings) told += warning.what.en + "\n";
  EXPECT_THAT(told, HasSubstr("3 people were located by address: 1 by the whole of it, 2 by a part, 0 by the middle of the district ("))
      << "how exact it was is said";
}

// Whole addresses all begin with the same word; every one is found by itself, and a longer one that is not there hides
// none of its parts.
TEST_F(Addresses, OfManyPlacesThatBeginAlikeAreEachFound) {
  std::string rows;
  std::string all;
  for (int number = 1; number <= 30; ++number) {
    const std::string address = "서울특별시 종로구 자하문로 " + std::to_string(number);
    rows += address + ",11110,37.5" + std::to_string(10 + number) + ",126.9\n";
    all += "A" + std::to_string(number) + ",010,김,1999-01-02,F," + address + (number % 2 == 0 ? " 3층" : "") + ",11110,,\n";
  }
  places(rows);
  people(all);
  const LoadedExam loaded = folder_.load();
  ASSERT_EQ(loaded.exam.applicants.size(), 30U);
  for (const Applicant& person : loaded.exam.applicants) {
    const int number = std::stoi(person.id.text().substr(1));
    EXPECT_NEAR(person.home.lat, 37.5 + (10 + number) / 1000.0, 1e-9) << person.id.text();
  }
}

TEST_F(Addresses, AreNeverHalfAWordOfAnother) {
  places("신월동,11470,37.52,126.84\n");
  people("A1,010,김,1999-01-02,F,신월동길 3,,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("names no place of places.csv")));
}

TEST_F(Addresses, ThatNameNothingAreListedOneByOne) {
  places("청운동,11110,37.5,126.9\n");
  std::string rows;
  for (int person = 0; person < 12; ++person)
    rows += "A" + std::to_string(person) + ",010,김,1999-01-02,F,어딘가 " + std::to_string(person) + ",,,\n";
  people(rows);
  const auto faults = folder_.faults();
  ASSERT_EQ(faults.size(), 12U);
  EXPECT_THAT(faults[11], StartsWith("applicants.csv:13: address: '어딘가 11' names no place of places.csv; correct"));
}

// Without places.csv they were counted, and nobody learnt which they were.
TEST_F(Addresses, ThatNameNothingAreListedWithoutPlacesToo) {
  people("A1,010,김,1999-01-02,F,어딘가 1,,,\nA2,010,김,1999-01-02,F,서울 종로구 1,,,\nA3,010,김,1999-01-02,F,어딘가 3,,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(StartsWith("applicants.csv:2: address: '어딘가 1' names no known district"),
                                            StartsWith("applicants.csv:4: address: '어딘가 3' names no known district")));
}

TEST_F(Addresses, OfTwoPlacesOfOneNameNeedTheDistrict) {
  places("중앙동,11110,37.5,126.9\n중앙동,11140,37.6,127.0\n");
  people("A1,010,김,1999-01-02,F,중앙동 1,11140,,\n");
  EXPECT_EQ(home_of(0), (Point{37.6, 127.0}));
  people("A1,010,김,1999-01-02,F,중앙동 1,,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("names 2 places of places.csv called '중앙동'; fill in")));
}

TEST_F(Addresses, NeedPlacesAndGiveWayToCoordinates) {
  people("A1,010,김,1999-01-02,F,중앙동 1,,,\n");
  EXPECT_THAT(folder_.faults(),
              ElementsAre(StartsWith("applicants.csv:2: address: '중앙동 1' names no known district, and there is no")));
  put("applicants.csv",
      "applicant_id,unit_code,name,birth_on,sex,lat,lon,address,district_code,accommodation,keep_apart\n"
      "A1,010,김,1999-01-02,F,37.1,127.1,중앙동 1,11140,,\n"
      "A2,010,김,1999-01-02,F,,,,11140,,\n");
  EXPECT_THAT(folder_.faults(),
              ElementsAre(StartsWith("applicants.csv:3: address: neither coordinates nor an address are given")));
  put("applicants.csv", "applicant_id,unit_code,name,birth_on,sex,lon,district_code,accommodation,keep_apart\n");
  EXPECT_THAT(folder_.faults(), ::testing::Contains(StartsWith("applicants.csv:1: lat: the column is missing")));
}

TEST_F(Addresses, WantPlacesThatSayOneThing) {
  places("중앙동,11110,37.5,126.9\n중앙동,11110,37.6,127.0\n중앙동,11110,37.5,126.9\n동쪽,11110,137.5,26.9\n");
  people("A1,010,김,1999-01-02,F,중앙동 1,11110,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(StartsWith("places.csv:3: name: '중앙동' stands on line 2 already, at"),
                                            StartsWith("places.csv:5: lat: ")));
}

TEST_F(Addresses, AreLocatedByTheMiddleOfTheDistrictWhereNothingNearerIsKnown) {
  people(
      "A1,010,김,1999-01-02,F,\"서울특별시 종로구 자하문로 12\",,,\n"
      "A2,010,이,1999-01-02,F,서울 중구 세종대로 110,,,\n"
      "A3,010,박,1999-01-02,F,세종대로 110,11140,,\n");
  const LoadedExam loaded = folder_.load();
  EXPECT_EQ(loaded.exam.applicants[0].home, (Point{37.5943, 126.9777}));
  EXPECT_EQ(loaded.exam.applicants[1].home, loaded.exam.applicants[2].home);
  std::string told;
  for (const Fault& warning : loaded.warnings) told += warning.what.en + "\n";
  EXPECT_THAT(told, HasSubstr("0 by the whole of it, 0 by a part, 3 by the middle of the district ('중구' 2, '종로구' 1)"));
  places("종로구,11110,37.5,126.9\n");
  EXPECT_EQ(home_of(0), (Point{37.5, 126.9})) << "what the city gives comes first";
}

TEST_F(Addresses, OfEveryCityAreLocatedAndOfTwoDistrictsNotGuessed) {
  people(
      "A1,010,김,1999-01-02,F,부산광역시 중구 중앙대로 2,,,\n"
      "A2,010,이,1999-01-02,F,경기 수원시 장안구 1,41110,,\n"
      "A3,010,박,1999-01-02,F,강원도 춘천시 1,42110,,\n"
      "A4,010,최,1999-01-02,F,중구 중앙대로 2,26110,,\n");
  EXPECT_EQ(home_of(0), (Point{35.1054, 129.0323})) << "not the 중구 of Seoul";
  EXPECT_EQ(home_of(1), (Point{37.3140, 127.0034})) << "the district is nearer than the city";
  EXPECT_EQ(home_of(2), (Point{37.8899, 127.7400})) << "a code of before the reform";
  EXPECT_EQ(home_of(3), home_of(0));
  std::string told;
  for (const Fault& warning : folder_.load().warnings) told += warning.what.en + "\n";
  EXPECT_THAT(told, HasSubstr("'부산 중구' 2"));
  people("A1,010,김,1999-01-02,F,중구 세종대로 110,,,\nA2,010,이,1999-01-02,F,중구 세종대로 110,OWN,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("'중구 세종대로 110' names '중구', which 6 districts are called, and "
                                                      "no province; write the province before it"),
                                            StartsWith("applicants.csv:3: address: ")));
  people("A1,010,김,1999-01-02,F,강남구 서초구,,,\nA2,010,이,1999-01-02,F,서울특별시 종로구 부산 해운대구,11110,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("'강남구 서초구' names districts of two places: '강남구, 서초구'"),
                                            StartsWith("applicants.csv:3: address: ")));
  people("A1,010,김,1999-01-02,F,부산 종로구 1,,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("names no known district, and there is no places.csv")));
  people("A1,010,김,1999-01-02,F,서울특별시 종로구 자하문로 12,11140,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("is in 종로구, but the district_code says Jung-gu (11140)")));
  people("A1,010,김,1999-01-02,F,서울특별시 종로구 자하문로 12,JONGNO,,\n");
  EXPECT_EQ(home_of(0), (Point{37.5943, 126.9777})) << "a code that is not known contradicts nothing";
}

TEST_F(Addresses, OfAVenueThatContradictItsCodeAreTold) {
  EXPECT_THAT(folder_.warnings(), ::testing::IsEmpty());
  folder_.replace("venues.csv", "서울특별시 중구 새솔로 2", "부산광역시 중구 새솔로 2");
  EXPECT_THAT(folder_.warnings(), ElementsAre("venues.csv:3: district_code: '부산광역시 중구 새솔로 2' is in 부산 중구, but "
                                              "the code says Jung-gu (11140); correct the one that is wrong"));
  folder_.replace("venues.csv", ",11140,", ",26110,");
  for (const std::string& warning : folder_.warnings()) EXPECT_THAT(warning, ::testing::Not(StartsWith("venues.csv:")));
}

// Both were seated near Seoul: the code alone was asked, and a 중앙동 of places.csv was taken for that of any city.
TEST_F(Addresses, OfAnotherProvinceNeverBecomeAPlaceOfThisOne) {
  people("A1,010,김,1999-01-02,F,부산 중구 중앙동 1,11140,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("is in 부산 중구, but the district_code says Jung-gu (11140)")));
  places("중앙동,11140,37.56,126.99\n남포동,,37.57,126.98\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("is in 부산 중구, but the district_code says Jung-gu (11140)")))
      << "what the city gives does not make it right";
  people(
      "A1,010,김,1999-01-02,F,부산 중구 중앙동 1,,,\nA2,010,이,1999-01-02,F,부산 중구 남포동 2,,,\n"
      "A3,010,박,1999-01-02,F,서울 중구 중앙동 1,,,\nA4,010,최,1999-01-02,F,부산 어딘가 1,11140,,\n");
  EXPECT_THAT(folder_.faults(), ElementsAre(HasSubstr("is in 부산광역시, but the district_code says Jung-gu (11140)")));
  people(
      "A1,010,김,1999-01-02,F,부산 중구 중앙동 1,,,\nA2,010,이,1999-01-02,F,부산 중구 남포동 2,,,\n"
      "A3,010,박,1999-01-02,F,서울 중구 중앙동 1,,,\n");
  EXPECT_EQ(home_of(0), (Point{35.1054, 129.0323}));
  EXPECT_EQ(home_of(1), home_of(0)) << "a place without a district lies outside the box of the province";
  EXPECT_EQ(home_of(2), (Point{37.56, 126.99}));
}

}  // namespace
}  // namespace hanjari::package
