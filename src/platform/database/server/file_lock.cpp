#include "database/server/file_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::storage {

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock FileLock::try_lock(const std::filesystem::path& file) {
  FileLock lock;
  lock.descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.descriptor_ < 0) {
    throw Unavailable("data_folder_not_writable",
                      {fmt::format("{}: cannot be opened ({}); choose another data folder or correct its rights",
                                   file.string(), std::strerror(errno)),
                       fmt::format("{}: 열 수 없습니다({}). 다른 데이터 폴더를 정하거나 권한을 고치십시오",
                                   file.string(), std::strerror(errno))});
  }
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) ::close(std::exchange(lock.descriptor_, -1));
  return lock;
}

}  // namespace hanjari::storage
