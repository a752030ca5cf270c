// How many people are moved farther than the policy's moved_farther_m, and how few that could be (README.md, Far moves).
#pragma once

#include <vector>

#include "replanning/change_problem.h"

namespace hanjari::replanning {

// People of these rooms who travel more than the policy's moved_farther_m farther than before.
Count count_farther(const ChangeProblem& problem, const TravelTable& travel, const std::vector<RoomIndex>& room_of);

// A lower bound of it for every plan that seats everybody and whose weighted sum is at most `weighted`. `forced`: what
// the people cost who alone cannot stay. Where both are equal nobody else moves in any such plan, and the bound is that
// of a flow from those who lose their venue to the seats that the others leave.
Count floor_farther(const ChangeProblem& problem, const TravelTable& travel, Count weighted, Count forced);

}  // namespace hanjari::replanning
