// What is read from a sheet is what one sees in it, and what was made to exhaust a reader is refused.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/workbook/workbook.h"
#include "stage/made_workbook.h"

namespace hanjari::workbook {
namespace {

using hanjari::tests::MadeParts;
using hanjari::tests::MadeSheet;
using hanjari::tests::parts_of;
using hanjari::tests::workbook_of;
using hanjari::tests::zip_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "A1=text" of every cell that holds something.
std::vector<std::string> cells_of(const std::string& bytes, std::size_t sheet = 0, const ReadLimits& limits = {}) {
  const Workbook book("made.xlsx", bytes, limits);
  SheetReader reader(book, sheet);
  std::vector<std::string> cells;
  Row row;
  while (reader.next(row))
    for (const Cell& cell : row.cells) cells.push_back(write_address({row.number, cell.column}) + "=" + cell.text);
  return cells;
}

std::vector<std::string> cells_of_rows(const std::string& rows, const std::vector<std::string>& shared = {}) {
  return cells_of(workbook_of({{"sheet", rows}}, shared));
}

std::string refusal_of(const std::string& bytes, const ReadLimits& limits = {}) {
  try {
    cells_of(bytes, 0, limits);
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 1U);
    return refused.faults().kept().front().format(Language::english);
  }
  return "taken";
}

std::string number(int format, const std::string& value) {
  return "<c s=\"" + std::to_string(format) + "\"><v>" + value + "</v></c>";
}

TEST(ReadWorkbook, GivesNumbersAsTheirFormatsShowThem) {
  EXPECT_THAT(cells_of_rows("<row r=\"3\">" + number(0, "37.566500000000002") + number(1, "12") + number(2, "46447") +
                            number(3, "46447.375") + number(4, "0.125") + number(5, "36109") + number(6, "5551234") +
                            number(6, "1012345678") + number(7, "0.41666666666666669") + number(8, "1.5") + number(9, "7") +
                            number(0, "1.0000000000000001E-1") + "</row>"),
              ElementsAre("A3=37.5665", "B3=0012", "C3=2027-03-01", "D3=2027-03-01 09:00", "E3=12.5%", "F3=36109",
                          "G3=555-1234", "H3=010-1234-5678", "I3=10:00", "J3=36:00", "K3=제0007호", "L3=0.1"));
}

// 1900 has a 29th of February in spreadsheets, and the other calendar begins four years later. Red without the two.
TEST(ReadWorkbook, CountsDaysFromEitherBeginning) {
  EXPECT_THAT(cells_of_rows("<row>" + number(2, "1") + number(2, "59") + number(2, "60") + number(2, "61") + number(2, "-1") + "</row>"),
              ElementsAre("A1=1900-01-01", "B1=1900-02-28", "C1=60", "D1=1900-03-01", "E1=-1"));
  EXPECT_THAT(cells_of(zip_of(parts_of({{"sheet", "<row>" + number(2, "0") + number(2, "44985") + "</row>"}}, {}, true))),
              ElementsAre("A1=1904-01-01", "B1=2027-03-01"));
}

TEST(ReadWorkbook, ReadsEveryKindOfCell) {
  const std::string rows =
      "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"s\"><v>0</v></c><c r=\"E2\" t=\"b\"><v>1</v></c>"
      "<c r=\"F2\" t=\"e\"><v>#N/A</v></c><c r=\"G2\" t=\"str\"><f>A1&amp;B1</f><v>made</v></c><c r=\"H2\" t=\"inlineStr\"><is><r><t>in"
      "</t></r><r><t>line</t></r></is></c><c r=\"I2\"><f>1+1</f><v>2</v></c><c r=\"J2\" s=\"3\"/><c r=\"K2\"><f>NOW()</f></c></row>";
  const std::vector<std::string> cells =
      cells_of_rows(rows, {"<t>첫째</t><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh>", "<r><t>둘</t></r><r><t xml:space=\"preserve\"> 째_x000D_</t></r>"});
  EXPECT_THAT(cells, ElementsAre("B2=둘 째\r", "C2=첫째", "E2=TRUE", "F2=#N/A", "G2=made", "H2=inline", "I2=2", "K2="));
}

// Red while only the first row of a merged area had its value.
TEST(ReadWorkbook, RepeatsWhatIsMergedOverRows) {
  const MadeSheet sheet{"s", "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>title</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>u</v></c>"
                             "<c r=\"B2\" t=\"str\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\" t=\"str\"><v>2</v></c></row><row r=\"4\">"
                             "<c r=\"B4\" t=\"str\"><v>3</v></c></row>",
                        false, "", "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A2:A3\"/></mergeCells>"};
  EXPECT_THAT(cells_of(workbook_of({sheet})), ElementsAre("A1=title", "A2=u", "B2=1", "A3=u", "B3=2", "B4=3"));
}

// Without end when each escape moved all that stands behind it: the time limit of tests ended it. Some kilobytes unpack to that.
TEST(ReadWorkbook, TakesEscapesInOnePass) {
  ReadLimits limits;
  limits.ratio = 100'000;
  std::string escapes;
  for (int at = 0; at < 2'500'000; ++at) escapes += "_x0041_";
  const std::string rows = "<row><c t=\"str\"><v>" + escapes + "</v></c></row>";
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", rows}}), limits), HasSubstr("texts in the cells are longer"));
  EXPECT_THAT(cells_of_rows("<row><c t=\"str\"><v>_x0041__x005F_x0042_ _x_x00_ _xD55C_ _x004_x0043_</v></c></row>"),
              ElementsAre("A1=A_x0042_ _x_x00_ _xD55C_ _x004C"));
}

// The same when each cell was put into its place for itself, which moved all to its right, in every row.
TEST(ReadWorkbook, PutsThousandsOfMergedCellsInOrderAtOnce) {
  constexpr std::uint32_t columns = 16'000;
  constexpr std::uint32_t rows = 100;
  MadeSheet sheet{"s", "<row r=\"1\">"};
  sheet.below = "<mergeCells>";
  for (std::uint32_t column = 0; column < columns; ++column) sheet.rows += "<c t=\"str\"><v>x</v></c>";
  for (std::uint32_t column = columns; column-- > 1;)
    sheet.below += "<mergeCell ref=\"" + write_address({1, column}) + ":" + write_address({rows, column}) + "\"/>";
  sheet.below += "</mergeCells>";
  sheet.rows += "</row>";
  for (std::uint32_t row = 2; row <= rows; ++row) sheet.rows += "<row r=\"" + std::to_string(row) + "\"><c t=\"str\"><v>y</v></c></row>";
  ReadLimits limits;
  limits.ratio = 100'000;
  const std::vector<std::string> cells = cells_of(workbook_of({sheet}), 0, limits);
  ASSERT_EQ(cells.size(), std::size_t{columns} * rows);
  EXPECT_EQ(cells[columns], "A2=y");
  EXPECT_EQ(cells[columns + 1], "B2=x");
  EXPECT_EQ(cells.back(), write_address({rows, columns - 1}) + "=x");
}

TEST(ReadWorkbook, KnowsSheetsAndWhatIsHidden) {
  const std::string bytes =
      workbook_of({{"첫 & 시트", "<row r=\"7\" hidden=\"1\"><c t=\"str\"><v>x</v></c></row>", false, "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols>"},
                   {"둘", "", true}});
  const Workbook book("made.xlsx", bytes);
  ASSERT_EQ(book.sheets().size(), 2U);
  EXPECT_EQ(book.sheets()[0].name, "첫 & 시트");
  EXPECT_FALSE(book.sheets()[0].hidden);
  EXPECT_TRUE(book.sheets()[1].hidden);
  SheetReader reader(book, 0);
  Row row;
  EXPECT_TRUE(reader.next(row));
  EXPECT_TRUE(row.hidden);
  EXPECT_FALSE(reader.next(row));
  EXPECT_EQ(reader.met().first_hidden_row, 7U);
  EXPECT_EQ(reader.met().hidden_columns, 2U);
}

TEST(ReadWorkbook, RefusesWhatIsNone) {
  EXPECT_THAT(refusal_of("no ZIP"), HasSubstr("no workbook"));
  EXPECT_THAT(refusal_of(std::string("\xd0\xcf\x11\xe0") + std::string(600, 'x')), HasSubstr("password"));
  EXPECT_THAT(refusal_of(zip_of({{"exam.json", "{}"}})), HasSubstr("no workbook"));
  EXPECT_THAT(refusal_of(zip_of(parts_of({{"sheet", ""}}), "secret")), HasSubstr("password"));
  EXPECT_FALSE(is_workbook(zip_of({{"exam.json", "{}"}})));
  EXPECT_TRUE(is_workbook(workbook_of({{"sheet", ""}})));
}

// Each of these is small and would cost memory or time without end.
TEST(ReadWorkbook, RefusesBombs) {
  const std::string spaces(3'000'000, ' ');
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", spaces}})), HasSubstr("far larger unpacked"));
  ReadLimits limits;
  limits.bytes = 100'000;
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", std::string(200'000, ' ')}}), limits), HasSubstr("far larger unpacked"));
  limits = {};
  limits.entries = 3;
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", ""}}), limits), HasSubstr("parts"));
  limits = {};
  limits.cells = 2;
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", "<row>" + number(0, "1") + number(0, "2") + number(0, "3") + "</row>"}}), limits),
              HasSubstr("more cells"));
  limits = {};
  limits.shared_texts = 1;
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", ""}}, {"<t>a</t>", "<t>b</t>"}), limits), HasSubstr("different texts"));
  std::string deep;
  for (int level = 0; level < 1'000; ++level) deep += "<a>";
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", deep}})), HasSubstr("damaged"));
  MadeParts parts = parts_of({{"sheet", ""}});
  parts.front().second = "x";
  for (auto& [name, text] : parts) {
    if (name == "xl/workbook.xml")
      text = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]>" + text;
  }
  EXPECT_THAT(refusal_of(zip_of(parts)), HasSubstr("document type"));
}

// What stands in a few bytes of the parts beside the sheets takes many more once it is read. Red when only sheets, texts and cells
// were counted: a million formats in a file of a megabyte took hundreds of megabytes.
TEST(ReadWorkbook, RefusesMoreFormatsLinksAndSheetsThanAnySpreadsheetWrites) {
  const auto with = [](const std::string& part, const std::string& before, const std::string& piece, int times) {
    std::string crowd;
    for (int count = 0; count < times; ++count) {
      std::string one = piece;
      for (auto at = one.find('#'); at != std::string::npos; at = one.find('#')) one.replace(at, 1, std::to_string(count * 7'919));
      crowd += one;
    }
    MadeParts parts = parts_of({{"sheet", ""}});
    for (auto& [name, text] : parts) {
      if (name == part) text.insert(text.find(before), crowd);
    }
    return zip_of(parts);
  };
  EXPECT_EQ(refusal_of(with("xl/styles.xml", "</cellXfs>", "<xf numFmtId=\"0\" xfId=\"#\"/>", 60'000)), "taken");
  EXPECT_THAT(refusal_of(with("xl/styles.xml", "</cellXfs>", "<xf numFmtId=\"0\" xfId=\"#\"/>", 80'000)), HasSubstr("formats of cells"));
  EXPECT_THAT(refusal_of(with("xl/styles.xml", "<cellXfs", "<numFmt numFmtId=\"#\" formatCode=\"0\"/>", 80'000)),
              HasSubstr("formats of cells"));
  EXPECT_THAT(refusal_of(with("xl/workbook.xml", "</sheets>", "<sheet name=\"a#\" sheetId=\"#\"/>", 6'000)), HasSubstr("sheets"));
  EXPECT_THAT(refusal_of(with("xl/_rels/workbook.xml.rels", "</Relationships>", "<Relationship Id=\"x#\" Target=\"a\"/>", 6'000)),
              HasSubstr("links between its parts"));
}

TEST(ReadWorkbook, RefusesDamagedSheets) {
  for (const char* rows : {"<row r=\"2\"/><row r=\"1\"/>", "<row r=\"0\"/>", "<row r=\"1048577\"/>", "<row r=\"1\"><c r=\"B2\"/></row>",
                           "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "<row r=\"1\"><c r=\"XFE1\"/></row>", "<row>", "&undefined;",
                           "<row><c t=\"s\"><v>9</v></c></row>"})
    EXPECT_THAT(refusal_of(workbook_of({{"sheet", rows}})), ::testing::Not(HasSubstr("taken"))) << rows;
}

// One long text that many cells name took as much memory as if each held it. Red when texts that are held are not counted.
TEST(ReadWorkbook, RefusesTextsThatWouldFillTheMemory) {
  const std::string cell = "<c t=\"s\"><v>0</v></c>";
  std::string row = "<row>";
  for (int at = 0; at < 1'000; ++at) row += cell;
  row += "</row>";
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", "<row>" + cell + "</row>"}}, {"<t>" + std::string(131'069, 'a') + "</t>"})),
              HasSubstr("longer than those of any table"));
  EXPECT_THAT(refusal_of(workbook_of({{"sheet", row}}, {"<t>" + std::string(100'000, 'a') + "</t>"})),
              HasSubstr("longer than those of any table"));
  EXPECT_EQ(refusal_of(workbook_of({{"sheet", row}}, {"<t>" + std::string(10'000, 'a') + "</t>"})), "taken");
}

// Whatever is cut off or changed in a file, it is read or refused. Red when a stream reads beyond what its head says.
TEST(ReadWorkbook, SurvivesEveryChangedByte) {
  const std::string bytes = workbook_of({{"sheet", "<row>" + number(1, "12") + number(2, "46447") + "</row>"}}, {"<t>a</t>"});
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    for (const std::string& tried : {changed, bytes.substr(0, at)}) {
      try {
        cells_of(tried);
      } catch (const InvalidInput&) {
      }
    }
  }
}

// A second opinion on what one sees in a cell. What LibreOffice shows with separators of thousands or fewer digits is left out.
TEST(ReadWorkbook, SeesWhatLibreOfficeSees) {
  if (std::system("command -v soffice > /dev/null 2>&1") != 0) GTEST_SKIP() << "libreoffice-calc-nogui is not installed";
  const std::string bytes = workbook_of(
      {{"sheet", "<row r=\"1\">" + number(0, "37.566500000000002") + number(1, "12") + number(2, "46447") + number(3, "46447.375") +
                     number(4, "0.125") + number(6, "5551234") + number(6, "1012345678") + number(8, "1.5") + number(9, "7") +
                     "<c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>inside</t></is></c></row>"}},
      {"<r><t>둘</t></r><r><t>째</t></r>"});
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("hanjari-seen-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "made.xlsx", std::ios::binary) << bytes;
  const std::string command = "cd " + folder.string() + " && HOME=" + folder.string() + " timeout 300 soffice -env:UserInstallation=file://" +
                              folder.string() + "/profile --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' made.xlsx > log 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0);
  if (!std::filesystem::exists(folder / "made.csv")) GTEST_SKIP() << "LibreOffice is installed without its spreadsheet";
  std::ifstream table(folder / "made.csv");
  std::string seen;
  std::getline(table, seen);
  std::string own;
  for (const std::string& cell : cells_of(bytes)) own += (own.empty() ? "" : ",") + cell.substr(cell.find('=') + 1);
  EXPECT_EQ(own, seen);
  std::filesystem::remove_all(folder);
}

TEST(CellAddress, IsReadAsItIsWritten) {
  for (const std::uint32_t column : {0U, 25U, 26U, 51U, 52U, 701U, 702U, 16'383U}) {
    const auto read = parse_address(write_address({77, column}));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->column, column);
    EXPECT_EQ(read->row, 77U);
  }
  EXPECT_EQ(write_address({123, 5}), "F123");
  for (const char* none : {"", "F", "12", "F0", "XFE1", "F1F", "A1048577", "가1"}) EXPECT_FALSE(parse_address(none)) << none;
  EXPECT_EQ(write_place("", "응시자", {123, 5}), "응시자!F123");
  EXPECT_EQ(write_place("rooms.xlsx", "my sheet", {1, 0}), "'[rooms.xlsx]my sheet'!A1");
}

}  // namespace
}  // namespace hanjari::workbook
