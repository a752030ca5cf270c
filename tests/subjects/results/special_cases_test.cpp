// Special cases as recorded decisions with a reason: they take people out of the decision, or a bonus away, and change no mark.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"
#include "results/small_results.h"
#include "stage/code_thrown.h"

namespace hanjari::services {
namespace {

using hanjari::tests::ResultFiles;
using hanjari::tests::small_results;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string special_head = "applicant_number,kind,reason,decided_by\n";

package::PackedFiles packed(const ResultFiles& files) {
  return package::unpack_results(hanjari::tests::zip_of_results(files));
}

ResultFiles with_cases(const std::string& rows) {
  ResultFiles files = small_results();
  files["special_cases.csv"] = special_head + rows;
  return files;
}

Decided decided_on(const ResultFiles& files) {
  return decide_package(
      package::load_results(packed(files), selection::Stage::written, package::Encoding::utf8, no_progress()));
}

std::string decisions_of(const Decided& decided) {
  std::string bytes;
  package::write_decisions(decided.loaded.results, decided.loaded.rules, decided.decision,
                           [&](std::string_view some) { bytes += some; });
  return bytes;
}

selection::PersonIndex person_of(const Decided& decided, const char* number) {
  return decided.loaded.results.find(ApplicantNumber(number));
}

// Red when misconduct is a mark of zero, when the place stays empty, or when the person still counts among those who sat.
TEST(SpecialCases, TakePeopleOutAndLeaveTheirMarks) {
  const Decided decided = decided_on(with_cases("P1,misconduct,Used a telephone,committee 2026-3\n"));
  const std::string decisions = decisions_of(decided);
  EXPECT_THAT(decisions, HasSubstr("P1,U,void,,,misconduct,\n"));
  EXPECT_THAT(decisions, HasSubstr("P2,U,passed,78.50,1,"));
  EXPECT_THAT(decisions, HasSubstr("P4,U,passed,60.25,2,")) << "the next one has the place";
  EXPECT_EQ(decided.decision.units[0].sat, 2);
  EXPECT_EQ(decided.decision.units[0].applied, 4);
  const selection::Results& results = decided.loaded.results;
  const auto scores = results.scores_of(results.people[person_of(decided, "P1").value]);
  ASSERT_EQ(scores.size(), 1U);
  EXPECT_EQ(scores[0].raw, 8000) << "no mark is edited";
}

TEST(SpecialCases, OfAWithdrawalNeedNoMarks) {
  ResultFiles files = with_cases("P1,withdrawal,Asked for it in writing,officer kim\n");
  std::string& scores = files["scores.csv"];
  scores.erase(scores.find("P1,"), std::string("P1,U,korean,common,80\n").size());
  EXPECT_THAT(decisions_of(decided_on(files)), HasSubstr("P1,U,void,,,withdrawal,\n"));
}

// Red when the bonus still counts, or when nobody is told why it does not.
TEST(SpecialCases, LateDocumentsCountNoBonus) {
  const std::string decisions = decisions_of(decided_on(with_cases("P2,late_documents,Came two days late,officer kim\n")));
  EXPECT_THAT(decisions, HasSubstr("P2,U,passed,70.50,2,"));
  EXPECT_THAT(decisions, HasSubstr("late_documents"));
  EXPECT_THAT(decisions, Not(HasSubstr("veteran_5")));
  EXPECT_THAT(decisions, Not(HasSubstr("licence_3")));
}

// Who opens a person's path reads what was decided, why and by whom.
TEST(SpecialCases, StandInThePathWithTheirReason) {
  const Decided decided = decided_on(with_cases("P1,misconduct,Used a telephone,committee 2026-3\n"));
  std::string path;
  for (const selection::Step& step : explain_path(decided, person_of(decided, "P1"))) path += step.sentence.en + step.sentence.ko;
  EXPECT_THAT(path, HasSubstr("Used a telephone"));
  EXPECT_THAT(path, HasSubstr("committee 2026-3"));
  EXPECT_THAT(path, HasSubstr("부정행위"));
  std::string other;
  for (const selection::Step& step : explain_path(decided, person_of(decided, "P2"))) other += step.sentence.en;
  EXPECT_THAT(other, Not(HasSubstr("telephone")));
}

// Another case is another package and another decision; none at all is what it was before there were any.
TEST(SpecialCases, ArePartOfWhatIsDecidedOn) {
  const Decided without = decided_on(small_results());
  const Decided empty = decided_on(with_cases(""));
  const Decided one = decided_on(with_cases("P1,misconduct,Used a telephone,committee 2026-3\n"));
  const Decided other = decided_on(with_cases("P1,misconduct,Used a watch,committee 2026-3\n"));
  EXPECT_EQ(without.loaded.input_sha256, empty.loaded.input_sha256);
  EXPECT_EQ(digest_decided(without), digest_decided(empty));
  EXPECT_NE(without.loaded.input_sha256, one.loaded.input_sha256);
  EXPECT_NE(one.loaded.input_sha256, other.loaded.input_sha256) << "the reason counts";
  EXPECT_NE(digest_decided(without), digest_decided(one));
  EXPECT_NE(package::digest_files(packed(small_results())), package::digest_files(packed(with_cases(""))));
}

TEST(SpecialCases, WithFaultsAreRefused) {
  for (const char* rows : {"P9,misconduct,Why,who\n", "P1,bad_mood,Why,who\n", "P1,misconduct,,who\n", "P1,misconduct,Why,\n",
                           "P1,misconduct,Why,who\nP1,withdrawal,Why,who\n"}) {
    try {
      decided_on(with_cases(rows));
      ADD_FAILURE() << rows;
    } catch (const InvalidInput& refused) {
      ASSERT_EQ(refused.faults().count(), 1U) << rows;
      EXPECT_EQ(refused.faults().kept()[0].file, "special_cases.csv") << rows;
    }
  }
}

}  // namespace
}  // namespace hanjari::services
