#include "server/transport.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace hanjari::web {
namespace {

Transport::Outcome failure() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? Transport::Outcome::blocked
                                                                   : Transport::Outcome::broken;
}

}  // namespace

Transport::Transport(int socket, std::shared_ptr<SSL_CTX> tls) : socket_(socket), tls_context_(std::move(tls)) {}

Transport::~Transport() {
  if (tls_ != nullptr) ::SSL_free(tls_);
  ::close(socket_);
}

bool Transport::begin_tls() {
  if (tls_ != nullptr) return true;
  tls_ = ::SSL_new(tls_context_.get());
  if (tls_ == nullptr || ::SSL_set_fd(tls_, socket_) != 1) return false;
  ::SSL_set_accept_state(tls_);
  return true;
}

Transport::Result Transport::peek(char* to, std::size_t size) {
  const ssize_t count = ::recv(socket_, to, size, MSG_PEEK);
  if (count > 0) return {Outcome::moved, static_cast<std::size_t>(count)};
  return {count == 0 ? Outcome::ended : failure()};
}

void Transport::skip(std::size_t bytes) {
  std::array<char, 2048> skipped;
  [[maybe_unused]] const auto count = ::recv(socket_, skipped.data(), std::min(bytes, skipped.size()), 0);
}

Transport::Result Transport::tls_result(int returned) {
  if (returned > 0) return {Outcome::moved, static_cast<std::size_t>(returned)};
  const int error = ::SSL_get_error(tls_, returned);
  ::ERR_clear_error();
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return {Outcome::blocked};
  return {error == SSL_ERROR_ZERO_RETURN ? Outcome::ended : Outcome::broken};
}

Transport::Result Transport::receive(char* to, std::size_t size) {
  if (tls_context_) {
    if (!begin_tls()) return {Outcome::broken};
    return tls_result(::SSL_read(tls_, to, static_cast<int>(std::min<std::size_t>(size, 1U << 30U))));
  }
  const ssize_t count = ::recv(socket_, to, size, 0);
  if (count > 0) return {Outcome::moved, static_cast<std::size_t>(count)};
  return {count == 0 ? Outcome::ended : failure()};
}

Transport::Result Transport::send(std::string_view head, std::string_view body) {
  if (tls_context_) {
    if (!begin_tls()) return {Outcome::broken};
    const std::string_view next = head.empty() ? body : head;
    return tls_result(::SSL_write(tls_, next.data(), static_cast<int>(std::min<std::size_t>(next.size(), 1U << 30U))));
  }
  std::array<iovec, 2> parts{iovec{const_cast<char*>(head.data()), head.size()},
                             iovec{const_cast<char*>(body.data()), body.size()}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const ssize_t count = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
  if (count >= 0) return {Outcome::moved, static_cast<std::size_t>(count)};
  return {failure()};
}

void Transport::end_sending() {
  if (tls_ != nullptr) {
    ::SSL_shutdown(tls_);
    ::ERR_clear_error();
  }
  ::shutdown(socket_, SHUT_WR);
}

}  // namespace hanjari::web
