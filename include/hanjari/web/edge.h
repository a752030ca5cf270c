// From a request to an answer, whatever happens: finds the route, checks who asks, calls the handler, and turns all
// that is thrown into a page or a problem description. Every answer leaves with the security headers, is counted and
// logged.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "hanjari/web/routes.h"
#include "hanjari/web/site.h"

namespace hanjari::web {

// One line of the access log. It names the route's pattern, never the path, so nothing personal can stand in it.
struct AccessEntry {
  Instant at;
  Listener listener = Listener::portal;
  std::string method;
  std::string route;  // pattern; "-" when none matched
  int status = 0;
  std::size_t bytes = 0;
  double milliseconds = 0;
  std::string problem;  // code of the error; for a bug its description
};

using AccessLog = std::function<void(const AccessEntry&)>;

// One line of JSON without the line feed.
std::string format_access_entry(const AccessEntry& entry);

class Edge {
 public:
  Edge(Site& site, AccessLog log);
  ~Edge();
  // Never throws; safe from many threads.
  Response answer(Listener listener, const Request& request);
  // The answer to bytes that were no request we read: `status` 400, 408, 411, 413, 414, 431, 501 or 505.
  Response refuse(Listener listener, int status, const std::string& code, const Text& message);

 private:
  struct Gate;
  struct Visit;
  Response handle(Visit& visit);
  Response finish(Visit& visit, Response response);

  Site& site_;
  AccessLog log_;
  std::map<const Route*, std::unique_ptr<Gate>> gates_;
};

}  // namespace hanjari::web
