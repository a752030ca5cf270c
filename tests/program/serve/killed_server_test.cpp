// The built program serves, is killed in the middle of a job, and is started again: the job ends once.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "database/server/grants.h"
#include "hanjari/base/file.h"
#include "hanjari/intake/closing_job.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/plans/import_job.h"
#include "hanjari/plans/plan_job.h"
#include "hanjari/sample/sample.h"
#include "places.h"
#include "program/opening/receipt_key.h"
#include "rekeying/crowd.h"
#include "stage/machine.h"
#include "stage/test_database.h"
#include "stage/zip_of.h"

extern char** environ;

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;
using hanjari::tests::TestDatabase;

// `hanjari serve` of another machine over the database of the test. It is killed with the object, never asked to stop.
class KilledServer {
 public:
  KilledServer(const TestDatabase& database, const hanjari::tests::Machine& machine) {
    const std::filesystem::path folder = machine.settings().data;
    const std::string settings = folder / "serve.properties";
    const std::filesystem::path& first = database.folder.path();
    // The owner's account may change the audit trail, and a server refuses to work with it.
    write_file(settings, fmt::format("database.socket = {}\ndatabase.user = {}\ndatabase.password_file = {}\n",
                                     (first / "mariadb" / "s.sock").string(), storage::program_account,
                                     (first / "program.password").string()));
    std::vector<std::string> words{hanjari::tests::program_file, "serve", "--data", folder.string(), "--config", settings};
    for (const char* listener : {"--portal-port", "--office-port", "--operations-port"}) {
      words.emplace_back(listener);
      words.emplace_back("0");
    }
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const std::string log = folder / "serve.log";
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    const int failed = ::posix_spawn(&child_, argv.front(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("the program cannot be started");
    log_ = log;
  }
  ~KilledServer() {
    if (child_ > 0) ::kill(child_, SIGKILL);
    wait(0);
  }
  KilledServer(const KilledServer&) = delete;
  KilledServer& operator=(const KilledServer&) = delete;
  // What it said, when it has ended by itself; empty while it runs.
  std::string end() {
    if (child_ > 0 && wait(WNOHANG)) return read_file(log_) + "\nThe server has ended.";
    return child_ > 0 ? "" : "The server has ended.";
  }

 private:
  bool wait(int options) {
    if (child_ <= 0) return true;
    int status = 0;
    pid_t ended = 0;
    do {
      ended = ::waitpid(child_, &status, options);
    } while (ended < 0 && errno == EINTR);
    if (ended == 0) return false;
    child_ = 0;
    return true;
  }
  pid_t child_ = 0;
  std::string log_;
};

class KilledServers : public ::testing::Test {
 protected:
  services::Change change() { return hanjari::tests::change_of(database.clock); }
  services::Job await(KilledServer& server, const std::string& id, const std::function<bool(const services::Job&)>& wanted) {
    const auto until = std::chrono::steady_clock::now() + 5min;
    while (true) {
      services::Job job = *database->jobs().find_job(id);
      if (wanted(job)) return job;
      if (const std::string said = server.end(); !said.empty()) throw std::runtime_error(said);
      if (std::chrono::steady_clock::now() > until) throw std::runtime_error("in vain: " + job.progress.stage.en);
      std::this_thread::sleep_for(20ms);
    }
  }
  services::Job await_stage(KilledServer& server, const std::string& id, const std::string& name) {
    return await(server, id, [&](const services::Job&) {
      const auto stages = database->jobs().list_stages(id);
      return std::any_of(stages.begin(), stages.end(), [&](const auto& stage) { return stage.name.en == name; });
    });
  }
  // As if half a minute had passed.
  void end_leases() { database.connect()->change("UPDATE jobs SET lease_until = asked_at WHERE state = 'running'"); }
  // Another transaction has this row, so that the work cannot go on.
  std::unique_ptr<storage::Connection> hold(const std::string& statement) {
    auto connection = database.connect();
    connection->execute("START TRANSACTION");
    connection->execute(statement);
    return connection;
  }
  // Kills the program when the job has reached the stage, and gives the job as the next program ended it.
  services::Job kill_in(const std::string& id, const std::string& stage, std::unique_ptr<storage::Connection> held) {
    {
      KilledServer server(database, machine);
      await_stage(server, id, stage);
    }
    EXPECT_EQ(database->jobs().find_job(id)->state, services::JobState::running) << "nobody has given it back";
    held->execute("ROLLBACK");
    end_leases();
    KilledServer next(database, machine);
    return await(next, id, [](const services::Job& job) { return services::is_over(job.state); });
  }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }

  TestDatabase database;
  const hanjari::tests::Machine machine{database};
};

TEST_F(KilledServers, CloseApplicationsOnce) {
  hanjari::tests::Crowd people(database, "seoul-2021-1", 1);
  // The crowd's receipts are signed by nobody, so that the machine makes the key before there are any.
  open_receipt_signer(*database, machine.settings());
  for (int person = 0; person < 3; ++person) people.submit();
  database->jobs().add_job({services::closing_job_kind, "seoul-2021-1", "{}"}, "closing", change());
  const services::Job ended =
      kill_in("closing", "Closing", hold("UPDATE recruitments SET version = version WHERE exam_code = 'seoul-2021-1'"));
  ASSERT_EQ(ended.state, services::JobState::done) << ended.fault.en;
  EXPECT_EQ(ended.starts, 2);
  const auto made = services::parse_closing_made(ended.result);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->lapsed, 3);
  EXPECT_TRUE(made->closed);
  EXPECT_EQ(count("application_events WHERE kind = 'lapsed'"), 3);
  EXPECT_EQ(count("recruitments WHERE state = 'closed' AND version = 2"), 1);
  EXPECT_EQ(count("audit_entries WHERE action = 'job.done'"), 1);
}

// Red while the first head came after a minute: `audit verify` said findings for ever after a program that was killed before.
TEST_F(KilledServers, HaveSignedAHeadBeforeTheyTakeARequest) {
  ASSERT_EQ(count("audit_entries WHERE request <> ''"), 0);
  const std::filesystem::path& folder = machine.settings().data;
  {
    KilledServer server(database, machine);
    const auto until = std::chrono::steady_clock::now() + 2min;
    while (read_file(folder / "serve.log").find("\"ready\"") == std::string::npos) {
      ASSERT_EQ(server.end(), "");
      ASSERT_LT(std::chrono::steady_clock::now(), until);
      std::this_thread::sleep_for(5ms);
    }
  }
  // What a request did that was answered just before the end.
  database->audit().record({"officer", "", database.clock.now(), "exam_officer", "192.0.2.7", "req-1"}, {"unit.change", "test-1/7"});
  storage::Database other(machine.settings(), storage::SchemaUpgrade::never, database.clock, no_progress());
  const services::AuditReport report = other.audit().verify(no_progress());
  EXPECT_GE(report.anchors, 1);
  EXPECT_FALSE(report.first_break);
}

TEST_F(KilledServers, ImportAPackageOnce) {
  sample::SampleRequest request;
  request.applicants = 300;
  request.units = 3;
  request.venues = 4;
  request.rooms = 36;
  request.seed = 7;
  Exam exam = sample::make_sample(request);
  exam.header.code = ExamCode("sent-1");
  const hanjari::tests::TestFolder packed("packed");
  package::save_exam(exam, packed.path() / "exam");
  const services::Job ordered =
      services::order_import(database->jobs(), hanjari::tests::zip_of_folder(packed.path() / "exam"),
                             package::Encoding::utf8, change());
  const services::Job ended =
      kill_in(ordered.id, "reading applicants",
              hold("INSERT INTO exams (exam_code, created_at) VALUES ('sent-1', '2021-06-05 00:00:00')"));
  ASSERT_EQ(ended.state, services::JobState::done) << ended.fault.en;
  EXPECT_EQ(ended.starts, 2);
  EXPECT_EQ(count("populations"), 1);
  EXPECT_EQ(count("applicants"), 300);
  EXPECT_EQ(count("job_files"), 0);
  EXPECT_EQ(count("audit_entries WHERE action = 'exam.import'"), 1);
}

TEST_F(KilledServers, MakeAPlanOnce) {
  const Exam exam = hanjari::tests::small_exam("planned-1", 2'000);
  database->exams().save_exam(exam, nullptr, change(), no_progress());
  services::PlanWish wish;
  wish.seconds = 3'600;
  const services::Job ordered = services::order_plan(database->exams(), database->jobs(), exam.header.code, wish, change());
  const auto has_stages = [&](std::size_t number) {
    return [this, id = ordered.id, number](const services::Job& job) {
      return services::is_over(job.state) || database->jobs().list_stages(id).size() >= number;
    };
  };
  {
    KilledServer server(database, machine);
    await(server, ordered.id, has_stages(2));
  }
  // The exam is read anew, and then the engine has begun.
  const std::size_t stages = database->jobs().list_stages(ordered.id).size() + 2;
  end_leases();
  KilledServer next(database, machine);
  const services::Job again = await(next, ordered.id, has_stages(stages));
  // With the best plan so far; or the engine has proven that none is better.
  if (!services::is_over(again.state)) database->jobs().cancel_job(ordered.id, change());
  const services::Job ended = await(next, ordered.id, [](const services::Job& job) { return services::is_over(job.state); });
  ASSERT_EQ(ended.state, services::JobState::done) << ended.fault.en;
  EXPECT_EQ(database->exams().list_plans(exam.header.code).size(), 1U);
}

}  // namespace
}  // namespace hanjari::cli
