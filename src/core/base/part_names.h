// Names of what is being written, beside the place where it will stand, and what killed programs have left under them.
#pragma once

#include <filesystem>

namespace hanjari {

// Where what is written to the path will stand: behind links, without a slash at the end, and with `folder/..` taken out also
// where that folder is not there. The system finds nothing at such a path, and yet there is where the output goes.
std::filesystem::path place_of(const std::filesystem::path& path);

// A name beside `path` that no other writer uses, of this process, another one or another machine.
std::filesystem::path part_beside(const std::filesystem::path& path);

// The same for what stands at `path` while something new takes its place.
std::filesystem::path replaced_beside(const std::filesystem::path& path);

// Removes what programs of this machine that no longer live have left in the folder under such names; what had been
// moved away and nothing had taken its place is put back. Looks once at each folder; says nothing and never throws.
void remove_left_parts(const std::filesystem::path& folder) noexcept;

}  // namespace hanjari
