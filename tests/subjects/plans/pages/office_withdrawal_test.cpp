// Officers withdraw the seats of the live plan, in pages and by the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string seated_plan = std::string(64, 'a');
const std::string page_of_seated_plan = "/en/exams/seoul-2021-1/plans/" + seated_plan;

class WithdrawalPages : public ::testing::Test {
 protected:
  WithdrawalPages() {
    first.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    second.set_cookie("hanjari_session", office.sign_in("lee", services::Role::exam_officer, ""));
    office.stored.live =
        services::LivePointer{seated_plan, office.stored.find_exam(ExamCode("seoul-2021-1"), "")->input_sha256, 1};
    office.approvals.approvals[seated_plan].step = services::PlanStep::published;
    office.approvals.on_withdrawal = [this](const services::LivePointer& withdrawn) {
      office.stored.live.reset();
      office.stored.withdrawn = withdrawn;
    };
  }

  Response take(Browser& browser, const std::map<std::string, std::string>& fields) {
    return browser.post(page_of_seated_plan, page_of_seated_plan + "/withdrawals", fields);
  }
  nlohmann::json call(Browser& browser, const std::string& body, int status) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/exams/seoul-2021-1/withdrawals";
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = body;
    const Response response = browser.send(std::move(request));
    EXPECT_EQ(response.status, status) << response.body;
    return nlohmann::json::parse(response.body, nullptr, false);
  }

  const std::map<std::string, std::string> proposal{
      {"step", "propose"}, {"live_version", "1"}, {"people", "6"}, {"concerned", "yes"}, {"reason", "fire at V1"}};
  const std::map<std::string, std::string> withdrawal{
      {"step", "withdraw"}, {"live_version", "1"}, {"people", "6"}, {"concerned", "yes"}};

  Office office;
  Running running{office};
  Browser first{running, Listener::office};
  Browser second{running, Listener::office};
  int calls = 0;
};

TEST_F(WithdrawalPages, LetAnotherOfficerConfirmWhatOneProposed) {
  office.approvals.rule.second_officer = true;
  const std::string before = first.get(page_of_seated_plan).body;
  EXPECT_THAT(before, HasSubstr("Propose the withdrawal"));
  EXPECT_THAT(before, HasSubstr("were told a seat, and what becomes void: 6"));
  EXPECT_EQ(take(first, proposal).status, 303);
  EXPECT_EQ(take(first, proposal).status, 303) << "a second click";
  EXPECT_THAT(first.get(page_of_seated_plan).body, HasSubstr("You proposed this withdrawal"));
  EXPECT_THAT(first.get("/en/exams").body, HasSubstr("waits for confirmation"));
  EXPECT_EQ(take(first, withdrawal).status, 409) << "not by who proposed it";
  const std::string other = second.get(page_of_seated_plan).body;
  EXPECT_THAT(other, HasSubstr("fire at V1"));
  EXPECT_THAT(other, HasSubstr("Confirm it and withdraw the seats"));
  ASSERT_TRUE(office.stored.live);
  EXPECT_EQ(take(second, withdrawal).status, 303);
  EXPECT_FALSE(office.stored.live);
  EXPECT_EQ(office.approvals.reasons, std::vector<std::string>{"fire at V1"});
  EXPECT_EQ(take(second, withdrawal).status, 303) << "a second click";
  const std::string after = first.get(page_of_seated_plan).body;
  EXPECT_THAT(after, HasSubstr("nobody is shown them"));
  EXPECT_THAT(after, HasSubstr("Propose it")) << "it can be published again";
  EXPECT_THAT(after, HasSubstr("will see their seat from now on: 6"));
  EXPECT_THAT(after, Not(HasSubstr("does not have these steps of it"))) << "it is that plan";
  EXPECT_THAT(first.get("/en/exams/seoul-2021-1/plans").body, HasSubstr("were withdrawn: lee"));
  EXPECT_THAT(first.get("/ko/exams/seoul-2021-1/plans").body, HasSubstr("좌석 공개가 철회되었습니다"));
}

TEST_F(WithdrawalPages, WithdrawAtOnceWhereNoSecondOfficerIsAskedFor) {
  auto fields = withdrawal;
  EXPECT_EQ(take(first, fields).status, 422) << "without a reason";
  fields["reason"] = "fire at V1";
  fields.erase("concerned");
  EXPECT_EQ(take(first, fields).status, 422) << "without the number of people";
  fields["concerned"] = "yes";
  fields["people"] = "5";
  EXPECT_EQ(take(first, fields).status, 409) << "another number than is seated";
  fields["people"] = "6";
  fields["live_version"] = "3";
  EXPECT_EQ(take(first, fields).status, 409) << "another live plan than was shown";
  ASSERT_TRUE(office.stored.live);
  fields["live_version"] = "1";
  EXPECT_EQ(take(first, fields).status, 303);
  EXPECT_FALSE(office.stored.live);
}

TEST_F(WithdrawalPages, ShowAnEmergencyOnTheFirstPage) {
  office.approvals.rule.second_officer = true;
  auto fields = withdrawal;
  EXPECT_EQ(take(first, fields).status, 409) << "nobody has proposed it";
  fields["emergency"] = "yes";
  EXPECT_EQ(take(first, fields).status, 422) << "without a reason";
  fields["reason"] = "fire at V1";
  EXPECT_EQ(take(first, fields).status, 303);
  office.plans.live.clear();
  EXPECT_THAT(first.get("/ko/exams").body, HasSubstr("긴급 철회되어"));
  EXPECT_THAT(first.get("/en/exams").body, HasSubstr("Seats withdrawn"));
  EXPECT_THAT(first.get("/en/exams/seoul-2021-1/plans").body, HasSubstr("withdrawn without a second officer"));
}

// Red while the page offered what is refused from the day after the exam.
TEST_F(WithdrawalPages, OfferNothingAfterTheDayOfTheExam) {
  EXPECT_THAT(first.get(page_of_seated_plan).body, HasSubstr("Withdraw the seats"));
  office.clock.pass(std::chrono::hours(3 * 24));
  first.set_cookie("hanjari_session", office.sign_in("park", services::Role::exam_officer, ""));
  EXPECT_THAT(first.get(page_of_seated_plan).body, HasSubstr("Papers and notices")) << "the page itself is there";
  EXPECT_THAT(first.get(page_of_seated_plan).body, Not(HasSubstr("Withdraw the seats")));
}

// Red while a decision on one person's health was forgotten in silence with the plan that was withdrawn.
TEST_F(WithdrawalPages, SayWhatOfTheWithdrawnPlanAnotherOneDoesNotHave) {
  const std::string told = std::string(64, 'b');
  HistoryStep step;
  step.kind = StepKind::edit;
  step.digest = told;
  step.author = "park";
  office.stored.histories[told] = {step};
  office.stored.withdrawn = services::LivePointer{told, office.stored.live->input_sha256, 2};
  office.stored.live.reset();
  const std::string page = first.get(page_of_seated_plan).body;
  EXPECT_THAT(page, HasSubstr("does not have these steps of it"));
  EXPECT_THAT(page, HasSubstr(told.substr(0, 12) + " by park"));
}

TEST_F(WithdrawalPages, TakeAProposalBack) {
  office.approvals.rule.second_officer = true;
  ASSERT_EQ(take(first, proposal).status, 303);
  EXPECT_EQ(take(second, {{"step", "take_back"}}).status, 303);
  EXPECT_FALSE(office.approvals.proposal);
  EXPECT_EQ(take(second, {{"step", "take_back"}}).status, 409);
}

TEST_F(WithdrawalPages, SayTheSameByTheApi) {
  office.approvals.rule.second_officer = true;
  const std::string plan = "\"plan\": \"" + seated_plan + "\"";
  const auto asked = call(first, "{\"step\": \"propose\", " + plan + ", \"reason\": \"fire\"}", 409);
  EXPECT_EQ(asked["code"], "people_concerned");
  EXPECT_EQ(asked["concerned"], 6);
  EXPECT_EQ(call(first, "{\"step\": \"propose\", " + plan + ", \"concerned\": 6}", 422)["code"], "reason_missing");
  EXPECT_EQ(call(first, "{\"step\": \"leave\", " + plan + ", \"concerned\": 6}", 422)["code"], "bad_step");
  const auto proposed = call(first, "{\"step\": \"propose\", " + plan + ", \"concerned\": 6, \"reason\": \"fire\"}", 200);
  EXPECT_EQ(proposed["proposal"]["proposed_by"], "kim");
  EXPECT_EQ(proposed["next_steps"], nlohmann::json::array({"take_back"}));
  const std::string confirm = "{\"step\": \"withdraw\", " + plan + ", \"concerned\": 6}";
  EXPECT_EQ(call(first, confirm, 409)["code"], "same_officer");
  EXPECT_EQ(call(second, confirm, 200)["withdrawn_plan"], seated_plan);
  EXPECT_EQ(call(second, confirm, 409)["code"], "no_live_plan");
  EXPECT_EQ(nlohmann::json::parse(first.get("/api/v1/exams/seoul-2021-1/withdrawals").body)["live_version"], 2);
  EXPECT_EQ(nlohmann::json::parse(first.get("/api/v1/exams/seoul-2021-1/live-plans").body)["live_plans"][0]["withdrawn"], true);
}

// Red while an exam whose seats were withdrawn was one that the portal did not know.
TEST_F(WithdrawalPages, TellApplicantsThatSeatsAreBeingDecidedAgain) {
  Browser portal(running, Listener::portal);
  office.plans.withdrawn = office.plans.list_live_exams();
  office.plans.live.clear();
  EXPECT_THAT(portal.get("/ko").body, HasSubstr("좌석을 다시 배정하고 있습니다"));
  EXPECT_THAT(portal.get("/en").body, HasSubstr("being decided again"));
  EXPECT_THAT(portal.get("/en").body, Not(HasSubstr("Find my seat:")));
  const Response seat = portal.get("/ko/exams/seoul-2021-1/seat");
  EXPECT_EQ(seat.status, 409);
  EXPECT_THAT(seat.body, HasSubstr("이전에 안내받은 좌석과 응시표는 사용하지 마십시오"));
  EXPECT_EQ(portal.get("/ko/exams/nowhere/seat").status, 404);
  const Response venues = first.get("/ko/exams/seoul-2021-1/venues");
  EXPECT_EQ(venues.status, 409);
  EXPECT_THAT(venues.body, HasSubstr("이미 받은 명부와 문서는 사용하지 마십시오"));
  const std::string check = portal.get("/en/check?exam=seoul-2021-1&number=01000001&mark=x").body;
  EXPECT_THAT(check, HasSubstr("This slip is not valid any more"));
  EXPECT_THAT(check, Not(HasSubstr("This slip cannot be checked")));
}

}  // namespace
}  // namespace hanjari::web::testing
