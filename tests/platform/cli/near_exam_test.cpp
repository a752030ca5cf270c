// Codes of exams as people type them at commands.
#include "cli/near_exam.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hanjari/base/error.h"

namespace hanjari::cli {
namespace {

std::string told_of(const std::string& typed) {
  const std::vector<ExamCode> known{ExamCode("n14test"), ExamCode("2027-01"), ExamCode("00012")};
  try {
    refuse_near_exam(typed, known);
  } catch (const NotFound& refused) {
    return refused.code() + ": " + refused.message().en;
  }
  return "";
}

// Red while a code in capitals was simply not there, and nobody was told which one is.
TEST(NearExam, SaysWhichCodeIsMeant) {
  EXPECT_EQ(told_of("N14TEST"),
            "exam_not_found: there is no exam 'N14TEST', but 'n14test' is there: case, width, blanks or zeros differ; write n14test");
  EXPECT_NE(told_of("２０２７-０１").find("write 2027-01"), std::string::npos);
  EXPECT_NE(told_of("12").find("write 00012"), std::string::npos);
}

TEST(NearExam, LeavesAloneWhatIsThereOrNearToNone) {
  for (const char* typed : {"n14test", "2027-01", "00012", "2028-01", "other", ""}) EXPECT_EQ(told_of(typed), "") << typed;
}

}  // namespace
}  // namespace hanjari::cli
