// A final decision as renderer and proofreader are given it: decided once more for the one, the kept tables for the other.
#include <algorithm>
#include <utility>

#include "hanjari/base/digest.h"
#include "hanjari/results/final_decisions.h"
#include "hanjari/selection/final_decision.h"
#include "publications/decided_texts.h"

namespace hanjari::services {
namespace {

constexpr const char* final_grades = "interview.csv";
constexpr const char* final_declines = "declines.csv";

announcement::Person finalist_of(const Decided& decided, const selection::FinalDecision& final,
                                 const selection::FinalPersonDecision& decision) {
  const selection::Results& results = decided.loaded.results;
  const selection::ResultPerson& found = results.people[decision.person.value];
  announcement::Person person;
  person.number = found.number.text();
  person.unit_code = results.unit_of(found).unit.code.text();
  person.unit_name = name_of_unit(results.unit_of(found).unit);
  person.outcome = std::string(selection::spell(decision.outcome));
  person.reasons = {std::string(selection::spell(decision.reason))};
  person.total = selection::format_mark(decision.total);
  if (decision.rank > 0) person.rank = decision.rank;
  if (const auto& cut = final.units[found.unit.value].cut) person.cut = selection::format_mark(*cut);
  for (const selection::Score& score : results.scores_of(found))
    person.scores.emplace_back(results.name_of(score.subject), selection::format_mark(score.mark()));
  if (const auto grade = selection::spell(decision.grade); !grade.empty()) person.grade = std::string(grade);
  if (decision.reserve_rank > 0) person.reserve_rank = decision.reserve_rank;
  return person;
}

void add_finalists(const Decided& decided, const selection::FinalDecision& final, DecidedTexts& texts) {
  const selection::Results& results = decided.loaded.results;
  std::map<std::string, std::vector<std::string>> listed;
  for (const selection::FinalPersonDecision& one : final.people) {
    announcement::Person person = finalist_of(decided, final, one);
    if (proof::is_listed(person.outcome)) listed[person.unit_code].push_back(person.number);
    for (const auto& [subject, mark] : person.scores) texts.decided.marks[person.number][subject] = mark;
    texts.people.push_back(std::move(person));
  }
  for (const selection::ResultUnit& unit : results.units) {
    const std::string& code = unit.unit.code.text();
    auto& numbers = listed[code];
    std::sort(numbers.begin(), numbers.end());
    texts.units.push_back({code, name_of_unit(unit.unit), numbers});
  }
}

}  // namespace

void add_final_stage(InterviewRepository& interviews, const Publication& publication, const package::PackedFiles& written,
                     package::Encoding encoding, DecidedTexts& texts, Progress& progress) {
  const StoredFinal kept = find_final(interviews, publication.exam, publication.order.decision);
  const std::string grades = interviews.load_final_file(kept, final_grades);
  if (kept.written_sha256 != texts.decision.decision_sha256 || sha256(grades).hex() != kept.interviews_sha256) throw_other_decision();
  package::PackedFiles files = written;
  files[final_grades] = grades;
  const Decided decided = decide_package(package::load_results(files, selection::Stage::final, encoding, progress));
  if (digest_decided(decided) != kept.written_sha256) throw_other_decision();
  texts.decided.decisions_csv = interviews.load_final_file(kept, "decisions_final.csv");
  texts.decided.cuts_csv = interviews.load_final_file(kept, "cuts_final.csv");
  texts.decision_sha256 = kept.final_sha256;
  if (digest_decision(texts.decided.decisions_csv, texts.decided.cuts_csv) != texts.decision_sha256) throw_other_decision();
  texts.rules_sha256 = selection::digest_rules(decided.loaded.rules, selection::Stage::final);
  texts.marks_sha256 = package::digest_marks(files, decided.loaded.results);
  for (const selection::ResultUnit& unit : decided.loaded.results.units)
    texts.decided.units[unit.unit.code.text()] = name_of_unit(unit.unit);
  if (publication.order.withdrawal) return;
  const std::string declines = kept.declines_sha256.empty() ? std::string() : interviews.load_final_file(kept, final_declines);
  if (!declines.empty() && sha256(declines).hex() != kept.declines_sha256) throw_other_decision();
  add_finalists(decided, decide_finally(decided, declines), texts);
}

}  // namespace hanjari::services
