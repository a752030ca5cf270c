#include "intake/pages/files/picture_queue.h"

#include <algorithm>

#include "hanjari/actor/attempts.h"
#include "hanjari/base/error.h"
#include "hanjari/site/busy.h"

namespace hanjari::web {
namespace {

[[noreturn]] void refuse_picture() {
  throw Busy({"Too many photos are being sent at the moment.", "지금 사진 등록이 몰리고 있습니다."});
}

std::string key_of_account(const std::string& account) {
  return "account " + account;
}

std::string key_of_source(const std::string& source) {
  return "source " + source;
}

}  // namespace

PictureQueue::Turn::Turn(PictureQueue& queue, const std::string& account, const std::string& address)
    : queue_(queue), account_(key_of_account(account)), source_(key_of_source(services::source_of_limits(address))) {
  queue_.enter(account_, source_);
}

PictureQueue::Turn::~Turn() {
  queue_.leave(account_, source_, true);
}

int PictureQueue::waiting() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(line_.size());
}

void PictureQueue::enter(const std::string& account, const std::string& source) {
  std::unique_lock lock(mutex_);
  if (at_work_ + static_cast<int>(line_.size()) >= limits_.in_all) refuse_picture();
  int& of_account = of_[account];
  int& of_source = of_[source];
  if (of_account >= limits_.of_account || of_source >= limits_.of_source) {
    if (of_account == 0) of_.erase(account);
    if (of_source == 0) of_.erase(source);
    refuse_picture();
  }
  const std::uint64_t ticket = next_;
  line_.push_back(ticket);
  ++next_;
  ++of_account;
  ++of_source;
  const bool in_time = changed_.wait_for(
      lock, limits_.longest_wait, [&] { return at_work_ < limits_.at_once && line_.front() == ticket; });
  std::erase(line_, ticket);
  if (in_time) {
    ++at_work_;
    changed_.notify_all();  // there may be room for the next one too
    return;
  }
  lock.unlock();
  leave(account, source, false);
  refuse_picture();
}

void PictureQueue::leave(const std::string& account, const std::string& source, bool was_at_work) noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (was_at_work) --at_work_;
    for (const std::string* key : {&account, &source}) {
      const auto found = of_.find(*key);
      if (found != of_.end() && --found->second <= 0) of_.erase(found);
    }
  }
  changed_.notify_all();
}

PictureQueue& picture_queue() {
  static PictureQueue queue{PictureQueue::Limits{}};
  return queue;
}

}  // namespace hanjari::web
