#include "hanjari/accounts/passwords.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <new>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "accounts/common_words.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/error.h"
#include "hanjari/base/text.h"

namespace hanjari::services {
namespace {

// OWASP's smallest setting for Argon2id: two passes over 19 MiB.
constexpr unsigned long long argon2_passes = 2;
constexpr std::size_t argon2_bytes = 19U * 1024 * 1024;

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::string hash_now(const std::string& password) {
  start_sodium();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), argon2_passes, argon2_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return text.data();
}

// A hash that no password opens, to spend the same time on names that do not exist.
const std::string& nobodys_hash() {
  static const std::string hash = [] {
    start_sodium();
    std::array<unsigned char, 32> unknown{};
    randombytes_buf(unknown.data(), unknown.size());
    return hash_now(std::string(unknown.begin(), unknown.end()));
  }();
  return hash;
}

struct Line {
  std::mutex mutex;
  std::condition_variable free;
  PasswordLimits limits = usual_password_limits(static_cast<int>(std::thread::hardware_concurrency()));
  int running = 0;
  int waiting = 0;
  double usual_ms = 100;  // how long one took of late
};

Line& line() {
  static Line one;
  return one;
}

// Called with the line's lock held.
[[noreturn]] void throw_busy(const Line& all, const PasswordLimits& limits) {
  const double until_free_ms = all.usual_ms * (all.waiting + 1) / std::max(1, limits.at_once);
  const int seconds = std::max(1, static_cast<int>(std::ceil(until_free_ms / 1'000)));
  // Where all places are taken and none may wait, there is nobody to count.
  Text queue{", and one person is waiting", " 1명이 차례를 기다리고 있습니다"};
  if (all.waiting > 1) {
    queue = {fmt::format(", and {} people are waiting", all.waiting),
             fmt::format(" {}명이 차례를 기다리고 있습니다", all.waiting)};
  }
  if (all.waiting == 0) queue = {"", " 있습니다"};
  throw SignInBusy(
      {fmt::format("Many people are signing in at this moment{}. Try again in about {} s.", queue.en, seconds),
       fmt::format("지금 로그인이 몰려{}. 약 {}초 뒤에 다시 시도해 주십시오.", queue.ko, seconds)},
      std::chrono::seconds(seconds));
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

char plain_letter(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c;
}

// Letters only, with the signs that people put in place of letters read as these.
std::string letters_of(std::string_view password) {
  constexpr std::string_view signs = "0134578@$!";
  constexpr std::string_view meant = "oieastbasi";
  std::string letters;
  for (const char raw : password) {
    const char c = plain_letter(raw);
    if (const auto at = signs.find(c); at != std::string_view::npos) {
      letters += meant[at];
    } else if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) {
      letters += c;
    }
  }
  return letters;
}

// Without the digits and signs before and behind.
std::string core_of(std::string_view password) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  const auto first = std::find_if(password.begin(), password.end(), is_letter);
  const auto last = std::find_if(password.rbegin(), password.rend(), is_letter).base();
  std::string core;
  if (first < last) std::transform(first, last, std::back_inserter(core), plain_letter);
  return core;
}

// Made of few pieces that follow one another on a keyboard, in the alphabet or in counting, or repeat.
bool is_run(std::string_view text) {
  if (text.empty()) return true;
  int pieces = 1;
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char before = plain_letter(text[at - 1]);
    const char now = plain_letter(text[at]);
    bool follows = now == before || now == before + 1 || now == before - 1;
    for (const std::string_view row : keyboard_rows) {
      const auto place = row.find(before);
      follows = follows || (place != std::string_view::npos && ((place + 1 < row.size() && row[place + 1] == now) ||
                                                                (place > 0 && row[place - 1] == now)));
    }
    if (!follows) ++pieces;
  }
  return pieces * 4 <= static_cast<int>(text.size());
}

bool is_repetition(std::string_view text) {
  for (std::size_t size = 1; size <= text.size() / 2; ++size) {
    bool repeats = true;
    for (std::size_t at = size; repeats && at < text.size(); ++at)
      repeats = plain_letter(text[at]) == plain_letter(text[at - size]);
    if (repeats && size <= 6) return true;
  }
  return false;
}

// Whether known words, one after another, are all of it.
bool is_made_of_words(std::string_view letters, const std::vector<std::string>& own_words) {
  if (letters.empty()) return true;
  std::vector<bool> reachable(letters.size() + 1, false);
  reachable[0] = true;
  const auto step = [&](std::size_t at, std::string_view word) {
    if (!word.empty() && letters.substr(at).starts_with(word)) reachable[at + word.size()] = true;
  };
  for (std::size_t at = 0; at < letters.size(); ++at) {
    if (!reachable[at]) continue;
    for (const std::string_view word : common_words) step(at, word);
    for (const std::string& word : own_words) step(at, word);
  }
  return reachable[letters.size()];
}

}  // namespace

bool is_known_password(std::string_view password, const std::vector<std::string>& own_words) {
  std::vector<std::string> own;
  for (const std::string& word : own_words) {
    std::string letters;
    for (const char c : word) {
      if (plain_letter(c) >= 'a' && plain_letter(c) <= 'z') letters += plain_letter(c);
    }
    if (letters.size() >= 3) own.push_back(std::move(letters));
  }
  if (is_run(password) || is_repetition(password)) return true;
  const std::string core = core_of(password);
  if (core.empty()) return password.size() < 16;  // digits and signs only: dates and telephone numbers
  if (is_made_of_words(core, own) || is_run(core) || is_repetition(core)) return true;
  return is_made_of_words(letters_of(password), own) || is_made_of_words(letters_of(core), own);
}

void check_password(std::string_view password, std::size_t least, const std::vector<std::string>& own_words) {
  if (!is_valid_utf8(password) || count_characters(password) < least || password.size() > most_password_bytes) {
    throw InvalidInput("weak_password",
                       {fmt::format("A password needs at least {} characters (and at most 1,024 bytes).", least),
                        fmt::format("비밀번호는 {}자 이상(1,024바이트 이하)이어야 합니다.", least)});
  }
  if (is_known_password(password, own_words)) {
    throw InvalidInput(
        "known_password",
        {"This password is among those that are tried first. Several words that do not belong together "
         "are better.",
         "누구나 먼저 시도해 보는 비밀번호입니다. 서로 관계없는 낱말 여러 개를 이어 쓰는 것이 좋습니다."});
  }
}

PasswordLimits usual_password_limits(int processors) {
  // Each of them holds a thread: a quarter of the 64 is left to the others.
  return {std::clamp(processors, 2, 16), 32, 5'000};
}

PasswordLimits password_limits() {
  Line& all = line();
  const std::lock_guard lock(all.mutex);
  return all.limits;
}

void set_password_limits(const PasswordLimits& limits) {
  Line& all = line();
  const std::lock_guard lock(all.mutex);
  all.limits = limits;
}

PasswordWork password_work() {
  Line& all = line();
  const std::lock_guard lock(all.mutex);
  return {all.running, all.waiting};
}

PasswordPlace::PasswordPlace(const PasswordLimits& limits) {
  Line& all = line();
  std::unique_lock lock(all.mutex);
  if (all.running >= limits.at_once) {
    if (all.waiting >= limits.waiting) throw_busy(all, limits);
    ++all.waiting;
    const bool free = all.free.wait_for(lock, std::chrono::milliseconds(limits.timeout_ms),
                                        [&] { return all.running < limits.at_once; });
    --all.waiting;
    if (!free) throw_busy(all, limits);
  }
  ++all.running;
  began_ = std::chrono::steady_clock::now();
}

PasswordPlace::~PasswordPlace() {
  Line& all = line();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began_;
  {
    const std::lock_guard lock(all.mutex);
    --all.running;
    all.usual_ms += (took.count() - all.usual_ms) / 16;
  }
  all.free.notify_one();
}

std::string hash_password(const std::string& password) {
  const PasswordPlace place(password_limits());
  return hash_now(password);
}

bool matches_password(const std::string& hash, const std::string& password) {
  const PasswordPlace place(password_limits());
  const bool too_long = password.size() > most_password_bytes;
  const std::string& known = hash.empty() ? nobodys_hash() : hash;
  const bool matches = crypto_pwhash_str_verify(known.c_str(), password.data(), too_long ? 0 : password.size()) == 0;
  return matches && !too_long && !hash.empty();
}

}  // namespace hanjari::services
