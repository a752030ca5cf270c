// Applying on a real server: what the constraints hold, whoever asks and however often.
#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include "hanjari/intake/submission_queue.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "subjects/intake/store/stored_intake.h"

namespace hanjari::tests {
namespace {

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

TEST_F(IntakeStoreTest, ADraftSavedFromTwoDevicesIsNeverOverwrittenUnseen) {
  const Draft draft = draft_of(1);
  EXPECT_EQ(database->applications().save_draft(draft, database.clock.now()).version, 2);
  EXPECT_EQ(code_thrown([&] { database->applications().save_draft(draft, database.clock.now()); }), "draft_changed");
  EXPECT_EQ(store({submission_of(draft)}).front().outcome, SubmissionOutcome::draft_changed);
}

TEST_F(IntakeStoreTest, DraftsAreListedByPagesAndGivenUpByTheirVersion) {
  for (int person = 1; person <= 5; ++person) draft_of(person);
  std::vector<std::string> ids;
  std::string after;
  do {
    const services::DraftPage page = database->applications().list_drafts(ExamCode("seoul-2021-1"), after, 2);
    for (const Draft& draft : page.drafts) ids.push_back(draft.id);
    after = page.last;
  } while (!after.empty());
  EXPECT_EQ(ids.size(), 5U);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  const auto draft = *database->applications().find_draft("p-1", ExamCode("seoul-2021-1"));
  const Draft saved = database->applications().save_draft(draft, database.clock.now());
  EXPECT_EQ(code_thrown([&] { database->applications().remove_draft(draft); }), "draft_changed");
  database->applications().remove_draft(saved);
  database->applications().remove_draft(saved);
  EXPECT_FALSE(database->applications().find_draft("p-1", ExamCode("seoul-2021-1")));
}

TEST_F(IntakeStoreTest, ADiscardedDraftTakesTheFilesWithItThatNoApplicationNames) {
  const auto attach = [&](const std::string& account, services::AttachmentKind kind) {
    services::Attachment file;
    file.account = account;
    file.exam = ExamCode("seoul-2021-1");
    file.kind = kind;
    file.media_type = "image/jpeg";
    file.name = "file.jpg";
    file.bytes = std::string(2'000, 'x');
    file.at = database.clock.now();
    return database->attachments().save_attachment(file);
  };
  const auto is_there = [&](const AttachmentId& id) {
    return database->attachments().find_attachment(id).has_value();
  };
  const AttachmentId photo = attach("p-1", services::AttachmentKind::photo);
  const AttachmentId proof = attach("p-1", services::AttachmentKind::document);
  const AttachmentId neighbour = attach("p-2", services::AttachmentKind::photo);
  Draft draft = draft_of(1);
  draft.form.photo = photo;
  draft.form.accommodations.clear();
  draft.form.accommodations.push_back({"wheelchair", "진단서", {proof}});
  draft = database->applications().save_draft(draft, database.clock.now());
  ASSERT_EQ(store({submission_of(draft)}).front().outcome, SubmissionOutcome::stored);
  const auto application = *database->applications().find_application(ApplicationId(draft.id));

  // A change of it with another photo and another document, which is discarded.
  Draft edit;
  edit.id = "edit-of-one-0002";
  edit.account = application.account;
  edit.exam = application.exam;
  edit.submission_key = "edit-key-00000002";
  edit.edits = application.id;
  edit.edits_version = application.version;
  edit.version = 0;
  edit.form = application.form;
  edit.form.photo = attach("p-1", services::AttachmentKind::photo);
  edit.form.accommodations[0].documents = {proof, attach("p-1", services::AttachmentKind::document)};
  edit = database->applications().save_draft(edit, database.clock.now());
  Draft older = edit;
  older.version = edit.version + 1;
  EXPECT_EQ(code_thrown([&] { database->applications().remove_draft(older); }), "draft_changed");
  EXPECT_TRUE(is_there(edit.form.photo)) << "what is not discarded keeps its files";
  database->applications().remove_draft(edit);
  EXPECT_FALSE(is_there(edit.form.photo));
  EXPECT_FALSE(is_there(edit.form.accommodations[0].documents[1]));
  EXPECT_TRUE(is_there(photo)) << "the application's own";
  EXPECT_TRUE(is_there(proof));
  EXPECT_TRUE(is_there(neighbour)) << "somebody else's";
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
  const auto too_late = [] { throw Conflict("cancellation_over", {"over", "끝남"}); };
  EXPECT_EQ(code_thrown([&] { applications.withdraw(paid, Refunds::yes, {}, change_of(database.clock), too_late); }),
            "cancellation_over");
  EXPECT_EQ(database->applications().find_application(paid.id)->state, ApplicationState::paid) << "nothing of it is stored";
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
  // Red while nobody was told, and people waited for a seat.
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM messages WHERE dedupe_id LIKE 'lapsed/%'"), 4);
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
  database->exams().save_exam(planned, &plan, change, no_progress());
  database->exams().set_live_plan(application.exam, database->exams().list_plans(application.exam).front(), 0, change);
  const ApplicantIndex person(std::size_t{7});
  Exam next = planned;
  next.applicants[person.value].routing = Routing::isolation;
  next.input_sha256 = package::digest_exam(next);
  Plan next_plan = plan;
  for (Placement& placed : next_plan.placements) {
    if (placed.applicant == person) placed.travel_m += 100;
  }
  next_plan.report.input_sha256 = next.input_sha256;
  next_plan.digest = package::digest_plan(next, next_plan);
  const services::MovedPlan moved{next, next_plan, planned.input_sha256, plan.digest, {person}};
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
              reports.decide_report(report, services::NextPlan{moved, 7}, {}, change);
            }),
            "live_plan_changed");
  EXPECT_EQ(reports.list_waiting(application.exam).size(), 1u);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'self_report.decide'"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM populations"), 1);
  EXPECT_EQ(database->exams().find_live_plan(application.exam)->plan_digest, plan.digest);
  reports.decide_report(report, services::NextPlan{moved, 1}, {}, change);
  EXPECT_EQ(database->exams().find_live_plan(application.exam)->plan_digest, next_plan.digest);
  EXPECT_TRUE(reports.list_waiting(application.exam).empty());
  // What was written is what was meant, to the last value, and what was before is still there.
  const auto read = database->exams().find_exam(application.exam, next.input_sha256);
  ASSERT_TRUE(read);
  EXPECT_EQ(package::digest_exam(*read), next.input_sha256);
  const auto read_plan = database->exams().find_plan(*read, next_plan.digest);
  ASSERT_TRUE(read_plan);
  EXPECT_EQ(package::digest_plan(*read, *read_plan), next_plan.digest);
  const auto earlier = database->exams().find_exam(application.exam, planned.input_sha256);
  ASSERT_TRUE(earlier);
  EXPECT_EQ(package::digest_exam(*earlier), planned.input_sha256);
  const auto earlier_plan = database->exams().find_plan(*earlier, plan.digest);
  ASSERT_TRUE(earlier_plan);
  EXPECT_EQ(package::digest_plan(*earlier, *earlier_plan), plan.digest);
  EXPECT_EQ(earlier_plan->over_detour.size(), plan.over_detour.size());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applicants"), static_cast<std::int64_t>(planned.applicants.size()))
      << "nobody was copied";
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

// What a form that does not open names is unknown, so nothing is taken away, and there is an end all the same.
TEST_F(IntakeStoreTest, PhotosEndAtTheirLimitAlsoWhereNoneIsTakenAway) {
  draft_of(1);
  const auto owner = database.connect();
  owner->execute("UPDATE application_drafts SET form_sealed = INSERT(form_sealed, LENGTH(form_sealed), 1, CHAR(ASCII(RIGHT(form_sealed, 1)) ^ 1))");
  services::Attachment file;
  file.account = "p-1";
  file.exam = ExamCode("seoul-2021-1");
  file.kind = services::AttachmentKind::photo;
  file.media_type = "image/jpeg";
  file.name = "photo.jpg";
  file.bytes = "photo";
  file.at = database.clock.now();
  for (int count = 0; count < services::most_photos; ++count) database->attachments().save_attachment(file);
  EXPECT_EQ(code_thrown([&] { database->attachments().save_attachment(file); }), "too_many_photos");
  file.account = "p-2";
  EXPECT_EQ(code_thrown([&] { database->attachments().save_attachment(file); }), "nothing");
}

// Red while nothing was taken away: one account filled the disk with photos.
TEST_F(IntakeStoreTest, WhatIsReplacedIsTakenAwayAndWhatIsNamedStays) {
  services::Attachment file;
  file.account = "p-1";
  file.exam = ExamCode("seoul-2021-1");
  file.media_type = "image/jpeg";
  file.name = "photo.jpg";
  file.bytes = std::string(1'000, 'x');
  const auto save = [&](services::AttachmentKind kind, int second) {
    file.kind = kind;
    file.at = database.clock.now() + std::chrono::seconds(second);
    return database->attachments().save_attachment(file);
  };
  const auto own = [&](services::AttachmentKind kind) {
    return database->attachments().list_attachments("p-1", ExamCode("seoul-2021-1"), kind);
  };
  constexpr auto photo = services::AttachmentKind::photo;
  constexpr auto document = services::AttachmentKind::document;
  Draft draft = draft_of(1);
  draft.form.photo = save(photo, 0);
  draft.form.accommodations.clear();
  draft.form.accommodations.push_back({"wheelchair", "진단서", {save(document, 0)}});
  draft = database->applications().save_draft(draft, database.clock.now());
  std::string newest;
  for (int time = 1; time <= 40; ++time) newest = save(photo, time).text();
  EXPECT_EQ(own(photo).size(), 5U) << "the form's, and the newest four";
  EXPECT_TRUE(own(photo).contains(draft.form.photo.text()));
  EXPECT_TRUE(own(photo).contains(newest));
  for (int time = 1; time <= 40; ++time) save(document, time);
  EXPECT_EQ(own(document).size(), 9U);
  const auto names = database->attachments().list_document_names("p-1", ExamCode("seoul-2021-1"));
  EXPECT_EQ(names.size(), 9U) << "no photos";
  EXPECT_EQ(names.at(draft.form.accommodations[0].documents[0].text()), "photo.jpg");
  EXPECT_TRUE(database->attachments().list_document_names("p-2", ExamCode("seoul-2021-1")).empty());
  EXPECT_TRUE(own(document).contains(draft.form.accommodations[0].documents[0].text()));
  // Of an application too.
  ASSERT_EQ(store({submission_of(draft)}).front().outcome, SubmissionOutcome::stored);
  for (int time = 50; time <= 60; ++time) save(photo, time);
  EXPECT_TRUE(own(photo).contains(draft.form.photo.text()));
  EXPECT_EQ(own(photo).size(), 5U);
}

TEST_F(IntakeStoreTest, DocumentsThatAFormNamesEndAtTheirLimit) {
  services::Attachment file;
  file.account = "p-1";
  file.exam = ExamCode("seoul-2021-1");
  file.kind = services::AttachmentKind::document;
  file.media_type = "application/pdf";
  file.name = "proof.pdf";
  file.bytes = "%PDF-";
  file.at = database.clock.now();
  Draft draft = draft_of(1);
  draft.form.accommodations.clear();
  draft.form.accommodations.push_back({"wheelchair", "진단서", {}});
  for (int count = 0; count < services::most_documents; ++count) {
    draft.form.accommodations[0].documents.push_back(database->attachments().save_attachment(file));
    draft = database->applications().save_draft(draft, database.clock.now());
  }
  EXPECT_EQ(code_thrown([&] { database->attachments().save_attachment(file); }), "too_many_documents");
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
