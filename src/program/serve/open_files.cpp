#include "program/serve/open_files.h"

#include <sys/resource.h>

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::cli {
namespace {

// The log, the locks, the loops, those who send messages, the photos and papers of the moment.
constexpr std::uint64_t own_files = 80;
constexpr std::uint64_t listeners = 3;
// Fewer connections of a listener serve nobody.
constexpr std::uint64_t least_connections = 8;

}  // namespace

std::uint64_t raise_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return own_files;
  const rlim_t before = files.rlim_cur;
  files.rlim_cur = files.rlim_max;
  return ::setrlimit(RLIMIT_NOFILE, &files) == 0 ? files.rlim_max : before;
}

std::size_t connections_within(std::uint64_t files, std::size_t database_connections, std::size_t wanted) {
  const std::uint64_t reserved = own_files + database_connections;
  const std::uint64_t least = reserved + listeners * least_connections;
  if (files < least) {
    throw Unavailable("too_few_files",
                      {fmt::format("only {} files may be open, and at least {} are needed; raise the limit (ulimit -n, "
                                   "LimitNOFILE of the service unit)",
                                   files, least),
                       fmt::format("열 수 있는 파일이 {}개뿐이고 적어도 {}개가 필요합니다. 한도를 늘리십시오(ulimit -n, "
                                   "서비스 유닛의 LimitNOFILE)",
                                   files, least)});
  }
  return static_cast<std::size_t>(std::min<std::uint64_t>(wanted, (files - reserved) / listeners));
}

}  // namespace hanjari::cli
