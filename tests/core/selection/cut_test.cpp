// Rules 9 to 16: caps, who passes at a mark, the cut, the equality target, ranks, reasons, bytes.
#include <gtest/gtest.h>

#include "selection/cut.h"
#include "selection/exam_builder.h"

namespace hanjari::selection::test {
namespace {

TEST(Rule09Caps, AreSharesOfThePostsRoundedDown) {
  ExamBuilder exam;
  exam.unit("U", 13, 1);
  for (int i = 0; i < 14; ++i) exam.sat("P" + std::to_string(10 + i), "U", 'F', "50");
  EXPECT_EQ(exam.cut_value("U", "veteran_cap"), "3");
  EXPECT_EQ(exam.cut_value("U", "hero_cap"), "1");
  exam.rules.veteran_cap_percent = Percent{5000};
  exam.rules.hero_cap_percent = Percent{2000};
  EXPECT_EQ(exam.cut_value("U", "veteran_cap"), "6");
  EXPECT_EQ(exam.cut_value("U", "hero_cap"), "2");
}

TEST(Rule09Caps, AreNotThereIfNoMorePeopleSatThanPosts) {
  ExamBuilder exam;
  exam.unit("U", 3, 1);
  for (const char* name : {"P1", "P2", "P3"}) exam.sat(name, "U", 'F', "50");
  exam.absent("P5", "U");
  EXPECT_EQ(exam.cut_value("U", "veteran_cap"), "");
  EXPECT_EQ(exam.cut_value("U", "hero_cap"), "");
  exam.sat("P4", "U", 'F', "50");
  EXPECT_EQ(exam.cut_value("U", "veteran_cap"), "0");
}

TEST(Rule09Caps, AreNotThereInAnExemptUnit) {
  ExamBuilder exam;
  exam.unit("U", 1, 1);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "75", "veteran_10");
  EXPECT_EQ(exam.person_line("P2"), "U,not_passed,75.00,2,below_cut;preference_not_given,75.00");
  exam.rules.cap_exempt_units = {UnitCode("U")};
  EXPECT_EQ(exam.person_line("P2"), "U,passed,85.00,1,at_cut;veteran_10;thanks_to_preference,75.00");
  EXPECT_EQ(exam.cut_value("U", "by_veteran"), "");
  EXPECT_EQ(exam.decision().units[0].by_veteran, 1);
}

TEST(Rule09Caps, OfZeroTakesOnlyThatPreferenceAway) {
  ExamBuilder exam;
  exam.unit("U", 4, 2);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "78", "hero_5");
  exam.sat("P3", "U", 'F', "75", "veteran_10");
  exam.sat("P4", "U", 'F', "74");
  exam.sat("P5", "U", 'F', "73");
  EXPECT_EQ(exam.person_line("P2"), "U,not_passed,78.00,3,below_cut;preference_not_given,78.00");
  EXPECT_EQ(exam.person_line("P3"), "U,passed,85.00,1,above_cut;veteran_10;thanks_to_preference,75.00");
}

struct People {
  std::vector<Contender> all;
  Pool pool;

  void add(std::int64_t own, std::int64_t full, Preference preference) {
    Contender contender;
    contender.person = all.size();
    contender.own = points(own);
    contender.full = points(full);
    contender.preference = preference;
    all.push_back(contender);
  }
  Passing at(std::int64_t mark, Places places, Ties ties) {
    pool.clear();
    for (Contender& contender : all) pool.push_back(&contender);
    order_by_standing(pool);
    return passing_at(points(mark), pool, places, ties);
  }
};

TEST(Rule10Passing, LetsOwnMarksPassAndThePreferenceInOrderWhileTheCapHasRoom) {
  People people;
  people.add(90, 90, Preference::none);
  people.add(85, 95, Preference::veteran);  // needs nothing at 85
  people.add(80, 90, Preference::veteran);
  people.add(79, 89, Preference::veteran);
  people.add(84, 89, Preference::hero);
  const Passing passing = people.at(85, {1, 1}, Ties::none);
  EXPECT_EQ(passing.by_own.size(), 2U);
  ASSERT_EQ(passing.by_preference.size(), 2U);
  EXPECT_EQ(passing.by_preference[0]->own, points(80));
  EXPECT_EQ(passing.by_preference[1]->own, points(84));
  ASSERT_EQ(passing.shut_out.size(), 1U);
  EXPECT_EQ(passing.shut_out[0]->own, points(79));
  EXPECT_EQ(people.at(90, {1, 1}, Ties::none).count(), 2);
  EXPECT_EQ(people.at(96, {1, 1}, Ties::none).count(), 0);
}

TEST(Rule10Passing, OrdersThoseWhoNeedItByFullThenOwn) {
  People people;
  people.add(80, 85, Preference::veteran);
  people.add(75, 85, Preference::veteran);
  const Passing passing = people.at(85, {1, 0}, Ties::none);
  ASSERT_EQ(passing.by_preference.size(), 1U);
  EXPECT_EQ(passing.by_preference[0]->own, points(80));
}

TEST(Rule10Passing, KeepsEqualsAtTheCapTogether) {
  People people;
  people.add(82, 92, Preference::veteran);
  people.add(80, 90, Preference::veteran);
  people.add(80, 90, Preference::veteran);
  EXPECT_EQ(people.at(85, {2, 0}, Ties::none).count(), 1);
  EXPECT_EQ(people.at(85, {2, 0}, Ties::all).count(), 3);
  EXPECT_EQ(people.at(85, {3, 0}, Ties::none).count(), 3);
  EXPECT_EQ(people.at(85, {1, 0}, Ties::all).count(), 1);
  EXPECT_EQ(people.at(85, {1, 0}, Ties::none).count(), 1);
  EXPECT_EQ(people.at(85, {0, 0}, Ties::all).count(), 0);
}

// The worked case of the rule: four posts, one place for veterans.
TEST(Rule11Cut, GoesDownToEightyWhenTheOneShutOutAtEightyTwoWouldBreakTheCap) {
  ExamBuilder exam;
  exam.unit("U", 4, 2);
  exam.sat("P1", "U", 'F', "80", "veteran_10");
  exam.sat("P2", "U", 'F', "72", "veteran_10");
  exam.sat("P3", "U", 'F', "72", "hero_3");
  exam.sat("P4", "U", 'F', "70");
  exam.sat("P5", "U", 'F', "60");
  // 90 passes at 90 and 82 is second, but only one veteran may need it above 80.
  EXPECT_EQ(exam.cut_value("U", "cut"), "80.00");
  EXPECT_EQ(exam.person_line("P1"), "U,passed,90.00,1,above_cut;veteran_10,80.00");
  EXPECT_EQ(exam.person_line("P2"), "U,passed,82.00,2,above_cut;veteran_10;thanks_to_preference,72.00");
}

TEST(Rule11Cut, LetsAllPassIfTheyAreNoMoreThanTheNumber) {
  ExamBuilder exam;
  exam.unit("U", 1, 2);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "70");
  EXPECT_EQ(exam.cut_line("U"), "1,2,2,2,2,70.00,,1,70.00,0,,0,0,0,0");
  exam.sat("P3", "U", 'F', "60");
  EXPECT_EQ(exam.cut_line("U"), "1,3,3,2,2,70.00,,1,70.00,0,,0,0,0,0");
  EXPECT_EQ(exam.person_line("P2"), "U,passed,70.00,2,at_cut,70.00");
}

TEST(Rule11Cut, LetsTiesPassOrNone) {
  ExamBuilder exam;
  exam.unit("U", 1, 2);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "70");
  exam.sat("P3", "U", 'F', "70");
  exam.sat("P4", "U", 'F', "60");
  EXPECT_EQ(exam.cut_value("U", "passed"), "3");
  exam.rules.ties_cut = Ties::none;
  EXPECT_EQ(exam.cut_value("U", "passed"), "1");
  EXPECT_EQ(exam.cut_value("U", "cut"), "80.00");
  EXPECT_EQ(exam.cut_value("U", "to_pass"), "2");
}

TEST(Rule11Cut, SetsThoseShutOutBackToTheirOwnMarks) {
  ExamBuilder exam;
  exam.unit("U", 4, 2);
  exam.sat("P1", "U", 'F', "90");
  exam.sat("P2", "U", 'F', "75", "veteran_10");
  exam.sat("P3", "U", 'F', "74", "veteran_10");
  exam.sat("P4", "U", 'F', "73");
  exam.sat("P5", "U", 'F', "70", "veteran_10");
  EXPECT_EQ(exam.cut_value("U", "cut"), "85.00");
  // 84 does not reach the cut: nothing was taken away.
  EXPECT_EQ(exam.person_line("P3"), "U,not_passed,84.00,3,below_cut;veteran_10,74.00");
  exam.rows.units[0].to_pass = 3;
  EXPECT_EQ(exam.cut_value("U", "cut"), "75.00");
  exam.rows.people[4].bonuses = parse_bonuses("veteran_5").value();
  EXPECT_EQ(exam.person_line("P5"), "U,not_passed,70.00,5,below_cut;veteran_cap,70.00");
}

// Ten posts, target 3 of 10. Men pass, women are short.
ExamBuilder short_of_women(const std::vector<const char*>& women) {
  ExamBuilder exam;
  exam.unit("U", 10, 10);
  for (int i = 0; i < 10; ++i) exam.sat("M" + std::to_string(i), "U", 'M', "80");
  for (std::size_t i = 0; i < women.size(); ++i) exam.sat("W" + std::to_string(i), "U", 'F', women[i]);
  return exam;
}

TEST(Rule12Equality, TargetIsDownBelowTenPostsAndHalfUpFromTen) {
  const Rules rules;
  EXPECT_EQ(equality_target(9, 9, rules), 2);    // 2.7
  EXPECT_EQ(equality_target(10, 12, rules), 4);  // 3.6
  EXPECT_EQ(equality_target(10, 15, rules), 5);  // 4.5
  EXPECT_EQ(equality_target(10, 14, rules), 4);  // 4.2
}

TEST(Rule12Equality, AddsTheNextOfTheShortSexWithinTheMargin) {
  const ExamBuilder exam = short_of_women({"79", "78", "77", "76", "75"});
  EXPECT_EQ(exam.cut_line("U"), "10,15,15,10,13,80.00,77.00,1,80.00,3,3,3,0,1,0");
  EXPECT_EQ(exam.person_line("W2"), "U,passed_equality,77.00,13,equality,77.00");
  EXPECT_EQ(exam.person_line("W3"), "U,not_passed,76.00,14,below_cut,76.00");
}

TEST(Rule12Equality, StopsAtTheFloor) {
  EXPECT_EQ(short_of_women({"79", "76.99"}).cut_line("U"), "10,12,12,10,11,80.00,79.00,1,80.00,1,3,3,0,1,0");
  EXPECT_EQ(short_of_women({"77", "77"}).cut_value("U", "equality_cut"), "77.00");
  EXPECT_EQ(short_of_women({"76", "76"}).cut_line("U"), "10,12,12,10,10,80.00,,1,80.00,0,3,3,0,1,0");
}

TEST(Rule12Equality, LetsTiesAtTheEqualityCutPassOrNone) {
  ExamBuilder exam = short_of_women({"79", "78", "77.50", "77.50"});
  EXPECT_EQ(exam.cut_value("U", "passed_equality"), "4");
  exam.rules.ties_equality = Ties::none;
  EXPECT_EQ(exam.cut_value("U", "passed_equality"), "2");
  EXPECT_EQ(exam.cut_value("U", "equality_cut"), "78.00");
  ExamBuilder tied = short_of_women({"79", "79", "79", "79"});
  tied.rules.ties_equality = Ties::none;
  EXPECT_EQ(tied.cut_value("U", "passed_equality"), "0");
  EXPECT_EQ(tied.cut_value("U", "equality_cut"), "");
}

TEST(Rule12Equality, DoesNotApplyToSmallOrExemptUnitsOrWithoutACut) {
  ExamBuilder exam = short_of_women({"79"});
  exam.rules.equality.exempt_units = {UnitCode("U")};
  EXPECT_EQ(exam.cut_value("U", "equality_target"), "");
  exam.rules.equality.exempt_units.clear();
  exam.rules.equality.min_posts = 11;
  EXPECT_EQ(exam.cut_value("U", "equality_target"), "");
  exam.rules.equality.min_posts = 10;
  EXPECT_EQ(exam.cut_value("U", "equality_target"), "3");
  exam.rules.ties_cut = Ties::none;
  exam.rows.units[0].to_pass = 9;
  EXPECT_EQ(exam.cut_value("U", "equality_target"), "");
}

TEST(Rule12Equality, AddsMenToo) {
  ExamBuilder exam;
  exam.unit("U", 5, 5);
  for (int i = 0; i < 5; ++i) exam.sat("W" + std::to_string(i), "U", 'F', "80");
  exam.sat("M1", "U", 'M', "78");
  EXPECT_EQ(exam.person_line("M1"), "U,passed_equality,78.00,6,equality,78.00");
}

TEST(Rule12Equality, UsesOnlyThePlacesTheCapsHaveLeft) {
  ExamBuilder exam = short_of_women({"74", "73", "72"});
  for (std::size_t i = 10; i < 13; ++i) exam.rows.people[i].bonuses = parse_bonuses("veteran_5").value();
  EXPECT_EQ(exam.cut_value("U", "by_veteran"), "3");
  exam.rules.veteran_cap_percent = Percent{1000};
  EXPECT_EQ(exam.cut_value("U", "by_veteran"), "1");
  EXPECT_EQ(exam.person_line("W0"), "U,passed_equality,79.00,11,equality;veteran_5;thanks_to_preference,74.00");
  EXPECT_EQ(exam.person_line("W1"), "U,not_passed,73.00,12,below_cut;veteran_cap,73.00");
}

TEST(Rule13Rank, IsOneMoreThanThoseWithAHigherTotal) {
  ExamBuilder exam;
  exam.unit("U", 9);
  for (const auto& [name, raw] : {std::pair{"P1", "70"}, {"P2", "90"}, {"P3", "70"}, {"P4", "60"}, {"P5", "30"}}) {
    exam.sat(name, "U", 'F', raw);
  }
  EXPECT_EQ(cells_of(exam.person_line("P2"))[3], "1");
  EXPECT_EQ(cells_of(exam.person_line("P1"))[3], "2");
  EXPECT_EQ(cells_of(exam.person_line("P3"))[3], "2");
  EXPECT_EQ(cells_of(exam.person_line("P4"))[3], "4");
  EXPECT_EQ(cells_of(exam.person_line("P5"))[3], "");
}

TEST(Rule14Reasons, SayPreferenceCapThanksAndLicenceInThisOrder) {
  ExamBuilder exam;
  exam.unit("U", 20, 2);
  for (int i = 0; i < 19; ++i) exam.sat("P" + std::to_string(10 + i), "U", 'F', "81");
  exam.sat("H1", "U", 'F', "77", "hero_5;licence_3");
  exam.sat("H2", "U", 'F', "77", "hero_3;licence_3");
  exam.rules.hero_cap_percent = Percent{500};
  EXPECT_EQ(exam.person_line("H1"), "U,passed,85.00,1,above_cut;hero_5;thanks_to_preference;licence_3,80.00");
  EXPECT_EQ(exam.person_line("H2"), "U,not_passed,80.00,21,below_cut;hero_cap;licence_3,80.00");
}

TEST(Rule15Files, HaveTheirColumnsAndOneLineForEverybody) {
  ExamBuilder exam;
  exam.unit("U", 1, 1);
  exam.unit("V", 1, 1);
  exam.person("P2", "U");
  exam.common("english", "80.01");
  exam.common("korean", "80");
  EXPECT_EQ(exam.decisions(),
            "applicant_number,unit_code,outcome,total,rank,reasons,own_total\n"
            "P2,U,passed,160.01,1,all_pass,160.01\n");
  EXPECT_EQ(exam.cuts(),
            "unit_code,posts,applied,sat,to_pass,passed,cut,equality_cut,subjects,cut_mean,passed_equality,"
            "equality_target,veteran_cap,by_veteran,hero_cap,by_hero\n"
            "U,1,1,1,1,1,160.01,,2,80.01,0,,,,,\n"  // 80.005 half up
            "V,1,0,0,1,0,,,0,,0,,,,,\n");
}

TEST(Rule16Bytes, AreOrderedByUnitThenNumberAsBytes) {
  ExamBuilder exam;
  exam.unit("b", 1);
  exam.unit("B", 1);
  exam.sat("10", "b", 'F', "50");
  exam.sat("9", "b", 'F', "50");
  exam.sat("Z", "B", 'F', "50");
  const std::string text = exam.decisions();
  EXPECT_LT(text.find("\nZ,B"), text.find("\n10,b"));
  EXPECT_LT(text.find("\n10,b"), text.find("\n9,b"));
}

TEST(Rule16Bytes, WriteNegativeMarksWithAMinus) {
  ExamBuilder exam;
  exam.unit("U", 1, 1);
  exam.rules.fail_line_percent = Percent{0};
  for (int i = 0; i < 60; ++i) {
    exam.person("P" + std::to_string(10 + i), "U");
    exam.elective("law", i == 0 ? "0" : "90");
  }
  EXPECT_EQ(cells_of(exam.person_line("P10"))[2], "-26.81");
}

}  // namespace
}  // namespace hanjari::selection::test
