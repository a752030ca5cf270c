// history.json of a plan package, and the file of moves that `hanjari edit` takes (docs/formats.md, History).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hanjari/domain/history.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/table_file.h"

namespace hanjari::package {

// Empty when the folder has none; throws InvalidInput when it cannot be read.
std::vector<HistoryStep> load_history(const std::filesystem::path& folder);

std::string render_history(const std::vector<HistoryStep>& steps);

// Moves alone, as history.json has them; the second throws InvalidInput for anything else.
std::string write_moves(const std::vector<HandMove>& moves);
std::vector<HandMove> read_moves(const std::string& text);

// Moves of people by applicant_id or, where that is empty, by applicant_number, which only people with a seat have. Every fault of the file is
// added to `faults`; what could not be read of a move is empty or 0 in it. `warnings`: what was read although it looks odd.
std::vector<HandMove> load_moves(TableFile& file, Encoding encoding, const PlanRows& plan, Faults& faults,
                                 std::vector<Fault>& warnings);

}  // namespace hanjari::package
