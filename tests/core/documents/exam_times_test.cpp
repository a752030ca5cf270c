// What papers say of times: what somebody has said, and nothing else.
#include "hanjari/documents/exam_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/slip.h"

namespace hanjari::documents {
namespace {

using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr VenueIndex only_venue{std::size_t{0}};

// Two rooms of two units; the second unit says no time.
PlannedExam half_said() {
  PlannedExam planned = exam_of_size(30);
  Unit unsaid = planned.exam.units[0];
  unsaid.code = UnitCode("020");
  unsaid.series_ko = "세무";
  unsaid.starts_at.reset();
  unsaid.seated_by.reset();
  planned.exam.units.push_back(unsaid);
  for (std::size_t i = 15; i < 30; ++i) planned.exam.applicants[i].unit = UnitIndex(std::size_t{1});
  return planned;
}

PaperContext times_context() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  return context;
}

TEST(ExamTimes, AreThoseOfTheUnitAndNobodyElses) {
  const PlannedExam planned = half_said();
  const ExamTimes said = exam_times_of(planned.exam.units[0], {}, nullptr);
  EXPECT_EQ(said.starts, 600);
  EXPECT_EQ(said.ends, 700);
  EXPECT_EQ(said.seated_by, 560);
  EXPECT_EQ(said.gate_closes, std::nullopt) << "nobody has said when a gate closes";
  const ExamTimes unsaid = exam_times_of(planned.exam.units[1], {}, nullptr);
  EXPECT_EQ(unsaid.starts, std::nullopt);
  EXPECT_EQ(unsaid.ends, std::nullopt);
  EXPECT_EQ(unsaid.seated_by, std::nullopt);
}

// Each source was right by itself, and papers told people to be seated after their exam had begun.
TEST(ExamTimes, OfTwoSourcesThatContradictEachOtherAreToldBeforePapers) {
  PlannedExam planned = half_said();
  planned.exam.units[1].starts_at = 9 * 60;
  const Templates late = Templates::parse({{"day.json", R"({"seated_by": "09:20"})"}});
  const Faults faults = find_late_seating(planned, {only_venue}, &late);
  ASSERT_EQ(faults.count(), 1U) << "the other unit says both times";
  EXPECT_EQ(faults.kept()[0].file, "units.csv");
  EXPECT_THAT(faults.kept()[0].what.en, HasSubstr("unit '020': 09:20 is after the start at 09:00 (seated_by is that of day.json)"));
  EXPECT_EQ(exam_times_of(planned.exam.units[1], {}, &late).starts, 540);
  EXPECT_EQ(exam_times_of(planned.exam.units[1], {}, &late).seated_by, std::nullopt) << "a page says nothing rather";
  EXPECT_EQ(exam_times_of(planned.exam.units[0], {}, &late).seated_by, 560);
  EXPECT_TRUE(find_late_seating(planned, {}, &late).empty()) << "nothing of it is printed";
  EXPECT_TRUE(find_late_seating(planned, {only_venue}, nullptr).empty());
  planned.exam.units[1].starts_at.reset();
  planned.exam.units[1].seated_by = 10 * 60;
  const Templates early = Templates::parse({{"day.json", R"({"starts_at": "09:00"})"}});
  EXPECT_THAT(find_late_seating(planned, {only_venue}, &early).kept().at(0).what.en, HasSubstr("(starts_at is that of day.json)"));
}

// A hundred thousand brackets ended the program, because reading a value back is recursive.
TEST(ExamTimes, AreNotReadFromATemplateThatIsNestedWithoutEnd) {
  for (const char* name : {"day.json", "slip.json", "ways.json"}) {
    const std::string nested = "{\"footer\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    // Behind the quote of a comment the brackets did not count.
    for (const char* comment : {"", "/* \" */", "// \"\n"})
      EXPECT_THROW(Templates::parse({{name, comment + nested}}), InvalidInput) << name << comment;
  }
}

TEST(ExamTimes, OfTheTemplatesStandWhereTheUnitSaysNone) {
  const Templates own = Templates::parse({{"day.json", R"({"starts_at": "14:00", "gate_closes_at": "13:50"})"}});
  const PlannedExam planned = half_said();
  EXPECT_EQ(exam_times_of(planned.exam.units[0], {}, &own).starts, 600);
  EXPECT_EQ(exam_times_of(planned.exam.units[1], {}, &own).starts, 840);
  EXPECT_EQ(exam_times_of(planned.exam.units[1], {}, &own).gate_closes, 830);
}

TEST(ExamTimes, ThatNobodySaidAreFoundBeforePrinting) {
  const PlannedExam planned = half_said();
  const UnsaidTimes unsaid = find_unsaid_times(planned, {only_venue}, nullptr);
  EXPECT_THAT(unsaid.starts_at, ElementsAre(UnitIndex(std::size_t{1})));
  EXPECT_THAT(unsaid.seated_by, ElementsAre(UnitIndex(std::size_t{1})));
  EXPECT_THAT(find_unsaid_times(planned, {}, nullptr).starts_at, IsEmpty()) << "of the schools that are printed";
}

TEST(ExamTimes, StandOnNoPaperOfAUnitWithoutThem) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const PlannedExam planned = half_said();
  for (const Language language : {Language::korean, Language::english}) {
    PaperContext context = times_context();
    context.language = language;
    const std::string slip = text_of_pdf(render_slip_pdf(planned, ApplicantIndex(std::size_t{20}), context).bytes);
    EXPECT_THAT(slip, HasSubstr(language == Language::korean ? "2021년 6월 5일" : "5 June 2021"));
    EXPECT_THAT(slip.substr(0, slip.find(language == Language::korean ? "2021년 6월 1일" : "1 June 2021")), Not(ContainsRegex("[0-9][0-9]:[0-9][0-9]")))
        << "up to the time of printing";
  }
  const auto pages = pages_of_pdf(render_paper("roster", PaperFormat::pdf, planned, only_venue, times_context()).bytes);
  EXPECT_THAT(pages[0], HasSubstr("10:00~11:40"));
  EXPECT_THAT(pages[1], Not(HasSubstr("10:00")));
  const std::string notice =
      text_of_pdf(render_paper("venue_notice", PaperFormat::pdf, planned, only_venue, times_context()).bytes);
  EXPECT_EQ(count_of(notice, "09:20"), 1U) << "of the unit that says it";
  const std::string table =
      text_of_pdf(render_paper("room_table", PaperFormat::pdf, planned, only_venue, times_context()).bytes);
  EXPECT_THAT(table, HasSubstr("10:00~11:40, 일부 미정"));
}

TEST(ExamTimes, SayTheirZone) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  PlannedExam planned = exam_of_size(1);
  PaperContext context = times_context();
  std::string slip = text_of_pdf(render_slip_pdf(planned, ApplicantIndex(std::size_t{0}), context).bytes);
  EXPECT_THAT(slip, HasSubstr("시험시간 (한국시간)"));
  EXPECT_THAT(slip, HasSubstr("2021년 6월 1일 14:03 (한국시간)"));
  planned.exam.header.time_zone = "America/New_York";
  context.language = Language::english;
  slip = text_of_pdf(render_slip_pdf(planned, ApplicantIndex(std::size_t{0}), context).bytes);
  EXPECT_THAT(slip, HasSubstr("Exam (UTC-4)"));
  EXPECT_THAT(slip, HasSubstr("1 June 2021 01:03 (UTC-4)"));
}

TEST(ExamTimes, NoCheckAddressMeansNoWordOfACode) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const std::string slip =
      text_of_pdf(render_slip_pdf(exam_of_size(1), ApplicantIndex(std::size_t{0}), times_context()).bytes);
  EXPECT_THAT(slip, Not(HasSubstr("QR")));
  EXPECT_THAT(slip, Not(HasSubstr("최신인지")));
}

}  // namespace
}  // namespace hanjari::documents
