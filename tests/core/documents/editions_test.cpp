// What a later edition says against the one before, and the second number of seats.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/slip.h"

namespace hanjari::documents {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr VenueIndex here{std::size_t{0}};

PaperContext second_edition() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  context.version = "2";
  return context;
}

std::vector<std::string> column_of(const Paper& csv, const std::string& title) {
  const auto records = records_of_csv(csv.bytes);
  const auto found = std::find(records[0].begin(), records[0].end(), title);
  std::vector<std::string> values;
  if (found == records[0].end()) return values;
  for (std::size_t i = 1; i < records.size(); ++i)
    values.push_back(records[i].at(static_cast<std::size_t>(found - records[0].begin())));
  return values;
}

EarlierSeats everybody_where_they_are(const PlannedExam& planned) {
  EarlierSeats seats;
  for (const Placement& one : planned.plan.placements) {
    seats.add(one.applicant, {planned.exam[one.venue].code, planned.exam[one.venue].name,
                              planned.exam[one.room].room_no, one.seat_no});
  }
  return seats;
}

TEST(Editions, StandLargeOnTheirPapers) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const PlannedExam planned = exam_of_size(3);
  for (const char* paper : {"roster", "seat_chart", "door_list", "room_table", "slip"}) {
    PaperContext context = second_edition();
    EXPECT_THAT(text_of_pdf(render_paper(paper, PaperFormat::pdf, planned, here, context).bytes), HasSubstr("제2판"))
        << paper;
    context.language = Language::english;
    EXPECT_THAT(text_of_pdf(render_paper(paper, PaperFormat::pdf, planned, here, context).bytes),
                HasSubstr("Edition 2"))
        << paper;
    context.version.clear();
    EXPECT_THAT(text_of_pdf(render_paper(paper, PaperFormat::pdf, planned, here, context).bytes),
                Not(HasSubstr("dition")))
        << paper;
  }
}

TEST(Editions, RosterMarksWhoIsNewInTheRoom) {
  const PlannedExam planned = exam_of_size(4);
  EarlierSeats earlier = everybody_where_they_are(planned);
  earlier.add(planned.plan.placements[1].applicant, {VenueCode("V0001"), "한자리고등학교", 9, 1});
  earlier.add(planned.plan.placements[2].applicant, {VenueCode("V0001"), "한자리고등학교", 1, 30});
  PaperContext context = second_edition();
  context.earlier = &earlier;
  EXPECT_THAT(column_of(render_paper("roster", PaperFormat::csv, planned, here, context), "변동"),
              ElementsAre("", "신규", "자리 변경", ""));
  context.earlier = nullptr;
  EXPECT_THAT(column_of(render_paper("roster", PaperFormat::csv, planned, here, context), "변동"),
              ElementsAre("", "", "", ""));
  const EarlierSeats nobody;
  context.earlier = &nobody;
  EXPECT_THAT(column_of(render_paper("roster", PaperFormat::csv, planned, here, context), "변동"),
              ElementsAre("신규", "신규", "신규", "신규"));
}

TEST(Editions, HealthListNamesTheSeatBefore) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  PlannedExam planned = exam_with({"홍길동", "김서연"});
  planned.exam.applicants[0].routing = Routing::reserve;
  EarlierSeats earlier;
  earlier.add(ApplicantIndex(std::size_t{0}), {VenueCode("V0009"), "옛자리중학교", 12, 7});
  PaperContext context = second_edition();
  context.earlier = &earlier;
  const std::string list = text_of_pdf(render_paper("health", PaperFormat::pdf, planned, here, context).bytes);
  EXPECT_THAT(list, HasSubstr("홍길동"));
  EXPECT_THAT(list, HasSubstr("옛자리중학교"));
  EXPECT_THAT(list, HasSubstr("제12시험실"));
  EXPECT_THAT(column_of(render_paper("health", PaperFormat::csv, planned, here, context), "원 좌석"),
              ElementsAre("7"));
  context.earlier = nullptr;
  EXPECT_THAT(column_of(render_paper("health", PaperFormat::csv, planned, here, context), "성명"),
              ElementsAre("홍길동"));
}

TEST(UsedSeats, AreNumberedByThoseInUseAsThePolicySays) {
  PlannedExam planned = exam_of_size(6, 3);
  for (Placement& one : planned.plan.placements) one.seat_no *= 2;  // every second desk
  count_used_seats(planned.exam.policy, planned.plan.placements);
  EXPECT_THAT(column_of(render_paper("roster", PaperFormat::csv, planned, here, second_edition()), "순번"),
              ElementsAre("", "", "", "", "", ""));
  planned.exam.policy.seat_numbers = SeatNumbers::used;
  count_used_seats(planned.exam.policy, planned.plan.placements);
  const Paper roster = render_paper("roster", PaperFormat::csv, planned, here, second_edition());
  EXPECT_THAT(column_of(roster, "좌석"), ElementsAre("2", "4", "6", "2", "4", "6"));
  EXPECT_THAT(column_of(roster, "순번"), ElementsAre("1", "2", "3", "1", "2", "3"));
  EXPECT_THAT(column_of(render_paper("seat_list", PaperFormat::csv, planned, here, second_edition()), "순번"),
              ElementsAre("1", "2", "3", "1", "2", "3"));
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (const char* paper : {"seat_chart", "door_list"}) {
    EXPECT_THAT(text_of_pdf(render_paper(paper, PaperFormat::pdf, planned, here, second_edition()).bytes),
                HasSubstr("6 (3)"))
        << paper;
  }
  for (const char* paper : {"desk_label", "slip"}) {
    EXPECT_THAT(text_of_pdf(render_paper(paper, PaperFormat::pdf, planned, here, second_edition()).bytes),
                HasSubstr("순번 3"))
        << paper;
  }
}

}  // namespace
}  // namespace hanjari::documents
