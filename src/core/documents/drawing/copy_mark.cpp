#include "documents/drawing/copy_mark.h"

namespace hanjari::documents {
namespace {

// Points. Bars of half a millimetre survive a copy of a copy.
constexpr double bar_width = 1.1;
constexpr double bar_step = 2.3;
constexpr double tall_bar = 4.2;
constexpr double short_bar = 1.8;

int value_of_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::vector<bool> bars_of_mark(const std::string& mark) {
  if (mark.empty()) return {};
  std::vector<bool> bars{true, true};
  for (const char c : mark) {
    const int value = value_of_digit(c);
    if (value < 0) return {};
    for (int bit = 3; bit >= 0; --bit) bars.push_back(((value >> bit) & 1) == 1);
  }
  bars.push_back(false);
  bars.push_back(true);
  return bars;
}

void draw_mark(PdfDocument& pdf, const std::string& mark, double x, double y) {
  const std::vector<bool> bars = bars_of_mark(mark);
  double left = x - static_cast<double>(bars.size()) * bar_step / 2;
  for (const bool tall : bars) {
    const double height = tall ? tall_bar : short_bar;
    pdf.fill({left, y - height, bar_width, height}, black);
    left += bar_step;
  }
}

}  // namespace hanjari::documents
