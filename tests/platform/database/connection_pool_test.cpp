// Who waits for a connection holds a thread that others need: so only a few wait where nothing comes.
#include "database/connection_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "database/transaction.h"
#include "hanjari/base/error.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

// How many of the callers were told this, and soon: in half of the five seconds that the hopeful wait.
std::map<std::string, int> told_soon(int callers, const std::function<void()>& call) {
  std::map<std::string, int> told;
  std::mutex mutex;
  std::vector<std::thread> threads;
  const auto began = std::chrono::steady_clock::now();
  for (int caller = 0; caller < callers; ++caller) {
    threads.emplace_back([&] {
      std::string code = "done";
      try {
        call();
      } catch (const Unavailable& error) {
        code = error.code();
      }
      const std::lock_guard lock(mutex);
      if (std::chrono::steady_clock::now() - began < 2'500ms) ++told[code];
    });
  }
  for (std::thread& thread : threads) thread.join();
  return told;
}

// Red when everybody waited five seconds for a connection that nobody gave back.
TEST(ConnectionPool, LetsOnlyAFewWaitWhereNothingMoves) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  const auto first = pool.lease();
  const auto second = pool.lease();
  std::this_thread::sleep_for(2'200ms);  // longer than connections may stand still
  EXPECT_GE(told_soon(40, [&] { pool.lease(); })["database_busy"], 40 - 12);
}

// Red while it was called ready: the watcher's own question is answered where tables are locked that others write to.
TEST(ConnectionPool, TellsOperationsWhileEverybodyWaitsForTheDatabase) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 1);
  const auto code = [&] { return code_thrown([&] { pool.check_writing(); }); };
  std::optional<storage::ConnectionPool::Lease> held;
  held.emplace(pool.lease());
  std::this_thread::sleep_for(2'200ms);  // longer than connections may stand still
  EXPECT_EQ(code(), "nothing") << "nobody waits for it";
  std::atomic<bool> served{false};
  std::thread waits([&] {
    while (!served) {
      try {
        pool.lease();
        served = true;
      } catch (const Unavailable&) {
      }
    }
  });
  std::string told = code();
  for (int look = 0; look < 1'000 && told == "nothing"; ++look) {
    std::this_thread::sleep_for(10ms);
    told = code();
  }
  EXPECT_EQ(told, "database_busy");
  held.reset();
  waits.join();
  EXPECT_EQ(code(), "nothing");
}

// Red when a pause without any work counted as standing still.
TEST(ConnectionPool, LetsEverybodyWaitWhereConnectionsComeBack) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  { const auto used = pool.lease(); }
  std::this_thread::sleep_for(2'200ms);
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int caller = 0; caller < 40; ++caller) {
    threads.emplace_back([&] {
      auto lease = pool.lease();
      (*lease).execute("DO SLEEP(0.02)");
      ++done;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 40);
}

// Red when each caller tried by himself, for as long as lost connections are tried again.
TEST(ConnectionPool, TellsAtOnceThatTheServerTakesNoConnections) {
  std::atomic<int> tries{0};
  storage::ConnectionPool pool(
      [&]() -> std::unique_ptr<storage::Connection> {
        ++tries;
        throw storage::DriverError(1040, "08004");
      },
      4);
  const storage::RetryPolicy policy{4'000ms, 20ms};
  const auto read = [&] {
    storage::in_reading(pool, policy,
                        [](storage::Connection& connection) { return connection.select("SELECT 1").next(); });
  };
  EXPECT_GE(told_soon(40, read)["database_refusing"], 40 - 12 - 4);
  EXPECT_GE(tries, 2) << "a few go on trying";
}

// Red when a refused connection failed the work although another one stood idle a moment later.
TEST(ConnectionPool, WorksOverWhatStandsWhenTheServerTakesNoMore) {
  TestDatabase database;
  std::atomic<bool> refuses{false};
  storage::ConnectionPool pool(
      [&]() -> std::unique_ptr<storage::Connection> {
        if (refuses) throw storage::DriverError(1040, "08004");
        return database.connect();
      },
      4);
  { const auto stands = pool.lease(); }
  refuses = true;
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int caller = 0; caller < 10; ++caller) {
    threads.emplace_back([&] {
      auto lease = pool.lease();
      (*lease).execute("DO SLEEP(0.02)");
      ++done;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 10);
}

}  // namespace
}  // namespace hanjari::tests
