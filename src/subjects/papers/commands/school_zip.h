// The papers of one school as one ZIP file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hanjari/base/local_time.h"

namespace hanjari::cli {

// Packs the files of FOLDER into ZIP, which appears whole or not at all, under FOLDER's own name, so that the schools
// stay apart when all are unpacked in one place. Names are UTF-8 and marked so. The same files and time give the same
// bytes. Files are read while they are packed: memory does not grow with them. Throws Unavailable (file_not_written).
void pack_folder(const std::filesystem::path& folder, const std::filesystem::path& zip, const LocalTime& time);

}  // namespace hanjari::cli
