// Why places stay unfilled: every group told of is a proof, and none of its places can be left out.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/staffing/staff.h"
#include "staffing/small_case.h"

namespace hanjari::staffing {
namespace {

// The most places of the list that the people of the case can fill at once, by trying: the rules are set so that
// exactly these places are wanted as far as people go, by letting everybody else have no role there.
bool all_can_be_filled(const SmallCase& small, std::vector<DutyShortage::Place> places) {
  std::vector<DutyRow> duties;
  std::set<std::uint32_t> used;
  const auto fill = [&](const auto& self, std::size_t at) -> bool {
    if (at == places.size()) return worth_of(small, duties).has_value();
    for (std::uint32_t person = 0; person < small.staff.people.size(); ++person) {
      if (!used.insert(person).second) continue;
      duties.push_back({places[at].venue_code, places[at].room_no, places[at].role, small.staff.people[person].id});
      const bool filled = worth_of(small, duties).has_value() && self(self, at + 1);
      duties.pop_back();
      used.erase(person);
      if (filled) return true;
    }
    return false;
  };
  return fill(fill, 0);
}

TEST(DutyShortages, AreProofsAndNoPlaceCanBeLeftOut) {
  int by_hall = 0;
  int by_search = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase small = draw_case(number, false);
    const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
    for (const DutyShortage& shortage : rows.report.shortages) {
      ASSERT_FALSE(shortage.places.empty());
      EXPECT_FALSE(shortage.words.en.empty());
      EXPECT_FALSE(shortage.words.ko.empty());
      EXPECT_TRUE(shortage.is_smallest);
      ++(shortage.by_search ? by_search : by_hall);
      if (!shortage.by_search) {
        EXPECT_EQ(shortage.people.size() + 1, shortage.places.size());
      }
      EXPECT_FALSE(all_can_be_filled(small, shortage.places));
      if (!shortage.by_search) continue;  // a group of Hall is smallest as far as single people go; see the next test
      for (std::size_t left_out = 0; left_out < shortage.places.size(); ++left_out) {
        auto fewer = shortage.places;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
        EXPECT_TRUE(all_can_be_filled(small, fewer));
      }
    }
  }
  EXPECT_GT(by_hall, 50);
  EXPECT_GE(by_search, 2);
}

TEST(DutyShortages, OfHallAreSmallestWherePeopleAreNotAtOdds) {
  int groups = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    SmallCase small = draw_case(number, false);
    small.staff.rules.same_organisation_in_room = true;
    std::erase_if(small.staff.conflicts,
                  [](const DutyConflict& conflict) { return conflict.kind == DutyConflictKind::invigilator; });
    const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
    for (const DutyShortage& shortage : rows.report.shortages) {
      ++groups;
      EXPECT_FALSE(shortage.by_search);
      for (std::size_t left_out = 0; left_out < shortage.places.size(); ++left_out) {
        auto fewer = shortage.places;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
        EXPECT_TRUE(all_can_be_filled(small, fewer));
      }
    }
  }
  EXPECT_GT(groups, 50);
}

TEST(DutyShortages, TellOfEveryUnfilledPlaceOnceAndRepeatNoGroup) {
  int several = 0;
  int more = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    SmallCase small = draw_case(number, false);
    small.staff.rules.same_organisation_in_room = true;
    small.staff.rules.reserves_at_least = 3;
    std::erase_if(small.staff.conflicts,
                  [](const DutyConflict& conflict) { return conflict.kind == DutyConflictKind::invigilator; });
    const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
    std::int64_t told = 0;
    std::set<std::vector<std::string>> groups;
    std::set<std::pair<std::vector<std::string>, DutyRole>> lacking;
    for (const DutyShortage& shortage : rows.report.shortages) {
      std::vector<std::string> people;
      for (const InvigilatorId& person : shortage.people) people.push_back(person.text());
      // Hundreds of groups of the same people were told of where hundreds of people were missing.
      const DutyRole role = people.empty() ? shortage.places.front().role : DutyRole::chief;
      EXPECT_TRUE(lacking.emplace(std::move(people), role).second) << "told of twice: " << shortage.words.en;
      told += 1 + shortage.more_unfilled;
      if (shortage.more_unfilled > 0) ++more;
      std::vector<std::string> group;
      for (const DutyShortage::Place& place : shortage.places)
        group.push_back(place.venue_code.text() + "/" + std::to_string(place.room_no) + std::string(spell(place.role)));
      std::sort(group.begin(), group.end());
      EXPECT_TRUE(groups.insert(group).second) << "a group is told of twice: " << shortage.words.en;
    }
    EXPECT_EQ(told, rows.report.unfilled);
    if (groups.size() > 1) ++several;
  }
  EXPECT_GT(several, 0);
  EXPECT_GT(more, 20);
}

TEST(UnfilledPlaces, SayWhy) {
  SmallCase small = draw_case(3, false);
  small.staff.conflicts.clear();
  for (Invigilator& person : small.staff.people) person.consent = false;
  DutyRows rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
  ASSERT_FALSE(rows.unfilled.empty());
  for (const UnfilledDutyRow& row : rows.unfilled) EXPECT_EQ(row.reason, UnfilledReason::no_role);
  EXPECT_EQ(rows.report.status, StaffingStatus::infeasible);

  small.staff.rules = StaffingRules();
  for (Invigilator& person : small.staff.people) {
    person.roles = *parse_duty_roles("chief;invigilator;corridor;reserve");
    person.consent = person.id == small.staff.people[0].id;
  }
  rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
  ASSERT_FALSE(rows.unfilled.empty());
  for (const UnfilledDutyRow& row : rows.unfilled) EXPECT_EQ(row.reason, UnfilledReason::no_person);

  for (std::size_t venue = 0; venue < small.exam.venues.size(); ++venue) {
    DutyConflict conflict;
    conflict.invigilator = InvigilatorIndex(std::size_t{0});
    conflict.kind = DutyConflictKind::venue;
    conflict.venue = VenueIndex(venue);
    small.staff.conflicts.push_back(conflict);
  }
  rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
  EXPECT_TRUE(rows.duties.empty());
  for (const UnfilledDutyRow& row : rows.unfilled) EXPECT_EQ(row.reason, UnfilledReason::conflict);
}

}  // namespace
}  // namespace hanjari::staffing
