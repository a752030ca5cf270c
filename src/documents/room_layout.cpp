#include "documents/room_layout.h"

#include "documents/fitted_text.h"

namespace hanjari::documents {

void draw_board(PdfDocument& pdf, double x, double y, double width, Language language) {
  const double board = std::min(width * 0.5, 220.0);
  const Rectangle area{x + (width - board) / 2, y, board, 15};
  constexpr double size = 9;
  pdf.frame(area, 1, grey);
  pdf.text(language == Language::korean ? "칠판 (앞)" : "Board (front)", area.x + area.width / 2,
           middle_baseline(area.y, area.height, size), size, Weight::regular, black, Align::center);
}

void draw_blocked_desk(PdfDocument& pdf, Rectangle area) {
  pdf.frame(area, 0.4, pale);
  pdf.line(area.x, area.y, area.x + area.width, area.y + area.height, 0.4, pale);
  pdf.line(area.x + area.width, area.y, area.x, area.y + area.height, 0.4, pale);
}

}  // namespace hanjari::documents
