// Duties against brute force: equal at every level, and every level proven.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "hanjari/staffing/staff.h"
#include "staffing/many_venues.h"
#include "staffing/small_case.h"

namespace hanjari::staffing {
namespace {

void expect_as_by_trying(const SmallCase& small, int& with_pairs, int& unfilled) {
  const bool keeps = small.keeps;
  const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, keeps ? &small.old : nullptr);
  const Worth best = best_by_trying(small);
  EXPECT_EQ(worth_in(rows.report), best);
  const auto judged = worth_of(small, rows.duties);
  ASSERT_TRUE(judged.has_value()) << "the duties break a rule";
  EXPECT_EQ(*judged, best);
  const DutyReport& report = rows.report;
  EXPECT_EQ(report.unfilled_bound, best.unfilled);
  EXPECT_EQ(report.room_unfilled_bound, best.room_unfilled);
  EXPECT_EQ(report.load_bound, report.load);
  EXPECT_EQ(report.past_pairs.bound, best.pairs);
  EXPECT_EQ(report.travel_m.bound, best.travel);
  if (keeps) {
    EXPECT_EQ(report.changed->bound, best.changed);
  }
  EXPECT_EQ(std::ssize(rows.unfilled), best.unfilled);
  EXPECT_EQ(report.status, best.unfilled == 0 ? StaffingStatus::filled : StaffingStatus::infeasible);
  EXPECT_EQ(report.shortages.empty(), best.unfilled == 0);
  if (best.pairs > 0) ++with_pairs;
  if (best.unfilled > 0) ++unfilled;
}

void expect_as_by_trying(std::uint64_t number, bool keeps, int& with_pairs, int& unfilled) {
  SCOPED_TRACE("case " + std::to_string(number) + (keeps ? " with old duties" : ""));
  expect_as_by_trying(draw_case(number, keeps), with_pairs, unfilled);
}

TEST(StaffExam, IsEqualToBruteForceAtEveryLevel) {
  int with_pairs = 0;
  int unfilled = 0;
  for (std::uint64_t number = 0; number < 1000; ++number) expect_as_by_trying(number, false, with_pairs, unfilled);
  EXPECT_GT(with_pairs, 20);
  EXPECT_GT(unfilled, 200);
}

TEST(StaffExam, IsEqualToBruteForceWithOldDutiesToKeep) {
  int with_pairs = 0;
  int unfilled = 0;
  for (std::uint64_t number = 0; number < 1000; ++number) expect_as_by_trying(number, true, with_pairs, unfilled);
  EXPECT_GT(with_pairs, 20);
}

// Red when nobody is barred from the own school, when names are compared byte by byte, or when people of no school are barred.
TEST(StaffExam, IsEqualToBruteForceWithOwnSchoolsLeftOut) {
  int with_pairs = 0;
  int unfilled = 0;
  int different = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    SmallCase small = draw_case(number, false);
    const Worth before = best_by_trying(small);
    small.staff.rules.own_school_excluded = true;
    small.exam.venues.front().name = number % 2 == 0 ? "가" : " 가";
    if (small.exam.venues.size() > 1) small.exam.venues.back().name = number % 3 == 0 ? "" : "나 ";
    expect_as_by_trying(small, with_pairs, unfilled);
    if (!(best_by_trying(small) == before)) ++different;
  }
  EXPECT_GT(different, 20);
}

// The same people in the opposite order of rows.
Staff turned_round(const Staff& staff) {
  Staff turned = staff;
  const auto last = staff.people.size() - 1;
  const auto turn = [&](InvigilatorIndex& at) {
    if (at.exists()) at = InvigilatorIndex(last - at.value);
  };
  std::reverse(turned.people.begin(), turned.people.end());
  for (DutyConflict& conflict : turned.conflicts) {
    turn(conflict.invigilator);
    turn(conflict.other);
  }
  std::reverse(turned.conflicts.begin(), turned.conflicts.end());
  for (PastPair& pair : turned.past_pairs) {
    turn(pair.first);
    turn(pair.second);
  }
  make_canonical(turned);
  return turned;
}

// A list on which everybody has one organisation, none of whose people may share a room: the search went on for minutes, and
// kept gigabytes.
TEST(StaffExam, EndsWhereNobodyMayMeetAnybodyInARoom) {
  SmallCase small = draw_case_of_many_venues(1, false);
  small.staff.rules.same_organisation_in_room = false;
  for (Invigilator& person : small.staff.people) person.organisation = "시청";
  const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, nullptr);
  std::set<std::pair<std::string, std::int64_t>> taken;
  for (const DutyRow& row : rows.duties) {
    if (row.room_no > 0) {
      EXPECT_TRUE(taken.emplace(row.venue_code.text(), row.room_no).second) << "two in room " << row.room_no << " of " << row.venue_code.text();
    }
  }
  EXPECT_GT(taken.size(), small.exam.rooms.size() / 2);
  EXPECT_GT(rows.report.unfilled, 0);
}

TEST(StaffExam, GivesTheSameDutiesWhateverTheOrderOfRows) {
  for (std::uint64_t number = 0; number < 50; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase small = draw_case(number, true);
    const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, &small.old);
    const DutyRows again = staff_exam(small.exam, small.plan, turned_round(small.staff), &small.old);
    ASSERT_EQ(rows.duties.size(), again.duties.size());
    for (std::size_t at = 0; at < rows.duties.size(); ++at) {
      EXPECT_EQ(rows.duties[at].invigilator_id, again.duties[at].invigilator_id);
      EXPECT_EQ(rows.duties[at].venue_code, again.duties[at].venue_code);
      EXPECT_EQ(rows.duties[at].room_no, again.duties[at].room_no);
      EXPECT_EQ(rows.duties[at].role, again.duties[at].role);
    }
  }
}

}  // namespace
}  // namespace hanjari::staffing
