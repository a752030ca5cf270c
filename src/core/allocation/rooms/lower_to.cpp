#include "allocation/rooms/lower_to.h"

namespace hanjari::allocation {
namespace {

inline void lower(std::int64_t* __restrict row, const std::int64_t* __restrict costs, std::int64_t here,
                  std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t change = costs[i] - here;
    row[i] = change < row[i] ? change : row[i];
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void lower_wide(std::int64_t* __restrict row, const std::int64_t* __restrict costs,
                                                std::int64_t here, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t change = costs[i] - here;
    row[i] = change < row[i] ? change : row[i];
  }
}
const bool wide = __builtin_cpu_supports("avx2");
#endif

}  // namespace

void lower_to(std::int64_t* row, const std::int64_t* costs, std::int64_t here, std::size_t count) {
#if defined(__x86_64__)
  if (wide) return lower_wide(row, costs, here, count);
#endif
  lower(row, costs, here, count);
}

}  // namespace hanjari::allocation
