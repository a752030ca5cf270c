// The mark of a copy: its bars can be read back, and no two marks look alike.
#include "documents/drawing/copy_mark.h"

#include <cstdio>
#include <utility>

#include <fmt/format.h>
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

// A page as a machine sees it that knows black and white only.
struct Bitmap {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> dark;  // 1 for a dark dot, row by row
  bool is_dark(int x, int y) const {
    return x >= 0 && y >= 0 && x < width && y < height && dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] != 0;
  }
};

// The first page: a dot is dark whose grey is below `threshold` of 255.
Bitmap printed_page(const Paper& paper, int dots_per_inch, int threshold) {
  const std::string grey =
      output_about(paper.bytes, "pdf", "pdftoppm -r " + std::to_string(dots_per_inch) + " -f 1 -l 1 -gray {} 2> /dev/null");
  Bitmap page;
  int levels = 0;
  int begin = 0;
  if (std::sscanf(grey.c_str(), "P5 %d %d %d%n", &page.width, &page.height, &levels, &begin) != 3 || levels != 255) return {};
  const std::size_t dots = static_cast<std::size_t>(page.width) * static_cast<std::size_t>(page.height);
  if (grey.size() < static_cast<std::size_t>(begin) + 1 + dots) return {};
  for (std::size_t at = 0; at < dots; ++at)
    page.dark.push_back(static_cast<unsigned char>(grey[static_cast<std::size_t>(begin) + 1 + at]) < threshold ? 1 : 0);
  return page;
}

// What a copier makes of it that is a little out of focus: each dot is what most of its neighbours are.
Bitmap copied(const Bitmap& page) {
  Bitmap copy{page.width, page.height, std::vector<unsigned char>(page.dark.size())};
  const auto width = static_cast<std::size_t>(page.width);
  for (std::size_t y = 1; y + 1 < static_cast<std::size_t>(page.height); ++y) {
    const auto column = [&, dots = page.dark.data()](std::size_t x) { return dots[(y - 1) * width + x] + dots[y * width + x] + dots[(y + 1) * width + x]; };
    int sum = column(0) + column(1);  // of the three columns around x, taken on by one column at a time
    for (std::size_t x = 1; x + 1 < width; ++x) {
      sum += column(x + 1) - (x > 1 ? column(x - 2) : 0);
      copy.dark[y * width + x] = sum >= 5 ? 1 : 0;
    }
  }
  return copy;
}

// Middles of dark stretches of the row that are as wide as bars and as far apart, at least twenty of them.
std::vector<int> bars_in_row(const Bitmap& page, int y, double dots_per_point) {
  constexpr double bar = 1.1;
  constexpr double step = 2.3;
  std::vector<int> chain;
  const auto is_whole = [&] { return chain.size() >= 20; };
  for (int x = 0; x < page.width; ++x) {
    if (!page.is_dark(x, y)) continue;
    const int begin = x;
    while (page.is_dark(x, y)) ++x;
    const int middle = (begin + x - 1) / 2;
    const double wide = (x - begin) / dots_per_point;
    const double from_last = chain.empty() ? step : (middle - chain.back()) / dots_per_point;
    const bool is_bar = wide > bar * 0.3 && wide < bar * 1.9;
    if (!is_bar || from_last < step * 0.7 || from_last > step * 1.3) {
      if (is_whole()) return chain;
      chain.clear();
    }
    if (is_bar) chain.push_back(middle);
  }
  return is_whole() ? chain : std::vector<int>();
}

// The mark that stands on the page, found by its look alone; empty where there is none.
std::string read_printed_mark(const Bitmap& page, int dots_per_inch) {
  const double dots_per_point = dots_per_inch / 72.0;
  // From below, so that the first row with bars is the one they stand on; short ones end between 1.8 and 4.2 points above it.
  for (int y = page.height - 1; y >= 0; --y) {
    std::vector<bool> bars;
    for (const int x : bars_in_row(page, y, dots_per_point)) bars.push_back(page.is_dark(x, y - static_cast<int>(3.0 * dots_per_point)));
    if (std::string mark = read_bars(bars); !mark.empty()) return mark;
  }
  return {};
}

const std::string some_mark = "4f2a9c0b1d3e";

PaperContext taken_copy() {
  PaperContext context;
  context.language = Language::english;
  context.taken_by = "jongno";
  context.mark = some_mark;
  return context;
}

// Red when bars are grey, too thin or too near one another for a printer without grey, a copier, or a copy of a copy, and where a paper
// has none.
TEST(CopyMark, IsReadByAMachineFromABlackAndWhiteCopy) {
  if (!has_program("pdftoppm")) GTEST_SKIP() << "pdftoppm is not installed";
  const PlannedExam planned = exam_of_size(3);
  for (const char* name : {"roster", "seat_chart", "desk_label", "door_list", "room_table"}) {
    const Paper paper = render_paper(name, PaperFormat::pdf, planned, VenueIndex(std::size_t{0}), taken_copy());
    for (const auto& [dots, threshold] : {std::pair(150, 96), std::pair(150, 160), std::pair(300, 128)}) {
      const Bitmap page = printed_page(paper, dots, threshold);
      ASSERT_GT(page.width, 0) << name;
      EXPECT_EQ(read_printed_mark(page, dots), some_mark) << name << ", " << dots << " dots an inch, dark below " << threshold;
    }
    EXPECT_EQ(read_printed_mark(copied(copied(printed_page(paper, 300, 128))), 300), some_mark) << name << ", a copy of a copy";
  }
}

// The reader sees no mark where there is none, or the test above would say nothing.
TEST(CopyMark, IsNotReadFromAPaperThatNobodyTook) {
  if (!has_program("pdftoppm")) GTEST_SKIP() << "pdftoppm is not installed";
  PaperContext plain = taken_copy();
  plain.mark.clear();
  const Paper paper = render_paper("roster", PaperFormat::pdf, exam_of_size(3), VenueIndex(std::size_t{0}), plain);
  EXPECT_EQ(read_printed_mark(printed_page(paper, 300, 128), 300), "");
}

// Red while the line for people was grey: what is lighter than black becomes paper on a hard copy.
TEST(CopyMark, StandsInWordsThatAreBlackToo) {
  if (!has_program("pdftoppm") || !has_program("pdftotext")) GTEST_SKIP() << "pdftoppm or pdftotext is not installed";
  for (const char* name : {"roster", "desk_label"}) {
    const Paper paper = render_paper(name, PaperFormat::pdf, exam_of_size(3), VenueIndex(std::size_t{0}), taken_copy());
    const Bitmap page = printed_page(paper, 300, 80);
    ASSERT_GT(page.width, 0) << name;
    bool found = false;
    std::string words;
    for (const WordBox& box : word_boxes(paper.bytes)) {
      words += fmt::format("{}:{} ", box.page, box.word);
      // The reader of words parts small print now and then: most of the mark is enough.
      if (box.word.size() < 8 || some_mark.find(box.word) == std::string::npos || box.page != 1) continue;
      found = true;
      int dark = 0;
      int dots = 0;
      for (int y = static_cast<int>(box.top * 300 / 72); y < box.bottom * 300 / 72; ++y) {
        for (int x = static_cast<int>(box.left * 300 / 72); x < box.right * 300 / 72; ++x, ++dots) dark += page.is_dark(x, y) ? 1 : 0;
      }
      EXPECT_GT(dark * 20, dots) << name << ": letters cover more than a twentieth of their box";
    }
    EXPECT_TRUE(found) << name << ": " << words;
  }
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
  for (const char* name : {"roster", "seat_chart", "desk_label", "room_table"}) {
    const Paper paper = render_paper(name, PaperFormat::pdf, planned, VenueIndex(std::size_t{0}), taken_copy());
    EXPECT_GE(count_of(printed_text(paper), some_mark), static_cast<std::size_t>(paper.pages)) << name;
  }
}

}  // namespace
}  // namespace hanjari::documents
