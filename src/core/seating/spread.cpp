#include "seating/spread.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace hanjari::seating {
namespace {

// Squared distance with the one along the columns doubled, in square centimetres.
std::int64_t felt_square(const Room& room, int rows_apart, int columns_apart) {
  return squared_cm(room, 2 * rows_apart, 0) + squared_cm(room, 0, columns_apart);
}

class Spreader {
 public:
  Spreader(const Room& room, int min_gap_cm, const std::vector<Desk>& required)
      : room_(room), grid_(room), free_(grid_), too_near_(room, min_gap_cm) {
    for (const Desk& desk : required) required_.push_back(grid_.at(desk));
    std::sort(required_.begin(), required_.end());
    for (const std::size_t place : required_) close_around(free_, too_near_, place);
    make_weights();
  }

  std::optional<std::vector<std::size_t>> run(int people) {
    const auto wanted = static_cast<std::size_t>(people);
    if (wanted < required_.size()) return std::nullopt;
    if (grid_.usable.size() > hall) return in_a_hall(wanted);
    std::vector<std::vector<std::size_t>> starts;
    if (auto start = largest_gap(wanted)) starts.push_back(std::move(*start));
    if (auto start = whole_columns(wanted)) starts.push_back(std::move(*start));
    std::optional<std::vector<std::size_t>> best;
    std::int64_t best_crowding = 0;
    for (std::vector<std::size_t>& start : starts) {
      thin_out(start, wanted);
      const std::int64_t reached = improve(start);
      if (!best || reached < best_crowding) {
        best = std::move(start);
        best_crowding = reached;
      }
    }
    return best;
  }

  std::int64_t crowding(const std::vector<std::size_t>& places) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) sum += weight(places[i], places[j]);
    }
    return sum;
  }

 private:
  static void close_around(DeskGrid& grid, const TooNear& too_near, std::size_t place) {
    for (std::size_t other = 0; other < grid.usable.size(); ++other) {
      if (other == place || too_near.between(grid.desk(other), grid.desk(place))) grid.usable[other] = 0;
    }
  }

  void make_weights() {
    weights_.resize(grid_.usable.size());
    for (int rows_apart = 0; rows_apart < grid_.rows; ++rows_apart) {
      for (int columns_apart = 0; columns_apart < grid_.columns; ++columns_apart) {
        // 10^18 / d^6 without leaving 64 bits: d^2 is at least 100 and beyond 10^6 the term is no longer felt.
        const std::int64_t square =
            std::clamp<std::int64_t>(felt_square(room_, rows_apart, columns_apart), 100, 1'000'000);
        weights_[grid_.at(rows_apart, columns_apart)] = 1'000'000'000'000'000'000 / (square * square * square);
      }
    }
  }

  std::int64_t weight(std::size_t a, std::size_t b) const {
    const Desk first = grid_.desk(a);
    const Desk second = grid_.desk(b);
    return weights_[grid_.at(std::abs(first.row - second.row), std::abs(first.column - second.column))];
  }

  // Comparing all desks with all others takes too long beyond this many. People in halls sit evenly by columns where the
  // gap allows it, else by the largest set of desks that keeps it.
  static constexpr std::size_t hall = 2000;

  std::optional<std::vector<std::size_t>> in_a_hall(std::size_t wanted) const {
    auto chosen = whole_columns(wanted);
    if (!chosen) {
      chosen = largest_set_at(0);
      if (!chosen || chosen->size() < wanted) return std::nullopt;
      thin_out(*chosen, wanted);
    }
    std::sort(chosen->begin(), chosen->end());
    return chosen;
  }

  // The search for an even start may be given up in halls where it would take long; the policy's own gap may not.
  static constexpr std::size_t quick_limit = 5000;

  // Desks for at least `wanted` people at the largest gap that has so many.
  std::optional<std::vector<std::size_t>> largest_gap(std::size_t wanted) const {
    std::set<std::int64_t> squares{0};
    for (int rows_apart = 0; rows_apart < grid_.rows; ++rows_apart) {
      for (int columns_apart = 0; columns_apart < grid_.columns; ++columns_apart) {
        squares.insert(felt_square(room_, rows_apart, columns_apart));
      }
    }
    const std::vector<std::int64_t> gaps(squares.begin(), squares.end());
    std::optional<std::vector<std::size_t>> best;
    std::size_t low = 0;  // gaps below it are known to be possible
    std::size_t high = gaps.size();
    while (low < high) {
      const std::size_t middle = best ? (low + high) / 2 : 0;  // the policy's own gap first
      auto found = largest_set_at(gaps[middle]);
      if (found && found->size() >= wanted) {
        best = std::move(found);
        low = middle + 1;
      } else {
        if (!best) break;
        high = middle;
      }
    }
    return best;
  }

  std::optional<std::vector<std::size_t>> largest_set_at(std::int64_t felt_gap_square) const {
    TooNear too_near = too_near_;
    too_near.add([&](int rows_apart, int columns_apart) {
      return felt_square(room_, rows_apart, columns_apart) < felt_gap_square;
    });
    DeskGrid grid = free_;
    for (const std::size_t place : required_) close_around(grid, too_near, place);
    auto found = find_largest_set(grid, too_near, felt_gap_square == 0 ? filling_limit : quick_limit);
    if (found) found->insert(found->end(), required_.begin(), required_.end());
    return found;
  }

  // People column by column with the empty desks evenly between them, as far as the gap allows it.
  std::optional<std::vector<std::size_t>> whole_columns(std::size_t wanted) const {
    std::vector<std::size_t> usable;
    for (int column = 0; column < grid_.columns; ++column) {
      for (int row = 0; row < grid_.rows; ++row) {
        if (free_.usable[grid_.at(row, column)] != 0) usable.push_back(grid_.at(row, column));
      }
    }
    std::vector<std::size_t> chosen = required_;
    const std::size_t missing = wanted - required_.size();
    if (missing > usable.size()) return std::nullopt;
    for (std::size_t i = 0; i < missing; ++i) chosen.push_back(usable[i * usable.size() / missing]);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (too_near_.between(grid_.desk(chosen[i]), grid_.desk(chosen[j]))) return std::nullopt;
      }
    }
    return chosen;
  }

  std::vector<std::int64_t> pressure_of(const std::vector<std::size_t>& chosen) const {
    std::vector<std::int64_t> pressure(grid_.usable.size(), 0);
    for (std::size_t place = 0; place < pressure.size(); ++place) {
      for (const std::size_t other : chosen) {
        if (other != place) pressure[place] += weight(place, other);
      }
    }
    return pressure;
  }

  bool is_required(std::size_t place) const { return std::binary_search(required_.begin(), required_.end(), place); }

  // Takes the most crowded desk away until there are no more than wanted; of equals the last.
  void thin_out(std::vector<std::size_t>& chosen, std::size_t wanted) const {
    std::sort(chosen.begin(), chosen.end());
    std::vector<std::int64_t> pressure = pressure_of(chosen);
    while (chosen.size() > wanted) {
      std::size_t worst = chosen.size();
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (is_required(chosen[i])) continue;
        if (worst == chosen.size() || pressure[chosen[i]] >= pressure[chosen[worst]]) worst = i;
      }
      const std::size_t gone = chosen[worst];
      chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(worst));
      for (const std::size_t place : chosen) pressure[place] -= weight(place, gone);
    }
  }

  // Moves one desk at a time, always the move that helps most, until none helps. Returns the crowding reached.
  std::int64_t improve(std::vector<std::size_t>& chosen) const {
    std::vector<std::int64_t> pressure = pressure_of(chosen);
    std::vector<int> conflicts(grid_.usable.size(), 0);  // chosen desks too near to a place
    const auto count_conflicts = [&](std::size_t place, int change) {
      for (std::size_t other = 0; other < conflicts.size(); ++other) {
        if (other != place && too_near_.between(grid_.desk(place), grid_.desk(other))) conflicts[other] += change;
      }
    };
    std::vector<char> is_chosen(grid_.usable.size(), 0);
    for (const std::size_t place : chosen) {
      is_chosen[place] = 1;
      count_conflicts(place, 1);
    }
    for (;;) {
      std::int64_t best_gain = 0;
      std::size_t best_from = 0;
      std::size_t best_to = 0;
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        const std::size_t from = chosen[i];
        if (is_required(from)) continue;
        for (std::size_t to = 0; to < is_chosen.size(); ++to) {
          if (is_chosen[to] != 0 || grid_.usable[to] == 0) continue;
          const int own = too_near_.between(grid_.desk(from), grid_.desk(to)) ? 1 : 0;
          if (conflicts[to] > own) continue;
          const std::int64_t gain = pressure[from] - (pressure[to] - weight(from, to));
          if (gain > best_gain) {
            best_gain = gain;
            best_from = i;
            best_to = to;
          }
        }
      }
      if (best_gain == 0) break;
      const std::size_t from = chosen[best_from];
      is_chosen[from] = 0;
      is_chosen[best_to] = 1;
      chosen[best_from] = best_to;
      count_conflicts(from, -1);
      count_conflicts(best_to, 1);
      for (std::size_t place = 0; place < pressure.size(); ++place) {
        if (place != from) pressure[place] -= weight(place, from);
        if (place != best_to) pressure[place] += weight(place, best_to);
      }
    }
    std::sort(chosen.begin(), chosen.end());
    return crowding(chosen);
  }

  const Room& room_;
  DeskGrid grid_;
  DeskGrid free_;  // without the required desks and what is too near to them
  TooNear too_near_;
  std::vector<std::size_t> required_;
  std::vector<std::int64_t> weights_;  // by rows and columns apart
};

}  // namespace

std::optional<std::vector<Desk>> find_spread(const Room& room, int min_gap_cm, int people,
                                             const std::vector<Desk>& required) {
  if (people <= 0) return required.empty() ? std::optional(std::vector<Desk>{}) : std::nullopt;
  const auto places = Spreader(room, min_gap_cm, required).run(people);
  if (!places) return std::nullopt;
  const DeskGrid grid(room);
  std::vector<Desk> desks;
  for (const std::size_t place : *places) desks.push_back(grid.desk(place));
  return desks;
}

std::int64_t crowding(const Room& room, const std::vector<Desk>& desks) {
  const DeskGrid grid(room);
  std::vector<std::size_t> places;
  for (const Desk& desk : desks) places.push_back(grid.at(desk));
  return Spreader(room, 0, {}).crowding(places);
}

}  // namespace hanjari::seating
