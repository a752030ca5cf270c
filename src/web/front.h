// Reads requests from sockets and writes answers, one thread per connection, on Poco's TCPServer. It knows HTTP/1.1 as
// browsers and proxies speak it and nothing about pages; another front can take its place behind the same Edge.
#pragma once

#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Net/TCPServerParams.h>

#include <atomic>

#include "hanjari/web/edge.h"
#include "hanjari/web/server.h"

namespace hanjari::web {

// What the connections of one listener share.
struct FrontState {
  Edge& edge;
  Listener listener;
  const ServerSettings& settings;
  std::atomic<int> open{0};  // connections that hold a thread
  std::atomic<bool> stopping{false};
};

Poco::Net::TCPServerConnectionFactory::Ptr make_front(FrontState& state);

}  // namespace hanjari::web
