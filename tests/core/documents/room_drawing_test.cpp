#include "hanjari/documents/room_drawing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

namespace hanjari::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

Room a_room(int rows, int columns) {
  Room room;
  room.row_count = rows;
  room.column_count = columns;
  room.row_pitch_cm = 130;
  room.column_pitch_cm = 140;
  return room;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

// True when every element that is opened is closed, in the right order.
bool is_balanced(const std::string& svg) {
  std::vector<std::string> open;
  const std::regex tag(R"(<(/?)([a-z]+)[^>]*?(/?)>)");
  for (std::sregex_iterator it(svg.begin(), svg.end(), tag), end; it != end; ++it) {
    if ((*it)[3] == "/") continue;
    if ((*it)[1] == "/") {
      if (open.empty() || open.back() != (*it)[2]) return false;
      open.pop_back();
    } else {
      open.push_back((*it)[2]);
    }
  }
  return open.empty();
}

TEST(RoomDrawing, ShowsEveryDeskOnceWithTheOwnAndTheBlockedOnes) {
  Room room = a_room(5, 6);
  room.blocked = {{1, 1}, {4, 3}};
  const std::string svg = render_room_svg(room, {Desk{2, 3}, 8, {{1, 2}, {2, 2}}}, Language::korean);
  EXPECT_TRUE(is_balanced(svg));
  const std::size_t legend = 4;
  EXPECT_EQ(count(svg, "class=\"room-desk"), 30 + 2 + 1 + legend) << "a cross more per blocked desk and in the legend";
  EXPECT_EQ(count(svg, "room-desk-own"), 2U);
  EXPECT_EQ(count(svg, "room-desk-occupied"), 3U);
  EXPECT_THAT(svg, HasSubstr(">8<"));
  EXPECT_THAT(svg, HasSubstr("내 자리"));
}

TEST(RoomDrawing, SpeaksToScreenReadersInBothLanguages) {
  const Room room = a_room(5, 5);
  const std::string english = render_room_svg(room, {Desk{2, 3}, 8, {}}, Language::english, "seat");
  EXPECT_THAT(english, HasSubstr("role=\"img\""));
  EXPECT_THAT(english, HasSubstr("aria-labelledby=\"seat-title seat-desc\""));
  EXPECT_THAT(english, HasSubstr("row 2 from the front, column 3 from the left"));
  const std::string korean = render_room_svg(room, {Desk{2, 3}, 0, {}}, Language::korean);
  EXPECT_THAT(korean, HasSubstr("앞에서 2번째 줄, 앞을 보고 왼쪽에서 3번째 자리입니다."));
  EXPECT_THAT(render_room_svg(room, {}, Language::korean), Not(HasSubstr("내 자리")));
}

TEST(RoomDrawing, PassesTheStrictestContentSecurityPolicy) {
  Room room = a_room(10, 10);
  room.blocked = {{3, 3}};
  for (const Language language : {Language::english, Language::korean}) {
    const std::string svg = render_room_svg(room, {Desk{1, 1}, 1, {{2, 2}}}, language);
    EXPECT_THAT(svg, Not(HasSubstr("style")));
    EXPECT_THAT(svg, Not(HasSubstr("<script")));
    EXPECT_FALSE(std::regex_search(svg, std::regex(R"(\son[a-z]+=)")));
    EXPECT_THAT(svg, Not(HasSubstr("href")));
  }
}

TEST(RoomDrawing, PutsTheFrontAtTheTopAndColumnOneAtTheLeft) {
  const std::string svg = render_room_svg(a_room(2, 2), {Desk{1, 1}, 0, {}}, Language::english);
  const std::regex place(R"svg(translate\((\d+) (\d+)\)"><rect class="([a-z -]+)")svg");
  std::vector<std::tuple<int, int, std::string>> desks;
  for (std::sregex_iterator it(svg.begin(), svg.end(), place), end; it != end; ++it) {
    desks.emplace_back(std::stoi((*it)[1]), std::stoi((*it)[2]), (*it)[3]);
  }
  ASSERT_GE(desks.size(), 4U);
  EXPECT_THAT(std::get<2>(desks[0]), HasSubstr("own"));
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_GE(std::get<0>(desks[i]), std::get<0>(desks[0]));
    EXPECT_GE(std::get<1>(desks[i]), std::get<1>(desks[0]));
  }
}

}  // namespace
}  // namespace hanjari::documents
