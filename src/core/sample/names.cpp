#include "sample/names.h"

#include <string_view>
#include <vector>

namespace hanjari::sample {
namespace {

struct Weighted {
  std::string_view text;
  std::int64_t weight;
};

// Per 10,000 people, about.
constexpr Weighted family_names[] = {
    {"김", 2150}, {"이", 1470}, {"박", 842}, {"정", 482}, {"최", 470}, {"조", 293}, {"강", 237}, {"윤", 205},
    {"장", 200},  {"임", 204},  {"한", 156}, {"오", 154}, {"서", 151}, {"신", 188}, {"권", 142}, {"황", 140},
    {"안", 138},  {"송", 137},  {"전", 150}, {"홍", 112}, {"유", 94},  {"류", 90},  {"고", 95},  {"문", 93},
    {"양", 93},   {"손", 92},   {"배", 80},  {"백", 77},  {"허", 66},  {"남", 55},  {"심", 55},  {"노", 52},
    {"하", 46},   {"곽", 41},   {"성", 40},  {"차", 39},  {"주", 39},  {"우", 39},  {"구", 39},  {"나", 37},
    {"민", 34},   {"진", 32},   {"지", 31},  {"엄", 29},  {"채", 26},  {"원", 26},  {"천", 24},  {"방", 19},
    {"공", 18},   {"현", 17},   {"함", 16},  {"변", 16},  {"염", 14},  {"여", 13},  {"추", 12},  {"도", 11},
    {"소", 10},   {"석", 9},    {"선", 8},   {"설", 8},   {"마", 7},   {"길", 7},   {"연", 7},   {"표", 6},
    {"명", 6},    {"기", 6},    {"반", 5},   {"남궁", 4}, {"황보", 2}, {"선우", 2}, {"제갈", 1}, {"사공", 1},
};

constexpr Weighted male_first[] = {
    {"민", 90}, {"지", 85}, {"현", 80}, {"성", 75}, {"준", 75}, {"동", 65}, {"재", 65}, {"승", 60}, {"영", 55},
    {"상", 50}, {"정", 50}, {"태", 45}, {"우", 40}, {"진", 40}, {"도", 35}, {"기", 30}, {"종", 30}, {"형", 30},
    {"세", 25}, {"건", 25}, {"병", 20}, {"광", 15}, {"시", 15}, {"윤", 15}, {"규", 15}, {"하", 12}, {"찬", 12},
};
constexpr Weighted male_second[] = {
    {"현", 80}, {"호", 80}, {"우", 75}, {"훈", 75}, {"준", 70}, {"민", 60}, {"수", 55}, {"석", 55}, {"진", 50},
    {"혁", 45}, {"환", 45}, {"원", 40}, {"영", 40}, {"규", 35}, {"재", 35}, {"섭", 25}, {"빈", 25}, {"욱", 25},
    {"철", 22}, {"태", 20}, {"성", 20}, {"식", 15}, {"범", 15}, {"찬", 15}, {"형", 12}, {"용", 12}, {"일", 10},
};
constexpr Weighted female_first[] = {
    {"지", 110}, {"수", 85}, {"민", 80}, {"은", 80}, {"현", 65}, {"서", 60}, {"유", 55}, {"혜", 55}, {"정", 50},
    {"소", 50},  {"윤", 40}, {"예", 40}, {"미", 35}, {"하", 35}, {"선", 35}, {"주", 30}, {"가", 25}, {"연", 22},
    {"다", 22},  {"아", 20}, {"보", 18}, {"나", 18}, {"세", 15}, {"효", 15}, {"희", 12}, {"영", 12}, {"채", 12},
};
constexpr Weighted female_second[] = {
    {"은", 85}, {"연", 80}, {"영", 75}, {"진", 75}, {"민", 70}, {"현", 60}, {"원", 60}, {"희", 55}, {"정", 55},
    {"경", 45}, {"윤", 40}, {"아", 40}, {"선", 35}, {"주", 35}, {"빈", 35}, {"혜", 30}, {"미", 28}, {"린", 25},
    {"슬", 20}, {"나", 20}, {"인", 20}, {"서", 18}, {"율", 15}, {"림", 15}, {"솔", 10}, {"라", 10}, {"리", 8},
};

constexpr std::string_view stem_first[40] = {"한", "새", "늘", "해", "솔", "별", "참", "온", "큰", "가",
                                             "나", "다", "라", "마", "바", "사", "아", "자", "차", "하",
                                             "동", "서", "남", "북", "중", "청", "백", "은", "금", "옥",
                                             "송", "매", "국", "죽", "연", "효", "인", "의", "예", "지"};
constexpr std::string_view stem_second[40] = {
    "빛",   "솔",   "샘",   "봄",   "뜰",   "벗",   "울", "들", "내", "뫼", "마루", "나래", "누리", "가람",
    "아름", "새벽", "한결", "보람", "슬기", "바름", "천", "산", "강", "원", "림",   "정",   "현",   "명",
    "덕",   "성",   "화",   "진",   "선",   "광",   "평", "흥", "창", "숭", "양",   "도"};

template <const auto& items>
std::string_view draw(Dice& dice) {
  static const std::vector<std::int64_t> sums = [] {
    std::vector<std::int64_t> rising;
    for (const Weighted& item : items) rising.push_back(item.weight + (rising.empty() ? 0 : rising.back()));
    return rising;
  }();
  return items[dice.weighted(sums)].text;
}

}  // namespace

std::string draw_person_name(Dice& dice, Sex sex) {
  std::string name(draw<family_names>(dice));
  const bool male = sex == Sex::male;
  const std::string_view first = male ? draw<male_first>(dice) : draw<female_first>(dice);
  std::string_view second = male ? draw<male_second>(dice) : draw<female_second>(dice);
  while (second == first) second = male ? draw<male_second>(dice) : draw<female_second>(dice);
  name += first;
  name += second;
  return name;
}

std::string name_stem(std::size_t number) {
  // Both parts change from one number to the next, so that neighbours do not look alike: 40 pairs a diagonal.
  const std::size_t first = number % 40;
  const std::size_t second = (number + number / 40) % 40;
  return std::string(stem_first[first]) + std::string(stem_second[second]);
}

}  // namespace hanjari::sample
