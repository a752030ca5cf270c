// The mark of a copy: its bars can be read back, and no two marks look alike.
#include "documents/drawing/copy_mark.h"

#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/documents/papers.h"

namespace hanjari::documents {
namespace {

// A second reading, from the bars to the digits.
std::string read_bars(const std::vector<bool>& bars) {
  std::string mark;
  if (bars.size() < 4 || !bars[0] || !bars[1] || bars[bars.size() - 2] || !bars.back()) return mark;
  for (std::size_t at = 2; at + 4 <= bars.size() - 2; at += 4) {
    const int value = bars[at] * 8 + bars[at + 1] * 4 + bars[at + 2] * 2 + bars[at + 3] * 1;
    mark += "0123456789abcdef"[value];
  }
  return mark;
}

TEST(CopyMark, IsReadBackFromItsBars) {
  for (const char* mark : {"0", "f", "4f2a9c", "000000000000", "ffffffffffff", "0123456789abcdef"})
    EXPECT_EQ(read_bars(bars_of_mark(mark)), mark);
}

TEST(CopyMark, BeginsAndEndsDifferentlySoThatASheetUpsideDownIsSeen) {
  const auto bars = bars_of_mark("000000000000");
  EXPECT_TRUE(bars[0] && bars[1]);
  EXPECT_FALSE(bars[bars.size() - 2]);
}

TEST(CopyMark, IsNothingForWhatIsNoMark) {
  EXPECT_TRUE(bars_of_mark("").empty());
  EXPECT_TRUE(bars_of_mark("kim").empty());
}

// Red when a foot leaves the mark out.
TEST(CopyMark, StandsBesideTheNameOnEveryPage) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const PlannedExam planned = exam_of_size(3);
  PaperContext context;
  context.language = Language::english;
  context.taken_by = "jongno";
  context.mark = "4f2a9c0b1d3e";
  for (const char* name : {"roster", "seat_chart", "room_table"}) {
    const Paper paper = render_paper(name, PaperFormat::pdf, planned, VenueIndex(std::size_t{0}), context);
    EXPECT_GE(count_of(printed_text(paper), context.mark), static_cast<std::size_t>(paper.pages)) << name;
  }
}

}  // namespace
}  // namespace hanjari::documents
