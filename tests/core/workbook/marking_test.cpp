// The officer's own file comes back with bad cells marked, and nothing else in it is another.
#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/workbook/marks.h"
#include "stage/made_workbook.h"

namespace hanjari::workbook {
namespace {

using hanjari::tests::MadeParts;
using hanjari::tests::parts_of;
using hanjari::tests::workbook_of;
using hanjari::tests::zip_of;
using ::testing::HasSubstr;
using ::testing::Not;

std::map<std::string, std::string> unpacked(const std::string& bytes) {
  const MadeParts parts = hanjari::tests::unzipped(bytes);
  return {parts.begin(), parts.end()};
}

std::string marked(const std::string& bytes, const std::vector<Mark>& marks) {
  return mark_cells(Workbook("made.xlsx", bytes), marks);
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

std::vector<std::string> values_of(const std::string& bytes) {
  const Workbook book("made.xlsx", bytes);
  std::vector<std::string> values;
  SheetReader reader(book, 0);
  Row row;
  while (reader.next(row))
    for (const Cell& cell : row.cells) values.push_back(write_address({row.number, cell.column}) + cell.text);
  return values;
}

const std::string two_rows =
    "<row r=\"1\" spans=\"1:3\" ht=\"30\"><c r=\"A1\" s='1'><f>3*4</f><v>12</v></c><c r=\"C1\" t=\"str\"><v>c</v></c></row>\n"
    "<row r=\"4\"/>";

// Red when a cell that is there loses what it holds, or one that is not there has no place.
TEST(MarkWorkbook, MarksCellsThatAreThereAndThatAreNot) {
  const std::string bytes = workbook_of({{"s", two_rows}});
  const std::string now = marked(bytes, {{"s", {1, 0}, "첫째 <&>"}, {"s", {1, 1}, "b"}, {"s", {1, 4}, "e"}, {"s", {4, 2}, "c4"}, {"s", {9, 0}, "a9"}, {"s", {2, 0}, "a2"}});
  auto parts = unpacked(now);
  EXPECT_THAT(parts["xl/worksheets/sheet1.xml"],
              HasSubstr("<row r=\"1\" spans=\"1:3\" ht=\"30\"><c r=\"A1\" s='11'><f>3*4</f><v>12</v></c><c r=\"B1\" s=\"12\"/><c r=\"C1\" "
                        "t=\"str\"><v>c</v></c><c r=\"E1\" s=\"12\"/></row>\n<row r=\"2\"><c r=\"A2\" s=\"12\"/></row><row r=\"4\"><c r=\"C4\" "
                        "s=\"12\"/></row><row r=\"9\"><c r=\"A9\" s=\"12\"/></row></sheetData><legacyDrawing"));
  EXPECT_THAT(parts["xl/hanjariNotes1.xml"], HasSubstr("ref=\"A1\""));
  EXPECT_THAT(parts["xl/hanjariNotes1.xml"], HasSubstr("첫째 &lt;&amp;&gt;"));
  EXPECT_EQ(count_of(parts["xl/drawings/hanjariBoxes1.vml"], "ObjectType=\"Note\""), 6U);
  EXPECT_THAT(parts["xl/styles.xml"], HasSubstr("<cellXfs count=\"13\">"));
  EXPECT_THAT(parts["xl/styles.xml"], HasSubstr("<fills count=\"3\">"));
  EXPECT_EQ(values_of(now), values_of(bytes));
}

TEST(MarkWorkbook, LeavesEveryOtherPartAsItWas) {
  MadeParts made = parts_of({{"s", two_rows}, {"other", two_rows}});
  made.emplace_back("xl/charts/chart1.xml", "<chart> anything, not even closed");
  made.emplace_back("xl/vbaProject.bin", std::string("\0\1\2", 3));
  const auto before = unpacked(zip_of(made));
  auto after = unpacked(marked(zip_of(made), {{"s", {1, 0}, "n"}}));
  for (const auto& [name, text] : before) {
    const bool edited = name == "xl/worksheets/sheet1.xml" || name == "xl/styles.xml" || name == "[Content_Types].xml";
    EXPECT_EQ(after[name] == text, !edited) << name;
  }
  EXPECT_EQ(marked(zip_of(made), {{"unknown", {1, 0}, "n"}}), zip_of(made)) << "nothing to mark";
}

// What is marked a second time has the notes of the second time alone. Red while old notes stayed.
TEST(MarkWorkbook, TakesItsOwnOlderNotesAway) {
  const std::string once = marked(workbook_of({{"s", two_rows}}), {{"s", {1, 0}, "old"}, {"s", {1, 2}, "stays wrong"}});
  auto parts = unpacked(marked(once, {{"s", {1, 2}, "still wrong"}}));
  const std::string& notes = parts["xl/hanjariNotes1.xml"];
  EXPECT_THAT(notes, Not(HasSubstr("old")));
  EXPECT_EQ(count_of(notes, "<comment "), 1U);
  EXPECT_THAT(notes, HasSubstr("still wrong"));
  EXPECT_EQ(count_of(parts["xl/drawings/hanjariBoxes1.vml"], "<v:shape "), 1U) << "a box without a note";
  EXPECT_EQ(count_of(parts["xl/worksheets/sheet1.xml"], "<legacyDrawing"), 1U);
}

TEST(MarkWorkbook, KeepsNotesOfOthers) {
  MadeParts made = parts_of({{"s", two_rows, false, "", "<legacyDrawing r:id=\"d\"/>"}});
  for (auto& [name, text] : made) {
    if (name == "xl/worksheets/sheet1.xml") text.insert(text.find("<worksheet ") + 11, "xmlns:r=\"r\" ");
  }
  made.emplace_back("xl/worksheets/_rels/sheet1.xml.rels",
                    "<Relationships><Relationship Id=\"n\" Type=\"x/comments\" Target=\"../comments1.xml\"/><Relationship Id=\"d\" "
                    "Type=\"x/vmlDrawing\" Target=\"../drawings/d.vml\"/></Relationships>");
  made.emplace_back("xl/comments1.xml",
                    "<comments><authors><author>김담당</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>확인</t>"
                    "</text></comment><comment ref=\"B7\" authorId=\"0\"><text><t>둘</t></text></comment></commentList></comments>");
  made.emplace_back("xl/drawings/d.vml",
                    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shape id=\"_x0000_s1025\"><x:ClientData ObjectType=\"Note\"><x:Row>0"
                    "</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>");
  auto parts = unpacked(marked(zip_of(made), {{"s", {1, 0}, "wrong"}, {"s", {1, 2}, "too"}}));
  const std::string& notes = parts["xl/comments1.xml"];
  EXPECT_THAT(notes, HasSubstr("<t>확인</t><r><t xml:space=\"preserve\">\nHanjari: wrong</t></r></text>"));
  EXPECT_THAT(notes, HasSubstr("<t>둘</t>"));
  EXPECT_EQ(count_of(notes, "<comment "), 3U);
  EXPECT_EQ(count_of(parts["xl/drawings/d.vml"], "<v:shape "), 2U) << "A1 has its box already";
  EXPECT_FALSE(parts.contains("xl/hanjariNotes1.xml"));
}

TEST(MarkWorkbook, MarksWhereAMergedAreaBegins) {
  const std::string bytes = workbook_of({{"s", two_rows, false, "", "<mergeCells><mergeCell ref=\"A1:A4\"/></mergeCells>"}});
  auto parts = unpacked(marked(bytes, {{"s", {3, 0}, "three"}, {"s", {4, 0}, "four"}}));
  EXPECT_EQ(count_of(parts["xl/hanjariNotes1.xml"], "<comment "), 1U);
  EXPECT_THAT(parts["xl/hanjariNotes1.xml"], HasSubstr("three\nfour"));
}

TEST(MarkWorkbook, MakesStylesWhereThereAreNone) {
  MadeParts made = parts_of({{"s", two_rows}});
  made.erase(std::find_if(made.begin(), made.end(), [](const auto& part) { return part.first == "xl/styles.xml"; }));
  auto parts = unpacked(marked(zip_of(made), {{"s", {1, 2}, "n"}}));
  EXPECT_THAT(parts["xl/hanjariStyles1.xml"], HasSubstr("<cellXfs count=\"2\">"));
}

// Whatever prefix a program writes, the edited sheet has it too.
TEST(MarkWorkbook, SpeaksTheSheetsPrefix) {
  MadeParts made = parts_of({{"s", ""}});
  for (auto& [name, text] : made) {
    if (name == "xl/worksheets/sheet1.xml") text = "<x:worksheet xmlns:x=\"m\"><x:sheetData/><x:pageMargins/><x:extLst/></x:worksheet>";
  }
  auto parts = unpacked(marked(zip_of(made), {{"s", {2, 1}, "n"}}));
  EXPECT_THAT(parts["xl/worksheets/sheet1.xml"],
              HasSubstr("<x:sheetData><x:row r=\"2\"><x:c r=\"B2\" s=\"11\"/></x:row></x:sheetData><x:pageMargins/><x:legacyDrawing "));
}

}  // namespace
}  // namespace hanjari::workbook
