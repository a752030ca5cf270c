// An officer changes a template in the office: looks at it, is refused with the place, saves with a reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string list_page = "/en/paper-templates";
const std::string template_day_page = "/en/paper-templates/day.json";

class TemplatePages : public ::testing::Test {
 protected:
  TemplatePages() { browser.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, "")); }
  std::string day() { return office.paper_templates.content("day.json", 0); }
  Response send(const std::string& content, const std::string& version, const std::string& reason, const std::string& action) {
    return browser.post(template_day_page, template_day_page, {{"content", content}, {"version", version}, {"reason", reason}, {"action", action}});
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

TEST_F(TemplatePages, SaveWhatFitsAsAVersion) {
  EXPECT_THAT(std::string(browser.get(list_page).content()), HasSubstr("Nobody has changed a template yet."));
  EXPECT_THAT(std::string(browser.get(template_day_page).content()), HasSubstr("starts_at"));
  const std::string as_it_was = day();
  const auto with_start = [&](const std::string& time) {
    std::string text = as_it_was;
    const std::string before = "\"starts_at\": null";
    text.replace(text.find(before), before.size(), "\"starts_at\": \"" + time + "\"");
    return text;
  };
  const Response saved = send(with_start("10:00") + "\r\n\r\n", "0", "the time", "save");
  EXPECT_EQ(saved.status, 303) << saved.body;
  EXPECT_EQ(saved.header("Location"), list_page);
  ASSERT_EQ(office.saved_templates.versions.size(), 1U);
  EXPECT_EQ(office.saved_templates.versions.front().files.at("day.json").find('\r'), std::string::npos);
  EXPECT_EQ(office.saved_templates.versions.front().author, "kim");
  // The second form was opened before: it keeps what was typed, and asks of the place that both changed.
  const Response late = send(with_start("11:00"), "0", "mine", "save");
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Somebody else has saved templates meanwhile"));
  EXPECT_THAT(late.body, HasSubstr("name=\"version\" value=\"0\""));
  EXPECT_THAT(late.body, HasSubstr("name=\"answered_version\" value=\"1\""));
  EXPECT_THAT(late.body, HasSubstr("name=\"choice:starts_at\" value=\"theirs\""));
  // Red while the refusal said to look at theirs and did not show it.
  EXPECT_THAT(late.body, HasSubstr("id=\"theirs\""));
  EXPECT_THAT(std::string(browser.get(template_day_page).content()), ::testing::Not(HasSubstr("id=\"theirs\"")));
  EXPECT_EQ(office.saved_templates.versions.size(), 1U);
  const Response decided = browser.post(template_day_page, template_day_page,
                                        {{"content", with_start("11:00")}, {"version", "0"}, {"answered_version", "1"},
                                         {"choice:starts_at", "mine"}, {"reason", "mine"}, {"action", "save"}});
  EXPECT_EQ(decided.status, 303) << decided.body;
  EXPECT_THAT(day(), HasSubstr("11:00"));
}

// To be red while a wrong template was only found by the job that prints.
TEST_F(TemplatePages, RefuseWhatDoesNotFitAndKeepIt) {
  const Response wrong = send("{\"no_such_key\": 1}", "0", "a try", "save");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("day.json"));
  EXPECT_THAT(wrong.body, HasSubstr("no_such_key"));
  EXPECT_EQ(send(day() + " ", "0", "", "save").status, 422) << "without a reason";
  EXPECT_EQ(browser.get("/en/paper-templates/menu.json").status, 404);
  EXPECT_EQ(browser.get(template_day_page + "?version=5").status, 404);
  EXPECT_TRUE(office.saved_templates.versions.empty());
}

TEST_F(TemplatePages, ShowThePaperBeforeItIsSaved) {
  const Response preview = send(day(), "0", "", "preview");
  EXPECT_EQ(preview.status, 200);
  EXPECT_EQ(preview.type, "application/pdf");
  EXPECT_THAT(preview.body, StartsWith("%PDF"));
  EXPECT_TRUE(office.saved_templates.versions.empty());
}

TEST_F(TemplatePages, DoTheSameByApi) {
  const auto listed = nlohmann::json::parse(browser.get("/api/v1/paper-templates").body);
  EXPECT_EQ(listed["version"], 0);
  EXPECT_FALSE(listed["templates"].empty());
  Request request;
  request.method = Method::post;
  request.path = "/api/v1/paper-templates/day.json";
  request.headers.set("content-type", "application/json");
  request.headers.set("idempotency-key", "key-1");
  request.body = nlohmann::json{{"content", day() + " "}, {"version", 0}, {"reason", "by a program"}}.dump();
  const Response saved = browser.send(std::move(request));
  EXPECT_EQ(saved.status, 201) << saved.body;
  EXPECT_EQ(office.saved_templates.versions.size(), 1U);
  const auto send_start = [&](const std::string& key, const char* time) {
    Request next;
    next.method = Method::post;
    next.path = "/api/v1/paper-templates/day.json";
    next.headers.set("content-type", "application/json");
    next.headers.set("idempotency-key", key);
    nlohmann::json content = nlohmann::json::parse(day());
    content["starts_at"] = time;
    next.body = nlohmann::json{{"content", content.dump()}, {"version", 1}, {"reason", "by a program"}}.dump();
    return browser.send(std::move(next));
  };
  EXPECT_EQ(send_start("key-2", "10:00").status, 201);
  const Response asked = send_start("key-3", "11:00");
  EXPECT_EQ(asked.status, 409);
  EXPECT_EQ(nlohmann::json::parse(asked.body)["conflicts"][0]["path"], "starts_at");
}

}  // namespace
}  // namespace hanjari::web::testing
