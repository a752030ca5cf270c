// The levels one after the other: what the relaxation proves at once, what the search has to prove.
#include "hanjari/staffing/staff.h"

#include <algorithm>

#include "staffing/search.h"
#include "staffing/shortage.h"

namespace hanjari::staffing {
namespace {

// The best solution with what is proven of each level.
struct Proven {
  Solution solution;
  Levels plan_bound;               // of the levels before travel
  std::int64_t root_unfilled = 0;  // of the relaxation: no plan leaves fewer places unfilled
  bool plan_proven = false;
  std::int64_t pairs_bound = 0;
  std::optional<Metres> travel_bound;
};

bool is_better(const Solution& a, const Solution& b) {
  const auto plans = a.levels.compare_plans(b.levels);
  if (plans != 0) return plans < 0;
  return a.pairs != b.pairs ? a.pairs < b.pairs : a.levels.travel < b.levels.travel;
}

void take(Proven& proven, const Outcome& outcome) {
  if (outcome.best && is_better(*outcome.best, proven.solution)) proven.solution = *outcome.best;
}

// Travel of the goal that the outcome is of, as far as its open nodes have the plan's own levels.
std::optional<Metres> travel_bound_of(const Outcome& outcome, const Levels& plan) {
  if (!outcome.bound || outcome.bound->compare_plans(plan) != 0) return std::nullopt;
  return outcome.bound->travel;
}

// Fewest past pairs: one number after the other, from what is proven impossible up to what the solution has.
void prove_pairs(Search& search, Proven& proven) {
  const Levels wanted = proven.solution.levels;
  bool all_proven = true;
  for (std::int64_t pairs = proven.pairs_bound; pairs <= proven.solution.pairs; ++pairs) {
    const std::int64_t has = proven.solution.pairs;
    if (!all_proven) pairs = has;  // without proof of this number the next ones prove nothing
    const Solution known = proven.solution;
    const Outcome outcome =
        search.run({.most_pairs = pairs, .exactly = &wanted, .known = pairs == has ? &known : nullptr});
    take(proven, outcome);
    if (outcome.best) {
      if (all_proven) proven.pairs_bound = pairs;
      proven.travel_bound = travel_bound_of(outcome, proven.solution.levels);
      if (outcome.proven) proven.travel_bound = proven.solution.levels.travel;
      if (!all_proven) proven.travel_bound.reset();
      return;
    }
    if (!outcome.proven) all_proven = false;
    if (all_proven) proven.pairs_bound = pairs + 1;
  }
}

Proven solve(Search& search) {
  Proven proven;
  const Outcome without_pairs = search.run({.most_pairs = 0});
  const Levels& root = search.root_levels();
  proven.root_unfilled = root.room_unfilled + root.other_unfilled;
  proven.solution = *without_pairs.best;
  if (proven.solution.levels.compare_plans(root) == 0) {
    proven.plan_bound = root;
    proven.plan_proven = true;
    proven.travel_bound = travel_bound_of(without_pairs, root);
    return proven;
  }
  const Outcome plans = search.run({.with_travel = false});
  take(proven, plans);
  proven.plan_bound = plans.bound ? *plans.bound : root;
  proven.plan_proven = proven.solution.levels.compare_plans(proven.plan_bound) == 0;
  // No past pair, and the levels before are the best that there are: the first run has the least travel too.
  const bool first_was_best = without_pairs.best->levels.compare_plans(proven.solution.levels) == 0;
  if (first_was_best) {
    proven.solution = *without_pairs.best;
    proven.travel_bound = travel_bound_of(without_pairs, proven.solution.levels);
    return proven;
  }
  if (without_pairs.proven) proven.pairs_bound = 1;
  prove_pairs(search, proven);
  return proven;
}

Load load_of(const Problem& problem, const Levels& levels) {
  Load load;
  for (std::size_t at = 0; at < levels.load.size(); ++at) {
    const std::size_t rank = levels.load.size() - 1 - at;
    if (levels.load[at] > 0) load.push_back({problem.duties_of_rank[rank], levels.load[at]});
  }
  return load;
}

DutyReport report_of(const Problem& problem, const Proven& proven) {
  const Levels& value = proven.solution.levels;
  const Levels& bound = proven.plan_bound;
  DutyReport report;
  for (const Post& post : problem.posts) {
    report.places += post.need;
    if (problem.in_room(post)) report.room_places += post.need;
  }
  report.room_unfilled = value.room_unfilled;
  report.room_unfilled_bound = bound.room_unfilled;
  report.unfilled = value.room_unfilled + value.other_unfilled;
  // With fewer room places unfilled than here, more of the others may be: then only the relaxation speaks of all.
  report.unfilled_bound =
      value.room_unfilled == bound.room_unfilled ? bound.room_unfilled + bound.other_unfilled : proven.root_unfilled;
  const bool filled_as_proven =
      value.room_unfilled == bound.room_unfilled && value.other_unfilled == bound.other_unfilled;
  const bool changed_as_proven = filled_as_proven && value.changed == bound.changed;
  report.load = load_of(problem, value);
  if (changed_as_proven) report.load_bound = load_of(problem, bound);
  report.past_pairs.value = proven.solution.pairs;
  if (proven.plan_proven) report.past_pairs.bound = proven.pairs_bound;
  report.travel_m.value = value.travel;
  const bool pairs_proven = proven.plan_proven && proven.pairs_bound == proven.solution.pairs;
  if (pairs_proven) report.travel_m.bound = proven.travel_bound;
  if (problem.keeps) {
    report.changed = BoundedFigure{value.changed, std::nullopt};
    if (filled_as_proven) report.changed->bound = bound.changed;
  }
  report.status = report.unfilled == 0        ? StaffingStatus::filled
                  : report.unfilled_bound > 0 ? StaffingStatus::infeasible
                                              : StaffingStatus::gave_up;
  return report;
}

void add_rows(const Problem& problem, const Solution& solution, DutyRows& rows) {
  const Exam& exam = *problem.exam;
  std::vector<std::uint32_t> held(problem.posts.size(), 0);
  const auto room_no = [&](const Post& post) { return post.room.exists() ? exam[post.room].room_no : 0; };
  for (std::uint32_t person = 0; person < solution.post_of.size(); ++person) {
    if (solution.post_of[person] == nowhere) continue;
    const Post& post = problem.posts[solution.post_of[person]];
    ++held[solution.post_of[person]];
    rows.duties.push_back({exam[post.venue].code, room_no(post), post.role,
                           (*problem.staff)[problem.people[person].invigilator].id,
                           problem.metres(person, problem.hubs[post.hub].site)});
  }
  std::sort(rows.duties.begin(), rows.duties.end(), comes_before);
  rows.unfilled = list_unfilled(problem, held, solution.post_of);
}

}  // namespace

DutyRows staff_exam(const Exam& exam, const Plan& plan, const Staff& staff, const std::vector<DutyRow>* old,
                    const Limits& limits, Progress& progress) {
  progress.stage({"people to places", "감독관 배치"}, 0);
  const Problem problem = make_problem(exam, plan, staff, old);
  Search search(problem, limits.work);
  const Proven proven = solve(search);
  DutyRows rows;
  rows.has_report = true;
  add_rows(problem, proven.solution, rows);
  rows.report = report_of(problem, proven);
  rows.report.people = mark_people(staff);
  if (rows.report.unfilled_bound > 0) {
    rows.report.shortages = find_hall_violators(problem, search.root());
    if (rows.report.shortages.empty())
      rows.report.shortages.push_back(find_conflicting_places(problem, proven.solution.post_of, limits.work));
  }
  return rows;
}

}  // namespace hanjari::staffing
