// What the plan workbench computes at the founding size, without database and network: the summary that is kept with a
// plan, reading it for a map or a comparison, and the verifier's answer to a hand edit, alone and behind 200 others.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/allocation/allocate.h"
#include "hanjari/base/error.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/edit_sessions.h"
#include "hanjari/plans/hand_edit.h"
#include "hanjari/replanning/edit.h"
#include "hanjari/sample/sample.h"
#include "hanjari/seating/seats.h"

namespace {

using namespace hanjari;

double milliseconds_of(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

void tell(const char* what, std::vector<double> times) {
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  std::printf("%-52s %4zu times  median %8.1f ms  slowest %8.1f ms\n", what, times.size(), times[times.size() / 2],
              times.back());
}

std::shared_ptr<services::PlanCopy> make_plan() {
  sample::SampleRequest request;
  request.venues = 101;
  request.rooms = 2'460;
  request.units = 28;
  auto copy = std::make_shared<services::PlanCopy>();
  Exam& exam = copy->planned.exam;
  exam = sample::make_sample(request);
  exam.input_sha256 = std::string(64, '0');
  const Seed seed = *parse_seed("1");
  allocation::Limits limits;
  limits.rounds = 1;
  copy->planned.plan = seating::seat(exam, allocation::allocate(exam, seed, limits, system_clock(), no_progress()), seed);
  copy->planned.plan.digest = package::digest_plan(exam, copy->planned.plan);
  copy->broken = services::broken_rules(exam, copy->planned.plan);
  return copy;
}

// What load_edited_plan computes once a session's edits are read.
void compute(services::EditedPlan& edited) {
  const PlannedExam& planned = edited.base->planned;
  edited.plan = edited.moves.empty() ? planned.plan : replanning::apply_moves(planned.exam, planned.plan, edited.moves);
  edited.plan.digest = package::digest_plan(planned.exam, edited.plan);
}

void edit(services::EditedPlan& edited, std::size_t wanted, std::vector<double>& times) {
  std::mt19937 dice(1);
  const std::vector<Placement>& people = edited.base->planned.plan.placements;
  std::size_t accepted = 0;
  for (int tried = 0; accepted < wanted && tried < 2'000; ++tried) {
    services::EditWish wish;
    wish.kind = services::EditKind::swap_people;
    wish.number = people[dice() % people.size()].number;
    wish.other_number = people[dice() % people.size()].number;
    services::EditAnswer answer;
    try {
      times.push_back(milliseconds_of([&] {
        compute(edited);
        answer = services::try_wish(edited, wish);
      }));
    } catch (const InvalidInput&) {
      continue;
    }
    if (!answer.broken.empty()) continue;
    ++accepted;
    for (const HandMove& move : answer.content.moves) edited.moves.push_back(move);
    // Of somebody who is moved again the last word counts.
    std::stable_sort(edited.moves.begin(), edited.moves.end(),
                     [](const HandMove& one, const HandMove& other) { return one.applicant < other.applicant; });
    std::vector<HandMove> last;
    for (const HandMove& move : edited.moves) {
      if (!last.empty() && last.back().applicant == move.applicant) last.pop_back();
      last.push_back(move);
    }
    edited.moves = std::move(last);
  }
}

}  // namespace

int main() {
  const auto copy = make_plan();
  std::printf("%zu people, %zu venues, %zu rooms\n", copy->planned.exam.applicants.size(),
              copy->planned.exam.venues.size(), copy->planned.exam.rooms.size());
  services::PlanSummary summary;
  tell("counting a plan when it is stored",
       {milliseconds_of([&] { summary = services::summarise_plan(copy->planned.exam, copy->planned.plan); })});
  const std::string kept = services::write_summary(summary);
  std::printf("a kept summary has %zu kB\n", kept.size() / 1'000);
  std::vector<double> readings;
  for (int at = 0; at < 20; ++at) {
    readings.push_back(milliseconds_of([&] {
      if (!services::read_summary(kept)) std::abort();
    }));
  }
  tell("reading it, once for a map, twice for a comparison", readings);
  services::EditedPlan edited;
  edited.base = copy;
  std::vector<double> first;
  edit(edited, 1, first);
  tell("answer to an edit of the stored plan", first);
  std::vector<double> all;
  edit(edited, 200, all);
  tell("answers on the way to 200 edits more", all);
}
