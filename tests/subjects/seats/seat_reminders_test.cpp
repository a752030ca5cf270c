// Notices about seats: repeated until opened, and not after.
#include "hanjari/seats/seat_reminders.h"

#include <gtest/gtest.h>

#include "hanjari/base/store_errors.h"
#include "stage/memory_intake.h"
#include "stage/memory_repositories.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

using services::SeatNews;
using services::SeatView;

class OneSeat : public MemoryPlans {
 public:
  std::optional<PlannedExam> find_own_seat(const ExamCode&, const ApplicantId&) override { return seat; }
  std::optional<PlannedExam> seat;
};

class Views : public services::SeatViewRepository {
 public:
  std::optional<SeatView> find_seat_view(const ApplicationId& id) override {
    const auto found = views.find(id);
    return found == views.end() ? std::nullopt : std::optional(found->second);
  }
  void save_seat_view(const ApplicationId& id, const ExamCode&, const SeatView& view,
                      const services::Change&) override {
    if (takes_no_changes) throw DatabaseUnavailable("database_read_only", {"no changes", "변경 불가"});
    views[id] = view;
    ++saved;
  }
  std::map<ApplicationId, SeatView> views;
  int saved = 0;
  bool takes_no_changes = false;
};

class OneLivePlan : public services::ExamRepository {
 public:
  services::ImportOutcome save_exam(const Exam&, const Plan*, const services::Change&, Progress&) override {
    return {};
  }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return std::nullopt; }
  std::vector<services::StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return std::nullopt; }
  std::optional<services::LivePointer> find_live_plan(const ExamCode&) override { return live; }
  void set_live_plan(const ExamCode&, const services::StoredPlan&, std::int64_t, const services::Change&) override {}
  std::optional<services::LivePointer> live;
};

PlannedExam seat_at(const char* venue, int room_no, int seat_no) {
  PlannedExam planned;
  planned.exam.header.code = ExamCode("seoul-2021-1");
  Venue school;
  school.code = VenueCode(venue);
  school.name = venue;
  planned.exam.venues.push_back(school);
  Room room;
  room.venue = VenueIndex(std::size_t{0});
  room.room_no = room_no;
  planned.exam.rooms.push_back(room);
  Placement placement;
  placement.venue = VenueIndex(std::size_t{0});
  placement.room = RoomIndex(std::size_t{0});
  placement.seat_no = seat_no;
  planned.plan.placements.push_back(placement);
  return planned;
}

class SeatReminders : public testing::Test {
 protected:
  SeatReminders() {
    parts.recruitments.save_recruitment(sample_notice(), services::RecruitmentState::published, 0, {});
    Application application;
    application.id = ApplicationId("a1");
    application.exam = ExamCode("seoul-2021-1");
    application.account = "p1";
    application.state = ApplicationState::paid;
    application.form = sample_form();
    parts.applications.applications[application.id] = application;
    plans.seat = seat_at("V1", 2, 3);
  }
  services::SeatReminders remind(const char* when) {
    clock.set(at(when));
    return services::remind_of_seats(stores, ExamCode("seoul-2021-1"));
  }

  OneLivePlan exams;
  OneSeat plans;
  MemoryAccesses accesses;
  SetClock clock{at("2021-05-22T10:00:00+09:00")};
  MemoryIntake parts{exams, plans, accesses, clock};
  Views views;
  services::SeatReminderStores stores{parts.recruitments, parts.applications, exams, plans, views, parts.outbox, clock};
};

TEST_F(SeatReminders, AreRepeatedEveryDayUntilTheSeatWasOpened) {
  EXPECT_EQ(remind("2021-05-22T10:00:00+09:00").unopened, 1);
  remind("2021-05-22T20:00:00+09:00");
  EXPECT_EQ(parts.outbox.waiting.size(), 1U) << "once a day";
  remind("2021-05-23T10:00:00+09:00");
  EXPECT_EQ(parts.outbox.waiting.size(), 2U);
  EXPECT_EQ(parts.outbox.waiting.front().message.account, "p1") << "to the contact that it has confirmed";
  services::open_seat(views, ApplicationId("a1"), *plans.seat, {"p1", "", clock.now()});
  EXPECT_EQ(remind("2021-05-24T10:00:00+09:00").unopened, 0);
  EXPECT_EQ(parts.outbox.waiting.size(), 2U);
}

TEST_F(SeatReminders, BeginAgainWhenTheSeatChanges) {
  services::open_seat(views, ApplicationId("a1"), *plans.seat, {"p1", "", clock.now()});
  plans.seat = seat_at("V2", 1, 7);
  EXPECT_EQ(remind("2021-05-24T10:00:00+09:00").unopened, 1);
  EXPECT_NE(parts.outbox.waiting.back().message.subject.find("변경되었습니다"), std::string::npos);
  const SeatView opened = services::open_seat(views, ApplicationId("a1"), *plans.seat, {"p1", "", clock.now()});
  ASSERT_TRUE(opened.before);
  EXPECT_EQ(opened.before->venue, VenueCode("V1"));
  // Looking again keeps what changed, and writes nothing.
  EXPECT_EQ(services::open_seat(views, ApplicationId("a1"), *plans.seat, {"p1", "", clock.now()}).before,
            opened.before);
  EXPECT_EQ(views.saved, 2);
}

// Red while nobody saw the own seat whose opening could not be kept.
TEST_F(SeatReminders, GoOnAfterASeatWasOpenedWhileTheDatabaseTookNoChanges) {
  views.takes_no_changes = true;
  EXPECT_EQ(services::open_seat(views, ApplicationId("a1"), *plans.seat, {"p1", "", clock.now()}).seat.venue, VenueCode("V1"));
  EXPECT_EQ(remind("2021-05-24T10:00:00+09:00").unopened, 1);
  views.takes_no_changes = false;
  services::open_seat(views, ApplicationId("a1"), *plans.seat, {"p1", "", clock.now()});
  EXPECT_EQ(remind("2021-05-25T10:00:00+09:00").unopened, 0);
}

TEST_F(SeatReminders, ComeOnceInTheWeekAndOnTheDayBeforeTheExam) {
  services::open_seat(views, ApplicationId("a1"), *plans.seat, {"p1", "", clock.now()});
  for (const char* when : {"2021-05-28T10:00:00+09:00", "2021-05-29T10:00:00+09:00", "2021-06-01T10:00:00+09:00",
                           "2021-06-04T10:00:00+09:00", "2021-06-04T16:00:00+09:00", "2021-06-06T10:00:00+09:00"})
    remind(when);
  EXPECT_EQ(parts.outbox.waiting.size(), 2U);
}

TEST_F(SeatReminders, GoOutByThemselvesOnceADayAndWhenAnotherPlanIsLiveAndNeverAtNight) {
  services::SeatReminderRounds rounds({.from = 8, .until = 21});
  const auto told_at = [&](const char* when) {
    clock.set(at(when));
    return rounds.run(stores).unopened;
  };
  EXPECT_EQ(told_at("2021-05-22T10:00:00+09:00"), 0) << "nothing is live";
  exams.live = services::LivePointer{"aaaa", "", 1};
  EXPECT_EQ(told_at("2021-05-22T07:59:59+09:00"), 0) << "people sleep";
  EXPECT_EQ(told_at("2021-05-22T08:00:00+09:00"), 1);
  EXPECT_EQ(told_at("2021-05-22T08:01:00+09:00"), 0) << "told today";
  exams.live = services::LivePointer{"bbbb", "", 2};
  plans.seat = seat_at("V2", 1, 7);
  EXPECT_EQ(told_at("2021-05-22T20:59:00+09:00"), 1) << "another plan, at once";
  exams.live = services::LivePointer{"cccc", "", 3};
  EXPECT_EQ(told_at("2021-05-22T21:00:00+09:00"), 0) << "in the morning";
  EXPECT_EQ(told_at("2021-05-23T08:00:00+09:00"), 1);
  EXPECT_EQ(parts.outbox.waiting.size(), 3U);
}

TEST_F(SeatReminders, AreTheSameMessageWhenTheProgramWasStartedAgain) {
  exams.live = services::LivePointer{"aaaa", "", 1};
  for (int start = 0; start < 3; ++start) services::SeatReminderRounds().run(stores);
  EXPECT_EQ(parts.outbox.waiting.size(), 1U);
}

}  // namespace
}  // namespace hanjari::tests
