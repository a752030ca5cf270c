// Messages about a release: to everybody concerned, once, after the minute, in an order that is drawn.
#include "hanjari/publications/release_messages.h"

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/announcement/announcement.h"
#include "publications/final_story.h"
#include "stage/memory_intake.h"
#include "stage/memory_repositories.h"
#include "stage/sample_notice.h"

namespace hanjari::services::publication_story {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SeatsOfTold : public hanjari::tests::MemoryPlans {
 public:
  std::optional<PlannedExam> find_own_seat(const ExamCode&, const ApplicantId& id) override {
    const auto found = numbers.find(id.text());
    if (found == numbers.end()) return std::nullopt;
    PlannedExam planned;
    Placement placement;
    placement.number = ApplicantNumber(found->second);
    planned.plan.placements.push_back(placement);
    return planned;
  }
  std::map<std::string, std::string> numbers;  // by application
};

class ReleaseMessages : public FinalStory {
 protected:
  ReleaseMessages() {
    Recruitment notice = hanjari::tests::sample_notice();
    notice.header.code = exam;
    parts.recruitments.save_recruitment(notice, RecruitmentState::published, 0, {});
    // Nobody was decided under P9.
    for (const char* number : {"P1", "P2", "P3", "P4", "P9"}) apply(number, ApplicationState::paid);
    apply("P5", ApplicationState::submitted);
  }
  void apply(const std::string& number, ApplicationState state) {
    Application application;
    application.id = ApplicationId("of-" + number);
    application.exam = exam;
    application.account = "account-" + number;
    application.state = state;
    application.form = hanjari::tests::sample_form();
    application.form.language = Language::korean;
    parts.applications.applications[application.id] = application;
    plans.numbers[application.id.text()] = number;
  }
  std::vector<std::string> told_in(hanjari::tests::MemoryOutbox& outbox, const std::string& shuffle) {
    ReleaseMessageRounds().run({parts.recruitments, parts.applications, plans, publications, outbox, clock}, shuffle);
    std::vector<std::string> accounts;
    for (const WaitingMessage& one : outbox.waiting) accounts.push_back(one.message.account);
    return accounts;
  }

  SeatsOfTold plans;
  hanjari::tests::MemoryAccesses seen;
  hanjari::tests::MemoryIntake parts{exams, plans, seen, clock};
  ReleaseMessageStores stores{parts.recruitments, parts.applications, plans, publications, parts.outbox, clock};
  ReleaseMessageRounds rounds;
};

// Red when an approved version is told of, and when a message says more to one person than to another.
TEST_F(ReleaseMessages, GoToEverybodyConcernedOnceAfterTheMinute) {
  const Publication approved = approve(seal(an_order()));
  EXPECT_EQ(rounds.run(stores, "a"), 0) << "nothing before the minute";
  clock.set(the_minute - std::chrono::minutes(2));
  arm(desk, approved, "lee");
  arm(desk, approved, "park");
  EXPECT_EQ(rounds.run(stores, "a"), 0);
  clock.set(the_minute);
  desk.look();
  EXPECT_EQ(rounds.run(stores, "a"), 4);
  EXPECT_EQ(rounds.run(stores, "a"), 0);
  ReleaseMessageRounds().run(stores, "another program");
  ASSERT_EQ(parts.outbox.waiting.size(), 4U) << "a round of another program tells nobody twice";
  std::set<std::string> accounts;
  std::set<std::string> bodies;
  for (const WaitingMessage& one : parts.outbox.waiting) {
    accounts.insert(one.message.account);
    bodies.insert(one.message.subject + one.message.body);
    EXPECT_EQ(one.message.exam, exam.text()) << "it goes with its exam";
  }
  EXPECT_EQ(accounts, (std::set<std::string>{"account-P1", "account-P2", "account-P3", "account-P4"}));
  ASSERT_EQ(bodies.size(), 1U);
  EXPECT_THAT(*bodies.begin(), Not(HasSubstr("합격")));
}

// Red when messages go in the order of numbers or of the list.
TEST_F(ReleaseMessages, GoInAnOrderThatIsDrawn) {
  release(an_order());
  std::set<std::vector<std::string>> orders;
  for (const char* shuffle : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    hanjari::tests::MemoryOutbox outbox;
    orders.insert(told_in(outbox, shuffle));
  }
  EXPECT_GE(orders.size(), 4U);
}

TEST_F(ReleaseMessages, TellOfAWithdrawalInItsOwnWords) {
  release(an_order());
  EXPECT_EQ(rounds.run(stores, "a"), 4);
  PublicationOrder order = an_order();
  order.release_at = the_minute + std::chrono::minutes(60);
  order.withdrawal = true;
  order.reason = {"The marks of one room were mixed up.", "한 시험실의 점수가 뒤바뀌었습니다."};
  release(order);
  EXPECT_EQ(rounds.run(stores, "a"), 5) << "everybody with a number";
  // Red while every letter of an exam's results had one subject, so that a correction looked like the first letter sent twice.
  EXPECT_THAT(parts.outbox.waiting.front().message.subject, HasSubstr("필기시험 결과 안내"));
  EXPECT_THAT(parts.outbox.waiting.back().message.subject, HasSubstr("발표 취소 안내"));
  EXPECT_THAT(parts.outbox.waiting.back().message.body, HasSubstr("취소하였습니다"));
  EXPECT_THAT(parts.outbox.waiting.back().message.body, HasSubstr("한 시험실의 점수가 뒤바뀌었습니다."));
  EXPECT_THAT(parts.outbox.waiting.back().message.body, Not(HasSubstr("확인할 수 있습니다")));
}

// Red when somebody whose result a correction changed reads no more than those whom it does not concern.
TEST_F(ReleaseMessages, OfACorrectionTellThoseWhoseOwnResultIsAnother) {
  release(an_order());
  EXPECT_EQ(rounds.run(stores, "a"), 4);
  for (const WaitingMessage& one : parts.outbox.waiting) EXPECT_THAT(one.message.body, Not(HasSubstr("달라졌습니다")));
  import_and_decide(hanjari::tests::corrected_results());  // P4 passes now, and P1 and P2 have another rank or verdict
  PublicationOrder order = an_order(2);
  order.release_at = the_minute + std::chrono::minutes(60);
  order.reason = {"A mark was corrected.", "점수를 정정하였습니다."};
  release(order);
  EXPECT_EQ(rounds.run(stores, "a"), 4);
  std::map<std::string, std::string> last;
  for (const WaitingMessage& one : parts.outbox.waiting) last[one.message.account] = one.message.body;
  for (const char* concerned : {"account-P1", "account-P2", "account-P4"})
    EXPECT_THAT(last.at(concerned), HasSubstr("본인의 결과가 이전과 달라졌습니다.")) << concerned;
  EXPECT_THAT(last.at("account-P3"), Not(HasSubstr("달라졌습니다"))) << "absent before and after";
  EXPECT_THAT(last.at("account-P3"), HasSubstr("점수를 정정하였습니다."));
  EXPECT_THAT(last.at("account-P4"), Not(HasSubstr("합격"))) << "never which";
  EXPECT_EQ(last.at("account-P1"), last.at("account-P4")) << "one letter for all of them";
}

// Red when somebody is told of another result whose earlier one nobody can compare: versions of earlier had no certificates.
TEST_F(ReleaseMessages, OfACorrectionCallNoResultAnotherThatCannotBeCompared) {
  const Publication first = release(an_order());
  publications.results[first.id].at("P1").record.front() ^= 1;
  import_and_decide(hanjari::tests::corrected_results());
  PublicationOrder order = an_order(2);
  order.release_at = the_minute + std::chrono::minutes(60);
  order.reason = {"A mark was corrected.", "점수를 정정하였습니다."};
  release(order);
  EXPECT_EQ(rounds.run(stores, "a"), 4);
  std::map<std::string, std::string> told;
  for (const WaitingMessage& one : parts.outbox.waiting) told[one.message.account] = one.message.body;
  EXPECT_THAT(told.at("account-P1"), Not(HasSubstr("달라졌습니다")));
  EXPECT_THAT(told.at("account-P4"), HasSubstr("본인의 결과가 이전과 달라졌습니다."));
}

// Red when the final results are told to nobody, to those who were not decided in them, or as if they were those of the written exam.
TEST_F(ReleaseMessages, OfTheFinalStageGoToThoseDecidedInIt) {
  settle("P1,A,spirit,high\nP2,A,spirit,low\n");
  release(an_order());
  EXPECT_EQ(rounds.run(stores, "a"), 4);
  decide();
  PublicationOrder order = an_order();
  order.stage = proof::Stage::final;
  order.release_at = the_minute + std::chrono::minutes(60);
  order.next_called = {"Come on Monday.", "월요일에 오십시오."};
  release(order);
  EXPECT_EQ(rounds.run(stores, "a"), 3) << "P1, P2, and P4 who is called up";
  EXPECT_EQ(rounds.run(stores, "a"), 0);
  EXPECT_THAT(parts.outbox.waiting.back().message.subject, HasSubstr("최종 결과 안내"));
  EXPECT_THAT(parts.outbox.waiting.back().message.body, HasSubstr("최종 결과를"));
  order.release_at = the_minute + std::chrono::minutes(120);
  order.withdrawal = true;
  order.reason = {"Grades were mixed up.", "등급이 뒤바뀌었습니다."};
  release(order);
  EXPECT_EQ(rounds.run(stores, "a"), 3) << "those whose results are taken back";
  EXPECT_THAT(parts.outbox.waiting.back().message.subject, HasSubstr("최종 결과 발표 취소 안내"));
}

// Red while a version of one exam that could not be read kept those of the others from their minute.
TEST_F(PublicationStory, IsReleasedBesideAnExamOfWhichAVersionCannotBeRead) {
  const Publication approved = approve(seal(an_order()));
  Publication other = approved;
  other.id += "-other";
  other.exam = ExamCode("exam-2");
  publications.results[other.id] = publications.results[approved.id];
  publications.parts[other.id] = publications.parts[approved.id];
  publications.shares[other.id] = publications.shares[approved.id];
  other.state.digest = digest_publication(other, publications.digest_results(other),
                                          announcement::digest_templates(announcement::own_templates()));
  publications.publications.push_back(other);
  clock.set(the_minute - std::chrono::minutes(2));
  for (const Publication& one : {approved, other}) {
    for (const char* officer : {"kim", "lee"})
      desk.arm(one.exam, one.number, passphrase_of(officer), one.state.digest, true, by(officer));
  }
  clock.set(the_minute);
  publications.damaged = {exam};
  EXPECT_THROW(desk.look(), std::logic_error) << "which is told all the same";
  EXPECT_EQ(find_publication(publications, other.exam, other.number).state.step, ReleaseStep::released);
}

// Red while a version of another exam that could not be read ended every round.
TEST_F(ReleaseMessages, AreSentBesideAnExamOfWhichAVersionCannotBeRead) {
  Recruitment other = hanjari::tests::sample_notice("damaged-1");
  parts.recruitments.save_recruitment(other, RecruitmentState::published, 0, {});
  publications.damaged = {ExamCode("damaged-1")};
  release(an_order());
  EXPECT_EQ(rounds.run(stores, "a"), 4);
}

TEST_F(ReleaseMessages, AreNotSentOfWhatWasReleasedLongAgo) {
  release(an_order());
  clock.set(the_minute + release_is_told_within + std::chrono::seconds(1));
  EXPECT_EQ(rounds.run(stores, "a"), 0);
}

}  // namespace
}  // namespace hanjari::services::publication_story
