// Values of recruitment.json that other packages do not have: moments, texts in two languages, days.
#pragma once

#include <optional>
#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"
#include "package/json_reader.h"

namespace hanjari::package {

// Keys `name_ko` and `name_en`; both are required unless both are absent and `presence` is optional.
Text read_text(JsonObject& object, const std::string& name, Presence presence);
// A moment with its offset, or as the tables of the office write it, by the clock of the time zone.
std::optional<Instant> read_instant(JsonObject& object, const std::string& key, const std::string& time_zone);
std::optional<Date> read_day(JsonObject& object, const std::string& key);
// A code of a closed set of allowed characters, at most 64 bytes; empty with a fault when absent.
std::string read_code(JsonObject& object, const std::string& key);

}  // namespace hanjari::package
