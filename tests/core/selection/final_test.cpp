// Rules 17 to 20: interview grades, the final list, its equality target, additional passes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "selection/exam_builder.h"
#include "selection/final_list.h"

namespace hanjari::selection::test {
namespace {

using ::testing::ElementsAre;
using enum GradeMark;

// One row per examiner.
InterviewGrade graded(const std::vector<std::vector<GradeMark>>& rows) {
  std::vector<InterviewMark> marks;
  for (std::size_t e = 0; e < rows.size(); ++e) {
    for (std::size_t i = 0; i < rows[e].size(); ++i) {
      marks.push_back(
          {PersonIndex(std::size_t{0}), "e" + std::to_string(e), "item" + std::to_string(i), rows[e][i], 2});
    }
  }
  return grade_of(marks);
}

TEST(Rule17Grade, IsExcellentIfAMajorityGaveHighOnEveryItem) {
  EXPECT_EQ(graded({{high, high}, {high, high}, {low, low}}), InterviewGrade::excellent);
  EXPECT_EQ(graded({{high, high}, {high, middle}, {middle, high}}), InterviewGrade::ordinary);
  EXPECT_EQ(graded({{high, high}, {middle, middle}}), InterviewGrade::ordinary);  // half is no majority
}

TEST(Rule17Grade, IsPoorIfAMajorityGaveLowOnTwoItemsOrOnTheSame) {
  EXPECT_EQ(graded({{low, low, high}, {high, low, low}, {high, high, high}}), InterviewGrade::poor);
  EXPECT_EQ(graded({{low, high, high}, {low, high, high}, {high, high, high}}), InterviewGrade::poor);
  EXPECT_EQ(graded({{low, high, high}, {high, low, high}, {high, high, high}}), InterviewGrade::ordinary);
  EXPECT_EQ(graded({{low, low, middle, middle}, {middle, middle, low, low}, {high, high, high, high}}),
            InterviewGrade::poor);
  EXPECT_EQ(graded({{low, low}, {middle, middle}}), InterviewGrade::ordinary);
}

TEST(Rule17Grade, WantsEveryExaminerToGradeEveryItemOnce) {
  ExamBuilder exam;
  exam.unit("U", 2);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "70");
  exam.interview("P1", "e1", "conduct", high);
  exam.interview("P1", "e1", "speech", high);
  exam.interview("P2", "e1", "conduct", high);
  exam.interview("P2", "e2", "conduct", high);
  exam.interview("P2", "e2", "speech", high);
  exam.interview("P2", "e2", "speech", low);
  exam.interview("P9", "e2", "speech", low);
  EXPECT_THAT(exam.gate_faults(),
              ElementsAre("interview.csv:4: item", "interview.csv:5: item", "interview.csv:8: applicant_number"));
  exam.rows.people_broken = true;
  exam.rows.interviews[0].number = WordIndex::none();
  exam.rows.interviews[1].item = WordIndex::none();
  exam.rows.interviews[2].examiner = WordIndex::none();
  exam.rows.people[1].unit = WordIndex::none();
  exam.rows.faults.add({"interview.csv", 2, "item", {}, {}});
  EXPECT_THAT(exam.gate_faults(), ElementsAre("interview.csv:2: item"));
}

// Two posts, so four pass the written stage.
ExamBuilder interviewed_exam(int posts, const std::vector<std::pair<const char*, GradeMark>>& people) {
  ExamBuilder exam;
  exam.unit("U", posts, static_cast<std::int64_t>(people.size()));
  int number = 0;
  for (const auto& [raw, grade] : people) {
    const std::string name = "P" + std::to_string(number++);
    exam.sat(name, "U", 'F', raw);
    exam.interview(name, grade);
  }
  return exam;
}

TEST(Rule18FinalList, PassesTheExcellentAndThenTheOrdinaryByWrittenTotal) {
  const ExamBuilder exam = interviewed_exam(2, {{"90", middle}, {"80", middle}, {"70", high}, {"60", middle}});
  EXPECT_EQ(exam.final_line("P2"), "U,passed,excellent,70.00,3,,excellent");
  EXPECT_EQ(exam.final_line("P0"), "U,passed,ordinary,90.00,1,,at_cut");
  EXPECT_EQ(exam.final_line("P1"), "U,not_passed,ordinary,80.00,2,1,below_cut");
  EXPECT_EQ(line_of(exam.cuts_final(), "U"), "2,4,1,3,0,2,0,90.00");
}

TEST(Rule18FinalList, NeverPassesThePoorEvenIfPostsStayEmpty) {
  const ExamBuilder exam = interviewed_exam(3, {{"90", low}, {"80", middle}});
  EXPECT_EQ(exam.final_line("P0"), "U,poor,poor,90.00,1,,poor");
  EXPECT_EQ(exam.final_line("P1"), "U,passed,ordinary,80.00,2,,all_pass");
}

TEST(Rule18FinalList, TakesTheHighestOfTooManyExcellentOrAll) {
  ExamBuilder exam = interviewed_exam(1, {{"90", high}, {"80", high}, {"95", middle}});
  EXPECT_EQ(exam.final_line("P0"), "U,passed,excellent,90.00,2,,excellent");
  EXPECT_EQ(exam.final_line("P1"), "U,not_passed,excellent,80.00,3,,excess_excellent");
  EXPECT_EQ(exam.final_line("P2"), "U,not_passed,ordinary,95.00,1,1,posts_filled");
  exam.rules.final.excess_excellent = ExcessExcellent::all;
  EXPECT_EQ(line_of(exam.cuts_final(), "U"), "1,3,2,1,0,2,0,80.00");
}

TEST(Rule18FinalList, LetsTiesPassOrNone) {
  ExamBuilder exam = interviewed_exam(2, {{"90", middle}, {"80", middle}, {"80", middle}, {"70", middle}});
  EXPECT_EQ(line_of(exam.cuts_final(), "U"), "2,4,0,4,0,3,0,80.00");
  EXPECT_EQ(exam.final_line("P0"), "U,passed,ordinary,90.00,1,,above_cut");
  EXPECT_EQ(exam.final_line("P1"), "U,passed,ordinary,80.00,2,,at_cut");
  exam.rules.final.ties = Ties::none;
  EXPECT_EQ(line_of(exam.cuts_final(), "U"), "2,4,0,4,0,1,0,90.00");
  EXPECT_EQ(lowest_taken({points(1), points(1)}, 1, Ties::none), std::nullopt);
  EXPECT_EQ(lowest_taken({points(1), points(2)}, 5, Ties::none), points(1));
  EXPECT_EQ(lowest_taken({points(1)}, 0, Ties::all), std::nullopt);
}

// Five posts: one woman or man at least (30 % of 5, decimals dropped).
ExamBuilder men_with(const char* womans_total) {
  ExamBuilder exam;
  exam.unit("U", 5, 7);
  for (int i = 0; i < 6; ++i) {
    exam.sat("M" + std::to_string(i), "U", 'M', "80");
    exam.interview("M" + std::to_string(i), middle);
  }
  exam.sat("W", "U", 'F', womans_total);
  exam.interview("W", middle);
  return exam;
}

TEST(Rule19FinalEquality, AddsTheNextOfTheShortSexWithinTheMarginInWrittenTotals) {
  EXPECT_EQ(men_with("77").final_line("W"), "U,passed_equality,ordinary,77.00,7,,equality");
  EXPECT_EQ(line_of(men_with("77").cuts_final(), "U"), "5,7,0,7,0,7,1,80.00");
  EXPECT_EQ(men_with("76.99").final_line("W"), "U,not_passed,ordinary,76.99,7,1,below_cut");
}

TEST(Rule19FinalEquality, AddsMenToo) {
  ExamBuilder exam = men_with("77");
  for (PersonRow& person : exam.rows.people) person.sex = *person.sex == Sex::male ? Sex::female : Sex::male;
  EXPECT_EQ(exam.final_line("W"), "U,passed_equality,ordinary,77.00,7,,equality");
}

TEST(Rule19FinalEquality, DoesNotApplyToSmallOrExemptUnits) {
  ExamBuilder exam = men_with("77");
  exam.rules.equality.exempt_units = {UnitCode("U")};
  EXPECT_EQ(line_of(exam.cuts_final(), "U"), "5,7,0,7,0,6,0,80.00");
  exam.rules.equality.exempt_units.clear();
  exam.rules.equality.min_posts = 6;
  EXPECT_EQ(line_of(exam.cuts_final(), "U"), "5,7,0,7,0,6,0,80.00");
}

TEST(Rule19FinalEquality, LeavesOutThePoorAndTakesTheHighest) {
  ExamBuilder exam = men_with("77");
  exam.sat("W2", "U", 'F', "79");
  exam.interview("W2", low);
  exam.sat("W3", "U", 'F', "78");
  exam.interview("W3", middle);
  exam.rows.units[0].to_pass = 9;
  EXPECT_EQ(exam.final_line("W3"), "U,passed_equality,ordinary,78.00,8,,equality");
  EXPECT_EQ(exam.final_line("W2"), "U,poor,poor,79.00,7,,poor");
  EXPECT_EQ(exam.final_line("W"), "U,not_passed,ordinary,77.00,9,1,below_cut");
}

TEST(Rule20AdditionalPasses, CallUpOneAndAHalfTimesTheGapOfTheWrittenOrder) {
  EXPECT_EQ(number_to_call_up(5, 3), 3);
  EXPECT_EQ(number_to_call_up(5, 4), 1);
  EXPECT_EQ(number_to_call_up(5, 5), 0);
  EXPECT_EQ(number_to_call_up(5, 9), 0);
  ExamBuilder exam;
  exam.unit("U", 2, 2);
  for (const auto& [name, raw] :
       {std::pair{"P1", "90"}, {"P2", "80"}, {"P3", "70"}, {"P4", "70"}, {"P5", "60"}, {"P6", "30"}}) {
    exam.sat(name, "U", 'F', raw);
  }
  exam.interview("P1", middle);
  EXPECT_EQ(exam.decisions_final(),
            "applicant_number,unit_code,outcome,grade,total,rank,reserve_rank,reasons\n"
            "P1,U,passed,ordinary,90.00,1,,all_pass\n"
            "P2,U,absent,,80.00,2,,absent\n"
            "P3,U,call_up,,70.00,3,,call_up\n"
            "P4,U,call_up,,70.00,3,,call_up\n");
  // Once interviewed, the called up compete like everybody else.
  exam.interview("P3", middle);
  EXPECT_EQ(exam.final_line("P3"), "U,passed,ordinary,70.00,3,,all_pass");
  EXPECT_EQ(exam.final_line("P4"), "U,call_up,,70.00,3,,call_up");
  EXPECT_EQ(line_of(exam.cuts_final(), "U"), "2,2,0,2,0,2,0,70.00");
  exam.interview("P5", middle);
  EXPECT_THROW(exam.decisions_final(), InvalidInput);
}

TEST(Rule20AdditionalPasses, RankTheReserveByWrittenTotal) {
  const ExamBuilder exam =
      interviewed_exam(1, {{"90", middle}, {"70", middle}, {"80", middle}, {"70", middle}, {"60", middle}});
  EXPECT_EQ(cells_of(exam.final_line("P2"))[5], "1");
  EXPECT_EQ(cells_of(exam.final_line("P1"))[5], "2");
  EXPECT_EQ(cells_of(exam.final_line("P3"))[5], "2");
  EXPECT_EQ(cells_of(exam.final_line("P4"))[5], "4");
}

}  // namespace
}  // namespace hanjari::selection::test
