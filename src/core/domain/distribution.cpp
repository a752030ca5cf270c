#include "hanjari/domain/distribution.h"

#include <algorithm>
#include <cstddef>

namespace hanjari {

Metres nearest_rank(std::vector<Metres>& values, int percent) {
  if (values.empty()) return 0;
  const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
  const auto wanted = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(values.begin(), wanted, values.end());
  return *wanted;
}

DetourDistribution distribution_of(std::vector<Metres> detours) {
  DetourDistribution distribution;
  if (detours.empty()) return distribution;
  for (const Metres detour : detours) distribution.total += detour;
  distribution.mean = static_cast<double>(distribution.total) / static_cast<double>(detours.size());
  distribution.max = *std::max_element(detours.begin(), detours.end());
  distribution.p50 = nearest_rank(detours, 50);
  distribution.p95 = nearest_rank(detours, 95);
  return distribution;
}

}  // namespace hanjari
