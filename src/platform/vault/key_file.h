// The keys of personal data: in a file of the data folder that only the program's account may read, or in the
// environment, never in the database.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>

namespace hanjari::storage {

using Key = std::array<std::uint8_t, 32>;

// Master keys by number: the highest wraps the data keys of the database. The look-up key makes the keyed hashes.
struct KeyRing {
  std::map<int, Key> personal;
  Key lookup{};
};

// Throws InvalidInput (bad_key_file) with the faulty lines, NotFound when there is no file, and Unavailable
// (key_file_open_to_others) when others may read it.
KeyRing load_keys(const std::filesystem::path& file);

// The same from the text of such a file; `name` stands for it in messages.
KeyRing parse_keys(const std::string& text, const std::filesystem::path& name);

// Replaces the file as a whole: a reader sees the old keys or the new ones.
void save_keys(const std::filesystem::path& file, const KeyRing& keys);

// Writes a file with fresh random keys, readable by its owner only. The file must not exist.
KeyRing make_keys(const std::filesystem::path& file);

}  // namespace hanjari::storage
