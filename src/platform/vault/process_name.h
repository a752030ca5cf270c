// Names of processes that tell, on another day or another machine, whether one is certainly gone.
#pragma once

#include <string>

namespace hanjari::storage {

// This process: the start of its machine, its namespace and its number there.
std::string process_name();

// True only when it is certain: a process of this machine since its last start that does not exist any more. Of other
// machines nothing is known.
bool has_ended(const std::string& process);

// Host and file, for people who look for the program.
std::string place_name(const std::string& file);

}  // namespace hanjari::storage
