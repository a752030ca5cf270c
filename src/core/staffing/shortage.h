// Why places stay unfilled: the smallest groups that prove it, in words.
#pragma once

#include <vector>

#include "staffing/search.h"

namespace hanjari::staffing {

// Of the relaxation: for every unfilled place the places reached by people changing over, with all the people who could
// fill them. One person is missing, and none of the places can be left out. Unfilled places that nobody but the people
// of a group may fill are counted with it, so no two groups have the same people (where nobody may: the same role).
std::vector<DutyShortage> find_hall_violators(const Problem& problem, const Flow& flow);

// Places that could be filled if people had nothing to do with one another, but proven not as they are: none of them
// can be left out, as far as `work` reaches to find that out.
DutyShortage find_conflicting_places(const Problem& problem, const std::vector<std::uint32_t>& post_of,
                                     std::int64_t work);

// The places that are free, each with its reason, in the order of the file. `held`: people on each post; `post_of`: of
// each candidate, `nowhere` for those who are not used.
std::vector<UnfilledDutyRow> list_unfilled(const Problem& problem, const std::vector<std::uint32_t>& held,
                                           const std::vector<std::uint32_t>& post_of);

}  // namespace hanjari::staffing
