// Codes in tables that people copied into: cleaned where that is certain.
#pragma once

#include <cstddef>
#include <string>

#include "hanjari/package/csv.h"
#include "hanjari/package/plan_forms.h"

namespace hanjari::package {

// The code of this row's column. Signs in full width, another normal form, blanks around it and characters that nobody sees are no
// part of any code; without them it is what people see, and a warning names what stands there: whoever reads the table says of the code
// what else there is to say. Refused: such a code is a fault of the row. As it stands: nothing is taken away, and the warning says which
// code it looks like.
std::string read_typed_code(CsvReader& reader, std::size_t column, CodesOfPlan codes = CodesOfPlan::cleaned);

}  // namespace hanjari::package
