// What people are told of why they have no seat: one table for the files, the pages and the notices.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "hanjari/domain/plan.h"

namespace hanjari {
namespace {

// Red while three places had a list each: a reason that was added to one of them was "another reason" in the others.
TEST(UnseatedReasons, TellOfficersAndThePersonInBothLanguages) {
  std::set<std::string_view> codes;
  for (const UnseatedReason& reason : unseated_reasons()) {
    EXPECT_TRUE(codes.insert(reason.code).second) << reason.code << " twice";
    EXPECT_EQ(find_unseated_reason(reason.code), &reason);
    for (const Text* words : {&reason.detail, &reason.of_people, &reason.to_person}) {
      EXPECT_FALSE(words->en.empty()) << reason.code;
      EXPECT_FALSE(words->ko.empty()) << reason.code;
    }
  }
  // The codes of the contract, which other programs read.
  for (const char* code : {"no_reachable_venue", "no_accessible_room", "no_separate_room", "no_multiplier_room", "no_capacity"})
    EXPECT_NE(find_unseated_reason(code), nullptr) << code;
  EXPECT_EQ(find_unseated_reason("by hand"), nullptr);
}

// A room that others have taken may be given back: only what no other choice of rooms changes is a proof.
TEST(UnseatedReasons, HoldAloneWhereNoRoomOfOthersWouldHelp) {
  for (const char* code : {"no_separate_room", "no_multiplier_room", "no_capacity"})
    EXPECT_FALSE(find_unseated_reason(code)->alone) << code;
  for (const char* code : {"pinned", "no_isolation_venue", "no_reserve_room", "no_accessible_room", "no_reachable_venue"})
    EXPECT_TRUE(find_unseated_reason(code)->alone) << code;
}

}  // namespace
}  // namespace hanjari
