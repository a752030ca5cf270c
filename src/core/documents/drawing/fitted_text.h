// Text in a cell: whole whatever its length, in smaller letters or in lines.
#pragma once

#include <string_view>
#include <vector>

#include "documents/drawing/font_book.h"
#include "documents/drawing/pdf_document.h"

namespace hanjari::documents {

struct FittedText {
  double size = 0;
  std::vector<SharedText> lines;
  bool word_broken = false;  // a line ends inside a word
  double line_height() const { return size * 1.25; }
  double height() const { return static_cast<double>(lines.size()) * line_height(); }
  double width() const;  // of the longest line
};

// One line at `size`; else one line a little smaller; else lines of at most `width`, in letters just small enough that
// they stand within `height`, but not below `least` points: then there are as many lines as it takes, and whoever lays
// out the page makes room for them. Lines break at spaces and before brackets, inside a word only where it is wider than
// the cell.
constexpr double smallest_print = 3.5;
constexpr double readable_print = 7;  // what is read at arm's length: names of units, of people, of schools
FittedText fit_text(FontBook& book, std::string_view text, Weight weight, double size, double width, double height,
                    double least = smallest_print);

// Lines of at most `width` at this size, as many as it takes: at least one, also of an empty text in no width at all.
FittedText wrap_text(FontBook& book, std::string_view text, Weight weight, double size, double width);

// Draws the lines inside the box, vertically in the middle.
void draw_fitted(PdfDocument& pdf, const FittedText& fitted, Rectangle box, Align align, Ink ink = black);

// Baseline of one line of this size whose letters stand in the middle of y .. y + height.
inline double middle_baseline(double y, double height, double size) {
  return y + height / 2 + size * 0.345;
}

}  // namespace hanjari::documents
