// A result package as one ZIP file. It is unpacked in memory: no mark is written to a disk in the clear.
#pragma once

#include <string>
#include <string_view>

#include "hanjari/package/packed_exam.h"
#include "hanjari/package/result_package.h"

namespace hanjari::package {

// The files of the folder in which rules.json stands, wherever that is in the ZIP. Throws as unpack_exam.
PackedFiles unpack_results(std::string_view zip, const UnpackLimits& limits = {});

// What a workbook is called that came without a name.
inline constexpr const char* results_workbook_name = "results.xlsx";

// As load_results of a folder.
LoadedResults load_results(const PackedFiles& files, selection::Stage stage, Encoding encoding, Progress& progress,
                           BadCells* bad = nullptr);

// The same with settings changed, as a what-if; of `changes` the settings only: the others are files on a disk.
LoadedResults load_results(const PackedFiles& files, selection::Stage stage, Encoding encoding, const ResultChanges& changes,
                           Progress& progress);

// SHA-256 over the names and digests of the files that a result package has, in the order of their names: another byte
// anywhere, also in counts.csv, is another package. How they were packed does not matter.
std::string digest_files(const PackedFiles& files);

// SHA-256 of scores.csv as it was sent; of marks that came in a workbook, of the scores.csv that write_scores makes of them.
std::string digest_marks(const PackedFiles& files, const selection::Results& results);

}  // namespace hanjari::package
