// Where the desks of a room stand on a page: seen from above, the front at the top.
#pragma once

#include <algorithm>

#include "documents/drawing/pdf_document.h"
#include "hanjari/domain/exam.h"

namespace hanjari::documents {

class RoomLayout {
 public:
  // Desks spread over the whole box, none larger than most_width x most_height points, the gaps between them being a
  // share of their step.
  RoomLayout(const Room& room, Rectangle box, double most_width, double most_height, double gap = 0.08)
      : step_x_(std::min(box.width / std::max(1, room.column_count), most_width)),
        step_y_(std::min(box.height / std::max(1, room.row_count), most_height)),
        gap_(gap),
        left_(box.x + (box.width - step_x_ * room.column_count) / 2),
        top_(box.y) {}

  Rectangle desk(Desk at) const {
    const double gap = gap_ * std::min(step_x_, step_y_);
    return {left_ + (at.column - 1) * step_x_ + gap, top_ + (at.row - 1) * step_y_ + gap, step_x_ - 2 * gap,
            step_y_ - 2 * gap};
  }
  double height(const Room& room) const { return step_y_ * room.row_count; }

 private:
  double step_x_;
  double step_y_;
  double gap_;
  double left_;
  double top_;
};

// The board at the front, centred in a strip of the page; the strip is board_height points high.
constexpr double board_height = 22;
void draw_board(PdfDocument& pdf, double x, double y, double width, Language language);

// Every desk as a pale frame, crossed where it may not be used.
void draw_empty_desks(PdfDocument& pdf, const Room& room, const RoomLayout& layout);

// A seat number on its desk: on a black ground the reader's own one, in a black frame everybody's.
enum class SeatInk { framed, filled };
void draw_seat(PdfDocument& pdf, Rectangle desk, int seat_no, SeatInk ink);

}  // namespace hanjari::documents
