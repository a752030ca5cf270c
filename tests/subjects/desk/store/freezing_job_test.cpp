// A list frozen by a job over a real database, whose program is killed at every step: one exam, with everybody once.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/desk/freezing.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/plans/import_job.h"
#include "hanjari/sample/sample.h"
#include "stage/code_thrown.h"
#include "stage/killed_programs.h"
#include "stage/memory_intake.h"
#include "stage/planted_files.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

// All that one program does with applications.
struct FreezingProgram {
  FreezingProgram(storage::Database& database, const Clock& clock)
      : provider(database.test_orders(), clock, "test secret"),
        queue(database.applications(), clock),
        files(database.attachments()),
        intake(put_together(database, clock)) {}

  services::UseCases put_together(storage::Database& database, const Clock& clock) {
    auto& notices = database.recruitments();
    auto& applications = database.applications();
    const services::Paying paying({notices, applications, database.payments(), provider, clock});
    const services::OfficersWork officers({notices, applications, database.outbox(), database.accesses(), clock});
    return {
        .notices = services::NoticeBoard(notices),
        .forms = services::FormFilling({notices, applications, files, database.identity(), clock}),
        .attachments = services::OwnAttachments(files),
        .submitting = services::Submitting({notices, applications, signer, queue}),
        .own = services::OwnApplications({notices, applications, database.plans(), clock}),
        .paying = paying,
        .self_reports = services::SelfReporting({notices, applications, database.self_reports(), clock}),
        .texts = services::PortalTexts(database.portal_texts()),
        .officers = officers,
        .health = services::HealthDecisions(
            {notices, applications, database.self_reports(), database.exams(), database.accesses(), clock}),
        .claims = services::Claims({notices, applications, database.accesses(), clock}),
        .closing = services::ApplicationCloser({notices, applications, paying, clock}),
        .exports = services::ApplicantExport({notices, applications, database.accesses(), database.setups()}),
        .table = services::OfficeTable({notices, applications, database.application_table(), files, database.payments(), officers,
                                        signer, database.accesses(), clock}),
        .setup = services::NoticeSetup({notices, database.setups(), database.notice_proposals(), clock}),
        .portraits = services::Portraits(files),
    };
  }

  services::TestProvider provider;
  services::ReceiptSigner signer = services::ReceiptSigner::from_seed("0123456789abcdef0123456789abcdef");
  services::SubmissionQueue queue;
  PlantedFiles files;
  services::UseCases intake;
};

class FreezingJobs : public testing::Test {
 protected:
  FreezingJobs() {
    database->recruitments().save_recruitment(sample_notice(), services::RecruitmentState::published, 0, change());
    sample::SampleRequest request;
    request.applicants = 40;
    request.venues = 2;
    request.units = 2;
    last_year = sample::make_sample(request);
    last_year.input_sha256 = package::digest_exam(last_year);
    database->exams().save_exam(last_year, nullptr, change(), no_progress());
  }
  services::Change change() const { return {"kim", "", clock.now()}; }
  void apply_and_pay(const std::string& account, int person) {
    const services::Applicant who{account};
    const auto begun = own.intake.forms.open_draft(who, code);
    const auto draft = own.intake.forms.save_draft(who, code, begun.version, sample_form(person));
    const Application sent =
        own.intake.submitting.submit(who, code, {draft.submission_key, draft.version, clock.now()}).application;
    const auto checkout = own.intake.paying.begin_payment(who, sent.id);
    for (const auto& notification : own.provider.decide(checkout.payment.id, services::TestOutcome::success))
      own.intake.paying.accept_notification(notification.body, notification.signature);
  }
  std::int64_t count(const char* what) { return database.number(std::string("SELECT COUNT(*) FROM ") + what); }

  TestDatabase database;
  SetClock clock{at("2021-03-04T10:00:00+09:00")};
  FreezingProgram own{*database, clock};
  const ExamCode code{"seoul-2021-1"};
  const services::Actor kim{"kim", services::Role::exam_officer, {}};
  Exam last_year;
};

TEST_F(FreezingJobs, StoreTheListOnceHoweverOftenTheProgramIsKilled) {
  apply_and_pay("p-sky", 1);
  apply_and_pay("p-river", 2);
  clock.set(at("2021-03-10T18:01:00+09:00"));
  own.intake.closing.close_applications(kim, code, change(), no_progress());
  const services::FreezingNeeds needs{own.intake, database->exams(), nullptr};
  const services::FreezingWish wish{code, ExamCode(), last_year.header.code, 2};
  const services::Job ordered = services::order_freezing(needs, database->jobs(), kim, wish, change());
  const ManyPrograms programs = kill_at_every_step(
      database, ordered.id,
      [this](storage::Database& program) -> services::JobWork {
        const auto parts = std::make_shared<FreezingProgram>(program, clock);
        return [parts, whole = services::freezing_work({parts->intake, program.exams(), nullptr}, clock)](
                   const services::JobCall& call) { return whole(call); };
      },
      StepByStep::Count::stages);
  EXPECT_GE(programs.kills, 3);
  ASSERT_EQ(programs.ended.state, services::JobState::done) << programs.ended.fault.en;
  const auto made = services::parse_import_made(programs.ended.result);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->people, 2);
  const auto populations = database->exams().list_populations(code);
  ASSERT_EQ(populations.size(), 1U) << "killed after it was stored, it finds its own";
  EXPECT_EQ(populations.front().input_sha256, made->input_sha256);
  const auto frozen = database->exams().find_exam(code, made->input_sha256);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->applicants.size(), 2U);
  EXPECT_EQ(frozen->venues.size(), last_year.venues.size());
  EXPECT_EQ(count("audit_entries WHERE action = 'job.done'"), 1);
}

TEST_F(FreezingJobs, AreOneHoweverManyOfficersOrderAtOnce) {
  constexpr std::size_t officers = 4;
  apply_and_pay("p-sky", 1);
  clock.set(at("2021-03-10T18:01:00+09:00"));
  own.intake.closing.close_applications(kim, code, change(), no_progress());
  const services::FreezingWish wish{code, ExamCode(), last_year.header.code, 1};
  std::vector<std::string> ordered(officers);
  std::vector<std::thread> racing;
  for (std::string& id : ordered) {
    racing.emplace_back([this, &id, &wish] {
      FreezingProgram mine{*database, clock};
      try {
        id = services::order_freezing({mine.intake, database->exams(), nullptr}, database->jobs(), kim, wish, change()).id;
      } catch (const Error& refused) {
        id = refused.code();
      }
    });
  }
  for (std::thread& one : racing) one.join();
  EXPECT_EQ(std::set<std::string>(ordered.begin(), ordered.end()).size(), 1U) << ordered.front();
  EXPECT_EQ(count("jobs WHERE kind = 'freezing'"), 1);
  // With other schools it is another order, which has to wait.
  Exam other = last_year;
  other.header.code = ExamCode("other-schools");
  other.input_sha256 = package::digest_exam(other);
  database->exams().save_exam(other, nullptr, change(), no_progress());
  EXPECT_EQ(code_thrown([&] {
              services::order_freezing({own.intake, database->exams(), nullptr}, database->jobs(), kim,
                                       {code, ExamCode(), other.header.code, 1}, change());
            }),
            "job_running");
}

}  // namespace
}  // namespace hanjari::tests
