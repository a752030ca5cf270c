// What is true of every paper as it lies on the table: nothing stands on anything else, nothing over the edge, and pages are
// used to their foot.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/read_back.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr VenueIndex only_school{std::size_t{0}};

PaperContext plain_context() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  return context;
}

// Two units with long names, long names of people and of the school, accommodations of several lengths.
PlannedExam exam_of_long_words() {
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) {
    names.push_back(i % 3 == 0   ? "김가나다라마바사아자차카타파하거너더러머버서어저처커터퍼"
                    : i % 3 == 1 ? "Maria-Fernanda de los Angeles Wolfeschlegelsteinhausenbergerdorff y Gonzalez-Mu"
                                 : "이서연");
  }
  PlannedExam planned = exam_with(names, 15);
  planned.exam.units[0].series_ko = "일반행정(저소득층 및 북한이탈주민 구분모집 시간선택제 포함)";
  planned.exam.units.push_back(planned.exam.units[0]);
  planned.exam.units[1].code = UnitCode("020");
  planned.exam.units[1].duration_min = 60;
  planned.exam.units[1].series_ko = "간호장애인구분모집시간선택제포함일반행정직렬전체";
  for (std::size_t i = 0; i < 40; i += 2) planned.exam.applicants[i].unit = UnitIndex(std::size_t{1});
  const TimeMultiplier multipliers[] = {TimeMultiplier::x1_2, TimeMultiplier::x1_5, TimeMultiplier::x1_7};
  for (std::size_t i = 0; i < 9; ++i) planned.exam.applicants[i].accommodation.multiplier = multipliers[i % 3];
  planned.exam.venues[0].name = "서울특별시교육청 부설 한국방송통신대학교 사범대학 부속 고등학교";
  planned.exam.venues[0].address = "서울특별시 강서구 화곡로 12345번길 67-89, 한빛교육연구단지 본관동 및 별관동 3층";
  return planned;
}

// The part of the smaller box that the two share.
double share_of(const WordBox& a, const WordBox& b) {
  const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  if (a.page != b.page || width <= 0.5 || height <= 0) return 0;
  const auto area = [](const WordBox& box) { return (box.right - box.left) * (box.bottom - box.top); };
  return width * height / std::max(1.0, std::min(area(a), area(b)));
}

void expect_clear(const std::string& name, const std::vector<WordBox>& boxes) {
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_GT(boxes[i].left, 8) << name << ": " << boxes[i].word;
    EXPECT_LT(boxes[i].right, boxes[i].page_width - 8) << name << ": " << boxes[i].word;
    EXPECT_LT(boxes[i].bottom, boxes[i].page_height + 1) << name << ": " << boxes[i].word;
    for (std::size_t other = i + 1; other < boxes.size() && boxes[other].page == boxes[i].page; ++other) {
      if (share_of(boxes[i], boxes[other]) < 0.3) continue;
      ADD_FAILURE() << name << ", page " << boxes[i].page << ": " << boxes[i].word << " and " << boxes[other].word;
    }
  }
}

// Labels, feet and door lists had words on each other where edition, footer, school or taker are long.
TEST(WholePapers, HaveNoWordOnAnotherHoweverLongTheWordsAre) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const Templates own = Templates::parse(
      {{"day.json", R"json({"footer": {"ko": "서울특별시 인사위원회 사무국 시험관리과 고시계획팀 (문의 02-000-0000)"}})json"}});
  const PlannedExam planned = exam_of_long_words();
  for (const bool is_long : {false, true}) {
    PaperContext context = plain_context();
    context.templates = &own;
    context.version = is_long ? "2차 수정판 (2027. 6. 1. 재발행)" : "2";
    context.replaces = is_long ? planned.plan.digest : "";
    context.taken_by = is_long ? "서울특별시 인사위원회 사무국 시험관리과 담당 김한빛" : "";
    for (const PaperKind& kind : paper_kinds()) {
      if (kind.formats.front() != PaperFormat::pdf) continue;
      expect_clear(kind.name,
                   word_boxes(render_paper(kind.name, PaperFormat::pdf, planned, only_school, context).bytes));
    }
  }
}

TEST(WholePapers, DoorListsKeepTheRoomBesideALongEdition) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  PaperContext context = plain_context();
  context.version = "2차 수정판 (2027. 6. 1. 재발행)";
  double edition = 0;
  double room = 0;
  for (const WordBox& box :
       word_boxes(render_paper("door_list", PaperFormat::pdf, exam_of_size(3), only_school, context).bytes)) {
    if (box.top < 200 && box.word.starts_with("재발행")) edition = std::max(edition, box.right);
    if (box.word == "제1시험실") room = box.left;
  }
  ASSERT_GT(edition, 0);
  EXPECT_LT(edition + 7, room) << "the frame of the edition ends 7 points behind its words";
}

TEST(WholePapers, SayTheDayOfTheExam) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (const PaperKind& kind : paper_kinds()) {
    if (kind.name == "desk_label" || kind.formats.front() != PaperFormat::pdf) continue;  // labels hold what a desk needs
    EXPECT_THAT(text_of_pdf(render_paper(kind.name, PaperFormat::pdf, exam_of_size(3), only_school, plain_context()).bytes),
                HasSubstr("2021년 6월 5일(토)"))
        << kind.name;
  }
}

TEST(WholePapers, LabelsStandBesideTheirValues) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  double label = 0;
  double value = 0;
  for (const WordBox& box :
       word_boxes(render_paper("absence_return", PaperFormat::pdf, exam_of_long_words(), only_school, plain_context()).bytes)) {
    if (box.page > 1) break;
    if (box.word == "시험일") label = (box.top + box.bottom) / 2;
    if (box.word == "5일(토)") value = (box.top + box.bottom) / 2;
  }
  ASSERT_GT(label, 0);
  EXPECT_NEAR(label, value, 2.5) << "the line is high, because the times beside it take several";
}

TEST(WholePapers, LeaveOutLabelsOfWhatNobodyHasSaid) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const auto text = [](VenueIndex venue) {
    return text_of_pdf(render_paper("absence_return", PaperFormat::pdf, exam_of_size(3), venue, plain_context()).bytes);
  };
  EXPECT_THAT(text(only_school), HasSubstr("소재지"));
  EXPECT_THAT(text(VenueIndex::none()), Not(HasSubstr("소재지"))) << "all schools together have no address";
}

// Only the last page needs room for notes and signatures: 23 rows of 10 mm fit on the first, which held 21.
TEST(WholePapers, FillPagesToTheFootAndKeepPlacesToSignOnTheLast) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (int rooms = 19; rooms <= 50; ++rooms) {
    const auto boxes = word_boxes(
        render_paper("absence_return", PaperFormat::pdf, exam_of_size(rooms, 1), only_school, plain_context()).bytes);
    int first_page = 0;
    int signatures = 0;
    for (const WordBox& box : boxes) {
      const bool is_room = box.left < 80 && box.word.find_first_not_of("0123456789") == std::string::npos;
      first_page += box.page == 1 && is_room ? 1 : 0;
      if (box.word != "(서명)") continue;
      ++signatures;
      EXPECT_EQ(box.page, boxes.back().page);
      EXPECT_LT(box.bottom, box.page_height - 28.3 - 11) << rooms << " rooms: above the foot";
    }
    EXPECT_EQ(signatures, 2) << rooms;
    if (rooms > 25) {
      EXPECT_EQ(first_page, 23) << rooms;
    }
  }
}

TEST(WholePapers, BreakLongNotesIntoLines) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  std::string note;
  for (int i = 0; i < 60; ++i) note += fmt::format("{}안내{}", i == 0 ? "" : " ", i);
  const Templates own = Templates::parse(
      {{"absence_return.json",
        R"({"title": {"ko": "결시"}, "columns": [{"field": "room", "title": {"ko": "실"}, "width": 10}], "notes": [{"ko": ")" +
            note + R"("}], "signatures": [{"ko": "확인"}]})"}});
  PaperContext context = plain_context();
  context.templates = &own;
  const auto boxes =
      word_boxes(render_paper("absence_return", PaperFormat::pdf, exam_of_size(3), only_school, context).bytes);
  expect_clear("a long note", boxes);
  std::set<std::string> words;
  for (const WordBox& box : boxes) words.insert(box.word);
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(words.contains(fmt::format("안내{}", i))) << i;
}

TEST(WholePapers, RefuseTextsThatNoPageHasRoomFor) {
  const auto faults_of = [](const std::string& name, const std::string& json) {
    try {
      Templates::parse({{name, json}});
    } catch (const InvalidInput& error) {
      return error.faults().kept().front().format(Language::english);
    }
    return std::string("none");
  };
  const auto way = [](std::size_t letters) {
    return R"({"V0001": {"ko": ")" + std::string(letters, 'x') + R"("}})";
  };
  EXPECT_EQ(faults_of("ways.json", way(20'000)), "none");
  EXPECT_THAT(faults_of("ways.json", way(20'001)), HasSubstr("20001 characters; 20000 are the most"));
  const auto footer = [](std::size_t letters) {
    std::string words;
    for (std::size_t i = 0; i < letters; ++i) words += "가";
    return R"({"footer": {"ko": ")" + words + R"("}})";
  };
  EXPECT_EQ(faults_of("day.json", footer(1'000)), "none");
  EXPECT_THAT(faults_of("day.json", footer(1'001)), HasSubstr("1001 characters; 1000 are the most"));
}

}  // namespace
}  // namespace hanjari::documents
