// Special cases as officers record them in the service: misconduct, withdrawal, late documents, an annulled exam. One officer enters
// a case with its reason, another confirms it, and from then on every decision is made with it. No mark is edited for one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/selection/results.h"

namespace hanjari::services {

class ResultRepository;
struct StoredDecision;

// entered: waits for another officer. confirmed: decisions are made with it. lifting: a decision was made with it, one officer wants
// it taken back, and it goes on counting until another confirms that. taken_back: it counts no more.
enum class CaseStep { entered, confirmed, lifting, taken_back };
std::string_view spell(CaseStep step);
Text name_of(CaseStep step);
// Nothing for an unknown word.
std::optional<CaseStep> parse_case_step(std::string_view word);

struct RecordedCase {
  std::string id;  // nobody guesses it
  ExamCode exam;
  std::int64_t case_no = 0;  // from 1, in the exam
  // Sealed. The kind is none, and the words say so, where what is kept does not open any more.
  ApplicantNumber number;
  selection::SpecialCase kind = selection::SpecialCase::none;
  std::string reason;
  std::string taking_back;  // why it was taken back, or is to be
  CaseStep step = CaseStep::entered;
  std::string entered_by;
  Instant entered_at{};
  std::string confirmed_by;
  std::string taken_back_by;
  std::string lifted_by;  // the second officer, where a decision had been made with it
  Instant changed_at{};
  std::int64_t used_in = 0;  // version of the first decision made with it; 0: none
  std::int64_t version = 0;  // counts its changes, from 1

  // Whether a decision that is made now is made with it.
  bool counts() const { return step == CaseStep::confirmed || step == CaseStep::lifting; }
};

// What a page of the list holds, newest first.
struct CaseQuery {
  std::optional<ApplicantNumber> number{};  // of one person only
  std::int64_t before_no = 0;               // only older ones; 0: from the newest
  std::size_t limit = 50;
};

// The cases that count, as a table with the columns of special_cases.csv, by number; empty when there are none. `decided_by` names
// both officers.
std::string write_recorded_cases(std::vector<RecordedCase> cases);
// Its digest, as a decision names it; empty when there are none.
std::string digest_recorded_cases(const std::vector<RecordedCase>& cases);

// What of a case is kept sealed together: number, kind and reason. Reading throws for words that are no case.
std::string write_sealed_case(const RecordedCase& one);
void read_sealed_case(const std::string& words, RecordedCase& one);

// Throws InvalidInput (bad_special_case) with every fault, Conflict (special_case_there) while the person has another one.
RecordedCase enter_case(ResultRepository&, const ExamCode& exam, const std::string& number, const std::string& kind,
                        const std::string& reason, const Change& change);

// The steps of a case. `version`: as the officer saw it, so that nobody confirms what is another step by now: Conflict
// (special_case_changed). Throw NotFound (unknown_special_case), Conflict (wrong_case_step; same_officer, because nobody confirms what
// is the own).
// Of one that was entered, that it counts; of one that is to be lifted, that it counts no more.
RecordedCase confirm_case(ResultRepository&, const ExamCode& exam, std::int64_t case_no, std::int64_t version, const Change& change);
// At once while no decision was made with it; after that another officer confirms it. Throws InvalidInput (reason_missing).
RecordedCase take_back_case(ResultRepository&, const ExamCode& exam, std::int64_t case_no, std::int64_t version,
                            const std::string& reason, const Change& change);

// Recorded before it is given, with the numbers of the people who are named.
std::vector<RecordedCase> open_cases(ResultRepository&, AccessRecord&, const ExamCode& exam, const CaseQuery& query, const Change& change);

// Digest of the cases that count now, empty when there are none; nothing when one of them does not open, because then no decision
// knows it. For pages, on which that case can still be taken back.
std::optional<std::string> digest_counting_cases(ResultRepository&, const ExamCode& exam);
// Whether cases were confirmed or lifted since the decision was made, so that it does not know them.
bool is_overtaken(ResultRepository&, const StoredDecision& decision);
// The newest decision where it is overtaken and its package was not decided on with the cases that count now either: after a case is
// lifted, the decision that was made before it counts again.
std::optional<StoredDecision> find_overtaken(ResultRepository&, const ExamCode& exam);
// Throws Conflict (decision_overtaken), PersonalDataDamaged.
void require_not_overtaken(ResultRepository&, const StoredDecision& decision);

}  // namespace hanjari::services
