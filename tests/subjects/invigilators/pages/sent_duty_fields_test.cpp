// What is sent of settings and people, field by field, and the own page that a code opens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/invigilators/duty_people.h"
#include "invigilators/small_people.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using hanjari::tests::at;
using services::PersonState;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

class SentDutyFields : public ::testing::Test {
 protected:
  SentDutyFields() {
    office.stored.live = services::LivePointer{std::string(64, 'a'), "", 1};
    browser.set_cookie("hanjari_session", office.sign_in("officer", Role::exam_officer, ""));
  }
  void send_people() {
    ASSERT_EQ(browser
                  .post_files(people_page, people_page + "/imports", {{"encoding", "utf8"}},
                              {{"people", "people.zip", hanjari::tests::zip_of_people(hanjari::tests::small_people())}})
                  .status,
              200);
  }
  // Of a call with this body.
  int status_of(const std::string& what, const std::string& body) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/exams/seoul-2021-1/" + what;
    request.headers.set("content-type", "application/json");
    request.body = body;
    return browser.send(std::move(request)).status;
  }
  const services::ListedPerson& person(const char* id) { return office.invigilators.people.at(InvigilatorId(id)); }
  std::string code_of(const char* id) {
    for (const auto& [code, owner] : office.invigilators.codes) {
      if (owner == InvigilatorId(id)) return code;
    }
    return "";
  }

  const std::string people_page = "/en/exams/seoul-2021-1/invigilators";
  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

// Red while a program that sets one thing empties all others.
TEST_F(SentDutyFields, KeepSettingsThatAreNotSentAndClearThoseThatAreEmpty) {
  const services::DutyBoard& board = office.invigilators.board;
  const auto set = [&](const std::string& more) {
    return status_of("invigilator-settings", R"({"version": )" + std::to_string(board.version) + more + "}");
  };
  ASSERT_EQ(browser.post(people_page, people_page + "/settings",
                         {{"version", "0"}, {"rooms_time", "07:30"}, {"briefing_on", "2021-06-04"}, {"briefing_time", "14:00"},
                          {"briefing_place", "Hall"}, {"instructions", "Be there at seven."}, {"invitation_days", "5"},
                          {"pay_chief", "120,000"}, {"pay_reserve", "50,000"}, {"chiefs", "kim=V1"}}).status, 303);
  const std::string all = services::write_board(board);
  ASSERT_EQ(set(""), 200);
  EXPECT_EQ(services::write_board(board), all);
  EXPECT_EQ(board.rooms_open_at, at("2021-06-05T07:30:00+09:00"));
  ASSERT_EQ(set(R"(, "pay_reserve": "", "briefing_time": "15:30", "rooms_time": null)"), 200);
  EXPECT_EQ(board.briefing_at, at("2021-06-04T15:30:00+09:00"));
  EXPECT_EQ(board.pay, (std::map<DutyRole, std::int64_t>{{DutyRole::chief, 120'000}}));
  EXPECT_FALSE(board.rooms_open_at);
  EXPECT_EQ(board.briefing_place, "Hall");
  ASSERT_EQ(set(R"(, "briefing_on": "", "chiefs": "")"), 200);
  EXPECT_FALSE(board.briefing_at);
  EXPECT_TRUE(board.chiefs.empty());
  // The form follows the same rule.
  ASSERT_EQ(browser.post(people_page, people_page + "/settings",
                         {{"version", std::to_string(board.version)}, {"briefing_place", ""}}).status, 303);
  EXPECT_EQ(board.briefing_place, "");
  EXPECT_EQ(board.instructions, "Be there at seven.");
  EXPECT_EQ(board.invitation_days, 5);
}

// Red while settings that are refused for a wrong number come back with the version of now: the second try would write over what another
// officer has stored, and nobody would have read it.
TEST_F(SentDutyFields, AreNotStoredOverSettingsThatNobodyHasRead) {
  const auto set = [&](std::map<std::string, std::string> fields) {
    fields["version"] = "0";
    return browser.post(people_page, people_page + "/settings", fields);
  };
  ASSERT_EQ(set({{"briefing_place", "Hall"}}).status, 303);
  const Response wrong = set({{"briefing_place", "Gym"}, {"invitation_days", "many"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, Not(HasSubstr(R"(name="version" value="1")")));
  const Response late = set({{"briefing_place", "Gym"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr(R"(name="version" value="1")"));
  EXPECT_EQ(office.invigilators.board.briefing_place, "Hall");
}

// Red while the instructions that an officer wrote are gone because another one set the minute of the rooms.
TEST_F(SentDutyFields, KeepSettingsThatSomebodyElseWasFasterThan) {
  ASSERT_EQ(browser.post(people_page, people_page + "/settings", {{"version", "0"}, {"rooms_time", "07:30"}}).status, 303);
  const Response late = browser.post(people_page, people_page + "/settings", {{"version", "0"}, {"instructions", "Bring the keys of the hall."}});
  EXPECT_EQ(late.status, 409);
  EXPECT_NE(late.body.find("Bring the keys of the hall."), std::string::npos);
  EXPECT_EQ(office.invigilators.board.instructions, "");
}

// Red while a phone that is sent alone empties everything else of the person, or is refused for what is missing.
TEST_F(SentDutyFields, KeepWhatIsNotSentOfAPerson) {
  send_people();
  const auto save = [&](const std::string& body) { return status_of("invigilators", body); };
  ASSERT_EQ(save(R"({"person": "S1", "phone": "01000000001"})"), 200);
  EXPECT_EQ(person("S1").phone, "01000000001");
  EXPECT_EQ(person("S1").email, "s1@example.kr");
  EXPECT_EQ(person("S1").facts.name, "감독1");
  EXPECT_EQ(person("S1").facts.home.lat, 37.5);
  EXPECT_EQ(person("S1").facts.past_duties, 1);
  EXPECT_EQ(hanjari::spell(person("S1").facts.roles), "chief;invigilator;corridor;reserve");
  EXPECT_EQ(person("S1").state, PersonState::consented);
  ASSERT_EQ(save(R"({"person": "S1", "email": ""})"), 200);
  EXPECT_EQ(person("S1").email, "");
  EXPECT_EQ(person("S1").phone, "01000000001");
  EXPECT_EQ(save(R"({"person": "S1", "name": ""})"), 422) << "nobody is without a name";
}

// Red while whatever held an @ was an address and every text was a number: nobody learned that no invitation arrived.
TEST_F(SentDutyFields, ReadContactsByTheRuleOfSignUpAndSayWhatIsWrong) {
  send_people();
  const auto save = [&](const std::string& body) { return status_of("invigilators", body); };
  ASSERT_EQ(save(R"({"person": "S1", "phone": " +82 10.0000.0001\u200b", "email": "김 <S1@Example.KR>"})"), 200);
  EXPECT_EQ(person("S1").phone, "01000000001");
  EXPECT_EQ(person("S1").email, "s1@example.kr");
  for (const char* wrong : {R"({"person": "S1", "phone": "010-123-4567"})", R"({"person": "S1", "phone": "x"})",
                            R"({"person": "S1", "email": "s1@example"})", R"({"person": "S1", "email": "s1@@example.kr"})"})
    EXPECT_EQ(save(wrong), 422) << wrong;
  ASSERT_EQ(save(R"({"person": "S1", "phone": "02-123-4567"})"), 200) << "the e-mail address reaches the person";
  EXPECT_EQ(save(R"({"person": "S1", "email": ""})"), 422) << "no text message reaches this number";
  auto files = hanjari::tests::small_people();
  files["contacts.csv"] = "invigilator_id,email,phone\nS8,,010-123-4567\n";
  const Response refused = browser.post_files(people_page, people_page + "/imports", {{"encoding", "utf8"}},
                                              {{"people", "people.zip", hanjari::tests::zip_of_people(files)}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("has 11 digits; this one has 10"));
  EXPECT_EQ(person("S8").email, "s8@example.kr");
}

// Red while what was read of a person before another change is written over it.
TEST_F(SentDutyFields, RefuseAPersonWhomSomebodyElseHasChangedMeanwhile) {
  send_people();
  services::TypedPerson typed;
  typed.id = "S1";
  typed.name = "감독1";
  typed.lat = "37.5";
  typed.lon = "127";
  typed.roles = "chief";
  typed.phone = "01000000002";
  const ExamCode code("seoul-2021-1");
  const services::Change change{"officer", "", at("2021-06-01T09:00:00+09:00"), "program"};
  EXPECT_THROW(services::save_typed_person(office.invigilators, code, typed, change), Conflict);
  EXPECT_NE(person("S1").phone, typed.phone);
  typed.version = person("S1").version;
  services::save_typed_person(office.invigilators, code, typed, change);
  EXPECT_EQ(person("S1").phone, typed.phone);
}

// Red while the form is answered by the page itself, so that loading it anew asks to send the code again.
TEST_F(SentDutyFields, OpenTheOwnPageAtItsAddressUntilItIsLeft) {
  send_people();
  browser.post(people_page, people_page + "/invitations", {{"consented_too", "yes"}});
  Browser phone(running, Listener::portal);
  const Response entered = phone.post("/en/duty", "/en/duty", {{"code", code_of("S1")}});
  EXPECT_EQ(entered.status, 303);
  EXPECT_EQ(std::string(entered.header("Location")), "/en/duty");
  std::string cookie;
  for (const auto& [name, value] : entered.headers) {
    if (value.starts_with("hanjari_duty=")) cookie = value;
  }
  for (const char* limit : {"HttpOnly", "SameSite=Strict", "Max-Age=1800"}) EXPECT_THAT(cookie, HasSubstr(limit));
  for (const char* address : {"/en/duty", "/en/duty", "/ko/duty"}) {
    const Response page = phone.get(address);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("감독1")) << address;
    EXPECT_EQ(std::string(page.header("Cache-Control")), "no-store");
  }
  Browser other(running, Listener::portal);
  EXPECT_THAT(other.get("/en/duty").body, Not(HasSubstr("감독1")));
  ASSERT_EQ(phone.post("/en/duty", "/en/duty/answers", {{"answer", "leave"}}).status, 303);
  EXPECT_THAT(phone.get("/en/duty").body, Not(HasSubstr("감독1")));
  ASSERT_EQ(phone.post("/en/duty", "/en/duty", {{"code", code_of("S1")}}).status, 303);
  office.invigilators.codes.clear();
  const Response asked = phone.get("/en/duty");
  EXPECT_EQ(asked.status, 200) << "the code is worth nothing any more";
  EXPECT_THAT(asked.body, Not(HasSubstr("감독1")));
  EXPECT_THAT(asked.body, HasSubstr("name=\"code\""));
}

}  // namespace
}  // namespace hanjari::web::testing
