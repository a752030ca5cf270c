// Serves the real routes over repositories in memory, for tools/bench edge: edge_server EXAMS LOG. Prints the ports.
// With one exam the list of exams is about 200 bytes of JSON, with more the home page grows to 10 kB.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include <fmt/format.h>

#include "hanjari/server/server.h"
#include "no_accounts.h"
#include "program/pages/site_routes.h"

namespace {

using namespace hanjari;

class Exams : public services::PlanRepository {
 public:
  explicit Exams(int count) : count_(count) {}
  std::vector<services::LiveExam> list_live_exams() override {
    std::vector<services::LiveExam> exams;
    for (int at = 0; at < count_; ++at) {
      const std::string name = count_ == 1 ? "시험" : fmt::format("제{}회 서울특별시 공개경쟁 임용시험", at + 1);
      exams.push_back({ExamCode(fmt::format("e{}", at + 1)), name, "Exam", *parse_date("2021-06-05"), "UTC",
                       std::string(count_ == 1 ? 12 : 64, 'a'), Instant(std::chrono::hours(24 * 18782))});
    }
    return exams;
  }
  std::optional<PlannedExam> find_seat(const ExamCode&, const ApplicantNumber&, Date) override { return std::nullopt; }
  std::vector<services::VenueSummary> list_venues(const ExamCode&, const std::optional<DistrictCode>&) override {
    return {};
  }
  std::optional<PlannedExam> find_venue_plan(const ExamCode&, const VenueCode&) override { return std::nullopt; }
  virtual std::optional<PlannedExam> find_place(const ExamCode&, const ApplicantNumber&) { return std::nullopt; }

 private:
  int count_;
};

class Nobody : public services::AttemptLimit, public services::AccessRecord {
 public:
  int count_misses(const std::string&, Instant) override { return 0; }
  void record_miss(const std::string&, Instant) override {}
  void record_access(const services::Change&, const services::AuditNote&) override {}
};

// The access log as the program writes it: a line for each request, many in one system call.
class Log {
 public:
  explicit Log(const char* file) : descriptor_(::open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {}
  ~Log() { ::close(descriptor_); }
  void add(const web::AccessEntry& entry) {
    const std::string line = web::format_access_entry(entry);
    const std::lock_guard lock(mutex_);
    lines_ += line;
    lines_ += '\n';
    if (lines_.size() < 32 * 1024) return;
    [[maybe_unused]] const auto written = ::write(descriptor_, lines_.data(), lines_.size());
    lines_.clear();
  }

 private:
  int descriptor_;
  std::mutex mutex_;
  std::string lines_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: edge_server EXAMS LOG\n");
    return 64;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Exams exams(std::atoi(argv[1]));
  Nobody nobody;
  NoAccounts accounts;
  Log log(argv[2]);
  web::Site site({exams, accounts, nobody, nobody, system_clock(), [] {}}, {}, web::site_routes());
  web::Edge edge(site, [&](const web::AccessEntry& entry) { log.add(entry); });
  web::ServerSettings settings;
  settings.connections_of_source = settings.connections;  // everybody of the bench comes from here
  settings.portal_port = settings.office_port = settings.operations_port = 0;
  web::Server server(edge, settings);
  std::printf("%d\n", server.port(web::Listener::portal));
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop(std::chrono::seconds(1));
  return 0;
}
