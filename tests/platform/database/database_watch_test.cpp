// The thread that asks the database all the time: whatever it meets is told, and nothing ends the program.
#include "database/database_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

#include "hanjari/base/error.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

// Waits until the watch says this; "ready" when it has nothing to say.
bool comes_to_say(const storage::DatabaseWatch& watch, const std::string& wanted) {
  const auto until = std::chrono::steady_clock::now() + 10min;
  while (std::chrono::steady_clock::now() < until) {
    std::string said = "ready";
    try {
      watch.check();
    } catch (const Unavailable& told) {
      said = told.code();
    }
    if (said == wanted) return true;
    std::this_thread::sleep_for(1ms);
  }
  return false;
}

// Red when only Unavailable was caught: a key file that could not be read ended the program.
TEST(DatabaseWatch, TellsOfKeysThatCannotBeCheckedWhateverIsThrown) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  std::atomic<int> failure{1};
  const storage::DatabaseWatch watch([&] { return database.connect(); },
                                     [&] {
                                       if (failure == 1) throw std::runtime_error("김한자 010-1234-5678");
                                       if (failure == 2) throw 7;
                                     },
                                     pool);
  EXPECT_TRUE(comes_to_say(watch, "keys_not_checked"));
  failure = 2;
  EXPECT_TRUE(comes_to_say(watch, "keys_not_checked"));
  failure = 0;
  EXPECT_TRUE(comes_to_say(watch, "ready"));
}

TEST(DatabaseWatch, TellsOfADatabaseThatCannotBeAskedWhateverIsThrown) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  std::atomic<bool> broken{true};
  const storage::DatabaseWatch watch(
      [&] {
        if (broken) throw std::runtime_error("no socket");
        return database.connect();
      },
      [] {}, pool);
  EXPECT_TRUE(comes_to_say(watch, "database_broken"));
  broken = false;
  EXPECT_TRUE(comes_to_say(watch, "ready"));
}

}  // namespace
}  // namespace hanjari::tests
