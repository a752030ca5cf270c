// One thing of an exam varied over a range, and what plans come of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari::whatif {

// What is varied. lose_venue: one venue at a time is taken away. add_venue: so many new venues where most people would
// be nearer, each with as many rooms as a middling one.
enum class Key { people_cap, min_gap_cm, detour_cap_m, reserve_rooms, lose_venue, add_venue };

std::string_view spell(Key key);
Text name_of(Key key);

struct Variation {
  Key key = Key::people_cap;
  std::vector<std::string> values;  // numbers, or venue codes of lose_venue
};

// Reads KEY=A..B or KEY=A..B:STEP or KEY=A; venues by code, in the exam's order. Throws InvalidInput (bad_variation)
// for an unknown key, an empty range, more than 200 values and values that the exam cannot have: no people in a room, a
// distance that no room is long enough for, more reserve rooms than a venue has.
Variation parse_variation(const Exam& exam, std::string_view text);

// The exam with that value; its input_sha256 is empty.
Exam make_scenario(const Exam& exam, Key key, const std::string& value);

// A venue that add_venue put where it helps most.
struct AddedVenue {
  std::string code;
  double lat = 0;
  double lon = 0;
  std::string district;      // code; may be empty
  std::string nearest;       // code and name of the nearest venue that the exam has
  std::int64_t nearest_m = 0;  // how far away that is
};

// What came of one value.
struct Point {
  std::string value;
  PlanReport report;
  std::int64_t missing_rooms = 0;  // the fewest that would seat everybody, when replanned; 0 also where no number is known
  std::vector<AddedVenue> added;   // of add_venue, the one that helps most first

  // Of those who have a seat, in metres.
  double mean_travel_m() const;
  // For people: a dash where somebody has no seat and no number of rooms is known that would help.
  std::string missing_rooms_shown() const;
};

// Where add_venue puts the most venues of these points: the first is where one venue helps most.
const std::vector<AddedVenue>& best_places(const std::vector<Point>& points);
Text describe(const AddedVenue& added);

struct Effort {
  int threads = 1;                     // points side by side; changes the time, never the result
  std::optional<std::int64_t> rounds;  // of improvement for every point; the engine's own measure if absent
};

// A plan from scratch for every value; or, from a published plan, the one that moves the fewest people.
std::vector<Point> explore(const Exam& exam, const Variation& variation, const PlanRows* published,
                           const Effort& effort, const Clock& clock, Progress& progress);

// The points as a table and as a page with curves; no script, nothing loaded from elsewhere.
std::string render_whatif_html(const Exam& exam, const Variation& variation, const std::vector<Point>& points,
                               Language language);
// One picture: how far people travel, or how many move when the points were replanned.
std::string render_whatif_svg(const Variation& variation, const std::vector<Point>& points, Language language);

}  // namespace hanjari::whatif
