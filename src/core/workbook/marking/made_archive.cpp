#include "workbook/marking/made_archive.h"

#include <algorithm>
#include <map>

#include "hanjari/base/error.h"
#include "hanjari/workbook/marks.h"

namespace hanjari::workbook {
namespace {

[[noreturn]] void throw_not_made() {
  throw Unavailable("workbook_not_made", {"the marked workbook could not be made; the memory may be short",
                                          "표시한 통합 문서를 만들지 못했습니다. 메모리가 부족할 수 있습니다"});
}

}  // namespace

MadeArchive::MadeArchive(std::string_view old) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* created = zip_source_buffer_create(old.data(), old.size(), 0, &error);
  if (created == nullptr) throw_not_made();
  zip_source_keep(created);
  made_.reset(created);
  archive_.reset(zip_open_from_source(created, old.empty() ? ZIP_CREATE | ZIP_TRUNCATE : 0, &error));
  zip_error_fini(&error);
  if (archive_ == nullptr) {
    zip_source_free(created);
    throw_not_made();
  }
}

MadeArchive::Source MadeArchive::content_of(std::string_view bytes) const {
  Source content(zip_source_buffer(archive_.get(), bytes.data(), bytes.size(), 0));
  if (content == nullptr) throw_not_made();
  return content;
}

void MadeArchive::date(zip_int64_t entry) const {
  constexpr zip_uint16_t first_of_2000 = (20U << 9U) | (1U << 5U) | 1U;
  zip_file_set_dostime(archive_.get(), static_cast<zip_uint64_t>(entry), 0, first_of_2000, 0);
}

void MadeArchive::put(const std::string& name, std::string_view bytes) {
  Source content = content_of(bytes);
  zip_int64_t at = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
  const bool failed = at < 0 ? (at = zip_file_add(archive_.get(), name.c_str(), content.get(), ZIP_FL_ENC_UTF_8)) < 0
                             : zip_file_replace(archive_.get(), static_cast<zip_uint64_t>(at), content.get(), 0) != 0;
  if (failed) throw_not_made();
  static_cast<void>(content.release());
  date(at);
}

void MadeArchive::add_stored(const std::string& name, std::string_view bytes) {
  Source content = content_of(bytes);
  const zip_int64_t at = zip_file_add(archive_.get(), name.c_str(), content.get(), ZIP_FL_ENC_UTF_8);
  if (at < 0) throw_not_made();
  static_cast<void>(content.release());
  zip_set_file_compression(archive_.get(), static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  date(at);
}

std::string MadeArchive::finish() {
  if (zip_close(archive_.get()) != 0) throw_not_made();
  static_cast<void>(archive_.release());
  zip_source_t* source = made_.get();
  if (zip_source_open(source) != 0) throw_not_made();
  std::string bytes;
  if (zip_source_seek(source, 0, SEEK_END) == 0) {
    bytes.resize(static_cast<std::size_t>(std::max<zip_int64_t>(zip_source_tell(source), 0)));
    if (zip_source_seek(source, 0, SEEK_SET) != 0 ||
        zip_source_read(source, bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size()))
      bytes.clear();
  }
  zip_source_close(source);
  if (bytes.empty()) throw_not_made();
  return bytes;
}

std::string pack_workbooks(const std::map<std::string, std::string>& workbooks) {
  MadeArchive archive;
  // They are compressed inside.
  for (const auto& [name, bytes] : workbooks) archive.add_stored(name, bytes);
  return archive.finish();
}

}  // namespace hanjari::workbook
