// hanjari plan: from an exam package to a plan package.
#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/figures.h"
#include "cli/outputs.h"
#include "hanjari/allocation/allocate.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/seating/seats.h"
#include "plans/commands/commands.h"
#include "plans/commands/memory_use.h"

namespace hanjari::cli {
namespace {

Seed read_seed(const Arguments& arguments) {
  const std::string text = arguments.find("seed").value_or("0");
  if (const auto seed = parse_seed(text)) return *seed;
  throw WrongUsage{{fmt::format("--seed: '{}' is not 1 to 64 hexadecimal digits", text),
                    in_korean("--seed: '{}'[은/는] 1~64자리 16진수가 아닙니다", text)}};
}

allocation::Limits read_limits(const Arguments& arguments) {
  allocation::Limits limits;
  limits.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (arguments.has("threads")) limits.threads = static_cast<int>(arguments.integer("threads", 1, 256));
  if (arguments.has("time-limit")) limits.time_limit_seconds = arguments.number("time-limit", 0, 1e9);
  if (arguments.has("rounds")) limits.rounds = arguments.integer("rounds", 0, std::int64_t{1} << 40);
  return limits;
}

std::string percent(const std::optional<double>& fraction) {
  return fraction ? fmt::format("{:.4f} %", *fraction * 100) : std::string("-");
}

std::string grouped(std::int64_t value) {
  return group_digits(value);
}

// Where one more room would help most; report.json has all venues.
void say_room_prices(const Exam& exam, const std::vector<RoomPrice>& prices, const Terminal& terminal) {
  std::string list;
  for (std::size_t i = 0; i < std::min<std::size_t>(prices.size(), 3); ++i) {
    list += fmt::format("{}{} ({}) {}", i == 0 ? "" : ", ", exam[prices[i].venue].name,
                        exam[prices[i].venue].code.text(), tell_kilometres(prices[i].saves));
  }
  terminal.say(
      {fmt::format("one more room would save most travel at: {} (at most; all venues in report.json)", list),
       fmt::format("시험실을 하나 늘리면 거리 합계가 가장 많이 줄어드는 시험장: {} (최대치, 전체는 report.json)",
                   list)});
}

void say_summary(const Exam& exam, const Plan& plan, const Terminal& terminal) {
  const PlanReport& report = plan.report;
  const std::string seated = grouped(report.seated);
  const std::string all = grouped(report.seated + report.unseated);
  terminal.say({fmt::format("{} of {} seated in {} of {}", seated, all,
                            count_of(report.objective.rooms_opened, "room", "rooms"),
                            count_of(report.objective.venues_opened, "venue", "venues")),
                fmt::format("{}명 중 {}명 배정: 시험장 {}곳, 시험실 {}개", all, seated,
                            grouped(report.objective.venues_opened), grouped(report.objective.rooms_opened))});
  const std::string travel = tell_kilometres(report.objective.travel_m);
  const std::string total = tell_kilometres(report.objective.total);
  const std::string least = report.bound ? tell_kilometres(report.bound->total) : "-";
  const std::string gap = percent(report.gap.of_total);
  const std::string gap_of_detour = percent(report.gap.of_detour);
  terminal.say({fmt::format("travel in all {}; with weights {}, theoretical minimum {}, gap {} of the total, {} of "
                            "the detour; {}",
                            travel, total, least, gap, gap_of_detour, count_of(report.rounds, "round", "rounds")),
                fmt::format("거리 합계 {}, 가중치 포함 {}, 이론적 최솟값 {}(차이: 전체의 {}, 우회 거리의 {}), {}회 개선",
                            travel, total, least, gap, gap_of_detour, report.rounds)});
  const std::string longest = tell_kilometres(report.told_detour_m.max);
  terminal.say({fmt::format("detour mean {:.0f} m, longest {}; {} over the detour cap", report.told_detour_m.mean, longest,
                            count_people(report.over_detour_cap)),
                fmt::format("우회 거리 평균 {:.0f} m, 최장 {}; 우회 상한 초과 {}명", report.told_detour_m.mean, longest,
                            grouped(report.over_detour_cap))});
  if (report.over_detour_cap > 0 && report.over_detour_bound) {
    const std::string fewest = grouped(*report.over_detour_bound);
    terminal.say({fmt::format("no plan that seats everybody has fewer than {} over the detour cap",
                              count_people(*report.over_detour_bound)),
                  fmt::format("전원을 배정하는 어떤 안에서도 우회 상한 초과는 {}명보다 적을 수 없습니다", fewest)});
  }
  if (!report.room_prices.empty()) say_room_prices(exam, report.room_prices, terminal);
  terminal.say({fmt::format("seconds: load {:.2f}, solve {:.2f}, write {:.2f}; {:.0f} MB", report.seconds_load,
                            report.seconds_solve, report.seconds_write, report.peak_rss_mb),
                fmt::format("소요 시간(초): 읽기 {:.2f}, 배정 {:.2f}, 쓰기 {:.2f}; {:.0f} MB", report.seconds_load,
                            report.seconds_solve, report.seconds_write, report.peak_rss_mb)});
}

void say_unseated(const Plan& plan, const Terminal& terminal) {
  if (plan.report.status == PlanStatus::infeasible) {
    terminal.say({"proven impossible to seat everybody:", "모두를 배정할 수 없음이 증명되었습니다:"});
    for (const Text& conflict : plan.report.conflicts) terminal.say(conflict);
  } else if (plan.report.status == PlanStatus::gave_up) {
    terminal.say({"gave up: not everybody has a seat, and no proof was found that it is impossible",
                  "중단: 모두에게 좌석을 배정하지 못했으며, 불가능하다는 증명도 찾지 못했습니다"});
  }
  if (plan.unseated.empty()) return;
  const std::string count = grouped(static_cast<std::int64_t>(plan.unseated.size()));
  terminal.say({fmt::format("{} without a seat; unseated.csv gives everybody's reason",
                            count_people(static_cast<long long>(plan.unseated.size()))),
                fmt::format("{}명이 배정되지 않았습니다. 사유는 unseated.csv에 있습니다", count)});
}

Exit run_plan(const Arguments& arguments, const Terminal& terminal) {
  if (!arguments.has("out")) throw WrongUsage{{"--out PLAN is missing", "--out PLAN 옵션이 필요합니다"}};
  const std::string out = output_folder(arguments, "out");
  const Seed seed = read_seed(arguments);
  const allocation::Limits limits = read_limits(arguments);
  const Clock& clock = system_clock();

  const auto began = clock.elapsed();
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal, Say::warnings_and_hints);
  judge_pins_of_first_plan(exam, terminal);
  const auto loaded = clock.elapsed();
  const Assignment assignment = allocation::allocate(exam, seed, limits, clock, terminal.progress);
  terminal.progress.stage({"seats and numbers", "좌석과 응시번호 부여"}, 0);
  Plan plan = seating::seat(exam, assignment, seed);
  const auto solved = clock.elapsed();
  plan.report.version = HANJARI_VERSION;
  plan.report.seconds_load = seconds_between(began, loaded);
  plan.report.seconds_solve = seconds_between(loaded, solved);
  plan.report.peak_rss_mb = peak_rss_mb();
  terminal.progress.stage({"writing the plan", "배정안 저장"}, 0);
  plan.digest = package::save_plan(exam, plan, out, clock, {}, existing_of(arguments));
  plan.report.seconds_write = seconds_between(solved, clock.elapsed());

  say_unseated(plan, terminal);
  say_summary(exam, plan, terminal);
  return exit_of(plan.report.status);
}

}  // namespace

Command plan_command() {
  return {"plan",
          {"seats everybody of an exam package", "시험 묶음의 모든 응시자에게 좌석을 배정합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}},
          {{"out", "PLAN", {"folder to write the plan to", "배정안을 저장할 폴더"}},
           {"seed", "HEX", {"1 to 64 hexadecimal digits (default 0)", "1~64자리 16진수(기본값 0)"}},
           {"threads", "N", {"threads; the plan is the same for any number", "스레드 수. 결과는 달라지지 않습니다"}},
           {"time-limit",
            "SECONDS",
            {"improve until then; the plan is that of the last whole round", "이 시간까지 개선합니다"}},
           {"rounds", "N", {"improve for exactly N rounds, to repeat a plan", "정확히 N회 개선합니다(재현용)"}},
           replace_option(),
           encoding_option()},
          run_plan};
}

}  // namespace hanjari::cli
