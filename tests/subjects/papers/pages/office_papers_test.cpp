// An officer orders papers, watches the job, and takes the files on record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string papers_page = "/en/exams/seoul-2021-1/plans/" + std::string(64, 'a') + "/papers";
const std::string papers_api = "/api/v1/exams/seoul-2021-1/plans/" + std::string(64, 'a') + "/papers";

class PaperPages : public ::testing::Test {
 protected:
  PaperPages() { browser.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, "")); }

  Response order(std::map<std::string, std::string> fields) { return browser.post(papers_page, papers_page, fields); }
  Response call(const std::string& path, const std::string& body) {
    Request request;
    request.method = Method::post;
    request.path = path;
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = body;
    return browser.send(std::move(request));
  }
  services::PaperFile& keep_file(const std::string& job) {
    services::PaperBytes made;
    made.file.id = "0123456789abcdef";
    made.file.job = job;
    made.file.exam = ExamCode("seoul-2021-1");
    made.file.plan = std::string(64, 'a');
    made.file.name = "papers-seoul-2021-1-aaaaaaaaaaaa-1.zip";
    made.file.bytes = 12'345'678;
    made.file.people = 6;
    made.file.made_at = office.clock.now();
    made.file.ends_at = office.clock.now() + std::chrono::hours(1);
    made.whose = {"A1", "A2"};
    made.bytes = "PK the file";
    office.papers.files.push_back(made);
    return office.papers.files.back().file;
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
  int calls = 0;
};

TEST_F(PaperPages, OrderWhatWasTicked) {
  EXPECT_THAT(browser.get(papers_page).body, HasSubstr("No files yet"));
  const Response response =
      order({{"place", "venue:V1"}, {"paper_roster", "yes"}, {"paper_slip", "yes"}, {"format_pdf", "yes"}, {"language", "ko"}});
  ASSERT_EQ(response.status, 303) << response.body;
  ASSERT_EQ(office.jobs.jobs.size(), 1U);
  const services::Job& job = office.jobs.jobs.front();
  EXPECT_EQ(job.order.kind, "papers");
  const auto request = nlohmann::json::parse(job.order.request);
  EXPECT_EQ(request["venue"], "V1");
  EXPECT_EQ(request["papers"], (nlohmann::json{"roster", "slip"}));
  EXPECT_EQ(response.header("Location"), "/en/jobs/" + job.id);
  EXPECT_THAT(browser.get(papers_page).body, HasSubstr("Files are being made:"));
  EXPECT_THAT(browser.get("/ko/jobs/" + job.id).body, HasSubstr("문서 만들기"));
}

// Seen red: the second order gave the first one's job without a word.
TEST_F(PaperPages, TellWhoeverOrdersSomethingElseMeanwhile) {
  const std::map<std::string, std::string> roster{{"paper_roster", "yes"}, {"format_pdf", "yes"}};
  EXPECT_EQ(order(roster).status, 303);
  EXPECT_EQ(order(roster).status, 303) << "the same again is the same job";
  const Response other = order({{"paper_slip", "yes"}, {"format_pdf", "yes"}});
  EXPECT_EQ(other.status, 409);
  EXPECT_THAT(other.body, HasSubstr("Other files of this exam are being made"));
  // Seen by officers: the refusal led to the first page, and what was chosen was lost.
  EXPECT_THAT(other.body, HasSubstr("href=\"/en/jobs/" + office.jobs.jobs.front().id + "\""));
  EXPECT_THAT(other.body, HasSubstr("name=\"paper_slip\" value=\"yes\" checked"));
  EXPECT_THAT(other.body, Not(HasSubstr("name=\"paper_roster\" value=\"yes\" checked")));
  EXPECT_EQ(office.jobs.jobs.size(), 1U);
}

TEST_F(PaperPages, ShowTheFormAgainWithWhatWasChosen) {
  const Response refused = order({{"place", "venue:V2"}, {"format_xlsx", "yes"}, {"language", "ko"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("<option value=\"venue:V2\" selected>"));
  EXPECT_THAT(refused.body, HasSubstr("name=\"format_xlsx\" value=\"yes\" checked"));
  EXPECT_THAT(refused.body, Not(HasSubstr("name=\"format_pdf\" value=\"yes\" checked")));
}

TEST_F(PaperPages, RefuseWhatCannotBeMadeAllAtOnce) {
  EXPECT_THAT(order({{"format_pdf", "yes"}}).body, HasSubstr("Tick at least one paper and one format"));
  const std::string body = order({{"paper_slip", "yes"}, {"paper_seat_list", "yes"}, {"format_csv", "yes"}}).body;
  EXPECT_THAT(body, HasSubstr("Admission slips"));
  EXPECT_THAT(body, Not(HasSubstr("Seat list&#39; cannot")));
  EXPECT_EQ(order({{"place", "venue:V9"}, {"paper_slip", "yes"}, {"format_pdf", "yes"}}).status, 404);
  EXPECT_EQ(order({{"place", "district:11710"}, {"paper_slip", "yes"}, {"format_pdf", "yes"}}).status, 404);
  for (const char* wrong : {R"({"papers": "roster"})", R"({"formats": ["doc"]})", R"({"papers": ["menu"]})",
                            R"({"venue": 1})", R"({"incomplete": "yes"})", R"({"language": "fr"})",
                            R"({"venue": "V1", "district": "11110"})", R"({"papers": [1]})"}) {
    const Response response = call(papers_api, wrong);
    EXPECT_EQ(response.status, 422) << wrong << response.body;
  }
  EXPECT_TRUE(office.jobs.jobs.empty());
}

TEST_F(PaperPages, GiveFilesOnRecordUntilTheirDay) {
  const services::Job job = office.jobs.add_job(
      {"papers", "seoul-2021-1", R"({"plan":"a","papers":["roster"],"formats":["pdf"],"district":"11110"})"}, "job", {});
  office.jobs.jobs.front().state = services::JobState::done;
  keep_file(job.id);
  const std::string page = browser.get(papers_page).body;
  EXPECT_THAT(page, HasSubstr("Roster · PDF · "));
  EXPECT_THAT(page, HasSubstr("12.3 MB"));
  EXPECT_THAT(page, HasSubstr("/api/v1/exams/seoul-2021-1/papers/0123456789abcdef"));
  const Response file = browser.get("/api/v1/exams/seoul-2021-1/papers/0123456789abcdef");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.type, "application/zip");
  EXPECT_EQ(file.body, "PK the file");
  EXPECT_THAT(file.header("Content-Disposition"), HasSubstr("papers-seoul-2021-1-aaaaaaaaaaaa-1.zip"));
  ASSERT_FALSE(office.access.records.empty());
  EXPECT_EQ(office.access.records.back().account, "kim");
  EXPECT_EQ(office.access.records.back().action, "papers.zip");
  EXPECT_THAT(office.access.records.back().whose, ElementsAre("A1", "A2"));
  const auto listed = nlohmann::json::parse(browser.get(papers_api).body);
  EXPECT_EQ(listed["files"][0]["bytes"], 12'345'678);
  const std::size_t records = office.access.records.size();
  EXPECT_EQ(browser.get("/api/v1/exams/another/papers/0123456789abcdef").status, 404) << "it is of another exam";
  office.clock.pass(std::chrono::hours(1));
  EXPECT_EQ(browser.get("/api/v1/exams/seoul-2021-1/papers/0123456789abcdef").status, 404);
  EXPECT_EQ(office.access.records.size(), records) << "nothing was given";
  EXPECT_THAT(browser.get(papers_page).body, HasSubstr("No files yet"));
}

// To be red while the record of a taking named no plan, so that no edition was offered.
TEST_F(PaperPages, TellWhoTookWhatAndOfferWhatChangedSince) {
  EXPECT_THAT(browser.get(papers_page).body, HasSubstr("Nobody has taken a file of this exam yet."));
  const auto take = [&](const std::string& exam, const std::string& name, const std::string& plan) {
    services::AuditNote note{"papers.zip", exam + "/" + name, "plan " + plan};
    note.exam = exam;
    office.trail.record({"park", "", office.clock.now()}, note);
  };
  take("seoul-2021-1", "papers-of-the-plan.zip", std::string(64, 'a'));
  take("another", "papers-of-another.zip", std::string(64, 'b'));
  const std::string page = browser.get(papers_page).body;
  EXPECT_THAT(page, HasSubstr("papers-of-the-plan.zip"));
  EXPECT_THAT(page, HasSubstr("park"));
  EXPECT_THAT(page, Not(HasSubstr("papers-of-another.zip")));
  EXPECT_THAT(page, Not(HasSubstr("name=\"since\""))) << "nothing changes between a plan and itself";
  const auto listed = nlohmann::json::parse(browser.get("/api/v1/exams/seoul-2021-1/paper-takings").body);
  ASSERT_EQ(listed["takings"].size(), 1U);
  EXPECT_EQ(listed["takings"][0]["account"], "park");
  EXPECT_EQ(listed["takings"][0]["plan"], std::string(64, 'a'));
  EXPECT_EQ(call(papers_api, R"({"papers": ["roster"], "since": ")" + std::string(64, 'a') + R"("})").status, 409);
  EXPECT_EQ(call(papers_api, R"({"papers": ["roster"], "since": 7})").status, 422);
  EXPECT_TRUE(office.jobs.jobs.empty());
}

TEST_F(PaperPages, OfferNoticesWherePeopleWereToldAnotherPlan) {
  EXPECT_THAT(browser.get(papers_page).body, HasSubstr("Nobody was told another plan"));
  EXPECT_THAT(browser.get(papers_page).body, Not(HasSubstr("This plan is not live")));
  const std::string notices = papers_page.substr(0, papers_page.size() - 6) + "notices";
  EXPECT_EQ(browser.post(papers_page, notices, {}).status, 409);
  office.stored.live = services::LivePointer{std::string(64, 'b'), "", 1};
  const std::string page = browser.get(papers_page).body;
  EXPECT_THAT(page, HasSubstr("bbbbbbbbbbbb"));
  EXPECT_THAT(page, HasSubstr("This plan is not live")) << "papers of it are not those of the seats that people see";
  EXPECT_EQ(browser.post(papers_page, notices, {{"language", "en"}}).status, 303);
  ASSERT_EQ(office.jobs.jobs.size(), 1U);
  EXPECT_EQ(office.jobs.jobs[0].order.kind, "notices");
  EXPECT_EQ(nlohmann::json::parse(office.jobs.jobs[0].order.request)["before"], std::string(64, 'b'));
  EXPECT_FALSE(nlohmann::json::parse(office.jobs.jobs[0].order.request).contains("contacts"));
  office.jobs.jobs.clear();
  EXPECT_EQ(browser.post(papers_page, notices, {{"language", "en"}, {"contacts", "yes"}}).status, 303);
  EXPECT_EQ(nlohmann::json::parse(office.jobs.jobs.at(0).order.request)["contacts"], true);
}

TEST_F(PaperPages, AFinishedJobLeadsToItsFiles) {
  office.jobs.add_job({"papers", "seoul-2021-1", "{}"}, "done", {});
  office.jobs.jobs.front().state = services::JobState::done;
  office.jobs.jobs.front().result =
      R"({"plan":")" + std::string(64, 'a') + R"(","files":2,"papers":1515,"pages":36109,"bytes":9,"missing":1})";
  const std::string page = browser.get("/en/jobs/done").body;
  EXPECT_THAT(page, HasSubstr("36,109"));
  EXPECT_THAT(page, HasSubstr(papers_page));
  EXPECT_THAT(page, HasSubstr("Characters that no font has"));
  for (const char* lack : {"Fonts to install", "Units without a start", "Units without a time to be seated by"})
    EXPECT_THAT(page, Not(HasSubstr(lack)));
}

// Red while the page of the job did not say what its papers leave unsaid.
TEST_F(PaperPages, AFinishedJobSaysWhatItsPapersLack) {
  office.jobs.add_job({"papers", "seoul-2021-1", "{}"}, "done", {});
  office.jobs.jobs.front().state = services::JobState::done;
  office.jobs.jobs.front().result =
      R"({"plan":")" + std::string(64, 'a') +
      R"(","files":2,"fonts":["fonts-hanazono"],"without_start":["101","102"],"without_seating":["102"]})";
  const std::string page = browser.get("/en/jobs/done").body;
  EXPECT_THAT(page, HasSubstr("by number whose names need them)</dt><dd>fonts-hanazono</dd>"));
  EXPECT_THAT(page, HasSubstr("Units without a start: papers say none</dt><dd class=\"missing\">101, 102</dd>"));
  EXPECT_THAT(page, HasSubstr("Units without a time to be seated by: papers say none</dt><dd class=\"missing\">102</dd>"));
}

// Red while an officer heard of it when the papers were printed, from the page of the finished job.
TEST_F(PaperPages, SayBeforeAnOrderWhichUnitsHaveNoTimes) {
  EXPECT_THAT(browser.get(papers_page).body, Not(HasSubstr("their papers will say none")));
  Unit silent = office.stored.units.front();
  silent.code = UnitCode("020");
  silent.starts_at.reset();
  silent.seated_by.reset();
  office.stored.units.push_back(silent);
  silent.code = UnitCode("030");
  silent.starts_at = 10 * 60;
  office.stored.units.push_back(silent);
  const std::string page = browser.get(papers_page).body;
  EXPECT_THAT(page, HasSubstr("Units without a start: their papers will say none: 020</p>"));
  EXPECT_THAT(page, HasSubstr("Units without a time to be seated by: their papers will say none: 020, 030</p>"));
  const auto listed = nlohmann::json::parse(browser.get(papers_api).body);
  EXPECT_THAT(listed["without_start"].get<std::vector<std::string>>(), ElementsAre("020"));
  EXPECT_THAT(listed["without_seating"].get<std::vector<std::string>>(), ElementsAre("020", "030"));
}

// Seen red: the page of keys was linked from nowhere, and an administrator's way ended at the own account.
TEST_F(PaperPages, TheMenuLeadsEveryRoleToItsPages) {
  const auto menu_of = [&](services::Role role, const std::string& page) {
    Browser reader(running, Listener::office);
    reader.set_cookie("hanjari_session", office.sign_in("of-" + std::string(services::spell(role)), role, ""));
    return reader.get(page).body;
  };
  EXPECT_THAT(menu_of(services::Role::administrator, "/en/account"), HasSubstr("href=\"/en/keys\""));
  EXPECT_THAT(menu_of(services::Role::auditor, "/ko/audit"), HasSubstr("href=\"/ko/audit\""));
  const std::string officer = menu_of(services::Role::exam_officer, papers_page);
  EXPECT_THAT(officer, HasSubstr("href=\"/en/jobs\""));
  EXPECT_THAT(officer, Not(HasSubstr("href=\"/en/keys\"")));
}

}  // namespace
}  // namespace hanjari::web::testing
