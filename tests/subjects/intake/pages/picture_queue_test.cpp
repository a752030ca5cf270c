// Photos that are sent at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "intake/pages/files/picture_queue.h"

namespace hanjari::web::testing {
namespace {

using Turn = PictureQueue::Turn;

// Red with a gate of four that refuses the fifth.
TEST(PictureQueue, TakesEightHonestPhotosAtOnceTwoAtATime) {
  PictureQueue queue{PictureQueue::Limits{}};
  std::atomic<int> decoding{0};
  std::atomic<int> most{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> people;
  for (int person = 0; person < 8; ++person) {
    people.emplace_back([&, person] {
      try {
        const Turn turn(queue, "p-" + std::to_string(person), "192.0.2.1");
        const int now = ++decoding;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        --decoding;
      } catch (const Unavailable&) {
        ++refused;
      }
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(refused, 0);
  EXPECT_LE(most, 2);
  EXPECT_EQ(queue.waiting(), 0);
}

// Those that wait while one decodes, each in a thread of its own.
struct Crowd {
  explicit Crowd(PictureQueue& its_queue) : queue(its_queue), first(std::make_unique<Turn>(queue, "p-0", "first")) {}
  ~Crowd() { finish(); }
  void add(const std::string& account, const std::string& address) {
    const int before = queue.waiting() + refused;
    threads.emplace_back([this, account, address] {
      try {
        const Turn turn(queue, account, address);
        ++taken;
      } catch (const Unavailable&) {
        ++refused;
      }
    });
    while (queue.waiting() + refused == before) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  void finish() {
    first.reset();
    for (std::thread& thread : threads) thread.join();
    threads.clear();
  }
  PictureQueue& queue;
  std::unique_ptr<Turn> first;
  std::atomic<int> taken{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
};

// Red without shares: one account filled the line, and the honest were refused.
TEST(PictureQueue, GivesOneAccountAndOneSourceOnlyTheirShare) {
  PictureQueue queue({.at_once = 1, .in_all = 10, .of_source = 5, .of_account = 2});
  Crowd crowd(queue);
  for (int photo = 0; photo < 6; ++photo) crowd.add("p-hostile", "192.0.2." + std::to_string(photo));
  EXPECT_EQ(crowd.refused, 4) << "two of an account";
  for (int account = 0; account < 8; ++account)
    crowd.add("p-many" + std::to_string(account), "2001:db8:1:2::" + std::to_string(account + 1));
  EXPECT_EQ(crowd.refused, 4 + 3) << "five of a network";
  for (int person = 0; person < 2; ++person) crowd.add("p-honest" + std::to_string(person), "198.51.100.1");
  EXPECT_EQ(crowd.refused, 7);
  crowd.finish();
  EXPECT_EQ(crowd.taken, 9);
}

TEST(PictureQueue, RefusesWhoWaitsTooLongAndForgetsThem) {
  PictureQueue queue({.at_once = 1, .of_account = 1, .longest_wait = std::chrono::milliseconds(20)});
  Crowd crowd(queue);
  EXPECT_THROW(Turn(queue, "p-1", "192.0.2.1"), Unavailable);
  crowd.finish();
  EXPECT_NO_THROW(Turn(queue, "p-1", "192.0.2.1")) << "the place is free again";
}

}  // namespace
}  // namespace hanjari::web::testing
