// The fairness report of the live plan on a real database: made, judged, protected against the one before, and kept once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/fairness/figures.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/publications/fairness_reports.h"
#include "hanjari/verification/verify_fairness.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::plan_of;
using ::testing::HasSubstr;

class PublishedFairness : public ::testing::Test {
 protected:
  void import(const Exam& exam, const Plan& plan) { database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress()); }
  void go_live(const Exam& exam, const Plan& plan) {
    const auto live = database->exams().find_live_plan(code);
    database->exams().set_live_plan(code, {plan.digest, exam.input_sha256}, live ? live->version : 0, change_of(database.clock));
  }
  std::string publish() {
    const Job job = order_fairness_report(database->exams(), database->jobs(), code, change_of(database.clock));
    return fairness_report_work(database->exams(), database->publications(), database.clock)({job, no_progress(), {}});
  }
  FairnessReport shown() { return find_fairness_report(database->exams(), database->publications(), code).value(); }

  hanjari::tests::TestDatabase database;
  const ExamCode code{"test-1"};
};

// Red when the report is a file of the command line only, or is shown without having been judged.
TEST_F(PublishedFairness, IsThatOfTheLivePlanAndPublishedOnce) {
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = plan_of(exam);
  import(exam, plan);
  EXPECT_EQ(code_thrown([&] { publish(); }), "no_live_plan");
  EXPECT_FALSE(find_fairness_report(database->exams(), database->publications(), code));
  go_live(exam, plan);
  EXPECT_EQ(publish(), R"({"again":false,"fairness_report":1})");
  EXPECT_EQ(shown().version, 1);
  EXPECT_EQ(shown().plan_digest, plan.digest);
  EXPECT_THAT(shown().csv, HasSubstr("\nall,,"));
  EXPECT_TRUE(verification::verify_fairness(exam, package::rows_of_plan(exam, plan), shown().csv).empty());
  EXPECT_EQ(publish(), R"({"again":true,"fairness_report":1})") << "nothing was made";
  EXPECT_EQ(database->publications().list_fairness_reports(code).size(), 1U) << "the plan has its report already";
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'fairness.publish'"), 1);
}

// Red when the second report is made as if there were no first one: who subtracts one from the other learns of one person.
TEST_F(PublishedFairness, IsProtectedAgainstTheOneBefore) {
  const Exam first = hanjari::tests::small_exam();
  const Plan first_plan = plan_of(first);
  import(first, first_plan);
  go_live(first, first_plan);
  publish();
  Exam second = first;
  Sex& sex = second.applicants[10].sex;
  sex = sex == Sex::male ? Sex::female : Sex::male;
  make_canonical(second);
  second.input_sha256 = package::digest_exam(second);
  const Plan second_plan = plan_of(second);
  import(second, second_plan);
  EXPECT_EQ(shown().version, 1) << "until the second one is published";
  go_live(second, second_plan);
  publish();
  ASSERT_EQ(shown().version, 2);
  const auto then = fairness::seated_people(first, package::rows_of_plan(first, first_plan));
  const auto now = fairness::seated_people(second, package::rows_of_plan(second, second_plan));
  const auto reports = database->publications().list_fairness_reports(code);
  const fairness::PublishedEdition before{then.members, fairness::published_in(reports.back().csv, then)};
  EXPECT_EQ(shown().csv, fairness::render_fairness(now, fairness::cells_to_publish(now.members, {before}, Seed{})));
  EXPECT_NE(shown().csv, fairness::render_fairness(now, fairness::cells_to_publish(now.members, {}, Seed{})));
}

TEST_F(PublishedFairness, IsKeptUnderTheNextVersionOnly) {
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = plan_of(exam);
  import(exam, plan);
  FairnessReport report;
  report.exam = code;
  report.version = 2;
  report.plan_digest = plan.digest;
  report.input_sha256 = exam.input_sha256;
  EXPECT_EQ(code_thrown([&] { database->publications().add_fairness_report(report, change_of(database.clock)); }), "fairness_changed");
  report.version = 1;
  EXPECT_EQ(database->publications().add_fairness_report(report, change_of(database.clock)).version, 1);
  EXPECT_TRUE(database->publications().list_fairness_reports(ExamCode("test-2")).empty());
}

}  // namespace
}  // namespace hanjari::services
