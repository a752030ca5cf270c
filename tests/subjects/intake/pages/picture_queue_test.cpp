// Photos that are sent at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/photos/portrait.h"
#include "intake/pages/files/picture_queue.h"
#include "photos/jpeg.h"

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

// The code with which a picture is refused; "taken" otherwise. As the page of the photo decodes.
std::string code_in_turn(PictureQueue& queue, const std::string& account, const std::string& source, const std::string& upload) {
  try {
    const Turn turn(queue, account, source);
    photos::read_picture(upload);
    return "taken";
  } catch (const Error& refused) {
    return refused.code();
  }
}

// A baseline file whose head says that it is progressive and 64 megapixels large, in a few kilobytes.
std::string hostile_picture(std::string jpeg) {
  const auto frame = jpeg.find("\xFF\xC0");
  EXPECT_NE(frame, std::string::npos);
  jpeg[frame + 1] = '\xC2';
  for (const std::size_t at : {std::size_t{5}, std::size_t{7}}) {
    jpeg[frame + at] = static_cast<char>(8'000 / 256);
    jpeg[frame + at + 1] = static_cast<char>(8'000 % 256);
  }
  return jpeg;
}

// Red when the hostile files are decoded: two of them at a time hold the queue for as long as they are sent.
TEST(PictureQueue, TakesEightHonestPhotosBesideHostileOnesOf64Megapixels) {
  photos::Pixels pixels{900, 1'200, std::vector<unsigned char>(std::size_t{900} * 1'200 * 4, 120)};
  const std::string honest = photos::encode_jpeg(pixels, 80);
  const std::string hostile = hostile_picture(honest);
  PictureQueue queue{PictureQueue::Limits{}};
  std::atomic<int> taken{0};
  std::atomic<int> turned_away{0};
  std::atomic<bool> over{false};
  {
    std::vector<std::jthread> attackers;
    for (int account = 0; account < 6; ++account) {
      attackers.emplace_back([&, account] {
        do {
          const std::string code = code_in_turn(queue, "p-hostile" + std::to_string(account), "192.0.2." + std::to_string(account % 2), hostile);
          EXPECT_EQ(code, "photo_progressive");
          ++turned_away;
        } while (!over);
      });
    }
    {
      std::vector<std::jthread> people;
      for (int person = 0; person < 8; ++person) {
        people.emplace_back([&, person] {
          EXPECT_EQ(code_in_turn(queue, "p-" + std::to_string(person), "198.51.100.1", honest), "taken");
          ++taken;
        });
      }
    }
    over = true;
  }
  EXPECT_EQ(taken, 8);
  EXPECT_GE(turned_away, 6);
  EXPECT_EQ(queue.waiting(), 0);
}

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
