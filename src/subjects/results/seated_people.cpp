// Whether a result package is of the people who were seated: the package alone cannot tell that it is another exam's, or
// that a spreadsheet took the zeros from the front of every number.
#include "hanjari/results/seated_people.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/text.h"
#include "hanjari/package/near_codes.h"

namespace hanjari::services {
namespace {

constexpr std::size_t numbers_named = 10;

struct NumberedPeople {
  std::vector<std::string> first;  // as many as are named
  long long count = 0;

  void add(const std::string& number) {
    ++count;
    if (first.size() < numbers_named) first.push_back(number);
  }
  std::string named() const {
    std::string list;
    for (const std::string& number : first) list += (list.empty() ? "" : ", ") + number;
    return count > static_cast<long long>(first.size()) ? list + ", ..." : list;
  }
};

using UnitOfNumber = std::unordered_map<std::string, std::string>;

// Codes of the plan for which others stand in the results: told once, with the first of them.
class OtherSpellings {
 public:
  OtherSpellings(const char* column, Text nobody_has) : column_(column), nobody_has_(std::move(nobody_has)) {}

  void add_known(const std::string& code) { known_.add(code); }
  // Whether `code` stands for one of the plan; for this one, where it is said.
  bool tell(const std::string& code, const std::string* of_plan = nullptr) {
    const auto near = known_.find(code);
    if (!near || near->meant.empty() || (of_plan != nullptr && near->meant != *of_plan)) return false;
    told_.add({"people.csv", 0, column_,
               {fmt::format("'{}' {}, but '{}' is: zeros in front, case or blanks differ", code, nobody_has_.en, near->meant),
                in_korean("'{}'[은/는] {} '{}'[이/가] 있습니다. 앞자리 0, 대소문자나 빈칸이 다릅니다", code, nobody_has_.ko, near->meant)},
               {fmt::format("write '{}'; give the column the format Text before it is filled", near->meant),
                in_korean("'{}'[으로/로] 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오", near->meant)}});
    return true;
  }
  void hand_over(Faults& faults) { told_.hand_over(faults); }

 private:
  const char* column_;
  Text nobody_has_;
  package::NearCodes known_{"placements.csv"};
  RepeatedFaults told_;
};

// Nothing while no plan is live: then nobody has a number that people know.
std::optional<UnitOfNumber> load_seated(ExamRepository& exams, const ExamCode& code) {
  const auto live = exams.find_live_plan(code);
  if (!live) return std::nullopt;
  // Numbers and units stand beside what is sealed.
  const auto exam = exams.find_listed_exam(code, live->input_sha256);
  if (!exam) return std::nullopt;
  const auto plan = exams.find_listed_plan(*exam, live->plan_digest);
  if (!plan) return std::nullopt;
  UnitOfNumber seated;
  seated.reserve(plan->placements.size());
  for (const Placement& placement : plan->placements) {
    const hanjari::Applicant& applicant = exam->applicants[placement.applicant.value];
    seated.emplace(placement.number.text(), exam->units[applicant.unit.value].code.text());
  }
  return seated;
}

}  // namespace

std::vector<Fault> compare_with_seated(ExamRepository& exams, const ExamCode& code, const selection::Results& results) {
  auto seated = load_seated(exams, code);
  if (!seated) return {};
  OtherSpellings units("unit_code", {"is no unit of the live plan", "확정 배정안에 없고"});
  std::set<std::string> codes;
  for (const auto& [number, unit] : *seated) codes.insert(unit);
  for (const std::string& unit : codes) units.add_known(unit);
  NumberedPeople elsewhere;
  std::vector<std::string> strangers;
  for (const selection::ResultPerson& person : results.people) {
    const auto found = seated->find(person.number.text());
    if (found == seated->end()) {
      strangers.push_back(person.number.text());
      continue;
    }
    const std::string& unit = results.unit_of(person).unit.code.text();
    if (found->second != unit && !units.tell(unit, &found->second)) elsewhere.add(person.number.text());
    seated->erase(found);
  }
  NumberedPeople unknown;
  OtherSpellings numbers("applicant_number", {"is no number of the live plan", "확정 배정안에 없고"});
  if (!strangers.empty()) {
    for (const auto& [number, unit] : *seated) numbers.add_known(number);
  }
  for (const std::string& number : strangers) {
    if (!numbers.tell(number)) unknown.add(number);
  }
  Faults faults;
  numbers.hand_over(faults);
  units.hand_over(faults);
  if (unknown.count > 0) {
    faults.add({"people.csv", 0, "applicant_number",
                {fmt::format("numbers that nobody of the exam's live plan has ({}): {}", group_digits(unknown.count), unknown.named()),
                 fmt::format("확정 배정안에 없는 응시번호({}개): {}", group_digits(unknown.count), unknown.named())},
                {"send the results of this exam, with every number as it was given (a spreadsheet takes zeros from the front)",
                 "이 시험의 결과를 응시번호 그대로 보내십시오(스프레드시트에서 앞자리 0이 사라졌는지 확인하십시오)"}});
  }
  if (elsewhere.count > 0) {
    faults.add({"people.csv", 0, "unit_code",
                {fmt::format("of another unit in the exam's live plan ({}): {}", group_digits(elsewhere.count), elsewhere.named()),
                 fmt::format("확정 배정안과 모집단위가 다름({}명): {}", group_digits(elsewhere.count), elsewhere.named())},
                {"correct the unit or the number", "모집단위나 응시번호를 바로잡으십시오"}});
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  if (seated->empty()) return {};
  std::vector<std::string> left;
  left.reserve(seated->size());
  for (const auto& [number, unit] : *seated) left.push_back(number);
  std::sort(left.begin(), left.end());
  NumberedPeople missing;
  for (const std::string& number : left) missing.add(number);
  return {{"people.csv", 0, "applicant_number",
           {fmt::format("seated by the exam's live plan and not in the results ({}): {}", group_digits(missing.count), missing.named()),
            fmt::format("확정 배정안에는 있으나 결과에 없음({}명): {}", group_digits(missing.count), missing.named())},
           {"they will see no result; add them, as absent where they did not come",
            "이 사람들은 결과를 볼 수 없습니다. 결시자도 결과에 넣으십시오"}}};
}

}  // namespace hanjari::services
