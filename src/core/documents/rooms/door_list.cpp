#include "hanjari/documents/door_list.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/paper_fields.h"
#include "documents/paper_registry.h"
#include "documents/rooms/room_layout.h"
#include "documents/rooms/room_pages.h"
#include "documents/tables/table_maker.h"
#include "documents/tables/venue_people.h"
#include "documents/template_content.h"

namespace hanjari::documents {
namespace {

constexpr double inner = a4_width - 2 * page_margin;
constexpr double usual_list_top = page_margin + 168;
constexpr double units_height = 22;
constexpr double list_bottom = a4_height - page_margin - 18;
constexpr double row_height = 22;
constexpr std::size_t rows_beside_drawing = 10;

class DoorLists : private RoomPages {
 public:
  DoorLists(const PlannedExam& planned, VenueIndex venue, const PaperContext& context)
      : RoomPages(planned, venue, context, templates_of(context).tables.at("door_list").title,
                  rooms_of_paper(planned, venue, context)),
        words_(templates_of(context).tables.at("door_list")) {}

  Paper render() {
    std::size_t pages = 0;
    for (const RoomPeople& room : rooms_) pages += pages_of(room);
    if (rooms_.empty()) draw_nobody();
    std::size_t page = 0;
    for (const RoomPeople& room : rooms_) {
      for (std::size_t first = 0; first < room.people.size(); first += most_on_page(room)) {
        draw_page(room, first);
        draw_page_foot(a4_width, a4_height, ++page, pages);
        pdf_.end_page();
      }
    }
    return pdf_.finish();
  }

 private:
  static constexpr std::size_t most_columns = 4;

  // The names of units keep a size that can be read, in as many lines as they take.
  FittedText units_of(const RoomPeople& seated) {
    return fit_text(pdf_.book(), unit_names(exam_, seated.people, language_), Weight::bold, 14, inner, units_height,
                    readable_print);
  }
  double list_top_of(const RoomPeople& seated) {
    return usual_list_top + std::max(0.0, units_of(seated).height() - units_height);
  }
  std::size_t most_on_page(const RoomPeople& seated) {
    const double rows = (list_bottom - list_top_of(seated)) / row_height - 1;
    return static_cast<std::size_t>(std::max(1.0, rows)) * most_columns;
  }
  std::size_t pages_of(const RoomPeople& room) {
    return (room.people.size() + most_on_page(room) - 1) / most_on_page(room);
  }

  void draw_page(const RoomPeople& seated, std::size_t first) {
    const Room& room = exam_[seated.room];
    pdf_.begin_page();
    draw_head(seated, room);
    const double list_top = list_top_of(seated);
    const std::size_t count = std::min(most_on_page(seated), seated.people.size() - first);
    // As few columns as leave room for the drawing; if none do, the list alone in as many as it takes.
    std::size_t columns =
        std::clamp<std::size_t>((count + rows_beside_drawing - 1) / rows_beside_drawing, 2, most_columns);
    const std::size_t rows = (count + columns - 1) / columns;
    const double list_end = draw_list(seated, first, count, columns, rows, list_top);
    const double drawing_top = list_end + 16;
    if (pages_of(seated) == 1 && list_bottom - notes_height() - drawing_top > board_height + 14.0 * room.row_count) {
      draw_desks(seated, room, drawing_top);
    }
    double y = list_bottom - notes_height() + 4;
    for (const Text& note : words_.notes) {
      pdf_.text(note.in(language_), a4_width / 2, y + 10, 10, Weight::regular, black, Align::center);
      y += 14;
    }
  }

  double notes_height() const { return static_cast<double>(words_.notes.size()) * 14 + 4; }

  void draw_head(const RoomPeople& seated, const Room& room) {
    draw_fitted(pdf_, fit_text(pdf_.book(), exam_name(exam_, language_), Weight::regular, 11, inner, 15),
                {page_margin, page_margin, inner, 15}, Align::center, grey);
    const double edition = draw_edition(pdf_, context_, page_margin, page_margin + 18);
    FittedText name = fit_text(pdf_.book(), room_name(room, language_), Weight::bold, 58, inner, 76);
    // The room stands in the middle of the page; beside a long edition its letters are smaller.
    if (const double beside = inner - 2 * (edition + 12); edition > 0 && name.width() > beside)
      name = fit_text(pdf_.book(), room_name(room, language_), Weight::bold, 58, beside, 76);
    draw_fitted(pdf_, name, {page_margin, page_margin + 18, inner, 76}, Align::center);
    std::string place = venue_.name;
    if (const std::string where = room_place(room, language_); !where.empty()) place += "  ·  " + where;
    draw_fitted(pdf_, fit_text(pdf_.book(), place, Weight::regular, 14, inner, 20),
                {page_margin, page_margin + 96, inner, 20}, Align::center);
    const double more = list_top_of(seated) - usual_list_top;
    draw_fitted(pdf_, units_of(seated), {page_margin, page_margin + 117, inner, units_height + more}, Align::center);
    std::string facts =
        people_count(seated.people.size(), language_) + (language_ == Language::korean ? "" : " people");
    facts += "  ·  " + exam_day(exam_, language_);
    const DayTemplate& day = templates_of(context_).day;
    const std::string seated_by = seating_times(day, exam_, seated.people);
    if (!seated_by.empty()) facts += fmt::format("  ·  {} {}", say("입실 완료", "seated by"), seated_by);
    if (const std::string times = exam_times(day, exam_, seated.people, language_); !times.empty())
      facts += "  ·  " + times;
    if (const std::string note = used_note(); !note.empty()) facts += "  ·  " + note;
    draw_fitted(pdf_, fit_text(pdf_.book(), facts, Weight::regular, 12, inner, 18),
                {page_margin, page_margin + 141 + more, inner, 18}, Align::center);
  }

  // Column by column; returns where the list ends.
  double draw_list(const RoomPeople& seated, std::size_t first, std::size_t count, std::size_t columns,
                   std::size_t rows, double list_top) {
    const double gap = 14;
    const double width = (inner - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
    const double seat_width = width * 0.3;
    for (std::size_t column = 0; column < columns && column * rows < count; ++column) {
      const double x = page_margin + static_cast<double>(column) * (width + gap);
      pdf_.fill({x, list_top, width, 16}, tint);
      pdf_.text(say("좌석", "Seat"), x + seat_width / 2, list_top + 11, 8.5, Weight::regular, grey, Align::center);
      pdf_.text(say("응시번호", "Number"), x + seat_width + (width - seat_width) / 2, list_top + 11, 8.5,
                Weight::regular, grey, Align::center);
      double y = list_top + 16;
      for (std::size_t i = column * rows; i < std::min(count, (column + 1) * rows); ++i) {
        const Placement& placement = *seated.people[first + i];
        draw_fitted(pdf_, fit_text(pdf_.book(), seat_words(placement), Weight::bold, 14, seat_width - 2, row_height),
                    {x, y, seat_width, row_height}, Align::center);
        draw_fitted(pdf_,
                    fit_text(pdf_.book(), placement.number.text(), Weight::bold, 15, width - seat_width, row_height),
                    {x + seat_width, y, width - seat_width, row_height}, Align::center);
        y += row_height;
        pdf_.line(x, y, x + width, y, 0.4, pale);
      }
    }
    return list_top + 16 + row_height * static_cast<double>(rows);
  }

  void draw_desks(const RoomPeople& seated, const Room& room, double top) {
    draw_board(pdf_, page_margin, top, inner, language_);
    const double desks_top = top + board_height;
    const RoomLayout layout(room, {page_margin, desks_top, inner, list_bottom - notes_height() - desks_top}, 96, 60,
                            0.08);
    draw_empty_desks(pdf_, room, layout);
    for (const Placement* placement : seated.people) {
      draw_seat(pdf_, layout.desk(placement->desk), placement->seat_no, SeatInk::framed);
    }
  }

  const TableTemplate& words_;
};

}  // namespace

Paper render_door_lists_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  return DoorLists(planned, venue, context).render();
}

TableData door_list_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  const Exam& exam = planned.exam;
  const Language language = context.language;
  const PaperFields& fields = *find_paper_fields("door_list");
  TableData data{{fields.columns.begin(), fields.columns.end()}, {fields.heading.begin(), fields.heading.end()}, {}};
  for (const RoomPeople& seated : rooms_of_paper(planned, venue, context)) {
    const Room& room = exam[seated.room];
    TableSection& section = data.sections.emplace_back();
    section.mark = room_name(room, language);
    section.heading = {exam[venue].name,
                       section.mark,
                       room_place(room, language),
                       unit_names(exam, seated.people, language),
                       people_count(seated.people.size(), language),
                       exam_times(templates_of(context).day, exam, seated.people, language),
                       seating_times(templates_of(context).day, exam, seated.people)};
    for (const Placement* placement : seated.people) {
      const Unit& unit = exam[exam[placement->applicant].unit];
      section.rows.push_back({exam[venue].name, exam[venue].code.text(), static_cast<std::int64_t>(room.room_no),
                              room_place(room, language), static_cast<std::int64_t>(placement->seat_no),
                              fmt::format("{}-{}", placement->desk.row, placement->desk.column),
                              placement->number.text(), series_name(unit, language), unit.code.text(),
                              unit_name(unit, language), used_cell(*placement)});
    }
  }
  return data;
}

}  // namespace hanjari::documents
