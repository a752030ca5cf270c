// Applying on a real server: what the constraints hold, whoever asks and however often.
#include <gmock/gmock.h>

#include <future>
#include <set>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/package/exam_package.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using services::Draft;
using services::Submission;
using services::SubmissionOutcome;

struct IntakeStoreTest : testing::Test {
  IntakeStoreTest() { publish("seoul-2021-1"); }
  void publish(const char* code) {
    database->recruitments().save_recruitment(sample_notice(code), services::RecruitmentState::published, 0,
                                              change_of(database.clock));
  }
  Draft draft_of(int person, const char* code = "seoul-2021-1") {
    Draft draft;
    draft.id = fmt_id("d", person, code);
    draft.account = "p-" + std::to_string(person);
    draft.exam = ExamCode(code);
    draft.version = 0;
    draft.submission_key = fmt_id("key", person, code);
    draft.form = sample_form(person);
    return database->applications().save_draft(draft, database.clock.now());
  }
  Submission submission_of(const Draft& draft) {
    Submission submission;
    submission.key = draft.submission_key;
    submission.draft = draft;
    submission.application = draft.edits.empty() ? ApplicationId(draft.id) : draft.edits;
    submission.exam_on = *parse_date("2021-06-05");
    submission.fee = 5'000;
    submission.receipt = "receipt of " + draft.submission_key;
    submission.received_at = database.clock.now();
    submission.accept_until = database.clock.now() + std::chrono::hours(1);
    services::Message message;
    message.dedupe_id = "receipt/" + draft.submission_key;
    message.to = "sky@example.com";
    message.subject = "접수";
    message.body = "본문";
    submission.messages = {message};
    return submission;
  }
  std::vector<services::StoredSubmission> store(const std::vector<Submission>& submissions) {
    return database->applications().save_submissions(submissions, [&] { return database.clock.now(); });
  }
  // Account p-`account` with the number of `person`, and nothing due.
  Submission free_of(int account, int person, const char* code = "seoul-2021-1") {
    Draft draft = draft_of(account, code);
    draft.form = sample_form(person);
    Submission submission = submission_of(database->applications().save_draft(draft, database.clock.now()));
    submission.fee = 0;
    return submission;
  }
  Application apply_as(int account, int person) {
    Submission submission = free_of(account, person);
    submission.fee = 5'000;
    return *database->applications().find_application(store({submission}).front().application);
  }
  Application apply(int person) {
    const auto stored = store({submission_of(draft_of(person))});
    return *database->applications().find_application(stored.front().application);
  }
  services::Payment begin(const Application& application) {
    return database->payments().begin_payment(application, terms, change_of(database.clock));
  }
  services::PaymentState pay(const services::Payment& payment, std::chrono::seconds late = {}) {
    const auto message = [&](const std::string& what) {
      services::Message made;
      made.dedupe_id = what + "/" + payment.id;
      made.to = "sky@example.com";
      return made;
    };
    const services::SettleMessages messages{
        message("paid"), [&](services::MoneyReturn why) { return message(std::string(spell(why))); }};
    return database->payments().settle_paid(payment.id, database.clock.now() + late,
                                            database.clock.now() + std::chrono::seconds(1), messages,
                                            change_of(database.clock));
  }
  static std::string fmt_id(const std::string& what, int person, const std::string& code) {
    std::string id = what + "-" + std::to_string(person) + "-" + code.substr(0, 5);
    return id + std::string(id.size() < 20 ? 20 - id.size() : 0, 'x');
  }

  TestDatabase database;
  services::OrderTerms terms{"test", database.clock.now() + services::order_lifetime, {}};
};

template <class Call>
std::string code_thrown(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return "nothing";
}

TEST_F(IntakeStoreTest, ANoticeComesBackAsItWasAndChangesByItsVersionOnly) {
  const auto stored = database->recruitments().find_recruitment(ExamCode("seoul-2021-1"));
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->notice.units.size(), 3u);
  EXPECT_EQ(stored->notice.calendars[1].applications, sample_notice().calendars[1].applications);
  auto& recruitments = database->recruitments();
  EXPECT_EQ(
      code_thrown([&] { recruitments.save_recruitment(stored->notice, stored->state, 0, change_of(database.clock)); }),
      "recruitment_changed");
  apply(1);
  Recruitment without = stored->notice;
  std::erase_if(without.units, [](const NoticeUnit& unit) { return unit.unit.code == UnitCode("101"); });
  EXPECT_EQ(code_thrown([&] {
              recruitments.save_recruitment(without, stored->state, stored->version, change_of(database.clock));
            }),
            "unit_in_use");
}

TEST_F(IntakeStoreTest, ABatchIsStoredWithAllThatBelongsToItInOneCommit) {
  std::vector<Submission> batch;
  for (int person = 1; person <= 21; ++person) batch.push_back(submission_of(draft_of(person)));
  for (const auto& answer : store(batch)) EXPECT_EQ(answer.outcome, SubmissionOutcome::stored);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'submitted'"), 21);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM submissions"), 21);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM application_events"), 21);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM messages WHERE state = 'waiting'"), 21);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'application.submit'"), 21);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM application_drafts"), 0);
  const auto application = database->applications().find_application(batch.front().application);
  ASSERT_TRUE(application);
  EXPECT_EQ(application->form, sample_form(1));
  EXPECT_EQ(database->applications().load_receipt(application->id), batch.front().receipt);
}

TEST_F(IntakeStoreTest, TheSameKeyGivesTheSameReceipt) {
  const Submission submission = submission_of(draft_of(1));
  store({submission});
  Submission again = submission;
  again.receipt = "another receipt";
  const auto answer = store({again}).front();
  EXPECT_EQ(answer.outcome, SubmissionOutcome::stored_before);
  EXPECT_EQ(answer.receipt, submission.receipt);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications"), 1);
}

TEST_F(IntakeStoreTest, AnAccountAppliesOnceForADayAcrossExams) {
  publish("gyeonggi-2021-1");
  store({submission_of(draft_of(1))});
  Draft other = draft_of(2, "gyeonggi-2021-1");
  other.account = "p-1";
  other.form = sample_form(1);
  other.id = fmt_id("other", 1, "gyeonggi");
  other.submission_key = fmt_id("other-key", 1, "gyeonggi");
  other.version = 0;
  other = database->applications().save_draft(other, database.clock.now());
  EXPECT_EQ(store({submission_of(other)}).front().outcome, SubmissionOutcome::one_per_day);
}

TEST_F(IntakeStoreTest, OfANumberOneCountsOnADayAcrossExamsAlsoInOneBatch) {
  publish("gyeonggi-2021-1");
  const auto answers = store({free_of(1, 1), free_of(2, 1, "gyeonggi-2021-1"), free_of(3, 3)});
  for (const auto& answer : answers) EXPECT_EQ(answer.outcome, SubmissionOutcome::stored);
  EXPECT_FALSE(answers[0].waits);
  EXPECT_TRUE(answers[1].waits);
  EXPECT_FALSE(answers[2].waits);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'paid'"), 2);
}

TEST_F(IntakeStoreTest, OfANumberThatProgramsStoreAtOnceOneCounts) {
  publish("gyeonggi-2021-1");
  constexpr int rounds = 8;
  for (int round = 0; round < rounds; ++round) {
    const std::vector<Submission> two = {free_of(100 + round, 100 + round),
                                         free_of(200 + round, 100 + round, "gyeonggi-2021-1")};
    std::vector<std::future<bool>> waits;
    for (const Submission& submission : two) {
      waits.push_back(std::async(std::launch::async, [this, submission] {
        const auto answer = store({submission}).front();
        EXPECT_EQ(answer.outcome, SubmissionOutcome::stored);
        return answer.waits;
      }));
    }
    int counted = 0;
    for (auto& one : waits) counted += one.get() ? 0 : 1;
    EXPECT_EQ(counted, 1);
  }
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'paid'"), rounds);
}

TEST_F(IntakeStoreTest, ANumberThatIsPaidForTakesItFromOneThatCountsForNothing) {
  const auto free = store({free_of(1, 1)}).front();
  const Application own = apply_as(2, 1);
  EXPECT_EQ(pay(begin(own)), services::PaymentState::paid);
  EXPECT_EQ(database->applications().find_application(free.application)->state, ApplicationState::withdrawn);
  EXPECT_EQ(database->applications().list_events(free.application).back().kind, "claim_yielded");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM messages WHERE dedupe_id LIKE 'claim_yielded/%'"), 1);
}

TEST_F(IntakeStoreTest, ANumberThatWasPaidForIsNotPaidForAgainUntilItsOwnerProvesIt) {
  const Application stranger = apply_as(1, 1);
  const Application own = apply_as(2, 1);
  const auto begun = begin(own);
  EXPECT_EQ(pay(begin(stranger)), services::PaymentState::paid);
  // Begun before the other one was paid: the money goes back.
  EXPECT_EQ(pay(begun), services::PaymentState::refunding);
  EXPECT_EQ(database->payments().find_payment(begun.id)->why, "claim_held");
  EXPECT_EQ(code_thrown([&] { begin(own); }), "claim_held");
  database->applications().prove_claim(own, change_of(database.clock));
  const auto ended = database->applications().find_application(stranger.id);
  EXPECT_EQ(ended->state, ApplicationState::withdrawn);
  EXPECT_EQ(database->payments().list_payments(stranger.id).front().state, services::PaymentState::refunding);
  EXPECT_EQ(pay(begin(own)), services::PaymentState::paid);
  EXPECT_EQ(database->applications().list_claimants(own.id).size(), 1u);
}

TEST_F(IntakeStoreTest, TwoWhoHaveProvenTheSameNumberAreForAnOfficer) {
  const Application first = apply_as(1, 1);
  const Application second = apply_as(2, 1);
  database->applications().prove_claim(first, change_of(database.clock));
  EXPECT_EQ(database->applications().find_application(second.id)->state, ApplicationState::withdrawn);
  EXPECT_EQ(pay(begin(*database->applications().find_application(first.id))), services::PaymentState::paid);
  const Application third = apply_as(3, 1);
  EXPECT_EQ(code_thrown([&] { database->applications().prove_claim(third, change_of(database.clock)); }),
            "claim_proven");
  database->applications().release_claim(*database->applications().find_application(first.id), {},
                                         change_of(database.clock));
  database->applications().prove_claim(third, change_of(database.clock));
  EXPECT_EQ(pay(begin(*database->applications().find_application(third.id))), services::PaymentState::paid);
}

TEST_F(IntakeStoreTest, AProofMakesCountWhatWaitedWithoutAFee) {
  store({free_of(1, 1)});
  const auto waiting = store({free_of(2, 1)}).front();
  ASSERT_TRUE(waiting.waits);
  database->applications().prove_claim(*database->applications().find_application(waiting.application),
                                       change_of(database.clock));
  EXPECT_EQ(database->applications().find_application(waiting.application)->state, ApplicationState::paid);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE state = 'paid'"), 1);
}

TEST_F(IntakeStoreTest, PaymentsForOneNumberAtTheSameMomentCountOne) {
  std::vector<services::Payment> begun;
  for (int person = 1; person <= 6; ++person) begun.push_back(begin(apply_as(person, 1)));
  std::vector<std::future<services::PaymentState>> paid;
  for (const auto& payment : begun)
    paid.push_back(std::async(std::launch::async, [this, payment] { return pay(payment); }));
  int counted = 0;
  for (auto& one : paid) counted += one.get() == services::PaymentState::paid ? 1 : 0;
  EXPECT_EQ(counted, 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM payments WHERE state = 'refunding' AND why = 'claim_held'"), 5);
}

TEST_F(IntakeStoreTest, ADraftSavedFromTwoDevicesIsNeverOverwrittenUnseen) {
  const Draft draft = draft_of(1);
  EXPECT_EQ(database->applications().save_draft(draft, database.clock.now()).version, 2);
  EXPECT_EQ(code_thrown([&] { database->applications().save_draft(draft, database.clock.now()); }), "draft_changed");
  EXPECT_EQ(store({submission_of(draft)}).front().outcome, SubmissionOutcome::draft_changed);
}

TEST_F(IntakeStoreTest, WhatComesAfterItsTimeIsNotStored) {
  Submission late = submission_of(draft_of(1));
  late.accept_until = database.clock.now() - std::chrono::seconds(1);
  EXPECT_EQ(store({late}).front().outcome, SubmissionOutcome::too_late);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications"), 0);
}

TEST_F(IntakeStoreTest, AnEditChangesOneApplicationAndKeepsItsHistory) {
  const Application before = apply(1);
  Draft edit;
  edit.id = "edit-of-one-0001";
  edit.account = before.account;
  edit.exam = before.exam;
  edit.submission_key = "edit-key-00000001";
  edit.form = before.form;
  edit.form.phone = "010-7777-8888";
  edit.edits = before.id;
  edit.edits_version = before.version;
  edit.version = 0;
  edit = database->applications().save_draft(edit, database.clock.now());
  EXPECT_EQ(store({submission_of(edit)}).front().outcome, SubmissionOutcome::stored);
  const auto after = database->applications().find_application(before.id);
  EXPECT_EQ(after->form.phone, "010-7777-8888");
  const auto events = database->applications().list_events(before.id);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[1].kind, "edited");
  EXPECT_EQ(events[1].detail, "phone");
}

TEST_F(IntakeStoreTest, AFeeIsPaidOnceHoweverOftenItIsTold) {
  const Application application = apply(1);
  const auto payment = begin(application);
  EXPECT_EQ(begin(application).id, payment.id);
  EXPECT_EQ(pay(payment), services::PaymentState::paid);
  EXPECT_EQ(pay(payment), services::PaymentState::paid);
  EXPECT_EQ(database->applications().find_application(application.id)->state, ApplicationState::paid);
  EXPECT_EQ(database->applications().list_events(application.id).size(), 2u);
}

TEST_F(IntakeStoreTest, MoneyForWhatIsOverGoesBack) {
  const Application application = apply(1);
  const auto payment = begin(application);
  database->applications().withdraw(application, services::ApplicationRepository::Refunds::no, {},
                                    change_of(database.clock));
  EXPECT_EQ(database->payments().find_payment(payment.id)->state, services::PaymentState::failed);
  EXPECT_EQ(pay(payment), services::PaymentState::refunding);
  database->payments().settle_refunded(payment.id, change_of(database.clock));
  EXPECT_EQ(database->payments().find_payment(payment.id)->state, services::PaymentState::refunded);
  const Application other = apply(2);
  EXPECT_EQ(pay(begin(other), std::chrono::seconds(1)), services::PaymentState::refunding);
}

TEST_F(IntakeStoreTest, WithdrawingFreesTheDayAndAsksForTheMoneyBack) {
  const Application unpaid = apply(1);
  const auto payment = begin(unpaid);
  pay(payment);
  const Application paid = *database->applications().find_application(unpaid.id);
  using Refunds = services::ApplicationRepository::Refunds;
  auto& applications = database->applications();
  EXPECT_EQ(code_thrown([&] { applications.withdraw(unpaid, Refunds::yes, {}, change_of(database.clock)); }),
            "application_changed");
  applications.withdraw(paid, Refunds::yes, {}, change_of(database.clock));
  EXPECT_EQ(database->payments().find_payment(payment.id)->state, services::PaymentState::refunding);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE claim_hash IS NULL"), 1);
}

TEST_F(IntakeStoreTest, UnpaidOnesLapseAndTheCountsSaySo) {
  for (int person = 1; person <= 5; ++person) apply(person);
  pay(begin(*database->applications().find_application("p-1", ExamCode("seoul-2021-1"))));
  const ExamCode exam("seoul-2021-1");
  EXPECT_EQ(database->applications().lapse_unpaid(exam, {UnitCode("201")}, change_of(database.clock)).lapsed, 0);
  EXPECT_EQ(database->applications().lapse_unpaid(exam, {UnitCode("101")}, change_of(database.clock)).lapsed, 4);
  const auto counts = database->recruitments().count_applications(exam);
  EXPECT_EQ(counts.at(UnitCode("101")), (services::UnitCount{0, 1, 0, 4}));
}

TEST_F(IntakeStoreTest, DecisionsPerItemComeBackAsTheyWereMade) {
  const Application before = apply(1);
  database->applications().decide_accommodation(
      before, {"scribe", ItemDecision::refused, "서류가 다릅니다\n다시 내십시오", database.clock.now(), "officer"}, {},
      change_of(database.clock));
  const auto after = database->applications().find_application(before.id);
  ASSERT_EQ(after->decisions.size(), 1u);
  EXPECT_EQ(after->decisions[0].decision, ItemDecision::refused);
  EXPECT_EQ(after->decisions[0].reason, "서류가 다릅니다 다시 내십시오");
}

TEST_F(IntakeStoreTest, AMessageIsClaimedByOneAndForgottenWhenSent) {
  apply(1);
  auto& outbox = database->outbox();
  const Instant now = database.clock.now();
  const auto claimed = outbox.claim(now, std::chrono::seconds(60), 10);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].message.subject, "접수");
  EXPECT_EQ(claimed[0].message.to, "sky@example.com");
  EXPECT_TRUE(outbox.claim(now, std::chrono::seconds(60), 10).empty());
  // Whoever claimed it died: it is to be had again.
  const auto again = outbox.claim(now + std::chrono::seconds(61), std::chrono::seconds(60), 10);
  ASSERT_EQ(again.size(), 1u);
  outbox.mark_failed(again[0], "smtp_down", now + std::chrono::seconds(90), now);
  EXPECT_TRUE(outbox.claim(now + std::chrono::seconds(80), std::chrono::seconds(60), 10).empty());
  const auto last = outbox.claim(now + std::chrono::seconds(91), std::chrono::seconds(60), 10);
  ASSERT_EQ(last.size(), 1u);
  EXPECT_FALSE(outbox.mark_sent(again[0], now)) << "a claim that was given up settles nothing";
  EXPECT_TRUE(outbox.mark_sent(last[0], now));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM messages WHERE state = 'sent' AND to_sealed IS NULL"), 1);
}

TEST_F(IntakeStoreTest, OneReportWaitsAtATimeAndIsDecidedOnce) {
  const Application application = apply(1);
  services::SelfReport report;
  report.application = application.id;
  report.exam = application.exam;
  report.status = services::HealthStatus::confirmed;
  report.since = *parse_date("2021-06-01");
  report.note = "첫째 줄\n둘째 줄";
  report.reported_at = database.clock.now();
  auto& reports = database->self_reports();
  report.id = reports.add_report(report, {}, change_of(database.clock));
  EXPECT_EQ(code_thrown([&] { reports.add_report(report, {}, change_of(database.clock)); }), "report_waiting");
  const auto waiting = reports.list_waiting(application.exam);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].note, report.note);
  auto decided = waiting[0];
  decided.decision = services::ReportDecision::isolation;
  decided.old_place = "V1/1/1";
  decided.new_place = "I1/1/1";
  reports.decide_report(decided, std::nullopt, {}, change_of(database.clock));
  EXPECT_EQ(code_thrown([&] { reports.decide_report(decided, std::nullopt, {}, change_of(database.clock)); }),
            "report_decided");
  EXPECT_EQ(reports.list_reports(application.id)[0].new_place, "I1/1/1");
}

TEST_F(IntakeStoreTest, ADecisionAndItsPlanAreOneStep) {
  const Application application = apply(1);
  Exam planned = small_exam();
  planned.header.code = application.exam;
  planned.input_sha256 = package::digest_exam(planned);
  const Plan plan = plan_of(planned);
  const auto change = change_of(database.clock);
  services::SelfReport report;
  report.application = application.id;
  report.exam = application.exam;
  report.since = *parse_date("2021-06-01");
  report.reported_at = database.clock.now();
  auto& reports = database->self_reports();
  report.id = reports.add_report(report, {}, change);
  report.decision = services::ReportDecision::isolation;
  report.decided_at = database.clock.now();
  report.new_place = "I1/1/1";
  // Somebody else made a plan live meanwhile: nothing of it is stored, and the report waits as before.
  EXPECT_EQ(code_thrown([&] {
              reports.decide_report(report, services::NextPlan{planned, plan, 7}, {}, change);
            }),
            "live_plan_changed");
  EXPECT_EQ(reports.list_waiting(application.exam).size(), 1u);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'self_report.decide'"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM populations"), 0);
  EXPECT_FALSE(database->exams().find_live_plan(application.exam));
  reports.decide_report(report, services::NextPlan{planned, plan, 0}, {}, change);
  EXPECT_EQ(database->exams().find_live_plan(application.exam)->plan_digest, plan.digest);
  EXPECT_TRUE(reports.list_waiting(application.exam).empty());
}

TEST_F(IntakeStoreTest, AFileBelongsToItsAccount) {
  services::Attachment photo;
  photo.account = "p-1";
  photo.exam = ExamCode("seoul-2021-1");
  photo.media_type = "image/jpeg";
  photo.name = "사진.jpg";
  photo.bytes = std::string("\xff\xd8\0\xff", 4) + std::string(200'000, 'x');
  photo.at = database.clock.now();
  const AttachmentId id = database->attachments().save_attachment(photo);
  EXPECT_EQ(database->attachments().find_attachment("p-1", id)->bytes, photo.bytes);
  EXPECT_EQ(database->attachments().find_attachment("p-1", id)->name, photo.name);
  EXPECT_FALSE(database->attachments().find_attachment("p-2", id));
}

TEST_F(IntakeStoreTest, NothingAboutAPersonStandsThereToRead) {
  apply(1);
  for (const char* column : {"form_sealed", "application_id", "account", "unit_code"}) {
    const auto connection = database.connect();
    storage::Rows rows = connection->select(
        std::string("SELECT COUNT(*) FROM applications WHERE LOCATE(CAST('하늘' AS BINARY), CAST(") + column +
        " AS BINARY)) > 0 OR LOCATE(CAST('1234-5678' AS BINARY), CAST(" + column + " AS BINARY)) > 0");
    rows.next();
    EXPECT_EQ(rows.integer(), 0) << column;
  }
}

TEST_F(IntakeStoreTest, ManyAtOnceShareCommits) {
  std::vector<Submission> all;
  for (int person = 1; person <= 64; ++person) all.push_back(submission_of(draft_of(person)));
  services::SubmissionQueue queue(database->applications(), database.clock, {.committers = 1});
  std::vector<std::thread> people;
  std::atomic<int> stored = 0;
  for (const Submission& submission : all) {
    people.emplace_back([&, submission] {
      if (queue.store(submission).outcome == SubmissionOutcome::stored) ++stored;
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(stored, 64);
  EXPECT_LT(queue.figures().commits, 64u);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications"), 64);
}

}  // namespace
}  // namespace hanjari::tests
