// hanjari invigilators: from a plan and the people who may invigilate to duties.
#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/figures.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/people.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/staffing/staff.h"
#include "cli/staff_arguments.h"
#include "invigilators/commands/commands.h"

namespace hanjari::cli {
namespace {

std::string as_count(std::int64_t value) {
  return group_digits(value);
}

// `spell_value`: how a value of the figure is read; `counter`: what Korean counts it in.
Text words_of(const BoundedFigure& figure, std::string (*spell_value)(std::int64_t), const char* counter) {
  const std::string value = spell_value(figure.value);
  const std::string counted = value + counter;
  if (figure.bound == figure.value) return {value + " (proven)", counted + "(증명됨)"};
  if (!figure.bound) return {value + " (not proven)", counted + "(증명되지 않음)"};
  return {fmt::format("{} (bound {})", value, spell_value(*figure.bound)),
          fmt::format("{}(이론적 최솟값 {}{})", counted, spell_value(*figure.bound), counter)};
}

Text load_of(const Load& load) {
  Text words;
  constexpr std::size_t most = 3;
  for (std::size_t at = 0; at < load.size() && at < most; ++at) {
    words.en += fmt::format("{}{} with {}", at == 0 ? "" : ", ", group_digits(load[at].people), load[at].past_duties);
    words.ko += fmt::format("{}{}회 {}명", at == 0 ? "" : ", ", load[at].past_duties, group_digits(load[at].people));
  }
  if (load.size() > most) {
    words.en += ", ...";
    words.ko += " ...";
  }
  return words;
}

void say_shortages(const DutyReport& report, const Terminal& terminal) {
  if (report.unfilled == 0) return;
  const std::string count = group_digits(report.unfilled);
  if (report.status == StaffingStatus::infeasible) {
    terminal.say({fmt::format("proven impossible: at least {} unfilled, {} {}",
                              count_of(report.unfilled_bound, "place stays", "places stay"), count,
                              word_for(report.unfilled, "is", "are")),
                  fmt::format("불가능함이 증명되었습니다: 적어도 {}자리는 채울 수 없으며, 빈자리는 {}자리입니다",
                              group_digits(report.unfilled_bound), count)});
  } else {
    terminal.say({fmt::format("gave up: {} unfilled, without proof that it is impossible",
                              count_of(report.unfilled, "place is", "places are")),
                  fmt::format("중단: {}자리를 채우지 못했으며, 불가능하다는 증명도 없습니다", count)});
  }
  constexpr std::size_t most = 20;
  for (std::size_t at = 0; at < report.shortages.size() && at < most; ++at) terminal.say(report.shortages[at].words);
  if (report.shortages.size() > most) {
    terminal.say({fmt::format("and {} more groups in report.json", report.shortages.size() - most),
                  fmt::format("그 밖의 {}건은 report.json에 있습니다", report.shortages.size() - most)});
  }
}

void say_summary(const DutyReport& report, const Terminal& terminal) {
  const std::string filled = group_digits(report.places - report.unfilled);
  const std::string places = group_digits(report.places);
  terminal.say(
      {fmt::format("{} of {} filled", filled, count_of(report.places, "place", "places")),
       fmt::format("{}자리 중 {}자리 배치", places, filled)});
  if (report.changed) {
    BoundedFigure changed = *report.changed;
    const Text words = words_of(changed, as_count, "명");
    terminal.say({fmt::format("people who were on duty and change or go: {}", words.en),
                  fmt::format("바뀌거나 빠지는 기존 감독관: {}", words.ko)});
  }
  const Text load = load_of(report.load);
  const char* proven_en = report.load_bound == report.load ? "proven to be the fairest" : "not proven";
  const char* proven_ko = report.load_bound == report.load ? "가장 공평함이 증명됨" : "증명되지 않음";
  terminal.say({fmt::format("past duties of those used: {} ({})", load.en, proven_en),
                fmt::format("투입 인원의 과거 위촉 횟수: {} ({})", load.ko, proven_ko)});
  const Text pairs = words_of(report.past_pairs, as_count, "쌍");
  const Text travel = words_of(report.travel_m, tell_kilometres, "");
  terminal.say({fmt::format("pairs that shared a room last time: {}; travel {}", pairs.en, travel.en),
                fmt::format("지난번과 같은 짝: {}, 거리 합계 {}", pairs.ko, travel.ko)});
}

Exit run_invigilators(const Arguments& arguments, const Terminal& terminal) {
  const std::string people = arguments.text("people");
  const std::string out = output_folder(arguments, "out");
  const Clock& clock = system_clock();
  const auto began = clock.elapsed();
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const Plan plan =
      package::resolve_plan(exam, load_plan_argument(arguments.positionals[1], read_encoding(arguments), exam,
                                                     Unknown::refused_later, terminal));
  say_if_incomplete(exam, plan, terminal);
  const Staff staff = load_staff_argument(arguments, exam, people, terminal);
  std::optional<DutyRows> old;
  if (const auto folder = arguments.find("keep"))
    old = load_duties_argument(*folder, read_encoding(arguments), package::Repetition::fault, terminal);
  const auto loaded = clock.elapsed();
  const DutyRows rows = staffing::staff_exam(exam, plan, staff, old ? &old->duties : nullptr, {}, terminal.progress);
  const auto solved = clock.elapsed();
  package::save_duties(rows, out, existing_of(arguments));
  say_shortages(rows.report, terminal);
  say_summary(rows.report, terminal);
  terminal.say({fmt::format("seconds: load {:.2f}, solve {:.2f}, write {:.2f}", seconds_between(began, loaded),
                            seconds_between(loaded, solved), seconds_between(solved, clock.elapsed())),
                fmt::format("소요 시간(초): 읽기 {:.2f}, 배치 {:.2f}, 쓰기 {:.2f}", seconds_between(began, loaded),
                            seconds_between(loaded, solved), seconds_between(solved, clock.elapsed()))});
  switch (rows.report.status) {
    case StaffingStatus::filled:
      return Exit::done;
    case StaffingStatus::infeasible:
      return Exit::impossible;
    case StaffingStatus::gave_up:
      break;
  }
  return Exit::gave_up;
}

}  // namespace

Command invigilators_command() {
  return {"invigilators",
          {"places invigilators, corridor staff and reserves of a plan",
           "배정안의 감독관, 복도감독, 예비감독을 배치합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"people",
            "FOLDER",
            {"folder with invigilators.csv and staffing.json", "invigilators.csv와 staffing.json이 있는 폴더"}},
           {"out", "DIR", {"folder to write the duties to", "위촉 결과를 저장할 폴더"}},
           replace_option(),
           {"keep", "OLD", {"folder of duties of which the fewest change", "되도록 바꾸지 않을 기존 위촉 폴더"}},
           encoding_option()},
          run_invigilators};
}

}  // namespace hanjari::cli
