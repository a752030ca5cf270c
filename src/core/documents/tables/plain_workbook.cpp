#include <ctime>

#include <xlsxwriter.h>

#include "documents/tables/memory_file.h"
#include "hanjari/documents/workbook.h"

namespace hanjari::documents {
namespace {

// A cell holds no more characters; the library refuses the rest.
constexpr std::size_t longest_text = 32'767;
// The same tables give the same bytes: the library would take the clock's time for none.
constexpr std::time_t made_at = 946'684'800;

struct CellFormats {
  lxw_format* head;
  lxw_format* text;
  lxw_format* number;
  lxw_format* date;
};

void write_plain_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t at, const SheetCell& cell, const CellFormats& formats) {
  if (const auto* words = std::get_if<std::string>(&cell)) {
    if (!words->empty()) worksheet_write_string(sheet, row, at, words->substr(0, longest_text).c_str(), formats.text);
  } else if (const auto* value = std::get_if<std::int64_t>(&cell)) {
    worksheet_write_number(sheet, row, at, static_cast<double>(*value), formats.number);
  } else if (const auto* date = std::get_if<Date>(&cell)) {
    // Days of spreadsheets are counted from 1900; no exam is older than they can say.
    constexpr std::int32_t serial_of_1970 = 25'569;
    worksheet_write_number(sheet, row, at, date->days + serial_of_1970, formats.date);
  } else if (const auto* measured = std::get_if<double>(&cell)) {
    worksheet_write_number(sheet, row, at, *measured, nullptr);
  }
}

// A footer of the library: & begins an instruction. The blank ends the size of the letters, of which a name that begins with a digit would be a part.
std::string footer_of(const std::string& foot) {
  std::string safe = "&L&8 ";
  for (const char c : foot) safe += c == '&' ? std::string("&&") : std::string(1, c);
  return safe + "&R&8&P / &N";
}

void write_sheet(lxw_workbook* book, const Sheet& content, const CellFormats& formats, const std::string& foot) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, content.name.c_str());
  if (sheet == nullptr) MemoryFile::throw_failed();
  const auto columns = static_cast<lxw_col_t>(content.headings.size());
  for (lxw_col_t at = 0; at < columns; ++at) {
    worksheet_set_column(sheet, at, at, content.headings[at].width, nullptr);
    worksheet_write_string(sheet, 0, at, content.headings[at].title.c_str(), formats.head);
  }
  lxw_row_t row = 1;
  for (const std::vector<SheetCell>& cells : content.rows) {
    for (lxw_col_t at = 0; at < columns && at < cells.size(); ++at) write_plain_cell(sheet, row, at, cells[at], formats);
    ++row;
  }
  if (!foot.empty()) worksheet_set_footer(sheet, footer_of(foot).c_str());
  worksheet_freeze_panes(sheet, 1, 0);
  if (columns > 0) worksheet_autofilter(sheet, 0, 0, row - 1, static_cast<lxw_col_t>(columns - 1));
}

}  // namespace

std::string render_workbook(const std::vector<Sheet>& sheets, const std::string& foot) {
  const MemoryFile file;
  lxw_workbook* book = workbook_new(file.name().c_str());
  if (book == nullptr) MemoryFile::throw_failed();
  lxw_doc_properties properties = {};
  properties.created = made_at;
  workbook_set_properties(book, &properties);
  const CellFormats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
                            workbook_add_format(book)};
  format_set_bold(formats.head);
  format_set_bg_color(formats.head, 0xEEF1F5);
  format_set_text_wrap(formats.head);
  format_set_num_format(formats.text, "@");
  format_set_num_format(formats.number, "#,##0");
  format_set_num_format(formats.date, "yyyy-mm-dd");
  for (const Sheet& sheet : sheets) write_sheet(book, sheet, formats, foot);
  if (workbook_close(book) != LXW_NO_ERROR) MemoryFile::throw_failed();
  return file.bytes();
}

}  // namespace hanjari::documents
