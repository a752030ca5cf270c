// Letters before closing about forms that were begun and not submitted.
#include "hanjari/intake/unsent_reminders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage/applying.h"

namespace hanjari::tests {
namespace {

using services::Channel;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class UnsentReminders : public testing::Test {
 protected:
  UnsentReminders() {
    notice = sample_notice();
    for (Calendar& calendar : notice.calendars) calendar.applications = {at("2021-03-01T09:00:00+09:00"), closes};
    parts.recruitments.save_recruitment(notice, services::RecruitmentState::published, 0, {});
    clock.set(at("2021-03-05T12:00:00+09:00"));
  }
  services::Draft begin(const std::string& account, ApplicationForm form = sample_form()) {
    services::Draft draft;
    draft.id = "draft-" + account;
    draft.account = account;
    draft.exam = code;
    draft.version = 0;
    draft.form = std::move(form);
    return parts.applications.save_draft(draft, clock.now());
  }
  std::int64_t remind() { return services::remind_of_unsent(stores, find_contact, code); }
  const std::vector<services::WaitingMessage>& sent() { return parts.outbox.waiting; }

  const ExamCode code{"seoul-2021-1"};
  const Instant closes = at("2021-03-06T18:00:00+09:00");
  Recruitment notice;
  NoExams exams;
  MemoryPlans plans;
  MemoryAccesses accesses;
  SetClock clock{at("2021-03-05T12:00:00+09:00")};
  MemoryIntake parts{exams, plans, accesses, clock};
  services::UnsentFormStores stores{parts.recruitments, parts.applications, parts.outbox, clock};
  services::FindContact find_contact = [](const std::string& account) {
    return account == "gone" ? std::nullopt
                             : std::optional(services::AccountContact{Channel::sms, "01012345678", Language::english});
  };
};

TEST_F(UnsentReminders, TellOncePerPersonInTheDayBeforeClosing) {
  begin("p1");
  clock.set(closes - std::chrono::hours(25));
  EXPECT_EQ(remind(), 0) << "a day and an hour before";
  clock.set(closes - std::chrono::hours(23));
  EXPECT_EQ(remind(), 1);
  clock.set(closes - std::chrono::hours(3));
  EXPECT_EQ(remind(), 0) << "the letter is written";
  ASSERT_THAT(sent(), SizeIs(1)) << "however often it is looked, by however many programs";
  const services::Message& message = sent().front().message;
  EXPECT_EQ(message.to, "01012345678") << "the verified contact: nobody has confirmed the form's address";
  EXPECT_EQ(message.language, sample_form().language);
  EXPECT_EQ(message.exam, code.text());
  EXPECT_EQ(message.useless_after, closes);
  EXPECT_THAT(message.body, HasSubstr("2021년 3월 6일 18:00"));
  EXPECT_THAT(message.body, HasSubstr("제출하지 않으면 접수되지 않습니다"));
  clock.set(closes);
  EXPECT_EQ(remind(), 0) << "closed";
}

TEST_F(UnsentReminders, ReachPeopleAtTheVerifiedContactOnly) {
  ApplicationForm empty;
  empty.language = Language::english;
  begin("p1", empty);
  empty.email = "somebody-else@example.com";
  begin("gone", empty);
  clock.set(closes - std::chrono::hours(2));
  EXPECT_EQ(remind(), 1);
  ASSERT_THAT(sent(), SizeIs(1));
  EXPECT_EQ(sent().front().message.channel, Channel::sms);
  EXPECT_EQ(sent().front().message.to, "01012345678");
  EXPECT_THAT(sent().front().message.body, HasSubstr("you have not applied"));
}

TEST_F(UnsentReminders, LeaveThoseAloneWhoSubmittedGaveUpOrAreAtIt) {
  const services::Draft given_up = begin("p1");
  parts.intake.forms.discard_draft({"p1"}, code, given_up.version);
  parts.intake.forms.discard_draft({"p1"}, code, given_up.version);  // a double press
  begin("p2");
  clock.set(closes - std::chrono::hours(2));
  services::Draft busy = *parts.applications.find_draft("p2", code);
  parts.applications.save_draft(busy, clock.now() - std::chrono::minutes(10));
  EXPECT_EQ(remind(), 0);
  clock.set(closes - std::chrono::hours(1));
  EXPECT_EQ(remind(), 1) << "p2 left it at that";
}

TEST_F(UnsentReminders, AreOfChangesThatSaySomethingElse) {
  Application application;
  application.id = ApplicationId("a1");
  application.exam = code;
  application.account = "p1";
  application.state = ApplicationState::paid;
  application.form = sample_form();
  parts.applications.applications[application.id] = application;
  services::Draft draft = begin("p1");
  draft.edits = application.id;
  draft = parts.applications.save_draft(draft, clock.now());
  clock.set(closes - std::chrono::hours(4));
  EXPECT_EQ(remind(), 0) << "only looked at";
  draft.form.address = "서울특별시 중구 세종대로 110";
  draft = parts.applications.save_draft(draft, clock.now() - std::chrono::hours(1));
  EXPECT_EQ(remind(), 1);
  EXPECT_THAT(sent().front().message.body, HasSubstr("이전에 제출한 내용이 유효합니다"));
  parts.outbox.waiting.clear();
  parts.applications.applications[application.id].state = ApplicationState::withdrawn;
  clock.set(closes - std::chrono::hours(2));
  EXPECT_EQ(remind(), 0) << "nothing is left to change";
}

TEST_F(UnsentReminders, GiveUpOnlyWhatThePersonSaw) {
  const services::Draft draft = begin("p1");
  parts.applications.save_draft(draft, clock.now());
  EXPECT_THROW(parts.intake.forms.discard_draft({"p1"}, code, draft.version), Conflict);
  EXPECT_TRUE(parts.applications.find_draft("p1", code));
}

TEST_F(UnsentReminders, RoundsKeepToTheHoursOfTheDayAndToPublishedNotices) {
  begin("p1");
  services::UnsentReminderRounds rounds(8, 21);
  clock.set(at("2021-03-06T06:30:00+09:00"));
  EXPECT_EQ(rounds.run(stores, find_contact), 0) << "people sleep";
  clock.set(at("2021-03-06T08:00:00+09:00"));
  EXPECT_EQ(rounds.run(stores, find_contact), 1);
  begin("p2");
  clock.set(at("2021-03-06T08:10:00+09:00"));
  EXPECT_EQ(rounds.run(stores, find_contact), 0) << "not every minute";
  clock.set(at("2021-03-06T08:40:00+09:00"));
  EXPECT_EQ(rounds.run(stores, find_contact), 1) << "p1 was told before";
  EXPECT_THAT(sent(), SizeIs(2)) << "who began after the first round";
  begin("p3");
  parts.recruitments.save_recruitment(notice, services::RecruitmentState::prepared, 1, {});
  clock.set(at("2021-03-06T12:00:00+09:00"));
  rounds.run(stores, find_contact);
  EXPECT_THAT(sent(), SizeIs(2)) << "a retracted notice asks nobody to submit";
}

}  // namespace
}  // namespace hanjari::tests
