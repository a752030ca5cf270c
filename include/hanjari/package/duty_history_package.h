// history.json of duties, and the file of edits that `hanjari edit-duties` takes (docs/formats.md, Duties).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hanjari/domain/duty_history.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/package/table_file.h"

namespace hanjari::package {

// The history of the folder's duties.csv; without steps where there is none or it is of other duties, so that whoever
// changes the duties elsewhere begins a new one. The base is the folder's report.json then, if it is there. Throws
// InvalidInput when a file cannot be read.
DutyHistory load_duty_history(const std::filesystem::path& folder);
// The same of files that are held in memory; duties.csv is one of them.
DutyHistory load_duty_history(const PackedFiles& files);

std::string render_duty_history(const DutyHistory& history);

// Throws InvalidInput with every fault of the file. `warnings`: what was read although it looks odd.
std::vector<DutyEdit> load_duty_edits(TableFile& file, Encoding encoding, std::vector<Fault>& warnings);

}  // namespace hanjari::package
