// Rules about desks, seat numbers and booklets. Desks are computed with as numbers from 1, not as tables: a room's
// shape is small, but nothing here depends on it.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "verification/rules.h"

namespace hanjari::verification {
namespace {

bool stands_in(const Room& room, const PlacementRow& at) {
  return at.row >= 1 && at.row <= room.row_count && at.column >= 1 && at.column <= room.column_count;
}

bool is_blocked(const Room& room, const PlacementRow& at) {
  return std::any_of(room.blocked.begin(), room.blocked.end(),
                     [&](Desk desk) { return desk.row == at.row && desk.column == at.column; });
}

// Place of a desk among all desks of a full room, from 1, in seat order from the origin.
std::int64_t place_in_order(const Room& room, SeatOrder order, SeatOrigin origin, std::int64_t row,
                            std::int64_t column) {
  const std::int64_t rows = room.row_count;
  const std::int64_t columns = room.column_count;
  const bool from_back = origin == SeatOrigin::back_left || origin == SeatOrigin::back_right;
  const bool from_right = origin == SeatOrigin::front_right || origin == SeatOrigin::back_right;
  std::int64_t down = from_back ? rows - row + 1 : row;
  std::int64_t across = from_right ? columns - column + 1 : column;
  switch (order) {
    case SeatOrder::column_serpentine:
      if (across % 2 == 0) down = rows - down + 1;
      break;
    case SeatOrder::row_serpentine:
      if (down % 2 == 0) across = columns - across + 1;
      break;
    case SeatOrder::column_down:
    case SeatOrder::row_major:
    case SeatOrder::random:
      break;
  }
  const bool by_rows = order == SeatOrder::row_major || order == SeatOrder::row_serpentine;
  return by_rows ? (down - 1) * columns + across : (across - 1) * rows + down;
}

// The seat number of a desk: its place, less the blocked desks that come before it.
std::int64_t rank_of_desk(const Room& room, const Policy& policy, const PlacementRow& at) {
  const std::int64_t place = place_in_order(room, policy.seat_order, policy.seat_origin, at.row, at.column);
  const auto blocked_before = std::count_if(room.blocked.begin(), room.blocked.end(), [&](Desk desk) {
    return desk.row <= room.row_count && desk.column <= room.column_count &&
           place_in_order(room, policy.seat_order, policy.seat_origin, desk.row, desk.column) < place;
  });
  return place - blocked_before;
}

std::string booklet_at(const PlacementRow& at, int booklets) {
  const bool odd_row = at.row % 2 != 0;
  const bool odd_column = at.column % 2 != 0;
  if (booklets == 1) return "A";
  if (booklets == 2) return odd_row == odd_column ? "A" : "B";
  if (odd_row) return odd_column ? "A" : "B";
  return odd_column ? "C" : "D";
}

// Calls `judge(room, room's index, rows)` for every room with somebody in it.
template <class Judge>
void each_room(const Reading& reading, Judge judge) {
  for (std::size_t room = 0; room < reading.exam.rooms.size(); ++room) {
    const auto people = reading.people_in(RoomIndex(room));
    if (!people.empty()) judge(reading.exam.rooms[room], RoomIndex(room), people);
  }
}

}  // namespace

void judge_double_seats(const Reading& reading, Findings& findings) {
  std::vector<RowIndex> sorted;
  const auto find_shared = [&](RoomIndex room, auto key_of) {
    std::sort(sorted.begin(), sorted.end(), [&](RowIndex a, RowIndex b) {
      return std::tuple(key_of(reading[a]), a) < std::tuple(key_of(reading[b]), b);
    });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      const PlacementRow& first = reading[sorted[i - 1]];
      const PlacementRow& second = reading[sorted[i]];
      if (key_of(first) != key_of(second)) continue;
      findings.add(Code::double_seat, [&] {
        const std::string& a = first.applicant_id.text();
        const std::string& b = second.applicant_id.text();
        return std::pair(name_seat(reading.exam, room, second.seat_no),
                         Text{fmt::format("{} and {} have the same seat (row {}, column {}; row {}, column {})", a, b,
                                          first.row, first.column, second.row, second.column),
                              in_korean("{}[과/와] {}의 좌석이 같습니다({}행 {}열, {}행 {}열)", a, b, first.row,
                                          first.column, second.row, second.column)});
      });
    }
  };
  each_room(reading, [&](const Room&, RoomIndex index, std::span<const RowIndex> people) {
    const auto desk = [](const PlacementRow& at) { return std::tuple(at.row, at.column); };
    sorted.assign(people.begin(), people.end());
    find_shared(index, desk);
    // Two people at different desks with one number; those at the same desk have been told already.
    const auto last = std::unique(sorted.begin(), sorted.end(),
                                  [&](RowIndex a, RowIndex b) { return desk(reading[a]) == desk(reading[b]); });
    sorted.erase(last, sorted.end());
    find_shared(index, [](const PlacementRow& at) { return at.seat_no; });
  });
}

void judge_desks_exist(const Reading& reading, Findings& findings) {
  each_room(reading, [&](const Room& room, RoomIndex index, std::span<const RowIndex> people) {
    for (const RowIndex person : people) {
      const PlacementRow& at = reading[person];
      const bool inside = stands_in(room, at);
      if (inside && !is_blocked(room, at)) continue;
      findings.add(Code::blocked_desk, [&] {
        const std::string name = name_room(reading.exam, index);
        return std::pair(at.applicant_id.text(),
                         inside
                             ? Text{fmt::format("desk row {}, column {} of {} is blocked", at.row, at.column, name),
                                    fmt::format("{}의 {}행 {}열은 사용할 수 없는 책상입니다", name, at.row, at.column)}
                             : Text{fmt::format("{} has no desk in row {}, column {}", name, at.row, at.column),
                                    fmt::format("{}에는 {}행 {}열 책상이 없습니다", name, at.row, at.column)});
      });
    }
  });
}

void judge_desk_gaps(const Reading& reading, Findings& findings) {
  const std::int64_t gap = reading.exam.policy.min_gap_cm;
  if (gap <= 0) return;
  std::vector<RowIndex> sorted;
  each_room(reading, [&](const Room& room, RoomIndex index, std::span<const RowIndex> people) {
    sorted.clear();
    std::copy_if(people.begin(), people.end(), std::back_inserter(sorted),
                 [&](RowIndex person) { return stands_in(room, reading[person]); });
    std::sort(sorted.begin(), sorted.end(), [&](RowIndex a, RowIndex b) {
      return std::tie(reading[a].row, reading[a].column) < std::tie(reading[b].row, reading[b].column);
    });
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      const PlacementRow& first = reading[sorted[i]];
      for (std::size_t j = i + 1; j < sorted.size(); ++j) {
        const PlacementRow& second = reading[sorted[j]];
        const std::int64_t back = (second.row - first.row) * room.row_pitch_cm;
        if (back >= gap) break;
        const std::int64_t side = (second.column - first.column) * room.column_pitch_cm;
        const bool same_desk = first.row == second.row && first.column == second.column;
        if (same_desk || std::abs(side) >= gap || back * back + side * side >= gap * gap) continue;
        findings.add(Code::desk_too_near, [&] {
          const double apart = std::sqrt(static_cast<double>(back * back + side * side));
          return std::pair(name_room(reading.exam, index),
                           Text{fmt::format("{} and {} sit {:.0f} cm apart, the policy wants {} cm",
                                            first.applicant_id.text(), second.applicant_id.text(), apart, gap),
                                in_korean("{}[과/와] {}의 간격이 {:.0f} cm로, 기준 {} cm보다 가깝습니다",
                                            first.applicant_id.text(), second.applicant_id.text(), apart, gap)});
        });
      }
    }
  });
}

void judge_seat_numbers(const Reading& reading, Findings& findings) {
  each_room(reading, [&](const Room& room, RoomIndex index, std::span<const RowIndex> people) {
    for (const RowIndex person : people) {
      const PlacementRow& at = reading[person];
      if (!stands_in(room, at) || is_blocked(room, at)) continue;
      const std::int64_t rank = rank_of_desk(room, reading.exam.policy, at);
      if (at.seat_no == rank) continue;
      findings.add(Code::wrong_seat_no, [&] {
        const std::string name = name_room(reading.exam, index);
        return std::pair(at.applicant_id.text(),
                         Text{fmt::format("row {}, column {} of {} is seat {}, the plan says {}", at.row, at.column,
                                          name, rank, at.seat_no),
                              fmt::format("{}의 {}행 {}열은 {}번 좌석인데 배정안에는 {}번으로 되어 있습니다", name,
                                          at.row, at.column, rank, at.seat_no)});
      });
    }
  });
}

void judge_booklets(const Reading& reading, Findings& findings) {
  for (std::size_t at = 0; at < reading.rows.placements.size(); ++at) {
    const PlacementRow& row = reading.rows.placements[at];
    const std::string booklet = booklet_at(row, reading.exam.policy.booklets);
    if (row.booklet == booklet) continue;
    findings.add(Code::wrong_booklet, [&] {
      return std::pair(row.applicant_id.text(),
                       Text{fmt::format("row {}, column {} gets booklet {}, the plan says '{}'", row.row, row.column,
                                        booklet, row.booklet),
                            in_korean("{}행 {}열의 책형은 {}인데 배정안에는 '{}'[으로/로] 되어 있습니다", row.row,
                                        row.column, booklet, row.booklet)});
    });
  }
}

}  // namespace hanjari::verification
