// Cases of more venues than a person is first shown, and the best of all assignments by the Hungarian method.
#pragma once

#include "staffing/small_case.h"

namespace hanjari::staffing {

// 24 to 32 venues and about as many people as places, who live in few quarters, so that many must go far. Nobody minds
// anybody; one person and a place may be barred from one another for every reason there is.
SmallCase draw_case_of_many_venues(std::uint64_t number, bool keeps);

// Duties of least worth: an assignment problem of places and people, one number a pair, in which one more person of
// many past duties outweighs everybody of fewer.
std::vector<DutyRow> best_by_hungarian_method(const SmallCase& of);

}  // namespace hanjari::staffing
