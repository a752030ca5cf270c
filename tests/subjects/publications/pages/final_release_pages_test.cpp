// The final results on their pages: officers order them, everybody waits for one minute, and each sees the own one.
#include <chrono>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hanjari/publications/final_stage.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/results/result_jobs.h"
#include "publications/publication_story.h"
#include "stage/browser.h"
#include "stage/memory/release_keys.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using proof::Stage;
using ::testing::HasSubstr;
using ::testing::Not;

const ExamCode finished_exam("seoul-2021-1");
const std::string finished_list = "/en/exams/seoul-2021-1/publications";
const std::string finished_api = "/api/v1/exams/seoul-2021-1";
const std::string finished_passphrase = "a passphrase of an officer";

// Of the six people of the small exam the first passes finally, the second is graded poor, the third is called up.
class FinalReleasePages : public ::testing::Test {
 protected:
  FinalReleasePages() {
    office.publications.now = [this] { return office.clock.now(); };
    minute = Instant(std::chrono::ceil<std::chrono::minutes>(office.clock.now().time_since_epoch())) + std::chrono::hours(1);
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(finished_exam.text()),
                                                  services::RecruitmentState::closed, 0, {});
    for (const char* name : {"kim", "lee", "park"})
      hanjari::tests::give_release_key(office.publications, finished_passphrase, by(name));
    decide_written();
    take_to_its_minute(seal(order_of(Stage::written, minute)));
    for (const char* name : {"kim", "lee"})
      services::enter_interviews(office.interviews, finished_exam,
                                 services::read_interview_table("applicant_number,examiner,item,grade\n"
                                                                "01000001,A,spirit,high\n01000002,A,spirit,low\n",
                                                                package::Encoding::utf8),
                                 0, by(name));
    services::decide_final_stage({office.stored, office.publications, office.results, office.interviews, office.access}, finished_exam, by("kim"));
    own("A-1", "one", "01000001");
    own("A-3", "three", "01000003");
    own("A-6", "six", "01000006");
    final_minute = minute + std::chrono::hours(2);
  }
  services::Change by(const std::string& author) { return {author, "", office.clock.now(), "exam_officer"}; }
  void run(const services::Job& job, const services::JobWork& work) {
    for (services::Job& one : office.jobs.jobs) {
      if (one.id == job.id) one.state = services::JobState::done;
    }
    work({job, no_progress(), {}});
  }
  void decide_written() {
    hanjari::tests::ResultFiles files{{"units.csv",
                                       "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,to_pass\n"
                                       "U,행정,Administration,general,9,3,100,A,2\n"},
                                      {"people.csv", "applicant_number,unit_code,sex,attendance,bonus\n"},
                                      {"scores.csv", "applicant_number,unit_code,subject,kind,raw\n"},
                                      {"rules.json", "{}"}};
    for (int i = 1; i <= 6; ++i) {
      const std::string number = "0100000" + std::to_string(i);
      files["people.csv"] += number + ",U,F,present,\n";
      files["scores.csv"] += number + ",U,korean,common," + std::to_string(90 - i) + "\n";
    }
    run(services::order_result_import(office.stored, office.jobs, finished_exam, hanjari::tests::zip_of_results(files),
                                      package::Encoding::utf8, by("kim")),
        services::result_import_work(office.results, office.jobs, office.clock));
    const std::string rules_digest = office.results.packages.front().rules_sha256;
    services::propose_rules(office.results, finished_exam, 1, rules_digest, by("kim"));
    services::freeze_rules(office.results, finished_exam, rules_digest, by("lee"));
    run(services::order_decision(office.results, office.jobs, finished_exam, 1, by("kim")),
        services::decision_work(office.stored, office.results, office.clock));
  }
  services::PublicationOrder order_of(Stage stage, Instant at) const {
    services::PublicationOrder order;
    order.stage = stage;
    order.decision = 1;
    order.release_at = at;
    order.next_passed = {"Register until Friday.", "금요일까지 등록하십시오."};
    order.next_others = {"The next exam is in spring.", "다음 시험은 봄에 있습니다."};
    order.next_called = {"Come to the interview.", "면접에 오십시오."};
    order.objection = {"Write to us.", "서면으로 제출하십시오."};
    order.share_holders = {"kim", "lee", "park"};
    return order;
  }
  services::Publication seal(const services::PublicationOrder& order) {
    const auto ordered = services::order_publication(office.publications, office.results, office.jobs, finished_exam, order, by("kim"),
                                                     &office.interviews);
    make(*ordered.job);
    return services::find_publication(office.publications, finished_exam, ordered.publication.number);
  }
  void make(const services::Job& job) {
    run(job, services::publication_work(office.stored, office.results, office.publications, signer, office.clock, &office.interviews));
  }
  services::Publication approve(const services::Publication& made) {
    services::propose_publication(office.publications, finished_exam, made.number, made.state.digest, by("kim"));
    return services::approve_publication(office.publications, office.results, finished_exam, made.number, made.state.digest, true,
                                         by("lee"));
  }
  void release(const services::Publication& approved) {
    office.clock.set(approved.order.release_at - std::chrono::minutes(2));
    for (const char* name : {"lee", "park"})
      office.desk.arm(finished_exam, approved.number, finished_passphrase, approved.state.digest, true, by(name));
    office.clock.set(approved.order.release_at);
    office.desk.look();
  }
  void take_to_its_minute(const services::Publication& made) { release(approve(made)); }
  void own(const std::string& id, const std::string& account, const std::string& number) {
    PlannedExam& live = office.plans.live.front();
    for (const Placement& placement : live.plan.placements) {
      if (placement.number.text() == number) live.exam.applicants[placement.applicant.value].id = ApplicantId(id);
    }
    Application application;
    application.id = ApplicationId(id);
    application.exam = finished_exam;
    application.account = account;
    application.state = ApplicationState::paid;
    application.form = hanjari::tests::sample_form();
    office.applying.applications.applications[application.id] = application;
    office.applying.applications.receipts[application.id] = "receipt";
  }
  Response portal(const std::string& account, const std::string& path) {
    Browser browser(running, Listener::portal);
    if (!account.empty()) browser.set_cookie("hanjari_applicant", office.sign_in_applicant(account));
    return browser.get(path);
  }

  Office office;
  Running running{office};
  services::NoteSigner signer = services::publication_story::story_signer();
  Instant minute{};
  Instant final_minute{};
};

// Red when officers can publish the written results only.
TEST_F(FinalReleasePages, AreOrderedOnThePageOfTheWrittenOnes) {
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
  EXPECT_THAT(officer.get(finished_list).body, HasSubstr("<option value=\"final-1\">Final decision 1 ("));
  std::map<std::string, std::string> form{{"decision", "final-1"},           {"release_at", "2030-01-01T10:00"},
                                          {"next_passed_ko", "등록하십시오."}, {"next_others_ko", "다음 시험은 봄에 있습니다."},
                                          {"objection_ko", "서면으로 제출하십시오."}, {"share_holders", "kim, lee, park"}};
  const Response refused = officer.post(finished_list, finished_list, form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("What those who are called up do next is missing"));
  EXPECT_THAT(refused.body, HasSubstr("<option value=\"final-1\" selected>")) << "what was chosen stands there again";
}

TEST_F(FinalReleasePages, AreToldByTheApiWithTheirStage) {
  approve(seal(order_of(Stage::final, final_minute)));
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
  const auto listed = nlohmann::json::parse(officer.get(finished_api + "/publications").body);
  ASSERT_EQ(listed["publications"].size(), 2U);
  EXPECT_EQ(listed["publications"][0]["stage"], "final");
  EXPECT_EQ(listed["publications"][0]["version"], 1);
  EXPECT_EQ(listed["publications"][1]["stage"], "written");
  EXPECT_THAT(officer.get(finished_list).body, HasSubstr("1, final stage"));
  const std::string page = officer.get(finished_list + "/2").body;
  EXPECT_THAT(page, HasSubstr("Final decision 1"));
  EXPECT_THAT(page, HasSubstr("called up"));
  EXPECT_THAT(page, HasSubstr("interview graded poor"));
}

// Red when who is called up can be told from who is not before the minute.
TEST_F(FinalReleasePages, SayTheSameToEverybodyBeforeTheMinute) {
  EXPECT_THAT(portal("six", "/en/my/A-6/result").body, Not(HasSubstr("/en/my/A-6/final-result"))) << "nothing is announced yet";
  approve(seal(order_of(Stage::final, final_minute)));
  EXPECT_THAT(portal("six", "/en/my/A-6/result").body, HasSubstr("/en/my/A-6/final-result"));
  const Response called = portal("three", "/en/my/A-3/final-result");
  const Response failed = portal("six", "/en/my/A-6/final-result");
  EXPECT_EQ(called.status, 200);
  EXPECT_EQ(failed.status, 200);
  EXPECT_EQ(called.body.size(), failed.body.size());
  EXPECT_THAT(failed.body, HasSubstr(finished_api + "/final-releases"));
  const Response record_of_called = portal("three", "/en/my/A-3/final-result/record");
  const Response record_of_failed = portal("six", "/en/my/A-6/final-result/record");
  EXPECT_EQ(record_of_called.status, 200);
  EXPECT_EQ(record_of_failed.status, 200);
  EXPECT_EQ(record_of_called.body.size(), record_of_failed.body.size());
  EXPECT_EQ(portal("six", "/en/my/A-6/final-result/record").body, record_of_failed.body);
  EXPECT_EQ(portal("three", "/en/my/A-3/final-result/certificate-text").status, 404);
  EXPECT_EQ(portal("", finished_api + "/final-releases/list.csv").status, 404);
  const auto waiting = nlohmann::json::parse(portal("", finished_api + "/final-releases").body);
  EXPECT_FALSE(waiting["released"].get<bool>());
  EXPECT_FALSE(waiting.contains("key"));
}

TEST_F(FinalReleasePages, ShowEverybodyTheOwnResultAfterTheMinute) {
  take_to_its_minute(seal(order_of(Stage::final, final_minute)));
  EXPECT_THAT(portal("one", "/en/my/A-1/final-result").body, HasSubstr("You passed the exam."));
  EXPECT_THAT(portal("one", "/ko/my/A-1/final-result").body, HasSubstr("최종 합격하셨습니다."));
  EXPECT_THAT(portal("one", "/en/my/A-1/result").body, HasSubstr("You passed the written exam."));
  EXPECT_THAT(portal("three", "/en/my/A-3/final-result").body, HasSubstr("You are called up for an interview."));
  EXPECT_THAT(portal("three", "/en/my/A-3/final-result").body, HasSubstr("Come to the interview."));
  EXPECT_THAT(portal("six", "/en/my/A-6/final-result").body, HasSubstr("You are not among those who were decided in the final stage"));
  EXPECT_EQ(portal("six", "/en/my/A-1/final-result").status, 404) << "somebody else's";
  EXPECT_THAT(portal("one", "/en/my/A-1/final-result/certificate-text").body, HasSubstr("stage: final\n"));
  EXPECT_EQ(portal("one", "/en/my/A-1/final-result/certificate").status, 200);
  EXPECT_EQ(portal("one", "/en/my/A-1/final-result/proof").status, 200);
  const Response list = portal("", "/en/exams/seoul-2021-1/final-list");
  EXPECT_THAT(list.body, HasSubstr("Public list of the final results"));
  EXPECT_THAT(list.body, HasSubstr("01000001"));
  EXPECT_THAT(list.body, Not(HasSubstr("01000003"))) << "who is called up passed nothing yet";
  EXPECT_THAT(portal("", "/en/exams/seoul-2021-1/result-list").body, HasSubstr("/en/exams/seoul-2021-1/final-list"));
  EXPECT_EQ(portal("", finished_api + "/final-releases/list.csv").body, "unit_code,applicant_number\nU,01000001\n");
  EXPECT_EQ(portal("", finished_api + "/releases/list.csv").body, "unit_code,applicant_number\nU,01000001\nU,01000002\n");
  EXPECT_EQ(portal("", finished_api + "/final-releases/list.ko.pdf").status, 200);
}

// Red when officers cannot record a decline on a page, or the one who recorded it is offered to confirm it.
TEST_F(FinalReleasePages, AreFollowedByTheRegisterOfCandidates) {
  const std::string page = "/en/exams/seoul-2021-1/candidates";
  Browser kim(running, Listener::office);
  kim.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
  EXPECT_THAT(kim.get(page).body, HasSubstr("None are released now"));
  EXPECT_THAT(kim.get(finished_list).body, HasSubstr("href=\"" + page + "\""));
  take_to_its_minute(seal(order_of(Stage::final, final_minute)));
  const std::string listed = kim.get(page).body;
  EXPECT_THAT(listed, HasSubstr("Of release 1 of the final results, final decision 1"));
  EXPECT_THAT(listed, HasSubstr("01000001"));
  EXPECT_THAT(listed, Not(HasSubstr("01000006")));
  const std::map<std::string, std::string> decline{
      {"step", "enter"}, {"version", "0"}, {"applicant_number", "01000001"}, {"reason", "Letter of 3 May"}};
  EXPECT_EQ(kim.post(page, page + "/steps", decline).status, 303);
  const Response twice = kim.post(page, page + "/steps", decline);
  EXPECT_EQ(twice.status, 409) << "what was looked at is another register by now";
  EXPECT_THAT(twice.body, HasSubstr("value=\"Letter of 3 May\"")) << "what was typed stands there again";
  EXPECT_THAT(kim.get(page).body, HasSubstr("You recorded it; another officer confirms it."));
  EXPECT_THAT(kim.get(page).body, Not(HasSubstr("name=\"step\" value=\"confirm\"")));
  Browser lee(running, Listener::office);
  lee.set_cookie("hanjari_session", office.sign_in("lee", services::Role::exam_officer, ""));
  EXPECT_THAT(lee.get(page).body, HasSubstr("name=\"step\" value=\"confirm\""));
  EXPECT_EQ(lee.post(page, page + "/steps", {{"step", "confirm"}, {"version", "1"}, {"applicant_number", "01000001"}}).status, 303);
  EXPECT_THAT(lee.get(page).body, HasSubstr("Decide the final stage anew"));
  EXPECT_THAT(lee.get("/ko/exams/seoul-2021-1/candidates").body, HasSubstr("포기 확인"));
  const auto told = nlohmann::json::parse(lee.get(finished_api + "/candidates").body);
  EXPECT_EQ(told["version"], 2);
  ASSERT_EQ(told["candidates"].size(), 1U);
  EXPECT_EQ(told["candidates"][0]["decline"]["confirmed_by"], "lee");
  const std::string finals = "/en/exams/seoul-2021-1/final-decisions";
  EXPECT_EQ(lee.post(finals, finals, {{"reason", ""}}).status, 303);
  EXPECT_THAT(lee.get(finals).body, HasSubstr("final-decisions/2/files/declines.csv")) << "who makes it again needs the declines too";
  EXPECT_THAT(lee.get(finals).body, Not(HasSubstr("final-decisions/1/files/declines.csv")));
}

// Red when the only way to object is a sentence, or when its answer reaches nobody.
TEST_F(FinalReleasePages, ObjectionsAreSentByTheirOwnersAndAnsweredInTheOffice) {
  const std::string own_page = "/en/my/A-1/result/objections";
  EXPECT_THAT(portal("one", "/en/my/A-1/result").body, HasSubstr("href=\"" + own_page + "\""));
  EXPECT_EQ(portal("six", own_page).status, 404) << "somebody else's";
  EXPECT_EQ(portal("one", "/en/my/A-1/final-result/objections").status, 404) << "nothing is released of that stage";
  Browser one(running, Listener::portal);
  one.set_cookie("hanjari_applicant", office.sign_in_applicant("one"));
  EXPECT_THAT(one.get(own_page).body, HasSubstr("Write to us.")) << "what the officers ordered";
  EXPECT_EQ(one.post(own_page, own_page, {{"words", " "}}).status, 422);
  EXPECT_EQ(one.post(own_page, own_page, {{"words", "My mark of Korean is another one."}}).status, 303);
  EXPECT_THAT(one.get(own_page).body, HasSubstr("My mark of Korean is another one."));
  EXPECT_THAT(one.get(own_page).body, HasSubstr("Your objection waits for its answer."));
  EXPECT_THAT(one.get("/ko/my/A-1/result/objections").body, HasSubstr("답변 대기"));

  const std::string page = "/en/exams/seoul-2021-1/objections";
  Browser officer(running, Listener::office);
  officer.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
  EXPECT_THAT(officer.get(finished_list).body, HasSubstr("href=\"" + page + "\""));
  EXPECT_THAT(officer.get(page).body, HasSubstr("My mark of Korean is another one."));
  const Response refused = officer.post(page, page + "/answers", {{"objection", "1"}, {"outcome", ""}, {"answer", "It is right."}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr(">It is right.</textarea>")) << "what was typed stands there again";
  EXPECT_EQ(officer.post(page, page + "/answers", {{"objection", "1"}, {"outcome", "dismissed"}, {"answer", "It is right."}}).status, 303);
  EXPECT_EQ(officer.post(page, page + "/answers", {{"objection", "1"}, {"outcome", "upheld"}, {"answer", "It is not."}}).status, 409);
  const auto told = nlohmann::json::parse(officer.get(finished_api + "/objections").body);
  EXPECT_EQ(told["objections"][0]["outcome"], "dismissed");
  EXPECT_EQ(told["objections"][0]["applicant_number"], "01000001");
  EXPECT_THAT(one.get(own_page).body, HasSubstr("It is right."));
  ASSERT_FALSE(office.applying.outbox.waiting.empty());
  EXPECT_EQ(office.applying.outbox.waiting.back().message.account, "one") << "who objected is told of the answer";
  EXPECT_THAT(one.get(own_page).body, HasSubstr("Send my objection")) << "another one may follow";
}

}  // namespace
}  // namespace hanjari::web::testing
