// Synthetic exams of any size, for people who have no package of their own yet.
#pragma once

#include <cstdint>
#include <optional>

#include "hanjari/base/progress.h"
#include "hanjari/domain/exam.h"

namespace hanjari::sample {

enum class Area { seoul, national };

// Defaults are the founding case of 2021.
struct SampleRequest {
  std::int64_t applicants = 36109;
  std::optional<int> venues;  // founding: 101
  std::optional<int> rooms;   // default: what is needed and 2 % more; founding: 2,460
  std::optional<int> units;   // founding: 28
  std::optional<int> cap;     // default: the smallest of 15, 20, 25, 30 that fits
  double accommodations_percent = 0;
  Area area = Area::seoul;
  std::uint64_t seed = 1;
};

// A canonical exam without input_sha256; throws InvalidInput when the request cannot be met.
Exam make_sample(const SampleRequest& request, Progress& progress = no_progress());

}  // namespace hanjari::sample
