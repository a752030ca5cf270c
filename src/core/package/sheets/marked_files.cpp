// Marked workbooks of one package, in a ZIP file where they are several.
#include <zip.h>

#include <algorithm>
#include <memory>
#include <set>

#include "hanjari/base/error.h"
#include "hanjari/package/sheet_tables.h"

namespace hanjari::package {
namespace {

struct LetGoOfZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

[[noreturn]] void throw_not_packed() {
  throw Unavailable("workbook_not_made", {"the marked workbooks could not be packed; the memory may be short",
                                          "표시한 통합 문서를 묶지 못했습니다. 메모리가 부족할 수 있습니다"});
}

std::string read_packed(zip_source_t* source) {
  if (zip_source_open(source) != 0) throw_not_packed();
  std::string bytes;
  if (zip_source_seek(source, 0, SEEK_END) == 0) {
    bytes.resize(static_cast<std::size_t>(std::max<zip_int64_t>(zip_source_tell(source), 0)));
    if (zip_source_seek(source, 0, SEEK_SET) != 0 ||
        zip_source_read(source, bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size()))
      bytes.clear();
  }
  zip_source_close(source);
  if (bytes.empty()) throw_not_packed();
  return bytes;
}

std::string pack_workbooks(const std::map<std::string, std::string>& workbooks) {
  constexpr zip_uint16_t first_of_2000 = (20U << 9U) | (1U << 5U) | 1U;  // the same marks give the same bytes
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* created = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (created == nullptr) throw_not_packed();
  zip_source_keep(created);
  const std::unique_ptr<zip_source_t, LetGoOfZip> source(created);
  std::unique_ptr<zip_t, LetGoOfZip> archive(zip_open_from_source(created, ZIP_CREATE | ZIP_TRUNCATE, &error));
  zip_error_fini(&error);
  if (archive == nullptr) {
    zip_source_free(created);
    throw_not_packed();
  }
  for (const auto& [name, bytes] : workbooks) {
    zip_source_t* content = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
    if (content == nullptr) throw_not_packed();
    const zip_int64_t at = zip_file_add(archive.get(), name.c_str(), content, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
      zip_source_free(content);
      throw_not_packed();
    }
    // They are compressed inside.
    zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
    zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(at), 0, first_of_2000, 0);
  }
  if (zip_close(archive.get()) != 0) throw_not_packed();
  static_cast<void>(archive.release());
  return read_packed(source.get());
}

}  // namespace

std::string mark_bad_workbooks(const std::map<std::string, std::string>& files, const BadCells& bad, Language language) {
  std::set<std::string> names;
  for (const BadCell& cell : bad.kept())
    if (files.contains(cell.file)) names.insert(cell.file);
  if (names.empty()) return {};
  std::map<std::string, std::string> marked;
  for (const std::string& name : names) marked.emplace(name, mark_bad_cells(name, files.at(name), bad, language));
  return marked.size() == 1 ? std::move(marked.begin()->second) : pack_workbooks(marked);
}

}  // namespace hanjari::package
