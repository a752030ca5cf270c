// report.json of duties, as a file and as a part of their history.
#pragma once

#include <filesystem>

#include <nlohmann/json.hpp>

#include "hanjari/domain/duties.h"
#include "package/json_reader.h"

namespace hanjari::package {

nlohmann::json duty_report_json(const DutyReport& report);

DutyReport read_duty_report(JsonObject& root);
DutyReport read_duty_report(const std::filesystem::path& path, Faults& faults);

}  // namespace hanjari::package
