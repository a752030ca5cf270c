// Workbooks put together from the text of their parts, so that tests know every byte in them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/markup.h"
#include "hanjari/workbook/address.h"
#include "stage/zip_of.h"

namespace hanjari::tests {

struct MadeSheet {
  std::string name;
  std::string rows;         // inside sheetData
  bool hidden = false;
  std::string above = {};   // before sheetData: <cols>
  std::string below = {};   // behind it: <mergeCells>
};

// Formats that cells name by their place: s="1" is 0000.
inline constexpr const char* made_formats[] = {"General", "0000",    "yyyy\\-mm\\-dd", "yyyy-mm-dd hh:mm",
                                               "0.0%",    "#,##0",   "[<=9999999]000-0000;000-0000-0000",
                                               "h:mm",    "[h]:mm",  "\"제\"0000\"호\"", "@"};

inline std::string made_styles() {
  std::string formats;
  std::string cells;
  int id = 164;
  for (const char* code : made_formats) {
    formats += "<numFmt numFmtId=\"" + std::to_string(id) + "\" formatCode=\"" + escape_markup(code) + "\"/>";
    cells += "<xf numFmtId=\"" + std::to_string(id++) + "\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<styleSheet "
         "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts>" +
         formats +
         "</numFmts><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"2\"><fill><patternFill "
         "patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders "
         "count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"11\">" +
         cells + "</cellXfs></styleSheet>";
}

inline std::string made_sheet_text(const MadeSheet& sheet) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet "
         "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" +
         sheet.above + "<sheetData>" + sheet.rows + "</sheetData>" + sheet.below + "</worksheet>";
}

// The list of the types of all parts.
inline std::string made_types(std::size_t sheets) {
  const auto one = [](const std::string& part, const std::string& type) {
    return "<Override PartName=\"/xl/" + part + ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." +
           type + "+xml\"/>";
  };
  std::string types =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" "
      "ContentType=\"application/xml\"/><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>";
  types += one("workbook", "sheet.main") + one("styles", "styles") + one("sharedStrings", "sharedStrings");
  for (std::size_t at = 1; at <= sheets; ++at) types += one("worksheets/sheet" + std::to_string(at), "worksheet");
  return types + "</Types>";
}

using MadeParts = std::vector<std::pair<std::string, std::string>>;

inline MadeParts parts_of(const std::vector<MadeSheet>& sheets, const std::vector<std::string>& shared = {}, bool from_1904 = false) {
  const std::string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  // Other programs open a workbook only where every part has its type and its names.
  const std::string package = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const std::string main_names = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  std::string list;
  std::string named;
  MadeParts parts{{"[Content_Types].xml", made_types(sheets.size())},
                  {"_rels/.rels", package + "<Relationship Id=\"r\" Type=\"" + relations +
                                      "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"}};
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    const std::string number = std::to_string(at + 1);
    list += "<sheet name=\"" + escape_markup(sheets[at].name) + "\" sheetId=\"" + number + "\" r:id=\"s" + number + "\"" +
            (sheets[at].hidden ? " state=\"hidden\"" : "") + "/>";
    named += "<Relationship Id=\"s" + number + "\" Type=\"" + relations + "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
    parts.emplace_back("xl/worksheets/sheet" + number + ".xml", made_sheet_text(sheets[at]));
  }
  parts.emplace_back("xl/workbook.xml", "<workbook" + main_names + " xmlns:r=\"" + relations + "\"><workbookPr date1904=\"" +
                                            (from_1904 ? "1" : "0") + "\"/><sheets>" + list + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels",
                     package + named + "<Relationship Id=\"st\" Type=\"" + relations +
                         "/styles\" Target=\"styles.xml\"/><Relationship Id=\"sh\" Type=\"" + relations +
                         "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>");
  parts.emplace_back("xl/styles.xml", made_styles());
  std::string texts;
  for (const std::string& text : shared) texts += "<si>" + text + "</si>";
  parts.emplace_back("xl/sharedStrings.xml", "<sst" + main_names + ">" + texts + "</sst>");
  return parts;
}

// The parts of a file, in their order.
inline MadeParts unzipped(const std::string& bytes) {
  MadeParts parts;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) throw std::runtime_error(zip_error_strerror(&error));
  for (zip_int64_t at = 0; at < zip_get_num_entries(zip, 0); ++at) {
    zip_stat_t stat;
    zip_stat_index(zip, static_cast<zip_uint64_t>(at), 0, &stat);
    std::string text(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(at), 0);
    zip_fread(file, text.data(), text.size());
    zip_fclose(file);
    parts.emplace_back(stat.name, std::move(text));
  }
  zip_discard(zip);
  return parts;
}

inline std::string workbook_of(const std::vector<MadeSheet>& sheets, const std::vector<std::string>& shared = {}) {
  return zip_of(parts_of(sheets, shared));
}

// A sheet with the values of a CSV text, which has no quotes and no line breaks in values; all of them text.
inline MadeSheet sheet_of_csv(std::string name, std::string_view csv) {
  MadeSheet sheet{std::move(name), {}};
  for (std::uint32_t row = 1; !csv.empty(); ++row) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    std::string_view line = csv.substr(0, end);
    sheet.rows += "<row r=\"" + std::to_string(row) + "\">";
    for (std::uint32_t column = 0;; ++column) {
      const std::string_view value = line.substr(0, line.find(','));
      if (!value.empty()) {
        sheet.rows += "<c r=\"" + workbook::write_address({row, column}) + "\" t=\"inlineStr\"><is><t>" + escape_markup(value) +
                      "</t></is></c>";
      }
      if (value.size() == line.size()) break;
      line.remove_prefix(value.size() + 1);
    }
    sheet.rows += "</row>";
    csv.remove_prefix(std::min(end + 1, csv.size()));
  }
  return sheet;
}

}  // namespace hanjari::tests
