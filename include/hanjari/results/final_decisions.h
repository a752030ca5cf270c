// Decisions of the final stage as the service keeps them: each on one written decision and the grades of interviews that officers
// settled.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/plans/exams.h"
#include "hanjari/results/decided.h"
#include "hanjari/selection/final_decision.h"

namespace hanjari::services {

class InterviewRepository;

struct StoredFinal {
  ExamCode exam;
  std::int64_t version = 0;   // from 1, in the exam
  std::int64_t decision = 0;  // version of the written decision
  std::string written_sha256;     // its digest
  std::string interviews_sha256;  // of interview.csv
  std::string declines_sha256{};  // of declines.csv; empty: nobody has declined
  std::string final_sha256;       // of decisions_final.csv followed by cuts_final.csv, as a publication names it
  std::string author;
  Instant at{};
};

// By name: decisions_final.csv, cuts_final.csv, the list to print as passed_final.en.html and passed_final.ko.html, report.json,
// report.en.html, report.ko.html, and interview.csv, of which they were made, with declines.csv where somebody has declined.
using FinalFiles = std::map<std::string, std::string>;

// Everything but interview.csv and declines.csv, with the bytes of `hanjari decide --stage final` (`--declines`).
FinalFiles write_final_files(const Decided& decided, const selection::FinalDecision& final, const std::optional<ExamHeader>& exam);
// What a report says of the exam without reading its people.
std::optional<ExamHeader> find_header(ExamRepository&, const ExamCode& exam);

// As it is kept; reading throws for words that are none.
std::string write_final(const StoredFinal& final);
StoredFinal read_final(const std::string& words);
// The one of `there` that was made of the same. Throws Conflict (decision_differs) when it decided otherwise.
std::optional<StoredFinal> find_same_final(const std::vector<StoredFinal>& there, const StoredFinal& made);

// Throws NotFound (unknown_final).
StoredFinal find_final(InterviewRepository&, const ExamCode& exam, std::int64_t version);
// A file of it, recorded before it is given. Throws NotFound (results_destroyed).
std::string take_final_file(InterviewRepository&, AccessRecord&, const StoredFinal& final, const std::string& name, const Change& change);

}  // namespace hanjari::services
