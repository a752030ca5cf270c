// Whoever accepts a call before the minute of the rooms is answered alike, whether or not a rule of rooms forbids the place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "hanjari/invigilators/duty_messages.h"
#include "hanjari/invigilators/substitutes.h"
#include "invigilators/pages/duty_office.h"

namespace hanjari::web::testing {
namespace {

using nlohmann::json;
using services::PersonState;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

const ExamCode accepted_exam("seoul-2021-1");
const auto rooms_shown = hanjari::tests::at("2021-06-05T07:30:00+09:00");

// Somebody who stands in a room of V1 has withdrawn; whether S8 may share that room with who stays is a rule of rooms.
class AcceptedCalls : public DutyOffice {
 protected:
  // Who stand in one room of V1.
  void have_a_room_of_two() {
    have_duties();
    office.invigilators.board.version = 1;
    office.invigilators.board.rooms_open_at = rooms_shown;
    for (const DutyRow& row : newest_rows().duties) {
      if (row.room_no == 0 || row.venue_code != VenueCode("V1")) continue;
      if (left.room_no == 0) {
        left = row;
      } else if (row.room_no == left.room_no) {
        stays = row.invigilator_id;
      }
    }
    ASSERT_FALSE(stays.empty());
  }
  void have_a_vacancy_of_a_room() {
    have_a_room_of_two();
    withdraw(left.invigilator_id.text().c_str());
    ASSERT_EQ(call_to(left, "S8", 10'000), 200);
  }
  void forbid() {
    office.invigilators.beside["conflicts.csv"] = "invigilator_id,kind,of,reason\nS8,invigilator," + stays.text() + ",\n";
  }
  // Tokens of forms are new with every visitor, as are the numbers that name a request.
  static std::string without_token(std::string body) {
    const std::string token = Browser::form_token_in(body);
    for (auto place = body.find(token); !token.empty() && place != std::string::npos; place = body.find(token))
      body.replace(place, token.size(), "TOKEN");
    return body;
  }
  // S8 accepts; what S8 and the coordinator of the district are shown afterwards.
  std::map<std::string, std::string> accept_and_look() {
    std::map<std::string, std::string> seen;
    seen["own page"] = without_token(answer("S8", {{"answer", "take_call"}}).body);
    Browser own = coordinator_of("11110");
    for (const char* what : {"substitutes", "duties", "invigilators"}) {
      seen[std::string("api ") + what] = std::string(ask(own, Method::get, what).content());
      seen[std::string("page ") + what] = without_token(own.get("/en/exams/seoul-2021-1/" + std::string(what)).body);
    }
    seen["file"] = std::string(ask(own, Method::get, "duties.csv").content());
    return seen;
  }
  void be_at_the_minute() {
    office.clock.set(rooms_shown);
    browser.set_cookie("hanjari_session", office.sign_in("on-the-day", Role::exam_officer, ""));
  }
  services::PlanCopies copies{1};

  DutyRow left;
  InvigilatorId stays;
};

// Red when the check of a hand edit, which knows rooms, answers before the minute: the person would be placed where no rule
// forbids it and not where one does.
TEST_F(AcceptedCalls, AreAnsweredAlikeBeforeTheMinute) {
  have_a_vacancy_of_a_room();
  const auto people = office.invigilators.people;
  const auto allowed = accept_and_look();
  EXPECT_EQ(person("S8").state, PersonState::consented);
  EXPECT_FALSE(duty_of("S8"));
  EXPECT_THAT(allowed.at("own page"), HasSubstr("Your place is being confirmed."));
  EXPECT_THAT(allowed.at("own page"), Not(HasSubstr("You may still be called"))) << "it was called, and has accepted";
  EXPECT_THAT(allowed.at("own page"), HasSubstr(std::string(hanjari::name_of(left.role).en))) << "what was accepted";
  EXPECT_EQ(json::parse(allowed.at("api substitutes"))["vacancies"][0]["called"][0]["state"], "accepted");
  office.invigilators.people = people;
  office.invigilators.staffings.resize(1);
  forbid();
  const auto forbidden = accept_and_look();
  for (const auto& [what, shown] : allowed) EXPECT_EQ(shown, forbidden.at(what)) << what;
}

// Red when the answer to an exchange is checked against rooms before an exam officer carries it out.
TEST_F(AcceptedCalls, AreAnsweredAlikeForExchangesToo) {
  have_a_room_of_two();
  ASSERT_FALSE(stays.empty());
  // S10, who stands nowhere, would stand in the room of who stays.
  const std::string other = left.invigilator_id.text();
  const auto exchange = [&] {
    office.invigilators.swaps.clear();
    for (const std::string& id : {other, std::string("S10")}) browser.post(people_page, people_page + "/invitations", {{"people", id}});
    std::string seen = without_token(answer("S10", {{"answer", "ask_swap"}, {"with", other}}).body);
    EXPECT_EQ(office.invigilators.swaps.size(), 1u);
    if (office.invigilators.swaps.empty()) return seen;
    const std::string swap = office.invigilators.swaps.front().id;
    seen += without_token(answer(other.c_str(), {{"answer", "agree_swap"}, {"swap", swap}}).body);
    // What is drawn anew every time.
    for (const auto& [drawn, word] : {std::pair(swap, "SWAP"), std::pair(code_of("S10"), "CODE"), std::pair(code_of(other.c_str()), "CODE")}) {
      EXPECT_FALSE(drawn.empty());
      for (auto place = seen.find(drawn); !drawn.empty() && place != std::string::npos; place = seen.find(drawn)) seen.replace(place, drawn.size(), word);
    }
    return seen;
  };
  const std::string allowed = exchange();
  ASSERT_FALSE(office.invigilators.swaps.empty());
  EXPECT_EQ(office.invigilators.swaps.front().state, services::SwapState::agreed);
  office.invigilators.beside["conflicts.csv"] = "invigilator_id,kind,of,reason\nS10,invigilator," + stays.text() + ",\n";
  EXPECT_EQ(exchange(), allowed);
  ASSERT_FALSE(office.invigilators.swaps.empty());
  EXPECT_EQ(office.invigilators.swaps.front().state, services::SwapState::agreed);
  // The rule is one of rooms: an officer who carries the exchange out is told of it.
  EXPECT_EQ(ask(browser, Method::post, "duty-edits",
                {{"version", 1}, {"swap", office.invigilators.swaps.front().id}, {"reason", "both want it"}})
                .status,
            422);
}

// Red when whoever accepted before it is forgotten at the minute, or placed against a rule.
TEST_F(AcceptedCalls, ArePlacedByTheProgramFromTheMinuteOn) {
  have_a_vacancy_of_a_room();
  accept_and_look();
  EXPECT_EQ(services::place_accepted_on_the_day(office.invigilators, office.stored, copies, accepted_exam,
                                                rooms_shown - std::chrono::seconds(1)),
            0);
  EXPECT_FALSE(duty_of("S8"));
  EXPECT_EQ(services::place_accepted_on_the_day(office.invigilators, office.stored, copies, accepted_exam, rooms_shown), 1);
  const auto duty = duty_of("S8");
  ASSERT_TRUE(duty);
  EXPECT_EQ(duty->room_no, left.room_no);
  EXPECT_EQ(duty->role, left.role);
  EXPECT_EQ(services::place_accepted_on_the_day(office.invigilators, office.stored, copies, accepted_exam, rooms_shown), 0);
  EXPECT_EQ(services::place_accepted_on_the_day(office.invigilators, office.stored, copies, accepted_exam,
                                                rooms_shown + std::chrono::hours(24)),
            0)
      << "the day is over";
}

TEST_F(AcceptedCalls, AreNotPlacedAgainstARuleOfRooms) {
  have_a_vacancy_of_a_room();
  forbid();
  accept_and_look();
  EXPECT_EQ(services::place_accepted_on_the_day(office.invigilators, office.stored, copies, accepted_exam, rooms_shown), 0);
  EXPECT_FALSE(duty_of("S8"));
  be_at_the_minute();
  EXPECT_EQ(asked("substitutes")["vacancies"][0]["called"][0]["state"], "accepted");
}

// Red when "being confirmed" stays with whoever accepted a place that an officer has given to somebody else.
TEST_F(AcceptedCalls, EndWhenThePlaceIsGivenToSomebodyElse) {
  office.clock.set(hanjari::tests::at("2021-06-04T10:00:00+09:00"));
  have_a_vacancy_of_a_room();
  accept_and_look();
  const auto tell = [&] {
    return services::tell_invigilators(office.invigilators, office.stored, office.plans, accepted_exam, office.clock.now());
  };
  office.clock.pass(std::chrono::minutes(11));
  EXPECT_EQ(tell().filled, 0) << "the place is free still";
  EXPECT_EQ(person("S8").calls.back().answer, services::CallAnswer::accepted);
  fill_by_hand(left, "S10");
  EXPECT_EQ(tell().filled, 0) << "not before it has settled: it may be taken back";
  office.clock.pass(std::chrono::minutes(11));
  office.invigilators.messages.clear();
  EXPECT_EQ(tell().filled, 1);
  EXPECT_TRUE(std::any_of(office.invigilators.messages.begin(), office.invigilators.messages.end(), [](const auto& message) {
    return message.to == "s8@example.kr" && message.body.find("is not free any more") != std::string::npos;
  }));
  EXPECT_EQ(person("S8").calls.back().answer, services::CallAnswer::filled);
  EXPECT_EQ(person("S8").state, PersonState::consented) << "may be placed elsewhere";
  const std::string page = answer("S8", {}).body;
  EXPECT_THAT(page, HasSubstr("The place that you had accepted is not free any more"));
  EXPECT_THAT(page, Not(HasSubstr("Your place is being confirmed.")));
  EXPECT_EQ(tell().filled, 0) << "told once";
  // Nobody has said no: where it becomes free again, the person can be called again.
  withdraw("S10");
  const json vacancy = asked("substitutes")["vacancies"].at(0);
  EXPECT_EQ(vacancy["called"][0]["state"], "filled");
  EXPECT_EQ(call_to(left, "S8"), 200);
}

// Red while "being confirmed" stays on the own page, and the day is kept free, until the duties have settled: for ten minutes, or a night.
TEST_F(AcceptedCalls, SayAtOnceThatThePlaceWasFilledAndTellItSoon) {
  office.clock.set(hanjari::tests::at("2021-06-04T10:00:00+09:00"));
  have_a_vacancy_of_a_room();
  EXPECT_THAT(answer("S8", {{"answer", "take_call"}}).body, HasSubstr("Your place is being confirmed."));
  fill_by_hand(left, "S10");
  const std::string page = answer("S8", {}).body;
  EXPECT_THAT(page, HasSubstr("The place that you had accepted is not free any more"));
  EXPECT_THAT(page, Not(HasSubstr("Your place is being confirmed.")));
  EXPECT_EQ(person("S8").calls.back().answer, services::CallAnswer::accepted) << "looking changes nothing";
  office.clock.pass(std::chrono::minutes(3));
  const auto told =
      services::tell_invigilators(office.invigilators, office.stored, office.plans, accepted_exam, office.clock.now());
  EXPECT_EQ(told.filled, 1);
  EXPECT_EQ(told.placed, 0) << "places wait until the duties have settled";
  EXPECT_EQ(person("S8").calls.back().answer, services::CallAnswer::filled);
}

// Whoever looks before the message and finds the place free again waits as before.
TEST_F(AcceptedCalls, AreConfirmedAgainWhereThePlaceBecomesFreeBeforeItIsTold) {
  office.clock.set(hanjari::tests::at("2021-06-04T10:00:00+09:00"));
  have_a_vacancy_of_a_room();
  answer("S8", {{"answer", "take_call"}});
  fill_by_hand(left, "S10");
  withdraw("S10");
  EXPECT_THAT(answer("S8", {}).body, HasSubstr("Your place is being confirmed."));
}

// Exam officers see rooms anyway: they need not wait, and are told who cannot be placed.
TEST_F(AcceptedCalls, ArePlacedByExamOfficersAtAnyTime) {
  have_a_vacancy_of_a_room();
  EXPECT_THAT(browser.get(substitutes_page).body, Not(HasSubstr("Place those who have accepted")));
  accept_and_look();
  EXPECT_THAT(browser.get(substitutes_page).body, HasSubstr("1 person has accepted and is not placed yet."));
  Browser own = coordinator_of("11110");
  EXPECT_THAT(own.get(substitutes_page).body, Not(HasSubstr("Place those who have accepted")));
  EXPECT_EQ(ask(own, Method::post, "substitute-placings", json::object()).status, 403);
  forbid();
  const Response page = browser.post(substitutes_page, substitutes_page + "/placings", {});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("S8 was not placed: "));
  EXPECT_THAT(page.body, Not(HasSubstr("Those who accepted are placed")));
  json done = json::parse(std::string(ask(browser, Method::post, "substitute-placings", json::object()).content()));
  EXPECT_EQ(done["placed"], json::array());
  EXPECT_EQ(done["refused"], json::array({"S8"}));
  EXPECT_FALSE(done["reasons"]["S8"].empty());
  office.invigilators.beside["conflicts.csv"] = "invigilator_id,kind,of,reason\n";
  ASSERT_EQ(browser.post(substitutes_page, substitutes_page + "/placings", {}).status, 303);
  EXPECT_TRUE(duty_of("S8"));
  const Response again = browser.post(substitutes_page, substitutes_page + "/placings", {});
  ASSERT_EQ(again.status, 303);
  EXPECT_THAT(browser.get(std::string(again.header("Location"))).body, HasSubstr("Nobody was placed"));
}

// Red while the load, which becomes fairer than could be had without who consented with the call, was judged by the bound of then.
TEST_F(AcceptedCalls, ArePlacedWhereTheDutiesBecomeBetterThanWasProvenWithoutThem) {
  have_duties();
  office.invigilators.board.version = 1;
  office.invigilators.board.rooms_open_at = rooms_shown;
  const auto busiest = duty_of("S9");
  ASSERT_TRUE(busiest) << "nine duties, and S8 with eight has not consented";
  withdraw("S9");
  ASSERT_EQ(call_to(*busiest, "S8", 10'000), 200);
  answer("S8", {{"answer", "take_call"}});
  EXPECT_EQ(services::place_accepted_on_the_day(office.invigilators, office.stored, copies, accepted_exam, rooms_shown), 1);
  const auto placed = duty_of("S8");
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->room_no, busiest->room_no);
  EXPECT_FALSE(newest_rows().report.load_bound) << "what was proven was proven without S8";
}

// Red when the first of those who do not come is the one of the first room: who is gone from the list would tell which is first.
TEST_F(AcceptedCalls, TakeThePlacesOfThoseWhoLeftInTheOrderOfTheirNumbers) {
  ASSERT_EQ(send_people(ten_people()).status, 200);
  for (const char* id : {"S1", "S2"}) withdraw(id);
  services::ListedPerson& accepting = office.invigilators.people.at(InvigilatorId("S9"));
  services::SubstituteCall taken;
  taken.venue = VenueCode("V1");
  taken.role = DutyRole::chief;
  taken.by = "officer";
  taken.answer = services::CallAnswer::accepted;
  accepting.calls.push_back(taken);
  for (const auto& [room_of_s1, room_of_s2] : {std::pair("1", "2"), std::pair("2", "1")}) {
    services::Staffing staffing;
    staffing.id = std::string("staffing-") + room_of_s1;
    staffing.exam = accepted_exam;
    staffing.version = 1;
    staffing.plan_digest = std::string(64, 'a');
    office.invigilators.staffings = {staffing};
    std::string rows = "venue_code,room_no,role,invigilator_id,travel_m\n";
    const std::string one = std::string("V1,") + room_of_s1 + ",chief,S1,0\n";
    const std::string two = std::string("V1,") + room_of_s2 + ",chief,S2,0\n";
    rows += std::string(room_of_s1) == "1" ? one + two : two + one;
    office.invigilators.files[staffing.id] = {{"duties.csv", rows}};
    services::place_accepted(office.invigilators, office.stored, copies, accepted_exam,
                             {"officer", "", office.clock.now(), "exam_officer"});
    ASSERT_TRUE(duty_of("S9")) << "S1 in room " << room_of_s1;
    EXPECT_FALSE(duty_of("S1"));
    EXPECT_TRUE(duty_of("S2"));
  }
}

}  // namespace
}  // namespace hanjari::web::testing
