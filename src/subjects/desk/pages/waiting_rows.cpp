// What waits, for the first page and as JSON, and the messages that were given up.
#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "desk/pages/desk_pages.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/plans/exams.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::WaitingKind;
using services::WaitingWork;

constexpr int failed_shown = 50;

// Each exam day is frozen by itself: what has to be decided before is due at the next of them, at last at the last.
services::ExamDeadlines deadlines_of_notice(const Recruitment& notice, Instant now) {
  services::ExamDeadlines dates;
  for (const Calendar& calendar : notice.calendars) {
    dates.opens = std::min(dates.opens.value_or(calendar.applications.opens), calendar.applications.opens);
    const Instant freeze = calendar.cancel_until;
    const bool known_is_over = dates.freeze && *dates.freeze <= now;
    if (!dates.freeze || (known_is_over ? freeze > *dates.freeze : freeze > now && freeze < *dates.freeze))
      dates.freeze = freeze;
  }
  dates.exam = instant_of(notice.header.exam_on, 0, notice.header.time_zone);
  return dates;
}

std::string address_of_work(const Call& call, const WaitingWork& work) {
  const std::string language(code_of(call.language));
  const std::string exam = encode_percent(work.exam.text());
  switch (work.kind) {
    case WaitingKind::accommodations:
      return fmt::format("/{}/recruitments/{}/accommodations", language, exam);
    case WaitingKind::health_reports:
      return fmt::format("/{}/recruitments/{}/health-reports", language, exam);
    case WaitingKind::unopened_seats:
      return fmt::format("/{}/recruitments/{}/applications", language, exam);
    case WaitingKind::venue_offers:
      return fmt::format("/{}/exams/{}/venue-offers", language, exam);
    case WaitingKind::refunds:
      return fmt::format("/{}/recruitments/{}/refunds", language, exam);
    case WaitingKind::taken_back:
      return fmt::format("/{}/recruitments/{}/refunds?state=taken_back", language, exam);
    case WaitingKind::notices:
      return fmt::format("/{}/recruitments/{}/setup", language, exam);
    case WaitingKind::notice_changes:
      return fmt::format("/{}/recruitments/{}/proposal", language, exam);
    case WaitingKind::plans:
    case WaitingKind::publications:
    case WaitingKind::withdrawals:
      return fmt::format("/{}/exams/{}/plans", language, exam);
    case WaitingKind::releases:
    case WaitingKind::held_releases:
      return fmt::format("/{}/exams/{}/publications", language, exam);
    case WaitingKind::objections:
      return fmt::format("/{}/exams/{}/objections", language, exam);
    case WaitingKind::open_duties:
      return fmt::format("/{}/exams/{}/substitutes", language, exam);
    case WaitingKind::subjects:
      return fmt::format("/{}/recruitments/{}/setup#subjects", language, exam);
    case WaitingKind::failed_jobs:
      return fmt::format("/{}/jobs", language);
    case WaitingKind::failed_messages:
      break;
  }
  return fmt::format("/{}/failed-messages", language);
}

std::vector<WaitingWork> open_duties_of_call(const Call& call) {
  if (call.site.invigilators() == nullptr) return {};
  return services::count_open_duties(*call.site.invigilators(), call.site.plans(), call.actor(), call.site.now());
}

// Where the places are that somebody waits for, the district with the most first.
json describe_districts(const Call& call, const WaitingWork& work) {
  std::vector<std::pair<DistrictCode, std::int64_t>> districts(work.districts.begin(), work.districts.end());
  std::stable_sort(districts.begin(), districts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string words;
  for (const auto& [district, count] : districts) {
    const std::string name = name_of_district(district.text()).in(call.language);
    words += fmt::format("{}{} {}", words.empty() ? "" : " · ", name.empty() ? district.text() : name, group_digits(count));
  }
  if (words.empty()) return false;
  return {{"words", words}};
}

std::string zone_of_work(const Call& call, const WaitingWork& work) {
  // A notice that cannot be read is none here: the list is of all exams.
  if (const auto stored = services::find_notice_of_exam(call.site.intake(), work.exam))
    return stored->notice.header.time_zone;
  if (call.site.exams() != nullptr) {
    if (const auto head = call.site.exams()->find_head(work.exam)) return head->time_zone;
  }
  return machine_time_zone();
}

std::string zone_of_live_exam(const Call& call, const ExamCode& code) {
  for (const services::LiveExam& exam : call.site.plans().list_live_exams()) {
    if (exam.code == code) return exam.time_zone;
  }
  return machine_time_zone();
}

}  // namespace

std::vector<WaitingWork> gather_waiting(const Call& call) {
  // A coordinator decides nothing that waits but for the own district's duties.
  if (call.actor().role == services::Role::district_coordinator) return open_duties_of_call(call);
  if (call.site.waiting() == nullptr) return {};
  std::map<ExamCode, services::ExamDeadlines> deadlines;
  std::vector<WaitingWork> beside = open_duties_of_call(call);
  if (call.site.intake() != nullptr) {
    const auto notices = call.site.intake()->officers.list_all_notices(call.actor());
    for (WaitingWork& work : services::count_due_subjects(call.site.intake()->setup, notices, call.actor(), call.site.now()))
      beside.push_back(std::move(work));
    for (const auto& stored : notices)
      deadlines[stored->notice.header.code] = deadlines_of_notice(stored->notice, call.site.now());
  }
  if (call.site.exams() != nullptr) {
    for (const ExamCode& code : call.site.exams()->list_exams()) {
      const auto head = call.site.exams()->find_head(code);
      if (head) deadlines[code].exam = instant_of(head->exam_on, 0, head->time_zone);
    }
  }
  return services::list_waiting(*call.site.waiting(), deadlines, call.actor(), call.site.now(), std::move(beside));
}

json describe_waiting(const Call& call) {
  const Pages& pages = call.site.pages();
  json rows = json::array();
  // Of the zone of an exam only its officers are asked beyond what is live.
  const bool officer = call.actor().role == services::Role::exam_officer;
  for (const WaitingWork& work : gather_waiting(call)) {
    const std::string zone = officer ? zone_of_work(call, work) : zone_of_live_exam(call, work.exam);
    const std::string count = group_digits(work.count);
    json row{{"what", services::name_of(work.kind).in(call.language)},
             {"address", address_of_work(call, work)},
             {"exam", work.exam.empty() ? pages.text(call.language, "desk.all") : work.exam.text()},
             {"who", services::who_acts(work.kind).in(call.language)},
             {"count", work.count < services::most_waiting_counted
                           ? count
                           : pages.text(call.language, "desk.many", {{"count", count}})},
             {"due", work.due ? write_moment(*work.due, zone) : std::string("–")},
             {"since", work.since ? write_moment(*work.since, zone) : std::string("–")},
             {"districts", describe_districts(call, work)}};
    if (work.due && *work.due < call.site.now()) row["late"] = true;
    rows.push_back(std::move(row));
  }
  return rows;
}

Response list_waiting_work(const Call& call) {
  nlohmann::ordered_json answer{{"waiting", nlohmann::ordered_json::array()}};
  for (const WaitingWork& work : gather_waiting(call)) {
    nlohmann::ordered_json row{{"kind", services::spell(work.kind)},
                               {"count", work.count},
                               {"count_is_a_minimum", work.count >= services::most_waiting_counted},
                               {"who", services::who_acts(work.kind).in(call.language)}};
    if (!work.exam.empty()) row["exam"] = work.exam.text();
    if (work.since) row["since"] = format_instant(*work.since);
    if (work.due) row["due"] = format_instant(*work.due);
    for (const auto& [district, count] : work.districts) row["districts"][district.text()] = count;
    answer["waiting"].push_back(std::move(row));
  }
  return answer_json(answer);
}

Response show_failed_messages(const Call& call) {
  if (call.site.intake() == nullptr)
    throw NotFound("no_applications", {"This program takes no applications.", "이 프로그램은 원서를 받지 않습니다."});
  const std::string typed = field_of(call.query, "before");
  const bool digits = !typed.empty() && typed.size() <= 18 && typed.find_first_not_of("0123456789") == std::string::npos;
  const auto failed = call.site.intake()->officers.list_failed_messages(call.actor(), digits ? std::stoll(typed) : 0,
                                                                        failed_shown);
  const Pages& pages = call.site.pages();
  Page page{.name = "failed_messages", .title = pages.text(call.language, "desk.failed_title")};
  page.data = {{"back", fmt::format("/{}/exams", code_of(call.language))}, {"messages", json::array()}};
  for (const services::FailedMessage& one : failed) {
    const bool sms = one.channel == services::Channel::sms;
    page.data["messages"].push_back({{"about", one.dedupe_id},
                                     {"channel", pages.text(call.language, sms ? "desk.sms" : "desk.email")},
                                     {"why", one.why},
                                     {"at", write_moment(one.failed_at, machine_time_zone())}});
  }
  page.data["any"] = !failed.empty();
  if (static_cast<int>(failed.size()) == failed_shown) {
    page.data["older"] = {
        {"address", fmt::format("/{}/failed-messages?before={}", code_of(call.language), failed.back().id)}};
  }
  return show(call, page);
}

}  // namespace hanjari::web
