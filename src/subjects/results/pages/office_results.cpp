// Packages, the rules on their way to being frozen, decisions, and what is to be done next.
#include "results/pages/office_results.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/results/result_jobs.h"
#include "results/pages/planned_rules.h"
#include "results/pages/result_calls.h"
#include "site/pages/counts.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::ResultPackage;
using services::RulesApproval;
using services::RulesStep;
using services::StoredDecision;

constexpr std::size_t shown_digits = 12;  // of a digest

std::string address_of_results(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/results", code_of(call.language), encode_percent(code.text()));
}

std::int64_t version_in(const std::string& text) {
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  return error == std::errc{} && end == text.data() + text.size() ? version : 0;
}

// Everything of an exam's results, read once for a page.
struct Shown {
  std::vector<ResultPackage> packages;
  RulesApproval rules;
  std::vector<StoredDecision> decisions;
  std::string time_zone;
  std::optional<std::string> cases;  // services::digest_counting_cases

  // The one with the special cases that count now, else the newest.
  const StoredDecision* decision_on(const ResultPackage& package) const {
    const StoredDecision* newest = nullptr;
    for (const StoredDecision& one : decisions) {
      if (one.package != package.id) continue;
      if (cases == one.cases_sha256) return &one;
      if (newest == nullptr) newest = &one;
    }
    return newest;
  }
  // Whether the newest results were decided on, with other special cases than those that count now.
  bool is_overtaken(const ResultPackage& package) const {
    const StoredDecision* decision = decision_on(package);
    return &package == &packages.front() && decision != nullptr && cases != decision->cases_sha256;
  }
  bool is_frozen(const ResultPackage& package) const {
    return rules.step == RulesStep::frozen && rules.rules_sha256 == package.rules_sha256;
  }
};

// The name of the sentence that says what is next.
const char* next_of(const Shown& shown) {
  if (shown.packages.empty()) return "results.next_send";
  if (shown.rules.step == RulesStep::open) return "results.next_propose";
  if (shown.rules.step == RulesStep::proposed) return "results.next_freeze";
  if (!shown.is_frozen(shown.packages.front())) return "results.next_other_rules";
  if (shown.is_overtaken(shown.packages.front())) return "results.next_overtaken";
  return shown.decision_on(shown.packages.front()) == nullptr ? "results.next_decide" : "results.next_decided";
}

json describe_packages(const Call& call, const Shown& shown, const std::string& address) {
  json rows = json::array();
  for (const ResultPackage& package : shown.packages) {
    json row{{"version", std::to_string(package.version)},
             {"people", write_count(package.people, Counted::people, call.language)},
             {"units", write_count(package.units, Counted::things, call.language)},
             {"warnings", write_count(package.warnings, Counted::cases, call.language)},
             {"digest", package.package_sha256.substr(0, shown_digits)},
             {"rules", package.rules_sha256.substr(0, shown_digits)},
             {"author", package.author},
             {"at", write_moment(package.at, shown.time_zone)}};
    const StoredDecision* decision = shown.decision_on(package);
    if (decision != nullptr) {
      row["decision"] = {{"address", fmt::format("{}/decisions/{}", address, decision->version)},
                         {"number", std::to_string(decision->version)}};
    }
    if (shown.is_frozen(package) && (decision == nullptr || shown.is_overtaken(package))) {
      row["decide"] = {
          {"action", address + "/decisions"}, {"package", std::to_string(package.version)}, {"token", call.form_token}};
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// What is proposed or frozen; before that the rules of the newest package, which somebody may propose.
json describe_rules(const Call& call, const Shown& shown, const std::string& address) {
  const RulesApproval& now = shown.rules;
  const bool open = now.step == RulesStep::open;
  const std::string& digest = open ? shown.packages.front().rules_sha256 : now.rules_sha256;
  json rules{{"step", services::name_of(now.step).in(call.language)},
             {"digest", digest},
             {"text", open ? shown.packages.front().rules : now.rules},
             {"action", address + "/rules"},
             {"token", call.form_token},
             {"package", std::to_string(shown.packages.empty() ? 0 : shown.packages.front().version)},
             {"may_propose", open},
             {"may_freeze", now.step == RulesStep::proposed && now.proposed_by != call.actor().account},
             {"own_proposal", now.step == RulesStep::proposed && now.proposed_by == call.actor().account},
             {"may_take_back", !open && shown.decisions.empty()}};
  json differences = compare_with_planned_rules(call, results_of(call).code, rules["text"].get<std::string>());
  if (!differences.empty()) rules["planned_otherwise"] = {{"rows", std::move(differences)}};
  if (!now.proposed_by.empty()) rules["proposed"] = {{"by", now.proposed_by}};
  if (!now.frozen_by.empty()) rules["frozen"] = {{"by", now.frozen_by}};
  return rules;
}

json describe_decisions(const Shown& shown, const std::string& address) {
  json rows = json::array();
  for (const StoredDecision& decision : shown.decisions) {
    rows.push_back({{"number", std::to_string(decision.version)},
                    {"address", fmt::format("{}/decisions/{}", address, decision.version)},
                    {"package", std::to_string(decision.package_version)},
                    {"digest", decision.decision_sha256.substr(0, shown_digits)},
                    {"author", decision.author},
                    {"at", write_moment(decision.at, shown.time_zone)}});
  }
  return rows;
}

json describe_running(const Call& call, const ResultsCall& of) {
  json running = json::array();
  for (const char* kind : {services::result_import_job_kind, services::decision_job_kind}) {
    for (const services::Job& job : of.jobs.list_jobs({.exam = of.code.text(), .kind = kind, .limit = 1})) {
      if (services::is_over(job.state)) continue;
      running.push_back({{"kind", services::name_of_kind(kind).in(call.language)},
                         {"state", services::name_of(job.state).in(call.language)},
                         {"address", fmt::format("/{}/jobs/{}", code_of(call.language), job.id)}});
    }
  }
  return running;
}

Response show_results_page(const Call& call, const InvalidInput* refused) {
  const Pages& pages = call.site.pages();
  const ResultsCall of = results_of(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  const Shown shown{of.results.list_packages(of.code), of.results.find_rules(of.code), of.results.list_decisions(of.code),
                    head.time_zone, services::digest_counting_cases(of.results, of.code)};
  const std::string address = address_of_results(call, of.code);
  Page page{.name = "results", .title = pages.text(call.language, "results.title")};
  page.data = {{"exam",
                {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
                 {"on", write_day(head.exam_on, call.language)}}},
               {"next", pages.text(call.language, next_of(shown))},
               {"action", address},
               {"publications", fmt::format("/{}/exams/{}/publications", code_of(call.language), encode_percent(of.code.text()))},
               {"special_cases", fmt::format("/{}/exams/{}/special-cases", code_of(call.language), encode_percent(of.code.text()))},
               {"interviews", fmt::format("/{}/exams/{}/interviews", code_of(call.language), encode_percent(of.code.text()))},
               {"form_token", call.form_token},
               {"limit", pages.text(call.language, "results.limit",
                                    {{"most", std::to_string(services::longest_packed_results / 1'000'000)}})},
               {"running", describe_running(call, of)},
               {"packages", describe_packages(call, shown, address)},
               {"any_package", !shown.packages.empty()},
               {"decisions", describe_decisions(shown, address)},
               {"any_decision", !shown.decisions.empty()}};
  if (!shown.packages.empty() || shown.rules.step != RulesStep::open)
    page.data["rules"] = describe_rules(call, shown, address);
  FormView form;
  if (refused != nullptr) {
    for (const Fault& fault : refused->faults().kept()) form.add_fault("", fault.format(call.language));
    if (refused->faults().empty()) form.add_fault("", refused->message().in(call.language));
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

Response to_job(const Call& call, const services::Job& job) {
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

}  // namespace

Response show_results(const Call& call) {
  return show_results_page(call, nullptr);
}

Response order_shown_results(const Call& call) {
  const auto file =
      std::find_if(call.files.begin(), call.files.end(), [](const FormPart& part) { return part.name == "package"; });
  try {
    return to_job(call, order_sent_results(call, file == call.files.end() ? std::string_view{} : file->content,
                                           field_of(call.form, "encoding"), field_of(call.form, "reason")));
  } catch (const InvalidInput& refused) {
    return show_results_page(call, &refused);
  }
}

Response step_shown_rules(const Call& call) {
  take_rules_step(call, field_of(call.form, "step"), version_in(field_of(call.form, "package")),
                  field_of(call.form, "rules_sha256"), field_of(call.form, "reason"));
  return redirect(address_of_results(call, ExamCode(call.path.at("code"))));
}

Response order_shown_decision(const Call& call) {
  return to_job(call,
                order_sent_decision(call, version_in(field_of(call.form, "package")),
                                    field_of(call.form, "marks_are_raw").empty() ? services::RawMarks::judged : services::RawMarks::confirmed,
                                    field_of(call.form, "reason")));
}

}  // namespace hanjari::web
