// A version on hold, as officers and applicants meet it: something was decided after both shares were given.
#include <chrono>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hanjari/accounts/totp.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/results/result_jobs.h"
#include "publications/publication_story.h"
#include "stage/browser.h"
#include "stage/memory/memory_basis.h"
#include "stage/memory/release_keys.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const ExamCode held_exam("seoul-2021-1");
const std::string held_list = "/en/exams/seoul-2021-1/publications";
const std::string held_page = held_list + "/1";
const std::string held_api = "/api/v1/exams/seoul-2021-1";
const std::string held_passphrase = "a passphrase of an officer";

class HeldRelease : public ::testing::Test {
 protected:
  HeldRelease() {
    office.publications.now = [this] { return office.clock.now(); };
    office.publications.basis = [this](const ExamCode& exam) { return hanjari::tests::basis_in_memory(office.results, exam); };
    minute = Instant(std::chrono::ceil<std::chrono::minutes>(office.clock.now().time_since_epoch())) + std::chrono::hours(1);
    import_and_decide(hanjari::tests::small_results(), 1);
    for (const char* name : {"kim", "lee", "park"}) hanjari::tests::give_release_key(office.publications, held_passphrase, by(name));
    office_browser.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    office.accounts.accounts.at("kim").totp_secret = std::string(20, 'k');
    arm_by_two();
  }
  services::Change by(const std::string& author) { return {author, "", office.clock.now(), "exam_officer"}; }
  void run(const services::Job& job, const services::JobWork& work) {
    for (services::Job& one : office.jobs.jobs) {
      if (one.id == job.id) one.state = services::JobState::done;
    }
    work({job, no_progress(), {}});
  }
  void import_and_decide(const hanjari::tests::ResultFiles& files, std::int64_t version) {
    run(services::order_result_import(office.stored, office.jobs, held_exam, hanjari::tests::zip_of_results(files),
                                      package::Encoding::utf8, by("kim")),
        services::result_import_work(office.results, office.jobs, office.clock));
    if (version == 1) {
      const std::string rules_digest = office.results.packages.front().rules_sha256;
      services::propose_rules(office.results, held_exam, 1, rules_digest, by("kim"));
      services::freeze_rules(office.results, held_exam, rules_digest, by("lee"));
    }
    run(services::order_decision(office.results, office.jobs, held_exam, version, by("kim")),
        services::decision_work(office.stored, office.results, office.clock));
  }
  void arm_by_two() {
    services::PublicationOrder order;
    order.decision = 1;
    order.release_at = minute;
    order.next_passed = {"Register until Friday.", "금요일까지 등록하십시오."};
    order.next_others = {"The next exam is in spring.", "다음 시험은 봄에 있습니다."};
    order.objection = {"Write to us.", "서면으로 제출하십시오."};
    order.share_holders = {"kim", "lee", "park"};
    const auto ordered =
        services::order_publication(office.publications, office.results, office.jobs, held_exam, order, by("kim"));
    run(*ordered.job, services::publication_work(office.stored, office.results, office.publications, signer, office.clock));
    digest = services::find_publication(office.publications, held_exam, 1).state.digest;
    services::propose_publication(office.publications, held_exam, 1, digest, by("kim"));
    services::approve_publication(office.publications, office.results, held_exam, 1, digest, true, by("lee"));
    office.clock.set(minute - std::chrono::minutes(10));
    for (const char* name : {"lee", "park"}) office.desk.arm(held_exam, 1, held_passphrase, digest, true, by(name));
  }
  std::string code_of_kim() {
    office.clock.pass(std::chrono::seconds(60));
    return services::totp_code(std::string(20, 'k'), services::totp_step_at(office.clock.now()));
  }
  std::string portal(const std::string& path) {
    Browser browser(running, Listener::portal);
    return browser.get(path).body;
  }
  services::ReleaseState state() { return services::find_publication(office.publications, held_exam, 1).state; }

  Office office;
  Running running{office};
  Browser office_browser{running, Listener::office};
  services::NoteSigner signer = services::publication_story::story_signer();
  Instant minute{};
  std::string digest;
};

// Red when officers who look at the version, at the list or at the answer of the API do not see why nothing is released.
TEST_F(HeldRelease, IsToldToOfficersWithWhatCameAfterTheShares) {
  EXPECT_THAT(office_browser.get(held_page).body, Not(HasSubstr("The release is on hold")));
  import_and_decide(hanjari::tests::corrected_results(), 2);
  office.desk.look();
  const std::string page = office_browser.get(held_page).body;
  EXPECT_THAT(page, HasSubstr("The release is on hold"));
  EXPECT_THAT(page, HasSubstr("Decision 2 is the newest one now"));
  EXPECT_THAT(page, HasSubstr("Version 2 of the results was imported"));
  EXPECT_THAT(page, Not(HasSubstr("Other special cases count now")));
  EXPECT_THAT(page, Not(HasSubstr("It cannot be approved or armed any more"))) << "it may be confirmed";
  EXPECT_THAT(page, HasSubstr("name=\"basis\" value=\"2/2/\" required"));
  EXPECT_THAT(office_browser.get("/ko/exams/seoul-2021-1/publications/1").body, HasSubstr("발표를 보류했습니다"));
  EXPECT_THAT(office_browser.get(held_list).body, HasSubstr("approved, on hold"));
  const auto told = nlohmann::json::parse(office_browser.get(held_api + "/publications/1").body);
  EXPECT_TRUE(told["on_hold"].get<bool>());
  EXPECT_EQ(told["basis"], "2/2/");
}

// Red when the form of a share ends a hold without the officer's word, and when the second officer is not told what the first one read.
TEST_F(HeldRelease, IsConfirmedByEachOfficerWhoGivesAShare) {
  import_and_decide(hanjari::tests::corrected_results(), 2);
  office.desk.look();
  std::map<std::string, std::string> share{{"step", "arm"}, {"digest", digest}, {"passphrase", held_passphrase}};
  share["code"] = code_of_kim();
  EXPECT_EQ(office_browser.post(held_page, held_page + "/steps", share).status, 409);
  EXPECT_EQ(state().armed_first, "");
  share["code"] = code_of_kim();
  share["basis"] = "2/2/";
  EXPECT_EQ(office_browser.post(held_page, held_page + "/steps", share).status, 303);
  EXPECT_EQ(state().armed_first, "kim");
  EXPECT_THAT(office_browser.get(held_page).body, HasSubstr("Decision 2 is the newest one now")) << "for the second officer";
  office.desk.arm(held_exam, 1, held_passphrase, digest, true, by("park"), "2/2/");
  EXPECT_THAT(office_browser.get(held_page).body, Not(HasSubstr("The release is on hold")));
  office.clock.set(minute);
  office.desk.look();
  EXPECT_EQ(state().step, services::ReleaseStep::released);
}

// Red when people are told a minute that nobody keeps, and when the sentence tells of anybody.
TEST_F(HeldRelease, IsToldToApplicantsOnTheWaitingPage) {
  EXPECT_THAT(portal("/en/exams/seoul-2021-1/result-list"), Not(HasSubstr("The release is on hold")));
  EXPECT_FALSE(nlohmann::json::parse(portal(held_api + "/releases")).at("held").get<bool>());
  import_and_decide(hanjari::tests::corrected_results(), 2);
  office.desk.look();
  office.clock.set(minute + std::chrono::seconds(5));
  office.desk.look();
  EXPECT_THAT(portal("/en/exams/seoul-2021-1/result-list"), HasSubstr("The release is on hold"));
  EXPECT_THAT(portal("/ko/exams/seoul-2021-1/result-list"), HasSubstr("발표를 보류했습니다"));
  const auto release = nlohmann::json::parse(portal(held_api + "/releases"));
  EXPECT_TRUE(release.at("held").get<bool>());
  EXPECT_FALSE(release.at("released").get<bool>());
  EXPECT_FALSE(release.contains("key"));
}

}  // namespace
}  // namespace hanjari::web::testing
