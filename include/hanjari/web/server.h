// The three listeners on their ports.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "hanjari/web/edge.h"

namespace hanjari::web {

struct ServerSettings {
  std::string address = "127.0.0.1";
  // 0 takes any free port.
  std::uint16_t portal_port = 8080;
  std::uint16_t office_port = 8081;
  std::uint16_t operations_port = 8082;
  int threads = 32;  // per listener
  int queue = 256;   // connections waiting for a thread; more are closed at once
  std::size_t header_bytes = 32 * 1024;
  std::size_t body_bytes = 64 * 1024;                   // of any request, before a route's own limit
  std::chrono::milliseconds request_deadline{10'000};   // from the first byte to the last
  std::chrono::milliseconds response_deadline{60'000};  // for a reader to take an answer
  std::chrono::milliseconds idle_deadline{3'000};       // between two requests of a connection
  // Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::set<std::string> trusted_proxies;
};

class Server {
 public:
  // Throws Unavailable (port_taken, address_unusable) naming the port.
  Server(Edge& edge, const ServerSettings& settings);
  ~Server();
  // Ports in use, for those that were 0.
  std::uint16_t port(Listener listener) const;
  // Takes no new connections and lets the running requests end, at most `grace`.
  void stop(std::chrono::milliseconds grace);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::web
