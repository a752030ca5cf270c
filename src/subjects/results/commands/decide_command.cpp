// hanjari decide: from a result package to the pass decision, with its reasons and its what-ifs.
#include <sys/resource.h>

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/result_package.h"
#include "hanjari/results/decided.h"
#include "hanjari/results/declines.h"
#include "results/commands/commands.h"

namespace hanjari::cli {
namespace {

using namespace selection;
using nlohmann::json;
namespace fs = std::filesystem;

using services::Decided;
using services::decide_package;

std::string read_declines_file(const Arguments& arguments, Stage stage) {
  if (!arguments.has("declines")) return {};
  if (stage == Stage::final) return read_file(arguments.text("declines"));
  throw WrongUsage{{"--declines belongs to --stage final", "--declines는 --stage final과 함께 씁니다"}};
}

Stage read_stage(const Arguments& arguments) {
  const std::string word = arguments.find("stage").value_or("written");
  constexpr std::string_view stages[] = {"written", "final"};
  const std::size_t meant = find_meant_word(word, stages);
  if (meant < std::size(stages)) return meant == 0 ? Stage::written : Stage::final;
  throw WrongUsage{{fmt::format("--stage: '{}' is neither written nor final", word),
                    in_korean("--stage: '{}'[은/는] written도 final도 아닙니다", word)}};
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> items;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (end > begin) items.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return items;
}

package::ResultChanges read_changes(const Arguments& arguments) {
  package::ResultChanges changes;
  for (const std::string& item : split(arguments.find("set").value_or(""))) {
    const std::size_t equals = item.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw WrongUsage{
          {fmt::format("--set: '{}' is not KEY=VALUE", item), in_korean("--set: '{}'[은/는] 키=값이 아닙니다", item)}};
    }
    changes.settings.emplace_back(item.substr(0, equals), item.substr(equals + 1));
  }
  if (const auto file = arguments.find("rescore")) changes.rescore = *file;
  if (const auto file = arguments.find("correct")) changes.correct = *file;
  return changes;
}

// What to compare with: another package, or the same one without the changes.
std::optional<Decided> decide_before(const Arguments& arguments, const package::ResultChanges& changes, Stage stage,
                                     const Terminal& terminal) {
  const auto other = arguments.find("compare-with");
  if (!other && changes.empty()) return std::nullopt;
  return decide_package(package::load_results(other.value_or(arguments.positionals[0]), stage, read_encoding(arguments),
                                              {}, terminal.progress));
}

// A decisions.csv in the package, from the written stage, must be what the marks give today.
void check_written_decisions(const fs::path& folder, const Decided& decided) {
  std::error_code ignored;
  if (!fs::is_regular_file(folder / "decisions.csv", ignored)) return;
  std::string expected;
  package::write_decisions(decided.loaded.results, decided.loaded.rules, decided.decision,
                           [&](std::string_view bytes) { expected += bytes; });
  if (read_file(folder / "decisions.csv") == expected) return;
  throw Conflict("decisions_differ",
                 {fmt::format("{}: not what the marks and rules of this package give; decide the written stage again",
                              (folder / "decisions.csv").string()),
                  fmt::format("{}: 이 자료의 점수와 규칙으로 낸 결과와 다릅니다. 필기 단계를 다시 결정하십시오",
                              (folder / "decisions.csv").string())});
}

// The files of the written stage, those of the final one, and those that only some decisions have.
const std::vector<std::string> written_files{"decisions.csv", "cuts.csv", "report.en.html", "report.ko.html",
                                             "report.json"};
const std::vector<std::string> final_files{"decisions_final.csv", "cuts_final.csv", "passed_final.en.html",
                                           "passed_final.ko.html"};
const std::vector<std::string> further_files{"differences.csv", "cut_differences.csv", "explanations.jsonl"};
// Of the written stage's decision; a supposition has no list that somebody could put up.
const std::vector<std::string> pass_list_files{"passed.en.html", "passed.ko.html"};

// The final stage goes on from the written one in the folder of the results.
bool goes_on_from_written(const Arguments& arguments, const std::string& out, Stage stage, bool what_if) {
  std::error_code ignored;
  return stage == Stage::final && !what_if && fs::equivalent(out, arguments.positionals[0], ignored);
}

// Refuses to write over another decision. Where the final stage goes on from the written one, the tables of that stage
// say the same again, which check_written_decisions sees to.
void require_free_decision(const Arguments& arguments, const std::string& out, Stage stage, bool what_if) {
  const bool goes_on = goes_on_from_written(arguments, out, stage, what_if);
  std::vector<std::string> names;
  if (!goes_on) names = written_files;
  if (!what_if && stage == Stage::written) names.insert(names.end(), pass_list_files.begin(), pass_list_files.end());
  if (stage == Stage::final) names.insert(names.end(), final_files.begin(), final_files.end());
  if (what_if || arguments.has("compare-with")) names.insert(names.end(), {further_files[0], further_files[1]});
  if (arguments.has("explanations")) names.push_back(further_files[2]);
  require_free_files(out, names, existing_of(arguments), arguments.positionals[0]);
}

// Files that appear together: all are written before the first one takes its name. A decision that is replaced takes
// those of its files with it that the new one does not have, but for the pass list of the written stage that the final
// one goes on from.
class ResultFiles {
 public:
  ResultFiles(fs::path folder, Existing existing, bool goes_on)
      : folder_(std::move(folder)), existing_(existing), goes_on_(goes_on) {}

  package::CsvWriter::Sink open(const std::string& name) {
    names_.insert(name);
    AtomicFile& file = *files_.emplace_back(std::make_unique<AtomicFile>(folder_ / name));
    return [&file](std::string_view bytes) { file.write(bytes); };
  }
  void commit() {
    for (const auto& file : files_) file->commit();
    if (existing_ == Existing::keep) return;
    std::error_code ignored;
    for (const auto* list : {&final_files, &further_files, &pass_list_files}) {
      if (goes_on_ && list == &pass_list_files) continue;
      for (const std::string& name : *list) {
        if (!names_.contains(name)) fs::remove(folder_ / name, ignored);
      }
    }
  }

 private:
  fs::path folder_;
  Existing existing_;
  bool goes_on_;
  std::set<std::string> names_;
  std::vector<std::unique_ptr<AtomicFile>> files_;
};

json explanation_json(const Decided& decided, PersonIndex person) {
  json steps = json::array();
  for (const Step& step : services::explain_path(decided, person)) {
    steps.push_back({{"rule", step.rule}, {"en", step.sentence.en}, {"ko", step.sentence.ko}});
  }
  return {{"applicant_number", decided.loaded.results.people[person.value].number.text()}, {"steps", steps}};
}

void print_explanations(const Decided& decided, const std::string& numbers, const Arguments& arguments,
                        const Terminal& terminal) {
  for (const std::string& number : split(numbers)) {
    const PersonIndex person = decided.loaded.results.find(ApplicantNumber(number));
    if (!person.exists()) {
      if (const auto near = package::find_near_number(decided.loaded.results, number)) {
        throw NotFound("applicant_not_found", {near->what.en + "; " + near->fix.en, near->what.ko + ". " + near->fix.ko});
      }
      throw NotFound("applicant_not_found", {fmt::format("nobody has the applicant number '{}'", number),
                                             fmt::format("응시번호 '{}'인 사람이 없습니다", number)});
    }
    if (arguments.has("json")) {
      terminal.print(explanation_json(decided, person).dump() + "\n");
      continue;
    }
    terminal.print(number + "\n");
    for (const Step& step : services::explain_path(decided, person)) {
      terminal.print(fmt::format("  {:>2}  {}\n", step.rule, step.sentence.in(terminal.language)));
    }
  }
}

void write_explanations(const Decided& decided, const package::CsvWriter::Sink& sink) {
  for (std::size_t i = 0; i < decided.loaded.results.people.size(); ++i) {
    sink(explanation_json(decided, PersonIndex(i)).dump() + "\n");
  }
}

double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void say_result(const Decided& decided, const std::optional<Comparison>& differences, const std::string& folder,
                const Terminal& terminal) {
  std::int64_t sat = 0;
  std::int64_t passed = 0;
  for (const UnitDecision& unit : decided.decision.units) {
    sat += unit.sat;
    passed += unit.passed;
  }
  const auto applied = static_cast<std::int64_t>(decided.loaded.results.people.size());
  terminal.say(
      {fmt::format("{}: {}, {} applied, {} sat, {} pass the written stage", folder,
                   count_of(std::ssize(decided.decision.units), "unit", "units"),
                   group_digits(applied), group_digits(sat), group_digits(passed)),
       fmt::format("{}: 모집단위 {}개, 출원 {}명, 응시 {}명, 필기 합격 {}명", folder, decided.decision.units.size(),
                   group_digits(applied), group_digits(sat), group_digits(passed))});
  if (!differences) return;
  terminal.say({fmt::format("{}; {} {} (differences.csv, cut_differences.csv)",
                            count_of(std::ssize(differences->verdicts), "verdict differs", "verdicts differ"),
                            count_of(differences->passed_before, "pass becomes", "passes become"),
                            group_digits(differences->passed_after)),
                fmt::format("결과가 달라진 사람 {}명, 합격 {}명에서 {}명(differences.csv, cut_differences.csv)",
                            differences->verdicts.size(), differences->passed_before, differences->passed_after)});
}

// Which exam the marks are of: exam.json among them, or in the folder that --exam names.
std::optional<ExamHeader> read_exam_header(const Arguments& arguments, const Terminal& terminal) {
  const std::string folder = arguments.find("exam").value_or(arguments.positionals[0]);
  std::vector<Fault> warnings;
  auto header = package::load_exam_header(folder, read_encoding(arguments), warnings);
  for (const Fault& warning : warnings) {
    const std::string text = warning.format(terminal.language);
    terminal.say({text, text});
  }
  if (header) return header;
  if (arguments.has("exam")) {
    throw NotFound("exam_not_found", {fmt::format("{}: no exam.json in it; name the folder of an exam package", folder),
                                      fmt::format("{}: exam.json이 없습니다. 시험 묶음의 폴더를 적으십시오", folder)});
  }
  terminal.say({"warning: report and pass list name no exam and no date; add --exam EXAM, or exam.json to the results",
                "경고: 보고서와 합격자 명단에 시험 이름과 시험일이 없습니다. --exam 시험묶음을 더하거나 결과 자료에 "
                "exam.json을 두십시오"});
  return std::nullopt;
}

// What a what-if changes, as it was typed; empty where nothing is supposed.
std::string name_suppositions(const Arguments& arguments) {
  std::string words;
  for (const char* option : {"set", "rescore", "correct"}) {
    if (const auto value = arguments.find(option))
      words += fmt::format("{}--{} {}", words.empty() ? "" : ", ", option, *value);
  }
  return words;
}

Exit run_decide(const Arguments& arguments, const Terminal& terminal) {
  const Stage stage = read_stage(arguments);
  const package::ResultChanges changes = read_changes(arguments);
  const auto asked = arguments.find("explain");
  const std::string out = asked ? arguments.find("out").value_or("") : arguments.text("out");
  if (!out.empty()) require_free_decision(arguments, out, stage, !changes.empty());
  const Clock& clock = system_clock();

  const auto began = clock.elapsed();
  package::LoadedResults loaded =
      package::load_results(arguments.positionals[0], stage, read_encoding(arguments), changes, terminal.progress);
  say_warnings(loaded.warnings, terminal);
  const auto read = clock.elapsed();
  const Decided decided = decide_package(std::move(loaded));
  const auto made = clock.elapsed();
  const Results& results = decided.loaded.results;

  const std::string declines = read_declines_file(arguments, stage);
  std::optional<FinalDecision> final;
  if (stage == Stage::final) {
    if (changes.empty()) check_written_decisions(arguments.positionals[0], decided);
    final = services::decide_finally(decided, declines);
  }
  if (asked) print_explanations(decided, *asked, arguments, terminal);
  if (out.empty()) return Exit::done;

  const std::optional<ExamHeader> exam = read_exam_header(arguments, terminal);
  std::optional<Comparison> differences;
  if (const auto before = decide_before(arguments, changes, stage, terminal)) {
    differences = compare_decisions({before->loaded.results, before->decision}, {results, decided.decision});
  }

  ResultFiles files(out, existing_of(arguments), goes_on_from_written(arguments, out, stage, !changes.empty()));
  package::write_decisions(results, decided.loaded.rules, decided.decision, files.open("decisions.csv"));
  package::write_cuts(results, decided.decision, files.open("cuts.csv"));
  if (final) {
    package::write_final_decisions(results, *final, files.open("decisions_final.csv"));
    package::write_final_cuts(results, *final, files.open("cuts_final.csv"));
  }
  if (differences) {
    package::write_differences(*differences, files.open("differences.csv"));
    package::write_cut_differences(*differences, files.open("cut_differences.csv"));
  }
  if (arguments.has("explanations")) write_explanations(decided, files.open("explanations.jsonl"));
  const services::ReportedBeside beside{exam ? &*exam : nullptr,
                                        final ? &*final : nullptr,
                                        differences ? &*differences : nullptr,
                                        arguments.find("compare-with").value_or(""),
                                        name_suppositions(arguments),
                                        changes.empty(),
                                        seconds_between(began, read),
                                        seconds_between(read, made),
                                        peak_rss_mb()};
  services::write_reports(decided, beside, [&files](const std::string& name, std::string_view bytes) { files.open(name)(bytes); });
  files.commit();
  say_result(decided, differences, out, terminal);
  return Exit::done;
}

}  // namespace

Command decide_command() {
  return {
      "decide",
      {"decides who passes, with the reasons", "합격자를 결정하고 사유를 밝힙니다"},
      {{"RESULTS", {"folder of the result package", "결과 자료 폴더"}}},
      {{"out",
        "DIR",
        {"folder for the decision; not needed with --explain", "결정을 쓸 폴더. --explain이면 없어도 됩니다"}},
       {"stage", "STAGE", {"written or final (written)", "written이나 final(written)"}},
       {"declines",
        "FILE",
        {"final stage: numbers of who declined, as applicant_number; their places go to the reserve",
         "최종 단계에서 합격을 포기한 사람의 응시번호(applicant_number). 빈자리는 예비 순위로 채움"}},
       {"explain",
        "NUMBER,...",
        {"tells the path of these people through the rules", "이 사람들에게 규칙이 어떻게 적용되었는지 보여 줍니다"}},
       {"explanations",
        "",
        {"writes explanations.jsonl for everybody", "모든 사람의 설명을 explanations.jsonl에 씁니다"}},
       {"set",
        "KEY=VALUE,...",
        {"what if: settings of rules.json, posts.UNIT, to_pass.UNIT; differences.csv tells whose verdict differs",
         "가정: rules.json의 설정, posts.단위, to_pass.단위. 달라지는 사람은 differences.csv에 씁니다"}},
       {"rescore",
        "FILE",
        {"what if: other marks, CSV or workbook (applicant_number, subject, raw or delta)",
         "가정: 다른 점수. CSV나 통합 문서(applicant_number, subject, raw나 delta)"}},
       {"correct",
        "FILE",
        {"what if: corrected people, CSV or workbook (applicant_number, sex, attendance, bonus)",
         "가정: 고친 사람. CSV나 통합 문서(applicant_number, sex, attendance, bonus)"}},
       {"compare-with", "RESULTS", {"another package to compare verdicts with", "결과를 비교할 다른 자료"}},
       {"exam",
        "EXAM",
        {"folder whose exam.json names the exam and its date (RESULTS)",
         "시험 이름과 시험일이 있는 exam.json의 폴더(RESULTS)"}},
       replace_option(),
       {"json", "", {"explanations as JSON", "설명을 JSON으로 출력"}},
       encoding_option()},
      run_decide};
}

}  // namespace hanjari::cli
