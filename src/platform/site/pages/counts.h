// Counts as cells of pages say them: 36,109명 and 101곳 in Korean, where a bare number reads like a code; bare in English,
// whose headings say what is counted.
#pragma once

#include <cstdint>
#include <string>

#include "hanjari/base/text.h"

namespace hanjari::web {

enum class Counted { people, places, rooms, things, cases, pages };

std::string write_count(std::int64_t count, Counted what, Language language);

}  // namespace hanjari::web
