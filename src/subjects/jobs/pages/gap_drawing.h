// The gap of a plan in the making as a curve.
#pragma once

#include <string>
#include <vector>

#include "hanjari/plans/gap_curve.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// An <svg> element; a table beside it has to say the same.
std::string render_gap_curve(const Pages& pages, const std::vector<services::GapPoint>& curve, Language language);

// At most `most` points, the first and the last among them, for a table.
std::vector<services::GapPoint> thin_out(const std::vector<services::GapPoint>& curve, std::size_t most);

}  // namespace hanjari::web
