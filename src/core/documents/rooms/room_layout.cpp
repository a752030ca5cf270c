#include "documents/rooms/room_layout.h"

#include "documents/drawing/fitted_text.h"

namespace hanjari::documents {

void draw_board(PdfDocument& pdf, double x, double y, double width, Language language) {
  const double board = std::min(width * 0.5, 220.0);
  const Rectangle area{x + (width - board) / 2, y, board, 15};
  constexpr double size = 9;
  pdf.frame(area, 1, grey);
  pdf.text(language == Language::korean ? "칠판 (앞)" : "Board (front)", area.x + area.width / 2,
           middle_baseline(area.y, area.height, size), size, Weight::regular, black, Align::center);
}

void draw_empty_desks(PdfDocument& pdf, const Room& room, const RoomLayout& layout) {
  for (int row = 1; row <= room.row_count; ++row) {
    for (int column = 1; column <= room.column_count; ++column) {
      const Desk desk{row, column};
      const Rectangle area = layout.desk(desk);
      pdf.frame(area, 0.4, pale);
      if (!std::binary_search(room.blocked.begin(), room.blocked.end(), desk)) continue;
      pdf.line(area.x, area.y, area.x + area.width, area.y + area.height, 0.4, pale);
      pdf.line(area.x + area.width, area.y, area.x, area.y + area.height, 0.4, pale);
    }
  }
}

void draw_seat(PdfDocument& pdf, Rectangle desk, int seat_no, SeatInk ink) {
  const std::string words = std::to_string(seat_no);
  double size = std::min(16.0, desk.height * 0.6);
  size *= std::min(1.0, (desk.width - 2) / pdf.width(words, size, Weight::bold));
  if (ink == SeatInk::filled) {
    pdf.fill(desk, black);
  } else {
    pdf.frame(desk, 1, black);
  }
  pdf.text(words, desk.x + desk.width / 2, middle_baseline(desk.y, desk.height, size), size, Weight::bold,
           ink == SeatInk::filled ? white : black, Align::center);
}

}  // namespace hanjari::documents
