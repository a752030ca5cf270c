// What every table of a venue, or of all venues, begins with: who sits where, and the words above the rows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "documents/tables/table_data.h"
#include "documents/tables/venue_people.h"
#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::documents {

struct VenuePeople {
  VenueIndex venue;
  std::vector<RoomPeople> rooms;
};

std::vector<const Placement*> all_of(const VenuePeople& venue);

struct TableMaker {
  // The venue asked for, or with VenueIndex::none() every one with somebody at it, by code.
  TableMaker(const PlannedExam& all, VenueIndex venue, const PaperContext& context,
             std::span<const std::string_view> fields);

  std::vector<std::vector<Cell>>& rows() { return data.sections.front().rows; }
  // A row that stands in lists or on pages alone.
  void add_row(std::vector<Cell> row, RowPlace place);
  const Applicant& person(const Placement& placement) const { return exam[placement.applicant]; }
  std::string say(const char* ko, const char* en) const { return korean ? ko : en; }

  TableData data;
  const Exam& exam;
  Language language;
  bool korean;
  const DayTemplate& day;
  std::vector<VenuePeople> venues;
  bool city;
  seating::Capacities capacities;
};

// A minute of the day, or nothing to read.
Cell time_cell(std::optional<int> minutes);
// The number among the desks in use; empty unless the policy has one.
Cell used_cell(const Placement& placement);
Cell seat_cell(const Placement& placement);
Cell room_cell(const Exam& exam, RoomIndex room);

}  // namespace hanjari::documents
