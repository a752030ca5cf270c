// From a request to an answer, whatever happens: finds the route, checks who asks, calls the handler, and turns all
// that is thrown into a page or a problem description. Every answer leaves with the security headers, is counted and
// logged. Answers that are the same for everybody are kept as bytes and given out without asking anybody.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hanjari/site/routes.h"
#include "hanjari/site/site.h"

namespace hanjari::web {

struct KeptAnswer;
struct Problem;
class KeptAnswers;

// One line of the access log. It names the route's pattern, never the path, so nothing personal can stand in it.
struct AccessEntry {
  Instant at;
  Listener listener = Listener::portal;
  std::string_view method;
  std::string_view route;  // pattern, valid as long as the site; "-" when none matched
  int status = 0;
  std::size_t bytes = 0;
  double milliseconds = 0;
  std::string request_id;
  std::string problem;  // code of the error; for a bug its description
};

using AccessLog = std::function<void(const AccessEntry&)>;

// One line of JSON without the line feed.
std::string format_access_entry(const AccessEntry& entry);

class Edge {
 public:
  Edge(Site& site, AccessLog log);
  ~Edge();
  // Whether the database is away, as far as it is known now: then kept answers are given out as they were, without asking
  // for new ones first. Set before the first request.
  void ask_whether_away(std::function<bool()> is_away) { is_away_ = std::move(is_away); }
  // Never throws; safe from many threads.
  Response answer(Listener listener, const Request& request);
  // The answer to bytes that were no request we read, and to requests that cannot be taken now: `status` 400, 408, 411,
  // 413, 414, 417, 431, 501, 503 or 505.
  Response refuse(Listener listener, int status, const std::string& code, const Text& message,
                  const std::string& request_id = {});
  // The answer to a body that is larger than its route takes, which was not read: a page with the limit where one was
  // asked for. `request` without its body.
  Response refuse_too_large(Listener listener, const Request& request);
  // The same for 503 in the form of a page, made once and kept, for who asked for one.
  Response refuse_busy(Listener listener, std::string_view accept, const std::string& request_id);
  // The same for a request that is here whole and has waited too long: what was typed stands in the page.
  Response refuse_late(Listener listener, const Request& request);

  // The bytes kept for a GET or HEAD of this path without a query; null when the request is to be answered.
  std::shared_ptr<const KeptAnswer> find_kept(Listener listener, bool encrypted, bool gzip,
                                              std::string_view path) const;
  // Counts and logs a kept answer that went out, with `status` 200 or 304.
  void count_kept(const KeptAnswer& kept, bool head_only, int status, std::string_view request_id,
                  std::chrono::nanoseconds began);
  // Who sends a body that is too large to be taken from anybody; asked before it is read. `request` without its body.
  // may_send is false when the route needs somebody who is signed in, and this is nobody or of another role, or when
  // nobody can be asked: then answer() says so.
  struct Sender {
    bool may_send = false;
    std::string account;  // to whose share it counts; those who need not be signed in have one together
  };
  Sender judge_sender(Listener listener, const Request& request);
  // Whether what is typed into such a form is kept where its sender may send no files: the boundary of its parts, empty where
  // not. `request` without its body.
  std::string boundary_of_words(Listener listener, const Request& request) const;
  // How large the body of such a request may be; 0 where no route takes one.
  std::size_t body_limit(Listener listener, Method method, std::string_view path) const;

  Site& site() { return site_; }

 private:
  struct Gate;
  struct Visit;
  Response handle(Visit& visit);
  Response ask_to_sign_in(Visit& visit, const Match& match);
  Response show_words(Visit& visit, const Route& route);
  std::string way_on_from(const Visit& visit, const Problem& problem) const;
  Response show_refusal(const Visit& visit, const Problem& problem);
  Response finish(Visit& visit, Response response);
  std::optional<Response> answer_kept(Visit& visit);
  std::optional<Response> answer_away(Visit& visit);
  void keep(Visit& visit, Response& response);

  Site& site_;
  AccessLog log_;
  std::function<bool()> is_away_ = [] { return false; };
  std::map<const Route*, std::unique_ptr<Gate>> gates_;
  std::unique_ptr<KeptAnswers> kept_;
  std::string busy_page_;
};

}  // namespace hanjari::web
