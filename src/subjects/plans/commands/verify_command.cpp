// hanjari verify: judges any plan of an exam, or the duties of a plan.
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/plan_arguments.h"
#include "cli/staff_arguments.h"
#include "hanjari/base/people.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/verification/verify.h"
#include "hanjari/verification/verify_duties.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

using nlohmann::ordered_json;
using verification::Verdict;
using verification::Violation;

using Codes = std::span<const std::string_view>;

// `unfilled`: of duties, how many places unfilled.csv names.
std::string as_json(const Verdict& verdict, Codes codes, std::optional<std::size_t> unfilled) {
  ordered_json counts = ordered_json::object();
  for (const std::string_view code : codes) {
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
  ordered_json document = {{"clean", verdict.clean() && verdict.complete()},
                                 {"unseated", verdict.unseated},
                                 {"people", verdict.people},
                                 {"people_checked", verdict.people_checked},
                                 {"rooms_checked", verdict.rooms_checked},
                                 {"counts", counts},
                                 {"violations", violations}};
  if (unfilled) document["unfilled"] = *unfilled;
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

Text summary(const Verdict& verdict, Codes codes) {
  const std::string people = grouped(verdict.people_checked);
  const std::string rooms = grouped(verdict.rooms_checked);
  const std::string where = count_people(static_cast<long long>(verdict.people_checked)) + " in " +
                            count_of(static_cast<long long>(verdict.rooms_checked), "room", "rooms");
  if (verdict.clean()) {
    if (!verdict.complete()) {
      return {fmt::format("the others break no rule: {}", where),
              fmt::format("그 밖의 {}명, {}개 시험실은 위반 없음", people, rooms)};
    }
    return {fmt::format("no findings: {}", where),
            fmt::format("위반 없음: {}명, {}개 시험실", people, rooms)};
  }
  std::uint64_t all = 0;
  std::string by_code;
  for (const std::string_view code : codes) {
    const auto found = verdict.counts.find(std::string(code));
    if (found == verdict.counts.end()) continue;
    all += found->second;
    by_code += fmt::format("{}{} {}", by_code.empty() ? "" : ", ", code, grouped(found->second));
  }
  const std::string told = grouped(verdict.violations.size());
  const bool some_untold = all > verdict.violations.size();
  return {fmt::format("{} in a plan of {}{}: {}", count_of(static_cast<long long>(all), "finding", "findings"), where,
                      some_untold ? fmt::format(" ({} shown)", told) : "", by_code),
          fmt::format("{}명, {}개 시험실의 배정안에서 위반 {}건{}: {}", people, rooms, grouped(all),
                      some_untold ? fmt::format("(표시 {}건)", told) : "", by_code)};
}

// Duties may leave places unfilled without breaking a rule, so the exit status stays; but whoever reads "no findings"
// has to know of them first.
std::string as_unfilled(std::optional<std::size_t> unfilled, Language language) {
  if (unfilled.value_or(0) == 0) return {};
  const auto places = static_cast<long long>(*unfilled);
  return Text{fmt::format("incomplete: {} not filled (unfilled.csv)\n", count_of(places, "place is", "places are")),
              fmt::format("미완성: 채우지 못한 자리가 {}개 있습니다(unfilled.csv)\n", group_digits(places))}
      .in(language);
}

Exit tell(const Arguments& arguments, const Terminal& terminal, const Verdict& verdict, Codes codes,
          std::optional<std::size_t> unfilled = {}) {
  if (arguments.has("json")) {
    terminal.print(as_json(verdict, codes, unfilled));
  } else {
    terminal.print(as_unfilled(unfilled, terminal.language));
    if (!verdict.complete())
      terminal.print(tell_incomplete(verdict.unseated, verdict.people).in(terminal.language) + "\n");
    terminal.print(as_lines(verdict, terminal.language) + summary(verdict, codes).in(terminal.language) + "\n");
  }
  return verdict.clean() && verdict.complete() ? Exit::done : Exit::findings;
}

Exit run_verify(const Arguments& arguments, const Terminal& terminal) {
  if (arguments.has("duties") != arguments.has("people")) {
    throw WrongUsage{{"--duties DIR and --people FOLDER are given together",
                      "--duties DIR와 --people FOLDER 옵션은 함께 적습니다"}};
  }
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal, Say::warnings_and_hints);
  const PlanRows rows = load_plan_argument(arguments.positionals[1], read_encoding(arguments), terminal);
  if (const auto duties = arguments.find("duties")) {
    const Staff staff = load_staff_argument(arguments, exam, arguments.text("people"), terminal);
    const DutyRows judged = load_duties_argument(*duties, read_encoding(arguments), package::Repetition::allowed, terminal);
    terminal.progress.stage({"verifying", "위촉 검증"}, 0);
    return tell(arguments, terminal, verification::verify_duties(exam, rows, staff, judged),
                verification::duty_violation_codes(), judged.unfilled.size());
  }
  terminal.progress.stage({"verifying", "배정안 검증"}, 0);
  return tell(arguments, terminal, verification::verify_plan(exam, rows), verification::violation_codes());
}

}  // namespace

Command verify_command() {
  return {"verify",
          {"judges a plan or its duties: every broken rule with its code", "배정안이나 위촉 결과를 검증하고 어긋난 규칙을 모두 알립니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"duties", "DIR", {"judge these duties of the plan instead", "배정안 대신 이 위촉 결과를 검증합니다"}},
           {"people", "FOLDER", {"with --duties: the people they are of", "--duties와 함께: 감독관 명단 폴더"}},
           {"json", "", {"the verdict as JSON", "결과를 JSON으로 출력"}},
           encoding_option()},
          run_verify};
}

}  // namespace hanjari::cli
