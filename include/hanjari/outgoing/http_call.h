// Calls to other services over HTTP and HTTPS.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

namespace hanjari::outgoing {

struct HttpCall {
  std::string method = "GET";
  std::string url;  // http:// or https://
  std::map<std::string, std::string> fields{};
  std::string type{};  // of the body
  std::string body{};
};

struct HttpReply {
  int status = 0;
  std::string body;
};

struct CallLimits {
  std::chrono::seconds timeout{20};        // of the whole call, from connecting to the last byte of the reply
  std::size_t longest_body = 1024 * 1024;  // of the reply, bytes
  std::string authorities{};               // PEM file of further authorities to believe; else those of the system
};

// Sends the call and gives the reply, whatever its status; follows no redirect. A host reached by https must show a
// certificate of a believed authority for its name. Throws Unavailable (unreachable: no connection, no such
// certificate, time is up, reply cut off or too long), InvalidInput (bad_url).
HttpReply send(const HttpCall& call, const CallLimits& limits);

// Throws InvalidInput (bad_url) unless `url` is https, or http to this machine itself.
void require_private(const std::string& url);

}  // namespace hanjari::outgoing
