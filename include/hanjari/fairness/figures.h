// The fairness report that is published with the seats: how far people travel, by district, sex, unit and accommodation, without
// telling of a few people.
//
// CSV, UTF-8, LF: dimension (all, district, sex, unit, accommodation), value, people, mean_travel_m, mean_detour_m. Rows by
// dimension in this order, then value. The last three columns are empty in a row that is withheld. Means are whole metres, halves
// up, over everybody who has a seat; detour is the travel beyond that to the nearest regular venue.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/fairness/protection.h"

namespace hanjari::fairness {

struct TravelOfPerson {
  Metres travel_m = 0;
  Metres detour_m = 0;
};

struct SeatedPeople {
  Members members;  // by applicant_id
  std::map<std::string, TravelOfPerson> travel;
};
// Everybody of the exam to whom the rows give a venue of it.
SeatedPeople seated_people(const Exam& exam, const PlanRows& rows);

std::string render_fairness(const SeatedPeople& people, const Cells& published);

struct FairnessRow {
  Cell cell;
  std::string people;  // empty where the row is withheld, as the other two
  std::string mean_travel_m;
  std::string mean_detour_m;
  bool is_given() const { return !people.empty(); }
};
// Nothing for a text that render_fairness does not write.
std::optional<std::vector<FairnessRow>> read_fairness(std::string_view csv);

// Which cells a report of these people gives. Throws InvalidInput (another_plan) when a row is not the one that render_fairness
// writes of them, given or withheld.
Cells published_in(std::string_view csv, const SeatedPeople& people);

}  // namespace hanjari::fairness
