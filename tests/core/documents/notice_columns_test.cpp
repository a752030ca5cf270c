// Numbers that lie scattered over schools, as after many changes: a person finds the own one on the notice all the same.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;

constexpr VenueIndex first_school{std::size_t{0}};
constexpr VenueIndex second_school{std::size_t{1}};
constexpr const char* referred = "뒤의 번호 목록";

PaperContext notice_context() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  return context;
}

// Every second number of the unit sits at the second school.
PlannedExam scattered(int people) {
  PlannedExam planned = exam_of_size(people, people);
  planned.exam.venues.push_back(planned.exam.venues[0]);
  planned.exam.venues[1].code = VenueCode("V0002");
  planned.exam.venues[1].name = "두리중학교";
  for (std::size_t i = 1; i < planned.plan.placements.size(); i += 2) planned.plan.placements[i].venue = second_school;
  return planned;
}

Paper notice_pdf(const char* paper, const PlannedExam& planned, VenueIndex venue) {
  return render_paper(paper, PaperFormat::pdf, planned, venue, notice_context());
}

// Whose number stands how often, and what stands behind it.
struct FoundNumbers {
  std::map<std::string, int> times;
  std::map<std::string, std::string> next_word;
};
FoundNumbers numbers_in(const Paper& paper) {
  FoundNumbers found;
  for (const std::string& line : lines_of(text_of_pdf(paper.bytes))) {
    const std::vector<std::string> words = words_of(line);
    for (std::size_t i = 0; i < words.size(); ++i) {
      ++found.times[words[i]];
      if (i + 1 < words.size()) found.next_word[words[i]] = words[i + 1];
    }
  }
  return found;
}

TEST(ScatteredNumbers, StandInColumnsWithTheirSchoolOncePerPerson) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const PlannedExam planned = scattered(1200);
  for (const char* paper : {"venue_notice", "number_notice"}) {
    const Paper made = notice_pdf(paper, planned, VenueIndex::none());
    const FoundNumbers found = numbers_in(made);
    for (const Placement& one : planned.plan.placements) {
      const std::string number = one.number.text();
      ASSERT_EQ(found.times.count(number), 1U) << paper << " " << number;
      EXPECT_EQ(found.times.at(number), 1) << paper << " " << number;
      EXPECT_EQ(found.next_word.at(number), planned.exam[one.venue].name) << paper << " " << number;
    }
    EXPECT_THAT(text_of_pdf(made.bytes), HasSubstr(referred)) << paper;
    // As rows they take 42 pages; in one cell, letters of seven points.
    EXPECT_LE(made.pages, 15) << paper;
    EXPECT_THAT(text_of_pdf(made.bytes), HasSubstr("1,200")) << paper << ": the total is that of everybody";
  }
}

TEST(ScatteredNumbers, AreLargeEnoughToBeReadOnAWall) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const auto smallest = [](const Paper& paper) {
    double height = 1000;
    for (const WordBox& box : word_boxes(paper.bytes)) {
      if (box.word.starts_with("0100")) height = std::min(height, box.bottom - box.top);
    }
    return height;
  };
  // How high a number of 8.5 points is, as the same reader measures it.
  const Templates measured = Templates::parse({{"venue_notice.json", R"({"title": {"ko": "x"}, "text_size": 8.5,
      "columns": [{"field": "numbers", "title": {"ko": "y"}, "width": 100}]})"}});
  PaperContext context = notice_context();
  context.templates = &measured;
  const double least =
      smallest(render_paper("venue_notice", PaperFormat::pdf, exam_of_size(1), first_school, context));
  ASSERT_GT(least, 5);
  for (const VenueIndex venue : {VenueIndex::none(), first_school})
    EXPECT_GE(smallest(notice_pdf("venue_notice", scattered(1200), venue)), least * 0.98);
}

TEST(ScatteredNumbers, OfOneSchoolStandAlone) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const PlannedExam planned = scattered(200);
  for (const char* paper : {"venue_notice", "number_notice"}) {
    const FoundNumbers found = numbers_in(notice_pdf(paper, planned, second_school));
    for (const Placement& one : planned.plan.placements)
      EXPECT_EQ(found.times.contains(one.number.text()), one.venue == second_school) << paper;
  }
}

TEST(ScatteredNumbers, StayRowsInListsThatProgramsRead) {
  const PlannedExam planned = scattered(200);
  const auto notice = records_of_csv(
      render_paper("venue_notice", PaperFormat::csv, planned, VenueIndex::none(), notice_context()).bytes);
  ASSERT_EQ(notice.size(), 3U) << "two schools with one unit";
  EXPECT_EQ(count_of(notice[1][2], ", "), 99U) << "a hundred ranges";
  const auto numbers = records_of_csv(
      render_paper("number_notice", PaperFormat::csv, planned, VenueIndex::none(), notice_context()).bytes);
  EXPECT_EQ(numbers.size(), 201U);
  for (const auto& row : notice) EXPECT_THAT(row, Each(Not(HasSubstr(referred))));
  for (const auto& row : numbers) EXPECT_THAT(row, Each(Not(HasSubstr(referred))));
  if (!has_program("unzip")) GTEST_SKIP() << "unzip is not installed";
  const std::string sheet = output_about(
      render_paper("number_notice", PaperFormat::xlsx, planned, VenueIndex::none(), notice_context()).bytes, "xlsx",
      "unzip -p {} xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, Not(HasSubstr(referred)));
  EXPECT_THAT(sheet, HasSubstr("<v>200</v>")) << "the total counts every row once";
}

TEST(ScatteredNumbers, OfAFirstPlanAreRangesInTheirRow) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (const char* paper : {"venue_notice", "number_notice"}) {
    const std::string text = text_of_pdf(notice_pdf(paper, scattered(8), VenueIndex::none()).bytes);
    EXPECT_THAT(text, Not(HasSubstr(referred))) << paper;
    EXPECT_THAT(text, HasSubstr("01000008")) << paper;
  }
}

// Schools with long names take a second line, and nothing stands over the edge of a page or on something else.
TEST(ScatteredNumbers, KeepLongNamesOfSchoolsWhole) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  PlannedExam planned = scattered(400);
  planned.exam.venues[1].name = "서울특별시교육청 부설 한국방송통신대학교 사범대학 부속 고등학교";
  const Paper paper = notice_pdf("number_notice", planned, VenueIndex::none());
  std::size_t ends = 0;
  for (const WordBox& box : word_boxes(paper.bytes)) {
    EXPECT_GT(box.left, 20) << box.word;
    EXPECT_LT(box.right, box.page_width - 20) << box.word;
    EXPECT_LT(box.bottom, box.page_height - 20) << box.word;
    ends += box.word == "고등학교" ? 1 : 0;
  }
  EXPECT_GE(ends, 200U);
}

}  // namespace
}  // namespace hanjari::documents
