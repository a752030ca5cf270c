// What rooms and venues are for: the rule wrong_room_use.
#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "hanjari/domain/district_facts.h"
#include "verification/rules.h"

namespace hanjari::verification {
namespace {

// Reserve rooms by policy are exam rooms of regular venues that the planner keeps for people routed `reserve`. Which
// ones is the planner's choice, so an exam room counts as set aside when nobody else is in it.
bool may_be_set_aside(const Exam& exam, const Room& room) {
  return room.use == RoomUse::exam && exam[room.venue].kind == VenueKind::regular;
}

bool policy_sets_aside(const Policy& policy) {
  return policy.reserve_rooms.per_venue > 0 || policy.reserve_rooms.per_district > 0;
}

// Why this person may not be in this room, if so.
std::optional<Text> reason_against(const Exam& exam, const Applicant& person, const Room& room) {
  const Venue& venue = exam[room.venue];
  const bool isolated = person.routing == Routing::isolation;
  const bool reserve = person.routing == Routing::reserve;
  if (venue.kind == VenueKind::isolation && !isolated) {
    return Text{"sits in an isolation venue without being routed there", "격리 대상이 아닌데 격리 시험장에 있습니다"};
  }
  if (isolated && venue.kind != VenueKind::isolation) {
    return Text{"is routed to isolation but sits elsewhere", "격리 대상이지만 격리 시험장에 있지 않습니다"};
  }
  if (room.use == RoomUse::reserve && !reserve) {
    return Text{"sits in a reserve room without being routed there", "예비시험실 대상이 아닌데 예비시험실에 있습니다"};
  }
  if (reserve && room.use != RoomUse::reserve && !(may_be_set_aside(exam, room) && policy_sets_aside(exam.policy))) {
    return Text{"is routed to a reserve room but sits elsewhere", "예비시험실 대상이지만 예비시험실에 있지 않습니다"};
  }
  const bool for_accommodations = room.use == RoomUse::separate || venue.kind == VenueKind::accommodation;
  const Accommodation& granted = person.accommodation;
  const bool has_any = granted.wheelchair || granted.separate_room || granted.large_print || granted.scribe ||
                       granted.multiplier != TimeMultiplier::x1_0;
  if (for_accommodations && !has_any) {
    return Text{"has no accommodation but sits in a room kept for them",
                "편의지원 대상이 아닌데 편의지원 시험실에 있습니다"};
  }
  return std::nullopt;
}

// Exam rooms of one regular venue, or of a district: how many stand free of others than reserve people, and how many
// hold reserve people.
struct SetAside {
  std::int64_t rooms = 0;
  std::int64_t free_of_others = 0;
  std::int64_t used_beyond_venues = 0;
};

Text too_few(std::int64_t found, std::int64_t wanted) {
  return {fmt::format("keeps {} exam rooms free for reserve, the policy wants {}", found, wanted),
          fmt::format("예비로 비워 둔 시험실이 {}실이며, 기준은 {}실입니다", found, wanted)};
}

Text too_many(std::int64_t found, std::int64_t allowed) {
  return {fmt::format("uses {} exam rooms for reserve people, the policy sets {} aside", found, allowed),
          fmt::format("예비시험실로 쓴 시험실이 {}실이며, 기준은 {}실입니다", found, allowed)};
}

// The subject of such a finding is the district's code.
Text in_district(std::string_view code, const Text& text) {
  if (code.empty()) return text;
  const Text name = name_of_district(code);
  return {name.en + " " + text.en, fmt::format("{}: {}", name.ko, text.ko)};
}

void judge_set_aside(const Reading& reading, Findings& findings) {
  const Exam& exam = reading.exam;
  const ReserveRooms& wanted = exam.policy.reserve_rooms;
  std::map<std::string_view, SetAside> districts;
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const Venue& venue = exam.venues[at];
    if (venue.kind != VenueKind::regular) continue;
    SetAside own;
    std::int64_t used = 0;
    for (std::uint32_t room = venue.first_room; room < venue.first_room + venue.room_count; ++room) {
      if (!may_be_set_aside(exam, exam.rooms[room])) continue;
      const auto people = reading.people_in(RoomIndex(room));
      const auto is_reserve = [&](RowIndex person) {
        const Applicant* known = reading.applicant(person);
        return known != nullptr && known->routing == Routing::reserve;
      };
      const bool free_of_others = std::all_of(people.begin(), people.end(), is_reserve);
      const bool has_reserve = std::any_of(people.begin(), people.end(), is_reserve);
      ++own.rooms;
      if (free_of_others) ++own.free_of_others;
      if (has_reserve) ++used;
      if (has_reserve && !free_of_others) {
        findings.add(Code::wrong_room_use, [&] {
          return std::pair(name_room(exam, RoomIndex(room)),
                           Text{"people routed to a reserve room share it with others",
                                "예비시험실 대상자가 다른 응시자와 함께 있습니다"});
        });
      }
    }
    const std::int64_t due = std::min<std::int64_t>(wanted.per_venue, own.rooms);
    if (own.free_of_others < due) {
      findings.add(Code::wrong_room_use,
                   [&] { return std::pair(venue.code.text(), too_few(own.free_of_others, due)); });
    }
    SetAside& district = districts[exam.words[venue.district]];
    district.rooms += own.rooms;
    district.free_of_others += own.free_of_others;
    district.used_beyond_venues += std::max<std::int64_t>(0, used - wanted.per_venue);
  }
  for (const auto& entry : districts) {
    const std::string_view code = entry.first;
    const SetAside& district = entry.second;
    const std::int64_t due = std::min<std::int64_t>(wanted.per_district, district.rooms);
    const auto name = [&] { return std::string(code.empty() ? "district_code" : code); };
    if (district.free_of_others < due) {
      findings.add(Code::wrong_room_use,
                   [&] { return std::pair(name(), in_district(code, too_few(district.free_of_others, due))); });
    }
    if (district.used_beyond_venues > due) {
      findings.add(Code::wrong_room_use,
                   [&] { return std::pair(name(), in_district(code, too_many(district.used_beyond_venues, due))); });
    }
  }
}

}  // namespace

void judge_room_use(const Reading& reading, Findings& findings) {
  const Exam& exam = reading.exam;
  for (std::size_t at = 0; at < exam.rooms.size(); ++at) {
    for (const RowIndex row : reading.people_in(RoomIndex(at))) {
      const Applicant* person = reading.applicant(row);
      if (person == nullptr) continue;
      const auto reason = reason_against(exam, *person, exam.rooms[at]);
      if (!reason) continue;
      findings.add(Code::wrong_room_use, [&] {
        const std::string name = name_room(exam, RoomIndex(at));
        return std::pair(person->id.text(),
                         Text{fmt::format("{} ({})", reason->en, name), fmt::format("{}({})", reason->ko, name)});
      });
    }
  }
  if (policy_sets_aside(exam.policy)) judge_set_aside(reading, findings);
}

}  // namespace hanjari::verification
