// A result package on its whole way by the API: imported, rules frozen, decided, sealed, released at the minute by two, and
// corrected; then checked by who knows the files and the public key only.
#include <chrono>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hanjari/accounts/totp.h"
#include "hanjari/base/local_time.h"
#include "hanjari/proof/publication.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/results/result_jobs.h"
#include "publications/publication_story.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string api_of_release = "/api/v1/exams/seoul-2021-1";

class ReleaseByApi : public ::testing::Test {
 protected:
  ReleaseByApi() {
    office.publications.now = [this] { return office.clock.now(); };
    for (const char* name : {"kim", "lee", "park"}) {
      Browser& browser = browsers.try_emplace(name, running, Listener::office).first->second;
      browser.set_cookie("hanjari_session", office.sign_in(name, services::Role::exam_officer, ""));
      office.accounts.accounts.at(name).totp_secret = std::string(20, name[0]);
    }
  }

  nlohmann::json send(const std::string& who, const std::string& path, const std::string& type, const std::string& body,
                      int status) {
    Request request;
    request.method = Method::post;
    request.path = api_of_release + path;
    request.headers.set("content-type", type);
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = body;
    const Response response = browsers.at(who).send(std::move(request));
    EXPECT_EQ(response.status, status) << path << " by " << who << ": " << response.content();
    return nlohmann::json::parse(response.content(), nullptr, false);
  }
  nlohmann::json post(const std::string& who, const std::string& path, const nlohmann::json& body, int status) {
    return send(who, path, "application/json", body.dump(), status);
  }
  nlohmann::json get(const std::string& who, const std::string& path) {
    const Response response = browsers.at(who).get(api_of_release + path);
    EXPECT_EQ(response.status, 200) << path << ": " << response.content();
    return nlohmann::json::parse(response.content(), nullptr, false);
  }
  Response as_anybody(const std::string& path) {
    Browser browser(running, Listener::portal);
    return browser.get(api_of_release + path);
  }
  // No code is taken twice: every one is read from the authenticator a minute later.
  std::string code_of_officer(const std::string& who) {
    office.clock.pass(std::chrono::seconds(60));
    return services::totp_code(std::string(20, who[0]), services::totp_step_at(office.clock.now()));
  }
  // As the program that serves does it.
  void work() {
    for (services::Job& job : office.jobs.jobs) {
      if (services::is_over(job.state)) continue;
      const services::JobWork does =
          job.order.kind == services::publication_job_kind
              ? services::publication_work(office.stored, office.results, office.publications, signer, office.clock)
          : job.order.kind == services::decision_job_kind
              ? services::decision_work(office.stored, office.results, office.clock)
              : services::result_import_work(office.results, office.jobs, office.clock);
      job.result = does({job, no_progress(), {}});
      job.state = services::JobState::done;
    }
  }
  void send_and_decide(const hanjari::tests::ResultFiles& files, int package) {
    send("kim", "/results", "application/zip", hanjari::tests::zip_of_results(files), 202);
    work();
    if (package == 1) {
      const auto rules = get("kim", "/results")["packages"][0]["rules_sha256"].get<std::string>();
      EXPECT_EQ(post("kim", "/decisions", {{"package", 1}}, 409)["code"], "rules_not_frozen");
      post("kim", "/result-rules", {{"step", "propose"}, {"package", 1}, {"rules_sha256", rules}}, 200);
      EXPECT_EQ(post("kim", "/result-rules", {{"step", "freeze"}, {"rules_sha256", rules}}, 409)["code"], "same_officer");
      post("lee", "/result-rules", {{"step", "freeze"}, {"rules_sha256", rules}}, 200);
    }
    post("kim", "/decisions", {{"package", package}}, 202);
    work();
  }
  nlohmann::json order_for(Instant minute, int decision) const {
    return {{"decision", decision},
            {"release_at", format_instant(minute)},
            {"next_passed_en", "Register until Friday."},
            {"next_passed_ko", "금요일까지 등록하십시오."},
            {"next_others_en", "The next exam is in spring."},
            {"next_others_ko", "다음 시험은 봄에 있습니다."},
            {"objection_en", "Write to us."},
            {"objection_ko", "서면으로 제출하십시오."},
            {"share_holders", {"kim", "lee", "park"}}};
  }
  Instant minute_ahead() const {
    return Instant(std::chrono::ceil<std::chrono::minutes>(office.clock.now().time_since_epoch())) + std::chrono::hours(1);
  }
  // From the order to the minute; every step once by who may not.
  void release(const nlohmann::json& order, int number, Instant minute) {
    post("kim", "/publications", order, 202);
    work();
    const std::string publication = "/publications/" + std::to_string(number);
    const std::string steps = publication + "/steps";
    const auto digest = get("kim", publication)["digest"].get<std::string>();
    EXPECT_EQ(post("kim", steps, {{"step", "propose"}, {"digest", std::string(64, '0')}}, 409)["code"], "other_digest");
    EXPECT_EQ(post("kim", steps, {{"step", "propose"}, {"digest", digest}}, 200)["step"], "proposed");
    EXPECT_EQ(post("kim", steps, {{"step", "approve"}, {"digest", digest}, {"code", code_of_officer("kim")}}, 409)["code"],
              "same_officer");
    const std::string code = code_of_officer("lee");
    EXPECT_EQ(post("lee", steps, {{"step", "approve"}, {"digest", digest}, {"code", code}}, 200)["step"], "approved");
    EXPECT_EQ(post("kim", steps,
                   {{"step", "arm"}, {"digest", digest}, {"code", code_of_officer("kim")}, {"passphrase", passphrase_of("kim")}},
                   409)["code"],
              "arming_closed");
    office.clock.set(minute - std::chrono::minutes(10));
    for (const char* who : {"kim", "park"}) {
      post(who, steps, {{"step", "arm"}, {"digest", digest}, {"code", code_of_officer(who)}, {"passphrase", passphrase_of(who)}},
           200);
    }
    EXPECT_EQ(get("kim", publication)["step"], "armed");
    office.clock.set(minute - std::chrono::milliseconds(1));
    office.desk.look();
    EXPECT_EQ(get("kim", publication)["step"], "armed");
    office.clock.set(minute);
    office.desk.look();
    EXPECT_EQ(get("kim", publication)["step"], "released");
  }
  static std::string passphrase_of(const std::string& who) { return "a long passphrase of " + who; }
  proof::PublicationFiles download() {
    const auto file = [&](const std::string& name) { return std::string(as_anybody("/releases/" + name).content()); };
    return {file("publication.json"), file("list.csv"), file("leaves.txt"), file("checkpoint")};
  }

  Office office;
  Running running{office};
  std::map<std::string, Browser> browsers;
  services::NoteSigner signer = services::publication_story::story_signer();
  int calls = 0;
};

// Red when any step takes the wrong officer or another digest, when the list changes before the correction is released, and
// when a correction does not name the release that it follows.
TEST_F(ReleaseByApi, TakesAPackageFromItsImportToItsReleaseAndCorrection) {
  send_and_decide(hanjari::tests::small_results(), 1);
  for (const char* who : {"kim", "lee", "park"}) post(who, "/release-keys", {{"passphrase", passphrase_of(who)}}, 201);
  // Red while a program that asked twice closed every share that was sealed to the first key.
  EXPECT_EQ(post("kim", "/release-keys", {{"passphrase", passphrase_of("kim")}}, 422)["code"], "key_is_there");
  post("kim", "/release-keys", {{"passphrase", passphrase_of("kim")}, {"replace", true}}, 201);
  EXPECT_EQ(as_anybody("/releases").status, 404);
  const Instant first_minute = minute_ahead();
  release(order_for(first_minute, 1), 1, first_minute);
  const proof::PublicationFiles first = download();
  EXPECT_EQ(first.list_csv, "unit_code,applicant_number\nU,P1\nU,P2\n");
  EXPECT_TRUE(proof::verify_publication({first, {}, {}}, signer.public_key).empty());

  send_and_decide(hanjari::tests::corrected_results(), 2);
  const Instant second_minute = minute_ahead();
  nlohmann::json correction = order_for(second_minute, 2);
  nlohmann::json refused = post("kim", "/publications", correction, 422);
  EXPECT_EQ(refused["code"], "bad_order") << "a correction says what it corrects";
  // Red while a program was told that something is wrong, and not what.
  ASSERT_EQ(refused["faults"].size(), 1U) << refused;
  EXPECT_EQ(refused["faults"][0]["field"], "reason");
  EXPECT_THAT(refused["faults"][0]["what"].get<std::string>(), HasSubstr("정정 내용과 사유"));
  correction["reason_en"] = "A mark was corrected.";
  correction["reason_ko"] = "점수를 정정하였습니다.";
  EXPECT_EQ(download().list_csv, first.list_csv);
  release(correction, 2, second_minute);
  const proof::PublicationFiles second = download();
  EXPECT_EQ(second.list_csv, "unit_code,applicant_number\nU,P1\nU,P4\n");
  EXPECT_THAT(second.publication_json, HasSubstr("A mark was corrected."));
  EXPECT_TRUE(proof::verify_publication({second, {}, first}, signer.public_key).empty());
  EXPECT_FALSE(proof::verify_publication({second, {}, second}, signer.public_key).empty()) << "it follows the first";
  EXPECT_EQ(get("kim", "/publications/2")["summary"]["differences"]["count"], 2);
  EXPECT_EQ(get("kim", "/publications/2")["summary"]["differences"]["verdicts"], 2);
  const auto release_now = nlohmann::json::parse(as_anybody("/releases").content());
  EXPECT_EQ(release_now["version"], 2);
}

// Red while a program had to send moments with their distance from UTC, which the form did not take, and days as YYYY-MM-DD alone.
TEST_F(ReleaseByApi, TakesMomentsAndDaysAsTheFormDoes) {
  send_and_decide(hanjari::tests::small_results(), 1);
  for (const char* who : {"kim", "lee", "park"}) post(who, "/release-keys", {{"passphrase", passphrase_of(who)}}, 201);
  const Instant minute = minute_ahead();
  nlohmann::json order = order_for(minute, 1);
  for (const char* none : {"", "next Friday"}) {
    order["release_at"] = none;
    const nlohmann::json refused = post("kim", "/publications", order, 422);
    ASSERT_EQ(refused["faults"].size(), 1U) << refused;
    EXPECT_EQ(refused["faults"][0]["field"], "release_at");
    EXPECT_THAT(refused["faults"][0]["what"].get<std::string>(), HasSubstr("일시가 아닙니다"));
  }
  const LocalTime there = local_time(minute, "Asia/Seoul");
  order["release_at"] = format_date(there.day) + " " + format_time_of_day(there.minute);
  order["passed_until"] = "2099. 6. 12.";
  post("kim", "/publications", order, 202);
  EXPECT_EQ(get("kim", "/publications")["publications"][0]["release_at"], format_instant(minute));
  EXPECT_EQ(office.publications.publications.front().order.passed_until, "2099-06-12");
}

// Every row that tells of a job is read by who looks after the machine.
TEST_F(ReleaseByApi, LeavesNoOutcomeInWhatJobsSay) {
  send_and_decide(hanjari::tests::small_results(), 1);
  for (const char* who : {"kim", "lee", "park"}) post(who, "/release-keys", {{"passphrase", passphrase_of(who)}}, 201);
  post("kim", "/publications", order_for(minute_ahead(), 1), 202);
  work();
  for (const services::Job& job : office.jobs.jobs) {
    for (const char* told : {"passed", "P1", "P4", "80.00", "합격"}) {
      EXPECT_THAT(job.result, Not(HasSubstr(told))) << job.order.kind;
      EXPECT_THAT(job.order.request, Not(HasSubstr(told))) << job.order.kind;
    }
  }
}

}  // namespace
}  // namespace hanjari::web::testing
