#include "hanjari/domain/unit_rules.h"

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"

namespace hanjari {

std::optional<ValueFault> find_seating_fault(const Unit& unit) {
  if (!unit.seated_by || !unit.starts_at || *unit.seated_by <= *unit.starts_at) return std::nullopt;
  return ValueFault{{fmt::format("{} is after the start at {}", format_time_of_day(*unit.seated_by),
                                 format_time_of_day(*unit.starts_at)),
                     in_korean("{}[은/는] 시험 시작({})보다 늦습니다", format_time_of_day(*unit.seated_by),
                                 format_time_of_day(*unit.starts_at))},
                    {"give a time before the start", "시험 시작 전의 시각을 적으십시오"}};
}

}  // namespace hanjari
