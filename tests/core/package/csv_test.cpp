#include "hanjari/package/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <random>

#include "hanjari/base/error.h"
#include "hanjari/base/text.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct ReadBack {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> faults;
  std::vector<std::string> warnings;
  std::vector<std::uint64_t> lines;
};

ReadBack read(const std::string& bytes, Encoding encoding = Encoding::utf8) {
  const TemporaryFolder folder;
  folder.write("t.csv", bytes);
  ReadBack back;
  Faults faults;
  std::vector<Fault> warnings;
  CsvReader reader(folder.path() / "t.csv", {{"a"}, {"b"}, {"c", Presence::optional}}, encoding, faults, warnings);
  while (reader.next()) {
    back.rows.push_back({std::string(reader.text(0)), std::string(reader.text(1)), std::string(reader.text(2))});
    back.lines.push_back(reader.line());
  }
  for (const Fault& fault : faults.kept()) back.faults.push_back(fault.format(Language::english));
  for (const Fault& warning : warnings) back.warnings.push_back(warning.format(Language::english));
  return back;
}

TEST(CsvReader, PassesOverRowsOfBlanksOfAnyLength) {
  const ReadBack back = read("a,b\n1,2\n,\n , \n\t\n,,,,,,\n\"\",\" \"\n\u3000,\u00a0\n\u200b,\ufeff\n3,4\n,");
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", ""), ElementsAre("3", "4", "")));
  EXPECT_THAT(back.faults, IsEmpty());
  EXPECT_THAT(back.warnings, IsEmpty());
  EXPECT_THAT(read("a,b\n1,2,,,\n").rows, ElementsAre(ElementsAre("1", "2", ""))) << "blanks behind the last column";
}

// Red when the first byte of a letter was a separator: it stood in a warning, which then was no text any more.
TEST(CsvReader, TakesNoPartOfALetterForASeparator) {
  for (const char* line : {"sep=한", "sep=\xff", "sep=a", "sep=1", "sep=\"x", "sep= x", "sep=\x01"}) {
    const ReadBack back = read(std::string(line) + "\na,b\n1,2\n");
    EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", ""))) << line;
    for (const std::string& told : back.warnings) EXPECT_TRUE(is_valid_utf8(told)) << line;
  }
}

TEST(CsvReader, TakesHeadingsInOtherSpelling) {
  for (const char* header : {" a,b", "a ,b", "A,B", "\u00a0a\u200b,b", "\"a \",_b", "a*,b"}) {
    const ReadBack back = read(std::string(header) + "\n1,2\n");
    EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", ""))) << header;
    EXPECT_THAT(back.faults, IsEmpty()) << header;
    EXPECT_FALSE(back.warnings.empty()) << header;
  }
  EXPECT_THAT(read("a, a,b\n1,9,2\n").rows, ElementsAre(ElementsAre("1", "2", ""))) << "the very name comes first";
}

// Red while each heading had a warning of its own: twelve lines for a usual list of an office.
TEST(CsvReader, SaysInOneLineWhichHeadingsWereReadAsWhichColumns) {
  const ReadBack back = read("B,c,\"A \",memo\n2,3,1,x\n");
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", "3")));
  EXPECT_THAT(back.warnings, ElementsAre(StartsWith("t.csv:1: headings were read as columns: 'B' as b, 'A ' as a;"),
                                         HasSubstr("memo: unknown column")));
  EXPECT_THAT(read("a,b\n1,2\n").warnings, IsEmpty());
  const std::string longest = "가나다라마바사아자차카타파하가나다라마바사아자차카타파하";
  EXPECT_THAT(read("a,b," + longest + "\n1,2,3\n").warnings,
              ElementsAre(HasSubstr("가나다라마바사아자차카타파하가나다라마바: unknown column")))
      << "cut between characters";
}

TEST(CsvReader, TakesTheSeparatorThatNamesTheColumns) {
  for (const std::string separator : {";", "\t", "|"}) {
    const ReadBack back = read("a" + separator + "b\n1" + separator + "\"2" + separator + "\"\n");
    EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2" + separator, ""))) << separator;
    ASSERT_EQ(back.warnings.size(), 1U);
    EXPECT_THAT(back.warnings[0], HasSubstr("separated by"));
  }
  for (const char* said :
       {"sep=,\na,b\n1,2\n", "\"sep=;\"\na;b\n1;2\n", "SEP=\t\r\na\tb\r\n1\t2\r\n", "sep=;\r\na;b\r\n1;2\r\n"}) {
    const ReadBack back = read(said);
    EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", ""))) << said;
    EXPECT_THAT(back.lines, ElementsAre(3U));
    EXPECT_THAT(back.faults, IsEmpty());
  }
}

TEST(CsvReader, ReadsLinesThatEndWithCarriageReturnsAlone) {
  EXPECT_THAT(read("a,b\r1,2\r3,4\r").rows, ElementsAre(ElementsAre("1", "2", ""), ElementsAre("3", "4", "")));
}

TEST(CsvReader, PassesOverTitlesAboveTheHeaderAndTotalsBelowTheTable) {
  const ReadBack back = read("2027년 응시자 명부,,\n작성: 2027. 3. 2.,,\n\na,b,c\n1,2,3\n합계,,\n이하 여백,,\n");
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", "3")));
  EXPECT_THAT(back.lines, ElementsAre(5U));
  EXPECT_THAT(back.faults, IsEmpty());
  EXPECT_THAT(back.warnings, ElementsAre(HasSubstr("the 3 lines above it were not read"),
                                         StartsWith("t.csv:6: '합계' looks like a total"),
                                         StartsWith("t.csv:7: '이하 여백' looks like a total")));
  // Who made the table and when was read as people.
  const ReadBack signed_below =
      read("a,b,c\n1,2,3\n작성자: 김담당,,\n2026. 11. 29. 작성,,\n,,담당자 김담당 (내선 1234)\n한 사람,,\n");
  EXPECT_THAT(signed_below.rows, ElementsAre(ElementsAre("1", "2", "3"), ElementsAre("한 사람", "", "")))
      << "somebody whose other cells are empty is a fault to be told, no remark";
  EXPECT_THAT(signed_below.warnings, ::testing::SizeIs(3));
  EXPECT_THAT(read("a,b,c\nTotal,10,11\n").rows, ElementsAre(ElementsAre("Total", "10", "11")))
      << "a whole row is no total";
}

TEST(CsvReader, NeverTakesARowForATitleOrATotal) {
  const ReadBack above = read("1,2,3\n4,5,6\na,b,c\n7,8,9\n");
  EXPECT_THAT(above.faults, ElementsAre(HasSubstr("t.csv:1: this line stands above the header (line 3)")));
  EXPECT_THAT(read("a,b,c,d,e\n합계,020,최라온,1999,F\n").rows.size(), 1U) << "whole";
  EXPECT_THAT(read("a,b,c\n합계,최라온,\n").rows, ElementsAre(ElementsAre("합계", "최라온", "")));
  EXPECT_THAT(read("a,b,c\n1,2,3\n합계,\"36,109명\",\n").rows.size(), 1U) << "a total with a count";
}

TEST(CsvReader, PassesOverTotalsAndRemarksOfAnyShape) {
  for (const char* below : {"합계,3\n", "총계\n", "계,1,\n", "\" 합  계 \",2,\n", "※ 2027. 5. 1. 기준\n", "* 잠정치,,\n",
                            "출력일시: 2027-05-01 10:00,,\n", "- 이하 여백 -,,\n"}) {
    const ReadBack back = read(std::string("a,b,c\n1,2,3\n") + below);
    EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", "3"))) << below;
    EXPECT_THAT(back.faults, IsEmpty()) << below;
    EXPECT_THAT(back.warnings, ElementsAre(HasSubstr("t.csv:3: "))) << below;
  }
  // Red for what a pivot table calls its last row, and for a total that says what it counts.
  for (const char* total : {"총합계,3,\n", "총 합계,,3\n", "소계,3,\n", "누 계,3,\n", "계,,3\n", "합계(명),3,\n", "합계 (단위: 명),3,\n", "Total:,3,\n",
                            "TOTAL,3,\n", "Grand Total,3,\n", "Sub-total,,3\n", "합계：,3명,\n", "Ｔｏｔａｌ,3,\n"}) {
    const ReadBack back = read(std::string("a,b,c\n1,2,3\n") + total);
    EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", "3"))) << total;
    EXPECT_THAT(back.faults, IsEmpty()) << total;
  }
  EXPECT_THAT(read("a,b,c\n총합계,최라온,\n").rows.size(), 1U) << "whoever is called so";
  EXPECT_THAT(read("a,b,c\n※,2,\n").rows, ElementsAre(ElementsAre("※", "2", ""))) << "two values are no remark";
}

TEST(CsvReader, PassesOverTheHeaderOfAFilePutBelowAnother) {
  const ReadBack back = read("a,b,c\n1,2,3\na,b,c\n4,5,6\n");
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", "3"), ElementsAre("4", "5", "6")));
  EXPECT_THAT(back.warnings, ElementsAre(StartsWith("t.csv:3: the header stands here again")));
}

TEST(CsvReader, NamesCellsThatHoldNoValue) {
  for (const char* cell : {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "########"}) {
    const ReadBack back = read(std::string("a,b,c\n1,") + cell + ",3\n4,5,6\n");
    EXPECT_THAT(back.rows, ElementsAre(ElementsAre("4", "5", "6"))) << cell;
    EXPECT_THAT(back.faults, ElementsAre(StartsWith("t.csv:2: b: '" + std::string(cell) + "' is what a spreadsheet")));
  }
  EXPECT_THAT(read("a,b\n#1,##\n").rows, ElementsAre(ElementsAre("#1", "##", ""))) << "other texts may begin so";
  const ReadBack beside = read("a,b,c,remark\n1,2,3,#N/A\n");
  EXPECT_THAT(beside.rows, ElementsAre(ElementsAre("1", "2", "3"))) << "nobody reads the column";
  EXPECT_THAT(beside.faults, IsEmpty());
}

TEST(CsvReader, ReadsTextsThatAreKeptFromBecomingNumbers) {
  EXPECT_THAT(read("a,b\n=\"010\",\"=\"\"020\"\"\"\n").rows, ElementsAre(ElementsAre("010", "020", "")));
  EXPECT_THAT(read("a,b\n=\"0,1\",x\n").rows, ElementsAre(ElementsAre("0,1", "x", "")));
}

TEST(CsvReader, NamesFilesThatAreNoTables) {
  const auto fault = [](const std::string& bytes) {
    const ReadBack back = read(bytes);
    return back.faults.size() == 1 ? back.faults[0] : "faults: " + std::to_string(back.faults.size());
  };
  using namespace std::string_literals;
  EXPECT_THAT(fault("PK\x03\x04\x14\0[Content_Types].xml"s), HasSubstr("an Excel workbook (.xlsx)"));
  EXPECT_THAT(fault("PK\x03\x04\x14\0mimetypeapplication/hwp+zip"s), HasSubstr("Hangul Word Processor"));
  EXPECT_THAT(fault("PK\x03\x04\x14\0photos/1.jpg"s), HasSubstr("a packed file (ZIP)"));
  EXPECT_THAT(fault("\xef\xbb\xbf<html><table><tr><td>a</td></tr></table></html>"), HasSubstr("HTML"));
  EXPECT_THAT(fault("<?xml version=\"1.0\"?><Workbook/>"), HasSubstr("an XML document"));
  std::string wide;
  for (const char c : "a,b\n1,2\n3,4\n"s) wide += {c, '\0'};
  EXPECT_THAT(fault(wide), HasSubstr("UTF-16")) << "without a mark at its beginning";
}

TEST(CsvReader, SaysOnceThatNothingIsAHeading) {
  const ReadBack back = read("1;2;3\n4;5;6\n");
  ASSERT_EQ(back.faults.size(), 1U);
  EXPECT_THAT(back.faults[0], HasSubstr("no column is named here"));
  EXPECT_THAT(back.faults[0], HasSubstr("semicolons"));
  EXPECT_THAT(back.rows, IsEmpty());
}

TEST(CsvReader, NamesOtherFilesAsWhatTheyAre) {
  const auto fault = [](const std::string& bytes) {
    const ReadBack back = read(bytes);
    return back.faults.size() == 1 ? back.faults[0] : testing::PrintToString(back.faults);
  };
  EXPECT_THAT(fault(std::string("PK\x03\x04\x14\0\x06\0", 8)), HasSubstr("an Excel workbook (.xlsx), not CSV"));
  EXPECT_THAT(fault("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), HasSubstr(".ods"));
  EXPECT_THAT(fault("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), HasSubstr(".xls"));
  EXPECT_THAT(fault("%PDF-1.7\n"), HasSubstr("PDF"));
  EXPECT_THAT(fault("\xd0\xcf\x11\xe0 HWP Document File"), HasSubstr("Hangul Word Processor (.hwp)"));
  EXPECT_THAT(fault("\x89PNG\r\n"), HasSubstr("a picture (PNG)"));
}

TEST(CsvReader, TellsOneCauseOnceWithItsCount) {
  const TemporaryFolder folder;
  std::string bytes = "a,b\n";
  for (int row = 0; row < 36109; ++row) bytes += std::to_string(row) + ",x" + std::to_string(row) + "\n";
  bytes += "one,2\n";
  folder.write("t.csv", bytes);
  Faults faults;
  std::vector<Fault> warnings;
  CsvReader reader(folder.path() / "t.csv", {{"a"}, {"b"}}, Encoding::utf8, faults, warnings);
  while (reader.next()) {
    reader.integer(0, 0, 1'000'000);
    reader.integer(1, 0, 1'000'000);
  }
  ASSERT_EQ(faults.kept().size(), 2U);
  EXPECT_THAT(faults.kept()[0].format(Language::english),
              StartsWith("t.csv:2: b: 36,109 rows: 'x0' is not a whole number; "));
  EXPECT_THAT(faults.kept()[0].format(Language::english), HasSubstr("(lines 2, 3, 4,"));
  EXPECT_THAT(faults.kept()[1].format(Language::english), StartsWith("t.csv:36111: a: 'one' is not a whole number"));
}

TEST(CsvReader, FindsColumnsByNameInAnyOrder) {
  const ReadBack back = read("c,b,a\n3,2,1\n");
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", "3")));
  EXPECT_THAT(back.faults, IsEmpty());
}

TEST(CsvReader, ReadsQuotesCrlfByteOrderMarkAndAMissingLastLineEnd) {
  const ReadBack back = read("\xef\xbb\xbf\"a\",b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\r\n\r\n,\"\"\r\nlast,row");
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("x, \"y\"", "two\nlines", ""), ElementsAre("last", "row", "")));
  EXPECT_THAT(back.lines, ElementsAre(2U, 6U));
  EXPECT_THAT(back.faults, IsEmpty());
}

TEST(CsvReader, WarnsOnceOfAnUnknownColumn) {
  const ReadBack back = read("a,b,z\n1,2,3\n4,5,6\n");
  EXPECT_EQ(back.rows.size(), 2U);
  ASSERT_EQ(back.warnings.size(), 1U);
  EXPECT_THAT(back.warnings[0], StartsWith("t.csv:1: z: unknown column"));
}

TEST(CsvReader, ReportsAMissingColumnAndAColumnTwiceAndGoesOn) {
  const ReadBack back = read("a,a\n1,2\n");
  ASSERT_EQ(back.faults.size(), 2U);
  EXPECT_THAT(back.faults[0], StartsWith("t.csv:1: a: the column stands twice, as column 1 and 2; "));
  EXPECT_THAT(back.faults[1], StartsWith("t.csv:1: b: the column is missing; "));
  EXPECT_EQ(back.rows.size(), 1U);
}

TEST(CsvReader, PassesOverEveryKindOfBrokenQuoteAndReadsTheNextLine) {
  const ReadBack back = read("a,b\nx\"y,1\n\"x\"y,2\n\"z\",3\n\"never closed,4\n5,6\n");
  ASSERT_EQ(back.faults.size(), 3U);
  EXPECT_THAT(back.faults[0], StartsWith("t.csv:2: a: a quote stands inside a value"));
  EXPECT_THAT(back.faults[1], StartsWith("t.csv:3: a: text follows a closing quote"));
  EXPECT_THAT(back.faults[2], StartsWith("t.csv:5: a: a quote opens here and never closes"));
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("z", "3", ""), ElementsAre("5", "6", "")));
}

TEST(CsvReader, SaysHowManyValuesARowOfWrongLengthHas) {
  const ReadBack back = read("a,b\n1\n1,2,3\n1,2\n");
  ASSERT_EQ(back.faults.size(), 2U);
  EXPECT_THAT(back.faults[0], HasSubstr("t.csv:2: the row has 1 value, the header 2 columns"));
  EXPECT_THAT(back.faults[1], HasSubstr("t.csv:3: the row has 3 values, the header 2 columns"));
  EXPECT_EQ(back.rows.size(), 1U);
}

// Red while whoever left a heading empty was told to put quotes around values.
TEST(CsvReader, NamesTheColumnWhoseHeadingIsEmpty) {
  const ReadBack back = read("a,b,,\n1,2,,\n1,2,x,\n1,2,,y\n1,2,x,y,z\n");
  ASSERT_EQ(back.faults.size(), 3U);
  EXPECT_THAT(back.faults[0], StartsWith("t.csv:3: 'x' stands in column 3, whose heading is empty; give the column a heading"));
  EXPECT_THAT(back.faults[1], StartsWith("t.csv:4: 'y' stands in column 4, whose heading is empty"));
  EXPECT_THAT(back.faults[2], HasSubstr("t.csv:5: the row has 5 values, the header 2 columns"));
  EXPECT_EQ(back.rows.size(), 1U);
}

TEST(CsvReader, NamesTheColumnOfNulAndOfBytesThatAreNotUtf8) {
  const ReadBack back = read(std::string("a,b\n1,x\0y\n\xb1\xe8,2\n\"\xff\",3\n4,5\n", 25));
  ASSERT_EQ(back.faults.size(), 3U);
  EXPECT_THAT(back.faults[0], StartsWith("t.csv:2: b: the value holds a NUL byte"));
  EXPECT_THAT(back.faults[1], HasSubstr("t.csv:3: a: the value is not UTF-8 text; "));
  EXPECT_THAT(back.faults[1], HasSubstr("--encoding cp949"));
  EXPECT_THAT(back.faults[2], StartsWith("t.csv:4: a: the value is not UTF-8 text"));
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("4", "5", "")));
}

TEST(CsvReader, RefusesAnEmptyFileWithOneFaultThatNamesTheColumns) {
  const ReadBack back = read("");
  EXPECT_THAT(back.faults, ElementsAre("t.csv: the file is empty; give a header line with a, b, c"));
}

TEST(CsvReader, RefusesUtf16WithOneFault) {
  const ReadBack back =
      read(std::string("\xff\xfe"
                       "a\0,\0b\0\n\0",
                       10));
  ASSERT_EQ(back.faults.size(), 1U);
  EXPECT_THAT(back.faults[0], HasSubstr("UTF-16"));
}

TEST(CsvReader, ReadsCp949AlsoWhereACharacterFallsBetweenTwoBlocks) {
  // 김 is B1 E8 and 샵 is BC A5; 똠 (8C 63) stands only in the Microsoft extension.
  std::string bytes = "a,b\n";
  for (int row = 0; row < 70'000; ++row) {
    bytes += "x\xb1\xe8,\x8c\x63\n";
  }
  const ReadBack back = read(bytes, Encoding::cp949);
  ASSERT_EQ(back.rows.size(), 70'000U);
  for (const auto& row : back.rows) {
    ASSERT_EQ(row[0], "x김");
    ASSERT_EQ(row[1], "똠");
  }
  EXPECT_THAT(back.faults, IsEmpty());
}

TEST(CsvReader, SaysWhichValueIsNotCp949) {
  const ReadBack back = read("a,b\n1,\xff\xff\n2,\xb1\xe8\n", Encoding::cp949);
  ASSERT_EQ(back.faults.size(), 1U);
  EXPECT_THAT(back.faults[0], StartsWith("t.csv:2: b: the value is not CP949 text"));
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("2", "김", "")));
}

TEST(CsvReader, ReadsUtf8WithAByteOrderMarkAlthoughCp949WasSaid) {
  const ReadBack back = read(
      "\xef\xbb\xbf"
      "a,b\n김,2\n",
      Encoding::cp949);
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("김", "2", "")));
}

TEST(CsvReader, CountsTheColumnsOfALineOfAMillionAndReadsOn) {
  std::string row = "1";
  for (int column = 1; column < 1'000'000; ++column) row += ",1";
  const ReadBack back = read("a,b\n" + row + "\n1,2\n");
  ASSERT_EQ(back.faults.size(), 1U);
  EXPECT_THAT(back.faults[0], StartsWith("t.csv:2: the line has 1,999,999 bytes and 1,000,000 columns; "));
  EXPECT_THAT(back.rows, ElementsAre(ElementsAre("1", "2", "")));
}

TEST(CsvReader, RefusesAHeaderOfAMillionColumnsWithOneFault) {
  std::string header = "a,b";
  for (int column = 2; column < 1'000'000; ++column) header += ",z";
  const ReadBack back = read(header + "\n1,2\n");
  ASSERT_EQ(back.faults.size(), 1U);
  EXPECT_THAT(back.faults[0], HasSubstr("1,000,000 columns"));
  EXPECT_THAT(back.warnings, IsEmpty());
}

TEST(CsvReader, KeepsMemoryBoundedInALineThatNeverEnds) {
  const TemporaryFolder folder;
  {
    std::ofstream file(folder.path() / "t.csv", std::ios::binary);
    file << "a,b\n";
    const std::string megabyte(1 << 20, 'x');
    for (int count = 0; count < 200; ++count) file << megabyte;
  }
  const auto peak_mb = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
  };
  const long before = peak_mb();
  Faults faults;
  std::vector<Fault> warnings;
  CsvReader reader(folder.path() / "t.csv", {{"a"}, {"b"}}, Encoding::utf8, faults, warnings);
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(faults.count(), 1U);
  EXPECT_LT(peak_mb() - before, 100);
}

TEST(CsvReader, ThrowsNotFoundForAMissingFile) {
  Faults faults;
  std::vector<Fault> warnings;
  EXPECT_THROW(CsvReader("/nowhere/t.csv", {{"a"}}, Encoding::utf8, faults, warnings), NotFound);
}

TEST(CsvWriter, QuotesOnlyWhereNeeded) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; }, {"a", "b"});
  csv.cell("plain text").cell("comma, quote \" and\nline").end_row();
  csv.cell(std::int64_t{-5}).decimal(126.9995310).end_row();
  csv.finish();
  EXPECT_EQ(text, "a,b\nplain text,\"comma, quote \"\" and\nline\"\n-5,126.999531\n");
}

TEST(CsvWriter, WritesWhatTheReaderReadsBack) {
  std::mt19937_64 random(7);
  const std::vector<std::string> pieces{"a", "김", "\"", ",", "\n", "\r\n", " ", ";", "'", "é"};
  for (int round = 0; round < 200; ++round) {
    std::vector<std::vector<std::string>> rows(1 + random() % 5, std::vector<std::string>(3));
    for (auto& row : rows) {
      for (auto& value : row) {
        for (std::uint64_t count = random() % 6; count > 0; --count) value += pieces[random() % pieces.size()];
      }
      row[0] += "a";  // a row of blanks is none
    }
    std::string text;
    CsvWriter csv([&](std::string_view bytes) { text += bytes; }, {"a", "b", "c"});
    for (const auto& row : rows) {
      for (const auto& value : row) csv.cell(value);
      csv.end_row();
    }
    csv.finish();
    const ReadBack back = read(text);
    EXPECT_EQ(back.rows, rows) << text;
    EXPECT_THAT(back.faults, IsEmpty());
  }
}

TEST(SpellDecimal, IsTheShortestPlainDecimalThatReadsBack) {
  EXPECT_EQ(spell_decimal(37), "37");
  EXPECT_EQ(spell_decimal(-0.0), "0");
  EXPECT_EQ(spell_decimal(126.9995310), "126.999531");
  EXPECT_EQ(spell_decimal(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(spell_decimal(1e-7), "0.0000001");
  std::mt19937_64 random(3);
  for (int round = 0; round < 2000; ++round) {
    const double number = static_cast<double>(static_cast<std::int64_t>(random() >> 20) - (1LL << 43)) / 1e9;
    EXPECT_EQ(std::stod(spell_decimal(number)), number);
  }
}

TEST(Identifier, AcceptsCodesOfPeople) {
  for (const char* good : {"A0000001", "010", "V0001", "가-1", "2027/1:x", "Ñandú", "a b", "서울#1"})
    EXPECT_FALSE(find_identifier_fault(good)) << good;
}

TEST(Identifier, RefusesWhatPeopleCannotTellApart) {
  const auto what = [](std::string_view text) {
    const auto fault = find_identifier_fault(text);
    return fault ? fault->what.en : std::string("nothing");
  };
  EXPECT_THAT(what(" A1"), HasSubstr("begins or ends with a blank"));
  EXPECT_THAT(what("A1 "), HasSubstr("begins or ends with a blank"));
  EXPECT_THAT(what("A\t1"), HasSubstr("U+0009"));
  EXPECT_THAT(what("A1\xe2\x80\x8b"), HasSubstr("U+200B"));
  EXPECT_THAT(what("\xef\xbb\xbf"
                   "A1"),
              HasSubstr("U+FEFF"));
  EXPECT_THAT(what("\xef\xbc\xa1\x31"), HasSubstr("U+FF21"));
  EXPECT_THAT(what("\xe1\x84\x80\xe1\x85\xa1"), HasSubstr("normal form C"));  // 가 as two letters
  EXPECT_THAT(what("A\xc2\xa0"
                   "1"),
              HasSubstr("U+00A0"));
  EXPECT_THAT(what("A;1"), HasSubstr("U+003B"));
  EXPECT_THAT(what(std::string(65, 'A')), HasSubstr("has 65 bytes"));
  EXPECT_THAT(what("a  b"), HasSubstr("U+0020"));
}

TEST(FileName, RefusesWhatLeavesTheFolder) {
  EXPECT_TRUE(find_file_name_fault("../V1"));
  EXPECT_TRUE(find_file_name_fault("V/1"));
  EXPECT_TRUE(find_file_name_fault(".V1"));
  EXPECT_FALSE(find_file_name_fault("V1"));
}

// The office's pages knew two spellings, the command line more.
TEST(Encodings, HaveTheNamesThatPeopleGiveThem) {
  for (const char* name : {"utf8", "UTF-8", "utf_8", " ＵＴＦ-8 "}) EXPECT_EQ(parse_encoding(name), Encoding::utf8) << name;
  for (const char* name : {"cp949", "CP-949", "MS949", "windows-949", "EUC-KR", "euckr"}) EXPECT_EQ(parse_encoding(name), Encoding::cp949) << name;
  for (const char* none : {"", "latin1", "utf16", "949", "-"}) EXPECT_EQ(parse_encoding(none), std::nullopt) << none;
}

// Red when a character is lost or replaced on the way out.
TEST(Encodings, LoseNothingOnTheWayOut) {
  // Also syllables that the older EUC-KR did not have.
  const std::string text = "code,name\n1,한밭고\n2,뷁샾쀍\n";
  EXPECT_EQ(encode_text(text, Encoding::utf8), text);
  const std::string bytes = encode_text(text, Encoding::cp949);
  EXPECT_EQ(bytes.substr(0, 12), "code,name\n1,");
  EXPECT_EQ(bytes.size(), std::string("code,name\n1,......\n2,......\n").size()) << "two bytes each";
  Faults faults;
  std::vector<Fault> warnings;
  CsvReader reader("a.csv", bytes, {CsvColumn{"code"}, CsvColumn{"name"}}, Encoding::cp949, faults, warnings);
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.text(1), "한밭고");
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.text(1), "뷁샾쀍");
  EXPECT_EQ(encode_text("", Encoding::cp949), "");
  try {
    encode_text("code,name\n1,한밭고\n2,Zürich\n", Encoding::cp949);
    FAIL() << "taken";
  } catch (const InvalidInput& refused) {
    EXPECT_NE(refused.message().en.find("Line 3 holds 'ü'"), std::string::npos) << refused.message().en;
  }
}

}  // namespace
}  // namespace hanjari::package
