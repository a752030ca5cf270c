#include "hanjari/documents/slip.h"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/read_back.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/subject_names.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr ApplicantIndex first_person{std::size_t{0}};

PaperContext slip_context() {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  context.check_url = "https://seats.example.kr/check";
  return context;
}

TEST(Slip, SaysWhoWhereAndWhen) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const std::string text = text_of_pdf(render_slip_pdf(exam_with({"홍길동"}), first_person, slip_context()).bytes);
  for (const char* word :
       {"응시표", "홍길동", "01000001", "1994년 8월 23일", "일반행정 9급", "한자리고등학교",
        "서울특별시 종로구 세종대로 209", "2021년 6월 5일(토)", "09:20", "10:00~11:40", "신분증", "앞에서 1번째 줄"}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
}

// Red while a slip said 1994-08-23 and 가져올 것.
TEST(Slip, SaysDaysAndHeadingsAsPeopleWriteThem) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (const Language language : {Language::korean, Language::english}) {
    PaperContext how = slip_context();
    how.language = language;
    const std::string text = text_of_pdf(render_slip_pdf(exam_with({"홍길동"}), first_person, how).bytes);
    for (const Text& word : {Text{"23 August 1994", "1994년 8월 23일"}, Text{"Sat 5 June 2021", "2021년 6월 5일(토)"},
                             Text{"What to bring", "준비물"}, Text{"Please note", "유의사항"}, Text{"1 June 2021 14:03", "2021년 6월 1일 14:03"}})
      EXPECT_THAT(text, HasSubstr(word.in(language)));
    EXPECT_THAT(text, Not(testing::ContainsRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}"))) << text;
    EXPECT_THAT(text, Not(HasSubstr("가져올 것")));
  }
}

// Red while slips of the office said "law, math": the exam package knows subjects by their codes only.
TEST(Slip, SaysChosenSubjectsByTheirNames) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  PlannedExam planned = exam_with({"홍길동"});
  planned.exam.applicants[0].electives = planned.exam.words.intern("law;other");
  Recruitment notice;
  notice.units.emplace_back();
  notice.units[0].unit.code = planned.exam.units[0].code;
  notice.units[0].electives = {{"law", {"", "행정법총론"}}, {"other", {"", ""}}};
  PaperContext how = slip_context();
  how.subjects = subject_names_of(&notice);
  EXPECT_THAT(text_of_pdf(render_slip_pdf(planned, first_person, how).bytes), HasSubstr("행정법총론, other"));
  how.language = Language::english;
  EXPECT_THAT(text_of_pdf(render_slip_pdf(planned, first_person, how).bytes), HasSubstr("행정법총론, other"))
      << "a name in one language is better than a code";
  EXPECT_TRUE(subject_names_of(nullptr).empty());
}

TEST(Slip, CodeLeadsToTheCheckPage) {
  if (!has_program("zbarimg") || !has_program("pdftoppm")) GTEST_SKIP() << "zbarimg or pdftoppm is not installed";
  const PlannedExam planned = exam_of_size(3);
  for (std::size_t i = 0; i < 3; ++i) {
    const Paper slip = render_slip_pdf(planned, ApplicantIndex(i), slip_context());
    // As a sharp screen and as a poor printer would show it.
    for (const char* dots : {"70", "150"}) {
      const std::string read =
          output_about(slip.bytes, "pdf",
                       std::string("pdftoppm -r ") + dots +
                           " -png -singlefile {} {} && zbarimg -q --raw {}.png 2> /dev/null; rm -f {}.png");
      EXPECT_EQ(read, slip_check_address(slip_context().check_url, planned.exam, planned.plan.placements[i]) + "\n");
    }
  }
}

TEST(Slip, CodeHoldsNothingAboutThePersonButTheNumber) {
  const PlannedExam planned = exam_with({"홍길동"});
  const std::string address = slip_check_address("https://x/check", planned.exam, planned.plan.placements[0]);
  EXPECT_EQ(address,
            "https://x/check?exam=small-1&number=01000001&mark=" + slip_mark(planned.exam, planned.plan.placements[0]));
  PlannedExam other = planned;
  other.exam.applicants[0].name = "김서연";
  other.exam.applicants[0].birth_on = Date{1};
  EXPECT_EQ(slip_check_address("https://x/check", other.exam, other.plan.placements[0]), address);
}

TEST(Slip, MarkIsTheDigestOfThePlaceAndChangesWithIt) {
  const PlannedExam planned = exam_of_size(2);
  const Placement& placement = planned.plan.placements[0];
  EXPECT_EQ(slip_mark(planned.exam, placement),
            sha256("small-1\n01000001\n2021-06-05\nV0001\n1\n1\n").hex().substr(0, 12));
  Placement moved = placement;
  moved.seat_no = 2;
  EXPECT_NE(slip_mark(planned.exam, moved), slip_mark(planned.exam, placement));
}

TEST(Slip, AddressEncodesWhatAnAddressCannotHold) {
  PlannedExam planned = exam_of_size(1);
  planned.exam.header.code = ExamCode("2021 1차&");
  EXPECT_THAT(slip_check_address("https://x/check", planned.exam, planned.plan.placements[0]),
              HasSubstr("exam=2021%201%EC%B0%A8%26&"));
}

TEST(Slip, ShowsTheOwnEndOfExtraTime) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  PlannedExam planned = exam_of_size(1);
  planned.exam.applicants[0].accommodation.multiplier = TimeMultiplier::x1_5;
  EXPECT_THAT(text_of_pdf(render_slip_pdf(planned, first_person, slip_context()).bytes), HasSubstr("10:00~12:30"));
}

// Advice of any length ends above the place to sign, in both languages.
TEST(Slip, AdviceEndsAboveThePlaceToSign) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  for (const Language language : {Language::korean, Language::english}) {
    PaperContext how = slip_context();
    how.language = language;
    const std::string boxes =
        output_about(render_slip_pdf(exam_with({"홍길동"}), first_person, how).bytes, "pdf", "pdftotext -bbox {} -");
    double sign = 0;
    double lowest_advice = 0;
    for (const std::string& line : lines_of(boxes)) {
      double left = 0, top = 0, right = 0, bottom = 0;
      if (std::sscanf(line.c_str(), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left, &top, &right,
                      &bottom) != 4)
        continue;
      const bool is_advice = line.find(language == Language::korean ? ">주십시오" : ">once") != std::string::npos;
      if (is_advice) lowest_advice = std::max(lowest_advice, bottom);
      if (line.find(language == Language::korean ? ">확인하였습니다" : ">Signature<") != std::string::npos) sign = top;
    }
    EXPECT_GT(lowest_advice, 400);
    EXPECT_LT(lowest_advice + 12, sign) << "the rule of the place to sign stands that far above its words";
  }
}

// It was cut at the place to sign without a word.
TEST(Slip, GoesOnOnAnotherPageWhereTheWayIsLong) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  std::string way;
  for (int i = 0; i < 2500; ++i) way += fmt::format("{}길{}", i == 0 ? "" : " ", i);
  const Templates own = Templates::parse({{"ways.json", R"({"V0001": {"ko": ")" + way + R"("}})"}});
  PaperContext how = slip_context();
  how.templates = &own;
  const PlannedExam planned = exam_with({"홍길동", "김서연"});
  const Paper slip = render_slip_pdf(planned, first_person, how);
  ASSERT_GE(slip.pages, 2);
  const auto pages = pages_of_pdf(slip.bytes);
  ASSERT_EQ(pages.size(), static_cast<std::size_t>(slip.pages));
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_THAT(pages[i], HasSubstr(fmt::format("{}/{}쪽", i + 1, pages.size())));
    for (const char* whose : {"01000001", "홍길동"}) EXPECT_THAT(pages[i], HasSubstr(whose)) << "page " << i + 1;
    EXPECT_EQ(pages[i].find("다음 쪽에 이어집니다") == std::string::npos, i + 1 == pages.size());
  }
  std::multiset<std::string> words;
  double sign = 0;
  for (const WordBox& box : word_boxes(slip.bytes)) {
    words.insert(box.word);
    if (box.word == "확인하였습니다.") sign = box.top;
  }
  for (int i = 0; i < 2500; ++i) EXPECT_EQ(words.count(fmt::format("길{}", i)), 1U) << i;
  ASSERT_GT(sign, 0);
  for (const WordBox& box : word_boxes(slip.bytes)) {
    if (box.page == 1 && box.word.starts_with("길")) {
      EXPECT_LT(box.bottom, sign - 10) << box.word;
    }
    if (box.word.starts_with("길")) {
      EXPECT_GT(box.bottom - box.top, 8) << "letters that can be read";
      EXPECT_LT(box.bottom, box.page_height - 39) << "above the foot";
    }
  }
  // Everybody at the venue has as many pages, and a school without a way has one.
  EXPECT_EQ(render_slips_pdf(planned, VenueIndex(std::size_t{0}), how).pages, 2 * slip.pages);
  EXPECT_EQ(render_slip_pdf(planned, first_person, slip_context()).pages, 1);
}

TEST(Slip, OfSomebodyWithoutASeatCannotBeHad) {
  PlannedExam planned = exam_of_size(2);
  planned.plan.placements.pop_back();
  try {
    render_slip_pdf(planned, ApplicantIndex(std::size_t{1}), slip_context());
    FAIL() << "a slip was made";
  } catch (const NotFound& error) {
    EXPECT_EQ(error.code(), "applicant_not_seated");
  }
}

TEST(Slip, OfAVenueHasAPageForEverybodyInSeatOrder) {
  if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const Paper slips = render_slips_pdf(exam_of_size(17), VenueIndex(std::size_t{0}), slip_context());
  EXPECT_EQ(slips.pages, 17);
  const auto pages = pages_of_pdf(slips.bytes);
  ASSERT_EQ(pages.size(), 17U);
  EXPECT_THAT(pages[16], HasSubstr("01000017"));
}

// Red while a screen reader did not learn that the slip is Korean and tagged.
TEST(Slip, SaysItsLanguageToScreenReaders) {
  PaperContext how = slip_context();
  EXPECT_THAT(render_slips_pdf(exam_of_size(3), VenueIndex(std::size_t{0}), how).bytes, testing::HasSubstr("/Lang (ko-KR)"));
  how.language = Language::english;
  const Paper slips = render_slips_pdf(exam_of_size(3), VenueIndex(std::size_t{0}), how);
  EXPECT_THAT(slips.bytes, testing::HasSubstr("/Lang (en)"));
  if (!has_program("pdfinfo")) GTEST_SKIP() << "pdfinfo is not installed";
  EXPECT_THAT(output_about(slips.bytes, "pdf", "pdfinfo {}"), testing::ContainsRegex("Tagged: +yes"));
  // Exam and title, person, venue, room, seat, where they are, and the times: each is an element of the one tree.
  const std::string tree = output_about(slips.bytes, "pdf", "pdfinfo -struct {} 2>/dev/null");
  EXPECT_THAT(tree, testing::StartsWith("Document"));
  std::size_t paragraphs = 0;
  for (auto at = tree.find("P (block)"); at != std::string::npos; at = tree.find("P (block)", at + 1)) ++paragraphs;
  EXPECT_GE(paragraphs, 3U * 9U);
}

}  // namespace
}  // namespace hanjari::documents
