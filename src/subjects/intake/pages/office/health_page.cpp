// Health reports that wait: chosen, shown with the seats that the decision would give, then decided, one person with own
// words or many as a job.
#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/intake/health_job.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/portal_call.h"
#include "site/pages/counts.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::ReportDecision;

constexpr std::size_t health_jobs_shown = 5;
constexpr std::string_view report_box = "report_";

services::JobRepository& jobs_of_health(const Call& call) {
  if (call.site.jobs() != nullptr) return *call.site.jobs();
  throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
}

// The reports whose boxes were ticked, in the order of their numbers.
std::vector<std::int64_t> reports_ticked(const Values& values) {
  std::set<std::int64_t> reports;
  for (const auto& [name, value] : values) {
    if (!name.starts_with(report_box) || value.empty()) continue;
    const std::int64_t number = whole_number(name.substr(report_box.size()));
    if (number > 0) reports.insert(number);
  }
  return {reports.begin(), reports.end()};
}

ReportDecision decision_chosen(const Values& values) {
  const auto decision = services::parse_report_decision(field_of(values, "decision"));
  if (!decision || *decision == ReportDecision::asked)
    throw InvalidInput("no_decision", {"Choose a decision.", "결정을 선택하십시오."});
  return *decision;
}

json describe_waiting_reports(const Call& call, const ExamCode& exam, const std::string& zone,
                              const std::vector<std::int64_t>& ticked) {
  const Pages& pages = call.site.pages();
  json listed = json::array();
  for (const services::SelfReport& report : load_intake(call).health.list_waiting_reports(call.actor(), exam)) {
    json row{{"report", std::to_string(report.id)},
             {"box", std::string(report_box) + std::to_string(report.id)},
             {"chosen", std::find(ticked.begin(), ticked.end(), report.id) != ticked.end()},
             {"number", write_application_number(report.application)},
             {"own_page", person_address(call, exam, report.application)},
             {"reported", write_moment(report.reported_at, zone)}};
    if (report.legible == Legible::yes) {
      row["status"] = services::name_of(report.status).in(call.language);
      row["ill_since"] = write_day(report.since, call.language);
      if (!report.note.empty()) row["remark"] = {{"words", report.note}};
    } else {
      row["status"] = pages.text(call.language, "health.illegible");
      row["ill_since"] = "-";
    }
    listed.push_back(std::move(row));
  }
  return listed;
}

json describe_health_jobs(const Call& call, const ExamCode& exam, const std::string& zone) {
  json listed = json::array();
  const services::JobFilter filter{.exam = exam.text(), .kind = services::health_job_kind, .limit = health_jobs_shown};
  for (const services::Job& job : jobs_of_health(call).list_jobs(filter)) {
    listed.push_back({{"address", fmt::format("/{}/jobs/{}", code_of(call.language), job.id)},
                      {"at", write_moment(job.asked_at, zone)},
                      {"author", job.author},
                      {"state", services::name_of(job.state).in(call.language)}});
  }
  return listed;
}

// Who would sit where, for exactly the reports that were ticked.
json describe_health_preview(const Call& call, const ExamCode& exam, const std::vector<std::int64_t>& ticked) {
  const Pages& pages = call.site.pages();
  const ReportDecision decision = decision_chosen(call.query);
  std::vector<services::ReportWish> wishes;
  for (const std::int64_t report : ticked) wishes.push_back({report, decision, {}});
  json rows = json::array();
  std::int64_t possible = 0;
  for (const services::ReportPreview& one : load_intake(call).health.preview_reports(call.actor(), exam, wishes)) {
    json row{{"report", std::to_string(one.report)},
             {"number", one.application.empty() ? std::to_string(one.report) : write_application_number(one.application)},
             {"from", one.old_place.empty() ? std::string("-") : one.old_place}};
    if (!one.code.empty()) {
      row["refused"] = {{"why", one.why.in(call.language)}};
    } else {
      row["box"] = std::string(report_box) + std::to_string(one.report);
      row["possible"] = true;
      const bool stays = one.new_place.empty() || one.new_place == one.old_place;
      row["to"] = stays ? pages.text(call.language, "health.stays") : one.new_place;
      ++possible;
    }
    rows.push_back(std::move(row));
  }
  json preview{{"rows", std::move(rows)},
               {"decision", services::spell(decision)},
               {"decision_name", services::name_of(decision).in(call.language)},
               {"people", hanjari::web::write_count(possible, Counted::people, call.language)},
               {"usual", services::usual_words(decision).in(call.language)},
               {"form_token", call.form_token}};
  if (possible > 0) preview["may_decide"] = true;
  if (possible == 1 && ticked.size() == 1) preview["single"] = true;
  return preview;
}

// Where new slips and notices are ordered, while a plan of this code is live.
void describe_papers_of_live(const Call& call, const ExamCode& exam, json& data) {
  if (call.site.exams() == nullptr) return;
  const auto live = call.site.exams()->find_live_plan(exam);
  if (!live) return;
  data["papers"] = {{"papers_address", fmt::format("/{}/exams/{}/plans/{}/papers", code_of(call.language),
                                                   encode_percent(exam.text()), live->plan_digest)}};
}

}  // namespace

Response show_health_reports(const Call& call) {
  const ExamCode exam = notice_of(call);
  services::UseCases& intake = load_intake(call);
  intake.officers.require_notice(call.actor(), exam);
  const std::string zone = intake.officers.find_notice(call.actor(), exam)->notice.header.time_zone;
  const Pages& pages = call.site.pages();
  const std::vector<std::int64_t> ticked = reports_ticked(call.query);
  Page page{.name = "health_reports", .title = pages.text(call.language, "health.title")};
  page.data = {{"recruitment", recruitment_address(call, exam)},
               {"action", call.request.path},
               {"reports", describe_waiting_reports(call, exam, zone, ticked)},
               {"jobs", describe_health_jobs(call, exam, zone)},
               {"decisions", json::array()}};
  page.data["any"] = !page.data["reports"].empty();
  page.data["any_job"] = !page.data["jobs"].empty();
  const std::string wanted = field_of(call.query, "decision");
  for (const auto decision : {ReportDecision::isolation, ReportDecision::reserve, ReportDecision::declined})
    page.data["decisions"].push_back(choice_of(std::string(services::spell(decision)),
                                               services::name_of(decision).in(call.language),
                                               services::spell(decision) == wanted));
  if (field_of(call.query, "done") == "decided") page.data["done"] = pages.text(call.language, "health.decided");
  if (!wanted.empty() && ticked.empty()) page.data["none_ticked"] = true;
  if (!wanted.empty() && !ticked.empty()) page.data["preview"] = describe_health_preview(call, exam, ticked);
  describe_papers_of_live(call, exam, page.data);
  return show(call, page);
}

Response decide_health_reports(const Call& call) {
  const ExamCode exam = notice_of(call);
  const ReportDecision decision = decision_chosen(call.form);
  const std::vector<std::int64_t> ticked = reports_ticked(call.form);
  services::HealthDecisions& health = load_intake(call).health;
  const auto change = services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now());
  if (ticked.size() == 1) {
    const std::string own = typed_lines(call, "told");
    const std::string told = own.empty() ? services::usual_words(decision).in(Language::korean) : own;
    health.check_list(call.actor(), exam, {{ticked.front(), decision, told}});
    health.decide_report(call.actor(), ticked.front(), decision, told, change, no_progress());
    return redirect(call.request.path + "?done=decided");
  }
  const services::Job job = services::order_health_decisions(health, jobs_of_health(call), call.actor(), exam,
                                                             {ticked, decision, Language::korean}, change);
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

}  // namespace hanjari::web
