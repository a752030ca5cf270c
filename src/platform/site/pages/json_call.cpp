#include "site/pages/json_call.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "http/json_body.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

constexpr std::size_t longest_key = 60;         // bytes; no key of the interface is longer
constexpr std::size_t most_members_named = 20;  // of those that are not known

// The name as it can be told; empty when it cannot.
std::string tell_key(const std::string& key) {
  std::string told = clean_line(key);
  if (told.size() > longest_key) told.clear();
  return told;
}

std::string list_members(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

}  // namespace

void require_known_members(const nlohmann::json& object, const std::vector<std::string>& known) {
  Faults faults;
  std::string unknown;
  std::size_t named = 0;
  const std::string all = list_members(known);
  const Text fix = known.empty() ? Text{"leave the body empty", "본문을 비워 보내십시오"}
                                     : Text{"send only: " + all, "보낼 수 있는 키: " + all};
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    if (++named > most_members_named) continue;
    const std::string told = tell_key(key);
    const std::string shown = told.empty() ? std::string("...") : "'" + told + "'";
    unknown += (unknown.empty() ? "" : ", ") + shown;
    faults.add({"", 0, told, {"is no member that this call takes", "이 호출에 없는 키입니다"}, fix});
  }
  if (named == 0) return;
  if (named > most_members_named) unknown += ", ...";
  const Text sent = known.empty()
                        ? Text{"It takes none.", "이 호출은 키를 받지 않습니다."}
                        : Text{"It takes: " + all + ".", "보낼 수 있는 키: " + all + "."};
  throw InvalidInput("unknown_member",
                     {fmt::format("This call does not know {}. {} Nothing was changed.", unknown, sent.en),
                      fmt::format("이 호출이 모르는 키가 있습니다: {}. {} 아무것도 바꾸지 않았습니다.", unknown, sent.ko)},
                     std::move(faults));
}

nlohmann::json read_json(const Call& call) {
  if (!call.route.api || !call.route.api->members)
    throw std::logic_error("The route " + call.route.pattern + " does not say what its body may hold.");
  if (call.request.body.empty()) return nlohmann::json::object();
  if (!call.request.header("content-type").starts_with("application/json")) {
    throw Refused(
        415, "not_json",
        {"Send JSON with Content-Type: application/json.", "Content-Type: application/json으로 JSON을 보내십시오."});
  }
  if (has_too_many_values(call.request.body)) {
    throw Refused(413, "too_many_values",
                  {fmt::format("The body holds more than {} values. Send it in parts.", most_json_values),
                   fmt::format("본문에 값이 {}개 넘게 있습니다. 나누어 보내십시오.", most_json_values)});
  }
  std::string repeated;
  auto body = parse_json_body(call.request.body, &repeated);
  repeated = tell_key(repeated);
  if (!body && !repeated.empty()) {
    throw Refused(400, "malformed_json",
                  {fmt::format("The key '{}' stands twice in one object; send it once.", repeated),
                   in_korean("한 객체에 키 '{}'[이/가] 두 번 있습니다. 한 번만 보내십시오.", repeated)});
  }
  if (!body || !body->is_object()) {
    throw Refused(400, "malformed_json", {"The body is not a JSON object.", "본문이 JSON 객체가 아닙니다."});
  }
  require_known_members(*body, *call.route.api->members);
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
