#include "hanjari/documents/fact_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/printed_text.h"
#include "documents/read_back.h"

namespace hanjari::documents {
namespace {

FactSheet long_sheet(int rows) {
  FactSheet sheet{"접수증", "서울특별시 제1회 공개경쟁임용시험", {}, {"이 접수증은 서명된 접수 기록을 사람이 읽도록 옮긴 것입니다."}, "한빛시", {}};
  for (int row = 0; row < rows; ++row) sheet.rows.push_back({"항목 " + std::to_string(row), "값" + std::to_string(row) + "끝"});
  return sheet;
}

// Red with a sheet that stops drawing at the end of its first page.
TEST(FactSheets, SayEveryRowOnAsManyPagesAsItTakes) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (const int rows : {1, 12, 90}) {
    const Paper paper = render_fact_sheet(long_sheet(rows));
    EXPECT_TRUE(paper.missing.empty());
    EXPECT_EQ(paper.pages > 1, rows == 90);
    const std::string text = printed_text(paper);
    for (const FactSheet::Row& row : long_sheet(rows).rows) EXPECT_THAT(text, testing::HasSubstr(row.value));
    for (const char* words : {"접수증", "공개경쟁임용시험", "한빛시", "사람이 읽도록"}) EXPECT_THAT(text, testing::HasSubstr(words));
  }
}

TEST(FactSheets, AreTheSameBytesEachTime) {
  EXPECT_EQ(render_fact_sheet(long_sheet(5)).bytes, render_fact_sheet(long_sheet(5)).bytes);
}

// Red while a screen reader read Korean papers with the voice of its own language, and windows showed the file's name.
TEST(FactSheets, SayTheirLanguageAndTheirTitle) {
  FactSheet sheet = long_sheet(3);
  EXPECT_THAT(render_fact_sheet(sheet).bytes, testing::HasSubstr("/Lang (ko-KR)"));
  sheet.language = Language::english;
  const std::string bytes = render_fact_sheet(sheet).bytes;
  EXPECT_THAT(bytes, testing::HasSubstr("/Lang (en)"));
  EXPECT_THAT(bytes, testing::HasSubstr("/ViewerPreferences << /DisplayDocTitle true >>"));
  if (!has_program("pdfinfo")) GTEST_SKIP() << "pdfinfo is not installed";
  const std::string said = output_about(bytes, "pdf", "pdfinfo {} 2>&1");
  EXPECT_THAT(said, testing::ContainsRegex("Tagged: +yes"));
  EXPECT_THAT(said, testing::ContainsRegex("Pages: +1\n"));
  EXPECT_THAT(output_about(bytes, "pdf", "pdfinfo -struct {} 2>/dev/null"), testing::StartsWith("Document\n"));
  EXPECT_THAT(said, testing::Not(testing::HasSubstr("rror"))) << "what was added is a file of the form";
}

}  // namespace
}  // namespace hanjari::documents
