// Rules 3 to 8: number to pass, means and deviations, adjusted marks, fail line, bonus, totals.
#include <gtest/gtest.h>

#include "selection/adjusted.h"
#include "selection/cut.h"
#include "selection/exact.h"
#include "selection/exam_builder.h"
#include "selection/totals.h"

namespace hanjari::selection::test {
namespace {

TEST(Exact, RootDownIsTheGreatestIntegerWhoseSquareFits) {
  for (std::uint64_t n = 0; n < 5000; ++n) {
    const auto root = static_cast<std::uint64_t>(root_down(n));
    ASSERT_TRUE(root * root <= n && (root + 1) * (root + 1) > n) << n;
  }
  const UnsignedWide large = static_cast<UnsignedWide>(0xffffffffffffffffULL) * 0xffffffffffffffffULL;
  EXPECT_EQ(static_cast<std::uint64_t>(root_down(large)), 0xffffffffffffffffULL);
  EXPECT_EQ(static_cast<std::uint64_t>(root_down(large - 1)), 0xfffffffffffffffeULL);
}

TEST(Exact, FloorDivideGoesDownAlsoBelowZero) {
  EXPECT_EQ(floor_divide(7, 2), 3);
  EXPECT_EQ(floor_divide(-7, 2), -4);
  EXPECT_EQ(floor_divide(-8, 2), -4);
}

TEST(Mark, IsReadWithAtMostTwoDecimals) {
  EXPECT_EQ(parse_mark("80")->hundredths, 8000);
  EXPECT_EQ(parse_mark("80.5")->hundredths, 8050);
  EXPECT_EQ(parse_mark("0.07")->hundredths, 7);
  EXPECT_EQ(parse_mark("100.00")->hundredths, 10000);
  for (const char* wrong :
       {"", "80.", ".5", "80.500", "100.01", "-1", "-0.00", "8a", "+8", "1e1", " 8", "1234567890"}) {
    EXPECT_FALSE(parse_mark(wrong)) << wrong;
  }
  EXPECT_EQ(parse_decimal("-2.5")->hundredths, -250);
}

TEST(Mark, IsWrittenWithTwoDecimals) {
  EXPECT_EQ(format_mark({39978}), "399.78");
  EXPECT_EQ(format_mark({-5}), "-0.05");
  EXPECT_EQ(format_short(3000), "30");
  EXPECT_EQ(format_short(3350), "33.5");
}

TEST(Rule03NumberToPass, IsTheUnitsOwnOrByTheHighestRowOfThePassTable) {
  Rules rules;
  EXPECT_EQ(number_to_pass(1, std::nullopt, rules), 3);
  EXPECT_EQ(number_to_pass(9, std::nullopt, rules), 11);
  EXPECT_EQ(number_to_pass(10, std::nullopt, rules), 12);
  EXPECT_EQ(number_to_pass(11, std::nullopt, rules), 14);  // 13.2 rounded up
  EXPECT_EQ(number_to_pass(11, 5, rules), 5);
  rules.pass_table = {{10, PassTableRow::How::percent, 11000}, {1, PassTableRow::How::number, 7}};
  EXPECT_EQ(number_to_pass(9, std::nullopt, rules), 7);
  EXPECT_EQ(number_to_pass(10, std::nullopt, rules), 11);
}

ExamBuilder two_units_with_law() {
  ExamBuilder exam;
  exam.unit("A", 1);
  exam.unit("B", 1);
  int number = 0;
  for (const char* raw : {"50", "70"}) {
    exam.person("A" + std::to_string(number), "A");
    exam.elective("law", raw);
    exam.person("B" + std::to_string(number++), "B", 'F', "veteran_10");
    exam.elective("law", raw[0] == '5' ? "10" : "90");
  }
  exam.absent("A9", "A");
  return exam;
}

TEST(Rule04Statistics, AreOverEverybodyWhoSatTheElectiveInTheExamWithoutBonus) {
  const ExamBuilder exam = two_units_with_law();
  const Results results = exam.results();
  const Moments moments =
      measure_electives(results, exam.rules).of(UnitIndex(std::size_t{0}), SubjectIndex(std::size_t{0}));
  EXPECT_EQ(moments, (Moments{4, 22000, 5000LL * 5000 + 7000LL * 7000 + 1000 * 1000 + 9000 * 9000}));
}

TEST(Rule04Statistics, AreOverTheUnitWhenTheScopeSaysSo) {
  ExamBuilder exam = two_units_with_law();
  exam.rules.adjusted_scope = Scope::unit;
  const Results results = exam.results();
  const ElectiveStatistics statistics = measure_electives(results, exam.rules);
  EXPECT_EQ(statistics.of(UnitIndex(std::size_t{0}), SubjectIndex(std::size_t{0})).sum, 12000);
  EXPECT_EQ(statistics.of(UnitIndex(std::size_t{1}), SubjectIndex(std::size_t{0})).sum, 10000);
}

TEST(Rule04Statistics, LeaveOutWhoeverTookTheSubjectAsACommonOne) {
  ExamBuilder exam = two_units_with_law();
  exam.unit("C", 1);
  exam.person("C1", "C");
  exam.common("law", "100");
  const Results results = exam.results();
  EXPECT_EQ(measure_electives(results, exam.rules).of(UnitIndex(std::size_t{0}), SubjectIndex(std::size_t{0})).count,
            4);
}

Moments of(std::initializer_list<std::int64_t> marks) {
  Moments moments;
  for (const std::int64_t mark : marks) moments.add(Mark{mark});
  return moments;
}

TEST(Rule05Adjusted, IsFiftyPlusTenDeviations) {
  Rules rules;
  const Moments moments = of({4000, 6000});  // mean 50, sd 10
  EXPECT_EQ(adjusted_mark(moments, {6000}, rules).hundredths, 6000);
  EXPECT_EQ(adjusted_mark(moments, {4000}, rules).hundredths, 4000);
  EXPECT_EQ(adjusted_mark(moments, {7500}, rules).hundredths, 7500);
  EXPECT_EQ(adjusted_mark(of({5000, 7000, 7000}), {7000}, rules).hundredths, 5707);  // 50 + 10 / sqrt 2
  EXPECT_EQ(adjusted_mark(of({5000, 7000, 7000}), {5000}, rules).hundredths, 3586);  // 50 - 10 sqrt 2 = 35.857..
}

TEST(Rule05Adjusted, UsesTheSampleDeviationWhenTheRulesSaySo) {
  Rules rules;
  rules.adjusted_sd = Deviation::sample;
  EXPECT_EQ(adjusted_mark(of({4000, 6000}), {6000}, rules).hundredths, 5707);
  EXPECT_EQ(adjusted_mark(of({4000, 6000}), {4000}, rules).hundredths, 4293);
  EXPECT_EQ(adjusted_mark(of({4000, 5000, 6000}), {6000}, rules).hundredths, 6000);
}

// Halves go up on both sides of fifty: with sd 10 the adjusted mark is the mark itself.
TEST(Rule05Adjusted, RoundsHalvesTowardsPlusInfinity) {
  Rules rules;
  rules.adjusted_decimals = 1;
  const Moments moments = of({4000, 6000});
  EXPECT_EQ(adjusted_mark(moments, {6005}, rules).hundredths, 6010);
  EXPECT_EQ(adjusted_mark(moments, {6004}, rules).hundredths, 6000);
  EXPECT_EQ(adjusted_mark(moments, {4005}, rules).hundredths, 4010);
  EXPECT_EQ(adjusted_mark(moments, {4004}, rules).hundredths, 4000);
  EXPECT_EQ(adjusted_mark(moments, {4006}, rules).hundredths, 4010);
  rules.adjusted_decimals = 0;
  EXPECT_EQ(adjusted_mark(moments, {4050}, rules).hundredths, 4100);
  EXPECT_EQ(adjusted_mark(moments, {4049}, rules).hundredths, 4000);
  EXPECT_EQ(adjusted_mark(moments, {6050}, rules).hundredths, 6100);
}

TEST(Rule05Adjusted, IsTheDistanceFromTheMeanWithoutASpread) {
  Rules rules;
  EXPECT_EQ(adjusted_mark(of({7000, 7000}), {7000}, rules).hundredths, 5000);
  EXPECT_EQ(adjusted_mark(of({7000, 7000}), {8000}, rules).hundredths, 6000);
  rules.adjusted_sd = Deviation::sample;
  EXPECT_EQ(adjusted_mark(of({3000}), {3500}, rules).hundredths, 5500);
}

TEST(Rule05Adjusted, MayLeaveZeroToAHundred) {
  Moments moments;
  moments.add(Mark{5000}, 9999);
  moments.add(Mark{5100});
  moments.add(Mark{0});
  Rules rules;
  EXPECT_GT(adjusted_mark(moments, {6500}, rules), full_marks);
  EXPECT_LT(adjusted_mark(moments, {0}, rules), Mark{0});
}

// Twenty-five million at each end: mean 50, sd 50, so everything is known, and the products are at their largest.
TEST(Rule05Adjusted, IsExactForFiftyMillionPeopleAndRefusesMore) {
  Moments moments;
  moments.add(Mark{0}, 25'000'000);
  moments.add(Mark{10000}, 25'000'000);
  Rules rules;
  EXPECT_EQ(adjusted_mark(moments, {11500}, rules).hundredths, 6300);
  EXPECT_EQ(adjusted_mark(moments, {0}, rules).hundredths, 4000);
  rules.adjusted_sd = Deviation::sample;
  EXPECT_EQ(adjusted_mark(moments, {11500}, rules).hundredths, 6300);
  EXPECT_EQ(adjusted_mark(moments, {0}, rules).hundredths, 4000);
  moments.add(Mark{0});
  EXPECT_THROW(adjusted_mark(moments, {0}, rules), InvalidInput);
}

TEST(Rule06FailLine, FailsACommonSubjectBelowForty) {
  ExamBuilder exam;
  exam.unit("U", 5);
  exam.person("P1", "U", 'F', "veteran_10");
  exam.common("korean", "39.99");
  exam.common("english", "90");
  exam.person("P2", "U");
  exam.common("korean", "40");
  exam.common("english", "40");
  exam.person("P3", "U", 'F', "licence_5");
  exam.common("korean", "0");
  exam.common("english", "0");
  EXPECT_EQ(exam.person_line("P1"), "U,below_line,129.99,,fail_line:korean,129.99");
  EXPECT_EQ(exam.person_line("P2"), "U,passed,80.00,1,all_pass,80.00");
  EXPECT_EQ(exam.person_line("P3"), "U,below_line,0.00,,fail_line:english;fail_line:korean,0.00");
}

TEST(Rule06FailLine, FailsAnElectiveOnlyIfItsAdjustedMarkIsBelowTheLineToo) {
  Rules rules;
  const Moments moments = of({2000, 4000});  // mean 30, sd 10: adjusted = raw + 20
  EXPECT_FALSE(is_below_line({SubjectIndex(std::size_t{0}), SubjectKind::elective, 2000}, moments, rules));
  EXPECT_TRUE(is_below_line({SubjectIndex(std::size_t{0}), SubjectKind::elective, 1999}, moments, rules));
  EXPECT_TRUE(is_below_line({SubjectIndex(std::size_t{0}), SubjectKind::common, 2000}, moments, rules));
  rules.fail_line_percent = Percent{2000};
  EXPECT_FALSE(is_below_line({SubjectIndex(std::size_t{0}), SubjectKind::common, 2000}, moments, rules));
}

// 39.50 would be 49.50 with the bonus, but the bonus comes after the line.
TEST(Rule06FailLine, IsNotCrossedByABonus) {
  ExamBuilder exam;
  exam.unit("U", 5);
  exam.sat("P1", "U", 'F', "39.50", "veteran_10;licence_5");
  EXPECT_EQ(exam.person_line("P1"), "U,below_line,39.50,,fail_line:korean,39.50");
}

TEST(Rule07Bonus, IsTheBestLicenceAndTheBestPreferenceAVeteransIfEqual) {
  const auto check = [](std::string_view words, std::int64_t licence, std::int64_t preference, Preference kind) {
    const BonusPoints bonus = count_bonus(parse_bonuses(words).value());
    EXPECT_EQ(bonus.licence, points(licence)) << words;
    EXPECT_EQ(bonus.preference, points(preference)) << words;
    EXPECT_EQ(bonus.kind, kind) << words;
  };
  check("", 0, 0, Preference::none);
  check("licence_3;licence_5", 5, 0, Preference::none);
  check("licence_3", 3, 0, Preference::none);
  check("veteran_5;veteran_10;hero_5", 0, 10, Preference::veteran);
  check("hero_5;veteran_5", 0, 5, Preference::veteran);
  check("hero_3;hero_5;licence_3", 3, 5, Preference::hero);
  check("hero_3", 0, 3, Preference::hero);
  EXPECT_FALSE(parse_bonuses("veteran_7"));
  EXPECT_FALSE(parse_bonuses("veteran_5;"));
}

TEST(Rule08Totals, CountTheBonusOnEverySubjectAndMayPassAHundred) {
  ExamBuilder exam;
  exam.unit("U", 10, 20);
  exam.rows.units[0].unit.posts = 10;
  exam.person("P1", "U", 'F', "veteran_10;licence_3");
  exam.common("korean", "95");
  exam.elective("law", "60");
  exam.person("P2", "U");
  exam.common("korean", "50");
  exam.elective("law", "40");
  // law: mean 50, sd 10, so that the adjusted mark is the mark.
  EXPECT_EQ(exam.person_line("P1"), "U,passed,181.00,1,all_pass;veteran_10;licence_3,161.00");
  EXPECT_EQ(exam.person_line("P2"), "U,passed,90.00,2,all_pass,90.00");
}

}  // namespace
}  // namespace hanjari::selection::test
