#include "rekeying/key_lease.h"

#include <atomic>
#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "database/transaction.h"
#include "hanjari/base/error.h"
#include "vault/process_name.h"

namespace hanjari::storage {
namespace {

constexpr std::chrono::milliseconds between_renewals = KeyLease::held_for / 5;

std::int64_t microseconds(std::chrono::milliseconds time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

[[noreturn]] void throw_running() {
  throw Conflict("rotation_running",
                 {"another program changes the keys at this moment", "다른 프로그램이 지금 키를 바꾸고 있습니다"});
}

// One process may try several times.
std::string draw_holder() {
  static std::atomic<int> next{0};
  return fmt::format("{}#{}", process_name(), ++next);
}

std::string process_of(const std::string& holder) {
  return holder.substr(0, holder.rfind('#'));
}

}  // namespace

KeyLease::KeyLease(Open open) : open_(std::move(open)), holder_(draw_holder()) {
  const auto connection = open_();
  claim(*connection);
  thread_ = std::thread([this] { renew(); });
}

KeyLease::~KeyLease() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
  try {
    open_()->change("UPDATE key_changes SET holder = '' WHERE change_id = 1 AND holder = ?", holder_);
  } catch (const std::exception&) {
    // It runs out by itself.
  }
}

void KeyLease::claim(Connection& connection) {
  Transaction transaction(connection);
  connection.change(
      "INSERT INTO key_changes (change_id, holder, held_until, phase) VALUES (1, '', UTC_TIMESTAMP(6), 'idle') ON "
      "DUPLICATE KEY UPDATE change_id = change_id");
  Rows rows = connection.select(
      "SELECT holder, held_until < UTC_TIMESTAMP(6) FROM key_changes WHERE change_id = 1 FOR UPDATE");
  rows.next();
  const std::string holder = rows.text();
  const bool over = rows.integer() != 0;
  if (!holder.empty() && !over && !has_ended(process_of(holder))) throw_running();
  connection.change(
      "UPDATE key_changes SET holder = ?, held_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND WHERE change_id = 1",
      holder_, microseconds(held_for));
  transaction.commit();
}

void KeyLease::hold(Connection& connection) const {
  if (connection.change("UPDATE key_changes SET held_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND WHERE "
                        "change_id = 1 AND holder = ?",
                        microseconds(held_for), holder_) == 0) {
    throw_running();
  }
}

void KeyLease::renew() {
  std::unique_ptr<Connection> connection;
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, between_renewals, [this] { return stopping_; })) {
    lock.unlock();
    try {
      if (!connection) connection = open_();
      hold(*connection);
    } catch (const std::exception&) {
      // Tried again in time; if it fails until the end, hold() refuses what comes.
      connection.reset();
    }
    lock.lock();
  }
}

}  // namespace hanjari::storage
