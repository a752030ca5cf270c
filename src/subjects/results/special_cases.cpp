#include "hanjari/results/special_cases.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/legible.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/package/csv.h"
#include "hanjari/results/results.h"

namespace hanjari::services {
namespace {

// What a table of special cases takes for a reason.
constexpr std::size_t longest_case_reason = 300;

constexpr std::array<std::string_view, 4> case_kind_words{"misconduct", "withdrawal", "late_documents", "annulled"};

struct CaseStepWords {
  std::string_view word;
  Text name;
};
const std::array<CaseStepWords, 4> case_step_words = {{{"entered", {"waits for confirmation", "확인 대기"}},
                                                       {"confirmed", {"confirmed", "확인됨"}},
                                                       {"lifting", {"waits to be lifted", "해제 확인 대기"}},
                                                       {"taken_back", {"taken back", "철회됨"}}}};

[[noreturn]] void throw_wrong_case_step(const RecordedCase& now, const Text& wanted) {
  const Text step = name_of(now.step);
  throw Conflict("wrong_case_step", {fmt::format("This special case is '{}' and cannot be {}.", step.en, wanted.en),
                                     fmt::format("'{}' 상태인 특별 결정은 {}할 수 없습니다.", step.ko, wanted.ko)});
}

void refuse_own(const std::string& first, const Change& change) {
  if (first != change.author) return;
  throw Conflict("same_officer", {"You took the first step of this special case yourself. Another officer has to confirm it.",
                                  "본인이 처리한 특별 결정입니다. 다른 담당자가 확인해야 합니다."});
}

RecordedCase load_seen_case(ResultRepository& results, const ExamCode& exam, std::int64_t case_no, std::int64_t version) {
  auto found = results.find_case(exam, case_no);
  if (!found) {
    throw NotFound("unknown_special_case", {"There is no such special case of this exam.", "이 시험에 그런 특별 결정이 없습니다."});
  }
  if (found->version == version) return std::move(*found);
  throw Conflict("special_case_changed", {"This special case was changed meanwhile. Look at it again.",
                                          "그사이 특별 결정이 바뀌었습니다. 다시 확인하십시오."});
}

RecordedCase save_next(ResultRepository& results, RecordedCase next, const Change& change) {
  ++next.version;
  next.changed_at = change.at;
  results.save_case(next, change);
  return next;
}

void add_case_fault(Faults& faults, const char* column, Text what, Text fix) {
  faults.add({"", 0, column, std::move(what), std::move(fix)});
}

// The reason as it is kept; a fault when a table of cases could not hold it.
std::string judge_reason(const std::string& typed, Faults& faults) {
  std::string reason = clean_line(typed);
  if (reason.empty()) {
    add_case_fault(faults, "reason", {"the reason is missing", "사유가 없습니다"},
                   {"say why, in words that hold before a court", "나중에도 확인할 수 있도록 사유를 적으십시오"});
  } else if (auto fault = find_text_fault(reason, longest_case_reason)) {
    add_case_fault(faults, "reason", std::move(fault->what), std::move(fault->fix));
  }
  return reason;
}

ApplicantNumber judge_number(const std::string& typed, Faults& faults) {
  const std::string number = clean_signs(typed);
  if (number.empty()) {
    add_case_fault(faults, "applicant_number", {"the applicant number is missing", "응시번호가 없습니다"},
                   {"enter it", "응시번호를 적으십시오"});
  } else if (auto fault = package::find_identifier_fault(number)) {
    add_case_fault(faults, "applicant_number", std::move(fault->what), std::move(fault->fix));
  }
  return ApplicantNumber(number);
}

void throw_if_any(Faults faults) {
  if (faults.empty()) return;
  throw InvalidInput("bad_special_case", {"The special case is not complete.", "특별 결정의 내용이 완전하지 않습니다."},
                     std::move(faults));
}

}  // namespace

std::string_view spell(CaseStep step) {
  return case_step_words.at(static_cast<std::size_t>(step)).word;
}

Text name_of(CaseStep step) {
  return case_step_words.at(static_cast<std::size_t>(step)).name;
}

std::optional<CaseStep> parse_case_step(std::string_view word) {
  for (std::size_t at = 0; at < case_step_words.size(); ++at) {
    if (case_step_words[at].word == word) return static_cast<CaseStep>(at);
  }
  return std::nullopt;
}

std::string write_recorded_cases(std::vector<RecordedCase> cases) {
  std::string table;
  if (cases.empty()) return table;
  std::sort(cases.begin(), cases.end(),
            [](const RecordedCase& one, const RecordedCase& other) { return one.number.text() < other.number.text(); });
  package::CsvWriter writer([&table](std::string_view bytes) { table += bytes; },
                            {"applicant_number", "kind", "reason", "decided_by"});
  for (const RecordedCase& one : cases) {
    writer.cell(one.number.text()).cell(selection::spell(one.kind)).cell(one.reason);
    writer.cell(one.entered_by + ", " + one.confirmed_by).end_row();
  }
  writer.finish();
  return table;
}

std::string digest_recorded_cases(const std::vector<RecordedCase>& cases) {
  return cases.empty() ? std::string() : sha256(write_recorded_cases(cases)).hex();
}

std::string write_sealed_case(const RecordedCase& one) {
  return nlohmann::json{{"number", one.number.text()}, {"kind", selection::spell(one.kind)}, {"reason", one.reason}}.dump();
}

void read_sealed_case(const std::string& words, RecordedCase& one) {
  const nlohmann::json read = nlohmann::json::parse(words);
  one.number = ApplicantNumber(read.at("number").get<std::string>());
  one.kind = selection::parse_special_case(read.at("kind").get<std::string>()).value();
  one.reason = read.at("reason").get<std::string>();
}

RecordedCase enter_case(ResultRepository& results, const ExamCode& exam, const std::string& number, const std::string& kind,
                        const std::string& reason, const Change& change) {
  Faults faults;
  RecordedCase entered;
  entered.number = judge_number(number, faults);
  const std::size_t meant = find_meant_word(kind, case_kind_words);
  const auto known = meant < case_kind_words.size() ? selection::parse_special_case(case_kind_words[meant]) : std::nullopt;
  if (!known) {
    add_case_fault(faults, "kind", {"the kind of the special case is missing", "특별 결정의 종류가 없습니다"},
                   {"choose misconduct, withdrawal, late_documents or annulled",
                    "misconduct(부정행위), withdrawal(응시 포기), late_documents(서류 지연), annulled(시험 무효) 가운데 고르십시오"});
  }
  entered.reason = judge_reason(reason, faults);
  throw_if_any(std::move(faults));
  entered.id = draw_token();
  entered.exam = exam;
  entered.kind = *known;
  entered.entered_by = change.author;
  entered.entered_at = entered.changed_at = change.at;
  entered.version = 1;
  return results.add_case(entered, change);
}

RecordedCase confirm_case(ResultRepository& results, const ExamCode& exam, std::int64_t case_no, std::int64_t version,
                          const Change& change) {
  RecordedCase next = load_seen_case(results, exam, case_no, version);
  if (next.step == CaseStep::entered) {
    refuse_own(next.entered_by, change);
    // Nobody confirms what nobody can read.
    if (next.kind == selection::SpecialCase::none) require_legible(Legible::damaged);
    next.step = CaseStep::confirmed;
    next.confirmed_by = change.author;
  } else if (next.step == CaseStep::lifting) {
    refuse_own(next.taken_back_by, change);
    next.step = CaseStep::taken_back;
    next.lifted_by = change.author;
  } else {
    throw_wrong_case_step(next, {"confirmed", "확인"});
  }
  return save_next(results, std::move(next), change);
}

RecordedCase take_back_case(ResultRepository& results, const ExamCode& exam, std::int64_t case_no, std::int64_t version,
                            const std::string& reason, const Change& change) {
  RecordedCase next = load_seen_case(results, exam, case_no, version);
  if (next.step != CaseStep::entered && next.step != CaseStep::confirmed) throw_wrong_case_step(next, {"taken back", "철회"});
  Faults faults;
  next.taking_back = judge_reason(reason, faults);
  if (!faults.empty()) {
    throw InvalidInput("reason_missing", {"Say why it is taken back.", "철회하는 사유를 적으십시오."}, std::move(faults));
  }
  next.taken_back_by = change.author;
  next.step = next.used_in == 0 ? CaseStep::taken_back : CaseStep::lifting;
  return save_next(results, std::move(next), change);
}

std::vector<RecordedCase> open_cases(ResultRepository& results, AccessRecord& accesses, const ExamCode& exam,
                                     const CaseQuery& query, const Change& change) {
  std::vector<RecordedCase> cases = results.list_cases(exam, query);
  AuditNote note{"special_case.read", exam.text()};
  note.exam = exam.text();
  for (const RecordedCase& one : cases) {
    // Of one that does not open nobody was named.
    if (one.kind != selection::SpecialCase::none) note.whose.push_back(one.number.text());
  }
  if (cases.empty() && query.number) note.whose.push_back(query.number->text());
  accesses.record_access(change, note);
  return cases;
}

std::optional<std::string> digest_counting_cases(ResultRepository& results, const ExamCode& exam) {
  try {
    return digest_recorded_cases(results.list_counting_cases(exam));
  } catch (const PersonalDataDamaged&) {
    return std::nullopt;
  }
}

bool is_overtaken(ResultRepository& results, const StoredDecision& decision) {
  return digest_counting_cases(results, decision.exam) != decision.cases_sha256;
}

std::optional<StoredDecision> find_overtaken(ResultRepository& results, const ExamCode& exam) {
  const std::vector<StoredDecision> decisions = results.list_decisions(exam);
  if (decisions.empty()) return std::nullopt;
  const auto counting = digest_counting_cases(results, exam);
  const StoredDecision& newest = decisions.front();
  const bool known = std::any_of(decisions.begin(), decisions.end(), [&](const StoredDecision& one) {
    return one.package == newest.package && counting == one.cases_sha256;
  });
  return known ? std::nullopt : std::optional(newest);
}

void require_not_overtaken(ResultRepository& results, const StoredDecision& decision) {
  if (digest_recorded_cases(results.list_counting_cases(decision.exam)) == decision.cases_sha256) return;
  throw Conflict("decision_overtaken",
                 {fmt::format("Special cases were confirmed or lifted since decision {} was made. Decide again and take that decision.",
                              decision.version),
                  fmt::format("결정 {} 이후에 확인되거나 해제된 특별 결정이 있습니다. 다시 결정하여 그 결정을 쓰십시오.", decision.version)});
}

}  // namespace hanjari::services
