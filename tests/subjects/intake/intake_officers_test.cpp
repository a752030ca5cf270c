// What officers do with applications: decide, release, close, freeze, publish.
#include <gmock/gmock.h>

#include "stage/applying.h"

namespace hanjari::tests {
namespace {

TEST_F(Applying, AnOfficerReleasesAClaimWithAReasonThatTheApplicantReads) {
  const auto strangers = apply({"p-stranger"}, 1);
  const auto own = apply(sky, 1);
  const services::Change change{"officer", "", clock.now()};
  const auto claimants = intake.claims.list_claimants(officer, own.application.id);
  EXPECT_EQ(claimants.size(), 2u);
  EXPECT_THAT(accesses.lines.back(), testing::HasSubstr("applications.claimants"));
  EXPECT_EQ(code_thrown([&] { intake.claims.release_claim(officer, strangers.application.id, " ", change); }),
            "reason_missing");
  // Red while only spaces were blank: a pasted character that nobody sees was a reason.
  EXPECT_EQ(code_thrown([&] { intake.claims.release_claim(officer, strangers.application.id, "\u200b\u3000\t", change); }),
            "reason_missing");
  intake.claims.release_claim(officer, strangers.application.id, "본인이\u200b 아님", change);
  EXPECT_EQ(state_of(strangers.application.id), ApplicationState::withdrawn);
  ASSERT_EQ(parts.applications.released.size(), 1u);
  EXPECT_THAT(parts.applications.released.front().body, testing::HasSubstr("본인이 아님"));
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { intake.claims.release_claim(auditor, own.application.id, "x", change); }),
            "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { intake.claims.list_claimants(auditor, own.application.id); }), "role_not_allowed");
}

TEST_F(Applying, ARefusalOfAnAccommodationNeedsAReason) {
  services::Attachment paper;
  paper.exam = exam;
  paper.kind = services::AttachmentKind::document;
  const AttachmentId document = intake.attachments.save_attachment(sky, paper);
  auto form = sample_form(1);
  form.accommodations = {{"wheelchair", "a reason", {document}}, {"scribe", "a reason", {document}}};
  const auto applied = submit(sky, fill_in(sky, form));
  const auto& id = applied.application.id;
  const services::Change change{"officer", "", clock.now()};
  EXPECT_EQ(code_thrown([&] {
              intake.officers.decide_accommodation(officer, id, "scribe", ItemDecision::refused, " ", change);
            }),
            "reason_missing");
  intake.officers.decide_accommodation(officer, id, "wheelchair", ItemDecision::granted, "", change);
  intake.officers.decide_accommodation(officer, id, "scribe", ItemDecision::refused, "not shown", change);
  const Application decided = *parts.applications.find_application(id);
  EXPECT_TRUE(decided.granted().wheelchair);
  EXPECT_FALSE(decided.granted().scribe);
}

TEST_F(Applying, OnlyOfficersDecideAndClose) {
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  const services::Change change{"auditor", "", clock.now()};
  EXPECT_EQ(code_thrown([&] { intake.closing.close_applications(auditor, exam, change, no_progress()); }),
            "role_not_allowed");
  EXPECT_EQ(code_thrown([&] {
              intake.officers.decide_accommodation(auditor, ApplicationId("x"), "scribe", ItemDecision::granted, "",
                                                   change);
            }),
            "role_not_allowed");
}

// Officers were told that there was no such notice.
TEST_F(Applying, ARetractedNoticeIsSaidToBeUnpublished) {
  const auto stored = parts.recruitments.find_recruitment(exam);
  parts.recruitments.save_recruitment(stored->notice, services::RecruitmentState::prepared, stored->version, {});
  const services::Change change{"officer", "", clock.now()};
  EXPECT_EQ(code_thrown([&] { intake.closing.close_applications(officer, exam, change, no_progress()); }),
            "not_published");
  EXPECT_EQ(code_thrown([&] { intake.exports.export_applicants(officer, exam, Exam{}, change, no_progress()); }),
            "not_published");
}

TEST_F(Applying, NumbersWaitForTheCancellationDeadline) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::success);
  clock.set(at("2021-03-07T18:01:01+09:00"));
  intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress());
  const auto freeze = [&] {
    return intake.exports.export_applicants(officer, exam, Exam{}, {"officer", "", clock.now()}, no_progress());
  };
  EXPECT_EQ(code_thrown(freeze), "cancellation_open");
  // Red while an officer was told the moment by another clock than that of the notice.
  try {
    freeze();
  } catch (const Conflict& refused) {
    EXPECT_THAT(refused.message().ko, testing::HasSubstr("18:00"));
    EXPECT_THAT(refused.message().en, testing::HasSubstr("18:00"));
  }
  // Red while the list was final when a withdrawal of the last second, kept while the database was away, was still to be stored.
  clock.set(at("2021-03-10T18:00:59+09:00"));
  EXPECT_EQ(code_thrown(freeze), "cancellation_open");
  clock.set(at("2021-03-10T18:01:00+09:00"));
  const auto frozen = freeze();
  ASSERT_EQ(frozen.size(), 1u);
  ASSERT_EQ(frozen[0].applicants.size(), 1u);
  EXPECT_EQ(frozen[0].applicants[0].id.text(), applied.application.id.text());
}

TEST_F(Applying, WhoSitsOnAnotherDayIsInAnotherExam) {
  const auto june = apply(sky, 1);
  pay(sky, june.application.id, services::TestOutcome::success);
  auto form = sample_form(2);
  form.unit = UnitCode("201");
  const auto october = submit(river, fill_in(river, form));
  pay(river, october.application.id, services::TestOutcome::success);
  clock.set(at("2021-03-10T18:01:00+09:00"));
  const services::Change change{"officer", "", clock.now()};
  intake.closing.close_applications(officer, exam, change, no_progress());
  const auto exams = intake.exports.export_applicants(officer, exam, Exam{}, change, no_progress());
  ASSERT_EQ(exams.size(), 2u);
  EXPECT_EQ(exams[0].header.code, exam);
  EXPECT_EQ(exams[1].header.code, ExamCode("seoul-2021-1-late"));
  EXPECT_EQ(format_date(exams[0].header.exam_on), "2021-06-05");
  EXPECT_EQ(format_date(exams[1].header.exam_on), "2021-10-16");
  ASSERT_EQ(exams[0].applicants.size(), 1u);
  ASSERT_EQ(exams[1].applicants.size(), 1u);
  EXPECT_EQ(exams[0].applicants[0].id.text(), june.application.id.text());
  EXPECT_EQ(exams[1].applicants[0].id.text(), october.application.id.text());
  EXPECT_EQ(exams[0].units.size(), 2u);
  ASSERT_EQ(exams[1].units.size(), 1u);
  EXPECT_EQ(exams[1].units[0].code, UnitCode("201"));
}

// Red while the exam in June could not be exported before applications for October were over.
TEST_F(Applying, ADayIsExportedWithoutWaitingForTheOtherOnes) {
  Recruitment apart = sample_notice();
  apart.calendars[1].applications = {at("2021-07-05T09:00:00+09:00"), at("2021-07-09T18:00:00+09:00")};
  apart.calendars[1].cancel_until = at("2021-07-14T18:00:00+09:00");
  intake.setup.save_notice(officer, apart, std::nullopt, 1, {}, {"officer", "", clock.now()});
  const auto june = apply(sky, 1);
  pay(sky, june.application.id, services::TestOutcome::success);
  const auto freeze = [&] {
    return intake.exports.export_applicants(officer, exam, Exam{}, {"officer", "", clock.now()}, no_progress());
  };
  EXPECT_EQ(code_thrown(freeze), "not_closed") << "no day is ready";
  clock.set(at("2021-03-10T17:59:59+09:00"));
  intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress());
  EXPECT_EQ(code_thrown(freeze), "cancellation_open") << "of the day that comes first";
  clock.set(at("2021-03-10T18:01:00+09:00"));
  parts.recruitments.counts[UnitCode("101")].submitted = 1;
  EXPECT_EQ(code_thrown(freeze), "not_closed") << "somebody's payment is undecided";
  parts.recruitments.counts.clear();
  const auto exams = freeze();
  ASSERT_EQ(exams.size(), 1u);
  EXPECT_EQ(exams[0].header.code, exam);
  EXPECT_EQ(exams[0].applicants.size(), 1u);
  const auto open = intake.exports.list_open_days(officer, exam, clock.now());
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(format_date(open[0].exam_on), "2021-10-16");
  EXPECT_EQ(open[0].code, "not_closed");
}

// Red while somebody on the final list of June went over to October, and was seated in June all the same.
TEST_F(Applying, NobodyOfAFinalListGoesOverToAnotherDay) {
  Recruitment apart = sample_notice();
  apart.calendars[1].applications.closes = at("2021-07-09T18:00:00+09:00");
  apart.calendars[1].cancel_until = at("2021-07-14T18:00:00+09:00");
  intake.setup.save_notice(officer, apart, std::nullopt, 1, {}, {"officer", "", clock.now()});
  const auto june = apply(sky, 1);
  pay(sky, june.application.id, services::TestOutcome::success);
  auto october = sample_form(1);
  october.unit = UnitCode("201");
  clock.set(at("2021-03-10T17:59:59+09:00"));
  const auto edit = fill_in(sky, october);
  EXPECT_TRUE(intake.forms.review_draft(edit).empty()) << "as long as anybody may withdraw";
  clock.set(at("2021-03-10T18:00:00+09:00"));
  const auto faults = intake.forms.review_draft(edit);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].field, "unit");
  EXPECT_THROW(submit(sky, edit), services::FormIncomplete);
  // Red while whoever had a ticket of the last second went over until October closed.
  const services::SubmitRequest first{edit.submission_key, edit.version, at("2021-03-10T17:59:59+09:00")};
  const std::string ticket = intake.submitting.keep_moment(exam, first);
  clock.set(at("2021-03-10T18:01:01+09:00"));
  EXPECT_EQ(code_thrown([&] { intake.submitting.submit(sky, exam, {edit.submission_key, edit.version, clock.now(), ticket}); }), "too_late");
  EXPECT_EQ(parts.applications.find_application(june.application.id)->form.unit, UnitCode("101"));
}

TEST(ExamOf, PutsCalendarsOfOneDayTogether) {
  Recruitment notice = sample_notice();
  notice.calendars.push_back(notice.calendars[1]);
  notice.calendars.back().name = "later";
  EXPECT_EQ(services::exam_of(notice, notice.calendars[0]), exam);
  EXPECT_EQ(services::exam_of(notice, notice.calendars[1]), ExamCode("seoul-2021-1-late"));
  EXPECT_EQ(services::exam_of(notice, notice.calendars[2]), ExamCode("seoul-2021-1-late"));
}

TEST_F(Applying, ANoticeKeepsItsStateWhenItIsSaved) {
  using services::RecruitmentState;
  const services::Change change{"officer", "", clock.now()};
  Recruitment changed = sample_notice();
  changed.help = {"New words.", "새 안내"};
  EXPECT_EQ(intake.setup.save_notice(officer, changed, std::nullopt, 1, {}, change).state, RecruitmentState::published);
  EXPECT_EQ(intake.notices.load_notice(exam)->notice.help.ko, "새 안내");
  EXPECT_EQ(code_thrown([&] { intake.setup.save_notice(officer, changed, RecruitmentState::prepared, 2, {}, change); }),
            "state_by_its_word");
  EXPECT_EQ(intake.setup.save_notice(officer, sample_notice("new-1"), std::nullopt, 0, {}, change).state,
            RecruitmentState::prepared);
}

TEST_F(Applying, ANoticeChangesItsStateOnlyByWhoeverSaysHowManyItConcerns) {
  using services::RecruitmentState;
  const services::Change change{"officer", "", clock.now()};
  parts.recruitments.counts[UnitCode("101")] = {3, 4, 5, 6};
  const auto retract = [&](std::int64_t concerned) {
    intake.officers.change_state(officer, exam, RecruitmentState::prepared, concerned, change);
  };
  EXPECT_EQ(code_thrown([&] { retract(0); }), "concern_unsaid");
  EXPECT_EQ(code_thrown([&] { retract(18); }), "concern_unsaid");
  EXPECT_EQ(parts.recruitments.find_recruitment(exam)->state, RecruitmentState::published);
  retract(7);
  EXPECT_EQ(parts.recruitments.find_recruitment(exam)->state, RecruitmentState::prepared);
  intake.officers.change_state(officer, exam, RecruitmentState::published, 7, change);
  EXPECT_EQ(parts.recruitments.find_recruitment(exam)->state, RecruitmentState::published);
  EXPECT_EQ(code_thrown([&] { intake.officers.change_state(officer, exam, RecruitmentState::closed, 7, change); }),
            "close_by_closing");
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { intake.officers.change_state(auditor, exam, RecruitmentState::prepared, 7, change); }),
            "role_not_allowed");
}

// Red while it was asked first how many people it concerns, with the number of rows that are left for the books.
TEST_F(Applying, ANoticeOfADestroyedExamCanOnlyBeTakenOffThePortal) {
  using services::RecruitmentState;
  const services::Change change{"officer", "", clock.now()};
  parts.recruitments.counts[UnitCode("101")] = {0, 1, 0, 0, 1};
  parts.recruitments.destroyed.insert(exam);
  EXPECT_EQ(intake.officers.count_concerned(officer, exam), 0);
  EXPECT_EQ(code_thrown([&] { intake.setup.save_notice(officer, sample_notice(), std::nullopt, 1, {}, change); }),
            "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { intake.setup.announce(officer, exam, 5, change); }), "exam_destroyed");
  intake.officers.change_state(officer, exam, RecruitmentState::prepared, 0, change);
  EXPECT_EQ(code_thrown([&] { intake.officers.change_state(officer, exam, RecruitmentState::published, 9, change); }),
            "exam_destroyed");
  EXPECT_EQ(parts.recruitments.find_recruitment(exam)->state, RecruitmentState::prepared);
}

// Red while the calendar alone was looked at: who had applied was told to edit, or to apply again.
TEST_F(Applying, AClosedNoticeAsksNobodyToApplyOrToEdit) {
  const auto own = apply(sky, 1);
  const auto stored = parts.recruitments.find_recruitment(exam);
  const auto codes_of = [&](const Application& application) {
    std::vector<std::string> codes;
    for (const services::NextStep& step : services::list_next_steps(*parts.recruitments.find_recruitment(exam), application,
                                                                    std::nullopt, clock.now()))
      codes.push_back(step.code);
    return codes;
  };
  EXPECT_THAT(codes_of(own.application), testing::Contains("edit_possible"));
  parts.recruitments.save_recruitment(stored->notice, services::RecruitmentState::closed, stored->version, {});
  EXPECT_THAT(codes_of(own.application), testing::Not(testing::Contains("edit_possible")));
  Application ended = own.application;
  ended.state = ApplicationState::withdrawn;
  EXPECT_THAT(codes_of(ended), testing::ElementsAre("over"));
}

TEST_F(Applying, WhoeverTakesTheFrozenListIsRecordedWithWhoseDataItIs) {
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::success);
  clock.set(at("2021-03-10T18:01:00+09:00"));
  intake.closing.close_applications(officer, exam, {"officer", "", clock.now()}, no_progress());
  const auto freeze = [&] {
    return intake.exports.export_applicants(officer, exam, Exam{}, {"officer", "", clock.now()}, no_progress());
  };
  freeze();
  EXPECT_EQ(accesses.lines.back(), "officer applications.export seoul-2021-1 " + applied.application.id.text());
  intake.officers.list_for_officer(officer, exam, std::nullopt, {}, 10);
  EXPECT_EQ(accesses.lines.back(), "officer applications.list seoul-2021-1 " + applied.application.id.text());
  accesses.broken = true;
  EXPECT_EQ(code_thrown(freeze), "database_lost");
}

}  // namespace
}  // namespace hanjari::tests
