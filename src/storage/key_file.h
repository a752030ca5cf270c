// The keys of personal data: in a file of the data folder that only the program's account may read, never in the
// database.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>

namespace hanjari::storage {

using Key = std::array<std::uint8_t, 32>;

// Keys by number. New values are sealed with the highest number; older ones stay to open what they sealed.
struct KeyRing {
  std::map<int, Key> personal;
  Key lookup{};
};

// Throws InvalidInput (bad_key_file) with the faulty lines, NotFound when there is no file, and Unavailable
// (key_file_open_to_others) when others may read it.
KeyRing load_keys(const std::filesystem::path& file);

// Writes a file with fresh random keys, readable by its owner only. The file must not exist.
KeyRing make_keys(const std::filesystem::path& file);

}  // namespace hanjari::storage
