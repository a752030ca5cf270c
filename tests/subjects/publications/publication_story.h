// A decision of four people on its way to being released, in memory, with a clock that stands still until it is told to move.
#pragma once

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <sodium.h>

#include "hanjari/package/packed_results.h"
#include "hanjari/plans/exams.h"
#include "hanjari/publications/opened.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/publications/release_desk.h"
#include "hanjari/results/result_jobs.h"
#include "results/small_results.h"
#include "stage/memory_jobs.h"
#include "stage/memory/memory_basis.h"
#include "stage/memory/memory_interviews.h"
#include "stage/memory/memory_publications.h"
#include "stage/memory/memory_results.h"
#include "stage/memory/release_keys.h"

namespace hanjari::services::publication_story {

class StoryClock : public Clock {
 public:
  Instant now() const override { return now_; }
  std::chrono::nanoseconds elapsed() const override { return now_.time_since_epoch(); }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_ = Instant(std::chrono::seconds(1'632'866'400));
};

// Knows the exam by its head only, unless a test gives it people: of a publication, only the rates by group read them.
class ExamToPublish : public ExamRepository {
 public:
  ImportOutcome save_exam(const Exam&, const Plan*, const Change&, Progress&) override { return {}; }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override {
    return planned ? std::optional(planned->exam) : std::nullopt;
  }
  std::optional<ExamHead> find_head(const ExamCode&) override {
    ExamHead head;
    head.name_ko = "시험";
    head.name_en = "An exam";
    head.time_zone = "Asia/Seoul";
    return head;
  }
  std::vector<StoredPopulation> list_populations(const ExamCode&) override { return {{std::string(64, '0'), 4, {}}}; }
  std::vector<StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override {
    return planned ? std::optional(planned->plan) : std::nullopt;
  }
  std::optional<LivePointer> find_live_plan(const ExamCode&) override {
    return planned ? std::optional(LivePointer{std::string(64, 'a'), std::string(64, '0'), 1}) : std::nullopt;
  }
  void set_live_plan(const ExamCode&, const StoredPlan&, std::int64_t, const Change&) override {}

  std::optional<PlannedExam> planned;
};

// A pair of keys made from a seed of one letter.
inline NoteSigner story_signer() {
  std::string seed(crypto_sign_SEEDBYTES, 's');
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                           reinterpret_cast<unsigned char*>(secret.data()),
                           reinterpret_cast<const unsigned char*>(seed.data()));
  return {public_key, [secret](std::string_view text) {
            std::string signature(crypto_sign_BYTES, '\0');
            crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                                 reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                 reinterpret_cast<const unsigned char*>(secret.data()));
            return signature;
          }};
}

class PublicationStory : public ::testing::Test {
 protected:
  PublicationStory() {
    publications.now = [this] { return clock.now(); };
    publications.basis = [this](const ExamCode& of) { return basis_now(of); };
    for (const char* officer : {"kim", "lee", "park"}) hanjari::tests::give_release_key(publications, passphrase_of(officer), by(officer));
    import_and_decide(hanjari::tests::small_results());
  }

  ReleaseBasis basis_now(const ExamCode& of) {
    ReleaseBasis there = hanjari::tests::basis_in_memory(results, of);
    for (const StoredFinal& one : interviews.list_finals(of)) there.finals = std::max(there.finals, one.version);
    for (const Publication& one : publications.publications) {
      if (one.exam == of && one.order.stage == proof::Stage::written && one.state.step == ReleaseStep::released)
        there.released = std::max(there.released, one.version);
    }
    return there;
  }
  static std::string passphrase_of(const std::string& officer) { return "a long passphrase of " + officer; }
  Change by(const std::string& author) const { return {author, "", clock.now(), "exam_officer"}; }

  std::string run(const Job& job, const JobWork& work) {
    for (Job& one : jobs.jobs) {
      if (one.id == job.id) one.state = JobState::done;
    }
    return work({job, no_progress(), {}});
  }
  void import_and_decide(const hanjari::tests::ResultFiles& files) { import_and_decide_on(hanjari::tests::zip_of_results(files)); }
  // A ZIP file, or a workbook.
  void import_and_decide_on(const std::string& sent) {
    run(order_result_import(exams, jobs, exam, sent, package::Encoding::utf8, by("kim")),
        result_import_work(results, jobs, clock));
    const auto version = static_cast<std::int64_t>(results.packages.size());
    const std::string digest = find_package(results, exam, version).rules_sha256;
    if (results.rules.step == RulesStep::open) {
      propose_rules(results, exam, version, digest, by("kim"));
      freeze_rules(results, exam, digest, by("lee"));
    }
    run(order_decision(results, jobs, exam, version, by("kim")), decision_work(exams, results, clock));
  }
  PublicationOrder an_order(std::int64_t decision = 1) const {
    PublicationOrder order;
    order.decision = decision;
    order.release_at = the_minute;
    order.next_passed = {"Register until Friday.", "금요일까지 등록하십시오."};
    order.next_others = {"The next exam is in spring.", "다음 시험은 봄에 있습니다."};
    order.objection = {"Write to us.", "서면으로 제출하십시오."};
    order.share_holders = {"kim", "lee", "park"};
    return order;
  }
  Publication seal(const PublicationOrder& order, const std::string& author = "kim") {
    const OrderedPublication ordered = order_publication(publications, results, jobs, exam, order, by(author), &interviews);
    run(*ordered.job, publication_work(exams, results, publications, signer, clock, &interviews));
    return find_publication(publications, exam, ordered.publication.number);
  }
  Publication approve(const Publication& sealed) {
    propose_publication(publications, exam, sealed.number, sealed.state.digest, by("kim"));
    return approve_publication(publications, results, exam, sealed.number, sealed.state.digest, true, by("lee"));
  }
  Publication arm(ReleaseDesk& at, const Publication& approved, const std::string& officer) {
    return at.arm(exam, approved.number, passphrase_of(officer), approved.state.digest, true, by(officer));
  }
  Publication now_of(const Publication& publication) { return find_publication(publications, exam, publication.number); }
  // From the order to the minute.
  Publication release(const PublicationOrder& order) {
    const Publication approved = approve(seal(order));
    clock.set(order.release_at - std::chrono::minutes(2));
    arm(desk, approved, "lee");
    arm(desk, approved, "park");
    clock.set(order.release_at);
    desk.look();
    return now_of(approved);
  }

  const ExamCode exam{"exam-1"};
  const Instant the_minute{std::chrono::seconds(1'632'873'600)};
  StoryClock clock;
  ExamToPublish exams;
  hanjari::tests::MemoryJobs jobs;
  hanjari::tests::MemoryResults results;
  hanjari::tests::MemoryInterviews interviews;
  hanjari::tests::MemoryPublications publications;
  NoteSigner signer = story_signer();
  ReleaseDesk desk{publications, results, clock};
};

}  // namespace hanjari::services::publication_story
