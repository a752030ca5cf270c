// A folder of templates, as customers keep them.
#pragma once

#include <filesystem>

#include "hanjari/documents/templates.h"

namespace hanjari::cli {

// FOLDER/*.json and the pictures beside them, as they are. Throws NotFound (folder_not_found).
documents::Templates::Files read_template_files(const std::filesystem::path& folder);
// Reads FOLDER/*.json and the pictures they name. Throws NotFound (folder_not_found) when there is no such folder,
// InvalidInput with every fault of the files.
documents::Templates load_templates(const std::filesystem::path& folder);

}  // namespace hanjari::cli
