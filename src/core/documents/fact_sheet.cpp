#include "hanjari/documents/fact_sheet.h"

#include <algorithm>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/drawing/pdf_document.h"

namespace hanjari::documents {
namespace {

constexpr double sheet_left = page_margin + 8 * mm;
constexpr double sheet_right = a4_width - sheet_left;
constexpr double fact_label_width = 120;
constexpr double fact_foot_top = a4_height - page_margin - 30;

class FactPages {
 public:
  explicit FactPages(const FactSheet& sheet)
      : sheet_(sheet), pdf_(read_aloud({sheet.title, sheet.heading, sheet.issuer, sheet.made_at}, sheet.language)) {}

  Paper render() {
    pdf_.begin_page();
    draw_head();
    for (const FactSheet::Row& row : sheet_.rows) draw_row(row);
    y_ += 14;
    for (const std::string& note : sheet_.notes) draw_note(note);
    draw_issuer();
    pdf_.end_page();
    return pdf_.finish();
  }

 private:
  void draw_head() {
    const double width = sheet_right - sheet_left;
    pdf_.begin_tag("H1");
    pdf_.text(sheet_.title, a4_width / 2, page_margin + 44, 24, Weight::bold, black, Align::center);
    pdf_.end_tag("H1");
    const FittedText heading = fit_text(pdf_.book(), sheet_.heading, Weight::regular, 13, width, 40, readable_print);
    pdf_.begin_tag("P");
    draw_fitted(pdf_, heading, {sheet_left, page_margin + 62, width, heading.height()}, Align::center, grey);
    pdf_.end_tag("P");
    y_ = page_margin + 62 + heading.height() + 22;
  }

  // What does not fit above the foot goes onto another page.
  void make_room(double height) {
    if (y_ + height <= fact_foot_top) return;
    draw_issuer();
    pdf_.end_page();
    pdf_.begin_page();
    y_ = page_margin + 20;
  }

  void draw_row(const FactSheet::Row& row) {
    const double width = sheet_right - sheet_left - fact_label_width;
    const FittedText label = fit_text(pdf_.book(), row.label, Weight::regular, 11, fact_label_width - 10, 30, readable_print);
    const FittedText value = wrap_text(pdf_.book(), row.value.empty() ? "–" : row.value, Weight::bold, 12, width);
    const double height = std::max({label.height(), value.height(), 14.0}) + 12;
    make_room(height);
    pdf_.line(sheet_left, y_, sheet_right, y_, 0.4, pale);
    pdf_.begin_tag("P");
    draw_fitted(pdf_, label, {sheet_left, y_ + 6, fact_label_width - 10, height - 12}, Align::left, grey);
    draw_fitted(pdf_, value, {sheet_left + fact_label_width, y_ + 6, width, height - 12}, Align::left);
    pdf_.end_tag("P");
    y_ += height;
  }

  void draw_note(const std::string& note) {
    const double width = sheet_right - sheet_left;
    const FittedText words = wrap_text(pdf_.book(), note, Weight::regular, 9, width);
    make_room(words.height() + 6);
    pdf_.begin_tag("P");
    draw_fitted(pdf_, words, {sheet_left, y_, width, words.height()}, Align::left, grey);
    pdf_.end_tag("P");
    y_ += words.height() + 6;
  }

  void draw_issuer() {
    if (sheet_.issuer.empty()) return;
    const double width = sheet_right - sheet_left;
    pdf_.begin_tag("P");
    draw_fitted(pdf_, fit_text(pdf_.book(), sheet_.issuer, Weight::bold, 13, width, 20),
                {sheet_left, fact_foot_top + 4, width, 20}, Align::center);
    pdf_.end_tag("P");
  }

  const FactSheet& sheet_;
  PdfDocument pdf_;
  double y_ = 0;
};

}  // namespace

Paper render_fact_sheet(const FactSheet& sheet) {
  return FactPages(sheet).render();
}

}  // namespace hanjari::documents
