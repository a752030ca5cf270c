// The random stream, repeated by a program in another language (random_stream.pl).
#include <gtest/gtest.h>

#include <cstdio>
#include <numeric>
#include <sstream>

#include "hanjari/base/random.h"
#include "hanjari/seating/seats.h"
#include "places.h"
#include "seating/builders.h"

namespace hanjari::seating {
namespace {

// What the Perl program prints, as numbers.
std::vector<std::uint64_t> perl(const std::string& arguments) {
  const std::string command = "perl " + std::string(hanjari::tests::source_dir) + "/tests/core/seating/random_stream.pl " + arguments;
  std::vector<std::uint64_t> numbers;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return numbers;
  char line[64];
  while (std::fgets(line, sizeof line, pipe) != nullptr) numbers.push_back(std::stoull(line));
  EXPECT_EQ(pclose(pipe), 0) << command;
  return numbers;
}

TEST(RandomStream, IsTheSameInAnotherLanguage) {
  for (const std::string seed :
       {"0", "2021", "00ff", "f00dfacef00dfacef00dfacef00dfacef00dfacef00dfacef00dfacef00dface"}) {
    for (const std::string name : {"seats/V0001/3", "시험실"}) {
      RandomStream words(*parse_seed(seed), name);
      const auto expected = perl("words " + seed + " " + name + " 9");
      ASSERT_EQ(expected.size(), 9U);
      for (const std::uint64_t word : expected) EXPECT_EQ(words.next(), word);
      // A bound just above half of 2^64 refuses almost every second word.
      RandomStream bounded(*parse_seed(seed), name);
      for (const std::uint64_t value : perl("below " + seed + " " + name + " 9223372036854775809 20")) {
        EXPECT_EQ(bounded.below(9223372036854775809ULL), value);
      }
    }
  }
}

TEST(RandomStream, ReplaysTheDrawOfARoomFromItsNumbersAlone) {
  Policy policy;
  policy.seat_order = SeatOrder::random;
  ExamBuilder builder;
  builder.policy(policy).unit("010").unit("020").venue("V0007").room(a_room(5, 5), 12).people(9, 1).people(6, 0);
  const Exam exam = builder.build();
  const Plan plan = seat(exam, fill_rooms(exam, {15}), *parse_seed("c0ffee"));
  std::vector<const Placement*> by_number;
  std::vector<int> seats;
  for (const Placement& placement : plan.placements) {
    by_number.push_back(&placement);
    seats.push_back(placement.seat_no);
  }
  std::sort(by_number.begin(), by_number.end(), [](auto a, auto b) { return a->number < b->number; });
  std::sort(seats.begin(), seats.end());
  const std::vector<std::uint64_t> drawn = perl("shuffle c0ffee seats/V0007/12 15");
  ASSERT_EQ(drawn.size(), 15U);
  for (std::size_t i = 0; i < drawn.size(); ++i) EXPECT_EQ(by_number[drawn[i]]->seat_no, seats[i]);
}

}  // namespace
}  // namespace hanjari::seating
