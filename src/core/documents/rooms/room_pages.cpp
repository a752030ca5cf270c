#include "documents/rooms/room_pages.h"

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
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
  const double share = (right - page_margin) * 0.45;
  pdf_.text(exam_name(exam_, language_), page_margin, page_margin + 8, 8.5, Weight::regular, grey);
  const FittedText title = fit_text(pdf_.book(), title_.in(language_), Weight::bold, 17,
                                    share - (context_.version.empty() ? 0 : edition_width / 2), 24, readable_print);
  draw_fitted(pdf_, title, {page_margin, page_margin + 11, share, 24}, Align::left);
  draw_edition(pdf_, context_, page_margin + title.width() + 12, page_margin + 12);
  draw_fitted(pdf_, fit_text(pdf_.book(), mark, Weight::bold, 20, share, 34, readable_print),
              {right - share, page_margin + 3, share, 34}, Align::right);
  pdf_.line(page_margin, page_margin + 38, right, page_margin + 38, 0.4, pale);
}

void RoomPages::draw_nobody() {
  pdf_.begin_page();
  draw_title(a4_width, venue_.name);
  pdf_.text(say("해당 없음", "None"), a4_width / 2, 140, 11, Weight::regular, grey, Align::center);
  draw_page_foot(a4_width, a4_height, 1, 1);
  pdf_.end_page();
}

std::string RoomPages::seat_words(const Placement& placement) const {
  const std::string seat = std::to_string(placement.seat_no);
  return placement.used_no > 0 ? fmt::format("{} ({})", seat, placement.used_no) : seat;
}

std::string RoomPages::used_note() const {
  if (exam_.policy.seat_numbers != SeatNumbers::used) return {};
  return say("괄호 안은 쓰는 좌석만 센 순번입니다.", "In brackets: the number among the seats in use.");
}

void RoomPages::draw_page_foot(double width, double height, std::size_t page, std::size_t pages) {
  draw_foot(pdf_, planned_, context_, width, height, static_cast<int>(page), static_cast<int>(pages));
}

}  // namespace hanjari::documents
