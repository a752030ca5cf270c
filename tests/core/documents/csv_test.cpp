#include "hanjari/documents/csv.h"

#include <gtest/gtest.h>

namespace hanjari::documents {
namespace {

TEST(PeopleCsv, TakesTheDangerOutOfFormulas) {
  for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"}) {
    EXPECT_EQ(defuse_formula(formula), std::string("'") + formula);
  }
}

TEST(PeopleCsv, LeavesNumbersDatesAndNamesAsTheyAre) {
  for (const char* value : {"01000001", "2021-06-05", "김서연", "a=b", "", " =1", "'quoted"}) {
    EXPECT_EQ(defuse_formula(value), value);
  }
}

TEST(PeopleCsv, BeginsWithAByteOrderMarkAndEndsLinesForSpreadsheets) {
  PeopleCsv csv;
  csv.add_line({"a", "b"});
  EXPECT_EQ(csv.take(),
            "\xEF\xBB\xBF"
            "a,b\r\n");
}

TEST(PeopleCsv, QuotesWhatWouldBreakALine) {
  PeopleCsv csv;
  csv.add_line({"a,b", "say \"yes\"", "two\nlines", " edge"});
  EXPECT_EQ(csv.take(), "\xEF\xBB\xBF\"a,b\",\"say \"\"yes\"\"\",\"two\nlines\",\" edge\"\r\n");
}

}  // namespace
}  // namespace hanjari::documents
