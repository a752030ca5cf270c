// The keys of personal data: in a file of the data folder that only the program's account may read, or in the
// environment, never in the database.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace hanjari::storage {

using Key = std::array<std::uint8_t, 32>;

// Master keys by number, from 1 to 255. Which of them wraps the data keys is named in the database (key_registry.h).
// The look-up key makes the keyed hashes.
struct KeyRing {
  std::map<int, Key> personal;
  Key lookup{};
};

// Master keys follow one another in the order of their numbers; after the last comes the first again.
constexpr int last_master_number = 255;
// Whether `number` came before `current`, or, being neither it nor before it, is there for a later change.
bool is_earlier_master(int number, int current);

// Throws InvalidInput (bad_key_file) with the faulty lines, NotFound when there is no file, and Unavailable
// (key_file_open_to_others) when others may read it.
KeyRing load_keys(const std::filesystem::path& file);

// The same from the text of such a file; `name` stands for it in messages.
KeyRing parse_keys(const std::string& text, const std::filesystem::path& name);

// Replaces the file as a whole, under its owner and on the disk: a reader sees the old keys or the new ones. Throws
// Unavailable (key_file_not_written).
void save_keys(const std::filesystem::path& file, const KeyRing& keys);

// Reads the file, and writes it when `change` says that it changed something; meanwhile no other program does the same.
void change_keys(const std::filesystem::path& file, const std::function<bool(KeyRing&)>& change);

// Writes a file with fresh random keys, readable by its owner only. The file must not exist.
KeyRing make_keys(const std::filesystem::path& file);

// Keys of what only the office reads, in a file of their own, by number: lines office NUMBER KEY. The newest comes last; earlier ones
// open older backups.
using OfficeKeys = std::map<int, Key>;
OfficeKeys load_office_keys(const std::filesystem::path& file);
// The newest.
Key load_office_key(const std::filesystem::path& file);
// Writes the file with a first key, as make_keys.
Key make_office_key(const std::filesystem::path& file);
// Draws the next key into the file and returns its number; the file is replaced as a whole. Throws InvalidInput (no_newer_key) after the
// last number.
int add_office_key(const std::filesystem::path& file);

}  // namespace hanjari::storage
