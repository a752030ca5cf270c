#include "database/database_watch.h"

#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

constexpr std::chrono::milliseconds between_questions{500};
constexpr std::chrono::seconds between_looks_at_keys{5};
// A database that takes longer for the smallest question is too slow for people who wait.
constexpr std::chrono::milliseconds longest_question{900};
constexpr std::chrono::milliseconds usual_silence{300};
// After this silence, or so many slow answers one after the other, it is as good as away: each page asks several questions.
constexpr std::chrono::seconds longest_silence{2};
constexpr int most_slow_answers = 3;
// An open connection does not tell whether the server takes others.
constexpr std::chrono::seconds between_openings{2};
constexpr std::chrono::milliseconds between_looks_at_the_clock{100};

std::exception_ptr translated(const DriverError& error) {
  try {
    throw_translated(error);
  } catch (const Unavailable&) {
    return std::current_exception();
  } catch (const std::exception&) {
    return std::make_exception_ptr(DatabaseUnavailable(
        "database_broken", {fmt::format("the database answers the smallest question with error {}", error.code()),
                            in_korean("데이터베이스가 가장 간단한 질의에 오류 {}[으로/로] 답합니다", error.code())}));
  }
}

std::exception_ptr is_slow(std::chrono::steady_clock::duration silence) {
  const double seconds = std::chrono::duration<double>(silence).count();
  return std::make_exception_ptr(DatabaseUnavailable(
      "database_slow", {fmt::format("the database takes more than {:.1f} seconds for the smallest question", seconds),
                        fmt::format("데이터베이스가 가장 간단한 질의에 답하는 데 {:.1f}초 넘게 걸립니다", seconds)}));
}

}  // namespace

DatabaseWatch::DatabaseWatch(ConnectionPool::Open open, std::function<void()> check_keys, ConnectionPool& pool)
    : open_(std::move(open)),
      check_keys_(std::move(check_keys)),
      pool_(pool),
      thread_([this] { run(); }) {
  try {
    timekeeper_ = std::thread([this] { keep_time(); });
  } catch (...) {  // the system gives no other thread; the first one must not be left behind
    finish();
    throw;
  }
}

DatabaseWatch::~DatabaseWatch() {
  finish();
}

void DatabaseWatch::finish() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
  if (timekeeper_.joinable()) timekeeper_.join();
}

void DatabaseWatch::check() const {
  const std::lock_guard lock(mutex_);
  if (outage_) std::rethrow_exception(outage_);
  if (asked_at_) {
    const auto silence = std::chrono::steady_clock::now() - *asked_at_;
    if (silence > longest_question) std::rethrow_exception(is_slow(silence));
  }
  if (trouble_) std::rethrow_exception(trouble_);
  pool_.check_writing();
}

bool DatabaseWatch::is_silent() const {
  const std::lock_guard lock(mutex_);
  return asked_at_ && std::chrono::steady_clock::now() - *asked_at_ > usual_silence;
}

void DatabaseWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    asked_at_ = std::chrono::steady_clock::now();
    lock.unlock();
    try {
      ask();
    } catch (...) {
      // No memory even for saying so: the next question comes all the same. An exception that left this thread would
      // end the program.
    }
    lock.lock();
    asked_at_.reset();
    changed_.wait_for(lock, between_questions, [this] { return stopping_; });
  }
}

// The one that asks may wait for an answer, or for a connection, longer than anybody else should.
void DatabaseWatch::keep_time() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, between_looks_at_the_clock, [this] { return stopping_; });
    if (stopping_ || outage_ || !asked_at_) continue;
    const auto silence = std::chrono::steady_clock::now() - *asked_at_;
    if (silence <= longest_silence) continue;
    try {
      outage_ = is_slow(silence);
      away_ = true;
      pool_.begin_outage(outage_);
    } catch (...) {
      // No memory for saying so: the next look comes all the same.
    }
  }
}

// Opens one where there is none, and now and then another one in its place; false when the server takes no more.
bool DatabaseWatch::ask_for_a_connection() {
  const auto now = std::chrono::steady_clock::now();
  if (connection_ && !refusing_ && now - opened_at_ < between_openings) return true;
  try {
    connection_ = open_();
    opened_at_ = now;
    refusing_ = nullptr;
    return true;
  } catch (const DriverError& error) {
    if (!connection_ || !error.refuses_connections()) throw;
    refusing_ = translated(error);
    return false;
  }
}

void DatabaseWatch::ask() {
  try {
    const auto began = std::chrono::steady_clock::now();
    std::exception_ptr trouble;
    if (!ask_for_a_connection()) trouble = refusing_;
    Rows rows = connection_->select("SELECT @@global.read_only <> 'OFF' AND @@global.read_only <> 0");
    if (rows.next() && rows.integer() != 0) {
      trouble = std::make_exception_ptr(DatabaseUnavailable(
          "database_read_only",
          {"the database takes no changes (read_only is set)", "데이터베이스가 변경을 받지 않습니다(read_only 설정)"}));
    }
    const auto took = std::chrono::steady_clock::now() - began;
    slow_answers_ = took > longest_question ? slow_answers_ + 1 : 0;
    if (slow_answers_ > 0) {
      const bool lasting = took > longest_silence || slow_answers_ >= most_slow_answers;
      return lasting ? tell(is_slow(took), nullptr) : tell(nullptr, is_slow(took));
    }
    tell(nullptr, trouble);
    if (trouble) return;
  } catch (const DriverError& error) {
    connection_.reset();
    return tell(translated(error), nullptr);
  } catch (const Unavailable&) {
    connection_.reset();
    return tell(std::current_exception(), nullptr);
  } catch (...) {
    connection_.reset();
    return tell(std::make_exception_ptr(DatabaseUnavailable(
                    "database_broken", {"the database could not be asked; look into its error log",
                                        "데이터베이스에 질의하지 못했습니다. 데이터베이스의 오류 로그를 확인하십시오"})),
                nullptr);
  }
  look_at_keys();
}

void DatabaseWatch::look_at_keys() {
  const auto now = std::chrono::steady_clock::now();
  if (now - keys_checked_at_ < between_looks_at_keys) return;
  keys_checked_at_ = now;
  {
    const std::lock_guard lock(mutex_);
    asked_at_ = now;  // another question, of its own length
  }
  try {
    check_keys_();
  } catch (const Unavailable&) {
    keys_checked_at_ = {};  // asked again at once, and told as long as it is so
    tell(known_outage(), std::current_exception());
  } catch (...) {
    keys_checked_at_ = {};
    tell(known_outage(), std::make_exception_ptr(Unavailable(
                      "keys_not_checked", {"it could not be seen whether the keys open; look at the key file",
                                           "키가 열리는지 확인하지 못했습니다. 키 파일을 확인하십시오"})));
  }
}

// What the timekeeper has declared while the keys were asked for: they tell nothing of its end.
std::exception_ptr DatabaseWatch::known_outage() const {
  const std::lock_guard lock(mutex_);
  return outage_;
}

void DatabaseWatch::tell(std::exception_ptr outage, std::exception_ptr other) {
  {
    const std::lock_guard lock(mutex_);
    outage_ = outage;
    trouble_ = std::move(other);
    away_ = outage != nullptr;
  }
  if (outage) {
    pool_.begin_outage(std::move(outage));
  } else {
    pool_.end_outage();
  }
}

}  // namespace hanjari::storage
