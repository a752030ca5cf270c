// What bit in a unit: the cut, who is tied at it, caps and target, and what one post more or fewer would change.
#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "hanjari/base/text.h"
#include "hanjari/selection/explain.h"
#include "selection/written.h"

namespace hanjari::selection {
namespace {

bool has_passed(Outcome outcome) {
  return outcome == Outcome::passed || outcome == Outcome::passed_equality;
}

PostsChange with_posts(const Results& results, const Rules& rules, const ElectiveStatistics& statistics,
                       const Decision& decision, const ResultUnit& unit, std::int64_t step) {
  MarkedUnit marked = mark_unit(results, rules, statistics, unit);
  std::optional<std::int64_t> to_pass = unit.to_pass;
  if (to_pass) to_pass = std::max<std::int64_t>(1, *to_pass + step);
  PostsChange change;
  change.posts = unit.unit.posts + step;
  // A pass table may begin above this number of posts; then the unit keeps its number to pass.
  if (!to_pass && find_pass_row(change.posts, rules) == nullptr) {
    to_pass = number_to_pass(unit.unit.posts, std::nullopt, rules);
  }
  decide_unit(unit, change.posts, to_pass, marked.contenders, rules, marked.decision);
  change.to_pass = marked.decision.to_pass;
  change.cut = marked.decision.cut;
  change.passed = marked.decision.passed;
  for (const Contender& contender : marked.contenders) {
    const bool then = has_passed(contender.outcome);
    const bool now = has_passed(decision.people[contender.person].outcome);
    if (then == now) continue;
    (then ? change.more : change.fewer).push_back(results.people[contender.person].number);
  }
  return change;
}

void say(UnitExplanation& explanation, Text sentence) {
  explanation.sentences.push_back(std::move(sentence));
}

void say_cut(const UnitDecision& unit, UnitExplanation& explanation) {
  const std::string tied = group_digits(static_cast<long long>(explanation.tied_at_cut.size()));
  if (!unit.cut) {
    say(explanation,
        {fmt::format("Nobody passes: {} above the fail line, {}.", unit.above_line,
                     count_of(unit.to_pass, "place", "places")),
         fmt::format("합격자가 없습니다. 과락이 아닌 사람 {}명, 합격 예정 {}명.", unit.above_line, unit.to_pass)});
  } else if (unit.all_pass) {
    say(explanation, {fmt::format("Everybody above the fail line passes: {}, {}. Lowest total {}.",
                                  count_people(unit.above_line), count_of(unit.to_pass, "place", "places"),
                                  format_mark(*unit.cut)),
                      fmt::format("과락이 아닌 {}명 모두 합격합니다(합격 예정 {}명). 최저 총점 {}.", unit.above_line,
                                  unit.to_pass, format_mark(*unit.cut))});
  } else {
    say(explanation, {fmt::format("Cut {} for {} among {} above the fail line; {} at the cut.",
                                  format_mark(*unit.cut), count_of(unit.to_pass, "place", "places"), unit.above_line,
                                  tied),
                      fmt::format("합격선 {}: 합격 예정 {}명, 과락이 아닌 사람 {}명, 동점자 {}명.",
                                  format_mark(*unit.cut), unit.to_pass, unit.above_line, tied)});
  }
}

void say_caps(const UnitDecision& unit, UnitExplanation& explanation) {
  if (!unit.veteran_cap) {
    say(explanation, {"No cap on preferences in this unit.", "이 모집단위에는 가산 합격 상한이 없습니다."});
    return;
  }
  say(explanation,
      {fmt::format(
           "Thanks to preference: {} of {} for veterans, {} of {} for heroes' families; {} shut out by a cap, "
           "{} not given any because the cap is zero.",
           unit.by_veteran, count_of(*unit.veteran_cap, "place", "places"), unit.by_hero, *unit.hero_cap,
           explanation.shut_out_by_cap.size(), explanation.preference_not_given),
       fmt::format("가산으로 합격: 취업지원대상자 {}명(상한 {}명), 의사상자 등 {}명(상한 {}명). 상한 때문에 가산을 "
                   "받지 못한 사람 {}명, "
                   "상한이 0명이어서 가산이 없는 사람 {}명.",
                   unit.by_veteran, *unit.veteran_cap, unit.by_hero, *unit.hero_cap, explanation.shut_out_by_cap.size(),
                   explanation.preference_not_given)});
}

void say_equality(const UnitDecision& unit, UnitExplanation& explanation) {
  if (!unit.equality_target) return;
  if (!unit.short_sex) {
    say(explanation, {fmt::format("The equality target of {} needs nobody added.", *unit.equality_target),
                      fmt::format("양성평등 목표 {}명: 추가 합격이 필요하지 않습니다.", *unit.equality_target)});
    return;
  }
  const bool men = *unit.short_sex == Sex::male;
  say(explanation,
      {fmt::format("{} were {} short of the equality target of {}; {} passed in addition, down to {} (floor {}).",
                   men ? "Men" : "Women", unit.missing, *unit.equality_target, unit.passed_equality,
                   format_mark_or_dash(unit.equality_cut), format_mark(*unit.equality_floor)),
       fmt::format("{}이 양성평등 목표 {}명에 {}명 모자라 {}명이 추가 합격하였습니다. 추가 합격선 {}(하한 {}).",
                   men ? "남성" : "여성", *unit.equality_target, unit.missing, unit.passed_equality,
                   format_mark_or_dash(unit.equality_cut), format_mark(*unit.equality_floor))});
}

void say_change(const std::optional<PostsChange>& change, UnitExplanation& explanation, const Text& which) {
  if (!change) return;
  say(explanation,
      {fmt::format("With {} ({}, {} to pass): cut {}, {} pass; {} more, {} fewer.", which.en, change->posts,
                   change->to_pass, format_mark_or_dash(change->cut), change->passed,
                   count_people(std::ssize(change->more)), change->fewer.size()),
       fmt::format("{}면(선발예정 {}명, 합격 예정 {}명): 합격선 {}, 합격 {}명. 추가 {}명, 제외 {}명.", which.ko,
                   change->posts, change->to_pass, format_mark_or_dash(change->cut), change->passed, change->more.size(),
                   change->fewer.size())});
}

}  // namespace

std::vector<UnitExplanation> explain_units(const Results& results, const Rules& rules,
                                           const ElectiveStatistics& statistics, const Decision& decision) {
  std::vector<UnitExplanation> explanations;
  for (std::size_t i = 0; i < results.units.size(); ++i) {
    const ResultUnit& unit = results.units[i];
    const UnitDecision& of_unit = decision.units[i];
    UnitExplanation& explanation = explanations.emplace_back();
    explanation.unit = UnitIndex(i);
    for (std::size_t p = unit.first_person; p < unit.first_person + unit.person_count; ++p) {
      const PersonDecision& person = decision.people[p];
      if (person.rank == 0) continue;
      if (of_unit.cut && person.total == *of_unit.cut) explanation.tied_at_cut.push_back(results.people[p].number);
      if (person.preference_use == PreferenceUse::set_back) {
        explanation.shut_out_by_cap.push_back(results.people[p].number);
      }
      if (person.preference_use == PreferenceUse::not_given) ++explanation.preference_not_given;
    }
    explanation.one_more = with_posts(results, rules, statistics, decision, unit, 1);
    if (unit.unit.posts > 1) explanation.one_fewer = with_posts(results, rules, statistics, decision, unit, -1);
    say_cut(of_unit, explanation);
    say_caps(of_unit, explanation);
    say_equality(of_unit, explanation);
    say_change(explanation.one_more, explanation, {"one post more", "선발예정이 1명 많으"});
    say_change(explanation.one_fewer, explanation, {"one post fewer", "선발예정이 1명 적으"});
  }
  return explanations;
}

}  // namespace hanjari::selection
