// The machine of a release, tried with clicks in every order: fewer than two people never release.
#include "hanjari/publications/release_steps.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/random.h"
#include "stage/code_thrown.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant the_minute = Instant(seconds(1'632'873'600));
const std::string the_digest(64, 'd');

ReleaseState sealed_state(const std::string& editor) {
  ReleaseState state;
  state.step = ReleaseStep::sealed;
  state.digest = the_digest;
  state.edited_by = editor;
  state.release_at = the_minute;
  return state;
}

ReleaseAct act_of(const std::string& officer, Instant at = the_minute - minutes(5)) {
  return {officer, the_digest, at, true};
}

ReleaseState approved_state() {
  return approve_release(propose_release(sealed_state("kim"), act_of("kim")), act_of("lee"));
}

// One click of somebody, or a look of the program at its clock; clicks that are refused change nothing.
ReleaseState click(const ReleaseState& now, std::uint64_t which, const ReleaseAct& act, const std::string& hold) {
  try {
    switch (which) {
      case 0:
        return propose_release(now, act);
      case 1:
        return approve_release(now, act);
      case 2:
      case 3:
        return arm_release(now, act, hold);
      case 4:
        return publish_release(now, act.at, hold);
      default:
        return withdraw_release(now, act);
    }
  } catch (const Error&) {
    return now;
  }
}

struct Tried {
  int released = 0;
  int early = 0;
  int approved_alone = 0;
};

// `officers` people click `clicks` times in each of the sequences, with right and wrong digests, codes and times.
Tried try_sequences(int sequences, std::uint64_t officers, int clicks) {
  Tried tried;
  RandomStream random(parse_seed("18").value(), "clicks of " + std::to_string(officers));
  for (int i = 0; i < sequences; ++i) {
    ReleaseState state = sealed_state("officer 0");
    for (int n = 0; n < clicks; ++n) {
      ReleaseAct act;
      act.officer = "officer " + std::to_string(random.below(officers));
      act.seen_digest = random.below(8) == 0 ? std::string(64, 'e') : the_digest;
      act.second_factor = random.below(8) != 0;
      act.at = the_minute + minutes(static_cast<std::int64_t>(random.below(80)) - 60);
      // Withdrawing ends a sequence, so it is tried seldom.
      const std::uint64_t which = random.below(40) == 0 ? 5 : random.below(5);
      const ReleaseState before = state;
      state = click(state, which, act, random.below(5) == 0 ? "another run" : "this run");
      if (state.step == ReleaseStep::released && before.step != ReleaseStep::released) {
        ++tried.released;
        if (act.at < the_minute) ++tried.early;
        if (state.approved_by == state.edited_by || state.approved_by == state.proposed_by ||
            state.armed_first == state.armed_second)
          ++tried.approved_alone;
      }
    }
  }
  return tried;
}

// Red when approving does not look at who ordered or proposed, or arming not at the first officer.
TEST(ReleaseSteps, NeverReleaseInTenThousandSequencesOfOnePersonsClicks) {
  EXPECT_EQ(try_sequences(10'000, 1, 40).released, 0);
}

TEST(ReleaseSteps, AreReleasedByTwoPeopleAtTheMinuteAndNeverBefore) {
  for (const std::uint64_t officers : {2U, 3U, 5U}) {
    const Tried tried = try_sequences(2'000, officers, 60);
    EXPECT_GT(tried.released, 20) << "a machine that never releases would pass the other tests";
    EXPECT_EQ(tried.early, 0);
    EXPECT_EQ(tried.approved_alone, 0);
  }
}

TEST(ReleaseSteps, AreBoundToTheDigestThatTheOfficerSaw) {
  ReleaseAct other = act_of("lee");
  other.seen_digest = std::string(63, 'd') + "e";
  EXPECT_EQ(code_thrown([&] { propose_release(sealed_state("kim"), other); }), "other_digest");
  EXPECT_EQ(code_thrown([&] { approve_release(propose_release(sealed_state("kim"), act_of("kim")), other); }), "other_digest");
  EXPECT_EQ(code_thrown([&] { arm_release(approved_state(), other, "run"); }), "other_digest");
  EXPECT_EQ(code_thrown([&] { withdraw_release(approved_state(), other); }), "other_digest");
  ReleaseState without = sealed_state("kim");
  without.digest.clear();
  other.seen_digest.clear();
  EXPECT_EQ(code_thrown([&] { propose_release(without, other); }), "other_digest") << "no digest is no digest to agree on";
}

TEST(ReleaseSteps, AreApprovedByAnotherWithASecondFactor) {
  const ReleaseState proposed = propose_release(sealed_state("park"), act_of("kim"));
  EXPECT_EQ(code_thrown([&] { approve_release(proposed, act_of("kim")); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { approve_release(proposed, act_of("park")); }), "same_officer") << "the one who edited";
  ReleaseAct without_code = act_of("lee");
  without_code.second_factor = false;
  EXPECT_EQ(code_thrown([&] { approve_release(proposed, without_code); }), "second_factor_needed");
  EXPECT_EQ(approve_release(proposed, act_of("lee")).step, ReleaseStep::approved);
}

TEST(ReleaseSteps, AreArmedInTheLastMinutesByTwo) {
  const ReleaseState approved = approved_state();
  EXPECT_EQ(code_thrown([&] { arm_release(approved, act_of("kim", the_minute - minutes(30) - seconds(1)), "run"); }),
            "arming_closed");
  const ReleaseState first = arm_release(approved, act_of("kim", the_minute - minutes(30)), "run");
  EXPECT_EQ(first.step, ReleaseStep::approved);
  EXPECT_EQ(code_thrown([&] { arm_release(first, act_of("kim"), "run"); }), "same_officer");
  EXPECT_EQ(arm_release(first, act_of("lee"), "run").step, ReleaseStep::armed);
}

// Red when shares of a program that died count for the next one.
TEST(ReleaseSteps, MustBeArmedAgainWhenTheKeyDiedWithItsProgram) {
  const ReleaseState armed = arm_release(arm_release(approved_state(), act_of("kim"), "first run"), act_of("lee"), "first run");
  EXPECT_EQ(code_thrown([&] { publish_release(armed, the_minute, "second run"); }), "key_elsewhere");
  const ReleaseState again = arm_release(armed, act_of("kim"), "second run");
  EXPECT_EQ(again.step, ReleaseStep::approved);
  EXPECT_EQ(code_thrown([&] { publish_release(again, the_minute, "second run"); }), "wrong_release_step");
  const ReleaseState rearmed = arm_release(again, act_of("lee", the_minute + minutes(7)), "second run");
  EXPECT_EQ(publish_release(rearmed, the_minute + minutes(7), "second run").step, ReleaseStep::released);
}

ReleaseState armed_on(const std::string& basis) {
  return arm_release(arm_release(approved_state(), act_of("kim"), "run", basis), act_of("lee"), "run", basis);
}

ReleaseAct knowing(const std::string& officer, const std::string& basis) {
  ReleaseAct act = act_of(officer);
  act.seen_basis = basis;
  return act;
}

// Red when one officer's word, or two words about different things, end a hold.
TEST(ReleaseSteps, OnHoldAreArmedAgainByTwoWhoKnowWhatCameAfterTheShares) {
  const ReleaseState held = hold_release(armed_on("1/1/"), the_minute - minutes(4));
  EXPECT_EQ(held.step, ReleaseStep::approved);
  EXPECT_EQ(held.armed_on, "1/1/");
  EXPECT_EQ(held.held_by, "");
  EXPECT_EQ(code_thrown([&] { publish_release(held, the_minute, "run"); }), "wrong_release_step");
  EXPECT_EQ(code_thrown([&] { arm_release(held, act_of("kim"), "next", "2/1/"); }), "release_on_hold");
  EXPECT_EQ(code_thrown([&] { arm_release(held, knowing("kim", "1/1/"), "next", "2/1/"); }), "release_on_hold");
  const ReleaseState first = arm_release(held, knowing("kim", "2/1/"), "next", "2/1/");
  EXPECT_TRUE(first.on_hold()) << "one officer alone does not end it";
  EXPECT_EQ(code_thrown([&] { arm_release(first, act_of("lee"), "next", "2/1/"); }), "release_on_hold");
  EXPECT_EQ(code_thrown([&] { arm_release(first, knowing("kim", "2/1/"), "next", "2/1/"); }), "same_officer");
  const ReleaseState other = arm_release(first, knowing("lee", "3/1/"), "next", "3/1/");
  EXPECT_EQ(other.step, ReleaseStep::approved) << "kim's share knew less";
  EXPECT_EQ(other.armed_first, "lee");
  EXPECT_EQ(other.armed_on, "1/1/");
  const ReleaseState second = arm_release(first, knowing("lee", "2/1/"), "next", "2/1/");
  EXPECT_EQ(second.step, ReleaseStep::armed);
  EXPECT_FALSE(second.on_hold());
  EXPECT_EQ(publish_release(second, the_minute, "next").step, ReleaseStep::released);
}

// Red when what came while no program held the key is told to nobody.
TEST(ReleaseSteps, AreConfirmedAlsoWhenTheKeyDiedBeforeTheChangeWasSeen) {
  const ReleaseState armed = armed_on("1/1/");
  EXPECT_FALSE(must_be_confirmed(armed, "1/1/"));
  EXPECT_EQ(code_thrown([&] { arm_release(armed, act_of("kim"), "next", "2/1/"); }), "release_on_hold");
  EXPECT_TRUE(arm_release(armed, knowing("kim", "2/1/"), "next", "2/1/").on_hold());
  EXPECT_FALSE(arm_release(armed, act_of("kim"), "next", "1/1/").on_hold());
}

TEST(ReleaseSteps, AreHeldOnlyWhileTheyAreArmed) {
  EXPECT_EQ(code_thrown([&] { hold_release(approved_state(), the_minute); }), "wrong_release_step");
  EXPECT_EQ(withdraw_release(hold_release(armed_on("1/1/"), the_minute), act_of("kim")).step, ReleaseStep::withdrawn);
}

TEST(ReleaseSteps, CanBeWithdrawnUntilTheLastSecondAndThenNoMore) {
  const ReleaseState armed = arm_release(arm_release(approved_state(), act_of("kim"), "run"), act_of("lee"), "run");
  const ReleaseState withdrawn = withdraw_release(armed, act_of("kim", the_minute - seconds(1)));
  EXPECT_EQ(withdrawn.step, ReleaseStep::withdrawn);
  EXPECT_EQ(code_thrown([&] { publish_release(withdrawn, the_minute, "run"); }), "wrong_release_step");
  EXPECT_EQ(code_thrown([&] { publish_release(armed, the_minute - seconds(1), "run"); }), "not_yet");
  const ReleaseState released = publish_release(armed, the_minute, "run");
  EXPECT_EQ(code_thrown([&] { withdraw_release(released, act_of("kim", the_minute)); }), "wrong_release_step");
}

TEST(ReleaseSteps, CountTheirChanges) {
  EXPECT_EQ(propose_release(sealed_state("kim"), act_of("kim")).changes, 1);
  EXPECT_EQ(approved_state().changes, 2);
}

TEST(ReleaseSteps, AreSpelledAndReadBack) {
  for (const ReleaseStep step : {ReleaseStep::rendering, ReleaseStep::failed, ReleaseStep::sealed, ReleaseStep::proposed,
                                 ReleaseStep::approved, ReleaseStep::armed, ReleaseStep::released, ReleaseStep::withdrawn})
    EXPECT_EQ(parse_release_step(spell(step)), step);
  EXPECT_THROW(parse_release_step("passed"), std::logic_error);
}

}  // namespace
}  // namespace hanjari::services
