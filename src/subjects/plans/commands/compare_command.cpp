// hanjari compare: plans of one exam side by side, also of different packages of it.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/comparison/compare.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/spoilt_codes.h"
#include "hanjari/verification/verify.h"
#include "plans/commands/commands.h"
#include "plans/commands/only_in_one.h"

namespace hanjari::cli {
namespace {

using comparison::Comparison;
using comparison::Moves;
using comparison::PlanFigures;
using nlohmann::json;

struct Judged {
  std::string name;
  verification::Verdict verdict;
};

json json_of(const std::optional<double>& value) {
  return value ? json(*value) : json(nullptr);
}

json json_of(const DetourDistribution& detour) {
  return {{"total", detour.total}, {"mean", detour.mean}, {"p50", detour.p50}, {"p95", detour.p95}, {"max", detour.max}};
}

json json_of(const PlanFigures& plan) {
  const Exam& exam = *plan.exam;
  json venues = json::array();
  for (const comparison::VenueUse& use : plan.venues) {
    venues.push_back({{"venue_code", exam[use.venue].code.text()},
                      {"people", use.people},
                      {"rooms_opened", use.rooms_opened},
                      {"rooms_spare", use.rooms_spare},
                      {"units", use.units},
                      {"mean_travel_m", use.mean_travel_m}});
  }
  json districts = json::array();
  for (const comparison::DistrictUse& use : plan.districts) {
    districts.push_back({{"district_code", exam.words[use.district]},
                         {"people", use.people},
                         {"rooms_opened", use.rooms_opened},
                         {"rooms_spare", use.rooms_spare}});
  }
  json fairness = json::object();
  for (const comparison::Dimension& dimension : plan.fairness) {
    json& groups = fairness[dimension.key] = json::array();
    for (const comparison::Group& group : dimension.groups) {
      groups.push_back({{"name", group.name.en},
                        {"people", group.people},
                        {"mean_travel_m", group.mean_travel_m},
                        {"mean_detour_m", group.measured_mean_detour_m},
                        {"p95_detour_m", group.measured_p95_detour_m},
                        {"told_mean_detour_m", group.mean_detour_m},
                        {"told_p95_detour_m", group.p95_detour_m},
                        {"farther", group.farther}});
    }
  }
  return {{"name", plan.name},
          {"digest", plan.digest},
          {"status", spell(plan.status)},
          {"seated", plan.seated},
          {"unseated", plan.unseated},
          {"objective",
           {{"total", plan.objective.total},
            {"travel_m", plan.objective.travel_m},
            {"rooms_opened", plan.objective.rooms_opened},
            {"unit_venue_pairs", plan.objective.unit_venue_pairs},
            {"venues_opened", plan.objective.venues_opened}}},
          {"detour_m", json_of(plan.measured_detour)},
          {"told_detour_m", json_of(plan.detour)},
          {"over_detour_cap", plan.over_detour_cap},
          {"rooms_spare", plan.rooms_spare},
          {"gap", {{"of_total", json_of(plan.gap.of_total)}, {"of_detour", json_of(plan.gap.of_detour)}}},
          {"venues", venues},
          {"districts", districts},
          {"fairness", fairness}};
}

json json_of(const Exam& exam, const Comparison& comparison, const std::vector<Judged>& judged) {
  json document = {{"exam", exam.header.code.text()},
                   {"plans", json::array()},
                   {"moves", json::array()},
                   {"findings", json::object()}};
  for (const PlanFigures& plan : comparison.plans) document["plans"].push_back(json_of(plan));
  for (const Moves& moves : comparison.moves) {
    document["moves"].push_back({{"from", comparison.plans[moves.from].name},
                                 {"to", comparison.plans[moves.to].name},
                                 {"venue", moves.venue},
                                 {"room", moves.room},
                                 {"seat", moves.seat},
                                 {"added", moves.added},
                                 {"removed", moves.removed},
                                 {"unmoved", moves.unmoved}});
  }
  for (const Judged& plan : judged) document["findings"][plan.name] = plan.verdict.counts;
  return document;
}

// Columns under one another: the first to the left, the others to the right.
std::string lay_out(const std::vector<std::vector<std::string>>& rows) {
  std::vector<int> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], display_width(row[column]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const std::string gap(static_cast<std::size_t>(widths[column] - display_width(row[column])), ' ');
      line += column == 0 ? row[column] + gap : "  " + gap + row[column];
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string table_of(const Comparison& comparison, const std::vector<Judged>& judged, Language language) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const Text& name, auto value) {
    rows.push_back({name.in(language)});
    for (const PlanFigures& plan : comparison.plans) rows.back().push_back(value(plan));
  };
  const auto kilometres = [](double metres) { return fmt::format("{:.2f} km", metres / 1000); };
  const auto percent = [](const std::optional<double>& fraction) {
    return fraction ? fmt::format("{:.4f} %", *fraction * 100) : std::string("-");
  };
  add({"", ""}, [](const PlanFigures& plan) { return plan.name; });
  add({"findings", "위반"}, [&](const PlanFigures& plan) {
    std::uint64_t count = 0;
    for (const Judged& one : judged) {
      if (one.name != plan.name) continue;
      for (const auto& [code, found] : one.verdict.counts) count += found;
    }
    return group_digits(static_cast<long long>(count));
  });
  add({"status", "상태"}, [&](const PlanFigures& plan) { return name_of(plan.status).in(language); });
  add({"seated", "배정 인원"}, [](const PlanFigures& plan) { return group_digits(plan.seated); });
  add({"unseated", "미배정"}, [](const PlanFigures& plan) { return group_digits(plan.unseated); });
  add({"travel in all", "거리 합계"},
      [](const PlanFigures& plan) { return group_digits(plan.objective.travel_m / 1000) + " km"; });
  add({"with weights", "가중치 포함"},
      [](const PlanFigures& plan) { return group_digits(plan.objective.total / 1000) + " km"; });
  add({"mean detour", "평균 우회 거리"}, [&](const PlanFigures& plan) { return kilometres(plan.detour.mean); });
  add({"median detour", "중앙 우회 거리"},
      [&](const PlanFigures& plan) { return kilometres(static_cast<double>(plan.detour.p50)); });
  add({"95th percentile", "95 백분위"},
      [&](const PlanFigures& plan) { return kilometres(static_cast<double>(plan.detour.p95)); });
  add({"longest detour", "최장 우회 거리"},
      [&](const PlanFigures& plan) { return kilometres(static_cast<double>(plan.detour.max)); });
  add({"over the detour cap", "우회 상한 초과"},
      [](const PlanFigures& plan) { return group_digits(plan.over_detour_cap); });
  add({"rooms opened", "사용 시험실"},
      [](const PlanFigures& plan) { return group_digits(plan.objective.rooms_opened); });
  add({"spare exam rooms", "남은 시험실"}, [](const PlanFigures& plan) { return group_digits(plan.rooms_spare); });
  add({"venues opened", "사용 시험장"},
      [](const PlanFigures& plan) { return group_digits(plan.objective.venues_opened); });
  add({"(unit, venue) pairs", "모집단위·시험장 조합"},
      [](const PlanFigures& plan) { return group_digits(plan.objective.unit_venue_pairs); });
  add({"gap to the theoretical minimum", "이론적 최솟값과의 차이"}, [&](const PlanFigures& plan) { return percent(plan.gap.of_total); });
  add({"gap of the detour", "우회 기준 차이"}, [&](const PlanFigures& plan) { return percent(plan.gap.of_detour); });
  add({"groups sent farther", "더 먼 집단 수"}, [](const PlanFigures& plan) {
    std::int64_t count = 0;
    for (const comparison::Dimension& dimension : plan.fairness) {
      count += std::count_if(dimension.groups.begin(), dimension.groups.end(),
                             [](const comparison::Group& group) { return group.farther; });
    }
    return group_digits(count);
  });
  std::string text = lay_out(rows);
  if (comparison.moves.empty()) return text;
  rows = {{Text{"moves", "이동"}.in(language), Text{"venue", "시험장"}.in(language),
           Text{"room", "시험실"}.in(language), Text{"seat", "좌석"}.in(language), Text{"added", "추가"}.in(language),
           Text{"removed", "제외"}.in(language)}};
  for (const Moves& moves : comparison.moves) {
    rows.push_back({comparison.plans[moves.from].name + " -> " + comparison.plans[moves.to].name});
    for (const std::int64_t count : {moves.venue, moves.room, moves.seat, moves.added, moves.removed})
      rows.back().push_back(group_digits(count));
  }
  return text + "\n" + lay_out(rows);
}

bool holds(const std::string& folder, const char* file) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::path(folder) / file, ignored);
}

// A package with the plans that stand behind it. Positions are those of the words of the command line.
struct PackageWords {
  std::size_t exam = 0;
  std::vector<std::size_t> plans;
};

// Divides the words into packages and their plans. Throws WrongUsage for a package without a plan, which nothing would
// be said of, and for a folder that may be meant as either.
std::vector<PackageWords> divide(const std::vector<std::string>& words) {
  std::vector<PackageWords> packages;
  const auto require_plan = [&] {
    if (packages.empty() || !packages.back().plans.empty()) return;
    const std::string& exam = words[packages.back().exam];
    throw WrongUsage{{fmt::format("no plan stands behind the package {}: a package is followed by its plans", exam),
                      fmt::format("시험 묶음 {} 뒤에 배정안이 없습니다. 시험 묶음 뒤에 그 배정안을 적으십시오", exam)}};
  };
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool is_exam = holds(words[at], "exam.json");
    if (at > 0 && is_exam && holds(words[at], "placements.csv")) {
      throw WrongUsage{{fmt::format("{} holds an exam package and a plan; put the plan into a folder of its own", words[at]),
                        fmt::format("{}에 시험 묶음과 배정안이 함께 있습니다. 배정안을 따로 두십시오", words[at])}};
    }
    if (at == 0 || is_exam) {
      require_plan();
      packages.push_back({at, {}});
    } else {
      packages.back().plans.push_back(at);
    }
  }
  require_plan();
  return packages;
}

void say_fault_of(const std::string& folder, const Fault& fault, const Terminal& terminal) {
  terminal.say({folder + "/" + fault.format(Language::english), folder + "/" + fault.format(Language::korean)});
}

// What the plan names and its package does not have: cut or rounded ids are named as what they are, unless their cause has been said.
void say_why_left_out(const std::string& folder, const InvalidInput& refused, const std::vector<Fault>& causes,
                      const Terminal& terminal) {
  constexpr std::size_t most_told = 5;
  const Faults& faults = refused.faults();
  std::size_t told = 0;
  std::size_t said_before = 0;
  for (const Fault& fault : faults.kept()) {
    const bool said = std::any_of(causes.begin(), causes.end(),
                                  [&](const Fault& cause) { return cause_of(cause) == cause_of(fault); });
    said_before += said ? 1 : 0;
    if (said || told == most_told) continue;
    say_fault_of(folder, fault, terminal);
    ++told;
  }
  if (faults.count() > told + said_before) {
    const std::string rest = group_digits(static_cast<long long>(faults.count() - told - said_before));
    terminal.say({fmt::format("{}: and {} more", folder, rest), fmt::format("{}: 그 밖에 {}건", folder, rest)});
  }
  terminal.say({folder + ": names people or rooms that the exam does not have and is left out of the comparison; "
                         "name the package it was made from before it",
                folder + ": 시험에 없는 응시자나 시험실이 있어 비교에서 제외합니다. 이 배정안을 만든 시험 묶음을 "
                         "그 앞에 적으십시오"});
}

// Each package against the first one. The objects are those of the JSON, under `only_in`.
json say_only_in_one(const std::vector<std::string>& names, const std::vector<std::unique_ptr<const Exam>>& exams,
                     const Terminal& terminal) {
  json all = json::array();
  for (std::size_t at = 1; at < exams.size(); ++at) {
    for (const auto& [own, other] : {std::pair(std::size_t{0}, at), std::pair(at, std::size_t{0})}) {
      const OnlyInOne only = list_only_in(*exams[own], *exams[other]);
      for (const Text& line : tell_only_in(only, names[own], names[other])) terminal.say(line);
      all.push_back({{"package", names[own]}, {"than", names[other]}, {"people", only.people}, {"rooms", only.rooms}});
    }
  }
  return all;
}

struct NamedExam {
  const std::string& folder;
  const Exam& exam;
};

// Judges a plan, says what is wrong with it, and takes it in unless it cannot be understood. False: it has findings, or
// somebody has no seat.
bool take_plan(const Arguments& arguments, const Terminal& terminal, const NamedExam& named, const std::string& folder,
               std::vector<comparison::NamedPlan>& plans, std::vector<Judged>& judged) {
  const Exam& exam = named.exam;
  // As verify judges it.
  const PlanRows rows = load_plan_argument(folder, read_encoding(arguments), terminal, package::CodesOfPlan::as_they_stand);
  judged.push_back({folder, verification::verify_plan(exam, rows)});
  const verification::Verdict& verdict = judged.back().verdict;
  if (!verdict.complete()) {
    const Text told = tell_incomplete(verdict.unseated, verdict.people);
    terminal.say({folder + ": " + told.en, folder + ": " + told.ko});
  }
  std::vector<Fault> causes;
  if (!verdict.clean()) causes = package::find_spoilt_codes(exam, rows).causes;
  for (const Fault& cause : causes) say_fault_of(folder, cause, terminal);
  for (const auto& [code, count] : verdict.counts) {
    const std::string found = group_digits(static_cast<long long>(count));
    terminal.say({fmt::format("{}: {} ({} times)", folder, code, found),
                  fmt::format("{}: {} {}건", folder, code, found)});
  }
  if (!verdict.clean()) {
    std::vector<std::string> verify{"verify", named.folder, folder};
    if (const auto encoding = arguments.find("encoding")) verify.insert(verify.end(), {"--encoding", *encoding});
    const std::string command = suggest(arguments, std::move(verify));
    terminal.say({"every finding is told by: " + command, "위반을 모두 보려면: " + command});
  }
  if (rows.has_report && !exam.input_sha256.empty() && !exam.is_input(rows.report.input_sha256)) {
    terminal.say({fmt::format("{}: this is a plan of another package ({}; {} is {}). Name its own package before it, as the first one "
                              "stands before its plan",
                              folder, rows.report.input_sha256.substr(0, 12), named.folder,
                              exam.input_sha256.substr(0, 12)),
                  fmt::format("{}: 다른 시험 묶음의 배정안입니다(배정안의 묶음 {}, {}의 묶음 {}). 그 시험 묶음의 폴더를 이 배정안 "
                              "앞에 적으십시오",
                              folder, rows.report.input_sha256.substr(0, 12), named.folder,
                              exam.input_sha256.substr(0, 12))});
  }
  try {
    plans.push_back({folder, package::resolve_plan(exam, rows), &exam});
  } catch (const InvalidInput& refused) {
    if (verdict.clean()) throw;
    say_why_left_out(folder, refused, causes, terminal);
  }
  return verdict.clean() && verdict.complete();
}

// A plan belongs to the package that stands before it.
Exit run_compare(const Arguments& arguments, const Terminal& terminal) {
  const std::vector<std::string>& words = arguments.positionals;
  const std::vector<PackageWords> packages = divide(words);
  const auto page = arguments.find("html");
  if (page) require_free_file(*page, existing_of(arguments));
  std::vector<std::unique_ptr<const Exam>> exams;
  std::vector<std::string> names;
  std::vector<comparison::NamedPlan> plans;
  std::vector<Judged> judged;
  bool all_clean = true;
  for (const PackageWords& one : packages) {
    names.push_back(words[one.exam]);
    exams.push_back(std::make_unique<const Exam>(load_exam_argument(arguments, names.back(), terminal)));
    for (const std::size_t plan : one.plans)
      all_clean = take_plan(arguments, terminal, {names.back(), *exams.back()}, words[plan], plans, judged) && all_clean;
  }
  const json only_in = say_only_in_one(names, exams, terminal);
  const Exam& exam = *exams.front();
  const Comparison compared = comparison::compare_plans(exam, plans);
  if (arguments.has("json")) {
    json document = json_of(exam, compared, judged);
    document["only_in"] = only_in;
    terminal.print(document.dump(2) + "\n");
  } else {
    terminal.print(table_of(compared, judged, terminal.language));
  }
  if (page) {
    require_free_file(*page, existing_of(arguments));  // the work took a while
    write_file(*page, comparison::render_comparison_html(exam, compared, terminal.language));
    terminal.say({"page written to " + *page, "비교 페이지를 썼습니다: " + *page});
  }
  return all_clean ? Exit::done : Exit::findings;
}

}  // namespace

Command compare_command() {
  return {
      "compare",
      {"puts plans of one exam side by side", "한 시험의 배정안들을 나란히 비교합니다"},
      {{"EXAM", {"folder of the exam package", "시험 패키지 폴더"}},
       {"PLAN", {"folder of a plan", "배정안 폴더"}},
       {"PLAN",
        {"further plans; a plan of another package follows that package's folder",
         "비교할 다른 배정안. 다른 시험 묶음의 배정안은 그 묶음의 폴더 뒤에 적습니다"},
        true,
        true}},
      {{"json", "", {"print JSON instead of a table", "표 대신 JSON을 출력합니다"}},
       {"html", "FILE", {"also write a self-contained page with pictures", "그림이 있는 단독 HTML 페이지도 씁니다"}},
       replace_option(),
       encoding_option()},
      run_compare};
}

}  // namespace hanjari::cli
