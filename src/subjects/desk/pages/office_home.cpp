#include "desk/pages/desk_pages.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/csv.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/exams.h"
#include "hanjari/site/site.h"
#include "hanjari/venues/venue_offers.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

struct ListedExam {
  ExamCode code;
  std::string name;
  Date on;
  bool live = false;
  bool stored = false;  // with its people: there are pages of its plans
  std::size_t plans = 0;
  std::int64_t proposed = 0;   // plans that wait for the second officer
  std::int64_t confirmed = 0;  // plans that wait for being put live
  bool emergency = false;      // the live plan went live without the second officer
  bool withdrawn = false;      // its seats are withdrawn
  bool withdrawn_urgently = false;   // without the second officer
  bool withdrawal_proposed = false;  // that of the live plan waits for the second officer
  bool asked = false;          // venues are asked for, of this account's district or by the city
};

std::string page_of_exam(const Call& call, const ExamCode& code, const char* page) {
  return fmt::format("/{}/exams/{}/{}", code_of(call.language), encode_percent(code.text()), page);
}

bool is_officer(const Call& call) {
  return call.actor().role == services::Role::exam_officer;
}

void count_steps(const Call& call, ListedExam& exam) {
  const auto plans = call.site.exams()->list_plans(exam.code);
  exam.plans = plans.size();
  if (call.site.approvals() == nullptr) return;
  const auto live = call.site.exams()->find_live_plan(exam.code);
  const auto steps = call.site.approvals()->list_approvals(exam.code, plans);
  for (std::size_t at = 0; at < plans.size(); ++at) {
    if (live && live->plan_digest == plans[at].digest && live->input_sha256 == plans[at].input_sha256) continue;
    if (steps[at].step == services::PlanStep::proposed) ++exam.proposed;
    if (steps[at].step == services::PlanStep::confirmed) ++exam.confirmed;
  }
  const auto changes = call.site.approvals()->list_live_changes(exam.code);
  const bool emergency = !changes.empty() && changes.front().emergency;
  exam.withdrawn = !live && !changes.empty() && changes.front().withdrawn;
  exam.emergency = emergency && !exam.withdrawn;
  exam.withdrawn_urgently = emergency && exam.withdrawn;
  const auto proposal = call.site.approvals()->find_withdrawal_proposal(exam.code);
  exam.withdrawal_proposed = live && proposal && proposal->live.version == live->version &&
                             proposal->live.plan_digest == live->plan_digest;
}

// Notices whose people nobody has imported yet.
void add_noticed_exams(const Call& call, std::vector<ListedExam>& exams) {
  if (call.site.intake() == nullptr) return;
  for (const auto& stored : call.site.intake()->officers.list_all_notices(call.actor())) {
    const ExamHeader& header = stored->notice.header;
    const bool known =
        std::any_of(exams.begin(), exams.end(), [&](const ListedExam& exam) { return exam.code == header.code; });
    if (known || (call.site.exams() != nullptr && call.site.exams()->find_destruction(header.code))) continue;
    ListedExam& listed = exams.emplace_back();
    listed.code = header.code;
    listed.name = call.language == Language::korean ? header.name_ko : header.name_en;
    listed.on = header.exam_on;
  }
}

// Venues are asked for before a plan is live, and before the exam's people are there.
void add_asked_exams(const Call& call, std::vector<ListedExam>& exams) {
  if (call.site.venue_offers() == nullptr) return;
  const auto& district = call.actor().district;
  for (const services::VenueRequest& request : call.site.venue_offers()->list_requests()) {
    if (!is_officer(call) && (!district || request.find(*district) == nullptr)) continue;
    auto known = std::find_if(exams.begin(), exams.end(), [&](const auto& exam) { return exam.code == request.exam; });
    if (known == exams.end()) {
      if (call.site.exams() != nullptr && call.site.exams()->find_destruction(request.exam)) continue;
      ListedExam listed;
      listed.code = request.exam;
      listed.name = request.exam.text();
      listed.on = local_time(request.due_at, machine_time_zone()).day;
      std::optional<services::ExamHead> head;
      if (call.site.exams() != nullptr) head = call.site.exams()->find_head(request.exam);
      if (head) {
        listed.name = call.language == Language::korean ? head->name_ko : head->name_en;
        listed.on = head->exam_on;
      }
      known = exams.insert(exams.end(), std::move(listed));
    }
    known->asked = true;
  }
}

std::vector<ListedExam> list_exams_of(const Call& call) {
  std::vector<ListedExam> exams;
  const auto name_in = [&](const auto& exam) { return call.language == Language::korean ? exam.name_ko : exam.name_en; };
  for (const services::LiveExam& exam : call.site.plans().list_live_exams()) {
    ListedExam& listed = exams.emplace_back();
    listed.code = exam.code;
    listed.name = name_in(exam);
    listed.on = exam.exam_on;
    listed.live = true;
    listed.stored = true;
  }
  if (is_officer(call) && call.site.exams() != nullptr) {
    for (const ExamCode& code : call.site.exams()->list_exams()) {
      const bool known = std::any_of(exams.begin(), exams.end(), [&](const ListedExam& exam) { return exam.code == code; });
      if (known || call.site.exams()->find_destruction(code)) continue;
      const auto head = call.site.exams()->find_head(code);
      if (!head) continue;
      ListedExam& listed = exams.emplace_back();
      listed.code = code;
      listed.name = name_in(*head);
      listed.on = head->exam_on;
      listed.stored = true;
    }
    for (ListedExam& exam : exams) count_steps(call, exam);
  }
  if (is_officer(call)) add_noticed_exams(call, exams);
  add_asked_exams(call, exams);
  std::sort(exams.begin(), exams.end(), [](const ListedExam& a, const ListedExam& b) {
    return std::tie(a.on, a.code) < std::tie(b.on, b.code);
  });
  return exams;
}

std::string state_of(const Call& call, const ListedExam& exam) {
  const char* name = exam.live            ? "office_exams.state_live"
                     : exam.withdrawn     ? "office_exams.state_withdrawn"
                     : exam.confirmed > 0 ? "office_exams.state_confirmed"
                     : exam.proposed > 0  ? "office_exams.state_proposed"
                     : exam.plans > 0     ? "office_exams.state_planned"
                                          : "office_exams.state_none";
  return call.site.pages().text(call.language, name);
}

json describe_stage_now(const Call& call, const ExamCode& code) {
  const services::ThreadFacts facts = gather_facts(call, code);
  for (const services::ThreadStage& stage : services::list_stages(facts, call.site.now())) {
    if (stage.progression != services::Progression::now) continue;
    const std::string who = stage.who.in(call.language);
    json next{{"stage", services::name_of(stage.stage).in(call.language)},
              {"words", stage.next.in(call.language)},
              {"who", who.empty() ? call.site.pages().text(call.language, "thread.program") : who}};
    if (stage.at) next["at"] = {{"moment", write_when(call, stage, facts)}};
    std::string address = address_of_stage(call, code, stage.stage, facts.notice != nullptr);
    if (!address.empty()) next["link"] = {{"address", std::move(address)}};
    return next;
  }
  return nullptr;
}

// What comes next, its date and who must act. Nothing of an exam that only its request for venues knows, nor of one whose
// rows do not open: the page is of all exams.
json describe_next(const Call& call, const ExamCode& code) {
  json next;
  services::read_legibly([&] { next = describe_stage_now(call, code); });
  return next;
}

json describe_exam(const Call& call, const ListedExam& exam) {
  const Pages& pages = call.site.pages();
  json card{{"name", exam.name}, {"on", write_day(exam.on, call.language)}};
  if (exam.live) card["venues"] = {{"address", page_of_exam(call, exam.code, "venues")}};
  if (exam.asked || (is_officer(call) && call.site.venue_offers() != nullptr))
    card["offers"] = {{"address", page_of_exam(call, exam.code, "venue-offers")}};
  if (!is_officer(call) || call.site.exams() == nullptr) return card;
  if (json next = describe_next(call, exam.code); !next.is_null()) card["next"] = std::move(next);
  json waiting = json::array();
  const auto add = [&](const char* name, std::int64_t count) {
    if (count > 0) waiting.push_back({{"line", pages.text(call.language, name, {{"count", group_digits(count)}})}});
  };
  add("office_exams.waits_for_confirmation", exam.proposed);
  add("office_exams.waits_for_publication", exam.confirmed);
  if (exam.withdrawal_proposed)
    waiting.push_back({{"line", pages.text(call.language, "office_exams.waits_for_withdrawal")}});
  card["thread"] = {{"address", page_of_exam(call, exam.code, "thread")}};
  card["plans"] = {{"address", page_of_exam(call, exam.code, "plans")},
                   {"state", state_of(call, exam)},
                   {"waiting", std::move(waiting)},
                   {"emergency", exam.emergency},
                   {"withdrawn", exam.withdrawn},
                   {"withdrawn_urgently", exam.withdrawn_urgently},
                   {"page", exam.stored}};
  return card;
}

// Announced notices that somebody changed in an emergency, without another officer, and that nobody has confirmed since.
json describe_urgent_savings(const Call& call) {
  json rows = json::array();
  if (call.site.intake() == nullptr) return rows;
  for (const services::UrgentSaving& one : call.site.intake()->setup.list_urgent_savings(call.actor())) {
    const auto stored = services::find_notice_of_exam(call.site.intake(), one.exam);
    const std::string zone = stored ? stored->notice.header.time_zone : machine_time_zone();
    rows.push_back({{"line", call.site.pages().text(call.language, "office_exams.notice_urgent",
                                                    {{"exam", one.exam.text()},
                                                     {"author", one.author},
                                                     {"at", write_moment(one.at, zone)}})},
                    {"address", fmt::format("/{}/recruitments/{}/versions/notice?version={}", code_of(call.language),
                                            encode_percent(one.exam.text()), one.version)}});
  }
  return rows;
}

// Where somebody begins who has no list of exams; null for who has.
const char* first_page_of(services::Role role) {
  switch (role) {
    case services::Role::venue_chief:
      return "own-venues";
    case services::Role::auditor:
      return "audit";
    case services::Role::administrator:
      return "keys";
    case services::Role::exam_officer:
    case services::Role::district_coordinator:
    case services::Role::applicant:
      break;
  }
  return nullptr;
}

}  // namespace

Response show_office_home(const Call& call) {
  if (const char* first = first_page_of(call.actor().role)) return redirect(fmt::format("/{}/{}", code_of(call.language), first));
  const auto exams = list_exams_of(call);
  json waiting = describe_waiting(call);
  if (exams.size() == 1 && !is_officer(call) && waiting.empty()) {
    const ListedExam& only = exams.front();
    if (only.live && only.proposed == 0 && only.confirmed == 0 && !only.emergency && !only.asked)
      return redirect(page_of_exam(call, only.code, "venues"));
  }
  Page page{.name = "office_exams", .title = call.site.pages().text(call.language, "office_exams.title")};
  page.data["any"] = !exams.empty();
  page.data["officer"] = is_officer(call) && call.site.exams() != nullptr;
  page.data["imports"] = fmt::format("/{}/imports", code_of(call.language));
  if (is_officer(call) && call.site.jobs() != nullptr)
    page.data["jobs"] = {{"address", fmt::format("/{}/jobs", code_of(call.language))}};
  const bool anything = !waiting.empty();
  if (is_officer(call) || anything) {
    page.data["desk"] = {{"search", false}, {"urgent", json::array()}, {"waiting", std::move(waiting)}, {"anything", anything}};
  }
  if (is_officer(call)) {
    page.data["desk"]["search"] = {{"address", fmt::format("/{}/searches", code_of(call.language))}};
    page.data["desk"]["urgent"] = describe_urgent_savings(call);
  }
  if (is_officer(call) && call.site.venue_offers() != nullptr)
    page.data["asks"] = {{"action", fmt::format("/{}/venue-requests", code_of(call.language))}};
  page.data["exams"] = json::array();
  for (const ListedExam& exam : exams) page.data["exams"].push_back(describe_exam(call, exam));
  return show(call, page);
}

// An exam of which nothing is stored has no card: whoever knows its code asks for venues all the same.
Response open_venue_request(const Call& call) {
  const ExamCode code(clean_signs(field_of(call.query, "exam")));
  if (const auto fault = package::find_file_name_fault(code.text()); fault || code.empty()) {
    throw InvalidInput("bad_exam_code", {"Enter the code of the exam, such as seoul-2021-1.",
                                         "시험 코드를 seoul-2021-1처럼 입력하십시오."});
  }
  return redirect(page_of_exam(call, code, "venue-offers"));
}

}  // namespace hanjari::web
