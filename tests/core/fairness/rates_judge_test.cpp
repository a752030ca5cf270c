// The rates of passing against the judge who has exam and decision.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hanjari/domain/spelling.h"
#include "hanjari/fairness/rates.h"
#include "hanjari/verification/verify_rates.h"

namespace hanjari::fairness {
namespace {

// Ninety people of two units; every third passes, and of the four of the small district one.
struct RatedExam {
  Exam exam;
  std::map<std::string, ApplicantIndex> people;
  std::string decisions = "applicant_number,unit_code,outcome,total\n";
  DecidedPeople decided;

  RatedExam() {
    exam.header.code = ExamCode("E");
    for (const char* code : {"101", "1, 2"}) exam.units.push_back({UnitCode(code), "unit", "unit", QuotaGroup{}, 9, 10, 100, "set-01"});
    for (int i = 0; i < 90; ++i) {
      Applicant one;
      one.id = ApplicantId("p" + std::to_string(100 + i));
      one.unit = UnitIndex(i % 2 == 0 ? 0 : 1);
      one.sex = i % 5 < 2 ? Sex::male : Sex::female;
      one.district = exam.words.intern(i < 4 ? "11110" : i < 50 ? "11140" : "");
      exam.applicants.push_back(one);
    }
    make_canonical(exam);
    for (std::size_t i = 0; i < exam.applicants.size(); ++i) {
      const Applicant& one = exam.applicants[i];
      const std::string number = "9" + one.id.text().substr(1);
      const bool passes = i % 3 == 0;
      const std::string unit = exam[one.unit].code.text();
      people[number] = ApplicantIndex(i);
      decisions += number + "," + (unit == "101" ? unit : "\"" + unit + "\"") + "," + (i % 6 == 0 ? "passed_equality" : passes ? "passed" : "absent") + ",\n";
      const std::string& home = exam.words[one.district];
      decided.members[number] = {home.empty() ? "outside" : home, std::string(spell(one.sex)), unit, "none"};
      if (passes) decided.passed.insert(number);
    }
  }
  std::string report() const { return render_rates(decided, rates_to_publish(decided, {}, Seed{})); }
  std::string codes(const std::string& csv) const {
    std::string found;
    for (const auto& one : verification::verify_rates(exam, people, decisions, csv)) found += one.code + " ";
    return found;
  }
};

TEST(RatesJudge, FindsNothingInWhatIsMade) {
  const RatedExam rated;
  EXPECT_NE(rated.report().find("all,,90,30,33.3\n"), std::string::npos) << rated.report();
  EXPECT_NE(rated.report().find("district,11110,,,\n"), std::string::npos) << rated.report();
  EXPECT_EQ(rated.codes(rated.report()), "");
}

// Red when the judge passes over a row.
TEST(RatesJudge, FindsEveryChangedDigit) {
  const RatedExam rated;
  const std::string csv = rated.report();
  for (std::size_t i = csv.find('\n') + 1; i < csv.size(); ++i) {
    if (csv[i] < '0' || csv[i] > '9') continue;
    std::string changed = csv;
    changed[i] = changed[i] == '9' ? '0' : static_cast<char>(changed[i] + 1);
    EXPECT_NE(rated.codes(changed), "") << i;
  }
  EXPECT_NE(rated.codes(csv + "sex,other,9,5,55.6\n"), "");
  EXPECT_NE(rated.codes(""), "");
}

TEST(RatesJudge, NamesRowsAndRestsThatTellOfFew) {
  const RatedExam rated;
  const auto given = [&](const Cells& cells) { return rated.codes(render_rates(rated.decided, cells)); };
  EXPECT_EQ(given({{-1, ""}, {0, "11110"}, {0, "11140"}, {0, "outside"}}), "small_rate ");
  EXPECT_EQ(given({{-1, ""}, {0, "11140"}, {0, "outside"}}), "small_rest ");
  EXPECT_EQ(given({{0, "11140"}, {0, "outside"}}), "") << "without everybody the rest is not known";
}

TEST(RatesJudge, TakesNoDecisionOfOtherPeople) {
  RatedExam rated;
  rated.decisions += "800,101,passed,\n";
  EXPECT_EQ(rated.codes(rated.report()), "bad_decision ");
  rated.decisions = "number,outcome\n";
  EXPECT_EQ(rated.codes(rated.report()), "bad_decision ");
}

}  // namespace
}  // namespace hanjari::fairness
