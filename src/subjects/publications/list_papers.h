// The public list as files that people keep: made before the minute with everything else that is shown, and judged with it.
#pragma once

#include <string>
#include <vector>

#include "hanjari/announcement/announcement.h"
#include "hanjari/base/clock.h"

namespace hanjari::services {

// The bytes of an .xlsx file with two sheets: a line for every number, and a line for every unit.
std::string make_list_workbook(const std::vector<announcement::UnitList>& units, Language language);
// A PDF with an element for every line. Throws InvalidInput (no_glyph), Unavailable (paper_not_drawn).
std::string make_list_paper(const announcement::Edition& edition, const std::vector<announcement::UnitList>& units,
                            Instant made_at, Language language);

}  // namespace hanjari::services
