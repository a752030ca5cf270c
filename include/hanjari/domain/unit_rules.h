// What the values of a unit may be, said once for units.csv and the notice.
#pragma once

#include <optional>

#include "hanjari/domain/exam.h"
#include "hanjari/domain/person_rules.h"

namespace hanjari {

// Nobody is to be seated after the exam of the unit has begun. About seated_by.
std::optional<ValueFault> find_seating_fault(const Unit& unit);

}  // namespace hanjari
