// The marked twins of styles: the same style on a red ground.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hanjari::workbook {

class StyleMarks {
 public:
  // `text` is the part of styles; empty, or without a list of styles, when the workbook has none.
  StyleMarks(const std::string& file, const std::string& part, std::string text);
  // The number of the style's twin.
  std::uint32_t marked(std::uint32_t style);
  // The part with the twins that were asked for.
  std::string write() const;

 private:
  std::string text_;
  std::vector<std::string> styles_;           // each xf as it stands there
  std::map<std::uint32_t, std::uint32_t> twins_;  // by the style
  std::vector<std::uint32_t> order_;          // of the twins
  std::string prefix_;
  std::size_t fills_ = 0;
  // Places in the text.
  std::size_t fills_at_ = 0, fills_length_ = 0, fills_end_ = 0;
  std::size_t styles_at_ = 0, styles_length_ = 0, styles_end_ = 0;

  class Finder;
};

}  // namespace hanjari::workbook
