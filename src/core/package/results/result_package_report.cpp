// report.json of a decision.
#include <nlohmann/json.hpp>

#include "hanjari/package/result_package.h"

namespace hanjari::package {
namespace {

using nlohmann::json;
using namespace selection;

constexpr std::size_t most_listed = 1000;  // of one list of people

json mark(const std::optional<Mark>& value) {
  return value ? json(format_mark(*value)) : json();
}
json number(const std::optional<std::int64_t>& value) {
  return value ? json(*value) : json();
}
json text(const Text& value) {
  return {{"en", value.en}, {"ko", value.ko}};
}

json people(const std::vector<ApplicantNumber>& numbers) {
  json list = json::array();
  for (std::size_t i = 0; i < numbers.size() && i < most_listed; ++i) list.push_back(numbers[i].text());
  return {{"count", numbers.size()}, {"applicant_numbers", list}};
}

json posts_change(const std::optional<PostsChange>& change) {
  if (!change) return {};
  return {{"posts", change->posts},   {"to_pass", change->to_pass},   {"cut", mark(change->cut)},
          {"passed", change->passed}, {"more", people(change->more)}, {"fewer", people(change->fewer)}};
}

json unit_json(const DecisionReport& report, const UnitExplanation& explanation) {
  const UnitDecision& unit = report.decision.units[explanation.unit.value];
  json sentences = json::array();
  for (const Text& sentence : explanation.sentences) sentences.push_back(text(sentence));
  json object = {{"unit_code", report.loaded.results.units[explanation.unit.value].unit.code.text()},
                 {"posts", unit.posts},
                 {"applied", unit.applied},
                 {"sat", unit.sat},
                 {"above_line", unit.above_line},
                 {"to_pass", unit.to_pass},
                 {"passed", unit.passed},
                 {"cut", mark(unit.cut)},
                 {"tied_at_cut", people(explanation.tied_at_cut)},
                 {"veteran_cap", number(unit.veteran_cap)},
                 {"by_veteran", unit.by_veteran},
                 {"hero_cap", number(unit.hero_cap)},
                 {"by_hero", unit.by_hero},
                 {"shut_out_by_cap", people(explanation.shut_out_by_cap)},
                 {"preference_not_given", explanation.preference_not_given},
                 {"equality_target", number(unit.equality_target)},
                 {"missing", unit.missing},
                 {"equality_floor", mark(unit.equality_floor)},
                 {"equality_cut", mark(unit.equality_cut)},
                 {"passed_equality", unit.passed_equality},
                 {"one_post_more", posts_change(explanation.one_more)},
                 {"one_post_fewer", posts_change(explanation.one_fewer)},
                 {"sentences", sentences}};
  if (report.final != nullptr) {
    const FinalUnitDecision& final = report.final->units[explanation.unit.value];
    object["final"] = {{"interviewed", final.interviewed}, {"excellent", final.excellent},
                       {"ordinary", final.ordinary},       {"poor", final.poor},
                       {"passed", final.passed},           {"passed_equality", final.passed_equality},
                       {"called_up", final.called_up},     {"cut", mark(final.cut)}};
  }
  return object;
}

json comparison_json(const Comparison* comparison) {
  if (comparison == nullptr) return {};
  json cuts = json::array();
  for (const CutDifference& cut : comparison->cuts) {
    cuts.push_back({{"unit_code", cut.unit.text()},
                    {"cut_before", mark(cut.cut_before)},
                    {"cut_after", mark(cut.cut_after)},
                    {"passed_before", cut.passed_before},
                    {"passed_after", cut.passed_after}});
  }
  return {{"verdicts_changed", comparison->verdicts.size()},
          {"passed_before", comparison->passed_before},
          {"passed_after", comparison->passed_after},
          {"totals_changed", comparison->totals_changed},
          {"cuts", cuts}};
}

}  // namespace

std::string render_decision_json(const DecisionReport& report) {
  const Stage stage = report.final == nullptr ? Stage::written : Stage::final;
  std::int64_t sat = 0;
  std::int64_t passed = 0;
  json units = json::array();
  for (const UnitExplanation& explanation : report.units) {
    units.push_back(unit_json(report, explanation));
    sat += report.decision.units[explanation.unit.value].sat;
    passed += report.decision.units[explanation.unit.value].passed;
  }
  const json document = {{"stage", spell(stage)},
                         {"rules", json::parse(canonical_json(report.loaded.rules, stage))},
                         {"rules_sha256", digest_rules(report.loaded.rules, stage)},
                         {"input_sha256", report.loaded.input_sha256},
                         {"applied", report.loaded.results.people.size()},
                         {"sat", sat},
                         {"passed", passed},
                         {"units", units},
                         {"absent_as_zero", comparison_json(report.absent_as_zero)},
                         {"differences", comparison_json(report.differences)},
                         {"seconds", {{"load", report.seconds_load}, {"decide", report.seconds_decide}}},
                         {"peak_rss_mb", report.peak_rss_mb}};
  return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace hanjari::package
