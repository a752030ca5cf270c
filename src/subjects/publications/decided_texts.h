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
#include "hanjari/results/results.h"
#include "publications/decided_rates.h"

namespace hanjari::services {

struct DecidedTexts {
  StoredDecision decision;
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

// Throws Conflict (decision_differs) when the package does not give the decision that is kept, NotFound (unknown_decision,
// exam_not_found).
DecidedTexts load_decided(ExamRepository& exams, ResultRepository& results, const Publication& publication,
                          Progress& progress);

}  // namespace hanjari::services
