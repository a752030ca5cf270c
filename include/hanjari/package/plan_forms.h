// Plans and duties as people saved them again: what was read although it looks odd is told.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/staffing_package.h"

namespace hanjari::package {

// Ids, codes and numbers of a plan, where blanks, full width or what nobody sees stands in them. A verifier compares bytes, as every other
// program that reads the plan: to it they stand as they are, and are findings. So whoever takes a plan refuses them, as ids of an exam
// package are refused: nothing is printed, stored or made live that the verifier faults. Cleaned are those of lists that officers type.
enum class CodesOfPlan { cleaned, refused, as_they_stand };

// load_plan_rows and load_duties, with a warning for each form of a table that is not the one that is written: another encoding
// or separator, titles above, totals below, headings and numbers in other spelling.
PlanRows load_plan_rows(const std::filesystem::path& folder, Encoding encoding, std::vector<Fault>& warnings,
                        CodesOfPlan codes = CodesOfPlan::refused);
DutyRows load_duties(const std::filesystem::path& folder, Encoding encoding, Repetition repetition, std::vector<Fault>& warnings);

// The name of a workbook that lies in the folder where `table`.csv is wanted; empty when there is none. These tables are read
// from CSV alone, so that whoever saved them as a workbook is told of that and not that nothing is there.
std::string find_workbook_of(const std::filesystem::path& folder, std::string_view table);

}  // namespace hanjari::package
