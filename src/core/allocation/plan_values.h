// What a plan is worth: the values that the contract compares, read off the rooms of everybody.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "allocation/problem.h"
#include "allocation/sites/transport.h"

namespace hanjari::allocation {

std::int64_t count_over_cap(const Problem& problem, const std::vector<RoomIndex>& room_of);

// How many people A sends beyond the detour cap. One of them outweighs what an exchange saves in travel, so these are as
// few as seats allow, and whole rooms allow no fewer.
std::optional<std::int64_t> count_over_cap(const Problem& problem, const Transport& transport);

// The objective of a plan, as the contract counts it.
Cost objective(const Problem& problem, const std::vector<RoomIndex>& room_of);

// Everybody at the nearest place that may be used: a bound that holds whatever the detour cap does.
Cost least_travel(const Problem& problem);

// How good a plan is: the fewest without a seat, then beyond the detour cap, then the objective.
using PlanRank = std::tuple<std::int64_t, std::int64_t, Cost>;
PlanRank rank_of(const Problem& problem, const std::vector<RoomIndex>& room_of);

}  // namespace hanjari::allocation
