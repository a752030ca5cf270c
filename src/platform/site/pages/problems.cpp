#include "site/pages/problems.h"

#include <exception>
#include <new>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/actor/attempts.h"
#include "hanjari/base/bug.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/site/busy.h"
#include "site/pages/typed_again.h"

namespace hanjari::web {
namespace {

constexpr const char* retry_after_attempts = "600";

void add_retry(Response& response, const Problem& problem) {
  if (problem.status == 429) response.set_header("Retry-After", retry_after_attempts);
  if (problem.status == 503) response.set_header("Retry-After", std::to_string(problem.retry_after.count()));
}

// What was typed stands in the page, with when to send it again: the way back in the browser would lead to an empty form.
void describe_words(const Pages& pages, const Frame& frame, const Problem& problem, const SentWords& words, Page& page) {
  nlohmann::json shown{{"action", words.action}, {"had_files", words.had_files}, {"hidden", nlohmann::json::array()}, {"soon", false}, {"button", pages.text(frame.language, words.button)}};
  for (const auto& [name, typed] : words.fields) {
    std::string value = typed;
    std::erase(value, '\0');  // no page can hold it
    shown["hidden"].push_back({{"name", name}, {"value", value}});
  }
  if (problem.status == 503 && problem.kind != ProblemKind::busy) shown["soon"] = pages.text(frame.language, "again.soon", {{"seconds", std::to_string(problem.retry_after.count())}});
  page.data["words"] = std::move(shown);
  page.repost = words.switched;
  page.repost_to = words.action;
}

// Which message of the catalogue heads the page.
std::string title_of(const Problem& problem) {
  switch (problem.status) {
    case 403:
      return problem.kind == ProblemKind::form_expired ? "problem.form_expired_title" : "problem.not_allowed_title";
    case 404:
      return "problem.not_found_title";
    case 413:
      return "problem.too_large_title";
    case 429:
      return "problem.too_many_title";
    case 503:
      return "problem.unavailable_title";
    default:
      return problem.status >= 500 ? "problem.bug_title" : "problem.refused_title";
  }
}

}  // namespace

Problem problem_of(const std::exception_ptr& thrown, bool signed_in) {
  const auto of = [](int status, const Error& error) { return Problem{status, error.code(), error.message(), {}, ProblemKind::other, {}}; };
  try {
    std::rethrow_exception(thrown);
  } catch (const FormExpired& error) {
    Problem problem = of(error.status(), error);
    problem.kind = ProblemKind::form_expired;
    return problem;
  } catch (const Refused& error) {
    return of(error.status(), error);
  } catch (const InvalidInput& error) {
    Problem problem = of(422, error);
    problem.faults = error.faults().kept();
    return problem;
  } catch (const services::TooManyAttempts& error) {
    return of(429, error);
  } catch (const NotAllowed& error) {
    return of(signed_in ? 403 : 401, error);
  } catch (const NotFound& error) {
    return of(404, error);
  } catch (const RefusedWith& error) {
    Problem problem = of(409, error);
    problem.members = error.members();
    return problem;
  } catch (const Conflict& error) {
    return of(409, error);
  } catch (const services::SignInBusy& error) {
    Problem problem = of(503, error);
    problem.kind = ProblemKind::busy;
    problem.retry_after = error.retry_after();
    return problem;
  } catch (const Unavailable& error) {
    Problem problem = of(503, error);
    problem.cause = error.message().en;
    // It may name files of the machine. Whoever has not signed in needs to know no more than to come again.
    if (!signed_in && dynamic_cast<const Busy*>(&error) == nullptr)
      problem.message = {"The service is not available at the moment.", "지금은 서비스를 이용할 수 없습니다."};
    if (dynamic_cast<const DatabaseUnavailable*>(&error) != nullptr) problem.kind = ProblemKind::database_away;
    return problem;
  } catch (const std::exception& bug) {
    // Memory and threads come again; nothing is wrong with the request.
    if (tells_of_lack(bug))
      return {503, "no_memory", {"Too much is being done at the moment.", "지금 처리할 요청이 많습니다."}, describe_bug(bug)};
    return {500,
            "internal_error",
            {"Something went wrong on our side.", "시스템 내부에서 오류가 발생했습니다."},
            describe_bug(bug)};
  } catch (...) {
    return {500,
            "internal_error",
            {"Something went wrong on our side.", "시스템 내부에서 오류가 발생했습니다."},
            "not a standard exception"};
  }
}

Response describe_problem(const Problem& problem, Language language, const std::string& request_id) {
  nlohmann::json description{{"type", "urn:hanjari:problem:" + problem.code},
                             {"title", std::string(reason_phrase(problem.status))},
                             {"status", problem.status},
                             {"detail", problem.message.in(language)},
                             {"code", problem.code}};
  if (const auto more = nlohmann::json::parse(problem.members, nullptr, false); more.is_object()) {
    for (const auto& [name, value] : more.items()) {
      if (!description.contains(name)) description[name] = value;
    }
  }
  for (const Fault& fault : problem.faults) {
    nlohmann::json told{{"what", fault.what.in(language)}, {"fix", fault.fix.in(language)}};
    if (!fault.column.empty()) told["field"] = fault.column;
    if (!fault.file.empty()) told["file"] = fault.file;
    if (fault.line > 0) told["line"] = fault.line;
    description["faults"].push_back(std::move(told));
  }
  if (!request_id.empty()) description["instance"] = "urn:hanjari:request:" + request_id;
  Response response;
  response.status = problem.status;
  response.type = "application/problem+json";
  // Faults repeat what was sent, which may be no UTF-8.
  response.body = description.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  response.set_header("Content-Language", std::string(code_of(language)));
  add_retry(response, problem);
  return response;
}

Response show_too_large(const Pages& pages, const Frame& frame, const Limits& limits, const Request& request) {
  const std::string most = limits.body_bytes >= 1'000'000 ? std::to_string(limits.body_bytes / 1'000'000) + " MB"
                                                          : std::to_string(limits.body_bytes / 1'000) + " kB";
  Problem problem{413, "body_too_large", {}, {}};
  for (auto [language, text] :
       {std::pair(Language::english, &problem.message.en), std::pair(Language::korean, &problem.message.ko)}) {
    *text = pages.text(language, limits.files > 0 ? "problem.too_large_files" : "problem.too_large", {{"most", most}});
    if (limits.files > 1) *text += " " + pages.text(language, "apply.support_hint");
  }
  return show_problem(pages, frame, problem, request.id, request.path);
}

Response show_problem(const Pages& pages, const Frame& frame, const Problem& problem, const std::string& request_id,
                      const std::string& way_on, const SentWords* words) {
  Page page;
  page.name = "problem";
  page.status = problem.status;
  page.title = pages.text(frame.language, title_of(problem));
  page.data = {{"title", page.title}, {"message", problem.message.in(frame.language)}, {"code", problem.code}};
  if (!request_id.empty()) page.data["request"] = request_id;
  page.data["page"] = way_on.empty() ? nlohmann::json(false) : nlohmann::json(way_on);
  const bool told = problem.kind == ProblemKind::busy;
  page.data["try_later"] = !told && (problem.status == 429 || problem.status >= 500);
  if (problem.status >= 500 && !told)
    page.data["message"] = pages.text(frame.language, problem.status == 503 ? "problem.unavailable" : "problem.bug");
  if (problem.status == 503 && !told) {
    const Language other = frame.language == Language::korean ? Language::english : Language::korean;
    page.data["other_language"] = std::string(code_of(other));
    page.data["other_words"] = pages.text(other, "problem.unavailable") + " " + pages.text(other, "problem.try_later");
  }
  page.data["words"] = false;
  if (words != nullptr) describe_words(pages, frame, problem, *words, page);
  Response response = pages.show(frame, page);
  add_retry(response, problem);
  return response;
}

}  // namespace hanjari::web
