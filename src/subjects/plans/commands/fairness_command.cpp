// hanjari fairness and verify-fairness: how far people travel by group, to be published with the seats; and whether such a report
// has the figures of a plan. verify-rates: whether published rates of passing have those of a decision.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/file.h"
#include "hanjari/base/output.h"
#include "hanjari/base/random.h"
#include "hanjari/fairness/figures.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/verification/verify_fairness.h"
#include "hanjari/verification/verify_rates.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

fairness::SeatedPeople load_seated(const Arguments& arguments, const std::string& exam_folder, const std::string& plan_folder,
                                   const Terminal& terminal) {
  const Exam exam = load_exam_argument(arguments, exam_folder, terminal);
  const PlanRows rows = load_plan_argument(plan_folder, read_encoding(arguments), exam, Unknown::passed_over, terminal);
  // Whoever has no seat travels nowhere, and stands in no figure.
  const std::size_t seated = std::min(rows.placements.size(), exam.applicants.size());
  if (seated < exam.applicants.size())
    terminal.say(tell_incomplete(exam.applicants.size() - seated, exam.applicants.size()));
  return fairness::seated_people(exam, rows);
}

Exit run_fairness(const Arguments& arguments, const Terminal& terminal) {
  const std::filesystem::path out = arguments.text("out");
  require_free_file(out, existing_of(arguments));
  std::vector<fairness::PublishedEdition> before;
  for (const std::string& folder : arguments.all("previous")) {
    const std::filesystem::path of(folder);
    const fairness::SeatedPeople people =
        load_seated(arguments, (of / "exam").string(), (of / "plan").string(), terminal);
    before.push_back({people.members, fairness::published_in(read_file(of / "fairness.csv"), people)});
  }
  const fairness::SeatedPeople people =
      load_seated(arguments, arguments.positionals[0], arguments.positionals[1], terminal);
  const fairness::Cells given = fairness::cells_to_publish(people.members, before, Seed{});
  write_file(out, fairness::render_fairness(people, given));
  terminal.say({fmt::format("figures given: {}; editions before: {}", given.size(), before.size()),
                fmt::format("공개한 값: {}개, 앞선 보고서: {}개", given.size(), before.size())});
  return Exit::done;
}

Exit tell_of_figures(const std::vector<verification::Violation>& found, const Text& all_well, const Terminal& terminal) {
  for (const verification::Violation& one : found)
    terminal.print(fmt::format("{} {}: {}\n", one.code, one.subject, one.message.in(terminal.language)));
  if (!found.empty()) return Exit::findings;
  terminal.say(all_well);
  return Exit::done;
}

Exit run_verify_fairness(const Arguments& arguments, const Terminal& terminal) {
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const PlanRows rows =
      load_plan_argument(arguments.positionals[1], read_encoding(arguments), exam, Unknown::passed_over, terminal);
  const auto found = verification::verify_fairness(exam, rows, read_file(arguments.positionals[2]));
  return tell_of_figures(found, {"every figure is that of the plan", "모든 값이 배정안과 같습니다"}, terminal);
}

Exit run_verify_rates(const Arguments& arguments, const Terminal& terminal) {
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const PlanRows rows =
      load_plan_argument(arguments.positionals[1], read_encoding(arguments), exam, Unknown::passed_over, terminal);
  std::map<std::string, ApplicantIndex> people;
  for (const PlacementRow& row : rows.placements) {
    if (const ApplicantIndex person = exam.find(row.applicant_id); person.exists()) people.emplace(row.applicant_number.text(), person);
  }
  const auto found =
      verification::verify_rates(exam, people, read_file(arguments.positionals[2]), read_file(arguments.positionals[3]));
  return tell_of_figures(found, {"every rate is that of the decision", "모든 비율이 결정과 같습니다"}, terminal);
}

}  // namespace

Command fairness_command() {
  return {"fairness",
          {"how far people travel by district, sex, unit and accommodation, without telling of a few people",
           "자치구·성별·모집단위·편의지원별 이동 거리를 소수가 드러나지 않게 정리합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"out", "FILE", {"CSV to write", "저장할 CSV 파일"}},
           {"previous", "FOLDER",
            {"an edition published before: its exam, plan and fairness.csv; name every one of them",
             "앞서 공표한 보고서의 exam, plan, fairness.csv가 든 폴더. 모두 적습니다"},
            true},
           replace_option(),
           encoding_option()},
          run_fairness};
}

Command verify_fairness_command() {
  return {"verify-fairness",
          {"computes every figure of a fairness report again", "형평성 보고서의 값을 모두 다시 계산합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}},
           {"PLAN", {"folder of the plan", "배정안 폴더"}},
           {"FILE", {"the report", "보고서 파일"}}},
          {encoding_option()},
          run_verify_fairness};
}

Command verify_rates_command() {
  return {"verify-rates",
          {"computes every published rate of passing again", "발표한 집단별 합격률을 모두 다시 계산합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}},
           {"PLAN", {"folder of the plan", "배정안 폴더"}},
           {"DECISIONS", {"decisions.csv of the decision", "결정의 decisions.csv 파일"}},
           {"FILE", {"rates.csv of the release", "발표한 rates.csv 파일"}}},
          {encoding_option()},
          run_verify_rates};
}

}  // namespace hanjari::cli
