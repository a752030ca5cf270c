// What makes a password, and the work of checking one.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"

namespace hanjari::services {

constexpr std::size_t least_staff_password = 12;      // characters
constexpr std::size_t least_applicant_password = 10;  // characters
constexpr std::size_t most_password_bytes = 1024;

// Throws InvalidInput: weak_password (too short, too long, no text), known_password (what everybody tries first:
// common words, keyboard rows, runs, repetitions, the account's own name, with digits and signs around or in place of
// letters). No rules on kinds of characters. `own_words`: account name, address.
void check_password(std::string_view password, std::size_t least, const std::vector<std::string>& own_words);

// Whether people who guess would try it early.
bool is_known_password(std::string_view password, const std::vector<std::string>& own_words);

// Argon2id with two passes over 19 MiB takes a processor for tens of milliseconds. So many run at once, so many more
// wait; beyond that, or after `timeout`, people are told how many wait and when to come again: Unavailable (sign_in_busy).
struct PasswordLimits {
  int at_once;
  int waiting;
  int timeout_ms;
};
// As many at once as there are processors, but never so many that they and those who wait hold all the threads that answer
// requests (listen.workers, 64).
PasswordLimits usual_password_limits(int processors);
// Those of this machine, unless set otherwise.
PasswordLimits password_limits();
// For the whole program.
void set_password_limits(const PasswordLimits& limits);

struct PasswordWork {
  int running;
  int waiting;
};
// At this moment.
PasswordWork password_work();

std::string hash_password(const std::string& password);
// In the same time for an empty `hash`, which no password opens.
bool matches_password(const std::string& hash, const std::string& password);

// A place in the queue for password work, for as long as it lives; public so that tests can fill the queue.
class PasswordPlace {
 public:
  explicit PasswordPlace(const PasswordLimits& limits);
  ~PasswordPlace();
  PasswordPlace(const PasswordPlace&) = delete;
  PasswordPlace& operator=(const PasswordPlace&) = delete;

 private:
  std::chrono::steady_clock::time_point began_;
};

}  // namespace hanjari::services
