#include "hanjari/base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "base/part_names.h"
#include "hanjari/base/error.h"

namespace hanjari {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_not_written(const fs::path& path, int error) {
  throw Unavailable("file_not_written",
                    {fmt::format("{}: cannot be written ({}); check the folder's permissions and the free space",
                                 path.string(), std::strerror(error)),
                     fmt::format("{}: 쓸 수 없습니다({}). 폴더 권한과 남은 공간을 확인하십시오", path.string(),
                                 std::strerror(error))});
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

AtomicFile::AtomicFile(fs::path path) : path_(std::move(path)), part_(part_beside(path_)) {
  std::error_code ignored;
  fs::create_directories(part_.parent_path(), ignored);
  remove_left_parts(part_.parent_path());
  file_ = std::fopen(part_.c_str(), "wbe");
  if (file_ == nullptr) throw_not_written(path_, errno);
  std::setvbuf(file_, nullptr, _IOFBF, 1 << 18);
}

AtomicFile::~AtomicFile() {
  if (file_ != nullptr) {
    std::fclose(file_);
    ::unlink(part_.c_str());
  }
}

void AtomicFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) throw_not_written(path_, errno);
}

void AtomicFile::commit() {
  if (std::fflush(file_) != 0 || ::fsync(::fileno(file_)) != 0) throw_not_written(path_, errno);
  std::FILE* file = std::exchange(file_, nullptr);
  if (std::fclose(file) != 0 || ::rename(part_.c_str(), path_.c_str()) != 0) {
    const int error = errno;
    ::unlink(part_.c_str());
    throw_not_written(path_, error);
  }
  sync_folder(part_.parent_path());
}

// Linked under its name once it is whole, because a link does not replace what another program has written meanwhile.
std::error_code write_first_secret(const fs::path& path, std::string_view bytes) {
  const fs::path part = path.string() + fmt::format(".part-{}", ::getpid());
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                       ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  const bool named = written && ::link(part.c_str(), path.c_str()) == 0;
  const int error = errno;
  ::unlink(part.c_str());
  if (!named) return {error, std::generic_category()};
  sync_folder(path.parent_path());
  return {};
}

AtomicFolder::AtomicFolder(fs::path path, Existing existing, std::vector<std::string> own)
    : path_(std::move(path)), existing_(existing), own_(std::move(own)) {
  part_ = part_beside(place_of(path_));
  remove_left_parts(part_.parent_path());
  require_free_folder(path_, existing_);
  std::error_code error;
  fs::create_directories(part_, error);
  if (error) throw_not_written(path_, error.value());
}

AtomicFolder::~AtomicFolder() {
  std::error_code ignored;
  if (!committed_) fs::remove_all(part_, ignored);
}

// By links, so that the files are in both folders until the new one has its name: a crash loses none of them.
void AtomicFolder::carry_over_foreign_files(const fs::path& target) const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(target, error)) {
    const fs::path name = entry.path().filename();
    if (std::find(own_.begin(), own_.end(), name.string()) != own_.end()) continue;
    std::error_code absent;  // says that there is no such file, which is no error here
    if (fs::exists(fs::symlink_status(part_ / name, absent))) continue;
    using Options = fs::copy_options;
    fs::copy(entry.path(), part_ / name, Options::recursive | Options::copy_symlinks | Options::create_hard_links,
             error);
    if (error) {  // links are not possible on every file system
      fs::remove_all(part_ / name, error);
      fs::copy(entry.path(), part_ / name, Options::recursive | Options::copy_symlinks, error);
    }
    if (error) throw_not_written(path_, error.value());
  }
  if (error) throw_not_written(path_, error.value());
}

void AtomicFolder::commit() {
  const fs::path target = place_of(path_);
  if (::rename(part_.c_str(), target.c_str()) == 0) {  // the path is free, or an empty folder
    committed_ = true;
    sync_folder(target.parent_path());
    return;
  }
  if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR) throw_not_written(path_, errno);
  require_free_folder(path_, existing_);
  carry_over_foreign_files(target);
  const fs::path old = replaced_beside(target);
  if (::rename(target.c_str(), old.c_str()) != 0) throw_not_written(path_, errno);
  if (::rename(part_.c_str(), target.c_str()) != 0) {
    const int error = errno;
    ::rename(old.c_str(), target.c_str());
    throw_not_written(path_, error);
  }
  committed_ = true;
  sync_folder(target.parent_path());
  std::error_code ignored;
  fs::remove_all(old, ignored);
}

void write_file(const fs::path& path, std::string_view bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

std::string read_file(const fs::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) {
    if (errno == ENOENT) {
      throw NotFound("file_not_found", {fmt::format("{}: no such file", path.string()),
                                        fmt::format("{}: 파일이 없습니다", path.string())});
    }
    throw Unavailable("file_not_read", {fmt::format("{}: cannot be read ({})", path.string(), std::strerror(errno)),
                                        fmt::format("{}: 읽을 수 없습니다({})", path.string(), std::strerror(errno))});
  }
  std::string bytes;
  char buffer[1 << 16];
  std::size_t count = 0;
  while ((count = std::fread(buffer, 1, sizeof buffer, file)) > 0) bytes.append(buffer, count);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) {
    throw Unavailable("file_not_read", {fmt::format("{}: cannot be read", path.string()),
                                        fmt::format("{}: 읽을 수 없습니다", path.string())});
  }
  return bytes;
}

}  // namespace hanjari
