// A ZIP file that is made in memory, out of another one or from nothing. The same parts give the same bytes.
#pragma once

#include <zip.h>

#include <memory>
#include <string>
#include <string_view>

namespace hanjari::workbook {

// Its methods throw Unavailable (workbook_not_made).
class MadeArchive {
 public:
  // The entries of `old` that are not replaced are copied packed as they are. Its bytes, and those of all parts, are read by finish().
  explicit MadeArchive(std::string_view old = {});
  // In place of the entry of that name, however its letters are cased, or as a new one.
  void put(const std::string& name, std::string_view bytes);
  // As a new one, not compressed.
  void add_stored(const std::string& name, std::string_view bytes);
  // The bytes of the whole file; nothing can be put in afterwards.
  std::string finish();

 private:
  struct LetGo {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
  };
  // Until an archive has taken it, a source is ours.
  using Source = std::unique_ptr<zip_source_t, LetGo>;

  Source content_of(std::string_view bytes) const;
  void date(zip_int64_t entry) const;

  Source made_;
  std::unique_ptr<zip_t, LetGo> archive_;
};

}  // namespace hanjari::workbook
