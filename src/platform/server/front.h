// Reads requests from sockets and writes answers: event loops on epoll that never wait for anything, and workers behind
// them that may. It knows HTTP/1.1 as browsers and proxies speak it and nothing about pages; another front can take its
// place behind the same Edge.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "hanjari/server/server.h"
#include "hanjari/site/edge.h"
#include "http/head_parser.h"
#include "http/trusted_proxies.h"
#include "server/shares.h"
#include "server/worker_pool.h"

using SSL_CTX = struct ssl_ctx_st;

namespace hanjari::web {

// What the connections of one listener share.
struct FrontState {
  FrontState(Edge& its_edge, Listener its_listener, const ServerSettings& its_settings);

  Edge& edge;
  Listener listener;
  const ServerSettings& settings;
  TrustedProxies proxies;
  HeadLimits head_limits;
  std::unique_ptr<WorkerPool> workers;
  std::atomic<std::size_t> open{0};        // connections
  std::atomic<int> listening{0};           // loops that still take new ones
  Shares sources;                          // connections of each source
  BodyMemory bodies;                       // that are being read or worked on
  BodyMemory answers;                      // that their readers have not taken yet

  bool is_crowded() const { return open.load(std::memory_order_relaxed) * 4 > settings.connections * 3; }
  // Null: plain.
  std::shared_ptr<SSL_CTX> tls();
  void set_tls(std::shared_ptr<SSL_CTX> context);

 private:
  std::mutex tls_mutex_;
  std::shared_ptr<SSL_CTX> tls_;
};

// One listening socket with its loops.
class Front {
 public:
  // Owns the socket, which listens already.
  Front(FrontState& state, int listening_socket, int loops);
  ~Front();
  // Both may be called from any thread.
  void begin_stop(std::chrono::milliseconds timeout);
  // Waits until every connection is over, at most until `give_up`; then breaks them off.
  void finish_stop(std::chrono::steady_clock::time_point give_up);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace hanjari::web
