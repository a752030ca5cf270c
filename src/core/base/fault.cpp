#include "hanjari/base/fault.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari {

std::string Fault::format(Language language) const {
  std::string place = file;
  if (line > 0) place += fmt::format(":{}", line);
  if (!column.empty()) place += ": " + column;
  return fmt::format("{}: {}; {}", place, what.in(language), fix.in(language));
}

InvalidInput::InvalidInput(Faults faults)
    : Error("invalid_input",
            {faults.count() == 1
                 ? "1 fault in the input"
                 : fmt::format("{} faults in the input", group_digits(static_cast<long long>(faults.count()))),
             fmt::format("입력에 잘못된 곳이 {}건 있습니다", group_digits(static_cast<long long>(faults.count())))}),
      faults_(std::move(faults)) {}

}  // namespace hanjari
