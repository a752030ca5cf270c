// A lock on a file that ends with the process, however it ends.
#pragma once

#include <filesystem>

namespace hanjari::storage {

class FileLock {
 public:
  FileLock() = default;
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  // Not held when another process holds it. Throws Unavailable (data_folder_not_writable).
  static FileLock try_lock(const std::filesystem::path& file);
  bool held() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

}  // namespace hanjari::storage
