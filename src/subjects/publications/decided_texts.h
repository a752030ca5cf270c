// A decision as renderer and proofreader are given it: the renderer what the rules make of the package once more, the proofreader
// the tables that were kept when it was decided.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hanjari/announcement/announcement.h"
#include "hanjari/plans/exams.h"
#include "hanjari/proofreading/proofreading.h"
#include "hanjari/publications/publications.h"
#include "hanjari/results/decided.h"
#include "hanjari/results/interview_entries.h"
#include "hanjari/results/results.h"
#include "publications/decided_rates.h"

namespace hanjari::services {

// Where decisions are kept.
struct DecisionStores {
  ExamRepository& exams;
  ResultRepository& results;
  InterviewRepository* interviews = nullptr;  // nothing: no final stage can be read
};

struct DecidedTexts {
  StoredDecision decision;      // the written one, in the final stage that which it was made on
  std::string decision_sha256;  // of what is published
  std::string rules_sha256;  // as report.json of `decide` has it
  std::string marks_sha256;  // package::digest_marks
  announcement::Edition edition;
  std::vector<announcement::Person> people;
  std::vector<announcement::UnitList> units;
  proofreading::Decided decided;
  proofreading::Ordered ordered;
  std::shared_ptr<const GroupedExam> grouped;  // nothing where no rates can be made
  std::string rates_csv{};                     // empty where the version has none
};

// Of the stage that was ordered. Throws Conflict (decision_differs) when the package does not give the decision that is kept, NotFound
// (unknown_decision, unknown_final, exam_not_found).
DecidedTexts load_decided(const DecisionStores& stores, const Publication& publication, Progress& progress);

// What both stages say of a unit.
Text name_of_unit(const Unit& unit);
[[noreturn]] void throw_other_decision();
// The written part of a final decision is read by load_decided; this adds people, units and tables of the final one.
void add_final_stage(InterviewRepository& interviews, const Publication& publication, const package::PackedFiles& files,
                     package::Encoding encoding, DecidedTexts& texts, Progress& progress);

}  // namespace hanjari::services
