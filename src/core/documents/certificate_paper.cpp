#include "hanjari/documents/certificate_paper.h"

#include <algorithm>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/drawing/pdf_document.h"
#include "documents/drawing/qr_code.h"

namespace hanjari::documents {
namespace {

constexpr double certificate_left = page_margin + 12 * mm;
constexpr double certificate_width = a4_width - 2 * certificate_left;
constexpr double certificate_code_side = 62 * mm;
constexpr std::size_t longest_certificate_code = 1500;  // bytes

std::vector<std::string> lines_of_note(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// Draws the words as a paragraph from `y`; returns where the next one begins.
double draw_paragraph(PdfDocument& pdf, const std::string& words, double y, double size, Weight weight, Ink ink) {
  const FittedText fitted = wrap_text(pdf.book(), words, weight, size, certificate_width);
  pdf.begin_tag("P");
  draw_fitted(pdf, fitted, {certificate_left, y, certificate_width, fitted.height()}, Align::left, ink);
  pdf.end_tag("P");
  return y + fitted.height();
}

double draw_certificate_row(PdfDocument& pdf, const std::pair<std::string, std::string>& row, double y) {
  constexpr double label_width = 110;
  const double value_left = certificate_left + label_width;
  const FittedText label = wrap_text(pdf.book(), row.first, Weight::regular, 10, label_width - 8);
  const FittedText value = wrap_text(pdf.book(), row.second, Weight::bold, 11, certificate_width - label_width);
  const double height = std::max(label.height(), value.height()) + 8;
  pdf.begin_tag("P");
  draw_fitted(pdf, label, {certificate_left, y, label_width - 8, height}, Align::left, grey);
  draw_fitted(pdf, value, {value_left, y, certificate_width - label_width, height}, Align::left);
  pdf.end_tag("P");
  pdf.line(certificate_left, y + height, certificate_left + certificate_width, y + height, 0.4, pale);
  return y + height;
}

}  // namespace

Paper render_certificate_pdf(const CertificateWords& words) {
  PdfDocument pdf({words.title, words.exam, "", words.made_at});
  pdf.begin_page();
  double y = page_margin + 14 * mm;
  pdf.begin_tag("H1");
  pdf.text(words.title, a4_width / 2, y, 24, Weight::bold, black, Align::center);
  pdf.end_tag("H1");
  y = draw_paragraph(pdf, words.exam, y + 22, 12, Weight::regular, grey) + 10;
  y = draw_paragraph(pdf, words.verdict, y, 15, Weight::bold, black) + 12;
  for (const auto& row : words.rows) y = draw_certificate_row(pdf, row, y);
  y = draw_paragraph(pdf, words.how_to_check, y + 14, 9.5, Weight::regular, black) + 8;
  for (const std::string& line : lines_of_note(words.signed_text)) {
    if (line.empty()) y += 6;
    else y = draw_paragraph(pdf, line, y, 7.5, Weight::regular, grey);
  }
  y += 8;
  if (words.signed_text.size() <= longest_certificate_code && y + certificate_code_side < a4_height - page_margin)
    draw_qr_code(pdf, words.signed_text, {certificate_left, y, certificate_code_side, certificate_code_side});
  pdf.end_page();
  return pdf.finish();
}

}  // namespace hanjari::documents
