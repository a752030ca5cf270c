// An officer orders a plan and watches the job that makes it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string plans_page = "/en/exams/seoul-2021-1/plans";

class JobPages : public ::testing::Test {
 protected:
  JobPages() { browser.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, "")); }

  services::Job& ordered() {
    const Response response = browser.post(plans_page, plans_page, {{"seconds", "10"}});
    EXPECT_EQ(response.status, 303) << response.body;
    return office.jobs.jobs.at(0);
  }
  std::string page_of(const services::Job& job) { return browser.get("/en/jobs/" + job.id).body; }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

TEST_F(JobPages, OrderingTwiceShowsTheSameJob) {
  const services::Job job = ordered();
  EXPECT_EQ(job.order.kind, "plan");
  EXPECT_EQ(nlohmann::json::parse(job.order.request)["seconds"], 10);
  const Response again = browser.post(plans_page, plans_page, {{"seconds", "60"}});
  EXPECT_EQ(again.header("Location"), "/en/jobs/" + job.id);
  EXPECT_EQ(office.jobs.jobs.size(), 1U);
}

TEST_F(JobPages, RefusesATimeThatIsNone) {
  for (const char* seconds : {"0", "-1", "3601", "ten", "1e3", "10 "}) {
    EXPECT_EQ(browser.post(plans_page, plans_page, {{"seconds", seconds}}).status, 422) << seconds;
  }
  EXPECT_TRUE(office.jobs.jobs.empty());
}

TEST_F(JobPages, AJobThatWaitsSaysSo) {
  const services::Job& job = ordered();
  EXPECT_THAT(page_of(job), HasSubstr("Waiting to begin</p>"));
  EXPECT_THAT(browser.get("/en/jobs").body, HasSubstr(">Waiting</td>"));
}

TEST_F(JobPages, ARunningJobLooksAgainByItself) {
  services::Job& job = ordered();
  job.state = services::JobState::running;
  job.progress = {{"Improving", "개선"}, 30, 120, "gap 0.08 %"};
  const Response response = browser.get("/en/jobs/" + job.id);
  EXPECT_EQ(response.header("Refresh"), "2");
  EXPECT_THAT(response.body, HasSubstr("gap 0.08 %"));
  EXPECT_THAT(response.body, HasSubstr("<progress value=\"30\" max=\"120\""));
  EXPECT_THAT(browser.get("/ko/jobs/" + job.id).body, HasSubstr("개선"));
}

TEST_F(JobPages, AFinishedJobSaysWhatItFoundAndAFailedOneWhy) {
  services::Job& job = ordered();
  job.state = services::JobState::done;
  job.result = R"({"digest":"0123456789abcdef","seated":36109,"unseated":0,"travel_m":504422518,"total":504422518,"bound":503992976})";
  EXPECT_EQ(browser.get("/en/jobs/" + job.id).header("Refresh"), "");
  EXPECT_THAT(page_of(job), HasSubstr("36,109"));
  EXPECT_THAT(page_of(job), HasSubstr("504,423 km"));
  EXPECT_THAT(page_of(job), HasSubstr("0.09 %"));
  job.state = services::JobState::failed;
  job.fault = {"Too few <rooms>.", "시험실이 부족합니다."};
  EXPECT_THAT(page_of(job), HasSubstr("Too few &lt;rooms&gt;."));
  EXPECT_THAT(page_of(job), Not(HasSubstr("Cancel")));
}

TEST_F(JobPages, CancellingWhatEndedMeanwhileShowsHowItEnded) {
  services::Job& job = ordered();
  const std::string address = "/en/jobs/" + job.id;
  job.state = services::JobState::running;
  const std::string before = browser.get(address).body;
  job.state = services::JobState::done;
  const Response response = browser.post(plans_page, address + "/cancel", {});
  EXPECT_EQ(response.header("Location"), address);
}

TEST_F(JobPages, TheApiAnswersNotModifiedWhileNothingChanged) {
  services::Job& job = ordered();
  const std::string address = "/api/v1/jobs/" + job.id;
  const Response first = browser.get(address);
  EXPECT_EQ(nlohmann::json::parse(first.body)["state"], "waiting");
  const std::string etag(first.header("ETag"));
  EXPECT_EQ(browser.get(address, {{"if-none-match", etag}}).status, 304);
  ++job.version;
  EXPECT_EQ(browser.get(address, {{"if-none-match", etag}}).status, 200);
  EXPECT_EQ(browser.get("/api/v1/jobs/nobody").status, 404);
}

}  // namespace
}  // namespace hanjari::web::testing
