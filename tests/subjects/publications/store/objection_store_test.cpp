// Objections on a real database: sealed, numbered, answered once, and gone with their exam.
#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/desk/waiting.h"
#include "hanjari/publications/objections.h"
#include "hanjari/rekeying/keys.h"
#include "stage/code_thrown.h"
#include "stage/machine.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::TestDatabase;

class KeptObjections : public ::testing::Test {
 protected:
  KeptObjections() { database->exams().save_exam(hanjari::tests::small_exam(), nullptr, change_of(database.clock), no_progress()); }
  PublicationRepository& publications() { return database->publications(); }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }
  Objection objection(const std::string& id, const std::string& number) {
    Objection one;
    one.id = id;
    one.exam = code;
    one.release = 1;
    one.number = number;
    one.words = "The mark of Korean is wrong";
    one.sent_at = database.clock.now();
    return one;
  }
  Objection send(const std::string& id, const std::string& number) {
    return publications().add_objection(objection(id, number), change_of(database.clock));
  }
  void answer(Objection one, const std::string& words = "It was read again and is right") {
    one.outcome = ObjectionOutcome::dismissed;
    one.answer = words;
    one.answered_by = "lee";
    one.answered_at = database.clock.now();
    publications().answer_objection(one, change_of(database.clock));
  }

  TestDatabase database;
  const ExamCode code{"test-1"};
};

TEST_F(KeptObjections, ComeBackAsTheyWereSentAndStandSealed) {
  EXPECT_EQ(send("first", "P1").no, 1);
  EXPECT_EQ(send("second", "P2").no, 2);
  answer(publications().list_objections(code, "P1").front());
  const auto all = publications().list_objections(code, std::nullopt);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all.front().number, "P2") << "the newest first";
  EXPECT_EQ(all.back().words, "The mark of Korean is wrong");
  EXPECT_EQ(all.back().answer, "It was read again and is right");
  EXPECT_EQ(all.back().outcome, ObjectionOutcome::dismissed);
  EXPECT_EQ(all.back().answered_at, database.clock.now());
  EXPECT_EQ(publications().list_objections(code, "P2").size(), 1U);
  EXPECT_TRUE(publications().list_objections(code, "P3").empty());
  for (const char* open : {"number", "Korean", "right"})
    EXPECT_EQ(count(std::string("objections WHERE INSTR(CONCAT(content_sealed, COALESCE(answer_sealed, ''), number_hash), '") + open + "') > 0"), 0)
        << open;
  const auto waiting = database->waiting().count_waiting(database.clock.now());
  const auto work = std::find_if(waiting.begin(), waiting.end(), [](const WaitingWork& one) { return one.kind == WaitingKind::objections; });
  ASSERT_NE(work, waiting.end()) << "the first page of the office tells those that wait";
  EXPECT_EQ(work->count, 1);
  EXPECT_EQ(count("audit_entries WHERE action IN ('objection.send', 'objection.answer')"), 3);
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

// The database itself holds what the use cases promise, whoever calls it.
TEST_F(KeptObjections, WaitOneAtATimeAndAreAnsweredOnce) {
  const Objection first = send("first", "P1");
  EXPECT_EQ(code_thrown([&] { send("again", "P1"); }), "objection_waits");
  answer(first);
  EXPECT_EQ(code_thrown([&] { answer(first, "Another answer"); }), "objection_answered");
  EXPECT_EQ(send("again", "P1").no, 2);
  Objection nowhere = objection("nowhere", "P1");
  nowhere.exam = ExamCode("nowhere");
  EXPECT_EQ(code_thrown([&] { publications().add_objection(nowhere, change_of(database.clock)); }), "exam_not_found");
}

// Red when new keys do not know them.
TEST_F(KeptObjections, AreSealedAnew) {
  answer(send("first", "P1"));
  storage::rotate_keys(hanjari::tests::hasty_settings(database), change_of(database.clock), system_clock(), no_progress());
  storage::Database again(hanjari::tests::test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock, no_progress());
  const auto all = again.publications().list_objections(code, "P1");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().words, "The mark of Korean is wrong");
  EXPECT_EQ(all.front().answer, "It was read again and is right");
}

// Red when the destruction of an exam does not know them.
TEST_F(KeptObjections, GoWithTheirExam) {
  send("first", "P1");
  storage::order_destruction(hanjari::tests::hasty_settings(database), "test-1", database.clock.now(), change_of(database.clock));
  storage::destroy_due(hanjari::tests::hasty_settings(database), change_of(database.clock), database.clock, no_progress());
  EXPECT_EQ(count("objections"), 0);
}

}  // namespace
}  // namespace hanjari::services
