// What may be said of an exception that none of us expected.
#pragma once

#include <exception>
#include <string>

namespace hanjari {

// Which exception it was. What it says is added only where all its words are our own (std::logic_error itself): a
// parser's exception quotes what it read, which may be what somebody wrote, or what was kept sealed. Every log and
// every message about a bug uses this and never what().
std::string describe_bug(const std::exception& bug);

// Whether it tells of a machine that has no memory, thread or file left for us just now: nothing of that is a bug. The standard
// library says it in two ways, std::bad_alloc and std::system_error with the system's number.
bool tells_of_lack(const std::exception& thrown);

}  // namespace hanjari
