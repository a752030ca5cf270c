#include "documents/drawing/page_frame.h"

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/local_time.h"
#include "documents/template_content.h"
#include "hanjari/base/local_time.h"

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

void draw_edition(PdfDocument& pdf, const PaperContext& context, double x, double y) {
  if (context.version.empty()) return;
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
}

std::string exam_day(const Exam& exam, Language language) {
  const std::string day = format_date(exam.header.exam_on);
  const std::string weekday = name_weekday(exam.header.exam_on).in(language);
  return language == Language::korean ? day + " (" + weekday + ")" : weekday + " " + day;
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
  const bool korean = context.language == Language::korean;
  const double top = height - page_margin - 11;
  const double baseline = top + 10;
  pdf.line(page_margin, top, width - page_margin, top, 0.4, pale);
  pdf.text(provenance(planned, context), page_margin, baseline, size, Weight::regular, grey);
  std::string right;
  if (!context.taken_by.empty()) right = (korean ? "발급 " : "taken by ") + context.taken_by;
  if (pages > 0)
    right += (right.empty() ? "" : "  ·  ") +
             fmt::format(fmt::runtime(korean ? "{} / {} 쪽" : "page {} of {}"), page, pages);
  pdf.text(right, width - page_margin, baseline, size, Weight::regular, grey, Align::right);
  if (const std::string& own = templates_of(context).footer.in(context.language); !own.empty()) {
    pdf.text(own, width / 2, baseline, size, Weight::regular, grey, Align::center);
  }
}

}  // namespace hanjari::documents
