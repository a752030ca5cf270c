#include "results/pages/results_api.h"

#include <fmt/format.h>

#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "results/pages/result_calls.h"

namespace hanjari::web {
namespace {

using ordered = nlohmann::ordered_json;

Response accepted_result_job(const services::Job& job) {
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

ordered rules_json(const services::RulesApproval& rules) {
  return {{"step", services::spell(rules.step)}, {"rules_sha256", rules.rules_sha256}, {"rules", rules.rules},
          {"proposed_by", rules.proposed_by},    {"frozen_by", rules.frozen_by},       {"version", rules.version}};
}

ordered package_json(const services::ResultPackage& package) {
  return {{"version", package.version},
          {"package_sha256", package.package_sha256},
          {"input_sha256", package.input_sha256},
          {"rules_sha256", package.rules_sha256},
          {"people", package.people},
          {"units", package.units},
          {"warnings", package.warnings},
          {"author", package.author},
          {"imported_at", format_instant(package.at)}};
}

ordered decision_json(const services::StoredDecision& decision) {
  return {{"version", decision.version},
          {"package", decision.package_version},
          {"package_sha256", decision.package_sha256},
          {"rules_sha256", decision.rules_sha256},
          {"decision_sha256", decision.decision_sha256},
          {"cases_sha256", decision.cases_sha256},
          {"before", decision.before},
          {"author", decision.author},
          {"decided_at", format_instant(decision.at)}};
}

std::string type_of(const std::string& name) {
  if (name.ends_with(".csv")) return "text/csv; charset=utf-8";
  return name.ends_with(".json") ? "application/json" : "text/html; charset=utf-8";
}

ordered mark_json(const std::optional<selection::Mark>& mark) {
  return mark ? ordered(selection::format_mark(*mark)) : ordered(nullptr);
}

ordered unit_figures(const selection::UnitDecision& unit) {
  return {{"posts", unit.posts},   {"to_pass", unit.to_pass},    {"above_line", unit.above_line},
          {"passed", unit.passed}, {"cut", mark_json(unit.cut)}, {"passed_equality", unit.passed_equality}};
}

}  // namespace

Response list_results_by_api(const Call& call) {
  const ResultsCall of = results_of(call);
  ordered answer{{"packages", ordered::array()},
                 {"rules", rules_json(of.results.find_rules(of.code))},
                 {"decisions", ordered::array()}};
  for (const auto& package : of.results.list_packages(of.code)) answer["packages"].push_back(package_json(package));
  const auto counting = services::digest_counting_cases(of.results, of.code);
  for (const auto& decision : of.results.list_decisions(of.code)) {
    answer["decisions"].push_back(decision_json(decision));
    answer["decisions"].back()["overtaken"] = counting != decision.cases_sha256;
  }
  return answer_json(answer);
}

Response order_results_by_api(const Call& call) {
  results_of(call);  // an exam that is not there is said before what is wrong with what was sent
  const std::string_view type = call.request.header("content-type");
  if (!type.starts_with("application/zip") &&
      !type.starts_with("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")) {
    throw InvalidInput("not_a_zip", {"Send the ZIP file of a result package with Content-Type: application/zip.",
                                     "Content-Type: application/zip으로 결과 자료의 ZIP 파일을 보내십시오."});
  }
  return accepted_result_job(
      order_sent_results(call, call.request.body, field_of(call.query, "encoding"), field_of(call.query, "reason")));
}

Response step_rules_by_api(const Call& call) {
  results_of(call);
  const nlohmann::json body = read_json(call);
  return answer_json(rules_json(take_rules_step(call, text_in(body, "step"), count_in(body, "package").value_or(0),
                                                text_in(body, "rules_sha256"), text_in(body, "reason"))));
}

Response order_decision_by_api(const Call& call) {
  results_of(call);
  const nlohmann::json body = read_json(call);
  const auto marks = flag_in(body, "marks_are_raw") ? services::RawMarks::confirmed : services::RawMarks::judged;
  return accepted_result_job(order_sent_decision(call, count_in(body, "package").value_or(0), marks, text_in(body, "reason")));
}

Response describe_decision_by_api(const Call& call) {
  const ResultsCall of = results_of(call);
  const services::StoredDecision decision = decision_of(call, of);
  ordered answer = decision_json(decision);
  answer["overtaken"] = services::is_overtaken(of.results, decision);
  answer["report"] = ordered::parse(
      services::take_decision_file(of.results, call.site.access(), decision, "report.json", change_of_call(call, "")));
  return answer_json(answer);
}

Response open_path_by_api(const Call& call) {
  results_of(call);
  const nlohmann::json body = read_json(call);
  const services::PersonPath path = open_sent_path(call, text_in(body, "applicant_number"), text_in(body, "reason"));
  ordered answer{{"applicant_number", path.number}, {"unit_code", path.unit.text()}, {"steps", ordered::array()}};
  for (const selection::Step& step : path.steps)
    answer["steps"].push_back({{"rule", step.rule}, {"en", step.sentence.en}, {"ko", step.sentence.ko}});
  return answer_json(answer);
}

Response try_rules_by_api(const Call& call) {
  results_of(call);
  const nlohmann::json body = read_json(call);
  const services::RuleTrial trial =
      try_sent_rules(call, services::read_rule_settings(text_in(body, "settings")), text_in(body, "reason"));
  ordered answer{{"passed", {{"decided", trial.passed_decided}, {"tried", trial.passed_tried}}},
                 {"verdicts", trial.verdicts},
                 {"rules_sha256", trial.rules_sha256},
                 {"units", ordered::array()}};
  for (const services::TriedUnit& unit : trial.units) {
    answer["units"].push_back({{"unit_code", unit.code.text()},
                               {"decided", unit_figures(unit.decided)},
                               {"tried", unit_figures(unit.tried)}});
  }
  return answer_json(answer);
}

Response download_decision_file(const Call& call) {
  const ResultsCall of = results_of(call);
  const services::StoredDecision decision = decision_of(call, of);
  const std::string& name = call.path.at("part");
  Response response;
  response.body =
      services::take_decision_file(of.results, call.site.access(), decision, name, change_of_call(call, ""));
  response.type = type_of(name);
  // Never shown in the frame of our pages.
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", encode_percent(name)));
  return response;
}

}  // namespace hanjari::web
