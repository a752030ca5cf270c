#include "hanjari/documents/changed_papers.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/base/digest.h"
#include "hanjari/documents/papers.h"

namespace hanjari::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr VenueIndex venue{std::size_t{0}};

PlanRows rows_of(const PlannedExam& planned) {
  PlanRows rows;
  rows.digest = sha256("the older plan").hex();
  for (const Placement& one : planned.plan.placements) {
    rows.placements.push_back({planned.exam[one.applicant].id, one.number,
                               planned.exam[planned.exam[one.applicant].unit].code, planned.exam[one.venue].code,
                               planned.exam[one.room].room_no, one.seat_no, one.desk.row, one.desk.column,
                               std::string(1, one.booklet), one.travel_m, 0});
  }
  return rows;
}

// Three rooms of fifteen; since then numbers 5 and 20 have changed seats, 40 has withdrawn.
struct Changed {
  PlannedExam now = exam_of_size(45);
  PlanRows before = rows_of(now);
  ChangedPapers papers;
  PaperContext context;

  Changed() {
    auto& placements = now.plan.placements;
    const auto trade = [&](auto member) { std::swap(placements[4].*member, placements[19].*member); };
    trade(&Placement::room);
    trade(&Placement::seat_no);
    trade(&Placement::desk);
    trade(&Placement::booklet);
    placements.erase(placements.begin() + 39);
    papers = compare_papers(now, before, context);
    context.only = &papers.part;
    context.replaces = papers.replaces;
    context.version = "2";
  }
};

std::vector<int> numbers_of(const std::vector<bool>& flags) {
  std::vector<int> found;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) found.push_back(static_cast<int>(i) + 1);
  }
  return found;
}

TEST(ChangedPapers, AreNoneWhenNothingDiffers) {
  const PlannedExam planned = exam_of_size(45);
  EXPECT_FALSE(compare_papers(planned, rows_of(planned), {}).any());
}

TEST(ChangedPapers, AreTheRoomsAndPeopleThatDiffer) {
  const Changed changed;
  EXPECT_TRUE(changed.papers.any());
  EXPECT_THAT(numbers_of(changed.papers.part.people), ElementsAre(5, 20));
  EXPECT_THAT(numbers_of(changed.papers.part.rooms), ElementsAre(1, 2, 3)) << "the third lost somebody";
  ASSERT_EQ(changed.papers.void_slips.size(), 1U);
  EXPECT_EQ(changed.papers.void_slips[0].number.text(), "01000040");
  EXPECT_TRUE(changed.papers.void_rooms.empty());
}

TEST(ChangedPapers, AreThePagesThatAreWantedAgain) {
  PlannedExam now = exam_of_size(45);
  const PlanRows before = rows_of(now);
  std::swap(now.plan.placements[31].seat_no, now.plan.placements[32].seat_no);
  std::swap(now.plan.placements[31].desk, now.plan.placements[32].desk);
  const ChangedPapers papers = compare_papers(now, before, {});
  PaperContext context;
  context.only = &papers.part;
  context.replaces = papers.replaces;
  context.version = "2";
  for (const char* name : {"roster", "seat_chart", "door_list"}) {
    const Paper paper = render_paper(name, PaperFormat::pdf, now, venue, context);
    EXPECT_EQ(paper.pages, 1) << name;
    const std::string text = printed_text(paper);
    EXPECT_THAT(text, HasSubstr("제3시험실")) << name;
    EXPECT_THAT(text, Not(HasSubstr("제1시험실"))) << name;
    EXPECT_EQ(count_of(text, papers.replaces.substr(0, 12) + " 대체"), 1U) << name;
    EXPECT_THAT(text, HasSubstr("판 2")) << name;
  }
  EXPECT_EQ(render_paper("slip", PaperFormat::pdf, now, venue, context).pages, 2);
  const std::string labels = printed_text(render_paper("desk_label", PaperFormat::pdf, now, venue, context));
  EXPECT_THAT(labels, HasSubstr("01000032"));
  EXPECT_THAT(labels, HasSubstr("01000033"));
  EXPECT_THAT(labels, Not(HasSubstr("01000031")));
}

TEST(ChangedPapers, AreTablesOnlyWhereTheyReadOtherwise) {
  PlannedExam now = exam_of_size(45);
  now.exam.applicants[2].accommodation.large_print = true;
  const PlanRows before = rows_of(now);
  std::swap(now.plan.placements[31].seat_no, now.plan.placements[32].seat_no);
  std::swap(now.plan.placements[31].desk, now.plan.placements[32].desk);
  const ChangedPapers papers = compare_papers(now, before, {});
  EXPECT_FALSE(papers.part.tables.at("accommodations")[0]) << "nobody on that list has moved";
  EXPECT_FALSE(papers.part.tables.at("venue_notice")[0]) << "the numbers at the venue are the same";
  std::swap(now.plan.placements[2].seat_no, now.plan.placements[3].seat_no);
  EXPECT_TRUE(compare_papers(now, before, {}).part.tables.at("accommodations")[0]);
}

TEST(ChangedPapers, ReachAVenueWhoseRangesOfNumbersChange) {
  PlannedExam now = exam_of_size(15);
  now.exam.venues.push_back(now.exam.venues[0]);
  now.exam.venues[1].code = VenueCode("V0002");
  now.plan.placements[4].venue = VenueIndex(std::size_t{1});
  const PlanRows before = rows_of(now);
  now.plan.placements.erase(now.plan.placements.begin() + 4);
  const ChangedPapers papers = compare_papers(now, before, {});
  EXPECT_FALSE(papers.part.venues[0]) << "nobody moved there";
  EXPECT_TRUE(papers.part.tables.at("venue_notice")[0]) << "but 01000004 and 01000006 are neighbours now";
}

TEST(ChangedPapers, NameRoomsThatNobodyUsesAnyMore) {
  PlannedExam now = exam_of_size(45);
  PlanRows before = rows_of(now);
  before.placements[3].venue_code = VenueCode("V0999");  // a school the exam has lost since
  before.placements[3].room_no = 7;
  const ChangedPapers papers = compare_papers(now, before, {});
  ASSERT_EQ(papers.void_rooms.size(), 1U);
  EXPECT_EQ(papers.void_rooms[0], (VoidRoom{VenueCode("V0999"), 7}));
  const auto list = records_of_csv(render_change_list(now, papers, {"roster", "slip"}, {}).csv);
  ASSERT_EQ(list.size(), 4U);
  EXPECT_THAT(list[1],
              ElementsAre("응시자 명부", "V0001", "한자리고등학교", "1", "", "새로 인쇄", "", testing::_, testing::_));
  EXPECT_THAT(list[2], ElementsAre("응시자 명부", "V0999", "", "7", "", "폐기", "", testing::_, testing::_));
  EXPECT_THAT(list[3][4], "01000004");
}

TEST(ChangedPapers, ListNamesALostSchoolAndOpensInASpreadsheetWithItsZeros) {
  PlannedExam now = exam_of_size(45);
  PlanRows before = rows_of(now);
  before.placements[3].venue_code = VenueCode("V0999");
  before.placements[3].room_no = 7;
  before.venue_names = {{VenueCode("V0999"), "없어진중학교", ""}};
  const ChangedPapers papers = compare_papers(now, before, {});
  const ChangeListFiles files = render_change_list(now, papers, {"roster", "slip"}, {});
  const auto list = records_of_csv(files.csv);
  EXPECT_THAT(list[2], ElementsAre("응시자 명부", "V0999", "없어진중학교", "7", "", "폐기", "", testing::_, testing::_));
  EXPECT_EQ(files.csv.substr(0, 3), "\xEF\xBB\xBF");
  if (!has_program("unzip")) GTEST_SKIP() << "unzip is not installed";
  const std::string texts = output_about(files.xlsx, "xlsx", "unzip -p {} xl/sharedStrings.xml");
  for (const char* text : {"<t>01000004</t>", "없어진중학교", "새로 인쇄"}) EXPECT_THAT(texts, testing::HasSubstr(text));
}

TEST(ChangedPapers, SeatsBeforeNameALostSchoolAsTheOlderPlanDoes) {
  const PlannedExam now = exam_of_size(4);
  PlanRows before = rows_of(now);
  before.placements[1].venue_code = VenueCode("V0998");
  before.placements[2].venue_code = VenueCode("V0999");
  before.venue_names = {{VenueCode("V0001"), "전에 부르던 이름", ""}, {VenueCode("V0998"), "없어진중학교", ""}};
  const EarlierSeats seats = seats_before(now.exam, before);
  const auto name = [&](std::size_t at) { return seats.find(now.plan.placements[at].applicant)->venue; };
  EXPECT_EQ(name(0), "한자리고등학교") << "as the exam names it now";
  EXPECT_EQ(name(1), "없어진중학교");
  EXPECT_EQ(name(2), "V0999") << "nobody says its name";
}

TEST(ChangedPapers, ListSaysWhatToPrintAndWhatToThrowAway) {
  const Changed changed;
  const auto list = records_of_csv(render_change_list(changed.now, changed.papers, {"slip"}, changed.context).csv);
  std::vector<std::string> told;
  for (std::size_t i = 1; i < list.size(); ++i) told.push_back(list[i][4] + " " + list[i][5] + " " + list[i][6]);
  EXPECT_THAT(told, testing::UnorderedElementsAre("01000005 새로 인쇄 2", "01000020 새로 인쇄 2", "01000040 폐기 2"));
}

TEST(ChangedPapers, CanBeKeptToOneVenue) {
  Changed changed;
  changed.now.exam.venues.push_back(changed.now.exam.venues[0]);
  changed.now.exam.venues[1].code = VenueCode("V0002");
  changed.papers.part.venues.push_back(true);
  changed.papers.keep_only(changed.now.exam, VenueIndex(std::size_t{1}));
  EXPECT_THAT(changed.papers.part.venues, ElementsAre(false, true));
  EXPECT_TRUE(changed.papers.void_slips.empty());
}

}  // namespace
}  // namespace hanjari::documents
