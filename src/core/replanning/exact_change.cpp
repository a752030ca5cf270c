#include "replanning/exact_change.h"

#include <span>

namespace hanjari::replanning {
namespace {

constexpr std::uint64_t work_of_floor = 100'000'000;  // for each floor beside the weighted one

// The published plan as the exact method sees it. A seat counts as kept when it is there: whether all who stay can keep
// theirs side by side is for the seating, so the sum of weights is a lower bound where a distance rule was changed.
exact::Standing stand(const ChangeProblem& problem, seating::Reseating& seats) {
  exact::Standing standing;
  standing.closed = problem.closed;
  standing.room = problem.old_room;
  standing.venue = problem.old_venue;
  standing.pinned = problem.pinned;
  standing.travel = problem.old_travel;
  for (std::size_t person = 0; person < problem.old_room.size(); ++person) {
    standing.counts.push_back(problem.row_of[person] != none ? 1 : 0);
    const RoomIndex room = problem.old_room[person];
    const int seat = problem.old_seat[person];
    const bool keeps = room.exists() && seats.most_that_can_stay(room, std::span(&seat, 1)) == 1;
    standing.keeps_seat.push_back(keeps ? 1 : 0);
    standing.merged_into.push_back(merged_venue(problem, problem.old_venue[person]));
  }
  return standing;
}

// How few people change when only these weights count.
Count find_floor(exact::Question question, const exact::Answer& known, ChangeWeights weights) {
  if (known.values.changed == 0) return 0;
  Exam counted = *question.exam;
  counted.policy.change_weights = weights;
  question.exam = &counted;
  question.start = &known.room_of;
  question.changes_only = true;
  exact::Budget budget;
  budget.work = work_of_floor;
  const std::optional<exact::Answer> answer = exact::solve(question, budget);
  return answer ? answer->bound.changed : 0;
}

}  // namespace

std::optional<ExactChange> change_exactly(const ChangeProblem& problem, seating::Reseating& seats,
                                          const std::vector<RoomIndex>& start) {
  exact::Question question;
  question.exam = problem.exam;
  question.capacity = &problem.capacity;
  question.start = &start;
  if (!exact::is_small(question)) return std::nullopt;
  const exact::Standing standing = stand(problem, seats);
  question.standing = &standing;
  std::optional<exact::Answer> answer = exact::solve(question, {});
  if (!answer) return std::nullopt;
  ExactChange change{*std::move(answer)};
  if (change.answer.values.unseated == 0) {
    change.floor_venue = find_floor(question, change.answer, {1, 0, 0});
    change.floor_left_room = find_floor(question, change.answer, {1, 1, 0});
  }
  return change;
}

}  // namespace hanjari::replanning
