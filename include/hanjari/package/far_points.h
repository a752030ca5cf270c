// Points that lie far from all others of an exam: a sign, a digit or the order of the two degrees was lost on the way.
#pragma once

#include <optional>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/geography.h"

namespace hanjari {

struct FarPoint {
  bool swapped = false;  // latitude and longitude, so that nothing but a mistake can be meant; else the place may be that far away
  Text what;
  Text fix;
};

// What latitude and longitude are, for whoever swapped them.
Text advice_on_degrees();

// The point in the middle: half of the others lie to either side of it. Nothing without points; (0, 0) is none.
std::optional<Point> middle_of_points(const std::vector<Point>& points);

class FarPoints {
 public:
  // An exam of a whole country reaches so far from its middle. Of a wider one four times the usual distance is far.
  static constexpr Metres least_reach = 600'000;

  // `middle`: of all points of the exam. `points`: those whose distances are usual; many may be a part of all. `middle_words`:
  // what the middle is called where a point is far from it.
  FarPoints(Point middle, const std::vector<Point>& points, Text middle_words = {"the middle of all points", "모든 위치의 가운데"});
  // Of points that are held against one another; nothing for one or two, of which nobody knows which is wrong.
  static std::optional<FarPoints> among(const std::vector<Point>& points);
  // Why the point can hardly be meant; nothing for one within reach.
  std::optional<FarPoint> find(Point at) const;

 private:
  bool is_near(Point at) const;

  Point middle_;
  Text middle_words_;
  Metres reach_ = least_reach;
};

}  // namespace hanjari
