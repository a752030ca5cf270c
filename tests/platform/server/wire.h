// A reader at the level of bytes.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <Poco/Net/StreamSocket.h>

#include "hanjari/server/server.h"
#include "stage/browser.h"

namespace hanjari::web::testing {

// A server on free ports over the small exam, with short deadlines.
struct Serving {
  explicit Serving(const ServerSettings& settings = quick()) : Serving(settings, SiteSettings{}) {}
  Serving(const ServerSettings& settings, SiteSettings site_settings)
      : services(office.services()), site(services, site_settings, site_routes()), server(edge, settings) {}

  static ServerSettings quick();
  std::uint16_t port(Listener listener) const { return server.port(listener); }

  Office office;
  SiteServices services;
  Site site;
  std::mutex mutex;
  std::vector<AccessEntry> log;
  Edge edge{site, [this](const AccessEntry& entry) {
              const std::lock_guard lock(mutex);
              log.push_back(entry);
            }};
  Server server;
};

class Wire {
 public:
  explicit Wire(std::uint16_t port);
  void send(std::string_view bytes);
  void end_sending() { socket_.shutdownSend(); }
  // Until the other side closes, or nothing comes for `timeout`.
  std::string read_all(std::chrono::milliseconds timeout = std::chrono::seconds(5));
  // One whole answer with its body by Content-Length.
  std::string read_answer(bool without_body = false);
  bool is_closed_by_peer(std::chrono::milliseconds timeout);
  Poco::Net::StreamSocket& socket() { return socket_; }

 private:
  Poco::Net::StreamSocket socket_;
  std::string buffer_;
};

// Sends the bytes and reads until the other side closes.
std::string exchange(std::uint16_t port, std::string_view bytes);

// A request of a browser, closing or keeping the connection.
std::string get_of(const std::string& path, const std::string& more_fields = "");

std::string field_of(const std::string& answer, const std::string& name);
std::string body_of(const std::string& answer);

}  // namespace hanjari::web::testing
