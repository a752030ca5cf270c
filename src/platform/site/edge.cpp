#include "hanjari/site/edge.h"

#include <algorithm>
#include <atomic>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/busy.h"
#include "http/message_writer.h"
#include "site/exams/live_exams.h"
#include "site/form_token.h"
#include "site/given_values.h"
#include "site/kept_answers.h"
#include "site/language.h"
#include "site/metrics.h"
#include "site/pages/pages.h"
#include "site/pages/problems.h"
#include "site/pages/typed_again.h"
#include "site/protection.h"

namespace hanjari::web {

// How many calls of a route run now.
struct Edge::Gate {
  std::atomic<int> running{0};
};

struct Edge::Visit {
  Listener listener;
  const Request& request;
  std::chrono::nanoseconds began;
  Language language = Language::korean;
  const Route* route = nullptr;
  std::optional<services::Session> session;
  std::string session_token;
  std::string form_cookie;
  bool form_cookie_is_new = false;
  std::optional<services::LiveExam> exam;
  Values query;
  Values form;
  std::vector<FormPart> files;
  std::string problem;

  bool is_api() const { return request.path.starts_with("/api/"); }
  // A browser that follows a link to the API is shown pages, not JSON.
  bool wants_page() const {
    return listener != Listener::operations &&
           (!is_api() || request.header("accept").find("text/html") != std::string_view::npos);
  }
  std::string form_token() const { return session ? session->csrf_token : form_token_of(form_cookie); }
  Frame frame() const {
    return {language, listener, request.path, request.query, session ? &*session : nullptr, form_token()};
  }
};

namespace {

// So long kept answers stand in for the database.
constexpr std::chrono::minutes longest_outage{10};

// Frees a place at the gate of a route when the call is over.
class Place {
 public:
  Place(std::atomic<int>& running, int limit) : running_(running) {
    if (running_.fetch_add(1) >= limit) {
      running_.fetch_sub(1);
      throw Busy({"Too many people ask for this at the moment.", "지금 요청이 많습니다."});
    }
  }
  ~Place() { running_.fetch_sub(1); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::atomic<int>& running_;
};

std::string_view method_name(const Request& request) {
  if (request.head_only) return "HEAD";
  return request.method == Method::post ? "POST" : "GET";
}

[[noreturn]] void refuse_no_route(const std::vector<Method>& allowed) {
  if (allowed.empty()) {
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  }
  throw Refused(405, "method_not_allowed",
                {"This address takes no such request.", "이 주소에서 허용하지 않는 요청입니다."});
}

std::string allow_field(const std::vector<Method>& allowed) {
  const bool get = std::find(allowed.begin(), allowed.end(), Method::get) != allowed.end();
  const bool post = std::find(allowed.begin(), allowed.end(), Method::post) != allowed.end();
  return get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST";
}

Problem problem_of_no_route(const std::vector<Method>& allowed) {
  try {
    refuse_no_route(allowed);
  } catch (...) {
    return problem_of(std::current_exception(), false);
  }
}

}  // namespace

Edge::Edge(Site& site, AccessLog log) : site_(site), log_(std::move(log)), kept_(std::make_unique<KeptAnswers>()) {
  for (const Route& route : site.routes().routes()) gates_.emplace(&route, std::make_unique<Gate>());
  Page busy{.name = "busy", .title = site.pages().text(Language::korean, "busy.title"), .status = 503};
  busy.data["other_language"] = std::string(code_of(Language::english));
  busy.data["other_words"] =
      site.pages().text(Language::english, "busy.words") + " " + site.pages().text(Language::english, "busy.back");
  busy_page_ = site.pages().show(Frame{}, busy).body;
}

Edge::~Edge() = default;

Response Edge::refuse_busy(Listener listener, std::string_view accept, const std::string& request_id) {
  Response answer = refuse(listener, 503, "busy",
                           {"Too many people are here at the moment.", "지금 이용이 몰리고 있습니다."}, request_id);
  if (listener == Listener::operations || accept.find("text/html") == std::string_view::npos) return answer;
  answer.type = "text/html; charset=utf-8";
  answer.body = busy_page_;
  return answer;
}

Response Edge::refuse_late(Listener listener, const Request& request) {
  const Match match = site_.routes().find(listener, request.method, request.path);
  Visit visit{.listener = listener, .request = request, .began = site_.clock().elapsed()};
  visit.language = language_of(request);
  visit.form_cookie = request.cookie(form_cookie).value_or("");
  visit.problem = "busy";
  const auto words = match.route == nullptr || !visit.wants_page()
                         ? std::nullopt
                         : find_sent_words(site_, visit.frame(), request, match.route->limits.files);
  if (!words) return refuse_busy(listener, request.header("accept"), request.id);
  visit.route = match.route;
  site_.metrics().begin(listener);
  const Problem problem{503, "busy", {"Too many people are here at the moment.", "지금 이용이 몰리고 있습니다."}, {}};
  return finish(visit, show_problem(site_.pages(), visit.frame(), problem, request.id, {}, &*words));
}

Response Edge::answer(Listener listener, const Request& request) {
  Visit visit{.listener = listener, .request = request, .began = site_.clock().elapsed()};
  visit.language = language_of(request);
  site_.metrics().begin(listener);
  Response response;
  try {
    response = handle(visit);
  } catch (...) {
    Problem problem = problem_of(std::current_exception(), visit.session.has_value());
    visit.problem = problem.cause.empty() ? problem.code : problem.code + ": " + problem.cause;
    if (problem.kind == ProblemKind::database_away) {
      if (const auto kept = answer_kept(visit)) return *kept;
      if (auto kept_moment = answer_away(visit)) return finish(visit, std::move(*kept_moment));
    }
    try {
      response = visit.wants_page() ? show_refusal(visit, problem) : describe_problem(problem, visit.language, request.id);
    } catch (...) {  // not even the page of errors: the description needs no template
      response = describe_problem(problem, visit.language, request.id);
    }
    if (problem.status == 405) {
      response.set_header("Allow", allow_field(site_.routes().find(listener, request.method, request.path).allowed));
    }
  }
  return finish(visit, std::move(response));
}

// The page of errors. What could not be taken for the moment stands in it, because the way back leads to an empty form.
Response Edge::show_refusal(const Visit& visit, const Problem& problem) {
  std::optional<SentWords> words;
  if (visit.route != nullptr && (problem.status == 503 || problem.status == 429))
    words = find_sent_words(site_, visit.frame(), visit.request, visit.route->limits.files);
  return show_problem(site_.pages(), visit.frame(), problem, visit.request.id, way_on_from(visit, problem), words ? &*words : nullptr);
}

// While the database is away, what was the same for everybody a moment ago still is.
std::optional<Response> Edge::answer_kept(Visit& visit) {
  if (visit.route == nullptr || !visit.route->keep || !visit.request.query.empty()) return std::nullopt;
  const Request& request = visit.request;
  const bool encrypted = request.encrypted || site_.settings().behind_tls;
  const auto kept = kept_->find_old({visit.listener, encrypted, takes_gzip(request.header("accept-encoding"))},
                                    request.path, site_.clock().elapsed(), longest_outage);
  if (!kept) return std::nullopt;
  Response response = kept->answer;
  const double seconds = seconds_between(visit.began, site_.clock().elapsed());
  site_.metrics().end(visit.listener, visit.route->pattern, method_name(request), response.status, seconds);
  log_({site_.now(), visit.listener, method_name(request), visit.route->pattern, response.status,
        response.content().size(), seconds * 1000, request.id, visit.problem});
  return response;
}

// A submission that arrived in time keeps its moment although nobody could be asked.
std::optional<Response> Edge::answer_away(Visit& visit) {
  if (visit.route == nullptr || visit.route->when_away == nullptr || visit.request.words_only) return std::nullopt;
  const Request& request = visit.request;
  try {
    refuse_other_sites(request);
    const Match match = site_.routes().find(visit.listener, request.method, request.path);
    const Values form = sends_form(request) ? read_form(request, visit.route->limits.files).values : Values{};
    visit.session.reset();
    const auto token = form.find("form_token");
    const Call call{visit.listener,
                    request,
                    match.values,
                    visit.query,
                    form,
                    visit.files,
                    visit.language,
                    visit.session,
                    {},
                    token == form.end() ? std::string{} : token->second,
                    site_,
                    visit.exam,
                    *visit.route};
    return visit.route->when_away(call);
  } catch (const Error&) {
    return std::nullopt;  // then it is told as every other
  }
}

// Back to the page whose form is too old, and in the office to the page whose form was refused; other problems lead to
// the start. A form is sent to its own page, to an address below it, or, for an exam, beside its list of plans.
std::string Edge::way_on_from(const Visit& visit, const Problem& problem) const {
  const auto is_page = [&](const std::string& path) {
    return !path.empty() && site_.routes().find(visit.listener, Method::get, path).route != nullptr;
  };
  const std::string& path = visit.request.path;
  if (problem.kind == ProblemKind::form_expired) return is_page(path) ? path : std::string();
  const bool refused_form = visit.listener == Listener::office && visit.request.method == Method::post &&
                            visit.session && (problem.status == 409 || problem.status == 422);
  if (!refused_form) return {};
  const std::string above = path.substr(0, path.rfind('/'));
  for (const std::string& page : {path, above, above + "/plans"}) {
    if (is_page(page)) return page;
  }
  return {};
}

Response Edge::refuse(Listener listener, int status, const std::string& code, const Text& message,
                      const std::string& request_id) {
  Request nothing;
  nothing.id = request_id;
  Visit visit{.listener = listener, .request = nothing, .began = site_.clock().elapsed()};
  visit.problem = code;
  site_.metrics().begin(listener);
  return finish(visit, describe_problem({status, code, message, {}}, Language::english, request_id));
}

Response Edge::refuse_too_large(Listener listener, const Request& request) {
  Visit visit{.listener = listener, .request = request, .began = site_.clock().elapsed()};
  visit.language = language_of(request);
  visit.problem = "body_too_large";
  site_.metrics().begin(listener);
  const Match match = site_.routes().find(listener, request.method, request.path);
  if (match.route == nullptr) {  // nothing takes a body here, whatever its size
    const Problem problem = problem_of_no_route(match.allowed);
    visit.problem = problem.code;
    Response response = visit.wants_page() ? show_problem(site_.pages(), visit.frame(), problem, request.id)
                                           : describe_problem(problem, visit.language, request.id);
    if (problem.status == 405) response.set_header("Allow", allow_field(match.allowed));
    return finish(visit, std::move(response));
  }
  if (match.route->limits.body_bytes == 0 || !visit.wants_page()) {
    return finish(visit,
                  describe_problem({413, "body_too_large", {"The request is too large.", "요청이 너무 큽니다."}, {}},
                                   visit.language, request.id));
  }
  visit.route = match.route;
  return finish(visit, show_too_large(site_.pages(), visit.frame(), match.route->limits, request));
}

Response Edge::handle(Visit& visit) {
  const Request& request = visit.request;
  const Match match = site_.routes().find(visit.listener, request.method, request.path);
  if (match.route == nullptr) refuse_no_route(match.allowed);
  const Route& route = *match.route;
  visit.route = &route;
  if (request.body.size() > route.limits.body_bytes) {
    throw Refused(413, "body_too_large", {"The request is too large.", "요청이 너무 큽니다."});
  }
  auto query = parse_pairs(request.query);
  if (!query) throw Refused(400, "malformed_query", {"The address cannot be read.", "주소를 읽을 수 없습니다."});
  visit.query = values_given(std::move(*query), route.api ? route.api->lists : std::vector<std::string>());

  if (visit.listener != Listener::operations && !route.keep) {
    const bool office = visit.listener == Listener::office;
    visit.session_token = request.cookie(office ? session_cookie : applicant_cookie).value_or("");
    if (!visit.session_token.empty()) {
      visit.session = services::find_session(site_.accounts(), visit.session_token, site_.now());
    }
    if (visit.session) {
      visit.session->actor.source = request.source;
      visit.session->actor.request = request.id;
    }
  }
  visit.form_cookie = request.cookie(form_cookie).value_or("");
  // An answer that is kept for everybody holds no form, so that nobody's token can stand in it.
  if (visit.form_cookie.size() != 64 && !route.keep) {
    visit.form_cookie = draw_token();
    visit.form_cookie_is_new = true;
  }
  if (route.permission.needs_sign_in()) {
    if (!visit.session) {
      if (visit.wants_page()) return ask_to_sign_in(visit, match);
      throw NotAllowed("not_signed_in", {"Please sign in first.", "먼저 로그인하십시오."});
    }
    if (!route.permission.admits(visit.session->actor.role)) {
      throw NotAllowed("role_not_allowed", {"Your account may not do this.", "이 계정에는 권한이 없습니다."});
    }
  }
  if (request.words_only) return show_words(visit, route);
  if (request.method == Method::post && visit.is_api() && !sends_form(request)) {
    // No form of another site can send this: programs say nothing of where they come from, browsers do.
    refuse_other_sites(request);
    refuse_simple_call(request);
  } else if (request.method == Method::post) {
    std::optional<OwnForm> form = read_own_form(request, visit.form_token(), route.limits.files);
    if (!form) {  // of an earlier session: what was typed is shown again, to be sent on purpose
      const auto kept = keep_typed(site_, visit.listener, request, route.limits.files);
      if (!kept || !visit.wants_page()) refuse_foreign_form();
      visit.problem = "form_expired";
      return show_typed_again(site_, visit.frame(), *kept, TypedAgain::form_expired);
    }
    if (auto switched = show_typed_switched(site_, visit.frame(), form->values)) return std::move(*switched);
    visit.form = std::move(form->values);
    visit.files = std::move(form->files);
  }

  if (route.permission.state() == ExamState::any && visit.session)
    site_.require_known_exam(visit.session->actor, ExamCode(match.values.at("code")));
  if (route.permission.state() == ExamState::live) {
    if (visit.wants_page() && request.method == Method::get) {
      if (auto empty = show_no_live_plan(site_, visit.frame(), match.values.at("code"))) return std::move(*empty);
    }
    visit.exam = load_named_exam(site_, visit.frame(), match.values.at("code"));
  }

  const Call call{visit.listener,
                  request,
                  match.values,
                  visit.query,
                  visit.form,
                  visit.files,
                  visit.language,
                  visit.session,
                  visit.session_token,
                  route.keep ? std::string{} : visit.form_token(),
                  site_,
                  visit.exam,
                  route};
  if (route.limits.at_once == 0) return route.handler(call);
  const Place place(gates_.at(&route)->running, route.limits.at_once);
  return route.handler(call);
}

// Whoever sent it was known after all, when its files were gone: the words are sent again on purpose.
Response Edge::show_words(Visit& visit, const Route& route) {
  const auto kept = keep_typed(site_, visit.listener, visit.request, route.limits.files);
  if (!kept) throw Refused(503, "busy", {"This could not be taken. Please send it again.", "지금 처리할 수 없습니다. 다시 보내 주십시오."});
  visit.problem = "files_passed_over";
  return show_typed_again(site_, visit.frame(), *kept, TypedAgain::not_taken);
}

// What was sent with a session that has ended is kept in the sign-in page, so that nobody types it twice.
Response Edge::ask_to_sign_in(Visit& visit, const Match& match) {
  const Request& request = visit.request;
  // Of the staff somebody may have given the password and not the second step: no session has ended then.
  const bool ended =
      request.method == Method::post || (visit.listener == Listener::portal && !visit.session_token.empty());
  if (request.method == Method::post) {
    const std::string address = "/" + std::string(code_of(visit.language)) + "/sign-in";
    const Match entry = site_.routes().find(visit.listener, Method::get, address);
    const auto kept = keep_typed(site_, visit.listener, request, match.route->limits.files);
    if (entry.route != nullptr && kept) {
      const Values form{{"kept", write_typed(*kept)}, {"next", kept->path}};
      const Call call{visit.listener, request,       entry.values,        visit.query,        form,  visit.files,
                      visit.language, visit.session, visit.session_token, visit.form_token(), site_, visit.exam,
                      *entry.route};
      Response response = entry.route->handler(call);
      response.status = 401;
      return response;
    }
  }
  return redirect_to_sign_in(request, visit.language, page_of(site_.routes(), visit.listener, request), ended);
}

Response Edge::finish(Visit& visit, Response response) {
  const bool encrypted = visit.request.encrypted || site_.settings().behind_tls;
  const bool is_page = response.type.starts_with("text/html");
  if (visit.session) response.reader = visit.session->actor.account;
  if (is_page && visit.form_cookie_is_new && visit.listener != Listener::operations) {
    response.set_header("Set-Cookie",
                        write_cookie(form_cookie, visit.form_cookie, SameSite::lax, std::nullopt, encrypted));
  }
  if (is_page && visit.route != nullptr && visit.request.path.size() >= 3 &&
      visit.route->pattern.starts_with("/{language}")) {
    response.set_header("Set-Cookie", write_cookie(language_cookie, std::string(code_of(visit.language)), SameSite::lax,
                                                   std::chrono::hours(24 * 180), encrypted));
  }
  const Keep* rule = visit.route == nullptr || !visit.route->keep ? nullptr : &*visit.route->keep;
  const bool keeps = rule != nullptr && response.status == 200;
  if (keeps) {
    response.audience = Audience::everybody;
    response.set_header("Cache-Control", std::string(rule->cache_control));
    prepare_to_keep(response, takes_gzip(visit.request.header("accept-encoding")));
  } else if (rule != nullptr) {
    kept_->give_back({visit.listener, encrypted, takes_gzip(visit.request.header("accept-encoding"))},
                     visit.request.path);
  }
  protect(response, encrypted);
  if (keeps) keep(visit, response);
  const std::size_t bytes = response.content().size();
  const double seconds = seconds_between(visit.began, site_.clock().elapsed());
  const std::string_view route = visit.route == nullptr ? std::string_view("-") : visit.route->pattern;
  site_.metrics().end(visit.listener, route, method_name(visit.request), response.status, seconds);
  log_({site_.now(), visit.listener, method_name(visit.request), route, response.status, bytes, seconds * 1000,
        visit.request.id, visit.problem});
  return response;
}

// Keeps the answer's bytes, unless the query made it another one, and shortens it for a reader who knows it.
void Edge::keep(Visit& visit, Response& response) {
  const Request& request = visit.request;
  const std::string etag(response.header("ETag"));
  Response known = response;
  known.status = 304;
  known.body.clear();
  known.lasting_body = {};
  if (request.query.empty() && request.method == Method::get) {
    auto kept = std::make_shared<KeptAnswer>();
    kept->route = visit.route;
    kept->head = write_lasting_head(response);
    kept->known_head = write_lasting_head(known);
    kept->etag = etag;
    kept->answer = response;
    kept->own_body = response.body;
    kept->body = response.lasting_body.empty() ? std::string_view(kept->own_body) : response.lasting_body;
    kept->made_at = visit.began;
    Metrics& metrics = site_.metrics();
    kept->sent = metrics.find(visit.listener, visit.route->pattern, "GET", 200);
    kept->sent_head = metrics.find(visit.listener, visit.route->pattern, "HEAD", 200);
    kept->known = metrics.find(visit.listener, visit.route->pattern, "GET", 304);
    const bool encrypted = request.encrypted || site_.settings().behind_tls;
    kept_->keep({visit.listener, encrypted, takes_gzip(request.header("accept-encoding"))}, request.path,
                std::move(kept));
  }
  if (names_etag(request.header("if-none-match"), etag)) response = std::move(known);
}

std::shared_ptr<const KeptAnswer> Edge::find_kept(Listener listener, bool encrypted, bool gzip,
                                                  std::string_view path) const {
  const KeptAnswers::Kind kind{listener, encrypted || site_.settings().behind_tls, gzip};
  const auto now = site_.clock().elapsed();
  auto kept = kept_->find(kind, path, now);
  // Whoever was to make it anew would wait for the database first.
  return kept || !is_away_() ? kept : kept_->find_old(kind, path, now, longest_outage);
}

void Edge::count_kept(const KeptAnswer& kept, bool head_only, int status, std::string_view request_id,
                      std::chrono::nanoseconds began) {
  const double seconds = seconds_between(began, site_.clock().elapsed());
  (status == 304 ? kept.known : head_only ? kept.sent_head : kept.sent).count(seconds);
  log_({site_.now(),
        kept.route->listener,
        head_only ? "HEAD" : "GET",
        kept.route->pattern,
        status,
        status == 304 ? 0 : kept.body.size(),
        seconds * 1000,
        std::string(request_id),
        {}});
}

}  // namespace hanjari::web
