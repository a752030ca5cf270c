#include "http/proxy_header.h"

#include <arpa/inet.h>

#include <array>
#include <vector>

#include "http/head_parser.h"

namespace hanjari::web {
namespace {

constexpr std::string_view signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr std::size_t longest_line = 107;
constexpr std::size_t most_bytes = 16 + 1024;  // with the largest extensions that proxies send

std::string write_address(int family, std::string_view bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::inet_ntop(family, bytes.data(), text.data(), text.size()) == nullptr) refuse_malformed();
  return text.data();
}

std::optional<ProxyHeader> read_binary(std::string_view bytes) {
  if (bytes.size() < 16) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  const std::size_t length = static_cast<std::size_t>(byte(14)) * 256 + byte(15);
  if ((byte(12) >> 4U) != 2 || (byte(12) & 15U) > 1 || 16 + length > most_bytes) refuse_malformed();
  if (bytes.size() < 16 + length) return std::nullopt;
  ProxyHeader header{16 + length, {}};
  if ((byte(12) & 15U) == 0) return header;  // LOCAL: the proxy asks for itself
  const unsigned family = byte(13) >> 4U;
  if (family == 1 && length >= 12) {
    header.source = write_address(AF_INET, bytes.substr(16, 4));
  } else if (family == 2 && length >= 36) {
    header.source = write_address(AF_INET6, bytes.substr(16, 16));
  } else if (family != 0) {
    refuse_malformed();
  }
  return header;
}

bool is_address(int family, const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  return ::inet_pton(family, text.c_str(), bytes.data()) == 1;
}

std::optional<ProxyHeader> read_line(std::string_view bytes) {
  const auto end = bytes.substr(0, longest_line).find("\r\n");
  if (end == std::string_view::npos) {
    if (bytes.size() >= longest_line) refuse_malformed();
    return std::nullopt;
  }
  std::vector<std::string> words;
  std::string_view line = bytes.substr(0, end);
  while (true) {
    const auto space = line.find(' ');
    words.emplace_back(line.substr(0, space));
    if (space == std::string_view::npos) break;
    line.remove_prefix(space + 1);
  }
  if (words.size() < 2 || words[0] != "PROXY") refuse_malformed();
  if (words[1] == "UNKNOWN") return ProxyHeader{end + 2, {}};
  const int family = words[1] == "TCP4" ? AF_INET : AF_INET6;
  if ((words[1] != "TCP4" && words[1] != "TCP6") || words.size() != 6 || !is_address(family, words[2]) ||
      !is_address(family, words[3])) {
    refuse_malformed();
  }
  return ProxyHeader{end + 2, words[2]};
}

}  // namespace

std::optional<ProxyHeader> read_proxy_header(std::string_view bytes) {
  constexpr std::string_view word = "PROXY ";
  if (bytes.empty()) return std::nullopt;
  const bool binary = bytes.front() == '\r';
  const std::string_view begin = binary ? signature : word;
  const auto common = std::min(bytes.size(), begin.size());
  if (bytes.substr(0, common) != begin.substr(0, common)) refuse_malformed();
  if (common < begin.size()) return std::nullopt;
  return binary ? read_binary(bytes) : read_line(bytes);
}

}  // namespace hanjari::web
