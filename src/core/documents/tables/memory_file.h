// A file in memory for a library that writes to named files only.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"

namespace hanjari::documents {

// The library writes to a named file only: a nameless one in memory has a name under /proc.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("workbook", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw_failed();
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string name() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  std::string bytes() const { return read_file(name()); }

  [[noreturn]] static void throw_failed() {
    throw Unavailable("paper_not_drawn", {"the workbook cannot be made", "엑셀 파일을 만들 수 없습니다"});
  }

 private:
  int descriptor_;
};

}  // namespace hanjari::documents
