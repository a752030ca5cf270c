// report.json of a plan.
#pragma once

#include <string>

#include "hanjari/domain/plan_rows.h"
#include "package/json_reader.h"

namespace hanjari::package {

// Fills the rows' report and keep_apart_broken; keys of others are passed over, absent ones keep their defaults.
void read_report(JsonFile& file, PlanRows& rows);

// The report as JSON with sorted keys.
std::string write_report(const Exam& exam, const PlanReport& report);

}  // namespace hanjari::package
