#include "hanjari/announcement/announcement.h"

#include <set>
#include <span>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "hanjari/base/error.h"

namespace hanjari::announcement {
namespace {

using kainjow::mustache::data;

struct WordSentence {
  std::string_view word;
  Text sentence;
};

const WordSentence verdicts[] = {
    {"absent", {"You are recorded as absent from the exam.", "시험에 결시하신 것으로 처리되었습니다."}},
    {"below_line",
     {"You did not pass the written exam: a subject is below the fail line.",
      "과락 과목이 있어 필기시험에 합격하지 못하셨습니다."}},
    {"passed", {"You passed the written exam.", "필기시험에 합격하셨습니다."}},
    {"passed_equality",
     {"You passed the written exam by the gender equality target.",
      "양성평등채용목표제에 따라 필기시험에 합격하셨습니다."}},
    {"not_passed", {"You did not pass the written exam.", "필기시험에 합격하지 못하셨습니다."}},
    {"void", {"Your written exam does not count, by a decision on your case.", "별도의 결정에 따라 필기시험이 무효로 처리되었습니다."}},
};

const WordSentence reason_sentences[] = {
    {"absent", {"Absent: no marks are counted.", "결시하여 점수가 없습니다."}},
    {"all_pass",
     {"Everybody above the fail line passes in this unit.", "이 모집단위에서는 과락이 없는 사람이 모두 합격합니다."}},
    {"at_cut", {"The total is equal to the cut.", "총점이 합격선과 같습니다."}},
    {"above_cut", {"The total is above the cut.", "총점이 합격선보다 높습니다."}},
    {"equality",
     {"The gender equality target adds this place; nobody loses one by it.",
      "양성평등채용목표제로 추가된 합격이며, 이 때문에 탈락한 사람은 없습니다."}},
    {"below_cut", {"The total is below the cut.", "총점이 합격선보다 낮습니다."}},
    {"veteran_10", {"Veterans' preference of 10 percent is counted.", "취업지원대상자 가점 10%를 적용하였습니다."}},
    {"veteran_5", {"Veterans' preference of 5 percent is counted.", "취업지원대상자 가점 5%를 적용하였습니다."}},
    {"hero_5", {"Preference of 5 percent for heroes' families is counted.", "의사상자 등 가점 5%를 적용하였습니다."}},
    {"hero_3", {"Preference of 3 percent for heroes' families is counted.", "의사상자 등 가점 3%를 적용하였습니다."}},
    {"preference_not_given",
     {"This unit has too few posts for a preference.", "선발예정인원이 적어 가점을 적용하지 않는 모집단위입니다."}},
    {"veteran_cap",
     {"The limit of passes by veterans' preference is reached; the preference is not counted.",
      "취업지원대상자 합격 상한에 이르러 가점을 적용하지 않았습니다."}},
    {"hero_cap",
     {"The limit of passes by heroes' preference is reached; the preference is not counted.",
      "의사상자 등 합격 상한에 이르러 가점을 적용하지 않았습니다."}},
    {"thanks_to_preference", {"The preference made the difference.", "가점을 더하여 합격선에 들었습니다."}},
    {"licence_5", {"A licence adds 5 percent.", "자격증 가산점 5%를 적용하였습니다."}},
    {"licence_3", {"A licence adds 3 percent.", "자격증 가산점 3%를 적용하였습니다."}},
    {"misconduct", {"Misconduct in the exam was established.", "시험에서 부정행위를 한 것으로 결정되었습니다."}},
    {"withdrawal", {"You withdrew from the exam.", "본인이 응시를 포기한 것으로 처리되었습니다."}},
    {"annulled", {"The exam was annulled by a decision on your case.", "개별 결정에 따라 응시한 시험이 무효로 처리되었습니다."}},
    {"late_documents",
     {"Documents came too late: no preference or licence is counted.", "증빙서류를 기한까지 내지 않아 가점을 적용하지 않았습니다."}},
};

const WordSentence final_verdicts[] = {
    {"absent", {"You are recorded as absent from the interview.", "면접시험에 결시하신 것으로 처리되었습니다."}},
    {"poor", {"You did not pass the interview.", "면접시험에 합격하지 못하셨습니다."}},
    {"passed", {"You passed the exam.", "최종 합격하셨습니다."}},
    {"passed_equality",
     {"You passed the exam by the gender equality target.", "양성평등채용목표제에 따라 최종 합격하셨습니다."}},
    {"not_passed", {"You did not pass the exam.", "최종 합격하지 못하셨습니다."}},
    {"call_up", {"You are called up for an interview.", "면접시험 추가 응시 대상자로 결정되었습니다."}},
    {"declined", {"You declined the place.", "합격을 포기하신 것으로 처리되었습니다."}},
};

const WordSentence final_reason_sentences[] = {
    {"absent", {"Absent from the interview: no grade is counted.", "면접시험에 결시하여 등급이 없습니다."}},
    {"poor", {"The interview was graded poor.", "면접시험 등급이 미흡입니다."}},
    {"excellent", {"The interview was graded excellent.", "면접시험 등급이 우수입니다."}},
    {"all_pass",
     {"There were posts for everybody whose interview was graded ordinary.", "선발예정인원 안에서 보통 등급을 받은 사람이 모두 합격합니다."}},
    {"at_cut", {"The total of the written exam is equal to the cut.", "필기시험 총점이 최종 합격선과 같습니다."}},
    {"above_cut", {"The total of the written exam is above the cut.", "필기시험 총점이 최종 합격선보다 높습니다."}},
    {"equality",
     {"The gender equality target adds this place; nobody loses one by it.",
      "양성평등채용목표제로 추가된 합격이며, 이 때문에 탈락한 사람은 없습니다."}},
    {"excess_excellent",
     {"More people were graded excellent than there are posts; those with the highest written totals pass.",
      "우수 등급을 받은 사람이 선발예정인원보다 많아 필기시험 총점이 높은 순서로 합격합니다."}},
    {"posts_filled",
     {"Those who were graded excellent filled all posts.", "우수 등급을 받은 사람으로 선발예정인원이 모두 채워졌습니다."}},
    {"below_cut", {"The total of the written exam is below the cut.", "필기시험 총점이 최종 합격선보다 낮습니다."}},
    {"call_up",
     {"Fewer people were interviewed than there are posts; those next by the written exam are called up.",
      "면접시험 응시인원이 선발예정인원에 미치지 못하여 필기시험 총점이 다음으로 높은 사람을 추가로 부릅니다."}},
    {"additional",
     {"A place became free because somebody who passed has declined; those next by the written exam pass.",
      "합격자의 포기로 빈자리가 생겨 필기시험 총점이 다음으로 높은 사람이 추가로 합격합니다."}},
    {"declined", {"The office recorded that you do not want the place.", "본인이 합격을 포기한 것으로 기록되었습니다."}},
};

const WordSentence grade_words[] = {
    {"excellent", {"Excellent", "우수"}}, {"ordinary", {"Ordinary", "보통"}}, {"poor", {"Poor", "미흡"}}};

std::span<const WordSentence> verdicts_of(Stage stage) {
  if (stage == Stage::final) return final_verdicts;
  return verdicts;
}

std::span<const WordSentence> reasons_of(Stage stage) {
  if (stage == Stage::final) return final_reason_sentences;
  return reason_sentences;
}

[[noreturn]] void throw_of(const std::string& code, const std::string& number, const Text& what) {
  const std::string en = number.empty() ? "" : "applicant number " + number + ": ";
  const std::string ko = number.empty() ? "" : "응시번호 " + number + ": ";
  throw InvalidInput(code, {en + what.en, ko + what.ko});
}

const Text& sentence_of_outcome(const Person& person, Stage stage) {
  for (const WordSentence& one : verdicts_of(stage)) {
    if (one.word == person.outcome) return one.sentence;
  }
  throw_of("unknown_outcome", person.number,
           {fmt::format("the outcome \"{}\" has no sentence; nothing is shown instead of it", person.outcome),
            fmt::format("결정 값 \"{}\"에 해당하는 문구가 없으므로 대신 아무것도 보여 주지 않습니다", person.outcome)});
}

Text sentence_of_reason(const Person& person, const std::string& reason, Stage stage) {
  constexpr std::string_view fail_line = "fail_line:";
  if (stage == Stage::written && reason.starts_with(fail_line)) {
    const std::string subject = reason.substr(fail_line.size());
    return {fmt::format("Below the fail line: {}.", subject), fmt::format("과락 과목: {}", subject)};
  }
  for (const WordSentence& one : reasons_of(stage)) {
    if (one.word == reason) return one.sentence;
  }
  throw_of("unknown_reason", person.number,
           {fmt::format("the reason \"{}\" has no sentence", reason),
            fmt::format("결정 근거 \"{}\"에 해당하는 문구가 없습니다", reason)});
}

const Text& words_of_grade(const Person& person) {
  for (const WordSentence& one : grade_words) {
    if (one.word == *person.grade) return one.sentence;
  }
  throw_of("unknown_grade", person.number,
           {fmt::format("the grade \"{}\" has no words", *person.grade),
            fmt::format("면접 등급 \"{}\"에 해당하는 문구가 없습니다", *person.grade)});
}

// Every name that a tag of the template has must be filled in somewhere: mustache itself passes over an unknown one.
void require_known_tags(const std::string& source, const std::string& number) {
  static const std::set<std::string> known{"verdict", "exam",    "number",  "unit",      "total",  "rank",  "cut",
                                           "released", "version", "correction", "reasons", "text", "any_score", "scores",
                                           "subject", "score",   "next",    "objection", "units",  "code",  "name",
                                           "count",   "numbers", "withdrawn", "grade", "reserve"};
  for (std::size_t at = source.find("{{"); at != std::string::npos; at = source.find("{{", at + 2)) {
    const std::size_t begin = source.find_first_not_of("{#/^&", at);
    const std::size_t end = source.find("}}", at);
    if (begin != std::string::npos && end != std::string::npos && begin <= end &&
        known.contains(source.substr(begin, end - begin)))
      continue;
    throw_of("broken_template", number,
             {fmt::format("the template has a tag that nothing fills in, at byte {}", at),
              fmt::format("서식의 {}번째 바이트에 채울 수 없는 항목이 있습니다", at)});
  }
}

// Reads a template, whose faults are told with the number of the person it was wanted for.
kainjow::mustache::mustache read_template(const std::string& source, const std::string& number) {
  require_known_tags(source, number);
  kainjow::mustache::mustache read(source);
  if (!read.is_valid())
    throw_of("broken_template", number, {"the template cannot be read", "서식을 읽을 수 없습니다"});
  return read;
}

std::string fill(const std::string& source, const data& values) {
  return read_template(source, "").render(values);
}

const std::string& need_text(const Text& text, Language language, const std::string& number, const Text& what) {
  const std::string& words = text.in(language);
  if (words.empty())
    throw_of("missing_text", number, {"a text is missing: " + what.en, "문구가 없습니다: " + what.ko});
  return words;
}

data values_of_edition(const Edition& edition, Language language, const std::string& number) {
  data values;
  values.set("exam", need_text(edition.exam_name, language, number, {"name of the exam", "시험 이름"}));
  values.set("released", need_text(edition.released_at, language, number, {"the minute", "발표 일시"}));
  values.set("version", std::to_string(edition.version));
  if (edition.withdrawn) values.set("withdrawn", true);
  values.set("objection", need_text(edition.words.objection, language, number, {"how to object", "이의제기 방법"}));
  if (!edition.reason.en.empty() || !edition.reason.ko.empty() || edition.version > 1)
    values.set("correction", need_text(edition.reason, language, number, {"what was corrected", "정정 내용"}));
  return values;
}

// What this person does next. Who is called up neither passed nor is done.
const Text& next_words_of(const OfficersWords& words, const Person& person) {
  if (person.outcome == "passed" || person.outcome == "passed_equality") return words.next_passed;
  return person.outcome == "call_up" ? words.next_called : words.next_others;
}

data values_of_person(const Edition& edition, const Person& person, Language language) {
  const std::string& number = person.number;
  data values;
  values.set("number", number);
  values.set("verdict", sentence_of_outcome(person, edition.stage).in(language));
  values.set("unit", person.unit_code + " " +
                         need_text(person.unit_name, language, number, {"name of the unit", "모집단위 이름"}));
  if (person.total) values.set("total", *person.total);
  if (person.rank) values.set("rank", std::to_string(*person.rank));
  if (person.grade) values.set("grade", words_of_grade(person).in(language));
  if (person.reserve_rank) values.set("reserve", std::to_string(*person.reserve_rank));
  if (person.cut) values.set("cut", *person.cut);
  data reasons{data::type::list};
  for (const std::string& reason : person.reasons)
    reasons.push_back(data{"text", sentence_of_reason(person, reason, edition.stage).in(language)});
  values.set("reasons", reasons);
  data scores{data::type::list};
  for (const auto& [subject, score] : person.scores) {
    data row;
    row.set("subject", subject);
    row.set("score", score);
    scores.push_back(row);
  }
  values.set("any_score", !person.scores.empty());
  values.set("scores", scores);
  values.set("next", need_text(next_words_of(edition.words, person), language, number, {"what comes next", "다음 절차"}));
  return values;
}

}  // namespace

// The template of one language, and what stands on every page of it.
struct PageWriter::Prepared {
  kainjow::mustache::mustache page;
  data shared;
};

PageWriter::PageWriter(const Templates& templates, const Edition& edition) : templates_(templates), edition_(edition) {}
PageWriter::~PageWriter() = default;

std::string PageWriter::write(const Person& person, Language language) {
  const std::string& number = person.number;
  std::unique_ptr<Prepared>& prepared = language == Language::korean ? korean_ : english_;
  if (!prepared) {
    data shared = values_of_edition(edition_, language, number);
    prepared = std::make_unique<Prepared>(Prepared{read_template(templates_.page.in(language), number), std::move(shared)});
  }
  const data own = values_of_person(edition_, person, language);
  kainjow::mustache::context<std::string> both(&prepared->shared);
  both.push(&own);
  std::ostringstream written;
  return prepared->page.render(both, written).str();
}

std::string render_page(const Templates& templates, const Edition& edition, const Person& person, Language language) {
  return PageWriter(templates, edition).write(person, language);
}

std::string render_list(const Templates& templates, const Edition& edition, const std::vector<UnitList>& units,
                        Language language) {
  data values = values_of_edition(edition, language, "");
  data sections{data::type::list};
  for (const UnitList& unit : units) {
    data section;
    section.set("code", unit.code);
    section.set("name", need_text(unit.name, language, "", {"name of unit " + unit.code, "모집단위 이름 " + unit.code}));
    section.set("count", group_digits(static_cast<long long>(unit.numbers.size())));
    data numbers{data::type::list};
    for (const std::string& number : unit.numbers) numbers.push_back(data{"number", number});
    section.set("numbers", numbers);
    sections.push_back(section);
  }
  values.set("units", sections);
  return fill(templates.list.in(language), values);
}

std::string render_notice(const Templates& templates, const Edition& edition, Language language) {
  return fill(templates.notice.in(language), values_of_edition(edition, language, ""));
}

std::string render_message(const Templates& templates, const Edition& edition, Language language) {
  return fill(templates.message.in(language), values_of_edition(edition, language, ""));
}

std::string render_changed_message(const Templates& templates, const Edition& edition, Language language) {
  static const Text changed{"Your own result is another one than before.\n", "본인의 결과가 이전과 달라졌습니다.\n"};
  return render_message(templates, edition, language) + changed.in(language);
}

}  // namespace hanjari::announcement
