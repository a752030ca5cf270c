// Every connection is an open file, and so is every connection to the database and every page that is read: what the system allows is divided, so
// that whoever opens connections to a listener takes none away from the database.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hanjari::cli {

// How many files the program may have open, after raising that as far as the system lets it.
std::uint64_t raise_open_files();

// How many connections each of the three listeners may have: `wanted`, or fewer where `files` do not suffice for those beside
// `database_connections` and what the program opens itself. Throws Unavailable (too_few_files) where not even a few are left.
std::size_t connections_within(std::uint64_t files, std::size_t database_connections, std::size_t wanted);

}  // namespace hanjari::cli
