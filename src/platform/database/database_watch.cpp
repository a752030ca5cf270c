#include "database/database_watch.h"

#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

constexpr std::chrono::milliseconds between_questions{500};
constexpr std::chrono::seconds between_looks_at_keys{5};
// A database that takes longer for the smallest question is too slow for people who wait.
constexpr std::chrono::milliseconds longest_question{900};

std::exception_ptr translated(const DriverError& error) {
  try {
    throw_translated(error);
  } catch (const Unavailable&) {
    return std::current_exception();
  } catch (const std::exception&) {
    return std::make_exception_ptr(DatabaseUnavailable(
        "database_broken", {fmt::format("the database answers the smallest question with error {}", error.code()),
                            fmt::format("데이터베이스가 가장 간단한 질의에 오류 {}(으)로 답합니다", error.code())}));
  }
}

}  // namespace

DatabaseWatch::DatabaseWatch(ConnectionPool::Open open, std::function<void()> check_keys, ConnectionPool& pool)
    : open_(std::move(open)), check_keys_(std::move(check_keys)), pool_(pool), thread_([this] { run(); }) {}

DatabaseWatch::~DatabaseWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void DatabaseWatch::check() const {
  const std::lock_guard lock(mutex_);
  if (outage_) std::rethrow_exception(outage_);
  if (asked_at_) {
    const auto silent = std::chrono::steady_clock::now() - *asked_at_;
    if (silent > longest_question) {
      const double seconds = std::chrono::duration<double>(silent).count();
      throw DatabaseUnavailable(
          "database_slow",
          {fmt::format("the database has not answered the smallest question for {:.1f} seconds", seconds),
           fmt::format("데이터베이스가 가장 간단한 질의에 {:.1f}초째 답하지 않습니다", seconds)});
    }
  }
  if (trouble_) std::rethrow_exception(trouble_);
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

void DatabaseWatch::ask() {
  try {
    if (!connection_) connection_ = open_();
    Rows rows = connection_->select("SELECT @@global.read_only <> 'OFF' AND @@global.read_only <> 0");
    std::exception_ptr trouble;
    if (rows.next() && rows.integer() != 0) {
      trouble = std::make_exception_ptr(DatabaseUnavailable(
          "database_read_only",
          {"the database takes no changes (read_only is set)", "데이터베이스가 변경을 받지 않습니다(read_only 설정)"}));
    }
    tell(nullptr, trouble);
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
  const auto now = std::chrono::steady_clock::now();
  if (now - keys_checked_at_ < between_looks_at_keys) return;
  keys_checked_at_ = now;
  try {
    check_keys_();
  } catch (const Unavailable&) {
    keys_checked_at_ = {};  // asked again at once, and told as long as it is so
    tell(nullptr, std::current_exception());
  } catch (...) {
    keys_checked_at_ = {};
    tell(nullptr, std::make_exception_ptr(Unavailable(
                      "keys_not_checked", {"it could not be seen whether the keys open; look at the key file",
                                           "키가 열리는지 확인하지 못했습니다. 키 파일을 확인하십시오"})));
  }
}

void DatabaseWatch::tell(std::exception_ptr outage, std::exception_ptr other) {
  {
    const std::lock_guard lock(mutex_);
    outage_ = outage;
    trouble_ = std::move(other);
  }
  if (outage) {
    pool_.begin_outage(std::move(outage));
  } else {
    pool_.end_outage();
  }
}

}  // namespace hanjari::storage
