// Tables that only pages of the office take, as a command of forking_hanjari, so that tools/mutate-packages reaches their readers.
#pragma once

#include <string>

namespace hanjari::tests {

// Writes the tables of a notice and of its pass rules into the folder, as pages show them to be copied: 0, or 2 and why not.
int write_pasted(const std::string& notice, const std::string& rules, const std::string& folder);

// Reads every table of the folder as its page does, and says what is refused: 0 when nothing is, 2 otherwise, and 70 for whatever is
// thrown that has no words.
int read_pasted(const std::string& folder);

}  // namespace hanjari::tests
