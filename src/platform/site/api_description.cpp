// The OpenAPI page, made from the routes so that it cannot say anything else than they do.
#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {
namespace {

using json = nlohmann::ordered_json;

// Names in braces, in the order of the path.
std::vector<std::string> names_in(std::string_view pattern) {
  std::vector<std::string> names;
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    names.emplace_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
  }
  return names;
}

json describe(const Route& route) {
  json operation{{"summary", route.api->summary.en},
                 {"x-summary-ko", route.api->summary.ko},
                 {"x-listener", spell(route.listener)}};
  json parameters = json::array();
  for (const std::string& name : names_in(route.pattern)) {
    parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  for (const std::string& name : route.api->query) {
    parameters.push_back({{"name", name}, {"in", "query"}, {"required", false}, {"schema", {{"type", "string"}}}});
  }
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  json content = json::object();
  for (const std::string& type : route.api->media_types) {
    const bool is_json = type == "application/json";
    content[type] = {{"schema", is_json ? json{{"type", "object"}} : json{{"type", "string"}, {"format", "binary"}}}};
  }
  operation["responses"] = {
      {"200", {{"description", "OK"}, {"content", std::move(content)}}},
      {"default",
       {{"description", "Problem details (RFC 9457) with a stable code"},
        {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}};
  if (route.permission.needs_sign_in()) {
    json roles = json::array();
    json reach = json::object();
    for (const Grant& grant : route.permission.grants()) {
      roles.push_back(services::spell(grant.role));
      reach[std::string(services::spell(grant.role))] = spell(grant.reach);
    }
    operation["x-reach"] = std::move(reach);
    operation["security"] = json::array({{{"session", json::array()}}});
    operation["x-roles"] = std::move(roles);
  }
  if (route.permission.state() != ExamState::not_named) operation["x-exam-state"] = spell(route.permission.state());
  return operation;
}

json problem_schema() {
  const json text{{"type", "string"}};
  return {{"type", "object"},
          {"properties",
           {{"type", text}, {"title", text}, {"status", {{"type", "integer"}}}, {"detail", text}, {"code", text}}},
          {"required", {"type", "title", "status", "detail", "code"}}};
}

}  // namespace

std::string describe_api(const RouteTable& routes, Listener listener) {
  json paths = json::object();
  for (const Route& route : routes.routes()) {
    if (route.api && route.listener == listener)
      paths[route.pattern][route.method == Method::post ? "post" : "get"] = describe(route);
  }
  const json page{
      {"openapi", "3.0.3"},
      {"info", {{"title", "Hanjari"}, {"version", "1"}}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", {{"Problem", problem_schema()}}},
        {"securitySchemes", {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "hanjari_session"}}}}}}}};
  return page.dump(1) + "\n";
}

}  // namespace hanjari::web
