#include "hanjari/actor/attempts.h"

#include <arpa/inet.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto longest_wait = 3s;
constexpr auto between_asking = 30ms;

// What was counted: wrong guesses, or uses that were no fault of anybody's.
enum class Counted { guesses, uses };

// Says what is true of it and how long it lasts at most: a school behind one address has guessed nothing.
[[noreturn]] void throw_too_many(Counted counted, std::chrono::minutes within) {
  const auto minutes = within.count();
  if (counted == Counted::uses) {
    throw TooManyAttempts(
        {fmt::format("Too many codes were requested from your network or for this contact. You can request another "
                     "one in {} minutes at the latest.",
                     minutes),
         fmt::format("같은 네트워크나 같은 연락처에서 인증 번호를 여러 번 요청하여 잠시 제한되었습니다. {}분 안에 다시 "
                     "요청할 수 있습니다.",
                     minutes)});
  }
  throw TooManyAttempts(
      {fmt::format("There were several wrong entries. To protect personal data, please wait: you can try again in {} "
                   "minutes at the latest.",
                   minutes),
       fmt::format("맞지 않는 입력이 여러 번 있어 개인정보 보호를 위하여 잠시 제한되었습니다. {}분 안에 다시 이용할 수 "
                   "있습니다.",
                   minutes)});
}

// The longest time of the limits that are reached.
std::chrono::minutes longest_wait_of(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now) {
  std::chrono::minutes longest{1};
  for (const GuessLimit& limit : limits) {
    if (attempts.count_misses(limit.key, now - limit.within) >= limit.misses) longest = std::max(longest, limit.within);
  }
  return longest;
}

// Everybody in this program who waits until others under the same limits are judged.
struct Waiters {
  std::mutex mutex;
  std::map<std::string, int> by_limit;
};

Waiters& waiters() {
  static Waiters all;
  return all;
}

// Counts one who waits, from the first time that there is no room.
class Waiter {
 public:
  explicit Waiter(const std::vector<GuessLimit>& limits) : limits_(limits) {}
  ~Waiter() {
    if (waits_) add(-1);
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  void begin() {
    if (!waits_) add(1);
    waits_ = true;
  }
  // Under the fullest of these limits.
  int count_others() const {
    Waiters& all = waiters();
    const std::lock_guard lock(all.mutex);
    int most = 1;
    for (const GuessLimit& limit : limits_) {
      const auto found = all.by_limit.find(limit.key);
      if (found != all.by_limit.end()) most = std::max(most, found->second);
    }
    return most - 1;
  }

 private:
  void add(int people) const {
    Waiters& all = waiters();
    const std::lock_guard lock(all.mutex);
    for (const GuessLimit& limit : limits_) {
      int& count = all.by_limit[limit.key];
      count += people;
      if (count == 0) all.by_limit.erase(limit.key);
    }
  }

  const std::vector<GuessLimit>& limits_;
  bool waits_ = false;
};

[[noreturn]] void throw_busy(const Waiter& waiter) {
  const int others = waiter.count_others();
  Text queue{"", ""};
  if (others == 1) queue = {", and another person is waiting", " 다른 1명이 차례를 기다리고"};
  if (others > 1) queue = {fmt::format(", and {} others are waiting", others), fmt::format(" 다른 {}명이 차례를 기다리고", others)};
  const auto seconds = longest_wait.count();
  throw SignInBusy({fmt::format("Many people come from your network at this moment{}. Try again in about {} s.", queue.en, seconds),
                    fmt::format("지금 같은 네트워크에서 접속이 몰려{} 있습니다. 약 {}초 뒤에 다시 시도해 주십시오.", queue.ko, seconds)},
                   longest_wait);
}

// 32 hexadecimal digits by which a call knows its own guess.
std::string draw_word() {
  std::array<unsigned char, 16> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
    throw std::runtime_error("the system gives no random numbers");
  std::string word;
  for (const unsigned char byte : random) word += fmt::format("{:02x}", byte);
  return word;
}

void reserve(AttemptLimit& attempts, const std::string& word, const std::vector<GuessLimit>& limits, Instant now,
             Counted counted) {
  const auto until = steady_clock::now() + longest_wait;
  Waiter waiter(limits);
  while (true) {
    switch (attempts.reserve(word, limits, now)) {
      case AttemptLimit::Reserved::yes:
        return;
      case AttemptLimit::Reserved::full:
        throw_too_many(counted, longest_wait_of(attempts, limits, now));
      case AttemptLimit::Reserved::busy:
        break;
    }
    if (steady_clock::now() >= until) throw_busy(waiter);
    waiter.begin();
    std::this_thread::sleep_for(between_asking);
  }
}

// The look-ups that are being judged in this program, by the limits they count under.
struct InWork {
  std::mutex mutex;
  std::condition_variable one_less;
  std::map<std::pair<const AttemptLimit*, std::string>, int> guesses;
};

InWork& in_work() {
  static InWork work;
  return work;
}

void leave(const AttemptLimit& attempts, const std::vector<GuessLimit>& limits) {
  InWork& work = in_work();
  {
    const std::lock_guard lock(work.mutex);
    for (const GuessLimit& limit : limits) {
      const auto found = work.guesses.find({&attempts, limit.key});
      if (--found->second == 0) work.guesses.erase(found);
    }
  }
  work.one_less.notify_all();
}

}  // namespace

Guess::Guess(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now)
    : attempts_(attempts), word_(draw_word()) {
  reserve(attempts, word_, limits, now, Counted::guesses);
}

Guess::~Guess() {
  try {
    attempts_.settle(word_, wrong_);
  } catch (const std::exception&) {
    // The database is away: the guess counts until its time is over, which is safe.
  }
}

LookUpGuess::LookUpGuess(AttemptLimit& attempts, std::vector<GuessLimit> limits, Instant now)
    : attempts_(attempts), limits_(std::move(limits)), now_(now) {
  InWork& work = in_work();
  const auto until = steady_clock::now() + longest_wait;
  Waiter waiter(limits_);
  while (true) {
    // First into the count, then the question how many were wrong: one of those before that is judged meanwhile may be
    // counted twice, and none is overlooked. Who came first has room first.
    std::vector<int> ranks;
    {
      const std::lock_guard lock(work.mutex);
      for (const GuessLimit& limit : limits_) ranks.push_back(++work.guesses[{&attempts_, limit.key}]);
    }
    bool room = true;
    try {
      for (std::size_t at = 0; at < limits_.size(); ++at) {
        const int misses = attempts_.count_misses(limits_[at].key, now - limits_[at].within);
        if (misses >= limits_[at].misses) throw_too_many(Counted::guesses, longest_wait_of(attempts_, limits_, now_));
        room = room && misses + ranks[at] <= limits_[at].misses;
      }
    } catch (...) {
      leave(attempts_, limits_);
      throw;
    }
    if (room) return;
    leave(attempts_, limits_);
    if (steady_clock::now() >= until) throw_busy(waiter);
    waiter.begin();
    std::unique_lock lock(work.mutex);
    work.one_less.wait_for(lock, between_asking);
  }
}

LookUpGuess::~LookUpGuess() {
  leave(attempts_, limits_);
}

void LookUpGuess::was_wrong() {
  for (const GuessLimit& limit : limits_) attempts_.record_miss(limit.key, now_);
}

void count_use(AttemptLimit& attempts, const std::vector<GuessLimit>& limits, Instant now) {
  count_use(attempts, draw_word(), limits, now);
}

void count_use(AttemptLimit& attempts, const std::string& word, const std::vector<GuessLimit>& limits, Instant now) {
  reserve(attempts, word, limits, now, Counted::uses);
  attempts.settle(word, true);
}

std::string source_of_limits(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  // An address of a link has its interface behind a percent sign.
  if (inet_pton(AF_INET6, address.substr(0, address.find('%')).c_str(), bytes.data()) != 1) return address;
  constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::memcmp(bytes.data(), mapped.data(), mapped.size()) == 0)
    return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
  std::string network;
  for (std::size_t at = 0; at < 8; at += 2)
    network += fmt::format("{:x}:", (static_cast<unsigned>(bytes[at]) << 8U) | bytes[at + 1]);
  return network + ":/64";
}

}  // namespace hanjari::services
