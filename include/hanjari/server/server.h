// The three listeners on their ports.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "hanjari/site/edge.h"

namespace hanjari::web {

// Certificate chain and private key, in PEM. Empty paths: no TLS.
struct TlsFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
  bool wanted() const { return !certificate.empty(); }
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  // 0 takes any free port.
  std::uint16_t portal_port = 8080;
  std::uint16_t office_port = 8081;
  std::uint16_t operations_port = 8082;
  bool office = true;  // false: the portal and operations alone
  // Of the portal and the office; operations is for the machine itself and always plain.
  TlsFiles tls;

  int workers = 16;         // threads that make answers, for the portal and for the office each; operations has two
  int portal_loops = 1;     // threads that read and write the portal's sockets
  std::size_t queue = 256;  // requests of a listener that wait for a worker; more are answered 503
  std::size_t connections = 16'000;  // open ones of a listener; more are answered 503

  std::size_t header_bytes = 32 * 1024;
  std::size_t target_bytes = 8 * 1024;
  std::size_t header_fields = 100;

  // Open connections of one source, an IPv4 address or an IPv6 network of 64 bits; more are answered 503. Those of
  // trusted proxies are not counted, unless a PROXY header says for whom they are.
  std::size_t connections_of_source = 1'000;

  // Bytes of bodies of a listener that are being read or worked on, in all, of one source and of one account; what goes
  // beyond is answered 503. They are counted as they arrive, whatever length was announced.
  std::size_t held_bytes = 256 * 1024 * 1024;
  std::size_t held_bytes_of_source = 128 * 1024 * 1024;
  std::size_t held_bytes_of_account = 48 * 1024 * 1024;
  // Bytes of large answers of the portal that their readers have not taken yet, in all and of one source; what goes beyond
  // is answered 503. Those of the office are counted by account, because a whole office comes from one address; its files are
  // as large as an exam, so that each account may have one of any size.
  std::size_t waiting_bytes = 512 * 1024 * 1024;
  std::size_t waiting_bytes_of_source = 64 * 1024 * 1024;
  std::size_t waiting_bytes_of_account = 128 * 1024 * 1024;
  std::int64_t slowest_bytes_a_second = 128 * 1024;  // a body may take so much longer than its deadline

  std::chrono::milliseconds header_deadline{10'000};  // from a request's first byte to the end of its head
  std::chrono::milliseconds body_deadline{20'000};    // from there to the end of its body
  std::chrono::milliseconds queue_deadline{5'000};    // a request that waited longer for a worker is answered 503
  std::chrono::milliseconds answer_deadline{60'000};  // for a reader to take an answer
  std::chrono::milliseconds total_deadline{120'000};  // from a request's first byte to its answer's last
  std::chrono::milliseconds idle_deadline{60'000};    // between two requests of a connection
  // With three quarters of the connections open, silent ones are closed and heads refused after this, and bodies that
  // have not come at `slowest_bytes_a_second` since.
  std::chrono::milliseconds crowd_deadline{3'000};

  // Addresses of proxies, or networks such as 10.0.0.0/8, whose Forwarded or X-Forwarded-For, X-Forwarded-Proto and
  // X-Request-Id are believed.
  std::set<std::string> trusted_proxies;
  // Which field says for whom a trusted proxy asks: "forwarded", "x-forwarded-for", or empty for whichever is there. A
  // request with both is refused in the last case: nobody knows which of them the proxy wrote and which a client.
  std::string client_field;
  // Connections from trusted proxies begin with a PROXY header (version 1 or 2). Not for operations.
  bool proxy_protocol = false;
};

class Server {
 public:
  // Throws Unavailable (port_taken, address_unusable) naming the port, and InvalidInput (bad_tls_file, bad_proxy).
  Server(Edge& edge, const ServerSettings& settings);
  ~Server();
  // Ports in use, for those that were 0; 0 for a listener that is not served.
  std::uint16_t port(Listener listener) const;
  // Reads certificate and key again, for connections from now on; throws InvalidInput (bad_tls_file) and keeps the old
  // ones.
  void reload_tls();
  // Takes no new connections and finishes what was accepted: requests that have arrived are answered, silent
  // connections are closed after a moment. Breaks off what still runs after `grace`.
  void stop(std::chrono::milliseconds grace);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::web
