#include "hanjari/documents/slip.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/drawing/qr_code.h"
#include "documents/local_time.h"
#include "documents/room_layout.h"
#include "documents/tables/venue_people.h"
#include "documents/template_content.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::documents {
namespace {

constexpr double left = page_margin + 8 * mm;
constexpr double right = a4_width - left;
constexpr double inner = right - left;
constexpr double photo_width = 35 * mm;
constexpr double photo_height = 45 * mm;

std::string percent_encoded(const std::string& value) {
  std::string encoded;
  for (const char c : value) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

class SlipPages {
 public:
  SlipPages(const PlannedExam& planned, const PaperContext& context)
      : planned_(planned),
        exam_(planned.exam),
        context_(context),
        language_(context.language),
        korean_(context.language == Language::korean),
        templates_(templates_of(context)),
        pdf_(pdf_info(planned, context, templates_.slip.title.in(context.language))) {}

  void draw(const Placement& placement) {
    const Applicant& applicant = exam_[placement.applicant];
    pdf_.begin_page();
    draw_head();
    draw_person(placement, applicant);
    draw_place(placement);
    draw_times(applicant);
    draw_advice();
    draw_check(placement);
    draw_signature();
    draw_foot(pdf_, planned_, context_, a4_width, a4_height, 1, 1);
    pdf_.end_page();
  }

  Paper finish() { return pdf_.finish(); }

 private:
  static constexpr double person_top = page_margin + 66;
  static constexpr double place_top = person_top + photo_height + 16;
  static constexpr double place_height = 210;
  static constexpr double times_top = place_top + place_height + 14;
  static constexpr double times_height = 56;
  static constexpr double advice_top = times_top + times_height + 22;
  static constexpr double signature_height = 34;
  static constexpr double signature_top = a4_height - page_margin - 22 - signature_height;

  std::string say(const char* ko, const char* en) const { return korean_ ? ko : en; }

  void draw_head() {
    const double width = inner;
    draw_fitted(pdf_, fit_text(pdf_.book(), exam_name(exam_, language_), Weight::regular, 11, width, 16),
                {left, page_margin + 4, width, 16}, Align::center, grey);
    pdf_.begin_tag("H1");
    pdf_.text(templates_.slip.title.in(language_), a4_width / 2, page_margin + 44, 24, Weight::bold, black,
              Align::center);
    pdf_.end_tag("H1");
  }

  // A label above its value.
  void field(const std::string& label, const std::string& value, Rectangle box, double size,
             Weight weight = Weight::bold) {
    constexpr double label_height = 12;
    pdf_.begin_tag("P");
    pdf_.text(label, box.x, box.y + 8, 8, Weight::regular, grey);
    const FittedText fitted = fit_text(pdf_.book(), value, weight, size, box.width, box.height - label_height);
    draw_fitted(pdf_, fitted, {box.x, box.y + label_height, box.width, fitted.height()}, Align::left);
    pdf_.end_tag("P");
  }

  void draw_person(const Placement& placement, const Applicant& applicant) {
    const Unit& unit = exam_[applicant.unit];
    const Rectangle photo{right - photo_width, person_top, photo_width, photo_height};
    draw_photo(photo);

    const double width = photo.x - left - 18;
    const double half = (width - 12) / 2;
    const double middle = left + half + 12;
    constexpr double tall = 46;
    constexpr double low = (photo_height - tall) / 2;
    double y = person_top;
    field(say("응시번호", "Applicant number"), placement.number.text(), {left, y, half, tall - 5}, 21);
    field(say("성명", "Name"), applicant.name, {middle, y, half, tall - 5}, 19);
    y += tall;
    pdf_.line(left, y - 2, left + width, y - 2, 0.4, pale);
    field(say("모집단위", "Unit"), unit_name(unit, language_), {left, y + 3, half, low - 5}, 12);
    field(say("생년월일", "Born"), format_date(applicant.birth_on), {middle, y + 3, half, low - 5}, 12);
    y += low;
    pdf_.line(left, y - 1, left + width, y - 1, 0.4, pale);
    const std::string electives = elective_names(exam_, applicant);
    const std::string support = name_of(applicant.accommodation).in(language_);
    field(say("선택과목", "Electives"), electives.empty() ? "–" : electives, {left, y + 4, half, low - 4}, 11,
          Weight::regular);
    field(say("편의지원", "Support"), support.empty() ? "–" : support, {middle, y + 4, half, low - 4}, 11,
          Weight::regular);
  }

  void draw_photo(Rectangle photo) {
    if (!context_.portrait.empty()) {
      pdf_.begin_tag("Figure", korean_ ? "Alt='응시자 사진'" : "Alt='photo of the applicant'");
      pdf_.picture(photo, context_.portrait);
      pdf_.end_tag("Figure");
      pdf_.frame(photo, 0.6, pale);
      return;
    }
    pdf_.frame(photo, 0.6, pale);
    pdf_.text(say("사진", "Photo"), photo.x + photo.width / 2, photo.y + photo.height / 2 - 3, 9, Weight::regular, grey,
              Align::center);
    pdf_.text("3.5 × 4.5 cm", photo.x + photo.width / 2, photo.y + photo.height / 2 + 10, 7.5, Weight::regular, grey,
              Align::center);
  }

  void draw_place(const Placement& placement) {
    const Venue& venue = exam_[placement.venue];
    const Room& room = exam_[placement.room];
    pdf_.rounded_frame({left, place_top, inner, place_height}, 6, 1, black);
    const double drawing = 190;
    const double width = inner - drawing - 40;
    const double x = left + 16;
    double y = place_top + 14;
    field(say("시험장", "Venue"), venue.name, {x, y, width, 40}, 19);
    y += 40;
    const std::string where = venue.address + (venue.phone.empty() ? "" : "  ☎ " + venue.phone);
    draw_fitted(pdf_, fit_text(pdf_.book(), where, Weight::regular, 10.5, width, 28), {x, y, width, 28}, Align::left);
    y += 38;
    pdf_.line(x, y, x + width, y, 0.4, pale);
    y += 10;
    const double third = width / 3;
    field(say("시험실", "Room"), std::to_string(room.room_no), {x, y, third, 60}, 34);
    field(say("좌석", "Seat"), std::to_string(placement.seat_no), {x + third, y, third, 60}, 34);
    field(say("책형", "Booklet"), booklet_name(placement.booklet), {x + 2 * third, y, third, 60}, 34);
    y += 64;
    const std::string place = room_place(room, language_);
    const std::string desk = fmt::format(fmt::runtime(korean_ ? "앞에서 {}번째 줄, 왼쪽에서 {}번째 자리"
                                                              : "Row {} from the front, column {} from the left"),
                                         placement.desk.row, placement.desk.column);
    draw_fitted(pdf_,
                fit_text(pdf_.book(), place.empty() ? desk : place + "  ·  " + desk, Weight::regular, 10.5, width, 28),
                {x, y, width, 28}, Align::left);
    draw_room(room, placement.desk, placement.seat_no,
              {right - drawing - 14, place_top + 14, drawing, place_height - 28});
  }

  // The room from above, front at the top, with the own seat.
  void draw_room(const Room& room, Desk own, int seat_no, Rectangle box) {
    draw_board(pdf_, box.x, box.y, box.width, language_);
    // Square steps, so that the picture keeps the shape of the room.
    const double height = box.height - board_height;
    const double step = std::min({box.width / room.column_count, height / room.row_count, 38.0});
    const RoomLayout layout(room, {box.x, box.y + board_height, box.width, height}, step, step, 0.13);
    draw_empty_desks(pdf_, room, layout);
    draw_seat(pdf_, layout.desk(own), seat_no, SeatInk::filled);
  }

  void draw_times(const Applicant& applicant) {
    const DayTemplate& day = templates_.day;
    const int end = end_time(day, exam_[applicant.unit], applicant.accommodation);
    const std::string times[4][2] = {
        {say("시험일", "Date"), format_date(exam_.header.exam_on)},
        {say("입실 완료", "Seated by"), format_clock_time(day.seated_by)},
        {say("출입문 닫음", "Gate closes"), format_clock_time(day.gate_closes_at)},
        {say("시험시간", "Exam"), format_clock_time(day.starts_at) + "~" + format_clock_time(end)}};
    pdf_.fill({left, times_top, inner, times_height}, tint);
    const double share = inner / 4;
    for (int i = 0; i < 4; ++i) {
      const double middle = left + share * i + share / 2;
      pdf_.text(times[i][0], middle, times_top + 17, 8.5, Weight::regular, grey, Align::center);
      draw_fitted(pdf_, fit_text(pdf_.book(), times[i][1], Weight::bold, 14, share - 8, 22),
                  {left + share * i + 4, times_top + 20, share - 8, 22}, Align::center);
      if (i > 0)
        pdf_.line(left + share * i, times_top + 10, left + share * i, times_top + times_height - 10, 0.4, pale);
    }
  }

  static constexpr double list_head = 19;
  static constexpr double list_gap = 14;

  std::vector<SharedText> lines_of(const Text& item, double size, double width) {
    return wrap_text(pdf_.book(), item.in(language_), Weight::regular, size, width - 12).lines;
  }

  double list_height(const std::vector<Text>& items, double size, double width) {
    double height = list_head;
    for (const Text& item : items) height += static_cast<double>(lines_of(item, size, width).size()) * size * 1.6;
    return height;
  }

  double draw_list(const std::string& title, const std::vector<Text>& items, double y, double width, double size) {
    pdf_.text(title, left, y, 12, Weight::bold);
    y += list_head;
    for (const Text& item : items) {
      pdf_.begin_tag("P");
      pdf_.text("·", left + 2, y, size, Weight::bold);
      for (const SharedText& line : lines_of(item, size, width)) {
        pdf_.text(line, left + 12, y, size);
        y += size * 1.6;
      }
      pdf_.end_tag("P");
    }
    return y;
  }

  // In letters just small enough to end above the place to sign, whatever a customer's template says.
  void draw_advice() {
    const SlipTemplate& slip = templates_.slip;
    const double width = context_.check_url.empty() ? inner : inner - 128;
    if (advice_size_ == 0) {
      const double room = signature_top - advice_top - list_gap - 4;
      advice_size_ = 10.5;
      while (advice_size_ > 6 &&
             list_height(slip.bring, advice_size_, width) + list_height(slip.rules, advice_size_, width) > room) {
        advice_size_ -= 0.25;
      }
    }
    const double y = draw_list(say("가져올 것", "Bring"), slip.bring, advice_top, width, advice_size_);
    draw_list(say("알아 둘 것", "Please note"), slip.rules, y + list_gap, width, advice_size_);
  }

  // Signed at the desk, before an invigilator who compares it with the identity card.
  void draw_signature() {
    const std::string& words = templates_.slip.signature.in(language_);
    if (words.empty()) return;
    constexpr double line = 150;
    const std::string own = say("응시자 서명", "Signature");
    const double place = right - line - pdf_.width(own, 10, Weight::bold) - 8;
    pdf_.line(left, signature_top, right, signature_top, 0.4, pale);
    draw_fitted(pdf_, fit_text(pdf_.book(), words, Weight::regular, 10, place - left - 10, signature_height),
                {left, signature_top, place - left - 10, signature_height}, Align::left);
    const double baseline = middle_baseline(signature_top, signature_height, 10);
    pdf_.text(own, place, baseline, 10, Weight::bold);
    pdf_.line(right - line, baseline + 3, right, baseline + 3, 0.6, black);
  }

  void draw_check(const Placement& placement) {
    const std::string mark = slip_mark(exam_, placement);
    const std::string spoken = mark.substr(0, 4) + "-" + mark.substr(4, 4) + "-" + mark.substr(8);
    if (context_.check_url.empty()) return;
    constexpr double side = 112;
    const double x = right - side + 8;
    const double y = advice_top - 18;
    draw_qr_code(pdf_, slip_check_address(context_.check_url, exam_, placement), {x, y, side, side});
    const FittedText words =
        wrap_text(pdf_.book(), templates_.slip.check.in(language_), Weight::regular, 7.5, side - 8);
    double line = y + side + 7;
    for (const SharedText& text : words.lines) {
      pdf_.text(text, x + (side - text->width * words.size) / 2, line, words.size, grey);
      line += 10;
    }
    pdf_.text(spoken, x + side / 2, line + 3, 9, Weight::bold, black, Align::center);
  }

  const PlannedExam& planned_;
  const Exam& exam_;
  const PaperContext& context_;
  Language language_;
  bool korean_;
  const TemplateContent& templates_;
  PdfDocument pdf_;
  double advice_size_ = 0;  // the same on every slip of the file
};

}  // namespace

std::string slip_mark(const Exam& exam, const Placement& placement) {
  const std::string said = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", exam.header.code.text(), placement.number.text(),
                                       format_date(exam.header.exam_on), exam[placement.venue].code.text(),
                                       exam[placement.room].room_no, placement.seat_no);
  return sha256(said).hex().substr(0, 12);
}

std::string slip_check_address(const std::string& check_url, const Exam& exam, const Placement& placement) {
  return fmt::format("{}?exam={}&number={}&mark={}", check_url, percent_encoded(exam.header.code.text()),
                     percent_encoded(placement.number.text()), slip_mark(exam, placement));
}

Paper render_slip_pdf(const PlannedExam& planned, ApplicantIndex applicant, const PaperContext& context) {
  const auto& placements = planned.plan.placements;
  const auto found = std::find_if(placements.begin(), placements.end(),
                                  [&](const Placement& one) { return one.applicant == applicant; });
  if (found == placements.end()) {
    throw NotFound("applicant_not_seated",
                   {"the plan gives this applicant no seat", "배정안에 이 응시자의 좌석이 없습니다"});
  }
  SlipPages pages(planned, context);
  pages.draw(*found);
  return pages.finish();
}

Paper render_slips_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context) {
  SlipPages pages(planned, context);
  for (const RoomPeople& room : people_of_paper(planned, venue, context)) {
    for (const Placement* placement : room.people) pages.draw(*placement);
  }
  return pages.finish();
}

}  // namespace hanjari::documents
