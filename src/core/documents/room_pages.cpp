#include "documents/room_pages.h"

#include "documents/drawing/page_frame.h"

namespace hanjari::documents {

RoomPages::RoomPages(const PlannedExam& planned, VenueIndex venue, const PaperContext& context, const Text& title,
                     std::vector<RoomPeople> rooms)
    : planned_(planned),
      exam_(planned.exam),
      venue_(exam_[venue]),
      context_(context),
      language_(context.language),
      title_(title),
      pdf_(pdf_info(planned, context, title.in(context.language))),
      rooms_(std::move(rooms)) {}

void RoomPages::draw_title(double width, const std::string& mark) {
  const double right = width - page_margin;
  pdf_.text(exam_name(exam_, language_), page_margin, page_margin + 8, 8.5, Weight::regular, grey);
  pdf_.text(title_.in(language_), page_margin, page_margin + 28, 17, Weight::bold);
  pdf_.text(mark, right, page_margin + 27, 20, Weight::bold, black, Align::right);
  pdf_.line(page_margin, page_margin + 38, right, page_margin + 38, 0.4, pale);
}

void RoomPages::draw_nobody() {
  pdf_.begin_page();
  draw_title(a4_width, venue_.name);
  pdf_.text(say("해당 없음", "None"), a4_width / 2, 140, 11, Weight::regular, grey, Align::center);
  draw_page_foot(a4_width, a4_height, 1, 1);
  pdf_.end_page();
}

void RoomPages::draw_page_foot(double width, double height, std::size_t page, std::size_t pages) {
  draw_foot(pdf_, planned_, context_, width, height, static_cast<int>(page), static_cast<int>(pages));
}

}  // namespace hanjari::documents
