#include "verification/reading.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "hanjari/base/korean.h"

namespace hanjari::verification {
namespace {

// Finds applicants by id. Plans are sorted by applicant_id, so the next row's person is most often the next person.
class PersonFinder {
 public:
  explicit PersonFinder(const Exam& exam) : exam_(exam) {}

  ApplicantIndex find(const ApplicantId& id) {
    const std::size_t next = last_ + 1;
    if (next < exam_.applicants.size() && exam_.applicants[next].id == id) {
      last_ = next;
      return ApplicantIndex(next);
    }
    const ApplicantIndex found = exam_.find(id);
    if (found.exists()) last_ = found.value;
    return found;
  }

 private:
  const Exam& exam_;
  std::size_t last_ = std::numeric_limits<std::size_t>::max();
};

RoomIndex find_room(const Exam& exam, VenueIndex venue, std::int64_t room_no) {
  if (room_no < 1 || room_no > std::numeric_limits<int>::max()) return RoomIndex::none();
  return exam.find(venue, static_cast<int>(room_no));
}

}  // namespace

std::string name_room(const Exam& exam, RoomIndex room) {
  return fmt::format("{}/{}", exam[exam[room].venue].code.text(), exam[room].room_no);
}

std::string name_seat(const Exam& exam, RoomIndex room, std::int64_t seat_no) {
  return fmt::format("{}/{}", name_room(exam, room), seat_no);
}

Reading::Reading(const Exam& judged_exam, const PlanRows& judged_rows, Findings& findings)
    : exam(judged_exam), rows(judged_rows) {
  resolve(findings);
  read_unseated(findings);
  gather_rooms();
}

void Reading::resolve(Findings& findings) {
  const std::size_t count = rows.placements.size();
  applicants_.resize(count);
  venues_.resize(count);
  rooms_.resize(count);
  repeat_.resize(count, false);
  std::unordered_map<std::string_view, VenueIndex> venue_of;
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    venue_of.emplace(exam.venues[venue].code.text(), VenueIndex(venue));
  }
  PersonFinder people(exam);
  std::vector<bool> seen(exam.applicants.size(), false);
  std::unordered_set<std::string_view> strangers;
  for (std::size_t at = 0; at < count; ++at) {
    const PlacementRow& row = rows.placements[at];
    const std::string& id = row.applicant_id.text();
    applicants_[at] = people.find(row.applicant_id);
    if (!applicants_[at].exists()) {
      complete_ = false;
      repeat_[at] = !strangers.insert(id).second;
      findings.add(Code::unknown_person, [&] {
        return std::pair(id, Text{fmt::format("{} sits in this plan but did not apply", id),
                                  in_korean("배정안에 있는 {}[은/는] 응시자가 아닙니다", id)});
      });
    } else {
      repeat_[at] = seen[applicants_[at].value];
      seen[applicants_[at].value] = true;
      const UnitCode& unit = exam[exam[applicants_[at]].unit].code;
      if (row.unit_code != unit) {
        findings.add(Code::wrong_unit, [&] {
          return std::pair(id,
                           Text{fmt::format("applied to unit {}, the plan says {}", unit.text(), row.unit_code.text()),
                                in_korean("모집단위 {}에 지원하였으나 배정안에는 {}[으로/로] 되어 있습니다", unit.text(),
                                            row.unit_code.text())});
        });
      }
    }
    if (repeat_[at]) {
      findings.add(Code::person_twice, [&] {
        return std::pair(id, Text{"stands more than once in placements.csv", "placements.csv에 두 번 이상 있습니다"});
      });
    } else {
      ++placed_;
    }
    const auto venue = venue_of.find(row.venue_code.text());
    if (venue == venue_of.end()) {
      complete_ = false;
      findings.add(Code::unknown_venue, [&] {
        return std::pair(id, Text{fmt::format("there is no venue {}", row.venue_code.text()),
                                  in_korean("시험장 {}[이/가] 없습니다", row.venue_code.text())});
      });
      continue;
    }
    venues_[at] = venue->second;
    rooms_[at] = find_room(exam, venues_[at], row.room_no);
    if (!rooms_[at].exists()) {
      complete_ = false;
      findings.add(Code::unknown_room, [&] {
        return std::pair(id,
                         Text{fmt::format("venue {} has no room {}", row.venue_code.text(), row.room_no),
                              fmt::format("시험장 {}에는 {}시험실이 없습니다", row.venue_code.text(), row.room_no)});
      });
    }
  }
}

// Everybody stands in exactly one of placements and unseated. Unseated people are a violation only of a plan that
// claims to have seated everybody.
void Reading::read_unseated(Findings& findings) {
  std::vector<std::uint8_t> seen(exam.applicants.size(), 0);  // 1: placed, 2: unseated
  for (const ApplicantIndex applicant : applicants_) {
    if (applicant.exists()) seen[applicant.value] |= 1U;
  }
  const bool claims_everybody =
      rows.has_report && (rows.report.status == PlanStatus::optimal || rows.report.status == PlanStatus::feasible);
  PersonFinder people(exam);
  std::unordered_set<std::string_view> strangers;
  for (const UnseatedRow& row : rows.unseated) {
    const std::string& id = row.applicant_id.text();
    const ApplicantIndex applicant = people.find(row.applicant_id);
    if (!applicant.exists()) {
      if (strangers.insert(id).second) ++unseated_;
      findings.add(Code::unknown_person, [&] {
        return std::pair(id, Text{fmt::format("{} is listed as unseated but did not apply", id),
                                  in_korean("미배정 명단의 {}[은/는] 응시자가 아닙니다", id)});
      });
      continue;
    }
    std::uint8_t& state = seen[applicant.value];
    if ((state & 2U) == 0) ++unseated_;
    if (state != 0) {
      findings.add(Code::person_twice, [&] {
        return (state & 2U) != 0
                   ? std::pair(id, Text{"stands more than once in unseated.csv", "unseated.csv에 두 번 이상 있습니다"})
                   : std::pair(id, Text{"stands in placements.csv and in unseated.csv",
                                        "placements.csv와 unseated.csv에 모두 있습니다"});
      });
    } else if (claims_everybody) {
      findings.add(Code::missing_person, [&] {
        return std::pair(id, Text{"has no seat although the plan claims that everybody has one",
                                  "모두 배정하였다는 배정안인데 좌석이 없습니다"});
      });
    }
    state |= 2U;
  }
  for (std::size_t applicant = 0; applicant < seen.size(); ++applicant) {
    if (seen[applicant] != 0) continue;
    findings.add(Code::missing_person, [&] {
      return std::pair(
          exam.applicants[applicant].id.text(),
          Text{"stands neither in placements.csv nor in unseated.csv", "placements.csv에도 unseated.csv에도 없습니다"});
    });
  }
}

void Reading::gather_rooms() {
  // A person said twice to be in one room is one person in it.
  std::unordered_set<std::string_view> repeated;
  for (std::size_t at = 0; at < rooms_.size(); ++at) {
    if (repeat_[at]) repeated.insert(rows.placements[at].applicant_id.text());
  }
  std::set<std::pair<std::string_view, RoomIndex>> there;
  std::vector<bool> counted(rooms_.size(), false);
  room_at_.assign(exam.rooms.size() + 1, 0);
  for (std::size_t at = 0; at < rooms_.size(); ++at) {
    if (!rooms_[at].exists()) continue;
    const std::string_view id = rows.placements[at].applicant_id.text();
    if (!repeated.empty() && repeated.contains(id) && !there.emplace(id, rooms_[at]).second) continue;
    counted[at] = true;
    ++room_at_[rooms_[at].value + 1];
  }
  for (std::size_t room = 0; room < exam.rooms.size(); ++room) room_at_[room + 1] += room_at_[room];
  by_room_.resize(room_at_.back());
  std::vector<std::uint32_t> next(room_at_.begin(), room_at_.end() - 1);
  for (std::size_t at = 0; at < rooms_.size(); ++at) {
    if (counted[at]) by_room_[next[rooms_[at].value]++] = RowIndex(at);
  }
}

std::span<const RowIndex> Reading::people_in(RoomIndex room) const {
  return std::span(by_room_).subspan(room_at_[room.value], room_at_[room.value + 1] - room_at_[room.value]);
}

}  // namespace hanjari::verification
