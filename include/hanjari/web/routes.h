// The table of everything that can be asked for: method, path, listener, who may, limits and the function that answers.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/services/accounts.h"
#include "hanjari/services/actor.h"
#include "hanjari/web/http.h"

namespace hanjari::web {

class Site;

// portal: applicants; office: officers and coordinators; operations: whoever runs the machine.
enum class Listener { portal, office, operations };
std::string_view spell(Listener listener);

// Who may call a route. There is no default: a route that names nobody does not compile, and a staff route that names
// no role does not start. Which district or person is meant is judged by the service behind the handler.
class Permission {
 public:
  static Permission anybody() { return Permission({}, false); }
  static Permission staff(std::initializer_list<services::Role> roles) { return Permission(roles, true); }

  bool needs_sign_in() const { return needs_sign_in_; }
  bool admits(services::Role role) const;
  const std::vector<services::Role>& roles() const { return roles_; }

 private:
  Permission(std::vector<services::Role> roles, bool needs_sign_in)
      : roles_(std::move(roles)), needs_sign_in_(needs_sign_in) {}

  std::vector<services::Role> roles_;
  bool needs_sign_in_;
};

// What one call may cost. Beyond `at_once` calls of the route at the same time the answer is 503 with Retry-After.
struct Limits {
  std::size_t body_bytes = 0;
  int at_once = 0;  // 0: as many as there are threads
};

// Parts of the path by the names of the pattern, decoded.
using PathValues = Values;

// One call as a handler sees it.
struct Call {
  Listener listener;
  const Request& request;
  const PathValues& path;
  const Values& query;
  const Values& form;  // of a POST whose token was right
  Language language;
  const std::optional<services::Session>& session;
  std::string session_token;  // of the cookie; empty without a session
  std::string form_token;     // goes into every form of the page
  Site& site;

  const services::Actor& actor() const { return session->actor; }
};

using Handler = Response (*)(const Call&);

// What the API page says of a route; routes without it are pages.
struct ApiDescription {
  Text summary;
  std::vector<std::string> media_types;  // of the answer
  std::vector<std::string> query;        // names of its query values
};

struct Route {
  Method method;
  // "/{language}/exams/{code}": a name in braces stands for one segment; {language} only for ko or en. The last
  // segment may be a name with an extension: "rosters.{format}".
  std::string pattern;
  Listener listener;
  Permission permission;
  Handler handler;
  Limits limits = {};
  std::optional<ApiDescription> api = std::nullopt;
};

struct Match {
  const Route* route = nullptr;  // null: no such path
  PathValues values;
  std::vector<Method> allowed;  // when the path exists but not for this method
};

class RouteTable {
 public:
  // Throws std::logic_error when a route names nobody, a pattern is malformed or two routes could answer the same.
  explicit RouteTable(std::vector<Route> routes);
  // A pattern with more fixed segments wins over one with fewer.
  Match find(Listener listener, Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

// Every route of the product.
RouteTable site_routes();

// OpenAPI 3.0 description of the routes that have an ApiDescription, as JSON.
std::string describe_api(const RouteTable& routes);

}  // namespace hanjari::web
