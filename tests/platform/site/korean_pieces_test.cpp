// Names that stay Korean on a page in English are read aloud as Korean.
#include "site/pages/korean_pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(KoreanPieces, OfAPageAreMarkedWhereTheyStand) {
  EXPECT_EQ(mark_korean("<p>Nothing to mark</p>"), "<p>Nothing to mark</p>");
  EXPECT_EQ(mark_korean("<strong>경복고등학교</strong>"), "<strong><bdi lang=\"ko\">경복고등학교</bdi></strong>");
  EXPECT_EQ(mark_korean("<address>서울특별시 종로구 자하문로 9</address>"),
            "<address><bdi lang=\"ko\">서울특별시 종로구 자하문로 9</bdi></address>");
  EXPECT_EQ(mark_korean("<p>Location of 경복고등학교, straight-line</p>"),
            "<p>Location of <bdi lang=\"ko\">경복고등학교</bdi>, straight-line</p>");
  EXPECT_EQ(mark_korean("<a href=\"/x\">\n  한빛 (본관)\n</a>"), "<a href=\"/x\">\n  <bdi lang=\"ko\">한빛 (본관)</bdi>\n</a>");
}

TEST(KoreanPieces, StayAsTheyAreWhereNoMarkMayStand) {
  for (const char* kept : {"<option value=\"1\">종로구</option>", "<textarea>가\n나</textarea>", "<svg><text>거주지</text></svg>",
                           "<a lang=\"ko\" href=\"/ko\">한국어</a>", "<article lang=\"ko\"><div>합격</div><div>축하</div></article>",
                           "<input value=\"김하늘\" title=\"a > 나\">", "<a class=\"row\">Seat of 김하늘</a>", "<p>&lt;b&gt;</p>"})
    EXPECT_EQ(mark_korean(kept), kept);
}

// Red while an article of a release in English kept Korean words, which nobody had translated, as English.
TEST(KoreanPieces, InWhatCallsItselfEnglishAreMarked) {
  EXPECT_EQ(mark_korean("<article lang=\"en\"><p>Next</p><p>등록하십시오.</p></article>"),
            "<article lang=\"en\"><p>Next</p><p><bdi lang=\"ko\">등록하십시오.</bdi></p></article>");
}

TEST(KoreanPieces, AfterWhatStaysAreMarkedAgain) {
  EXPECT_EQ(mark_korean("<svg><g><svg></svg></g>가</svg><img alt=\"나\"><td>다</td>"),
            "<svg><g><svg></svg></g>가</svg><img alt=\"나\"><td><bdi lang=\"ko\">다</bdi></td>");
  EXPECT_EQ(mark_korean("<article lang=\"ko\"><article>가</article>나</article><p>다</p>"),
            "<article lang=\"ko\"><article>가</article>나</article><p><bdi lang=\"ko\">다</bdi></p>");
}

// Red while a screen reader spelt the school's name on the English page of the seat.
TEST(KoreanPieces, OfTheSeatAreMarkedOnItsEnglishPageAlone) {
  Office office;
  Running running(office);
  Browser browser(running, Listener::portal);
  const auto seat = [&](const std::string& language) {
    const std::string page = "/" + language + "/exams/seoul-2021-1/seat";
    return browser.post(page, page, {{"number", "01000001"}, {"birth", "19970305"}}).body;
  };
  EXPECT_THAT(seat("en"), HasSubstr("<strong><bdi lang=\"ko\">경복고등학교</bdi></strong>"));
  EXPECT_THAT(seat("ko"), Not(HasSubstr("<bdi")));
}

}  // namespace
}  // namespace hanjari::web::testing
