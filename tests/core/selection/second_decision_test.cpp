// Two implementations that share no rule agree byte for byte.
#include "selection/second_decision.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "selection/random_exam.h"

namespace hanjari::selection::test {
namespace {

constexpr std::uint64_t exams = 1000;

TEST(SecondDecision, AgreesOnAThousandRandomExams) {
  for (std::uint64_t number = 0; number < exams; ++number) {
    const ExamBuilder exam = random_exam(number);
    const second::Files expected = second::decide(exam.rows, exam.rules);
    ASSERT_EQ(exam.cuts(), expected.cuts) << "exam " << number;
    ASSERT_EQ(exam.decisions(), expected.decisions) << "exam " << number;
  }
}

TEST(SecondDecision, AgreesOnTheFinalStageOfAThousandRandomExams) {
  for (std::uint64_t number = 0; number < exams; ++number) {
    ExamBuilder exam = random_exam(number);
    add_random_interviews(exam, number);
    if (exam.rows.interviews.empty()) continue;
    const second::Files expected = second::decide(exam.rows, exam.rules);
    ASSERT_EQ(exam.cuts_final(), expected.cuts_final) << "exam " << number;
    ASSERT_EQ(exam.decisions_final(), expected.decisions_final) << "exam " << number;
  }
}

// A comparison proves little if the exams are dull.
TEST(SecondDecision, MeetsEveryOutcomeAndReasonInTheRandomExams) {
  std::set<std::string> words;
  for (std::uint64_t number = 0; number < exams / 4; ++number) {
    const std::string decisions = random_exam(number).decisions();
    for (std::size_t begin = decisions.find('\n') + 1; begin < decisions.size();) {
      const std::size_t end = decisions.find('\n', begin);
      const auto cells = cells_of(std::string_view(decisions).substr(begin, end - begin));
      words.insert(cells[2]);
      for (std::size_t at = 0; at <= cells[5].size();) {
        const std::size_t stop = std::min(cells[5].find(';', at), cells[5].size());
        words.insert(cells[5].substr(at, std::min(stop, cells[5].find(':', at)) - at));
        at = stop + 1;
      }
      begin = end + 1;
    }
  }
  for (const char* word : {"absent",
                           "below_line",
                           "passed",
                           "passed_equality",
                           "not_passed",
                           "fail_line",
                           "all_pass",
                           "at_cut",
                           "above_cut",
                           "equality",
                           "below_cut",
                           "veteran_10",
                           "veteran_5",
                           "hero_5",
                           "hero_3",
                           "preference_not_given",
                           "veteran_cap",
                           "hero_cap",
                           "thanks_to_preference",
                           "licence_5",
                           "licence_3"}) {
    EXPECT_TRUE(words.contains(word)) << word;
  }
}

TEST(SecondDecision, GivesTheSameBytesWhateverTheOrderOfRows) {
  for (std::uint64_t number = 0; number < 100; ++number) {
    const ExamBuilder exam = random_exam(number);
    ExamBuilder turned = exam;
    std::reverse(turned.rows.units.begin(), turned.rows.units.end());
    std::reverse(turned.rows.people.begin(), turned.rows.people.end());
    std::rotate(turned.rows.scores.begin(),
                turned.rows.scores.begin() + static_cast<std::ptrdiff_t>(turned.rows.scores.size() / 3),
                turned.rows.scores.end());
    std::reverse(turned.rows.scores.begin(), turned.rows.scores.end());
    ASSERT_EQ(exam.decisions(), turned.decisions()) << "exam " << number;
    ASSERT_EQ(exam.cuts(), turned.cuts()) << "exam " << number;
  }
}

}  // namespace
}  // namespace hanjari::selection::test
