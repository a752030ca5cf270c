// report.json of duties, as a file and as a part of their history.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/domain/duties.h"
#include "package/json_reader.h"

namespace hanjari::package {

inline constexpr std::int64_t most_room_no = std::numeric_limits<std::int32_t>::max();

nlohmann::json duty_report_json(const DutyReport& report);

DutyReport read_duty_report(JsonObject& root);
// Of the text of report.json.
DutyReport read_duty_report(const std::string& text, Faults& faults);

}  // namespace hanjari::package
