// The first page of the office, the search and the messages that were given up, as officers and others see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/package/setup_parts.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class DeskPages : public ::testing::Test {
 protected:
  DeskPages() {
    office.clock.set(hanjari::tests::at("2021-03-04T10:00:00+09:00"));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice("busan-2022-1"),
                                                  services::RecruitmentState::prepared, 0,
                                                  {"kim", "first", office.clock.now()});
    Application application;
    application.id = ApplicationId("A-7");
    application.exam = ExamCode("busan-2022-1");
    application.account = "applicant";
    application.state = ApplicationState::paid;
    application.form = hanjari::tests::sample_form();
    office.applying.applications.applications[application.id] = application;
    services::WaitingWork work;
    work.kind = services::WaitingKind::accommodations;
    work.exam = ExamCode("busan-2022-1");
    work.count = 1'000;
    office.waiting.works = {work};
    officer.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    coordinator.set_cookie("hanjari_session", office.sign_in("jongno", services::Role::district_coordinator, "11110"));
    auditor.set_cookie("hanjari_session", office.sign_in("audit", services::Role::auditor, ""));
  }

  Office office;
  Running running{office};
  Browser officer{running, Listener::office};
  Browser coordinator{running, Listener::office};
  Browser auditor{running, Listener::office};
};

TEST_F(DeskPages, ShowWhatWaitsAndWhatComesNextOfEveryExam) {
  const std::string page = officer.get("/en").body;
  EXPECT_THAT(page, AllOf(HasSubstr("accommodations to decide"), HasSubstr("/en/recruitments/busan-2022-1/accommodations"),
                          HasSubstr("1,000 or more")));
  EXPECT_THAT(page, HasSubstr("Announce the notice.")) << "the exam that is only a notice yet, with its next step";
  EXPECT_THAT(page, HasSubstr("/en/recruitments/busan-2022-1/setup"));
  EXPECT_THAT(officer.get("/ko").body, AllOf(HasSubstr("편의지원 심사"), HasSubstr("처리할 일")));
  // Red when the exam was at midnight.
  EXPECT_THAT(officer.get("/ko/exams/busan-2022-1/thread").body, Not(HasSubstr("2021-06-05 00:00")));
  office.waiting.works.clear();
  EXPECT_THAT(officer.get("/en").body, HasSubstr("Nothing waits for anybody."));
}

// Red while an exam that was a notice only had a button that led to a page that is not there.
TEST_F(DeskPages, LeadToNoPageThatIsNotThere) {
  for (const char* home : {"/en", "/en/exams"}) {
    const std::string page = officer.get(home).body;
    EXPECT_THAT(page, HasSubstr("/en/exams/busan-2022-1/thread")) << home;
    EXPECT_THAT(page, Not(HasSubstr("/en/exams/busan-2022-1/plans"))) << home;
    int asked = 0;
    for (auto at = page.find("href=\"/en/exams/busan-2022-1/"); at != std::string::npos; at = page.find("href=\"/en/exams/busan-2022-1/", at + 1)) {
      const std::string address = page.substr(at + 6, page.find('"', at + 6) - at - 6);
      EXPECT_EQ(officer.get(address).status, 200) << address;
      ++asked;
    }
    EXPECT_GT(asked, 0) << home;
  }
}

// Red while it took the first page of all exams away.
TEST_F(DeskPages, ShowOtherExamsBesideANoticeThatCannotBeRead) {
  services::WaitingWork other = office.waiting.works.front();
  other.exam = ExamCode("damaged-1");
  office.waiting.works.push_back(other);
  // One that waits for somebody, and one of an exam that is stored and live.
  office.applying.recruitments.damaged = {ExamCode("damaged-1"), ExamCode("seoul-2021-1")};
  const Response page = officer.get("/en");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("Announce the notice."), HasSubstr("/en/recruitments/damaged-1/accommodations"),
                               HasSubstr("/en/exams/seoul-2021-1/venues")));
  EXPECT_EQ(officer.get("/api/v1/waiting-work").status, 200);
  services::Job job;
  job.id = "job-of-it";
  job.order.kind = "import";
  job.order.exam = "damaged-1";
  office.jobs.jobs.push_back(job);
  EXPECT_EQ(officer.get("/en/jobs").status, 200) << "nor the list of all jobs";
}

TEST_F(DeskPages, ShowCoordinatorsNothingOfIt) {
  const Response page = coordinator.get("/en");
  EXPECT_THAT(std::string(page.content()), Not(HasSubstr("accommodations to decide")));
  EXPECT_THAT(std::string(page.content()), Not(HasSubstr("busan-2022-1")));
}

TEST_F(DeskPages, FindPeopleAndRecordIt) {
  const Response found = officer.post("/en/searches", "/en/searches", {{"query", "A-7"}});
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, AllOf(HasSubstr("김하늘"), HasSubstr("/en/recruitments/busan-2022-1/applications/A-7")));
  bool recorded = false;
  for (const Access& access : office.access.records)
    recorded = recorded || (access.action == "application.search" && access.account == "kim");
  EXPECT_TRUE(recorded);
  EXPECT_THAT(officer.post("/en/searches", "/en/searches", {{"query", "V1"}}).body, HasSubstr("/en/exams/seoul-2021-1/venues"));
  EXPECT_THAT(officer.post("/en/searches", "/en/searches", {{"query", "nobody at all"}}).body,
              HasSubstr("Nothing was found."));
  EXPECT_EQ(officer.post("/en/searches", "/en/searches", {{"query", " "}}).status, 422);
}

// Red while the search for its number found nothing else either.
TEST_F(DeskPages, FindAnApplicationThatDoesNotOpenByItsNumber) {
  Application& damaged = office.applying.applications.applications[ApplicationId("A-8")];
  damaged.id = ApplicationId("A-8");
  damaged.exam = ExamCode("busan-2022-1");
  damaged.legible = Legible::damaged;
  const Response found = officer.post("/en/searches", "/en/searches", {{"query", "A-8"}});
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, HasSubstr("/en/recruitments/busan-2022-1/applications/A-8"));
}

TEST_F(DeskPages, AnswerTheSameAsJson) {
  const auto waiting = nlohmann::json::parse(officer.get("/api/v1/waiting-work").body);
  ASSERT_EQ(waiting["waiting"].size(), 1U);
  EXPECT_EQ(waiting["waiting"][0]["kind"], "accommodations");
  EXPECT_EQ(waiting["waiting"][0]["count_is_a_minimum"], true);
  EXPECT_TRUE(waiting["waiting"][0].contains("due")) << "by the latest withdrawal";
  Request request;
  request.method = Method::post;
  request.path = "/api/v1/searches";
  request.headers.set("content-type", "application/json");
  request.headers.set("idempotency-key", "key-1");
  request.body = R"({"query": "김하늘"})";
  const auto found = nlohmann::json::parse(officer.send(std::move(request)).body);
  ASSERT_EQ(found["applications"].size(), 1U);
  EXPECT_EQ(found["applications"][0]["id"], "A-7");
}

// Red while the deadlines of subjects stood on the page of the set-up alone.
TEST_F(DeskPages, RemindOfSubjectsThatAreDue) {
  const auto subject = [](const char* code, package::SubjectState state, const char* due) {
    package::ExamSubject one;
    one.code = code;
    one.name = {code, code};
    one.state = state;
    one.due_on = parse_date(due);
    return one;
  };
  using package::SubjectState;
  const auto save = [&](std::int64_t version, const std::vector<package::ExamSubject>& subjects) {
    office.applying.setups.save_part(ExamCode("busan-2022-1"), services::SetupPart::subjects, package::render_subjects(subjects),
                                     version, {}, {"kim", "", office.clock.now()});
  };
  save(0, {subject("history", SubjectState::drafted, "2021-03-10"), subject("korean", SubjectState::cross_checked, "2021-03-12"),
           subject("law", SubjectState::settled, "2021-03-08"), subject("tax", SubjectState::not_started, "2021-05-01")});
  const auto subjects_of = [&] {
    const auto listed = nlohmann::json::parse(std::string(officer.get("/api/v1/waiting-work").content()))["waiting"];
    for (const auto& work : listed) {
      if (work["kind"] == "subjects") return work;
    }
    return nlohmann::json();
  };
  const auto waiting = subjects_of();
  ASSERT_TRUE(waiting.is_object());
  EXPECT_EQ(waiting["count"], 2) << "one is settled, one is not due for weeks";
  EXPECT_EQ(waiting["exam"], "busan-2022-1");
  EXPECT_EQ(waiting["due"], "2021-03-10T14:59:00Z") << "the end of the nearest day, where the exam is held";
  EXPECT_THAT(officer.get("/en").body,
              AllOf(HasSubstr("subjects to settle"), HasSubstr("/en/recruitments/busan-2022-1/setup#subjects")));
  EXPECT_THAT(officer.get("/ko").body, HasSubstr("확정할 시험과목"));
  save(1, {subject("history", SubjectState::settled, "2021-03-10"), subject("korean", SubjectState::settled, "2021-03-12")});
  EXPECT_TRUE(subjects_of().is_null());
}

TEST_F(DeskPages, ListMessagesThatWereGivenUp) {
  EXPECT_THAT(officer.get("/en/failed-messages").body, HasSubstr("No message has failed."));
  EXPECT_EQ(officer.get("/en/failed-messages?before=x").status, 200);
}

// Red when the list of recruitments led auditors to pages of officers.
TEST_F(DeskPages, LeadAuditorsOnlyWhereTheyMayGo) {
  const std::string page = auditor.get("/en/recruitments").body;
  EXPECT_THAT(page, HasSubstr("/en/recruitments/busan-2022-1/applications"));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("/thread")), Not(HasSubstr("/new-recruitment")), Not(HasSubstr("/setup"))));
  EXPECT_THAT(officer.get("/en/recruitments").body,
              AllOf(HasSubstr("/en/exams/busan-2022-1/thread"), HasSubstr("/en/new-recruitment")));
}

}  // namespace
}  // namespace hanjari::web::testing
