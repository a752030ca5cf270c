#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "server/connection.h"

namespace hanjari::web {

Inbox::Inbox() : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (descriptor_ >= 0) return;
  const int reason = errno;
  throw Unavailable("cannot_listen", {fmt::format("the system gives no event descriptor: {}", std::strerror(reason)),
                                      fmt::format("시스템이 이벤트 파일을 주지 않습니다: {}", std::strerror(reason))});
}

Inbox::~Inbox() {
  ::close(descriptor_);
}

bool Inbox::put(Made& made) noexcept {
  bool was_empty = false;
  try {
    const std::lock_guard lock(mutex_);
    was_empty = made_.empty();
    if (made_.size() == made_.capacity()) made_.reserve(std::max<std::size_t>(8, made_.size() * 2));
    made_.push_back(std::move(made));
  } catch (const std::bad_alloc&) {
    return false;  // nothing was moved: the room is made first
  }
  if (was_empty) knock();
  return true;
}

std::vector<Inbox::Made> Inbox::take() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto emptied = ::read(descriptor_, &count, sizeof count);
  const std::lock_guard lock(mutex_);
  return std::exchange(made_, {});
}

void Inbox::knock() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(descriptor_, &one, sizeof one);
}

}  // namespace hanjari::web
