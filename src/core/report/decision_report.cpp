#include "hanjari/report/decision_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/selection/rule_book.h"
#include "report/decision_template.h"

namespace hanjari::report {
namespace {

using kainjow::mustache::data;
using namespace selection;

constexpr std::size_t most_listed = 500;  // rows of one list; the files hold all of them

std::string shown(const std::optional<Mark>& mark) {
  return mark ? format_mark(*mark) : std::string("-");
}
std::string shown(std::int64_t number) {
  return group_digits(number);
}

// Labels of the page, by their name in the template.
struct Label {
  const char* name;
  Text text;
};
const Label labels[] = {
    {"title", {"Pass decision", "합격 결정 보고서"}},
    {"label_rules", {"Rules (SHA-256)", "규칙(SHA-256)"}},
    {"label_input", {"Input (SHA-256)", "입력 자료(SHA-256)"}},
    {"label_units", {"Units", "모집단위"}},
    {"label_unit", {"Unit", "모집단위"}},
    {"label_number", {"Applicant number", "응시번호"}},
    {"label_exam", {"Exam", "시험"}},
    {"label_exam_on", {"Date of the exam", "시험일"}},
    {"label_stage", {"Stage", "단계"}},
    {"label_results", {"Results", "결과"}},
    {"label_appendix", {"Appendix: suppositions and comparisons", "부록: 가정과 비교"}},
    {"label_provenance", {"What it was made from", "근거 자료"}},
    {"label_posts", {"Posts", "선발예정"}},
    {"label_sat", {"Sat", "응시"}},
    {"label_to_pass", {"To pass", "합격 예정"}},
    {"label_passed", {"Passed", "합격"}},
    {"label_cut", {"Cut", "합격선"}},
    {"label_equality", {"Equality cut", "양성평등 합격선"}},
    {"label_final", {"Final passes", "최종 합격"}},
    {"label_tied", {"Tied at the cut", "합격선 동점자"}},
    {"label_shut_out", {"Preference not counted because of a cap", "상한으로 가산을 받지 못한 사람"}},
    {"label_rule_book", {"The rules", "적용한 규칙"}},
    {"label_settings", {"Settings", "설정"}},
};

Text name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::absent:
      return {"absent", "결시"};
    case Outcome::below_line:
      return {"below the fail line", "과락"};
    case Outcome::passed:
      return {"passed", "합격"};
    case Outcome::passed_equality:
      return {"passed (equality)", "합격(양성평등)"};
    case Outcome::not_passed:
      return {"not passed", "불합격"};
    case Outcome::voided:
      return {"void", "무효"};
  }
  return {};
}

std::string list_of(const std::vector<ApplicantNumber>& numbers) {
  std::string list;
  for (std::size_t i = 0; i < numbers.size() && i < most_listed; ++i) list += (i == 0 ? "" : ", ") + numbers[i].text();
  if (numbers.size() > most_listed) list += " ...";
  return list;
}

// What the two sides of a comparison are: {"actual", "supposed"}.
struct Sides {
  Text before;
  Text after;
};
const Sides actual_and_supposed{{"actual", "실제"}, {"supposed", "가정"}};

// Quota groups of one series are units of their own: their names tell them apart.
std::string name_of(const Unit& unit, Language language) {
  const bool korean = language == Language::korean;
  const std::string& series = korean || unit.series_en.empty() ? unit.series_ko : unit.series_en;
  if (unit.quota_group == QuotaGroup::general) return series;
  return series + (korean ? "(" : " (") + hanjari::name_of(unit.quota_group).in(language) + ")";
}

std::string code_and_name(const Results& results, const UnitCode& code, Language language) {
  const auto found = std::find_if(results.units.begin(), results.units.end(),
                                  [&](const ResultUnit& one) { return one.unit.code == code; });
  return found == results.units.end() ? code.text() : code.text() + " " + name_of(found->unit, language);
}

data comparison_data(const Comparison& comparison, const Results& results, const Text& heading,
                     const std::string& text, const Sides& sides, Language language) {
  data content;
  content.set("heading", heading.in(language));
  const std::string first = sides.before.in(language);
  const std::string second = sides.after.in(language);
  content.set("label_before", first);
  content.set("label_after", second);
  const bool korean = language == Language::korean;
  content.set("label_cut_before", korean ? "합격선(" + first + ")" : "cut, " + first);
  content.set("label_cut_after", korean ? "합격선(" + second + ")" : "cut, " + second);
  content.set("label_passed_before", korean ? "합격(" + first + ")" : "passed, " + first);
  content.set("label_passed_after", korean ? "합격(" + second + ")" : "passed, " + second);
  content.set("text", text);
  data cuts{data::type::list};
  for (const CutDifference& cut : comparison.cuts) {
    data row;
    row.set("unit", code_and_name(results, cut.unit, language));
    row.set("before", shown(cut.cut_before));
    row.set("after", shown(cut.cut_after));
    row.set("passed_before", shown(cut.passed_before));
    row.set("passed_after", shown(cut.passed_after));
    cuts.push_back(row);
  }
  content.set("has_cuts", !comparison.cuts.empty());
  content.set("cuts", cuts);
  data verdicts{data::type::list};
  const auto side = [&](const std::optional<VerdictSide>& of) {
    if (!of) return std::string("-");
    return name_of(of->outcome).in(language) + (of->total ? " " + format_mark(*of->total) : "");
  };
  for (std::size_t i = 0; i < comparison.verdicts.size() && i < most_listed; ++i) {
    const VerdictDifference& verdict = comparison.verdicts[i];
    data row;
    row.set("number", verdict.number.text());
    row.set("unit", code_and_name(results, verdict.unit, language));
    row.set("before", side(verdict.before));
    row.set("after", side(verdict.after));
    verdicts.push_back(row);
  }
  content.set("has_verdicts", !comparison.verdicts.empty());
  content.set("verdicts", verdicts);
  if (comparison.verdicts.size() > most_listed) {
    content.set("more", Text{fmt::format("and {} more", comparison.verdicts.size() - most_listed),
                             fmt::format("그 밖에 {}명", comparison.verdicts.size() - most_listed)}
                            .in(language));
  }
  return content;
}

data comparisons(const DecisionPage& page, Language language) {
  data list{data::type::list};
  if (page.differences != nullptr) {
    const Comparison& of = *page.differences;
    list.push_back(
        comparison_data(of, page.results, page.other_package.empty() ? Text{"What the supposition changes", "가정하면 달라지는 점"}
                                                       : Text{"Compared with " + page.other_package,
                                                              page.other_package + " 자료와 비교"},
                        Text{fmt::format("{}; {} {}; {} {} another total.",
                                         count_of(std::ssize(of.verdicts), "verdict differs", "verdicts differ"),
                                         count_of(of.passed_before, "pass becomes", "passes become"),
                                         group_digits(of.passed_after),
                                         count_people(of.totals_changed), word_for(of.totals_changed, "has", "have")),
                             fmt::format("결과가 달라진 사람 {}명, 합격 {}명에서 {}명, 총점이 달라진 사람 {}명.",
                                         of.verdicts.size(), of.passed_before, of.passed_after, of.totals_changed)}
                            .in(language),
                        page.other_package.empty()
                            ? actual_and_supposed
                            : Sides{{"the other", "비교 자료"}, {"this one", "이 자료"}},
                        language));
  }
  if (page.absent_as_zero != nullptr) {
    const Comparison& of = *page.absent_as_zero;
    list.push_back(comparison_data(
        of, page.results, {"If absent people had counted as zero", "결시자를 0점으로 계산했다면"},
        Text{fmt::format(
                 "Absent people stand in no statistic here, and a mark of theirs is refused. Counted as zero in the "
                 "adjusted marks, they would have made {} wrong and {} {}.",
                 count_of(std::ssize(of.verdicts), "verdict", "verdicts"), count_of(of.passed_before, "pass", "passes"),
                 group_digits(of.passed_after)),
             fmt::format("이 결정의 통계에는 결시자가 없으며 결시자의 점수는 입력할 수 없습니다. 조정점수 계산에 "
                         "0점으로 넣었다면 {}명의 "
                         "결과가 잘못되고 합격 {}명이 {}명이 되었을 것입니다.",
                         of.verdicts.size(), of.passed_before, of.passed_after)}
            .in(language),
        actual_and_supposed, language));
  }
  return list;
}

data units_data(const DecisionPage& page, Language language) {
  data units{data::type::list};
  for (const UnitExplanation& explanation : page.units) {
    const std::size_t i = explanation.unit.value;
    const Unit& unit = page.results.units[i].unit;
    const UnitDecision& made = page.decision.units[i];
    data row;
    row.set("position", std::to_string(i));
    row.set("code", unit.code.text());
    row.set("name", name_of(unit, language));
    row.set("posts", shown(made.posts));
    row.set("sat", shown(made.sat));
    row.set("to_pass", shown(made.to_pass));
    row.set("passed", shown(made.passed));
    row.set("cut", shown(made.cut));
    row.set("equality_cut", shown(made.equality_cut));
    if (page.final != nullptr) row.set("final_passed", shown(page.final->units[i].passed));
    row.set("chart", draw_totals(page.results, page.decision, explanation.unit, language));
    data sentences{data::type::list};
    for (const Text& sentence : explanation.sentences) {
      data item;
      item.set("sentence", sentence.in(language));
      sentences.push_back(item);
    }
    row.set("sentences", sentences);
    if (!explanation.tied_at_cut.empty()) row.set("tied", list_of(explanation.tied_at_cut));
    if (!explanation.shut_out_by_cap.empty()) row.set("shut_out", list_of(explanation.shut_out_by_cap));
    units.push_back(row);
  }
  return units;
}

data rules_data(Language language) {
  data rules{data::type::list};
  for (const RuleEntry& rule : rule_book()) {
    data row;
    row.set("number", std::to_string(rule.number));
    row.set("rule_title", rule.title.in(language));
    row.set("rule_sentence", rule.sentence.in(language));
    row.set("rule_source", rule.source.in(language));
    rules.push_back(row);
  }
  return rules;
}

std::string summary(const DecisionPage& page, Language language) {
  std::int64_t sat = 0;
  std::int64_t passed = 0;
  for (const UnitDecision& unit : page.decision.units) {
    sat += unit.sat;
    passed += unit.passed;
  }
  const auto applied = static_cast<std::int64_t>(page.results.people.size());
  return Text{fmt::format("{}; {} applied, {} sat, {} pass the written stage.",
                          count_of(std::ssize(page.results.units), "unit", "units"),
                          shown(applied), shown(sat), shown(passed)),
              fmt::format("모집단위 {}개, 출원 {}명, 응시 {}명, 필기 합격 {}명.", page.results.units.size(),
                          shown(applied), shown(sat), shown(passed))}
      .in(language);
}

// Which exam, when and which stage; and that it is a supposition, where it is one.
void add_exam(data& content, const DecisionPage& page, Language language) {
  const bool korean = language == Language::korean;
  content.set("stage", (page.final == nullptr ? Text{"written exam", "필기시험"} : Text{"final decision", "최종 합격"})
                           .in(language));
  if (page.exam != nullptr) {
    content.set("exam", korean || page.exam->name_en.empty() ? page.exam->name_ko : page.exam->name_en);
    const std::string day = format_date(page.exam->exam_on);
    const std::string weekday = name_weekday(page.exam->exam_on).in(language);
    content.set("exam_on", korean ? day + " (" + weekday + ")" : weekday + " " + day);
  }
  if (!page.supposed.empty()) {
    content.set("supposed", Text{"This is a supposition and no decision: " + page.supposed,
                                 "실제 결정이 아니라 가정한 것입니다: " + page.supposed}
                                .in(language));
  }
}

// Numbers of who passed, by unit.
std::vector<std::vector<std::string>> numbers_of_passed(const DecisionPage& page) {
  std::vector<std::vector<std::string>> passed(page.results.units.size());
  const auto add = [&](const ResultPerson& person) { passed[person.unit.value].push_back(person.number.text()); };
  if (page.final != nullptr) {
    for (const FinalPersonDecision& one : page.final->people) {
      if (one.outcome == FinalOutcome::passed || one.outcome == FinalOutcome::passed_equality)
        add(page.results.people[one.person.value]);
    }
  } else {
    for (std::size_t i = 0; i < page.decision.people.size(); ++i) {
      const Outcome outcome = page.decision.people[i].outcome;
      if (outcome == Outcome::passed || outcome == Outcome::passed_equality) add(page.results.people[i]);
    }
  }
  for (auto& numbers : passed) std::sort(numbers.begin(), numbers.end());
  return passed;
}

}  // namespace

std::string render_pass_list(const DecisionPage& page, Language language) {
  data content;
  content.set("lang", language == Language::korean ? "ko" : "en");
  content.set("title", (page.final == nullptr ? Text{"Who passed the written exam", "필기시험 합격자 명단"}
                                              : Text{"Who passed", "최종 합격자 명단"})
                           .in(language));
  add_exam(content, page, language);
  const auto count = [&](std::size_t people) {
    const std::string number = shown(static_cast<std::int64_t>(people));
    return language == Language::korean ? number + "명" : number;
  };
  std::size_t all = 0;
  data units{data::type::list};
  const auto passed = numbers_of_passed(page);
  for (std::size_t i = 0; i < passed.size(); ++i) {
    const Unit& unit = page.results.units[i].unit;
    all += passed[i].size();
    data row;
    row.set("code", unit.code.text());
    row.set("name", language == Language::korean || unit.series_en.empty() ? unit.series_ko : unit.series_en);
    row.set("group", hanjari::name_of(unit.quota_group).in(language));
    row.set("count", count(passed[i].size()));
    data numbers{data::type::list};
    for (const std::string& number : passed[i]) {
      data item;
      item.set("number", number);
      numbers.push_back(item);
    }
    row.set("nobody", passed[i].empty());
    row.set("label_nobody", Text{"nobody", "합격자 없음"}.in(language));
    row.set("numbers", numbers);
    units.push_back(row);
  }
  content.set("total", Text{count_people(static_cast<std::int64_t>(all)) + " in " + count_of(std::ssize(passed), "unit", "units"),
                            "모집단위 " + std::to_string(passed.size()) + "개, 합격 " + count(all)}
                           .in(language));
  content.set("units", units);
  return kainjow::mustache::mustache(std::string(pass_list_template)).render(content);
}

std::string render_decision_report(const DecisionPage& page, Language language) {
  const Stage stage = page.final == nullptr ? Stage::written : Stage::final;
  data content;
  content.set("lang", language == Language::korean ? "ko" : "en");
  for (const Label& label : labels) content.set(label.name, label.text.in(language));
  add_exam(content, page, language);
  content.set("summary", summary(page, language));
  content.set("rules_sha256", digest_rules(page.rules, stage));
  content.set("input_sha256", page.input_sha256);
  content.set("settings", canonical_json(page.rules, stage));
  content.set("is_final", page.final != nullptr);
  content.set("has_appendix", page.differences != nullptr || page.absent_as_zero != nullptr);
  content.set("comparison", comparisons(page, language));
  content.set("units", units_data(page, language));
  content.set("rules", rules_data(language));
  return kainjow::mustache::mustache(std::string(decision_template)).render(content);
}

}  // namespace hanjari::report
