// From a decision to results that people open: sealed, compared, approved by another, released at the minute by two.
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/embargo/sealed_record.h"
#include "hanjari/proof/certificate.h"
#include "publications/publication_story.h"
#include "stage/code_thrown.h"
#include "stage/made_workbook.h"

namespace hanjari::services::publication_story {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::corrected_results;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(PublicationStory, IsReleasedAtItsMinuteAndOpensForItsOwner) {
  const Publication released = release(an_order());
  ASSERT_EQ(released.state.step, ReleaseStep::released);
  EXPECT_EQ(released.released_at, the_minute);
  const OwnResult passed = find_own_result(publications, exam, "P1");
  ASSERT_TRUE(passed.result);
  EXPECT_THAT(passed.result->page.en, HasSubstr("You passed the written exam."));
  EXPECT_THAT(passed.result->page.ko, HasSubstr("필기시험에 합격하셨습니다."));
  const OwnResult failed = find_own_result(publications, exam, "P4");
  ASSERT_TRUE(failed.result);
  EXPECT_THAT(failed.result->page.en, HasSubstr("You did not pass the written exam."));
  EXPECT_EQ(find_own_result(publications, exam, "P9").is, OwnResult::Is::none);
}

TEST_F(PublicationStory, ProofAndPackageHoldForAnybody) {
  const Publication released = release(an_order());
  const PublicTexts texts = load_public(publications, released);
  proof::Judged given{{texts.at("publication.json"), texts.at("list.csv"), texts.at("leaves.txt"), texts.at("checkpoint")},
                      {},
                      {}};
  for (const char* number : {"P1", "P2", "P3", "P4"})
    given.proofs.push_back({number, find_own_result(publications, exam, number).result->proof});
  EXPECT_TRUE(proof::verify_publication(given, signer.public_key).empty());
  EXPECT_EQ(texts.at("list.csv"), "unit_code,applicant_number\nU,P1\nU,P2\n");
  given.files.list_csv += "U,P4\n";
  EXPECT_FALSE(proof::verify_publication(given, signer.public_key).empty());
}

// Red when a certificate is made for those who passed only, or is not of this release.
TEST_F(PublicationStory, EverybodysCertificateIsSealedWithTheResult) {
  const Publication released = release(an_order());
  for (const auto& [number, outcome] : std::map<std::string, std::string>{{"P1", "passed"}, {"P4", "not_passed"}}) {
    const auto judged =
        proof::judge_certificate(find_own_result(publications, exam, number).result->certificate, signer.public_key);
    ASSERT_TRUE(judged) << number;
    EXPECT_TRUE(judged->is_genuine) << number;
    EXPECT_EQ(judged->certificate.applicant_number, number);
    EXPECT_EQ(judged->certificate.outcome, outcome);
    EXPECT_EQ(judged->certificate.root, released.root);
  }
}

// Red when an order without days has another digest than before there were any.
TEST(PublicationOrder, KeepsItsDaysAndSaysNothingOfThoseItHasNot) {
  PublicationOrder order;
  order.decision = 1;
  EXPECT_EQ(write_order(order).find("_until"), std::string::npos);
  EXPECT_EQ(read_order(write_order(order)), order);
  order.passed_until = "2027-06-12";
  order.objection_until = "2027-06-20";
  EXPECT_EQ(read_order(write_order(order)), order);
}

// Red when records are not padded, or when what waits says more to one person than to another.
TEST_F(PublicationStory, BeforeTheMinuteNothingTellsPassedFromFailed) {
  const Publication sealed = seal(an_order());
  EXPECT_EQ(find_own_result(publications, exam, "P1").is, OwnResult::Is::none) << "nothing is announced before the approval";
  const Publication approved = approve(sealed);
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "park");
  clock.set(the_minute - milliseconds(1));
  desk.look();
  for (const char* number : {"P1", "P2", "P3", "P4"}) {
    const OwnResult own = find_own_result(publications, exam, number);
    EXPECT_EQ(own.is, OwnResult::Is::waiting);
    EXPECT_FALSE(own.result);
    ASSERT_TRUE(own.sealed);
    EXPECT_EQ(std::ssize(own.sealed->record), approved.record_bytes);
    EXPECT_TRUE(own.awaited->released_key.empty());
  }
  clock.set(the_minute);
  desk.look();
  EXPECT_EQ(find_own_result(publications, exam, "P1").is, OwnResult::Is::open);
}

// Red when all records are sealed under the release key itself.
TEST_F(PublicationStory, TheReleasedKeyOpensNoRecordOfAnother) {
  const Publication released = release(an_order());
  const auto key = embargo::ReleaseKey::copy_of(released.released_key);
  SealedResult others = *publications.find_result(released, "P2");
  others.secret = publications.find_result(released, "P1")->secret;
  EXPECT_FALSE(open_result(released, key, others));
  SealedResult moved = *publications.find_result(released, "P2");
  moved.number = "P1";
  EXPECT_FALSE(open_result(released, key, moved)) << "a record that was moved to another place is nobody's";
}

// Red when the job compares what it rendered instead of what is kept.
TEST_F(PublicationStory, AFailedComparisonDestroysTheKeyAndKeepsNothing) {
  publications.after_adding = [](auto& kept) { std::swap(kept.at("P1").record, kept.at("P4").record); };
  EXPECT_EQ(code_thrown([&] { seal(an_order()); }), "publication_differs");
  const Publication failed = find_publication(publications, exam, 1);
  EXPECT_EQ(failed.state.step, ReleaseStep::failed);
  EXPECT_TRUE(publications.results[failed.id].empty());
  EXPECT_TRUE(publications.shares[failed.id].empty()) << "nobody has a share of a key that failed";
  EXPECT_EQ(code_thrown([&] { propose_publication(publications, exam, 1, "", by("kim")); }), "wrong_release_step");
}

// Red when only errors of the program's own kind end a version: a cancelled job would leave it in the making for ever.
TEST_F(PublicationStory, AJobThatIsCancelledLeavesNoVersionInTheMaking) {
  publications.after_adding = [](auto&) { throw JobStopped{}; };
  EXPECT_THROW(seal(an_order()), JobStopped);
  EXPECT_EQ(find_publication(publications, exam, 1).state.step, ReleaseStep::failed);
  EXPECT_TRUE(publications.results[find_publication(publications, exam, 1).id].empty());
}

TEST_F(PublicationStory, TheComparisonNamesThePerson) {
  publications.after_adding = [](auto& kept) { kept.at("P3").record.back() ^= 1; };
  try {
    seal(an_order());
    ADD_FAILURE() << "a record that does not open was sealed";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_EQ(refused.faults().kept()[0].file, "P3");
  }
}

// Red when the steps look at the digest of the row only, not at what is kept.
TEST_F(PublicationStory, OneByteChangedAnywhereVoidsTheSteps) {
  const Publication sealed = seal(an_order());
  const auto propose = [&] { propose_publication(publications, exam, sealed.number, sealed.state.digest, by("kim")); };
  publications.results[sealed.id].at("P2").record.front() ^= 1;
  EXPECT_EQ(code_thrown(propose), "publication_changed");
  publications.results[sealed.id].at("P2").record.front() ^= 1;
  auto& everybody = publications.parts[sealed.id].at(publication_parts::public_bundle);
  everybody.back() ^= 1;
  EXPECT_EQ(code_thrown(propose), "publication_changed");
  everybody.back() ^= 1;
  publications.publications.back().order.next_others.en += ".";
  EXPECT_EQ(code_thrown(propose), "publication_changed");
  publications.publications.back().order.next_others.en.pop_back();
  propose();
  publications.results[sealed.id].at("P2").secret = "";  // the secret opens nothing before the minute; the record is what counts
  EXPECT_EQ(now_of(sealed).state.step, ReleaseStep::proposed);
}

// Red when renderer, judge, proof or certificate do not know an exam that does not count: nothing could be released then.
TEST_F(PublicationStory, WhoIsExcludedIsToldSo) {
  hanjari::tests::ResultFiles files = hanjari::tests::small_results();
  files["special_cases.csv"] =
      "applicant_number,kind,reason,decided_by\nP1,misconduct,Used a telephone,committee\nP2,late_documents,Too late,kim\n";
  import_and_decide(files);
  release(an_order(2));
  const PersonalResult voided = *find_own_result(publications, exam, "P1").result;
  EXPECT_THAT(voided.page.en, HasSubstr("Your written exam does not count"));
  EXPECT_THAT(voided.page.en, HasSubstr("Misconduct in the exam was established."));
  EXPECT_THAT(voided.page.ko, HasSubstr("무효"));
  EXPECT_THAT(voided.page.en, Not(HasSubstr("telephone"))) << "the reason is the officers'";
  EXPECT_THAT(voided.certificate, HasSubstr("outcome: void\n"));
  EXPECT_THAT(find_own_result(publications, exam, "P2").result->page.en, HasSubstr("Documents came too late"));
  EXPECT_EQ(load_public(publications, *find_released(publications, exam)).at("list.csv"), "unit_code,applicant_number\nU,P2\nU,P4\n");
}

// Red when renderer or judge do not know an annulled exam, and when a release is made of a decision that does not know a case.
TEST_F(PublicationStory, IsMadeOfADecisionThatKnowsEverySpecialCase) {
  const auto record = [&](const char* number, const char* kind) {
    const RecordedCase entered = enter_case(results, exam, number, kind, "By a court", by("kim"));
    confirm_case(results, exam, entered.case_no, entered.version, by("lee"));
  };
  const auto decide_again = [&] { run(order_decision(results, jobs, exam, 1, by("kim")), decision_work(exams, results, clock)); };
  record("P1", "annulled");
  EXPECT_EQ(code_thrown([&] { seal(an_order()); }), "decision_overtaken");
  decide_again();
  const Publication sealed = seal(an_order(2));
  record("P2", "withdrawal");
  propose_publication(publications, exam, sealed.number, sealed.state.digest, by("kim"));
  EXPECT_EQ(code_thrown([&] { approve_publication(publications, results, exam, sealed.number, sealed.state.digest, true, by("lee")); }),
            "decision_overtaken");
  decide_again();
  release(an_order(3));
  const PersonalResult annulled = *find_own_result(publications, exam, "P1").result;
  EXPECT_THAT(annulled.page.en, HasSubstr("The exam was annulled by a decision on your case."));
  EXPECT_THAT(annulled.page.ko, HasSubstr("무효"));
  EXPECT_EQ(load_public(publications, *find_released(publications, exam)).at("list.csv"), "unit_code,applicant_number\nU,P4\n");
}

// Red when only results that came as CSV files can be published, or when the marks of a workbook are named by nothing that anybody can
// write down again.
TEST_F(PublicationStory, NamesTheMarksOfResultsThatCameAsOneWorkbook) {
  const auto digest_of = [&](const Publication& released) {
    return nlohmann::json::parse(load_public(publications, released).at("publication.json")).at("marks_sha256").get<std::string>();
  };
  hanjari::tests::ResultFiles files = hanjari::tests::small_results();
  std::vector<hanjari::tests::MadeSheet> sheets{hanjari::tests::sheet_of_csv("rules", "key,value\n")};
  for (const std::string name : {"units", "people", "scores"}) sheets.push_back(hanjari::tests::sheet_of_csv(name, files[name + ".csv"]));
  import_and_decide_on(hanjari::tests::workbook_of(sheets));
  EXPECT_EQ(results.decisions.back().decision_sha256, results.decisions.front().decision_sha256);
  EXPECT_EQ(digest_of(release(an_order(2))),
            sha256("applicant_number,unit_code,subject,kind,raw\nP1,U,korean,common,80.00\nP2,U,korean,common,70.50\n"
                   "P4,U,korean,common,60.25\n")
                .hex());
}

TEST_F(PublicationStory, NamesTheMarksOfAFileAsItWasSent) {
  const Publication released = release(an_order());
  EXPECT_EQ(nlohmann::json::parse(load_public(publications, released).at("publication.json")).at("marks_sha256"),
            sha256(hanjari::tests::small_results()["scores.csv"]).hex());
}

// Red when the list as a file is made of something else than the list that is shown, or is no part of what was approved.
TEST_F(PublicationStory, TheListAsFilesIsPartOfWhatIsReleased) {
  const Publication released = release(an_order());
  const PublicTexts texts = load_public(publications, released);
  for (const char* name : {"list.en.pdf", "list.ko.pdf"}) EXPECT_TRUE(texts.at(name).starts_with("%PDF-")) << name;
  for (const char* name : {"list.en.xlsx", "list.ko.xlsx"}) EXPECT_TRUE(texts.at(name).starts_with("PK")) << name;
  EXPECT_EQ(read_public(write_public(texts)), texts) << "bytes are kept as they are";
}

// Red when each person is read back by a question of the own: a database that is busy takes minutes for tens of thousands.
TEST_F(PublicationStory, IsReadBackWithFewQuestions) {
  seal(an_order());
  EXPECT_EQ(publications.questions, 1) << "for four people";
}

TEST_F(PublicationStory, AnEmptySaveMakesNoNewVersion) {
  const Publication sealed = seal(an_order());
  const auto again = order_publication(publications, results, jobs, exam, an_order(), by("lee"));
  EXPECT_FALSE(again.job);
  EXPECT_EQ(again.publication.number, sealed.number);
  PublicationOrder changed = an_order();
  changed.objection.en += " Soon.";
  EXPECT_TRUE(order_publication(publications, results, jobs, exam, changed, by("lee")).job);
}

TEST_F(PublicationStory, IsApprovedByNobodyWhoOrderedOrProposedIt) {
  const Publication sealed = seal(an_order(), "park");
  const std::string& digest = sealed.state.digest;
  propose_publication(publications, exam, 1, digest, by("kim"));
  EXPECT_EQ(code_thrown([&] { approve_publication(publications, results, exam, 1, digest, true, by("kim")); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { approve_publication(publications, results, exam, 1, digest, true, by("park")); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { approve_publication(publications, results, exam, 1, digest, false, by("lee")); }), "second_factor_needed");
  EXPECT_EQ(code_thrown([&] {
              const Publication other = seal([&] {
                PublicationOrder order = an_order();
                order.objection.en += " Soon.";
                return order;
              }(), "park");
              propose_publication(publications, exam, other.number, other.state.digest, by("park"));
              approve_publication(publications, results, exam, other.number, other.state.digest, true, by("kim"));
            }),
            "same_officer")
      << "kim made the decision";
  publications.before_save = [&] { publications.publications.front().state.changes += 1; };
  EXPECT_EQ(code_thrown([&] { approve_publication(publications, results, exam, 1, digest, true, by("lee")); }), "release_step_changed");
}

// Red while a second version could be approved beside one that comes first: everybody was then told the later minute, and saw
// the results half a minute late.
TEST_F(PublicationStory, ApplicantsAreToldOneMinute) {
  const Publication first = approve(seal(an_order()));
  PublicationOrder later = an_order();
  later.release_at = the_minute + minutes(24 * 60);
  const Publication second = seal(later);
  EXPECT_EQ(code_thrown([&] { approve(second); }), "other_announced");
  clock.set(the_minute - minutes(2));
  arm(desk, first, "kim");
  arm(desk, first, "lee");
  EXPECT_EQ(code_thrown([&] {
              approve_publication(publications, results, exam, second.number, second.state.digest, true, by("lee"));
            }),
            "other_announced");
  desk.withdraw(exam, first.number, first.state.digest, by("kim"));
  EXPECT_EQ(approve_publication(publications, results, exam, second.number, second.state.digest, true, by("lee")).state.step,
            ReleaseStep::approved);
  EXPECT_EQ(find_awaited(publications, exam)->number, second.number);
}

// Red when the newest announced version is awaited whatever was released since, and whatever is armed: people would wait for
// what can never come.
TEST_F(PublicationStory, NobodyWaitsForAVersionThatAnotherOvertook) {
  const Publication first = approve(seal(an_order()));
  // Its minute passed and nobody armed it.
  clock.set(the_minute + minutes(1));
  PublicationOrder other = an_order();
  other.release_at = the_minute + minutes(20);
  const Publication second = approve(seal(other));
  EXPECT_EQ(find_awaited(publications, exam)->number, second.number);
  desk.withdraw(exam, second.number, second.state.digest, by("kim"));
  arm(desk, first, "kim");
  arm(desk, first, "lee");
  // As somebody may have approved it before such a step was refused.
  publications.publications.back().state = second.state;
  EXPECT_EQ(find_awaited(publications, exam)->number, first.number) << "an armed one comes first";
  desk.look();
  ASSERT_EQ(now_of(first).state.step, ReleaseStep::released);
  EXPECT_FALSE(find_awaited(publications, exam));
  EXPECT_FALSE(find_own_result(publications, exam, "P1").awaited);
  EXPECT_EQ(code_thrown([&] { arm(desk, second, "kim"); }), "other_release");
}

// Red while a version whose minute has passed could still be armed beside a newer one: everybody was told the later minute, and
// saw the results before it.
TEST_F(PublicationStory, WhatNobodyWaitsForAnyMoreIsNotArmed) {
  const Publication first = approve(seal(an_order()));
  clock.set(the_minute - minutes(1));
  arm(desk, first, "kim");
  clock.set(the_minute + minutes(1));
  PublicationOrder other = an_order();
  other.release_at = the_minute + minutes(20);
  const Publication second = approve(seal(other));
  EXPECT_EQ(code_thrown([&] { arm(desk, first, "lee"); }), "other_announced") << "the second share";
  ReleaseDesk next(publications, results, clock);
  EXPECT_EQ(code_thrown([&] { arm(next, first, "lee"); }), "other_announced") << "the first share of another run";
  clock.set(other.release_at + minutes(1));
  EXPECT_EQ(code_thrown([&] { arm(desk, first, "lee"); }), "other_announced") << "the later minute has passed as well";
  EXPECT_EQ(now_of(first).state.step, ReleaseStep::approved);
  EXPECT_EQ(arm(desk, second, "kim").state.step, ReleaseStep::approved);
  EXPECT_EQ(arm(desk, second, "lee").state.step, ReleaseStep::armed) << "people wait for this one";
}

TEST_F(PublicationStory, IsArmedByHoldersOfSharesWithTheirPassphrases) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  make_own_release_key(publications, passphrase_of("choi"), by("choi"));
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "choi"); }), "no_share");
  EXPECT_EQ(code_thrown([&] { desk.arm(exam, 1, "another passphrase", approved.state.digest, true, by("kim")); }),
            "wrong_passphrase");
  arm(desk, approved, "kim");
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "kim"); }), "same_officer");
  EXPECT_FALSE(desk.holds_key_of(now_of(approved))) << "one share is no key";
  arm(desk, approved, "park");
  EXPECT_TRUE(desk.holds_key_of(now_of(approved)));
}

// Red when each of two officers at the same moment believes to be the first: one share then takes the place of the other.
TEST_F(PublicationStory, IsArmedByTwoOfficersAtTheSameMoment) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  std::vector<std::string> refusals(2);
  {
    std::vector<std::jthread> officers;
    for (const std::size_t one : {std::size_t{0}, std::size_t{1}}) {
      officers.emplace_back([&, one] {
        refusals[one] = code_thrown([&] { arm(desk, approved, one == 0 ? "kim" : "park"); });
      });
    }
  }
  EXPECT_EQ(refusals[0], "nothing");
  EXPECT_EQ(refusals[1], "nothing");
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::armed);
  EXPECT_TRUE(desk.holds_key_of(now_of(approved)));
}

// Red when a share of another version is joined without a look at the commitment.
TEST_F(PublicationStory, RefusesSharesThatAreNotOfThisVersion) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  auto& shares = publications.shares[approved.id];
  for (KeptShare& share : shares) {
    if (share.officer == "park")
      share.sealed = embargo::seal_for(publications.find_officer_key("park")->key.public_half, "\3" + std::string(32, 'x'));
  }
  EXPECT_EQ(code_thrown([&] { arm(desk, approved, "park"); }), "wrong_share");
  EXPECT_EQ(arm(desk, approved, "lee").state.step, ReleaseStep::armed) << "the third officer still can";
}

// Red when the next program takes an armed version for one whose key it holds.
TEST_F(PublicationStory, IsDelayedAndArmedAgainWhenItsProgramDied) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "lee");
  ReleaseDesk next(publications, results, clock);
  clock.set(the_minute + seconds(30));
  next.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::armed);
  EXPECT_FALSE(next.holds_key_of(now_of(approved)));
  EXPECT_EQ(find_own_result(publications, exam, "P1").is, OwnResult::Is::waiting);
  arm(next, approved, "park");
  desk.look();
  EXPECT_NE(now_of(approved).state.step, ReleaseStep::released) << "the hold of the dead program counts no more";
  arm(next, approved, "kim");
  next.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::released);
}

TEST_F(PublicationStory, IsWithdrawnUntilTheLastSecondAndItsKeyIsNeverPublic) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "lee");
  clock.set(the_minute - milliseconds(1));
  desk.withdraw(exam, approved.number, approved.state.digest, by("kim"));
  clock.set(the_minute + seconds(1));
  desk.look();
  const Publication withdrawn = now_of(approved);
  EXPECT_EQ(withdrawn.state.step, ReleaseStep::withdrawn);
  EXPECT_TRUE(withdrawn.released_key.empty());
  EXPECT_FALSE(desk.holds_key_of(withdrawn));
  EXPECT_EQ(find_own_result(publications, exam, "P1").is, OwnResult::Is::none);
}

TEST_F(PublicationStory, IsNotReleasedWhileClocksDisagree) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "lee");
  clock.set(the_minute);
  for (const milliseconds apart : {milliseconds(1001), milliseconds(-1001)}) {
    publications.now = [&] { return clock.now() + apart; };
    EXPECT_EQ(code_thrown([&] { desk.look(); }), "clocks_disagree");
    EXPECT_EQ(now_of(approved).state.step, ReleaseStep::armed);
  }
  publications.now = [&] { return clock.now() + seconds(1); };
  desk.look();
  EXPECT_EQ(now_of(approved).state.step, ReleaseStep::released);
}

TEST_F(PublicationStory, ACorrectionFollowsTheReleaseBeforeItAndSaysWhy) {
  const Publication first = release(an_order());
  import_and_decide(corrected_results());
  PublicationOrder order = an_order(2);
  order.release_at = the_minute + minutes(60);
  EXPECT_EQ(code_thrown([&] { seal(order); }), "bad_order") << "a correction says what it corrects";
  order.reason = {"A mark was corrected.", "점수를 정정하였습니다."};
  const Publication sealed = seal(order);
  EXPECT_EQ(sealed.version, 2);
  EXPECT_EQ(sealed.replaces, first.root);
  const auto summary = nlohmann::json::parse(publications.load_part(sealed, publication_parts::summary));
  EXPECT_EQ(summary.at("differences").at("count"), 2) << "P2 and P4";
  EXPECT_EQ(summary.at("differences").at("verdicts"), 2);
  EXPECT_THAT(find_own_result(publications, exam, "P4").result->page.en, HasSubstr("did not pass"))
      << "until the correction is released the first release stands";
  approve(sealed);
  clock.set(order.release_at - minutes(2));
  arm(desk, now_of(sealed), "kim");
  arm(desk, now_of(sealed), "lee");
  clock.set(order.release_at);
  desk.look();
  const OwnResult corrected = find_own_result(publications, exam, "P4");
  ASSERT_TRUE(corrected.result);
  EXPECT_THAT(corrected.result->page.en, HasSubstr("You passed the written exam."));
  EXPECT_THAT(corrected.result->page.en, HasSubstr("A mark was corrected."));
  proof::Judged given;
  const auto files = [&](const Publication& of) {
    const PublicTexts texts = load_public(publications, of);
    return proof::PublicationFiles{texts.at("publication.json"), texts.at("list.csv"), texts.at("leaves.txt"),
                                   texts.at("checkpoint")};
  };
  given.files = files(now_of(sealed));
  given.previous = files(now_of(first));
  EXPECT_TRUE(proof::verify_publication(given, signer.public_key).empty());
}

// Forty people of two districts: of the first ten, who live in one of them, everybody passes.
PlannedExam forty_people() {
  PlannedExam planned;
  planned.exam.units.push_back({UnitCode("U"), "행정", "Administration", QuotaGroup{}, 9, 4, 100, "A"});
  for (int i = 0; i < 40; ++i) {
    hanjari::Applicant one;
    one.id = ApplicantId("id" + std::to_string(100 + i));
    one.unit = UnitIndex(std::size_t{0});
    one.sex = i % 2 == 0 ? Sex::female : Sex::male;
    one.district = planned.exam.words.intern(i < 20 ? "11110" : "11140");
    planned.exam.applicants.push_back(one);
    Placement placement;
    placement.applicant = ApplicantIndex(static_cast<std::size_t>(i));
    placement.number = ApplicantNumber("P" + std::to_string(i + 1));
    planned.plan.placements.push_back(placement);
  }
  return planned;
}

hanjari::tests::ResultFiles results_of_forty() {
  hanjari::tests::ResultFiles files = hanjari::tests::small_results();
  files["people.csv"] = "applicant_number,unit_code,sex,attendance,bonus\n";
  files["scores.csv"] = "applicant_number,unit_code,subject,kind,raw\n";
  for (int i = 0; i < 40; ++i) {
    const std::string number = "P" + std::to_string(i + 1);
    files["people.csv"] += number + ",U," + (i % 2 == 0 ? "F" : "M") + ",present,\n";
    files["scores.csv"] += number + ",U,korean,common," + (i < 10 ? "80" : "60") + "\n";
  }
  return files;
}

// Red when rates are not part of what is sealed and signed, when officers do not see them, or when a small group can be told.
TEST_F(PublicationStory, RatesByGroupAreSealedSignedAndReleasedWithTheResults) {
  exams.planned = forty_people();
  import_and_decide(results_of_forty());
  const Publication released = release(an_order(2));
  const PublicTexts texts = load_public(publications, released);
  EXPECT_EQ(find_text(texts, "rates.csv"),
            "dimension,value,people,passed,percent\nall,,40,10,25.0\ndistrict,11110,,,\ndistrict,11140,,,\nsex,F,20,5,25.0\nsex,M,20,5,25.0\n"
            "unit,U,40,10,25.0\naccommodation,none,40,10,25.0\n");
  proof::Judged given{{texts.at("publication.json"), texts.at("list.csv"), texts.at("leaves.txt"), texts.at("checkpoint"), texts.at("rates.csv")},
                      {},
                      {}};
  EXPECT_TRUE(proof::verify_publication(given, signer.public_key).empty());
  given.files.rates_csv.clear();
  EXPECT_FALSE(proof::verify_publication(given, signer.public_key).empty()) << "they are signed";
  const auto summary = nlohmann::json::parse(publications.load_part(released, publication_parts::summary));
  EXPECT_EQ(summary.value("rates", std::string()), texts.at("rates.csv")) << "officers see what they sign";
}

TEST_F(PublicationStory, NoRatesAreMadeOfPeopleWhomThePlanDoesNotKnow) {
  import_and_decide(results_of_forty());  // before there is a plan: results of people whom it does not know are not taken
  exams.planned = forty_people();
  exams.planned->plan.placements.pop_back();
  EXPECT_FALSE(load_public(publications, release(an_order(2))).contains("rates.csv"));
}

TEST_F(PublicationStory, WhatWasReleasedCanBeTakenBackByTwoAsWell) {
  release(an_order());
  PublicationOrder order = an_order();
  order.release_at = the_minute + minutes(60);
  order.withdrawal = true;
  order.reason = {"The marks of one room were mixed up.", "한 시험실의 점수가 뒤바뀌었습니다."};
  EXPECT_EQ(release(order).state.step, ReleaseStep::released);
  const OwnResult own = find_own_result(publications, exam, "P1");
  EXPECT_EQ(own.is, OwnResult::Is::withdrawn);
  EXPECT_FALSE(own.result);
}

// Red while a release was refused for want of English words: the Korean ones stand in their place, and the proofreader agrees.
TEST_F(PublicationStory, ShowsKoreanWordsWhereNobodyWroteEnglishOnes) {
  PublicationOrder order = an_order();
  order.next_passed.en.clear();
  order.next_others.en = " \xE2\x80\x8B";
  order.objection.en.clear();
  const Publication released = release(order);
  ASSERT_EQ(released.state.step, ReleaseStep::released);
  EXPECT_EQ(released.order.objection.en, order.objection.ko);
  const OwnResult own = find_own_result(publications, exam, "P1");
  ASSERT_TRUE(own.result);
  EXPECT_THAT(own.result->page.en, HasSubstr("You passed the written exam."));
  EXPECT_THAT(own.result->page.en, HasSubstr(order.next_passed.ko));
  const OrderedPublication again = order_publication(publications, results, jobs, exam, order, by("kim"));
  EXPECT_EQ(again.publication.number, released.number) << "sent again it is the same order";
}

TEST_F(PublicationStory, NeedsAWholeOrder) {
  const auto code_of = [&](const std::function<void(PublicationOrder&)>& change) {
    PublicationOrder order = an_order();
    change(order);
    return code_thrown([&] { order_publication(publications, results, jobs, exam, order, by("kim")); });
  };
  EXPECT_EQ(code_of([](auto& order) { order.next_passed.ko.clear(); }), "bad_order");
  EXPECT_EQ(code_of([](auto& order) { order.next_passed.ko = " \n\xE2\x80\x8B"; }), "bad_order") << "nobody sees a word";
  EXPECT_EQ(code_of([](auto& order) { order.objection.en = std::string(5'000, 'a'); }), "bad_order") << "too long";
  EXPECT_EQ(code_of([](auto& order) { order.release_at += std::chrono::hours(24 * 3650); }), "bad_order") << "a slip in the year";
  EXPECT_EQ(code_of([&](auto& order) { order.release_at = clock.now(); }), "bad_order");
  EXPECT_EQ(code_of([&](auto& order) { order.release_at += seconds(1); }), "bad_order");
  EXPECT_EQ(code_of([](auto& order) { order.share_holders = {"kim", "kim", "lee"}; }), "bad_order");
  EXPECT_EQ(code_of([](auto& order) { order.share_holders = {"kim", "choi", "lee"}; }), "bad_order");
  EXPECT_EQ(code_of([](auto& order) { order.reason = {"why", "왜"}; }), "bad_order") << "the first release corrects nothing";
  EXPECT_EQ(code_of([](auto& order) { order.decision = 9; }), "unknown_decision");
  EXPECT_EQ(code_of([](auto& order) { order.withdrawal = true; }), "no_release_yet");
  EXPECT_TRUE(publications.publications.empty()) << "nothing of a refused order is kept";
}

TEST_F(PublicationStory, TheKeyStandsNowhereWholeBeforeTheMinute) {
  const Publication approved = approve(seal(an_order()));
  clock.set(the_minute - minutes(2));
  arm(desk, approved, "kim");
  arm(desk, approved, "lee");
  // Everything that is kept, searched for the key that the minute makes public.
  std::string everything = approved.commitment + approved.public_secret + approved.state.digest + approved.root;
  for (const auto& [number, one] : publications.results[approved.id]) everything += one.secret + one.record;
  for (const auto& [name, part] : publications.parts[approved.id]) everything += part;
  for (const auto& share : publications.shares[approved.id]) everything += share.sealed;
  for (const auto& [officer, key] : publications.keys) everything += key.key.private_sealed;
  clock.set(the_minute);
  desk.look();
  const std::string key = now_of(approved).released_key;
  ASSERT_EQ(key.size(), embargo::key_bytes);
  EXPECT_THAT(everything, Not(HasSubstr(key)));
}

TEST(PublicationOrders, AreReadBackAsTheyWereWritten) {
  PublicationOrder order;
  order.decision = 3;
  order.release_at = Instant(seconds(1'632'873'600));
  order.next_passed = {"\"quoted\"\n", "따옴표"};
  order.reason = {"", ""};
  order.withdrawal = true;
  order.share_holders = {"a", "b", "c"};
  EXPECT_EQ(read_order(write_order(order)), order);
  EXPECT_THROW(read_order("[]"), std::logic_error);
}

}  // namespace
}  // namespace hanjari::services::publication_story
