#include "vault/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>

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

// A line of a key file: what the key is for, its number, the key.
struct KeyLine {
  std::string purpose;
  int number = 0;
  Key key{};
};

bool says_nothing(const std::string& line) {
  return line.empty() || line[0] == '#';
}

// Nothing where the line is another one, or its number is none that a key can have.
std::optional<KeyLine> read_key_line(const std::string& line) {
  std::istringstream words(line);
  KeyLine read;
  std::string key;
  words >> read.purpose >> read.number >> key;
  if (!words || read.number < 1 || read.number > last_master_number || !parse_key(key, read.key)) return std::nullopt;
  return read;
}

[[noreturn]] void throw_bad_file(const Faults& faults) {
  throw InvalidInput("bad_key_file", {"the key file cannot be read", "키 파일을 읽을 수 없습니다"}, faults);
}

Fault bad_line(const fs::path& file, std::uint64_t line) {
  return {file.string(),
          line,
          "",
          {"is not 'personal NUMBER KEY' or 'lookup 1 KEY'", "'personal 번호 키' 또는 'lookup 1 키' 형식이 아닙니다"},
          {"restore the key file from its backup", "키 파일을 백업에서 복원하십시오"}};
}

[[noreturn]] void throw_not_written(const fs::path& file, int error) {
  throw Unavailable("key_file_not_written",
                    {fmt::format("{}: cannot be written ({})", file.string(), std::strerror(error)),
                     fmt::format("{}: 쓸 수 없습니다({})", file.string(), std::strerror(error))});
}

// The folder of the key file, locked while it lives: a lock file of its own would belong to whoever came first.
class LockedFolder {
 public:
  explicit LockedFolder(const fs::path& file)
      : descriptor_(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw_not_written(file, errno);
    while (::flock(descriptor_, LOCK_EX) != 0) {
      if (errno == EINTR) continue;
      const int error = errno;
      ::close(descriptor_);
      throw_not_written(file, error);
    }
  }
  ~LockedFolder() { ::close(descriptor_); }
  LockedFolder(const LockedFolder&) = delete;
  LockedFolder& operator=(const LockedFolder&) = delete;

 private:
  int descriptor_;
};

}  // namespace

bool is_earlier_master(int number, int current) {
  const int behind = (current - number + last_master_number) % last_master_number;
  return behind > 0 && behind <= last_master_number / 2;
}

namespace {

void refuse_open_to_others(const fs::path& file) {
  struct stat rights {};
  if (::stat(file.c_str(), &rights) == 0 && (rights.st_mode & 077) != 0) {
    throw Unavailable(
        "key_file_open_to_others",
        {fmt::format("{}: others may read the keys of personal data; run chmod 600 on it", file.string()),
         fmt::format("{}: 다른 사용자가 개인정보 키를 읽을 수 있습니다. chmod 600을 실행하십시오", file.string())});
  }
}

}  // namespace

KeyRing load_keys(const fs::path& file) {
  refuse_open_to_others(file);
  return parse_keys(read_file(file), file);
}

KeyRing parse_keys(const std::string& text_of_file, const fs::path& file) {
  std::istringstream lines(text_of_file);
  KeyRing keys;
  Faults faults;
  bool lookup_given = false;
  std::string line;
  for (std::uint64_t number = 1; std::getline(lines, line); ++number) {
    if (says_nothing(line)) continue;
    const std::optional<KeyLine> read = read_key_line(line);
    if (read && read->purpose == "personal" && keys.personal.emplace(read->number, read->key).second) continue;
    if (read && read->purpose == "lookup" && read->number == 1 && !lookup_given) {
      keys.lookup = read->key;
      lookup_given = true;
      continue;
    }
    faults.add(bad_line(file, number));
  }
  if (faults.empty() && (keys.personal.empty() || !lookup_given)) faults.add(bad_line(file, 0));
  if (!faults.empty()) throw_bad_file(faults);
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

void replace_key_file(const fs::path& file, const std::string& text) {
  const fs::path part = file.string() + fmt::format(".part-{}", ::getpid());
  ::unlink(part.c_str());
  struct stat before {};
  const bool replaces = ::stat(file.c_str(), &before) == 0;
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       // A command of the administrator must not take the file from the server's account.
                       (!replaces || before.st_uid == ::geteuid() ||
                        ::fchown(descriptor, before.st_uid, before.st_gid) == 0) &&
                       ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!written || ::rename(part.c_str(), file.c_str()) != 0) {
    const int error = errno;
    ::unlink(part.c_str());
    throw_not_written(file, error);
  }
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
}

}  // namespace

void save_keys(const fs::path& file, const KeyRing& keys) {
  replace_key_file(file, write_keys(keys));
}

void change_keys(const fs::path& file, const std::function<bool(KeyRing&)>& change) {
  const LockedFolder alone(file);
  KeyRing ring = load_keys(file);
  if (change(ring)) save_keys(file, ring);
}

namespace {

// False when another program was first, and its file is there.
bool write_first(const fs::path& file, const std::string& text) {
  std::error_code refused;  // without the folder the file is refused, in words for people
  fs::create_directories(file.parent_path(), refused);
  ::chmod(file.parent_path().c_str(), 0700);
  const std::error_code failed = write_first_secret(file, text);
  if (failed == std::errc::file_exists) return false;
  if (failed) throw_not_written(file, failed.value());
  return true;
}

}  // namespace

KeyRing make_keys(const fs::path& file) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  KeyRing keys;
  randombytes_buf(keys.personal[1].data(), sizeof(Key));
  randombytes_buf(keys.lookup.data(), sizeof(Key));
  return write_first(file, write_keys(keys)) ? keys : load_keys(file);
}

OfficeKeys load_office_keys(const fs::path& file) {
  refuse_open_to_others(file);
  std::istringstream lines(read_file(file));
  OfficeKeys keys;
  Faults faults;
  const auto add_fault = [&](std::uint64_t line) {
    faults.add({file.string(), line, "", {"is not 'office NUMBER KEY'", "'office 번호 키' 형식이 아닙니다"},
                {"restore the key file from its backup", "키 파일을 백업에서 복원하십시오"}});
  };
  std::uint64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (says_nothing(line)) continue;
    const std::optional<KeyLine> read = read_key_line(line);
    if (!read || read->purpose != "office" || !keys.emplace(read->number, read->key).second) add_fault(number);
  }
  if (faults.empty() && keys.empty()) add_fault(number);
  if (!faults.empty()) throw_bad_file(faults);
  return keys;
}

Key load_office_key(const fs::path& file) {
  return load_office_keys(file).rbegin()->second;
}

namespace {

Key draw_office_key() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  Key key{};
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string write_office_keys(const OfficeKeys& keys) {
  std::string text =
      "# Keys of marks, decisions and special cases in Hanjari's database. Only programs that serve the office need them:\n"
      "# keep a copy with those of the other keys, and give none to a machine that serves the portal alone.\n";
  for (const auto& [number, key] : keys) text += fmt::format("office {} {}\n", number, hex(key));
  return text;
}

}  // namespace

Key make_office_key(const fs::path& file) {
  const Key key = draw_office_key();
  return write_first(file, write_office_keys({{1, key}})) ? key : load_office_key(file);
}

int add_office_key(const fs::path& file) {
  const LockedFolder alone(file);
  OfficeKeys keys = load_office_keys(file);
  const int number = keys.rbegin()->first + 1;
  if (number > last_master_number) {
    throw InvalidInput("no_newer_key", {"the key file of the office has no number left for another key",
                                        "업무 키 파일에 새 키를 위한 번호가 남아 있지 않습니다"});
  }
  keys[number] = draw_office_key();
  replace_key_file(file, write_office_keys(keys));
  return number;
}

}  // namespace hanjari::storage
