// hanjari verify: judges any plan of an exam, or the duties of a plan.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/plan_arguments.h"
#include "cli/staff_arguments.h"
#include "hanjari/base/people.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/spoilt_codes.h"
#include "hanjari/verification/verify.h"
#include "hanjari/verification/verify_duties.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

using nlohmann::ordered_json;
using verification::Verdict;
using verification::Violation;

using Codes = std::span<const std::string_view>;

// What is told beside a verdict.
struct Beside {
  package::SpoiltCodes spoilt;          // what one cause did to many rows of the plan
  std::optional<std::size_t> unfilled;  // of duties, how many places unfilled.csv names
};

ordered_json json_of_text(const Text& text) {
  return {{"en", text.en}, {"ko", text.ko}};
}

std::string as_json(const Verdict& verdict, Codes codes, const Beside& beside) {
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
                          {"message", json_of_text(violation.message)}});
  }
  ordered_json causes = ordered_json::array();
  for (const Fault& cause : beside.spoilt.causes) {
    causes.push_back({{"file", cause.file},
                      {"line", cause.line},
                      {"column", cause.column},
                      {"message", json_of_text(cause.what)},
                      {"advice", json_of_text(cause.fix)}});
  }
  ordered_json document = {{"clean", verdict.clean() && verdict.complete()},
                                 {"unseated", verdict.unseated},
                                 {"people", verdict.people},
                                 {"people_checked", verdict.people_checked},
                                 {"rooms_checked", verdict.rooms_checked},
                                 {"counts", counts},
                                 {"violations", violations},
                                 {"causes", causes}};
  if (beside.unfilled) document["unfilled"] = *beside.unfilled;
  // A plan may hold any bytes; what is told of it stays readable.
  return document.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string grouped(std::uint64_t count) {
  return group_digits(static_cast<long long>(count));
}

// Causes first, each once; of what follows from them the number alone.
std::string as_lines(const Verdict& verdict, const package::SpoiltCodes& spoilt, Language language) {
  std::string lines;
  std::map<std::string, std::uint64_t> of_causes;  // by code
  for (const Fault& cause : spoilt.causes) lines += cause.format(language) + "\n";
  for (const Violation& violation : verdict.violations) {
    if (spoilt.explain(violation.code, violation.subject)) {
      ++of_causes[violation.code];
      continue;
    }
    lines += fmt::format("{} {}: {}\n", violation.code, violation.subject, violation.message.in(language));
  }
  for (const auto& [code, described] : of_causes) {
    // Beyond the first 1,000 of a code the verdict describes none, but the rows of the causes are known.
    const std::uint64_t of_rows = spoilt.consequences.at(code).size();
    const std::uint64_t count = std::max(described, std::min(verdict.counts.at(code), of_rows));
    const std::string findings = count_of(static_cast<long long>(count), "finding", "findings");
    lines += Text{fmt::format("{}: {} of the rows named above; --json tells them one by one\n", code, findings),
                  fmt::format("{}: 위에 적은 행에서 나온 위반 {}건. --json으로 하나씩 볼 수 있습니다\n", code, grouped(count))}
                 .in(language);
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

Exit tell(const Arguments& arguments, const Terminal& terminal, const Verdict& verdict, Codes codes, const Beside& beside) {
  if (arguments.has("json")) {
    terminal.print(as_json(verdict, codes, beside));
  } else {
    terminal.print(as_unfilled(beside.unfilled, terminal.language));
    if (!verdict.complete())
      terminal.print(tell_incomplete(verdict.unseated, verdict.people).in(terminal.language) + "\n");
    terminal.print(as_lines(verdict, beside.spoilt, terminal.language) + summary(verdict, codes).in(terminal.language) + "\n");
  }
  return verdict.clean() && verdict.complete() ? Exit::done : Exit::findings;
}

Exit run_verify(const Arguments& arguments, const Terminal& terminal) {
  if (arguments.has("duties") != arguments.has("people")) {
    throw WrongUsage{{"--duties DIR and --people FOLDER are given together",
                      "--duties DIR와 --people FOLDER 옵션은 함께 적습니다"}};
  }
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal, Say::warnings_and_hints);
  const PlanRows rows =
      load_plan_argument(arguments.positionals[1], read_encoding(arguments), terminal, package::CodesOfPlan::as_they_stand);
  // Codes that the exam does not have break a rule: where none is broken nothing is looked for.
  const auto find_causes = [&](const Verdict& verdict) {
    return verdict.clean() ? package::SpoiltCodes() : package::find_spoilt_codes(exam, rows);
  };
  if (const auto duties = arguments.find("duties")) {
    const Staff staff = load_staff_argument(arguments, exam, arguments.text("people"), terminal);
    const DutyRows judged = load_duties_argument(*duties, read_encoding(arguments), package::Repetition::allowed, terminal);
    terminal.progress.stage({"verifying", "위촉 검증"}, 0);
    const Verdict verdict = verification::verify_duties(exam, rows, staff, judged);
    return tell(arguments, terminal, verdict, verification::duty_violation_codes(), {find_causes(verdict), judged.unfilled.size()});
  }
  terminal.progress.stage({"verifying", "배정안 검증"}, 0);
  const Verdict verdict = verification::verify_plan(exam, rows);
  return tell(arguments, terminal, verdict, verification::violation_codes(), {find_causes(verdict), {}});
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
