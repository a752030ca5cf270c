// HTTP/1.1 messages: bytes to a Request, a Response to bytes. Strict where programs disagree with each other about what
// a message says, because such messages are how requests are smuggled past a proxy.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"
#include "hanjari/web/http.h"

namespace hanjari::web {

// Why bytes are refused as a request.
struct Malformed {
  int status = 400;
  std::string code;
  Text message;
};

struct MessageHead {
  Request request;  // without body
  std::size_t body_bytes = 0;
  bool keep_alive = true;
  bool expects_continue = false;
};

// `head`: request line and fields with the empty line that ends them. Throws Malformed.
MessageHead read_head(std::string_view head);

// Status line, fields (with Content-Length and Connection) and body; without the body for HEAD.
std::string write_message(const Response& response, bool head_only, bool keep_alive, std::string_view date);

}  // namespace hanjari::web
