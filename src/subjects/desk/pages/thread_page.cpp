// The path of an exam: its stages, what comes next, when, and who must act.
#include <optional>

#include <fmt/format.h>

#include "desk/pages/desk_pages.h"
#include "hanjari/base/error.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/exams.h"
#include "hanjari/publications/publications.h"
#include "hanjari/results/results.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
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

std::string name_progression(const Call& call, Progression progression) {
  const char* key = progression == Progression::done  ? "thread.done"
                    : progression == Progression::now ? "thread.now"
                                                      : "thread.ahead";
  return call.site.pages().text(call.language, key);
}

}  // namespace

std::string address_of_stage(const Call& call, const ExamCode& exam, Stage stage, bool has_notice) {
  const std::string language(code_of(call.language));
  const std::string code = encode_percent(exam.text());
  switch (stage) {
    case Stage::prepared:
    case Stage::announced:
      return has_notice ? fmt::format("/{}/recruitments/{}/setup", language, code)
                        : fmt::format("/{}/new-recruitment", language);
    case Stage::open:
    case Stage::closed:
      return has_notice ? fmt::format("/{}/recruitments/{}", language, code)
                        : fmt::format("/{}/recruitments", language);
    case Stage::frozen:
      return has_notice ? fmt::format("/{}/exams/{}/frozen-list", language, code) : fmt::format("/{}/imports", language);
    case Stage::venues_confirmed:
    case Stage::proposed:
    case Stage::confirmed:
    case Stage::seats_published:
      return fmt::format("/{}/exams/{}/plans", language, code);
    case Stage::published:
      return fmt::format("/{}/exams/{}/publications", language, code);
    case Stage::marks:
    case Stage::decided:
      return fmt::format("/{}/exams/{}/results", language, code);
    case Stage::day:
    case Stage::destroyed:
      break;
  }
  return {};
}

services::ThreadFacts gather_facts(const Call& call, const ExamCode& code) {
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
  if (call.site.publications() != nullptr) {
    // A withdrawal is a release too: the newest one counts.
    std::int64_t newest = 0;
    for (const services::Publication& publication : call.site.publications()->list_publications(code)) {
      if (publication.order.stage != proof::Stage::written) continue;
      if (publication.state.step != services::ReleaseStep::released || publication.version < newest) continue;
      newest = publication.version;
      facts.released = !publication.order.withdrawal;
    }
  }
  return facts;
}

std::string write_when(const Call& call, const services::ThreadStage& stage, const services::ThreadFacts& facts) {
  if (!stage.at) return {};
  // Nobody begins an exam at midnight.
  if (stage.stage == Stage::day && facts.exam_on != Date{}) return write_day(facts.exam_on, call.language);
  std::string all;
  for (const services::DayMoment& day : stage.days) {
    all += (all.empty() ? "" : "; ") +
           call.site.pages().text(call.language, "thread.of_day",
                                  {{"day", write_day(day.exam_on, call.language)},
                                   {"moment", write_moment(day.at, facts.time_zone)}});
  }
  if (!all.empty()) return all;
  return write_moment(*stage.at, facts.time_zone);
}

Response show_exam_thread(const Call& call) {
  const ExamCode code(call.path.at("code"));
  const services::ThreadFacts facts = gather_facts(call, code);
  const bool has_notice = facts.notice != nullptr;
  Page page{.name = "exam_thread", .title = call.site.pages().text(call.language, "thread.title")};
  page.data = {{"code", code.text()},
               {"exams", fmt::format("/{}/exams", code_of(call.language))},
               {"stages", json::array()}};
  if (facts.exam_on != Date{}) page.data["exam"] = {{"on", write_day(facts.exam_on, call.language)}};
  for (const services::ThreadStage& stage : services::list_stages(facts, call.site.now())) {
    const std::string who = stage.who.in(call.language);
    json row{{"name", services::name_of(stage.stage).in(call.language)},
             {"progression", name_progression(call, stage.progression)},
             {"is_now", stage.progression == Progression::now},
             {"at", stage.at ? write_when(call, stage, facts) : std::string("–")},
             {"who", who.empty() ? call.site.pages().text(call.language, "thread.program") : who}};
    if (stage.progression == Progression::now) {
      json next{{"words", stage.next.in(call.language)}};
      if (std::string address = address_of_stage(call, code, stage.stage, has_notice); !address.empty())
        next["link"] = {{"address", std::move(address)}};
      row["next"] = std::move(next);
    }
    page.data["stages"].push_back(std::move(row));
  }
  return show(call, page);
}

Response describe_exam_thread(const Call& call) {
  nlohmann::ordered_json answer{{"stages", nlohmann::ordered_json::array()}};
  for (const auto& stage : services::list_stages(gather_facts(call, ExamCode(call.path.at("code"))), call.site.now())) {
    nlohmann::ordered_json row{{"stage", services::spell(stage.stage)},
                     {"progression", stage.progression == services::Progression::done  ? "done"
                                     : stage.progression == services::Progression::now ? "now"
                                                                                       : "ahead"}};
    if (stage.at) row["at"] = format_instant(*stage.at);
    for (const services::DayMoment& day : stage.days)
      row["days"].push_back({{"exam_on", format_date(day.exam_on)}, {"at", format_instant(day.at)}});
    row["who"] = stage.who.in(call.language);
    row["next"] = stage.next.in(call.language);
    answer["stages"].push_back(std::move(row));
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
