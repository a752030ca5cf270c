// The rates of passing by group that are published with a version: what they are made of, and how they are made and judged.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/announcement/announcement.h"
#include "hanjari/domain/exam.h"
#include "hanjari/fairness/rates.h"
#include "hanjari/plans/exams.h"
#include "hanjari/proofreading/proofreading.h"

namespace hanjari::services {

// The exam of the plan that people were told, and whose number is whose.
struct GroupedExam {
  Exam exam;
  std::map<std::string, ApplicantIndex> people;
};
// Nothing where nobody was told a plan.
std::optional<GroupedExam> load_grouped(ExamRepository& exams, const ExamCode& code);

// Nothing when somebody is not in the plan: then no group can be told from another.
std::optional<fairness::DecidedPeople> group_people(const GroupedExam& grouped, const std::vector<announcement::Person>& people);

// A release before, as it was decided and as its rates.csv reads; empty for one without.
struct ReleasedRates {
  std::vector<announcement::Person> people;
  std::string rates_csv;
};
// rates.csv beside every release before. Empty when there can be none: whoever is in a release before and not in the plan cannot
// be protected.
std::string make_rates(const GroupedExam& grouped, const std::vector<announcement::Person>& people,
                       const std::vector<ReleasedRates>& before);

// Whether the rates say what was decided, by a judge who shares no code with make_rates. Findings hold no figure: they are read
// before the minute by who looks after jobs.
std::vector<proofreading::Finding> judge_rates(const GroupedExam& grouped, const std::string& decisions_csv,
                                               const std::string& rates_csv);

}  // namespace hanjari::services
