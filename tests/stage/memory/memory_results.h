// Results in memory, under the rules that the database holds.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/results/results.h"

namespace hanjari::tests {

class MemoryResults : public services::ResultRepository {
 public:
  services::ResultPackage add_package(const services::ResultPackage& package, std::string_view zip,
                                      const services::Change&) override {
    for (const services::ResultPackage& one : packages) {
      if (one.exam == package.exam && one.package_sha256 == package.package_sha256) return one;
    }
    services::ResultPackage kept = package;
    kept.version = static_cast<std::int64_t>(list_packages(package.exam).size()) + 1;
    packages.push_back(kept);
    zips[kept.id] = zip;
    return kept;
  }
  std::vector<services::ResultPackage> list_packages(const ExamCode& exam) override {
    return of_exam(packages, exam);
  }
  std::string load_package(const services::ResultPackage& package) override {
    ++packages_opened;
    const auto found = zips.find(package.id);
    if (found == zips.end()) throw NotFound("results_destroyed", {"gone", "없음"});
    return found->second;
  }
  services::RulesApproval find_rules(const ExamCode&) override { return rules; }
  void save_rules(const ExamCode& exam, const services::RulesApproval& next, const services::Change&) override {
    if (before_save) before_save();
    if (!list_decisions(exam).empty()) throw Conflict("already_decided", {"decided", "결정됨"});
    if (rules.version != next.version - 1) throw Conflict("rules_step_changed", {"changed", "바뀜"});
    rules = next;
  }
  services::StoredDecision add_decision(const services::StoredDecision& decision, const services::DecisionFiles& made,
                                        const services::Change& change) override {
    for (const services::StoredDecision& one : decisions) {
      if (one.package != decision.package || one.cases_sha256 != decision.cases_sha256) continue;
      if (one.decision_sha256 == decision.decision_sha256) return one;
      throw Conflict("decision_differs", {"differs", "다름"});
    }
    if (rules.step != services::RulesStep::frozen || rules.rules_sha256 != decision.rules_sha256)
      throw Conflict("rules_not_frozen", {"not frozen", "동결 전"});
    if (services::digest_recorded_cases(list_counting_cases(decision.exam)) != decision.cases_sha256)
      throw Conflict("special_cases_changed", {"changed", "바뀜"});
    services::StoredDecision kept = decision;
    kept.version = static_cast<std::int64_t>(list_decisions(decision.exam).size()) + 1;
    decisions.push_back(kept);
    files[kept.id] = made;
    reason_of_decision = change.reason;
    for (services::RecordedCase& one : cases) {
      if (one.exam != decision.exam || !one.counts() || one.used_in != 0) continue;
      one.used_in = kept.version;
      ++one.version;
    }
    return kept;
  }
  std::vector<services::StoredDecision> list_decisions(const ExamCode& exam) override {
    return of_exam(decisions, exam);
  }
  std::string load_file(const services::StoredDecision& decision, const std::string& name) override {
    const auto found = files[decision.id].find(name);
    if (found == files[decision.id].end()) throw NotFound("results_destroyed", {"gone", "없음"});
    return found->second;
  }
  std::vector<std::string> list_files(const services::StoredDecision& decision) override {
    std::vector<std::string> names;
    for (const auto& [name, content] : files[decision.id]) names.push_back(name);
    return names;
  }

  services::RecordedCase add_case(const services::RecordedCase& entered, const services::Change&) override {
    services::RecordedCase kept = entered;
    kept.case_no = 1;
    for (const services::RecordedCase& one : cases) {
      if (one.exam != entered.exam) continue;
      if (one.number == entered.number && one.step != services::CaseStep::taken_back)
        throw Conflict("special_case_there", {"there", "있음"});
      ++kept.case_no;
    }
    cases.push_back(kept);
    return kept;
  }
  void save_case(const services::RecordedCase& next, const services::Change&) override {
    if (before_save) before_save();
    for (services::RecordedCase& one : cases) {
      if (one.id != next.id || one.version != next.version - 1) continue;
      one = next;
      return;
    }
    throw Conflict("special_case_changed", {"changed", "바뀜"});
  }
  std::optional<services::RecordedCase> find_case(const ExamCode& exam, std::int64_t case_no) override {
    for (const services::RecordedCase& one : cases) {
      if (one.exam == exam && one.case_no == case_no) return one;
    }
    return std::nullopt;
  }
  std::vector<services::RecordedCase> list_cases(const ExamCode& exam, const services::CaseQuery& query) override {
    std::vector<services::RecordedCase> found;
    for (const services::RecordedCase& one : of_exam(cases, exam)) {
      if (query.number && one.number != *query.number) continue;
      if (query.before_no > 0 && one.case_no >= query.before_no) continue;
      if (found.size() < query.limit) found.push_back(one);
    }
    return found;
  }
  std::vector<services::RecordedCase> list_counting_cases(const ExamCode& exam) override {
    std::vector<services::RecordedCase> found;
    for (const services::RecordedCase& one : cases) {
      if (one.exam == exam && one.counts()) found.push_back(one);
    }
    return found;
  }

  std::vector<services::RecordedCase> cases;      // oldest first
  std::vector<services::ResultPackage> packages;  // oldest first
  std::vector<services::StoredDecision> decisions;
  std::map<std::string, std::string> zips;              // by id of the package
  std::map<std::string, services::DecisionFiles> files;  // by id of the decision
  services::RulesApproval rules;
  std::string reason_of_decision;  // of the newest, as the trail says it
  std::function<void()> before_save;  // what somebody else does meanwhile
  int packages_opened = 0;

 private:
  template <class Kept>
  static std::vector<Kept> of_exam(const std::vector<Kept>& all, const ExamCode& exam) {
    std::vector<Kept> found;
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
      if (one->exam == exam) found.push_back(*one);
    }
    return found;
  }
};

}  // namespace hanjari::tests
