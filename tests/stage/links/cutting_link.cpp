#include "stage/links/cutting_link.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "database/server/own_account.h"

namespace hanjari::tests {
namespace {

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.string();
  if (text.size() >= sizeof address.sun_path) throw std::runtime_error("the socket's path is too long");
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  return address;
}

bool pass_on(int from, int to, std::string& seen) {
  std::array<char, 65'536> bytes{};
  const auto size = ::read(from, bytes.data(), bytes.size());
  if (size <= 0) return false;
  seen.assign(bytes.data(), static_cast<std::size_t>(size));
  return ::send(to, bytes.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
}

}  // namespace

CuttingLink::CuttingLink(const std::filesystem::path& folder, const std::filesystem::path& server)
    : socket_(folder / "cut.sock"), server_(server), listening_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const sockaddr_un address = address_of(socket_);
  if (::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listening_, 64) != 0) {
    throw std::runtime_error("the cutting link cannot listen");
  }
  accepting_ = std::thread([this] { accept_all(); });
}

CuttingLink::~CuttingLink() {
  stopping_ = true;
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  for (std::thread& thread : passing_) thread.join();
  ::close(listening_);
}

void CuttingLink::accept_all() {
  while (!stopping_) {
    const int client = ::accept(listening_, nullptr, nullptr);
    if (client < 0) continue;
    const std::lock_guard lock(mutex_);
    passing_.emplace_back([this, client] { pass(client); });
  }
}

void CuttingLink::pass(int client) {
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(server_);
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  bool cut_at_answer = false;
  std::string seen;
  while (open && !stopping_) {
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), 50) <= 0) continue;
    if (ends[0].revents != 0) {
      open = pass_on(client, server, seen);
      cut_at_answer = seen.find("COMMIT") != std::string::npos && to_swallow_ > 0;
      if (cut_at_answer) --to_swallow_;
    } else if (ends[1].revents != 0) {
      if (cut_at_answer) {
        ++swallowed_;
        break;
      }
      open = pass_on(server, client, seen);
    }
  }
  ::close(client);
  ::close(server);
}

storage::DatabaseSettings beside(const TestDatabase& database, const std::filesystem::path& socket) {
  storage::DatabaseSettings settings = test_settings(database.folder.path());
  settings.external = storage::ExternalServer{};
  settings.external->socket = socket;
  settings.external->user = storage::own_account_name();
  return settings;
}

}  // namespace hanjari::tests
