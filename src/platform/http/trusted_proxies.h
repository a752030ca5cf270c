// Whose word about a client is believed.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/http/http.h"

namespace hanjari::web {

class TrustedProxies {
 public:
  // Addresses or networks (10.0.0.0/8); throws InvalidInput (bad_proxy).
  explicit TrustedProxies(const std::set<std::string>& names);
  bool contains(const std::string& address) const;
  // Sets source, encryption and id of a request that came from the trusted peer: the last address of Forwarded or
  // X-Forwarded-For that is not itself a trusted proxy. Whatever is no address is not believed. `only`: the one of the
  // two fields that counts, in lower case; empty for whichever is there. Throws Malformed when both are there then.
  void name_source(Request& request, std::string_view only = {}) const;

 private:
  using Address = std::array<std::uint8_t, 16>;  // of version 6; version 4 as ::ffff:a.b.c.d
  static bool parse(const std::string& text, Address& address);
  static std::string write(const Address& address);

  std::vector<std::pair<Address, unsigned>> networks_;  // with the length of their prefix in bits
};

// Whether a proxy's word for a request may stand in logs and pages: 8 to 64 letters, digits and hyphens.
bool is_request_id(std::string_view text);

}  // namespace hanjari::web
