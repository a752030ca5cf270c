// Checkers of subjects have no account: a link and a code let one of them declare whether a relative applies, and say which of the
// own subjects are cross-checked. Nothing is stored for a link: it is signed, and good as long as the subjects name the checker.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/messages/messages.h"

namespace hanjari::services {

// As long a link is good.
constexpr std::chrono::hours checker_link_length{14 * 24};
// Wrong codes of a link, and of a place from which they come, within an hour.
constexpr int wrong_checker_codes = 5;
constexpr int wrong_checker_codes_of_source = 20;

// The keyed hash of a word, other for each purpose (AccountRepository::hash_secret).
using KeyedHash = std::function<std::string(std::string_view purpose, std::string_view word)>;

struct CheckerTicket {
  ExamCode exam;
  std::string checker;
  Instant expires_at{};
};
struct CheckerLink {
  std::string ticket;  // letters, digits and one hyphen
  std::string code;    // six digits
};
CheckerLink make_checker_link(const KeyedHash&, const CheckerTicket&);
// Throws NotFound (checker_link_over), for one that was never given out as for one whose time is over.
CheckerTicket read_checker_ticket(const KeyedHash&, const std::string& ticket, Instant now);
// Throws InvalidInput (wrong_code), and as LookUpGuess.
void require_checker_code(const KeyedHash&, AttemptLimit&, const std::string& ticket, const std::string& code,
                          const std::string& source, Instant now);

// The letter with link and code, in both languages. `address`: of the page, without language.
Message checker_letter(const CheckerTicket&, const CheckerLink&, const std::string& email, const Text& exam,
                       const std::string& portal, const std::string& until);

}  // namespace hanjari::services
