// Faults of a file that somebody sent, in the words of its sender.
#pragma once

#include <string_view>

#include "hanjari/base/fault.h"

namespace hanjari::package {

// The fault under the name of the file that was sent instead of the one that it is read by, and for readers of Korean with the
// word for its column before the column's name, which may be what stands in the file: 줄수(row_count). The name may be empty: a list
// that was pasted has none.
Fault tell_of_sent_file(Fault fault, std::string_view sent_name, Language language);

}  // namespace hanjari::package
