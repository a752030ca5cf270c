// Decisions on many health reports: what is shown before comes true, and a job that is killed anywhere decides each once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "hanjari/intake/health_job.h"
#include "stage/code_thrown.h"
#include "stage/killed_programs.h"
#include "subjects/intake/store/health_stage.h"

namespace hanjari::tests::health {
namespace {

using services::ReportDecision;

struct HealthJobs : HealthDecisions {
  services::Job order(const std::vector<std::int64_t>& whose, ReportDecision how = ReportDecision::isolation) {
    return services::order_health_decisions(program.health, database->jobs(), officer, exam,
                                            {whose, how, Language::korean}, change());
  }
  MakeWork work() {
    return [this](storage::Database& own) -> services::JobWork {
      const auto parts = std::make_shared<Program>(own, clock);
      return [parts, whole = services::health_work(parts->health, clock)](const services::JobCall& call) { return whole(call); };
    };
  }
};

// To be red while every preview began at the live plan, so that two people were shown one seat.
TEST_F(HealthJobs, PreviewsNameTheSeatsThatTheDecisionsThenGive) {
  std::vector<services::ReportWish> wishes;
  for (std::size_t at = 0; at < reports.size(); ++at)
    wishes.push_back({reports[at], at % 3 == 2 ? ReportDecision::reserve : ReportDecision::isolation, ""});
  wishes.back().decision = ReportDecision::declined;
  const auto before = pointer();
  const auto previews = program.health.preview_reports(officer, exam, wishes);
  EXPECT_EQ(pointer().version, before.version) << "a preview changes nothing";
  EXPECT_EQ(database->self_reports().list_waiting(exam).size(), reports.size());
  EXPECT_EQ(database->audit().list_entries({.action = "self_reports.preview"}).size(), 1U);
  ASSERT_EQ(previews.size(), wishes.size());
  std::set<std::string> seats;
  for (std::size_t at = 0; at + 1 < wishes.size(); ++at) {
    ASSERT_EQ(previews[at].code, "") << at;
    const auto decided = decide(reports[at], wishes[at].decision);
    EXPECT_EQ(previews[at].old_place, decided.old_place) << at;
    EXPECT_EQ(previews[at].new_place, decided.new_place) << at;
    EXPECT_TRUE(seats.insert(previews[at].new_place).second) << at << ": a seat for two";
  }
  EXPECT_EQ(previews.back().new_place, "");
  EXPECT_EQ(previews.back().code, "");
}

TEST_F(HealthJobs, PreviewsSayWhyADecisionCannotBeMade) {
  decide(reports[0]);
  const auto previews = program.health.preview_reports(
      officer, exam, {{reports[0], ReportDecision::reserve, ""}, {999'999, ReportDecision::isolation, ""}});
  ASSERT_EQ(previews.size(), 2U);
  EXPECT_EQ(previews[0].code, "report_decided");
  EXPECT_EQ(previews[1].code, "unknown_report");
  EXPECT_FALSE(previews[1].why.ko.empty());
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { program.health.preview_reports(auditor, exam, {{reports[1], ReportDecision::reserve, ""}}); }),
            "role_not_allowed");
}

// Red while one report, or one form, that did not open took the preview of all others away.
TEST_F(HealthJobs, PreviewsOfOthersAreMadeBesideOneThatDoesNotOpen) {
  database.connect()->change("UPDATE self_reports SET health_sealed = REPEAT('x', 60) WHERE report_id = ?", reports[0]);
  database.connect()->change(
      "UPDATE applications SET form_sealed = REPEAT('x', 60) WHERE application_id = (SELECT application_id FROM "
      "self_reports WHERE report_id = ?)",
      reports[1]);
  const auto previews = program.health.preview_reports(officer, exam,
                                                       {{reports[0], ReportDecision::isolation, ""},
                                                        {reports[1], ReportDecision::isolation, ""},
                                                        {reports[2], ReportDecision::isolation, ""}});
  ASSERT_EQ(previews.size(), 3U);
  EXPECT_EQ(previews[0].code, "personal_data_damaged");
  EXPECT_EQ(previews[1].code, "personal_data_damaged");
  EXPECT_EQ(previews[2].code, "");
  EXPECT_NE(previews[2].new_place, "");
}

// Red while one report that did not open ended the work on all that followed it.
TEST_F(HealthJobs, DecideTheOthersBesideOneThatDoesNotOpen) {
  database.connect()->change("UPDATE self_reports SET health_sealed = REPEAT('x', 60) WHERE report_id = ?", reports[0]);
  const services::Job ordered = order({reports[0], reports[1], reports[2]});
  std::vector<Text> warnings;
  const auto made = services::parse_health_made(
      services::health_work(program.health, clock)({ordered, no_progress(), {}, &warnings}));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->decided, 2);
  EXPECT_EQ(made->left, 1);
  EXPECT_EQ(warnings.size(), 1U);
}

// To be red without was_decided: what an earlier start had decided was told as left.
TEST_F(HealthJobs, DecideEachOnceHoweverOftenTheProgramIsKilled) {
  const services::Job ordered = order(reports);
  EXPECT_EQ(order(reports).id, ordered.id);
  EXPECT_EQ(code_thrown([&] { order({reports[0]}); }), "health_job_running");
  const ManyPrograms programs = kill_at_every_step(database, ordered.id, work());
  EXPECT_GE(programs.kills, static_cast<int>(reports.size()));
  ASSERT_EQ(programs.ended.state, services::JobState::done) << programs.ended.fault.en;
  const auto made = services::parse_health_made(programs.ended.result);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->decided, static_cast<std::int64_t>(reports.size()));
  EXPECT_EQ(made->left, 0);
  EXPECT_EQ(isolated(), reported());
  EXPECT_EQ(pointer().version, 1 + static_cast<std::int64_t>(reports.size())) << "one transaction for each decision";
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'self_report.decide'"),
            static_cast<std::int64_t>(reports.size()));
  expect_whole(pointer());
}

TEST_F(HealthJobs, LeaveWhatSomebodyElseHasDecidedAndSayWhy) {
  const services::Job ordered = order({reports[0], reports[1]});
  services::Change other = change();
  other.author = "somebody";
  program.health.decide_report({"somebody", services::Role::exam_officer, {}}, reports[0], ReportDecision::declined, "음성",
                               other, no_progress());
  std::vector<Text> warnings;
  services::Job job = ordered;
  const auto made = services::parse_health_made(
      services::health_work(program.health, clock)({job, no_progress(), {}, &warnings}));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->decided, 1);
  EXPECT_EQ(made->left, 1);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings.front().en, testing::HasSubstr("somebody"));
  EXPECT_EQ(isolated(), std::set<std::string>{ids[1].text()});
}

TEST_F(HealthJobs, AreNotOrderedOfABadList) {
  EXPECT_EQ(code_thrown([&] { order({}); }), "bad_report_list");
  EXPECT_EQ(code_thrown([&] { order({reports[0], reports[0]}); }), "bad_report_list");
  EXPECT_EQ(code_thrown([&] { order(reports, ReportDecision::asked); }), "bad_report_list");
  for (const char* wrong : {"[]", "{}", R"({"reports": ["1"], "decision": "reserve"})", R"({"reports": [1], "decision": 3})",
                            R"({"reports": [1], "decision": "perhaps"})",
                            R"({"reports": [1], "decision": "reserve", "language": "fr"})"}) {
    EXPECT_EQ(code_thrown([&] { services::parse_health_order(wrong); }), "bad_request") << wrong;
  }
  const services::HealthOrder sent{{3, 7}, ReportDecision::reserve, Language::english};
  EXPECT_EQ(services::parse_health_order(services::write_health_order(sent)), sent);
  EXPECT_TRUE(database->jobs().list_jobs({.exam = exam.text(), .kind = services::health_job_kind}).empty());
}

}  // namespace
}  // namespace hanjari::tests::health
