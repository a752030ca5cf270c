// The rules of a decision on their way to being frozen by two people, before any decision is made.
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/results/results.h"

namespace hanjari::services {
namespace {

struct RulesStepWords {
  std::string_view word;
  Text name;
};
const std::array<RulesStepWords, 3> rules_step_words = {
    {{"open", {"not proposed", "상신 전"}}, {"proposed", {"proposed", "상신"}}, {"frozen", {"frozen", "동결"}}}};

[[noreturn]] void throw_wrong_rules_step(const RulesApproval& now, const Text& wanted) {
  const Text step = name_of(now.step);
  throw Conflict("wrong_rules_step", {fmt::format("The rules are {} and cannot be {}.", step.en, wanted.en),
                                      fmt::format("규칙이 '{}' 단계라 {}할 수 없습니다.", step.ko, wanted.ko)});
}

void require_seen(const std::string& seen_sha256, const std::string& rules_sha256) {
  if (seen_sha256 == rules_sha256) return;
  throw Conflict("rules_changed", {"These are other rules than those you saw. Read them again before you go on.",
                                   "확인하신 규칙과 다릅니다. 규칙을 다시 확인한 뒤 진행하십시오."});
}

RulesApproval save(ResultRepository& results, const ExamCode& exam, const RulesApproval& now, RulesApproval next,
                   const Change& change) {
  next.version = now.version + 1;
  next.changed_at = change.at;
  results.save_rules(exam, next, change);
  return next;
}

}  // namespace

std::string_view spell(RulesStep step) {
  return rules_step_words.at(static_cast<std::size_t>(step)).word;
}

Text name_of(RulesStep step) {
  return rules_step_words.at(static_cast<std::size_t>(step)).name;
}

std::string write_pass_rules(const package::LoadedResults& loaded) {
  std::string text = selection::canonical_json(loaded.rules, selection::Stage::written) + "\n";
  for (const selection::ResultUnit& unit : loaded.results.units) {
    text += fmt::format("{} posts={} to_pass={}\n", unit.unit.code.text(), unit.unit.posts,
                        unit.to_pass ? std::to_string(*unit.to_pass) : "pass_table");
  }
  return text;
}

RulesApproval propose_rules(ResultRepository& results, const ExamCode& exam, std::int64_t package,
                            const std::string& seen_sha256, const Change& change) {
  const ResultPackage proposed = find_package(results, exam, package);
  const RulesApproval now = results.find_rules(exam);
  if (now.step != RulesStep::open) throw_wrong_rules_step(now, {"proposed", "상신"});
  require_seen(seen_sha256, proposed.rules_sha256);
  RulesApproval next;
  next.step = RulesStep::proposed;
  next.rules_sha256 = proposed.rules_sha256;
  next.rules = proposed.rules;
  next.proposed_by = change.author;
  return save(results, exam, now, std::move(next), change);
}

RulesApproval freeze_rules(ResultRepository& results, const ExamCode& exam, const std::string& seen_sha256,
                           const Change& change) {
  const RulesApproval now = results.find_rules(exam);
  if (now.step != RulesStep::proposed) throw_wrong_rules_step(now, {"frozen", "동결"});
  require_seen(seen_sha256, now.rules_sha256);
  if (now.proposed_by == change.author) {
    throw Conflict("same_officer", {"You proposed these rules yourself. Another officer has to freeze them.",
                                    "본인이 상신한 규칙입니다. 다른 담당자가 동결해야 합니다."});
  }
  RulesApproval next = now;
  next.step = RulesStep::frozen;
  next.frozen_by = change.author;
  return save(results, exam, now, std::move(next), change);
}

RulesApproval take_back_rules(ResultRepository& results, const ExamCode& exam, const Change& change) {
  const RulesApproval now = results.find_rules(exam);
  if (now.step == RulesStep::open) throw_wrong_rules_step(now, {"taken back", "회수"});
  return save(results, exam, now, {}, change);
}

void require_frozen(const RulesApproval& approval, const ResultPackage& package) {
  if (approval.step != RulesStep::frozen) {
    throw Conflict("rules_not_frozen", {"Nothing is decided before two officers have frozen the rules of this exam.",
                                        "담당자 두 사람이 규칙을 동결하기 전에는 합격자를 결정할 수 없습니다."});
  }
  if (approval.rules_sha256 == package.rules_sha256) return;
  throw Conflict(
      "rules_not_frozen",
      {fmt::format("Version {} of the results has other rules than those that were frozen. Send the results with "
                   "the frozen rules and posts.",
                   package.version),
       fmt::format("결과 자료 {}판의 규칙이 동결된 규칙과 다릅니다. 동결된 규칙과 선발예정인원으로 자료를 다시 "
                   "보내십시오.",
                   package.version)});
}

}  // namespace hanjari::services
