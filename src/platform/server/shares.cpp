#include "server/shares.h"

#include <utility>

#include "hanjari/actor/attempts.h"

namespace hanjari::web {
namespace {

// Bodies up to this size are not counted: there are at most as many as connections.
constexpr std::size_t uncounted_body = 16 * 1024;
// So much is reserved at once, so that not every packet asks.
constexpr std::size_t reserved_at_once = 64 * 1024;
const std::string everybody = "all";

std::size_t rounded_up(std::size_t bytes) {
  return (bytes + reserved_at_once - 1) / reserved_at_once * reserved_at_once;
}

}  // namespace

bool Shares::take(const std::string& name, std::size_t amount, std::size_t most) {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(name);
  const std::size_t before = found == held_.end() ? 0 : found->second;
  if (amount > most || before > most - amount) return false;
  if (found == held_.end()) {
    held_.emplace(name, amount);
  } else {
    found->second += amount;
  }
  return true;
}

void Shares::give_back(const std::string& name, std::size_t amount) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(name);
  if (found == held_.end()) return;
  if (found->second <= amount) {
    held_.erase(found);
  } else {
    found->second -= amount;
  }
}

std::size_t Shares::held(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(name);
  return found == held_.end() ? 0 : found->second;
}

bool SourcePlace::take(const std::string& address, std::size_t most) {
  give_back();
  source_ = services::source_of_limits(address);
  taken_ = shares_.take(source_, 1, most);
  return taken_;
}

void SourcePlace::give_back() noexcept {
  if (taken_) shares_.give_back(source_, 1);
  taken_ = false;
}

void HeldBytes::begin(const std::string& address, std::string account) {
  give_back();
  source_ = services::source_of_limits(address);
  account_ = std::move(account);
}

bool HeldBytes::grow(std::size_t bytes) {
  if (bytes <= uncounted_body || bytes <= bytes_) return true;
  return take(rounded_up(bytes) - bytes_, memory_.most_of_account);
}

bool HeldBytes::grow_alone(std::size_t bytes) {
  if (account_.empty() || bytes <= bytes_) return false;
  const std::size_t more = rounded_up(bytes) - bytes_;
  return take(more, more);
}

bool HeldBytes::take(std::size_t more, std::size_t most_of_account) {
  if (!memory_.all.take(everybody, more, memory_.most)) return false;
  if (!memory_.sources.take(source_, more, memory_.most_of_source)) {
    memory_.all.give_back(everybody, more);
    return false;
  }
  if (!account_.empty() && !memory_.accounts.take(account_, more, most_of_account)) {
    memory_.sources.give_back(source_, more);
    memory_.all.give_back(everybody, more);
    return false;
  }
  bytes_ += more;
  return true;
}

void HeldBytes::give_back() noexcept {
  if (bytes_ == 0) return;
  memory_.all.give_back(everybody, bytes_);
  memory_.sources.give_back(source_, bytes_);
  if (!account_.empty()) memory_.accounts.give_back(account_, bytes_);
  bytes_ = 0;
}

}  // namespace hanjari::web
