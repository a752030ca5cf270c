#include "hanjari/report/decision_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hanjari::report::test {
namespace {

using namespace selection;
using ::testing::HasSubstr;
using ::testing::Not;

// One unit, two who sat, one absent.
Results small_results() {
  Results results;
  results.subjects = {"korean"};
  ResultUnit unit;
  unit.unit.code = UnitCode("U<1>");
  unit.unit.series_ko = "일반행정";
  unit.unit.series_en = "Administration";
  unit.unit.posts = 1;
  unit.to_pass = 1;
  unit.common_subjects = {SubjectIndex(std::size_t{0})};
  unit.person_count = 3;
  results.units.push_back(unit);
  for (const auto& [number, raw] : {std::pair{"P1", 8000}, {"P2", 3000}, {"P3", -1}}) {
    ResultPerson person;
    person.number = ApplicantNumber(number);
    person.unit = UnitIndex(std::size_t{0});
    person.attendance = raw < 0 ? Attendance::absent : Attendance::present;
    person.first_score = results.scores.size();
    if (raw >= 0) {
      person.score_count = 1;
      results.scores.push_back({SubjectIndex(std::size_t{0}), SubjectKind::common, raw});
    }
    results.people.push_back(person);
  }
  return results;
}

struct Page {
  Results results = small_results();
  Rules rules;
  Decision decision = decide(results, rules);
  std::vector<UnitExplanation> units = explain_units(results, rules, measure_electives(results, rules), decision);

  std::string render(Language language, const Comparison* zero = nullptr) const {
    return render_decision_report({results, rules, decision, units, "abc", nullptr, zero, nullptr}, language);
  }
};

TEST(DecisionReport, ShowsTheDigestOfTheRulesAndTheCutInBothLanguages) {
  const Page page;
  for (const Language language : {Language::english, Language::korean}) {
    const std::string html = page.render(language);
    EXPECT_THAT(html, HasSubstr(digest_rules(page.rules, Stage::written)));
    EXPECT_THAT(html, HasSubstr("80.00"));
    EXPECT_THAT(html, HasSubstr("class=\"cut\""));
  }
  EXPECT_THAT(page.render(Language::korean), HasSubstr("일반행정"));
  EXPECT_THAT(page.render(Language::english), HasSubstr("Administration"));
}

TEST(DecisionReport, EscapesWhatComesFromFilesAndLoadsNothing) {
  const std::string html = Page().render(Language::english);
  EXPECT_THAT(html, Not(HasSubstr("U<1>")));
  EXPECT_THAT(html, HasSubstr("U&lt;1&gt;"));
  for (const char* reference : {"http://", "https://", "src=", "<link", "<script", "url("}) {
    EXPECT_THAT(html, Not(HasSubstr(reference)));
  }
}

TEST(DecisionReport, SaysWhatAbsentPeopleAsZeroWouldHaveChanged) {
  const Page page;
  Comparison zero;
  zero.passed_before = 573;
  zero.passed_after = 580;
  zero.cuts.push_back({UnitCode("U"), Mark{39978}, Mark{39254}, std::nullopt, std::nullopt, 10, 12});
  const std::string html = page.render(Language::english, &zero);
  EXPECT_THAT(html, HasSubstr("573 passes 580"));
  EXPECT_THAT(html, HasSubstr("392.54"));
  EXPECT_THAT(page.render(Language::english), Not(HasSubstr("counted as zero")));
}

TEST(TotalsChart, DrawsOneBarForEachGroupAndNoBarForTheAbsent) {
  const Page page;
  const std::string svg = draw_totals(page.results, page.decision, UnitIndex(std::size_t{0}), Language::english);
  EXPECT_THAT(svg, HasSubstr("class=\"failed\""));
  EXPECT_THAT(svg, HasSubstr("class=\"others\""));
  EXPECT_THAT(svg, HasSubstr(">30.00<"));
  EXPECT_THAT(svg, HasSubstr(">80.00<"));
}

// Where a word stands in the page.
std::size_t place_of(const std::string& html, const std::string& word) {
  const std::size_t at = html.find(word);
  EXPECT_NE(at, std::string::npos) << word;
  return at;
}

ExamHeader named_exam() {
  ExamHeader exam;
  exam.code = ExamCode("spring");
  exam.name_ko = "2021년 제1회 시험";
  exam.name_en = "Exam 1 of 2021";
  exam.exam_on = *parse_date("2021-06-05");
  return exam;
}

TEST(DecisionReport, BeginsWithTheExamAndItsResultsAndEndsWithSuppositions) {
  const Page page;
  Comparison zero;
  zero.cuts.push_back({UnitCode("U"), Mark{39978}, Mark{39254}, std::nullopt, std::nullopt, 10, 12});
  const ExamHeader exam = named_exam();
  DecisionPage of{page.results, page.rules, page.decision, page.units, "abc", nullptr, &zero, nullptr};
  of.exam = &exam;
  const std::string korean = render_decision_report(of, Language::korean);
  EXPECT_LT(place_of(korean, "2021년 제1회 시험"), place_of(korean, "<h2>결과</h2>"));
  EXPECT_THAT(korean, HasSubstr("2021-06-05 (토)"));
  EXPECT_LT(place_of(korean, "<h2>결과</h2>"), place_of(korean, "<h2>적용한 규칙</h2>"));
  EXPECT_LT(place_of(korean, "<h2>적용한 규칙</h2>"), place_of(korean, "<h2>부록"));
  EXPECT_LT(place_of(korean, "<h2>부록"), place_of(korean, "결시자를 0점으로"));
  EXPECT_THAT(korean, HasSubstr("합격선(실제)"));
  EXPECT_THAT(korean, HasSubstr("합격선(가정)"));
  const std::string english = render_decision_report(of, Language::english);
  EXPECT_THAT(english, HasSubstr("cut, actual"));
  EXPECT_THAT(english, HasSubstr("cut, supposed"));
  EXPECT_THAT(english, Not(HasSubstr("class=\"supposed\""))) << "the decision itself is none";
  EXPECT_THAT(page.render(Language::korean), Not(HasSubstr("부록"))) << "where nothing is supposed";
}

// Each unit took a page, and a list that went over a page had no heading there.
TEST(DecisionReport, IsMadeForA4AndNamesUnitsBesideTheirCodes) {
  Page page;
  page.results.units[0].unit.quota_group = QuotaGroup::disabled;
  Comparison zero;
  zero.cuts.push_back({UnitCode("U<1>"), Mark{39978}, Mark{39254}, std::nullopt, std::nullopt, 10, 12});
  zero.cuts.push_back({UnitCode("gone"), Mark{39978}, Mark{39254}, std::nullopt, std::nullopt, 10, 12});
  const std::string html = page.render(Language::korean, &zero);
  for (const char* words : {"@page { size: A4", "@media print", "thead { display: table-header-group; }"})
    EXPECT_THAT(html, HasSubstr(words));
  EXPECT_THAT(html, HasSubstr("<td>U&lt;1&gt; 일반행정(장애인)</td>"));
  EXPECT_THAT(html, HasSubstr("<td>gone</td>"));
  EXPECT_THAT(html, HasSubstr("<h2>U&lt;1&gt; 일반행정(장애인)</h2>"));
  EXPECT_THAT(html, HasSubstr("<thead><tr><th>모집단위</th>"));
  page.results.units[0].unit.series_en.clear();
  EXPECT_THAT(page.render(Language::english), HasSubstr("일반행정 (Disabled)")) << "for want of an English name";
}

TEST(DecisionReport, SaysAtTheTopThatAWhatIfIsNoDecision) {
  const Page page;
  Comparison differences;
  DecisionPage of{page.results, page.rules, page.decision, page.units, "abc", nullptr, nullptr, &differences};
  of.supposed = "--set fail_line_percent=50";
  const std::string html = render_decision_report(of, Language::english);
  EXPECT_LT(place_of(html, "no decision: --set fail_line_percent=50"), place_of(html, "<h2>Results</h2>"));
}

TEST(PassList, HasTheNumbersOfWhoPassedAndNobodyElse) {
  const Page page;
  const ExamHeader exam = named_exam();
  DecisionPage of{page.results, page.rules, page.decision, page.units, "abc"};
  of.exam = &exam;
  const std::string html = render_pass_list(of, Language::korean);
  EXPECT_THAT(html, HasSubstr("<li>P1</li>"));
  EXPECT_THAT(html, Not(HasSubstr("P2")));
  EXPECT_THAT(html, Not(HasSubstr("P3")));
  for (const char* words : {"필기시험 합격자 명단", "2021년 제1회 시험", "2021-06-05 (토)", "합격 1명", "@page { size: A4"})
    EXPECT_THAT(html, HasSubstr(words));
  for (const char* reference : {"http://", "https://", "src=", "<link", "<script", "url("})
    EXPECT_THAT(html, Not(HasSubstr(reference)));
}

}  // namespace
}  // namespace hanjari::report::test
