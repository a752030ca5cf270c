// Notices and forms as JSON: the officer's file recruitment.json, and what the database keeps.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/domain/application.h"
#include "hanjari/domain/recruitment.h"

namespace hanjari::package {

// Reads recruitment.json (docs/formats.md); units may stand in units.csv or units.xlsx beside it. Throws InvalidInput with every
// fault, NotFound. Times are ISO 8601 with offset: 2021-03-02T09:00:00+09:00.
Recruitment load_recruitment(const std::filesystem::path& file, std::vector<Fault>& warnings);
// The same from text; faults name `name`.
Recruitment parse_recruitment(std::string_view text, const std::string& name, std::vector<Fault>& warnings);
// Canonical: parse_recruitment gives it back.
std::string render_recruitment(const Recruitment& recruitment);

// Keys as the members of ApplicationForm; absent keys are empty. Throws InvalidInput (bad_form) with every fault.
ApplicationForm parse_form(std::string_view text);
// Canonical: keys sorted, absent what is empty.
std::string render_form(const ApplicationForm& form);

}  // namespace hanjari::package
