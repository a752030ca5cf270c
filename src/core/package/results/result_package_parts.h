// The steps of reading a result package.
#pragma once

#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hanjari/package/packed_results.h"
#include "hanjari/package/result_package.h"
#include "package/sheets/sheet_finder.h"

namespace hanjari::package {

struct ResultReading {
  const std::filesystem::path& folder;
  Encoding encoding;
  Progress& progress;
  const PackedFiles* packed = nullptr;  // in place of the folder
  BadCells* bad = nullptr;
  std::optional<SheetFinder> sheets{};  // tables that stand in workbooks, once reading has begun
};

// Sentences that the changes of a what-if share with the files.
Text unknown_bonus(std::string_view list);
Text known_bonuses();
Text not_a_mark(std::string_view text);
Text how_to_write_a_mark();

// Puts the settings of a what-if into rules.json; those of a unit wait for change_rows.
void change_settings(nlohmann::json& root, const ResultChanges& changes, Faults& faults);
// Changes posts, marks and people of a what-if.
void change_rows(ResultReading& reading, const ResultChanges& changes, ReadResults& read);

// See LoadedResults::input_sha256.
std::string digest_results(const selection::Results& results);

}  // namespace hanjari::package
