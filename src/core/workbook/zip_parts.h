// The parts of a workbook in their ZIP file, unpacked one block after the other.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/workbook/workbook.h"

struct zip;
struct zip_file;

namespace hanjari::workbook {

class ZipParts {
 public:
  // The bytes outlive the object. Throws InvalidInput, with `name`, for what is no ZIP file or beyond the limits.
  ZipParts(std::string name, std::string_view bytes, const ReadLimits& limits);
  ~ZipParts();
  ZipParts(const ZipParts&) = delete;
  ZipParts& operator=(const ZipParts&) = delete;

  bool has(const std::string& part) const { return find(part).has_value(); }
  // The part whole; throws InvalidInput when it is absent or damaged.
  std::string read(const std::string& part) const;

  // One part, block by block.
  class Stream {
   public:
    Stream(const ZipParts& parts, const std::string& part);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    // Empty at the end. Valid until the next call.
    std::string_view next();

   private:
    const ZipParts& parts_;
    std::string part_;
    zip_file* file_ = nullptr;
    std::uint64_t left_ = 0;
    std::string block_;
  };

 private:
  std::optional<std::uint64_t> find(const std::string& part) const;
  void check(const ReadLimits& limits) const;

  std::string name_;
  zip* zip_ = nullptr;
};

// The path of a part that another part names: ../sharedStrings.xml seen from xl/worksheets/sheet1.xml.
std::string resolve_target(const std::string& from, std::string_view target);
// Where the relations of a part stand: xl/_rels/workbook.xml.rels.
std::string relations_of(const std::string& part);

}  // namespace hanjari::workbook
