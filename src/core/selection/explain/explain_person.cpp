// One person's path through the rules, with the numbers that decided.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/text.h"
#include "hanjari/selection/explain.h"
#include "hanjari/selection/rule_book.h"
#include "selection/adjusted.h"
#include "selection/exact.h"
#include "selection/totals.h"

namespace hanjari::selection {
namespace {

class Path {
 public:
  void step(int rule, std::string en, std::string ko) {
    Step& step = steps_.emplace_back();
    step.rule = rule;
    step.sentence = {std::move(en), std::move(ko)};
  }
  std::vector<Step> take() { return std::move(steps_); }

 private:
  std::vector<Step> steps_;
};

struct Case {
  const Results& results;
  const Rules& rules;
  const ElectiveStatistics& statistics;
  const ResultPerson& person;
  const PersonDecision& decision;
  const UnitDecision& unit;
};

// Mean and deviation to two decimals, downwards, for reading only.
std::string shown_mean(const Moments& moments) {
  return format_mark({moments.sum / moments.count});
}
std::string shown_deviation(const Moments& moments, Deviation kind) {
  const Wide deviation =
      static_cast<Wide>(moments.count) * moments.squares - static_cast<Wide>(moments.sum) * moments.sum;
  const Wide divisor = static_cast<Wide>(moments.count) *
                       (kind == Deviation::population || moments.count == 1 ? moments.count : moments.count - 1);
  return format_mark({static_cast<std::int64_t>(root_down(static_cast<UnsignedWide>(deviation / divisor)))});
}

void explain_marks(const Case& of, Path& path) {
  for (const Score& score : of.results.scores_of(of.person)) {
    const std::string& subject = of.results.name_of(score.subject);
    const Moments& moments = of.statistics.of(of.person.unit, score.subject);
    if (score.kind == SubjectKind::elective) {
      const std::string adjusted = format_mark(adjusted_mark(moments, score.mark(), of.rules));
      const std::string deviation = shown_deviation(moments, of.rules.adjusted_sd);
      path.step(5,
                fmt::format("{}: raw {}; mean {} and deviation {} of {} who sat it; adjusted {}.", subject,
                            format_mark(score.mark()), shown_mean(moments), deviation, count_people(moments.count),
                            adjusted),
                fmt::format("{}: 원점수 {}, 응시자 {}명의 평균 {}, 표준편차 {}, 조정점수 {}.", subject,
                            format_mark(score.mark()), group_digits(moments.count), shown_mean(moments), deviation,
                            adjusted));
    }
    const bool below = is_below_line(score, moments, of.rules);
    const std::string line = format_short(of.rules.fail_line_percent.hundredths);
    path.step(6,
              fmt::format("{}: {} is {} the fail line of {}.", subject, format_mark(score.mark()),
                          below ? "below" : "not below", line),
              fmt::format("{}: {}점, 과락 기준 {}점 {}.", subject, format_mark(score.mark()), line,
                          below ? "미만(과락)" : "기준 통과"));
  }
}

void explain_bonus(const Case& of, Path& path) {
  const BonusPoints bonus = count_bonus(of.person.bonuses);
  if (bonus.licence > Mark{0}) {
    path.step(7, fmt::format("Licence: {} points on every subject.", format_short(bonus.licence.hundredths)),
              fmt::format("자격증 가산: 과목마다 {}점.", format_short(bonus.licence.hundredths)));
  }
  if (bonus.kind == Preference::none) return;
  const bool veteran = bonus.kind == Preference::veteran;
  const std::string points_each = format_short(bonus.preference.hundredths);
  const auto& cap = veteran ? of.unit.veteran_cap : of.unit.hero_cap;
  const std::string name_en = veteran ? "Veterans' preference" : "Preference for heroes' families";
  const std::string name_ko = veteran ? "취업지원대상자 가산" : "의사상자 등 가산";
  switch (of.decision.preference_use) {
    case PreferenceUse::not_given:
      path.step(9, fmt::format("{}: not given, the unit of {} has a cap of zero.", name_en,
                                count_of(of.unit.posts, "post", "posts")),
                fmt::format("{}: 선발예정 {}명인 모집단위는 상한이 0명이어서 주지 않습니다.", name_ko, of.unit.posts));
      break;
    case PreferenceUse::set_back:
      path.step(10,
                fmt::format("{}: {} points on every subject, but the {} of its cap went to higher marks; ranked without "
                            "it.",
                            name_en, points_each, count_of(*cap, "place", "places")),
                fmt::format("{}: 과목마다 {}점이나 상한 {}명이 더 높은 점수로 채워져 가산 없이 순위를 정했습니다.",
                            name_ko, points_each, *cap));
      break;
    default:
      path.step(7, fmt::format("{}: {} points on every subject.", name_en, points_each),
                fmt::format("{}: 과목마다 {}점.", name_ko, points_each));
  }
}

void explain_verdict(const Case& of, Path& path) {
  const std::string cut = format_mark_or_dash(of.unit.cut);
  path.step(8,
            fmt::format("Total {}; own total without preference {}.", format_mark(of.decision.total),
                        format_mark(of.decision.own)),
            fmt::format("총점 {}, 취업지원 등 가산을 뺀 총점 {}.", format_mark(of.decision.total),
                        format_mark(of.decision.own)));
  path.step(13, fmt::format("Rank {} of {} above the fail line.", group_digits(of.decision.rank),
                             group_digits(of.unit.above_line)),
            fmt::format("과락이 아닌 {}명 중 {}위.", group_digits(of.unit.above_line),
                        group_digits(of.decision.rank)));
  path.step(11, fmt::format("Number to pass {}; cut {}.", group_digits(of.unit.to_pass), cut),
            fmt::format("합격 예정 {}명, 합격선 {}.", group_digits(of.unit.to_pass), cut));
  if (of.decision.thanks_to_preference) {
    path.step(10, "Passes thanks to the preference: the own total does not reach the mark.",
              "가산으로 합격: 가산을 뺀 총점은 합격선에 미치지 못합니다.");
  }
  if (of.decision.outcome == Outcome::passed_equality) {
    path.step(12,
              fmt::format("Added for the equality target of {}: equality cut {}, floor {}.", *of.unit.equality_target,
                          format_mark(*of.unit.equality_cut), format_mark(*of.unit.equality_floor)),
              fmt::format("양성평등 목표 {}명에 따른 추가 합격: 추가 합격선 {}, 하한 {}.", *of.unit.equality_target,
                          format_mark(*of.unit.equality_cut), format_mark(*of.unit.equality_floor)));
  }
}

// What was decided of the person beside the marks, with its reason.
void explain_special_case(const Results& results, PersonIndex index, Path& path) {
  for (const SpecialDecision& one : results.special) {
    if (one.person != index) continue;
    const Text kind = message_of_reason(spell(one.kind));
    path.step(2, fmt::format("Special case: {} Reason: {} Decided by {}.", kind.en, one.reason, one.decided_by),
              fmt::format("특별 결정: {} 사유: {} 결정자: {}", kind.ko, one.reason, one.decided_by));
  }
}

}  // namespace

std::vector<Step> explain_person(const Results& results, const Rules& rules, const ElectiveStatistics& statistics,
                                 const Decision& decision, PersonIndex index) {
  const ResultPerson& person = results.people[index.value];
  const Case of{results, rules, statistics, person, decision.people[index.value], decision.units[person.unit.value]};
  Path path;
  const std::string& unit = results.unit_of(person).unit.code.text();
  explain_special_case(results, index, path);
  if (person.is_excluded()) {
    path.step(2, fmt::format("Excluded in unit {}: no total, no rank, in no statistic. The marks stay as they are.", unit),
              fmt::format("모집단위 {} 제외: 총점도 순위도 없으며 어떤 통계에도 들어가지 않습니다. 점수는 그대로 둡니다.", unit));
  } else if (!person.sat()) {
    path.step(2, fmt::format("Absent in unit {}: no total, no rank, in no statistic.", unit),
              fmt::format("모집단위 {} 결시: 총점도 순위도 없으며 어떤 통계에도 들어가지 않습니다.", unit));
  } else {
    path.step(
        2, fmt::format("Sat in unit {} ({}).", unit, spell(person.attendance)),
        fmt::format("모집단위 {} 응시({}).", unit, person.attendance == Attendance::moved ? "이동 응시" : "응시"));
    explain_marks(of, path);
    if (of.decision.outcome == Outcome::below_line) {
      path.step(8, fmt::format("Total {} without any bonus, no rank.", format_mark(of.decision.total)),
                fmt::format("총점 {}(가산 없음), 순위 없음.", format_mark(of.decision.total)));
    } else {
      explain_bonus(of, path);
      explain_verdict(of, path);
    }
  }
  const Text reason = message_of_reason(spell(of.decision.reason));
  path.step(14, reason.en, reason.ko);
  return path.take();
}

}  // namespace hanjari::selection
