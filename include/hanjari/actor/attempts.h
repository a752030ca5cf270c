// Guesses under a limit: counted before they are made, taken back when they were right.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/error.h"

namespace hanjari::services {

// Too many wrong guesses from there or at this account (too_many_attempts): to be tried again later.
class TooManyAttempts : public NotAllowed {
 public:
  explicit TooManyAttempts(Text message) : NotAllowed("too_many_attempts", std::move(message)) {}
};

// Too many come at this moment (sign_in_busy): to be tried again soon, after about this time.
class SignInBusy : public Unavailable {
 public:
  explicit SignInBusy(Text message, std::chrono::seconds retry_after = std::chrono::seconds(5))
      : Unavailable("sign_in_busy", std::move(message)), retry_after_(retry_after) {}
  std::chrono::seconds retry_after() const { return retry_after_; }

 private:
  std::chrono::seconds retry_after_;
};

// A guess at a secret (password, code). It stays counted only if it is said to be wrong: what was right, or could not
// be judged because something failed on the way, is taken back.
class Guess {
 public:
  // Waits while others are judged whose outcome decides. Throws NotAllowed (too_many_attempts) when any of the limits is
  // reached, Unavailable (sign_in_busy) when waiting took too long.
  Guess(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now);
  ~Guess();
  Guess(const Guess&) = delete;
  Guess& operator=(const Guess&) = delete;
  void was_wrong() { wrong_ = true; }

 private:
  AttemptLimit& attempts_;
  std::string word_;
  bool wrong_ = false;
};

// A guess of a look-up, which everybody makes and nearly all make right. Those in work are counted in this program's
// memory and only wrong ones go to the database, so that a look-up costs no commit. Exact among the guesses of one
// program; several programs together bear at most one limit each.
class LookUpGuess {
 public:
  // As Guess.
  LookUpGuess(AttemptLimit& attempts, std::vector<GuessLimit> limits, Instant now);
  ~LookUpGuess();
  LookUpGuess(const LookUpGuess&) = delete;
  LookUpGuess& operator=(const LookUpGuess&) = delete;
  // Counts it, before anybody is told.
  void was_wrong();

 private:
  AttemptLimit& attempts_;
  std::vector<GuessLimit> limits_;
  Instant now_;
};

// For what is limited whether it goes well or not (messages that cost money): counted, and throws as Guess.
void count_use(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now);
// The same under a word of 32 hexadecimal digits, by which AttemptLimit::settle takes it back should it turn out to have
// been nobody's abuse.
void count_use(AttemptLimit& attempts, const std::string& word, const std::vector<GuessLimit>& limits, Instant now);

// Where a request comes from, as limits count it: an IPv6 address by its first 64 bits, because whoever has one address
// of such a network has all of them.
std::string source_of_limits(const std::string& address);

}  // namespace hanjari::services
