// Accounts of the staff as administrators see them, and the page where whoever was invited chooses a password.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class StaffPages : public ::testing::Test {
 protected:
  StaffPages() {
    admin.set_cookie("hanjari_session", office.sign_in("admin-1", services::Role::administrator, ""));
    other.set_cookie("hanjari_session", office.sign_in("admin-2", services::Role::administrator, ""));
    office.sign_in("lee", services::Role::exam_officer, "");
  }
  Response step(Browser& browser, const std::string& name, const std::map<std::string, std::string>& fields) {
    return browser.post("/en/staff/" + name, "/en/staff/" + name + "/steps", fields);
  }

  Office office;
  Running running{office};
  Browser admin{running, Listener::office};
  Browser other{running, Listener::office};
  Browser guest{running, Listener::office};
};

TEST_F(StaffPages, InviteSomebodyWhoThenChoosesAPassword) {
  const Response invited = admin.post("/en/staff", "/en/staff",
                                      {{"name", "park"}, {"role", "auditor"}, {"district", ""}, {"email", "park@example.kr"}});
  EXPECT_EQ(invited.header("Location"), "/en/staff/park");
  EXPECT_THAT(admin.get("/en/staff").body, AllOf(HasSubstr("/en/staff/park"), HasSubstr("invited, no password yet")));
  ASSERT_FALSE(office.applying.outbox.waiting.empty());
  const std::string body = office.applying.outbox.waiting.back().message.body;
  const std::string head = "/en/invitations/";
  const std::string page = body.substr(body.find(head), head.size() + 64);
  const std::string code = body.substr(std::string("Code: ").size(), 6);
  const Response weak = guest.post(page, page, {{"code", code}, {"new_password", "short"}});
  EXPECT_EQ(weak.status, 422);
  EXPECT_THAT(weak.body, HasSubstr("href=\"#new_password\""));
  EXPECT_EQ(guest.post(page, page, {{"code", code}, {"new_password", "nine wooden chairs"}}).header("Location"),
            "/en/sign-in");
  EXPECT_THAT(admin.get("/en/staff/park").body, Not(HasSubstr("invited, no password yet")));
}

TEST_F(StaffPages, SayWhatIsWrongWithAnInvitation) {
  const Response refused =
      admin.post("/en/staff", "/en/staff", {{"name", "Park!"}, {"role", "auditor"}, {"email", "park@example.kr"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("An account name has 2 to 64 characters"), HasSubstr("park@example.kr")));
  EXPECT_TRUE(office.applying.outbox.waiting.empty());
}

// Red while a coordinator's district was taken by its code alone.
TEST_F(StaffPages, TakeADistrictByItsName) {
  const auto invite = [&](const char* name, const char* district) {
    return admin.post("/en/staff", "/en/staff",
                      {{"name", name}, {"role", "district_coordinator"}, {"district", district}, {"email", "park@example.kr"}});
  };
  const Response several = invite("park", "중구");
  EXPECT_EQ(several.status, 422);
  EXPECT_THAT(several.body, HasSubstr("is the name of several districts"));
  EXPECT_EQ(invite("park", "종로구").header("Location"), "/en/staff/park");
  EXPECT_EQ(office.accounts.find_account("park")->actor.district, DistrictCode("11110"));
}

TEST_F(StaffPages, ResetASecondFactorByTwoPeople) {
  EXPECT_EQ(step(admin, "lee", {{"step", "ask_reset"}}).status, 303);
  EXPECT_EQ(step(admin, "lee", {{"step", "confirm_reset"}}).status, 409);
  EXPECT_THAT(admin.get("/en/staff/lee").body, Not(HasSubstr("confirm_reset")));
  EXPECT_THAT(other.get("/en/staff/lee").body, AllOf(HasSubstr("confirm_reset"), HasSubstr("admin-1")));
  EXPECT_EQ(step(other, "lee", {{"step", "confirm_reset"}}).status, 303);
  EXPECT_TRUE(office.accounts.resets.empty());
}

TEST_F(StaffPages, CloseAndOpenAccountsButNotTheOwn) {
  EXPECT_EQ(step(admin, "lee", {{"step", "close"}, {"reason", "left"}}).status, 303);
  EXPECT_TRUE(office.accounts.accounts.at("lee").disabled);
  EXPECT_EQ(step(admin, "lee", {{"step", "open"}}).status, 303);
  EXPECT_FALSE(office.accounts.accounts.at("lee").disabled);
  EXPECT_THAT(admin.get("/en/staff/admin-1").body,
              AllOf(HasSubstr("This is your own account."), Not(HasSubstr("ask_reset"))));
  EXPECT_EQ(admin.get("/en/staff/nobody").status, 404);
}

TEST_F(StaffPages, AnswerTheSameAsJson) {
  const auto listed = nlohmann::json::parse(admin.get("/api/v1/staff").body);
  EXPECT_EQ(listed["staff"].size(), 3U);
  Request request;
  request.method = Method::post;
  request.path = "/api/v1/staff/lee/steps";
  request.headers.set("content-type", "application/json");
  request.headers.set("idempotency-key", "key-1");
  request.body = R"({"step": "rights", "role": "district_coordinator", "district_code": "11110"})";
  const Response changed = admin.send(std::move(request));
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(nlohmann::json::parse(changed.body)["district_code"], "11110");
}

}  // namespace
}  // namespace hanjari::web::testing
