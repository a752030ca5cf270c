// The master key is changed while programs live on several machines, are killed, cut off, late or wrong: nothing that was
// stored becomes unreadable.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "database/driver_error.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/rekeying/keys.h"
#include "rekeying/key_lease.h"
#include "stage/machine.h"
#include "vault/key_keeper.h"
#include "vault/key_registry.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

template <class Call>
std::string thrown_code(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return "nothing";
}

class KeyChange : public ::testing::Test {
 protected:
  KeyChange() { save(*database.database, "first-1"); }

  void save(storage::Database& where, const std::string& code) {
    where.exams().save_exam(small_exam(code, 60), nullptr, change_of(database.clock), no_progress());
    codes.push_back(code);
  }
  std::unique_ptr<storage::Database> open(const storage::DatabaseSettings& settings) {
    return std::make_unique<storage::Database>(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  }
  storage::RotationReport rotate(const storage::DatabaseSettings& settings,
                                 storage::NewMaster master = storage::NewMaster::drawn) {
    return storage::rotate_keys(settings, change_of(database.clock), system_clock(), no_progress(), master);
  }
  // A program that starts now finds every exam with its names.
  void expect_all_open(const storage::DatabaseSettings& settings, const std::string& when) {
    const auto fresh = open(settings);
    for (const std::string& code : codes) {
      const auto found = fresh->exams().find_exam(ExamCode(code), "");
      ASSERT_TRUE(found) << when << ": " << code;
      EXPECT_EQ(found->applicants[3].name, small_exam(code, 60).applicants[3].name) << when << ": " << code;
    }
    EXPECT_NO_THROW(fresh->check_ready()) << when;
  }
  fs::path first_key_file() const { return database.folder.path() / "keys" / "personal.keys"; }
  void order(const std::string& code) {
    storage::order_destruction(first, code, database.clock.now(), change_of(database.clock));
  }
  auto destroy(const storage::DatabaseSettings& settings) {
    return storage::destroy_due(settings, change_of(database.clock), database.clock, no_progress());
  }

  TestDatabase database;
  storage::DatabaseSettings first = hasty_settings(database);
  std::vector<std::string> codes;
};

TEST_F(KeyChange, AServerThatDestroysAnExamSealsTheNextOneSoThatItOpensAfterARestart) {
  save(*database.database, "old-1");
  codes.pop_back();
  order("old-1");
  EXPECT_THAT(destroy(first), ElementsAre("old-1"));
  // The same program goes on, at once.
  save(*database.database, "next-1");
  database.database.reset();
  expect_all_open(first, "after a restart");
}

TEST_F(KeyChange, TheDatabaseTakesNoKeyUnderAMasterKeyThatItDoesNotName) {
  const auto connection = database.connect();
  storage::Key key{};
  randombytes_buf(key.data(), key.size());
  storage::MasterKey stranger{1, key};
  const auto code_of = [&](const auto& call) {
    try {
      call();
    } catch (const storage::DriverError& error) {
      return error.code();
    }
    return 0;
  };
  EXPECT_EQ(code_of([&] { storage::insert_data_key(*connection, stranger, key, "exam/other", 1); }), 1452)
      << "another key of the same number";
  EXPECT_EQ(code_of([&] {
              connection->change(
                  "INSERT INTO data_keys (scope, generation, wrapped, made_at) VALUES ('exam/other', 1, ?, "
                  "UTC_TIMESTAMP(6))",
                  storage::wrap_key(stranger, key, "exam/other", 1));
            }),
            4025)
      << "a program that says nothing of its master key";
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope = 'exam/other'"), 0);
  EXPECT_EQ(code_of([&] { connection->change("DELETE FROM key_checks WHERE purpose = 'personal'"); }), 1451)
      << "a master key that wraps something stays named";
}

TEST_F(KeyChange, AProgramThatWrapsWithoutKnowingOfTheChangeIsRefusedLearnsAndWrapsAgain) {
  // Looks for changes once an hour only, so that it knows nothing.
  auto unaware_settings = first;
  unaware_settings.key_look = std::chrono::hours(1);
  const auto unaware = open(unaware_settings);
  save(*unaware, "before-1");
  database.connect()->change("DELETE FROM key_programs");  // counts as dead
  rotate(first);
  save(*unaware, "after-1");
  expect_all_open(first, "afterwards");
}

TEST_F(KeyChange, EveryMachineTakesTheNewMasterKeyAndDropsTheOldOne) {
  Machine other(database);
  const auto there = open(other.settings());
  save(*there, "there-1");
  const auto report = rotate(first);
  EXPECT_THAT(report.places_with_old_key, ElementsAre());
  EXPECT_THAT(masters_in(first_key_file()), ElementsAre(2));
  EXPECT_EQ(read_file(other.key_file()), read_file(first_key_file()));
  save(*there, "there-2");
  save(*database.database, "here-2");
  expect_all_open(first, "first machine");
  expect_all_open(other.settings(), "other machine");
  // Nothing of the new master key is left for the old one.
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_changes WHERE next_wrapped IS NOT NULL OR phase <> 'idle'"), 0);
  // And from the other machine.
  EXPECT_EQ(rotate(other.settings()).master_number, 3);
  EXPECT_THAT(masters_in(first_key_file()), ElementsAre(3));
  expect_all_open(first, "after the other machine's change");
}

TEST_F(KeyChange, NothingChangesUntilEveryLivingProgramHasTheKey) {
  Machine other(database);
  auto from_environment = other.settings();
  from_environment.keys = read_file(other.key_file());
  const auto there = open(from_environment);
  try {
    rotate(first);
    ADD_FAILURE() << "switched without a program that lives";
  } catch (const Unavailable& error) {
    EXPECT_EQ(error.code(), "keys_not_confirmed");
    EXPECT_THAT(error.message().en, ::testing::HasSubstr("HANJARI_KEYS"));
  }
  EXPECT_EQ(database.number("SELECT key_number FROM key_checks WHERE purpose = 'personal'"), 1);
  save(*there, "there-1");
  expect_all_open(first, "while it is prepared");
  expect_all_open(other.settings(), "while it is prepared, on the other machine");
  EXPECT_EQ(thrown_code([&] { rotate(first); }), "keys_not_confirmed");
  EXPECT_THAT(masters_in(first_key_file()), ElementsAre(1, 2)) << "no other key for another try";
}

TEST_F(KeyChange, WaitsForAProgramUntilItCountsAsDead) {
  const auto connection = database.connect();
  storage::LivingProgram away;
  away.id = "away";
  away.process = "another machine/1";
  away.place = "away:/keys";
  storage::tell_living(*connection, away, std::chrono::minutes(5));
  EXPECT_EQ(thrown_code([&] { rotate(first); }), "keys_not_confirmed");
  storage::tell_living(*connection, away, std::chrono::milliseconds(1'000));
  EXPECT_EQ(rotate(first).master_number, 2);
  expect_all_open(first, "afterwards");
}

TEST_F(KeyChange, AMachineThatWasAwaySaysSoAndIsReadyWithACopyOfTheKeys) {
  Machine away(database);
  { const auto once = open(away.settings()); }
  rotate(first);
  EXPECT_EQ(thrown_code([&] { open(away.settings()); }), "wrong_key_file");
  away.copy_keys_from(first_key_file());
  expect_all_open(away.settings(), "with the copy");
}

TEST_F(KeyChange, AProgramWithoutTheKeysInUseIsNotReadyAndWrapsNothing) {
  Machine cut_off(database);
  auto settings = cut_off.settings();
  settings.key_look = std::chrono::hours(1);
  const auto there = open(settings);
  EXPECT_NO_THROW(there->check_ready());
  database.connect()->change("DELETE FROM key_programs WHERE place LIKE '%machine%'");  // not heard of for a minute
  rotate(first);
  EXPECT_EQ(thrown_code([&] { there->check_ready(); }), "keys_not_current");
  EXPECT_EQ(thrown_code([&] {
              there->exams().save_exam(small_exam("lost-1", 60), nullptr, change_of(database.clock), no_progress());
            }),
            "keys_not_current");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope = 'exam/lost-1'"), 0);
  cut_off.copy_keys_from(first_key_file());
  EXPECT_NO_THROW(there->check_ready()) << "it looks at its key file again";
  save(*there, "found-1");
  expect_all_open(first, "afterwards");
}

TEST_F(KeyChange, AKeyPlacedByTheOperatorIsNotCarriedThroughTheDatabase) {
  Machine other(database);
  const auto there = open(other.settings());
  EXPECT_EQ(thrown_code([&] { rotate(first, storage::NewMaster::placed); }), "no_newer_key");
  storage::Key placed{};
  randombytes_buf(placed.data(), placed.size());
  const auto place = [&](const fs::path& file) {
    storage::change_keys(file, [&](storage::KeyRing& ring) {
      ring.personal[2] = placed;
      return true;
    });
  };
  place(first_key_file());
  EXPECT_EQ(thrown_code([&] { rotate(first, storage::NewMaster::placed); }), "keys_not_confirmed");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_changes WHERE phase = 'prepared' AND next_wrapped IS NULL"), 1);
  place(other.key_file());
  EXPECT_EQ(rotate(first, storage::NewMaster::placed).master_number, 2);
  expect_all_open(other.settings(), "afterwards");
}

TEST_F(KeyChange, IsDrivenByOneProgramAtATime) {
  const auto connect = [&] { return database.connect(); };
  {
    const storage::KeyLease lease(connect);
    EXPECT_EQ(thrown_code([&] { rotate(first); }), "rotation_running");
    // Another machine took it over because this one was not heard of.
    database.connect()->change("UPDATE key_changes SET holder = 'another machine/1#1'");
    const auto connection = database.connect();
    EXPECT_EQ(thrown_code([&] { lease.hold(*connection); }), "rotation_running");
  }
  EXPECT_EQ(thrown_code([&] { rotate(first); }), "rotation_running") << "it still lives";
  database.connect()->change("UPDATE key_changes SET held_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
  EXPECT_EQ(rotate(first).master_number, 2);
}

// The driver dies after each of its steps, from the first to the last; another machine lives on meanwhile.
TEST_F(KeyChange, TheDriverMayBeKilledAtEveryStep) {
  Machine other(database);
  const auto there = open(other.settings());
  int kills = 0;
  for (int step = 1; killed_at_step(step, [&](Progress& progress) {
         storage::rotate_keys(first, change_of(database.clock), system_clock(), progress);
       });
       ++step) {
    ++kills;
    const std::string when = "killed at step " + std::to_string(step);
    if (step <= 4) save(*there, "there-" + std::to_string(step));
    expect_all_open(first, when);
    expect_all_open(other.settings(), when + ", on the other machine");
    if (HasFailure()) return;
    rotate(first);  // goes on to the end, so that the next one is killed at its own step
  }
  EXPECT_GE(kills, 8) << "prepared, taken, confirmed, switched, sealed, deleted, dropped, recorded";
  const auto master =
      static_cast<int>(database.number("SELECT MAX(key_number) FROM key_checks WHERE purpose = 'personal'"));
  EXPECT_THAT(masters_in(first_key_file()), ElementsAre(master));
  EXPECT_THAT(masters_in(other.key_file()), ElementsAre(master));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_rotations WHERE finished_at IS NULL"), 0);
}

// A program of another machine in a process of its own, which kills itself after the step `last` of a change.
class RivalProgram {
 public:
  RivalProgram(const TestDatabase& database, const storage::DatabaseSettings& settings, const std::string& last) {
    process_ = ::fork();
    if (process_ == 0) run(database, settings, last);
    // A dead process is gone only when somebody has asked how it ended.
    waiting_ = std::thread([this] { ::waitpid(process_, &status_, 0); });
  }
  ~RivalProgram() {
    if (!waiting_.joinable()) return;
    ::kill(process_, SIGKILL);
    waiting_.join();
  }
  RivalProgram(const RivalProgram&) = delete;
  RivalProgram& operator=(const RivalProgram&) = delete;
  bool was_killed() {
    waiting_.join();
    return WIFSIGNALED(status_);
  }

 private:
  [[noreturn]] static void run(const TestDatabase& database, const storage::DatabaseSettings& settings,
                               const std::string& last) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto connect = [&] { return connect_to_data(database.folder.path()); };
    const auto load = [&] { return storage::load_ring(settings); };
    bool taken = false;
    const auto after_step = [&](const std::string& step) {
      taken = taken || step == "taken";
      if (taken && step == last) ::kill(::getpid(), SIGKILL);
    };
    storage::KeyKeeper keeper(settings, connect, std::make_shared<const storage::DataKeys>(connect, load, load()),
                              after_step);
    for (;;) {
      try {
        keeper.look();
      } catch (const std::exception&) {
        // A look that met the change is done again.
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  pid_t process_ = 0;
  int status_ = 0;
  std::thread waiting_;
};

// The other machine's program dies after each of its steps, while the first one drives the change.
TEST_F(KeyChange, AnyOtherProgramMayBeKilledAtEveryStep) {
  for (const char* last : {"taken", "told", "dropped"}) {
    Machine other(database);
    RivalProgram program(database, other.settings(), last);
    while (database.number("SELECT COUNT(*) FROM key_programs WHERE place LIKE '%machine%'") == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    rotate(first);
    EXPECT_TRUE(program.was_killed()) << last;
    expect_all_open(first, std::string("the other was killed when it had ") + last);
    // It had the key before it died.
    expect_all_open(other.settings(), std::string("the killed one, ") + last);
    save(*database.database, std::string("after-") + last);
    database.connect()->change("DELETE FROM key_programs WHERE place LIKE '%machine%'");
  }
}

// A database that an earlier version left with two named master keys and a data key that nobody's master key is named for.
TEST_F(KeyChange, WhatAnEarlierVersionLeftIsSettledAtTheNextStart) {
  save(*database.database, "second-1");
  database.database.reset();
  storage::Key second{};
  storage::Key unnamed{};
  randombytes_buf(second.data(), second.size());
  randombytes_buf(unnamed.data(), unnamed.size());
  const storage::KeyRing before = storage::load_keys(first_key_file());
  storage::change_keys(first_key_file(), [&](storage::KeyRing& ring) {
    ring.personal[2] = second;
    ring.personal[3] = unnamed;
    return true;
  });
  {
    auto idle = first;
    idle.key_look = std::chrono::hours(1);
    const storage::Database server(idle, storage::SchemaUpgrade::never, database.clock, no_progress());
    const auto connection = database.connect();
    connection->change("INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('personal', 2, ?)",
                       storage::FieldCipher::key_check(second));
    const auto rewrap = [&](const std::string& scope, const storage::MasterKey& master, bool lost) {
      storage::Rows rows =
          connection->select("SELECT data_key_id, wrapped FROM data_keys WHERE scope = ?", scope);
      ASSERT_TRUE(rows.next());
      const std::int64_t id = rows.integer();
      const auto key = storage::unwrap_key(before, rows.text(), scope, 1);
      ASSERT_TRUE(key);
      connection->change("UPDATE data_keys SET wrapped = ?, master_check = ?, lost = ? WHERE data_key_id = ?",
                         storage::wrap_key(master, *key, scope, 1),
                         lost ? std::nullopt : std::optional(storage::FieldCipher::key_check(master.key)), lost, id);
    };
    rewrap("exam/first-1", {2, second}, false);
    rewrap("exam/second-1", {3, unnamed}, true);
  }
  expect_all_open(first, "after the start");
  const auto again = open(first);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM key_checks WHERE purpose = 'personal'"), 1);
  EXPECT_EQ(database.number("SELECT key_number FROM key_checks WHERE purpose = 'personal'"), 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE lost = 1"), 0);
}

}  // namespace
}  // namespace hanjari::tests
