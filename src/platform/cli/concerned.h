// The question that commands ask before they change something for people: how many it concerns.
#pragma once

#include <cstdint>

#include "hanjari/cli/command.h"

namespace hanjari::cli {

// --concerned N
Option concerned_option(const Text& whom);

// How many people the officer was told it concerns: by the option, or on a terminal by the answer to the question. 0
// when neither was given. `what` is done to `whom` ("have an application that stands").
std::int64_t ask_concerned(const Arguments& arguments, const Terminal& terminal, std::int64_t people, const Text& what,
                           const Text& whom);

}  // namespace hanjari::cli
