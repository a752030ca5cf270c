#include "papers/commands/school_zip.h"

#include <zip.h>

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "papers/zip_entry.h"

namespace hanjari::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_not_packed(const fs::path& zip, const char* why) {
  throw Unavailable("file_not_written", {fmt::format("{}: cannot be written: {}", zip.string(), why),
                                         fmt::format("{}: 쓸 수 없습니다: {}", zip.string(), why)});
}

// An archive that leaves nothing behind unless it is closed.
class Archive {
 public:
  explicit Archive(fs::path path) : path_(std::move(path)) {
    int error = 0;
    archive_ = zip_open(path_.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive_ == nullptr) throw_not_packed(path_, "zip_open");
  }
  ~Archive() {
    if (archive_ != nullptr) zip_discard(archive_);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  void add(const fs::path& file, const std::string& name, const LocalTime& time) {
    zip_source_t* source = zip_source_file(archive_, file.c_str(), 0, -1);
    if (source == nullptr) throw_not_packed(path_, zip_strerror(archive_));
    const zip_int64_t at = zip_file_add(archive_, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
      zip_source_free(source);
      throw_not_packed(path_, zip_strerror(archive_));
    }
    services::describe_entry(archive_, static_cast<std::uint64_t>(at), file.extension() == ".csv", time);
  }

  void close() {
    if (zip_close(archive_) != 0) throw_not_packed(path_, zip_strerror(archive_));
    archive_ = nullptr;
  }

 private:
  fs::path path_;
  zip_t* archive_ = nullptr;
};

}  // namespace

void pack_folder(const fs::path& folder, const fs::path& zip, const LocalTime& time) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Archive archive(zip);
  for (const fs::path& file : files)
    archive.add(file, folder.filename().string() + "/" + file.filename().string(), time);
  archive.close();
}

}  // namespace hanjari::cli
