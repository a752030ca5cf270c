// The register of candidates after the final results: who registered, and who declines the place that was won or stood in reserve. A
// decline counts once a second officer has confirmed it; the next final decision gives the place to the reserve (rule 21).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/results/decided.h"

namespace hanjari::services {

struct Decline {
  std::string reason;
  std::string entered_by;
  Instant entered_at{};
  std::string confirmed_by;  // empty: it waits, and counts for nothing
  bool counts() const { return !confirmed_by.empty(); }
};

struct Registration {
  std::string entered_by;
  Instant entered_at{};
};

// By applicant number.
struct CandidateRegister {
  std::int64_t version = 0;  // counts the changes
  std::map<std::string, Decline> declines;
  std::map<std::string, Registration> registered;
};
std::string write_register(const CandidateRegister& candidates);
// Throws for words that are none.
CandidateRegister read_register(const std::string& words);

// declines.csv: a line for each decline that counts, by number; empty where there is none.
std::string write_declines(const CandidateRegister& candidates);
// Throws InvalidInput with every fault of the table.
std::vector<ApplicantNumber> read_declines(std::string_view csv);

// decide_final, and rule 21 for those of declines.csv; empty: nobody declines. Throws InvalidInput (bad_declines) naming everybody who can
// decline nothing.
selection::FinalDecision decide_finally(const Decided& decided, std::string_view declines_csv);

// The steps. Each gives the register after it, with one change more. `number` is not judged here.
CandidateRegister enter_decline_in(CandidateRegister candidates, const std::string& number, const std::string& typed_reason,
                                   const Change& change);
// Throws Conflict: no_decline; same_officer, because who entered it does not confirm it; decline_confirmed.
CandidateRegister confirm_decline_in(CandidateRegister candidates, const std::string& number, const Change& change);
// Of one that waits. Throws Conflict (no_decline, decline_confirmed).
CandidateRegister take_back_decline_in(CandidateRegister candidates, const std::string& number, const Change& change);
// Throws Conflict (decline_there, registered_already).
CandidateRegister register_candidate_in(CandidateRegister candidates, const std::string& number, const Change& change);

}  // namespace hanjari::services
