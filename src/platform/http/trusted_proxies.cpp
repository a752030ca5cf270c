#include "http/trusted_proxies.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "http/ascii.h"
#include "http/head_parser.h"

namespace hanjari::web {
namespace {

// Of a list's element: 192.0.2.7, "192.0.2.7:80", 2001:db8::1, "[2001:db8::1]:80".
std::string plain_address(std::string_view element) {
  const auto trim = [](std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '"')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '"')) text.remove_suffix(1);
    return text;
  };
  element = trim(element);
  if (element.starts_with('[')) return std::string(element.substr(1, element.find(']') - 1));
  const auto colon = element.find(':');
  if (colon != std::string_view::npos && element.find(':', colon + 1) == std::string_view::npos)
    element = element.substr(0, colon);
  return std::string(element);
}

std::vector<std::string_view> elements_of(std::string_view list, char separator) {
  std::vector<std::string_view> elements;
  while (!list.empty()) {
    const auto end = list.find(separator);
    elements.push_back(list.substr(0, end));
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
  return elements;
}

// The value of for= or proto= in an element of Forwarded (RFC 7239).
std::string_view parameter(std::string_view element, std::string_view name) {
  for (std::string_view pair : elements_of(element, ';')) {
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair[name.size()] == '=' &&
        std::equal(name.begin(), name.end(), pair.begin(), [](char a, char b) { return a == lower(b); })) {
      return pair.substr(name.size() + 1);
    }
  }
  return {};
}

}  // namespace

bool TrustedProxies::parse(const std::string& text, Address& address) {
  // inet_pton takes whole addresses only; others read "10.1" as one.
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return true;
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  return ::inet_pton(AF_INET, text.c_str(), address.data() + 12) == 1;
}

std::string TrustedProxies::write(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  Address version4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  const bool is_version4 = std::equal(version4.begin(), version4.begin() + 12, address.begin());
  ::inet_ntop(is_version4 ? AF_INET : AF_INET6, address.data() + (is_version4 ? 12 : 0), text.data(), text.size());
  return text.data();
}

TrustedProxies::TrustedProxies(const std::set<std::string>& names) {
  for (const std::string& name : names) {
    const auto slash = name.find('/');
    Address address{};
    bool good = parse(name.substr(0, slash), address);
    const bool version4 = name.find(':') == std::string::npos;
    const unsigned most = version4 ? 32 : 128;
    unsigned prefix = most;
    if (slash != std::string::npos) {
      const auto [end, error] = std::from_chars(name.data() + slash + 1, name.data() + name.size(), prefix);
      good = good && error == std::errc{} && end == name.data() + name.size() && prefix <= most;
    }
    if (!good) {
      throw InvalidInput("bad_proxy", {fmt::format("'{}' is not an address or a network", name),
                                       in_korean("'{}'[은/는] 주소나 네트워크가 아닙니다", name)});
    }
    networks_.emplace_back(address, version4 ? prefix + 96 : prefix);
  }
}

bool TrustedProxies::contains(const std::string& text) const {
  Address address{};
  if (networks_.empty() || !parse(text, address)) return false;
  return std::any_of(networks_.begin(), networks_.end(), [&](const auto& network) {
    const auto& [base, prefix] = network;
    const std::size_t whole = prefix / 8;
    if (!std::equal(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(whole), address.begin())) return false;
    const unsigned rest = prefix % 8;
    return rest == 0 || (base[whole] >> (8 - rest)) == (address[whole] >> (8 - rest));
  });
}

void TrustedProxies::name_source(Request& request, std::string_view only) const {
  std::vector<std::string> hops;
  std::string proto;
  const auto forwarded = request.header("forwarded");
  if (only.empty() && !forwarded.empty() && !request.header("x-forwarded-for").empty()) refuse_malformed();
  if (only == "forwarded" || (only.empty() && !forwarded.empty())) {
    for (const auto element : elements_of(forwarded, ',')) {
      hops.push_back(plain_address(parameter(element, "for")));
      proto = plain_address(parameter(element, "proto"));
    }
  } else {
    for (const auto element : elements_of(request.header("x-forwarded-for"), ','))
      hops.push_back(plain_address(element));
    proto = request.header("x-forwarded-proto");
  }
  if (proto == "https") request.encrypted = true;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    Address address{};
    if (!parse(*hop, address)) return;  // nobody vouches for what stands before it
    request.source = write(address);
    if (!contains(*hop)) return;
  }
}

bool is_request_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-';
         });
}

}  // namespace hanjari::web
