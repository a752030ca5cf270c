// What the own page tells of the past: duty by duty where they are known, years by their number, and where one stands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <regex>
#include <string>

#include "hanjari/base/text.h"
#include "invigilators/pages/duty_office.h"
#include "invigilators/pages/load_drawing.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OwnHistory : public DutyOffice {
 protected:
  hanjari::tests::PeopleFiles with_history(const std::string& rows) {
    auto files = ten_people();
    files["past_duties.csv"] = "invigilator_id,held_on,exam,role,duties\n" + rows;
    return files;
  }
  std::string own_page(const char* id) {
    browser.post(people_page, people_page + "/invitations", {{"people", id}});
    return answer(id, {}).body;
  }
};

// Red when duties are shown as one number, years without theirs, or the rest is left out.
TEST_F(OwnHistory, IsToldDutyByDutyAndTheRestAsANumber) {
  ASSERT_EQ(send_people(with_history("S9,2020-06-13,2020 round 1,chief,\nS9,2019,,,3\nS9,2021-04-17,2021 round 0,reserve,1\n")).status, 200);
  const std::string page = own_page("S9");
  const auto newest = page.find("2021 round 0");
  const auto older = page.find("2020 round 1");
  ASSERT_NE(newest, std::string::npos);
  ASSERT_NE(older, std::string::npos);
  EXPECT_LT(newest, older) << "newest first";
  EXPECT_THAT(page, HasSubstr("13 June 2020"));
  EXPECT_THAT(page, HasSubstr("chief invigilator"));
  EXPECT_THAT(page, HasSubstr("not listed one by one: 3"));
  EXPECT_THAT(page, HasSubstr("4 more are only known as a number.")) << "9 past duties, 5 of them told";
  EXPECT_THAT(own_page("S1"), HasSubstr("1 more is only known as a number."));
  EXPECT_THAT(own_page("S1"), Not(HasSubstr("2020 round 1"))) << "of somebody else";
}

TEST_F(OwnHistory, StaysWhenAListWithoutItIsSentAndIsReplacedByANewOne) {
  ASSERT_EQ(send_people(with_history("S9,2020-06-13,2020 round 1,chief,\n")).status, 200);
  ASSERT_EQ(send_people(ten_people()).status, 200);
  EXPECT_EQ(person("S9").history.size(), 1u);
  ASSERT_EQ(send_people(with_history("S9,2018,,,2\nS9,2019,,,3\n")).status, 200);
  ASSERT_EQ(person("S9").history.size(), 2u);
  EXPECT_EQ(person("S9").history.front().held_on, "2019");
  const Response refused = send_people(with_history("S77,2020-06-13,,,\nS9,last year,,,\nS9,2020,,boss,0\n"));
  EXPECT_EQ(refused.status, 422);
  for (const char* told : {"held_on", "role", "duties"}) EXPECT_THAT(refused.body, HasSubstr(told));
  EXPECT_EQ(send_people(with_history("S77,2020-06-13,,,\n")).status, 422) << "of nobody";
  EXPECT_EQ(person("S9").history.size(), 2u);
}

// Red when the picture or the words leave out where the person stands, or speak of anybody by name.
TEST_F(OwnHistory, ShowsTheOwnPlaceInTheLoadAsWordsAndAPicture) {
  have_duties();
  const std::string page = own_page("S2");
  EXPECT_THAT(page, HasSubstr("You have 2 past duties. Of the others who are used, 6 have more, 1 has fewer."));
  EXPECT_THAT(page, HasSubstr("Nobody with fewer past duties than you is without a place."));
  EXPECT_THAT(page, HasSubstr("<svg class=\"curves\""));
  EXPECT_THAT(page, HasSubstr("◀ you"));
  EXPECT_THAT(page, HasSubstr("1: 1, 2: 1, 3: 1")) << "the picture in words";
  EXPECT_THAT(page, Not(HasSubstr("감독3")));
  // Who stands nowhere is told where the others stand, and of no reason for a place.
  const std::string unused = own_page("S10");
  EXPECT_THAT(unused, HasSubstr("You have 10 past duties. Of the people who are used, 8 have fewer."));
  EXPECT_THAT(unused, Not(HasSubstr("Why me?")));
  // Red when groups of nobody are told of.
  office.invigilators.people.at(InvigilatorId("S8")).facts.past_duties = 1;
  EXPECT_THAT(own_page("S2"), HasSubstr("1 person with fewer past duties than you has no place: 1 has not consented."));
}

// Red when letters of the picture are smaller than 12 px on a phone, when anything is drawn beside it, or the table says
// something else.
TEST_F(OwnHistory, DrawsTheLoadLargeEnoughForAPhone) {
  // What is left of 390 px between the edges of page, card and figure.
  constexpr double figure_on_a_phone = 290;
  have_duties();
  for (const char* language : {"en", "ko"}) {
    services::LoadPlace load;
    load.past_duties = 37;
    for (std::int64_t duties = 40; duties >= 0; --duties) load.used.push_back({duties, duties * 120});
    const std::string drawn = render_own_load(running.site.pages(), load, language == std::string("ko") ? Language::korean : Language::english);
    std::smatch sizes;
    ASSERT_TRUE(std::regex_search(drawn, sizes, std::regex(R"re(viewBox="0 0 ([0-9.]+) ([0-9.]+)")re")));
    const double width = std::stod(sizes[1]);
    const double height = std::stod(sizes[2]);
    std::smatch letters;
    ASSERT_TRUE(std::regex_search(drawn, letters, std::regex(R"re(<g font-size="([0-9.]+)">)re")));
    EXPECT_GE(std::stod(letters[1]) * figure_on_a_phone / width, 12.0) << language;
    EXPECT_EQ(drawn.find("<text"), drawn.find("<text", drawn.find("<g font-size"))) << "no letters of another size";
    const std::regex text(R"re(<text[^>]* x="([0-9.]+)" y="([0-9.]+)"( text-anchor="end")?>([^<]*)</text>)re");
    int rows = 0;
    for (std::sregex_iterator one(drawn.begin(), drawn.end(), text), none; one != none; ++one, ++rows) {
      // A letter is at most as wide as it is high; a Latin letter or a digit somewhat more than half.
      const double wide = 0.6 * std::stod(letters[1]) * display_width((*one)[4].str());
      const double x = std::stod((*one)[1]);
      EXPECT_GE((*one)[3].matched ? x - wide : x, -0.5) << (*one)[0];
      EXPECT_LE((*one)[3].matched ? x : x + wide, width + 0.5) << (*one)[0];
      EXPECT_LE(std::stod((*one)[2]), height) << (*one)[0];
    }
    EXPECT_GE(rows, 10);
    EXPECT_EQ(bars_of_load(load).size(), 14u) << "three numbers a bar";
  }
  const std::string page = own_page("S2");
  EXPECT_THAT(page, HasSubstr("<details class=\"fold\"><summary>The same as a table")) << "high enough for a thumb";
  EXPECT_THAT(page, HasSubstr(R"(<th scope="row">2 (you)</th><td class="number" data-label="People">1</td>)"));
  browser.post(people_page, people_page + "/invitations", {{"people", "S3"}});
  Browser phone(running, Listener::portal);
  ASSERT_EQ(phone.post("/ko/duty", "/ko/duty", {{"code", code_of("S3")}}).status, 303);
  const std::string korean = phone.get("/ko/duty").body;
  EXPECT_THAT(korean, HasSubstr("표로 보기"));
  EXPECT_THAT(korean, HasSubstr("◀ 본인"));
}

// Exams of before, of which this program knows itself.
class EarlierExams : public OneStoredExam {
 public:
  std::optional<services::ExamHead> find_head(const ExamCode& code) override {
    if (code == ExamCode("seoul-2020-1")) return services::ExamHead{"작년 시험", "Last year's exam", *parse_date("2020-06-13"), "Asia/Seoul", 6};
    if (code == ExamCode("seoul-2022-1")) return services::ExamHead{"다음 시험", "Next exam", *parse_date("2022-06-11"), "Asia/Seoul", 6};
    return OneStoredExam::find_head(code);
  }
};

// Red when duties of earlier exams are left out, those of later ones or of another person of the number are told, or one day
// is told twice.
TEST_F(OwnHistory, KnowsDutiesOfEarlierExamsOfThisProgram) {
  have_duties();
  EarlierExams exams;
  auto& invigilators = office.invigilators;
  invigilators.earlier = {ExamCode("seoul-2020-1"), ExamCode("seoul-2022-1"), ExamCode("gone-1")};
  const ExamCode now("seoul-2021-1");
  const auto told = services::list_own_history(invigilators, exams, now, person("S2"), office.clock.now());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().exam.en, "Last year's exam");
  EXPECT_EQ(told.front().duty.held_on, "2020-06-13");
  EXPECT_EQ(told.front().duty.role, duty_of("S2")->role);
  services::ListedPerson other = person("S2");
  other.facts.name = "동명이인 아님";
  EXPECT_TRUE(services::list_own_history(invigilators, exams, now, other, office.clock.now()).empty());
  services::ListedPerson imported = person("S2");
  imported.history = {{"2020-06-13", "2020 round 1", DutyRole::chief, 1}};
  EXPECT_EQ(services::list_own_history(invigilators, exams, now, imported, office.clock.now()).size(), 1u);
  EXPECT_TRUE(services::list_own_history(invigilators, exams, now, person("S10"), office.clock.now()).empty()) << "stood nowhere";
  // Red when a duty that is still to come is told as one of before.
  const Instant that_day = hanjari::tests::at("2020-06-13T23:00:00+09:00");
  EXPECT_TRUE(services::list_own_history(invigilators, exams, now, person("S2"), that_day).empty());
  EXPECT_EQ(services::list_own_history(invigilators, exams, now, person("S2"), that_day + std::chrono::hours(1)).size(), 1u);
}

}  // namespace
}  // namespace hanjari::web::testing
