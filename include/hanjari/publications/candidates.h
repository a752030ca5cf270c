// The register of candidates: everybody whom the newest release of final results names as passed, and the reserve behind them, with what
// officers recorded since. Nobody declines or registers who was not told to have passed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/publications/final_stage.h"
#include "hanjari/results/declines.h"

namespace hanjari::services {

struct Candidate {
  std::string number;
  std::string unit;
  std::string outcome;       // passed, passed_equality, declined; not_passed: stands in the reserve
  std::string total;         // of the written exam
  std::string reserve_rank;  // empty: not in the reserve
  std::optional<Decline> decline;
  std::optional<Registration> registration;
};

struct Candidates {
  std::int64_t release = 0;  // version of the final results that people were told last
  std::int64_t final = 0;    // the final decision that they show
  std::int64_t version = 0;  // of the register, as it was looked at
  std::vector<Candidate> people;  // unit by unit: who passed by number, then the reserve by its order, then who declined
};

// Recorded before it is given: the reserve is nobody's to see. Throws Conflict (no_final_release) while no final results are released, or
// after they were taken back.
Candidates open_candidates(const FinalStage& of, const ExamCode& exam, const Change& change);

// enter: somebody declines, with a reason; confirm: by another officer, then it counts; take_back: one that waits; enrol: the candidate has
// registered.
enum class CandidateStep { enrol, enter, confirm, take_back };
// Nothing for another word.
std::optional<CandidateStep> parse_candidate_step(std::string_view word);

// `seen`: the version of the register that the officer looked at. Throws as open_candidates and the steps of declines.h; InvalidInput
// (bad_decline) for somebody who has nothing to decline, or did not pass and cannot register; Conflict (register_changed).
CandidateRegister step_candidate(const FinalStage& of, const ExamCode& exam, CandidateStep step, const std::string& typed_number,
                                 const std::string& reason, std::int64_t seen, const Change& change);

}  // namespace hanjari::services
