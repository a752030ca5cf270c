// Whole exams that have gone wrong somewhere, or would.
#include <gtest/gtest.h>

#include "selection/exam_builder.h"
#include "selection/second_decision.h"

namespace hanjari::selection::test {
namespace {

// Both implementations must agree on every case.
void expect_agreement(const ExamBuilder& exam) {
  const second::Files expected = second::decide(exam.rows, exam.rules);
  EXPECT_EQ(exam.decisions(), expected.decisions);
  EXPECT_EQ(exam.cuts(), expected.cuts);
}

TEST(Case, EverybodyTied) {
  ExamBuilder exam;
  exam.unit("U", 2, 3);
  for (int i = 0; i < 9; ++i) exam.sat("P" + std::to_string(i), "U", i % 2 == 0 ? 'F' : 'M', "70");
  EXPECT_EQ(exam.cut_value("U", "passed"), "9");
  expect_agreement(exam);
  exam.rules.ties_cut = Ties::none;
  EXPECT_EQ(exam.cut_line("U"), "2,9,9,3,0,,,1,,0,,0,0,0,0");
  EXPECT_EQ(exam.person_line("P0"), "U,not_passed,70.00,1,below_cut,70.00");
  expect_agreement(exam);
}

TEST(Case, NobodyAboveTheLine) {
  ExamBuilder exam;
  exam.unit("U", 6);
  for (int i = 0; i < 9; ++i) exam.sat("P" + std::to_string(i), "U", 'F', "30");
  EXPECT_EQ(exam.cut_line("U"), "6,9,9,8,0,,,1,,0,,1,0,0,0");
  expect_agreement(exam);
}

TEST(Case, OnePost) {
  ExamBuilder exam;
  exam.unit("U", 1);
  for (const auto& [name, raw] : {std::pair{"P1", "90"}, {"P2", "85"}, {"P3", "80"}, {"P4", "75"}}) {
    exam.sat(name, "U", 'F', raw, "veteran_10");
  }
  EXPECT_EQ(exam.cut_line("U"), "1,4,4,3,3,80.00,,1,80.00,0,,0,0,0,0");
  EXPECT_EQ(exam.person_line("P1"), "U,passed,90.00,1,above_cut;preference_not_given,90.00");
  expect_agreement(exam);
}

TEST(Case, ThreePostsGiveNoPlaceToVeterans) {
  ExamBuilder exam;
  exam.unit("U", 3, 1);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "79", "veteran_10");
  exam.sat("P3", "U", 'F', "78");
  exam.sat("P4", "U", 'F', "77");
  EXPECT_EQ(exam.person_line("P2"), "U,not_passed,79.00,2,below_cut;preference_not_given,79.00");
  expect_agreement(exam);
  exam.rows.units[0].unit.posts = 4;
  exam.sat("P5", "U", 'F', "76");
  EXPECT_EQ(exam.person_line("P2"), "U,passed,89.00,1,at_cut;veteran_10;thanks_to_preference,79.00");
  expect_agreement(exam);
}

TEST(Case, AllAbsent) {
  ExamBuilder exam;
  exam.unit("U", 5);
  exam.rows.units[0].common_subjects = {"korean", "english"};
  exam.absent("P1", "U");
  exam.absent("P2", "U");
  EXPECT_EQ(exam.cut_line("U"), "5,2,0,7,0,,,2,,0,,,,,");
  expect_agreement(exam);
}

TEST(Case, OneSexOnly) {
  ExamBuilder exam;
  exam.unit("U", 6, 6);
  for (int i = 0; i < 9; ++i) exam.sat("P" + std::to_string(i), "U", 'F', i < 6 ? "80" : "79");
  EXPECT_EQ(exam.cut_line("U"), "6,9,9,6,6,80.00,,1,80.00,0,1,1,0,0,0");
  expect_agreement(exam);
}

TEST(Case, StandardDeviationZero) {
  ExamBuilder exam;
  exam.unit("U", 4, 1);
  for (int i = 0; i < 5; ++i) {
    exam.person("P" + std::to_string(i), "U", 'F', i == 0 ? "veteran_10" : "");
    exam.elective("law", "35");
  }
  // 50 for everybody: nobody fails, and the bonus is the only distance.
  EXPECT_EQ(exam.person_line("P0"), "U,passed,60.00,1,at_cut;veteran_10;thanks_to_preference,50.00");
  EXPECT_EQ(exam.person_line("P1"), "U,not_passed,50.00,2,below_cut,50.00");
  expect_agreement(exam);
}

TEST(Case, ElectiveWithOneTaker) {
  ExamBuilder exam;
  exam.unit("U", 1, 5);
  exam.person("P1", "U");
  exam.elective("law", "10");
  exam.person("P2", "U");
  exam.elective("tax", "80");
  exam.person("P3", "U");
  exam.elective("tax", "60");
  for (const Deviation kind : {Deviation::population, Deviation::sample}) {
    exam.rules.adjusted_sd = kind;
    EXPECT_EQ(exam.person_line("P1"), "U,passed,50.00,2,all_pass,50.00");
    expect_agreement(exam);
  }
}

TEST(Case, BonusThatCrossesTheCut) {
  ExamBuilder exam;
  exam.unit("U", 10, 2);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "79", "veteran_5");
  for (int i = 3; i < 12; ++i) exam.sat("P" + std::to_string(i), "U", 'M', "78");
  EXPECT_EQ(exam.person_line("P2"), "U,passed,84.00,1,above_cut;veteran_5;thanks_to_preference,79.00");
  expect_agreement(exam);
}

TEST(Case, BonusThatWouldCrossTheFailLine) {
  ExamBuilder exam;
  exam.unit("U", 10);
  exam.sat("P1", "U", 'F', "39.99", "veteran_10;licence_5");
  EXPECT_EQ(exam.person_line("P1"), "U,below_line,39.99,,fail_line:korean,39.99");
  expect_agreement(exam);
}

TEST(Case, EqualityTargetMetByTheAddedExactly) {
  ExamBuilder exam;
  exam.unit("U", 10, 10);
  for (int i = 0; i < 10; ++i) exam.sat("M" + std::to_string(i), "U", 'M', "80");
  for (const auto& [name, raw] : {std::pair{"W1", "79"}, {"W2", "78"}, {"W3", "77"}}) exam.sat(name, "U", 'F', raw);
  EXPECT_EQ(exam.cut_line("U"), "10,13,13,10,13,80.00,77.00,1,80.00,3,3,3,0,1,0");
  expect_agreement(exam);
}

TEST(Case, TwoCapsBitingTheSameUnit) {
  ExamBuilder exam;
  exam.unit("U", 10, 4);
  exam.sat("P1", "U", 'F', "90");
  for (int i = 0; i < 4; ++i) exam.sat("V" + std::to_string(i), "U", 'F', "7" + std::to_string(4 - i), "veteran_10");
  for (int i = 0; i < 2; ++i) exam.sat("H" + std::to_string(i), "U", 'F', "7" + std::to_string(9 - i), "hero_5");
  for (int i = 0; i < 5; ++i) exam.sat("N" + std::to_string(i), "U", 'F', "70");
  exam.rows.units[0].to_pass = 6;
  // At 79 one hero's relative passes on an own mark, the other and three of four veterans thanks to the preference.
  EXPECT_EQ(exam.cut_value("U", "cut"), "79.00");
  EXPECT_EQ(exam.cut_value("U", "by_veteran"), "3");
  EXPECT_EQ(exam.cut_value("U", "by_hero"), "1");
  EXPECT_EQ(exam.person_line("V3"), "U,not_passed,71.00,7,below_cut;veteran_cap,71.00");
  expect_agreement(exam);
  exam.rows.units[0].to_pass = 5;
  EXPECT_EQ(exam.cut_value("U", "cut"), "82.00");
  EXPECT_EQ(exam.person_line("H1"), "U,not_passed,78.00,7,below_cut;hero_cap,78.00");
  expect_agreement(exam);
}

TEST(Case, QuotaGroupsAreUnitsOfTheirOwnAndNothingMovesBetweenThem) {
  ExamBuilder exam;
  exam.unit("general", 1, 1);
  exam.unit("disabled", 3, 3).unit.quota_group = QuotaGroup::disabled;
  exam.sat("P1", "general", 'F', "90");
  exam.sat("P2", "general", 'F', "80");
  exam.sat("P3", "disabled", 'F', "60");
  EXPECT_EQ(exam.cut_value("disabled", "passed"), "1");
  EXPECT_EQ(exam.person_line("P2"), "general,not_passed,80.00,2,below_cut,80.00");
}

}  // namespace
}  // namespace hanjari::selection::test
