// Plan packages: placements.csv, unseated.csv, over_detour.csv, report.json (contract: Plan; docs/formats.md).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/output.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/package/exam_package.h"

namespace hanjari::package {

// What the files say; throws InvalidInput when they cannot be read as a plan at all. Judging is the verifier's job.
PlanRows load_plan_rows(const std::filesystem::path& folder, Encoding encoding = Encoding::utf8);

// The rows as placements of this exam; throws InvalidInput for rows that name nobody, no venue, no room or stand twice.
Plan resolve_plan(const Exam& exam, const PlanRows& rows);

// Further files of a plan by name, as they are to be written: changes.csv, history.json, draw/list.csv.
using PlanFiles = std::map<std::string, std::string>;

// Writes all files of a plan and the further ones, all at once, and returns the plan's digest. Whether the folder may hold
// something already: see AtomicFolder.
// `seconds_write` of the report is the time this took, measured with the given clock.
std::string save_plan(const Exam& exam, const Plan& plan, const std::filesystem::path& folder, const Clock& clock,
                      const PlanFiles& further = {}, Existing existing = Existing::keep);

// The digest that save_plan would return.
std::string digest_plan(const Exam& exam, const Plan& plan);

// The plan as load_plan_rows would read it back.
PlanRows rows_of_plan(const Exam& exam, const Plan& plan);

// The published plan that a plan on the way to the next publication carries along, in the folder `published` of its own:
// people are told what differs from it, however many steps lie between.
PlanFiles published_files(const PlanRows& published);
// What load_plan_rows reads of that folder; nothing when the plan has none, and so is itself the published one.
std::optional<PlanRows> load_published(const std::filesystem::path& folder);

// changes.csv (contract: replan).
std::string render_changes(const std::vector<Change>& changes);

}  // namespace hanjari::package
