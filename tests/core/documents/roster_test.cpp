#include "hanjari/documents/roster.h"

#include <algorithm>
#include <map>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/read_back.h"

namespace hanjari::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;

constexpr VenueIndex roster_venue{std::size_t{0}};

PaperContext roster_context() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));  // 2021-06-01 14:03 in Seoul
  context.version = "2";
  context.taken_by = "jongno-1";
  return context;
}

#define NEEDS(program) \
  if (!has_program(program)) GTEST_SKIP() << program " is not installed"

// The lines of a page that begin with seat data: serial, seat, number, name, birth date, sex.
std::vector<std::vector<std::string>> people_on(const std::string& page) {
  std::vector<std::vector<std::string>> people;
  for (const std::string& line : lines_of(page)) {
    auto words = words_of(line);
    if (words.size() < 6 || words[4].size() != 10 || words[4][4] != '-') continue;
    words.resize(6);
    people.push_back(words);
  }
  return people;
}

TEST(Roster, TextOfThePagesEqualsThePlanForEverybodyOfTheFoundingCase) {
  NEEDS("pdftotext");
  const auto cases = founding_case();
  if (cases.empty()) GTEST_SKIP() << "the shared case seoul-2021-b is not there";
  const PlannedExam& planned = cases.front();
  std::size_t found = 0;
  for (std::size_t v = 0; v < planned.exam.venues.size(); ++v) {
    std::map<int, std::vector<const Placement*>> rooms;
    for (const Placement& placement : planned.plan.placements) {
      if (placement.venue == VenueIndex(v)) rooms[planned.exam[placement.room].room_no].push_back(&placement);
    }
    if (rooms.empty()) continue;
    const Paper paper = render_roster_pdf(planned, VenueIndex(v), roster_context());
    EXPECT_TRUE(paper.missing.empty());
    std::map<int, std::vector<std::vector<std::string>>> read;
    for (const std::string& page : pages_of_pdf(paper.bytes)) {
      const std::size_t mark = page.find("시험실\n");
      ASSERT_NE(mark, std::string::npos);
      const std::size_t begin = page.rfind("제", mark) + std::string("제").size();
      auto& people = read[std::stoi(page.substr(begin, mark - begin))];
      const auto here = people_on(page);
      people.insert(people.end(), here.begin(), here.end());
    }
    for (auto& [room_no, people] : rooms) {
      std::sort(people.begin(), people.end(), [](auto* a, auto* b) { return a->seat_no < b->seat_no; });
      std::vector<std::vector<std::string>> expected;
      for (const Placement* placement : people) {
        const Applicant& applicant = planned.exam[placement->applicant];
        expected.push_back({std::to_string(expected.size() + 1), std::to_string(placement->seat_no),
                            placement->number.text(), applicant.name, format_date(applicant.birth_on),
                            applicant.sex == Sex::male ? "남" : "여"});
      }
      ASSERT_EQ(read[room_no], expected) << "venue " << v << " room " << room_no;
      found += expected.size();
    }
    ASSERT_EQ(read.size(), rooms.size());
  }
  EXPECT_EQ(found, planned.exam.applicants.size());
}

TEST(Roster, IsTheSameBytesAgainAndOnAnotherThread) {
  const PlannedExam planned = exam_with({"홍길동", "Zoë Müller", "金基昞", "ᄒᆞᆫ글", "김😀이"});
  const Paper one = render_roster_pdf(planned, roster_venue, roster_context());
  Paper other;
  std::thread([&] {
    render_roster_pdf(exam_with({"Other People", "𠮷野家"}), roster_venue, roster_context());  // another history of fonts
    other = render_roster_pdf(planned, roster_venue, roster_context());
  }).join();
  EXPECT_EQ(one.bytes, render_roster_pdf(planned, roster_venue, roster_context()).bytes);
  EXPECT_EQ(one.bytes, other.bytes);
  EXPECT_EQ(render_roster_xlsx(planned, roster_venue, roster_context()).bytes,
            render_roster_xlsx(planned, roster_venue, roster_context()).bytes);
}

TEST(Roster, HasOnePageForFifteenAndTwoForThirty) {
  EXPECT_EQ(render_roster_pdf(exam_of_size(15), roster_venue, roster_context()).pages, 1);
  EXPECT_EQ(render_roster_pdf(exam_of_size(30, 30), roster_venue, roster_context()).pages, 2);
  EXPECT_EQ(render_roster_pdf(exam_of_size(30, 15), roster_venue, roster_context()).pages, 2);
  EXPECT_EQ(render_roster_pdf(exam_of_size(1), roster_venue, roster_context()).pages, 1);
}

TEST(Roster, SaysSoWhenNobodyIsThere) {
  NEEDS("pdftotext");
  const Paper paper = render_roster_pdf(exam_of_size(0), roster_venue, roster_context());
  EXPECT_EQ(paper.pages, 1);
  EXPECT_THAT(text_of_pdf(paper.bytes), HasSubstr("해당 없음"));
}

TEST(Roster, SaysOnEveryPageWhichPlanEditionTimeCopyAndPageItIs) {
  NEEDS("pdftotext");
  const PlannedExam planned = exam_of_size(20, 20);
  const auto pages = pages_of_pdf(render_roster_pdf(planned, roster_venue, roster_context()).bytes);
  ASSERT_EQ(pages.size(), 2U);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_THAT(pages[i], HasSubstr("배정안 " + planned.plan.digest.substr(0, 12)));
    EXPECT_THAT(pages[i], HasSubstr("판 2"));
    EXPECT_THAT(pages[i], HasSubstr("출력 2021년 6월 1일 14:03"));
    EXPECT_THAT(pages[i], HasSubstr("발급 jongno-1"));
    EXPECT_THAT(pages[i], HasSubstr(fmt::format("{} / 2 쪽", i + 1)));
    EXPECT_THAT(pages[i], HasSubstr("한자리고등학교"));
  }
}

// Red while rosters said subjects by the codes of the exam package.
TEST(Roster, SaysChosenSubjectsByTheirNamesInEveryFormat) {
  NEEDS("pdftotext");
  PlannedExam planned = exam_of_size(2);
  planned.exam.applicants[0].electives = planned.exam.words.intern("law;math");
  PaperContext how = roster_context();
  how.subjects[{planned.exam.units[0].code, "law"}] = {"Law", "행정법"};
  how.subjects[{planned.exam.units[0].code, "math"}] = {"Maths", "수학"};
  const std::string page = text_of_pdf(render_roster_pdf(planned, roster_venue, how).bytes);
  for (const char* name : {"행정법", "수학"}) EXPECT_THAT(page, HasSubstr(name)) << "maybe in two lines of its cell";
  const std::string list = render_roster_csv(planned, roster_venue, how).bytes;
  EXPECT_THAT(list, HasSubstr("행정법, 수학"));
  EXPECT_THAT(list, Not(HasSubstr("law")));
}

TEST(Roster, SpeaksEnglishWhenAsked) {
  NEEDS("pdftotext");
  PaperContext english = roster_context();
  english.language = Language::english;
  const std::string text = text_of_pdf(render_roster_pdf(exam_of_size(3), roster_venue, english).bytes);
  for (const char* word : {"Roster", "Room 1", "General", "Signature", "taken by jongno-1", "page 1 of 1"})
    EXPECT_THAT(text, HasSubstr(word));
}

TEST(Roster, ReportsGlyphsThatNoFontHasAndKeepsTheirText) {
  NEEDS("pdftotext");
  // A letter of Duployan, a script for which no font of Debian's usual ones exists.
  const Paper paper = render_roster_pdf(exam_with({"김\U0001BC00이",
                                                   "a\xE2\x80\xAE"
                                                   "bc"}),
                                        roster_venue, roster_context());
  ASSERT_EQ(paper.missing.size(), 2U);
  EXPECT_EQ(paper.missing[0].character, U'\u202E');
  EXPECT_EQ(paper.missing[1].character, U'\U0001BC00');
  EXPECT_THAT(text_of_pdf(paper.bytes), HasSubstr("김\U0001BC00이"));
}

TEST(Roster, DrawsRareSyllablesHanjaAndOldHangul) {
  NEEDS("pdftotext");
  const std::vector<std::string> names = {"뷁쀍쐛", "金基昞", "𠮷野家", "ᄒᆞᆫ글", "Zoë"};
  const Paper paper = render_roster_pdf(exam_with(names), roster_venue, roster_context());
  EXPECT_TRUE(paper.missing.empty());
  const std::string text = text_of_pdf(paper.bytes);
  for (const std::string& name : names) EXPECT_THAT(text, HasSubstr(name));
}

TEST(Roster, KeepsAFortyCharacterNameInsideItsCell) {
  NEEDS("pdftotext");
  std::string name;
  for (int i = 0; i < 40; ++i) name += "가";
  const PlannedExam planned = exam_with({name});
  const Paper paper = render_roster_pdf(planned, roster_venue, roster_context());
  const std::string boxes = output_about(paper.bytes, "pdf", "pdftotext -bbox {} -");
  std::size_t letters = 0;
  double birth_begins = 0;
  double name_ends = 0;
  for (const std::string& line : lines_of(boxes)) {
    double left = 0, top = 0, right = 0, bottom = 0;
    if (std::sscanf(line.c_str(), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left, &top, &right,
                    &bottom) != 4)
      continue;
    if (line.find("가가가") != std::string::npos) name_ends = std::max(name_ends, right);
    if (line.find(">1994-") != std::string::npos) birth_begins = left;
    for (std::size_t at = 0; (at = line.find("가", at)) != std::string::npos; ++at) ++letters;
  }
  EXPECT_GE(letters, 40U);
  EXPECT_GT(name_ends, 0);
  EXPECT_LT(name_ends, birth_begins);
}

TEST(Roster, EmbedsSubsetsOfItsFontsAndSaysWhatItIs) {
  NEEDS("pdffonts");
  const Paper paper = render_roster_pdf(exam_with({"金基昞", "𠮷"}), roster_venue, roster_context());
  const auto fonts = lines_of(output_about(paper.bytes, "pdf", "pdffonts {}"));
  ASSERT_GT(fonts.size(), 2U);
  for (std::size_t i = 2; i < fonts.size(); ++i) EXPECT_THAT(fonts[i], HasSubstr("yes yes yes"));
  const std::string info = output_about(paper.bytes, "pdf", "TZ=UTC pdfinfo {}");
  EXPECT_THAT(info, HasSubstr("응시자 명부"));
  EXPECT_THAT(info, HasSubstr("A4"));
  EXPECT_THAT(info, HasSubstr("Tue Jun  1 05:03:10 2021"));
}

TEST(Roster, CsvHasOneLinePerPersonWithoutFormulas) {
  const PlannedExam planned = exam_with({"=cmd|' /C calc'!A0", "김, 서연", "홍길동"}, 2);
  const auto records = records_of_csv(render_roster_csv(planned, roster_venue, roster_context()).bytes);
  ASSERT_EQ(records.size(), 4U);
  EXPECT_THAT(records[0], IsSupersetOf({"시험실", "연번", "좌석", "응시번호", "성명", "생년월일", "성별", "직류",
                                        "선택과목", "사진", "편의지원", "서명", "결시"}));
  const auto column = [&](const char* title) {
    return static_cast<std::size_t>(std::find(records[0].begin(), records[0].end(), title) - records[0].begin());
  };
  EXPECT_EQ(records[1][column("성명")], "'=cmd|' /C calc'!A0");
  EXPECT_EQ(records[2][column("성명")], "김, 서연");
  EXPECT_EQ(records[3][column("응시번호")], "01000003");
  EXPECT_EQ(records[3][column("시험실")], "2");
}

// Whoever hands the booklets out reads on the roster who gets which; red while the page counts them only.
TEST(Roster, SaysTheBookletOfEachPersonInEveryFormat) {
  PlannedExam planned = exam_with({"가람", "나래", "다온"});
  ASSERT_EQ(planned.plan.placements.size(), 3U);
  planned.plan.placements[0].booklet = 'A';
  planned.plan.placements[1].booklet = 'B';
  planned.plan.placements[2].booklet = 'B';
  const auto records = records_of_csv(render_roster_csv(planned, roster_venue, roster_context()).bytes);
  ASSERT_EQ(records.size(), 4U);
  const auto column = [&](const char* title) {
    return static_cast<std::size_t>(std::find(records[0].begin(), records[0].end(), title) - records[0].begin());
  };
  ASSERT_LT(column("책형"), records[0].size());
  for (const Placement& placement : planned.plan.placements) {
    const auto row = std::find_if(records.begin(), records.end(), [&](const auto& record) {
      return record.at(column("응시번호")) == placement.number.text();
    });
    ASSERT_NE(row, records.end());
    EXPECT_EQ(row->at(column("책형")), placement.booklet == 'A' ? "가" : "나") << placement.number.text();
  }
  if (!has_program("pdftotext")) return;
  const std::string page = output_about(render_roster_pdf(planned, roster_venue, roster_context()).bytes, "pdf", "pdftotext -layout {} -");
  EXPECT_THAT(page, HasSubstr("책형"));
}

TEST(Roster, WorkbookHoldsTextAsTextAndNoFormula) {
  NEEDS("unzip");
  const PlannedExam planned = exam_with({"=SUM(A1:A9)", "홍길동"});
  const std::string bytes = render_roster_xlsx(planned, roster_venue, roster_context()).bytes;
  const std::string sheet = output_about(bytes, "xlsx", "unzip -p {} xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<t>=SUM(A1:A9)</t>"));
  EXPECT_THAT(sheet, HasSubstr("<t>01000001</t>"));
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  EXPECT_THAT(sheet, Not(HasSubstr("<f ")));
  EXPECT_THAT(sheet, HasSubstr("<pane ySplit=\"3\""));
  EXPECT_THAT(sheet, HasSubstr(fmt::format("<v>{}</v>", planned.exam.applicants[0].birth_on.days + 25569)));
  const std::string workbook = output_about(bytes, "xlsx", "unzip -p {} xl/workbook.xml");
  EXPECT_THAT(workbook, HasSubstr("_xlnm.Print_Area"));
  EXPECT_THAT(workbook, HasSubstr("_xlnm.Print_Titles"));
}

}  // namespace
}  // namespace hanjari::documents
