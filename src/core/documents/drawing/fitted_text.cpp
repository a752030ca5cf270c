#include "documents/drawing/fitted_text.h"

#include <algorithm>

namespace hanjari::documents {
namespace {

// Byte ranges of the lines of a text that is wider than the cell. `limit` in em.
// Sets `word_broken` when a line had to end inside a word.
std::vector<std::string_view> break_lines(const ShapedText& shaped, double limit, bool& word_broken) {
  const std::string_view text = shaped.text;
  std::vector<std::string_view> lines;
  std::size_t begin = 0;  // of the line
  double begin_at = 0;    // em
  std::size_t space = 0;  // after the last place of the line where it may end, 0: none
  double space_at = 0;
  std::size_t byte = 0;
  double at = 0;
  for (const ShapedCluster& cluster : shaped.clusters) {
    const auto bytes = static_cast<std::size_t>(cluster.bytes);
    const bool blank = text.substr(byte, bytes) == " ";
    if (byte > begin && text.substr(byte, bytes) == "(") {  // what stands in brackets goes to the next line as a whole
      space = byte;
      space_at = at;
    }
    if (!blank && at + cluster.advance - begin_at > limit && byte > begin) {
      const bool at_space = space > begin;
      const std::size_t end = at_space ? space : byte;
      if (!at_space) word_broken = true;
      lines.push_back(text.substr(begin, end - begin));
      begin = end;
      begin_at = at_space ? space_at : at;
    }
    byte += bytes;
    at += cluster.advance;
    if (blank || text.substr(byte - bytes, bytes) == "-") {  // a double name breaks after its hyphen
      space = byte;
      space_at = at;
    }
  }
  if (begin < text.size()) lines.push_back(text.substr(begin));
  for (std::string_view& line : lines) {
    while (line.ends_with(' ')) line.remove_suffix(1);
  }
  return lines;
}

}  // namespace

double FittedText::width() const {
  double widest = 0;
  for (const SharedText& line : lines) widest = std::max(widest, line->width * size);
  return widest;
}

FittedText wrap_text(FontBook& book, std::string_view text, Weight weight, double size, double width) {
  FittedText fitted{size, {}, false};
  const SharedText whole = book.shape(text, weight);
  if (whole->width * size <= width) {
    fitted.lines.push_back(whole);
    return fitted;
  }
  for (const std::string_view line : break_lines(*whole, width / size, fitted.word_broken)) {
    fitted.lines.push_back(book.shape(line, weight));
  }
  if (fitted.lines.empty()) fitted.lines.push_back(whole);  // nothing to write, in a column narrower than its margins
  return fitted;
}

FittedText fit_text(FontBook& book, std::string_view text, Weight weight, double size, double width, double height,
                    double least) {
  constexpr double slightly = 0.86;    // smaller letters that a reader hardly notices
  constexpr double whole_words = 0.7;  // letters get this much smaller to keep words whole
  constexpr double step = 0.95;
  least = std::min(least, size);
  const SharedText whole = book.shape(text, weight);
  const double natural = whole->width * size;
  if (natural <= width) return {size, {whole}, false};
  if (natural * slightly <= width && width / whole->width >= least) return {width / whole->width, {whole}, false};
  FittedText fitted = wrap_text(book, text, weight, size, width);
  while (fitted.size > least &&
         (fitted.height() > height || (fitted.word_broken && fitted.size > size * whole_words))) {
    fitted = wrap_text(book, text, weight, std::max(least, fitted.size * step), width);
  }
  return fitted;
}

void draw_fitted(PdfDocument& pdf, const FittedText& fitted, Rectangle box, Align align, Ink ink) {
  double top = box.y + (box.height - fitted.height()) / 2;
  for (const SharedText& line : fitted.lines) {
    const double width = line->width * fitted.size;
    const double x = align == Align::left     ? box.x
                     : align == Align::center ? box.x + (box.width - width) / 2
                                              : box.x + box.width - width;
    pdf.text(line, x, middle_baseline(top, fitted.line_height(), fitted.size), fitted.size, ink);
    top += fitted.line_height();
  }
}

}  // namespace hanjari::documents
