// Two officers and one live plan: nothing that one of them did is lost without a word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/lineage.h"
#include "hanjari/plans/refusals.h"
#include "stage/memory_approvals.h"

namespace hanjari::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const ExamCode raced_exam("raced");

// Digest made of one letter.
std::string raced_digest(char letter) {
  return std::string(64, letter);
}

HandMove raced_move(const std::string& person, const std::string& venue, std::int64_t room) {
  HandMove move;
  move.applicant = ApplicantId(person);
  move.venue = VenueCode(venue);
  move.room_no = room;
  return move;
}

HistoryStep raced_step(StepKind kind, char letter, const std::string& author = {}, std::vector<HandMove> moves = {}) {
  HistoryStep step;
  step.kind = kind;
  step.digest = raced_digest(letter);
  step.author = author;
  step.reason = author.empty() ? "" : "asked by " + author;
  step.moves = std::move(moves);
  return step;
}

// Plans of one exam of two people in two schools, each with its history; the pointer moves by compare-and-set.
class RacedPlans : public services::ExamRepository {
 public:
  RacedPlans() {
    exam.header.code = raced_exam;
    exam.input_sha256 = raced_digest('0');
    exam.units.push_back({});
    exam.units.back().code = UnitCode("010");
    for (const char* name : {"가람중학교", "나래고등학교"}) {
      exam.venues.push_back({});
      exam.venues.back().code = VenueCode(exam.venues.size() == 1 ? "V1" : "V2");
      exam.venues.back().name = name;
      exam.rooms.push_back({});
      exam.rooms.back().venue = VenueIndex(exam.venues.size() - 1);
      exam.rooms.back().room_no = 1;
      exam.rooms.back().row_count = exam.rooms.back().column_count = 3;
    }
    for (const char* id : {"A1", "A2"}) {
      exam.applicants.push_back({});
      exam.applicants.back().id = ApplicantId(id);
      exam.applicants.back().unit = UnitIndex(std::size_t{0});
    }
    make_canonical(exam);
  }

  // A plan with the two people in these schools.
  void add(char letter, std::size_t first, std::size_t second, std::vector<HistoryStep> history) {
    Plan plan;
    for (const std::size_t venue : {first, second}) {
      Placement placed;
      placed.applicant = ApplicantIndex(plan.placements.size());
      placed.number = ApplicantNumber("0100000" + std::to_string(plan.placements.size()));
      placed.venue = VenueIndex(venue);
      placed.room = RoomIndex(venue);
      placed.seat_no = static_cast<int>(plan.placements.size()) + 1;
      placed.travel_m = venue == 0 ? 195 : 21'897;
      plan.placements.push_back(placed);
    }
    plan.digest = raced_digest(letter);
    plan.history = std::move(history);
    plans.insert(plans.begin(), plan);
  }

  services::ImportOutcome save_exam(const Exam&, const Plan*, const services::Change&, Progress&) override { return {}; }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return exam; }
  std::vector<services::StoredPlan> list_plans(const ExamCode&) override {
    std::vector<services::StoredPlan> listed;
    for (const Plan& plan : plans)
      listed.push_back({plan.digest, exam.input_sha256, PlanStatus::feasible, 2, unseated, {}});
    return listed;
  }
  std::optional<Plan> find_plan(const Exam&, const std::string& digest) override {
    for (const Plan& plan : plans) {
      if (plan.digest == digest) return plan;
    }
    return std::nullopt;
  }
  std::vector<HistoryStep> find_history(const ExamCode&, const services::StoredPlan& plan) override {
    return find_plan(exam, plan.digest)->history;
  }
  std::optional<services::LivePointer> find_live_plan(const ExamCode&) override {
    const auto answer = live;
    if (meanwhile) meanwhile();
    return answer;
  }
  void set_live_plan(const ExamCode&, const services::StoredPlan& plan, std::int64_t expected_version,
                     const services::Change&) override {
    if ((live ? live->version : 0) != expected_version) throw services::LivePlanChanged({"changed", "바뀜"});
    live = {plan.digest, plan.input_sha256, expected_version + 1};
  }
  void set_live_plan_in_emergency(const ExamCode& code, const services::StoredPlan& plan, std::int64_t expected_version,
                                  const services::Change& change) override {
    ++emergencies;
    set_live_plan(code, plan, expected_version, change);
  }

  Exam exam;
  std::vector<Plan> plans;  // newest first
  std::optional<services::LivePointer> live;
  std::int64_t unseated = 0;
  int emergencies = 0;
  std::function<void()> meanwhile;  // what somebody else does after the pointer was read
};

class GoingLive : public testing::Test {
 protected:
  // A published plan, and two edits of it by two officers.
  GoingLive() {
    const HistoryStep first = raced_step(StepKind::plan, 'a');
    exams.add('a', 0, 0, {first});
    exams.add('b', 0, 1, {first, raced_step(StepKind::edit, 'b', "kim", {raced_move("A2", "V2", 1)})});
    exams.add('c', 1, 0, {first, raced_step(StepKind::edit, 'c', "lee", {raced_move("A1", "V2", 1)})});
    go('a');
  }

  services::LiveOutcome go(char letter, const services::LiveWish& wish = {}) {
    return services::make_plan_live(exams, raced_exam, raced_digest(letter), {}, wish);
  }
  // The code of the refusal, with its words kept.
  std::string refusal(char letter, const services::LiveWish& wish = {}) {
    try {
      go(letter, wish);
    } catch (const Error& error) {
      said = error.message();
      return error.code();
    }
    return "done";
  }

  RacedPlans exams;
  Text said;
};

TEST_F(GoingLive, RefusesAPlanThatWasNotMadeFromTheLiveOneAndNamesEveryEditThatWouldBeLost) {
  EXPECT_TRUE(go('b').changed);
  EXPECT_EQ(refusal('c'), "other_base");
  EXPECT_EQ(exams.live->plan_digest, raced_digest('b')) << "nothing was changed";
  EXPECT_THAT(said.en, HasSubstr("hand edit bbbbbbbbbbbb by kim"));
  EXPECT_THAT(said.en, HasSubstr("asked by kim"));
  EXPECT_THAT(said.en, HasSubstr("A2 to V2/1"));
  EXPECT_THAT(said.ko, HasSubstr("A2를 V2/1로 옮김"));
  EXPECT_THAT(said.en, HasSubstr("--instead-of bbbbbbbbbbbb"));
  EXPECT_THAT(said.en, Not(HasSubstr("by lee"))) << "its own edit is not lost";
}

TEST_F(GoingLive, TakesAPlanMadeFromTheLiveOneHoweverManyStepsLieBetween) {
  auto history = exams.find_plan(exams.exam, raced_digest('b'))->history;
  for (const char letter : {'d', 'e', 'f'}) history.push_back(raced_step(StepKind::replan, letter));
  exams.add('f', 1, 1, history);
  EXPECT_TRUE(go('f').changed);
  // And back to one of its steps: that would undo the others.
  EXPECT_EQ(refusal('b'), "other_base");
  EXPECT_THAT(said.en, HasSubstr("re-plan dddddddddddd"));
  EXPECT_THAT(said.en, HasSubstr("re-plan ffffffffffff"));
  EXPECT_THAT(said.en, Not(HasSubstr("by kim")));
}

TEST_F(GoingLive, LetsTheLivePlanGiveWayOnlyToWhoeverNamesIt) {
  go('b');
  EXPECT_EQ(refusal('c', {.instead_of = raced_digest('a')}), "not_the_live_plan");
  EXPECT_EQ(refusal('c', {.instead_of = "b"}), "not_the_live_plan") << "too short to name a plan";
  EXPECT_EQ(refusal('c', {.instead_of = std::string(12, 'b')}), "done");
  EXPECT_EQ(exams.live->plan_digest, raced_digest('c'));
}

TEST_F(GoingLive, IsRefusedWhenTheLivePlanChangedSinceItWasComparedWith) {
  const auto seen = services::compare_with_live(exams, raced_exam, raced_digest('c'));
  EXPECT_EQ(seen.live_version, 1);
  go('b');
  EXPECT_EQ(refusal('c', {.compared_with = seen.live_version}), "live_plan_changed");
  // Between reading the pointer and setting it, too.
  exams.meanwhile = [this] {
    exams.meanwhile = nullptr;
    exams.live->version += 1;
  };
  EXPECT_EQ(refusal('c', {.instead_of = raced_digest('b')}), "live_plan_changed");
}

TEST_F(GoingLive, SaysForWhomAPlanChangesWhat) {
  const auto change = services::compare_with_live(exams, raced_exam, raced_digest('c'));
  EXPECT_EQ(change.live_digest, raced_digest('a'));
  EXPECT_TRUE(change.made_from_live);
  EXPECT_EQ(change.told, 1);
  EXPECT_EQ(change.venue, 1);
  EXPECT_EQ(change.venues_changed, 2);
  EXPECT_TRUE(change.venues_lost.empty());
  EXPECT_THAT(change.venues_new, ::testing::ElementsAre("나래고등학교"));
  EXPECT_EQ(change.travel_before, 390);
  EXPECT_EQ(change.travel_after, 195 + 21'897);
  EXPECT_EQ(change.beyond, 1);
  EXPECT_EQ(change.worst_before, 195);
  EXPECT_EQ(change.worst_after, 21'897);
  go('b');
  const auto other = services::compare_with_live(exams, raced_exam, raced_digest('c'));
  EXPECT_FALSE(other.made_from_live);
  ASSERT_EQ(other.lost.size(), 1U);
  EXPECT_EQ(other.lost[0].author, "kim");
}

// Whoever lost the seat was counted among those who are not in the exam any more.
TEST_F(GoingLive, CountsWhoLosesTheSeatApartFromWhoHasGone) {
  for (Plan& plan : exams.plans) {
    if (plan.digest != raced_digest('c')) continue;
    plan.placements.pop_back();
    plan.unseated.push_back({ApplicantIndex(std::size_t{1}), "no_capacity", {"none left", "none left"}});
  }
  const auto change = services::compare_with_live(exams, raced_exam, raced_digest('c'));
  EXPECT_EQ(change.unseated, 1);
  EXPECT_EQ(change.removed, 0);
  EXPECT_EQ(change.venue, 1);
  EXPECT_EQ(change.told, 2);
}

// The school in which two people exchange their seats was not counted, though its lists change.
TEST_F(GoingLive, CountsASchoolInWhichPeopleOnlyMoveWithin) {
  exams.add('e', 0, 0, {raced_step(StepKind::plan, 'e')});
  std::vector<Placement>& placed = exams.plans.front().placements;
  std::swap(placed[0].seat_no, placed[1].seat_no);
  const auto change = services::compare_with_live(exams, raced_exam, raced_digest('e'));
  EXPECT_EQ(change.seat, 2);
  EXPECT_EQ(change.venues_changed, 1);
}

TEST_F(GoingLive, OfAFreshPlanOverALiveOneHasToBeMeant) {
  exams.add('9', 1, 1, {raced_step(StepKind::plan, '9')});
  EXPECT_EQ(refusal('9'), "other_base");
  EXPECT_EQ(refusal('9', {.instead_of = raced_digest('a')}), "done");
}

TEST_F(GoingLive, SaysAnEmergencyByItsOwnName) {
  services::LiveWish wish;
  wish.emergency = true;
  EXPECT_EQ(refusal('b', wish), "done");
  EXPECT_EQ(exams.emergencies, 1);
  exams.unseated = 1;
  EXPECT_EQ(refusal('c', wish), "plan_incomplete") << "no emergency seats anybody";
}

services::Change by_officer(const std::string& author) {
  return {author, "", {}};
}

TEST_F(GoingLive, ProposesAndConfirmsByTwoOfficersAndGoesBack) {
  MemoryApprovals approvals;
  const std::string plan = raced_digest('b');
  const auto code_of = [&](auto step, const std::string& author) {
    try {
      step(exams, approvals, raced_exam, plan, by_officer(author));
    } catch (const Error& error) {
      return error.code();
    }
    return std::string("done");
  };
  EXPECT_EQ(code_of(services::confirm_plan, "lee"), "wrong_plan_step") << "nothing was proposed";
  EXPECT_EQ(code_of(services::propose_plan, "kim"), "done");
  EXPECT_EQ(code_of(services::propose_plan, "lee"), "wrong_plan_step");
  EXPECT_EQ(code_of(services::confirm_plan, "kim"), "same_officer");
  EXPECT_EQ(code_of(services::confirm_plan, "lee"), "done");
  EXPECT_EQ(approvals.approvals[plan].proposed_by, "kim");
  EXPECT_EQ(approvals.approvals[plan].confirmed_by, "lee");
  EXPECT_EQ(approvals.approvals[raced_digest('c')].version, 0) << "another plan has no step of this one";
  EXPECT_EQ(code_of(services::take_back_plan, "kim"), "done");
  EXPECT_EQ(approvals.approvals[plan].step, services::PlanStep::checked);
  EXPECT_EQ(approvals.approvals[plan].proposed_by, "");
  EXPECT_EQ(code_of(services::take_back_plan, "kim"), "wrong_plan_step");
  exams.unseated = 1;
  EXPECT_EQ(code_of(services::propose_plan, "kim"), "plan_incomplete");
}

TEST_F(GoingLive, LetsAPlanThatWentLiveUnconfirmedBeProposedOnceItGaveWay) {
  MemoryApprovals approvals;
  for (const char letter : {'a', 'b'}) {
    services::PlanApproval& kept = approvals.approvals[raced_digest(letter)];
    kept.step = services::PlanStep::published;
    kept.version = 1;
    EXPECT_FALSE(services::is_confirmed(kept));
  }
  EXPECT_THROW(services::propose_plan(exams, approvals, raced_exam, raced_digest('a'), by_officer("kim")), Conflict)
      << "it is live";
  services::propose_plan(exams, approvals, raced_exam, raced_digest('b'), by_officer("kim"));
  services::confirm_plan(exams, approvals, raced_exam, raced_digest('b'), by_officer("lee"));
  services::PlanApproval& confirmed = approvals.approvals[raced_digest('b')];
  EXPECT_TRUE(services::is_confirmed(confirmed));
  confirmed.step = services::PlanStep::published;
  EXPECT_TRUE(services::is_confirmed(confirmed));
  EXPECT_THROW(services::propose_plan(exams, approvals, raced_exam, raced_digest('b'), by_officer("kim")), Conflict);
}

class KeptAccesses : public services::AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const services::Change&, const services::AuditNote& note) override { notes.push_back(note); }
  std::vector<services::AuditNote> notes;
};

TEST_F(GoingLive, RecordsWhomTheStepsNameThatWouldBeLost) {
  KeptAccesses accesses;
  go('b');
  const auto record = [&](char letter) {
    services::record_lost_steps(accesses, raced_exam,
                                services::compare_with_live(exams, raced_exam, raced_digest(letter)), by_officer("lee"));
  };
  record('b');
  EXPECT_TRUE(accesses.notes.empty()) << "nothing would be lost";
  record('c');
  ASSERT_EQ(accesses.notes.size(), 1U);
  EXPECT_THAT(accesses.notes[0].whose, ::testing::ElementsAre("A2"));
  EXPECT_EQ(accesses.notes[0].exam, raced_exam.text());
}

TEST_F(GoingLive, GivesTheLivePlanToWhoeverTakesAnotherOneAway) {
  KeptAccesses accesses;
  const auto told_with = [&](char letter) {
    return services::export_told_plan(exams, accesses, {exams.exam, *exams.find_plan(exams.exam, raced_digest(letter))},
                                      by_officer("kim"));
  };
  EXPECT_FALSE(told_with('a')) << "it is the live plan";
  EXPECT_TRUE(accesses.notes.empty());
  const auto told = told_with('b');
  ASSERT_TRUE(told);
  ASSERT_EQ(told->placements.size(), 2U);
  EXPECT_EQ(told->placements[1].venue_code.text(), "V1") << "where the live plan has A2";
  ASSERT_EQ(accesses.notes.size(), 1U);
  EXPECT_THAT(accesses.notes[0].whose, ::testing::ElementsAre("A1", "A2"));
  exams.live.reset();
  EXPECT_FALSE(told_with('b')) << "nobody was told anything";
}

TEST(Lineage, FindsTheLastPlanThatBothHave) {
  const std::vector<HistoryStep> one = {raced_step(StepKind::plan, 'a'), raced_step(StepKind::edit, 'b'),
                                        raced_step(StepKind::edit, 'c')};
  const std::vector<HistoryStep> other = {raced_step(StepKind::plan, 'a'), raced_step(StepKind::edit, 'b'),
                                          raced_step(StepKind::edit, 'd')};
  ASSERT_EQ(services::steps_beyond(one, other).size(), 1U);
  EXPECT_EQ(services::steps_beyond(one, other)[0].digest, raced_digest('c'));
  EXPECT_TRUE(services::steps_beyond(one, one).empty());
  EXPECT_EQ(services::steps_beyond(one, {}).size(), 3U);
  EXPECT_TRUE(services::is_made_from(one, raced_digest('b')));
  EXPECT_FALSE(services::is_made_from(other, raced_digest('c')));
}

// A decision on one person comes between the two readings.
class DecidedMeanwhile : public RacedPlans {
 public:
  std::vector<services::StoredPlan> list_plans(const ExamCode& code) override {
    auto listed = RacedPlans::list_plans(code);
    if (!decided) {
      decided = true;
      add('d', 0, 0, {});
      live = services::LivePointer{raced_digest('d'), exam.input_sha256, 2};
    }
    return listed;
  }
  bool decided = false;
};

// Red while a plan that nobody had published was given as the live one.
TEST(LoadStoredExam, GivesAPlanThatWasLiveThoughADecisionComesBetween) {
  DecidedMeanwhile plans;
  plans.add('a', 0, 1, {});
  plans.add('b', 1, 0, {});
  plans.live = services::LivePointer{raced_digest('a'), plans.exam.input_sha256, 1};
  EXPECT_EQ(services::load_stored_exam(plans, raced_exam, {}).plan.digest, raced_digest('a'));
}

}  // namespace
}  // namespace hanjari::tests
