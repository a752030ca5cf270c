// How tables stand on pages, and what they list.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr VenueIndex school{std::size_t{0}};

PaperContext table_context() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  return context;
}

std::string pdf_text(const char* paper, const PlannedExam& planned, VenueIndex venue = school) {
  return text_of_pdf(render_paper(paper, PaperFormat::pdf, planned, venue, table_context()).bytes);
}

std::vector<std::vector<std::string>> csv_rows(const char* paper, const PlannedExam& planned, VenueIndex venue) {
  return records_of_csv(render_paper(paper, PaperFormat::csv, planned, venue, table_context()).bytes);
}

// Two schools that share a unit: numbers 1 to 4 and 6 here, 5 at the other one, where nobody else is.
PlannedExam two_schools() {
  PlannedExam planned = exam_of_size(6, 6);
  planned.exam.venues.push_back(planned.exam.venues[0]);
  planned.exam.venues[1].code = VenueCode("V0002");
  planned.exam.venues[1].name = "두리중학교";
  planned.exam.rooms.push_back(planned.exam.rooms[0]);
  planned.exam.rooms.back().venue = VenueIndex(std::size_t{1});
  make_canonical(planned.exam);
  planned.plan.placements[4].venue = VenueIndex(std::size_t{1});
  planned.plan.placements[4].room = RoomIndex(planned.exam.rooms.size() - 1);
  return planned;
}

TEST(TablePages, TotalsNeverStandAloneOnAPage) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  std::set<std::size_t> pages_seen;
  for (int rooms = 1; rooms <= 45; ++rooms) {
    const auto pages = pages_of_pdf(
        render_paper("absence_return", PaperFormat::pdf, exam_of_size(rooms, 1), school, table_context()).bytes);
    pages_seen.insert(pages.size());
    ASSERT_THAT(pages.back(), HasSubstr("합계"));
    const auto lines = lines_of(pages.back());
    const auto rows = std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
      const auto words = words_of(line);
      return words.size() == 2 && words[1] == "1" && words[0].find_first_not_of("0123456789") == std::string::npos;
    });
    EXPECT_GE(rows, 1) << rooms << " rooms";
  }
  EXPECT_GE(pages_seen.size(), 2U) << "some of these tables go over a page";
}

// Word boxes of a PDF are as high as its letters are large.
double smallest_letters(const std::string& bytes, const std::string& word) {
  double smallest = 1000;
  for (const std::string& line : lines_of(output_about(bytes, "pdf", "pdftotext -bbox {} -"))) {
    double left = 0, top = 0, right = 0, bottom = 0;
    if (std::sscanf(line.c_str(), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left, &top, &right,
                    &bottom) == 4 &&
        line.find(word) != std::string::npos)
      smallest = std::min(smallest, bottom - top);
  }
  return smallest;
}

TEST(TablePages, NamesOfUnitsAreNeverShrunkBelowSevenPoints) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  // How high the box of a word of seven points is, as the same reader measures it.
  const Templates seven = Templates::parse({{"absence_return.json", R"({"title": {"ko": "x"}, "text_size": 7,
      "columns": [{"field": "units", "title": {"ko": "y"}, "width": 100}]})"}});
  PaperContext measured = table_context();
  measured.templates = &seven;
  const double least = smallest_letters(
      render_paper("absence_return", PaperFormat::pdf, exam_of_size(1), school, measured).bytes, "일반행정");
  PlannedExam planned = exam_of_size(20, 20);
  // Every person of another unit with a long name, all in one room.
  for (std::size_t i = 0; i < 20; ++i) {
    if (i > 0) planned.exam.units.push_back(planned.exam.units[0]);
    planned.exam.units[i].code = UnitCode(fmt::format("{:03}", i + 10));
    planned.exam.units[i].series_ko = fmt::format("가나다라마바사아자차카타파하{}가나다라마바사아자차카타", i);
    planned.exam.applicants[i].unit = UnitIndex(i);
  }
  for (const char* paper :
       {"roster", "seat_chart", "door_list", "room_table", "venue_notice", "number_notice", "materials", "slip"}) {
    const Paper made = render_paper(paper, PaperFormat::pdf, planned, school, table_context());
    EXPECT_GE(smallest_letters(made.bytes, "가나다라"), least * 0.98) << paper;
    EXPECT_THAT(text_of_pdf(made.bytes), HasSubstr("가나다라")) << paper;
  }
}

TEST(TablePages, ARowHigherThanAPageGoesOnOnTheNext) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  // Every second number sits elsewhere: so many ranges that their cell is higher than a page.
  PlannedExam planned = exam_of_size(1200, 1200);
  planned.exam.venues.push_back(planned.exam.venues[0]);
  planned.exam.venues[1].code = VenueCode("V0002");
  for (std::size_t i = 1; i < 1200; i += 2) planned.plan.placements[i].venue = VenueIndex(std::size_t{1});
  const std::string text = pdf_text("room_table", planned);
  for (std::size_t i = 0; i < 1200; i += 2)
    EXPECT_EQ(count_of(text, planned.plan.placements[i].number.text()), 1U);
}

TEST(TablePages, RoomTableListsUnusedRoomsAsUnused) {
  PlannedExam planned = exam_of_size(300, 10);  // thirty rooms
  planned.plan.placements.resize(10);           // one is used
  const auto rows = csv_rows("room_table", planned, school);
  ASSERT_EQ(rows.size(), 31U);
  const auto unused = std::count_if(rows.begin(), rows.end(), [](const std::vector<std::string>& row) {
    return std::find(row.begin(), row.end(), "미사용") != row.end();
  });
  EXPECT_EQ(unused, 29);
  planned.exam.venues.push_back(planned.exam.venues[0]);
  planned.exam.venues[1].code = VenueCode("V0002");
  planned.exam.venues[1].room_count = 0;
  const auto city = csv_rows("room_table", planned, VenueIndex::none());
  EXPECT_NE(std::find(city.back().begin(), city.back().end(), "미사용 시험장"), city.back().end());
}

TEST(TablePages, NameTheSchoolInLargeLetters) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (const char* paper : {"room_table", "absence_return", "sheet_return", "materials", "invigilators"}) {
    const std::string text = pdf_text(paper, exam_of_size(3));
    EXPECT_GE(count_of(text, "한자리고등학교"), 2U) << paper << ": in the heading and in large";
  }
  const std::string notice = pdf_text("venue_notice", exam_of_size(3));
  EXPECT_THAT(notice, Not(HasSubstr("V0001")));
}

// Who reads the list by its headings finds under each what always stood there.
TEST(VenueNotice, KeepsTheHeadingsOfItsListAndAddsColumnsBehindThem) {
  const auto rows = csv_rows("venue_notice", two_schools(), VenueIndex::none());
  ASSERT_GT(rows.size(), 1U);
  EXPECT_THAT(rows[0], ElementsAre("시험장", "직렬", "응시번호", "인원", "시험장소", "소재지", "연락처", "입실 완료",
                                   "시험시간"));
  EXPECT_EQ(rows[1][0], "V0001");
  EXPECT_EQ(rows[1][4], "한자리고등학교");
}

TEST(NumberNotice, LeadsFromEveryNumberToItsSchool) {
  const PlannedExam planned = two_schools();
  const auto rows = csv_rows("number_notice", planned, VenueIndex::none());
  ASSERT_EQ(rows.size(), 4U);
  const auto at = [&](std::size_t row, const char* title) {
    return rows[row].at(
        static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), title) - rows[0].begin()));
  };
  EXPECT_EQ(at(1, "응시번호"), "01000001~01000004");
  EXPECT_EQ(at(2, "응시번호"), "01000005");
  EXPECT_EQ(at(3, "응시번호"), "01000006");
  EXPECT_EQ(at(1, "시험장"), "한자리고등학교");
  EXPECT_EQ(at(2, "시험장"), "두리중학교");
  EXPECT_EQ(at(1, "인원"), "4");
  EXPECT_EQ(csv_rows("number_notice", planned, VenueIndex(std::size_t{1})).size(), 2U);
}

TEST(NumberNotice, RangesEndAtNumbersOfOtherUnitsWhereAllShareOneSequence) {
  PlannedExam planned = exam_of_size(6, 6);
  planned.exam.header.applicant_number.prefix = NumberPrefix::none;
  planned.exam.units.push_back(planned.exam.units[0]);
  planned.exam.units[1].code = UnitCode("020");
  planned.exam.applicants[2].unit = UnitIndex(std::size_t{1});
  const auto rows = csv_rows("number_notice", planned, VenueIndex::none());
  std::vector<std::string> numbers;
  for (std::size_t i = 1; i < rows.size(); ++i) numbers.push_back(rows[i][2]);
  EXPECT_THAT(numbers, ElementsAre("01000001~01000002", "01000004~01000006", "01000003"));
}

// Every number lies in exactly one range of the table, and the range leads to the person's school.
TEST(NumberNotice, HoldsForEverybodyOfTheFoundingCase) {
  const auto cases = founding_case();
  if (cases.empty()) GTEST_SKIP() << "the shared case seoul-2021-b is not there";
  const PlannedExam& planned = cases.front();
  const auto rows = csv_rows("number_notice", planned, VenueIndex::none());
  const auto column = [&](const char* title) {
    return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), title) - rows[0].begin());
  };
  const std::size_t first = column("첫 번호"), last = column("끝 번호"), venue = column("시험장 코드");
  std::map<std::string, std::pair<std::string, std::string>> ranges;
  for (std::size_t i = 1; i < rows.size(); ++i) ranges[rows[i][first]] = {rows[i][last], rows[i][venue]};
  for (const Placement& one : planned.plan.placements) {
    auto found = ranges.upper_bound(one.number.text());
    ASSERT_NE(found, ranges.begin());
    --found;
    ASSERT_LE(one.number.text(), found->second.first);
    ASSERT_EQ(planned.exam[one.venue].code.text(), found->second.second);
  }
}

TEST(SeatList, HasEverybodyByNumberAndIsAWorkbook) {
  const PlannedExam planned = two_schools();
  const auto rows = csv_rows("seat_list", planned, VenueIndex::none());
  ASSERT_EQ(rows.size(), 7U);
  EXPECT_THAT(std::vector<std::string>(rows[0].begin(), rows[0].begin() + 2), ElementsAre("응시번호", "성명"));
  for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_EQ(rows[i][0], fmt::format("0100000{}", i));
  EXPECT_THROW(render_paper("seat_list", PaperFormat::pdf, planned, VenueIndex::none(), table_context()), InvalidInput);
  if (!has_program("unzip")) GTEST_SKIP() << "unzip is not installed";
  const std::string sheet = output_about(
      render_paper("seat_list", PaperFormat::xlsx, planned, VenueIndex::none(), table_context()).bytes, "xlsx",
      "unzip -p {} xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<t>01000005</t>"));
}

TEST(DeskLabels, RunOverRoomsWhenTheTemplateSaysSo) {
  const PlannedExam planned = exam_of_size(30, 10);
  EXPECT_EQ(render_paper("desk_label", PaperFormat::pdf, planned, school, table_context()).pages, 3);
  const Templates own =
      Templates::parse({{"desk_label.json", R"({"title": {"ko": "책상 좌석표"}, "over_rooms": true})"}});
  PaperContext context = table_context();
  context.templates = &own;
  const Paper run_on = render_paper("desk_label", PaperFormat::pdf, planned, school, context);
  EXPECT_EQ(run_on.pages, 2);
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const std::string text = text_of_pdf(run_on.bytes);
  for (const Placement& one : planned.plan.placements) EXPECT_EQ(count_of(text, one.number.text()), 1U);
}

}  // namespace
}  // namespace hanjari::documents
