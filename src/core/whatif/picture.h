// What the pictures of this module share.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::whatif {

// The colours of the pages inside the picture, so that it stands alone too.
extern const std::string_view picture_style;

// A round number not below `value`.
double round_up(double value);

// Whole numbers in groups of digits, others with two decimals.
std::string number(double value);

}  // namespace hanjari::whatif
