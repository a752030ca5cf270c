#include "hanjari/documents/desk_label.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/drawing/copy_mark.h"
#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/rooms/room_pages.h"
#include "documents/tables/venue_people.h"
#include "documents/template_content.h"

namespace hanjari::documents {
namespace {

constexpr int label_columns = 3;
constexpr int label_rows = 8;
constexpr std::size_t labels_per_sheet = label_columns * label_rows;
constexpr double label_width = 70 * mm;
constexpr double label_height = 36 * mm;
constexpr double top_margin = 4.5 * mm;
constexpr double padding = 4.5 * mm;  // label paper shifts in the printer

class DeskLabels : private RoomPages {
 public:
  DeskLabels(const PlannedExam& planned, VenueIndex venue, const PaperContext& context)
      : RoomPages(planned, venue, context, templates_of(context).drawings.at("desk_label").title,
                  people_of_paper(planned, venue, context)) {
    const std::string& digest = context.plan_digest.empty() ? planned.plan.digest : context.plan_digest;
    edition_ = short_digest(digest);
    if (!context.version.empty()) edition_ += (edition_.empty() ? "" : " · ") + context.version;
  }

  Paper render() {
    if (rooms_.empty()) draw_nobody();
    const std::vector<Sheet> sheets = lay_sheets();
    for (std::size_t i = 0; i < sheets.size(); ++i) draw_sheet(sheets[i], i + 1, sheets.size());
    return pdf_.finish();
  }

 private:
  using Sheet = std::vector<const Placement*>;

  // A room begins a new sheet, unless the template says that labels run on; a handful of labels printed again do.
  std::vector<Sheet> lay_sheets() const {
    const bool over_rooms = templates_of(context_).drawings.at("desk_label").over_rooms || context_.only != nullptr;
    std::vector<Sheet> sheets;
    for (const RoomPeople& room : rooms_) {
      if (!over_rooms || sheets.empty()) sheets.emplace_back();
      for (const Placement* placement : room.people) {
        if (sheets.back().size() == labels_per_sheet) sheets.emplace_back();
        sheets.back().push_back(placement);
      }
    }
    return sheets;
  }

  void draw_sheet(const Sheet& people, std::size_t sheet, std::size_t sheets) {
    pdf_.begin_page();
    for (std::size_t i = 0; i < people.size(); ++i) {
      draw_label(*people[i],
                 {static_cast<double>(i % label_columns) * label_width,
                  top_margin + static_cast<double>(i / label_columns) * label_height, label_width, label_height});
    }
    // The strips above and below the labels are narrower than what many printers leave white: the mark of the copy stands under the
    // first label's name.
    draw_mark(pdf_, context_.mark, label_width / 2, top_margin + label_height - 1.2 * mm);
    for (int column = 1; column < label_columns; ++column) {
      pdf_.line(column * label_width, top_margin, column * label_width, top_margin + label_rows * label_height, 0.25, pale);
    }
    for (int row = 0; row <= label_rows; ++row) {
      pdf_.line(0, top_margin + row * label_height, a4_width, top_margin + row * label_height, 0.25, pale);
    }
    std::string rooms = room_name(exam_[people.front()->room], language_);
    if (people.back()->room != people.front()->room) rooms += " ~ " + room_name(exam_[people.back()->room], language_);
    draw_sheet_foot(rooms, sheet, sheets);
    pdf_.end_page();
  }

  // In the narrow strip below the labels.
  void draw_sheet_foot(const std::string& room, std::size_t sheet, std::size_t sheets) {
    constexpr double size = 5.5;
    const double y = top_margin + label_rows * label_height + 7;
    constexpr double third = (a4_width - 2 * padding) / 3;
    const Rectangle strip{padding, y - size, third - 6, size * 1.3};
    const auto fitted = [&](const std::string& words) {
      return fit_text(pdf_.book(), words, Weight::regular, size, strip.width, 10);
    };
    draw_fitted(pdf_, fitted(fmt::format("{}  ·  {}", venue_.name, room)), strip, Align::left, grey);
    draw_fitted(pdf_, fitted(provenance(planned_, context_)), {strip.x + third, strip.y, strip.width, strip.height},
                Align::center, grey);
    std::string right = context_.taken_by.empty() ? "" : say("발급 ", "taken by ") + context_.taken_by + "  ·  ";
    if (!context_.mark.empty()) right += context_.mark + "  ·  ";
    right += fmt::format(fmt::runtime(say("{} / {} 쪽", "page {} of {}")), sheet, sheets);
    draw_fitted(pdf_, fitted(right), {strip.x + 2 * third + 6, strip.y, strip.width, strip.height}, Align::right,
                context_.mark.empty() ? grey : black);
  }

  void draw_label(const Placement& placement, Rectangle label) {
    const Applicant& applicant = exam_[placement.applicant];
    const double x = label.x + padding;
    const double width = label.width - 2 * padding;
    const double top = label.y + 3.2 * mm;
    const std::string room = room_name(exam_[placement.room], language_);
    const double room_width = std::min(width * 0.45, pdf_.width(room, 9, Weight::bold));
    const FittedText school =
        fit_text(pdf_.book(), venue_.name, Weight::regular, 8, width - room_width - 6, 14, readable_print);
    const double head = std::max(14.0, school.height());
    draw_fitted(pdf_, school, {x, top, width - room_width - 6, head}, Align::left, grey);
    draw_fitted(pdf_, fit_text(pdf_.book(), room, Weight::bold, 9, room_width + 1, head),
                {x + width - room_width - 1, top, room_width + 1, head}, Align::right);
    pdf_.line(x, top + head + 2, x + width, top + head + 2, 0.5, grey);

    const double seat_width = 40;
    const double body = top + head + 4;
    const double body_height = label.y + label.height - 3.2 * mm - body;
    pdf_.text(say("좌석", "Seat"), x + seat_width / 2, body + 9, 7, Weight::regular, grey, Align::center);
    const double used_height = placement.used_no > 0 ? 12 : 0;
    const double seat_height = body_height - 12 - used_height;
    draw_fitted(pdf_,
                fit_text(pdf_.book(), std::to_string(placement.seat_no), Weight::bold, 30, seat_width, seat_height),
                {x, body + 10, seat_width, seat_height}, Align::center);
    if (placement.used_no > 0) {
      pdf_.text(fmt::format("{} {}", say("순번", "in use"), placement.used_no), x + seat_width / 2,
                body + body_height - 3, 8.5, Weight::bold, black, Align::center);
    }
    pdf_.line(x + seat_width + 3, body + 3, x + seat_width + 3, body + body_height - 2, 0.4, pale);
    const double person = x + seat_width + 9;
    const double person_width = x + width - person;
    const double half = (body_height - 8) / 2;
    draw_fitted(pdf_, fit_text(pdf_.book(), placement.number.text(), Weight::bold, 19, person_width, half),
                {person, body, person_width, half}, Align::left);
    draw_fitted(pdf_, fit_text(pdf_.book(), applicant.name, Weight::regular, 15, person_width, half),
                {person, body + half, person_width, half}, Align::left);
    pdf_.text(edition_, x + width, label.y + label.height - 3.2 * mm, 4.5, Weight::regular, grey, Align::right);
  }

  std::string edition_;
};

}  // namespace

Paper render_desk_labels_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  return DeskLabels(planned, venue, context).render();
}

}  // namespace hanjari::documents
