#include "hanjari/documents/pass_list_paper.h"

#include <algorithm>

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/drawing/pdf_document.h"
#include "hanjari/base/error.h"

namespace hanjari::documents {
namespace {

constexpr double pass_list_left = page_margin + 8 * mm;
constexpr double pass_list_width = a4_width - 2 * pass_list_left;
constexpr double pass_list_top = page_margin + 8 * mm;
constexpr double pass_list_bottom = a4_height - page_margin - 10 * mm;
constexpr double number_size = 10.5;
constexpr double number_line = 17;
constexpr double number_gap = 18;

// One line of the list: a paragraph, or applicant numbers side by side.
struct ListLine {
  const char* tag = "P";
  FittedText words;
  Ink ink = black;
  double above = 0;  // free space, not at the top of a page
  std::vector<std::string> numbers;
  double column_width = 0;
  bool keeps_next = false;  // a heading does not stand alone at the end of a page

  double height() const { return numbers.empty() ? words.height() : number_line; }
};

class PassListPages {
 public:
  explicit PassListPages(const PassListWords& words) : words_(words), pdf_({words.title, words.exam, "", words.made_at, "", true}) {}

  Paper render() {
    lay_head();
    for (const PassListUnit& unit : words_.units) lay_unit(unit);
    const std::vector<std::size_t> ends = break_pages();
    std::size_t line = 0;
    for (std::size_t page = 0; page < ends.size(); ++page) {
      pdf_.begin_page();
      double y = pass_list_top;
      for (bool first = true; line < ends[page]; ++line, first = false) {
        if (!first) y += lines_[line].above;
        draw(lines_[line], y);
        y += lines_[line].height();
      }
      const std::string foot = fmt::format("{} / {}", page + 1, ends.size());
      pdf_.begin_tag("P");
      pdf_.text(foot, a4_width / 2, a4_height - page_margin, 8, Weight::regular, grey, Align::center);
      pdf_.end_tag("P");
      pdf_.end_page();
    }
    return pdf_.finish();
  }

 private:
  void add(const char* tag, const std::string& text, Weight weight, double size, Ink ink, double above,
           bool keeps_next = false) {
    lines_.push_back({tag, wrap_text(pdf_.book(), text, weight, size, pass_list_width), ink, above, {}, 0, keeps_next});
  }

  void lay_head() {
    add("H1", words_.title, Weight::bold, 20, black, 0);
    add("P", words_.exam, Weight::regular, 12, black, 6);
    for (const auto& [label, value] : words_.rows) add("P", label + ": " + value, Weight::regular, 10, grey, 4);
  }

  void lay_unit(const PassListUnit& unit) {
    add("H2", unit.heading, Weight::bold, 12.5, black, 18, true);
    add("P", unit.count, Weight::regular, 10, grey, 3, !unit.numbers.empty());
    double widest = 40;
    for (const std::string& number : unit.numbers) widest = std::max(widest, pdf_.width(number, number_size));
    const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((pass_list_width + number_gap) / (widest + number_gap)));
    for (std::size_t at = 0; at < unit.numbers.size(); at += columns) {
      ListLine line;
      line.above = at == 0 ? 4 : 0;
      const auto from = unit.numbers.begin() + static_cast<std::ptrdiff_t>(at);
      line.numbers.assign(from, from + static_cast<std::ptrdiff_t>(std::min(columns, unit.numbers.size() - at)));
      line.column_width = widest + number_gap;
      lines_.push_back(std::move(line));
    }
  }

  // The first line of every page after the first; the last entry is the number of lines.
  std::vector<std::size_t> break_pages() const {
    std::vector<std::size_t> ends;
    double y = pass_list_top;
    std::size_t first = 0;
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      const double above = line == first ? 0 : lines_[line].above;
      if (line > first && y + above + lines_[line].height() > pass_list_bottom) {
        std::size_t end = line;
        while (end > first + 1 && lines_[end - 1].keeps_next) --end;
        ends.push_back(end);
        first = end;
        line = end;
        y = pass_list_top;
      } else {
        y += above;
      }
      y += lines_[line].height();
    }
    ends.push_back(lines_.size());
    return ends;
  }

  void draw(const ListLine& line, double y) {
    pdf_.begin_tag(line.tag);
    if (line.numbers.empty()) {
      draw_fitted(pdf_, line.words, {pass_list_left, y, pass_list_width, line.words.height()}, Align::left, line.ink);
    } else {
      const double baseline = middle_baseline(y, number_line, number_size);
      for (std::size_t at = 0; at < line.numbers.size(); ++at)
        pdf_.text(line.numbers[at], pass_list_left + static_cast<double>(at) * line.column_width, baseline, number_size);
    }
    pdf_.end_tag(line.tag);
  }

  const PassListWords& words_;
  PdfDocument pdf_;
  std::vector<ListLine> lines_;
};

}  // namespace

Paper render_pass_list_pdf(const PassListWords& words) {
  Paper paper = PassListPages(words).render();
  if (paper.missing.empty()) return paper;
  const std::string& text = paper.missing.front().text;
  throw InvalidInput("no_glyph", {fmt::format("No font has a letter of \"{}\". Install the fonts, or write it in other letters.", text),
                                  fmt::format("글꼴에 없는 글자가 있습니다: \"{}\". 글꼴을 설치하거나 다른 글자로 적으십시오.", text)});
}

}  // namespace hanjari::documents
