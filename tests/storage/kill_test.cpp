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
#include "storage/test_database.h"

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

}  // namespace
}  // namespace hanjari::tests
