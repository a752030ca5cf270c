// hanjari changes: what a plan changes for the people who were told another one.
#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/package/plan_package.h"
#include "plans/commands/change_files.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

Exit run_changes(const Arguments& arguments, const Terminal& terminal) {
  const std::string folder = arguments.text("out");
  const OutputFiles out(folder, {"changes.csv", "notices.csv", "notices.xlsx", "change_counts.csv"},
                        existing_of(arguments));
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const PlanRows rows =
      load_plan_argument(arguments.positionals[1], read_encoding(arguments), exam, Unknown::refused_later, terminal);
  const Plan plan = package::resolve_plan(exam, rows);
  const Told told = find_told(arguments, exam, arguments.positionals[1], rows, terminal);
  const ChangeFiles made = change_files(exam, told, plan, terminal.language);
  out.write("changes.csv", package::render_changes(replanning::list_changes(exam, told.plan, plan)));
  for (const auto& [name, content] : made.files) out.write(name, content);
  say_if_incomplete(exam, plan, terminal);
  say_notices(exam, told, made.notices, terminal);
  terminal.say({fmt::format("written: changes.csv, notices.csv, notices.xlsx, change_counts.csv in {}", folder),
                fmt::format("{}에 changes.csv, notices.csv, notices.xlsx, change_counts.csv를 저장했습니다", folder)});
  return Exit::done;
}

}  // namespace

Command changes_command() {
  Command command = {
      "changes",
      {"says what a plan changes for everybody since the published one, with a notice for each",
       "공고된 배정안과 견주어 달라진 점과 응시자별 안내문을 만듭니다"},
      {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
      {{"out", "DIR", {"new or empty folder for the lists", "목록을 저장할 새 폴더나 빈 폴더"}}, replace_option(), encoding_option()},
      run_changes};
  for (Option& option : told_options()) command.options.push_back(std::move(option));
  return command;
}

}  // namespace hanjari::cli
