#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "documents/drawing/fitted_text.h"
#include "documents/drawing/page_frame.h"
#include "documents/drawing/portrait.h"
#include "documents/tables/lookup_pages.h"
#include "documents/tables/table_render.h"

namespace hanjari::documents {
namespace {

constexpr double head_height = 38;   // exam, title and mark
constexpr double heading_line = 19;  // one line of label and value
constexpr double heading_label_size = 7.5;
constexpr double column_head = 20;
constexpr double signature_height = 30;
constexpr double note_size = 8;
constexpr double foot_height = 16;
constexpr double nobody_height = 30;
constexpr double padding = 3.2;
constexpr double tall_row = 11 * mm;  // from here on rows keep their height where they can: they hold signatures
constexpr double usual_row = 24 * mm;  // other rows grow so far before their letters become smaller
constexpr double mark_share = 0.45;    // of the width, for the room or the school in large letters

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
  bool marked = false;
};

// One line of labels and values above the table.
struct LaidHeading {
  struct Value {
    const HeadingTemplate* heading;
    FittedText text;
    double x;
    double indent;
    double width;
  };
  std::vector<Value> values;
  double height = heading_line;
};

struct LaidPage {
  const TableSection* section = nullptr;
  std::size_t headings = 0;  // position in headings_
  std::vector<LaidRow> rows;
  bool last_of_section = false;
  std::vector<LaidLookup> lookups{};  // in place of rows
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
    for (const Text& note : table.notes) {
      notes_.push_back(wrap_text(pdf_.book(), note.in(context.language), Weight::regular, note_size, inner_width()));
    }
  }

  Paper render() {
    for (const TableSection& section : data_.sections) lay_section(section);
    if (pages_.empty()) {
      nobody_.heading.resize(data_.heading_fields.size());
      headings_.push_back(lay_headings(nobody_));
      pages_.push_back({&nobody_, 0, {}, true});
    }
    for (std::vector<LaidLookup>& lookups : lay_lookups(pdf_.book(), data_.lookups, lookup_area())) {
      pages_.push_back({pages_.front().section, 0, {}, false, std::move(lookups)});
    }
    for (std::size_t i = 0; i < pages_.size(); ++i) draw_page(pages_[i], static_cast<int>(i) + 1);
    return pdf_.finish();
  }

 private:
  double inner_width() const { return width_ - 2 * page_margin; }
  double table_top(std::size_t headings) const {
    double top = page_margin + head_height + 6;
    for (const LaidHeading& line : headings_[headings]) top += line.height;
    return top;
  }
  double tail_height() const {
    std::size_t lines = 0;
    for (const FittedText& note : notes_) lines += note.lines.size();
    return static_cast<double>(lines) * note_size * 1.5 + (notes_.empty() ? 0 : 4) +
           (table_.signatures.empty() ? 0 : signature_height);
  }
  double rows_bottom() const { return height_ - page_margin - foot_height; }
  Rectangle lookup_area() const {
    return {page_margin, table_top(0), inner_width(), rows_bottom() - table_top(0)};
  }

  // Counts of booklet types that the exam does not have take no place on a page.
  bool shown(const ColumnTemplate& column) const {
    if (column.field.starts_with("booklet_") && column.field.back() - 'a' >= planned_.exam.policy.booklets)
      return false;
    return (scope_ == PaperScope::venue ? column.on_page : column.in_city) && has_something_to_say(column, data_);
  }

  // Values keep a size that can be read: a line grows where many units share a room, and what would grow it much gets a
  // line of its own below the others.
  std::vector<LaidHeading> lay_headings(const TableSection& section) {
    std::vector<LaidHeading> lines;
    std::vector<LaidHeading> long_lines;
    double fill = 0;
    double x = page_margin;
    for (const HeadingTemplate& heading : table_.heading) {
      if (lines.empty() || fill + heading.width > 100.5) {
        lines.emplace_back();
        fill = 0;
        x = page_margin;
      }
      const double width = inner_width() * heading.width / 100;
      const double begin = x;
      fill += heading.width;
      x += width;
      // What nobody has said has no label either, unless it is a place to write.
      if (heading.field != "blank" && words_of(heading, section).empty()) continue;
      LaidHeading::Value value = lay_value(heading, section, begin, width);
      if (value.text.height() > 2.5 * heading_line) {
        long_lines.emplace_back().values.push_back(lay_value(heading, section, page_margin, inner_width()));
      } else {
        lines.back().values.push_back(std::move(value));
      }
    }
    lines.insert(lines.end(), long_lines.begin(), long_lines.end());
    std::erase_if(lines, [](const LaidHeading& line) { return line.values.empty(); });
    for (LaidHeading& line : lines) {
      for (const LaidHeading::Value& value : line.values) line.height = std::max(line.height, value.text.height() + 2);
    }
    return lines;
  }

  const std::string& words_of(const HeadingTemplate& heading, const TableSection& section) const {
    return section.heading[field_position(data_.heading_fields, heading.field)];
  }

  LaidHeading::Value lay_value(const HeadingTemplate& heading, const TableSection& section, double x, double width) {
    constexpr double size = 9.5;
    constexpr double most = 300;  // what a page can spare
    const double indent =
        std::max(38.0, pdf_.width(heading.title.in(context_.language), heading_label_size) + 6);
    const std::string& words = words_of(heading, section);
    const double room = width - indent - 6;
    FittedText text = fit_text(pdf_.book(), words, Weight::bold, size, room, heading_line - 1, readable_print);
    if (text.height() > most) text = fit_text(pdf_.book(), words, Weight::bold, size, room, most);
    return {&heading, std::move(text), x, indent, width};
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
    const double most = least >= tall_row ? least : std::max(least, usual_row);
    LaidRow row{cells, {}, least, false};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const LaidColumn& laid = columns_[i];
      const Weight weight = cells == nullptr ? Weight::bold : laid.column->weight;
      const double size = laid.column->size > 0 ? laid.column->size : table_.text_size;
      row.texts.push_back(fit_text(pdf_.book(), words[i], weight, size, laid.width - 2 * padding, most - 2 * padding,
                                   readable_print));
      row.height = std::max(row.height, row.texts.back().height() + 2 * padding);
    }
    return row;
  }

  // A row higher than a page goes on in rows below it, so that nothing stands over the edge.
  void add_row(std::vector<LaidRow>& rows, LaidRow row, double room) {
    const auto is_long = [](const FittedText& text) { return text.lines.size() > 1; };
    while (row.height > room && std::any_of(row.texts.begin(), row.texts.end(), is_long)) {
      LaidRow part{row.cells, {}, 0, row.marked};
      double rest = 0;
      for (FittedText& text : row.texts) {
        const auto lines = static_cast<std::size_t>(std::max(1.0, (room - 2 * padding) / text.line_height()));
        FittedText here = text;
        here.lines.resize(std::min(lines, here.lines.size()));
        text.lines.erase(text.lines.begin(), text.lines.begin() + static_cast<std::ptrdiff_t>(here.lines.size()));
        if (text.lines.empty()) text = fit_text(pdf_.book(), "", Weight::regular, text.size, 1, 1);
        part.height = std::max(part.height, here.height() + 2 * padding);
        rest = std::max(rest, text.height() + 2 * padding);
        part.texts.push_back(std::move(here));
      }
      rows.push_back(std::move(part));
      row.height = rest;
    }
    rows.push_back(std::move(row));
  }

  void lay_section(const TableSection& section) {
    std::vector<LaidRow> rows;
    std::vector<std::string> words(columns_.size());
    headings_.push_back(lay_headings(section));
    const std::size_t headings = headings_.size() - 1;
    const double room = rows_bottom() - table_top(headings) - column_head;
    const double room_above_tail = room - tail_height();
    for (std::size_t at = 0; at < section.rows.size(); ++at) {
      if (!section.shows(at, RowPlace::page)) continue;
      const std::vector<Cell>& cells = section.rows[at];
      for (std::size_t i = 0; i < columns_.size(); ++i) words[i] = cell_text(cells[columns_[i].position]);
      LaidRow row = lay_row(&cells, words);
      row.marked = at < section.marked.size() && section.marked[at];
      add_row(rows, std::move(row), room_above_tail);
    }
    while (scope_ == PaperScope::venue && rows.size() < static_cast<std::size_t>(table_.empty_rows)) {
      rows.push_back(lay_row(&empty_, std::vector<std::string>(columns_.size())));
    }
    const bool totals = has_totals() && !rows.empty() && !section.rows.empty();
    if (totals) rows.push_back(lay_row(nullptr, totals_of(section)));
    pages_.push_back({&section, headings, {}, false});
    double used = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      // The totals never stand alone: the last row goes with them.
      double needed = rows[at].height;
      const bool with_totals = totals && at + 2 == rows.size() && needed + rows.back().height <= room_above_tail;
      if (with_totals) needed += rows.back().height;
      // Notes and places to sign stand below the last row alone.
      const bool ends = with_totals || at + 1 == rows.size();
      if (used + needed > (ends ? room_above_tail : room) + 0.01 && used > 0) {
        pages_.push_back({&section, headings, {}, false});
        used = 0;
      }
      used += rows[at].height;
      pages_.back().rows.push_back(std::move(rows[at]));
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
      for (std::size_t at = 0; at < section.rows.size(); ++at) {
        if (!section.shows(at, RowPlace::page)) continue;
        if (const auto* number = std::get_if<std::int64_t>(&section.rows[at][columns_[i].position])) {
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
    draw_head(page);
    if (page.lookups.empty()) draw_table(page);
    for (const LaidLookup& lookup : page.lookups) draw_lookup(pdf_, lookup, lookup_area(), context_.language);
    draw_foot(pdf_, planned_, context_, width_, height_, number, static_cast<int>(pages_.size()));
    pdf_.end_page();
  }

  void draw_table(const LaidPage& page) {
    const double top = table_top(page.headings);
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
      if (row.cells == nullptr || row.marked) pdf_.fill({page_margin, y, inner_width(), row.height}, tint);
      if (row.marked) pdf_.fill({page_margin, y, 2.5, row.height}, black);
      y += row.height;
      if (&row != &page.rows.back()) pdf_.line(page_margin, y, right, y, 0.4, pale);
    }
    for (std::size_t i = 1; i < columns_.size(); ++i) pdf_.line(columns_[i].x, top, columns_[i].x, bottom, 0.4, pale);
    pdf_.line(page_margin, bottom, right, bottom, 0.9, black);
  }

  void draw_head(const LaidPage& page) {
    pdf_.text(exam_name(planned_.exam, context_.language), page_margin, page_margin + 8, 8.5, Weight::regular, grey);
    const double mark = inner_width() * mark_share;
    const double beside = inner_width() - mark - (context_.version.empty() ? 6 : edition_width + 18);
    const FittedText title =
        fit_text(pdf_.book(), table_.title.in(context_.language), Weight::bold, 17, beside, 24, readable_print);
    pdf_.begin_tag("H1");
    draw_fitted(pdf_, title, {page_margin, page_margin + 11, beside, 24}, Align::left);
    pdf_.end_tag("H1");
    draw_edition(pdf_, context_, page_margin + std::min(beside, title.width()) + 12, page_margin + 12);
    draw_fitted(pdf_, fit_text(pdf_.book(), page.section->mark, Weight::bold, 20, mark, head_height - 4, readable_print),
                {width_ - page_margin - mark, page_margin + 4, mark, head_height - 4}, Align::right);
    double y = page_margin + head_height;
    for (const LaidHeading& line : headings_[page.headings]) {
      pdf_.line(page_margin, y, width_ - page_margin, y, 0.4, pale);
      for (const LaidHeading::Value& value : line.values) {
        pdf_.text(value.heading->title.in(context_.language), value.x,
                  middle_baseline(y, line.height, heading_label_size), heading_label_size, Weight::regular, grey);
        draw_fitted(pdf_, value.text, {value.x + value.indent, y, value.width - value.indent - 6, line.height},
                    Align::left);
      }
      y += line.height;
    }
    if (headings_[page.headings].empty()) pdf_.line(page_margin, y, width_ - page_margin, y, 0.4, pale);
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
    if (const auto* photo = std::get_if<PhotoFrame>(&cell)) {
      const double height = std::min(box.height - 5, (box.width - 4) * 4.5 / 3.5);
      const double width = height * 3.5 / 4.5;
      const Rectangle frame{box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height};
      if (photo->person.exists()) {
        const std::string portrait = small_portrait(portrait_of(context_, planned_.exam[photo->person]));
        if (!portrait.empty()) pdf_.picture(frame, portrait);
      }
      pdf_.frame(frame, 0.4, pale);
    } else if (std::holds_alternative<TickBox>(cell)) {
      constexpr double side = 9;
      pdf_.frame({box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side}, 0.6, grey);
    }
  }

  void draw_tail(double y) {
    if (!notes_.empty()) y += 4;
    for (const FittedText& note : notes_) {
      for (const SharedText& line : note.lines) {
        pdf_.text(line, page_margin, y + note_size * 1.1, note_size, grey);
        y += note_size * 1.5;
      }
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
  std::vector<FittedText> notes_;
  std::vector<LaidPage> pages_;
  TableSection nobody_;
  const std::vector<Cell> empty_ = std::vector<Cell>(data_.fields.size());  // NoValue
  std::vector<std::vector<LaidHeading>> headings_;  // by section
};

}  // namespace

Paper render_table_pdf(const TableTemplate& table, const TableData& data, const PlannedExam& planned,
                       const PaperContext& context, PaperScope scope) {
  return TablePages(table, data, planned, context, scope).render();
}

}  // namespace hanjari::documents
