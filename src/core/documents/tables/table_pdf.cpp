#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/tables/table_render.h"

namespace hanjari::documents {
namespace {

constexpr double head_height = 38;   // exam, title and mark
constexpr double heading_line = 19;  // one line of label and value
constexpr double column_head = 20;
constexpr double signature_height = 30;
constexpr double note_size = 8;
constexpr double foot_height = 16;
constexpr double nobody_height = 30;
constexpr double padding = 3.2;
constexpr double tall_row = 11 * mm;  // from here on rows keep their height: they hold photos and signatures

struct LaidColumn {
  const ColumnTemplate* column;
  std::size_t position;
  double x;
  double width;
};

struct LaidRow {
  const std::vector<Cell>* cells = nullptr;  // null: the totals
  std::vector<FittedText> texts;             // by column
  double height = 0;
};

struct LaidPage {
  const TableSection* section = nullptr;
  std::vector<LaidRow> rows;
  bool last_of_section = false;
};

class TablePages {
 public:
  TablePages(const TableTemplate& table, const TableData& data, const PlannedExam& planned, const PaperContext& context,
             PaperScope scope)
      : table_(table),
        data_(data),
        planned_(planned),
        context_(context),
        scope_(scope),
        width_(table.landscape ? a4_height : a4_width),
        height_(table.landscape ? a4_width : a4_height),
        pdf_(pdf_info(planned, context, table.title.in(context.language))) {
    lay_columns();
    for (const HeadingTemplate& heading : table.heading) {
      if (heading_lines_ == 0 || heading_fill_ + heading.width > 100.5) {
        ++heading_lines_;
        heading_fill_ = 0;
      }
      heading_fill_ += heading.width;
    }
  }

  Paper render() {
    for (const TableSection& section : data_.sections) lay_section(section);
    if (pages_.empty()) {
      pages_.push_back({&nobody_, {}, true});
      nobody_.heading.resize(data_.heading_fields.size());
    }
    for (std::size_t i = 0; i < pages_.size(); ++i) draw_page(pages_[i], static_cast<int>(i) + 1);
    return pdf_.finish();
  }

 private:
  double inner_width() const { return width_ - 2 * page_margin; }
  double table_top() const { return page_margin + head_height + heading_lines_ * heading_line + 6; }
  double tail_height() const {
    return static_cast<double>(table_.notes.size()) * note_size * 1.5 + (table_.notes.empty() ? 0 : 4) +
           (table_.signatures.empty() ? 0 : signature_height);
  }
  double rows_bottom() const { return height_ - page_margin - foot_height - tail_height(); }

  // Counts of booklet types that the exam does not have take no place on a page.
  bool shown(const ColumnTemplate& column) const {
    if (column.field.starts_with("booklet_") && column.field.back() - 'a' >= planned_.exam.policy.booklets)
      return false;
    return scope_ == PaperScope::venue ? column.on_page : column.in_city;
  }

  void lay_columns() {
    double total = 0;
    for (const ColumnTemplate& column : table_.columns) total += shown(column) ? column.width : 0;
    double x = page_margin;
    for (const ColumnTemplate& column : table_.columns) {
      if (!shown(column)) continue;
      const double width = inner_width() * column.width / total;
      columns_.push_back({&column, field_position(data_.fields, column.field), x, width});
      x += width;
    }
  }

  LaidRow lay_row(const std::vector<Cell>* cells, const std::vector<std::string>& words) {
    const double least = table_.row_height_mm * mm;
    const double most = least >= tall_row ? least : std::max(least, 24 * mm);
    LaidRow row{cells, {}, least};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const LaidColumn& laid = columns_[i];
      const Weight weight = cells == nullptr ? Weight::bold : laid.column->weight;
      const double size = laid.column->size > 0 ? laid.column->size : table_.text_size;
      row.texts.push_back(fit_text(pdf_.book(), words[i], weight, size, laid.width - 2 * padding, most - 2 * padding));
      row.height = std::max(row.height, std::min(most, row.texts.back().height() + 2 * padding));
    }
    return row;
  }

  void lay_section(const TableSection& section) {
    std::vector<LaidRow> rows;
    std::vector<std::string> words(columns_.size());
    for (const std::vector<Cell>& cells : section.rows) {
      for (std::size_t i = 0; i < columns_.size(); ++i) words[i] = cell_text(cells[columns_[i].position]);
      rows.push_back(lay_row(&cells, words));
    }
    while (scope_ == PaperScope::venue && rows.size() < static_cast<std::size_t>(table_.empty_rows)) {
      rows.push_back(lay_row(&empty_, std::vector<std::string>(columns_.size())));
    }
    if (has_totals() && !section.rows.empty()) rows.push_back(lay_row(nullptr, totals_of(section)));
    const double room = rows_bottom() - table_top() - column_head;
    pages_.push_back({&section, {}, false});
    double used = 0;
    for (LaidRow& row : rows) {
      if (used + row.height > room + 0.01 && used > 0) {
        pages_.push_back({&section, {}, false});
        used = 0;
      }
      used += row.height;
      pages_.back().rows.push_back(std::move(row));
    }
    pages_.back().last_of_section = true;
  }

  bool has_totals() const {
    return std::any_of(columns_.begin(), columns_.end(), [](const LaidColumn& laid) { return laid.column->sum; });
  }

  std::vector<std::string> totals_of(const TableSection& section) const {
    std::vector<std::string> words(columns_.size());
    if (!columns_.front().column->sum) words.front() = context_.language == Language::korean ? "합계" : "Total";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i].column->sum) continue;
      std::int64_t sum = 0;
      bool any = false;
      for (const std::vector<Cell>& cells : section.rows) {
        if (const auto* number = std::get_if<std::int64_t>(&cells[columns_[i].position])) {
          sum += *number;
          any = true;
        }
      }
      if (any) words[i] = group_digits(sum);
    }
    return words;
  }

  void draw_page(const LaidPage& page, int number) {
    pdf_.begin_page(width_, height_);
    draw_head(*page.section);
    const double top = table_top();
    const double rows_top = top + column_head;
    double bottom = page.rows.empty() ? rows_top + nobody_height : rows_top;
    for (const LaidRow& row : page.rows) bottom += row.height;
    draw_grid(page, top, bottom);
    begin("Table");
    draw_column_titles(top);
    double y = rows_top;
    for (const LaidRow& row : page.rows) {
      draw_row(row, y);
      y += row.height;
    }
    end("Table");
    if (page.rows.empty()) {
      const double size = table_.text_size;
      pdf_.text(context_.language == Language::korean ? "해당 없음" : "None", width_ / 2,
                middle_baseline(rows_top, nobody_height, size), size, Weight::regular, grey, Align::center);
    }
    if (page.last_of_section) draw_tail(bottom);
    draw_foot(pdf_, planned_, context_, width_, height_, number, static_cast<int>(pages_.size()));
    pdf_.end_page();
  }

  // The elements around and inside rows, where the template wants them.
  void begin(const char* tag) {
    if (table_.structure == Structure::cells) pdf_.begin_tag(tag);
  }
  void end(const char* tag) {
    if (table_.structure == Structure::cells) pdf_.end_tag(tag);
  }
  const char* row_tag() const { return table_.structure == Structure::cells ? "TR" : "P"; }

  // Shading and rules of the whole table, before any of its texts.
  void draw_grid(const LaidPage& page, double top, double bottom) {
    const double right = width_ - page_margin;
    pdf_.fill({page_margin, top, inner_width(), column_head}, tint);
    pdf_.line(page_margin, top, right, top, 0.9, black);
    pdf_.line(page_margin, top + column_head, right, top + column_head, 0.5, black);
    double y = top + column_head;
    for (const LaidRow& row : page.rows) {
      if (row.cells == nullptr) pdf_.fill({page_margin, y, inner_width(), row.height}, tint);
      y += row.height;
      if (&row != &page.rows.back()) pdf_.line(page_margin, y, right, y, 0.4, pale);
    }
    for (std::size_t i = 1; i < columns_.size(); ++i) pdf_.line(columns_[i].x, top, columns_[i].x, bottom, 0.4, pale);
    pdf_.line(page_margin, bottom, right, bottom, 0.9, black);
  }

  void draw_head(const TableSection& section) {
    pdf_.text(exam_name(planned_.exam, context_.language), page_margin, page_margin + 8, 8.5, Weight::regular, grey);
    pdf_.begin_tag("H1");
    pdf_.text(table_.title.in(context_.language), page_margin, page_margin + 28, 17, Weight::bold);
    pdf_.end_tag("H1");
    pdf_.text(section.mark, width_ - page_margin, page_margin + 27, 20, Weight::bold, black, Align::right);
    double y = page_margin + head_height;
    pdf_.line(page_margin, y, width_ - page_margin, y, 0.4, pale);
    double x = page_margin;
    double fill = 0;
    for (const HeadingTemplate& heading : table_.heading) {
      if (fill > 0 && fill + heading.width > 100.5) {
        y += heading_line;
        pdf_.line(page_margin, y, width_ - page_margin, y, 0.4, pale);
        x = page_margin;
        fill = 0;
      }
      const double width = inner_width() * heading.width / 100;
      const std::string& label = heading.title.in(context_.language);
      constexpr double label_size = 7.5;
      pdf_.text(label, x, middle_baseline(y, heading_line, label_size), label_size, Weight::regular, grey);
      const double indent = std::max(38.0, pdf_.width(label, label_size) + 6);
      const std::string& value = section.heading[field_position(data_.heading_fields, heading.field)];
      draw_fitted(pdf_, fit_text(pdf_.book(), value, Weight::bold, 9.5, width - indent - 6, heading_line - 1),
                  {x + indent, y, width - indent - 6, heading_line}, Align::left);
      x += width;
      fill += heading.width;
    }
  }

  void draw_column_titles(double y) {
    pdf_.begin_tag(row_tag());
    for (const LaidColumn& laid : columns_) {
      const FittedText title = fit_text(pdf_.book(), laid.column->title.in(context_.language), Weight::bold, 8,
                                        laid.width - 3, column_head - 2);
      begin("TH");
      draw_fitted(pdf_, title, {laid.x + 1.5, y, laid.width - 3, column_head}, Align::center);
      end("TH");
    }
    pdf_.end_tag(row_tag());
  }

  void draw_row(const LaidRow& row, double y) {
    pdf_.begin_tag(row_tag());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const LaidColumn& laid = columns_[i];
      begin("TD");
      if (!row.texts[i].lines.front()->clusters.empty()) {
        draw_fitted(pdf_, row.texts[i], {laid.x + padding, y, laid.width - 2 * padding, row.height},
                    laid.column->align);
      } else if (row.cells != nullptr) {
        draw_place((*row.cells)[laid.position], {laid.x, y, laid.width, row.height});
      }
      end("TD");
    }
    pdf_.end_tag(row_tag());
  }

  void draw_place(const Cell& cell, Rectangle box) {
    if (std::holds_alternative<PhotoFrame>(cell)) {
      const double height = std::min(box.height - 5, (box.width - 4) * 4.5 / 3.5);
      const double width = height * 3.5 / 4.5;
      pdf_.frame({box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height}, 0.4, pale);
    } else if (std::holds_alternative<TickBox>(cell)) {
      constexpr double side = 9;
      pdf_.frame({box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side}, 0.6, grey);
    }
  }

  void draw_tail(double y) {
    if (!table_.notes.empty()) y += 4;
    for (const Text& note : table_.notes) {
      pdf_.text(note.in(context_.language), page_margin, y + note_size * 1.1, note_size, Weight::regular, grey);
      y += note_size * 1.5;
    }
    if (table_.signatures.empty()) return;
    const double share = inner_width() / static_cast<double>(table_.signatures.size());
    double x = page_margin;
    for (const Text& place : table_.signatures) {
      const FittedText words =
          fit_text(pdf_.book(), place.in(context_.language), Weight::regular, 9, share - 8, signature_height);
      draw_fitted(pdf_, words, {x, y, share - 8, signature_height}, Align::left);
      x += share;
    }
  }

  const TableTemplate& table_;
  const TableData& data_;
  const PlannedExam& planned_;
  const PaperContext& context_;
  PaperScope scope_;  // of this file
  double width_;
  double height_;
  PdfDocument pdf_;
  std::vector<LaidColumn> columns_;
  std::vector<LaidPage> pages_;
  TableSection nobody_;
  const std::vector<Cell> empty_ = std::vector<Cell>(data_.fields.size());  // NoValue
  int heading_lines_ = 0;
  double heading_fill_ = 0;
};

}  // namespace

Paper render_table_pdf(const TableTemplate& table, const TableData& data, const PlannedExam& planned,
                       const PaperContext& context, PaperScope scope) {
  return TablePages(table, data, planned, context, scope).render();
}

}  // namespace hanjari::documents
