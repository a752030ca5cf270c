#include "whatif/picture.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/base/text.h"

namespace hanjari::whatif {

const std::string_view picture_style =
    "<style>svg{font:12px 'Pretendard GOV','Noto Sans "
    "KR',sans-serif}text{fill:#58616a}.g{stroke:#cdd1d5}.one{stroke:#0b50d0;fill:none;"
    "stroke-width:2.5}.two{stroke:#d9480f;fill:none;stroke-width:2.5;stroke-dasharray:7 "
    "4}.d1{fill:#0b50d0}.d2{fill:#d9480f}.x{stroke:"
    "#b42318;stroke-width:2.5}.k{fill:#1e2124;font-weight:600}@media(prefers-color-scheme:dark){text{fill:#b1b8be}.g{"
    "stroke:#464c53}"
    ".one{stroke:#6aa2ff}.d1{fill:#6aa2ff}.two{stroke:#ff9a5c}.d2{fill:#ff9a5c}.k{fill:#f4f5f6}}.bar{fill:#0b50d0}</"
    "style>";

// A round number not below `value`.
double round_up(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(std::max(value, 1e-6))));
  for (const double factor : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
    if (value <= factor * power) return factor * power;
  }
  return 10 * power;
}

std::string number(double value) {
  return value == std::floor(value) && std::abs(value) < 1e12 ? group_digits(static_cast<long long>(value))
                                                              : fmt::format("{:.2f}", value);
}

}  // namespace hanjari::whatif
