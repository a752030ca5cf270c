// TLS for one machine, on OpenSSL; under load a proxy such as HAProxy does it.
#pragma once

#include <memory>

#include "hanjari/server/server.h"

using SSL_CTX = struct ssl_ctx_st;

namespace hanjari::web {

// TLS 1.2 and 1.3 with forward secrecy, no renegotiation, "http/1.1" by ALPN. Throws InvalidInput (bad_tls_file) when a
// file cannot be read or key and certificate do not belong together.
std::shared_ptr<SSL_CTX> load_tls(const TlsFiles& files);

}  // namespace hanjari::web
