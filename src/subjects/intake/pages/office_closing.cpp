// Recruitments as an officer sees them: how many have applied, and the closing of their applications.
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/closing_job.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_pages.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/counts.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::RecruitmentState;

constexpr std::size_t closings_shown = 10;

services::JobRepository& jobs_of_closings(const Call& call) {
  if (call.site.jobs() != nullptr) return *call.site.jobs();
  throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
}

std::string name_of_state(const Call& call, RecruitmentState state) {
  const Pages& pages = call.site.pages();
  switch (state) {
    case RecruitmentState::prepared:
      return pages.text(call.language, "recruitment.prepared");
    case RecruitmentState::published:
      return pages.text(call.language, "recruitment.published");
    case RecruitmentState::closed:
      break;
  }
  return pages.text(call.language, "recruitment.closed");
}

std::string address_of_recruitment(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/recruitments/{}", code_of(call.language), encode_percent(code.text()));
}

std::string address_of_thread(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/thread", code_of(call.language), encode_percent(code.text()));
}

json describe_calendars(const Call& call, const Recruitment& notice) {
  json calendars = json::array();
  for (const Calendar& calendar : notice.calendars) {
    json row{{"on", write_day(calendar.exam_on, call.language)},
             {"closes", write_moment(calendar.applications.closes, notice.header.time_zone, call.language)}};
    if (call.site.now() >= calendar.applications.closes + services::in_flight_grace) row["over"] = true;
    if (calendar.payment_closes() > calendar.applications.closes)
      row["payments"] = {{"pay_by", write_moment(calendar.payment_closes(), notice.header.time_zone, call.language)}};
    calendars.push_back(std::move(row));
  }
  return calendars;
}

json describe_closings(const Call& call, const ExamHeader& exam) {
  json listed = json::array();
  const services::JobFilter filter{.exam = exam.code.text(), .kind = services::closing_job_kind, .limit = closings_shown};
  for (const services::Job& job : jobs_of_closings(call).list_jobs(filter)) {
    listed.push_back({{"address", fmt::format("/{}/jobs/{}", code_of(call.language), job.id)},
                      {"at", write_moment(job.asked_at, exam.time_zone)},
                      {"author", job.author},
                      {"state", services::name_of(job.state).in(call.language)},
                      {"over", services::is_over(job.state)}});
  }
  return listed;
}

// Nothing while there is nothing to ask: no calendar is over, or all is done.
void describe_question(const Call& call, const services::StoredRecruitment& stored, json& data) {
  if (stored.state == RecruitmentState::prepared) return;
  const services::ClosingQuestion question =
      load_intake(call).closing.ask_closing(call.actor(), stored.notice.header.code);
  const bool done = stored.state == RecruitmentState::closed && question.unpaid == 0;
  if (question.over == 0 || done) return;
  const Pages& pages = call.site.pages();
  json asked{{"concerned", std::to_string(question.unpaid)},
             {"sentence", pages.text(call.language,
                                     question.unpaid == 1 ? "recruitment.question_one" : "recruitment.question",
                                     {{"count", group_digits(question.unpaid)}})}};
  if (question.still_open > 0) {
    asked["open"] = {{"sentence", pages.text(call.language, "recruitment.some_open",
                                             {{"count", std::to_string(question.still_open)}})}};
  }
  data["question"] = std::move(asked);
}

std::int64_t number_sent(const std::string& text) {
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : -1;
}

}  // namespace

Response show_recruitments(const Call& call) {
  Page page{.name = "recruitments", .title = call.site.pages().text(call.language, "recruitment.list_title")};
  page.data["recruitments"] = json::array();
  const bool officer = call.actor().role == services::Role::exam_officer;
  for (const auto& stored : load_intake(call).officers.list_all_notices(call.actor())) {
    const ExamHeader& header = stored->notice.header;
    json row{{"name", name_of_exam(header, call.language)},
             {"code", header.code.text()},
             {"on", write_day(header.exam_on, call.language)},
             {"state", name_of_state(call, stored->state)},
             {"address", address_of_recruitment(call, header.code) + (officer ? "" : "/applications")}};
    // Auditors read the table of applications; path and set-up are the officers'.
    if (officer) row["path"] = {{"thread", address_of_thread(call, header.code)}};
    page.data["recruitments"].push_back(std::move(row));
  }
  page.data["officer"] = officer;
  page.data["begin"] = fmt::format("/{}/new-recruitment", code_of(call.language));
  page.data["any"] = !page.data["recruitments"].empty();
  return show(call, page);
}

Response show_recruitment(const Call& call) {
  const ExamCode code(call.path.at("notice"));
  services::OfficersWork& officers = load_intake(call).officers;
  officers.require_notice(call.actor(), code);
  const auto stored = officers.find_notice(call.actor(), code);
  services::UnitCount sum;
  for (const auto& [unit, count] : officers.count_applications(call.actor(), code)) {
    sum.paid += count.paid;
    sum.submitted += count.submitted;
    sum.withdrawn += count.withdrawn;
    sum.lapsed += count.lapsed;
  }
  Page page{.name = "recruitment", .title = name_of_exam(stored->notice.header, call.language)};
  page.data = {{"name", page.title},
               {"code", code.text()},
               {"state", name_of_state(call, stored->state)},
               {"form_token", call.form_token},
               {"action", address_of_recruitment(call, code) + "/closings"},
               {"applications_page", address_of_recruitment(call, code) + "/applications"},
               {"health_page", address_of_recruitment(call, code) + "/health-reports"},
               {"setup", address_of_recruitment(call, code) + "/setup"},
               {"thread", address_of_thread(call, code)},
               {"frozen_list", fmt::format("/{}/exams/{}/frozen-list", code_of(call.language), encode_percent(code.text()))},
               {"list", fmt::format("/{}/recruitments", code_of(call.language))},
               {"accepted", write_count(sum.paid, Counted::people, call.language)},
               {"waiting", write_count(sum.submitted, Counted::people, call.language)},
               {"withdrawn", write_count(sum.withdrawn, Counted::people, call.language)},
               {"lapsed", write_count(sum.lapsed, Counted::people, call.language)},
               {"calendars", describe_calendars(call, stored->notice)},
               {"closings", describe_closings(call, stored->notice.header)}};
  const json& closings = page.data["closings"];
  const bool running = !closings.empty() && !closings.front().at("over").get<bool>();
  page.data["any_closing"] = !closings.empty();
  page.data["running"] = running;
  if (!running) describe_question(call, *stored, page.data);
  return show(call, page);
}

Response order_shown_closing(const Call& call) {
  const services::Job job = services::order_closing(
      load_intake(call).closing, jobs_of_closings(call), call.actor(), ExamCode(call.path.at("notice")),
      number_sent(field_of(call.form, "concerned")),
      services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now()));
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

}  // namespace hanjari::web
