// A machine that reads every answer which people who passed and people who did not are given before the minute, and tries
// to tell them apart.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include "hanjari/publications/publication_job.h"
#include "hanjari/results/result_jobs.h"
#include "publications/publication_story.h"
#include "stage/browser.h"
#include "stage/memory/release_keys.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

constexpr int classified_people = 8'000;  // half of them pass
constexpr int classifier_folds = 5;
constexpr int allowed_errors = 4;  // of 30,000 classifiers that know nothing one is further above one half

std::atomic<std::uint64_t> blocks_of_seed{0};  // several threads draw

void fill_from_seed(void* const bytes, const std::size_t size) {
  std::array<unsigned char, randombytes_SEEDBYTES> seed{};
  const std::uint64_t block = blocks_of_seed.fetch_add(1) + 1;
  for (std::size_t i = 0; i < sizeof block; ++i) seed[i] = static_cast<unsigned char>(block >> (8 * i));
  randombytes_buf_deterministic(bytes, size, seed.data());
}
std::uint32_t word_from_seed() {
  std::uint32_t word = 0;
  fill_from_seed(&word, sizeof word);
  return word;
}
const char* name_of_seed() {
  return "seeded";
}

// While it lives, keys, secrets, nonces and salts come from one seed. Every run draws the same blocks, each once; where threads draw
// beside each other the machine says which of them draws first, so that runs differ in who has which block, and in nothing else.
class SeededRandomness {
 public:
  SeededRandomness() {
    blocks_of_seed = 0;
    randombytes_set_implementation(&seeded_);
  }
  ~SeededRandomness() { randombytes_set_implementation(&randombytes_sysrandom_implementation); }
  SeededRandomness(const SeededRandomness&) = delete;
  SeededRandomness& operator=(const SeededRandomness&) = delete;

 private:
  randombytes_implementation seeded_{name_of_seed, word_from_seed, nullptr, nullptr, fill_from_seed, nullptr};
};

// Red while the counter was a plain number: threads that drew at the same moment had the same keys and nonces.
TEST(SeededRandomness, GivesEveryBlockOnceHoweverManyThreadsDraw) {
  using Block = std::array<unsigned char, 16>;
  constexpr int drawing_threads = 4;
  constexpr int blocks_of_thread = 20'000;
  const auto draw = [] {
    const SeededRandomness seeded;
    std::vector<std::vector<Block>> drawn(drawing_threads, std::vector<Block>(blocks_of_thread));
    std::vector<std::thread> threads;
    for (auto& own : drawn)
      threads.emplace_back([&own] {
        for (Block& block : own) fill_from_seed(block.data(), block.size());
      });
    for (std::thread& thread : threads) thread.join();
    std::set<Block> different;
    for (const auto& own : drawn) different.insert(own.begin(), own.end());
    return different;
  };
  const auto first = draw();
  EXPECT_EQ(first.size(), static_cast<std::size_t>(drawing_threads * blocks_of_thread));
  EXPECT_EQ(first, draw());  // the same blocks in every run
}

using Features = std::vector<double>;
struct Sample {
  bool passed = false;
  Features features;
};

// What can be counted of an answer: its status, sizes, header fields, and how often every byte stands in the body.
void add_features(const Response& response, Features& features) {
  std::array<double, 256> counts{};
  for (const char letter : response.content()) counts[static_cast<unsigned char>(letter)] += 1;
  double header_bytes = 0;
  for (const auto& [name, value] : response.headers) header_bytes += static_cast<double>(name.size() + value.size());
  features.push_back(response.status);
  features.push_back(static_cast<double>(response.content().size()));
  features.push_back(static_cast<double>(response.headers.size()));
  features.push_back(header_bytes);
  features.insert(features.end(), counts.begin(), counts.end());
}

// The direction in which the two kinds differ most, every feature by its own spread.
Features direction_of(const std::vector<Sample>& samples, int left_out) {
  const std::size_t width = samples.front().features.size();
  std::array<Features, 2> sums{Features(width), Features(width)};
  Features squares(width);
  std::array<double, 2> people{};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (static_cast<int>(i % classifier_folds) == left_out) continue;
    const std::size_t kind = samples[i].passed ? 1 : 0;
    people[kind] += 1;
    for (std::size_t f = 0; f < width; ++f) {
      sums[kind][f] += samples[i].features[f];
      squares[f] += samples[i].features[f] * samples[i].features[f];
    }
  }
  Features direction(width);
  for (std::size_t f = 0; f < width; ++f) {
    const double mean = (sums[0][f] + sums[1][f]) / (people[0] + people[1]);
    const double spread = squares[f] / (people[0] + people[1]) - mean * mean;
    if (spread > 1e-9) direction[f] = (sums[1][f] / people[1] - sums[0][f] / people[0]) / spread;
  }
  return direction;
}

// The share of pairs of the fold in which who passed gets the higher score; a tie counts half.
double area_of_fold(const std::vector<Sample>& samples, const Features& direction, int fold) {
  std::vector<std::pair<double, bool>> scores;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (static_cast<int>(i % classifier_folds) != fold) continue;
    const Features& features = samples[i].features;
    scores.emplace_back(std::inner_product(features.begin(), features.end(), direction.begin(), 0.0), samples[i].passed);
  }
  std::sort(scores.begin(), scores.end());
  double failed_below = 0;
  double pairs = 0;
  double passed = 0;
  for (std::size_t at = 0; at < scores.size();) {
    double passed_here = 0;
    double failed_here = 0;
    const double score = scores[at].first;
    for (; at < scores.size() && scores[at].first == score; ++at) (scores[at].second ? passed_here : failed_here) += 1;
    pairs += passed_here * (failed_below + failed_here / 2);
    failed_below += failed_here;
    passed += passed_here;
  }
  return pairs / (passed * failed_below);
}

double cross_validated_area(const std::vector<Sample>& samples) {
  double sum = 0;
  for (int fold = 0; fold < classifier_folds; ++fold) sum += area_of_fold(samples, direction_of(samples, fold), fold);
  return sum / classifier_folds;
}

// Of a classifier that knows nothing: Mann and Whitney's variance in each fold, averaged over the folds.
double standard_error(double passed, double failed) {
  const double in_fold = (passed + failed) / classifier_folds + 1;
  const double pairs = 12 * (passed / classifier_folds) * (failed / classifier_folds);
  return std::sqrt(in_fold / pairs / classifier_folds);
}

std::string number_of_classified(int person) {
  return fmt::format("{:08}", 2'000'000 + person);
}

class ReleaseClassifier : public ::testing::Test {
 protected:
  ReleaseClassifier() {
    office.publications.now = [this] { return office.clock.now(); };
    minute = Instant(std::chrono::ceil<std::chrono::minutes>(office.clock.now().time_since_epoch())) + std::chrono::hours(1);
    // Who passes is drawn, so that nothing of the number or its place tells it.
    passes.assign(classified_people, false);
    std::fill(passes.begin(), passes.begin() + classified_people / 2, true);
    std::shuffle(passes.begin(), passes.end(), std::mt19937_64(18));
    for (const char* officer : {"kim", "lee", "park"})
      hanjari::tests::give_release_key(office.publications, passphrase, by(officer));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(exam.text()),
                                                  services::RecruitmentState::closed, 0, {});
    Application application;
    application.id = ApplicationId("A-1");
    application.exam = exam;
    application.account = "one";
    application.state = ApplicationState::paid;
    application.form = hanjari::tests::sample_form();
    office.applying.applications.applications[application.id] = application;
    office.applying.applications.receipts[application.id] = "receipt";
    seat().exam.applicants[seat().plan.placements.front().applicant.value].id = ApplicantId("A-1");
  }

  PlannedExam& seat() { return office.plans.live.front(); }
  services::Change by(const std::string& author) { return {author, "", office.clock.now(), "exam_officer"}; }
  void run(const services::Job& job, const services::JobWork& work) {
    for (services::Job& one : office.jobs.jobs) {
      if (one.id == job.id) one.state = services::JobState::done;
    }
    work({job, no_progress(), {}});
  }
  hanjari::tests::ResultFiles results() const {
    std::string people = "applicant_number,unit_code,sex,attendance,bonus\n";
    std::string scores = "applicant_number,unit_code,subject,kind,raw\n";
    for (int person = 0; person < classified_people; ++person) {
      const std::string number = number_of_classified(person);
      people += number + ",U,F,present,\n";
      scores += fmt::format("{},U,korean,common,{}.{:02}\n", number, (passes[static_cast<std::size_t>(person)] ? 70 : 45) + person % 20,
                            person % 100 / 25 * 25);
    }
    return {{"units.csv",
             "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,to_pass\n"
             "U,행정,Administration,general,9,4000,100,A,4000\n"},
            {"people.csv", people},
            {"scores.csv", scores},
            {"rules.json", "{}"}};
  }
  void decide() {
    run(services::order_result_import(office.stored, office.jobs, exam, hanjari::tests::zip_of_results(results()),
                                      package::Encoding::utf8, by("kim")),
        services::result_import_work(office.results, office.jobs, office.clock));
    const std::string digest = office.results.packages.front().rules_sha256;
    services::propose_rules(office.results, exam, 1, digest, by("kim"));
    services::freeze_rules(office.results, exam, digest, by("lee"));
    run(services::order_decision(office.results, office.jobs, exam, 1, by("kim")),
        services::decision_work(office.stored, office.results, office.clock));
  }
  void arm() {
    services::PublicationOrder order;
    order.decision = 1;
    order.release_at = minute;
    order.next_passed = {"Register until Friday at the office; bring your documents.", "금요일까지 서류를 갖추어 등록하십시오."};
    order.next_others = {"The next exam is in spring.", "다음 시험은 봄에 있습니다."};
    order.objection = {"Write to us.", "서면으로 제출하십시오."};
    order.share_holders = {"kim", "lee", "park"};
    const auto ordered =
        services::order_publication(office.publications, office.results, office.jobs, exam, order, by("kim"));
    run(*ordered.job, services::publication_work(office.stored, office.results, office.publications, signer, office.clock));
    const std::string digest = services::find_publication(office.publications, exam, 1).state.digest;
    services::propose_publication(office.publications, exam, 1, digest, by("kim"));
    services::approve_publication(office.publications, office.results, exam, 1, digest, true, by("lee"));
    office.clock.set(minute - std::chrono::minutes(2));
    for (const char* officer : {"kim", "park"}) office.desk.arm(exam, 1, passphrase, digest, true, by(officer));
  }
  // One person's answers, one after the other by the same session, whose seat has everybody's number in turn.
  std::vector<Sample> listen() {
    Browser browser(running, Listener::portal);
    browser.set_cookie("hanjari_applicant", office.sign_in_applicant("one"));
    std::vector<Sample> samples;
    for (int person = 0; person < classified_people; ++person) {
      seat().plan.placements.front().number = ApplicantNumber(number_of_classified(person));
      Sample sample;
      sample.passed = passes[static_cast<std::size_t>(person)];
      for (const char* path : {"/ko/my/A-1/result", "/en/my/A-1/result/record"})
        add_features(browser.get(path), sample.features);
      samples.push_back(std::move(sample));
    }
    return samples;
  }

  SeededRandomness seeded;
  const ExamCode exam{"seoul-2021-1"};
  const std::string passphrase = "a passphrase of an officer";
  services::NoteSigner signer = services::publication_story::story_signer();
  Office office;
  Running running{office};
  Instant minute{};
  std::vector<bool> passes;
};

// Red when records are not padded to one size, and when the waiting page has a word or a byte more for who passed.
TEST_F(ReleaseClassifier, LearnsNothingFromEightThousandPeoplesAnswersBeforeTheMinute) {
  decide();
  arm();
  office.clock.set(minute - std::chrono::milliseconds(1));
  office.desk.look();
  std::vector<Sample> samples = listen();
  ASSERT_EQ(samples.front().features[0], 200);
  ASSERT_EQ(samples.front().features[260], 200) << "there is a record to be looked at";
  const double half = classified_people / 2.0;
  const double error = standard_error(half, half);
  const double area = cross_validated_area(samples);
  RecordProperty("area", fmt::format("{:.4f}", area));
  // Only an area above one half would be knowledge. Below it lies what knows nothing, more often than not: who is left out of the learning leans the other
  // way than who is in it, since both together are the same people each time.
  EXPECT_LT(area, 0.5 + allowed_errors * error);
  // The machine is no blind one: it hears one byte more for every seventh person, where that person passed.
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].passed && i % 7 == 0) samples[i].features[261] += 1;
  }
  EXPECT_GT(cross_validated_area(samples), 0.5 + allowed_errors * error);
}

}  // namespace
}  // namespace hanjari::web::testing
