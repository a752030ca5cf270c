#include "site/pages/json_call.h"

#include "http/json_body.h"
#include "site/pages/problems.h"

namespace hanjari::web {

nlohmann::json read_json(const Call& call) {
  if (call.request.body.empty()) return nlohmann::json::object();
  if (!call.request.header("content-type").starts_with("application/json")) {
    throw Refused(
        415, "not_json",
        {"Send JSON with Content-Type: application/json.", "Content-Type: application/json으로 JSON을 보내십시오."});
  }
  auto body = parse_json_body(call.request.body);
  if (!body || !body->is_object()) {
    throw Refused(400, "malformed_json", {"The body is not a JSON object.", "본문이 JSON 객체가 아닙니다."});
  }
  return std::move(*body);
}

Response answer_json(const nlohmann::ordered_json& value, int status) {
  Response response;
  response.status = status;
  response.type = "application/json";
  response.body = value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  return response;
}

}  // namespace hanjari::web
