// The question that commands ask before they change something for people: how many it concerns.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hanjari/cli/command.h"

namespace hanjari::cli {

// --concerned N
Option concerned_option(const Text& whom);

// The number as people type it and as it is shown: "36109", "36,109", with blanks, also in full width. Nothing when it is
// no number from 0 to 1,000,000,000.
std::optional<std::int64_t> read_people(std::string_view typed);

// How many people the officer was told it concerns: by the option, or on a terminal by the answer to the question. 0
// when neither was given. `what` is done to `whom` ("have an application that stands").
std::int64_t ask_concerned(const Arguments& arguments, const Terminal& terminal, std::int64_t people, const Text& what,
                           const Text& whom);

}  // namespace hanjari::cli
