// Duties judged again and again beside one plan: whole, or what a change of them breaks.
#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "verification/duty_reading.h"

namespace hanjari::verification {
namespace {

bool stands_before(const DutyRow* a, const DutyRow* b) {
  return comes_before(*a, *b);
}

std::vector<const DutyRow*> duties_in_order(const std::vector<DutyRow>& duties) {
  std::vector<const DutyRow*> ordered;
  ordered.reserve(duties.size());
  for (const DutyRow& row : duties) ordered.push_back(&row);
  // They come in this order unless somebody has put a file together by hand.
  if (!std::is_sorted(ordered.begin(), ordered.end(), stands_before))
    std::sort(ordered.begin(), ordered.end(), stands_before);
  return ordered;
}

// Every venue in which a rule about people and places can find something else than before: where a row came or went, where
// any other row of the same person stands, and where other places are said to be free.
std::set<VenueCode> touched_venues(const DutyRows& before, const DutyRows& after) {
  const auto old_rows = duties_in_order(before.duties);
  const auto new_rows = duties_in_order(after.duties);
  std::vector<const DutyRow*> differing;
  std::set_symmetric_difference(old_rows.begin(), old_rows.end(), new_rows.begin(), new_rows.end(),
                                std::back_inserter(differing), stands_before);
  std::set<VenueCode> venues;
  std::set<InvigilatorId> people;
  for (const DutyRow* row : differing) {
    venues.insert(row->venue_code);
    people.insert(row->invigilator_id);
  }
  for (const auto* duties : {&before.duties, &after.duties}) {
    for (const DutyRow& row : *duties) {
      if (people.contains(row.invigilator_id)) venues.insert(row.venue_code);
    }
  }
  std::map<std::tuple<VenueCode, std::int64_t, DutyRole>, std::int64_t> more_free;
  for (const UnfilledDutyRow& row : after.unfilled) ++more_free[{row.venue_code, row.room_no, row.role}];
  for (const UnfilledDutyRow& row : before.unfilled) --more_free[{row.venue_code, row.room_no, row.role}];
  for (const auto& [place, count] : more_free) {
    if (count != 0) venues.insert(std::get<0>(place));
  }
  return venues;
}

DutyRows duties_at(const DutyRows& rows, const std::set<VenueCode>& venues) {
  DutyRows part;
  for (const DutyRow& row : rows.duties) {
    if (venues.contains(row.venue_code)) part.duties.push_back(row);
  }
  for (const UnfilledDutyRow& row : rows.unfilled) {
    if (venues.contains(row.venue_code)) part.unfilled.push_back(row);
  }
  return part;
}

WantedPlaces wanted_at(const WantedPlaces& wanted, const std::set<VenueCode>& venues) {
  WantedPlaces part;
  for (const VenueCode& venue : venues) {
    for (auto place = wanted.lower_bound(PlaceKey{venue.text(), 0, DutyRole::chief});
         place != wanted.end() && std::get<0>(place->first) == venue.text(); ++place)
      part.insert(*place);
  }
  return part;
}

}  // namespace

struct DutyJudge::Ground {
  std::shared_ptr<const DutyPlan> plan;
  const Staff& staff;
  WantedPlaces wanted;
};

DutyJudge::DutyJudge(const Exam& exam, const PlanRows& plan, const Staff& staff) {
  auto read = std::make_shared<const DutyPlan>(exam, plan);
  WantedPlaces wanted = want_places(*read, staff.rules);
  ground_.reset(new Ground{std::move(read), staff, std::move(wanted)});
}

DutyJudge::DutyJudge(const DutyJudge& of_same_plan, const Staff& staff) {
  const auto& plan = of_same_plan.ground_->plan;
  ground_.reset(new Ground{plan, staff, want_places(*plan, staff.rules)});
}

DutyJudge::~DutyJudge() = default;

Verdict DutyJudge::verify(const DutyRows& rows) const {
  DutyFindings findings;
  const DutyReading reading(*ground_->plan, ground_->staff, ground_->wanted, rows);
  judge_who_is_where(reading, findings);
  judge_duty_report(reading, findings);
  Verdict verdict;
  verdict.people_checked = rows.duties.size();
  verdict.rooms_checked = ground_->plan->people_in.size();
  std::move(findings).hand_over(verdict);
  return verdict;
}

bool DutyJudge::has_right_figures(const DutyRows& rows) const {
  DutyFindings findings;
  judge_duty_report(DutyReading(*ground_->plan, ground_->staff, ground_->wanted, rows), findings);
  Verdict verdict;
  std::move(findings).hand_over(verdict);
  return verdict.clean();
}

std::vector<Violation> DutyJudge::judge_change(const DutyRows& before, const DutyRows& after) const {
  const std::set<VenueCode> touched = touched_venues(before, after);
  const WantedPlaces wanted = wanted_at(ground_->wanted, touched);
  const auto judge = [&](const DutyRows& rows) {
    DutyFindings findings;
    const DutyRows part = duties_at(rows, touched);
    judge_who_is_where(DutyReading(*ground_->plan, ground_->staff, wanted, part), findings);
    judge_duty_report(DutyReading(*ground_->plan, ground_->staff, ground_->wanted, rows), findings);
    Verdict verdict;
    std::move(findings).hand_over(verdict);
    return verdict;
  };
  const Verdict verdict = judge(after);
  // What was broken before matters only where something is broken now.
  return verdict.clean() ? std::vector<Violation>() : new_duty_violations(judge(before), verdict);
}

}  // namespace hanjari::verification
