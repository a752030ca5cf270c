// What all sheets of a workbook share, as it is read when the workbook is opened.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/workbook/workbook.h"
#include "workbook/number_format.h"
#include "workbook/zip_parts.h"

namespace hanjari::workbook {

// Millions of short texts, one behind the other.
class TextPool {
 public:
  void add(std::string_view text) {
    all_ += text;
    ends_.push_back(all_.size());
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t at) const {
    const std::size_t begin = at == 0 ? 0 : ends_[at - 1];
    return std::string_view(all_).substr(begin, ends_[at] - begin);
  }

 private:
  std::string all_;
  std::vector<std::uint64_t> ends_;
};

struct Workbook::Contents {
  std::string name;
  std::string bytes;
  ReadLimits limits;
  std::unique_ptr<ZipParts> parts;
  std::vector<SheetInfo> sheets;
  std::vector<NumberFormat> formats;  // by the number that cells name
  TextPool texts;
  bool from_1904 = false;
  std::string part;         // xl/workbook.xml
  std::string styles_part;  // empty when there is none
};

// Text without the escapes that stand for characters XML has not: _x000D_ is a carriage return.
std::string without_escapes(std::string text);
// A whole number in front; `other` when there is none.
std::uint32_t read_number(std::string_view text, std::uint32_t other);

}  // namespace hanjari::workbook
