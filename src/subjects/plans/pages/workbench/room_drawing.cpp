#include "plans/pages/workbench/room_drawing.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

constexpr int desk_width = 108;
constexpr int desk_height = 56;
constexpr int desk_gap = 12;
constexpr int front_height = 44;

std::string draw_desk(int x, int y, const services::DeskUse* use, bool blocked, const std::string& move_address) {
  if (use == nullptr) {
    return fmt::format(R"(<rect class="desk {}" x="{}" y="{}" width="{}" height="{}" rx="6"/>)",
                       blocked ? "blocked" : "free", x, y, desk_width, desk_height);
  }
  const std::string words = fmt::format(
      R"(<rect class="desk taken" x="{0}" y="{1}" width="{2}" height="{3}" rx="6"/><text x="{4}" y="{5}" text-anchor="middle">{6}</text><text class="seat" x="{4}" y="{7}" text-anchor="middle">{8}</text>)",
      x, y, desk_width, desk_height, x + desk_width / 2, y + 34, escape_markup(use->number.text()), y + 16, use->seat_no);
  if (move_address.empty()) return words;
  return fmt::format(R"(<a href="{}{}" tabindex="-1" data-number="{}">{}</a>)", escape_markup(move_address),
                     encode_percent(use->number.text()), escape_markup(use->number.text()), words);
}

}  // namespace

std::string render_plan_room(const Pages& pages, const Room& room, const std::vector<services::DeskUse>& people,
                             const std::string& move_address, Language language) {
  std::map<Desk, const services::DeskUse*> at;
  for (const services::DeskUse& use : people) at[use.desk] = &use;
  const int width = room.column_count * (desk_width + desk_gap) + desk_gap;
  const int height = front_height + room.row_count * (desk_height + desk_gap) + desk_gap;
  std::string svg = fmt::format(
      R"(<svg class="room-plan" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="group" aria-labelledby="room-plan-name"><title id="room-plan-name">{}</title><rect class="board" x="{}" y="8" width="{}" height="20" rx="4"/><text x="{}" y="24" text-anchor="middle">{}</text>)",
      width, height, escape_markup(pages.text(language, "workbench.room_drawing")), width / 4, width / 2, width / 2,
      escape_markup(pages.text(language, "workbench.front")));
  for (int row = 1; row <= room.row_count; ++row) {
    for (int column = 1; column <= room.column_count; ++column) {
      const Desk desk{row, column};
      const auto found = at.find(desk);
      const bool blocked = std::find(room.blocked.begin(), room.blocked.end(), desk) != room.blocked.end();
      svg += draw_desk(desk_gap + (column - 1) * (desk_width + desk_gap),
                       front_height + (row - 1) * (desk_height + desk_gap), found == at.end() ? nullptr : found->second,
                       blocked, move_address);
    }
  }
  return svg + "</svg>";
}

}  // namespace hanjari::web
