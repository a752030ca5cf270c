// How often somebody may try to sign in, without anybody being able to lock others out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/error.h"

namespace hanjari::services {

// 32 random bytes in hex.
std::string draw_secret();
// Under which name the holder of a secret (token of a session, cookie of a browser) takes what can be taken once: 32
// hexadecimal digits; empty without a secret.
std::string taker_of(const std::string& secret);
// What only closes the door behind somebody who is in: that the database was lost meanwhile takes the entry from nobody.
template <class Work>
void after_entry(Work work) {
  try {
    work();
  } catch (const Unavailable&) {
    // The same holder of the same secret could enter once more until the code's own time is over.
  }
}
// A full session of a fresh token; the device is remembered. `ask_again`: called once the session is stored, throws
// NotAllowed when what it was proven with no longer stands; then the session is over. A change of the password ends the
// sessions that are there, and one that it did not see, because it was on its way, sees the change.
SignIn open_session(AccountRepository& accounts, const Actor& actor, const Visitor& visitor, Instant now,
                    const std::function<void()>& ask_again = {});

// The limits of one attempt at an account from a visitor.
//   5 misses of this account from this source in a quarter of an hour: this source waits, for this account
//   30 misses of any account from this source in ten minutes: unknown devices there are asked for more, so that whoever
//   guesses behind an address keeps nobody else out; after 300 it waits
//   20 misses of this account from anywhere in an hour: unknown devices are asked for more
// A device that was in before has a limit of its own (10 in a quarter of an hour) and none of the others, so that
// neither a neighbour behind the same address nor the whole world can keep its owner out.
class SignInLimits {
 public:
  SignInLimits(AccountRepository& accounts, AttemptLimit& attempts, const std::string& account, const Visitor& visitor,
               Instant now);
  // What a guess is counted under.
  const std::vector<GuessLimit>& limits() const { return limits_; }
  // Asked once the guess is counted, so that guesses of one moment know of one another.
  bool asks_for_more() const;

 private:
  AttemptLimit& attempts_;
  Instant now_;
  bool known_device_;
  std::vector<GuessLimit> limits_;
  GuessLimit account_;
  GuessLimit source_;
};

}  // namespace hanjari::services
