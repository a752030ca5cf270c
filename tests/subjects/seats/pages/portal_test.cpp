// What applicants meet: home, look-up form, seat page, slip.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/documents/slip.h"
#include "hanjari/documents/subject_names.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string seat_page = "/ko/exams/seoul-2021-1/seat";
const std::map<std::string, std::string> right_fields{{"number", "01000001"}, {"birth", "19970305"}};

class Portal : public ::testing::Test {
 protected:
  Response look_up(const std::string& number, const std::string& birth, const std::string& page = seat_page) {
    return browser.post(page, page, {{"number", number}, {"birth", birth}});
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::portal};
};

TEST_F(Portal, SendsTheFirstVisitToTheBrowsersLanguage) {
  EXPECT_EQ(browser.get("/", {{"accept-language", "en-GB,en;q=0.9"}}).header("Location"), "/en");
  EXPECT_EQ(
      Browser(running, Listener::portal).get("/", {{"accept-language", "ko-KR,ko;q=0.9,en;q=0.8"}}).header("Location"),
      "/ko");
  EXPECT_EQ(Browser(running, Listener::portal).get("/", {{"accept-language", "fr"}}).header("Location"), "/ko");
  EXPECT_EQ(Browser(running, Listener::portal).get("/").header("Location"), "/ko");
}

TEST_F(Portal, RemembersTheLanguageChosen) {
  browser.get("/en");
  EXPECT_EQ(browser.get("/", {{"accept-language", "ko"}}).header("Location"), "/en");
}

TEST_F(Portal, ListsTheExamsOpenForLookUp) {
  const Response home = browser.get("/ko");
  EXPECT_EQ(home.status, 200);
  EXPECT_THAT(home.body, HasSubstr("2021년도 제1회 서울특별시 공개경쟁 임용시험"));
  EXPECT_THAT(home.body, HasSubstr("2021년 6월 5일 토요일"));
  EXPECT_THAT(home.body, HasSubstr("<html lang=\"ko\""));
  EXPECT_THAT(browser.get("/en").body, HasSubstr("Saturday 5 June 2021"));
}

TEST_F(Portal, SaysWhenNoExamIsOpen) {
  office.plans.live.clear();
  EXPECT_THAT(browser.get("/ko").body, HasSubstr("지금 조회할 수 있는 시험이 없습니다"));
}

TEST_F(Portal, ShowsTheSeatForNumberAndBirthDate) {
  const Response seat = look_up("01000001", "19970305");
  EXPECT_EQ(seat.status, 200);
  for (const char* expected :
       {"김한자", "01000001", "일반행정 9급", "경복고등학교", "자하문로28가길 9", "본관", "2층", "<strong>3</strong>",
        "앞에서 3번째, 왼쪽에서 1번째", "room-desk-own", "09:20", "10:00–11:40", "한국시간", "신분증"}) {
    EXPECT_THAT(seat.body, HasSubstr(expected));
  }
}

// Red while the way from the own home stood nowhere: the drawing has no streets and a school's words begin at a station.
TEST_F(Portal, LinksToMapsOfOthersThatAreToldTheVenueAndNobody) {
  Venue& venue = office.plans.live.front().exam.venues.front();
  venue.name = "한빛, <중>학교";
  venue.at = {37.5665, 126.978};
  venue.address = "종로 1/2?x=1";
  const Response seat = look_up("01000001", "19970305");
  EXPECT_THAT(seat.body, HasSubstr("href=\"https://map.kakao.com/link/to/%ED%95%9C%EB%B9%9B%2C%20%3C%EC%A4%91%3E%ED%95%99%EA%B5%90,"
                                   "37.566500,126.978000\" rel=\"external noreferrer\""));
  EXPECT_THAT(seat.body, HasSubstr("https://map.naver.com/p/search/%EC%A2%85%EB%A1%9C%201%2F2%3Fx%3D1\""));
  EXPECT_THAT(seat.body, HasSubstr("개인정보는 전달되지 않습니다"));
  EXPECT_EQ(seat.header("Referrer-Policy"), "no-referrer");
  const auto links = seat.body.substr(seat.body.find("map-links"), 900);
  for (const char* own : {"01000001", "19970305"}) EXPECT_THAT(links, Not(HasSubstr(own)));
}

TEST_F(Portal, SaysNoTimeThatNobodyHasSaid) {
  Unit& unit = office.plans.live.front().exam.units.front();
  unit.starts_at.reset();
  unit.seated_by.reset();
  const Response seat = look_up("01000001", "19970305");
  EXPECT_THAT(seat.body, HasSubstr("시험 시각은 아직 정해지지 않았습니다"));
  for (const char* invented : {"09:20", "09:50", "10:00", "한국시간"}) EXPECT_THAT(seat.body, Not(HasSubstr(invented)));
}

TEST_F(Portal, ShowsTheNumberAmongTheSeatsInUseAsThePolicySays) {
  EXPECT_THAT(look_up("01000001", "19970305").body, Not(HasSubstr("사용 좌석 중 순번")));
  office.plans.live.front().exam.policy.seat_numbers = SeatNumbers::used;
  office.plans.live.front().plan.placements.front().used_no = 7;
  EXPECT_THAT(look_up("01000001", "19970305").body, HasSubstr("사용 좌석 중 순번 7"));
}

TEST_F(Portal, KeepsTheBookletToItself) {
  EXPECT_THAT(look_up("01000001", "19970305").body, Not(HasSubstr("책형")));
}

TEST_F(Portal, TellsTheEndOfTheOwnTime) {
  office.plans.live.front().exam.applicants.front().accommodation.multiplier = TimeMultiplier::x1_5;
  EXPECT_THAT(look_up("01000001", "19970305").body, HasSubstr("10:00–12:30"));
}

TEST_F(Portal, TakesDatesAndNumbersAsPeopleTypeThem) {
  for (const char* birth : {"19970305", "1997-03-05", "970305", "1997.3.5", "1997년 3월 5일", "１９９７０３０５"}) {
    EXPECT_EQ(look_up("01000001", birth).status, 200) << birth;
  }
  EXPECT_EQ(look_up(" 0100 0001 ", "19970305").status, 200);
  for (const char* number : {"０１０００００１", "01000001\u200b", "\ufeff0100\u00a00001", "\u202a01000001\u202c", "01000001\r\n"})
    EXPECT_EQ(look_up(number, "19970305").status, 200) << number;
}

TEST_F(Portal, SaysTheSameForAWrongNumberAndAWrongDate) {
  const Response wrong_number = look_up("01999999", "19970305");
  const Response wrong_date = look_up("01000001", "19970306");
  EXPECT_EQ(wrong_number.status, 422);
  EXPECT_EQ(wrong_date.status, 422);
  const std::string message = "맞는 좌석을 찾지 못했습니다";
  EXPECT_THAT(wrong_number.body, HasSubstr(message));
  EXPECT_THAT(wrong_date.body, HasSubstr(message));
  EXPECT_THAT(wrong_number.body, Not(HasSubstr("aria-invalid")));
  EXPECT_THAT(wrong_date.body, Not(HasSubstr("aria-invalid")));
}

TEST_F(Portal, NamesTheFieldThatIsWrongAndKeepsTheOther) {
  const Response no_number = look_up("", "19970305");
  EXPECT_EQ(no_number.status, 422);
  EXPECT_THAT(no_number.body, HasSubstr("id=\"number-error\""));
  EXPECT_THAT(no_number.body, HasSubstr("<a href=\"#number\">"));
  EXPECT_THAT(no_number.body, Not(HasSubstr("id=\"birth-error\"")));
  EXPECT_THAT(no_number.body, HasSubstr("value=\"19970305\""));
  const Response no_day = look_up("01000001", "19970231");
  EXPECT_THAT(no_day.body, HasSubstr("id=\"birth-error\""));
  EXPECT_THAT(no_day.body, HasSubstr("<title>오류: "));
}

// Red while the page closed for everybody behind the address: the owner had to wait.
TEST_F(Portal, AsksForTheNameAfterManyWrongEntriesAndLetsTheOwnerIn) {
  for (int miss = 0; miss < 5; ++miss) look_up("01000001", "19970306");
  const Response asked = look_up("01000001", "19970305");
  EXPECT_EQ(asked.status, 429);
  EXPECT_THAT(asked.body, HasSubstr("id=\"name-error\""));
  EXPECT_THAT(asked.body, HasSubstr("value=\"19970305\"")) << "nothing is typed twice";
  EXPECT_THAT(asked.body, Not(HasSubstr("김한자")));
  const auto with_name = [&](const std::string& name) {
    return browser.post(seat_page, seat_page, {{"number", "01000001"}, {"birth", "19970305"}, {"name", name}});
  };
  EXPECT_EQ(with_name("다른사람").status, 422);
  const Response seat = with_name(office.plans.live.front().exam.applicants.front().name);
  EXPECT_EQ(seat.status, 200);
  EXPECT_THAT(seat.body, HasSubstr("name=\"name\"")) << "the slip asks with the name too";
}

// A slip was printed with a code to whatever Host its reader's request named.
TEST_F(Portal, WritesNoForeignHostIntoTheCodeOfASlip) {
  const auto slip_asked_at = [&](Running& site, const std::string& host) {
    Browser reader(site, Listener::portal);
    Request request;
    request.method = Method::post;
    request.path = "/ko/exams/seoul-2021-1/slip";
    request.headers.set("content-type", "application/x-www-form-urlencoded");
    if (!host.empty()) request.headers.set("host", host);
    auto fields = right_fields;
    fields["form_token"] = Browser::form_token_in(reader.get(seat_page).body);
    request.body = Browser::encode_form(fields);
    const Response slip = reader.send(std::move(request));
    EXPECT_EQ(slip.status, 200) << host;
    return slip.body;
  };
  const std::string none = slip_asked_at(running, "");
  for (const char* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example", "localhost:80a"})
    EXPECT_EQ(slip_asked_at(running, host), none) << host;
  EXPECT_NE(slip_asked_at(running, "127.0.0.1:8080"), none) << "on this machine the code leads back to it";
  SiteSettings settings;
  settings.check_url = "https://seats.example.kr/check";
  Running named(office, settings);
  const std::string official = slip_asked_at(named, "");
  EXPECT_NE(official, none);
  for (const char* host : {"evil.example", "127.0.0.1:8080"}) EXPECT_EQ(slip_asked_at(named, host), official) << host;
}

// Red while slips said "law, math": the exam package knows subjects by their codes only.
TEST_F(Portal, SaysChosenSubjectsOnSlipsByTheirNames) {
  const PlannedExam& seat = office.plans.live.front();
  const hanjari::Applicant& person = seat.exam.applicants[seat.plan.placements.front().applicant.value];
  Recruitment notice = hanjari::tests::sample_notice();
  notice.units.front().unit.code = seat.exam[person.unit].code;
  notice.units.front().electives = {{"law", {"Administrative law", "행정법총론"}}, {"math", {"", "수학"}}};
  const documents::SubjectNames names = documents::subject_names_of(&notice);
  const auto name_of_subject = [&](const char* code) { return names.at({seat.exam[person.unit].code, code}); };
  EXPECT_EQ(name_of_subject("law"), (Text{"Administrative law", "행정법총론"}));
  EXPECT_EQ(name_of_subject("math"), (Text{"수학", "수학"})) << "no English name, no code";
  EXPECT_EQ(names.count({seat.exam[person.unit].code, "other"}), 0U);
}

TEST_F(Portal, SendsTheSlipUnderANameThatTellsNothing) {
  const Response slip = browser.post(seat_page, "/ko/exams/seoul-2021-1/slip", right_fields);
  EXPECT_EQ(slip.status, 200);
  EXPECT_EQ(slip.type, "application/pdf");
  EXPECT_THAT(slip.body, ::testing::StartsWith("%PDF-"));
  EXPECT_EQ(slip.header("Content-Disposition"),
            "attachment; filename=\"admission-slip.pdf\"; filename*=UTF-8''%EC%9D%91%EC%8B%9C%ED%91%9C.pdf");
}

// Red while slips and the page of the seat say what the folder of templates says, and other papers what officers have saved.
TEST_F(Portal, SaysWhatOfficersHaveSavedOnPageAndSlip) {
  const std::string slip_address = "/ko/exams/seoul-2021-1/slip";
  const std::string before(browser.post(seat_page, slip_address, right_fields).content());
  EXPECT_EQ(std::string(browser.post(seat_page, slip_address, right_fields).content()), before) << "the comparison sees the words alone";
  const auto save = [&](const std::string& content) {
    const services::TemplateVersion newest = office.saved_templates.find_version(0).value_or(services::TemplateVersion{});
    office.saved_templates.save_version({newest.version + 1, "slip.json", {{"slip.json", content}}, "kim", office.clock.now()}, {});
  };
  save(R"({"bring": [{"ko": "도시락과 물", "en": "Lunch and water"}]})");
  EXPECT_THAT(look_up("01000001", "19970305").body, HasSubstr("도시락과 물"));
  const std::string after(browser.post(seat_page, slip_address, right_fields).content());
  EXPECT_THAT(after, ::testing::StartsWith("%PDF-"));
  EXPECT_NE(after, before);
  // What a newer program does not know any more keeps nobody from the own seat.
  save(R"({"a word of another program": 1})");
  const Response seat = look_up("01000001", "19970305");
  EXPECT_EQ(seat.status, 200);
  EXPECT_THAT(seat.body, Not(HasSubstr("도시락과 물")));
  EXPECT_EQ(std::string(browser.post(seat_page, slip_address, right_fields).content()), before);
}

TEST_F(Portal, ChecksASlipWithoutTellingMoreThanItSays) {
  const PlannedExam& planned = office.plans.live.front();
  const Placement& placed = planned.plan.placements.front();
  const std::string address = documents::slip_check_address("/ko/check", planned.exam, placed);
  const Response right = browser.get(address);
  EXPECT_EQ(right.status, 200);
  EXPECT_THAT(right.body, HasSubstr("최신 응시표입니다"));
  EXPECT_THAT(right.body, HasSubstr("01****01"));
  EXPECT_THAT(right.body, Not(HasSubstr(planned.exam[placed.applicant].name)));
  EXPECT_THAT(right.body, Not(HasSubstr(planned.exam[placed.venue].name)));
  EXPECT_THAT(browser.get(address + "0").body, HasSubstr("최신이 아닙니다"));
  EXPECT_THAT(browser.get("/ko/check").body, HasSubstr("확인할 수 없는"));
  EXPECT_THAT(browser.get("/ko/check?exam=seoul-2021-1&number=77777777&mark=0").body, HasSubstr("확인할 수 없는"));
  EXPECT_THAT(browser.get("/en/check?exam=other&number=01000001&mark=0").body, HasSubstr("cannot be checked"));
}

TEST_F(Portal, LeadsFromTheCodeOfASlipToTheCheckPage) {
  const Response moved = browser.get("/check?exam=a&number=1&mark=2");
  EXPECT_GE(moved.status, 300);
  EXPECT_THAT(moved.header("Location"), ::testing::MatchesRegex("/(ko|en)/check\\?exam=a&number=1&mark=2"));
}

TEST_F(Portal, ShowsTheSeatInTheOtherLanguageByPostingAgain) {
  const Response korean = look_up("01000001", "19970305");
  EXPECT_THAT(korean.body, HasSubstr("action=\"/en/exams/seoul-2021-1/seat\""));
  const Response english = look_up("01000001", "19970305", "/en/exams/seoul-2021-1/seat");
  EXPECT_THAT(english.body, HasSubstr("Row 3 from the front"));
}

TEST_F(Portal, EscapesWhatPeopleWrite) {
  const Response seat = look_up("01000006", "19931231");
  EXPECT_THAT(seat.body, HasSubstr("&lt;b&gt;윤&amp;뫼&lt;/b&gt;"));
  EXPECT_THAT(seat.body, Not(HasSubstr("<b>윤")));
  EXPECT_THAT(look_up("\"><script>", "19970305").body, Not(HasSubstr("<script>\"")));
}

TEST_F(Portal, KnowsNoOtherExam) {
  EXPECT_EQ(browser.get("/ko/exams/other/seat").status, 404);
  EXPECT_EQ(browser.get("/fr/exams/seoul-2021-1/seat").status, 404);
}

TEST_F(Portal, ListsExamsForPrograms) {
  const Response listed = browser.get("/api/v1/exams");
  EXPECT_EQ(listed.type, "application/json");
  EXPECT_THAT(listed.body, HasSubstr("\"exam_on\":\"2021-06-05\""));
  EXPECT_EQ(browser.get("/api/v1/exams?page=zero").status, 400);
}

TEST_F(Portal, ServesFilesThatMayBeKeptForEver) {
  const std::string home(browser.get("/ko").content());
  const auto at = home.find("/assets/site.");
  ASSERT_NE(at, std::string::npos);
  const std::string address = home.substr(at, home.find('"', at) - at);
  const Response plain = browser.get(address);
  EXPECT_EQ(plain.status, 200);
  EXPECT_EQ(plain.header("Cache-Control"), "public, max-age=31536000, immutable");
  const Response compressed = browser.get(address, {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(compressed.header("Content-Encoding"), "gzip");
  EXPECT_LT(compressed.content().size(), plain.content().size() / 3);
  const Response known =
      browser.get(address, {{"accept-encoding", "gzip"}, {"if-none-match", std::string(compressed.header("ETag"))}});
  EXPECT_EQ(known.status, 304);
  EXPECT_TRUE(known.content().empty());
  EXPECT_EQ(browser.get("/assets/..%2f..%2fetc%2fpasswd").status, 404);
}

// What a phone fetches before the first page can be read: the page and the style sheets, compressed, without fonts.
TEST_F(Portal, NeedsFewBytesForTheFirstView) {
  const std::string home(browser.get("/ko").content());
  std::size_t bytes = home.size();
  for (auto at = home.find("/assets/"); at != std::string::npos; at = home.find("/assets/", at + 1)) {
    const std::string address = home.substr(at, home.find('"', at) - at);
    bytes += browser.get(address, {{"accept-encoding", "gzip"}}).content().size();
  }
  EXPECT_LT(bytes, 150'000U);
}

TEST_F(Portal, AnswersWithAPageWhenTheDatabaseIsGone) {
  office.plans.failure = std::make_exception_ptr(DatabaseUnavailable("database_gone", {"gone", "없음"}));
  const Response page = browser.get("/ko");
  EXPECT_EQ(page.status, 503);
  EXPECT_THAT(page.body, HasSubstr("<html lang=\"ko\""));
  EXPECT_THAT(page.body, HasSubstr("잠시 뒤에 다시 시도해 주십시오."));
  EXPECT_THAT(page.body, HasSubstr("<p lang=\"en\">"));
  EXPECT_THAT(page.body, HasSubstr("Please try again a little later."));
  EXPECT_FALSE(page.header("Retry-After").empty());
  office.plans.failure = std::make_exception_ptr(std::runtime_error("a bug with 김한자 in it"));
  const Response bug = browser.get("/ko");
  EXPECT_EQ(bug.status, 500);
  EXPECT_THAT(bug.body, Not(HasSubstr("김한자")));
  office.plans.failure = std::make_exception_ptr(42);
  EXPECT_EQ(browser.get("/ko").status, 500);
}

}  // namespace
}  // namespace hanjari::web::testing
