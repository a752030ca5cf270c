// What happens to a version on its way when its results are decided anew.
#include <stdexcept>

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "publications/publication_story.h"
#include "stage/code_thrown.h"

namespace hanjari::services::publication_story {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::corrected_results;
using std::chrono::minutes;

// Marks that neither the first results nor the corrected ones have.
hanjari::tests::ResultFiles results_once_more() {
  hanjari::tests::ResultFiles files = hanjari::tests::small_results();
  std::string& scores = files["scores.csv"];
  scores.replace(scores.find("60.25"), 5, "61.00");
  return files;
}

// Red when two officers can still sign, or give their shares of, what a correction has made wrong.
TEST_F(PublicationStory, IsNeitherApprovedNorArmedOnceItsResultsWereDecidedAnew) {
  const Publication sealed = seal(an_order());
  propose_publication(publications, exam, sealed.number, sealed.state.digest, by("kim"));
  import_and_decide(corrected_results());
  EXPECT_EQ(find_newer_decision(results, sealed), 2);
  EXPECT_EQ(code_thrown([&] { approve_publication(publications, results, exam, sealed.number, sealed.state.digest, true, by("lee")); }),
            "decision_overtaken");
  const Publication approved = approve(seal(an_order(2)));
  EXPECT_EQ(approved.order.knows, 0) << "it is the newest one";
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  import_and_decide(results_once_more());
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "lee"); }), "decision_overtaken");
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::approved);
  EXPECT_FALSE(desk.holds_key_of(now_of(approved)));
}

// Red when a correction that was wrong can never be taken back, because the decision before it is never the newest again.
TEST_F(PublicationStory, ShowsAnEarlierDecisionToWhoeverKnowsOfTheNewerOne) {
  const Publication unknowing = seal(an_order());
  import_and_decide(corrected_results());
  const Publication knowing = seal(an_order());
  EXPECT_NE(knowing.number, unknowing.number) << "the same order means another thing by now";
  EXPECT_EQ(knowing.order.knows, 2);
  EXPECT_EQ(read_order(write_order(knowing.order)), knowing.order);
  const Publication approved = approve(knowing);
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  EXPECT_EQ(arm(desk, approved, "lee").state.step, ReleaseStep::armed);
}

TEST_F(PublicationStory, IsNotArmedOnceItWasDecidedWithAnotherCase) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  const RecordedCase entered = enter_case(results, exam, "P2", "withdrawal", "Gave up the place", by("kim"));
  confirm_case(results, exam, entered.case_no, entered.version, by("lee"));
  arm(desk, approved, "kim");  // a case alone does not stop what everybody waits for
  run(order_decision(results, jobs, exam, 1, by("kim")), decision_work(exams, results, clock));
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "lee"); }), "decision_overtaken");
}

// Red when a further case, on which nothing is decided yet, lets a version be armed that a decision has overtaken already.
TEST_F(PublicationStory, IsNotArmedByAFurtherCaseAfterTheOneThatOvertookIt) {
  const Publication approved = approve(seal(an_order()));
  const RecordedCase first = enter_case(results, exam, "P2", "withdrawal", "Gave up the place", by("kim"));
  confirm_case(results, exam, first.case_no, first.version, by("lee"));
  run(order_decision(results, jobs, exam, 1, by("kim")), decision_work(exams, results, clock));
  const RecordedCase further = enter_case(results, exam, "P1", "misconduct", "Used a telephone", by("kim"));
  confirm_case(results, exam, further.case_no, further.version, by("lee"));
  clock.set(the_minute - minutes(2));
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "kim"); }), "decision_overtaken");
}

// Red when a decision with a case that counts no more stands in the way of the one before it.
TEST_F(PublicationStory, IsArmedWhenTheCaseOfTheNewerDecisionWasLifted) {
  const Publication approved = approve(seal(an_order()));
  const RecordedCase entered = enter_case(results, exam, "P2", "withdrawal", "Gave up the place", by("kim"));
  confirm_case(results, exam, entered.case_no, entered.version, by("lee"));
  run(order_decision(results, jobs, exam, 1, by("kim")), decision_work(exams, results, clock));
  const RecordedCase used = *results.find_case(exam, entered.case_no);
  const RecordedCase lifting = take_back_case(results, exam, entered.case_no, used.version, "An appeal", by("kim"));
  confirm_case(results, exam, entered.case_no, lifting.version, by("lee"));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  EXPECT_EQ(arm(desk, approved, "lee").state.step, ReleaseStep::armed);
}

// Red when a decision after both shares is told to nobody and the results that it overtook are released at the minute.
TEST_F(PublicationStory, IsNotReleasedOnceSomethingElseWasDecidedAfterBothShares) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "lee");
  desk.look();
  ASSERT_EQ(now_of(approved).state.step, ReleaseStep::armed) << "nothing came after the shares";
  import_and_decide(corrected_results());
  desk.look();
  const Publication held = now_of(approved);
  EXPECT_EQ(held.state.step, ReleaseStep::approved);
  EXPECT_TRUE(held.state.on_hold());
  EXPECT_FALSE(desk.holds_key_of(held)) << "the key is wiped";
  clock.set(the_minute);
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::approved);
  EXPECT_EQ(find_own_result(publications, exam, "P1").is, OwnResult::Is::waiting);
  EXPECT_TRUE(find_own_result(publications, exam, "P1").awaited->state.on_hold());
}

// Red when a hold can be ended by whoever gives a share as before, or by nobody at all.
TEST_F(PublicationStory, OnHoldIsReleasedOnceTwoOfficersConfirmIt) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "lee");
  import_and_decide(corrected_results());
  desk.look();
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "kim"); }), "release_on_hold");
  const auto confirm = [&](const std::string& officer) {
    return desk.arm(exam, approved.number, passphrase_of(officer), approved.state.digest, true, by(officer),
                    basis_of(publications, approved));
  };
  EXPECT_EQ(confirm("park").state.step, ReleaseStep::approved);
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "kim"); }), "release_on_hold") << "the second one reads it too";
  EXPECT_EQ(confirm("kim").state.step, ReleaseStep::armed);
  clock.set(the_minute);
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::released);
}

// Red when a version that two officers confirmed could never be armed again once its key had died with the program.
TEST_F(PublicationStory, ConfirmedIsArmedAgainByTwoWhenItsKeyDied) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "lee");
  import_and_decide(corrected_results());
  desk.look();
  for (const char* officer : {"kim", "lee"})
    desk.arm(exam, approved.number, passphrase_of(officer), approved.state.digest, true, by(officer), basis_of(publications, approved));
  ReleaseDesk next_run(publications, results, clock);
  EXPECT_EQ(arm(next_run, approved, "lee").state.step, ReleaseStep::approved);
  EXPECT_EQ(arm(next_run, approved, "park").state.step, ReleaseStep::armed);
  import_and_decide(results_once_more());
  clock.set(the_minute);
  next_run.look();
  EXPECT_TRUE(now_of(approved).state.on_hold()) << "of what came then nobody knew";
}

// Red when only decisions put a version on hold, and not the marks and cases that a decision would be made of.
TEST_F(PublicationStory, IsPutOnHoldByOtherMarksAndByAnotherCase) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(20));
  const auto arm_by_two = [&] {
    for (const char* officer : {"kim", "lee"})
      desk.arm(exam, approved.number, passphrase_of(officer), approved.state.digest, true, by(officer),
               basis_of(publications, approved));
    desk.look();
    ASSERT_EQ(now_of(approved).state.step, ReleaseStep::armed);
  };
  arm_by_two();
  const RecordedCase entered = enter_case(results, exam, "P2", "withdrawal", "Gave up the place", by("kim"));
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::armed) << "a case that nobody confirmed says nothing yet";
  confirm_case(results, exam, entered.case_no, entered.version, by("lee"));
  desk.look();
  EXPECT_TRUE(now_of(approved).state.on_hold());
  arm_by_two();
  run(order_result_import(exams, jobs, exam, hanjari::tests::zip_of_results(corrected_results()), package::Encoding::utf8, by("kim")),
      result_import_work(results, jobs, clock));
  desk.look();
  EXPECT_TRUE(now_of(approved).state.on_hold());
}

TEST(ReleaseBasis, IsReadAsItWasWritten) {
  for (const ReleaseBasis& basis : {ReleaseBasis{}, ReleaseBasis{3, 12, std::string(64, 'a')}})
    EXPECT_EQ(read_basis(write_basis(basis)), basis);
  for (const char* text : {"", "1", "1/", "1/2", "x/2/", "/2/"}) EXPECT_THROW(read_basis(text), std::logic_error) << text;
}

TEST_F(PublicationStory, TakesAReleaseBackWhateverWasDecidedSince) {
  release(an_order());
  PublicationOrder order = an_order();
  order.release_at = the_minute + minutes(60);
  order.withdrawal = true;
  order.reason = {"The marks of one room were mixed up.", "한 시험실의 점수가 뒤바뀌었습니다."};
  const Publication sealed = seal(order);
  import_and_decide(corrected_results());
  const Publication approved = approve(sealed);
  clock.set(order.release_at - minutes(2));
  arm(desk, approved, "kim");
  EXPECT_EQ(arm(desk, approved, "lee").state.step, ReleaseStep::armed);
  import_and_decide(results_once_more());
  clock.set(order.release_at);
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::released) << "nothing new makes it wrong to take a release back";
}

}  // namespace
}  // namespace hanjari::services::publication_story
