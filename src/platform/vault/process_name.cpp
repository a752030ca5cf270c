#include "vault/process_name.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>

#include <fmt/format.h>

namespace hanjari::storage {
namespace {

// Two containers of one machine count their processes each for itself. Empty when the system does not tell.
std::string machine_and_namespace() {
  std::string boot;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
  std::array<char, 64> target{};
  const ssize_t size = ::readlink("/proc/self/ns/pid", target.data(), target.size());
  if (boot.empty() || size <= 0) return {};
  return boot + "/" + std::string(target.data(), static_cast<std::size_t>(size));
}

}  // namespace

std::string process_name() {
  return fmt::format("{}/{}", machine_and_namespace(), ::getpid());
}

bool has_ended(const std::string& process) {
  const std::string here = machine_and_namespace();
  if (here.empty() || !process.starts_with(here + "/")) return false;
  pid_t number = 0;
  const char* const begin = process.data() + here.size() + 1;
  const char* const end = process.data() + process.size();
  const auto [read, error] = std::from_chars(begin, end, number);
  if (error != std::errc{} || read != end || number <= 0) return false;
  return ::kill(number, 0) != 0 && errno == ESRCH;
}

std::string place_name(const std::string& file) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return fmt::format("{}:{}", host.data(), file);
}

}  // namespace hanjari::storage
