// A shortage as an officer reads it: how many are missing where, who alone could stand there, why the others cannot,
// and what helps.
#pragma once

#include "staffing/problem.h"

namespace hanjari::staffing {

// `people`: those of the shortage, sorted.
Text words_of(const Problem& problem, const DutyShortage& shortage, const std::vector<std::uint32_t>& people);

}  // namespace hanjari::staffing
