#include "documents/tables/lookup_pages.h"

#include <algorithm>

#include "documents/drawing/fitted_text.h"

namespace hanjari::documents {
namespace {

constexpr double lookup_key_size = 9;
constexpr double lookup_value_size = 8.5;
constexpr double lookup_title_size = 11;
constexpr double lookup_least_row = 13.5;
constexpr double lookup_gap = 14;          // between columns
constexpr double lookup_key_gap = 6;       // between a key and its value
constexpr double lookup_widest_value = 130;  // longer ones go on in a second line
constexpr double lookup_space_below = 12;
constexpr std::size_t fewest_rows = 3;  // below a title at the end of a page

double column_width(Rectangle area, std::size_t columns) {
  return (area.width - lookup_gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
}

double widest_key(FontBook& book, const TableLookup& lookup) {
  double widest = 0;
  for (const TableLookup::Entry& entry : lookup.entries)
    widest = std::max(widest, book.width(entry.key, Weight::bold, lookup_key_size));
  return widest;
}

FittedText fit_title(FontBook& book, const std::string& title, double width) {
  return fit_text(book, title, Weight::bold, lookup_title_size, width, lookup_title_size * 1.3, readable_print);
}

FittedText fit_value(FontBook& book, const std::string& value, double width) {
  return fit_text(book, value, Weight::regular, lookup_value_size, width, lookup_value_size * 1.3, readable_print);
}

// Columns and row height of a list, for all of its pages.
LaidLookup measure(FontBook& book, const TableLookup& lookup, Rectangle area) {
  LaidLookup laid;
  laid.lookup = &lookup;
  const double key = widest_key(book, lookup);
  laid.key_width = key;
  double value = 0;
  for (const TableLookup::Entry& entry : lookup.entries)
    value = std::max(value, book.width(entry.value, Weight::regular, lookup_value_size));
  const double wanted = key + (value > 0 ? lookup_key_gap + std::min(value, lookup_widest_value) : 0);
  laid.columns = static_cast<std::size_t>(std::clamp((area.width + lookup_gap) / (wanted + lookup_gap), 1.0, 8.0));
  laid.row_height = lookup_least_row;
  const double room = std::max(20.0, column_width(area, laid.columns) - key - lookup_key_gap);
  if (value > room) {
    for (const TableLookup::Entry& entry : lookup.entries)
      laid.row_height = std::max(laid.row_height, fit_value(book, entry.value, room).height() + 2);
  }
  laid.title_height = fit_title(book, lookup.title, area.width * 0.8).height() + 8;
  return laid;
}

}  // namespace

std::vector<std::vector<LaidLookup>> lay_lookups(FontBook& book, const std::vector<TableLookup>& lookups,
                                                 Rectangle area) {
  std::vector<std::vector<LaidLookup>> pages;
  double used = area.height;  // no page is begun
  for (const TableLookup& lookup : lookups) {
    LaidLookup laid = measure(book, lookup, area);
    for (std::size_t first = 0; first < lookup.entries.size(); first += laid.count) {
      const std::size_t rest = lookup.entries.size() - first;
      const std::size_t rows = (rest + laid.columns - 1) / laid.columns;
      const auto rows_that_fit = [&] {
        return static_cast<std::size_t>(std::max(0.0, (area.height - used - laid.title_height) / laid.row_height));
      };
      if (pages.empty() || rows_that_fit() < std::min(rows, fewest_rows)) {
        pages.emplace_back();
        used = 0;
      }
      laid.first = first;
      laid.rows = std::min(rows, std::max<std::size_t>(1, rows_that_fit()));
      laid.count = std::min(rest, laid.rows * laid.columns);
      laid.y = area.y + used;
      pages.back().push_back(laid);
      used += laid.title_height + static_cast<double>(laid.rows) * laid.row_height + lookup_space_below;
    }
  }
  return pages;
}

void draw_lookup(PdfDocument& pdf, const LaidLookup& laid, Rectangle area, Language language) {
  std::string title = laid.lookup->title;
  if (laid.first > 0) title += Text{" (continued)", " (계속)"}.in(language);
  pdf.begin_tag("H2");
  draw_fitted(pdf, fit_title(pdf.book(), title, area.width),
              {area.x, laid.y, area.width, laid.title_height - 4}, Align::left);
  pdf.end_tag("H2");
  const double top = laid.y + laid.title_height;
  pdf.line(area.x, top, area.x + area.width, top, 0.9, black);
  const double width = column_width(area, laid.columns);
  for (std::size_t i = 0; i < laid.count; ++i) {
    const TableLookup::Entry& entry = laid.lookup->entries[laid.first + i];
    const double x = area.x + static_cast<double>(i / laid.rows) * (width + lookup_gap);
    const double y = top + static_cast<double>(i % laid.rows) * laid.row_height;
    pdf.begin_tag("P");
    pdf.text(entry.key, x, middle_baseline(y, laid.row_height, lookup_key_size), lookup_key_size, Weight::bold);
    if (!entry.value.empty()) {
      const double room = std::max(20.0, width - laid.key_width - lookup_key_gap);
      draw_fitted(pdf, fit_value(pdf.book(), entry.value, room),
                  {x + laid.key_width + lookup_key_gap, y, room, laid.row_height}, Align::left);
    }
    pdf.end_tag("P");
    pdf.line(x, y + laid.row_height, x + width, y + laid.row_height, 0.3, pale);
  }
}

}  // namespace hanjari::documents
