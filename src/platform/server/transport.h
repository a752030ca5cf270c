// The bytes of one connection, plain or under TLS. Nothing here waits.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace hanjari::web {

class Transport {
 public:
  enum class Outcome {
    moved,    // some bytes
    blocked,  // none now; the socket will tell
    ended,    // the peer sends no more
    broken
  };
  struct Result {
    Outcome outcome;
    std::size_t bytes = 0;
  };

  // Owns the socket. `tls` null: plain.
  Transport(int socket, std::shared_ptr<SSL_CTX> tls);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  int socket() const { return socket_; }
  bool encrypted() const { return tls_context_ != nullptr; }
  // Plain bytes before TLS begins: look without taking, and take.
  Result peek(char* to, std::size_t size);
  void skip(std::size_t bytes);
  Result receive(char* to, std::size_t size);
  // First `head`, then `body`.
  Result send(std::string_view head, std::string_view body);
  void end_sending();

 private:
  bool begin_tls();
  Result tls_result(int returned);

  int socket_;
  std::shared_ptr<SSL_CTX> tls_context_;
  SSL* tls_ = nullptr;
};

}  // namespace hanjari::web
