// The one rule for outputs: nothing that stands already gives way to them unless that was asked for by name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hanjari {

// What is to happen to what stands already where an output goes. `replace` is what --replace asks for.
enum class Existing { keep, replace };

// All of these throw Conflict (output_in_use) too where nothing can be made: at a link that leads nowhere and below a file.

// Throws Conflict (output_in_use), which says what stands there, unless the path is free or an empty folder. With
// `replace` only a path at which there is something else than a folder is refused.
void require_free_folder(const std::filesystem::path& folder, Existing existing);

// The same for files that are to stand in a folder beside others: throws Conflict (output_in_use) when the folder holds
// a plan, an exam or another thing that somebody made on purpose, or one of the files, unless they may be replaced. A
// folder of one of the names is refused always. `own`: what stands in this folder is what the files belong to, such as
// the results of a decision, and does not speak against them; empty for none.
void require_free_files(const std::filesystem::path& folder, const std::vector<std::string>& names, Existing existing,
                        const std::filesystem::path& own = {});

// The same for one file that was named itself: what stands at its place counts, and whether it would come to stand among
// the files of a plan, an exam or the like.
void require_free_file(const std::filesystem::path& file, Existing existing);

// Throws Conflict (output_in_use) when an output at this path would come to stand among the files of a plan, an exam or
// the like, unless `replace` allows that. For a path whose folders are not there yet the nearest one that is counts.
void require_outside_of_packages(const std::filesystem::path& path, Existing existing);

}  // namespace hanjari
