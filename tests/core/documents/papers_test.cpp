#include "hanjari/documents/papers.h"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/read_back.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr VenueIndex first_venue{std::size_t{0}};

PaperContext papers_context() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  return context;
}

// A CSV paper as columns by title.
class Sheet {
 public:
  Sheet(const PlannedExam& planned, const char* paper, VenueIndex venue, const PaperContext& how = papers_context())
      : records_(records_of_csv(render_paper(paper, PaperFormat::csv, planned, venue, how).bytes)) {}
  std::size_t rows() const { return records_.size() - 1; }
  std::string at(std::size_t row, const std::string& title) const {
    const auto& head = records_.front();
    return records_.at(row + 1).at(static_cast<std::size_t>(std::find(head.begin(), head.end(), title) - head.begin()));
  }
  long long sum(const std::string& title) const {
    long long total = 0;
    for (std::size_t i = 0; i < rows(); ++i) total += at(i, title).empty() ? 0 : std::stoll(at(i, title));
    return total;
  }

 private:
  std::vector<std::vector<std::string>> records_;
};

PlannedExam spare_exam() {
  PlannedExam planned = exam_of_size(40);
  planned.exam.policy.spare_booklets_per_room = 3;
  planned.exam.applicants[3].accommodation.large_print = true;
  planned.exam.applicants[3].accommodation.multiplier = TimeMultiplier::x1_7;
  planned.exam.applicants[9].routing = Routing::reserve;
  return planned;
}

TEST(Papers, AreAllOfTheContractInItsOrder) {
  std::vector<std::string> names;
  for (const PaperKind& kind : paper_kinds()) names.push_back(kind.name);
  EXPECT_THAT(names, testing::ElementsAre("roster", "seat_chart", "desk_label", "door_list", "room_table",
                                          "venue_notice", "absence_return", "sheet_return", "materials", "invigilators",
                                          "accommodations", "health", "number_notice", "seat_list", "slip"));
}

TEST(Papers, CanAllBeHadForNobodyOnePersonAndAFullRoom) {
  for (const int people : {0, 1, 30}) {
    const PlannedExam planned = exam_of_size(people, 30);
    for (const PaperKind& kind : paper_kinds()) {
      for (const PaperFormat format : kind.formats) {
        EXPECT_FALSE(render_paper(kind.name, format, planned, first_venue, papers_context()).bytes.empty())
            << kind.name << people;
        if (kind.scope == PaperScope::venue_and_city) {
          EXPECT_FALSE(render_paper(kind.name, format, planned, VenueIndex::none(), papers_context()).bytes.empty())
              << kind.name << people;
        }
      }
    }
  }
}

TEST(Papers, SumsOfReturnsEqualThePlan) {
  const PlannedExam planned = spare_exam();
  for (const VenueIndex venue : {first_venue, VenueIndex::none()}) {
    EXPECT_EQ(Sheet(planned, "absence_return", venue).sum("재적"), 40);
    EXPECT_EQ(Sheet(planned, "sheet_return", venue).sum("재적"), 40);
    EXPECT_EQ(Sheet(planned, "room_table", venue).sum("인원"), 40);
    EXPECT_EQ(Sheet(planned, "venue_notice", venue).sum("인원"), 40);
    const Sheet materials(planned, "materials", venue);
    EXPECT_EQ(materials.sum("배부"), 40);
    EXPECT_EQ(materials.sum("예비"), 9);  // three rooms
    EXPECT_EQ(materials.sum("수령"), 49);
    EXPECT_EQ(materials.sum("확대"), 1);
  }
}

TEST(Papers, SumsEqualThePlanInTheFoundingCase) {
  const auto cases = founding_case();
  if (cases.empty()) GTEST_SKIP() << "the shared case seoul-2021-b is not there";
  const PlannedExam& planned = cases.front();
  std::map<char, long long> booklets;
  std::set<RoomIndex> rooms;
  for (const Placement& placement : planned.plan.placements) {
    ++booklets[placement.booklet];
    rooms.insert(placement.room);
  }
  const auto everybody = static_cast<long long>(planned.plan.placements.size());
  const Sheet table(planned, "room_table", VenueIndex::none());
  EXPECT_EQ(table.sum("인원"), everybody);
  EXPECT_EQ(table.sum("가"), booklets['A']);
  EXPECT_EQ(table.sum("나"), booklets['B']);
  EXPECT_GE(table.rows(), rooms.size());
  EXPECT_EQ(Sheet(planned, "sheet_return", VenueIndex::none()).sum("재적"), everybody);
  EXPECT_EQ(Sheet(planned, "materials", VenueIndex::none()).sum("배부"), everybody);
  const auto helped = std::count_if(planned.exam.applicants.begin(), planned.exam.applicants.end(),
                                    [](const Applicant& applicant) { return applicant.accommodation.any(); });
  EXPECT_EQ(Sheet(planned, "accommodations", VenueIndex::none()).rows(), static_cast<std::size_t>(helped));
}

TEST(Papers, NumberRangesEndWhereSomebodySitsElsewhere) {
  PlannedExam planned = exam_of_size(15);
  planned.exam.venues.push_back(planned.exam.venues[0]);
  planned.exam.venues[1].code = VenueCode("V0002");
  planned.plan.placements[4].venue = VenueIndex(std::size_t{1});
  EXPECT_EQ(Sheet(planned, "venue_notice", first_venue).at(0, "응시번호"), "01000001~01000004, 01000006~01000015");
  EXPECT_EQ(Sheet(planned, "venue_notice", VenueIndex(std::size_t{1})).at(0, "응시번호"), "01000005");
}

TEST(Papers, SupportListGivesTheEndOfExtraTime) {
  const Sheet support(spare_exam(), "accommodations", first_venue);
  ASSERT_EQ(support.rows(), 1U);
  EXPECT_EQ(support.at(0, "종료시각"), "12:50");
  EXPECT_EQ(support.at(0, "배율"), "1.7");
  EXPECT_EQ(support.at(0, "번호"), "01000004");
}

TEST(Papers, HealthListNamesThoseInReserveRooms) {
  const Sheet health(spare_exam(), "health", first_venue);
  ASSERT_EQ(health.rows(), 1U);
  EXPECT_EQ(health.at(0, "구분"), "예비시험실");
}

TEST(Papers, OfOneVenueCannotBeHadForAll) {
  EXPECT_THROW(render_paper("roster", PaperFormat::pdf, exam_of_size(1), VenueIndex::none(), papers_context()), InvalidInput);
  EXPECT_THROW(render_paper("no_such", PaperFormat::pdf, exam_of_size(1), first_venue, papers_context()), NotFound);
  EXPECT_THROW(render_paper("slip", PaperFormat::csv, exam_of_size(1), first_venue, papers_context()), InvalidInput);
}

TEST(Papers, WorkbooksHaveNoFormula) {
  if (!has_program("unzip")) GTEST_SKIP() << "unzip is not installed";
  const PlannedExam planned = spare_exam();
  for (const PaperKind& kind : paper_kinds()) {
    if (std::find(kind.formats.begin(), kind.formats.end(), PaperFormat::xlsx) == kind.formats.end()) continue;
    const std::string sheet =
        output_about(render_paper(kind.name, PaperFormat::xlsx, planned, first_venue, papers_context()).bytes, "xlsx",
                     "unzip -p {} xl/worksheets/sheet1.xml");
    EXPECT_THAT(sheet, HasSubstr("</worksheet>")) << kind.name;
    EXPECT_THAT(sheet, Not(HasSubstr("<f"))) << kind.name;
  }
}

TEST(Templates, ChangeTitlesColumnsAndNotes) {
  const Templates own = Templates::parse({{"absence_return.json", R"({"title": {"ko": "결시 보고"}, "columns": [
      {"field": "room", "title": {"ko": "교실"}, "width": 10}, {"field": "people", "title": {"ko": "정원"}, "width": 10, "sum": true},
      {"field": "blank", "title": {"ko": "메모"}, "width": 50}], "notes": [{"ko": "우리 기관의 안내"}]})"}});
  PaperContext how = papers_context();
  how.templates = &own;
  const Sheet sheet(exam_of_size(20), "absence_return", first_venue, how);
  EXPECT_EQ(sheet.at(0, "교실"), "1");
  EXPECT_EQ(sheet.sum("정원"), 20);
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const std::string text =
      text_of_pdf(render_paper("absence_return", PaperFormat::pdf, exam_of_size(20), first_venue, how).bytes);
  for (const char* word : {"결시 보고", "메모", "우리 기관의 안내", "합계"}) EXPECT_THAT(text, HasSubstr(word));
}

TEST(Templates, ReportEveryFaultAtOnce) {
  try {
    Templates::parse({{"roster.json", R"({"titel": {}, "columns": [{"field": "shoe_size", "width": 0}]})"},
                      {"day.json", R"({"seated_by": "9:2", "gate_closes_at": "09:50", "starts_at": "25:00"})"},
                      {"slip.json", "not json"},
                      {"menu.json", "{}"}});
    FAIL() << "the templates were taken";
  } catch (const InvalidInput& error) {
    std::set<std::string> files;
    for (const Fault& fault : error.faults().kept()) files.insert(fault.file);
    EXPECT_THAT(files, testing::ElementsAre("day.json", "menu.json", "roster.json", "slip.json"));
    EXPECT_GE(error.faults().count(), 7U);
  }
}

// The last of two equal keys stood without a word: the way to the wrong school.
TEST(Templates, NameTheKeyThatStandsTwice) {
  const auto faults_of = [](const char* file, const std::string& text) {
    std::vector<std::string> told;
    try {
      Templates::parse({{file, text}});
    } catch (const InvalidInput& error) {
      for (const Fault& fault : error.faults().kept()) told.push_back(fault.format(Language::english));
    }
    return told;
  };
  EXPECT_THAT(faults_of("ways.json", R"({"V1": {"ko": "왼쪽"}, "V2": {"ko": "앞"}, "V1": {"ko": "오른쪽"}})"),
              testing::ElementsAre("ways.json: V1: the key stands there twice; remove one of them"));
  EXPECT_THAT(faults_of("ways.json", "{\"V1\": {\"ko\": \"왼쪽\"}, \"V1\xe2\x80\x8b\": {\"ko\": \"오른쪽\"}}"), testing::SizeIs(1))
      << "a character that nobody sees makes no other school";
  EXPECT_THAT(faults_of("day.json", R"({"starts_at": "10:00", "starts_at": "11:00"})"), testing::SizeIs(1));
  EXPECT_THAT(faults_of("day.json", R"({"starts_at": 0.4166667})"),
              testing::ElementsAre(testing::HasSubstr("by which a spreadsheet keeps 10:00")));
  EXPECT_THAT(faults_of("ways.json", R"({"V1": {"ko": "왼쪽", "en": "left"}, "V2": {"ko": "앞"}})"), testing::IsEmpty());
  // Red while it said that the file was not JSON, and not where.
  EXPECT_THAT(faults_of("day.json", "{\n  \"starts_at\": \"10:00\"\n  \"seated_by\": \"09:20\"\n}"),
              testing::ElementsAre(testing::StartsWith("day.json:3: this is not JSON from byte ")));
  EXPECT_THAT(faults_of("roster.json", R"({"row_height_mm": 1e400})"),
              testing::ElementsAre(testing::HasSubstr("larger than any that can be meant")));
}

TEST(Templates, OfTheProgramAreWhatAFolderOfThemGives) {
  const Templates copied = Templates::parse(Templates::embedded_files());
  EXPECT_EQ(copied.digest(), Templates::embedded().digest());
}

}  // namespace
}  // namespace hanjari::documents
