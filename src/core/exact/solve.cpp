#include "hanjari/exact/solve.h"

#include <algorithm>

#include "exact/search.h"

namespace hanjari::exact {
namespace {

constexpr std::size_t most_rooms = 48;
constexpr std::size_t most_people = 1'200;
constexpr std::size_t most_columns = 5'000;
constexpr std::size_t most_types = 400;

bool is_used(const Question& question, Level level) {
  switch (level) {
    case level_changed:
      return question.standing != nullptr;
    case level_farther:
      return question.standing != nullptr && question.exam->policy.moved_farther_m.has_value() &&
             !question.changes_only;
    case level_over_cap:
      return question.exam->policy.detour_cap_m.has_value() && !question.changes_only;
    case level_total:
      return !question.changes_only;
    case level_unseated:
      break;
  }
  return true;
}

std::int64_t& value_on(Values& values, Level level) {
  switch (level) {
    case level_unseated:
      return values.unseated;
    case level_changed:
      return values.changed;
    case level_farther:
      return values.farther;
    case level_over_cap:
      return values.over_cap;
    case level_total:
      break;
  }
  return values.total;
}

// Later levels know what the earlier ones have reached.
void hold(const Reading& reading, Model& model, Level level, std::int64_t reached) {
  if (level == level_unseated) {
    reached -= static_cast<std::int64_t>(reading.nowhere.size());
    if (reached == 0) {
      for (const std::uint32_t column : model.unseated) model.lp.set_bounds(column, 0, 0);
      return;
    }
  }
  model.limit(level, reached);
}

}  // namespace

bool is_small(const Question& question) {
  return question.exam->rooms.size() <= most_rooms && question.exam->applicants.size() <= most_people;
}

std::optional<Answer> solve(const Question& question, const Budget& budget) {
  if (!is_small(question)) return std::nullopt;
  const TravelTable travel(*question.exam);
  const Reading reading = read(question, travel);
  std::size_t columns = 0;
  for (const PersonType& type : reading.types) columns += type.places.size();
  if (columns > most_columns || reading.types.size() > most_types) return std::nullopt;
  Model model(reading);
  const Filler filler(reading, model);
  Search search(reading, model, filler, budget);
  if (question.start != nullptr) {
    if (const auto values = judge(question, *question.start)) search.offer(*values, *question.start);
  }
  Answer answer;
  for (const Level level : {level_unseated, level_changed, level_farther, level_over_cap, level_total}) {
    std::int64_t bound = 0;
    Values best = search.best();
    const bool nobody_left =
        level == level_unseated && best.unseated == static_cast<std::int64_t>(reading.nowhere.size());
    if (is_used(question, level) && !nobody_left) {
      const std::uint64_t left = budget.work - std::min(budget.work, search.work());
      bound = search.run(level, level == level_total ? left : left / 2);
      best = search.best();
    }
    if (level == level_unseated) bound += static_cast<std::int64_t>(reading.nowhere.size());
    if (nobody_left) bound = best.unseated;
    value_on(answer.bound, level) = bound;
    hold(reading, model, level, value_on(best, level));
  }
  answer.room_of = search.room_of();
  answer.values = search.best();
  answer.stopped = search.stopped();
  return answer;
}

}  // namespace hanjari::exact
