// The pictures of a comparison, as SVG.
#pragma once

#include <string>
#include <string_view>

#include "hanjari/comparison/compare.h"

namespace hanjari::comparison {

// The colour of the n-th plan, told apart also by people with colour blindness; repeats after eight.
std::string_view plan_colour(std::size_t plan);

// Share of people (upwards) whose detour is at most so many kilometres (rightwards), one line per plan.
std::string draw_detour_curves(const Comparison& comparison, Language language);

// Where the venues lie: a circle's area is the number of people, its darkness how far they come on average.
std::string draw_venue_map(const Exam& exam, const PlanFigures& plan, Language language);

}  // namespace hanjari::comparison
