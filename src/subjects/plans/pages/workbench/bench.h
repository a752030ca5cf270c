// What every page of the workbench begins with.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/plans/workbench.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

struct Bench {
  services::ExamRepository& exams;
  services::Workbench& workbench;
  ExamCode code;
};

// Throws NotFound where this program makes no plans or has no such exam.
Bench bench_of(const Call& call);
// The stored plan that {plan} names.
services::StoredPlan plan_of_path(const Call& call, const Bench& bench);

// /en/exams/CODE
std::string address_of_exam(const Call& call);
// /en/exams/CODE/plans/DIGEST
std::string address_of_plan(const Call& call, const std::string& digest);
// 3.2, 1,024.0: kilometres with one decimal.
std::string write_km(Metres metres);
// The mean of so many metres over so many people, as write_km; 0.0 of nobody.
std::string write_mean_km(Metres metres, std::int64_t people);
// The name of the exam and its day, for the line under a heading.
nlohmann::json head_of_exam(const Call& call, const Bench& bench);
// Whom a plan leaves without a seat, told before its figures, which do not count them; false when nobody.
nlohmann::json seatless_people(const Call& call, const services::StoredPlan& plan, std::int64_t unseated);

}  // namespace hanjari::web
