// Why: a person's path through the rules, what bit in a unit, what differs between two decisions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/selection/compare.h"
#include "hanjari/selection/explain.h"
#include "hanjari/selection/rule_book.h"
#include "selection/exam_builder.h"
#include "selection/random_exam.h"

namespace hanjari::selection::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Every sentence of a person's path in one line, the numbers of the rules before.
std::string path_of(const ExamBuilder& exam, std::string_view number) {
  const Results results = exam.results();
  const Decision decision = decide(results, exam.rules);
  std::string path;
  for (const Step& step : explain_person(results, exam.rules, measure_electives(results, exam.rules), decision,
                                         results.find(ApplicantNumber(number)))) {
    path += std::to_string(step.rule) + ": " + step.sentence.en + "\n";
    EXPECT_FALSE(step.sentence.ko.empty());
  }
  return path;
}

std::vector<UnitExplanation> units_of(const ExamBuilder& exam) {
  const Results results = exam.results();
  return explain_units(results, exam.rules, measure_electives(results, exam.rules), decide(results, exam.rules));
}

// Five for two places, one veteran's place.
ExamBuilder capped_exam() {
  ExamBuilder exam;
  exam.unit("U", 4, 2);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'F', "75", "veteran_10;licence_3");
  exam.sat("P3", "U", 'F', "75", "veteran_5");
  exam.sat("P4", "U", 'F', "79", "hero_5");
  exam.sat("P5", "U", 'F', "39");
  exam.absent("P6", "U");
  return exam;
}

TEST(ExplainPerson, TellsMarksBonusTotalRankCutAndCap) {
  const ExamBuilder exam = capped_exam();
  EXPECT_EQ(path_of(exam, "P2"),
            "2: Sat in unit U (present).\n"
            "6: korean: 75.00 is not below the fail line of 40.\n"
            "7: Licence: 3 points on every subject.\n"
            "7: Veterans' preference: 10 points on every subject.\n"
            "8: Total 88.00; own total without preference 78.00.\n"
            "13: Rank 1 of 4 above the fail line.\n"
            "11: Number to pass 2; cut 80.00.\n"
            "10: Passes thanks to the preference: the own total does not reach the mark.\n"
            "14: Your total is above the cut.\n");
  EXPECT_THAT(path_of(exam, "P3"), HasSubstr("10: Veterans' preference: 5 points on every subject, but the 1 place of its cap"));
  EXPECT_THAT(path_of(exam, "P4"), HasSubstr("9: Preference for heroes' families: not given, the unit of 4 posts"));
  EXPECT_THAT(path_of(exam, "P5"), HasSubstr("8: Total 39.00 without any bonus, no rank."));
  EXPECT_EQ(path_of(exam, "P6"), "2: Absent in unit U: no total, no rank, in no statistic.\n14: You were absent.\n");
}

TEST(ExplainPerson, TellsMeanDeviationAndAdjustedMarkOfAnElective) {
  ExamBuilder exam;
  exam.unit("U", 1, 1);
  exam.person("P1", "U").attendance = Attendance::moved;
  exam.elective("law", "60");
  // Red while it said "1 people".
  EXPECT_THAT(path_of(exam, "P1"), HasSubstr("of 1 person who sat it"));
  exam.person("P2", "U");
  exam.elective("law", "40");
  EXPECT_THAT(path_of(exam, "P1"),
              HasSubstr("5: law: raw 60.00; mean 50.00 and deviation 10.00 of 2 people who sat it; adjusted 60.00."));
  exam.rules.adjusted_sd = Deviation::sample;
  EXPECT_THAT(path_of(exam, "P1"), HasSubstr("deviation 14.14"));
}

TEST(ExplainPerson, TellsTheEqualityTarget) {
  ExamBuilder exam;
  exam.unit("U", 5, 5);
  for (int i = 0; i < 5; ++i) exam.sat("M" + std::to_string(i), "U", 'M', "80");
  exam.sat("W", "U", 'F', "78");
  EXPECT_THAT(path_of(exam, "W"),
              HasSubstr("12: Added for the equality target of 1: equality cut 78.00, floor 77.00."));
}

// Whatever happens to somebody there is a path without a gap, in both languages.
TEST(ExplainPerson, HasAPathForEverybodyInRandomExams) {
  for (std::uint64_t number = 0; number < 150; ++number) {
    const ExamBuilder exam = random_exam(number);
    const Results results = exam.results();
    const ElectiveStatistics statistics = measure_electives(results, exam.rules);
    const Decision decision = decide(results, exam.rules, statistics);
    for (std::size_t i = 0; i < results.people.size(); ++i) {
      const auto steps = explain_person(results, exam.rules, statistics, decision, PersonIndex(i));
      ASSERT_GE(steps.size(), 2U);
      ASSERT_EQ(steps.back().rule, 14);
    }
  }
}

TEST(ExplainUnits, TellsWhoIsTiedAndWhatOnePostMoreOrFewerChanges) {
  ExamBuilder exam;
  exam.unit("U", 2);
  exam.rules.pass_table = {{1, PassTableRow::How::plus, 0}};
  for (const auto& [name, raw] : {std::pair{"P1", "90"}, {"P2", "80"}, {"P3", "80"}, {"P4", "70"}}) {
    exam.sat(name, "U", 'F', raw);
  }
  const auto units = units_of(exam);
  EXPECT_THAT(units[0].tied_at_cut, ElementsAre(ApplicantNumber("P2"), ApplicantNumber("P3")));
  EXPECT_EQ(units[0].one_more->to_pass, 3);
  EXPECT_THAT(units[0].one_more->more, IsEmpty());
  EXPECT_EQ(units[0].one_fewer->cut, points(90));
  EXPECT_THAT(units[0].one_fewer->fewer, ElementsAre(ApplicantNumber("P2"), ApplicantNumber("P3")));
  EXPECT_THAT(units[0].sentences.front().en,
              HasSubstr("Cut 80.00 for 2 places among 4 above the fail line; 2 at the cut."));
}

TEST(ExplainUnits, MovesANumberToPassOfItsOwnAlongAndKeepsOneBeyondThePassTable) {
  ExamBuilder exam;
  exam.unit("U", 1, 1);
  exam.sat("P1", "U", 'F', "90");
  exam.sat("P2", "U", 'F', "80");
  EXPECT_THAT(units_of(exam)[0].one_more->more, ElementsAre(ApplicantNumber("P2")));
  EXPECT_FALSE(units_of(exam)[0].one_fewer);
  exam.rows.units[0].unit.posts = 2;
  EXPECT_EQ(units_of(exam)[0].one_fewer->to_pass, 1);
  exam.rows.units[0].to_pass.reset();
  exam.rules.pass_table = {{2, PassTableRow::How::plus, 0}};
  EXPECT_EQ(units_of(exam)[0].one_fewer->to_pass, 2);
}

TEST(ExplainUnits, TellsHowFarCapsAndTargetBit) {
  const auto units = units_of(capped_exam());
  EXPECT_THAT(units[0].shut_out_by_cap, ElementsAre(ApplicantNumber("P3")));
  EXPECT_EQ(units[0].preference_not_given, 1);
  EXPECT_THAT(units[0].sentences[1].en,
              HasSubstr("1 of 1 place for veterans, 0 of 0 for heroes' families; 1 shut out"));
  ExamBuilder exam;
  exam.unit("U", 5, 5);
  for (int i = 0; i < 6; ++i) exam.sat("M" + std::to_string(i), "U", i < 1 ? 'F' : 'M', "80");
  EXPECT_THAT(units_of(exam)[0].sentences[2].en, HasSubstr("needs nobody added"));
  for (PersonRow& person : exam.rows.people) person.sex = Sex::male;
  EXPECT_THAT(units_of(exam)[0].sentences[2].en, HasSubstr("Women were 1 short of the equality target of 1; 0 passed"));
  exam.sat("W", "U", 'F', "79");
  EXPECT_THAT(units_of(exam)[0].sentences[2].en, HasSubstr("1 passed in addition, down to 79.00 (floor 77.00)"));
  for (PersonRow& person : exam.rows.people) person.sex = *person.sex == Sex::male ? Sex::female : Sex::male;
  EXPECT_THAT(units_of(exam)[0].sentences[2].en, HasSubstr("Men were 1 short"));
}

TEST(ExplainUnits, TellsWhenNobodyPassesAndWhenThereIsNoCap) {
  ExamBuilder exam;
  exam.unit("U", 2, 1);
  exam.sat("P1", "U", 'F', "90");
  exam.sat("P2", "U", 'F', "90");
  exam.rules.ties_cut = Ties::none;
  EXPECT_THAT(units_of(exam)[0].sentences[0].en, HasSubstr("Nobody passes: 2 above the fail line, 1 place."));
  EXPECT_THAT(units_of(exam)[0].sentences[1].en, HasSubstr("No cap on preferences"));
  EXPECT_THAT(path_of(exam, "P1"), HasSubstr("11: Number to pass 1; cut -."));
  exam.rows.units[0].to_pass = 2;
  EXPECT_THAT(units_of(exam)[0].sentences[0].en, HasSubstr("Everybody above the fail line passes: 2 people"));
}

Comparison compared(const ExamBuilder& before, const ExamBuilder& after) {
  const Results earlier = before.results();
  const Results later = after.results();
  return compare_decisions({earlier, decide(earlier, before.rules)}, {later, decide(later, after.rules)});
}

TEST(Compare, ListsPeopleWhoAreOnOneSideOnly) {
  ExamBuilder before;
  before.unit("U", 1, 1);
  for (const char* number : {"P1", "P3", "P5"}) before.sat(number, "U", 'F', "80");
  ExamBuilder after;
  after.unit("U", 1, 1);
  for (const char* number : {"P2", "P3"}) after.sat(number, "U", 'F', "80");
  const auto sides = [](const Comparison& comparison) {
    std::string text;
    for (const VerdictDifference& difference : comparison.verdicts) {
      text += difference.number.text() + (difference.before ? " was" : "") + (difference.after ? " is" : "") + ", ";
    }
    return text;
  };
  EXPECT_EQ(sides(compared(before, after)), "P1 was, P2 is, P5 was, ");
  EXPECT_EQ(sides(compared(after, before)), "P1 is, P2 was, P5 is, ");
}

TEST(Compare, ListsVerdictsAndCutsThatDiffer) {
  ExamBuilder before;
  before.unit("U", 1, 1);
  before.unit("V", 1, 1);
  before.sat("P1", "U", 'F', "90");
  before.sat("P2", "U", 'F', "80");
  before.sat("P3", "V", 'F', "80");
  ExamBuilder after = before;
  after.rows.scores[1].raw = 9500;
  const Comparison comparison = compared(before, after);
  ASSERT_EQ(comparison.verdicts.size(), 2U);
  EXPECT_EQ(comparison.verdicts[0].number, ApplicantNumber("P1"));
  EXPECT_EQ(comparison.verdicts[0].after->outcome, Outcome::not_passed);
  EXPECT_EQ(comparison.verdicts[1].after->total, points(95));
  ASSERT_EQ(comparison.cuts.size(), 1U);
  EXPECT_EQ(comparison.cuts[0].cut_before, points(90));
  EXPECT_EQ(comparison.cuts[0].cut_after, points(95));
  EXPECT_EQ(comparison.totals_changed, 1);
  EXPECT_EQ(comparison.passed_before, 2);
  EXPECT_THAT(compared(before, before).verdicts, IsEmpty());
}

TEST(Compare, ListsPeopleOfOneSideAndThoseOfAnotherUnit) {
  ExamBuilder before;
  before.unit("U", 3);
  before.sat("P1", "U", 'F', "90");
  before.sat("P2", "U", 'F', "80");
  before.sat("P3", "U", 'F', "80");
  before.sat("P9", "U", 'F', "80");
  ExamBuilder after;
  after.unit("U", 3);
  after.unit("V", 3);
  after.sat("P2", "V", 'F', "80");
  after.sat("P3", "U", 'F', "80");
  after.sat("P4", "U", 'F', "70");
  after.absent("P5", "U");
  const Comparison comparison = compared(before, after);
  ASSERT_EQ(comparison.verdicts.size(), 5U);
  EXPECT_FALSE(comparison.verdicts[0].after);
  EXPECT_FALSE(comparison.verdicts[1].before);
  EXPECT_EQ(comparison.verdicts[2].after->total, std::nullopt);
  EXPECT_FALSE(comparison.verdicts[3].after);
  EXPECT_EQ(comparison.verdicts[4].unit, UnitCode("V"));
}

TEST(Compare, ListsUnitsWhereOnlyTheNumberOfPassesOrTheEqualityCutDiffers) {
  ExamBuilder exam;
  exam.unit("U", 5, 5);
  for (int i = 0; i < 5; ++i) exam.sat("M" + std::to_string(i), "U", 'M', "80");
  exam.sat("W1", "U", 'F', "78");
  exam.sat("W2", "U", 'F', "77");
  ExamBuilder tied = exam;
  tied.rows.scores.back().raw = 7800;  // another equality pass at the same marks
  ExamBuilder other = exam;
  other.rows.scores[5].raw = 7850;  // the same number at another equality cut
  EXPECT_EQ(compared(exam, tied).cuts.size(), 1U);
  EXPECT_EQ(compared(exam, other).cuts.size(), 1U);
  EXPECT_THAT(compared(exam, exam).cuts, IsEmpty());
}

TEST(Results, FindPeopleAndUnitsOrNothing) {
  const Results results = capped_exam().results();
  EXPECT_TRUE(results.find(ApplicantNumber("P6")).exists());
  EXPECT_FALSE(results.find(ApplicantNumber("P7")).exists());
  EXPECT_TRUE(results.find(UnitCode("U")).exists());
  EXPECT_FALSE(results.find(UnitCode("A")).exists());
  EXPECT_FALSE(results.find(UnitCode("V")).exists());
}

TEST(RuleBook, HasTwentyRulesInBothLanguagesWithTheirSources) {
  ASSERT_EQ(rule_book().size(), 20U);
  int number = 0;
  for (const RuleEntry& rule : rule_book()) {
    EXPECT_EQ(rule.number, ++number);
    for (const Text& text : {rule.title, rule.sentence, rule.source}) {
      EXPECT_FALSE(text.en.empty()) << number;
      EXPECT_FALSE(text.ko.empty()) << number;
    }
  }
}

TEST(RuleBook, HasAMessageForEveryReason) {
  for (const Reason reason :
       {Reason::absent, Reason::all_pass, Reason::at_cut, Reason::above_cut, Reason::equality, Reason::below_cut}) {
    EXPECT_NE(message_of_reason(spell(reason)).en, spell(reason));
  }
  for (int reason = 0; reason <= static_cast<int>(FinalReason::declined); ++reason) {
    EXPECT_NE(message_of_reason(spell(static_cast<FinalReason>(reason))).en, spell(static_cast<FinalReason>(reason)));
  }
  EXPECT_EQ(message_of_reason("fail_line:law").ko, "law: 과락입니다.");
  EXPECT_EQ(message_of_reason("unheard").en, "unheard");
}

}  // namespace
}  // namespace hanjari::selection::test
