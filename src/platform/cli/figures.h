// Figures as officers read them.
#pragma once

#include <cstdint>
#include <string>

namespace hanjari::cli {

// A sum of ways: "36.1 km", from a thousand kilometres on without a decimal: "20,942 km". Metres are for files that
// programs read.
std::string tell_kilometres(std::int64_t metres);

}  // namespace hanjari::cli
