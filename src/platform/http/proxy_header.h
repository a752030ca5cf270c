// What a proxy says about its client before the first request: PROXY protocol, versions 1 and 2
// (haproxy.org/download/2.6/doc/proxy-protocol.txt). Believed from named proxies only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari::web {

struct ProxyHeader {
  std::size_t bytes = 0;  // its length
  std::string source;     // address of the client; empty when the proxy speaks for itself
};

// Nothing when more bytes are needed; throws Malformed.
std::optional<ProxyHeader> read_proxy_header(std::string_view bytes);

}  // namespace hanjari::web
