// The papers drawn room by room: seat chart, desk labels, door list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/rooms/masked_name.h"
#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "hanjari/documents/desk_label.h"
#include "hanjari/documents/door_list.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/seat_chart.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr VenueIndex the_venue(std::size_t{0});
using Render = Paper (*)(const PlannedExam&, VenueIndex, const PaperContext&);
constexpr Render all_papers[] = {render_seat_charts_pdf, render_desk_labels_pdf, render_door_lists_pdf};

PaperContext stamped() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523780));
  context.version = "2";
  context.taken_by = "coordinator11";
  return context;
}

TEST(MaskedName, KeepsTheFirstAndTheLastLetter) {
  EXPECT_EQ(masked_name("홍길동"), "홍○동");
  EXPECT_EQ(masked_name("김산"), "김○");
  EXPECT_EQ(masked_name("김"), "김");
  EXPECT_EQ(masked_name("남궁하은"), "남○○은");
  EXPECT_EQ(masked_name("Maximiliana Müller"), "M○○○a M○○○r");
  EXPECT_EQ(masked_name("李😀"), "李○");
  EXPECT_EQ(masked_name("e\u0301a\u0301b"), "e\u0301○b") << "an accent belongs to its letter";
  EXPECT_EQ(masked_name("👩\u200D🎓ab"), "👩\u200D🎓○b") << "so does what a joiner joins";
  EXPECT_EQ(masked_name(""), "");
}

TEST(RoomPapers, NameEverybodyOnceWithTheSeat) {
  const PlannedExam planned = exam_of_size(47, 15);
  for (const Render render : all_papers) {
    const std::string text = printed_text(render(planned, the_venue, stamped()));
    for (const Placement& placement : planned.plan.placements) {
      EXPECT_EQ(count_of(text, placement.number.text()), 1U) << placement.number.text();
    }
  }
}

TEST(RoomPapers, HaveOnePageARoomAndSayWhichPlanTheyAreOf) {
  const PlannedExam planned = exam_of_size(47, 15);
  for (const Render render : all_papers) {
    const Paper paper = render(planned, the_venue, stamped());
    EXPECT_EQ(paper.pages, 4);
    EXPECT_TRUE(paper.missing.empty());
    const std::string text = printed_text(paper);
    EXPECT_EQ(count_of(text, "\f"), 4U);
    for (const char* room : {"제1시험실", "제2시험실", "제3시험실", "제4시험실"}) EXPECT_THAT(text, HasSubstr(room));
    EXPECT_GE(count_of(text, planned.plan.digest.substr(0, 12)), 4U);
    EXPECT_EQ(count_of(text, "2021년 6월 1일 14:03"), 4U);
    EXPECT_EQ(count_of(text, "coordinator11"), 4U);
    EXPECT_THAT(text, HasSubstr("4 / 4 쪽"));
  }
}

TEST(RoomPapers, ShowNamesOnlyWhereTheyMayBeRead) {
  const PlannedExam planned = exam_with({"홍길동", "제갈공명", "李孝利"});
  const std::string labels = printed_text(render_desk_labels_pdf(planned, the_venue, stamped()));
  const std::string chart = printed_text(render_seat_charts_pdf(planned, the_venue, stamped()));
  const std::string door = printed_text(render_door_lists_pdf(planned, the_venue, stamped()));
  for (const Applicant& applicant : planned.exam.applicants) {
    EXPECT_THAT(labels, HasSubstr(applicant.name));
    EXPECT_THAT(chart, Not(HasSubstr(applicant.name)));
    EXPECT_THAT(chart, HasSubstr(masked_name(applicant.name)));
    EXPECT_THAT(door, Not(HasSubstr(applicant.name)));
    EXPECT_THAT(door, Not(HasSubstr(masked_name(applicant.name))));
  }
}

TEST(RoomPapers, ReportAnUnknownGlyphAndTakeLongNames) {
  const PlannedExam planned =
      exam_with({"김\U0001F600희", "Maximiliana Alexandrovna Konstantinopolskaya-Müller", "펲쀍똠"});
  const Paper paper = render_desk_labels_pdf(planned, the_venue, stamped());
  const std::string text = printed_text(paper);
  EXPECT_THAT(text, HasSubstr("펲쀍똠"));
  EXPECT_THAT(text, HasSubstr("Konstantinopolskaya-Müller"));
  for (const MissingGlyph& missing : paper.missing) EXPECT_EQ(missing.character, U'\U0001F600');
}

TEST(RoomPapers, HavePagesForNobodyForOneAndForAFullHall) {
  for (const Render render : all_papers) {
    EXPECT_EQ(render(exam_of_size(0), the_venue, stamped()).pages, 1);
    EXPECT_THAT(printed_text(render(exam_of_size(0), the_venue, stamped())), HasSubstr("해당 없음"));
    EXPECT_EQ(render(exam_of_size(1), the_venue, stamped()).pages, 1);
    EXPECT_EQ(render(exam_of_size(30, 30), the_venue, stamped()).pages, render == render_desk_labels_pdf ? 2 : 1);
  }
  PlannedExam hall = exam_of_size(200, 200);
  hall.exam.rooms[0].row_count = 10;
  hall.exam.rooms[0].column_count = 20;
  for (std::size_t i = 0; i < 200; ++i)
    hall.plan.placements[i].desk = {static_cast<int>(i % 10) + 1, static_cast<int>(i / 10) + 1};
  for (const Render render : all_papers) {
    const std::string text = printed_text(render(hall, the_venue, stamped()));
    for (const Placement& placement : hall.plan.placements) EXPECT_EQ(count_of(text, placement.number.text()), 1U);
  }
}

TEST(RoomPapers, SpeakBothLanguages) {
  PaperContext context = stamped();
  context.language = Language::english;
  const PlannedExam planned = exam_of_size(3);
  EXPECT_THAT(printed_text(render_seat_charts_pdf(planned, the_venue, context)), HasSubstr("Seat chart"));
  EXPECT_THAT(printed_text(render_door_lists_pdf(planned, the_venue, context)), HasSubstr("Please find your number"));
  EXPECT_THAT(printed_text(render_desk_labels_pdf(planned, the_venue, context)), HasSubstr("Room 1"));
}

TEST(RoomPapers, TakeTheirTitlesFromTemplates) {
  const Templates own =
      Templates::parse({{"seat_chart.json", R"({"title": {"ko": "자리 그림", "en": "Plan of seats"}})"}});
  PaperContext context = stamped();
  context.templates = &own;
  EXPECT_THAT(printed_text(render_seat_charts_pdf(exam_of_size(2), the_venue, context)), HasSubstr("자리 그림"));
}

TEST(RoomPapers, AreTheSameBytesEveryTime) {
  const PlannedExam planned = exam_of_size(20);
  for (const Render render : all_papers) {
    EXPECT_EQ(render(planned, the_venue, stamped()).bytes, render(planned, the_venue, stamped()).bytes);
  }
}

TEST(RoomPapers, CanBeHadByTheirNames) {
  const PlannedExam planned = exam_of_size(5);
  for (const char* name : {"seat_chart", "desk_label", "door_list"}) {
    EXPECT_EQ(render_paper(name, PaperFormat::pdf, planned, the_venue, stamped()).pages, 1) << name;
  }
  const std::string list = render_paper("door_list", PaperFormat::csv, planned, the_venue, stamped()).bytes;
  EXPECT_EQ(count_of(list, "\r\n"), 6U);
  EXPECT_THAT(list, HasSubstr("01000003"));
  EXPECT_THAT(list, Not(HasSubstr(planned.exam.applicants[2].name)));
}

}  // namespace
}  // namespace hanjari::documents
