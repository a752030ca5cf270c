#include "base/part_names.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/digest.h"

namespace hanjari {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view part_word = ".part-";
constexpr std::string_view replaced_word = ".replaced-";
constexpr std::size_t machine_digits = 12;

// Process numbers mean something on one machine, and in one container of it, only.
std::string draw_machine_name() {
  char host[256] = {};
  if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
  std::error_code ignored;
  const fs::path processes = fs::read_symlink("/proc/self/ns/pid", ignored);
  return sha256(std::string(host) + "\n" + processes.string()).hex().substr(0, machine_digits);
}

const std::string& machine_name() {
  static const std::string name = draw_machine_name();
  return name;
}

fs::path beside(const fs::path& path, std::string_view word) {
  static std::atomic<unsigned> counter{0};
  fs::path whole = fs::absolute(path).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.parent_path() /
         fmt::format(".{}{}{}-{}-{}", whole.filename().string(), word, machine_name(), ::getpid(), counter++);
}

// Takes "-NUMBER" from the end; nothing when there is none.
std::optional<long> take_number(std::string_view& text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == text.size()) return std::nullopt;
  long number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + dash + 1, end, number);
  if (error != std::errc{} || stop != end || number < 0) return std::nullopt;
  text.remove_suffix(text.size() - dash);
  return number;
}

// The name of what was being written, if the file is what a program of this machine that no longer lives has left under
// this word; empty otherwise.
std::string left_of(std::string_view name, std::string_view word) {
  if (!name.starts_with('.') || !take_number(name)) return {};
  const auto process = take_number(name);
  const std::string end = std::string(word) + machine_name();
  if (!process || *process == 0 || !name.ends_with(end) || name.size() <= end.size() + 1) return {};
  if (::kill(static_cast<pid_t>(*process), 0) == 0 || errno != ESRCH) return {};
  return std::string(name.substr(1, name.size() - end.size() - 1));
}

void remove_parts_in(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    entries.push_back(entry->path());
  for (const fs::path& entry : entries) {
    const std::string name = entry.filename().string();
    if (!left_of(name, part_word).empty()) fs::remove_all(entry, error);
    const std::string replaced = left_of(name, replaced_word);
    if (replaced.empty()) continue;
    const fs::path place = folder / replaced;
    if (fs::exists(fs::symlink_status(place, error))) {
      fs::remove_all(entry, error);
    } else {
      fs::rename(entry, place, error);
    }
  }
}

}  // namespace

fs::path place_of(const fs::path& path) {
  std::error_code error;
  fs::path place = fs::weakly_canonical(path, error);
  if (error) place = fs::absolute(path).lexically_normal();
  return place.has_filename() ? place : place.parent_path();
}

fs::path part_beside(const fs::path& path) {
  return beside(path, part_word);
}

fs::path replaced_beside(const fs::path& path) {
  return beside(path, replaced_word);
}

void remove_left_parts(const fs::path& folder) noexcept {
  static std::mutex mutex;
  static std::set<fs::path> seen;
  try {
    {
      const std::lock_guard lock(mutex);
      if (!seen.insert(folder).second) return;
    }
    remove_parts_in(folder);
  } catch (...) {
    // What cannot be looked through is left as it is; the writing says what is wrong with the place.
  }
}

}  // namespace hanjari
