#include "hanjari/server/server.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <utility>
#include <vector>

#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "server/front.h"
#include "server/tls.h"

namespace hanjari::web {
namespace {

constexpr int backlog = 4096;
// A connection that says nothing when the program stops may still have a request on its way.
constexpr std::chrono::milliseconds last_chance{300};

Poco::Net::ServerSocket open_port(const std::string& address, std::uint16_t port) {
  try {
    const Poco::Net::SocketAddress place(address, port);
    Poco::Net::ServerSocket socket;
    socket.bind(place, true, false);
    socket.listen(backlog);
    return socket;
  } catch (const Poco::Net::NetException& refused) {
    if (refused.code() == EADDRINUSE) {
      throw Unavailable(
          "port_taken",
          {fmt::format("port {} of {} is taken by another program; stop it or choose another port", port, address),
           fmt::format(
               "{} 주소의 {} 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끝내거나 다른 포트를 지정하십시오",
               address, port)});
    }
    throw Unavailable("address_unusable",
                      {fmt::format("cannot listen on {}:{}: {}", address, port, refused.displayText()),
                       fmt::format("{}:{}에서 접속을 받을 수 없습니다: {}", address, port, refused.displayText())});
  }
}

}  // namespace

struct Server::State {
  struct Open {
    Open(Edge& edge, Listener listener, const ServerSettings& settings) : front(edge, listener, settings) {}
    FrontState front;
    std::uint16_t port = 0;
    std::unique_ptr<Front> loops;
  };

  ServerSettings settings;
  std::vector<std::unique_ptr<Open>> open;  // operations last
  bool stopped = false;
};

Server::Server(Edge& edge, const ServerSettings& settings) : state_(std::make_unique<State>()) {
  state_->settings = settings;
  // A reader who leaves while TLS writes must not end the program.
  if (settings.tls.wanted()) std::signal(SIGPIPE, SIG_IGN);
  const auto tls = settings.tls.wanted() ? load_tls(settings.tls) : nullptr;
  std::vector<std::pair<Listener, std::uint16_t>> wanted{{Listener::portal, settings.portal_port}};
  if (settings.office) wanted.emplace_back(Listener::office, settings.office_port);
  wanted.emplace_back(Listener::operations, settings.operations_port);
  // All ports first, so that nobody is answered by a program that cannot start.
  std::vector<Poco::Net::ServerSocket> sockets;
  for (const auto& [listener, port] : wanted) sockets.push_back(open_port(settings.address, port));
  for (const auto& [listener, port] : wanted) {
    auto open = std::make_unique<State::Open>(edge, listener, state_->settings);
    if (listener != Listener::operations) open->front.set_tls(tls);
    state_->open.push_back(std::move(open));
  }
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    State::Open& open = *state_->open[at];
    open.port = sockets[at].address().port();
    sockets[at].setBlocking(false);
    // The front closes its own copy when it has taken the last connection.
    const int own = ::fcntl(sockets[at].impl()->sockfd(), F_DUPFD_CLOEXEC, 0);
    open.loops =
        std::make_unique<Front>(open.front, own, open.front.listener == Listener::portal ? settings.portal_loops : 1);
  }
}

Server::~Server() {
  stop(std::chrono::seconds(5));
}

std::uint16_t Server::port(Listener listener) const {
  for (const auto& open : state_->open) {
    if (open->front.listener == listener) return open->port;
  }
  return 0;
}

void Server::reload_tls() {
  if (!state_->settings.tls.wanted()) return;
  const auto fresh = load_tls(state_->settings.tls);
  for (auto& open : state_->open) {
    if (open->front.listener != Listener::operations) open->front.set_tls(fresh);
  }
}

void Server::stop(std::chrono::milliseconds grace) {
  if (state_->stopped) return;
  state_->stopped = true;
  const auto give_up = std::chrono::steady_clock::now() + grace;
  for (auto& open : state_->open) open->loops->begin_stop(std::min(last_chance, grace / 2));
  // Operations last: it tells how the others end.
  for (auto& open : state_->open) open->loops->finish_stop(give_up);
}

}  // namespace hanjari::web
