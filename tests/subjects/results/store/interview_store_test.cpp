// Entries of interviews on a real database: sealed, of two officers, changed by compare-and-set, and gone with their exam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/results/interview_entries.h"
#include "stage/code_thrown.h"
#include "stage/machine.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::TestDatabase;

class KeptInterviews : public testing::Test {
 protected:
  KeptInterviews() {
    database->exams().save_exam(hanjari::tests::small_exam(), nullptr, change_of(database.clock), no_progress());
  }
  InterviewRepository& interviews() { return database->interviews(); }
  Change by(const std::string& author) {
    Change change = change_of(database.clock);
    change.author = author;
    return change;
  }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }
  void enter(const std::string& officer, const std::string& rows, std::int64_t version = 0) {
    enter_interviews(interviews(), code, read_interview_table("applicant_number,examiner,item,grade\n" + rows, package::Encoding::utf8), version,
                     by(officer));
  }

  TestDatabase database;
  const ExamCode code{"test-1"};
};

TEST_F(KeptInterviews, ComeBackAsTheyWereEnteredAndStandSealed) {
  EXPECT_FALSE(interviews().load_interviews(code).first);
  enter("kim", "P1,A,spirit,high\n");
  enter("lee", "P1,A,spirit,low\n");
  const InterviewBook book = interviews().load_interviews(code);
  ASSERT_TRUE(book.first && book.second);
  EXPECT_EQ(book.first->officer, "kim");
  EXPECT_EQ(book.first->at, database.clock.now());
  EXPECT_EQ(book.second->grades.begin()->second, selection::GradeMark::low);
  settle_interview(interviews(), code, list_interview_differences(book).front(), "high", "The paper says so", by("park"));
  EXPECT_TRUE(list_interview_differences(interviews().load_interviews(code)).empty());
  for (const char* open : {"officer", "spirit", "paper"})
    EXPECT_EQ(count(std::string("result_parts WHERE INSTR(content_sealed, '") + open + "') > 0"), 0) << open;
  EXPECT_FALSE(interviews().load_interviews(ExamCode("test-2")).first);
  EXPECT_EQ(count("audit_entries WHERE action = 'interview.enter'"), 2);
  EXPECT_EQ(count("audit_entries WHERE action = 'interview.settle'"), 1);
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

// Red when a final decision stands open, or when the same one is kept twice.
TEST_F(KeptInterviews, KeepTheirFinalDecisionsSealed) {
  StoredFinal made;
  made.exam = code;
  made.decision = 1;
  made.written_sha256 = std::string(64, 'w');
  made.interviews_sha256 = std::string(64, 'i');
  made.final_sha256 = std::string(64, 'f');
  made.author = "kim";
  made.at = database.clock.now();
  const FinalFiles files{{"decisions_final.csv", "P1,passed finally"}, {"interview.csv", ""}};
  EXPECT_EQ(interviews().add_final(made, files, by("kim")).version, 1);
  EXPECT_EQ(interviews().add_final(made, files, by("lee")).version, 1);
  StoredFinal other = made;
  other.final_sha256 = std::string(64, 'e');
  EXPECT_EQ(code_thrown([&] { interviews().add_final(other, files, by("kim")); }), "decision_differs");
  other.interviews_sha256 = std::string(64, 'j');
  EXPECT_EQ(interviews().add_final(other, files, by("kim")).version, 2);
  const auto finals = interviews().list_finals(code);
  ASSERT_EQ(finals.size(), 2U);
  EXPECT_EQ(finals.front().version, 2);
  EXPECT_EQ(finals.back().at, database.clock.now());
  EXPECT_EQ(interviews().load_final_file(finals.back(), "decisions_final.csv"), "P1,passed finally");
  EXPECT_EQ(interviews().load_final_file(finals.back(), "interview.csv"), "");
  EXPECT_EQ(code_thrown([&] { interviews().load_final_file(finals.back(), "nothing.csv"); }), "results_destroyed");
  EXPECT_EQ(count("result_parts WHERE INSTR(content_sealed, 'finally') > 0"), 0);
  EXPECT_EQ(count("audit_entries WHERE action = 'final.make'"), 2);
  EXPECT_FALSE(interviews().load_interviews(code).first) << "its names are nobody's entry";
}

// Red when a register of candidates stands open, or when two officers change it at once.
TEST_F(KeptInterviews, KeepTheRegisterOfCandidates) {
  EXPECT_EQ(interviews().load_register(code).version, 0);
  const CandidateRegister one = enter_decline_in({}, "P1", "A letter of the candidate", by("kim"));
  interviews().save_register(code, one, "candidate.decline", "P1", by("kim"));
  EXPECT_EQ(code_thrown([&] { interviews().save_register(code, one, "candidate.decline", "P1", by("lee")); }), "register_changed");
  interviews().save_register(code, confirm_decline_in(one, "P1", by("lee")), "candidate.confirm", "P1", by("lee"));
  const CandidateRegister now = interviews().load_register(code);
  EXPECT_EQ(now.version, 2);
  EXPECT_EQ(now.declines.at("P1").confirmed_by, "lee");
  EXPECT_EQ(write_declines(now), "applicant_number\nP1\n");
  EXPECT_EQ(count("result_parts WHERE INSTR(content_sealed, 'letter') > 0"), 0);
  EXPECT_EQ(count("audit_entries WHERE action LIKE 'candidate.%'"), 2);
  EXPECT_TRUE(interviews().list_finals(code).empty()) << "its name is no final decision's";
}

// The database itself holds what the use cases promise, whoever calls it.
TEST_F(KeptInterviews, AreOfTwoOfficersAndChangeByCompareAndSet) {
  enter("kim", "P1,A,spirit,high\n");
  EXPECT_EQ(code_thrown([&] { enter("kim", "P1,A,spirit,low\n"); }), "interview_changed");
  enter("kim", "P1,A,spirit,low\n", 1);
  EXPECT_EQ(count("result_parts WHERE name = 'interview.first'"), 1) << "replaced, not added to";
  EXPECT_FALSE(interviews().load_interviews(code).second);
  enter("lee", "P1,A,spirit,high\n");
  EXPECT_EQ(code_thrown([&] { enter("park", "P1,A,spirit,high\n"); }), "both_entered");
  const InterviewBook seen = interviews().load_interviews(code);
  enter("lee", "P1,A,spirit,middle\n", 1);
  InterviewSettlements next = seen.settlements;
  ++next.version;
  EXPECT_EQ(code_thrown([&] { interviews().save_interview_settlements(code, seen, next, {}, by("park")); }), "interview_changed");
  EXPECT_EQ(code_thrown([&] {
              enter_interviews(interviews(), ExamCode("nowhere"), seen.first->grades, 0, by("kim"));
            }),
            "exam_not_found");
}

// Red when new keys do not know them.
TEST_F(KeptInterviews, AreSealedAnew) {
  enter("kim", "P1,A,spirit,high\n");
  storage::rotate_keys(hanjari::tests::hasty_settings(database), by("kim"), system_clock(), no_progress());
  storage::Database again(hanjari::tests::test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock,
                          no_progress());
  EXPECT_EQ(again.interviews().load_interviews(code).first->officer, "kim");
}

// Red when the destruction of an exam does not know them.
TEST_F(KeptInterviews, GoWithTheirExamAndComeNotBack) {
  enter("kim", "P1,A,spirit,high\n");
  storage::order_destruction(hanjari::tests::hasty_settings(database), "test-1", database.clock.now(), by("kim"));
  storage::destroy_due(hanjari::tests::hasty_settings(database), by("kim"), database.clock, no_progress());
  EXPECT_EQ(count("result_parts"), 0);
  EXPECT_NE(code_thrown([&] { enter("lee", "P1,A,spirit,high\n"); }), "nothing");
  EXPECT_EQ(count("result_parts"), 0);
}

}  // namespace
}  // namespace hanjari::services
