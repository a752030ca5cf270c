// Who may take a place that somebody has left: exactly those whom brute force lets in, in the order of the levels.
#include "hanjari/staffing/substitutes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "hanjari/staffing/staff.h"
#include "staffing/small_case.h"

namespace hanjari::staffing {
namespace {

std::vector<DutyRow> without(std::vector<DutyRow> duties, std::size_t left) {
  duties.erase(duties.begin() + static_cast<std::ptrdiff_t>(left));
  return duties;
}

DutyPlace place_of_row(const DutyRow& row) {
  return {row.venue_code, row.room_no, row.role};
}

std::vector<InvigilatorId> listed_ids(const std::vector<Substitute>& found) {
  std::vector<InvigilatorId> ids;
  for (const Substitute& one : found) ids.push_back(one.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

// By trying everybody who stands nowhere.
std::vector<InvigilatorId> by_trying(const SmallCase& small, const std::vector<DutyRow>& staying, const DutyRow& left) {
  std::vector<InvigilatorId> ids;
  for (const Invigilator& person : small.staff.people) {
    if (!person.consent) continue;
    if (std::any_of(staying.begin(), staying.end(), [&](const DutyRow& row) { return row.invigilator_id == person.id; })) continue;
    std::vector<DutyRow> duties = staying;
    DutyRow row = left;
    row.invigilator_id = person.id;
    duties.push_back(row);
    std::sort(duties.begin(), duties.end(), comes_before);
    if (worth_of(small, duties)) ids.push_back(person.id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

// Red when a rule of the engine is left out of the list, or one is kept that the engine does not have.
TEST(Substitutes, AreExactlyThoseWhomTheRulesLetIntoThePlace) {
  int places = 0;
  int kept_out = 0;
  for (std::uint64_t number = 0; number < 400; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase small = draw_case(number, false);
    const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
    for (std::size_t left = 0; left < rows.duties.size(); ++left) {
      const auto staying = without(rows.duties, left);
      const auto found =
          find_substitutes(small.exam, small.plan, small.staff, staying, {{place_of_row(rows.duties[left])}}, RoomRules::kept).front();
      EXPECT_EQ(listed_ids(found), by_trying(small, staying, rows.duties[left]));
      ++places;
      if (found.size() + staying.size() < small.staff.people.size()) ++kept_out;
    }
  }
  EXPECT_GT(places, 200);
  EXPECT_GT(kept_out, 50) << "cases in which nobody is kept out prove little";
}

TEST(Substitutes, StandInTheOrderOfTheLevels) {
  int longer = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    const SmallCase small = draw_case(number, false);
    const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
    for (std::size_t left = 0; left < rows.duties.size(); ++left) {
      const auto found = find_substitutes(small.exam, small.plan, small.staff, without(rows.duties, left),
                                          {{place_of_row(rows.duties[left])}}, RoomRules::kept)
                             .front();
      EXPECT_TRUE(std::is_sorted(found.begin(), found.end(), [](const Substitute& a, const Substitute& b) {
        return std::tie(a.past_duties, a.past_pairs, a.travel_m, a.id) < std::tie(b.past_duties, b.past_pairs, b.travel_m, b.id);
      }));
      if (found.size() > 1) ++longer;
    }
  }
  EXPECT_GT(longer, 20);
}

// Red when the list without rooms leaves anybody out, or orders people, by what is in a room: then it tells which room it is.
TEST(Substitutes, AreTheSameForEveryRoomOfAVenueToWhomRoomsAreNotShown) {
  int compared = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase small = draw_case(number, false);
    std::map<std::pair<VenueIndex, DutyRole>, std::vector<Substitute>> known;
    for (const Place& place : places_of(small)) {
      const auto found = find_substitutes(small.exam, small.plan, small.staff, {},
                                          {{{small.exam[place.venue].code, place.room_no, place.role}}}, RoomRules::unknown)
                             .front();
      const auto [there, is_new] = known.emplace(std::pair(place.venue, place.role), found);
      if (is_new) continue;
      EXPECT_EQ(there->second, found);
      ++compared;
    }
  }
  EXPECT_GT(compared, 20);
}

// Red when the counts leave out a rule that makes places.
TEST(PlacesUnderRules, AreThoseOfTheContract) {
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase small = draw_case(number, false);
    PlaceCounts expected{};
    for (const Place& place : places_of(small)) expected[static_cast<std::size_t>(place.role)] += place.wanted;
    EXPECT_EQ(count_places(small.exam, small.plan, small.staff.rules), expected);
  }
}

}  // namespace
}  // namespace hanjari::staffing
