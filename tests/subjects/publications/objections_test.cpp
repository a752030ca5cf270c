// Objections to released results: by their owners, until their day, and answered once.
#include "hanjari/publications/objections.h"

#include <string>

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "publications/final_story.h"
#include "stage/code_thrown.h"
#include "stage/memory_intake.h"

namespace hanjari::services::publication_story {
namespace {

using hanjari::tests::code_thrown;
using proof::Stage;
using ::testing::ElementsAre;

class SentObjections : public FinalStory {
 protected:
  PublicationOrder order_until(const std::string& day) const {
    PublicationOrder order = an_order();
    order.objection_until = day;
    return order;
  }
  Objection send(const std::string& number, const std::string& words = "My mark is another one.") {
    return send_objection(publications, exam, Stage::written, number, {"p-" + number, Language::english}, words, "Asia/Seoul", by("p-" + number));
  }
  Objection answer(std::int64_t no, ObjectionOutcome outcome = ObjectionOutcome::dismissed, const std::string& words = "It is right.") {
    return answer_objection(publications, exam, no, outcome, words, by("lee"));
  }
};

// Red when an objection tells before the minute that there is a result, or is taken of somebody who was not decided.
TEST_F(SentObjections, AreTakenOfReleasedResultsOnly) {
  EXPECT_EQ(code_thrown([&] { send("P1"); }), "not_released");
  const Publication approved = approve(seal(an_order()));
  EXPECT_EQ(code_thrown([&] { send("P1"); }), "not_released");
  EXPECT_EQ(code_thrown([&] { send("P9"); }), "not_released") << "the same for everybody";
  clock.set(the_minute - std::chrono::minutes(2));
  arm(desk, approved, "lee");
  arm(desk, approved, "park");
  clock.set(the_minute);
  desk.look();
  EXPECT_EQ(code_thrown([&] { send("P9"); }), "not_released");
  const Objection sent = send("P4");
  EXPECT_EQ(sent.no, 1);
  EXPECT_EQ(sent.release, 1);
  EXPECT_EQ(sent.words, "My mark is another one.");
}

TEST_F(SentObjections, AreTakenUntilTheEndOfTheirDay) {
  const Publication released = release(order_until("2021-10-02"));
  ASSERT_EQ(released.state.step, ReleaseStep::released);
  const Instant close = objections_close(released, "Asia/Seoul").value();
  EXPECT_EQ(format_instant(close), "2021-10-02T15:00:00Z") << "midnight in Seoul";
  clock.set(close - std::chrono::seconds(1));
  send("P1");
  clock.set(close);
  EXPECT_EQ(code_thrown([&] { send("P2"); }), "objections_closed");
}

TEST_F(SentObjections, WaitForTheirAnswerOneAtATime) {
  release(an_order());
  send("P1");
  EXPECT_EQ(code_thrown([&] { send("P1"); }), "objection_waits");
  send("P2");
  EXPECT_EQ(answer(1).answered_by, "lee");
  EXPECT_EQ(send("P1").no, 3);
  EXPECT_EQ(list_own_objections(publications, exam, Stage::written, "P1").size(), 2U);
  EXPECT_TRUE(list_own_objections(publications, exam, Stage::final, "P1").empty()) << "each stage has its own";
  for (std::int64_t no = 3; no < 6; ++no) {
    answer(no);
    send("P1", "Once more.");
  }
  answer(6);
  EXPECT_EQ(code_thrown([&] { send("P1"); }), "too_many_objections");
}

TEST_F(SentObjections, AreAnsweredOnceWithWords) {
  release(an_order());
  send("P1");
  EXPECT_EQ(code_thrown([&] { answer(1, ObjectionOutcome::waits); }), "bad_objection");
  EXPECT_EQ(code_thrown([&] { answer(1, ObjectionOutcome::upheld, "  "); }), "bad_objection");
  EXPECT_EQ(code_thrown([&] { answer(2); }), "unknown_objection");
  const Objection answered = answer(1, ObjectionOutcome::upheld, "Your mark is corrected by the next version.");
  EXPECT_EQ(answered.outcome, ObjectionOutcome::upheld);
  EXPECT_EQ(code_thrown([&] { answer(1); }), "objection_answered");
  EXPECT_EQ(list_own_objections(publications, exam, Stage::written, "P1").front().answer, "Your mark is corrected by the next version.");
}

TEST_F(SentObjections, HaveWords) {
  release(an_order());
  EXPECT_EQ(code_thrown([&] { send("P1", " \n "); }), "bad_objection");
  EXPECT_EQ(code_thrown([&] { send("P1", std::string(longest_objection + 1, 'a')); }), "bad_objection");
  EXPECT_EQ(send("P1", std::string(longest_objection, 'a')).words.size(), longest_objection);
}

TEST_F(SentObjections, AreReadOnRecordThoseThatWaitFirst) {
  release(an_order());
  send("P1");
  send("P4");
  answer(2);
  std::vector<std::int64_t> order;
  for (const Objection& one : open_objections(publications, accesses, exam, by("kim"))) order.push_back(one.no);
  EXPECT_THAT(order, ElementsAre(1, 2));
  EXPECT_EQ(accesses.notes.back().action, "objection.read");
  EXPECT_THAT(accesses.notes.back().whose, ElementsAre("P1", "P4"));
}

// Red when an answer waits on a page that its sender does not open again, and when the letter says what was answered.
TEST_F(SentObjections, HaveTheirAnswersToldOnce) {
  release(an_order());
  send("P1");
  const Objection answered = answer(1, ObjectionOutcome::upheld, "Your mark is corrected.");
  hanjari::tests::MemoryOutbox outbox;
  for (int times = 0; times < 2; ++times) tell_of_answer(outbox, answered, {"An exam", "시험"}, clock.now());
  ASSERT_EQ(outbox.waiting.size(), 1U);
  const Message& letter = outbox.waiting.front().message;
  EXPECT_EQ(letter.account, "p-P1");
  EXPECT_EQ(letter.exam, exam.text());
  EXPECT_EQ(letter.subject, "An exam: your objection was answered");
  for (const char* said : {"corrected", "upheld", "My mark"}) EXPECT_EQ(letter.body.find(said), std::string::npos) << said;
}

TEST(ObjectionContent, IsReadBackAsItWasWritten) {
  Objection one;
  one.number = "P1";
  one.words = "한국어 \"words\"\nin two lines";
  one.sender = {"p-1", Language::english};
  Objection again;
  read_objection_content(write_objection_content(one), again);
  EXPECT_EQ(again.number, one.number);
  EXPECT_EQ(again.words, one.words);
  EXPECT_EQ(again.sender.account, "p-1");
  EXPECT_EQ(again.sender.language, Language::english);
}

}  // namespace
}  // namespace hanjari::services::publication_story
