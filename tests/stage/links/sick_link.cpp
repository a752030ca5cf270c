#include "stage/links/sick_link.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string>

#include "hanjari/base/file.h"

namespace hanjari::tests {
namespace {

sockaddr_un unix_address(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.string();
  if (text.size() >= sizeof address.sun_path) throw std::runtime_error("the socket's path is too long");
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  return address;
}

bool move_bytes(int from, int to) {
  std::array<char, 65'536> bytes{};
  const auto size = ::read(from, bytes.data(), bytes.size());
  return size > 0 && ::send(to, bytes.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
}

}  // namespace

SickLink::SickLink(const std::filesystem::path& folder, const std::filesystem::path& server)
    : socket_(folder / "sick.sock"), server_(server), listening_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const sockaddr_un address = unix_address(socket_);
  if (::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listening_, 128) != 0) {
    throw std::runtime_error("the sick link cannot listen");
  }
  accepting_ = std::thread([this] { accept_all(); });
}

SickLink::~SickLink() {
  stopping_ = true;
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  for (std::thread& thread : passing_) thread.join();
  ::close(listening_);
}

void SickLink::accept_all() {
  while (!stopping_) {
    const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    if (away_) {
      ::close(client);
      continue;
    }
    const std::lock_guard lock(mutex_);
    passing_.emplace_back([this, client] { pass(client); });
  }
}

void SickLink::wait_as_told() const {
  const auto began = std::chrono::steady_clock::now();
  while (!stopping_ && !away_ && std::chrono::steady_clock::now() - began < std::chrono::milliseconds(delay_ms_))
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void SickLink::pass(int client) {
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = unix_address(server_);
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  while (open && !stopping_ && !away_) {
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), 50) <= 0) continue;
    if (ends[0].revents != 0) {
      wait_as_told();
      open = move_bytes(client, server);
    } else if (ends[1].revents != 0) {
      open = move_bytes(server, client);
    }
  }
  ::close(client);
  ::close(server);
}

HungServer::HungServer(const std::filesystem::path& data) : pid_(std::stoi(read_file(data / "mariadb" / "pid"))) {
  if (::kill(pid_, SIGSTOP) != 0) throw std::runtime_error("the server cannot be stopped");
}

HungServer::~HungServer() {
  go_on();
}

void HungServer::go_on() {
  ::kill(pid_, SIGCONT);
}

}  // namespace hanjari::tests
