// Why a code that is not known may be meant for one that is: what spreadsheets and copying make of codes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/package/csv.h"

namespace hanjari::package {

// Calls a function with each known code, in any order.
using EachCode = std::function<void(const std::function<void(std::string_view)>&)>;

// What happened to `code`, which does not stand in `file`, and which code is meant. Nothing when none is near.
std::optional<IdentifierFault> find_near_code(std::string_view code, const char* file, const EachCode& each_code);

// 1.23457E+11: a long number that a spreadsheet rounded.
bool is_rounded_number(std::string_view text);
IdentifierFault rounded_number_fault(std::string_view text);

}  // namespace hanjari::package
