// The final stage: from what people were told and the grades that officers settled, to the final list.
#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "hanjari/results/decided.h"
#include "publications/final_story.h"
#include "stage/code_thrown.h"

namespace hanjari::services::publication_story {
namespace {

using hanjari::tests::code_thrown;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using std::chrono::minutes;

class DecidedFinally : public FinalStory {
 protected:
  std::string file_of(const StoredFinal& final, const std::string& name) {
    return take_final_file(interviews, accesses, final, name, by("kim"));
  }
};

// Red when settled grades lead no further than a file, or when anything but the released results is decided on.
TEST_F(DecidedFinally, OnTheReleasedResultsAndTheSettledGrades) {
  settle("P1,A,spirit,high\nP2,A,spirit,low\n");
  EXPECT_EQ(code_thrown([&] { decide(); }), "no_release_yet") << "decided, and nobody was told";
  release(an_order());
  const StoredFinal made = decide();
  EXPECT_EQ(made.version, 1);
  EXPECT_EQ(made.decision, 1);
  EXPECT_EQ(made.written_sha256, results.decisions.front().decision_sha256);
  const std::string list = file_of(made, "decisions_final.csv");
  EXPECT_THAT(list, HasSubstr("\nP1,U,passed,excellent,80.00,"));
  EXPECT_THAT(list, HasSubstr("\nP2,U,poor,poor,"));
  EXPECT_THAT(list, HasSubstr("\nP4,U,call_up,")) << "fewer were interviewed than there are posts";
  EXPECT_EQ(made.final_sha256, digest_decision(list, file_of(made, "cuts_final.csv")));
  EXPECT_THAT(file_of(made, "interview.csv"), HasSubstr("P1,A,spirit,high\n"));
  for (const char* name : {"passed_final.ko.html", "passed_final.en.html"}) EXPECT_THAT(file_of(made, name), HasSubstr("P1")) << name;
  for (const char* name : {"report.ko.html", "report.en.html"}) EXPECT_THAT(file_of(made, name), Not(IsEmpty())) << name;
  EXPECT_THAT(file_of(made, "report.json"), HasSubstr("interviewed"));
  EXPECT_EQ(accesses.notes.back().action, "final.file");
}

TEST_F(DecidedFinally, OnceForTheSameGradesOnTheSameRelease) {
  settle("P1,A,spirit,high\nP2,A,spirit,middle\n");
  release(an_order());
  const StoredFinal first = decide();
  import_and_decide(hanjari::tests::corrected_results());  // decided, and not released
  const StoredFinal again = decide();
  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(again.decision, 1);
  EXPECT_EQ(interviews.finals.size(), 1U);
  enter_interviews(interviews, exam, read_interview_table("applicant_number,examiner,item,grade\nP1,A,spirit,low\nP2,A,spirit,middle\n",
                                                          package::Encoding::utf8),
                   1, by("kim"));
  EXPECT_EQ(code_thrown([&] { decide(); }), "interviews_open");
  enter_interviews(interviews, exam, read_interview_table("applicant_number,examiner,item,grade\nP1,A,spirit,low\nP2,A,spirit,middle\n",
                                                          package::Encoding::utf8),
                   1, by("lee"));
  EXPECT_EQ(decide().version, 2) << "other grades are another decision";
}

// Red when somebody is appointed against a decision that officers have recorded since, or after the results were taken back.
TEST_F(DecidedFinally, NotWhileWhatPeopleWereToldDoesNotHold) {
  settle("P1,A,spirit,high\n");
  release(an_order());
  const RecordedCase entered = enter_case(results, exam, "P1", "misconduct", "Used a telephone", by("kim"));
  confirm_case(results, exam, entered.case_no, entered.version, by("lee"));
  EXPECT_EQ(code_thrown([&] { decide(); }), "decision_overtaken");
  PublicationOrder order = an_order();
  order.release_at = the_minute + minutes(60);
  order.withdrawal = true;
  order.reason = {"A case was recorded.", "특별 결정이 있습니다."};
  release(order);
  EXPECT_EQ(code_thrown([&] { decide(); }), "no_release_yet");
  EXPECT_TRUE(interviews.finals.empty());
}

TEST_F(DecidedFinally, NotWithGradesOfWhoWasNotToBeInterviewed) {
  settle("P1,A,spirit,high\nP3,A,spirit,high\n");
  release(an_order());
  EXPECT_THROW(decide(), InvalidInput);
  EXPECT_TRUE(interviews.finals.empty());
}

// Red when the grades that a package brought along count in place of those that two officers entered.
TEST_F(DecidedFinally, OnTheSettledGradesWhateverThePackageHolds) {
  hanjari::tests::ResultFiles files = hanjari::tests::small_results();
  files["interview.csv"] = "applicant_number,examiner,item,grade\nP1,A,spirit,low\nP2,A,spirit,high\n";
  import_and_decide(files);
  settle("P1,A,spirit,high\nP2,A,spirit,low\n");
  release(an_order(2));
  EXPECT_THAT(file_of(decide(), "decisions_final.csv"), HasSubstr("\nP1,U,passed,excellent,"));
}

}  // namespace
}  // namespace hanjari::services::publication_story
