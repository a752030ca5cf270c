// Which folders a save may replace.
#pragma once

#include <filesystem>
#include <string>

namespace hanjari::package {

// Throws Conflict (folder_in_use) unless the path is free, an empty folder, or a folder with the file `mark` in it: a
// slip of the hand must not cost somebody a folder of other things.
void require_replaceable(const std::filesystem::path& folder, const std::string& mark);

}  // namespace hanjari::package
