#include "hanjari/seating/seats.h"
#include "seating/desk_graph.h"

namespace hanjari::seating {

std::vector<Desk> desks_in_seat_order(const Room& room, SeatOrder order, SeatOrigin origin) {
  const DeskGrid grid(room);
  const bool from_back = origin == SeatOrigin::back_left || origin == SeatOrigin::back_right;
  const bool from_right = origin == SeatOrigin::front_right || origin == SeatOrigin::back_right;
  const bool by_rows = order == SeatOrder::row_major || order == SeatOrder::row_serpentine;
  const bool turning = order == SeatOrder::column_serpentine || order == SeatOrder::row_serpentine;
  const int lines = by_rows ? grid.rows : grid.columns;
  const int places = by_rows ? grid.columns : grid.rows;
  std::vector<Desk> desks;
  desks.reserve(grid.usable.size());
  for (int line = 0; line < lines; ++line) {
    const bool turned = turning && line % 2 == 1;
    for (int step = 0; step < places; ++step) {
      const int place = turned ? places - 1 - step : step;
      int row = by_rows ? line : place;
      int column = by_rows ? place : line;
      if (from_back) row = grid.rows - 1 - row;
      if (from_right) column = grid.columns - 1 - column;
      if (grid.usable[grid.at(row, column)] != 0) desks.push_back(Desk{row + 1, column + 1});
    }
  }
  return desks;
}

char booklet_of(Desk desk, int booklets) {
  if (booklets == 2) return (desk.row + desk.column) % 2 == 0 ? 'A' : 'B';
  if (booklets == 4) return static_cast<char>('A' + (desk.row % 2 == 1 ? 0 : 2) + (desk.column % 2 == 1 ? 0 : 1));
  return 'A';
}

}  // namespace hanjari::seating
