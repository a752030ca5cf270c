#include "http/json_text.h"

#include <nlohmann/json.hpp>

namespace hanjari::web {

void append_json_text(std::string& to, std::string_view text) {
  to += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace hanjari::web
