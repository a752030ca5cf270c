// Writing files so that a reader sees a whole one or none, also after a crash.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace hanjari {

// Writes beside `path` and renames at commit(); without commit() nothing remains. Throws Unavailable (file_not_written)
// when the disk says no.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  void write(std::string_view bytes);
  // Flushes to the disk (fsync) and renames.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
  std::FILE* file_ = nullptr;
};

// A whole file at once, as AtomicFile.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// A folder written under a temporary name beside `path` and renamed into place at commit(), replacing a folder of that
// name that was written before; without commit() nothing remains.
class AtomicFolder {
 public:
  explicit AtomicFolder(std::filesystem::path path);
  ~AtomicFolder();
  AtomicFolder(const AtomicFolder&) = delete;
  AtomicFolder& operator=(const AtomicFolder&) = delete;
  // Where the files are to be written.
  const std::filesystem::path& folder() const { return part_; }
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
  bool committed_ = false;
};

// The whole file; throws NotFound (file_not_found) or Unavailable (file_not_read).
std::string read_file(const std::filesystem::path& path);

}  // namespace hanjari
