#include "plans/pages/office_withdrawal.h"

#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/withdrawals.h"
#include "hanjari/site/site.h"
#include "plans/pages/office_plan.h"
#include "site/pages/counts.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::WithdrawalView;
using services::WithdrawalWish;

struct LivePlans {
  services::ExamRepository& exams;
  services::ApprovalRepository& approvals;
  ExamCode code;
};

LivePlans live_plans_of(const Call& call) {
  if (call.site.exams() == nullptr || call.site.approvals() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  const ExamCode code(call.path.at("code"));
  services::choose_population(*call.site.exams(), code, {});  // an exam that is not there is said before anything else
  return {*call.site.exams(), *call.site.approvals(), code};
}

// Throws InvalidInput (bad_step) for another word.
void take_withdrawal_step(const Call& call, const LivePlans& plans, const std::string& step, const WithdrawalWish& wish,
                          const std::string& reason) {
  const services::Change change = services::change_of(call.actor(), reason, call.site.now());
  if (step == "propose") {
    services::propose_withdrawal(plans.exams, plans.approvals, plans.code, wish, change);
  } else if (step == "take_back") {
    services::take_back_withdrawal(plans.exams, plans.approvals, plans.code, wish.plan, change);
  } else if (step == "withdraw") {
    services::withdraw_plan(plans.exams, plans.approvals, plans.code, wish, change);
  } else {
    throw InvalidInput("bad_step", {"'step' is propose, take_back or withdraw.",
                                    "'step'은 propose, take_back, withdraw 가운데 하나입니다."});
  }
}

// A second click on the same button asks for what the first one did: whether this officer has just taken the step.
bool has_taken_withdrawal_step(const Call& call, const LivePlans& plans, const std::string& step) {
  const std::string& plan = call.path.at("plan");
  if (step == "withdraw") {
    const auto changes = plans.approvals.list_live_changes(plans.code);
    return !changes.empty() && changes.front().withdrawn && changes.front().plan_digest == plan &&
           changes.front().author == call.actor().account;
  }
  const auto proposal = plans.approvals.find_withdrawal_proposal(plans.code);
  return step == "propose" && proposal && proposal->live.plan_digest == plan &&
         proposal->proposed_by == call.actor().account;
}

std::optional<std::int64_t> number_in_form(const Call& call, const char* field) {
  const std::string text = field_of(call.form, field);
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoll(text);
}

// The steps that this officer can take now.
ordered_json list_withdrawal_steps(const Call& call, const WithdrawalView& view) {
  ordered_json steps = ordered_json::array();
  const bool own = view.proposal && view.proposal->proposed_by == call.actor().account;
  if (!view.proposal) steps.push_back("propose");
  if (view.proposal) steps.push_back("take_back");
  if (!view.second_officer || (view.proposal && !own)) steps.push_back("withdraw");
  return steps;
}

ordered_json as_json(const Call& call, const WithdrawalView& view) {
  ordered_json answer{{"live_plan", view.live.plan_digest},
                      {"live_version", view.live.version},
                      {"concerned", view.plan.seated},
                      {"venues", view.plan.venues},
                      {"second_officer", view.second_officer}};
  if (view.proposal) {
    answer["proposal"] = {{"proposed_by", view.proposal->proposed_by},
                          {"reason", view.proposal->reason},
                          {"at", format_instant(view.proposal->at)}};
  }
  answer["next_steps"] = list_withdrawal_steps(call, view);
  return answer;
}

// The refusal with what is live now, if a plan is.
[[noreturn]] void refuse_withdrawal(const Call& call, const LivePlans& plans, const Conflict& refusal) {
  if (!plans.exams.find_live_plan(plans.code)) throw RefusedWith(refusal.code(), refusal.message(), "{}");
  const WithdrawalView view = services::look_at_live_plan(plans.exams, plans.approvals, plans.code);
  throw RefusedWith(refusal.code(), refusal.message(), as_json(call, view).dump());
}

}  // namespace

json describe_withdrawal(const Call& call, const services::ExamHead& head) {
  const LivePlans plans = live_plans_of(call);
  const WithdrawalView view = services::look_at_live_plan(plans.exams, plans.approvals, plans.code);
  const bool own = view.proposal && view.proposal->proposed_by == call.actor().account;
  const bool held =
      !head.time_zone.empty() && head.exam_on < local_time(call.site.now(), head.time_zone).day;  // refused from then on
  if (held && !view.proposal) return false;
  const bool may_confirm = view.second_officer && view.proposal && !own && !held;
  json shown{{"number", std::to_string(view.plan.seated)},
             {"version", std::to_string(view.live.version)},
             {"told", write_count(view.plan.seated, Counted::people, call.language)},
             {"void_venues", write_count(view.plan.venues, Counted::places, call.language)},
             {"may_propose", view.second_officer && !view.proposal},
             {"may_confirm", may_confirm},
             {"own", view.second_officer && own},
             {"alone", !view.second_officer && !held},
             {"urgent", view.second_officer && !may_confirm && !held},
             {"pending", false}};
  if (view.proposal) {
    shown["pending"] = {
        {"words", call.site.pages().text(
                      call.language, "plans.withdrawal_proposed",
                      {{"author", shown_author(call, view.proposal->proposed_by, view.proposal->proposed_at_shell)},
                       {"at", write_moment(view.proposal->at, head.time_zone)}})},
        {"why", view.proposal->reason}};
  }
  return shown;
}

Response withdraw_shown_plan(const Call& call) {
  const LivePlans plans = live_plans_of(call);
  const std::string step = field_of(call.form, "step");
  WithdrawalWish wish;
  wish.plan = call.path.at("plan");
  wish.people = number_in_form(call, "people");
  wish.live_version = number_in_form(call, "live_version");
  wish.emergency = !field_of(call.form, "emergency").empty();
  if (step != "take_back" && field_of(call.form, "concerned").empty()) {
    throw InvalidInput("people_concerned", {"Tick that you know how many people were told a seat and what becomes void.",
                                            "좌석을 안내받은 인원과 무효가 되는 문서를 확인했다는 칸에 표시하십시오."});
  }
  try {
    take_withdrawal_step(call, plans, step, wish, field_of(call.form, "reason"));
  } catch (const Conflict&) {
    if (!has_taken_withdrawal_step(call, plans, step)) throw;
  }
  return redirect(fmt::format("/{}/exams/{}/plans/{}", code_of(call.language), encode_percent(plans.code.text()),
                              encode_percent(call.path.at("plan"))));
}

Response describe_withdrawal_by_api(const Call& call) {
  const LivePlans plans = live_plans_of(call);
  if (const auto withdrawn = plans.exams.find_withdrawn_plan(plans.code)) {
    return answer_json({{"withdrawn_plan", withdrawn->plan_digest}, {"live_version", withdrawn->version}});
  }
  return answer_json(as_json(call, services::look_at_live_plan(plans.exams, plans.approvals, plans.code)));
}

Response withdraw_plan_by_api(const Call& call) {
  const LivePlans plans = live_plans_of(call);
  const json body = read_json(call);
  WithdrawalWish wish;
  wish.plan = text_in(body, "plan");
  wish.people = count_in(body, "concerned");
  wish.live_version = count_in(body, "live_version");
  wish.emergency = flag_in(body, "emergency");
  try {
    take_withdrawal_step(call, plans, text_in(body, "step"), wish, text_in(body, "reason"));
  } catch (const Conflict& refusal) {
    refuse_withdrawal(call, plans, refusal);
  }
  return describe_withdrawal_by_api(call);
}

}  // namespace hanjari::web
