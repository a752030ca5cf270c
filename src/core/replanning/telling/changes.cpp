#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "hanjari/replanning/replan.h"

namespace hanjari::replanning {
namespace {

std::string place_of(const PlacementRow& row) {
  return fmt::format("{}/{}/{}", row.venue_code.text(), row.room_no, row.seat_no);
}

std::string place_of(const Exam& exam, const Placement& placed) {
  return fmt::format("{}/{}/{}", exam[placed.venue].code.text(), exam[placed.room].room_no, placed.seat_no);
}

bool same_venue(const Exam& exam, const PlacementRow& before, const Placement& after) {
  return before.venue_code == exam[after.venue].code;
}

}  // namespace

std::vector<Change> list_changes(const Exam& exam, const PlanRows& from, const Plan& to) {
  std::vector<std::uint32_t> order(from.placements.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto by_id = [&](std::uint32_t a, std::uint32_t b) {
    return from.placements[a].applicant_id < from.placements[b].applicant_id;
  };
  if (!std::is_sorted(order.begin(), order.end(), by_id)) std::stable_sort(order.begin(), order.end(), by_id);
  std::vector<Change> changes;
  std::size_t next = 0;
  const auto remove_until = [&](const ApplicantId* id) {
    for (; next < order.size() && (id == nullptr || from.placements[order[next]].applicant_id < *id); ++next) {
      const PlacementRow& gone = from.placements[order[next]];
      changes.push_back({gone.applicant_id, ChangeKind::removed, place_of(gone), ""});
    }
  };
  for (const Placement& placed : to.placements) {
    const ApplicantId& id = exam[placed.applicant].id;
    remove_until(&id);
    if (next == order.size() || from.placements[order[next]].applicant_id != id) {
      changes.push_back({id, ChangeKind::added, "", place_of(exam, placed)});
      continue;
    }
    const PlacementRow& before = from.placements[order[next++]];
    const bool venue = !same_venue(exam, before, placed);
    const bool room = before.room_no != exam[placed.room].room_no;
    if (!venue && !room && before.seat_no == placed.seat_no) continue;
    const ChangeKind kind = venue ? ChangeKind::venue : room ? ChangeKind::room : ChangeKind::seat;
    changes.push_back({id, kind, place_of(before), place_of(exam, placed)});
  }
  remove_until(nullptr);
  return changes;
}

ChangeFigures count_changes(const std::vector<Change>& changes, const ChangeWeights& weights) {
  ChangeFigures figures;
  for (const Change& change : changes) {
    switch (change.kind) {
      case ChangeKind::venue:
        ++figures.venue;
        break;
      case ChangeKind::room:
        ++figures.room;
        break;
      case ChangeKind::seat:
        ++figures.seat;
        break;
      case ChangeKind::added:
        ++figures.added;
        break;
      case ChangeKind::removed:
        ++figures.removed;
        break;
    }
  }
  figures.weighted = weights.venue * figures.venue + weights.room * figures.room + weights.seat * figures.seat;
  return figures;
}

}  // namespace hanjari::replanning
