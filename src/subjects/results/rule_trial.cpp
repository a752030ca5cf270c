#include "hanjari/results/rule_trial.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/nesting.h"
#include "hanjari/base/progress.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"
#include "hanjari/selection/compare.h"

namespace hanjari::services {
namespace {

constexpr std::size_t most_settings = 50;
constexpr std::size_t longest_settings = 1'900;  // bytes: the record of a trial holds all of them

void add_setting(std::string_view line, std::uint64_t number, RuleSettings& settings, Faults& faults) {
  const auto equals = line.find('=');
  const std::string name = equals == std::string_view::npos ? std::string() : clean_signs(std::string(line.substr(0, equals)));
  const std::string value = equals == std::string_view::npos ? std::string() : clean_signs(std::string(line.substr(equals + 1)));
  if (!name.empty() && !value.empty() && nesting_of(value) <= deepest_nesting && settings.size() < most_settings) {
    settings.emplace_back(name, value);
    return;
  }
  faults.add({"", number, "settings",
              {fmt::format("line {} is no setting", number), fmt::format("{}번째 줄은 설정이 아닙니다", number)},
              {fmt::format("write NAME=VALUE, at most {} lines: to_pass.UNIT=12", most_settings),
               fmt::format("이름=값으로 {}줄까지 적으십시오. 예: to_pass.모집단위=12", most_settings)}});
}

// The settings come from a form here, not from the command line.
package::LoadedResults load_changed(const package::PackedFiles& files, const ResultPackage& package,
                                    const RuleSettings& settings) {
  package::ResultChanges changes;
  changes.settings = settings;
  try {
    return package::load_results(files, selection::Stage::written, package.encoding, changes, no_progress());
  } catch (const InvalidInput& refused) {
    Faults faults;
    for (Fault fault : refused.faults().kept()) {
      if (fault.file == "--set") fault.file.clear();
      faults.add(std::move(fault));
    }
    throw InvalidInput("bad_settings", {"With these settings the results are no valid package.",
                                        "이 설정으로는 결과 자료가 올바르지 않습니다."}, std::move(faults));
  }
}

AuditNote note_of_trial(const StoredDecision& decision, const RuleSettings& settings) {
  AuditNote note{"decision.trial", fmt::format("{}/decision-{}", decision.exam.text(), decision.version), ""};
  note.exam = decision.exam.text();
  for (const auto& [name, value] : settings) note.detail += (note.detail.empty() ? "" : "; ") + name + "=" + value;
  return note;
}

}  // namespace

RuleSettings read_rule_settings(std::string_view text) {
  if (text.size() > longest_settings) {
    throw InvalidInput("bad_settings",
                       {fmt::format("The settings are too long. Write at most {} bytes.", longest_settings),
                        fmt::format("설정이 너무 깁니다. {}바이트 이내로 적으십시오.", longest_settings)});
  }
  RuleSettings settings;
  Faults faults;
  std::uint64_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (!is_blank_text(std::string(line))) add_setting(line, number, settings, faults);
  }
  if (!faults.empty()) {
    throw InvalidInput("bad_settings", {"These are not settings of rules.", "규칙의 설정 형식이 아닙니다."}, std::move(faults));
  }
  if (!settings.empty()) return settings;
  throw InvalidInput("settings_missing", {"Write what is to be changed, one setting on a line.",
                                          "바꿀 설정을 한 줄에 하나씩 적으십시오."});
}

RuleTrial try_rules(ResultRepository& results, AccessRecord& accesses, const StoredDecision& decision,
                    const RuleSettings& settings, const Change& change) {
  const ResultPackage package = find_package(results, decision.exam, decision.package_version);
  const package::PackedFiles files = load_decided_files(results, decision);
  // What is wrong with the settings is said before anything is decided.
  package::LoadedResults changed = load_changed(files, package, settings);
  const Decided decided =
      decide_package(package::load_results(files, selection::Stage::written, package.encoding, no_progress()));
  if (digest_decided(decided) != decision.decision_sha256) {
    throw Conflict("decision_differs", {"The results of this decision do not give it any more. Tell whoever maintains the program.",
                                        "이 결정의 결과 자료로 다시 계산한 값이 결정과 다릅니다. 프로그램 관리자에게 알리십시오."});
  }
  const Decided tried = decide_package(std::move(changed));
  accesses.record_access(change, note_of_trial(decision, settings));
  const selection::Comparison compared = selection::compare_decisions({decided.loaded.results, decided.decision},
                                                                      {tried.loaded.results, tried.decision});
  RuleTrial trial;
  trial.passed_decided = compared.passed_before;
  trial.passed_tried = compared.passed_after;
  trial.verdicts = std::ssize(compared.verdicts);
  trial.rules_sha256 = sha256(write_pass_rules(tried.loaded)).hex();
  const std::vector<selection::ResultUnit>& units = decided.loaded.results.units;
  for (std::size_t at = 0; at < units.size(); ++at) {
    const Unit& unit = units[at].unit;
    trial.units.push_back({unit.code, Text{unit.series_en.empty() ? unit.series_ko : unit.series_en, unit.series_ko},
                           decided.decision.units[at], tried.decision.units[at]});
  }
  return trial;
}

}  // namespace hanjari::services
