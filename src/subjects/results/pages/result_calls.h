// What pages and API of results share: the repositories behind a call, and the orders that both take.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hanjari/jobs/jobs.h"
#include "hanjari/plans/exams.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/results/results.h"
#include "hanjari/results/rule_trial.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct ResultsCall {
  services::ExamRepository& exams;
  services::JobRepository& jobs;
  services::ResultRepository& results;
  ExamCode code;
};

// Throws NotFound (no_results) where this program keeps none, (exam_not_found).
ResultsCall results_of(const Call& call);
// Of {decision} in the path. Throws NotFound (unknown_decision).
services::StoredDecision decision_of(const Call& call, const ResultsCall& of);

services::Change change_of_call(const Call& call, const std::string& reason);

// Throw InvalidInput with what is missing, and as the use cases.
services::Job order_sent_results(const Call& call, std::string_view zip, const std::string& encoding,
                                 const std::string& reason);
services::RulesApproval take_rules_step(const Call& call, const std::string& step, std::int64_t package,
                                        const std::string& rules_sha256, const std::string& reason);
services::Job order_sent_decision(const Call& call, std::int64_t package, services::RawMarks marks, const std::string& reason);
services::RuleTrial try_sent_rules(const Call& call, const services::RuleSettings& settings, const std::string& reason);
services::PersonPath open_sent_path(const Call& call, const std::string& number, const std::string& reason);

// Special cases. A whole number from 1 as it was typed; 0 for anything else.
std::int64_t case_count_in(const std::string& typed);
// The page that the address asks for (before); one person's, by the number as it was typed: InvalidInput (number_missing).
services::CaseQuery case_query_of(const Call& call);
services::CaseQuery case_query_of_number(const std::string& sent);
// Recorded. What before is on the next page; 0 when these are the last.
std::vector<services::RecordedCase> open_sent_cases(const Call& call, const services::CaseQuery& query);
std::int64_t next_page_of_cases(const services::CaseQuery& query, const std::vector<services::RecordedCase>& cases);
services::RecordedCase enter_sent_case(const Call& call, const std::string& number, const std::string& kind, const std::string& reason);
// confirm or take_back.
services::RecordedCase step_sent_case(const Call& call, const std::string& step, std::int64_t case_no, std::int64_t version,
                                      const std::string& reason);

}  // namespace hanjari::web
