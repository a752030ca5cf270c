// The final results go the way of the written ones: sealed, approved, armed and released, in versions of their own.
#include <string>

#include <gmock/gmock.h>

#include "hanjari/proof/certificate.h"
#include "publications/final_story.h"
#include "stage/code_thrown.h"

namespace hanjari::services::publication_story {
namespace {

using hanjari::tests::code_thrown;
using proof::Stage;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using std::chrono::minutes;

// P1 passes, P2 is graded poor, P4 is called up because fewer were interviewed than there are posts; P3 was absent from the written exam.
class FinalRelease : public FinalStory {
 protected:
  FinalRelease() { settle("P1,A,spirit,high\nP2,A,spirit,low\n"); }
  PublicationOrder final_order(std::int64_t decision = 1) const {
    PublicationOrder order = an_order(decision);
    order.stage = Stage::final;
    order.release_at = the_minute + minutes(60);
    order.next_passed = {"Register as a candidate.", "채용후보자로 등록하십시오."};
    order.next_called = {"Come to the interview on Monday.", "월요일 면접에 오십시오."};
    return order;
  }
  OwnResult own(const std::string& number) { return find_own_result(publications, exam, number, Stage::final); }
};

// Red when the final list leads no further than a file of the office.
TEST_F(FinalRelease, GoesThroughTheSameStepsAsTheWrittenResults) {
  release(an_order());
  decide();
  const Publication released = release(final_order());
  ASSERT_EQ(released.state.step, ReleaseStep::released);
  EXPECT_EQ(released.version, 1) << "each stage counts its own";
  EXPECT_THAT(own("P1").result->page.en, HasSubstr("You passed the exam."));
  EXPECT_THAT(own("P1").result->page.en, HasSubstr("<dd data-field=\"grade\">Excellent</dd>"));
  EXPECT_THAT(own("P1").result->page.ko, HasSubstr("최종 합격하셨습니다."));
  EXPECT_THAT(own("P1").result->page.ko, HasSubstr("채용후보자로 등록하십시오."));
  EXPECT_THAT(own("P2").result->page.en, HasSubstr("You did not pass the interview."));
  EXPECT_THAT(own("P2").result->page.en, HasSubstr("The next exam is in spring."));
  EXPECT_THAT(own("P4").result->page.en, HasSubstr("You are called up for an interview."));
  EXPECT_THAT(own("P4").result->page.en, HasSubstr("Come to the interview on Monday."));
  EXPECT_EQ(own("P3").is, OwnResult::Is::none);
  EXPECT_THAT(find_own_result(publications, exam, "P1").result->page.en, HasSubstr("You passed the written exam.")) << "that one stays";
  const PublicTexts texts = load_public(publications, released);
  EXPECT_EQ(texts.at("list.csv"), "unit_code,applicant_number\nU,P1\n") << "nobody who is called up stands there";
  EXPECT_THAT(texts.at("notice.en"), HasSubstr("Final results"));
  EXPECT_THAT(texts.at("message.ko"), HasSubstr("최종 결과를"));
  EXPECT_FALSE(texts.contains("rates.csv"));
}

TEST_F(FinalRelease, PackageProofAndCertificateHoldForAnybody) {
  release(an_order());
  const StoredFinal final = decide();
  const Publication released = release(final_order());
  const PublicTexts texts = load_public(publications, released);
  proof::Judged given;
  given.files = {texts.at("publication.json"), texts.at("list.csv"), texts.at("leaves.txt"), texts.at("checkpoint"), ""};
  for (const char* number : {"P1", "P2", "P4"}) given.proofs.push_back({number, own(number).result->proof});
  EXPECT_THAT(proof::verify_publication(given, signer.public_key), IsEmpty());
  EXPECT_THAT(texts.at("checkpoint"), HasSubstr("hanjari/exam-1/final/1"));
  EXPECT_THAT(texts.at("publication.json"), HasSubstr(final.final_sha256));
  const auto judged = proof::judge_certificate(own("P4").result->certificate, signer.public_key);
  ASSERT_TRUE(judged);
  EXPECT_TRUE(judged->is_genuine);
  EXPECT_EQ(judged->certificate.stage, Stage::final);
  EXPECT_EQ(judged->certificate.outcome, "call_up");
}

// Red when having a record, or its size, tells somebody who failed the written exam of being called up.
TEST_F(FinalRelease, BeforeTheMinuteNobodyLearnsWhoIsCalledUp) {
  release(an_order());
  decide();
  const Publication approved = approve(seal(final_order()));
  const OwnResult called = own("P4");
  const OwnResult absent = own("P3");
  ASSERT_EQ(called.is, OwnResult::Is::waiting);
  ASSERT_EQ(absent.is, OwnResult::Is::waiting);
  ASSERT_TRUE(called.sealed && absent.sealed);
  EXPECT_EQ(called.sealed->record.size(), absent.sealed->record.size());
  EXPECT_EQ(called.sealed->secret.size(), absent.sealed->secret.size());
  EXPECT_EQ(own("P3").sealed->record, absent.sealed->record) << "who asks twice gets the same twice, as of a record";
  EXPECT_EQ(own("P3").sealed->secret, absent.sealed->secret);
  EXPECT_NE(own("P9").sealed->record, absent.sealed->record);
  clock.set(the_minute + minutes(58));
  arm(desk, approved, "lee");
  arm(desk, approved, "park");
  clock.set(the_minute + minutes(60));
  desk.look();
  const auto key = embargo::ReleaseKey::copy_of(now_of(approved).released_key);
  EXPECT_TRUE(open_result(approved, key, *called.sealed));
  EXPECT_FALSE(open_result(approved, key, *absent.sealed));
}

// Red when somebody is called up and finds no word of what to do.
TEST_F(FinalRelease, NeedsWordsForWhoIsCalledUp) {
  release(an_order());
  decide();
  PublicationOrder order = final_order();
  order.next_called = {};
  EXPECT_EQ(code_thrown([&] { seal(order); }), "bad_order");
}

TEST_F(FinalRelease, NeedsAFinalDecision) {
  release(an_order());
  EXPECT_EQ(code_thrown([&] { seal(final_order()); }), "unknown_final");
  EXPECT_EQ(code_thrown([&] { order_publication(publications, results, jobs, exam, final_order(), by("kim")); }), "unknown_final");
}

// Red when one and the same officer decides finally and approves what is published of it.
TEST_F(FinalRelease, IsApprovedByNobodyWhoDecidedFinally) {
  release(an_order());
  decide("lee");
  const Publication sealed = seal(final_order());
  propose_publication(publications, exam, sealed.number, sealed.state.digest, by("kim"));
  EXPECT_EQ(code_thrown([&] { approve_publication(publications, results, exam, sealed.number, sealed.state.digest, true, by("lee")); }),
            "same_officer");
  EXPECT_EQ(approve_publication(publications, results, exam, sealed.number, sealed.state.digest, true, by("park")).state.step,
            ReleaseStep::approved);
}

// Red when people are appointed by written results that were corrected since.
TEST_F(FinalRelease, FallsWithTheWrittenResultsThatItWasDecidedOn) {
  release(an_order());
  decide();
  PublicationOrder later = final_order();
  later.release_at = the_minute + minutes(120);
  const Publication sealed = seal(later);
  import_and_decide(hanjari::tests::corrected_results());
  PublicationOrder correction = an_order(2);
  correction.release_at = the_minute + minutes(30);
  correction.reason = {"A mark was corrected.", "점수를 정정하였습니다."};
  release(correction);
  EXPECT_EQ(code_thrown([&] { approve(sealed); }), "decision_overtaken");
  later.objection = {"Write to the office.", "기관에 서면으로 제출하십시오."};
  EXPECT_EQ(code_thrown([&] { seal(later); }), "decision_overtaken") << "nor is it ordered once more";
}

// Red when two officers who confirm the hold release final results of written ones that people were told otherwise.
TEST_F(FinalRelease, IsNotConfirmedOnceOtherWrittenResultsWereReleased) {
  release(an_order());
  decide();
  PublicationOrder later = final_order();
  later.release_at = the_minute + minutes(60);
  const Publication approved = approve(seal(later));
  clock.set(the_minute + minutes(31));
  arm(desk, approved, "lee");
  arm(desk, approved, "park");
  import_and_decide(hanjari::tests::corrected_results());
  PublicationOrder correction = an_order(2);
  correction.release_at = the_minute + minutes(45);
  correction.reason = {"A mark was corrected.", "점수를 정정하였습니다."};
  release(correction);
  desk.look();
  ASSERT_TRUE(now_of(approved).state.on_hold());
  const std::string basis = basis_of(publications, now_of(approved));
  EXPECT_EQ(code_thrown([&] {
              desk.arm(exam, approved.number, passphrase_of("lee"), approved.state.digest, true, by("lee"), basis);
            }),
            "decision_overtaken");
}

TEST_F(FinalRelease, IsNeitherApprovedNorReleasedOnceItWasDecidedAnew) {
  release(an_order());
  decide();
  const Publication approved = approve(seal(final_order()));
  EXPECT_FALSE(order_publication(publications, results, jobs, exam, final_order(), by("kim"), &interviews).job)
      << "the very order makes no new version";
  clock.set(the_minute + minutes(58));
  arm(desk, approved, "lee");
  arm(desk, approved, "park");
  settle("P1,A,spirit,low\nP2,A,spirit,high\n", 1);
  EXPECT_EQ(decide().version, 2);
  EXPECT_EQ(find_newer_final(publications, approved), 2);
  desk.look();
  EXPECT_TRUE(now_of(approved).state.on_hold());
  clock.set(the_minute + minutes(60));
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::approved);
  EXPECT_EQ(own("P1").is, OwnResult::Is::waiting);
}

// Red when a final decision holds up written results, which know nothing of it.
TEST_F(FinalRelease, HoldsNoWrittenResultsUp) {
  release(an_order());
  PublicationOrder correction = an_order();
  correction.release_at = the_minute + minutes(30);
  correction.reason = {"A name was corrected.", "이름을 정정하였습니다."};
  const Publication approved = approve(seal(correction));
  clock.set(correction.release_at - minutes(2));
  arm(desk, approved, "lee");
  arm(desk, approved, "park");
  decide();
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::armed);
  clock.set(correction.release_at);
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::released);
  EXPECT_EQ(now_of(approved).version, 2);
}

TEST_F(FinalRelease, IsCorrectedAndTakenBackInVersionsOfItsOwn) {
  release(an_order());
  decide();
  const Publication first = release(final_order());
  settle("P1,A,spirit,low\nP2,A,spirit,high\n", 1);
  decide();
  PublicationOrder correction = final_order(2);
  correction.release_at = the_minute + minutes(120);
  correction.reason = {"Grades were mixed up.", "등급이 뒤바뀌었습니다."};
  const Publication second = release(correction);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.replaces, first.root);
  EXPECT_THAT(own("P2").result->page.en, HasSubstr("You passed the exam."));
  EXPECT_THAT(own("P2").result->page.en, HasSubstr("Grades were mixed up."));
  PublicationOrder back = correction;
  back.release_at = the_minute + minutes(180);
  back.withdrawal = true;
  release(back);
  EXPECT_EQ(own("P2").is, OwnResult::Is::withdrawn);
  EXPECT_EQ(find_own_result(publications, exam, "P2").is, OwnResult::Is::open) << "the written result stands";
  EXPECT_EQ(find_release(publications, exam, 1, Stage::final).root, first.root);
  EXPECT_EQ(find_release(publications, exam, std::nullopt).version, 1);
}

// Red when a written order changes its digest because there is a second stage, or when a final one loses what it says.
TEST(FinalOrders, AreReadBackAsTheyWereWritten) {
  PublicationOrder order;
  EXPECT_THAT(write_order(order), Not(HasSubstr("stage")));
  order.stage = Stage::final;
  order.decision = 3;
  order.written = 2;
  order.decided_by = "kim";
  order.next_called = {"Come.", "오십시오."};
  EXPECT_EQ(read_order(write_order(order)), order);
}

TEST(FinalBasis, IsReadAsItWasWritten) {
  const ReleaseBasis basis{4, 2, std::string(64, 'c'), 3, 1};
  EXPECT_EQ(read_basis(write_basis(basis)), basis);
  EXPECT_EQ(write_basis(basis_of_stage(basis, Stage::written)), "4/2/" + std::string(64, 'c'));
  EXPECT_THROW(read_basis("4/2//3"), std::logic_error);
}

}  // namespace
}  // namespace hanjari::services::publication_story
