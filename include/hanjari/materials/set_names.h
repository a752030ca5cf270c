// What sets of questions are called: nobody who packs or counts papers knows the codes of the package.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/materials/ledger.h"

namespace hanjari::services {

// By Unit::subject_set: the first series that has it, and how many others. "Administration, grade 9, and 2 more".
using SetNames = std::map<std::string, Text>;
SetNames name_sets(const std::vector<Unit>& units);

// "Booklet A (Administration, grade 9, and 2 more; SET)": the code stands behind, because packages and orders have it. A set that no
// unit has is called by its code alone.
Text name_of(const Item& item, const SetNames& names);

}  // namespace hanjari::services
