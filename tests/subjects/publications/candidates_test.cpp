// The register of candidates: who passed finally, who registered, who declines, and who passes in their place.
#include "hanjari/publications/candidates.h"

#include <string>

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "publications/final_story.h"
#include "stage/code_thrown.h"

namespace hanjari::services::publication_story {
namespace {

using hanjari::tests::code_thrown;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using std::chrono::minutes;

// One post: P1 passes, P2 and P4 stand in the reserve behind.
class KeptRegister : public FinalStory {
 protected:
  KeptRegister() {
    results.decisions.clear();
    results.packages.clear();
    results.rules = {};
    hanjari::tests::ResultFiles files = hanjari::tests::small_results();
    std::string& units = files["units.csv"];
    units.replace(units.find("9,4,100,A,2"), 11, "9,1,100,A,3");
    import_and_decide(files);
    settle("P1,A,spirit,middle\nP2,A,spirit,middle\nP4,A,spirit,middle\n");
    release(an_order());
    decide();
  }
  PublicationOrder final_order(std::int64_t decision = 1) const {
    PublicationOrder order = an_order(decision);
    order.stage = proof::Stage::final;
    order.release_at = the_minute + minutes(60 * decision);
    return order;
  }
  FinalStage stage() { return {exams, publications, results, interviews, accesses}; }
  CandidateRegister step(CandidateStep what, const std::string& number, const std::string& officer, const std::string& reason = "A letter") {
    return step_candidate(stage(), exam, what, number, reason, interviews.load_register(exam).version, by(officer));
  }
  // Number and outcome, and behind them the place in the reserve.
  std::vector<std::string> people() {
    std::vector<std::string> said;
    for (const Candidate& one : open_candidates(stage(), exam, by("kim")).people)
      said.push_back(one.number + " " + one.outcome + (one.reserve_rank.empty() ? "" : " " + one.reserve_rank));
    return said;
  }
};

TEST_F(KeptRegister, BeginsWithTheFinalResultsThatPeopleWereTold) {
  EXPECT_EQ(code_thrown([&] { people(); }), "no_final_release");
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::enter, "P1", "kim"); }), "no_final_release");
  release(final_order());
  EXPECT_THAT(people(), ElementsAre("P1 passed", "P2 not_passed 1", "P4 not_passed 2"));
  EXPECT_EQ(accesses.notes.back().action, "candidate.read") << "the reserve is looked at on record";
}

// Red when a decline leads no further than a note, or counts by the word of one officer.
TEST_F(KeptRegister, GivesThePlaceOfWhoDeclinesToTheReserve) {
  release(final_order());
  step(CandidateStep::enter, "P1", "kim");
  EXPECT_EQ(decide().version, 1) << "it waits for a second officer";
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::confirm, "P1", "kim"); }), "same_officer");
  step(CandidateStep::confirm, "P1", "lee");
  const StoredFinal anew = decide();
  EXPECT_EQ(anew.version, 2);
  const std::string list = interviews.load_final_file(anew, "decisions_final.csv");
  EXPECT_THAT(list, HasSubstr("\nP1,U,declined,ordinary,80.00,1,,declined\n"));
  EXPECT_THAT(list, HasSubstr("\nP2,U,passed,ordinary,"));
  EXPECT_THAT(list, HasSubstr(",additional\n"));
  EXPECT_EQ(interviews.load_final_file(anew, "declines.csv"), "applicant_number\nP1\n");
  EXPECT_EQ(decide().version, 2) << "the same declines on the same grades make no new decision";
  PublicationOrder correction = final_order(2);
  correction.reason = {"Somebody declined; the next of the reserve passes.", "합격자의 포기로 예비 순위자가 합격하였습니다."};
  const Publication released = release(correction);
  ASSERT_EQ(released.state.step, ReleaseStep::released);
  const auto page_of = [&](const char* number) {
    return find_own_result(publications, exam, number, proof::Stage::final).result->page.en;
  };
  EXPECT_THAT(page_of("P2"), HasSubstr("You passed the exam."));
  EXPECT_THAT(page_of("P2"), HasSubstr("A place became free"));
  EXPECT_THAT(page_of("P1"), HasSubstr("You declined the place."));
  EXPECT_EQ(load_public(publications, released).at("list.csv"), "unit_code,applicant_number\nU,P2\n");
  EXPECT_THAT(people(), ElementsAre("P2 passed", "P4 not_passed 2", "P1 declined"));
}

// Red when nobody can be decided finally any more because a correction leaves somebody who has declined nothing to decline.
TEST_F(KeptRegister, LetsACorrectionBeDecidedThatFailsWhoHasDeclined) {
  release(final_order());
  step(CandidateStep::enter, "P1", "kim");
  step(CandidateStep::confirm, "P1", "lee");
  EXPECT_EQ(decide().version, 2);
  settle("P1,A,spirit,low\nP2,A,spirit,middle\nP4,A,spirit,middle\n", 1);
  const StoredFinal anew = decide();
  EXPECT_EQ(anew.version, 3);
  EXPECT_EQ(anew.declines_sha256, "");
  EXPECT_THAT(interviews.load_final_file(anew, "decisions_final.csv"), HasSubstr("\nP1,U,poor,poor,"));
  EXPECT_THAT(interviews.load_final_file(anew, "decisions_final.csv"), HasSubstr("\nP2,U,passed,"));
  EXPECT_TRUE(interviews.load_register(exam).declines.at("P1").counts()) << "the decline stays on record";
}

TEST_F(KeptRegister, TakesStepsOfCandidatesOnly) {
  release(final_order());
  for (const auto what : {CandidateStep::enter, CandidateStep::enrol})
    EXPECT_EQ(code_thrown([&] { step(what, "P3", "kim"); }), "bad_decline") << "absent from the written exam";
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::enrol, "P2", "kim"); }), "bad_decline") << "stands in the reserve";
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::enter, "P1", "kim", " "); }), "bad_decline") << "without a reason";
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::confirm, "P1", "lee"); }), "no_decline");
  step(CandidateStep::enrol, "P1", "kim");
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::enrol, "P1", "lee"); }), "registered_already");
  step(CandidateStep::enter, " Ｐ１ ", "kim");
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::enter, "P1", "lee"); }), "decline_there");
  step(CandidateStep::take_back, "P1", "lee");
  EXPECT_TRUE(interviews.load_register(exam).declines.empty());
  step(CandidateStep::enter, "P1", "kim");
  const CandidateRegister confirmed = step(CandidateStep::confirm, "P1", "lee");
  EXPECT_FALSE(confirmed.registered.contains("P1")) << "who declines is registered no more";
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::take_back, "P1", "kim"); }), "decline_confirmed");
}

TEST_F(KeptRegister, MovesByCompareAndSet) {
  release(final_order());
  EXPECT_EQ(code_thrown([&] { step_candidate(stage(), exam, CandidateStep::enter, "P1", "A letter", 7, by("kim")); }), "register_changed");
  interviews.before_save = [&] { ++interviews.registers[exam.text()].version; };
  EXPECT_EQ(code_thrown([&] { step(CandidateStep::enter, "P1", "kim"); }), "register_changed");
}

TEST(Declines, AreReadBackAsTheyWereWritten) {
  CandidateRegister candidates;
  candidates.version = 3;
  candidates.declines["P2"] = {"A letter", "kim", Instant{}, "lee"};
  candidates.declines["P1"] = {"By telephone", "kim", Instant{}, ""};
  candidates.registered["P5"] = {"lee", Instant{}};
  EXPECT_EQ(write_register(read_register(write_register(candidates))), write_register(candidates));
  EXPECT_EQ(write_declines(candidates), "applicant_number\nP2\n") << "one that waits counts for nothing";
  EXPECT_EQ(write_declines({}), "");
  EXPECT_THAT(read_declines("applicant_number\nP2\nP1\n"), ElementsAre(ApplicantNumber("P2"), ApplicantNumber("P1")));
  EXPECT_THROW(read_declines("applicant_number\nP2\nP2\n"), InvalidInput);
}

}  // namespace
}  // namespace hanjari::services::publication_story
