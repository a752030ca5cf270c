// One rule for a name that an address or a form gives more than once.
#pragma once

#include <string>
#include <vector>

#include "hanjari/http/http.h"

namespace hanjari::web {

// Adds what was given: to a name among `lists` behind a comma; a value that says the same as before changes nothing. Throws
// Refused (repeated_value) for one that says something else: whichever of the two were taken, the other would be lost unsaid.
void add_given(Values& values, std::string name, std::string value, const std::vector<std::string>& lists = {});
Values values_given(Pairs pairs, const std::vector<std::string>& lists = {});

}  // namespace hanjari::web
