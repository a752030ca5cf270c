// An application's name as people read it out: over the telephone, at a counter, from a paper. Only its spelling differs
// from what is stored and signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/domain/application.h"

namespace hanjari {

// "3f2a9c1b0d4e77c0" as "3F2A-9C1B-0D4E-77C0-0": groups of four and a check digit behind them. An id of another form as
// it is.
std::string write_application_number(const ApplicationId& id);

// What was read out, with or without dashes, blanks, capitals and check digit. Nothing when it is no such number, or when
// its check digit does not fit: one digit wrong is always found, two neighbours changed places but for 0 and F.
std::optional<ApplicationId> read_application_number(std::string_view text);

}  // namespace hanjari
