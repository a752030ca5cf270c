// hanjari edit: an officer's moves, judged by the verifier, accepted with author and reason or refused with the rule.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "hanjari/base/clock.h"
#include "hanjari/package/history_package.h"
#include "hanjari/replanning/edit.h"
#include "hanjari/verification/verify.h"
#include "plans/commands/change_files.h"
#include "plans/commands/commands.h"
#include "plans/commands/plan_history.h"

namespace hanjari::cli {
namespace {

using verification::Verdict;
using verification::Violation;

std::string required_text(const Arguments& arguments, const std::string& option) {
  const std::string text = normalize_nfc(arguments.text(option));
  if (text.find_first_not_of(' ') == std::string::npos || text.size() > 600 || text.find('\n') != std::string::npos) {
    throw WrongUsage{
        {fmt::format("--{} needs a line of text", option), fmt::format("--{}에 한 줄로 적어 주십시오", option)}};
  }
  return text;
}

// What the moves break that was not broken before.
std::vector<Violation> new_violations(const Verdict& before, const Verdict& after) {
  std::set<std::pair<std::string, std::string>> known;
  for (const Violation& violation : before.violations) known.insert({violation.code, violation.subject});
  std::vector<Violation> found;
  for (const Violation& violation : after.violations) {
    if (!known.contains({violation.code, violation.subject})) found.push_back(violation);
  }
  return found;
}

Exit run_edit(const Arguments& arguments, const Terminal& terminal) {
  const std::string author = required_text(arguments, "author");
  const std::string reason = required_text(arguments, "reason");
  const std::string out = arguments.text("out");
  const std::string file = arguments.text("moves");
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const std::string& folder = arguments.positionals[1];
  const PlanRows rows = package::load_plan_rows(folder, read_encoding(arguments));
  const Plan plan = package::resolve_plan(exam, rows);
  const std::vector<HandMove> moves = package::load_moves(file, read_encoding(arguments));
  Plan edited = replanning::apply_moves(exam, plan, moves);
  edited.report.version = HANJARI_VERSION;
  terminal.progress.stage({"verifying", "배정안 검증"}, 0);
  const std::vector<Violation> broken = new_violations(
      verification::verify_plan(exam, rows), verification::verify_plan(exam, package::rows_of_plan(exam, edited)));
  if (!broken.empty()) {
    for (const Violation& violation : broken) {
      terminal.say({fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.en),
                    fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.ko)});
    }
    terminal.say({"refused: the moves break the rules above; nothing is written",
                  "거절: 위의 규칙에 어긋나므로 아무것도 저장하지 않았습니다"});
    return Exit::findings;
  }
  const std::vector<Change> changes = replanning::list_changes(exam, rows, edited);
  std::vector<HistoryStep> history = history_of(folder, rows);
  HistoryStep& step = history.emplace_back();
  step.kind = StepKind::edit;
  step.input_sha256 = exam.input_sha256;
  step.digest = package::digest_plan(exam, edited);
  step.version = HANJARI_VERSION;
  step.author = author;
  step.reason = reason;
  step.at = format_instant(system_clock().now());
  step.moves = moves;
  package::PlanFiles files = change_files(exam, rows, edited, changes);
  files["history.json"] = package::render_history(history);
  package::save_plan(exam, edited, out, system_clock(), files);
  const std::string count = group_digits(static_cast<long long>(changes.size()));
  terminal.say({fmt::format("accepted: {} people moved; recorded with author and reason in history.json", count),
                fmt::format("승인: {}명을 옮기고 작성자와 사유를 history.json에 기록했습니다", count)});
  return Exit::done;
}

}  // namespace

Command edit_command() {
  return {"edit",
          {"moves people by hand; the verifier accepts or refuses", "응시자를 직접 옮기고 규칙에 맞는지 검증합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"moves", "FILE", {"CSV of moves: action, applicant_id, venue_code, room_no, ...", "옮길 내용의 CSV 파일"}},
           {"author", "NAME", {"who asks for it", "작성자"}},
           {"reason", "TEXT", {"why", "사유"}},
           {"out", "NEW", {"folder to write the new plan to", "새 배정안을 저장할 폴더"}},
           encoding_option()},
          run_edit};
}

}  // namespace hanjari::cli
