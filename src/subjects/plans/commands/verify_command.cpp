// hanjari verify: judges any plan of an exam.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/verification/verify.h"
#include "program/operator_commands.h"

namespace hanjari::cli {
namespace {

using nlohmann::ordered_json;
using verification::Verdict;
using verification::Violation;

std::string as_json(const Verdict& verdict) {
  ordered_json counts = ordered_json::object();
  for (const std::string_view code : verification::violation_codes()) {
    if (const auto found = verdict.counts.find(std::string(code)); found != verdict.counts.end()) {
      counts[found->first] = found->second;
    }
  }
  ordered_json violations = ordered_json::array();
  for (const Violation& violation : verdict.violations) {
    violations.push_back({{"code", violation.code},
                          {"subject", violation.subject},
                          {"message", {{"en", violation.message.en}, {"ko", violation.message.ko}}}});
  }
  const ordered_json document = {{"clean", verdict.clean()},
                                 {"people_checked", verdict.people_checked},
                                 {"rooms_checked", verdict.rooms_checked},
                                 {"counts", counts},
                                 {"violations", violations}};
  // A plan may hold any bytes; what is told of it stays readable.
  return document.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string grouped(std::uint64_t count) {
  return group_digits(static_cast<long long>(count));
}

std::string as_lines(const Verdict& verdict, Language language) {
  std::string lines;
  for (const Violation& violation : verdict.violations) {
    lines += fmt::format("{} {}: {}\n", violation.code, violation.subject, violation.message.in(language));
  }
  return lines;
}

Text summary(const Verdict& verdict) {
  const std::string people = grouped(verdict.people_checked);
  const std::string rooms = grouped(verdict.rooms_checked);
  if (verdict.clean()) {
    return {fmt::format("no findings: {} people in {} rooms", people, rooms),
            fmt::format("위반 없음: {}명, {}개 시험실", people, rooms)};
  }
  std::uint64_t all = 0;
  std::string by_code;
  for (const std::string_view code : verification::violation_codes()) {
    const auto found = verdict.counts.find(std::string(code));
    if (found == verdict.counts.end()) continue;
    all += found->second;
    by_code += fmt::format("{}{} {}", by_code.empty() ? "" : ", ", code, grouped(found->second));
  }
  const std::string told = grouped(verdict.violations.size());
  const bool some_untold = all > verdict.violations.size();
  return {fmt::format("{} {} in a plan of {} people in {} rooms{}: {}", grouped(all), all == 1 ? "finding" : "findings",
                      people, rooms, some_untold ? fmt::format(" ({} shown)", told) : "", by_code),
          fmt::format("{}명, {}개 시험실의 배정안에서 위반 {}건{}: {}", people, rooms, grouped(all),
                      some_untold ? fmt::format("(표시 {}건)", told) : "", by_code)};
}

Exit run(const Arguments& arguments, const Terminal& terminal) {
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const PlanRows rows = package::load_plan_rows(arguments.positionals[1], read_encoding(arguments));
  terminal.progress.stage({"verifying", "배정안 검증"}, 0);
  const Verdict verdict = verification::verify_plan(exam, rows);
  if (arguments.has("json")) {
    terminal.print(as_json(verdict));
  } else {
    terminal.print(as_lines(verdict, terminal.language) + summary(verdict).in(terminal.language) + "\n");
  }
  return verdict.clean() ? Exit::done : Exit::findings;
}

}  // namespace

Command verify_command() {
  return {"verify",
          {"judges a plan: every broken rule with its code", "배정안을 검증하고 어긋난 규칙을 모두 알립니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"json", "", {"the verdict as JSON", "결과를 JSON으로 출력"}}, encoding_option()},
          run};
}

}  // namespace hanjari::cli
