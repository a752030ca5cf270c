// Writing files so that a reader sees a whole one or none, also after a crash.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "hanjari/base/output.h"

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

// A file that only its owner may read, in a folder that is there, unless another program was first: std::errc::file_exists then, and else
// what the disk says against it.
std::error_code write_first_secret(const std::filesystem::path& path, std::string_view bytes);

// A folder written under a temporary name beside `path` and renamed into place at commit(); without commit() nothing
// remains. What stands at `path` is judged by require_free_folder at once and again at commit(), because somebody else
// may have written there meanwhile. A folder that is replaced loses the files named in `own` and no other: foreign
// files stand in the new one as they stood in the old one.
class AtomicFolder {
 public:
  explicit AtomicFolder(std::filesystem::path path, Existing existing = Existing::keep,
                        std::vector<std::string> own = {});
  ~AtomicFolder();
  AtomicFolder(const AtomicFolder&) = delete;
  AtomicFolder& operator=(const AtomicFolder&) = delete;
  // Where the files are to be written.
  const std::filesystem::path& folder() const { return part_; }
  void commit();

 private:
  void carry_over_foreign_files(const std::filesystem::path& target) const;

  std::filesystem::path path_;
  std::filesystem::path part_;
  Existing existing_;
  std::vector<std::string> own_;
  bool committed_ = false;
};

// The whole file; throws NotFound (file_not_found) or Unavailable (file_not_read).
std::string read_file(const std::filesystem::path& path);

}  // namespace hanjari
