// Why somebody has no seat, in words and numbers: a proof that not everybody can have one, or what was missing.
#pragma once

#include <vector>

#include "allocation/problem.h"
#include "hanjari/domain/plan.h"

namespace hanjari::allocation {

// Demands that together exceed all that could serve them; each text states one such set. Empty: no proof found.
// Three necessary conditions are tried, each by a maximum flow whose minimum cut names the demands: seats for people,
// whole rooms for classes of people who may not share, accessible rooms for wheelchair users.
std::vector<Text> prove_infeasible(const Problem& problem);

// The reason and a sentence for everybody whose room is none().
std::vector<Unseated> explain_unseated(const Problem& problem, const std::vector<RoomIndex>& room_of);

}  // namespace hanjari::allocation
