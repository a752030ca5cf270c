#include "hanjari/intake/submission_queue.h"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/intake/submitting.h"

namespace hanjari::services {
namespace {

using std::chrono::steady_clock;

std::string scoped_key(const Submission& submission) {
  return submission.draft.exam.text() + "/" + submission.key;
}

}  // namespace

InQueue::InQueue(std::int64_t place, std::chrono::seconds retry_after, Instant first_received)
    : Unavailable(
          "in_line",
          {fmt::format("Many people are submitting at this moment; you are number {} in the queue. Your place and "
                       "the time of your first attempt are kept; please send again in {} seconds.",
                       place, retry_after.count()),
           fmt::format(
               "지금 제출이 몰리고 있습니다. 대기 순번은 {}번이며, 순번과 처음 제출한 시각을 보관하고 있습니다. "
               "{}초 뒤에 다시 제출해 주십시오.",
               place, retry_after.count())}),
      place_(place),
      retry_after_(retry_after),
      first_received_(first_received) {}

SubmissionQueue::SubmissionQueue(ApplicationRepository& applications, const Clock& clock, QueueSettings settings)
    : applications_(applications), clock_(clock), settings_(settings) {
  for (int at = 0; at < settings_.committers; ++at) threads_.emplace_back([this] { work(); });
}

SubmissionQueue::~SubmissionQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

SubmissionQueue::Admission::~Admission() {
  if (queue_ != nullptr) queue_->leave();
}

void SubmissionQueue::leave() {
  const std::lock_guard lock(mutex_);
  --admitted_;
}

void SubmissionQueue::give_up(const std::string& key) {
  const auto place = places_.find(key);
  line_.erase(std::lower_bound(line_.begin(), line_.end(), place->second.number));
  places_.erase(place);
}

// Places whose owners did not come back are given up, so that they do not hold up the others.
void SubmissionQueue::forget_absent(steady_clock::time_point now) {
  if (now - looked_at_ < std::chrono::seconds(1)) return;
  looked_at_ = now;
  std::vector<std::string> absent;
  for (const auto& [key, place] : places_) {
    if (now - place.seen >= settings_.keep_place) absent.push_back(key);
  }
  for (const std::string& key : absent) give_up(key);
}

SubmissionQueue::Admission SubmissionQueue::admit(const std::string& key, Instant received_at) {
  const auto now = steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (!line_.empty()) forget_absent(now);
  const std::size_t room = settings_.waiting > admitted_ ? settings_.waiting - admitted_ : 0;
  auto place = places_.find(key);
  if (place == places_.end()) {
    if (line_.empty() && room > 0) {
      ++admitted_;
      return {*this, received_at};
    }
    if (line_.size() >= settings_.line) {
      throw Unavailable("line_full", {"Too many people are submitting at this moment. Please try again soon.",
                                      "지금 제출이 매우 많습니다. 잠시 후 다시 시도해 주십시오."});
    }
    place = places_.emplace(key, Place{{received_at, next_number_++}, now}).first;
    line_.insert(std::upper_bound(line_.begin(), line_.end(), place->second.number), place->second.number);
  }
  place->second.seen = now;
  const auto before =
      static_cast<std::size_t>(std::lower_bound(line_.begin(), line_.end(), place->second.number) - line_.begin());
  // With room for as many as stand before, nobody who is away holds up somebody who is here.
  if (before < room) {
    const Instant first = place->second.number.first;
    give_up(key);
    ++admitted_;
    return {*this, first};
  }
  const double ahead = static_cast<double>(before + admitted_);
  const auto wait = std::clamp(static_cast<long>(ahead / std::max(per_second_, 1.0)) + 1, 1L,
                               static_cast<long>(settings_.keep_place.count() / 2));
  throw InQueue(static_cast<std::int64_t>(before) + 1, std::chrono::seconds(wait), place->second.number.first);
}

StoredSubmission SubmissionQueue::store(Submission submission) {
  std::future<StoredSubmission> answer;
  {
    const std::lock_guard lock(mutex_);
    const std::string key = scoped_key(submission);
    const auto same = by_key_.find(key);
    std::shared_ptr<Job> job = same == by_key_.end() ? nullptr : same->second;
    if (job == nullptr) {
      job = std::make_shared<Job>(Job{std::move(submission), {}});
      by_key_.emplace(key, job);
      jobs_.push_back(job);
    }
    answer = job->answers.emplace_back().get_future();
  }
  ready_.notify_one();
  return answer.get();
}

std::vector<SubmissionQueue::Stored> SubmissionQueue::store_batch(const std::vector<Submission>& batch) {
  std::vector<Stored> stored(batch.size());
  // Gives whether the others need not be tried: the database is away for them too.
  const auto store = [&](std::size_t begin, std::size_t count) {
    const auto fail = [&] {
      for (std::size_t at = begin; at < begin + count; ++at) stored[at].failure = std::current_exception();
    };
    try {
      const auto answers =
          applications_.save_submissions(std::span(batch).subspan(begin, count), [this] { return clock_.now(); });
      for (std::size_t at = 0; at < count; ++at) stored[begin + at] = {answers[at], nullptr};
    } catch (const DatabaseUnavailable&) {
      fail();
      return true;
    } catch (...) {
      fail();
    }
    return false;
  };
  const bool away = store(0, batch.size());
  if (away || batch.size() == 1 || !stored.front().failure) return stored;
  // Something of one submission cannot be read or stored, and the others share its commit: each is stored by itself.
  // What the batch may have stored after all is found by its keys.
  for (std::size_t at = 0; at < batch.size(); ++at) {
    if (!store(at, 1)) continue;
    for (std::size_t rest = at + 1; rest < batch.size(); ++rest) stored[rest].failure = stored[at].failure;
    break;
  }
  return stored;
}

void SubmissionQueue::work() {
  while (true) {
    std::vector<std::shared_ptr<Job>> taken;
    try {
      if (!take(taken)) return;
      store_taken(taken);
    } catch (...) {
      // No memory for the work itself: nothing was stored. An exception that left this thread would end the program.
      fail(taken, std::current_exception());
    }
  }
}

// False when the queue is empty and will stay so.
bool SubmissionQueue::take(std::vector<std::shared_ptr<Job>>& taken) {
  std::unique_lock lock(mutex_);
  ready_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
  if (jobs_.empty()) return false;
  while (!jobs_.empty() && taken.size() < settings_.batch) {
    taken.push_back(jobs_.front());
    jobs_.pop_front();
  }
  return true;
}

void SubmissionQueue::store_taken(const std::vector<std::shared_ptr<Job>>& taken) {
  // Whatever needs memory comes before the commit: what is stored must be answered.
  std::vector<Submission> batch;
  std::vector<std::string> keys;
  for (const auto& job : taken) {
    batch.push_back(job->submission);
    keys.push_back(scoped_key(job->submission));
  }
  std::vector<std::vector<std::promise<StoredSubmission>>> answers;
  answers.reserve(taken.size());
  const auto began = steady_clock::now();
  const std::vector<Stored> stored = store_batch(batch);
  {
    const std::lock_guard lock(mutex_);
    for (std::size_t at = 0; at < taken.size(); ++at) {
      by_key_.erase(keys[at]);
      answers.push_back(std::move(taken[at]->answers));
    }
    const auto went_well = static_cast<std::size_t>(
        std::count_if(stored.begin(), stored.end(), [](const Stored& one) { return !one.failure; }));
    if (went_well > 0) {
      stored_ += went_well;
      ++commits_;
      const double seconds = std::chrono::duration<double>(steady_clock::now() - began).count();
      const double rate = static_cast<double>(went_well) / std::max(seconds, 0.001);
      per_second_ += (rate - per_second_) * 0.1;
    }
  }
  for (std::size_t at = 0; at < answers.size(); ++at) {
    for (auto& promise : answers[at]) {
      if (stored[at].failure) {
        promise.set_exception(stored[at].failure);
      } else {
        promise.set_value(stored[at].answer);
      }
    }
  }
}

void SubmissionQueue::fail(const std::vector<std::shared_ptr<Job>>& taken, const std::exception_ptr& failure) {
  const std::lock_guard lock(mutex_);
  for (const auto& job : taken) {
    std::erase_if(by_key_, [&](const auto& waiting) { return waiting.second == job; });
    for (auto& promise : job->answers) promise.set_exception(failure);
    job->answers.clear();
  }
}

SubmissionQueue::Figures SubmissionQueue::figures() const {
  const std::lock_guard lock(mutex_);
  return {admitted_, line_.size(), stored_, commits_};
}

}  // namespace hanjari::services
