// Rule 21: who declines leaves a place to the reserve.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/selection/final_decision.h"

namespace hanjari::selection::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One unit: people by written total, of whom the first ones passed and the others stand in the reserve.
struct DeclinedList {
  DeclinedList(const std::vector<std::int32_t>& totals, std::size_t passed) {
    decision.units.resize(1);
    decision.units[0].passed = static_cast<std::int64_t>(passed);
    for (std::size_t i = 0; i < totals.size(); ++i) {
      results.people.emplace_back();
      results.people.back().unit = UnitIndex(std::size_t{0});
      FinalPersonDecision person;
      person.person = PersonIndex(i);
      person.total = Mark{totals[i]};
      person.grade = InterviewGrade::ordinary;
      person.outcome = i < passed ? FinalOutcome::passed : FinalOutcome::not_passed;
      person.reason = i < passed ? FinalReason::above_cut : FinalReason::below_cut;
      if (i >= passed) person.reserve_rank = static_cast<std::uint32_t>(i - passed + 1);
      decision.people.push_back(person);
    }
  }
  std::vector<PersonIndex> decline(const std::vector<std::size_t>& people) {
    std::vector<PersonIndex> declining;
    for (const std::size_t one : people) declining.emplace_back(one);
    return apply_declines(results, rules, declining, decision);
  }
  // The words of everybody, and behind them the place in the reserve where there is one.
  std::vector<std::string> said() const {
    std::vector<std::string> words;
    for (const FinalPersonDecision& one : decision.people)
      words.push_back(std::string(spell(one.outcome)) + " " + std::string(spell(one.reason)) +
                      (one.reserve_rank > 0 ? " " + std::to_string(one.reserve_rank) : ""));
    return words;
  }

  Results results;
  Rules rules;
  FinalDecision decision;
};

TEST(Rule21Declines, GiveThePlaceToTheNextOfTheReserve) {
  DeclinedList list({9000, 8000, 7000, 6000}, 2);
  EXPECT_THAT(list.decline({0}), IsEmpty());
  EXPECT_THAT(list.said(), ElementsAre("declined declined", "passed above_cut", "passed additional", "not_passed below_cut 2"));
  EXPECT_EQ(list.decision.units[0].passed, 2);
  EXPECT_EQ(list.decision.units[0].declined, 1);
  EXPECT_EQ(list.decision.units[0].additional, 1);
}

TEST(Rule21Declines, PassOverWhoDeclinesInTheReserve) {
  DeclinedList list({9000, 8000, 7000, 6000}, 2);
  EXPECT_THAT(list.decline({0, 2}), IsEmpty());
  EXPECT_THAT(list.said(), ElementsAre("declined declined", "passed above_cut", "declined declined", "passed additional"));
}

// Red when one of two equals is taken by the order of numbers.
TEST(Rule21Declines, LetEqualsInAsRule18Does) {
  DeclinedList all({9000, 7000, 7000, 6000}, 1);
  all.decline({0});
  EXPECT_THAT(all.said(), ElementsAre("declined declined", "passed additional", "passed additional", "not_passed below_cut 3"));
  DeclinedList none({9000, 7000, 7000, 6000}, 1);
  none.rules.final.ties = Ties::none;
  none.decline({0});
  EXPECT_THAT(none.said(), ElementsAre("declined declined", "not_passed below_cut 1", "not_passed below_cut 2", "not_passed below_cut 3"));
}

TEST(Rule21Declines, LeaveAPlaceOfTheEqualityTargetEmpty) {
  DeclinedList list({9000, 8000, 7000}, 2);
  list.decision.people[1].outcome = FinalOutcome::passed_equality;
  list.decision.units[0].passed_equality = 1;
  list.decline({1});
  EXPECT_THAT(list.said(), ElementsAre("passed above_cut", "declined declined", "not_passed below_cut 1"));
  EXPECT_EQ(list.decision.units[0].passed, 1);
  EXPECT_EQ(list.decision.units[0].passed_equality, 0);
}

TEST(Rule21Declines, LeaveAPlaceEmptyWhereNobodyStandsInTheReserve) {
  DeclinedList list({9000, 8000}, 2);
  list.decline({1});
  EXPECT_THAT(list.said(), ElementsAre("passed above_cut", "declined declined"));
  EXPECT_EQ(list.decision.units[0].additional, 0);
}

// Red when a further decline takes a place away from somebody who was told to have passed.
TEST(Rule21Declines, TakeNobodysPlace) {
  for (std::size_t further = 0; further < 6; ++further) {
    DeclinedList first({9000, 8000, 7000, 7000, 6000, 5000}, 2);
    first.decline({0});
    DeclinedList second({9000, 8000, 7000, 7000, 6000, 5000}, 2);
    second.decline({0, further});
    for (std::size_t i = 0; i < 6; ++i) {
      if (i == further || first.decision.people[i].outcome != FinalOutcome::passed) continue;
      EXPECT_EQ(second.decision.people[i].outcome, FinalOutcome::passed) << i << " after " << further;
    }
  }
}

TEST(Rule21Declines, NameWhoHasNothingToDecline) {
  DeclinedList list({9000, 8000, 7000}, 1);
  list.decision.people[2].outcome = FinalOutcome::poor;
  list.decision.people[2].reserve_rank = 0;
  EXPECT_THAT(list.decline({0, 2}), ElementsAre(PersonIndex(std::size_t{2})));
  EXPECT_EQ(list.decision.people[0].outcome, FinalOutcome::passed) << "nothing was changed";
}

}  // namespace
}  // namespace hanjari::selection::test
