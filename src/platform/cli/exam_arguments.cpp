#include "cli/exam_arguments.h"

#include <string>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/pin_rules.h"

namespace hanjari::cli {

Option encoding_option() {
  return {"encoding", "NAME", {"of the CSV files: utf8 (default) or cp949", "CSV 문자 인코딩: utf8(기본) 또는 cp949"}};
}

package::Encoding read_encoding(const Arguments& arguments) {
  const std::string name = arguments.find("encoding").value_or("utf8");
  if (const auto encoding = package::parse_encoding(name)) return *encoding;
  throw WrongUsage{{fmt::format("--encoding: '{}' is neither utf8 nor cp949", name),
                    in_korean("--encoding: '{}'[은/는] utf8도 cp949도 아닙니다", name)}};
}

void say_warnings(const std::vector<Fault>& warnings, const Terminal& terminal) {
  for (const Fault& warning : warnings)
    terminal.say({"warning: " + warning.format(Language::english), "주의: " + warning.format(Language::korean)});
}

Exam load_exam_argument(const Arguments& arguments, const std::string& folder, const Terminal& terminal, Say what) {
  package::LoadedExam loaded = [&] {
    try {
      return package::load_exam(folder, read_encoding(arguments), terminal.progress);
    } catch (const package::RefusedPackage& refused) {
      say_warnings(refused.warnings(), terminal);
      throw;
    }
  }();
  std::vector<Fault> said = std::move(loaded.warnings);
  if (what == Say::warnings_and_hints) said.insert(said.end(), loaded.hints.begin(), loaded.hints.end());
  say_warnings(said, terminal);
  return std::move(loaded.exam);
}

void require_sound_pins(const Exam& exam, const PlanRows* published) {
  Faults faults = find_misplaced_pins(exam, published);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
}

void judge_pins_of_first_plan(const Exam& exam, const Terminal& terminal) {
  require_sound_pins(exam, nullptr);
  if (exam.pins.empty()) return;
  const std::string pins = placed_in_sheet(exam, {"pins.csv", 0, {}, {}, {}}).file;
  terminal.say(
      {fmt::format("warning: {}: not used, because a pin keeps the place of a published plan and this is a first one", pins),
       fmt::format("주의: {}: 고정은 공고된 배정안의 자리를 지키는 것이라 첫 배정안에서는 쓰지 않습니다", pins)});
}

Text tell_incomplete(std::uint64_t unseated, std::uint64_t people) {
  const std::string count = group_digits(static_cast<long long>(unseated));
  const std::string all = group_digits(static_cast<long long>(people));
  return {fmt::format("incomplete: {} of {} {} no seat", count, count_people(static_cast<long long>(people)),
                      word_for(static_cast<long long>(unseated), "has", "have")),
          fmt::format("미완성: 응시자 {}명 중 {}명의 좌석이 없습니다", all, count)};
}

bool say_if_incomplete(const Exam& exam, const Plan& plan, const Terminal& terminal) {
  const std::size_t unseated = exam.applicants.size() - plan.placements.size();
  if (unseated == 0) return false;
  terminal.say(tell_incomplete(unseated, exam.applicants.size()));
  return true;
}

Exit exit_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::infeasible:
      return Exit::impossible;
    case PlanStatus::gave_up:
      return Exit::gave_up;
    case PlanStatus::optimal:
    case PlanStatus::feasible:
      break;
  }
  return Exit::done;
}

}  // namespace hanjari::cli
