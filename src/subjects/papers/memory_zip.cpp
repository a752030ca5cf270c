#include "papers/memory_zip.h"

#include <zip.h>

#include <algorithm>

#include "hanjari/base/error.h"
#include "papers/zip_entry.h"

namespace hanjari::services {
namespace {

[[noreturn]] void throw_not_made() {
  throw Unavailable("zip_not_made", {"The ZIP file could not be made; the memory may be short. Try again later.",
                                     "ZIP 파일을 만들지 못했습니다. 메모리가 부족할 수 있으니 나중에 다시 시도하십시오."});
}

}  // namespace

MemoryZip::MemoryZip(const LocalTime& time) : time_(time) {
  zip_error_t error;
  zip_error_init(&error);
  target_ = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (target_ != nullptr) archive_ = zip_open_from_source(target_, ZIP_CREATE | ZIP_TRUNCATE, &error);
  zip_error_fini(&error);
  if (archive_ == nullptr) {
    let_go();
    throw_not_made();
  }
  // The archive's own hold ends when it is closed, and the bytes are read after that.
  zip_source_keep(target_);
}

MemoryZip::~MemoryZip() {
  let_go();
}

void MemoryZip::let_go() {
  if (archive_ != nullptr) zip_discard(archive_);
  if (target_ != nullptr) zip_source_free(target_);
  archive_ = nullptr;
  target_ = nullptr;
}

void MemoryZip::add(const std::string& name, std::string bytes) {
  size_ += bytes.size();
  const std::string& kept = contents_.emplace_back(std::move(bytes));
  zip_source_t* source = zip_source_buffer(archive_, kept.data(), kept.size(), 0);
  if (source == nullptr) throw_not_made();
  const zip_int64_t at = zip_file_add(archive_, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (at < 0) {
    zip_source_free(source);
    throw_not_made();
  }
  describe_entry(archive_, static_cast<std::uint64_t>(at), name.ends_with(".csv"), time_);
}

std::string MemoryZip::close() {
  if (zip_close(archive_) != 0) throw_not_made();
  archive_ = nullptr;
  contents_.clear();
  if (zip_source_open(target_) != 0) throw_not_made();
  std::string bytes;
  if (zip_source_seek(target_, 0, SEEK_END) == 0) {
    const zip_int64_t size = zip_source_tell(target_);
    bytes.resize(static_cast<std::size_t>(std::max<zip_int64_t>(size, 0)));
    if (zip_source_seek(target_, 0, SEEK_SET) != 0 || zip_source_read(target_, bytes.data(), bytes.size()) != size)
      bytes.clear();
  }
  zip_source_close(target_);
  if (bytes.empty()) throw_not_made();
  return bytes;
}

}  // namespace hanjari::services
