#include "hanjari/publications/candidates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/csv.h"

namespace hanjari::services {
namespace {

struct StepWord {
  std::string_view word;
  CandidateStep step;
  const char* action;  // in the trail
};
constexpr std::array<StepWord, 4> step_words{{{"enrol", CandidateStep::enrol, "candidate.enrol"},
                                              {"enter", CandidateStep::enter, "candidate.decline"},
                                              {"confirm", CandidateStep::confirm, "candidate.confirm"},
                                              {"take_back", CandidateStep::take_back, "candidate.take_back"}}};

bool has_won(const Candidate& candidate) {
  return candidate.outcome == "passed" || candidate.outcome == "passed_equality";
}

// The order of the register within a unit.
std::tuple<std::string, int, std::int64_t, std::string> place_of(const Candidate& candidate) {
  std::int64_t rank = 0;
  std::from_chars(candidate.reserve_rank.data(), candidate.reserve_rank.data() + candidate.reserve_rank.size(), rank);
  const int part = has_won(candidate) ? 0 : candidate.outcome == "declined" ? 2 : 1;
  return {candidate.unit, part, rank, candidate.number};
}

std::vector<Candidate> read_candidates(const std::string& decisions_final, const CandidateRegister& recorded) {
  enum { number, unit, outcome, total, reserve };
  std::vector<Candidate> people;
  Faults faults;
  std::vector<Fault> warnings;
  package::CsvReader reader("decisions_final.csv", decisions_final,
                            {{"applicant_number"}, {"unit_code"}, {"outcome"}, {"total"}, {"reserve_rank"}}, package::Encoding::utf8, faults,
                            warnings);
  while (reader.next()) {
    Candidate one{std::string(reader.text(number)),  std::string(reader.text(unit)),    std::string(reader.text(outcome)),
                  std::string(reader.text(total)), std::string(reader.text(reserve)), {}, {}};
    if (!has_won(one) && one.outcome != "declined" && one.reserve_rank.empty()) continue;
    if (const auto found = recorded.declines.find(one.number); found != recorded.declines.end()) one.decline = found->second;
    if (const auto found = recorded.registered.find(one.number); found != recorded.registered.end()) one.registration = found->second;
    people.push_back(std::move(one));
  }
  std::sort(people.begin(), people.end(), [](const Candidate& one, const Candidate& other) { return place_of(one) < place_of(other); });
  return people;
}

StoredFinal load_published_final(const FinalStage& of, const ExamCode& exam, std::int64_t& release) {
  const auto released = find_released(of.publications, exam, proof::Stage::final);
  if (!released || released->order.withdrawal) {
    throw Conflict("no_final_release", {"The register begins with the final results that people were told. None are released now.",
                                        "채용후보자 명부는 발표된 최종 결과에서 시작합니다. 지금 발표되어 있는 최종 결과가 없습니다."});
  }
  release = released->version;
  StoredFinal final = find_final(of.interviews, exam, released->order.decision);
  if (final.final_sha256 == released->decision_sha256) return final;
  throw Conflict("decision_differs", {"The kept final decision is not the one that was published. Tell whoever maintains the program.",
                                      "보관된 최종 결정이 발표한 것과 다릅니다. 프로그램 관리자에게 알리십시오."});
}

Candidates load_candidates(const FinalStage& of, const ExamCode& exam, const CandidateRegister& recorded) {
  Candidates candidates;
  const StoredFinal final = load_published_final(of, exam, candidates.release);
  candidates.final = final.version;
  candidates.version = recorded.version;
  candidates.people = read_candidates(of.interviews.load_final_file(final, "decisions_final.csv"), recorded);
  return candidates;
}

[[noreturn]] void throw_no_candidate(const std::string& number, CandidateStep step) {
  Faults faults;
  const bool enrols = step == CandidateStep::enrol;
  faults.add({"", 0, "applicant_number",
              {"'" + number + (enrols ? "' is not among those who passed" : "' neither passed nor stands in the reserve"),
               "'" + number + (enrols ? "': 합격자가 아닙니다" : "': 합격자도 예비 순위자도 아닙니다")},
              {"use a number of the register", "명부에 있는 응시번호를 적으십시오"}});
  throw InvalidInput("bad_decline", {"The register has no such candidate.", "명부에 그런 채용후보자가 없습니다."}, std::move(faults));
}

void require_candidate(const Candidates& candidates, const std::string& number, CandidateStep step) {
  const bool there = std::any_of(candidates.people.begin(), candidates.people.end(), [&](const Candidate& one) {
    return one.number == number && (has_won(one) || (step == CandidateStep::enter && one.outcome != "declined"));
  });
  if (!there) throw_no_candidate(number, step);
}

}  // namespace

std::optional<CandidateStep> parse_candidate_step(std::string_view word) {
  for (const StepWord& one : step_words) {
    if (one.word == word) return one.step;
  }
  return std::nullopt;
}

Candidates open_candidates(const FinalStage& of, const ExamCode& exam, const Change& change) {
  Candidates candidates = load_candidates(of, exam, of.interviews.load_register(exam));
  AuditNote note{"candidate.read", exam.text(), fmt::format("final decision {}", candidates.final)};
  note.exam = exam.text();
  of.accesses.record_access(change, note);
  return candidates;
}

CandidateRegister step_candidate(const FinalStage& of, const ExamCode& exam, CandidateStep step, const std::string& typed_number,
                                 const std::string& reason, std::int64_t seen, const Change& change) {
  const std::string number = clean_signs(typed_number);
  const CandidateRegister now = of.interviews.load_register(exam);
  const Candidates candidates = load_candidates(of, exam, now);
  if (now.version != seen) {
    throw Conflict("register_changed", {"The register of candidates was changed meanwhile. Look at it again.",
                                        "그사이 채용후보자 명부가 바뀌었습니다. 다시 확인하십시오."});
  }
  CandidateRegister next;
  switch (step) {
    case CandidateStep::enrol:
      require_candidate(candidates, number, step);
      next = register_candidate_in(now, number, change);
      break;
    case CandidateStep::enter:
      require_candidate(candidates, number, step);
      next = enter_decline_in(now, number, reason, change);
      break;
    case CandidateStep::confirm: next = confirm_decline_in(now, number, change); break;
    case CandidateStep::take_back: next = take_back_decline_in(now, number, change); break;
  }
  of.interviews.save_register(exam, next, step_words.at(static_cast<std::size_t>(step)).action, number, change);
  return next;
}

}  // namespace hanjari::services
