#include "documents/drawing/page_frame.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/drawing/copy_mark.h"
#include "documents/drawing/fitted_text.h"
#include "documents/local_time.h"
#include "documents/template_content.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"

namespace hanjari::documents {
namespace {

const std::string& digest_of(const PlannedExam& planned, const PaperContext& context) {
  return context.plan_digest.empty() ? planned.plan.digest : context.plan_digest;
}

}  // namespace

std::string short_digest(const std::string& digest) {
  return digest.substr(0, 12);
}

std::string provenance(const PlannedExam& planned, const PaperContext& context) {
  const bool korean = context.language == Language::korean;
  std::string line;
  const auto add = [&](const std::string& part) { line += (line.empty() ? "" : "  ·  ") + part; };
  if (const std::string& digest = digest_of(planned, context); !digest.empty()) {
    add(fmt::format("{} {}", korean ? "배정안" : "Plan", short_digest(digest)));
  }
  if (!context.replaces.empty()) {
    add(fmt::format(fmt::runtime(korean ? "{} 대체" : "replaces {}"), short_digest(context.replaces)));
  }
  if (!context.version.empty()) add(fmt::format("{} {}", korean ? "판" : "edition", context.version));
  add(fmt::format("{} {}", korean ? "출력" : "printed",
                  format_local_time(context.printed_at, planned.exam.header.time_zone, context.language)));
  return line;
}

double draw_edition(PdfDocument& pdf, const PaperContext& context, double x, double y) {
  if (context.version.empty()) return 0;
  const bool korean = context.language == Language::korean;
  const bool is_number = context.version.find_first_not_of("0123456789") == std::string::npos;
  std::string words = context.version;
  if (is_number) words = fmt::format(fmt::runtime(korean ? "제{}판" : "Edition {}"), context.version);
  constexpr double size = 15;
  constexpr double most = edition_width - 14;
  const FittedText fitted = fit_text(pdf.book(), words, Weight::bold, size, most, size * 1.3);
  const Rectangle box{x, y, fitted.width() + 14, 21};
  pdf.frame(box, 1.2, black);
  draw_fitted(pdf, fitted, box, Align::center);
  return box.width;
}

std::string exam_day(const Exam& exam, Language language) {
  const std::string day = write_plain_day(exam.header.exam_on).in(language);
  const std::string weekday = name_weekday(exam.header.exam_on).in(language);
  return language == Language::korean ? day + "(" + weekday + ")" : weekday + " " + day;
}

const std::string& exam_name(const Exam& exam, Language language) {
  const ExamHeader& header = exam.header;
  if (language == Language::korean) return header.name_ko.empty() ? header.name_en : header.name_ko;
  return header.name_en.empty() ? header.name_ko : header.name_en;
}

PdfInfo pdf_info(const PlannedExam& planned, const PaperContext& context, const std::string& title) {
  const std::string& digest = digest_of(planned, context);
  return {title, exam_name(planned.exam, context.language) + (digest.empty() ? "" : " (" + digest + ")"),
          context.taken_by, context.printed_at};
}

void draw_foot(PdfDocument& pdf, const PlannedExam& planned, const PaperContext& context, double width, double height,
               int page, int pages) {
  constexpr double size = 7;
  constexpr double gap = 8;  // between the words at the foot
  const bool korean = context.language == Language::korean;
  const double top = height - page_margin - 11;
  const double baseline = top + 10;
  pdf.line(page_margin, top, width - page_margin, top, 0.4, pale);
  std::string right;
  if (!context.taken_by.empty()) right = (korean ? "발급 " : "taken by ") + context.taken_by;
  if (!context.mark.empty()) right += (right.empty() ? "" : " ") + context.mark;
  draw_mark(pdf, context.mark, width / 2, top);
  if (pages > 0)
    right += (right.empty() ? "" : "  ·  ") +
             fmt::format(fmt::runtime(korean ? "{} / {} 쪽" : "page {} of {}"), page, pages);
  const double line_width = width - 2 * page_margin;
  const FittedText origin =
      fit_text(pdf.book(), provenance(planned, context), Weight::regular, size, line_width * 0.6, 14);
  const FittedText copy = fit_text(pdf.book(), right, Weight::regular, size, line_width - origin.width() - gap, 14);
  const Rectangle foot{page_margin, baseline - size * 0.97, line_width, size * 1.25};
  draw_fitted(pdf, origin, foot, Align::left, grey);
  // Who took a copy is read on a black-and-white copy of it too, where grey becomes paper.
  draw_fitted(pdf, copy, foot, Align::right, context.mark.empty() ? grey : black);
  if (const std::string& own = templates_of(context).footer.in(context.language); !own.empty()) {
    // In the middle of the page; below the others where they leave no room.
    const double beside = line_width - 2 * (std::max(origin.width(), copy.width()) + gap);
    const bool is_below = pdf.width(own, size) > beside;
    const FittedText words = fit_text(pdf.book(), own, Weight::regular, size, is_below ? line_width : beside, 14);
    const double y = is_below ? foot.y + 3 + std::max({foot.height, origin.height(), copy.height()}) : foot.y;
    draw_fitted(pdf, words, {page_margin, y, line_width, words.height()}, Align::center, grey);
  }
}

}  // namespace hanjari::documents
