// hanjari replan: from a published plan and a changed package to the plan that moves the fewest people.
#include <algorithm>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/figures.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/history_package.h"
#include "plans/commands/change_files.h"
#include "plans/commands/commands.h"
#include "plans/commands/farther_limits.h"
#include "plans/commands/memory_use.h"
#include "plans/commands/plan_history.h"

namespace hanjari::cli {
namespace {

using nlohmann::ordered_json;

ordered_json as_json(const replanning::Replanned& replanned, const std::string& digest) {
  const PlanReport& report = replanned.plan.report;
  const ChangeFigures& change = *report.change;
  ordered_json missing = ordered_json::array();
  for (const replanning::MissingRooms& rooms : replanned.missing) {
    missing.push_back({{"district_code", rooms.district_code},
                       {"kind", spell(rooms.kind)},
                       {"use", spell(rooms.use)},
                       {"rooms", rooms.rooms},
                       {"capacity", rooms.capacity}});
  }
  ordered_json document = {{"status", spell(report.status)},
          {"digest", digest},
          {"replanned_from", report.replanned_from},
          {"seated", report.seated},
          {"unseated", report.unseated},
          {"change",
           {{"weighted", change.weighted},
            {"venue", change.venue},
            {"room", change.room},
            {"seat", change.seat},
            {"added", change.added},
            {"removed", change.removed},
            {"floor_weighted", change.floor_weighted},
            {"floor_venue", change.floor_venue},
            {"floor_room", change.floor_room},
            {"floor_left_room", change.floor_left_room},
            {"proven", change.weighted == change.floor_weighted}}},
          {"missing_rooms", missing},
          {"missing_rooms_are_enough", replanned.missing_is_enough},
          {"travel_m", report.objective.travel_m},
          {"seconds", {{"load", report.seconds_load}, {"solve", report.seconds_solve}}}};
  if (change.farther_cap_m) {
    document["change"]["moved_farther_m"] = *change.farther_cap_m;
    document["change"]["farther"] = change.farther;
    document["change"]["floor_farther"] = change.floor_farther;
  }
  return document;
}

void say_result(const replanning::Replanned& replanned, const Terminal& terminal) {
  const PlanReport& report = replanned.plan.report;
  if (report.unseated > 0) {
    const std::string count = group_digits(report.unseated);
    if (report.status == PlanStatus::infeasible) {
      terminal.say({fmt::format("proven impossible to seat everybody; {} {} no seat in this plan", count_people(report.unseated),
                                word_for(report.unseated, "has", "have")),
                    fmt::format("모두를 배정할 수 없음이 증명되었습니다. 이 배정안에서는 {}명의 좌석이 없습니다", count)});
    } else {
      terminal.say({fmt::format("gave up: {} {} no seat, without proof that it is impossible",
                                count_people(report.unseated), word_for(report.unseated, "has", "have")),
                    fmt::format("중단: {}명의 좌석을 찾지 못했으며 불가능하다는 증명도 없습니다", count)});
    }
    for (const Text& conflict : report.conflicts) terminal.say(conflict);
  }
  say_figures(*report.change, terminal);
  const std::string travel = tell_kilometres(report.objective.travel_m);
  terminal.say({fmt::format("travel in all {}; seconds: load {:.2f}, solve {:.3f}; {:.0f} MB", travel,
                            report.seconds_load, report.seconds_solve, report.peak_rss_mb),
                fmt::format("거리 합계 {}. 소요 시간(초): 읽기 {:.2f}, 배정 {:.3f}. {:.0f} MB", travel,
                            report.seconds_load, report.seconds_solve, report.peak_rss_mb)});
}

Exit run_replan(const Arguments& arguments, const Terminal& terminal) {
  const std::string from = arguments.text("from");
  const std::string out = output_folder(arguments, "out");
  int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (arguments.has("threads")) threads = static_cast<int>(arguments.integer("threads", 1, 256));
  const Clock& clock = system_clock();
  const auto began = clock.elapsed();
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const PlanRows published = load_plan_argument(from, read_encoding(arguments), exam, Unknown::refused_later, terminal);
  require_sound_pins(exam, &published);
  const Told told = find_told(arguments, exam, from, published, terminal);
  const std::vector<Metres> limits = limits_of(arguments);
  const auto loaded = clock.elapsed();
  replanning::Replanned replanned = replanning::replan(exam, published, threads, terminal.progress);
  PlanReport& report = replanned.plan.report;
  report.seconds_load = seconds_between(began, loaded);
  report.seconds_solve = seconds_between(loaded, clock.elapsed());
  report.version = HANJARI_VERSION;
  report.peak_rss_mb = peak_rss_mb();
  terminal.progress.stage({"writing the plan", "배정안 저장"}, 0);
  ChangeFiles made = step_files(exam, told, published, replanned.plan, terminal.language);
  const std::string digest = package::digest_plan(exam, replanned.plan);
  std::vector<HistoryStep> history = history_of(from, published);
  HistoryStep& step = history.emplace_back();
  step.kind = StepKind::replan;
  step.input_sha256 = exam.input_sha256;
  step.digest = digest;
  step.version = HANJARI_VERSION;
  step.author = arguments.find("author").value_or("");
  step.reason = arguments.find("reason").value_or("");
  made.files["history.json"] = package::render_history(history);
  package::save_plan(exam, replanned.plan, out, clock, made.files, existing_of(arguments));
  say_result(replanned, terminal);
  say_notices(exam, told, made.notices, terminal);
  if (!limits.empty()) {
    const auto rows = compare_limits(exam, published, limits, threads, terminal.progress);
    terminal.print(limits_table(rows, terminal.language));
  }
  if (arguments.has("json")) terminal.print(as_json(replanned, digest).dump(2) + "\n");
  return exit_of(report.status);
}

}  // namespace

Command replan_command() {
  Command command =
         {"replan",
          {"moves the fewest people of a published plan to fit a changed exam",
           "공고된 배정안을 변경된 시험에 맞추되 가장 적은 인원만 옮깁니다"},
          {{"EXAM", {"folder of the changed exam package", "변경된 시험 묶음 폴더"}}},
          {{"from", "PLAN", {"folder of the published plan", "공고된 배정안 폴더"}},
           {"out", "NEW", {"folder to write the new plan to", "새 배정안을 저장할 폴더"}},
           {"threads", "N", {"threads; the plan is the same for any number", "스레드 수. 결과는 달라지지 않습니다"}},
           {"author", "NAME", {"who asks for the change, for the history", "변경 요청자(이력에 기록)"}},
           {"reason", "TEXT", {"why, for the history", "변경 사유(이력에 기록)"}},
           {"compare-limits",
            "METRES,...",
            {"also print what each moved_farther_m would come to: people moved, people beyond it, kilometres",
             "moved_farther_m 값마다 이동 인원, 상한을 넘는 인원, 거리를 견준 표를 함께 출력합니다"}},
           {"json", "", {"also print the figures as JSON", "결과 수치를 JSON으로도 출력합니다"}},
           replace_option(),
           encoding_option()},
          run_replan};
  for (Option& option : told_options()) command.options.push_back(std::move(option));
  return command;
}

}  // namespace hanjari::cli
