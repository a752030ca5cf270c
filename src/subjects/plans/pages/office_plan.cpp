// One stored plan: its steps to being published, and what going live would change for whom.
#include <optional>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/lineage.h"
#include "hanjari/plans/refusals.h"
#include "hanjari/site/site.h"
#include "plans/pages/office_plan.h"
#include "plans/pages/office_withdrawal.h"
#include "site/pages/counts.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"
#include "site/pages/plan_names.h"
#include "site/pages/plan_refusals.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::LiveDifference;
using services::PlanApproval;
using services::PlanStep;

constexpr std::size_t most_moves_shown = 50;

struct Plans {
  services::ExamRepository& exams;
  services::ApprovalRepository& approvals;
  ExamCode code;
};

Plans plans_of(const Call& call) {
  if (call.site.exams() == nullptr || call.site.approvals() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  const ExamCode code(call.path.at("code"));
  services::choose_population(*call.site.exams(), code, {});  // an exam that is not there is said before anything else
  return {*call.site.exams(), *call.site.approvals(), code};
}

std::string plan_address(const Call& call) {
  return fmt::format("/{}/exams/{}/plans/{}", code_of(call.language), encode_percent(call.path.at("code")),
                     encode_percent(call.path.at("plan")));
}

PlanApproval take_step(const Call& call, const Plans& plans, const std::string& step, const std::string& reason) {
  const services::Change change = services::change_of(call.actor(), reason, call.site.now());
  const std::string& digest = call.path.at("plan");
  if (step == "propose") return services::propose_plan(plans.exams, plans.approvals, plans.code, digest, change);
  if (step == "confirm") return services::confirm_plan(plans.exams, plans.approvals, plans.code, digest, change);
  if (step == "take_back") return services::take_back_plan(plans.exams, plans.approvals, plans.code, digest, change);
  throw InvalidInput("bad_step", {"'step' is propose, confirm or take_back.",
                                  "'step'은 propose, confirm, take_back 가운데 하나입니다."});
}

// What going live would change, for somebody to see: recorded if it names people.
LiveDifference compare_on_record(const Call& call, const Plans& plans, const std::string& digest) {
  LiveDifference difference = services::compare_with_live(plans.exams, plans.code, digest);
  services::record_lost_steps(call.site.access(), plans.code, difference,
                              services::change_of(call.actor(), "", call.site.now()));
  return difference;
}

services::LiveOutcome publish(const Call& call, const Plans& plans, const std::string& digest, const services::LiveWish& wish,
                              const std::string& reason) {
  if (wish.emergency && is_blank_text(reason)) {
    throw InvalidInput("reason_missing", {"Say why the plan goes live without the second officer.",
                                          "다른 담당자의 승인 없이 확정하는 사유를 적으십시오."});
  }
  return services::make_plan_live(plans.exams, plans.code, digest,
                                  services::change_of(call.actor(), reason, call.site.now()), wish);
}

services::LiveOutcome publish_on_page(const Call& call, const Plans& plans, const services::LiveWish& wish) {
  const std::string& digest = call.path.at("plan");
  try {
    return publish(call, plans, digest, wish, field_of(call.form, "reason"));
  } catch (const services::OtherBase&) {
    // The refusal names the steps that would be lost.
    compare_on_record(call, plans, digest);
    throw;
  }
}

json shown_lost(const LiveDifference& difference, Language language, const std::string& zone) {
  json lost = json::array();
  for (const HistoryStep& step : difference.lost) {
    json moves = json::array();
    for (const Text& move : services::describe_moves(step, most_moves_shown, difference.names)) moves.push_back({{"move", move.in(language)}});
    lost.push_back({{"step", services::describe_step(step, zone).in(language)}, {"moves", std::move(moves)}});
  }
  return lost;
}

// Steps of the plan whose seats are withdrawn that this one does not have; false for none.
json shown_without(const LiveDifference& difference, Language language, const std::string& zone) {
  if (!difference.withdrawn || difference.lost.empty()) return false;
  return {{"lost", shown_lost(difference, language, zone)}};
}

// One rounding for every sum of the page: a plan beside itself must not differ by a kilometre.
std::string write_kilometres(Metres metres) {
  return group_digits((metres + 500) / 1'000);
}

json shown_difference(const LiveDifference& difference, Language language, const std::string& zone) {
  json shown{{"told", write_count(difference.told, Counted::people, language)},
             {"venue", write_count(difference.venue, Counted::people, language)},
             {"room", write_count(difference.room, Counted::people, language)},
             {"seat", write_count(difference.seat, Counted::people, language)},
             {"added", write_count(difference.added, Counted::people, language)},
             {"removed", write_count(difference.removed, Counted::people, language)},
             {"unseated", write_count(difference.unseated, Counted::people, language)},
             {"venues", write_count(difference.venues_changed, Counted::places, language)},
             {"before", write_kilometres(difference.travel_before)},
             {"after", write_kilometres(difference.travel_after)},
             {"farther", write_count(difference.farther, Counted::people, language)}};
  if (difference.beyond > 0) {
    shown["far"] = {{"beyond", write_count(difference.beyond, Counted::people, language)},
                    {"limit", fmt::format("{:.1f}", static_cast<double>(difference.limit_m) / 1'000)},
                    {"worst_before", fmt::format("{:.1f}", static_cast<double>(difference.worst_before) / 1'000)},
                    {"worst_after", fmt::format("{:.1f}", static_cast<double>(difference.worst_after) / 1'000)}};
  }
  if (!difference.made_from_live) shown["other_base"] = {{"lost", shown_lost(difference, language, zone)}};
  json names = json::array();
  for (const std::string& name : difference.venues_lost) names.push_back({{"name", name}});
  if (!names.empty()) shown["lost_venues"] = {{"list", std::move(names)}};
  return shown;
}

std::string number_of(const HandMove& move, const services::MoveNames& names) {
  const auto found = names.people.find(move.applicant);
  return found == names.people.end() ? std::string() : found->second.number.text();
}

std::string name_of_venue(const VenueCode& venue, const services::MoveNames& names) {
  const auto found = names.venues.find(venue);
  return found == names.venues.end() ? std::string() : found->second;
}

ordered_json as_json(const LiveDifference& difference) {
  ordered_json lost = ordered_json::array();
  for (const HistoryStep& step : difference.lost) {
    ordered_json moves = ordered_json::array();
    for (const HandMove& move : step.moves) {
      moves.push_back({{"action", spell(move.kind)},
                       {"applicant_id", move.applicant.text()},
                       {"applicant_number", number_of(move, difference.names)},
                       {"venue_code", move.venue.text()},
                       {"venue", name_of_venue(move.venue, difference.names)},
                       {"room_no", move.room_no},
                       {"seat_no", move.seat_no},
                       {"with_venue_code", move.with_venue.text()},
                       {"with_room_no", move.with_room_no}});
    }
    lost.push_back({{"kind", spell(step.kind)},
                    {"plan", step.digest},
                    {"author", step.author},
                    {"at", step.at},
                    {"reason", step.reason},
                    {"moves", std::move(moves)}});
  }
  return {{"live_plan", difference.live_digest},
          {"live_version", difference.live_version},
          {"made_from_live", difference.made_from_live},
          {"lost", std::move(lost)},
          {"people",
           {{"told", difference.told},
            {"venue", difference.venue},
            {"room", difference.room},
            {"seat", difference.seat},
            {"added", difference.added},
            {"removed", difference.removed},
            {"unseated", difference.unseated},
            {"farther", difference.farther},
            {"beyond", difference.beyond},
            {"limit_m", difference.limit_m}}},
          {"venues",
           {{"changed", difference.venues_changed}, {"lost", difference.venues_lost}, {"new", difference.venues_new}}},
          {"travel_m", {{"before", difference.travel_before}, {"after", difference.travel_after}}}};
}

ordered_json as_json(const PlanApproval& approval) {
  return {{"step", services::spell(approval.step)},
          {"proposed_by", approval.proposed_by},
          {"confirmed_by", approval.confirmed_by},
          {"version", approval.version}};
}

}  // namespace

std::string shown_author(const Call& call, const std::string& author, const std::string& shell) {
  if (shell.empty()) return author;
  return call.site.pages().text(call.language, "plans.at_shell", {{"author", author}, {"shell", shell}});
}

namespace {

// What whoever puts the plan live has to know of what it was made from.
json warn_of_origin(const Plans& plans, const services::StoredPlan& plan) {
  json warnings{{"older", false}};
  const auto populations = plans.exams.list_populations(plans.code);
  if (populations.empty() || populations.front().input_sha256 == plan.input_sha256) return warnings;
  warnings["older"] = true;
  json gone = json::array();
  for (const std::string& name : plans.exams.list_venues_gone(plans.code, plan)) gone.push_back({{"name", name}});
  if (!gone.empty()) warnings["gone"] = {{"list", std::move(gone)}};
  return warnings;
}

// Whether it is the plan whose seats are withdrawn, with nothing begun to publish it again.
bool is_withdrawn(const Plans& plans, const services::StoredPlan& plan, const PlanApproval& approval) {
  if (approval.step != PlanStep::published) return false;
  const auto withdrawn = plans.exams.find_withdrawn_plan(plans.code);
  return withdrawn && withdrawn->plan_digest == plan.digest && withdrawn->input_sha256 == plan.input_sha256;
}

}  // namespace

Response show_plan(const Call& call) {
  const Plans plans = plans_of(call);
  const services::StoredPlan plan =
      in_words_of_pages([&] { return services::find_stored_plan(plans.exams, plans.code, call.path.at("plan")); });
  const PlanApproval approval = plans.approvals.find_approval(plans.code, plan);
  const bool second = plans.approvals.find_rule(plans.code).second_officer;
  const auto live = plans.exams.find_live_plan(plans.code);
  const bool is_live = live && live->plan_digest == plan.digest && live->input_sha256 == plan.input_sha256;
  // The live plan differs from itself in nothing.
  LiveDifference difference;
  if (!is_live) difference = compare_on_record(call, plans, plan.digest);
  const bool ready = !second || services::is_confirmed(approval);
  const auto head = plans.exams.find_head(plans.code).value_or(services::ExamHead{});
  Page page{.name = "plan", .title = call.site.pages().text(call.language, "plans.plan")};
  const auto stored = plans.exams.list_plans(plans.code);
  page.data = {{"digest", plan.digest},
               {"name", name_of_plan(call, stored, plan.digest, plan.input_sha256)},
               {"exam", {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
                         {"on", write_day(head.exam_on, call.language)}}},
               {"step", services::name_of(approval.step).in(call.language)},
               {"people", write_count(plan.seated + plan.unseated, Counted::people, call.language)},
               {"used_venues", write_count(plan.venues, Counted::places, call.language)},
               {"kilometres", write_kilometres(plan.travel_m)},
               {"at", write_moment(plan.stored_at, head.time_zone)},
               {"papers", plan_address(call) + "/papers"},
               {"edits", fmt::format("/{}/exams/{}/edits?plan={}", code_of(call.language),
                                     encode_percent(plans.code.text()), encode_percent(plan.digest))},
               {"seated", write_count(plan.seated, Counted::people, call.language)},
               {"unseated", write_count(plan.unseated, Counted::people, call.language)},
               {"incomplete", plan.unseated > 0},
               {"live", is_live},
               {"address", plan_address(call)},
               {"list", fmt::format("/{}/exams/{}/plans", code_of(call.language), encode_percent(plans.code.text()))},
               {"form_token", call.form_token},
               {"live_version", std::to_string(difference.live_version)},
               {"live_digest", difference.live_digest},
               {"may_propose", services::may_be_proposed(approval, is_live) && plan.unseated == 0},
               {"may_confirm", approval.step == PlanStep::proposed && approval.proposed_by != call.actor().account},
               {"own_proposal", approval.step == PlanStep::proposed && approval.proposed_by == call.actor().account},
               {"may_take_back", approval.step == PlanStep::proposed || approval.step == PlanStep::confirmed},
               {"may_publish", !is_live && plan.unseated == 0},
               {"not_ready", !ready},
               {"again", difference.withdrawn},
               {"without", shown_without(difference, call.language, head.time_zone)}};
  // A plan that was live and gave way is not what its step says of the live one.
  page.data["replaced"] = approval.step == PlanStep::published && !is_live;
  page.data["withdrawn"] = is_withdrawn(plans, plan, approval);
  if (is_live) page.data["withdrawal"] = describe_withdrawal(call, head);
  if (!is_live) page.data["origin"] = warn_of_origin(plans, plan);
  if (!is_live)
    page.data["from_here"] = {{"action", fmt::format("/{}/exams/{}/replans", code_of(call.language), encode_percent(plans.code.text()))}};
  if (!approval.proposed_by.empty())
    page.data["proposed"] = {{"by", shown_author(call, approval.proposed_by, approval.proposed_at_shell)}};
  if (!approval.confirmed_by.empty())
    page.data["confirmed"] = {{"by", shown_author(call, approval.confirmed_by, approval.confirmed_at_shell)}};
  if (!difference.live_digest.empty() && !is_live) {
    page.data["difference"] = shown_difference(difference, call.language, head.time_zone);
    page.data["difference"]["live"] =
        live ? name_of_plan(call, stored, live->plan_digest, live->input_sha256) : difference.live_digest.substr(0, 12);
  }
  return show(call, page);
}

namespace {

// A second click on the same button asks for what the first one did: whether this officer has just taken the step.
bool has_taken_step(const Call& call, const Plans& plans, const std::string& step) {
  const PlanApproval now =
      plans.approvals.find_approval(plans.code, services::find_stored_plan(plans.exams, plans.code, call.path.at("plan")));
  if (step == "propose") return now.step == PlanStep::proposed && now.proposed_by == call.actor().account;
  return step == "confirm" && now.step == PlanStep::confirmed && now.confirmed_by == call.actor().account;
}

bool has_published(const Call& call, const Plans& plans) {
  const auto plan = services::find_stored_plan(plans.exams, plans.code, call.path.at("plan"));
  const auto live = plans.exams.find_live_plan(plans.code);
  if (!live || live->plan_digest != plan.digest || live->input_sha256 != plan.input_sha256) return false;
  const auto changes = plans.approvals.list_live_changes(plans.code);
  return !changes.empty() && changes.front().plan_digest == plan.digest && changes.front().author == call.actor().account;
}

}  // namespace

Response step_shown_plan(const Call& call) {
  const Plans plans = plans_of(call);
  const std::string step = field_of(call.form, "step");
  try {
    in_words_of_pages([&] { take_step(call, plans, step, field_of(call.form, "reason")); });
  } catch (const Conflict&) {
    if (!has_taken_step(call, plans, step)) throw;
  }
  return redirect(plan_address(call));
}

Response publish_shown_plan(const Call& call) {
  services::LiveWish wish;
  // The box says that the plan shown as live is meant to give way.
  if (!field_of(call.form, "replaces").empty()) wish.instead_of = field_of(call.form, "live_digest");
  wish.emergency = !field_of(call.form, "emergency").empty();
  const std::string version = field_of(call.form, "live_version");
  const bool is_number = !version.empty() && version.size() <= 15 &&
                         version.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) {
    throw InvalidInput("bad_request", {"Open the page of the plan again.", "배정안 화면을 다시 여십시오."});
  }
  wish.compared_with = std::stoll(version);
  // Nobody has a seat while none is live, because none was yet or because they were withdrawn.
  const bool none_live = *wish.compared_with == 0 || field_of(call.form, "live_digest").empty();
  if (none_live && field_of(call.form, "concerned").empty()) {
    throw InvalidInput("people_concerned", {"Tick that you know how many people will see their seat from now on.",
                                            "이제부터 자리를 보게 되는 인원을 확인했다는 칸에 표시하십시오."});
  }
  if (!none_live && field_of(call.form, "concerned").empty()) {
    throw InvalidInput("people_concerned", {"Tick that you know how many people get another place than they were told.",
                                            "안내받은 자리가 달라지는 인원을 확인했다는 칸에 표시하십시오."});
  }
  const Plans plans = plans_of(call);
  try {
    in_words_of_pages([&] { publish_on_page(call, plans, wish); });
  } catch (const Conflict&) {
    if (!has_published(call, plans)) throw;
  }
  return redirect(plan_address(call));
}

Response compare_plan_by_api(const Call& call) {
  const Plans plans = plans_of(call);
  return answer_json(as_json(compare_on_record(call, plans, call.path.at("plan"))));
}

namespace {

// The refusal with what a program needs to go on, in words that name no option of a command.
[[noreturn]] void refuse_with(const Conflict& refusal, const ordered_json& members) {
  const Text* words = words_in_api(refusal);
  throw RefusedWith(refusal.code(), words == nullptr ? refusal.message() : *words, members.dump());
}

// How far the plan is, and which steps this officer can take.
ordered_json describe_steps(const Call& call, const Plans& plans, const services::StoredPlan& plan) {
  const PlanApproval now = plans.approvals.find_approval(plans.code, plan);
  const auto live = plans.exams.find_live_plan(plans.code);
  const bool is_live = live && live->plan_digest == plan.digest && live->input_sha256 == plan.input_sha256;
  const bool proposed = now.step == PlanStep::proposed;
  ordered_json next = ordered_json::array();
  if (plan.unseated == 0 && services::may_be_proposed(now, is_live)) next.push_back("propose");
  if (proposed && now.proposed_by != call.actor().account) next.push_back("confirm");
  if (proposed || now.step == PlanStep::confirmed) next.push_back("take_back");
  ordered_json steps = as_json(now);
  steps.erase("version");
  steps["next_steps"] = std::move(next);
  steps["seated"] = plan.seated;
  steps["unseated"] = plan.unseated;
  return steps;
}

// What a refusal of going live tells: what would change for how many people, and what to send if that is meant.
ordered_json describe_refused(const Call& call, const Plans& plans, const std::string& digest) {
  const services::StoredPlan plan = services::find_stored_plan(plans.exams, plans.code, digest);
  const LiveDifference difference = compare_on_record(call, plans, digest);
  const bool first = difference.live_digest.empty();
  const std::int64_t concerned = first ? plan.seated : difference.told;
  ordered_json members = ordered_json::object();
  if (!first) members = as_json(difference);
  members["concerned"] = concerned;
  members.update(describe_steps(call, plans, plan));
  const bool second = plans.approvals.find_rule(plans.code).second_officer;
  ordered_json options{{"concerned", concerned}, {"live_version", difference.live_version}};
  if (!difference.made_from_live) options["instead_of"] = difference.live_digest;
  if (second && !services::is_confirmed(plans.approvals.find_approval(plans.code, plan))) options["emergency"] = true;
  members["options"] = std::move(options);
  return members;
}

// As the pages and the command ask: whoever replaces the live plan says how many people get another place. A first live
// plan takes nobody's place away; a number that is said has to be right all the same.
void require_concerned(const Plans& plans, const std::string& digest, const std::optional<std::int64_t>& said, services::LiveWish& wish) {
  const LiveDifference difference = services::compare_with_live(plans.exams, plans.code, digest);
  if (!wish.compared_with) wish.compared_with = difference.live_version;
  const bool other_base = !difference.made_from_live && wish.instead_of.empty();
  if (*wish.compared_with != difference.live_version || other_base) return;  // refused for that
  const bool first = difference.live_digest.empty();
  const std::int64_t concerned =
      first ? services::find_stored_plan(plans.exams, plans.code, digest).seated : difference.told;
  if (said ? *said == concerned : first || concerned == 0) return;
  const std::string people = group_digits(concerned);
  if (difference.withdrawn) {
    throw Conflict("people_concerned",
                   {fmt::format("The seats of this exam are withdrawn: {} {} then. Nothing was changed. If that plan is meant, "
                                "send this number as 'concerned'.",
                                count_people(concerned), word_for(concerned, "sees a seat", "see their seats")),
                    fmt::format("좌석 공개가 철회된 시험입니다. 확정하면 {}명이 자리를 보게 됩니다. 아무것도 바꾸지 않았습니다. "
                                "이 배정안이 맞으면 이 인원을 'concerned'로 보내십시오.",
                                people)});
  }
  if (first) {
    throw Conflict("people_concerned",
                   {fmt::format("This is the first live plan of the exam: {} {} then. Nothing was changed. If that plan is "
                                "meant, send this number as 'concerned'.",
                                count_people(concerned), word_for(concerned, "sees a seat", "see their seats")),
                    fmt::format("이 시험의 첫 확정 배정안으로, {}명이 자리를 보게 됩니다. 아무것도 바꾸지 않았습니다. 이 "
                                "배정안이 맞으면 이 인원을 'concerned'로 보내십시오.",
                                people)});
  }
  throw Conflict("people_concerned",
                 {fmt::format("{} {} another place than they were told. Nothing was changed. If that is meant, send this "
                              "number as 'concerned'.",
                              count_people(concerned), word_for(concerned, "gets", "get")),
                  fmt::format("안내받은 자리가 달라지는 사람이 {}명입니다. 아무것도 바꾸지 않았습니다. 그래도 되면 이 인원을 "
                              "'concerned'로 보내십시오.",
                              people)});
}

}  // namespace

Response step_plan_by_api(const Call& call) {
  const Plans plans = plans_of(call);
  const json body = read_json(call);
  try {
    return answer_json(as_json(take_step(call, plans, text_in(body, "step"), text_in(body, "reason"))));
  } catch (const Conflict& refusal) {
    const services::StoredPlan plan = services::find_stored_plan(plans.exams, plans.code, call.path.at("plan"));
    refuse_with(refusal, describe_steps(call, plans, plan));
  }
}

Response publish_plan_by_api(const Call& call) {
  const Plans plans = plans_of(call);
  const json body = read_json(call);
  services::LiveWish wish;
  wish.instead_of = text_in(body, "instead_of");
  wish.emergency = flag_in(body, "emergency");
  wish.compared_with = count_in(body, "live_version");
  const std::string digest = text_in(body, "plan");
  const std::string reason = text_in(body, "reason");
  try {
    require_concerned(plans, digest, count_in(body, "concerned"), wish);
    const services::LiveOutcome outcome = publish(call, plans, digest, wish, reason);
    return answer_json({{"plan", outcome.plan_digest}, {"version", outcome.version}, {"changed", outcome.changed}});
  } catch (const Conflict& refusal) {
    refuse_with(refusal, describe_refused(call, plans, digest));
  }
}

Response list_live_changes(const Call& call) {
  const Plans plans = plans_of(call);
  ordered_json answer{{"live_plans", ordered_json::array()}};
  for (const services::LiveChange& change : plans.approvals.list_live_changes(plans.code)) {
    answer["live_plans"].push_back({{"version", change.version},
                                    {"plan", change.plan_digest},
                                    {"before", change.before},
                                    {"author", change.author},
                                    {"at", format_instant(change.at)},
                                    {"emergency", change.emergency},
                                    {"withdrawn", change.withdrawn}});
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
