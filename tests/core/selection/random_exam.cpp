#include "selection/random_exam.h"

#include <fmt/format.h>

namespace hanjari::selection::test {
namespace {

class Dice {
 public:
  Dice(std::uint64_t number, std::string_view name) : stream_(*parse_seed("7"), fmt::format("{}/{}", name, number)) {}
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(stream_.below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return *(values.begin() + between(0, static_cast<std::int64_t>(values.size()) - 1));
  }

 private:
  RandomStream stream_;
};

Rules random_rules(Dice& dice) {
  Rules rules;
  rules.adjusted_scope = dice.one_of({Scope::exam, Scope::unit});
  rules.adjusted_sd = dice.one_of({Deviation::population, Deviation::sample});
  rules.adjusted_decimals = static_cast<int>(dice.between(0, 2));
  rules.ties_cut = dice.one_of({Ties::all, Ties::all, Ties::none});
  rules.ties_cap = dice.one_of({Ties::all, Ties::none});
  rules.ties_equality = dice.one_of({Ties::all, Ties::none});
  rules.fail_line_percent.hundredths = dice.one_of<std::int64_t>({4000, 4000, 0, 3550, 6000});
  rules.veteran_cap_percent.hundredths = dice.one_of<std::int64_t>({3000, 3000, 1000, 5000, 3333, 0});
  rules.hero_cap_percent.hundredths = dice.one_of<std::int64_t>({1000, 3000, 5000});
  rules.equality.percent.hundredths = dice.one_of<std::int64_t>({3000, 4000, 5000, 3350});
  rules.equality.min_posts = dice.one_of<std::int64_t>({5, 2, 3});
  rules.equality.half_up_from = dice.one_of<std::int64_t>({10, 4, 6});
  rules.equality.margin_points.hundredths = dice.one_of<std::int64_t>({300, 1000, 25, 0});
  rules.final.excess_excellent = dice.one_of({ExcessExcellent::by_written, ExcessExcellent::all});
  rules.final.ties = dice.one_of({Ties::all, Ties::none});
  if (dice.chance(30)) rules.pass_table = {{1, PassTableRow::How::number, 2}, {4, PassTableRow::How::percent, 15000}};
  return rules;
}

// Few different marks make many ties; `spread` 0 gives everybody the same.
std::string random_mark(Dice& dice, int spread) {
  const std::int64_t steps = spread == 0 ? 0 : dice.between(0, spread);
  const std::int64_t mark =
      spread > 20 ? dice.between(2000, 10000) : 6000 + steps * dice.one_of<std::int64_t>({100, 500});
  return format_mark({std::min<std::int64_t>(mark, 10000)});
}

std::string random_bonus(Dice& dice) {
  std::string list;
  for (const auto& [word, percent] : {std::pair{"veteran_10", 12},
                                      {"veteran_5", 14},
                                      {"hero_5", 10},
                                      {"hero_3", 10},
                                      {"licence_5", 8},
                                      {"licence_3", 8}}) {
    if (dice.chance(percent)) list += (list.empty() ? "" : ";") + std::string(word);
  }
  return list;
}

}  // namespace

ExamBuilder random_exam(std::uint64_t number) {
  Dice dice(number, "exam");
  ExamBuilder exam;
  exam.rules = random_rules(dice);
  const int spread = static_cast<int>(dice.one_of<std::int64_t>({0, 1, 3, 6, 100}));
  const auto units = dice.between(1, 3);
  const auto commons = dice.between(0, 2);
  const auto electives = commons == 0 ? dice.between(1, 2) : dice.between(0, 2);
  const int absent = static_cast<int>(dice.one_of<std::int64_t>({0, 20, 40, 100}));
  const int men = static_cast<int>(dice.one_of<std::int64_t>({0, 10, 50, 90}));
  // Rows in an order of their own: units and people backwards in half of the exams.
  const bool backwards = dice.chance(50);
  for (std::int64_t u = 0; u < units; ++u) {
    const std::string code = fmt::format("U{}", backwards ? units - u : u);
    UnitRow& unit = exam.unit(code, static_cast<int>(dice.one_of<std::int64_t>({1, 2, 3, 4, 5, 6, 10, 12})));
    if (dice.chance(40)) unit.to_pass = dice.between(1, 14);
    if (electives > 0 && dice.chance(50)) unit.electives = electives;
    if (dice.chance(20)) exam.rules.cap_exempt_units.push_back(unit.unit.code);
    if (dice.chance(10)) exam.rules.equality.exempt_units.push_back(unit.unit.code);
    const auto people = dice.between(0, 22);
    for (std::int64_t p = 0; p < people; ++p) {
      const std::string name = fmt::format("{}{:02}", code, backwards ? people - p : p);
      const char sex = dice.chance(men) ? 'M' : 'F';
      if (dice.chance(absent) && !(p == 0 && absent < 100)) {
        exam.absent(name, code, sex);
        continue;
      }
      exam.person(name, code, sex, random_bonus(dice));
      if (dice.chance(10)) exam.rows.people.back().attendance = Attendance::moved;
      for (std::int64_t c = 0; c < commons; ++c) exam.common(fmt::format("common{}", c), random_mark(dice, spread));
      // Four electives, the last of them chosen rarely: some have one taker.
      const auto first = dice.chance(8) ? 2 : dice.between(0, 1);
      for (std::int64_t e = 0; e < electives; ++e) {
        exam.elective(fmt::format("elective{}", (first + e) % 4), random_mark(dice, spread));
      }
    }
  }
  std::sort(exam.rules.cap_exempt_units.begin(), exam.rules.cap_exempt_units.end());
  std::sort(exam.rules.equality.exempt_units.begin(), exam.rules.equality.exempt_units.end());
  return exam;
}

void add_random_interviews(ExamBuilder& exam, std::uint64_t number) {
  Dice dice(number, "interview");
  const Results results = exam.results();
  const Decision decision = decide(results, exam.rules);
  const auto examiners = dice.between(1, 4);
  const auto items = dice.between(1, 3);
  const int high = static_cast<int>(dice.one_of<std::int64_t>({20, 60, 90}));
  const int missing = static_cast<int>(dice.one_of<std::int64_t>({0, 10, 60}));
  for (std::size_t i = 0; i < results.people.size(); ++i) {
    const Outcome outcome = decision.people[i].outcome;
    if (outcome != Outcome::passed && outcome != Outcome::passed_equality) continue;
    if (dice.chance(missing)) continue;
    const bool strong = dice.chance(high);
    for (std::int64_t e = 0; e < examiners; ++e) {
      for (std::int64_t item = 0; item < items; ++item) {
        const GradeMark grade = strong && dice.chance(85)
                                    ? GradeMark::high
                                    : dice.one_of({GradeMark::high, GradeMark::middle, GradeMark::low});
        exam.interview(results.people[i].number.text(), fmt::format("e{}", e), fmt::format("item{}", item), grade);
      }
    }
  }
}

}  // namespace hanjari::selection::test
