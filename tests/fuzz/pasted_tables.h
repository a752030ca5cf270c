// Tables that only pages of the office take, and notices without the database that keeps them, as commands of forking_hanjari, so that
// tools/mutate-packages reaches their readers.
#pragma once

#include <string>

namespace hanjari::tests {

// Writes the tables of a notice and of its pass rules into the folder, as pages show them to be copied: 0, or 2 and why not.
int write_pasted(const std::string& notice, const std::string& rules, const std::string& folder);

// Reads every table of the folder as its page does, and says what is refused: 0 when nothing is, 2 otherwise, and 70 for whatever is
// thrown that has no words.
int read_pasted(const std::string& folder);

// Reads the notice as `recruitment save` does before it asks the database, and again what is written of it: 0, 2 when it is refused, and
// 70 for whatever is thrown that has no words and where the second reading is not the first.
int read_notice(const std::string& file);

}  // namespace hanjari::tests
