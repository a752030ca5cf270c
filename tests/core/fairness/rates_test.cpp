// Rates of passing by group: what is given tells of no small group, whatever is added up or subtracted.
#include "hanjari/fairness/rates.h"

#include <string>

#include <gtest/gtest.h>

namespace hanjari::fairness {
namespace {

// People one after the other: district, sex, unit, accommodation.
class Crowd {
 public:
  Crowd& add(int people, int passed, const std::vector<std::string>& values) {
    for (int i = 0; i < people; ++i) {
      const std::string number = std::to_string(10'000 + std::ssize(decided.members));
      decided.members[number] = values;
      if (i < passed) decided.passed.insert(number);
    }
    return *this;
  }
  std::string report(const std::vector<EarlierRates>& before = {}) const {
    return render_rates(decided, rates_to_publish(decided, before, Seed{}));
  }
  DecidedPeople decided;
};

TEST(Rates, AreGivenByGroupWithOneDecimal) {
  Crowd crowd;
  crowd.add(30, 10, {"1, a", "M", "101", "none"}).add(30, 8, {"2", "F", "101", "none"});
  EXPECT_EQ(crowd.report(),
            "dimension,value,people,passed,percent\nall,,60,18,30.0\ndistrict,\"1, a\",30,10,33.3\ndistrict,2,30,8,26.7\n"
            "sex,F,30,8,26.7\nsex,M,30,10,33.3\nunit,101,60,18,30.0\naccommodation,none,60,18,30.0\n");
}

// Red when a group is judged by its size alone: whoever knows that nobody of it passed knows it of each.
TEST(Rates, OfAGroupInWhichNobodyOrEverybodyPassedAreWithheldWithWhatWouldTell) {
  Crowd crowd;
  crowd.add(20, 0, {"1", "M", "101", "none"}).add(30, 10, {"2", "M", "101", "none"}).add(40, 15, {"3", "F", "101", "none"});
  const std::string report = crowd.report();
  EXPECT_NE(report.find("district,1,,,\n"), std::string::npos) << report;
  EXPECT_NE(report.find("district,2,,,\n"), std::string::npos) << "all less 2 and 3 would tell of 1: " << report;
  EXPECT_NE(report.find("district,3,40,15,37.5\n"), std::string::npos) << report;
}

TEST(Rates, OfFewPeopleAreWithheld) {
  Crowd few;
  few.add(9, 4, {"1", "M", "101", "none"});
  EXPECT_EQ(few.report(), "dimension,value,people,passed,percent\nall,,,,\ndistrict,1,,,\nsex,M,,,\nunit,101,,,\naccommodation,none,,,\n");
  EXPECT_EQ(render_rates({}, rates_to_publish({}, {}, Seed{})), "dimension,value,people,passed,percent\n");
}

// Red when releases before are forgotten.
TEST(Rates, OnePersonMoreKeepsTheOldFigures) {
  Crowd first;
  first.add(30, 10, {"1", "M", "101", "none"}).add(30, 10, {"2", "F", "101", "none"});
  const Cells given = rates_to_publish(first.decided, {}, Seed{});
  Crowd later = first;
  later.add(1, 1, {"1", "M", "101", "none"});
  EXPECT_EQ(later.report({{first.decided, given}}).find("all,,61"), std::string::npos) << "all less all before is one person";
  EXPECT_NE(later.report().find("all,,61,21,34.4\n"), std::string::npos) << "without a release before it may be told";
}

// Red when only groups of people are compared with releases before, not who passed: the lists name whoever does so now and did not
// before, and the one row by accommodation that changed would say whether that person has any.
TEST(Rates, TellNoGroupOfAFewWhoseVerdictIsAnotherNow) {
  Crowd first;
  first.add(30, 10, {"1", "M", "101", "none"}).add(30, 10, {"2", "F", "101", "some"});
  const std::vector<EarlierRates> before{{first.decided, rates_to_publish(first.decided, {}, Seed{})}};
  EXPECT_EQ(first.report(before), first.report()) << "nobody has another verdict";
  const auto pass = [](Crowd& crowd, int from, int people) {
    for (int i = 0; i < people; ++i) crowd.decided.passed.insert(std::to_string(from + i));
  };
  Crowd one = first;
  pass(one, 10'050, 1);
  const std::string all = "dimension,value,people,passed,percent\nall,,60,21,35.0\n";
  EXPECT_EQ(one.report(before), all + "district,1,,,\ndistrict,2,,,\nsex,F,,,\nsex,M,,,\nunit,101,60,21,35.0\naccommodation,none,,,\naccommodation,some,,,\n");
  Crowd alike = first;
  pass(alike, 10'050, 6);
  EXPECT_NE(alike.report(before).find("accommodation,some,,,\n"), std::string::npos) << "all six have it";
  Crowd many = first;
  pass(many, 10'020, 5);
  pass(many, 10'050, 5);
  EXPECT_NE(many.report(before).find("accommodation,some,30,15,50.0\n"), std::string::npos) << "five of each";
}

TEST(Rates, AreReadAsTheyAreWritten) {
  Crowd crowd;
  crowd.add(30, 10, {"1, \"a\"", "M", "101", "none"}).add(3, 0, {"2", "F", "101", "none"});
  const auto rows = read_rates(crowd.report());
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 7U);
  EXPECT_FALSE((*rows)[1].is_given());
  EXPECT_EQ((*rows)[1].cell, (Cell{0, "1, \"a\""}));
  for (const char* other : {"", "dimension,value\n", "dimension,value,people,passed,percent\nall,,1,1\n",
                            "dimension,value,people,passed,percent\nall,,1,1,", "dimension,value,people,passed,percent\nheight,,1,1,1\n",
                            "dimension,value,people,passed,percent\nall,,1,,1\n", "dimension,value,people,passed,percent\nall,\"a,,,\n"})
    EXPECT_FALSE(read_rates(other)) << other;
}

}  // namespace
}  // namespace hanjari::fairness
