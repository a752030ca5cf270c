#include "seating/desk_graph.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <unordered_map>

namespace hanjari::seating {
namespace {

// The grid read line by line, a line being a column or a row. The search fills it place by place and remembers of the
// lines behind only what still matters.
struct Lines {
  const DeskGrid& grid;
  const TooNear& too_near;
  bool are_columns;

  int count() const { return are_columns ? grid.columns : grid.rows; }
  int length() const { return are_columns ? grid.rows : grid.columns; }
  std::size_t position(int line, int place) const { return are_columns ? grid.at(place, line) : grid.at(line, place); }
  bool near(int lines_apart, int places_apart) const {
    return are_columns ? too_near(places_apart, lines_apart) : too_near(lines_apart, places_apart);
  }
  // How many lines back a desk of the same place is still too near.
  int reach() const {
    int lines = 0;
    while (lines + 1 < count() && near(lines + 1, 0)) ++lines;
    return lines;
  }
};

// One byte per place of a line: 0, or 1 + how many lines ago a desk was taken there. Two desks of one place within the
// reach are always too near, so one byte is enough.
using Filling = std::string;

struct Step {
  std::uint32_t parent;
  bool taken;
};

class Sweep {
 public:
  Sweep(const Lines& lines, std::size_t limit, bool keep_steps, std::size_t* work)
      : lines_(lines), reach_(lines.reach()), limit_(limit), keep_steps_(keep_steps), work_(work) {}

  // False when there are too many partial fillings, or more lines in reach than a byte counts.
  bool run() {
    if (reach_ > 100) return false;
    fillings_.assign(1, Filling(static_cast<std::size_t>(lines_.length()), '\0'));
    taken_.assign(1, 0);
    for (int line = 0; line < lines_.count(); ++line) {
      for (int place = 0; place < lines_.length(); ++place) {
        if (!visit(line, place)) return false;
      }
    }
    return true;
  }
  std::size_t best() const {
    return static_cast<std::size_t>(std::max_element(taken_.begin(), taken_.end()) - taken_.begin());
  }
  int size() const { return taken_[best()]; }

  std::vector<std::size_t> places() const {
    std::vector<std::size_t> result;
    std::size_t at = best();
    for (std::size_t step = steps_.size(); step-- > 0;) {
      const auto [parent, taken] = steps_[step][at];
      const int place = static_cast<int>(step);
      if (taken) result.push_back(lines_.position(place / lines_.length(), place % lines_.length()));
      at = parent;
    }
    std::sort(result.begin(), result.end());
    return result;
  }

 private:
  bool visit(int line, int place) {
    next_.clear();
    next_taken_.clear();
    index_.clear();
    if (!take_work()) return false;
    if (keep_steps_) steps_.emplace_back();
    const bool usable = lines_.grid.usable[lines_.position(line, place)] != 0;
    for (std::size_t from = 0; from < fillings_.size(); ++from) {
      // Taking comes first: of two equally good ways the one with the earlier desks is kept.
      if (usable && is_free(fillings_[from], place)) {
        Filling filling = fillings_[from];
        filling[static_cast<std::size_t>(place)] = 1;
        keep(std::move(filling), place, from, true);
      }
      keep(fillings_[from], place, from, false);
      if (next_.size() > limit_) return false;
    }
    fillings_.swap(next_);
    taken_.swap(next_taken_);
    return true;
  }

  bool take_work() {
    if (work_ == nullptr) return true;
    const std::size_t places = fillings_.size() * static_cast<std::size_t>(lines_.length());
    if (*work_ < places) {
      *work_ = 0;
      return false;
    }
    *work_ -= places;
    return true;
  }

  bool is_free(const Filling& filling, int place) const {
    for (int other = 0; other < lines_.length(); ++other) {
      const int age = filling[static_cast<std::size_t>(other)];
      if (age > 0 && lines_.near(age - 1, std::abs(place - other))) return false;
    }
    return true;
  }

  // Enters a filling as it stands after `place`, forgetting desks that can no longer be too near to a later one.
  void keep(Filling filling, int place, std::size_t from, bool taken) {
    const bool line_ends = place + 1 == lines_.length();
    for (int other = 0; other < lines_.length(); ++other) {
      char& age = filling[static_cast<std::size_t>(other)];
      if (age == 0) continue;
      const int lines_ago = age - 1;
      if (line_ends) {
        age = lines_ago < reach_ ? static_cast<char>(age + 1) : '\0';
      } else if (lines_ago == reach_ && other <= place && !lines_.near(lines_ago, place + 1 - other)) {
        age = 0;
      }
    }
    const int count = taken_[from] + (taken ? 1 : 0);
    const auto [entry, is_new] = index_.try_emplace(std::move(filling), static_cast<std::uint32_t>(next_.size()));
    const Step step{static_cast<std::uint32_t>(from), taken};
    if (is_new) {
      next_.push_back(entry->first);
      next_taken_.push_back(count);
      if (keep_steps_) steps_.back().push_back(step);
    } else if (count > next_taken_[entry->second]) {
      next_taken_[entry->second] = count;
      if (keep_steps_) steps_.back()[entry->second] = step;
    }
  }

  const Lines& lines_;
  int reach_;
  std::size_t limit_;
  bool keep_steps_;
  std::size_t* work_;  // what is left of it; null: without a bound
  std::vector<Filling> fillings_, next_;
  std::vector<int> taken_, next_taken_;  // desks taken so far, by filling
  std::unordered_map<Filling, std::uint32_t> index_;
  std::vector<std::vector<Step>> steps_;
};

// Sweeps over the shorter lines first, then over the others: whichever stays within the limit is exact.
template <class Result, class Read>
std::optional<Result> sweep(const DeskGrid& grid, const TooNear& too_near, std::size_t limit, bool keep_steps,
                            std::size_t* work, Read read) {
  const bool columns_first = grid.rows != grid.columns ? grid.rows < grid.columns : too_near.reaches_down();
  for (const bool are_columns : {columns_first, !columns_first}) {
    const Lines lines{grid, too_near, are_columns};
    Sweep attempt(lines, limit, keep_steps, work);
    if (attempt.run()) return read(attempt);
  }
  return std::nullopt;
}

std::vector<std::size_t> all_usable(const DeskGrid& grid) {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < grid.usable.size(); ++place) {
    if (grid.usable[place] != 0) places.push_back(place);
  }
  return places;
}

}  // namespace

DeskGrid::DeskGrid(const Room& room)
    : rows(room.row_count),
      columns(room.column_count),
      usable(static_cast<std::size_t>(room.row_count) * static_cast<std::size_t>(room.column_count), 1) {
  for (const Desk& desk : room.blocked) {
    if (desk.row >= 1 && desk.row <= rows && desk.column >= 1 && desk.column <= columns) usable[at(desk)] = 0;
  }
}

int DeskGrid::count() const {
  return static_cast<int>(std::count(usable.begin(), usable.end(), char{1}));
}

TooNear::TooNear(const Room& room, int gap_cm)
    : rows_(std::max(room.row_count, 1)),
      columns_(std::max(room.column_count, 1)),
      near_(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_), 0) {
  const std::int64_t gap = std::int64_t{gap_cm} * gap_cm;
  add([&](int rows_apart, int columns_apart) { return squared_cm(room, rows_apart, columns_apart) < gap; });
}

void TooNear::add(const std::function<bool(int, int)>& near) {
  for (int rows_apart = 0; rows_apart < rows_; ++rows_apart) {
    for (int columns_apart = 0; columns_apart < columns_; ++columns_apart) {
      if ((rows_apart > 0 || columns_apart > 0) && near(rows_apart, columns_apart)) {
        near_[static_cast<std::size_t>(rows_apart * columns_ + columns_apart)] = 1;
      }
    }
  }
}

bool TooNear::between(Desk a, Desk b) const {
  return (*this)(std::abs(a.row - b.row), std::abs(a.column - b.column));
}

bool TooNear::reaches_down() const {
  int down = 0;
  int across = 0;
  while (down + 1 < rows_ && (*this)(down + 1, 0)) ++down;
  while (across + 1 < columns_ && (*this)(0, across + 1)) ++across;
  return down >= across;
}

bool TooNear::nothing() const {
  return std::find(near_.begin(), near_.end(), char{1}) == near_.end();
}

std::int64_t squared_cm(const Room& room, int rows_apart, int columns_apart) {
  const std::int64_t along = std::int64_t{rows_apart} * room.row_pitch_cm;
  const std::int64_t across = std::int64_t{columns_apart} * room.column_pitch_cm;
  return along * along + across * across;
}

std::optional<std::vector<std::size_t>> find_largest_set(const DeskGrid& grid, const TooNear& too_near,
                                                         std::size_t limit) {
  if (too_near.nothing()) return all_usable(grid);
  return sweep<std::vector<std::size_t>>(grid, too_near, limit, true, nullptr,
                                         [](const Sweep& done) { return done.places(); });
}

std::optional<int> find_largest_set_size(const DeskGrid& grid, const TooNear& too_near, std::size_t* work) {
  if (too_near.nothing()) return grid.count();
  return sweep<int>(grid, too_near, filling_limit, false, work, [](const Sweep& done) { return done.size(); });
}

}  // namespace hanjari::seating
