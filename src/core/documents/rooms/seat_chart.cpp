#include "hanjari/documents/seat_chart.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/rooms/masked_name.h"
#include "documents/rooms/room_layout.h"
#include "documents/rooms/room_pages.h"
#include "documents/tables/venue_people.h"
#include "documents/template_content.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/unreadable.h"

namespace hanjari::documents {
namespace {

constexpr double tail_height = 64;  // counts, signatures, foot

class SeatCharts : private RoomPages {
 public:
  SeatCharts(const PlannedExam& planned, VenueIndex venue, const PaperContext& context)
      : RoomPages(planned, venue, context, templates_of(context).drawings.at("seat_chart").title,
                  rooms_of_paper(planned, venue, context)),
        words_(templates_of(context).drawings.at("seat_chart")) {}

  Paper render() {
    if (rooms_.empty()) draw_nobody();
    for (std::size_t i = 0; i < rooms_.size(); ++i) draw_room(rooms_[i], i + 1);
    return pdf_.finish();
  }

 private:
  double inner() const { return width_ - 2 * page_margin; }

  void draw_room(const RoomPeople& seated, std::size_t page) {
    const Room& room = exam_[seated.room];
    // Lying when the desks are wider than an upright page has room for at the same height.
    const bool lying = room.column_count * 14 >= room.row_count * 10;
    width_ = lying ? a4_height : a4_width;
    height_ = lying ? a4_width : a4_height;
    pdf_.begin_page(width_, height_);
    draw_title(width_, room_name(room, language_));
    const double top = page_margin + 39 + draw_facts(seated, room) + 3;
    draw_board(pdf_, page_margin, top, inner(), language_);
    const double desks_top = top + board_height;
    const RoomLayout layout(
        room, {page_margin, desks_top, inner(), height_ - page_margin - tail_height - desks_top - notes_height()},
        46 * mm, 30 * mm, 0.05);
    draw_empty_desks(pdf_, room, layout);
    for (const Placement* placement : seated.people) draw_person(*placement, layout.desk(placement->desk));
    draw_tail(seated);
    draw_page_foot(width_, height_, page, rooms_.size());
    pdf_.end_page();
  }

  // Returns its height: units keep a size that can be read, in as many lines as they take.
  double draw_facts(const RoomPeople& seated, const Room& room) {
    std::string facts = venue_.name;
    const auto add = [&](const std::string& fact) {
      if (!fact.empty()) facts += "  ·  " + fact;
    };
    add(room_place(room, language_));
    add(unit_names(exam_, seated.people, language_));
    add(exam_day(exam_, language_));
    add(exam_times(templates_of(context_).day, exam_, seated.people, language_));
    add(used_note());
    const FittedText fitted = fit_text(pdf_.book(), facts, Weight::regular, 10, inner(), 26, readable_print);
    const double height = std::max(20.0, fitted.height() + 4);
    draw_fitted(pdf_, fitted, {page_margin, page_margin + 39, inner(), height}, Align::left);
    return height;
  }

  // Seat and booklet above, the number in the middle, the masked name and the box for absence below.
  void draw_person(const Placement& placement, Rectangle area) {
    const Applicant& applicant = exam_[placement.applicant];
    pdf_.frame(area, 0.8, black);
    const double small = std::clamp(area.height * 0.16, 5.5, 11.0);
    const double edge = std::min(4.0, area.width * 0.05);
    const double line = area.height / 3;
    const double left = area.x + edge;
    const double width = area.width - 2 * edge;
    pdf_.text(seat_words(placement), left, middle_baseline(area.y, line, small), small, Weight::bold);
    pdf_.text(booklet_name(placement.booklet), left + width, middle_baseline(area.y, line, small), small,
              Weight::regular, black, Align::right);
    const double large = std::min(15.0, line * 0.95);
    draw_fitted(pdf_, fit_text(pdf_.book(), placement.number.text(), Weight::bold, large, width, line),
                {left, area.y + line, width, line}, Align::center);
    const double box = small * 0.95;
    const double name_width = width - box - 3;
    const std::string name = is_unreadable(applicant) ? applicant.name : masked_name(applicant.name);
    draw_fitted(pdf_,
                fit_text(pdf_.book(), name, Weight::regular, small * 1.05, name_width, line),
                {left, area.y + 2 * line, name_width, line}, Align::left);
    pdf_.frame({left + width - box, area.y + 2 * line + (line - box) / 2, box, box}, 0.6, grey);
  }

  double notes_height() const { return static_cast<double>(words_.notes.size()) * 12; }

  void draw_tail(const RoomPeople& seated) {
    double y = height_ - page_margin - tail_height + 8 - notes_height();
    for (const Text& note : words_.notes) {
      pdf_.text(note.in(language_), page_margin, y + 8, 8, Weight::regular, grey);
      y += 12;
    }
    const std::string places[] = {
        fmt::format("{} {}", say("재적", "Enrolled"), people_count(seated.people.size(), language_)),
        say("응시            명", "Present ______"),
        say("결시            명", "Absent ______"),
        booklet_counts(seated.people),
        say("정감독관                      (서명)", "Invigilator 1 ____________"),
        say("부감독관                      (서명)", "Invigilator 2 ____________"),
    };
    const double shares[] = {0.12, 0.13, 0.13, 0.18, 0.22, 0.22};
    constexpr double height = 24;
    pdf_.fill({page_margin, y, inner(), height}, tint);
    double x = page_margin + 5;
    for (std::size_t i = 0; i < std::size(shares); ++i) {
      const double width = inner() * shares[i] - 6;
      draw_fitted(pdf_, fit_text(pdf_.book(), places[i], i == 0 ? Weight::bold : Weight::regular, 9.5, width, height),
                  {x, y, width, height}, Align::left);
      x += inner() * shares[i];
    }
  }

  const DrawingTemplate& words_;
  double width_ = a4_width;
  double height_ = a4_height;
};

}  // namespace

Paper render_seat_charts_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  return SeatCharts(planned, venue, context).render();
}

}  // namespace hanjari::documents
