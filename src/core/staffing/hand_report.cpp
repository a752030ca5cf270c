#include "staffing/hand_report.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "hanjari/staffing/desk.h"
#include "hanjari/staffing/staff.h"

namespace hanjari::staffing {
namespace {

Load load_of(const Staff& staff, const std::vector<DutyRow>& duties) {
  std::map<std::int64_t, std::int64_t, std::greater<>> people;
  for (const DutyRow& row : duties) {
    const InvigilatorIndex who = staff.find(row.invigilator_id);
    if (who.exists()) ++people[staff[who].past_duties];
  }
  Load load;
  for (const auto& [past_duties, count] : people) load.push_back({past_duties, count});
  return load;
}

std::int64_t past_pairs_of(const Staff& staff, const std::vector<DutyRow>& duties) {
  std::map<std::pair<VenueCode, std::int64_t>, std::vector<InvigilatorIndex>> in_room;
  for (const DutyRow& row : duties) {
    const InvigilatorIndex who = staff.find(row.invigilator_id);
    if (row.room_no > 0 && who.exists()) in_room[{row.venue_code, row.room_no}].push_back(who);
  }
  std::int64_t pairs = 0;
  for (const auto& [room, people] : in_room) {
    for (std::size_t a = 0; a < people.size(); ++a) {
      for (std::size_t b = a + 1; b < people.size(); ++b) {
        const PastPair pair{std::min(people[a], people[b]), std::max(people[a], people[b])};
        if (std::binary_search(staff.past_pairs.begin(), staff.past_pairs.end(), pair)) ++pairs;
      }
    }
  }
  return pairs;
}

// What is left of the bounds where more people can be used than they speak of: without those who came, whose places would
// then be free, nobody could leave fewer places of rooms unfilled than was proven. Of whom they speak else is not known.
void loosen_bounds(const DutyReport& base, std::optional<std::int64_t> added, DutyReport& report) {
  report.room_unfilled_bound = added ? std::max<std::int64_t>(0, base.room_unfilled_bound - *added) : 0;
  report.unfilled_bound = report.room_unfilled_bound;
}

StaffingStatus status_by_bound(const DutyReport& report) {
  if (report.unfilled == 0) return StaffingStatus::filled;
  return report.unfilled_bound > 0 ? StaffingStatus::infeasible : StaffingStatus::gave_up;
}

// Bounds of the levels in their order, until one is not reached.
void keep_bounds(const DutyReport& base, DutyReport& report) {
  report.room_unfilled_bound = base.room_unfilled_bound;
  const bool room_filled = report.room_unfilled == base.room_unfilled_bound;
  // With more room places free than need be, fewer of all could be free than the bound says, but not fewer than of
  // rooms alone.
  report.unfilled_bound = room_filled ? base.unfilled_bound : base.room_unfilled_bound;
  if (!room_filled || report.unfilled != base.unfilled_bound || base.changed) return;
  report.load_bound = base.load_bound;
  if (report.load_bound != report.load) return;
  report.past_pairs.bound = base.past_pairs.bound;
  if (report.past_pairs.bound == report.past_pairs.value) report.travel_m.bound = base.travel_m.bound;
}

}  // namespace

DutyReport report_by_hand(const Problem& problem, const DutyReport& base, const PeopleMark& now, const DutyRows& rows) {
  DutyReport report;
  for (const Post& post : problem.posts) {
    report.places += post.need;
    if (problem.in_room(post)) report.room_places += post.need;
  }
  report.unfilled = std::ssize(rows.unfilled);
  report.room_unfilled = std::count_if(rows.unfilled.begin(), rows.unfilled.end(),
                                       [](const UnfilledDutyRow& row) { return row.room_no > 0; });
  report.load = load_of(*problem.staff, rows.duties);
  report.past_pairs.value = past_pairs_of(*problem.staff, rows.duties);
  for (const DutyRow& row : rows.duties) report.travel_m.value += row.travel_m;
  report.people = now;
  const std::optional<std::int64_t> added = count_added(base.people, now);
  if (added == 0) {
    keep_bounds(base, report);
    report.shortages = base.shortages;
  } else {
    loosen_bounds(base, added, report);
  }
  report.status = status_by_bound(report);
  return report;
}

bool speaks_of_nobody(const DutyReport& report) {
  return report.people.facts.empty();
}

ProvenAnew prove_anew(const Exam& exam, const Plan& plan, const Staff& now, const DutyRows& given) {
  ProvenAnew proven{now, given.report};
  // Somebody who has withdrawn stands there still: what nobody can go below with them nobody can without them.
  for (const DutyRow& row : given.duties) {
    const InvigilatorIndex who = proven.people.find(row.invigilator_id);
    if (who.exists()) proven.people.people[who.value].consent = true;
  }
  const DutyReport best = staff_exam(exam, plan, proven.people, nullptr).report;
  DutyReport& report = proven.report;
  const std::int64_t told = report.unfilled_bound;
  report.load_bound.reset();
  report.past_pairs.bound.reset();
  report.travel_m.bound.reset();
  keep_bounds(best, report);
  if (report.unfilled_bound != told) report.shortages = best.shortages;
  report.people = best.people;
  report.status = status_by_bound(report);
  return proven;
}

}  // namespace hanjari::staffing
