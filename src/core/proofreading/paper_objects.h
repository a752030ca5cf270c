// The objects of a PDF whose table of contents is plain text.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari::proofreading {

class PaperObjects {
 public:
  // False when the file has no such table.
  bool open(std::string_view bytes);

  // From behind "N 0 obj" on: a dictionary, and behind it the bytes of its stream if it has one. Nothing for a number that is not there.
  std::optional<std::string_view> find(std::size_t number) const;
  // The unpacked stream of an object.
  std::optional<std::string> stream(std::size_t number) const;
  // The object that the catalogue calls its pages.
  std::optional<std::size_t> pages() const;

 private:
  std::string_view bytes_;
  std::map<std::size_t, std::size_t> offsets_;
  std::size_t root_ = 0;
};

// The whole number behind a name of a dictionary: "/Length 12".
std::optional<std::size_t> number_after(std::string_view dictionary, std::string_view name);

}  // namespace hanjari::proofreading
