// Why 128 bits are enough. Marks x are hundredths, 0 <= x <= 12,000 (a raw mark and at most 15 points of bonus), n
// people, S the sum and Q the sum of squares of their raw marks, so S <= 10^4 n and Q <= 10^8 n.
//
//   deviation  D = n Q - S^2 = n^2 sd^2          0 <= D <= 10^8 n^2 / 4 (the spread of numbers in 0..10^4)
//   distance   N = n x - S                      |N| <= 12,000 n
//   population 10 (x - mean) / sd = 10 N / sqrt(D);  sample: the square of it times (n - 1) / n
//
// In halves of the last decimal place the distance is y = P / sqrt(D) with P = 2 * 10 * 10^decimals * N, |P| <= 2.4 *
// 10^7 n. y is never computed: the greatest integer q with q^2 <= P^2 (n - 1) / (D n) is, by root_down of a whole
// quotient (floor(sqrt(a)) = floor(sqrt(floor(a)))), and whether q is exact is asked of integers again. The largest
// number is
//
//   P^2 (n - 1) < (2.4 * 10^7)^2 n^3 = 5.8 * 10^14 n^3
//
// and for n = 5 * 10^7 that is 7.2 * 10^37 < 2^127 = 1.7 * 10^38. q^2 D n is never larger than it. D n <= 2.5 * 10^7
// n^3 as well. With a million people it is 5.8 * 10^32. S, Q and totals fit 64 bits: Q <= 5 * 10^15; an adjusted mark
// is at most P / 2 in size, 6 * 10^14, and is less than sqrt(P^2 / D).
#include "selection/adjusted.h"

#include "hanjari/base/error.h"
#include "selection/exact.h"

namespace hanjari::selection {
namespace {

// A fraction whose square root is the distance from the mean in half places, without its sign.
struct SquaredDistance {
  UnsignedWide numerator;
  UnsignedWide denominator;
};

SquaredDistance squared_distance(const Moments& moments, Wide numerator, Wide deviation, Deviation kind) {
  const auto square = static_cast<UnsignedWide>(numerator * numerator);
  const auto spread = static_cast<UnsignedWide>(deviation);
  if (kind == Deviation::population) return {square, spread};
  return {square * static_cast<UnsignedWide>(moments.count - 1), spread * static_cast<UnsignedWide>(moments.count)};
}

// floor(sqrt(distance)) with the sign of the distance: for a negative one the root is rounded away from zero.
std::int64_t signed_root_down(SquaredDistance distance, bool negative) {
  const UnsignedWide root = root_down(distance.numerator / distance.denominator);
  if (!negative) return static_cast<std::int64_t>(root);
  const bool exact = root * root * distance.denominator == distance.numerator;
  return -static_cast<std::int64_t>(exact ? root : root + 1);
}

}  // namespace

Mark adjusted_mark(const Moments& moments, Mark x, const Rules& rules) {
  if (moments.count > ElectiveStatistics::most_takers) {
    throw InvalidInput("too_many_takers", {"more than 50,000,000 people took one elective; decide the exam in parts",
                                           "한 선택과목의 응시자가 5천만 명을 넘습니다. 시험을 나누어 결정하십시오"});
  }
  const Wide count = moments.count;
  const Wide deviation = count * moments.squares - static_cast<Wide>(moments.sum) * moments.sum;
  // Without a spread everybody's mark is the mean, so the mean is a whole mark and nothing needs rounding but the
  // bonus, which is whole points.
  if (deviation == 0) return points(50) + x - Mark{moments.sum / moments.count};

  const std::int64_t places = rules.adjusted_decimals == 2 ? 100 : rules.adjusted_decimals == 1 ? 10 : 1;
  const Wide distance = count * x.hundredths - moments.sum;
  const std::int64_t half_places = signed_root_down(
      squared_distance(moments, 2 * 10 * places * distance, deviation, rules.adjusted_sd), distance < 0);
  // The greatest r with r <= y / 2 + 1 / 2, y being the exact distance in half places.
  const std::int64_t rounded = floor_divide(half_places + 1, 2);
  return Mark{(50 * places + rounded) * (100 / places)};
}

}  // namespace hanjari::selection
