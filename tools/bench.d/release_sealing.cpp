// A release of the founding size made as the service makes it, with its database: every page in both languages rendered and compared with
// the decision, sealed, read back, opened and compared again. Prints the seconds of every stage of the job, those of the whole, what they
// must and should be, and the peak memory of the program.
//
// usage: release_sealing DATA [PEOPLE]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/intake/receipts.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/result_package.h"
#include "hanjari/program/opening/database.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/sample/results.h"
#include "hanjari/sample/sample.h"
#include "stage/zip_of.h"

namespace {

using namespace hanjari;

const ExamCode sealed_exam("seoul-2021-1");
// Seconds that the project allows and aims at; another size has no promise but that of a million.
constexpr std::int64_t founding_people = 36'109;
constexpr std::int64_t million_people = 1'000'000;

double seconds_now() {
  return std::chrono::duration<double>(system_clock().elapsed()).count();
}

// Says what each stage took when the next one begins.
class TimedStages : public Progress {
 public:
  void stage(const Text& name, std::uint64_t) override {
    end();
    name_ = name.en;
    began_ = seconds_now();
  }
  void report(std::uint64_t, const std::string&) override {}
  void end() {
    if (!name_.empty()) std::printf("  %-28s %8.2f s\n", name_.c_str(), seconds_now() - began_);
    std::fflush(stdout);
    name_.clear();
  }

 private:
  std::string name_;
  double began_ = 0;
};

services::Change by(const std::string& author) {
  return {author, "", system_clock().now(), "exam_officer"};
}

void run(storage::Database& database, const services::Job& job, const services::JobWork& work, Progress& progress) {
  auto claimed = database.jobs().claim_job({job.order.kind}, job.id, system_clock().now(), std::chrono::hours(2));
  if (!claimed) throw Unavailable("no_job", {"The job cannot be claimed.", "작업을 맡을 수 없습니다."});
  claimed->result = work({*claimed, progress, {}});
  claimed->state = services::JobState::done;
  database.jobs().end_job(*claimed, by("kim"));
}

// The exam by its head; people are those of the results.
void decide(storage::Database& database, const std::filesystem::path& folder, std::int64_t people) {
  sample::SampleRequest small;
  small.applicants = 1'000;
  Exam exam = sample::make_sample(small);
  exam.header.code = sealed_exam;
  exam.input_sha256 = package::digest_exam(exam);
  database.exams().save_exam(exam, nullptr, by("kim"), no_progress());
  sample::ResultSampleRequest request;
  request.people = people;
  package::save_results(sample::make_sample_results(request), "{}\n", folder);
  run(database,
      services::order_result_import(database.exams(), database.jobs(), sealed_exam, tests::zip_of_folder(folder), package::Encoding::utf8,
                                    by("kim")),
      services::result_import_work(database.results(), database.jobs(), system_clock()), no_progress());
  const std::string digest = services::find_package(database.results(), sealed_exam, 1).rules_sha256;
  services::propose_rules(database.results(), sealed_exam, 1, digest, by("kim"));
  services::freeze_rules(database.results(), sealed_exam, digest, by("lee"));
  run(database, services::order_decision(database.results(), database.jobs(), sealed_exam, 1, by("kim")),
      services::decision_work(database.exams(), database.results(), system_clock()), no_progress());
}

services::PublicationOrder an_order() {
  services::PublicationOrder order;
  order.decision = 1;
  order.release_at = Instant(std::chrono::ceil<std::chrono::minutes>(system_clock().now().time_since_epoch())) + std::chrono::hours(24);
  order.next_passed = {"Register for the interview until Friday.", "금요일까지 면접에 등록하십시오."};
  order.next_others = {"The next exam is announced in spring.", "다음 시험은 봄에 공고합니다."};
  order.objection = {"Write to the office within ten days.", "10일 안에 서면으로 제출하십시오."};
  order.share_holders = {"kim", "lee", "park"};
  return order;
}

services::NoteSigner signer_of(const storage::DatabaseSettings& settings) {
  const auto signer = std::make_shared<const services::ReceiptSigner>(services::ReceiptSigner::make(settings.data / "keys" / "receipt.key"));
  return {parse_hex(signer->public_key()).value(), [signer](std::string_view text) { return parse_hex(signer->sign_text(text)).value(); }};
}

const char* promise_of(std::int64_t people) {
  if (people == founding_people) return "   (at most 30, aimed at 8)";
  return people == million_people ? "   (at most 900, aimed at 240)" : "";
}

long sealing_peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) return 64;
  const std::int64_t people = argc > 2 ? std::atoll(argv[2]) : founding_people;
  storage::DatabaseSettings settings;
  settings.data = argv[1];
  storage::Database database(settings, storage::SchemaUpgrade::automatic, system_clock(), no_progress());
  decide(database, settings.data.parent_path() / "results", people);
  for (const char* officer : {"kim", "lee", "park"})
    services::make_own_release_key(database.publications(), std::string("a long passphrase of ") + officer, by(officer));
  const services::NoteSigner signer = signer_of(settings);
  const auto ordered = services::order_publication(database.publications(), database.results(), database.jobs(), sealed_exam, an_order(), by("kim"));
  std::printf("people %lld; peak memory before, with the making of the decision: %ld MB\n", static_cast<long long>(people), sealing_peak_mb());
  TimedStages stages;
  const double began = seconds_now();
  run(database, *ordered.job,
      services::publication_work(database.exams(), database.results(), database.publications(), signer, system_clock()), stages);
  stages.end();
  const services::Publication made = services::find_publication(database.publications(), sealed_exam, ordered.publication.number);
  std::printf("%-30s %8.2f s%s\n", "sealed, from order to digest", seconds_now() - began, promise_of(people));
  std::printf("records %lld of %lld bytes; peak memory without the database's: %ld MB\n", static_cast<long long>(made.people),
              static_cast<long long>(made.record_bytes), sealing_peak_mb());
  return made.state.step == services::ReleaseStep::sealed && made.people == people ? 0 : 1;
} catch (const hanjari::Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.code().c_str(), error.message().en.c_str());
  return 1;
}
