// Desks and the distance rule between them, as a graph; and its exact maximum independent set.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::seating {

// A rectangle of desk places of which some are usable. Positions are row-major from 0.
struct DeskGrid {
  int rows = 0;
  int columns = 0;
  std::vector<char> usable;

  explicit DeskGrid(const Room& room);
  std::size_t at(int row, int column) const { return static_cast<std::size_t>(row * columns + column); }
  std::size_t at(Desk desk) const { return at(desk.row - 1, desk.column - 1); }
  Desk desk(std::size_t position) const {
    const int place = static_cast<int>(position);
    return Desk{place / columns + 1, place % columns + 1};
  }
  // Number of usable places.
  int count() const;
};

// Which steps (rows apart, columns apart) are too near: the same everywhere in a room.
class TooNear {
 public:
  // Steps shorter than gap_cm.
  TooNear(const Room& room, int gap_cm);
  // Adds the steps for which `near(rows apart, columns apart)` holds. With a step it must hold for every smaller one.
  void add(const std::function<bool(int, int)>& near);
  bool operator()(int rows_apart, int columns_apart) const {
    return near_[static_cast<std::size_t>(rows_apart * columns_ + columns_apart)] != 0;
  }
  bool between(Desk a, Desk b) const;
  // True when the rule reaches at least as many desks down a column as across a row.
  bool reaches_down() const;
  // True when no two desks are too near.
  bool nothing() const;

 private:
  int rows_;
  int columns_;
  std::vector<char> near_;
};

// Squared distance of two desks' centres in square centimetres.
std::int64_t squared_cm(const Room& room, int rows_apart, int columns_apart);

// How many partial fillings of a room the searches below look at side by side before they give up. Rooms of 10 x 10
// need a few hundred to a few thousand, whatever the gap.
constexpr std::size_t filling_limit = 100'000;

// A largest set of usable places no two of which are too near, in position order; always the same one. Nothing when the
// room needs more than `limit` partial fillings.
std::optional<std::vector<std::size_t>> find_largest_set(const DeskGrid& grid, const TooNear& too_near,
                                                         std::size_t limit = filling_limit);

// Only its size: needs far less memory. `work`, where somebody waits for the answer: how many places of partial fillings may
// be looked at in all; what was looked at is taken off, and with nothing left there is no answer.
std::optional<int> find_largest_set_size(const DeskGrid& grid, const TooNear& too_near, std::size_t* work = nullptr);

}  // namespace hanjari::seating
