// A table paper as a workbook: values with their types, a frozen heading, widths and a print area. Texts are written as
// strings whatever they begin with, so nothing in them can become a formula.
#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "documents/drawing/page_frame.h"
#include "documents/tables/memory_file.h"
#include "documents/tables/table_render.h"

namespace hanjari::documents {
namespace {

struct Formats {
  explicit Formats(lxw_workbook* book) : book_(book) {
    title = make("");
    format_set_bold(title);
    format_set_font_size(title, 15);
    note = make("");
    format_set_font_color(note, 0x666666);
    head = make("");
    format_set_bold(head);
    format_set_bg_color(head, 0xEEF1F5);
    format_set_align(head, LXW_ALIGN_CENTER);
    format_set_text_wrap(head);
    format_set_border(head, LXW_BORDER_THIN);
  }

  // One format for a column: alignment, number format, border.
  lxw_format* column(const ColumnTemplate& column, const char* number_format, bool total) {
    lxw_format* format = make(number_format);
    format_set_align(format, column.align == Align::left     ? LXW_ALIGN_LEFT
                             : column.align == Align::center ? LXW_ALIGN_CENTER
                                                             : LXW_ALIGN_RIGHT);
    format_set_border(format, LXW_BORDER_HAIR);
    if (total || column.weight == Weight::bold) format_set_bold(format);
    if (total) format_set_bg_color(format, 0xEEF1F5);
    return format;
  }

  lxw_format* title;
  lxw_format* note;
  lxw_format* head;

 private:
  lxw_format* make(const char* number_format) {
    lxw_format* format = workbook_add_format(book_);
    format_set_font_name(format, "맑은 고딕");
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (*number_format != '\0') format_set_num_format(format, number_format);
    return format;
  }

  lxw_workbook* book_;
};

struct SheetColumn {
  const ColumnTemplate* column;
  std::size_t position;
  lxw_format* text;
  lxw_format* number;
  lxw_format* date;
  lxw_format* time;
  lxw_format* total;
  std::int64_t sum = 0;
};

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t at, SheetColumn& column, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    if (text->empty()) {
      worksheet_write_blank(sheet, row, at, column.text);
    } else {
      worksheet_write_string(sheet, row, at, text->c_str(), column.text);
    }
  } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    worksheet_write_number(sheet, row, at, static_cast<double>(*number), column.number);
    column.sum += *number;
  } else if (const auto* date = std::get_if<Date>(&cell)) {
    // Day numbers of the 1900 system are right from 1 March 1900 on; older dates are text, as spreadsheets have no
    // others.
    constexpr std::int32_t serial_of_1970 = 25569;
    if (date->days + serial_of_1970 > 60) {
      worksheet_write_number(sheet, row, at, date->days + serial_of_1970, column.date);
    } else {
      worksheet_write_string(sheet, row, at, format_date(*date).c_str(), column.text);
    }
  } else if (const auto* time = std::get_if<ClockTime>(&cell)) {
    worksheet_write_number(sheet, row, at, time->minutes / 1440.0, column.time);
  } else {
    worksheet_write_blank(sheet, row, at, column.text);
  }
}

void describe(lxw_workbook* book, const PdfInfo& info) {
  std::string title = info.title;
  std::string subject = info.subject;
  std::string author = info.author;
  lxw_doc_properties properties = {};
  properties.title = title.data();
  properties.subject = subject.data();
  properties.author = author.data();
  properties.created = std::chrono::system_clock::to_time_t(info.created_at);
  workbook_set_properties(book, &properties);
}

void set_up_page(lxw_worksheet* sheet, const TableTemplate& table, const std::string& provenance) {
  worksheet_set_paper(sheet, 9);  // A4
  if (table.landscape) worksheet_set_landscape(sheet);
  worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
  worksheet_fit_to_pages(sheet, 1, 0);
  std::string safe;
  for (const char c : provenance) safe += c == '&' ? std::string("&&") : std::string(1, c);
  worksheet_set_footer(sheet, ("&L&8" + safe + "&R&8&P / &N").c_str());
}

}  // namespace

Paper render_table_xlsx(const TableTemplate& table, const TableData& data, const PlannedExam& planned,
                        const PaperContext& context) {
  const MemoryFile file;
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = workbook_new_opt(file.name().c_str(), &options);
  if (book == nullptr) MemoryFile::throw_failed();
  const std::string title = table.title.in(context.language);
  std::string origin = provenance(planned, context);
  if (!context.taken_by.empty()) origin += "  ·  " + context.taken_by;
  if (!context.mark.empty()) origin += "  ·  " + context.mark;
  describe(book, pdf_info(planned, context, title));
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  Formats formats(book);

  std::vector<SheetColumn> columns;
  double total_width = 0;
  for (const ColumnTemplate& column : table.columns) {
    if (!column.in_list) continue;
    columns.push_back({&column, field_position(data.fields, column.field), formats.column(column, "@", false),
                       formats.column(column, "#,##0", false), formats.column(column, "yyyy-mm-dd", false),
                       formats.column(column, "hh:mm", false), formats.column(column, "#,##0", true)});
    total_width += column.width;
  }
  // The shares of a page become characters: 105 across A4 upright, never too narrow for a heading.
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double width = std::max(5.0, columns[i].column->width / total_width * (table.landscape ? 150 : 105));
    worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), width, nullptr);
  }
  set_up_page(sheet, table, origin);

  lxw_row_t row = 0;
  worksheet_set_row(sheet, row, 24, nullptr);
  worksheet_write_string(sheet, row++, 0, title.c_str(), formats.title);
  worksheet_write_string(sheet, row++, 0, (exam_name(planned.exam, context.language) + "  ·  " + origin).c_str(),
                         formats.note);
  const lxw_row_t head = row;
  worksheet_set_row(sheet, row, 30, nullptr);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), columns[i].column->title.in(context.language).c_str(),
                           formats.head);
  }
  ++row;
  for (const TableSection& section : data.sections) {
    for (std::size_t at = 0; at < section.rows.size(); ++at) {
      if (!section.shows(at, RowPlace::list)) continue;
      for (std::size_t i = 0; i < columns.size(); ++i)
        write_cell(sheet, row, static_cast<lxw_col_t>(i), columns[i], section.rows[at][columns[i].position]);
      ++row;
    }
  }
  const bool totals =
      std::any_of(columns.begin(), columns.end(), [](const SheetColumn& column) { return column.column->sum; });
  if (totals && row > head + 1) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      if (columns[i].column->sum) {
        worksheet_write_number(sheet, row, at, static_cast<double>(columns[i].sum), columns[i].total);
      } else if (i == 0) {
        worksheet_write_string(sheet, row, at, context.language == Language::korean ? "합계" : "Total",
                               columns[i].total);
      } else {
        worksheet_write_blank(sheet, row, at, columns[i].total);
      }
    }
    ++row;
  }
  const auto last_column = static_cast<lxw_col_t>(columns.size() - 1);
  worksheet_freeze_panes(sheet, head + 1, 0);
  worksheet_repeat_rows(sheet, head, head);
  worksheet_print_area(sheet, 0, 0, row - 1, last_column);
  if (row > head + 1) worksheet_autofilter(sheet, head, 0, row - 1 - (totals ? 1 : 0), last_column);
  if (workbook_close(book) != LXW_NO_ERROR) MemoryFile::throw_failed();
  return {file.bytes(), 0, {}};
}

}  // namespace hanjari::documents
