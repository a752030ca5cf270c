// The OpenAPI page, made from the routes so that it cannot say anything else than they do.
#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"
#include "hanjari/site/site.h"
#include "site/api_description.h"

namespace hanjari::web {
namespace {

using nlohmann::ordered_json;

// Names in braces, in the order of the path.
std::vector<std::string> names_in(std::string_view pattern) {
  std::vector<std::string> names;
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    names.emplace_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
  }
  return names;
}

// What the body of a POST may hold. The types of members are not told: what is wrong with one is said at the member.
ordered_json describe_body(const ApiDescription& api) {
  if (!api.members) return {{"content", {{"*/*", {{"schema", {{"type", "string"}, {"format", "binary"}}}}}}}};
  ordered_json properties = ordered_json::object();
  for (const std::string& name : *api.members) properties[name] = ordered_json::object();
  ordered_json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  return {{"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

ordered_json describe(const Route& route) {
  ordered_json operation{{"summary", route.api->summary.en},
                 {"x-summary-ko", route.api->summary.ko},
                 {"x-listener", spell(route.listener)}};
  ordered_json parameters = ordered_json::array();
  for (const std::string& name : names_in(route.pattern)) {
    parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  for (const std::string& name : route.api->query) {
    parameters.push_back({{"name", name}, {"in", "query"}, {"required", false}, {"schema", {{"type", "string"}}}});
  }
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (route.method == Method::post) operation["requestBody"] = describe_body(*route.api);
  ordered_json content = ordered_json::object();
  for (const std::string& type : route.api->media_types) {
    const bool is_json = type == "application/json";
    content[type] = {{"schema", is_json ? ordered_json{{"type", "object"}} : ordered_json{{"type", "string"}, {"format", "binary"}}}};
  }
  operation["responses"] = {
      {"200", {{"description", "OK"}, {"content", std::move(content)}}},
      {"default",
       {{"description", "Problem details (RFC 9457) with a stable code"},
        {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}};
  if (route.permission.needs_sign_in()) {
    ordered_json roles = ordered_json::array();
    ordered_json reach = ordered_json::object();
    for (const Grant& grant : route.permission.grants()) {
      roles.push_back(services::spell(grant.role));
      reach[std::string(services::spell(grant.role))] = spell(grant.reach);
    }
    operation["x-reach"] = std::move(reach);
    operation["security"] = ordered_json::array({{{"session", ordered_json::array()}}});
    operation["x-roles"] = std::move(roles);
  }
  if (route.permission.state() != ExamState::not_named) operation["x-exam-state"] = spell(route.permission.state());
  return operation;
}

ordered_json problem_schema() {
  const ordered_json text{{"type", "string"}};
  return {{"type", "object"},
          {"properties",
           {{"type", text}, {"title", text}, {"status", {{"type", "integer"}}}, {"detail", text}, {"code", text},
            {"faults", {{"type", "array"}, {"items", {{"type", "object"}}}}}}},
          {"required", {"type", "title", "status", "detail", "code"}}};
}

}  // namespace

std::string describe_api(const RouteTable& routes, Listener listener) {
  ordered_json paths = ordered_json::object();
  for (const Route& route : routes.routes()) {
    if (route.api && route.listener == listener)
      paths[route.pattern][route.method == Method::post ? "post" : "get"] = describe(route);
  }
  const ordered_json page{
      {"openapi", "3.0.3"},
      {"info", {{"title", "Hanjari"}, {"version", "1"}}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", {{"Problem", problem_schema()}}},
        {"securitySchemes", {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "hanjari_session"}}}}}}}};
  return page.dump(1) + "\n";
}

Response describe_routes(const Call& call) {
  Response response;
  response.type = "application/json";
  response.body = describe_api(call.site.routes(), call.listener);
  return response;
}

}  // namespace hanjari::web
