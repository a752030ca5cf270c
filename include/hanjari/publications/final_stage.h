// The final stage in the service: from the written results that people were told last, and the grades of interviews that officers
// settled, to the final list with its reserve. Nobody decides finally on anything that was not published.
#pragma once

#include "hanjari/plans/exams.h"
#include "hanjari/publications/publications.h"
#include "hanjari/results/final_decisions.h"
#include "hanjari/results/interview_entries.h"
#include "hanjari/results/results.h"

namespace hanjari::services {

struct FinalStage {
  ExamRepository& exams;
  PublicationRepository& publications;
  ResultRepository& results;
  InterviewRepository& interviews;
  AccessRecord& accesses;
};

// The written decision of the newest release. Throws Conflict (no_release_yet) while none is released, and when the newest release took
// the results back.
StoredDecision load_published_decision(const FinalStage& of, const ExamCode& exam);

// The same grades on the same decision give the one that is kept. Throws as load_published_decision; Conflict (interviews_open;
// decision_overtaken, when a special case counts that people were not told the outcome of; decision_differs); InvalidInput with every
// fault of the grades, such as one of somebody who was not to be interviewed.
StoredFinal decide_final_stage(const FinalStage& of, const ExamCode& exam, const Change& change);

}  // namespace hanjari::services
