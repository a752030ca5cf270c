// What is told of a file that is no JSON: the same words for every file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "hanjari/base/fault.h"

namespace hanjari {

// `byte`: the first one that cannot be JSON, counted from 1 as the parser counts; 0 when it does not say.
Fault describe_broken_json(std::string file, std::string_view text, std::size_t byte);

}  // namespace hanjari
