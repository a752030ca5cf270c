#include "hanjari/results/decided.h"

#include <algorithm>
#include <utility>

#include "hanjari/base/digest.h"
#include "hanjari/report/decision_report.h"

namespace hanjari::services {

Decided decide_package(package::LoadedResults loaded) {
  selection::ElectiveStatistics statistics = selection::measure_electives(loaded.results, loaded.rules);
  selection::Decision decision = selection::decide(loaded.results, loaded.rules, statistics);
  return {std::move(loaded), std::move(statistics), std::move(decision)};
}

std::vector<selection::Step> explain_path(const Decided& decided, selection::PersonIndex person) {
  return selection::explain_person(decided.loaded.results, decided.loaded.rules, decided.statistics, decided.decision,
                                   person);
}

std::optional<selection::Comparison> compare_with_absent_as_zero(const Decided& decided) {
  const selection::Results& results = decided.loaded.results;
  const bool known =
      std::any_of(results.people.begin(), results.people.end(),
                  [](const selection::ResultPerson& person) { return !person.sat() && !person.chosen.empty(); });
  if (!known) return std::nullopt;
  const selection::Decision wrong = selection::decide(
      results, decided.loaded.rules, selection::measure_with_absent_as_zero(results, decided.loaded.rules));
  return selection::compare_decisions({results, decided.decision}, {results, wrong});
}

void write_reports(const Decided& decided, const ReportedBeside& beside,
                   const std::function<void(const std::string& name, std::string_view bytes)>& take) {
  const selection::Results& results = decided.loaded.results;
  const auto units = selection::explain_units(results, decided.loaded.rules, decided.statistics, decided.decision);
  const std::optional<selection::Comparison> zero = compare_with_absent_as_zero(decided);
  const report::DecisionPage page{results,
                                  decided.loaded.rules,
                                  decided.decision,
                                  units,
                                  decided.loaded.input_sha256,
                                  beside.final,
                                  zero ? &*zero : nullptr,
                                  beside.differences,
                                  beside.exam,
                                  beside.supposed,
                                  beside.other_package};
  const std::string list = beside.final != nullptr ? "passed_final" : "passed";
  for (const auto& [language, ending] : {std::pair(Language::english, ".en.html"), std::pair(Language::korean, ".ko.html")}) {
    if (beside.pass_list) take(list + ending, report::render_pass_list(page, language));
    take(std::string("report") + ending, report::render_decision_report(page, language));
  }
  const package::DecisionReport report{decided.loaded,     decided.decision,      units,
                                       page.final,         page.absent_as_zero,   page.differences,
                                       beside.seconds_load, beside.seconds_decide, beside.peak_rss_mb};
  take("report.json", package::render_decision_json(report));
}

std::string digest_decision(const std::string& decisions_csv, const std::string& cuts_csv) {
  return Sha256().update(decisions_csv).update(cuts_csv).finish().hex();
}

std::string digest_decided(const Decided& decided) {
  std::string decisions;
  std::string cuts;
  package::write_decisions(decided.loaded.results, decided.loaded.rules, decided.decision,
                           [&](std::string_view bytes) { decisions += bytes; });
  package::write_cuts(decided.loaded.results, decided.decision, [&](std::string_view bytes) { cuts += bytes; });
  return digest_decision(decisions, cuts);
}

}  // namespace hanjari::services
