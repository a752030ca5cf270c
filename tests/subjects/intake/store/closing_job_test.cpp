// Applications closed by a job over a real database: killed at every step, with payments that nobody has heard of, and
// with a notice that somebody changes meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "hanjari/base/error.h"
#include "hanjari/intake/closing_job.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "stage/code_thrown.h"
#include "stage/killed_programs.h"
#include "stage/memory_intake.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using services::TestOutcome;

// Says nothing of any order while it is silent.
class SilentProvider : public services::TestProvider {
 public:
  SilentProvider(services::TestProviderBooks& books, const Clock& clock, bool silent)
      : TestProvider(books, clock, "test secret"), silent_(silent) {}
  services::ProviderNotice ask(const std::string& order) override {
    if (silent_) throw Unavailable("provider_away", {"away", "응답 없음"});
    return TestProvider::ask(order);
  }

 private:
  bool silent_;
};

// The intake of one program.
struct ProgramIntake {
  ProgramIntake(storage::Database& database, const Clock& clock, bool silent)
      : provider(database.test_orders(), clock, silent),
        queue(database.applications(), clock),
        forms({database.recruitments(), database.applications(), database.identity(), clock}),
        submitting({database.recruitments(), database.applications(), signer, queue}),
        paying({database.recruitments(), database.applications(), database.payments(), provider, clock}),
        closing({database.recruitments(), database.applications(), paying, clock}) {}

  SilentProvider provider;
  services::ReceiptSigner signer = services::ReceiptSigner::from_seed("0123456789abcdef0123456789abcdef");
  services::SubmissionQueue queue;
  services::FormFilling forms;
  services::Submitting submitting;
  services::Paying paying;
  services::ApplicationCloser closing;
};

class ClosingJobs : public testing::Test {
 protected:
  ClosingJobs() {
    database->recruitments().save_recruitment(sample_notice(), services::RecruitmentState::published, 0, change());
  }
  services::Change change() const { return {"kim", "", clock.now()}; }
  Application apply_for(const std::string& account, int person) {
    const services::Applicant who{account};
    const auto begun = own.forms.open_draft(who, code);
    const auto draft = own.forms.save_draft(who, code, begun.version, sample_form(person));
    return own.submitting.submit(who, code, {draft.submission_key, draft.version, clock.now()}).application;
  }
  // So many more people who have not paid.
  void copy_unpaid(const Application& one, int more) {
    database.connect()->change(
        "INSERT INTO applications (application_id, exam_code, unit_code, account, state, version, exam_on, claim_hash, "
        "fee_won, submitted_at, paid_at, form_sealed) SELECT CONCAT('copied', LPAD(seq, 5, '0')), exam_code, "
        "unit_code, CONCAT('p-copied-', seq), 'submitted', 1, exam_on, claim_hash, fee_won, submitted_at, NULL, "
        "form_sealed FROM applications JOIN seq_1_to_100000 WHERE application_id = ? AND seq <= ?",
        one.id.text(), more);
  }
  void pay(const std::string& account, const Application& application, TestOutcome outcome) {
    const auto checkout = own.paying.begin_payment({account}, application.id);
    for (const auto& notification : own.provider.decide(checkout.payment.id, outcome))
      own.paying.accept_notification(notification.body, notification.signature);
  }
  services::Job order(std::int64_t concerned) {
    return services::order_closing(own.closing, database->jobs(), kim, code, concerned, change());
  }
  MakeWork work(bool silent) {
    return [this, silent](storage::Database& program) -> services::JobWork {
      const auto parts = std::make_shared<ProgramIntake>(program, clock, silent);
      return [parts, whole = services::closing_work(parts->closing, clock)](const services::JobCall& call) { return whole(call); };
    };
  }
  std::int64_t count(const char* what) { return database.number(std::string("SELECT COUNT(*) FROM ") + what); }

  TestDatabase database;
  SetClock clock{at("2021-03-04T10:00:00+09:00")};
  ProgramIntake own{*database, clock, false};
  const ExamCode code{"seoul-2021-1"};
  const services::Actor kim{"kim", services::Role::exam_officer, {}};
  const Instant all_over = at("2021-03-07T18:01:01+09:00");
};

// Red when a portion is not compared by its state, when the notice is not closed by compare-and-set, and when the result
// counts what the last program did instead of what is stored.
TEST_F(ClosingJobs, LapseEveryUnpaidApplicationOnceHoweverOftenTheProgramIsKilled) {
  copy_unpaid(apply_for("p-sky", 1), 1'202);
  pay("p-river", apply_for("p-river", 2), TestOutcome::success);
  pay("p-hill", apply_for("p-hill", 3), TestOutcome::lost_notice);
  clock.set(all_over);
  const services::Job ordered = order(1'204);
  EXPECT_EQ(order(1'204).id, ordered.id);
  const ManyPrograms programs = kill_at_every_step(database, ordered.id, work(false));
  EXPECT_GE(programs.kills, 6);
  ASSERT_EQ(programs.ended.state, services::JobState::done) << programs.ended.fault.en;
  const auto made = services::parse_closing_made(programs.ended.result);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->accepted, 2);
  EXPECT_EQ(made->lapsed, 1'203);
  EXPECT_EQ(made->undecided, 0);
  EXPECT_TRUE(made->closed);
  EXPECT_EQ(count("applications WHERE state = 'lapsed' AND version = 2"), 1'203);
  EXPECT_EQ(count("application_events WHERE kind = 'lapsed'"), 1'203);
  EXPECT_EQ(count("messages WHERE dedupe_id LIKE 'paid/%'"), 2);
  EXPECT_EQ(count("recruitments WHERE state = 'closed' AND version = 2"), 1);
  EXPECT_EQ(count("audit_entries WHERE action = 'recruitment.save'"), 2) << "published, and closed once";
  EXPECT_EQ(count("audit_entries WHERE action = 'job.done'"), 1);
}

// Red when lapse_unpaid does not look at the payments.
TEST_F(ClosingJobs, LapseNobodyWhosePaymentIsUndecided) {
  copy_unpaid(apply_for("p-sky", 1), 20);
  const Application unheard = apply_for("p-hill", 3);
  pay("p-hill", unheard, TestOutcome::lost_notice);
  clock.set(all_over);
  const ManyPrograms silent = kill_at_every_step(database, order(22).id, work(true));
  ASSERT_EQ(silent.ended.state, services::JobState::done) << silent.ended.fault.en;
  const auto first = services::parse_closing_made(silent.ended.result);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->lapsed, 21);
  EXPECT_EQ(first->undecided, 1);
  EXPECT_EQ(first->accepted, 0);
  EXPECT_FALSE(first->closed);
  EXPECT_EQ(database->applications().find_application(unheard.id)->state, ApplicationState::submitted);
  EXPECT_EQ(count("recruitments WHERE state = 'published'"), 1);
  const ManyPrograms heard = kill_at_every_step(database, order(1).id, work(false));
  const auto second = services::parse_closing_made(heard.ended.result);
  ASSERT_TRUE(second) << heard.ended.fault.en;
  EXPECT_EQ(second->accepted, 1);
  EXPECT_EQ(second->lapsed, 21);
  EXPECT_TRUE(second->closed);
  EXPECT_EQ(database->applications().find_application(unheard.id)->state, ApplicationState::paid);
}

TEST_F(ClosingJobs, AreOrderedWithTheNumberOfPeopleAndOnlyWhenACalendarIsOver) {
  copy_unpaid(apply_for("p-sky", 1), 3);
  EXPECT_EQ(code_thrown([&] { order(4); }), "still_open");
  clock.set(at("2021-03-05T18:00:59+09:00"));
  EXPECT_EQ(code_thrown([&] { order(4); }), "still_open") << "what was complete in time may still be stored";
  clock.set(at("2021-03-05T18:01:00+09:00"));
  for (const std::int64_t wrong : {std::int64_t{0}, std::int64_t{3}, std::int64_t{5}, std::int64_t{-1}})
    EXPECT_EQ(code_thrown([&] { order(wrong); }), "concern_unsaid") << wrong;
  EXPECT_EQ(count("jobs"), 0);
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { services::order_closing(own.closing, database->jobs(), auditor, code, 4, change()); }),
            "role_not_allowed");
  const ManyPrograms programs = kill_at_every_step(database, order(4).id, work(false));
  const auto made = services::parse_closing_made(programs.ended.result);
  ASSERT_TRUE(made) << programs.ended.fault.en;
  EXPECT_EQ(made->still_open, 1);
  EXPECT_FALSE(made->closed);
  EXPECT_EQ(made->lapsed, 4);
}

// Red while the work looked at the clock alone: the officer was told of nobody in the calendar that closed afterwards.
TEST_F(ClosingJobs, LeaveACalendarAloneThatClosedAfterTheOrder) {
  copy_unpaid(apply_for("p-sky", 1), 3);
  clock.set(at("2021-03-05T18:01:00+09:00"));
  const services::Job ordered = order(4);
  clock.set(all_over);
  const ManyPrograms programs = kill_at_every_step(database, ordered.id, work(false));
  const auto made = services::parse_closing_made(programs.ended.result);
  ASSERT_TRUE(made) << programs.ended.fault.en;
  EXPECT_EQ(made->lapsed, 4);
  EXPECT_EQ(made->still_open, 1);
  EXPECT_FALSE(made->closed);
}

// Somebody gives the people more time between the reading of the notice and the lapse.
TEST_F(ClosingJobs, LapseNobodyOfANoticeThatWasChangedMeanwhile) {
  const Application unpaid = apply_for("p-sky", 1);
  Recruitment longer = sample_notice();
  longer.calendars[0].applications.closes = at("2021-03-06T18:00:00+09:00");
  database->recruitments().save_recruitment(longer, services::RecruitmentState::published, 1, change());
  EXPECT_EQ(code_thrown([&] { database->applications().lapse_unpaid(code, {UnitCode("101")}, change(), 1); }),
            "recruitment_changed");
  EXPECT_EQ(database->applications().find_application(unpaid.id)->state, ApplicationState::submitted);
  EXPECT_EQ(database->applications().lapse_unpaid(code, {UnitCode("101")}, change(), 2).lapsed, 1);
}

}  // namespace
}  // namespace hanjari::tests
