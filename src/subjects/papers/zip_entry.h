// How a file stands in the ZIPs of papers.
#pragma once

#include <cstdint>

#include "hanjari/base/local_time.h"

struct zip;

namespace hanjari::services {

// Sets time, rights and compression of the entry at this index. PDF and XLSX are compressed inside already, so that
// only texts are.
void describe_entry(zip* archive, std::uint64_t index, bool is_text, const LocalTime& time);

}  // namespace hanjari::services
