// The fairness report that everybody reads beside the seats of the live plan: made as a job, protected against every report that was
// published before, and judged by code of its own before anybody sees it.
#pragma once

#include <optional>

#include "hanjari/base/clock.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/plans/exams.h"
#include "hanjari/publications/publications.h"

namespace hanjari::services {

// Throws NotFound (exam_not_found), Conflict (exam_destroyed; no_live_plan: nobody has been told a seat).
Job order_fairness_report(ExamRepository&, JobRepository&, const ExamCode& exam, const Change& change);

// Of a plan that has its report already nothing new is made. Throws Conflict: no_live_plan; earlier_report_gone, when what a report
// before was made of is not stored any more, so that nothing could be protected against it; wrong_fairness, when the judge finds
// another figure.
JobWork fairness_report_work(ExamRepository&, PublicationRepository&, const Clock&);

// What people read now: the report of the live plan, else the newest one; nothing before there is one.
std::optional<FairnessReport> find_fairness_report(ExamRepository&, PublicationRepository&, const ExamCode& exam);

}  // namespace hanjari::services
