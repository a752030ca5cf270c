#include "site/pages/json_call.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
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
  std::string repeated;
  auto body = parse_json_body(call.request.body, &repeated);
  constexpr std::size_t longest_key = 60;  // bytes; no key of the interface is longer
  repeated = clean_line(repeated);
  if (!body && !repeated.empty() && repeated.size() <= longest_key) {
    throw Refused(400, "malformed_json",
                  {fmt::format("The key '{}' stands twice in one object; send it once.", repeated),
                   in_korean("한 객체에 키 '{}'[이/가] 두 번 있습니다. 한 번만 보내십시오.", repeated)});
  }
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

std::string text_in(const nlohmann::json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return {};
  if (!found->is_string()) {
    throw InvalidInput("bad_request", {fmt::format("'{}' is a text.", key), in_korean("'{}'[은/는] 글자입니다.", key)});
  }
  return found->get<std::string>();
}

bool flag_in(const nlohmann::json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return false;
  if (!found->is_boolean()) {
    throw InvalidInput("bad_request", {fmt::format("'{}' is true or false.", key),
                                       in_korean("'{}'[은/는] true 또는 false입니다.", key)});
  }
  return found->get<bool>();
}

std::optional<std::int64_t> count_in(const nlohmann::json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return std::nullopt;
  constexpr std::int64_t most = 1'000'000'000'000;
  const std::int64_t count = found->is_number_integer() ? found->get<std::int64_t>() : -1;
  if (count < 0 || count > most) {
    throw InvalidInput("bad_request", {fmt::format("'{}' is a whole number, 0 or more.", key),
                                       in_korean("'{}'[은/는] 0 이상의 정수입니다.", key)});
  }
  return count;
}

}  // namespace hanjari::web
