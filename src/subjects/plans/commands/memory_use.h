// How much memory the program has taken.
#pragma once

#include <sys/resource.h>

namespace hanjari::cli {

// The most so far, in MB.
inline double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace hanjari::cli
