#include "hanjari/domain/exam.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace hanjari {
namespace {

// Sorts a table by `less` and returns where each old position went.
template <class Row, class Less>
std::vector<std::uint32_t> sort_table(std::vector<Row>& table, Less less) {
  std::vector<std::uint32_t> position_of(table.size());
  if (std::is_sorted(table.begin(), table.end(), less)) {
    std::iota(position_of.begin(), position_of.end(), 0U);
    return position_of;
  }
  std::vector<std::uint32_t> order(table.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return less(table[a], table[b]); });
  std::vector<Row> sorted;
  sorted.reserve(table.size());
  for (std::uint32_t position = 0; position < order.size(); ++position) {
    sorted.push_back(std::move(table[order[position]]));
    position_of[order[position]] = position;
  }
  table = std::move(sorted);
  return position_of;
}

template <class Tag>
void rewrite(Index<Tag>& index, const std::vector<std::uint32_t>& position_of) {
  if (index.exists()) index.value = position_of[index.value];
}

template <class Rows, class Key, class Project>
auto find_by(const Rows& rows, const Key& key, Project project) {
  const auto found = std::lower_bound(rows.begin(), rows.end(), key,
                                      [&](const auto& row, const Key& wanted) { return project(row) < wanted; });
  return found != rows.end() && project(*found) == key ? static_cast<std::size_t>(found - rows.begin()) : rows.size();
}

}  // namespace

void make_canonical(Exam& exam) {
  const auto unit_at = sort_table(exam.units, [](const Unit& a, const Unit& b) { return a.code < b.code; });
  const auto venue_at = sort_table(exam.venues, [](const Venue& a, const Venue& b) { return a.code < b.code; });
  for (Applicant& applicant : exam.applicants) rewrite(applicant.unit, unit_at);
  for (Room& room : exam.rooms) {
    rewrite(room.venue, venue_at);
    std::sort(room.blocked.begin(), room.blocked.end());
    room.blocked.erase(std::unique(room.blocked.begin(), room.blocked.end()), room.blocked.end());
  }
  const auto applicant_at =
      sort_table(exam.applicants, [](const Applicant& a, const Applicant& b) { return a.id < b.id; });
  const auto room_at = sort_table(exam.rooms, [](const Room& a, const Room& b) {
    return std::tie(a.venue, a.room_no) < std::tie(b.venue, b.room_no);
  });
  for (Venue& venue : exam.venues) venue.first_room = venue.room_count = 0;
  for (std::uint32_t room = 0; room < exam.rooms.size(); ++room) {
    Venue& venue = exam.venues[exam.rooms[room].venue.value];
    if (venue.room_count++ == 0) venue.first_room = room;
  }
  for (TravelRow& row : exam.travel) rewrite(row.venue, venue_at);
  sort_table(exam.travel, [&](const TravelRow& a, const TravelRow& b) {
    if (a.origin != b.origin) return exam.words[a.origin] < exam.words[b.origin];
    return a.venue < b.venue;
  });
  for (Pin& pin : exam.pins) {
    rewrite(pin.applicant, applicant_at);
    rewrite(pin.venue, venue_at);
    rewrite(pin.room, room_at);
  }
  sort_table(exam.pins, [](const Pin& a, const Pin& b) {
    return std::tie(a.kind, a.applicant, a.venue, a.room) < std::tie(b.kind, b.applicant, b.venue, b.room);
  });
}

UnitIndex Exam::find(const UnitCode& code) const {
  const std::size_t at = find_by(units, code, [](const Unit& unit) -> const UnitCode& { return unit.code; });
  return at == units.size() ? UnitIndex::none() : UnitIndex(at);
}

ApplicantIndex Exam::find(const ApplicantId& id) const {
  const std::size_t at =
      find_by(applicants, id, [](const Applicant& applicant) -> const ApplicantId& { return applicant.id; });
  return at == applicants.size() ? ApplicantIndex::none() : ApplicantIndex(at);
}

VenueIndex Exam::find(const VenueCode& code) const {
  const std::size_t at = find_by(venues, code, [](const Venue& venue) -> const VenueCode& { return venue.code; });
  return at == venues.size() ? VenueIndex::none() : VenueIndex(at);
}

RoomIndex Exam::find(VenueIndex venue, int room_no) const {
  const auto own = rooms_of(venue);
  const std::size_t at = find_by(own, room_no, [](const Room& room) { return room.room_no; });
  return at == own.size() ? RoomIndex::none() : RoomIndex(at + venues[venue.value].first_room);
}

Fault placed_in_sheet(const Exam& exam, Fault fault) {
  const auto sheet = exam.sheets.find(fault.file);
  if (sheet == exam.sheets.end()) return fault;
  const auto column = sheet->second.columns.find(fault.column);
  const bool has_cell = fault.line > 0 && column != sheet->second.columns.end();
  fault.file = has_cell ? column->second + std::to_string(fault.line) : sheet->second.place;
  if (has_cell) fault.line = 0;
  return fault;
}

}  // namespace hanjari
