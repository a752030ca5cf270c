// The invigilators' own page: what it asks before it is done, and what it says afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "invigilators/pages/duty_office.h"

namespace hanjari::web::testing {
namespace {

using services::PersonState;
using ::testing::HasSubstr;
using ::testing::Not;

class OwnPage : public DutyOffice {
 protected:
  void have_codes() {
    have_duties();
    browser.post(people_page, people_page + "/invitations", {{"consented_too", "yes"}});
  }
};

// Red when one tap withdraws somebody, or when nothing is said of it afterwards.
TEST_F(OwnPage, AsksBeforeItTakesAWithdrawalAndSaysSoAfterwards) {
  have_codes();
  EXPECT_THAT(answer("S1", {}).body, HasSubstr("name=\"answer\" value=\"ask_withdraw\""));
  const std::string without = answer("S1", {{"answer", "ask_withdraw"}, {"reason", " "}}).body;
  EXPECT_THAT(without, HasSubstr("Say why."));
  EXPECT_THAT(without, HasSubstr("id=\"withdraw-reason\"")) << "the form to say it in";
  const Response asked = answer("S1", {{"answer", "ask_withdraw"}, {"reason", "ill"}});
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(person("S1").state, PersonState::consented) << "one tap is a question";
  EXPECT_THAT(asked.body, HasSubstr("Are you sure that you cannot come?"));
  EXPECT_THAT(asked.body, HasSubstr(R"(name="reason" value="ill")"));
  EXPECT_THAT(asked.body, Not(HasSubstr("have noted that you cannot come")));
  const Response done = answer("S1", {{"answer", "withdraw"}, {"reason", "ill"}});
  EXPECT_EQ(person("S1").state, PersonState::withdrawn);
  EXPECT_THAT(done.body, HasSubstr("We have noted that you cannot come."));
  EXPECT_THAT(done.body, Not(HasSubstr("Are you sure")));
}

TEST_F(OwnPage, SaysThatADeclineWasReceived) {
  have_codes();
  ASSERT_EQ(person("S8").state, PersonState::invited);
  EXPECT_THAT(answer("S8", {{"answer", "decline"}, {"reason", "abroad"}}).body, HasSubstr("We have noted that you decline."));
}

// Red when somebody who comes to a school for the first time is given a bare number of a room, or anything of it too early.
TEST_F(OwnPage, SaysWhereTheRoomIsOnceItIsShown) {
  have_codes();
  const DutyRow duty = duty_of("S1").value();
  ASSERT_GT(duty.room_no, 0);
  const auto room = office.plans.find_room(ExamCode("seoul-2021-1"), duty.venue_code, duty.room_no);
  ASSERT_TRUE(room);
  office.invigilators.board.rooms_open_at = hanjari::tests::at("2021-06-05T07:30:00+09:00");
  EXPECT_THAT(answer("S1", {}).body, Not(HasSubstr(room->building)));
  office.clock.set(*office.invigilators.board.rooms_open_at);
  EXPECT_THAT(answer("S1", {}).body, HasSubstr(fmt::format("<dd>{} (<bdi lang=\"ko\">{}</bdi> Floor ", duty.room_no, room->building)));
}

// Red when teachers read times as programs write them, or a deadline at midnight as the end of the day that it begins.
TEST_F(OwnPage, WritesTimesInWordsAndMidnightAsTheEndOfADay) {
  office.clock.set(hanjari::tests::at("2021-06-03T12:00:00+09:00"));
  browser.set_cookie("hanjari_session", office.sign_in("later", services::Role::exam_officer, ""));
  have_codes();
  office.invigilators.board.briefing_at = hanjari::tests::at("2021-06-04T14:00:00+09:00");
  ASSERT_EQ(person("S8").invited_until, hanjari::tests::at("2021-06-05T00:00:00+09:00"));
  EXPECT_THAT(answer("S8", {}).body, HasSubstr("Friday 4 June 2021, 24:00 (KST)"));
  EXPECT_THAT(answer("S1", {}).body, HasSubstr("Friday 4 June 2021, 14:00 (KST)"));
  EXPECT_THAT(answer("S1", {}).body, Not(HasSubstr("Asia/Seoul")));
  for (const services::Message& message : office.invigilators.messages) {
    if (message.to != "s8@example.kr") continue;
    EXPECT_THAT(message.body, HasSubstr("2021년 6월 4일 24:00까지"));
  }
}

}  // namespace
}  // namespace hanjari::web::testing
