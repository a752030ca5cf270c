#include "publications/pages/office_candidates.h"

#include <charconv>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/publications/candidates.h"
#include "publications/pages/publication_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;
using services::Candidate;
using services::Candidates;

std::string address_of_candidates(const Call& call) {
  return fmt::format("/{}/exams/{}/candidates", code_of(call.language), encode_percent(call.path.at("code")));
}

std::string name_of_standing(const Call& call, const Candidate& one) {
  const auto words = [&](const char* key, const std::string& rank = {}) {
    return call.site.pages().text(call.language, key, {{"rank", rank}});
  };
  if (one.outcome == "declined") return words("candidates.declined");
  if (one.decline) return words(one.decline->counts() ? "candidates.confirmed" : "candidates.waits");
  if (one.registration) return words("candidates.registered");
  if (!one.reserve_rank.empty()) return words("candidates.reserve", one.reserve_rank);
  return words("candidates.passed");
}

json describe_candidate(const Call& call, const Candidate& one, const std::string& zone) {
  json row{{"number", one.number}, {"unit", one.unit}, {"total", one.total}, {"standing", name_of_standing(call, one)}};
  if (one.decline) {
    row["decline"] = {{"reason", one.decline->reason},
                      {"by", one.decline->entered_by},
                      {"at", write_moment(one.decline->entered_at, zone)}};
    if (one.decline->counts()) row["decline"]["confirmed"] = {{"by", one.decline->confirmed_by}};
    if (!one.decline->counts() && one.decline->entered_by == call.actor().account) row["own"] = true;
    if (!one.decline->counts() && one.decline->entered_by != call.actor().account) row["may_confirm"] = true;
    if (!one.decline->counts()) row["may_take_back"] = true;
  }
  if (one.registration) row["registration"] = {{"by", one.registration->entered_by}, {"at", write_moment(one.registration->entered_at, zone)}};
  if (!one.decline && !one.registration && one.reserve_rank.empty() && one.outcome != "declined") row["may_enrol"] = true;
  return row;
}

void describe_register(const Call& call, const Candidates& candidates, const std::string& zone, json& data) {
  bool waits_for_decision = false;
  json rows = json::array();
  for (const Candidate& one : candidates.people) {
    waits_for_decision = waits_for_decision || (one.decline && one.decline->counts() && one.outcome != "declined");
    rows.push_back(describe_candidate(call, one, zone));
  }
  data["register"] = {{"version", std::to_string(candidates.version)},
                      {"of", call.site.pages().text(call.language, "candidates.of",
                                                    {{"release", std::to_string(candidates.release)}, {"final", std::to_string(candidates.final)}})},
                      {"any", !rows.empty()},
                      {"people", std::move(rows)}};
  if (waits_for_decision)
    data["decide_anew"] = {{"address", fmt::format("/{}/exams/{}/final-decisions", code_of(call.language), encode_percent(call.path.at("code")))}};
}

// The fields of a new decline, with what was typed where it was refused.
void add_decline_fields(const Call& call, bool typed, FormView& form) {
  const auto say = [&](const char* name) { return call.site.pages().text(call.language, name); };
  const auto value = [&](const char* name) { return typed ? field_of(call.form, name) : std::string(); };
  form.add({.id = "applicant_number", .label = say("candidates.number"), .value = value("applicant_number"), .longest = 64});
  form.add({.id = "reason", .label = say("candidates.reason"), .hint = say("candidates.reason_hint"), .value = value("reason"), .longest = 300});
}

// `refused`: why a step was not taken, or why there is no register yet.
Response show_candidates_page(const Call& call, const Error* refused, int status) {
  const Pages& pages = call.site.pages();
  const PublicationsCall of = publications_of(call);
  const services::FinalStage stage = final_stage_of(call, of);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  Page page{.name = "candidates", .title = pages.text(call.language, "candidates.title")};
  page.data = {{"exam", exam_of_page(head, call.language)},
               {"publications", fmt::format("/{}/exams/{}/publications", code_of(call.language), encode_percent(of.code.text()))},
               {"action", address_of_candidates(call) + "/steps"},
               {"form_token", call.form_token}};
  FormView form;
  try {
    describe_register(call, services::open_candidates(stage, of.code, change_of_publication(call, "")), head.time_zone, page.data);
  } catch (const Conflict& none) {
    page.data["none"] = {{"why", none.message().in(call.language)}};
  }
  add_decline_fields(call, refused != nullptr && field_of(call.form, "step") == "enter", form);
  Frame frame = frame_of(call);
  if (refused != nullptr) {
    form.add_refusal(*refused, call.language);
    page.status = status;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
    frame.path = address_of_candidates(call);  // of the page in the other language, which takes no step
  }
  form.describe(page.data);
  return pages.show(frame, page);
}

void take_candidate_step(const Call& call, const std::string& word, const std::string& number, const std::string& reason, std::int64_t seen) {
  const PublicationsCall of = publications_of(call);
  const auto step = services::parse_candidate_step(word);
  if (!step) {
    throw InvalidInput("bad_request", {"The step is enrol, enter, confirm or take_back.",
                                       "단계는 enrol, enter, confirm, take_back 가운데 하나입니다."});
  }
  services::step_candidate(final_stage_of(call, of), of.code, *step, number, reason, seen, change_of_publication(call, ""));
}

std::int64_t version_in(const std::string& text) {
  std::int64_t version = -1;
  std::from_chars(text.data(), text.data() + text.size(), version);
  return version;
}

ordered candidate_json(const Candidate& one) {
  ordered value{{"applicant_number", one.number}, {"unit_code", one.unit}, {"outcome", one.outcome}, {"total", one.total}};
  value["reserve_rank"] = one.reserve_rank.empty() ? ordered(nullptr) : ordered(version_in(one.reserve_rank));
  value["decline"] = nullptr;
  if (one.decline)
    value["decline"] = {{"reason", one.decline->reason},
                        {"entered_by", one.decline->entered_by},
                        {"entered_at", format_instant(one.decline->entered_at)},
                        {"confirmed_by", one.decline->confirmed_by}};
  value["registered_at"] = one.registration ? ordered(format_instant(one.registration->entered_at)) : ordered(nullptr);
  return value;
}

Response answer_candidates(const Call& call) {
  const PublicationsCall of = publications_of(call);
  const Candidates candidates = services::open_candidates(final_stage_of(call, of), of.code, change_of_publication(call, ""));
  ordered answer{{"version", candidates.version}, {"release", candidates.release}, {"final_decision", candidates.final}, {"candidates", ordered::array()}};
  for (const Candidate& one : candidates.people) answer["candidates"].push_back(candidate_json(one));
  return answer_json(answer);
}

}  // namespace

Response show_candidates(const Call& call) {
  return show_candidates_page(call, nullptr, 200);
}

Response step_shown_candidate(const Call& call) {
  try {
    take_candidate_step(call, field_of(call.form, "step"), field_of(call.form, "applicant_number"), field_of(call.form, "reason"),
                        version_in(field_of(call.form, "version")));
    return redirect(address_of_candidates(call));
  } catch (const Conflict& refused) {
    return show_candidates_page(call, &refused, 409);
  } catch (const InvalidInput& refused) {
    return show_candidates_page(call, &refused, 422);
  }
}

Response list_candidates_by_api(const Call& call) {
  return answer_candidates(call);
}

Response step_candidate_by_api(const Call& call) {
  publications_of(call);
  const json body = read_json(call);
  take_candidate_step(call, text_in(body, "step"), text_in(body, "applicant_number"), text_in(body, "reason"),
                      count_in(body, "version").value_or(-1));
  return answer_candidates(call);
}

}  // namespace hanjari::web
