// What may be said of an exception that none of us expected.
#pragma once

#include <exception>
#include <string>

namespace hanjari {

// Which exception it was. What it says is added only where all its words are our own (std::logic_error itself): a
// parser's exception quotes what it read, which may be what somebody wrote, or what was kept sealed. Every log and
// every message about a bug uses this and never what().
std::string describe_bug(const std::exception& bug);

}  // namespace hanjari
