// The one rule for outputs: nothing that stands already gives way to them unless that was asked for by name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hanjari {

// What is to happen to what stands already where an output goes. `replace` is what --replace asks for.
enum class Existing { keep, replace };

// Throws Conflict (output_in_use), which says what stands there, unless the path is free or an empty folder. With
// `replace` only a path at which there is something else than a folder is refused.
void require_free_folder(const std::filesystem::path& folder, Existing existing);

// The same for files that are to stand in a folder beside others: throws Conflict (output_in_use) with the ones that
// exist, unless they may be replaced. A folder of one of the names is refused always.
void require_free_files(const std::filesystem::path& folder, const std::vector<std::string>& names, Existing existing);

}  // namespace hanjari
