#include "hanjari/web/server.h"

#include <array>
#include <thread>
#include <vector>

#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "web/front.h"

namespace hanjari::web {
namespace {

constexpr int backlog = 512;

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
    Open(Edge& edge, Listener listener, const ServerSettings& settings, const Poco::Net::ServerSocket& socket)
        : front{edge, listener, settings}, threads(2, settings.threads) {
      Poco::Net::TCPServerParams::Ptr params = new Poco::Net::TCPServerParams;  // TCPServer shares it
      params->setMaxThreads(settings.threads);
      params->setMaxQueued(settings.queue);
      tcp = std::make_unique<Poco::Net::TCPServer>(make_front(front), threads, socket, params);
    }
    FrontState front;
    Poco::ThreadPool threads;
    std::unique_ptr<Poco::Net::TCPServer> tcp;
  };

  ServerSettings settings;
  std::vector<std::unique_ptr<Open>> open;  // in the order of Listener
  bool stopped = false;
};

Server::Server(Edge& edge, const ServerSettings& settings) : state_(std::make_unique<State>()) {
  state_->settings = settings;
  const std::array wanted{std::pair{Listener::portal, settings.portal_port},
                          std::pair{Listener::office, settings.office_port},
                          std::pair{Listener::operations, settings.operations_port}};
  // All ports first, so that nobody is answered by a program that cannot start.
  std::vector<Poco::Net::ServerSocket> sockets;
  for (const auto& [listener, port] : wanted) sockets.push_back(open_port(settings.address, port));
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    state_->open.push_back(std::make_unique<State::Open>(edge, wanted.at(at).first, state_->settings, sockets[at]));
  }
  for (auto& open : state_->open) open->tcp->start();
}

Server::~Server() {
  stop(std::chrono::seconds(5));
}

std::uint16_t Server::port(Listener listener) const {
  return state_->open.at(static_cast<std::size_t>(listener))->tcp->port();
}

void Server::stop(std::chrono::milliseconds grace) {
  if (state_->stopped) return;
  state_->stopped = true;
  for (auto& open : state_->open) {
    open->front.stopping = true;
    open->tcp->stop();
  }
  const auto give_up = std::chrono::steady_clock::now() + grace;
  for (auto& open : state_->open) {
    while (open->front.open.load() > 0 && std::chrono::steady_clock::now() < give_up) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  for (auto& open : state_->open) open->threads.joinAll();
}

}  // namespace hanjari::web
