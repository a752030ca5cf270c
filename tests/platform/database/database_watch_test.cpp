// The thread that asks the database all the time: whatever it meets is told, and nothing ends the program.
#include "database/database_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "database/driver_error.h"
#include "database/server/own_account.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "stage/links/sick_link.h"
#include "stage/test_database.h"
#include "vault/data_keys.h"

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

// Red when only the thread that waits for the answer could tell of an outage.
TEST(DatabaseWatch, TellsOfAHungDatabaseWhileItHangs) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  std::atomic<bool> hung{true};
  const storage::DatabaseWatch watch(
      [&] {
        while (hung) std::this_thread::sleep_for(1ms);
        return database.connect();
      },
      [] {}, pool);
  EXPECT_TRUE(comes_to_say(watch, "database_slow"));
  const auto until = std::chrono::steady_clock::now() + 30s;
  while (!watch.is_away() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(watch.is_away()) << "nobody has heard an answer for more than two seconds";
  EXPECT_TRUE(watch.is_silent());
  hung = false;
  EXPECT_TRUE(comes_to_say(watch, "ready"));
  EXPECT_FALSE(watch.is_away());
}

// Red while kept pages asked a database that had fallen silent, until it was declared away.
TEST(DatabaseWatch, IsSilentBeforeTheDatabaseIsAway) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  std::atomic<bool> hung{true};
  const storage::DatabaseWatch watch(
      [&] {
        while (hung) std::this_thread::sleep_for(1ms);
        return database.connect();
      },
      [] {}, pool);
  const auto until = std::chrono::steady_clock::now() + 30s;
  bool away_first = false;
  bool silent = false;
  while (!silent && std::chrono::steady_clock::now() < until) {
    away_first = watch.is_away();  // looked at first
    silent = watch.is_silent();
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_TRUE(silent);
  EXPECT_FALSE(away_first);
  hung = false;
  EXPECT_TRUE(comes_to_say(watch, "ready"));
}

// Red when keys that could not be read in an outage ended it: for seconds everybody tried the hung server again.
TEST(DatabaseWatch, EndsNoOutageBecauseKeysCannotBeReadInIt) {
  TestDatabase database;
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  std::atomic<bool> asked{false};
  std::atomic<bool> go_on{false};
  std::atomic<bool> told{false};
  const storage::DatabaseWatch watch([&] { return database.connect(); },
                                     [&] {
                                       if (told) return;
                                       asked = true;
                                       while (!go_on) std::this_thread::sleep_for(1ms);
                                       told = true;
                                       throw DatabaseUnavailable("database_lost", {"no answer", "응답 없음"});
                                     },
                                     pool);
  while (!asked) std::this_thread::sleep_for(1ms);
  HungServer hung(database.folder.path());
  while (!watch.is_away()) std::this_thread::sleep_for(1ms);
  go_on = true;
  while (!told) std::this_thread::sleep_for(1ms);
  const auto until = std::chrono::steady_clock::now() + 1s;
  bool stays = true;
  while (stays && std::chrono::steady_clock::now() < until) {
    stays = watch.is_away();
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_TRUE(stays);
  hung.go_on();
  EXPECT_TRUE(comes_to_say(watch, "ready"));
}

// Red when a slow answer counted as a good one: between two questions the database was called ready.
TEST(DatabaseWatch, DoesNotCallASlowDatabaseReadyBetweenTwoQuestions) {
  TestDatabase database;
  SickLink link(database.folder.path(), database.folder.path() / "mariadb" / "s.sock");
  storage::ConnectionPool pool([&] { return database.connect(); }, 2);
  const storage::DatabaseWatch watch(
      [&] {
        storage::ConnectTo to;
        to.socket = link.socket();
        to.user = storage::own_account_name();
        to.schema = "hanjari";
        return std::make_unique<storage::Connection>(to);
      },
      [] {}, pool);
  ASSERT_TRUE(comes_to_say(watch, "ready"));
  link.delay(1'200ms);
  ASSERT_TRUE(comes_to_say(watch, "database_slow"));
  const auto until = std::chrono::steady_clock::now() + 4s;
  while (std::chrono::steady_clock::now() < until) {
    ASSERT_THROW(watch.check(), Unavailable);
    std::this_thread::sleep_for(1ms);
  }
  link.delay(0ms);
  EXPECT_TRUE(comes_to_say(watch, "ready"));
}

// Red when the watch looked over the connection that it had, and nobody else got one.
TEST(DatabaseWatch, TellsOfAServerThatTakesNoMoreConnections) {
  TestDatabase database;
  database.connect()->execute("SET GLOBAL max_connections = 20");
  const auto as_program = [&] { return connect_as_program(database.folder.path()); };
  storage::ConnectionPool pool(as_program, 2);
  const storage::DatabaseWatch watch(as_program, [] {}, pool);
  ASSERT_TRUE(comes_to_say(watch, "ready"));
  std::vector<std::unique_ptr<storage::Connection>> others;
  // The watch lets go of one connection for another now and then, so one more is tried for until it says so.
  const auto until = std::chrono::steady_clock::now() + 60s;
  std::string said;
  while (said != "database_refusing" && std::chrono::steady_clock::now() < until) {
    try {
      others.push_back(as_program());
    } catch (const storage::DriverError& error) {
      ASSERT_TRUE(error.refuses_connections()) << error.what();
      std::this_thread::sleep_for(20ms);
    }
    try {
      watch.check();
    } catch (const Unavailable& told) {
      said = told.code();
    }
  }
  EXPECT_EQ(said, "database_refusing");
  EXPECT_FALSE(watch.is_away()) << "what is connected goes on";
  others.clear();
  EXPECT_TRUE(comes_to_say(watch, "ready"));
}

// A table that is full gives the error of a disk that is full. Red when nobody remembered what writers had met.
TEST(DatabaseWatch, TellsOfADiskThatIsFullAfterSomebodyCouldNotWrite) {
  TestDatabase database;
  const auto owner = database.connect();
  owner->execute("SET SESSION max_heap_table_size = 16384");
  owner->execute("CREATE TABLE filled (words CHAR(200) NOT NULL) ENGINE = MEMORY");
  const auto add = [&] { owner->execute("INSERT INTO filled (words) VALUES ('x')"); };
  EXPECT_THROW(for (int row = 0; row < 10'000; ++row) add(), storage::DriverError);
  owner->execute("CREATE TRIGGER no_room BEFORE INSERT ON jobs FOR EACH ROW INSERT INTO filled (words) VALUES ('x')");
  const auto order = [&](const char* id) {
    try {
      database->jobs().add_job({"closing", "none", "{}"}, id, change_of(database.clock));
    } catch (const Unavailable& told) {
      return told.code();
    }
    return std::string("done");
  };
  const auto ready = [&] {
    try {
      database->check_ready();
    } catch (const Unavailable& told) {
      return told.code();
    }
    return std::string("ready");
  };
  const auto comes = [&](const std::string& wanted) {
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (ready() != wanted && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(10ms);
    return ready() == wanted;
  };
  database->watch();
  ASSERT_TRUE(comes("ready"));
  EXPECT_EQ(order("one"), "database_full");
  EXPECT_EQ(ready(), "database_full");
  EXPECT_TRUE(database->exams().list_plans(ExamCode("none")).empty()) << "reading goes on";
  owner->execute("DROP TRIGGER no_room");
  EXPECT_EQ(order("two"), "done");
  EXPECT_TRUE(comes("ready"));
}

TEST(DatabaseWatch, TellsOfADatabaseThatTakesNoChangesWhileReadingGoesOn) {
  TestDatabase database;
  const auto owner = database.connect();
  database->watch();
  owner->execute("SET GLOBAL read_only = 1");
  const auto comes = [&](const std::string& wanted) {
    const auto until = std::chrono::steady_clock::now() + 60s;
    std::string said;
    while (said != wanted && std::chrono::steady_clock::now() < until) {
      said = "ready";
      try {
        database->check_ready();
      } catch (const Unavailable& told) {
        said = told.code();
      }
      std::this_thread::sleep_for(10ms);
    }
    return said == wanted;
  };
  EXPECT_TRUE(comes("database_read_only"));
  EXPECT_TRUE(database->exams().list_plans(ExamCode("none")).empty());
  try {
    database->jobs().add_job({"closing", "none", "{}"}, "one", change_of(database.clock));
    ADD_FAILURE() << "a change was taken";
  } catch (const Unavailable& told) {
    EXPECT_EQ(told.code(), "database_read_only");
  }
  owner->execute("SET GLOBAL read_only = 0");
  EXPECT_TRUE(comes("ready"));
  EXPECT_EQ(database->jobs().add_job({"closing", "none", "{}"}, "one", change_of(database.clock)).id, "one");
}

// Red when sealing waited for the keys as long as the database was silent, one caller after the other.
TEST(DatabaseWatch, KeepsNobodyWaitingForKeysOfAHungDatabase) {
  TestDatabase database;
  database->watch();
  const HungServer hung(database.folder.path());
  const auto until = std::chrono::steady_clock::now() + 60s;
  while (!database->is_away() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(10ms);
  ASSERT_TRUE(database->is_away());
  std::this_thread::sleep_for(storage::DataKeys::others_learn_within);  // keys in hand are old by then
  const auto began = std::chrono::steady_clock::now();
  for (const char* id : {"one", "two"}) {
    try {
      database->jobs().add_job_with_file({"import", "", "{}"}, id, "bytes", change_of(database.clock));
      ADD_FAILURE() << "a hung database took it";
    } catch (const Unavailable& told) {
      EXPECT_EQ(told.code().substr(0, 9), "database_");
    }
  }
  // The connections of a test are given up after two minutes of silence, those of a server after ten seconds.
  EXPECT_LT(std::chrono::steady_clock::now() - began, 60s);
}

// Red when the list waited for the lock under which the database is asked: so did the answer about readiness.
TEST(DataKeys, TellWhatIsDamagedWhileTheDatabaseHangs) {
  TestDatabase database;
  const std::filesystem::path file = database.folder.path() / "keys" / "personal.keys";
  std::atomic<bool> hung{true};
  std::atomic<bool> asked{false};
  const storage::DataKeys keys(
      [&] {
        asked = true;
        while (hung) std::this_thread::sleep_for(1ms);
        return database.connect();
      },
      [file] { return storage::load_keys(file); }, storage::load_keys(file));
  auto checked = std::async(std::launch::async, [&] { keys.check(); });
  while (!asked) std::this_thread::sleep_for(1ms);
  auto listed = std::async(std::launch::async, [&] { return keys.list_damaged(); });
  EXPECT_EQ(listed.wait_for(10s), std::future_status::ready);
  hung = false;
  EXPECT_TRUE(listed.get().empty());
  checked.get();
}

// Red when three tries without a pause were all: the program that runs the private server had ended, and who read the
// keys at that moment lost an officer's step.
TEST(DataKeys, WaitForADatabaseThatIsTakenOver) {
  TestDatabase database;
  const std::filesystem::path file = database.folder.path() / "keys" / "personal.keys";
  int refused = 0;
  const storage::DataKeys keys(
      [&] {
        if (++refused <= 6) throw storage::DriverError(2002, "HY000");
        return database.connect();
      },
      [file] { return storage::load_keys(file); }, storage::load_keys(file), 60s);
  EXPECT_NO_THROW(keys.check());
  EXPECT_EQ(refused, 7);
}

TEST(DataKeys, DoNotWaitWhereSomebodyWatchesTheDatabase) {
  TestDatabase database;
  const std::filesystem::path file = database.folder.path() / "keys" / "personal.keys";
  int refused = 0;
  const storage::DataKeys keys(
      [&]() -> std::unique_ptr<storage::Connection> {
        ++refused;
        throw storage::DriverError(2002, "HY000");
      },
      [file] { return storage::load_keys(file); }, storage::load_keys(file), 600s);
  keys.ask_before_reading([] {});
  EXPECT_THROW(keys.check(), Unavailable);
  EXPECT_LE(refused, 3);
}

}  // namespace
}  // namespace hanjari::tests
