// Plans kept in memory: how many and how large, and who waits for whom.
#include "hanjari/plans/plan_copies.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "stage/small_exam.h"

namespace hanjari::web::testing {
namespace {

using services::PlanCopies;

// The small exam with a plan under every digest; counts whole readings.
class ManyPlans : public NoExams {
 public:
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return small_.exam; }
  std::optional<Plan> find_plan(const Exam&, const std::string& digest) override {
    ++read;
    if (digest == "slow") {
      slow_began = true;
      while (!slow_may_end) std::this_thread::yield();
    }
    if (digest == "gone") return std::nullopt;
    Plan plan = small_.plan;
    plan.digest = digest;
    return plan;
  }
  std::atomic<int> read{0};
  std::atomic<bool> slow_began{false};
  std::atomic<bool> slow_may_end{false};

 private:
  PlannedExam small_ = make_small_exam();
};

services::StoredPlan plan_named(const std::string& digest) {
  services::StoredPlan plan;
  plan.digest = digest;
  return plan;
}

const ExamCode code_of_copies("seoul-2021-1");

TEST(PlanCopies, KeepTheLastThatWereAskedFor) {
  ManyPlans exams;
  PlanCopies copies(2);
  for (const char* digest : {"a", "b", "a", "c", "a"}) copies.find(exams, code_of_copies, plan_named(digest));
  EXPECT_EQ(exams.read, 3);
  EXPECT_EQ(copies.use().copies, 2U);
  copies.find(exams, code_of_copies, plan_named("b"));
  EXPECT_EQ(exams.read, 4) << "it was the one longest not asked for";
}

// Red while only their number was bounded: three copies of a large exam took three times its size.
TEST(PlanCopies, TakeNoMoreMemoryThanTheyMayButKeepTheLastOne) {
  ManyPlans exams;
  PlanCopies first(1);
  const std::size_t bytes = services::memory_of(*first.find(exams, code_of_copies, plan_named("a")));
  PlanCopies copies(10, 2 * bytes + bytes / 2);
  for (const char* digest : {"a", "b", "c", "d"}) copies.find(exams, code_of_copies, plan_named(digest));
  EXPECT_EQ(copies.use().copies, 2U);
  EXPECT_LE(copies.use().bytes, 2 * bytes + bytes / 2);
  PlanCopies tiny(10, 1);
  tiny.find(exams, code_of_copies, plan_named("a"));
  tiny.find(exams, code_of_copies, plan_named("b"));
  EXPECT_EQ(tiny.use().copies, 1U);
}

// Red while one lock was held as long as a plan was read.
TEST(PlanCopies, LetNobodyWaitForAnotherPlanThanTheOwn) {
  ManyPlans exams;
  PlanCopies copies;
  std::vector<std::future<const services::PlanCopy*>> slow;
  for (int officer = 0; officer < 3; ++officer) {
    slow.push_back(std::async(std::launch::async, [&] {
      return copies.find(exams, code_of_copies, plan_named("slow")).get();
    }));
  }
  while (!exams.slow_began) std::this_thread::yield();
  EXPECT_EQ(copies.find(exams, code_of_copies, plan_named("quick"))->planned.plan.digest, "quick");
  exams.slow_may_end = true;
  const services::PlanCopy* one = slow.front().get();
  for (std::size_t at = 1; at < slow.size(); ++at) EXPECT_EQ(slow[at].get(), one) << "read once for all of them";
  EXPECT_EQ(exams.read, 2);
}

// Of the plans of ManyPlans, with exams that are destroyed.
class DestroyedPlans : public ManyPlans {
 public:
  std::optional<services::Destroyed> find_destruction(const ExamCode& code) override {
    if (!destroyed.contains(code)) return std::nullopt;
    return services::Destroyed{};
  }
  std::set<ExamCode> destroyed;
};

// Red while a copy was let go only by whoever asked for a plan of the destroyed exam, whom every page refuses before.
TEST(PlanCopies, KeepNothingOfADestroyedExamThatNobodyAsksForAgain) {
  DestroyedPlans exams;
  PlanCopies copies;
  const ExamCode other("seoul-2021-2");
  copies.find(exams, code_of_copies, plan_named("a"));
  copies.find(exams, other, plan_named("b"));
  copies.forget_destroyed(exams);
  EXPECT_EQ(copies.use().copies, 2U) << "none is destroyed";
  exams.destroyed.insert(code_of_copies);
  copies.forget_destroyed(exams);
  EXPECT_EQ(copies.use().copies, 1U);
  copies.find(exams, other, plan_named("b"));
  EXPECT_EQ(exams.read, 2) << "that of the other exam is still there";
  EXPECT_THROW(copies.find(exams, code_of_copies, plan_named("a")), Conflict);
}

TEST(PlanCopies, KeepNothingOfAPlanThatCouldNotBeRead) {
  ManyPlans exams;
  PlanCopies copies;
  EXPECT_THROW(copies.find(exams, code_of_copies, plan_named("gone")), NotFound);
  EXPECT_THROW(copies.find(exams, code_of_copies, plan_named("gone")), NotFound);
  EXPECT_EQ(exams.read, 2) << "whoever asks again reads again";
  EXPECT_EQ(copies.use().copies, 0U);
}

}  // namespace
}  // namespace hanjari::web::testing
