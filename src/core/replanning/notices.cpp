#include "hanjari/replanning/notices.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace hanjari::replanning {
namespace {

struct Place {
  std::string venue;
  std::string room;
  std::string seat;
};

Place read_place(const std::string& text) {
  const std::size_t second = text.rfind('/');
  const std::size_t first = text.rfind('/', second - 1);
  return {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

// The venue's name as people know it; its code when the exam does not have it any more.
std::string name_of_venue(const Exam& exam, const std::string& code) {
  const VenueIndex venue = exam.find(VenueCode(code));
  return venue.exists() && !exam[venue].name.empty() ? exam[venue].name : code;
}

Text tell(const Exam& exam, const Change& change) {
  const auto en = [&](const std::string& text) {
    const Place place = read_place(text);
    return fmt::format("{}, room {}, seat {}", name_of_venue(exam, place.venue), place.room, place.seat);
  };
  const auto ko = [&](const std::string& text) {
    const Place place = read_place(text);
    return fmt::format("{} 제{}시험실 {}번 좌석", name_of_venue(exam, place.venue), place.room, place.seat);
  };
  switch (change.kind) {
    case ChangeKind::venue:
      return {fmt::format(
                  "Your exam VENUE has changed. New place: {}. (Before: {}.) Please print your admission slip again.",
                  en(change.to), en(change.from)),
              fmt::format("시험장이 변경되었습니다. 새 장소: {} (변경 전: {}). 응시표를 다시 출력해 주십시오.",
                          ko(change.to), ko(change.from))};
    case ChangeKind::room:
      return {
          fmt::format(
              "Your exam room has changed; the venue stays the same. New place: {}. (Before: {}.) Please print your "
              "admission slip again.",
              en(change.to), en(change.from)),
          fmt::format(
              "시험장은 그대로이며 시험실이 변경되었습니다. 새 장소: {} (변경 전: {}). 응시표를 다시 출력해 주십시오.",
              ko(change.to), ko(change.from))};
    case ChangeKind::seat:
      return {fmt::format("Your seat has changed; venue and room stay the same. New place: {}. (Before: {}.)",
                          en(change.to), en(change.from)),
              fmt::format("시험장과 시험실은 그대로이며 좌석이 변경되었습니다. 새 좌석: {} (변경 전: {}).",
                          ko(change.to), ko(change.from))};
    case ChangeKind::added:
      return {fmt::format("Your exam place is: {}. Please print your admission slip.", en(change.to)),
              fmt::format("시험 장소가 배정되었습니다: {}. 응시표를 출력해 주십시오.", ko(change.to))};
    case ChangeKind::removed:
      return {fmt::format("Your exam place has been given up: {}.", en(change.from)),
              fmt::format("시험 장소 배정이 취소되었습니다: {}.", ko(change.from))};
  }
  return {};
}

}  // namespace

std::vector<Notice> list_notices(const Exam& exam, const PlanRows& from, const Plan& to,
                                 const std::vector<Change>& changes) {
  std::map<ApplicantId, const PlacementRow*> gone;
  std::set<ApplicantId> removed;
  for (const Change& change : changes) {
    if (change.kind == ChangeKind::removed) removed.insert(change.applicant);
  }
  for (const PlacementRow& row : from.placements) {
    if (removed.contains(row.applicant_id)) gone.emplace(row.applicant_id, &row);
  }
  std::vector<Notice> notices;
  notices.reserve(changes.size());
  for (const Change& change : changes) {
    Notice& notice = notices.emplace_back();
    notice.applicant = change.applicant;
    notice.kind = change.kind;
    notice.message = tell(exam, change);
    if (change.kind == ChangeKind::removed) {
      notice.number = gone.at(change.applicant)->applicant_number;
      continue;
    }
    const ApplicantIndex person = exam.find(change.applicant);
    const auto placed = std::lower_bound(to.placements.begin(), to.placements.end(), person,
                                         [](const Placement& a, ApplicantIndex b) { return a.applicant < b; });
    notice.number = placed->number;
  }
  return notices;
}

std::vector<PlaceCount> count_places(const Exam& exam, const PlanRows& from, const Plan& to) {
  const auto district_of = [&](const std::string& code) {
    const VenueIndex venue = exam.find(VenueCode(code));
    return venue.exists() ? exam.words[exam[venue].district] : std::string();
  };
  PlaceCount all{.scope = "exam", .name = exam.header.name_ko};
  std::map<std::string, PlaceCount> districts;
  std::map<std::string, PlaceCount> venues;
  const auto each = [&](const std::string& venue, const auto& count) {
    PlaceCount& own = venues[venue];
    own.scope = "venue";
    own.code = venue;
    own.name = name_of_venue(exam, venue);
    PlaceCount& district = districts[district_of(venue)];
    district.scope = "district";
    district.code = district_of(venue);
    count(own);
    count(district);
  };
  const auto both = [&](const std::string& venue, const auto& count) {
    each(venue, count);
    count(all);
  };
  for (const Venue& venue : exam.venues) each(venue.code.text(), [](PlaceCount&) {});
  for (const PlacementRow& row : from.placements)
    both(row.venue_code.text(), [](PlaceCount& place) { ++place.before; });
  for (const Placement& placed : to.placements)
    both(exam[placed.venue].code.text(), [](PlaceCount& place) { ++place.after; });
  std::set<std::pair<std::string, std::string>> rooms;
  for (const Change& change : list_changes(exam, from, to)) {
    const Place before = change.from.empty() ? Place{} : read_place(change.from);
    const Place after = change.to.empty() ? Place{} : read_place(change.to);
    if (!change.from.empty()) rooms.emplace(before.venue, before.room);
    if (!change.to.empty()) rooms.emplace(after.venue, after.room);
    switch (change.kind) {
      case ChangeKind::venue:
        both(before.venue, [](PlaceCount& place) { ++place.left; });
        each(after.venue, [](PlaceCount& place) { ++place.came; });
        ++all.came;
        break;
      case ChangeKind::room:
        both(after.venue, [](PlaceCount& place) { ++place.room; });
        break;
      case ChangeKind::seat:
        both(after.venue, [](PlaceCount& place) { ++place.seat; });
        break;
      case ChangeKind::added:
        both(after.venue, [](PlaceCount& place) { ++place.added; });
        break;
      case ChangeKind::removed:
        both(before.venue, [](PlaceCount& place) { ++place.removed; });
        break;
    }
  }
  for (const auto& [venue, room] : rooms) both(venue, [](PlaceCount& place) { ++place.rooms_changed; });
  std::vector<PlaceCount> counts{all};
  for (auto& [code, place] : districts) counts.push_back(std::move(place));
  for (auto& [code, place] : venues) counts.push_back(std::move(place));
  return counts;
}

}  // namespace hanjari::replanning
