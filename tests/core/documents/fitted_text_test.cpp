#include "documents/drawing/fitted_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hanjari::documents {
namespace {

using testing::ElementsAre;

std::vector<std::string> wrapped(const std::string& text, double width) {
  PdfDocument pdf({"title", "subject", "author", Instant{}});
  std::vector<std::string> lines;
  for (const SharedText& line : wrap_text(pdf.book(), text, Weight::regular, 10, width).lines)
    lines.push_back(line->text);
  return lines;
}

double natural_width(const std::string& text) {
  PdfDocument pdf({"title", "subject", "author", Instant{}});
  return pdf.width(text, 10);
}

// "사서보조(시 / 간선택제)" stood in narrow columns.
TEST(FittedText, BreaksBeforeABracketRatherThanInsideAKoreanWord) {
  const double width = natural_width("(시간선택제)") + 1;
  EXPECT_THAT(wrapped("사서보조(시간선택제)", width), ElementsAre("사서보조", "(시간선택제)"));
  EXPECT_THAT(wrapped("사서 보조 (시간선택제)", width), ElementsAre("사서 보조", "(시간선택제)"));
  EXPECT_THAT(wrapped("(시간선택제) 사서", width), ElementsAre("(시간선택제)", "사서"));
}

TEST(FittedText, BreaksInsideAWordThatIsWiderThanTheCellAndLosesNothing) {
  const std::string word = "(가나다라마바사아자차카타파하)가나다(라마바사)아자차카타파하";
  const auto lines = wrapped(word, natural_width("가나다라마"));
  std::string joined;
  for (const std::string& line : lines) {
    EXPECT_LE(natural_width(line), natural_width("가나다라마") + 0.01);
    joined += line;
  }
  EXPECT_EQ(joined, word);
}

// A template whose one column is a hundred times as wide as the others leaves them narrower than their margins.
TEST(FittedText, HasALineInAColumnThatIsNarrowerThanItsMargins) {
  PdfDocument pdf({"title", "subject", "author", Instant{}});
  for (const double width : {-4.0, 0.0, 0.5}) {
    EXPECT_EQ(fit_text(pdf.book(), "", Weight::regular, 10, width, 12).lines.size(), 1u) << width;
    EXPECT_THAT(wrapped("", width), ElementsAre("")) << width;
    EXPECT_THAT(wrapped("가나", width), ElementsAre("가", "나")) << width;
  }
}

}  // namespace
}  // namespace hanjari::documents
