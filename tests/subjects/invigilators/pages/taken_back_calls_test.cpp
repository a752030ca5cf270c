// Calls to take a free place are taken back: by whom, after which question, and what becomes of an answer at the same moment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "hanjari/invigilators/substitutes.h"
#include "invigilators/pages/duty_office.h"

namespace hanjari::web::testing {
namespace {

using nlohmann::json;
using services::CallAnswer;
using services::PersonState;
using services::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const ExamCode called_exam("seoul-2021-1");

// S1 has withdrawn, and S8, who has not consented before, is called to the place.
class TakenBackCalls : public DutyOffice {
 protected:
  void have_a_call() {
    have_duties();
    left = duty_of("S1").value();
    withdraw("S1");
    ASSERT_EQ(send_call("S8"), 200);
    ASSERT_EQ(person("S8").state, PersonState::invited);
  }
  int send_call(const char* id) { return call_to(left, id); }
  json wish() { return {{"venue", left.venue_code.text()}, {"role", hanjari::spell(left.role)}}; }
  json take_back(Browser& by, json body) {
    const Response answered = ask(by, Method::post, "substitute-call-withdrawals", body);
    EXPECT_EQ(answered.status, 200) << answered.content();
    return json::parse(std::string(answered.content()));
  }
  std::string question_page() {
    return substitutes_page + "/take-backs?venue=" + left.venue_code.text() + "&role=" + std::string(hanjari::spell(left.role));
  }
  json vacancy() { return asked("substitutes")["vacancies"].at(0); }
  std::size_t records_of_taking_back() {
    return static_cast<std::size_t>(std::count_if(office.invigilators.notes.begin(), office.invigilators.notes.end(),
                                                  [](const auto& note) { return note.action == "invigilators.take_back_call"; }));
  }

  DutyRow left;
};

// Red when the question does not say how many are concerned, or the answer to it concerns others than those it named.
TEST_F(TakenBackCalls, AreTakenBackAfterAQuestionThatSaysHowMany) {
  have_a_call();
  EXPECT_THAT(browser.get(substitutes_page).body, HasSubstr("/substitutes/take-backs?venue=" + left.venue_code.text()));
  const std::string question = browser.get(question_page()).body;
  EXPECT_THAT(question, HasSubstr("1 person was called and has not answered. Take the call back?"));
  EXPECT_THAT(question, HasSubstr("감독8 (S8)"));
  EXPECT_THAT(question, HasSubstr(R"(name="people" value="S8")"));
  EXPECT_THAT(browser.get("/ko" + question_page().substr(3)).body, HasSubstr("요청에 아직 답하지 않은 사람이 1명입니다."));
  EXPECT_EQ(person("S8").calls.back().answer, CallAnswer::open) << "a question changes nothing";
  const std::size_t told = office.invigilators.messages.size();
  const Response done =
      browser.post(question_page(), substitutes_page + "/take-backs",
                   {{"venue", left.venue_code.text()}, {"role", std::string(hanjari::spell(left.role))}, {"people", "S8"}});
  ASSERT_EQ(done.status, 303);
  EXPECT_EQ(person("S8").calls.back().answer, CallAnswer::taken_back);
  EXPECT_EQ(person("S8").state, PersonState::listed) << "was asked by the call alone";
  EXPECT_FALSE(person("S8").invited_until);
  ASSERT_EQ(office.invigilators.messages.size(), told + 1);
  const services::Message& notice = office.invigilators.messages.back();
  EXPECT_EQ(notice.to, "s8@example.kr");
  EXPECT_THAT(notice.body, HasSubstr("철회"));
  EXPECT_THAT(notice.body, HasSubstr("is taken back"));
  ASSERT_EQ(records_of_taking_back(), 1u);
  EXPECT_THAT(office.invigilators.notes.back().whose, ElementsAre("S8"));
  EXPECT_THAT(office.invigilators.notes.back().detail, HasSubstr("1 person"));
  EXPECT_EQ(vacancy()["called"][0]["state"], "taken_back");
  EXPECT_THAT(browser.get(question_page()).body, HasSubstr("answer is awaited here any more"));
}

// Red when an answer after it counts, when another can only be called once the time is over, or the person never again.
TEST_F(TakenBackCalls, CannotBeAcceptedAnyMoreAndLeaveThePlaceToOthers) {
  have_a_call();
  EXPECT_EQ(take_back(browser, wish())["taken_back"], json::array({"S8"}));
  const std::string refused = answer("S8", {{"answer", "take_call"}}).body;
  EXPECT_THAT(refused, HasSubstr("answered already or taken back"));
  EXPECT_THAT(refused, HasSubstr("The call to take a place was taken back."));
  EXPECT_EQ(person("S8").state, PersonState::listed);
  EXPECT_EQ(vacancy()["may_call"], true);
  EXPECT_EQ(send_call("S10"), 200);
  EXPECT_EQ(take_back(browser, wish())["taken_back"], json::array({"S10"}));
  EXPECT_EQ(person("S10").state, PersonState::consented) << "had consented before";
  EXPECT_EQ(send_call("S8"), 200) << "nobody has said no";
}

// Red when the second time tells or records anything.
TEST_F(TakenBackCalls, AreTakenBackOnce) {
  have_a_call();
  take_back(browser, wish());
  const std::size_t told = office.invigilators.messages.size();
  const std::int64_t version = person("S8").version;
  EXPECT_EQ(take_back(browser, wish())["taken_back"], json::array());
  EXPECT_EQ(office.invigilators.messages.size(), told);
  EXPECT_EQ(person("S8").version, version);
  EXPECT_EQ(records_of_taking_back(), 1u);
}

// Red when somebody can be sent calls and their ends for the same place without end.
TEST_F(TakenBackCalls, AreNotRepeatedMoreThanThreeTimesForAPlace) {
  have_a_call();
  for (int again = 0; again < 2; ++again) {
    take_back(browser, wish());
    EXPECT_EQ(send_call("S8"), 200) << again;
  }
  take_back(browser, wish());
  EXPECT_EQ(send_call("S8"), 422);
  EXPECT_EQ(send_call("S10"), 200) << "others can be called";
}

TEST_F(TakenBackCalls, KeepAnInvitationOfItsOwn) {
  have_duties();
  left = duty_of("S1").value();
  withdraw("S1");
  browser.post(people_page, people_page + "/invitations", {{"people", "S8"}});
  const auto until = person("S8").invited_until;
  ASSERT_EQ(send_call("S8"), 200);
  take_back(browser, wish());
  EXPECT_EQ(person("S8").state, PersonState::invited);
  EXPECT_EQ(person("S8").invited_until, until);
}

// Red when taking back ends with the call that was answered, or leaves nobody to take back calls of a place that was filled.
TEST_F(TakenBackCalls, StayOnTheListWhenThePlaceIsFilled) {
  have_a_call();
  fill_by_hand(left, "S10");
  ASSERT_EQ(asked("substitutes")["vacancies"].size(), 1u);
  EXPECT_EQ(vacancy()["places"], 0);
  EXPECT_EQ(vacancy()["may_call"], false);
  EXPECT_THAT(browser.get(substitutes_page).body, HasSubstr("No place is free here any more."));
  EXPECT_EQ(take_back(browser, wish())["taken_back"], json::array({"S8"}));
  EXPECT_TRUE(asked("substitutes")["vacancies"].empty());
}

// Somebody accepts after the list was read and before it is written.
class AnsweredMeanwhile : public hanjari::tests::MemoryInvigilators {
 public:
  explicit AnsweredMeanwhile(const hanjari::tests::MemoryInvigilators& before) : MemoryInvigilators(before) {}
  void save_people(const ExamCode& code, const services::PeopleStep& step, const services::Change& change) override {
    if (accepts) {
      services::ListedPerson& other = people.at(*accepts);
      other.calls.back().answer = CallAnswer::accepted;
      other.state = PersonState::consented;
      ++other.version;
      accepts.reset();
    }
    MemoryInvigilators::save_people(code, step, change);
  }
  std::optional<InvigilatorId> accepts;
};

// Red when an acceptance at the same moment is written over, or keeps the others from being freed.
TEST_F(TakenBackCalls, GiveWayToAnAcceptanceAtTheSameMoment) {
  have_a_call();
  const InvigilatorId s8("S8");
  const InvigilatorId s10("S10");
  // A second one waits for the same place.
  services::ListedPerson& second = office.invigilators.people.at(s10);
  second.calls.push_back(person("S8").calls.back());
  AnsweredMeanwhile invigilators(office.invigilators);
  invigilators.accepts = s8;
  services::DutyPart all;
  all.everything = true;
  const services::TakeBackWish both{left.venue_code, left.role, {s8, s10}};
  const std::size_t told = invigilators.messages.size();
  const auto freed = services::take_back_calls(invigilators, office.stored, called_exam, both, all, "",
                                               {"officer", "", office.clock.now(), "exam_officer"});
  EXPECT_THAT(freed, ElementsAre(s10));
  EXPECT_EQ(invigilators.people.at(s8).calls.back().answer, CallAnswer::accepted);
  EXPECT_EQ(invigilators.people.at(s8).state, PersonState::consented);
  EXPECT_EQ(invigilators.people.at(s10).calls.back().answer, CallAnswer::taken_back);
  EXPECT_EQ(invigilators.messages.size(), told + 1) << "who accepted is told nothing";
  EXPECT_THAT(services::take_back_calls(invigilators, office.stored, called_exam, both, all, "",
                                        {"officer", "", office.clock.now(), "exam_officer"}),
              IsEmpty());
}

// Red when a call that was taken back is read again as one that was declined.
TEST_F(TakenBackCalls, AreKeptAsSuch) {
  services::ListedPerson kept;
  for (const CallAnswer answered : {CallAnswer::open, CallAnswer::accepted, CallAnswer::declined, CallAnswer::taken_back,
                                    CallAnswer::filled})
    kept.calls.push_back({VenueCode("V1"), DutyRole::chief, office.clock.now(), office.clock.now(), "officer", answered});
  services::ListedPerson read;
  services::read_person(services::write_person(kept), read);
  ASSERT_EQ(read.calls.size(), kept.calls.size());
  for (std::size_t at = 0; at < kept.calls.size(); ++at) EXPECT_EQ(read.calls[at].answer, kept.calls[at].answer) << at;
}

// Red when an invitation cannot be taken back, when one is that was answered, or when a call goes with it.
TEST_F(TakenBackCalls, AreNotTheInvitationsThatAreTakenBackToo) {
  ASSERT_EQ(send_people(ten_people()).status, 200);
  ASSERT_EQ(browser.post(people_page, people_page + "/invitations", {{"people", "S8"}}).status, 200);
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("/invigilators/take-backs\""));
  const std::string question = browser.get(people_page + "/take-backs").body;
  EXPECT_THAT(question, HasSubstr("1 person was invited and has not answered. Take the invitation back?"));
  EXPECT_THAT(question, HasSubstr(R"(name="people" value="S8")"));
  const std::size_t told = office.invigilators.messages.size();
  const auto send = [&] { return browser.post(people_page + "/take-backs", people_page + "/take-backs", {{"people", "S8"}}).status; };
  ASSERT_EQ(send(), 303);
  EXPECT_EQ(person("S8").state, PersonState::listed);
  ASSERT_EQ(office.invigilators.messages.size(), told + 1);
  EXPECT_THAT(office.invigilators.messages.back().body, HasSubstr("the invitation to invigilate is taken back"));
  EXPECT_EQ(office.invigilators.notes.back().action, "invigilators.take_back");
  EXPECT_THAT(answer("S8", {{"answer", "consent"}}).body, HasSubstr("This cannot be done now"));
  EXPECT_EQ(person("S8").state, PersonState::listed);
  const std::size_t recorded = office.invigilators.notes.size();
  ASSERT_EQ(send(), 303) << "again";
  EXPECT_EQ(office.invigilators.notes.size(), recorded);
  EXPECT_EQ(office.invigilators.messages.size(), told + 1);
  browser.post(people_page, people_page + "/invitations", {{"people", "S8"}});
  answer("S8", {{"answer", "consent"}});
  EXPECT_EQ(json::parse(std::string(ask(browser, Method::post, "invigilator-invitation-withdrawals", json::object()).content()))["taken_back"],
            json::array())
      << "has answered";
  EXPECT_EQ(person("S8").state, PersonState::consented);
}

// Red when a coordinator takes back calls to venues of another district, or of people who are not the own.
TEST_F(TakenBackCalls, AreTakenBackInTheOwnDistrictOnly) {
  have_a_call();
  const bool in_v1 = left.venue_code == VenueCode("V1");
  Browser other = coordinator_of(other_district_than(left.venue_code));
  EXPECT_EQ(take_back(other, wish())["taken_back"], json::array());
  EXPECT_THAT(other.get(question_page()).body, Not(HasSubstr("S8")));
  EXPECT_EQ(person("S8").calls.back().answer, CallAnswer::open);
  Browser own = coordinator_of(district_of(left.venue_code));
  // Everybody lives in 11110.
  EXPECT_EQ(take_back(own, wish())["taken_back"], in_v1 ? json::array({"S8"}) : json::array());
  Browser chief = browser_of("chief", Role::venue_chief);
  EXPECT_EQ(ask(chief, Method::post, "substitute-call-withdrawals", wish()).status, 403);
  EXPECT_EQ(browser.get(substitutes_page + "/take-backs").status, 200) << "an address that names no place";
}

}  // namespace
}  // namespace hanjari::web::testing
