#include "vault/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <string>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"

namespace hanjari::storage {
namespace {

namespace fs = std::filesystem;

std::string hex(const Key& key) {
  std::array<char, 65> text{};
  sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
  return text.data();
}

bool parse_key(const std::string& text, Key& key) {
  std::size_t size = 0;
  return text.size() == 64 &&
         sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, &size, nullptr) == 0 &&
         size == key.size();
}

Fault bad_line(const fs::path& file, std::uint64_t line) {
  return {file.string(),
          line,
          "",
          {"is not 'personal NUMBER KEY' or 'lookup 1 KEY'", "'personal 번호 키' 또는 'lookup 1 키' 형식이 아닙니다"},
          {"restore the key file from its backup", "키 파일을 백업에서 복원하십시오"}};
}

}  // namespace

KeyRing load_keys(const fs::path& file) {
  struct stat rights {};
  if (::stat(file.c_str(), &rights) == 0 && (rights.st_mode & 077) != 0) {
    throw Unavailable(
        "key_file_open_to_others",
        {fmt::format("{}: others may read the keys of personal data; run chmod 600 on it", file.string()),
         fmt::format("{}: 다른 사용자가 개인정보 키를 읽을 수 있습니다. chmod 600을 실행하십시오", file.string())});
  }
  return parse_keys(read_file(file), file);
}

KeyRing parse_keys(const std::string& text_of_file, const fs::path& file) {
  std::istringstream lines(text_of_file);
  KeyRing keys;
  Faults faults;
  bool lookup_given = false;
  std::string line;
  for (std::uint64_t number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string purpose;
    int key_number = 0;
    std::string text;
    Key key{};
    words >> purpose >> key_number >> text;
    const bool understood = words && key_number >= 1 && key_number <= 255 && parse_key(text, key);
    if (understood && purpose == "personal" && keys.personal.emplace(key_number, key).second) continue;
    if (understood && purpose == "lookup" && key_number == 1 && !lookup_given) {
      keys.lookup = key;
      lookup_given = true;
      continue;
    }
    faults.add(bad_line(file, number));
  }
  if (faults.empty() && (keys.personal.empty() || !lookup_given)) faults.add(bad_line(file, 0));
  if (!faults.empty()) {
    throw InvalidInput("bad_key_file", {"the key file cannot be read", "키 파일을 읽을 수 없습니다"}, faults);
  }
  return keys;
}

namespace {

std::string write_keys(const KeyRing& keys) {
  std::string text =
      "# Keys of the personal data in Hanjari's database. Without this file names, birth dates and homes cannot be "
      "read:\n"
      "# keep a copy, apart from the backups of the database, and replace it after keys rotate and destroy. Lines: "
      "purpose,\n"
      "# number, key.\n";
  for (const auto& [number, key] : keys.personal) text += fmt::format("personal {} {}\n", number, hex(key));
  return text + fmt::format("lookup 1 {}\n", hex(keys.lookup));
}

}  // namespace

void save_keys(const fs::path& file, const KeyRing& keys) {
  const std::string text = write_keys(keys);
  const fs::path part = file.string() + fmt::format(".part-{}", ::getpid());
  ::unlink(part.c_str());
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!written || ::rename(part.c_str(), file.c_str()) != 0) {
    const int error = errno;
    ::unlink(part.c_str());
    throw Unavailable("key_file_not_written",
                      {fmt::format("{}: cannot be written ({})", file.string(), std::strerror(error)),
                       fmt::format("{}: 쓸 수 없습니다({})", file.string(), std::strerror(error))});
  }
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
}

KeyRing make_keys(const fs::path& file) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  KeyRing keys;
  randombytes_buf(keys.personal[1].data(), sizeof(Key));
  randombytes_buf(keys.lookup.data(), sizeof(Key));
  const std::string text = write_keys(keys);
  fs::create_directories(file.parent_path());
  ::chmod(file.parent_path().c_str(), 0700);
  // Whole or not at all, never readable by others: made under another name with its rights, then linked.
  const fs::path part = file.string() + fmt::format(".part-{}", ::getpid());
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  const bool named = written && ::link(part.c_str(), file.c_str()) == 0;
  const int error = errno;
  ::unlink(part.c_str());
  if (!named && error == EEXIST) return load_keys(file);  // another program was first
  if (!named) {
    throw Unavailable("key_file_not_written",
                      {fmt::format("{}: cannot be written ({})", file.string(), std::strerror(error)),
                       fmt::format("{}: 쓸 수 없습니다({})", file.string(), std::strerror(error))});
  }
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return keys;
}

}  // namespace hanjari::storage
