// The report of a decision: what the rules made of every unit, who stands at the cut, and what one post more or fewer
// would change.
#include "results/pages/office_decision.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "results/pages/result_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::StoredDecision;

constexpr const char* no_value = "–";

std::string address_of_decision(const Call& call, const StoredDecision& decision) {
  return fmt::format("/{}/exams/{}/results/decisions/{}", code_of(call.language), encode_percent(decision.exam.text()),
                     decision.version);
}

// A figure of report.json: a number, a mark, or none.
std::string figure(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return no_value;
  if (found->is_number_integer()) return group_digits(found->get<long long>());
  return found->is_string() ? found->get<std::string>() : no_value;
}

json numbers_of(const json& people) {
  std::string list;
  for (const json& number : people.value("applicant_numbers", json::array()))
    list += (list.empty() ? "" : ", ") + number.get<std::string>();
  json described{{"count", group_digits(people.value("count", 0LL))}};
  if (!list.empty()) described["list"] = list;
  return described;
}

void describe_posts(const json& unit, const char* key, json& row) {
  const auto change = unit.find(key);
  if (change == unit.end() || !change->is_object()) return;
  row[key] = {{"posts", figure(*change, "posts")},
              {"cut", figure(*change, "cut")},
              {"passed", figure(*change, "passed")},
              {"more", numbers_of(change->at("more"))},
              {"fewer", numbers_of(change->at("fewer"))}};
}

json describe_unit(const json& unit, Language language) {
  json row{{"code", unit.value("unit_code", std::string())}};
  for (const char* key : {"posts", "applied", "sat", "above_line", "to_pass", "passed", "cut", "passed_equality",
                          "equality_cut", "by_veteran", "by_hero"}) {
    row[key] = figure(unit, key);
  }
  row["tied"] = numbers_of(unit.at("tied_at_cut"));
  row["shut_out"] = numbers_of(unit.at("shut_out_by_cap"));
  describe_posts(unit, "one_post_more", row);
  describe_posts(unit, "one_post_fewer", row);
  row["sentences"] = json::array();
  for (const json& sentence : unit.value("sentences", json::array()))
    row["sentences"].push_back({{"text", sentence.at(language == Language::korean ? "ko" : "en")}});
  return row;
}

json describe_differences(const json& differences, const StoredDecision& decision) {
  json described{
      {"before", std::to_string(decision.before)},           {"verdicts", figure(differences, "verdicts_changed")},
      {"totals", figure(differences, "totals_changed")},     {"passed_before", figure(differences, "passed_before")},
      {"passed_after", figure(differences, "passed_after")}, {"cuts", json::array()}};
  for (const json& cut : differences.value("cuts", json::array())) {
    described["cuts"].push_back({{"code", cut.value("unit_code", std::string())},
                                 {"cut_before", figure(cut, "cut_before")},
                                 {"cut_after", figure(cut, "cut_after")},
                                 {"passed_before", figure(cut, "passed_before")},
                                 {"passed_after", figure(cut, "passed_after")}});
  }
  described["any_cut"] = !described["cuts"].empty();
  return described;
}

json describe_files(const StoredDecision& decision, const std::vector<std::string>& kept) {
  json files = json::array();
  for (const char* name : {"decisions.csv", "cuts.csv", "report.ko.html", "report.en.html", "passed.ko.html", "passed.en.html",
                           "differences.csv", "cut_differences.csv", "recorded_cases.csv"}) {
    if (std::find(kept.begin(), kept.end(), name) == kept.end()) continue;
    files.push_back({{"name", name},
                     {"address", fmt::format("/api/v1/exams/{}/decisions/{}/files/{}",
                                             encode_percent(decision.exam.text()), decision.version, name)}});
  }
  return files;
}

struct RefusedForm {
  const Error& why;
  int status;
  const char* field;  // number or settings
};

void add_refusal(const Call& call, const RefusedForm& refused, FormView& form, Page& page) {
  const std::string place = std::string("#") + refused.field;
  const auto* input = dynamic_cast<const InvalidInput*>(&refused.why);
  if (input != nullptr) {
    for (const Fault& fault : input->faults().kept()) form.add_fault_at(place, fault.format(call.language));
  }
  if (input == nullptr || input->faults().empty()) form.add_fault_at(place, refused.why.message().in(call.language));
  if (std::string typed = clean_signs(field_of(call.form, "number")); !typed.empty()) page.data["typed_number"] = std::move(typed);
  page.data["typed_settings"] = field_of(call.form, "settings");
  page.status = refused.status;
  page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
}

// `refused`: why no path was opened, or no rule tried; the page stays with what was typed.
Response show_decision_page(const Call& call, const RefusedForm* refused) {
  const ResultsCall of = results_of(call);
  const StoredDecision decision = decision_of(call, of);
  const json report = json::parse(
      services::take_decision_file(of.results, call.site.access(), decision, "report.json", change_of_call(call, "")));
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  Page page{
      .name = "decision",
      .title = call.site.pages().text(call.language, "decision.title", {{"number", std::to_string(decision.version)}})};
  page.data = {{"heading", page.title},
               {"exam",
                {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
                 {"on", write_day(head.exam_on, call.language)}}},
               {"results", fmt::format("/{}/exams/{}/results", code_of(call.language), encode_percent(of.code.text()))},
               {"special_cases", fmt::format("/{}/exams/{}/special-cases", code_of(call.language), encode_percent(of.code.text()))},
               {"paths", address_of_decision(call, decision) + "/paths"},
               {"trials", address_of_decision(call, decision) + "/rule-trials"},
               {"form_token", call.form_token},
               {"package", std::to_string(decision.package_version)},
               {"package_digest", decision.package_sha256},
               {"rules_digest", decision.rules_sha256},
               {"digest", decision.decision_sha256},
               {"author", decision.author},
               {"at", write_moment(decision.at, head.time_zone)},
               {"applied", figure(report, "applied")},
               {"sat", figure(report, "sat")},
               {"passed", figure(report, "passed")},
               {"units", json::array()},
               {"files", describe_files(decision, of.results.list_files(decision))}};
  for (const json& unit : report.at("units")) page.data["units"].push_back(describe_unit(unit, call.language));
  if (!decision.cases_sha256.empty()) page.data["cases"] = {{"digest", decision.cases_sha256}};
  if (services::is_overtaken(of.results, decision))
    page.data["overtaken"] = {{"words", call.site.pages().text(call.language, "special_cases.overtaken",
                                                              {{"number", std::to_string(decision.version)}})}};
  if (decision.before > 0 && report.at("differences").is_object())
    page.data["differences"] = describe_differences(report.at("differences"), decision);
  FormView form;
  Frame frame = frame_of(call);
  if (refused != nullptr) {
    add_refusal(call, *refused, form, page);
    frame.path = address_of_decision(call, decision);  // of the page in the other language
  }
  form.describe(page.data);
  return call.site.pages().show(frame, page);
}

Response show_opened_path(const Call& call, const services::PersonPath& path) {
  Page page{.name = "decision_path", .title = call.site.pages().text(call.language, "decision.path")};
  page.data = {{"number", path.number}, {"unit", path.unit.text()}, {"steps", json::array()}};
  page.data["decision"] = fmt::format("/{}/exams/{}/results/decisions/{}", code_of(call.language),
                                      encode_percent(call.path.at("code")), call.path.at("decision"));
  for (const selection::Step& step : path.steps)
    page.data["steps"].push_back({{"rule", std::to_string(step.rule)}, {"sentence", step.sentence.in(call.language)}});
  page.repost = Values{{"number", path.number}};
  return show(call, page);
}

std::string mark_or_none(const std::optional<selection::Mark>& mark) {
  return mark ? selection::format_mark(*mark) : std::string(no_value);
}

// The figure of the decision, then that of the other rules; marked where they differ.
json beside(const std::string& decided, const std::string& tried) {
  json figures{{"decided", decided}, {"tried", tried}};
  if (decided != tried) figures["differs"] = true;
  return figures;
}

json beside(std::int64_t decided, std::int64_t tried) {
  return beside(group_digits(decided), group_digits(tried));
}

Response show_trial(const Call& call, const std::string& settings, const services::RuleTrial& trial) {
  Page page{.name = "rule_trial", .title = call.site.pages().text(call.language, "decision.trial")};
  page.data = {{"settings", settings},
               {"passed", beside(trial.passed_decided, trial.passed_tried)},
               {"verdicts", group_digits(trial.verdicts)},
               {"digest", trial.rules_sha256},
               {"units", json::array()}};
  page.data["decision"] = fmt::format("/{}/exams/{}/results/decisions/{}", code_of(call.language),
                                      encode_percent(call.path.at("code")), call.path.at("decision"));
  for (const services::TriedUnit& unit : trial.units) {
    page.data["units"].push_back({{"code", unit.code.text()},
                                  {"name", unit.name.in(call.language)},
                                  {"posts", beside(unit.decided.posts, unit.tried.posts)},
                                  {"to_pass", beside(unit.decided.to_pass, unit.tried.to_pass)},
                                  {"above_line", beside(unit.decided.above_line, unit.tried.above_line)},
                                  {"passed", beside(unit.decided.passed, unit.tried.passed)},
                                  {"cut", beside(mark_or_none(unit.decided.cut), mark_or_none(unit.tried.cut))},
                                  {"equality", beside(unit.decided.passed_equality, unit.tried.passed_equality)}});
  }
  page.repost = Values{{"settings", settings}};
  return show(call, page);
}

}  // namespace

Response show_decision(const Call& call) {
  return show_decision_page(call, nullptr);
}

Response show_path(const Call& call) {
  try {
    return show_opened_path(call, open_sent_path(call, field_of(call.form, "number"), field_of(call.form, "reason")));
  } catch (const NotFound& refused) {
    const RefusedForm form{refused, 404, "number"};
    return show_decision_page(call, &form);
  } catch (const InvalidInput& refused) {
    const RefusedForm form{refused, 422, "number"};
    return show_decision_page(call, &form);
  }
}

Response show_rule_trial(const Call& call) {
  const std::string settings = field_of(call.form, "settings");
  try {
    return show_trial(call, settings,
                      try_sent_rules(call, services::read_rule_settings(settings), field_of(call.form, "reason")));
  } catch (const InvalidInput& refused) {
    const RefusedForm form{refused, 422, "settings"};
    return show_decision_page(call, &form);
  }
}

}  // namespace hanjari::web
