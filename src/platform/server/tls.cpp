#include "server/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::web {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file) {
  std::array<char, 200> reason{};
  ::ERR_error_string_n(::ERR_get_error(), reason.data(), reason.size());
  ::ERR_clear_error();
  throw InvalidInput("bad_tls_file", {fmt::format("{}: cannot be used for TLS ({})", file.string(), reason.data()),
                                      fmt::format("{}: TLS에 쓸 수 없습니다({})", file.string(), reason.data())});
}

void check_rights(const std::filesystem::path& key) {
  struct stat rights {};
  if (::stat(key.c_str(), &rights) == 0 && (rights.st_mode & 077) != 0) {
    throw InvalidInput(
        "bad_tls_file",
        {fmt::format("{}: others may read the private key; run chmod 600 on it", key.string()),
         fmt::format("{}: 다른 사용자가 개인키를 읽을 수 있습니다. chmod 600을 실행하십시오", key.string())});
  }
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  const int match = ::SSL_select_next_proto(&found, size, ours.data(), ours.size(), offered, offered_size);
  *chosen = found;
  return match == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

std::shared_ptr<SSL_CTX> load_tls(const TlsFiles& files) {
  std::shared_ptr<SSL_CTX> context(::SSL_CTX_new(::TLS_server_method()), ::SSL_CTX_free);
  if (!context) throw Unavailable("no_tls", {"OpenSSL cannot begin", "OpenSSL을 시작할 수 없습니다"});
  SSL_CTX* raw = context.get();
  ::SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  ::SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                 SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF);
  ::SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
  ::SSL_CTX_set_mode(raw,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  ::SSL_CTX_set_session_id_context(raw, reinterpret_cast<const unsigned char*>("hanjari"), 7);
  ::SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  check_rights(files.key);
  if (::SSL_CTX_use_certificate_chain_file(raw, files.certificate.c_str()) != 1) refuse(files.certificate);
  if (::SSL_CTX_use_PrivateKey_file(raw, files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      ::SSL_CTX_check_private_key(raw) != 1)
    refuse(files.key);
  return context;
}

}  // namespace hanjari::web
