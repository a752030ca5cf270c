// Requests that must be refused, each with the status it gets: by the parser, over a socket, whole or byte by byte.
#pragma once

#include <string>
#include <vector>

namespace hanjari::web::testing {

struct MalformedRequest {
  std::string what;
  std::string bytes;
  int status;
};

const std::vector<MalformedRequest>& malformed_battery();

}  // namespace hanjari::web::testing
