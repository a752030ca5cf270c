// hanjari import: an exam package, and if given a plan of it, into the database.
#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/plan_arguments.h"
#include "cli/suggestion.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/exams.h"
#include "plans/commands/commands.h"
#include "plans/commands/plan_history.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

void say_outcome(const Arguments& arguments, const Exam& exam, const services::ImportOutcome& outcome,
                 std::int64_t unseated, bool second_officer, double seconds, const Terminal& terminal) {
  const std::string code = exam.header.code.text();
  const std::string people = group_digits(static_cast<long long>(exam.applicants.size()));
  if (outcome.population == services::Stored::added) {
    const std::string all = count_of(static_cast<long long>(exam.applicants.size()), "applicant", "applicants");
    terminal.say({fmt::format("{}: {} imported ({:.1f} s); input_sha256 {}", code, all, seconds, exam.input_sha256),
                  fmt::format("{}: 응시자 {}명을 가져왔습니다({:.1f}초). input_sha256 {}", code, people, seconds,
                              exam.input_sha256)});
  } else {
    terminal.say({fmt::format("{}: this package is in the database already, nothing changed; input_sha256 {}", code,
                              exam.input_sha256),
                  fmt::format("{}: 이미 데이터베이스에 있는 묶음이라 바뀐 것이 없습니다. input_sha256 {}", code,
                              exam.input_sha256)});
  }
  if (!outcome.plan) return;
  if (unseated > 0) {
    terminal.say(tell_incomplete(static_cast<std::uint64_t>(unseated), exam.applicants.size()));
    terminal.say({fmt::format("plan {} is stored; it cannot go live while people have no seat", outcome.plan_digest),
                  in_korean("배정안 {}[을/를] 저장했습니다. 미배정자가 있는 동안에는 확정할 수 없습니다", outcome.plan_digest)});
    return;
  }
  if (*outcome.plan == services::Stored::added) {
    if (second_officer) {
      terminal.say({fmt::format("plan {} verified and imported; a second officer has to confirm it before it goes live: it "
                                "is proposed with approval propose, or in the office",
                                outcome.plan_digest),
                    in_korean("배정안 {}[을/를] 검증하여 가져왔습니다. 다른 담당자가 승인해야 확정할 수 있으므로 approval "
                                "propose나 담당자 화면에서 상신하십시오",
                                outcome.plan_digest)});
      return;
    }
    const std::string live = suggest(arguments, {"live", code, outcome.plan_digest.substr(0, 12)});
    terminal.say({fmt::format("plan {} verified and imported; make it live with: {}", outcome.plan_digest, live),
                  in_korean("배정안 {}[을/를] 검증하여 가져왔습니다. 확정: {}", outcome.plan_digest, live)});
  } else {
    terminal.say({fmt::format("plan {} is in the database already, nothing changed", outcome.plan_digest),
                  in_korean("배정안 {}[은/는] 이미 데이터베이스에 있어 바뀐 것이 없습니다", outcome.plan_digest)});
  }
}

Exit run_import(const Arguments& arguments, const Terminal& terminal) {
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  std::optional<PlanRows> rows;
  if (const auto folder = arguments.find("plan")) {
    rows = load_plan_argument(*folder, read_encoding(arguments), terminal);
    rows->history = history_of(*folder, *rows);
  }
  const auto database = open_database(arguments, terminal);
  const Clock& clock = system_clock();
  const auto began = clock.elapsed();
  const services::Change change = change_of_operator(arguments);
  const services::ImportOutcome outcome =
      services::import_exam(database->exams(), exam, rows ? &*rows : nullptr, change, terminal.progress);
  const std::int64_t unseated = rows ? static_cast<std::int64_t>(exam.applicants.size() - rows->placements.size()) : 0;
  const bool second_officer = database->approvals().find_rule(exam.header.code).second_officer;
  say_outcome(arguments, exam, outcome, unseated, second_officer, seconds_between(began, clock.elapsed()), terminal);
  return Exit::done;
}

}  // namespace

Command import_command() {
  return {
      "import",
      {"stores an exam package, and a plan of it, in the database",
       "시험 묶음과 그 배정안을 데이터베이스에 저장합니다"},
      {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}},
      {{"plan", "PLAN", {"folder of a plan; verified before it is stored", "배정안 폴더. 저장하기 전에 검증합니다"}},
       encoding_option(),
       data_option(),
       config_option(),
       author_option(),
       {"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}}},
      run_import};
}

}  // namespace hanjari::cli
