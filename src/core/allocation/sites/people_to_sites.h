// A for an exam: everybody to a site as if seats were all that mattered, with its certificate.
#pragma once

#include "allocation/problem.h"
#include "allocation/sites/transport.h"

namespace hanjari::allocation {

Transport solve_people_to_sites(const Problem& problem, const TransportOptions& options = {});

}  // namespace hanjari::allocation
