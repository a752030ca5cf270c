// The path of an exam: its stages, what comes next, when, and who must act.
#include <optional>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/exams.h"
#include "hanjari/results/results.h"
#include "hanjari/site/site.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Progression;
using services::Stage;

// Of an imported exam: its lists, plans and whether its personal data is gone.
void gather_plans(const Call& call, const ExamCode& code, services::ThreadFacts& facts) {
  if (call.site.exams() == nullptr) return;
  services::ExamRepository& exams = *call.site.exams();
  facts.destroyed = exams.find_destruction(code).has_value();
  facts.populations = static_cast<std::int64_t>(exams.list_populations(code).size());
  facts.live = exams.find_live_plan(code).has_value();
  if (call.site.approvals() == nullptr) return;
  const auto plans = exams.list_plans(code);
  for (const services::PlanApproval& approval : call.site.approvals()->list_approvals(code, plans)) {
    facts.proposed = facts.proposed || approval.step == services::PlanStep::proposed;
    facts.confirmed = facts.confirmed || services::is_confirmed(approval);
  }
}

// Where what is to be done now is done.
std::string address_of_stage(const Call& call, Stage stage, bool has_notice) {
  const std::string language(code_of(call.language));
  const std::string code = encode_percent(call.path.at("code"));
  switch (stage) {
    case Stage::prepared:
    case Stage::announced:
      return has_notice ? fmt::format("/{}/recruitments/{}/setup", language, code)
                        : fmt::format("/{}/recruitments", language);
    case Stage::open:
    case Stage::closed:
      return has_notice ? fmt::format("/{}/recruitments/{}", language, code)
                        : fmt::format("/{}/recruitments", language);
    case Stage::frozen:
      return fmt::format("/{}/imports", language);
    case Stage::venues_confirmed:
    case Stage::proposed:
    case Stage::confirmed:
    case Stage::seats_published:
      return fmt::format("/{}/exams/{}/plans", language, code);
    case Stage::day:
    case Stage::marks:
    case Stage::decided:
    case Stage::published:
    case Stage::destroyed:
      break;
  }
  return {};
}

std::string name_progression(const Call& call, Progression progression) {
  const char* key = progression == Progression::done  ? "thread.done"
                    : progression == Progression::now ? "thread.now"
                                                      : "thread.ahead";
  return call.site.pages().text(call.language, key);
}

}  // namespace

services::ThreadFacts gather_facts(const Call& call) {
  const ExamCode code(call.path.at("code"));
  services::ThreadFacts facts;
  facts.time_zone = "UTC";
  if (call.site.intake() != nullptr) facts.notice = call.site.intake()->officers.find_notice(call.actor(), code);
  gather_plans(call, code, facts);
  std::optional<services::ExamHead> head;
  if (call.site.exams() != nullptr) head = call.site.exams()->find_head(code);
  if (head) {
    facts.exam_on = head->exam_on;
    facts.time_zone = head->time_zone;
  } else if (facts.notice) {
    facts.exam_on = facts.notice->notice.header.exam_on;
    facts.time_zone = facts.notice->notice.header.time_zone;
  } else if (!facts.destroyed) {
    throw NotFound("unknown_exam", {"There is no such exam.", "해당 시험이 없습니다."});
  }
  if (call.site.results() != nullptr) {
    facts.result_packages = static_cast<std::int64_t>(call.site.results()->list_packages(code).size());
    facts.decisions = static_cast<std::int64_t>(call.site.results()->list_decisions(code).size());
  }
  return facts;
}

Response show_exam_thread(const Call& call) {
  const services::ThreadFacts facts = gather_facts(call);
  const bool has_notice = facts.notice != nullptr;
  Page page{.name = "exam_thread", .title = call.site.pages().text(call.language, "thread.title")};
  page.data = {{"code", call.path.at("code")},
               {"exams", fmt::format("/{}/exams", code_of(call.language))},
               {"stages", json::array()}};
  if (facts.exam_on != Date{}) page.data["exam"] = {{"on", write_day(facts.exam_on, call.language)}};
  for (const services::ThreadStage& stage : services::list_stages(facts, call.site.now())) {
    const std::string who = stage.who.in(call.language);
    json row{{"name", services::name_of(stage.stage).in(call.language)},
             {"progression", name_progression(call, stage.progression)},
             {"is_now", stage.progression == Progression::now},
             {"at", stage.at ? write_moment(*stage.at, facts.time_zone) : std::string("–")},
             {"who", who.empty() ? call.site.pages().text(call.language, "thread.program") : who}};
    if (stage.progression == Progression::now) {
      json next{{"words", stage.next.in(call.language)}};
      if (std::string address = address_of_stage(call, stage.stage, has_notice); !address.empty())
        next["link"] = {{"address", std::move(address)}};
      row["next"] = std::move(next);
    }
    page.data["stages"].push_back(std::move(row));
  }
  return show(call, page);
}

}  // namespace hanjari::web
