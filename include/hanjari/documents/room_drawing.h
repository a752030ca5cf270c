// A room seen from above, the front at the top, as a picture for a page.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"

namespace hanjari::documents {

// What stands out in the drawing.
struct RoomMarks {
  std::optional<Desk> own;     // filled and called "my seat"
  int own_seat_no = 0;         // written on it; 0: not written
  std::vector<Desk> occupied;  // shaded; empty when nothing is to be said about the others
};

// An <svg> element to put into a page as it is: blocked desks crossed out, rows and columns numbered, a legend, <title>
// and <desc> for screen readers. It scales with its box, needs no script and has neither style attributes nor events,
// so the strictest content security policy lets it through. Parts have the classes room-drawing, room-board, room-desk,
// room-desk-occupied, room-desk-own, room-desk-blocked, room-text and room-own-text for a style sheet; without one it
// reads in print and in grey. `id` begins the element ids and must be unique in the page (letters, digits, hyphens).
std::string render_room_svg(const Room& room, const RoomMarks& marks, Language language, std::string_view id = "room");

}  // namespace hanjari::documents
