// Somebody declines or withdraws: who is called, in which order, by whom, and what becomes of the answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <tuple>

#include "invigilators/pages/duty_office.h"

namespace hanjari::web::testing {
namespace {

using nlohmann::json;
using services::PersonState;
using services::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Substitutes : public DutyOffice {
 protected:
  // S1 has withdrawn; of the people who stand nowhere S8 has 8 past duties and S10 has 10.
  void have_a_vacancy() {
    have_duties();
    ASSERT_FALSE(duty_of("S8"));
    ASSERT_FALSE(duty_of("S10"));
    left = duty_of("S1").value();
    withdraw("S1");
  }
  json wish(const char* id, int minutes = 60) {
    return {{"venue", left.venue_code.text()}, {"role", hanjari::spell(left.role)}, {"person", id}, {"minutes", minutes}};
  }
  int call(const char* id, int minutes = 60) { return call_to(left, id, minutes); }
  json vacancy() {
    const json all = asked("substitutes")["vacancies"];
    return all.empty() ? json() : all.front();
  }
  std::vector<std::string> next() {
    std::vector<std::string> ids;
    const json left_place = vacancy();
    for (const json& one : left_place.value("next", json::array())) ids.push_back(one["invigilator_id"]);
    return ids;
  }
  // Rooms are shown: whoever accepts is placed at once.
  void be_at_the_minute() {
    const auto minute = hanjari::tests::at("2021-06-05T07:30:00+09:00");
    office.invigilators.board.rooms_open_at = minute;
    office.clock.set(minute);
    sign_in_again("on-the-day");
  }
  void sign_in_again(const char* name) {
    browser.set_cookie("hanjari_session", office.sign_in(name, Role::exam_officer, ""));
  }

  DutyRow left;
};

TEST_F(Substitutes, AreListedInTheirOrderForThePlaceThatWasLeft) {
  have_duties();
  EXPECT_TRUE(asked("substitutes")["vacancies"].empty());
  EXPECT_THAT(browser.get(substitutes_page).body, HasSubstr("No place is free"));
  left = duty_of("S1").value();
  withdraw("S1");
  EXPECT_EQ(vacancy()["places"], 1);
  EXPECT_EQ(vacancy()["left"], json::array({"S1"}));
  EXPECT_THAT(next(), ElementsAre("S8", "S10")) << "by past duties; whoever has not consented is asked with the call";
  office.invigilators.people_read = 0;
  office.invigilators.people_opened = 0;
  const std::string page = browser.get(substitutes_page).body;
  EXPECT_EQ(office.invigilators.people_read, 1) << "to find who can be called, and no second time to name them";
  EXPECT_EQ(office.invigilators.people_opened, 3u);
  EXPECT_THAT(page, HasSubstr("감독1 (S1): withdrawn (ill)"));
  EXPECT_THAT(page, HasSubstr("1. 감독8 (S8)"));
  EXPECT_THAT(page, HasSubstr("2. 감독10 (S10)"));
  EXPECT_THAT(browser.get(duties_page).body, HasSubstr("/substitutes\""));
  EXPECT_TRUE(std::any_of(office.access.records.begin(), office.access.records.end(), [](const Access& access) {
    return access.action == "duties.read" && std::find(access.whose.begin(), access.whose.end(), "S8") != access.whose.end();
  })) << "whoever is shown is recorded";
}

// Red when more people are called than places are free, or when a call does not end.
TEST_F(Substitutes, AreCalledOneAtATimeWithAnEnd) {
  have_a_vacancy();
  const Response called = browser.post(substitutes_page, substitutes_page,
                                       {{"venue", left.venue_code.text()}, {"role", std::string(hanjari::spell(left.role))},
                                        {"person", "S8"}, {"minutes", "120"}});
  ASSERT_EQ(called.status, 303);
  ASSERT_EQ(office.invigilators.messages.size(), 1u);
  const services::Message& message = office.invigilators.messages.front();
  EXPECT_EQ(message.to, "s8@example.kr");
  EXPECT_EQ(message.useless_after, office.clock.now() + std::chrono::hours(2));
  EXPECT_THAT(message.body, HasSubstr(code_of("S8").substr(0, 4) + "-"));
  EXPECT_EQ(office.invigilators.notes.back().action, "invigilators.call");
  EXPECT_THAT(office.invigilators.notes.back().detail, HasSubstr("number 1 of 2"));
  EXPECT_EQ(call("S10"), 409) << "S8 has not answered";
  const Response late = browser.post(substitutes_page, substitutes_page,
                                     {{"venue", left.venue_code.text()}, {"role", std::string(hanjari::spell(left.role))},
                                      {"person", "S10"}, {"minutes", "120"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("As many people as places are free have been called"));
  EXPECT_THAT(late.body, HasSubstr("Their answers are awaited")) << "the slower of two sees who was called";
  EXPECT_EQ(vacancy()["called"][0]["state"], "waiting");
  EXPECT_THAT(browser.get(substitutes_page).body, HasSubstr("Their answers are awaited"));
  EXPECT_EQ(call("S8", 5), 422);
  EXPECT_EQ(ask(browser, Method::post, "substitute-calls", {{"venue", "V9"}, {"role", "chief"}, {"person", "S8"}, {"minutes", 60}}).status,
            404);
}

TEST_F(Substitutes, TakeThePlaceWhenTheyAccept) {
  have_a_vacancy();
  be_at_the_minute();
  ASSERT_EQ(call("S8"), 200);
  const std::string asked_page = answer("S8", {}).body;
  EXPECT_THAT(asked_page, HasSubstr("Can you stand in for somebody?"));
  EXPECT_THAT(asked_page, Not(HasSubstr("Will you invigilate?"))) << "one question at a time";
  const std::string body = answer("S8", {{"answer", "take_call"}}).body;
  EXPECT_THAT(body, HasSubstr("<h2>Your place</h2>"));
  EXPECT_EQ(person("S8").state, PersonState::consented);
  EXPECT_EQ(office.invigilators.staffings.size(), 2u);
  EXPECT_TRUE(office.invigilators.staffings.front().by_hand);
  EXPECT_FALSE(duty_of("S1"));
  const auto duty = duty_of("S8");
  ASSERT_TRUE(duty);
  EXPECT_EQ(std::tuple(duty->venue_code, duty->room_no, duty->role), std::tuple(left.venue_code, left.room_no, left.role));
  EXPECT_TRUE(asked("substitutes")["vacancies"].empty());
  EXPECT_THAT(answer("S8", {{"answer", "take_call"}}).body, HasSubstr("or it was answered already"));
}

TEST_F(Substitutes, AreOfferedAsTheNextWhenOneDeclines) {
  have_a_vacancy();
  ASSERT_EQ(call("S8"), 200);
  EXPECT_EQ(answer("S8", {{"answer", "decline_call"}}).status, 422) << "without a reason";
  EXPECT_EQ(answer("S8", {{"answer", "decline_call"}, {"reason", "abroad"}}).status, 200);
  EXPECT_EQ(person("S8").state, PersonState::declined);
  EXPECT_EQ(vacancy()["called"][0]["state"], "declined");
  EXPECT_EQ(vacancy()["may_call"], true);
  EXPECT_THAT(next(), ElementsAre("S10"));
  ASSERT_EQ(call("S10"), 200);
  // Whoever had consented before and cannot take this place may still be placed elsewhere.
  EXPECT_EQ(answer("S10", {{"answer", "decline_call"}, {"reason", "too far"}}).status, 200);
  EXPECT_EQ(person("S10").state, PersonState::consented);
  EXPECT_THAT(next(), IsEmpty());
  EXPECT_THAT(browser.get(substitutes_page).body, HasSubstr("Nobody can be called for this place."));
  EXPECT_EQ(call("S10"), 422) << "nobody is called twice for a place";
}

TEST_F(Substitutes, AreOfferedAsTheNextWhenTheTimeIsOver) {
  have_a_vacancy();
  ASSERT_EQ(call("S8"), 200);
  office.clock.pass(std::chrono::minutes(61));
  sign_in_again("later");
  EXPECT_EQ(vacancy()["called"][0]["state"], "expired");
  EXPECT_THAT(next(), ElementsAre("S10"));
  EXPECT_THAT(answer("S8", {{"answer", "take_call"}}).body, HasSubstr("The time for an answer to this call is over"));
  EXPECT_EQ(person("S8").state, PersonState::invited);
  EXPECT_EQ(office.invigilators.staffings.size(), 1u);
  EXPECT_EQ(call("S10"), 200);
}

// Red when a short call ends an invitation that was to run for days.
TEST_F(Substitutes, KeepTheEndOfAnInvitationThatRunsLonger) {
  have_a_vacancy();
  browser.post(people_page, people_page + "/invitations", {{"people", "S8"}});
  const auto until = person("S8").invited_until;
  ASSERT_TRUE(until);
  ASSERT_GT(*until, office.clock.now() + std::chrono::minutes(30));
  ASSERT_EQ(call("S8", 30), 200);
  EXPECT_EQ(person("S8").invited_until, until);
  ASSERT_EQ(call("S10", 30), 409) << "the call itself is open";
  office.clock.pass(std::chrono::minutes(31));
  EXPECT_THAT(answer("S8", {{"answer", "take_call"}}).body, HasSubstr("The time for an answer to this call is over"));
  EXPECT_EQ(person("S8").state, PersonState::invited) << "too late for the call";
  answer("S8", {{"answer", "consent"}});
  EXPECT_EQ(person("S8").state, PersonState::consented);
  EXPECT_FALSE(duty_of("S8")) << "consent is no answer to the call";
}

// Red when a called person is put where a rule forbids it: the check of a hand edit decides.
TEST_F(Substitutes, AreNotPlacedAgainstARuleThatCameMeanwhile) {
  have_a_vacancy();
  be_at_the_minute();
  ASSERT_EQ(call("S8"), 200);
  office.invigilators.people.at(InvigilatorId("S8")).facts.roles = DutyRoles();
  ++office.invigilators.people.at(InvigilatorId("S8")).version;
  EXPECT_THAT(answer("S8", {{"answer", "take_call"}}).body, HasSubstr("Your place is being confirmed."));
  EXPECT_FALSE(duty_of("S8"));
  EXPECT_EQ(office.invigilators.staffings.size(), 1u);
  EXPECT_EQ(vacancy()["called"][0]["state"], "accepted");
  EXPECT_EQ(vacancy()["may_call"], false);
}

// Red when a coordinator sees or calls anybody, or fills a place, of another district.
TEST_F(Substitutes, AreCalledByCoordinatorsOfTheOwnDistrictOnly) {
  have_a_vacancy();
  const bool in_v1 = left.venue_code == VenueCode("V1");
  Browser own = coordinator_of(district_of(left.venue_code));
  Browser other = coordinator_of(other_district_than(left.venue_code));
  const json others = json::parse(std::string(ask(other, Method::get, "substitutes").content()));
  EXPECT_TRUE(others["vacancies"].empty());
  EXPECT_EQ(ask(other, Method::post, "substitute-calls", wish("S8")).status, 404);
  const json owns = json::parse(std::string(ask(own, Method::get, "substitutes").content()));
  ASSERT_EQ(owns["vacancies"].size(), 1u);
  EXPECT_EQ(owns["rooms_considered"], false);
  // Everybody lives in 11110.
  EXPECT_EQ(owns["vacancies"][0]["next"].size(), in_v1 ? 2u : 0u);
  EXPECT_EQ(ask(own, Method::post, "substitute-calls", wish("S8")).status, in_v1 ? 200 : 422);
  Browser chief = browser_of("chief", Role::venue_chief);
  EXPECT_EQ(chief.get(substitutes_page).status, 403);
  EXPECT_EQ(ask(chief, Method::post, "substitute-calls", wish("S8")).status, 403);
}

// Red when the list that a coordinator sees before the minute of the rooms depends on who stands in which room.
TEST_F(Substitutes, TellNothingOfRoomsBeforeTheirMinute) {
  ASSERT_EQ(send_people(ten_people()).status, 200);
  withdraw("S1");
  // S8 may not share a room with S2.
  office.invigilators.beside["conflicts.csv"] = "invigilator_id,kind,of,reason\nS8,invigilator,S2,\n";
  office.invigilators.board.rooms_open_at = hanjari::tests::at("2021-06-05T07:30:00+09:00");
  services::Staffing staffing;
  staffing.id = "staffing-1";
  staffing.version = 1;
  staffing.plan_digest = std::string(64, 'a');
  office.invigilators.staffings = {staffing};
  const auto listed = [&](const std::string& room_of_s1, const std::string& room_of_s2, Browser& asking) {
    office.invigilators.files["staffing-1"] = {
        {"duties.csv", "venue_code,room_no,role,invigilator_id,travel_m\nV1," + room_of_s1 + ",chief,S1,0\nV1," + room_of_s2 +
                           ",invigilator,S2,0\n"}};
    return std::string(ask(asking, Method::get, "substitutes").content());
  };
  Browser own = coordinator_of("11110");
  EXPECT_EQ(listed("1", "1", own), listed("2", "1", own));
  EXPECT_THAT(listed("1", "1", own), HasSubstr("\"S8\""));
  EXPECT_NE(listed("1", "1", browser), listed("2", "1", browser)) << "an officer's list keeps the rule";
  EXPECT_THAT(listed("1", "1", browser), Not(HasSubstr("\"S8\"")));
  office.clock.set(hanjari::tests::at("2021-06-05T07:30:00+09:00"));
  Browser on_the_day = coordinator_of("11110");
  EXPECT_NE(listed("1", "1", on_the_day), listed("2", "1", on_the_day));
}

// Red when a list that was read before somebody else called is called from.
TEST_F(Substitutes, AreNotCalledByTwoAtOnce) {
  have_a_vacancy();
  services::PeopleStep step;
  step.seen_mark = office.invigilators.mark_of_people(ExamCode("seoul-2021-1"));
  ASSERT_EQ(call("S8"), 200);
  services::ListedPerson late = person("S10");
  ++late.version;
  step.people = {late};
  EXPECT_THROW(office.invigilators.save_people(ExamCode("seoul-2021-1"), step, {}), Conflict);
}

// Red when whoever an officer took off a place, for an illness say, is the first to be asked to take it.
TEST_F(Substitutes, AreNotWhomAnOfficerHasTakenOffThatVeryPlace) {
  have_duties();
  left = duty_of("S1").value();
  ASSERT_EQ(ask(browser, Method::post, "duty-edits", {{"action", "take_off"}, {"person", "S1"}, {"reason", "ill"}, {"version", 1}}).status, 200);
  EXPECT_THAT(next(), ElementsAre("S8", "S10"));
  EXPECT_EQ(vacancy()["taken_off"], json::array({"S1"}));
  EXPECT_EQ(vacancy()["left"], json::array()) << "who does not stand in the duties any more";
  EXPECT_EQ(call("S1"), 422);
  const std::string page = browser.get(substitutes_page).body;
  EXPECT_THAT(page, HasSubstr("감독1 (S1): taken off by the office (ill)"));
  EXPECT_THAT(page, Not(HasSubstr("1. 감독1 (S1)")));
  EXPECT_THAT(browser.get(duties_page).body, HasSubstr("S1<br>taken off by the office (ill)"));
  // Once the step is taken back it says nothing of the person any more.
  ASSERT_EQ(ask(browser, Method::post, "duty-edits", {{"action", "undo"}, {"reason", "well again"}, {"version", 2}}).status, 200);
  EXPECT_THAT(browser.get(duties_page).body, Not(HasSubstr("taken off by the office")));
}

}  // namespace
}  // namespace hanjari::web::testing
