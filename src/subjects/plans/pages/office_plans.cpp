// The stored plans of an exam, and ordering another one.
#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/plan_job.h"
#include "hanjari/plans/replan_job.h"
#include "hanjari/site/site.h"
#include "plans/pages/office_plan.h"
#include "plans/pages/office_plans.h"
#include "site/pages/counts.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"
#include "site/pages/plan_names.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

constexpr std::int64_t seconds_offered[] = {10, 60, 300};

services::ExamRepository& exams_of(const Call& call) {
  if (call.site.exams() != nullptr && call.site.jobs() != nullptr) return *call.site.exams();
  throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
}

struct StoredExam {
  services::ExamHead head;  // of the live plan, or else the newest
  std::vector<services::StoredPopulation> populations;
  std::vector<services::StoredPlan> plans;
  std::optional<services::LivePointer> live;
  std::optional<services::LivePointer> withdrawn;  // while none is live: the plan whose seats are withdrawn
};

StoredExam load_stored(const Call& call) {
  const ExamCode code(call.path.at("code"));
  auto head = exams_of(call).find_head(code);
  if (!head) throw NotFound("unknown_exam", {"There is no such exam.", "해당 시험이 없습니다."});
  return {std::move(*head), exams_of(call).list_populations(code), exams_of(call).list_plans(code),
          exams_of(call).find_live_plan(code), exams_of(call).find_withdrawn_plan(code)};
}

bool is_live(const StoredExam& stored, const services::StoredPlan& plan) {
  return stored.live && stored.live->plan_digest == plan.digest && stored.live->input_sha256 == plan.input_sha256;
}

bool is_withdrawn_plan(const StoredExam& stored, const services::StoredPlan& plan) {
  return stored.withdrawn && stored.withdrawn->plan_digest == plan.digest && stored.withdrawn->input_sha256 == plan.input_sha256;
}

bool is_of_newest(const StoredExam& stored, const services::StoredPlan& plan) {
  return stored.populations.empty() || plan.input_sha256 == stored.populations.front().input_sha256;
}

// The exam packages to choose from, the newest first; nothing when there is only one. Their versions are counted from the
// first: packages of as many people differ in their schools.
json offer_populations(const Call& call, const StoredExam& stored) {
  json offered = json::array();
  if (stored.populations.size() < 2) return offered;
  for (std::size_t at = 0; at < stored.populations.size(); ++at) {
    const services::StoredPopulation& population = stored.populations[at];
    const bool one = population.people == 1;
    const char* words = population.by_decision ? (one ? "plans.population_decided_one" : "plans.population_decided")
                                               : (one ? "plans.population_one" : "plans.population");
    offered.push_back({{"value", population.input_sha256},
                       {"label", call.site.pages().text(call.language, words,
                                                        {{"number", std::to_string(stored.populations.size() - at)},
                                                         {"count", group_digits(population.people)},
                                                         {"at", write_moment(population.imported_at, stored.head.time_zone)}})}});
  }
  return offered;
}

// A change says the digest alone; a plan of the same seats in two packages has its newest name.
std::string name_of_change(const Call& call, const StoredExam& stored, const services::LiveChange& change) {
  const auto found = std::find_if(stored.plans.begin(), stored.plans.end(),
                                  [&](const services::StoredPlan& plan) { return plan.digest == change.plan_digest; });
  if (found == stored.plans.end()) return change.plan_digest.substr(0, 12);
  return name_of_plan(call, stored.plans, found->digest, found->input_sha256);
}

// Which plan a re-plan starts from, and since when it is live; of an exam with a plan that people were told.
std::string say_where_from(const Call& call, const StoredExam& stored) {
  const Pages& pages = call.site.pages();
  if (!stored.live) {
    return pages.text(call.language, "plans.replan_from_withdrawn",
                      {{"plan", name_of_plan(call, stored.plans, stored.withdrawn->plan_digest, stored.withdrawn->input_sha256)}});
  }
  const services::LivePointer& live = *stored.live;
  const std::string plan = name_of_plan(call, stored.plans, live.plan_digest, live.input_sha256);
  const auto changes = call.site.approvals() == nullptr
                           ? std::vector<services::LiveChange>()
                           : call.site.approvals()->list_live_changes(ExamCode(call.path.at("code")));
  if (changes.empty() || changes.front().plan_digest != live.plan_digest)
    return pages.text(call.language, "plans.replan_from_live", {{"plan", plan}});
  return pages.text(call.language, "plans.replan_from",
                    {{"plan", plan},
                     {"version", std::to_string(live.version)},
                     {"at", write_moment(changes.front().at, stored.head.time_zone)}});
}

std::string address_of_plans(const Call& call) {
  return fmt::format("/{}/exams/{}/plans", code_of(call.language), encode_percent(call.path.at("code")));
}

services::PlanWish wish_of(const std::string& seconds, const std::string& seed, const std::string& population) {
  services::PlanWish wish;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), number);
  // What is no number becomes one that the rule of wishes refuses, with its sentence.
  if (!seconds.empty()) wish.seconds = error == std::errc{} && end == seconds.data() + seconds.size() ? number : 0;
  json written = json::parse(services::write_plan_wish(wish));
  if (!seed.empty()) written["seed"] = seed;
  if (!population.empty()) written["population"] = population;
  return services::parse_plan_wish(written.dump());
}

services::Job order(const Call& call, const services::PlanWish& wish, const std::string& reason) {
  return services::order_plan(exams_of(call), *call.site.jobs(), ExamCode(call.path.at("code")), wish,
                              services::change_of(call.actor(), reason, call.site.now()));
}

// Changes of the live plan without the second officer, and every withdrawal, newest first.
json describe_remarkable_changes(const Call& call, const StoredExam& stored) {
  const Pages& pages = call.site.pages();
  json shown = json::array();
  for (const services::LiveChange& change : call.site.approvals()->list_live_changes(ExamCode(call.path.at("code")))) {
    if (!change.emergency && !change.withdrawn) continue;  // decisions on single people are many
    const std::string plan = name_of_change(call, stored, change);
    const std::string author = shown_author(call, change.author, change.at_shell);
    const std::string at = write_moment(change.at, stored.head.time_zone);
    if (change.withdrawn && change.emergency) {
      shown.push_back({{"text", pages.text(call.language, "plans.withdrawn_urgently", {{"plan", plan}, {"author", author}, {"at", at}})}});
    } else if (change.withdrawn) {
      shown.push_back({{"text", pages.text(call.language, "plans.withdrawn_by", {{"plan", plan}, {"author", author}, {"at", at}})}});
    } else {
      shown.push_back({{"text", pages.text(call.language, "plans.emergency", {{"plan", plan}, {"author", author}, {"at", at}})}});
    }
  }
  return shown;
}

// The tables of the package that was stored last, to be taken as workbooks and as CSV.
void describe_tables_of_exam(const Call& call, json& data) {
  const std::string address = fmt::format("/{}/exams/{}/tables/", code_of(call.language), encode_percent(call.path.at("code")));
  data["package_file"] = address + "package.xlsx";
  data["table_files"] = json::array();
  for (const char* table : {"units", "venues", "rooms", "applicants"})
    data["table_files"].push_back({{"table", table}, {"file_address", address + table}});
}

}  // namespace

Response show_plans(const Call& call) {
  const Pages& pages = call.site.pages();
  const StoredExam stored = load_stored(call);
  Page page{.name = "plans", .title = pages.text(call.language, "plans.title")};
  page.data = {{"exam", {{"name", call.language == Language::korean ? stored.head.name_ko : stored.head.name_en},
                         {"on", write_day(stored.head.exam_on, call.language)}}},
               {"applicants", write_count(stored.head.people, Counted::people, call.language)},
               {"action", address_of_plans(call)},
               {"jobs", fmt::format("/{}/jobs", code_of(call.language))},
               {"imports", fmt::format("/{}/imports", code_of(call.language))},
               {"comparison", fmt::format("/{}/exams/{}/comparison", code_of(call.language), encode_percent(call.path.at("code")))},
               {"results", fmt::format("/{}/exams/{}/results", code_of(call.language), encode_percent(call.path.at("code")))},
               {"form_token", call.form_token},
               {"any", !stored.plans.empty()}};
  if (stored.live || stored.withdrawn) {
    page.data["replan"] = {
        {"action", fmt::format("/{}/exams/{}/replans", code_of(call.language), encode_percent(call.path.at("code")))},
        {"from", say_where_from(call, stored)}};
  }
  if (call.site.approvals() != nullptr) {
    page.data["rule"] = {{"on", call.site.approvals()->find_rule(ExamCode(call.path.at("code"))).second_officer},
                         {"address", fmt::format("/{}/exams/{}/second-officer", code_of(call.language),
                                                 encode_percent(call.path.at("code")))}};
  }
  describe_tables_of_exam(call, page.data);
  page.data["populations"] = offer_populations(call, stored);
  page.data["choice"] = !page.data["populations"].empty();
  page.data["offered"] = json::array();
  for (const std::int64_t seconds : seconds_offered) {
    page.data["offered"].push_back({{"value", std::to_string(seconds)},
                                    {"label", pages.text(call.language, "plans.seconds", {{"count", std::to_string(seconds)}})},
                                    {"chosen", seconds == 60}});
  }
  page.data["plans"] = json::array();
  const auto steps = call.site.approvals() == nullptr
                         ? std::vector<services::PlanApproval>(stored.plans.size())
                         : call.site.approvals()->list_approvals(ExamCode(call.path.at("code")), stored.plans);
  for (std::size_t at = 0; at < stored.plans.size(); ++at) {
    const services::StoredPlan& plan = stored.plans[at];
    const services::PlanStep step = steps[at].step;
    const bool waits = step == services::PlanStep::proposed || step == services::PlanStep::confirmed;
    const bool published = step == services::PlanStep::published;
    page.data["plans"].push_back({{"replaced", published && !is_live(stored, plan) && !is_withdrawn_plan(stored, plan)},
                                  {"withdrawn", published && is_withdrawn_plan(stored, plan)},
                                  {"waits", waits && !is_live(stored, plan)},
                                  {"step", services::name_of(step).in(call.language)},
                                  {"name", name_of_plan(call, stored.plans, plan.digest, plan.input_sha256)},
                                  {"digest", plan.digest.substr(0, 12)},
                                  {"address", address_of_plans(call) + "/" + plan.digest},
                                  {"seated", write_count(plan.seated, Counted::people, call.language)},
                                  {"unseated", write_count(plan.unseated, Counted::people, call.language)},
                                  {"incomplete", plan.unseated > 0},
                                  {"used_venues", write_count(plan.venues, Counted::places, call.language)},
                                  {"kilometres", group_digits((plan.travel_m + 500) / 1'000)},
                                  {"older", !is_of_newest(stored, plan)},
                                  {"decided", plan.by_decision},
                                  {"live", is_live(stored, plan)},
                                  {"at", write_moment(plan.stored_at, stored.head.time_zone)}});
  }
  if (call.site.approvals() != nullptr) page.data["emergencies"] = describe_remarkable_changes(call, stored);
  return show(call, page);
}

Response order_shown_plan(const Call& call) {
  const services::Job job =
      order(call, wish_of(field_of(call.form, "seconds"), field_of(call.form, "seed"), field_of(call.form, "population")), field_of(call.form, "reason"));
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

Response order_shown_replan(const Call& call) {
  if (clean_line(field_of(call.form, "reason")).empty())
    throw InvalidInput("reason_missing", {"Say what has changed.", "변경된 내용을 적으십시오."});
  const services::Job job = services::order_replan(
      exams_of(call), *call.site.jobs(), ExamCode(call.path.at("code")), field_of(call.form, "population"),
      services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now()), field_of(call.form, "from"));
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

Response order_replan_by_api(const Call& call) {
  const json body = read_json(call);
  const services::Job job = services::order_replan(
      exams_of(call), *call.site.jobs(), ExamCode(call.path.at("code")), text_in(body, "population"),
      services::change_of(call.actor(), text_in(body, "reason"), call.site.now()), text_in(body, "from"));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

Response list_stored_plans(const Call& call) {
  const StoredExam stored = load_stored(call);
  nlohmann::ordered_json answer{{"plans", nlohmann::ordered_json::array()}};
  for (const services::StoredPlan& plan : stored.plans) {
    answer["plans"].push_back({{"digest", plan.digest},
                               {"seated", plan.seated},
                               {"unseated", plan.unseated},
                               {"venues", plan.venues},
                               {"travel_m", plan.travel_m},
                               {"of_this_population", is_of_newest(stored, plan)},
                               {"live", is_live(stored, plan)},
                               {"by_health_decision", plan.by_decision},
                               {"stored_at", format_instant(plan.stored_at)}});
  }
  return answer_json(answer);
}

Response order_plan_by_api(const Call& call) {
  json body = read_json(call);
  const std::string reason = text_in(body, "reason");
  const services::Job job = order(call, services::parse_plan_wish(body.dump()), reason);
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

}  // namespace hanjari::web
