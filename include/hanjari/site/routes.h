// The table of everything that can be asked for: method, path, listener, who may, limits and the function that answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/actor.h"
#include "hanjari/base/text.h"
#include "hanjari/http/http.h"
#include "hanjari/plans/plans.h"

namespace hanjari::web {

class Site;
struct Route;

// portal: applicants; office: officers and coordinators; operations: whoever runs the machine.
enum class Listener { portal, office, operations };
std::string_view spell(Listener listener);

// Whose things a role reaches through a route.
enum class Reach { everything, own_district, own_venue, own };
std::string_view spell(Reach reach);

struct Grant {
  services::Role role;
  Reach reach;
};

// In which state the exam named by {code} must be.
enum class ExamState {
  not_named,  // the path names no exam
  any,        // the handler looks for itself, as far as the exam is there for who asks (Site::require_known_exam)
  live        // one of its plans is live: its seats are open for look-up
};
std::string_view spell(ExamState state);

// Who may call a route: role x reach (district, venue, own things) x state of the exam. There is no default: a route
// that names nobody does not compile, and a staff route that names no role does not start. The edge judges role and
// state; whose district or venue is meant is judged by the service behind the handler, which knows whose it is.
class Permission {
 public:
  static Permission anybody(ExamState state = ExamState::not_named) { return Permission({}, false, state); }
  static Permission staff(std::initializer_list<Grant> grants, ExamState state = ExamState::not_named) {
    return Permission(grants, true, state);
  }

  bool needs_sign_in() const { return needs_sign_in_; }
  bool admits(services::Role role) const { return !needs_sign_in_ || reach_of(role).has_value(); }
  // Nothing for a role that is not admitted.
  std::optional<Reach> reach_of(services::Role role) const;
  const std::vector<Grant>& grants() const { return grants_; }
  ExamState state() const { return state_; }

 private:
  Permission(std::vector<Grant> grants, bool needs_sign_in, ExamState state)
      : grants_(std::move(grants)), needs_sign_in_(needs_sign_in), state_(state) {}

  std::vector<Grant> grants_;
  bool needs_sign_in_;
  ExamState state_;
};

// An answer that is the same for everybody, kept as bytes with an ETag (and gzipped for who takes it) and given out
// without asking the handler again. The path alone says what it is: a request with a query is not answered so.
struct Keep {
  std::chrono::milliseconds fresh;  // how long it is given out without a question
  std::chrono::milliseconds stale;  // how much longer, while one request makes it anew
  std::string_view cache_control;   // what browsers and proxies may do with it
};

// What one call may cost. Beyond `at_once` calls of the route at the same time the answer is 503 with Retry-After.
struct Limits {
  std::size_t body_bytes = 0;  // of the request
  int at_once = 0;             // 0: as many as there are threads
  int files = 0;               // of a form; 0: only forms without files are taken
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
  const std::vector<FormPart>& files;
  Language language;
  const std::optional<services::Session>& session;
  std::string session_token;  // of the cookie; empty without a session
  std::string form_token;     // goes into every form of the page
  Site& site;
  const std::optional<services::LiveExam>& exam;  // of {code}, for routes whose exam must be live
  const Route& route;                             // which answers it

  const services::LiveExam& live_exam() const { return *exam; }
  const services::Actor& actor() const { return session->actor; }
};

using Handler = Response (*)(const Call&);

// What the API page says of a route; routes without it are pages.
struct ApiDescription {
  Text summary;
  std::vector<std::string> media_types;  // of the answer
  std::vector<std::string> query;        // names of its query values
  // Of a POST: the names of all members that its body may have; nothing where the body is no JSON (take_members).
  std::optional<std::vector<std::string>> members = std::nullopt;
  // Those of the query values that are lists with commas; they may also be given one by one.
  std::vector<std::string> lists = {};
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
  std::optional<Keep> keep = std::nullopt;
  // Of a POST whose moment counts: answers instead of the handler while the database is away, before anybody could be
  // asked who this is. Its call has no session and a form whose token was not looked at, so it may only give back what
  // it was sent.
  Handler when_away = nullptr;
};

// The members that the bodies of these POST routes may have: what read_json takes, and what the API page says.
struct TakenMembers {
  std::string_view pattern;
  std::vector<std::string> members;
};
// Throws std::logic_error for a pattern that no POST of the API among the routes has.
void take_members(std::vector<Route>& routes, const std::vector<TakenMembers>& taken);

struct Match {
  const Route* route = nullptr;  // null: no such path
  PathValues values;
  std::vector<Method> allowed;  // when the path exists but not for this method
};

class RouteTable {
 public:
  // Throws std::logic_error when a route names nobody, or a coordinator or chief beyond what is theirs, or an exam
  // without its state; when one that is kept is not for everybody; when a pattern is malformed or two routes could
  // answer the same.
  explicit RouteTable(std::vector<Route> routes);
  // A pattern with more fixed segments wins over one with fewer.
  Match find(Listener listener, Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

// OpenAPI 3.0 description of the listener's routes that have an ApiDescription, as JSON.
std::string describe_api(const RouteTable& routes, Listener listener);

}  // namespace hanjari::web
