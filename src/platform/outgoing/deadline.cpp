#include "hanjari/outgoing/deadline.h"

#include <Poco/Exception.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <system_error>

namespace hanjari::outgoing {
namespace {

sigset_t broken_pipe() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGPIPE);
  return set;
}

}  // namespace

// Writing to a connection that was cut (TLS says good-bye) raises SIGPIPE, which ends commands that do not ignore it.
Deadline::Deadline(std::chrono::milliseconds whole) : end_(std::chrono::steady_clock::now() + whole) {
  const sigset_t set = broken_pipe();
  ::pthread_sigmask(SIG_BLOCK, &set, &masked_before_);
}

Deadline::~Deadline() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (socket_ >= 0) ::close(socket_);
  if (::sigismember(&masked_before_, SIGPIPE) == 1) return;  // it is not ours to take
  const sigset_t set = broken_pipe();
  const timespec at_once{};
  ::sigtimedwait(&set, nullptr, &at_once);
  ::pthread_sigmask(SIG_SETMASK, &masked_before_, nullptr);
}

void Deadline::hold(int socket) {
  socket_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (socket_ < 0) throw Poco::IOException("no descriptor is left");
  try {
    thread_ = std::thread([this] { keep(); });
  } catch (const std::system_error&) {
    throw Poco::IOException("no thread is left");
  }
}

bool Deadline::has_cut() const {
  const std::lock_guard lock(mutex_);
  return cut_;
}

void Deadline::keep() {
  std::unique_lock lock(mutex_);
  if (changed_.wait_until(lock, end_, [this] { return done_; })) return;
  cut_ = true;
  ::shutdown(socket_, SHUT_RDWR);
}

}  // namespace hanjari::outgoing
