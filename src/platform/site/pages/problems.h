// Errors as answers: a page for people, problem details (RFC 9457) for programs.
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct SentWords;

// A request that the edge itself refuses, with the status that HTTP gives it.
class Refused : public Error {
 public:
  Refused(int status, std::string code, Text message) : Error(std::move(code), std::move(message)), status_(status) {}
  int status() const { return status_; }

 private:
  int status_;
};

// A form of an earlier session, or one that another site sent (form_expired).
class FormExpired : public Refused {
 public:
  explicit FormExpired(Text message) : Refused(403, "form_expired", std::move(message)) {}
};

// A refusal whose problem details have further members, which tell a program what it needs to go on: {"concerned": 257}.
class RefusedWith : public Conflict {
 public:
  // `members`: a JSON object; names of problem details in it are passed over.
  RefusedWith(std::string code, Text message, std::string members)
      : Conflict(std::move(code), std::move(message)), members_(std::move(members)) {}
  const std::string& members() const { return members_; }

 private:
  std::string members_;
};

// What the edge and the pages of errors do something else about than about other problems.
// busy: its words say how many wait and when to come again.
enum class ProblemKind { other, form_expired, database_away, busy };

struct Problem {
  int status = 500;
  std::string code;
  Text message;
  std::string cause;  // of a bug: for the log only
  ProblemKind kind = ProblemKind::other;
  std::string members{};  // further members of the problem details, a JSON object; empty for none
  std::vector<Fault> faults{};  // everything that was wrong with what was sent, for programs
  std::chrono::seconds retry_after{5};  // of one that is to be tried again soon
};

// What the exception means to the caller. `signed_in`: 403 instead of 401.
Problem problem_of(const std::exception_ptr& thrown, bool signed_in);

// application/problem+json with type, title, status, detail, code, further members, the faults where there are any, and,
// when known, the request as instance.
Response describe_problem(const Problem& problem, Language language, const std::string& request_id = {});

// The page for a body that is larger than its route takes: says the limit, and leads back to the page it came from.
Response show_too_large(const Pages& pages, const Frame& frame, const Limits& limits, const Request& request);

// The page that says the same to people. `page`: where they may go on; the start when empty. `words`: what they had typed,
// to be sent once more; null for none.
Response show_problem(const Pages& pages, const Frame& frame, const Problem& problem,
                      const std::string& request_id = {}, const std::string& page = {}, const SentWords* words = nullptr);

}  // namespace hanjari::web
