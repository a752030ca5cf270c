// What waits in the office and the search over it: order, deadlines, rights, and who is recorded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hanjari/desk/exam_thread.h"
#include "hanjari/desk/search.h"
#include "hanjari/desk/waiting.h"
#include "stage/applying.h"
#include "stage/desk/memory_waiting.h"

namespace hanjari::tests {
namespace {

using services::WaitingKind;
using services::WaitingWork;

WaitingWork work_of(WaitingKind kind, const char* code, std::int64_t count) {
  WaitingWork work;
  work.kind = kind;
  work.exam = ExamCode(code);
  work.count = count;
  return work;
}

TEST(Waiting, ComesByItsDeadlineAndWithoutOneLast) {
  MemoryWaiting waiting;
  waiting.works = {work_of(WaitingKind::failed_jobs, "b", 1), work_of(WaitingKind::plans, "b", 2),
                   work_of(WaitingKind::accommodations, "b", 3), work_of(WaitingKind::accommodations, "a", 4)};
  std::map<ExamCode, services::ExamDeadlines> dates;
  dates[ExamCode("b")].freeze = at("2021-03-06T18:00:00+09:00");
  dates[ExamCode("b")].exam = at("2021-06-05T00:00:00+09:00");
  const auto listed = services::list_waiting(waiting, dates, officer, in_window);
  ASSERT_EQ(listed.size(), 4U);
  EXPECT_EQ(listed[0].kind, WaitingKind::accommodations) << "before the list is frozen";
  EXPECT_EQ(listed[0].due, dates[ExamCode("b")].freeze);
  EXPECT_EQ(listed[1].kind, WaitingKind::plans);
  EXPECT_EQ(listed[2].exam, ExamCode("a"));
  EXPECT_FALSE(listed[2].due.has_value());
  EXPECT_EQ(listed[3].kind, WaitingKind::failed_jobs);
}

TEST(Waiting, IsTheOfficersAlone) {
  MemoryWaiting waiting;
  for (const auto role : {services::Role::district_coordinator, services::Role::auditor, services::Role::administrator,
                          services::Role::venue_chief, services::Role::applicant}) {
    EXPECT_EQ(code_thrown([&] { services::list_waiting(waiting, {}, {"somebody", role, {}}, in_window); }),
              "role_not_allowed");
  }
}

TEST(Waiting, HasAWordAndANameForEveryKind) {
  std::set<std::string> words;
  for (int kind = 0; kind <= static_cast<int>(WaitingKind::failed_messages); ++kind) {
    words.insert(std::string(services::spell(static_cast<WaitingKind>(kind))));
    EXPECT_FALSE(services::name_of(static_cast<WaitingKind>(kind)).ko.empty());
    EXPECT_FALSE(services::who_acts(static_cast<WaitingKind>(kind)).en.empty());
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(WaitingKind::failed_messages) + 1);
}

// Red when nothing knew that results were released.
TEST(Thread, IsAtTheDestructionOnceResultsAreReleased) {
  services::ThreadFacts facts;
  facts.exam_on = *parse_date("2021-06-05");
  facts.time_zone = "Asia/Seoul";
  facts.populations = 1;
  facts.live = true;
  facts.result_packages = 1;
  facts.decisions = 1;
  const auto now_of = [&] {
    std::vector<std::string> now;
    for (const auto& stage : services::list_stages(facts, at("2021-08-01T09:00:00+09:00"))) {
      if (stage.progression == services::Progression::now) now.emplace_back(services::spell(stage.stage));
    }
    return now;
  };
  EXPECT_EQ(now_of(), std::vector<std::string>{"published"});
  facts.released = true;
  EXPECT_EQ(now_of(), std::vector<std::string>{"destroyed"});
  facts.destroyed = true;
  EXPECT_TRUE(now_of().empty());
}

// Red while the path knew the last calendar alone: June was told to close when October does.
TEST(Thread, ClosesAndFreezesEachExamDayByItself) {
  Recruitment notice = sample_notice();
  notice.calendars[1].cancel_until = at("2021-03-12T18:00:00+09:00");
  services::ThreadFacts facts;
  facts.time_zone = "Asia/Seoul";
  facts.notice = std::make_shared<services::StoredRecruitment>(
      services::StoredRecruitment{notice, services::RecruitmentState::published, 1});
  const auto stage_at = [&](services::Stage stage, const char* now) {
    return services::list_stages(facts, at(now)).at(static_cast<std::size_t>(stage));
  };
  const auto closed = stage_at(services::Stage::closed, "2021-03-03T09:00:00+09:00");
  EXPECT_EQ(closed.at, at("2021-03-05T18:00:00+09:00"));
  ASSERT_EQ(closed.days.size(), 2U);
  EXPECT_EQ(format_date(closed.days[0].exam_on), "2021-06-05");
  EXPECT_EQ(closed.days[0].at, at("2021-03-05T18:00:00+09:00"));
  EXPECT_EQ(closed.days[1].at, at("2021-03-07T18:00:00+09:00"));
  EXPECT_EQ(stage_at(services::Stage::closed, "2021-03-06T09:00:00+09:00").at, at("2021-03-07T18:00:00+09:00"));
  EXPECT_EQ(stage_at(services::Stage::closed, "2021-03-09T09:00:00+09:00").at, at("2021-03-07T18:00:00+09:00"));
  EXPECT_EQ(stage_at(services::Stage::frozen, "2021-03-09T09:00:00+09:00").at, at("2021-03-10T18:00:00+09:00"));
  notice.calendars[1].cancel_until = notice.calendars[0].cancel_until;
  facts.notice = std::make_shared<services::StoredRecruitment>(
      services::StoredRecruitment{notice, services::RecruitmentState::published, 1});
  EXPECT_TRUE(stage_at(services::Stage::frozen, "2021-03-09T09:00:00+09:00").days.empty()) << "one moment is everybody's";
}

class DeskSearch : public Applying {
 protected:
  void add(const std::string& id, const std::string& name) {
    Application& application = parts.applications.applications[ApplicationId(id)];
    application.id = ApplicationId(id);
    application.exam = exam;
    application.account = "p-" + id;
    application.state = ApplicationState::paid;
    application.form = sample_form();
    application.form.name = name;
  }
  services::Found search(const services::Actor& actor, const std::string& typed) {
    return services::search_office({&intake, plans, accesses}, actor, typed, clock.now());
  }
};

TEST_F(DeskSearch, FindsByNumberAndByWholeNameAndRecordsEachOfThem) {
  add("A-1", "김하늘");
  add("A-2", "이바다");
  const auto by_number = search(officer, " A-2 ");
  ASSERT_EQ(by_number.people.size(), 1U);
  EXPECT_EQ(by_number.people.front().form.name, "이바다");
  EXPECT_THAT(accesses.lines, ::testing::Contains("officer application.search A-2 A-2"));
  const auto by_name = search(officer, "김하늘");
  ASSERT_EQ(by_name.people.size(), 1U);
  EXPECT_EQ(by_name.people.front().id, ApplicationId("A-1"));
  EXPECT_THAT(accesses.lines.back(), ::testing::EndsWith("A-1")) << "whoever is shown is recorded";
  EXPECT_TRUE(search(officer, "김하").people.empty()) << "names are found whole";
}

TEST_F(DeskSearch, ShowsNobodyWhoCannotBeRecorded) {
  add("A-1", "김하늘");
  accesses.broken = true;
  EXPECT_THROW(search(officer, "A-1"), Error);
}

TEST_F(DeskSearch, IsTheOfficersAloneAndWantsTwoCharacters) {
  EXPECT_EQ(code_thrown([&] { search({"auditor", services::Role::auditor, {}}, "A-1"); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { search({"jongno", services::Role::district_coordinator, {}}, "A-1"); }),
            "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { search(officer, " a "); }), "nothing_searched");
}

}  // namespace
}  // namespace hanjari::tests
