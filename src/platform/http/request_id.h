// Names for requests.
#pragma once

#include <string>

namespace hanjari::web {

// 13 letters and digits, as good as never drawn twice. Not a secret.
std::string draw_request_id();

}  // namespace hanjari::web
