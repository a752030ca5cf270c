// kill -9 at any moment of an import or of going live: the database is before or after, never between. The long version
// with the built program is tools/kill-campaign.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/base/random.h"
#include "hanjari/package/exam_package.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

// Runs `work` in a process of its own and kills it after `wait`; true if it was done before.
bool killed_while(std::chrono::milliseconds wait, const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  std::this_thread::sleep_for(wait);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status);
}

TEST(Kill, LeavesAnImportDoneOrNotBegun) {
  const TestFolder folder;
  copy_prepared_data(folder.path());
  const Exam exam = small_exam("kill-1", 3000);
  const Plan plan = plan_of(exam);
  RandomStream random(*parse_seed("5"), "kill");
  int before = 0;
  int after = 0;
  for (int time = 0; time < 6; ++time) {
    killed_while(std::chrono::milliseconds(100 + random.below(900)), [&] {
      HeldClock clock;
      storage::Database database(test_settings(folder.path()), storage::SchemaUpgrade::never, clock, no_progress());
      database.exams().save_exam(exam, &plan, change_of(clock), no_progress());
      for (;;) ::pause();
    });
    HeldClock clock;
    storage::Database database(test_settings(folder.path()), storage::SchemaUpgrade::never, clock, no_progress());
    const auto stored = database.exams().find_exam(exam.header.code, "");
    if (!stored) {
      ++before;
      const auto connection = connect_to_data(folder.path());
      for (const char* table : {"exams", "populations", "applicants", "placements", "plans", "audit_entries"}) {
        storage::Rows rows = connection->select(std::string("SELECT COUNT(*) FROM ") + table);
        rows.next();
        EXPECT_EQ(rows.integer(), 0) << table;
      }
      continue;
    }
    ++after;
    EXPECT_EQ(package::digest_exam(*stored), exam.input_sha256);
    const auto stored_plan = database.exams().find_plan(*stored, plan.digest);
    ASSERT_TRUE(stored_plan);
    EXPECT_EQ(stored_plan->placements.size(), plan.placements.size());
  }
  EXPECT_EQ(before + after, 6);
  RecordProperty("before", before);
  RecordProperty("after", after);
}

TEST(Kill, LeavesThePointerOnOnePlanWithOneAuditRowPerChange) {
  const TestFolder folder;
  copy_prepared_data(folder.path());
  Exam exam = small_exam("kill-2", 60);
  std::vector<services::StoredPlan> plans;
  {
    HeldClock clock;
    storage::Database database(test_settings(folder.path()), storage::SchemaUpgrade::never, clock, no_progress());
    for (const char* name : {"하나", "둘"}) {
      exam.applicants[0].name = name;
      exam.input_sha256 = package::digest_exam(exam);
      const Plan plan = plan_of(exam);
      database.exams().save_exam(exam, &plan, change_of(clock), no_progress());
    }
    plans = database.exams().list_plans(exam.header.code);
    database.exams().set_live_plan(exam.header.code, plans.at(1), 0, change_of(clock));
  }
  RandomStream random(*parse_seed("6"), "kill");
  for (int time = 0; time < 6; ++time) {
    killed_while(std::chrono::milliseconds(300 + random.below(900)), [&] {
      HeldClock clock;
      storage::Database database(test_settings(folder.path()), storage::SchemaUpgrade::never, clock, no_progress());
      for (std::int64_t version = database.exams().find_live_plan(exam.header.code)->version;; ++version) {
        database.exams().set_live_plan(exam.header.code, plans.at(static_cast<std::size_t>(version % 2)), version,
                                       change_of(clock));
      }
    });
    HeldClock clock;
    const storage::Database database(test_settings(folder.path()), storage::SchemaUpgrade::never, clock, no_progress());
    const auto connection = connect_to_data(folder.path());
    storage::Rows rows = connection->select(
        "SELECT l.version, COUNT(*), MAX(a.detail LIKE CONCAT('plan ', n.digest, ', version "
        "', l.version)) FROM "
        "live_plans l JOIN plans n ON n.plan_id = l.plan_id JOIN audit_entries a ON a.action "
        "= 'plan.live' GROUP BY "
        "l.version");
    ASSERT_TRUE(rows.next());
    const std::int64_t version = rows.integer();
    EXPECT_EQ(rows.integer(), version) << "one audit row per change";
    EXPECT_EQ(rows.integer(), 1) << "the last of them tells the plan";
    storage::Rows changes = connection->select(
        "SELECT COUNT(*), MAX(c.version = l.version AND c.plan_id = l.plan_id) FROM live_changes c JOIN live_plans l ON "
        "l.exam_id = c.exam_id");
    ASSERT_TRUE(changes.next());
    EXPECT_EQ(changes.integer(), version) << "one line of the history per change";
    EXPECT_EQ(changes.integer(), 1) << "the last of them is the live plan";
  }
}

}  // namespace
}  // namespace hanjari::tests
