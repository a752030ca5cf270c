#include "hanjari/documents/slip.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/drawing/portrait.h"
#include "documents/drawing/qr_code.h"
#include "documents/local_time.h"
#include "documents/rooms/room_layout.h"
#include "documents/tables/venue_people.h"
#include "documents/template_content.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/unreadable.h"

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
        pdf_(read_aloud(pdf_info(planned, context, templates_.slip.title.in(context.language)), context.language)) {}

  void draw(const Placement& placement) {
    const Applicant& applicant = exam_[placement.applicant];
    pdf_.begin_page();
    lay(placement, applicant);
    lay_advice(placement);
    const int pages = static_cast<int>(advice_.size());
    draw_head();
    draw_person(applicant);
    draw_place(placement);
    draw_times(applicant);
    draw_advice(advice_.front(), advice_top_);
    draw_check(placement);
    draw_authority();
    draw_signature();
    draw_foot(pdf_, planned_, context_, a4_width, a4_height, 1, pages);
    pdf_.end_page();
    for (int page = 2; page <= pages; ++page) {
      pdf_.begin_page();
      draw_more(placement, advice_[static_cast<std::size_t>(page) - 1]);
      draw_foot(pdf_, planned_, context_, a4_width, a4_height, page, pages);
      pdf_.end_page();
    }
  }

  Paper finish() { return pdf_.finish(); }

 private:
  static constexpr double person_top = page_margin + 66;
  static constexpr double label_height = 12;
  static constexpr double person_width = right - photo_width - left - 18;
  static constexpr double tall_place = 210;  // with the room as large as it can be read best
  static constexpr double low_place = 172;   // where somebody issues the slip or tells the way
  static constexpr double times_height = 56;
  static constexpr double signature_height = 34;
  static constexpr double signature_top = a4_height - page_margin - 22 - signature_height;

  std::string say(const char* ko, const char* en) const { return korean_ ? ko : en; }

  // A label above its value, in a row that grows with what it has to say: names keep a size that can be read.
  struct Field {
    std::string label;
    FittedText value;
    double x = 0;
  };
  struct Row {
    std::vector<Field> fields;
    double height = 0;
  };

  Field field_of(const std::string& label, const std::string& value, double x, double width, double height, double size,
                 Weight weight = Weight::bold) {
    return {label, fit_text(pdf_.book(), value, weight, size, width, height - label_height, readable_print), x};
  }

  static Row row_of(std::vector<Field> fields, double least) {
    Row row{std::move(fields), least};
    for (const Field& field : row.fields) row.height = std::max(row.height, field.value.height() + label_height + 6);
    return row;
  }

  void draw_field(const Field& field, double y) {
    pdf_.begin_tag("P");
    pdf_.text(field.label, field.x, y + 8, 8, Weight::regular, grey);
    draw_fitted(pdf_, field.value, {field.x, y + label_height, person_width, field.value.height()}, Align::left);
    pdf_.end_tag("P");
  }
  void draw_field(const std::string& label, const std::string& value, Rectangle box, double size) {
    draw_field(field_of(label, value, box.x, box.width, box.height, size), box.y);
  }

  // Where everything stands: what grows moves what is below it.
  void lay(const Placement& placement, const Applicant& applicant) {
    const Unit& unit = exam_[applicant.unit];
    const double half = (person_width - 12) / 2;
    const double middle = left + half + 12;
    const double wide = person_width * 0.64;
    const double narrow = left + wide + 12;
    const std::string electives = elective_names(exam_, applicant, context_);
    const std::string support = name_of(applicant.accommodation).in(language_);
    rows_.clear();
    rows_.push_back(row_of({field_of(say("응시번호", "Applicant number"), placement.number.text(), left, half, 41, 21),
                            field_of(say("성명", "Name"), applicant.name, middle, half, 41, 19)},
                           46));
    rows_.push_back(row_of({field_of(say("모집단위", "Unit"), unit_name(unit, language_), left, wide, 34, 12),
                            field_of(say("생년월일", "Born"), write_plain_day(applicant.birth_on).in(language_), narrow,
                                     left + person_width - narrow, 34, 12)},
                           40));
    rows_.push_back(row_of({field_of(say("선택과목", "Electives"), electives.empty() ? "–" : electives, left, half, 34,
                                     11, Weight::regular),
                            field_of(say("편의지원", "Support"), support.empty() ? "–" : support, middle, half, 34, 11,
                                     Weight::regular)},
                           40));
    double person_height = 0;
    for (const Row& row : rows_) person_height += row.height;
    const SlipTemplate& slip = templates_.slip;
    const bool issued = !slip.authority.in(language_).empty() || slip.seal != nullptr;
    const bool is_full = issued || templates_.ways.contains(exam_[placement.venue].code.text());
    place_height_ = is_full ? low_place : tall_place;
    place_top_ = person_top + std::max(photo_height, person_height) + (is_full ? 10 : 16);
    times_top_ = place_top_ + place_height_ + 12;
    advice_top_ = times_top_ + times_height + 22;
    authority_top_ = signature_top;
    if (!issued) return;
    authority_top_ -= std::max(34.0, slip.seal == nullptr ? 0 : slip.seal_mm * mm + 6);
  }

  void draw_head() {
    const FittedText exam = fit_text(pdf_.book(), exam_name(exam_, language_), Weight::regular, 11, inner, 16);
    pdf_.begin_tag("H1");
    draw_fitted(pdf_, exam, {left, page_margin + 4, inner, 16}, Align::center, grey);
    pdf_.text(templates_.slip.title.in(language_), a4_width / 2, page_margin + 44, 24, Weight::bold, black, Align::center);
    pdf_.end_tag("H1");
    draw_edition(pdf_, context_, left, page_margin + 26);
  }

  void draw_person(const Applicant& applicant) {
    draw_photo({right - photo_width, person_top, photo_width, photo_height}, applicant);
    double y = person_top;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i > 0) pdf_.line(left, y - 3, left + person_width, y - 3, 0.4, pale);
      for (const Field& field : rows_[i].fields) draw_field(field, y);
      y += rows_[i].height;
    }
  }

  void draw_photo(Rectangle photo, const Applicant& applicant) {
    if (const std::string portrait = portrait_of(context_, applicant); !portrait.empty()) {
      pdf_.begin_tag("Figure", korean_ ? "Alt='응시자 사진'" : "Alt='photo of the applicant'");
      pdf_.picture(photo, portrait);
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
    pdf_.rounded_frame({left, place_top_, inner, place_height_}, 6, 1, black);
    const double drawing = 190;
    const double width = inner - drawing - 40;
    const double x = left + 16;
    const double tight = place_height_ < tall_place ? 8 : 0;
    double y = place_top_ + 14 - tight / 2;
    draw_field(say("시험장", "Venue"), venue.name, {x, y, width, 40}, 19);
    y += 40 - tight / 2;
    const std::string where = venue.address + (venue.phone.empty() ? "" : "  ☎ " + venue.phone);
    const double address_top = y;
    y += 38 - tight;
    pdf_.line(x, y, x + width, y, 0.4, pale);
    y += 10 - tight / 2;
    const double third = width / 3;
    draw_field(say("시험실", "Room"), std::to_string(room.room_no), {x, y, third, 60}, 34);
    draw_field(say("좌석", "Seat"), std::to_string(placement.seat_no), {x + third, y, third, 60}, 34);
    draw_field(say("책형", "Booklet"), booklet_name(placement.booklet), {x + 2 * third, y, third, 60}, 34);
    if (placement.used_no > 0) {
      pdf_.text(fmt::format("{} {}", say("순번", "in use: no."), placement.used_no), x + third, y + 61, 9.5,
                Weight::bold);
    }
    y += 64 - tight / 2;
    const std::string place = room_place(room, language_);
    const std::string desk = fmt::format(fmt::runtime(korean_ ? "앞에서 {}번째 줄, 왼쪽에서 {}번째 자리"
                                                              : "Row {} from the front, column {} from the left"),
                                         placement.desk.row, placement.desk.column);
    const FittedText spot = fit_text(pdf_.book(), place.empty() ? desk : place + "  ·  " + desk, Weight::regular, 10.5, width, 28);
    pdf_.begin_tag("P");
    draw_fitted(pdf_, fit_text(pdf_.book(), where, Weight::regular, 10.5, width, 28), {x, address_top, width, 28}, Align::left);
    draw_fitted(pdf_, spot, {x, y, width, 28}, Align::left);
    pdf_.end_tag("P");
    draw_room(room, placement.desk, placement.seat_no,
              {right - drawing - 14, place_top_ + 12, drawing, place_height_ - 24});
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

  // Only what somebody has said: a unit without a start has a date and no time.
  void draw_times(const Applicant& applicant) {
    const DayTemplate& day = templates_.day;
    const Unit& unit = exam_[applicant.unit];
    const std::string zone = name_time_zone(instant_of(exam_.header.exam_on, 720, exam_.header.time_zone),
                                            exam_.header.time_zone)
                                 .in(language_);
    std::vector<std::pair<std::string, std::string>> times{{say("시험일", "Date"), exam_day(exam_, language_)}};
    const auto add = [&](const char* ko, const char* en, std::optional<int> minutes) {
      if (minutes) times.emplace_back(fmt::format("{} ({})", say(ko, en), zone), format_clock_time(*minutes));
    };
    add("입실 완료", "Seated by", seating_time(day, unit));
    add("출입문 닫음", "Gate closes", day.gate_closes_at);
    add("시험 시작", "Exam", start_time(day, unit));
    if (const auto end = end_time(day, unit, applicant.accommodation)) {
      times.back() = {fmt::format("{} ({})", say("시험시간", "Exam"), zone),
                      times.back().second + "~" + format_clock_time(*end)};
    }
    pdf_.fill({left, times_top_, inner, times_height}, tint);
    // A day in words is longer than a time of day.
    constexpr double day_weight = 1.4;
    const double share = inner / (day_weight + static_cast<double>(times.size() - 1));
    double x = left;
    pdf_.begin_tag("P");
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double width = i == 0 ? share * day_weight : share;
      const FittedText time = fit_text(pdf_.book(), times[i].second, Weight::bold, 14, width - 8, 22);
      pdf_.text(times[i].first, x + width / 2, times_top_ + 17, 8.5, Weight::regular, grey, Align::center);
      draw_fitted(pdf_, time, {x + 4, times_top_ + 20, width - 8, 22}, Align::center);
      if (i > 0) pdf_.line(x, times_top_ + 10, x, times_top_ + times_height - 10, 0.4, pale);
      x += width;
    }
    pdf_.end_tag("P");
  }

  struct Advice {
    std::string title;
    std::vector<Text> items;
  };

  // The way to the school, what to bring, what to know: what the templates say of each.
  std::vector<Advice> advice_of(const Placement& placement) const {
    const SlipTemplate& slip = templates_.slip;
    std::vector<Advice> all;
    const auto way = templates_.ways.find(exam_[placement.venue].code.text());
    if (way != templates_.ways.end() && !way->second.in(language_).empty())
      all.push_back({say("오시는 길", "How to get there"), {way->second}});
    if (!slip.bring.empty()) all.push_back({say("준비물", "What to bring"), slip.bring});
    if (!slip.rules.empty()) all.push_back({say("유의사항", "Please note"), slip.rules});
    return all;
  }

  static constexpr double list_head = 17;
  static constexpr double list_gap = 11;
  static constexpr double least_advice = 8;    // smaller letters would not be read
  static constexpr double advice_on_more = 9;  // where it goes on on another page
  static constexpr double more_top = page_margin + 96;
  static constexpr double more_bottom = a4_height - page_margin - 22;
  static constexpr double hint_height = 14;

  // A line of advice: titles and items stand in the order of the page.
  struct AdviceLine {
    SharedText text;
    bool is_title = false;
    bool begins_item = false;
    double advance = 0;  // to the baseline of the next line
  };
  using AdviceSheet = std::vector<AdviceLine>;

  AdviceSheet lines_of(const std::vector<Advice>& all, double size, double width) {
    AdviceSheet lines;
    for (const Advice& one : all) {
      if (!lines.empty()) lines.back().advance += list_gap;
      lines.push_back({pdf_.book().shape(one.title, Weight::bold), true, false, list_head});
      for (const Text& item : one.items) {
        const FittedText wrapped = wrap_text(pdf_.book(), item.in(language_), Weight::regular, size, width - 12);
        for (const SharedText& line : wrapped.lines)
          lines.push_back({line, false, &line == &wrapped.lines.front(), size * 1.6});
      }
    }
    return lines;
  }

  static double height_of(const AdviceSheet& lines) {
    double height = 0;
    for (const AdviceLine& line : lines) height += line.advance;
    return height;
  }

  // What fits above the place to sign, and pages for the rest. A title goes with its first line.
  static std::vector<AdviceSheet> split(const AdviceSheet& lines, double first_room) {
    std::vector<AdviceSheet> sheets(1);
    double room = first_room - hint_height;
    double used = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      double needed = lines[i].advance;
      if (lines[i].is_title && i + 1 < lines.size()) needed += lines[i + 1].advance;
      if (used + needed > room && (sheets.size() == 1 || !sheets.back().empty())) {
        sheets.emplace_back();
        room = more_bottom - more_top;
        used = 0;
      }
      sheets.back().push_back(lines[i]);
      used += lines[i].advance;
    }
    return sheets;
  }

  // In letters just small enough to end above the place to sign, whatever a customer's template says; what is too long
  // for letters that can be read goes on on pages of its own. Kept for the next slip of the same shape.
  void lay_advice(const Placement& placement) {
    const double width = context_.check_url.empty() ? inner : inner - 128;
    const double room = authority_top_ - advice_top_ - 4;
    const std::pair<double, std::string> shape{room, exam_[placement.venue].code.text()};
    if (!advice_.empty() && shape == advice_shape_) return;
    advice_shape_ = shape;
    const std::vector<Advice> all = advice_of(placement);
    advice_size_ = 10.5;
    AdviceSheet lines = lines_of(all, advice_size_, width);
    while (advice_size_ > least_advice && height_of(lines) > room) {
      advice_size_ -= 0.25;
      lines = lines_of(all, advice_size_, width);
    }
    if (height_of(lines) <= room) {
      advice_.assign(1, std::move(lines));
      return;
    }
    advice_size_ = advice_on_more;
    advice_ = split(lines_of(all, advice_size_, width), room);
  }

  void draw_advice(const AdviceSheet& lines, double y) {
    for (const AdviceLine& line : lines) {
      if (line.is_title) {
        pdf_.text(line.text, left, y, 12);
      } else {
        pdf_.begin_tag("P");
        if (line.begins_item) pdf_.text("·", left + 2, y, advice_size_, Weight::bold);
        pdf_.text(line.text, left + 12, y, advice_size_);
        pdf_.end_tag("P");
      }
      y += line.advance;
    }
    if (&lines == &advice_.back()) return;
    pdf_.text(say("다음 쪽에 이어집니다", "continued on the next page"), left + 12, y, 8, Weight::regular, grey);
  }

  // The page that goes on says whose slip it belongs to.
  void draw_more(const Placement& placement, const AdviceSheet& lines) {
    draw_head();
    const std::string whose = placement.number.text() + "  " + exam_[placement.applicant].name;
    draw_fitted(pdf_, fit_text(pdf_.book(), whose, Weight::bold, 12, inner, 18),
                {left, page_margin + 54, inner, 18}, Align::center);
    draw_advice(lines, more_top);
  }

  // Who issues the slip, with the seal over the end of the name as seals are set.
  void draw_authority() {
    const SlipTemplate& slip = templates_.slip;
    const std::string& name = slip.authority.in(language_);
    if (authority_top_ == signature_top) return;
    const double height = signature_top - authority_top_;
    const double side = slip.seal == nullptr ? 0 : slip.seal_mm * mm;
    const FittedText words = fit_text(pdf_.book(), name, Weight::bold, 17, inner - side, height, readable_print);
    const double begin = left + (inner - words.width() - side * 0.7) / 2;
    pdf_.begin_tag("P");
    draw_fitted(pdf_, words, {begin, authority_top_, words.width(), height}, Align::left);
    pdf_.end_tag("P");
    if (slip.seal == nullptr) return;
    pdf_.begin_tag("Figure", korean_ ? "Alt='직인'" : "Alt='official seal'");
    pdf_.stamp({begin + words.width() - side * 0.3, authority_top_ + (height - side) / 2, side, side}, *slip.seal);
    pdf_.end_tag("Figure");
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
    if (context_.check_url.empty()) return;
    const std::string mark = slip_mark(exam_, placement);
    const std::string spoken = mark.substr(0, 4) + "-" + mark.substr(4, 4) + "-" + mark.substr(8);
    constexpr double side = 112;
    const double x = right - side + 8;
    const double y = advice_top_ - 18;
    draw_qr_code(pdf_, slip_check_address(context_.check_url, exam_, placement), {x, y, side, side});
    const FittedText words = fit_text(pdf_.book(), templates_.slip.check.in(language_), Weight::regular, 7.5, side - 8, 60);
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
  std::vector<Row> rows_;
  double place_height_ = tall_place;
  double place_top_ = 0;
  double times_top_ = 0;
  double advice_top_ = 0;
  double authority_top_ = 0;
  double advice_size_ = 0;
  std::vector<AdviceSheet> advice_;              // page by page
  std::pair<double, std::string> advice_shape_;  // room and venue of advice_
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
  const auto found = std::find_if(placements.begin(), placements.end(), [&](const Placement& one) { return one.applicant == applicant; });
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
  // A slip without name and birth date admits nobody, and the time that it says may be another's.
  for (const RoomPeople& room : people_of_paper(planned, venue, context)) {
    for (const Placement* one : room.people) if (!is_unreadable(planned.exam[one->applicant])) pages.draw(*one);
  }
  return pages.finish();
}

}  // namespace hanjari::documents
