#include "publications/decided_rates.h"

#include <utility>

#include "hanjari/domain/spelling.h"
#include "hanjari/verification/verify_rates.h"

namespace hanjari::services {
namespace {

bool has_passed(const announcement::Person& person) {
  return person.outcome == "passed" || person.outcome == "passed_equality";
}

std::vector<std::string> groups_of(const Exam& exam, const hanjari::Applicant& person) {
  const std::string& home = exam.words[person.district];
  return {home.empty() ? "outside" : home, std::string(spell(person.sex)), exam[person.unit].code.text(),
          person.accommodation.any() ? "some" : "none"};
}

}  // namespace

std::optional<GroupedExam> load_grouped(ExamRepository& exams, const ExamCode& code) {
  const auto told = find_told_plan(exams, code);
  if (!told) return std::nullopt;
  auto exam = exams.find_exam(code, told->input_sha256);
  if (!exam) return std::nullopt;
  const auto plan = exams.find_plan(*exam, told->plan_digest);
  if (!plan) return std::nullopt;
  GroupedExam grouped{std::move(*exam), {}};
  for (const Placement& placement : plan->placements) grouped.people.emplace(placement.number.text(), placement.applicant);
  return grouped;
}

std::optional<fairness::DecidedPeople> group_people(const GroupedExam& grouped, const std::vector<announcement::Person>& people) {
  fairness::DecidedPeople decided;
  for (const announcement::Person& person : people) {
    const auto found = grouped.people.find(person.number);
    if (found == grouped.people.end()) return std::nullopt;
    decided.members[person.number] = groups_of(grouped.exam, grouped.exam[found->second]);
    if (has_passed(person)) decided.passed.insert(person.number);
  }
  return decided;
}

std::string make_rates(const GroupedExam& grouped, const std::vector<announcement::Person>& people,
                       const std::vector<ReleasedRates>& before) {
  const auto decided = group_people(grouped, people);
  if (!decided) return {};
  std::vector<fairness::EarlierRates> earlier;
  for (const ReleasedRates& release : before) {
    if (release.rates_csv.empty()) continue;
    auto then = group_people(grouped, release.people);
    const auto rows = fairness::read_rates(release.rates_csv);
    if (!then || !rows) return {};
    fairness::EarlierRates& told = earlier.emplace_back(fairness::EarlierRates{std::move(*then), {}});
    for (const fairness::RateRow& row : *rows) {
      if (row.is_given()) told.given.insert(row.cell);
    }
  }
  return fairness::render_rates(*decided, fairness::rates_to_publish(*decided, earlier, Seed{}));
}

std::vector<proofreading::Finding> judge_rates(const GroupedExam& grouped, const std::string& decisions_csv,
                                               const std::string& rates_csv) {
  if (verification::verify_rates(grouped.exam, grouped.people, decisions_csv, rates_csv).empty()) return {};
  return {{"wrong_rates", "", {"rates.csv is not what was decided, or tells of a few people", "rates.csv가 결정과 다르거나 소수의 결과를 드러냅니다"}}};
}

}  // namespace hanjari::services
