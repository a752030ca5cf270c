// hanjari live: says which plan of an exam is the one that people see.
#include <fmt/format.h>

#include "hanjari/plans/exams.h"
#include "program/opening/database_options.h"
#include "program/operator_commands.h"

namespace hanjari::cli {
namespace {

Exit run_live(const Arguments& arguments, const Terminal& terminal) {
  const ExamCode code(arguments.positionals[0]);
  const auto database = open_database(arguments, terminal);
  const services::Change change{author_of(arguments), arguments.find("reason").value_or(""), system_clock().now()};
  const services::LiveOutcome outcome =
      services::make_plan_live(database->exams(), code, arguments.positionals[1], change);
  if (outcome.changed) {
    terminal.say(
        {fmt::format("{}: plan {} is live (version {})", code.text(), outcome.plan_digest, outcome.version),
         fmt::format("{}: 배정안 {}을(를) 확정했습니다(버전 {})", code.text(), outcome.plan_digest, outcome.version)});
  } else {
    terminal.say({fmt::format("{}: plan {} is live already, nothing changed", code.text(), outcome.plan_digest),
                  fmt::format("{}: 이미 확정된 배정안 {}이므로 바뀐 것이 없습니다", code.text(), outcome.plan_digest)});
  }
  return Exit::done;
}

}  // namespace

Command live_command() {
  return {"live",
          {"makes a stored plan the one that people see", "저장된 배정안을 확정하여 공개합니다"},
          {{"CODE", {"exam code", "시험 코드"}},
           {"PLAN_DIGEST",
            {"SHA-256 of the plan's placements.csv, at least 12 digits", "placements.csv의 SHA-256, 12자리 이상"}}},
          {data_option(),
           config_option(),
           author_option(),
           {"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}}},
          run_live};
}

}  // namespace hanjari::cli
