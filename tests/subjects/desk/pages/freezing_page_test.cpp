// The page on which the list of an exam is frozen, and the same by the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class FreezingPages : public ::testing::Test {
 protected:
  FreezingPages() {
    office.clock.set(hanjari::tests::at("2021-03-04T10:00:00+09:00"));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice("busan-2022-1"),
                                                  services::RecruitmentState::published, 0,
                                                  {"kim", "", office.clock.now()});
    enter();
  }
  void enter() {
    officer.set_cookie("hanjari_session",
                       office.sign_in(fmt::format("kim{}", ++entries), services::Role::exam_officer, ""));
  }
  // Everything is over, and so many have paid.
  void close(std::int64_t paid) {
    office.applying.recruitments.counts[UnitCode("101")].paid = paid;
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice("busan-2022-1"),
                                                  services::RecruitmentState::closed, 1,
                                                  {"kim", "", office.clock.now()});
    office.clock.set(hanjari::tests::at("2021-03-11T10:00:00+09:00"));
    enter();
  }
  Response post(const json& body) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/exams/busan-2022-1/frozen-lists";
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", fmt::format("key-{}", ++calls));
    request.body = body.dump();
    return officer.send(std::move(request));
  }
  json question() { return json::parse(std::string(officer.get("/api/v1/exams/busan-2022-1/frozen-lists").content())); }

  Office office;
  Running running{office};
  Browser officer{running, Listener::office};
  int calls = 0;
  int entries = 0;
};

const char* const frozen_list_page = "/en/exams/busan-2022-1/frozen-list";

// Red while nothing but a shell froze a list, and the path of the exam led to the page of imports.
TEST_F(FreezingPages, SayWhyNotYetAndThenOfferIt) {
  const std::string early = officer.get(frozen_list_page).body;
  EXPECT_THAT(early, AllOf(HasSubstr("Close the applications first."), Not(HasSubstr("name=\"venues\""))));
  EXPECT_THAT(officer.get("/ko/exams/busan-2022-1/frozen-list").body, HasSubstr("먼저 접수를 마감 처리하십시오."));
  EXPECT_THAT(officer.get("/en/recruitments/busan-2022-1").body, HasSubstr(frozen_list_page));
  EXPECT_EQ(question()["days"][0]["ready"], false);
  close(1'234);
  const std::string ready = officer.get(frozen_list_page).body;
  EXPECT_THAT(ready,
              AllOf(HasSubstr("1,234"), HasSubstr("name=\"concerned\" value=\"1234\""),
                    HasSubstr("<option value=\"seoul-2021-1\">"), Not(HasSubstr("Close the applications first."))));
  EXPECT_THAT(officer.get("/en/exams/busan-2022-1/thread").body, HasSubstr(frozen_list_page))
      << "what comes next leads there";
  const Response ordered = officer.post(
      frozen_list_page, frozen_list_page,
      {{"exam", "busan-2022-1"}, {"concerned", "1234"}, {"venues", "seoul-2021-1"}, {"reason", "on time"}});
  ASSERT_EQ(ordered.status, 303);
  ASSERT_FALSE(office.jobs.jobs.empty());
  const services::Job& job = office.jobs.jobs.back();
  EXPECT_EQ(std::string(ordered.header("Location")), "/en/jobs/" + job.id);
  EXPECT_EQ(job.order.kind, "freezing");
  EXPECT_EQ(job.order.exam, "busan-2022-1");
  EXPECT_EQ(json::parse(job.order.request), (json{{"notice", "busan-2022-1"}, {"venues", "seoul-2021-1"}}));
  EXPECT_THAT(officer.get("/ko/jobs/" + job.id).body, HasSubstr("응시자 명단 확정"));
}

TEST_F(FreezingPages, OfferTheSchoolsThatWereAccepted) {
  close(3);
  office.venue_offers.plant("busan-2022-1", {{"11110", "V1"}});
  office.venue_offers.offers.at("offer-V1").state = services::OfferState::accepted;
  EXPECT_THAT(officer.get(frozen_list_page).body,
              AllOf(HasSubstr("<option value=\"\">"), HasSubstr("The school that was accepted for this exam")));
  EXPECT_EQ(officer.post(frozen_list_page, frozen_list_page, {{"concerned", "3"}, {"venues", ""}}).status, 303);
}

TEST_F(FreezingPages, DoTheSameByTheApi) {
  close(3);
  const json asked = question();
  EXPECT_EQ(asked["days"][0]["exam"], "busan-2022-1");
  EXPECT_EQ(asked["days"][0]["people"], 3);
  EXPECT_EQ(asked["days"][0]["ready"], true);
  EXPECT_EQ(asked["exams"], json::array({"seoul-2021-1"}));
  EXPECT_EQ(json::parse(std::string(post({{"venues", "seoul-2021-1"}, {"concerned", 4}}).content()))["code"],
            "concern_unsaid");
  EXPECT_EQ(json::parse(std::string(post({{"venues", "seoul-2021-1"}}).content()))["code"], "concern_unsaid");
  EXPECT_EQ(json::parse(std::string(post({{"concerned", 3}}).content()))["code"], "nothing_accepted");
  EXPECT_TRUE(office.jobs.jobs.empty());
  const Response ordered = post({{"venues", "seoul-2021-1"}, {"concerned", 3}, {"reason", "on time"}});
  EXPECT_EQ(ordered.status, 202);
  EXPECT_EQ(json::parse(std::string(ordered.content()))["job"], office.jobs.jobs.back().id);
}

}  // namespace
}  // namespace hanjari::web::testing
