// hanjari replay: makes a plan again from its packages and its history, and compares every byte.
#include <algorithm>
#include <map>
#include <thread>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/allocation/allocate.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/replanning/edit.h"
#include "hanjari/replanning/replan.h"
#include "hanjari/seating/seats.h"
#include "plans/commands/commands.h"
#include "plans/commands/plan_history.h"

namespace hanjari::cli {
namespace {

const Exam& exam_of(const std::map<std::string, Exam>& exams, const HistoryStep& step) {
  const auto found = exams.find(step.input_sha256);
  if (found != exams.end()) return found->second;
  throw NotFound(
      "exam_not_given",
      {fmt::format("the history needs the package with the digest {}; name its folder too", step.input_sha256),
       fmt::format("이력에 필요한 시험 묶음({})이 없습니다. 그 폴더도 적으십시오", step.input_sha256)});
}

// By its digest, and by that with districts by their names where a step was made so: a plan holds the digest it was made from.
void keep_exam(std::map<std::string, Exam>& exams, Exam exam, const std::vector<HistoryStep>& history) {
  const std::string by_names = exam.input_sha256_by_names;
  const bool wanted = !by_names.empty() &&
                      std::any_of(history.begin(), history.end(), [&](const HistoryStep& step) { return step.input_sha256 == by_names; });
  if (wanted) exams.emplace(by_names, exam).first->second.input_sha256 = by_names;
  std::string digest = exam.input_sha256;
  exams.emplace(std::move(digest), std::move(exam));
}

Plan first_plan(const Exam& exam, const HistoryStep& step, int threads, Progress& progress) {
  const Seed seed = parse_seed(step.seed).value_or(Seed{});
  allocation::Limits limits;
  limits.threads = threads;
  limits.rounds = step.rounds;
  return seating::seat(exam, allocation::allocate(exam, seed, limits, system_clock(), progress), seed);
}

Exit run_replay(const Arguments& arguments, const Terminal& terminal) {
  const std::string out = arguments.has("out") ? output_folder(arguments, "out") : std::string();
  const std::string& folder = arguments.positionals[0];
  const PlanRows rows = load_plan_argument(folder, read_encoding(arguments), terminal);
  const std::vector<HistoryStep> history = history_of(folder, rows);
  std::map<std::string, Exam> exams;
  for (std::size_t i = 1; i < arguments.positionals.size(); ++i) {
    keep_exam(exams, load_exam_argument(arguments, arguments.positionals[i], terminal), history);
  }
  int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (arguments.has("threads")) threads = static_cast<int>(arguments.integer("threads", 1, 256));
  const Exam* exam = nullptr;
  Plan plan;
  std::size_t number = 0;
  for (const HistoryStep& step : history) {
    ++number;
    if (step.kind == StepKind::given) {
      throw Conflict("made_elsewhere",
                     {"the history begins with a plan that was made elsewhere; it cannot be made again",
                      "다른 곳에서 만든 배정안으로 시작하는 이력이라 재현할 수 없습니다"});
    }
    const Exam& next = exam_of(exams, step);
    switch (step.kind) {
      case StepKind::plan:
        plan = first_plan(next, step, threads, terminal.progress);
        break;
      case StepKind::replan:
        plan = replanning::replan(next, package::rows_of_plan(*exam, plan), threads, terminal.progress).plan;
        break;
      case StepKind::edit:
        plan = replanning::apply_moves(next, plan, step.moves);
        break;
      case StepKind::given:
        break;
    }
    exam = &next;
    plan.digest = package::digest_plan(next, plan);
    const bool same = plan.digest == step.digest;
    terminal.say({fmt::format("step {}, {}: {}", number, spell(step.kind), same ? "same bytes" : "OTHER BYTES"),
                  fmt::format("{}단계 {}: {}", number, spell(step.kind), same ? "일치" : "불일치")});
    if (!same) return Exit::findings;
  }
  if (!out.empty()) package::save_plan(*exam, plan, out, system_clock(), {}, existing_of(arguments));
  if (exam != nullptr) say_if_incomplete(*exam, plan, terminal);
  const bool same = plan.digest == rows.digest;
  terminal.say(same ? Text{"the plan is what its history says, byte for byte", "배정안이 이력과 정확히 일치합니다"}
                    : Text{"the plan is not what its history says", "배정안이 이력과 다릅니다"});
  return same ? Exit::done : Exit::findings;
}

}  // namespace

Command replay_command() {
  return {"replay",
          {"makes a plan again from its history and compares every byte",
           "이력대로 배정안을 다시 만들어 정확히 같은지 확인합니다"},
          {{"PLAN", {"folder of the plan", "배정안 폴더"}},
           {"EXAM", {"folder of an exam package of the history", "이력에 나오는 시험 묶음 폴더"}},
           {"EXAM", {"further packages, in any order", "그 밖의 시험 묶음(순서 무관)"}, false, true}},
          {{"out", "NEW", {"also write the plan made again", "다시 만든 배정안도 저장합니다"}},
           {"threads", "N", {"threads; the plan is the same for any number", "스레드 수. 결과는 달라지지 않습니다"}},
           replace_option(),
           encoding_option()},
          run_replay};
}

}  // namespace hanjari::cli
