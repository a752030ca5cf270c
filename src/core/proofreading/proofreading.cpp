#include "hanjari/proofreading/proofreading.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "proofreading/expected_words.h"
#include "proofreading/grouped_count.h"
#include "proofreading/served_certificate.h"
#include "proofreading/served_proof.h"
#include "proofreading/served_text.h"

namespace hanjari::proofreading {
namespace {

std::vector<std::string> split_at(const std::string& list, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (!list.empty()) {
    const auto end = list.find(separator, begin);
    parts.push_back(list.substr(begin, end == std::string::npos ? std::string::npos : end - begin));
    if (end == std::string::npos) break;
    begin = end + 1;
  }
  return parts;
}

// A column that a table does not have is empty, which no decision's is.
std::string cell_of(const std::map<std::string, std::string>& row, const char* column) {
  const auto found = row.find(column);
  return found == row.end() ? std::string() : found->second;
}

// As records and certificates name it.
std::string stage_word(Stage stage) {
  return stage == Stage::final ? "final" : "written";
}

bool stands_on_list(const std::string& outcome) {
  return outcome == "passed" || outcome == "passed_equality";
}

// What people read under the name of a field.
const std::map<std::string, Text>& field_names() {
  static const std::map<std::string, Text> names{
      {"verdict", {"the verdict", "합격 여부"}},     {"number", {"the applicant number", "응시번호"}},
      {"exam", {"the exam", "시험"}},                {"unit", {"the unit", "모집단위"}},
      {"total", {"the total", "총점"}},              {"rank", {"the rank", "순위"}},
      {"cut", {"the cut", "합격선"}},                {"released", {"the minute", "발표 일시"}},
      {"version", {"the version", "판"}},            {"correction", {"the correction", "정정 내용"}},
      {"reason", {"a reason", "결정 근거"}},         {"subject", {"a subject", "과목"}},
      {"score", {"a mark", "점수"}},                 {"next", {"what comes next", "다음 절차"}},
      {"grade", {"the grade of the interview", "면접시험 등급"}}, {"reserve", {"the place in the reserve", "예비 순위"}},
      {"objection", {"how to object", "이의제기 방법"}}};
  return names;
}

}  // namespace

// The fields of one page by name.
struct Proofreader::Fields {
  std::map<std::string, std::vector<std::string>> by_name;
  std::vector<std::string> all(const std::string& name) const {
    const auto found = by_name.find(name);
    return found == by_name.end() ? std::vector<std::string>{} : found->second;
  }
};

void Proofreader::add(const std::string& code, const std::string& number, const Text& what) {
  findings_.push_back({code, number, what});
}

void Proofreader::add_page_twice(const std::string& number) {
  add("page_twice", number, {"the page was read already", "같은 화면이 두 번 있습니다"});
}

void Proofreader::add_list_twice() {
  add("list_twice", "", {"the list is there twice", "명단이 두 번 있습니다"});
}

Proofreader::Proofreader(const Decided& decided, const Ordered& ordered) : decided_(decided), ordered_(ordered) {
  read_decision(decided);
}

void Proofreader::read_decision(const Decided& decided) {
  const auto decisions = read_table(decided.decisions_csv);
  const auto cuts = read_table(decided.cuts_csv);
  if (!decisions || !cuts) {
    add("bad_decision", "", {"the tables of the decision cannot be read", "결정 자료를 읽을 수 없습니다"});
    return;
  }
  for (const auto& row : *cuts) cuts_[cell_of(row, "unit_code")] = cell_of(row, "cut");
  for (const auto& row : *decisions) {
    const std::string number = cell_of(row, "applicant_number");
    Row expected{cell_of(row, "unit_code"), cell_of(row, "outcome"), cell_of(row, "total"), cell_of(row, "rank"),
                 split_at(cell_of(row, "reasons"), ';'), cell_of(row, "grade"), cell_of(row, "reserve_rank")};
    if (!verdict_words(expected.outcome, Language::english, ordered_.stage)) {
      add("unknown_outcome", number,
          {"the decision has an outcome without a sentence", "문구가 없는 결정 값입니다"});
    }
    if (!cuts_.contains(expected.unit) || !decided.units.contains(expected.unit))
      add("bad_decision", number, {"the unit of the person is in no table", "모집단위가 자료에 없습니다"});
    if (stands_on_list(expected.outcome)) listed_[expected.unit].insert(number);
    if (!rows_.emplace(number, std::move(expected)).second)
      add("bad_decision", number, {"the decision has the number twice", "결정에 같은 응시번호가 두 번 있습니다"});
  }
  for (const auto& [unit, cut] : cuts_) listed_[unit];
}

void Proofreader::expect(const std::string& code, const std::string& number, const Fields& fields,
                         const std::string& name, const std::string& wanted) {
  const Text& what = field_names().at(name);
  const std::vector<std::string> shown = fields.all(name);
  const Text another{what.en + " is another one", "항목의 내용이 다릅니다: " + what.ko};
  if (wanted.empty()) {
    // In the same words: who has no total or rank is nobody's business before the minute.
    if (!shown.empty()) add(code, number, another);
    return;
  }
  if (shown.empty()) {
    add("missing_field", number, {what.en + " is missing", "항목이 없습니다: " + what.ko});
  } else if (shown.size() > 1) {
    add("repeated_field", number, {what.en + " is shown twice", "항목이 두 번 표시됩니다: " + what.ko});
  } else if (shown.front() != wanted) {
    add(code, number, another);
  }
}

void Proofreader::check_frame(const std::string& number, Language language, const Fields& fields) {
  expect("wrong_exam", number, fields, "exam", ordered_.exam_name.in(language));
  expect("wrong_released", number, fields, "released", ordered_.released_at.in(language));
  expect("wrong_version", number, fields, "version", std::to_string(ordered_.version));
  expect("wrong_objection", number, fields, "objection", ordered_.objection.in(language));
  expect("wrong_correction", number, fields, "correction", ordered_.reason.in(language));
}

void Proofreader::check_lines(const std::string& number, Language language, const Row& row, const Fields& fields) {
  std::vector<std::string> reasons;
  for (const std::string& reason : row.reasons) {
    const auto words = reason_words(reason, language, ordered_.stage);
    if (words) reasons.push_back(*words);
    else add("wrong_reason", number, {"the decision has an unknown reason", "알 수 없는 결정 근거입니다"});
  }
  if (fields.all("reason") != reasons)
    add("wrong_reason", number, {"the reasons are other ones", "결정 근거가 다릅니다"});
  std::vector<std::string> subjects;
  std::vector<std::string> marks;
  if (const auto found = decided_.marks.find(number); found != decided_.marks.end()) {
    for (const auto& [subject, mark] : found->second) {
      subjects.push_back(subject);
      marks.push_back(mark);
    }
  }
  if (fields.all("subject") != subjects || fields.all("score") != marks)
    add("wrong_score", number, {"the marks are other ones", "과목별 점수가 다릅니다"});
}

// A right figure under the label of another is wrong as well.
void Proofreader::check_order(const std::string& number, Language language, const Row& row,
                              const std::vector<std::string>& order) {
  PageParts parts;
  parts.total = !row.total.empty();
  parts.rank = !row.rank.empty();
  const auto cut = cuts_.find(row.unit);
  parts.cut = cut != cuts_.end() && !cut->second.empty();
  parts.grade = !row.grade.empty();
  parts.reserve = !row.reserve_rank.empty();
  parts.correction = !ordered_.reason.in(language).empty();
  parts.reasons = row.reasons.size();
  if (const auto marks = decided_.marks.find(number); marks != decided_.marks.end()) parts.marks = marks->second.size();
  if (order != page_order(parts, language, ordered_.stage))
    add("wrong_order", number, {"a label stands before another field than its own", "항목 이름과 내용의 순서가 다릅니다"});
}

void Proofreader::read_page(const std::string& number, Language language, std::string_view bytes) {
  if (!pages_.emplace(number, language).second)
    add_page_twice(number);
  const auto row = rows_.find(number);
  if (row == rows_.end() || ordered_.withdrawn) {
    add("unknown_person", number, {"nobody was decided under this number", "결정에 없는 응시번호입니다"});
    return;
  }
  const auto served = read_served(bytes);
  if (!served) {
    add("unreadable", number, {"the page is not what a page of results is", "결과 화면의 형식이 아닙니다"});
    return;
  }
  if (served->language != (language == Language::korean ? "ko" : "en"))
    add("wrong_language", number, {"the page is of another language", "다른 언어의 화면입니다"});
  Fields fields;
  for (const auto& [name, text] : served->fields) {
    if (!field_names().contains(name))
      add("unknown_field", number, {"a field that no page has", "알 수 없는 항목이 있습니다"});
    // Fields are short and numbers are long enough not to stand in them by chance.
    else if (name != "number" && text != number && rows_.contains(text) && name != "total" && name != "rank" &&
             name != "cut" && name != "score" && name != "version" && name != "subject" && name != "reserve")
      add("foreign_number", number, {"somebody else's number is shown", "다른 사람의 응시번호가 표시됩니다"});
    fields.by_name[name].push_back(text);
  }
  std::set<std::string> seen;
  for (const std::string& label : served->labels) {
    if (!page_labels(language, ordered_.stage).contains(label) || !seen.insert(label).second)
      add("stray_text", number, {"text that no page has", "있어서는 안 되는 문구가 있습니다"});
  }
  const Row& expected = row->second;
  check_order(number, language, expected, served->order);
  const auto unit = decided_.units.find(expected.unit);
  expect("wrong_number", number, fields, "number", number);
  expect("wrong_verdict", number, fields, "verdict", verdict_words(expected.outcome, language, ordered_.stage).value_or("?"));
  if (unit != decided_.units.end())
    expect("wrong_unit", number, fields, "unit", expected.unit + " " + unit->second.in(language));
  expect("wrong_total", number, fields, "total", expected.total);
  expect("wrong_rank", number, fields, "rank", expected.rank);
  expect("wrong_grade", number, fields, "grade", grade_of_interview(expected.grade, language));
  expect("wrong_reserve", number, fields, "reserve", expected.reserve_rank);
  expect("wrong_cut", number, fields, "cut", cuts_[expected.unit]);
  expect("wrong_next", number, fields, "next", next_of(expected.outcome).in(language));
  check_frame(number, language, fields);
  check_lines(number, language, expected, fields);
}

const Text& Proofreader::next_of(const std::string& outcome) const {
  if (outcome == "call_up") return ordered_.next_called;
  return stands_on_list(outcome) ? ordered_.next_passed : ordered_.next_others;
}

void Proofreader::read_proof(const std::string& number, std::string_view bytes) {
  const auto row = rows_.find(number);
  bool right = row != rows_.end() && !ordered_.withdrawn;
  if (right) {
    const Row& decided = row->second;
    ProvenRecord expected{number,       ordered_.exam_code, decided.outcome, decided.rank,
                          decided.total, decided.unit,       {},              ordered_.version,
                          stage_word(ordered_.stage)};
    if (const auto marks = decided_.marks.find(number); marks != decided_.marks.end()) expected.scores = marks->second;
    right = proves(bytes, expected);
  }
  if (!right) add("wrong_proof", number, {"the proof says something else", "증명의 내용이 다릅니다"});
}

void Proofreader::read_certificate(const std::string& number, std::string_view bytes, const std::string& root) {
  const auto row = rows_.find(number);
  bool right = row != rows_.end() && !ordered_.withdrawn;
  if (right) {
    const Row& decided = row->second;
    const auto unit = decided_.units.find(decided.unit);
    CertifiedFacts expected{ordered_.exam_code, ordered_.exam_name, ordered_.version, ordered_.release_instant, number,
                            decided.unit,       {},                 decided.outcome,  decided.total,            decided.rank,
                            root,               stage_word(ordered_.stage)};
    if (unit != decided_.units.end()) expected.unit_name = unit->second;
    right = certifies(bytes, expected);
  }
  if (!right) add("wrong_certificate", number, {"the certificate says something else", "확인서의 내용이 다릅니다"});
}

const std::map<std::string, std::set<std::string>>& Proofreader::wanted_list() const {
  static const std::map<std::string, std::set<std::string>> nobody;
  return ordered_.withdrawn ? nobody : listed_;
}

std::string Proofreader::unit_words(const std::string& unit, Language language) const {
  const auto name = decided_.units.find(unit);
  return name == decided_.units.end() ? std::string() : name->second.in(language);
}

void Proofreader::read_list(Language language, std::string_view bytes) {
  if (!texts_.emplace("list", language).second) add_list_twice();
  const auto wrong = [&](const Text& what) { add("wrong_list", "", what); };
  const auto served = read_served(bytes);
  if (!served || served->language != (language == Language::korean ? "ko" : "en"))
    return wrong({"the list cannot be read", "명단을 읽을 수 없습니다"});
  for (const std::string& label : served->labels) {
    if (!list_labels(language).contains(label)) wrong({"text that no list has", "명단에 있어서는 안 되는 문구가 있습니다"});
  }
  std::vector<std::pair<std::string, std::string>> wanted;
  for (const auto& [unit, numbers] : wanted_list()) {
    wanted.emplace_back("code", unit);
    wanted.emplace_back("name", unit_words(unit, language));
    wanted.emplace_back("count", grouped_count(numbers.size()));
    for (const std::string& number : numbers) wanted.emplace_back("number", number);
  }
  if (served->fields == wanted) return;
  // Findings are kept openly with their job before the minute: they name places of the list, never who stands there.
  const auto differs = std::mismatch(served->fields.begin(), served->fields.end(), wanted.begin(), wanted.end()).first;
  const std::string place = std::to_string(differs - served->fields.begin() + 1);
  wrong({"entry " + place + " of the list is not the one that was decided", "명단의 " + place + "번째 항목이 결정과 다릅니다"});
}

void Proofreader::read_list_file(std::string_view bytes) {
  texts_.emplace("list.csv", Language::english);
  std::string wanted = "unit_code,applicant_number\n";
  for (const auto& [unit, numbers] : wanted_list()) {
    for (const std::string& number : numbers) wanted += unit + "," + number + "\n";
  }
  if (bytes != wanted) add("wrong_list", "", {"list.csv is another list", "list.csv의 내용이 다릅니다"});
}

void Proofreader::read_notice(Language language, std::string_view bytes) {
  texts_.emplace("notice", language);
  const std::size_t before = findings_.size();
  const auto served = read_served(bytes);
  bool right = served && served->language == (language == Language::korean ? "ko" : "en");
  if (right) {
    Fields fields;
    for (const auto& [name, text] : served->fields) fields.by_name[name].push_back(text);
    check_frame("", language, fields);
    for (const std::string& label : served->labels) right = right && notice_labels(language, ordered_.stage).contains(label);
    right = right && fields.by_name.size() == (ordered_.reason.in(language).empty() ? 4U : 5U);
  }
  if (!right || findings_.size() != before)
    add("wrong_notice", "", {"the notice is not the one that was ordered", "공고문이 작성한 내용과 다릅니다"});
}

std::string Proofreader::wanted_message(Language language) const {
  const std::string version = std::to_string(ordered_.version);
  const bool final = ordered_.stage == Stage::final;
  const std::string results_ko = final ? "최종 결과를 " : "필기시험 결과를 ";
  const std::string results_en = final ? ": the final results " : ": the results of the written exam ";
  std::string wanted;
  if (ordered_.withdrawn) {
    wanted = language == Language::korean
                 ? ordered_.exam_name.ko + ": 발표했던 " + results_ko + ordered_.released_at.ko + "에 취소하였습니다(제" + version +
                       "판).\n사유: " + ordered_.reason.ko + "\n"
                 : ordered_.exam_name.en + results_en + "were taken back at " +
                       ordered_.released_at.en + " (version " + version + ").\nReason: " + ordered_.reason.en + "\n";
  } else if (language == Language::korean) {
    wanted = ordered_.exam_name.ko + ": " + results_ko + ordered_.released_at.ko + "부터 확인할 수 있습니다(제" + version +
             "판). 원서를 낸 사이트에 로그인하여 내 원서에서 확인하십시오.\n";
    if (!ordered_.reason.ko.empty()) wanted += "정정 내용: " + ordered_.reason.ko + "\n";
  } else {
    wanted = ordered_.exam_name.en + results_en + "can be seen since " + ordered_.released_at.en +
             " (version " + version + "). Sign in where you applied and open your application.\n";
    if (!ordered_.reason.en.empty()) wanted += "Correction: " + ordered_.reason.en + "\n";
  }
  return wanted;
}

void Proofreader::read_message(Language language, std::string_view bytes) {
  texts_.emplace("message", language);
  if (bytes != wanted_message(language))
    add("wrong_message", "", {"the message is not the one that everybody gets", "안내 메시지의 내용이 다릅니다"});
}

void Proofreader::read_changed_message(Language language, std::string_view bytes) {
  const std::string sentence =
      language == Language::korean ? "본인의 결과가 이전과 달라졌습니다.\n" : "Your own result is another one than before.\n";
  if (bytes != wanted_message(language) + sentence || ordered_.reason.in(language).empty() || ordered_.withdrawn)
    add("wrong_message", "", {"the message to those whose result is another one is wrong", "결과가 바뀐 사람의 안내 메시지가 다릅니다"});
}

Proofreader Proofreader::apart() const {
  Proofreader other(*this);
  other.pages_.clear();
  other.texts_.clear();
  other.findings_.clear();
  return other;
}

void Proofreader::take(Proofreader&& other) {
  std::move(other.findings_.begin(), other.findings_.end(), std::back_inserter(findings_));
  other.findings_.clear();
  pages_.merge(other.pages_);
  // What stays behind was here already.
  for (const auto& [number, language] : other.pages_) add_page_twice(number);
  other.pages_.clear();
  texts_.merge(other.texts_);
  for (const auto& [name, language] : other.texts_) {
    if (name == "list") add_list_twice();
  }
  other.texts_.clear();
}

std::vector<Finding> Proofreader::finish() {
  for (const Language language : {Language::english, Language::korean}) {
    if (!ordered_.withdrawn) {
      for (const auto& [number, row] : rows_) {
        if (!pages_.contains({number, language}))
          add("page_missing", number, {"there is no page", "결과 화면이 없습니다"});
      }
    }
    for (const char* text : {"list", "notice", "message"}) {
      if (!texts_.contains({text, language}))
        add(std::string(text) + "_missing", "", {std::string("there is no ") + text, "빠진 문서가 있습니다"});
    }
  }
  if (!texts_.contains({"list.csv", Language::english}))
    add("list_missing", "", {"there is no list.csv", "list.csv가 없습니다"});
  return findings_;
}

}  // namespace hanjari::proofreading
