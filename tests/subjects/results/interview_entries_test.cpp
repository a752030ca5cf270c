// Grades of interviews: two officers enter them independently, and only what both say alike, or a third settles, becomes a score.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/results/interview_entries.h"
#include "stage/code_thrown.h"
#include "stage/memory/memory_interviews.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using selection::GradeMark;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const ExamCode exam_of_interviews("interviewed-1");
const std::string interview_head = "applicant_number,examiner,item,grade\n";

class AccessOfInterviews : public AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const Change&, const AuditNote& note) override { notes.push_back(note); }
  std::vector<AuditNote> notes;
};

InterviewGrades grades_of(const std::string& rows) {
  return read_interview_table(interview_head + rows, package::Encoding::utf8);
}

class EnteredInterviews : public testing::Test {
 protected:
  static Change by(const std::string& author) { return {author, "", Instant(std::chrono::seconds(1'622'851'200)), "exam_officer"}; }
  InterviewEntry enter(const std::string& officer, const std::string& rows, std::int64_t version = 0) {
    return enter_interviews(interviews, exam_of_interviews, grades_of(rows), version, by(officer));
  }
  InterviewBook book() { return interviews.load_interviews(exam_of_interviews); }
  std::vector<InterviewDifference> differences() { return list_interview_differences(book()); }
  std::string take() { return take_settled_interviews(interviews, accesses, exam_of_interviews, by("kim")); }
  void settle(const std::string& officer, const InterviewDifference& seen, const std::string& grade, const std::string& reason = "The paper says so") {
    settle_interview(interviews, exam_of_interviews, seen, grade, reason, by(officer));
  }
  // They agree on P1 and differ on P2 and P3, who is missing in the second entry.
  void enter_both() {
    enter("kim", "P1,A,spirit,high\nP2,A,spirit,low\nP3,A,spirit,middle\n");
    enter("lee", "P2,A,spirit,middle\nP1,A,spirit,high\n");
  }

  hanjari::tests::MemoryInterviews interviews;
  AccessOfInterviews accesses;
};

TEST(InterviewTables, AreReadAsPastedFromASpreadsheetAndTellEveryFault) {
  const auto pasted = read_interview_table("applicant_number\texaminer\titem\tgrade\r\nP1\tA\tspirit\thigh\r\n", package::Encoding::utf8);
  ASSERT_EQ(pasted.size(), 1U);
  EXPECT_EQ(pasted.begin()->second, GradeMark::high);
  EXPECT_EQ(write_interview_table(pasted), interview_head + "P1,A,spirit,high\n");
  EXPECT_EQ(code_thrown([] { read_interview_table(" \n", package::Encoding::utf8); }), "rows_missing");
  EXPECT_EQ(code_thrown([] { grades_of(""); }), "rows_missing");
  try {
    grades_of("P1,A,spirit,excellent\nP2,A,spirit,low\nP2,A,spirit,high\n");
    ADD_FAILURE();
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 2U) << "an unknown grade, and a row twice";
  }
}

// Red while a special case took a number as it was pasted and the rows of interviews refused the same number.
TEST(InterviewTables, ReadNumbersAndCodesAsTheFieldsOfTheOfficeDo) {
  const auto pasted = grades_of(
      "01000001\u200b,A,spirit,high\n０1000002,Ａ,spirit,low\n 01000003\u00a0,A,\u200bspirit,middle\n");
  EXPECT_EQ(write_interview_table(pasted), interview_head + "01000001,A,spirit,high\n01000002,A,spirit,low\n01000003,A,spirit,middle\n");
  try {
    grades_of("01000001,A,spirit,high\n01000001\u200b,A,spirit,low\nP１;\u200b,A,spirit,low\n");
    ADD_FAILURE();
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 2U) << "the same place twice, and a sign that no code may hold";
  }
}

// Red while the word that the page itself has for it was no heading.
TEST(InterviewTables, AreReadWithTheHeadingsOfThePage) {
  for (const char* heading : {"등급", "면접등급", "면접 등급", "평가등급", "평정등급"}) {
    const auto pasted = read_interview_table("응시번호\t면접위원\t평정요소\t" + std::string(heading) + "\nP1\tA\tspirit\t상\n", package::Encoding::utf8);
    ASSERT_EQ(pasted.size(), 1U) << heading;
    EXPECT_EQ(pasted.begin()->second, GradeMark::high) << heading;
  }
}

TEST(InterviewTables, AreSealedAndReadAsTheyWere) {
  InterviewEntry entry;
  entry.officer = "kim";
  entry.at = Instant(std::chrono::seconds(1'622'851'200));
  entry.version = 3;
  entry.grades = grades_of("P1,A,spirit,high\nP2,B,speech,low\n");
  const InterviewEntry read = read_interview_entry(write_interview_entry(entry));
  EXPECT_EQ(read.officer, "kim");
  EXPECT_EQ(read.at, entry.at);
  EXPECT_EQ(read.version, 3);
  EXPECT_EQ(read.grades, entry.grades);
}

// Red when whoever entered first can make the second entry too, or when a third officer's entry replaces one.
TEST_F(EnteredInterviews, AreOfTwoDifferentOfficers) {
  enter("kim", "P1,A,spirit,high\n");
  EXPECT_EQ(code_thrown([&] { enter("kim", "P1,A,spirit,low\n"); }), "interview_changed") << "a second entry as if there were none";
  enter("kim", "P1,A,spirit,low\n", 1);
  EXPECT_FALSE(book().second) << "the own one again";
  EXPECT_EQ(book().first->version, 2);
  enter("lee", "P1,A,spirit,low\n");
  EXPECT_EQ(book().second->officer, "lee");
  EXPECT_EQ(code_thrown([&] { enter("park", "P1,A,spirit,high\n"); }), "both_entered");
}

TEST_F(EnteredInterviews, AreHiddenFromWhoeverMadeTheOtherEntry) {
  enter("kim", "P1,A,spirit,high\n");
  EXPECT_FALSE(is_hidden_from(book(), "kim", true));
  EXPECT_TRUE(is_hidden_from(book(), "lee", true)) << "who may still make the second entry";
  enter("lee", "P1,A,spirit,low\n");
  EXPECT_TRUE(is_hidden_from(book(), "kim", false));
  EXPECT_TRUE(is_hidden_from(book(), "lee", true));
  EXPECT_FALSE(is_hidden_from(book(), "lee", false));
  EXPECT_FALSE(is_hidden_from(book(), "park", true));
  EXPECT_FALSE(is_hidden_from(book(), "park", false));
}

TEST_F(EnteredInterviews, AreComparedPlaceByPlace) {
  enter("kim", "P1,A,spirit,high\n");
  EXPECT_THAT(differences(), IsEmpty()) << "before both have entered";
  EXPECT_EQ(code_thrown([&] { take(); }), "interviews_open");
  interviews.books.clear();
  enter_both();
  const auto found = differences();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].place, (InterviewPlace{"P2", "A", "spirit"}));
  EXPECT_EQ(found[0].first, GradeMark::low);
  EXPECT_EQ(found[0].second, GradeMark::middle);
  EXPECT_EQ(found[1].place.number, "P3");
  EXPECT_FALSE(found[1].second);
  EXPECT_EQ(count_settled_interviews(book()), 1);
  EXPECT_EQ(code_thrown([&] { take(); }), "interviews_open");
}

TEST_F(EnteredInterviews, AreSettledByBothEnteringAlike) {
  enter_both();
  enter("lee", "P1,A,spirit,high\nP2,A,spirit,low\nP3,A,spirit,middle\n", 1);
  EXPECT_THAT(differences(), IsEmpty());
  EXPECT_EQ(take(), interview_head + "P1,A,spirit,high\nP2,A,spirit,low\nP3,A,spirit,middle\n");
  ASSERT_EQ(accesses.notes.size(), 1U);
  EXPECT_EQ(accesses.notes[0].action, "interview.take");
}

// Red when one of the two settles alone, or without a reason, or when what is not settled becomes a score.
TEST_F(EnteredInterviews, AreSettledByAThirdOfficerWithAReason) {
  enter_both();
  const auto found = differences();
  EXPECT_EQ(code_thrown([&] { settle("kim", found[0], "low"); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { settle("lee", found[0], "low"); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { settle("park", found[0], "best", " "); }), "bad_settlement");
  settle("park", found[0], "middle");
  settle("park", found[1], "none");
  EXPECT_THAT(differences(), IsEmpty());
  EXPECT_EQ(count_settled_interviews(book()), 3);
  EXPECT_EQ(take(), interview_head + "P1,A,spirit,high\nP2,A,spirit,middle\n") << "P3 has no such grade";
  EXPECT_EQ(code_thrown([&] { settle("park", {{"P1", "A", "spirit"}, GradeMark::high, GradeMark::high}, "low"); }), "no_such_difference");
}

// A settlement holds for what its officer saw.
TEST_F(EnteredInterviews, DifferAgainWhenOneIsEnteredAnew) {
  enter_both();
  settle("park", differences()[0], "middle");
  enter("lee", "P1,A,spirit,high\nP2,A,spirit,high\nP3,A,spirit,middle\n", 1);
  const auto found = differences();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].second, GradeMark::high);
}

TEST_F(EnteredInterviews, MoveByCompareAndSet) {
  enter_both();
  InterviewDifference seen = differences()[0];
  seen.second = GradeMark::high;
  EXPECT_EQ(code_thrown([&] { settle("park", seen, "low"); }), "interview_changed");
  EXPECT_EQ(code_thrown([&] { enter("lee", "P1,A,spirit,low\n", 7); }), "interview_changed");
  interviews.before_save = [&] { ++interviews.books[exam_of_interviews.text()].first->version; };  // somebody else, at this moment
  EXPECT_EQ(code_thrown([&] { settle("park", differences()[0], "low"); }), "interview_changed");
  EXPECT_EQ(book().settlements.version, 0);
}

TEST_F(EnteredInterviews, AreOpenedOnRecord) {
  enter_both();
  open_interviews(interviews, accesses, exam_of_interviews, by("park"));
  ASSERT_EQ(accesses.notes.size(), 1U);
  EXPECT_EQ(accesses.notes[0].action, "interview.read");
  EXPECT_THAT(accesses.notes[0].whose, ElementsAre("P2", "P3"));
}

}  // namespace
}  // namespace hanjari::services
