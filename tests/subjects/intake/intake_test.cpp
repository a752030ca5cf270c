#include "hanjari/intake/use_cases.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "hanjari/base/local_time.h"
#include "stage/applying.h"

namespace hanjari::tests {
namespace {

using services::Applicant;

TEST_F(Applying, OneFormGivesOneApplicationAndOneReceiptHoweverOftenItIsSent) {
  const auto draft = fill_in(sky, sample_form());
  const auto first = submit(sky, draft);
  for (int again = 0; again < 5; ++again) {
    const auto next = submit(sky, draft);
    EXPECT_TRUE(next.again);
    EXPECT_EQ(next.receipt, first.receipt);
    EXPECT_EQ(next.application.id, first.application.id);
  }
  EXPECT_EQ(parts.applications.applications.size(), 1u);
}

// Red when the faults are judged by a notice that is loaded once more.
TEST_F(Applying, SubmittingAsksForTheNoticeOnce) {
  const auto draft = fill_in(sky, sample_form());
  int before = parts.recruitments.reads;
  submit(sky, draft);
  EXPECT_EQ(parts.recruitments.reads - before, 1);
  auto changed = sample_form();
  changed.phone = "010-9999-0000";
  const auto edit = fill_in(sky, changed);
  ASSERT_FALSE(edit.edits.empty());
  before = parts.recruitments.reads;
  submit(sky, edit);
  EXPECT_EQ(parts.recruitments.reads - before, 1) << "an edit is judged by the same notice";
}

TEST_F(Applying, TapsAtTheSameMomentAreOneApplication) {
  const auto draft = fill_in(sky, sample_form());
  std::vector<std::thread> taps;
  std::mutex mutex;
  std::set<std::string> receipts;
  for (int tap = 0; tap < 16; ++tap) {
    taps.emplace_back([&] {
      const auto done = submit(sky, draft);
      const std::lock_guard lock(mutex);
      receipts.insert(done.receipt);
    });
  }
  for (std::thread& tap : taps) tap.join();
  EXPECT_EQ(receipts.size(), 1u);
  EXPECT_EQ(parts.applications.applications.size(), 1u);
}

TEST_F(Applying, AKeyOfSomebodyElseTellsNothing) {
  const auto draft = fill_in(sky, sample_form(1));
  submit(sky, draft);
  fill_in(river, sample_form(2));
  EXPECT_EQ(code_thrown([&] {
              intake.submitting.submit(river, exam, {draft.submission_key, 0, clock.now()});
            }),
            "key_of_another");
}

TEST_F(Applying, AFormSavedElsewhereAfterTheReviewIsNotSubmitted) {
  const auto reviewed = fill_in(sky, sample_form());
  auto changed = sample_form();
  changed.phone = "010-9999-0000";
  intake.forms.save_draft(sky, exam, reviewed.version, changed);
  EXPECT_EQ(code_thrown([&] { submit(sky, reviewed); }), "draft_changed");
  EXPECT_EQ(code_thrown([&] { intake.forms.save_draft(sky, exam, reviewed.version, changed); }), "draft_changed");
}

// Red while an edit that had been begun before the fee arrived was refused for ever, with no word of how to go on.
TEST_F(Applying, AnEditThatWasBegunBeforeTheFeeArrivedIsSubmittedAfterIt) {
  const auto applied = apply(sky, 1);
  EXPECT_NE(parts.applications.told.back().body.find("2021년 3월 5일 18:00"), std::string::npos)
      << "the letter says until when to pay: " << parts.applications.told.back().body;
  auto changed = sample_form(1);
  changed.phone = "010-9999-0000";
  const auto edit = fill_in(sky, changed);
  ASSERT_EQ(edit.edits, applied.application.id);
  pay(sky, applied.application.id, services::TestOutcome::success);
  const auto edited = submit(sky, edit);
  EXPECT_EQ(edited.application.id, applied.application.id);
  EXPECT_EQ(edited.application.form.phone, "010-9999-0000");
  EXPECT_EQ(parts.applications.told.back().body.find("결제되지 않았습니다"), std::string::npos)
      << "who has paid is not asked to pay: " << parts.applications.told.back().body;
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::paid);
}

TEST_F(Applying, AnEditOfWhatTheOfficeCorrectedMeanwhileIsRefused) {
  const auto applied = apply(sky, 1);
  auto changed = sample_form(1);
  changed.phone = "010-9999-0000";
  const auto edit = fill_in(sky, changed);
  const ApplicationId id = applied.application.id;
  parts.applications.events[id].push_back(
      {++parts.applications.applications.at(id).version, clock.now(), "officer", "corrected", ""});
  EXPECT_EQ(code_thrown([&] { submit(sky, edit); }), "application_changed");
}

// Red while a form took any id: it named files of others, or none, and the roster had no photo.
TEST_F(Applying, AFormNamesOnlyFilesThatAreItsPersonsOwn) {
  services::Attachment file;
  file.exam = exam;
  const AttachmentId own = intake.attachments.save_attachment(sky, file);
  const AttachmentId foreign = intake.attachments.save_attachment(river, file);
  file.kind = services::AttachmentKind::document;
  const AttachmentId document = intake.attachments.save_attachment(sky, file);
  const auto save = [&](const AttachmentId& photo, const std::vector<AttachmentId>& documents) {
    auto form = sample_form();
    form.photo = photo;
    form.accommodations.clear();
    form.accommodations.push_back({"wheelchair", "진단서", documents});
    return code_thrown([&] { intake.forms.save_draft(sky, exam, intake.forms.open_draft(sky, exam).version, form); });
  };
  EXPECT_EQ(save(own, {document}), save(own, {document}));
  EXPECT_EQ(save(foreign, {}), "unknown_attachment");
  EXPECT_EQ(save(AttachmentId("no such"), {}), "unknown_attachment");
  EXPECT_EQ(save(document, {}), "unknown_attachment") << "a document is no photo";
  EXPECT_EQ(save(own, {own}), "unknown_attachment");
  EXPECT_EQ(intake.forms.find_draft(sky, exam)->form.photo, own);
}

// Red while a form named one document as often as its bytes bear: each time its page was shown, all of them were read.
TEST_F(Applying, AFormNamesNoMoreDocumentsThanThereMayBe) {
  services::Attachment file;
  file.exam = exam;
  file.kind = services::AttachmentKind::document;
  file.name = "diagnosis.pdf";
  const AttachmentId document = intake.attachments.save_attachment(sky, file);
  const auto save = [&](int times) {
    auto form = sample_form();
    form.accommodations.clear();
    form.accommodations.push_back(
        {"wheelchair", "진단서", std::vector<AttachmentId>(static_cast<std::size_t>(times), document)});
    return code_thrown([&] { intake.forms.save_draft(sky, exam, intake.forms.open_draft(sky, exam).version, form); });
  };
  EXPECT_EQ(save(services::most_documents), "nothing");
  EXPECT_EQ(save(services::most_documents + 1), "too_many_documents");
  parts.attachments.files_read = 0;
  EXPECT_EQ(intake.attachments.list_document_names(sky, exam).at(document.text()), "diagnosis.pdf");
  EXPECT_TRUE(intake.attachments.list_document_names(river, exam).empty()) << "nobody else's";
  EXPECT_EQ(parts.attachments.files_read, 0);
}

TEST_F(Applying, AnAccountAppliesOnceADayAcrossExamsAndAgainAfterWithdrawing) {
  publish(sample_notice("gyeonggi-2021-1"));
  const auto first = apply(sky, 1);
  const auto other = fill_in(sky, sample_form(1), ExamCode("gyeonggi-2021-1"));
  EXPECT_EQ(code_thrown([&] { submit(sky, other); }), "one_per_day");
  intake.own.withdraw(sky, first.application.id, "");
  EXPECT_EQ(submit(sky, other).application.exam, ExamCode("gyeonggi-2021-1"));
}

TEST_F(Applying, ANumberThatSomebodyElseTypedFirstDoesNotHoldItsOwnerNorIsAnybodyToldOfIt) {
  const auto strangers = apply({"p-stranger"}, 1);
  const auto own = apply(sky, 1);
  EXPECT_EQ(own.application.state, ApplicationState::submitted);
  EXPECT_EQ(state_of(strangers.application.id), ApplicationState::submitted);
  pay(sky, own.application.id, services::TestOutcome::success);
  EXPECT_EQ(state_of(own.application.id), ApplicationState::paid);
}

TEST_F(Applying, WithoutAFeeANumberThatCountsElsewhereWaitsForAProof) {
  auto form = sample_form(1);
  form.waiver_proof = "1234";
  submit({"p-stranger"}, fill_in({"p-stranger"}, form));
  const auto own = submit(sky, fill_in(sky, form));
  EXPECT_EQ(own.application.state, ApplicationState::submitted);
  const auto steps =
      services::list_next_steps(*parts.recruitments.find_recruitment(exam), own.application, std::nullopt, clock.now());
  EXPECT_EQ(steps.front().code, "confirm_identity");
  // Red while the letter said no more than that the application is there.
  const auto& told = parts.applications.told;
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].body.find("본인 확인이 되어야"), std::string::npos) << told[0].body;
  EXPECT_NE(told[1].body.find("본인 확인이 되어야"), std::string::npos) << told[1].body;
}

// Red while people were told to print an admission slip for an exam that is over.
TEST_F(Applying, AfterTheDayOfTheExamTheResultIsNext) {
  const auto own = apply(sky, 1);
  pay(sky, own.application.id, services::TestOutcome::success);
  const auto stored = parts.recruitments.find_recruitment(exam);
  ASSERT_TRUE(stored);
  Application paid = own.application;
  paid.state = ApplicationState::paid;
  const Calendar& calendar = stored->notice.calendars.front();
  const Instant day = instant_of(calendar.exam_on, 0, stored->notice.header.time_zone);
  const auto holds = [&](Instant now, const std::string& code) {
    for (const services::NextStep& step : services::list_next_steps(*stored, paid, PlannedExam{}, now)) {
      if (step.code == code) return true;
    }
    return false;
  };
  EXPECT_TRUE(holds(day, "seat_known"));
  EXPECT_FALSE(holds(day, "result_awaited"));
  EXPECT_TRUE(holds(day + std::chrono::hours(24), "result_awaited"));
  EXPECT_FALSE(holds(day + std::chrono::hours(24), "seat_known"));
}

TEST_F(Applying, WhatWasReceivedBeforeTheMinuteCountsAndNothingAfterIt) {
  const auto draft = fill_in(sky, sample_form(1));
  const auto late = fill_in(river, sample_form(2));
  clock.set(closing + std::chrono::seconds(20));
  EXPECT_EQ(code_thrown([&] { intake.submitting.submit(river, exam, {late.submission_key, 0, closing}); }), "not_open");
  const auto counted =
      intake.submitting.submit(sky, exam, {draft.submission_key, 0, closing - std::chrono::milliseconds(1)});
  EXPECT_EQ(counted.application.submitted_at, closing - std::chrono::milliseconds(1));
}

TEST_F(Applying, NothingIsStoredAnyMoreWhenWhatWasInFlightHasHadItsTime) {
  const auto draft = fill_in(sky, sample_form());
  clock.set(closing + services::in_flight_grace + std::chrono::seconds(1));
  EXPECT_EQ(code_thrown([&] {
              intake.submitting.submit(sky, exam, {draft.submission_key, 0, closing - std::chrono::seconds(1)});
            }),
            "too_late");
}

TEST_F(Applying, UnpaidApplicationsLapseOnlyAfterTheirOwnCalendarAndItsGrace) {
  const auto unpaid = apply(sky, 1);
  auto form = sample_form(2);
  form.unit = UnitCode("201");
  const auto later = submit(river, fill_in(river, form));
  const auto paid = apply({"p-paid"}, 3);
  pay({"p-paid"}, paid.application.id, services::TestOutcome::success);
  clock.set(closing + std::chrono::seconds(30));
  EXPECT_EQ(intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress()).lapsed, 0);
  clock.set(closing + std::chrono::seconds(61));
  const auto first = intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress());
  EXPECT_EQ(first.lapsed, 1);
  EXPECT_EQ(first.still_open, 1);
  EXPECT_EQ(state_of(unpaid.application.id), ApplicationState::lapsed);
  EXPECT_EQ(state_of(later.application.id), ApplicationState::submitted);
  EXPECT_EQ(state_of(paid.application.id), ApplicationState::paid);
}

// Red while the last minute of applying was the last minute of paying too: who submitted in it had applied for nothing.
TEST_F(Applying, AFeeOfWhatWasSubmittedInTimeIsPaidAfterClosingUntilItsOwnDeadline) {
  Recruitment notice = sample_notice("gyeonggi-2021-1");
  notice.calendars.front().pay_until = closing + std::chrono::minutes(30);
  publish(notice);
  const ExamCode& code = notice.header.code;
  const auto paid = submit(sky, fill_in(sky, sample_form(1), code));
  const auto unpaid = submit(river, fill_in(river, sample_form(2), code));
  clock.set(closing + std::chrono::minutes(29));
  const auto steps = services::list_next_steps(*parts.recruitments.find_recruitment(code), paid.application,
                                               std::nullopt, clock.now());
  EXPECT_EQ(steps.front().code, "pay_fee");
  EXPECT_EQ(steps.front().until, notice.calendars.front().pay_until);
  EXPECT_EQ(intake.closing.close_applications(officer, code, {"officer", "", clock.now()}, no_progress()).lapsed, 0);
  const auto checkout = pay(sky, paid.application.id, services::TestOutcome::success);
  EXPECT_EQ(checkout.payment.expires_at, notice.calendars.front().pay_until);
  EXPECT_EQ(state_of(paid.application.id), ApplicationState::paid);
  clock.set(notice.calendars.front().pay_until);
  EXPECT_EQ(code_thrown([&] { intake.paying.begin_payment(river, unpaid.application.id); }), "payment_over");
}

TEST_F(Applying, ALostNotificationIsFoundByAskingTheProviderBeforeAnythingLapses) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::lost_notice);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::submitted);
  clock.set(closing + std::chrono::seconds(61));
  intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress());
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::paid);
}

TEST_F(Applying, ADoubledNotificationPaysOnce) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::double_notice);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::paid);
  EXPECT_EQ(parts.applications.list_events(applied.application.id).size(), 2u);
}

TEST_F(Applying, ADelayedNotificationComesWhenItsTimeHasComeAndOnce) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::delay);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::submitted);
  EXPECT_EQ(intake.paying.deliver_late_notifications(parts.provider), 0);
  clock.set(in_window + services::TestProvider::delay_of_notice);
  EXPECT_EQ(intake.paying.deliver_late_notifications(parts.provider), 1);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::paid);
  EXPECT_EQ(intake.paying.deliver_late_notifications(parts.provider), 0);
}

TEST_F(Applying, AForgedNotificationPaysNothing) {
  const auto applied = apply(sky, 1);
  const auto checkout = intake.paying.begin_payment(sky, applied.application.id);
  auto forged = parts.provider.decide(checkout.payment.id, services::TestOutcome::success).front();
  forged.body += "0";
  EXPECT_EQ(code_thrown([&] { intake.paying.accept_notification(forged.body, forged.signature); }), "bad_signature");
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::submitted);
}

TEST_F(Applying, ARefusedCardCanBeFollowedByAnother) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::failure);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::submitted);
  pay(sky, applied.application.id, services::TestOutcome::success);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::paid);
}

TEST_F(Applying, WithdrawingGivesAPaidFeeBackUntilTheDeadlineOnly) {
  const auto applied = apply(sky, 1);
  const auto checkout = pay(sky, applied.application.id, services::TestOutcome::success);
  clock.set(at("2021-03-10T17:59:59+09:00"));
  intake.own.withdraw(sky, applied.application.id, "");
  intake.paying.reconcile_payments(10);
  EXPECT_EQ(parts.payments.find_payment(checkout.payment.id)->state, services::PaymentState::refunded);
  clock.set(in_window);
  const auto again = apply(river, 2);
  clock.set(at("2021-03-10T18:00:00+09:00"));
  EXPECT_EQ(code_thrown([&] { intake.own.withdraw(river, again.application.id, ""); }), "cancellation_over");
}

// Red with the sanitizers: a form may name any moment, and it was counted in nanoseconds before its signature was looked at.
TEST_F(Applying, ATicketOfNoMomentGivesNone) {
  const auto applied = apply(sky, 1);
  for (const char* ticket : {"99999999999999999.0a", "-9999999999999999.0a", "9223372036854776.0a", "9000000000000001.", "0.", "-1.", ".", "1e5.x", ""})
    EXPECT_EQ(intake.submitting.first_moment(applied.application.id, services::TimedStep::withdrawal, {clock.now(), ticket}), clock.now()) << ticket;
}

TEST_F(Applying, AWithdrawalThatCameInTimeIsStoredForAMinuteAfterTheDeadline) {
  const auto applied = apply(sky, 1);
  const ApplicationId& id = applied.application.id;
  const Instant in_time = at("2021-03-10T17:59:59+09:00");
  const std::string ticket = intake.submitting.keep_moment(id, services::TimedStep::withdrawal, {in_time, ""});
  const auto moment_of = [&](const ApplicationId& whose) {
    return intake.submitting.first_moment(whose, services::TimedStep::withdrawal, {clock.now(), ticket});
  };
  clock.set(at("2021-03-10T18:01:00+09:00"));
  EXPECT_EQ(code_thrown([&] { intake.own.withdraw(sky, id, "", moment_of(id)); }), "cancellation_over");
  clock.set(at("2021-03-10T18:00:59+09:00"));
  EXPECT_EQ(moment_of(ApplicationId("another")), clock.now()) << "a ticket is of one application";
  // Red while only the moment of asking was looked at: the list could be final when a database that was away stored it.
  parts.applications.before_withdrawal = [&] { clock.set(at("2021-03-10T18:01:00+09:00")); };
  EXPECT_EQ(code_thrown([&] { intake.own.withdraw(sky, id, "", moment_of(id)); }), "cancellation_over");
  EXPECT_NE(parts.applications.applications.at(id).state, ApplicationState::withdrawn);
  parts.applications.before_withdrawal = nullptr;
  clock.set(at("2021-03-10T18:00:59+09:00"));
  EXPECT_EQ(intake.own.withdraw(sky, id, "", moment_of(id)).state, ApplicationState::withdrawn);
}

// Red while a report that came in time was refused because the database had been away over its hour.
TEST_F(Applying, AHealthReportThatCameInTimeIsTakenUntilTheExamDayIsOver) {
  const auto applied = apply(sky, 1);
  const ApplicationId& id = applied.application.id;
  pay(sky, id, services::TestOutcome::success);
  const Instant in_time = at("2021-06-04T17:59:59+09:00");
  const std::string ticket = intake.submitting.keep_moment(id, services::TimedStep::self_report, {in_time, ""});
  const auto moment_of = [&](services::TimedStep step) { return intake.submitting.first_moment(id, step, {clock.now(), ticket}); };
  const auto report = [&](std::optional<Instant> sent_at) {
    return intake.self_reports.report_health(sky, id, services::HealthStatus::confirmed, *parse_date("2021-06-02"), "", sent_at);
  };
  clock.set(at("2021-06-06T00:00:00+09:00"));
  EXPECT_EQ(code_thrown([&] { report(moment_of(services::TimedStep::self_report)); }), "self_report_over");
  clock.set(at("2021-06-04T20:00:00+09:00"));
  EXPECT_EQ(code_thrown([&] { report(std::nullopt); }), "self_report_over");
  EXPECT_EQ(moment_of(services::TimedStep::withdrawal), clock.now()) << "a ticket is of one step";
  EXPECT_EQ(report(moment_of(services::TimedStep::self_report)).reported_at, in_time);
}

TEST_F(Applying, MoneyThatComesTooLateGoesBack) {
  const auto applied = apply(sky, 1);
  const auto checkout = intake.paying.begin_payment(sky, applied.application.id);
  clock.set(closing + std::chrono::seconds(5));
  for (const auto& notification : parts.provider.decide(checkout.payment.id, services::TestOutcome::success))
    intake.paying.accept_notification(notification.body, notification.signature);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::submitted);
  EXPECT_EQ(parts.payments.find_payment(checkout.payment.id)->state, services::PaymentState::refunded);
}

TEST_F(Applying, MoneyThatComesWhileTheNoticeIsRetractedCounts) {
  const auto applied = apply(sky, 1);
  const auto checkout = intake.paying.begin_payment(sky, applied.application.id);
  const auto stored = parts.recruitments.find_recruitment(exam);
  parts.recruitments.save_recruitment(stored->notice, services::RecruitmentState::prepared, stored->version, {});
  for (const auto& notification : parts.provider.decide(checkout.payment.id, services::TestOutcome::success))
    intake.paying.accept_notification(notification.body, notification.signature);
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::paid);
}

// Red while whoever had applied could neither pay, nor withdraw, nor report an illness once the notice was off the portal.
TEST_F(Applying, WhatWasAppliedForGoesOnWhileTheNoticeIsRetracted) {
  const ApplicationId paying = apply(sky, 1).application.id;
  const ApplicationId leaving = apply(river, 2).application.id;
  const auto stored = parts.recruitments.find_recruitment(exam);
  parts.recruitments.save_recruitment(stored->notice, services::RecruitmentState::prepared, stored->version, {});
  pay(sky, paying, services::TestOutcome::success);
  EXPECT_EQ(state_of(paying), ApplicationState::paid);
  EXPECT_EQ(intake.own.withdraw(river, leaving, "").state, ApplicationState::withdrawn);
  clock.set(at("2021-06-02T12:00:00+09:00"));
  EXPECT_EQ(intake.self_reports.report_health(sky, paying, services::HealthStatus::symptoms, *parse_date("2021-06-01"), "").exam, exam);
}

TEST_F(Applying, LowIncomePeoplePayNothing) {
  auto form = sample_form(1);
  form.waiver_proof = "1234";
  const auto waived = submit(sky, fill_in(sky, form));
  EXPECT_EQ(waived.application.fee, 0);
  EXPECT_EQ(state_of(waived.application.id), ApplicationState::paid);
}

TEST_F(Applying, AnEditKeepsTheApplicationAndItsPayment) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::success);
  auto form = sample_form(1);
  form.phone = "010-0000-1111";
  const auto edited = submit(sky, fill_in(sky, form));
  EXPECT_EQ(edited.application.id, applied.application.id);
  EXPECT_EQ(edited.application.state, ApplicationState::paid);
  EXPECT_EQ(edited.application.form.phone, "010-0000-1111");
  EXPECT_NE(edited.receipt, applied.receipt);
}

TEST_F(Applying, AnEditOfWhatCountsTellsNothingOfOtherNumbers) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::success);
  const auto other = apply({"p-other"}, 2);
  pay({"p-other"}, other.application.id, services::TestOutcome::success);
  for (const int number : {2, 3}) {  // somebody's and nobody's
    const std::string code = code_thrown([&] { submit(sky, fill_in(sky, sample_form(number))); });
    EXPECT_EQ(code, "claim_held") << number;
  }
  EXPECT_EQ(state_of(applied.application.id), ApplicationState::paid);
}

// Red while an account applied and withdrew without end: its messages filled the outbox faster than an hour's limit emptied
// it.
TEST_F(Applying, AnAccountAppliesTwentyTimesInAnExamAtMost) {
  for (int time = 0; time < services::most_applications_in_exam; ++time) {
    clock.set(clock.now() + std::chrono::seconds(1));
    const auto applied = apply(sky, 1);
    auto changed = sample_form(1);
    changed.phone = "010-9999-0000";
    ASSERT_NO_THROW(submit(sky, fill_in(sky, changed))) << "an edit is no application of its own";
    intake.own.withdraw(sky, applied.application.id, "");
  }
  EXPECT_EQ(code_thrown([&] { apply(sky, 1); }), "too_many_applications");
  EXPECT_NO_THROW(apply(river, 2)) << "others go on";
  publish(sample_notice("gyeonggi-2021-1"));
  EXPECT_NO_THROW(fill_in(sky, sample_form(1), ExamCode("gyeonggi-2021-1"))) << "and so do other exams";
}

// Red while an application was changed without end: the trail keeps both forms of every change.
TEST_F(Applying, AnApplicationIsChangedAHundredTimesAtMost) {
  const auto applied = apply(sky, 1);
  std::string ended = "nothing";
  int changes = 0;
  for (; changes < 200 && ended == "nothing"; ++changes) {
    auto changed = sample_form(1);
    changed.phone = "010-9999-" + std::to_string(1000 + changes);
    ended = code_thrown([&] { submit(sky, fill_in(sky, changed)); });
  }
  EXPECT_EQ(ended, "too_many_changes");
  EXPECT_EQ(changes, services::most_versions);
  EXPECT_NO_THROW(intake.own.withdraw(sky, applied.application.id, "")) << "it stands as it was, and can be withdrawn";
}

TEST_F(Applying, EveryFaultOfAFormIsToldAtOnce) {
  const auto draft = intake.forms.open_draft(sky, exam);
  const auto faults = intake.forms.review_draft(draft);
  std::vector<std::string> fields;
  for (const FieldFault& fault : faults) fields.push_back(fault.field);
  EXPECT_THAT(fields, testing::ElementsAre("unit", "name", "identity", "phone", "email", "area", "address", "photo",
                                           "consents"));
}

TEST_F(Applying, AReceiptIsCheckedWithThePublicKeyAloneAndShowsEveryChange) {
  const auto applied = apply(sky, 1);
  const auto& key = parts.signer.public_key();
  const auto facts = services::verify_receipt(applied.receipt, key);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->application, applied.application.id);
  EXPECT_EQ(facts->received_at, in_window);
  for (std::size_t byte = 0; byte < applied.receipt.size(); ++byte) {
    std::string changed = applied.receipt;
    changed[byte] = static_cast<char>(changed[byte] ^ 1);
    EXPECT_FALSE(services::verify_receipt(changed, key)) << byte;
  }
}

// Answers nobody who begins to pay until it is told to.
class HangingProvider : public services::TestProvider {
 public:
  using TestProvider::TestProvider;
  std::string begin(const services::Payment& payment) override {
    ++waiting;
    gone_on.wait();
    const std::lock_guard lock(mutex);  // its books in memory are not made for threads
    return TestProvider::begin(payment);
  }
  std::atomic<int> waiting{0};
  std::promise<void> go_on;
  std::shared_future<void> gone_on{go_on.get_future()};
  std::mutex mutex;
};

// Red while every press of the button took a thread for as long as the provider did not answer: one account took all.
TEST_F(Applying, AProviderThatDoesNotAnswerIsWaitedForByTwoCallsOfAnAccount) {
  HangingProvider hanging(parts.orders, clock, "test secret");
  services::Paying paying({parts.recruitments, parts.applications, parts.payments, hanging, clock});
  const auto own = apply(sky, 1).application.id;
  const auto other = apply(river, 2).application.id;
  std::vector<std::thread> presses;
  const auto press = [&](const Applicant& who, const ApplicationId& id) {
    const int before = hanging.waiting;
    presses.emplace_back([&paying, who, id] { EXPECT_EQ(code_thrown([&] { paying.begin_payment(who, id); }), "nothing"); });
    for (int tries = 0; tries < 6'000 && hanging.waiting == before; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(hanging.waiting, before + 1);
  };
  press(sky, own);
  press(sky, own);
  auto third = std::async(std::launch::async, [&] { return code_thrown([&] { paying.begin_payment(sky, own); }); });
  EXPECT_EQ(third.wait_for(std::chrono::seconds(60)), std::future_status::ready) << "it waits for nobody";
  press(river, other);
  hanging.go_on.set_value();
  EXPECT_EQ(third.get(), "payment_in_work");
  for (std::thread& one : presses) one.join();
  EXPECT_EQ(code_thrown([&] { paying.begin_payment(sky, own); }), "nothing") << "and then again";
}

struct Crowded : Applying {
  Crowded() : Applying({.batch = 8, .waiting = 1, .committers = 1}) {}
};

TEST_F(Crowded, APlaceInTheLineIsKeptAndTheFirstAttemptIsWhatCounts) {
  const auto held = parts.queue.admit("somebody", clock.now());
  const auto first = fill_in(sky, sample_form(1));
  const auto second = fill_in(river, sample_form(2));
  const auto place_of = [&](const Applicant& who, const services::Draft& draft) -> std::int64_t {
    try {
      submit(who, draft);
    } catch (const services::InQueue& line) {
      return line.place();
    }
    return 0;
  };
  clock.set(closing - std::chrono::seconds(1));
  EXPECT_EQ(place_of(sky, first), 1);
  EXPECT_EQ(place_of(river, second), 2);
  EXPECT_EQ(place_of(river, second), 2);
  { const auto moved = std::move(const_cast<services::SubmissionQueue::Admission&>(held)); }
  clock.set(closing + std::chrono::seconds(10));
  EXPECT_EQ(place_of(river, second), 2);  // the first one's turn
  EXPECT_EQ(place_of(sky, first), 0);
  EXPECT_EQ(place_of(river, second), 0);
  EXPECT_EQ(parts.applications.applications.at(ApplicationId(first.id)).submitted_at,
            closing - std::chrono::seconds(1));
}

// Red while every key had a place of its own: one account filled the line of the last minute with keys that it made up.
TEST_F(Crowded, OneAccountHasOnePlaceWhateverKeysItSends) {
  const auto held = parts.queue.admit("somebody", clock.now());
  fill_in(river, sample_form(2));
  const auto honest = fill_in(sky, sample_form(1));
  for (int made_up = 100; made_up < 200; ++made_up) {
    const std::string key = std::string(32, 'k') + std::to_string(made_up);
    EXPECT_EQ(code_thrown([&] { intake.submitting.submit(river, exam, {key, 0, clock.now()}); }), "in_line");
  }
  try {
    submit(sky, honest);
    ADD_FAILURE() << "there was no room";
  } catch (const services::InQueue& line) {
    EXPECT_EQ(line.place(), 2);
  }
}

TEST_F(Crowded, APlaceInTheLineOutlivesTheProgram) {
  const auto early = fill_in(sky, sample_form(1));
  const auto late = fill_in(river, sample_form(2));
  // A second program after the first: the same database and keys, nothing else.
  struct Started {
    services::SubmissionQueue queue;
    services::Submitting submitting;
    Started(MemoryIntake& parts, const Clock& clock)
        : queue(parts.applications, clock, {.batch = 8, .waiting = 1, .committers = 1}),
          submitting({parts.recruitments, parts.applications, parts.signer, queue}) {}
  };
  const auto ticket_of = [&](services::Submitting& at, const Applicant& who, const services::Draft& draft,
                             const std::string& ticket = {}) -> std::string {
    try {
      at.submit(who, exam, {draft.submission_key, draft.version, clock.now(), ticket});
    } catch (const services::InQueue& line) {
      return line.ticket();
    }
    return {};
  };
  const auto held = parts.queue.admit("somebody", clock.now());
  clock.set(closing - std::chrono::seconds(2));
  const std::string ticket = ticket_of(intake.submitting, sky, early);
  ASSERT_FALSE(ticket.empty());
  Started again(parts, clock);
  const auto held_again = again.queue.admit("somebody", clock.now());
  clock.set(closing - std::chrono::seconds(1));
  const std::string later = ticket_of(again.submitting, river, late);
  clock.set(closing + std::chrono::seconds(10));
  // The first one comes back last and stands first, with the moment of the first try.
  EXPECT_EQ(ticket_of(again.submitting, sky, early, ticket), ticket);
  const auto place_of = [&](const Applicant& who, const services::Draft& draft, const std::string& own) {
    try {
      again.submitting.submit(who, exam, {draft.submission_key, draft.version, clock.now(), own});
    } catch (const services::InQueue& line) {
      return line.place();
    }
    return std::int64_t{0};
  };
  EXPECT_EQ(place_of(river, late, later), 2);
  { const auto moved = std::move(const_cast<services::SubmissionQueue::Admission&>(held_again)); }
  EXPECT_EQ(place_of(sky, early, ticket), 0);
  EXPECT_EQ(place_of(river, late, later), 0);
  EXPECT_EQ(parts.applications.applications.at(ApplicationId(early.id)).submitted_at,
            closing - std::chrono::seconds(2));
  // The ticket is of this form only, and no other moment can be written into it.
  EXPECT_EQ(code_thrown([&] {
              again.submitting.submit({"p-third"}, exam, {std::string(32, 'k'), 0, clock.now(), ticket});
            }),
            "no_draft");
  const auto third = [&] {
    clock.set(in_window);
    const auto draft = fill_in({"p-third"}, sample_form(3));
    clock.set(closing + std::chrono::seconds(10));
    return draft;
  }();
  std::string forged = ticket;
  forged[3] = forged[3] == '9' ? '8' : '9';
  for (const std::string& wrong : {ticket, forged, std::string("1.x"), std::string(".")}) {
    EXPECT_EQ(code_thrown([&] {
                again.submitting.submit({"p-third"}, exam, {third.submission_key, third.version, clock.now(), wrong});
              }),
              "not_open")
        << wrong;
  }
}

TEST(ResidentNumber, IsReadInEveryWidthAndWithEveryDash) {
  for (const char* typed :
       {"９５０３１４－２１２３４５６", "950314–2123456", " 950314 2123456\u200b", "950314.2123456"})
    EXPECT_EQ(services::parse_resident_number(typed)->digits, "9503142123456") << typed;
}

TEST(ResidentNumber, TellsBirthDateAndSexAndRefusesOtherForms) {
  EXPECT_EQ(services::parse_resident_number("950314-2123456")->birth_on, *parse_date("1995-03-14"));
  EXPECT_FALSE(services::parse_resident_number("010229-3123456"));
  EXPECT_EQ(services::parse_resident_number("000229-4123456")->birth_on, *parse_date("2000-02-29"));
  EXPECT_EQ(services::parse_resident_number("9503142123456")->sex, Sex::female);
  for (const char* wrong : {"", "950314", "950314-212345", "950314-21234567", "95-0314-2123456", "abcdef-1234567"})
    EXPECT_FALSE(services::parse_resident_number(wrong)) << wrong;
}

}  // namespace
}  // namespace hanjari::tests
