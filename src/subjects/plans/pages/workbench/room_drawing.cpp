#include "plans/pages/workbench/room_drawing.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/seating/seats.h"

namespace hanjari::web {
namespace {

constexpr int desk_width = 108;
constexpr int desk_height = 56;
constexpr int desk_gap = 12;
constexpr int front_height = 44;

std::string draw_taken_desk(int x, int y, const services::DeskUse& use) {
  return fmt::format(
      R"(<rect class="desk taken" x="{0}" y="{1}" width="{2}" height="{3}" rx="6"/><text x="{4}" y="{5}" text-anchor="middle">{6}</text><text class="seat" x="{4}" y="{7}" text-anchor="middle">{8}</text>)",
      x, y, desk_width, desk_height, x + desk_width / 2, y + 34, escape_markup(use.number.text()), y + 16, use.seat_no);
}

std::string draw_empty_desk(int x, int y, bool blocked) {
  return fmt::format(R"(<rect class="desk {}" x="{}" y="{}" width="{}" height="{}" rx="6"/>)",
                     blocked ? "blocked" : "free", x, y, desk_width, desk_height);
}

// The same where people can be moved: what the desk is, for the script.
std::string draw_movable_desk(int x, int y, const services::DeskUse* use, bool blocked, std::size_t seat,
                              const RoomMoves& moves) {
  if (use == nullptr && (blocked || seat == 0)) return draw_empty_desk(x, y, blocked);
  if (use == nullptr) return fmt::format(R"(<g data-seat="{}">{}</g>)", seat, draw_empty_desk(x, y, false));
  const std::string number = escape_markup(use->number.text());
  return fmt::format(R"(<a href="{}{}" data-seat="{}" data-number="{}">{}</a>)",
                     escape_markup(moves.address), use->seat_no, use->seat_no, number,
                     draw_taken_desk(x, y, *use));
}

// By desk, the number of the seat there; desks without one are not in it.
std::map<Desk, std::size_t> seats_by_desk(const Room& room, const RoomMoves* moves) {
  std::map<Desk, std::size_t> seats;
  if (moves == nullptr) return seats;
  const auto desks = seating::desks_in_seat_order(room, moves->policy.seat_order, moves->policy.seat_origin);
  for (std::size_t at = 0; at < desks.size(); ++at) seats[desks[at]] = at + 1;
  return seats;
}

}  // namespace

std::string render_plan_room(const Pages& pages, const VenueCode& venue, const Room& room,
                             const std::vector<services::DeskUse>& people, const RoomMoves* moves, Language language) {
  std::map<Desk, const services::DeskUse*> at;
  for (const services::DeskUse& use : people) at[use.desk] = &use;
  const auto seats = seats_by_desk(room, moves);
  const int width = room.column_count * (desk_width + desk_gap) + desk_gap;
  const int height = front_height + room.row_count * (desk_height + desk_gap) + desk_gap;
  const std::string title = escape_markup(pages.text(language, "workbench.room_drawing"));
  std::string svg = fmt::format(
      R"(<svg class="room-plan{}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="group" aria-label="{}" data-venue="{}" data-room="{}"><title>{}</title><rect class="board" x="{}" y="8" width="{}" height="20" rx="4"/><text x="{}" y="24" text-anchor="middle">{}</text>)",
      moves == nullptr ? "" : " movable", width, height, title, escape_markup(venue.text()), room.room_no, title, width / 4,
      width / 2, width / 2, escape_markup(pages.text(language, "workbench.front")));
  for (int row = 1; row <= room.row_count; ++row) {
    for (int column = 1; column <= room.column_count; ++column) {
      const Desk desk{row, column};
      const auto found = at.find(desk);
      const services::DeskUse* use = found == at.end() ? nullptr : found->second;
      const bool blocked = std::find(room.blocked.begin(), room.blocked.end(), desk) != room.blocked.end();
      const int x = desk_gap + (column - 1) * (desk_width + desk_gap);
      const int y = front_height + (row - 1) * (desk_height + desk_gap);
      if (moves != nullptr) {
        const auto seat = seats.find(desk);
        svg += draw_movable_desk(x, y, use, blocked, seat == seats.end() ? 0 : seat->second, *moves);
      } else {
        svg += use == nullptr ? draw_empty_desk(x, y, blocked) : draw_taken_desk(x, y, *use);
      }
    }
  }
  return svg + "</svg>";
}

}  // namespace hanjari::web
