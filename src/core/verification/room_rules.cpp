// Rules about who shares a room, and how many.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "verification/rules.h"

namespace hanjari::verification {
namespace {

// The exam's people of one room, as the rules about sharing see them.
struct Company {
  std::vector<const Applicant*> people;

  template <class Judge>
  bool all(Judge judge) const {
    return std::all_of(people.begin(), people.end(), [&](const Applicant* person) { return judge(*person); });
  }
  template <class Judge>
  bool any(Judge judge) const {
    return std::any_of(people.begin(), people.end(), [&](const Applicant* person) { return judge(*person); });
  }
};

template <class Judge>
void each_company(const Reading& reading, Judge judge) {
  Company company;
  for (std::size_t room = 0; room < reading.exam.rooms.size(); ++room) {
    company.people.clear();
    for (const RowIndex person : reading.people_in(RoomIndex(room))) {
      if (const Applicant* known = reading.applicant(person)) company.people.push_back(known);
    }
    if (!company.people.empty()) judge(RoomIndex(room), std::as_const(company));
  }
}

bool sits_apart(const Applicant& person) {
  return person.accommodation.separate_room || person.accommodation.scribe;
}

bool has_extra_time(const Applicant& person) {
  return person.accommodation.multiplier != TimeMultiplier::x1_0;
}

// A room that holds only such people may mix units whatever the policy says.
bool may_mix_freely(const Company& company) {
  return company.all([](const Applicant& person) { return sits_apart(person) || has_extra_time(person); });
}

bool is_mixed(const Company& company) {
  return company.any([&](const Applicant& person) { return person.unit != company.people.front()->unit; });
}

// leftover: every unit shares at most one room per venue.
class SharedRooms {
 public:
  explicit SharedRooms(const Exam& exam) : exam_(exam) {}

  void note(RoomIndex room, const Company& company) {
    units_.clear();
    for (const Applicant* person : company.people) units_.push_back(person->unit);
    std::sort(units_.begin(), units_.end());
    units_.erase(std::unique(units_.begin(), units_.end()), units_.end());
    for (const UnitIndex unit : units_) shared_.emplace_back(exam_[room].venue, unit, room);
  }

  void judge(Findings& findings) {
    std::sort(shared_.begin(), shared_.end());
    for (std::size_t i = 1; i < shared_.size(); ++i) {
      const auto& [venue, unit, room] = shared_[i];
      const auto& [venue_before, unit_before, room_before] = shared_[i - 1];
      if (venue != venue_before || unit != unit_before) continue;
      findings.add(Code::mixed_room, [&, unit = unit, room = room, before = room_before] {
        const std::string& code = exam_[unit].code.text();
        const std::string other = name_room(exam_, before);
        return std::pair(
            name_room(exam_, room),
            Text{fmt::format("unit {} shares this room and {} with others; one a venue is allowed", code, other),
                 in_korean("모집단위 {}[이/가] 이 시험실과 {}[을/를] 다른 모집단위와 함께 씁니다. "
                             "시험장마다 한 시험실만 허용됩니다",
                             code, other)});
      });
    }
  }

 private:
  const Exam& exam_;
  std::vector<UnitIndex> units_;
  std::vector<std::tuple<VenueIndex, UnitIndex, RoomIndex>> shared_;
};

}  // namespace

// Occupied desks that are pairwise min_gap_cm apart (desk_too_near) show by themselves that the geometry holds so many
// people; what remains of the capacity are the caps and the number of desks.
void judge_capacity(const Reading& reading, Findings& findings) {
  for (std::size_t at = 0; at < reading.exam.rooms.size(); ++at) {
    const auto count = static_cast<std::int64_t>(reading.people_in(RoomIndex(at)).size());
    const Room& room = reading.exam.rooms[at];
    const auto blocked = std::count_if(room.blocked.begin(), room.blocked.end(), [&](Desk desk) {
      return desk.row <= room.row_count && desk.column <= room.column_count;
    });
    std::int64_t capacity = std::int64_t{room.row_count} * room.column_count - blocked;
    if (const auto cap = reading.exam.policy.people_cap) capacity = std::min<std::int64_t>(capacity, *cap);
    if (const auto cap = room.people_cap) capacity = std::min<std::int64_t>(capacity, *cap);
    if (count <= capacity) continue;
    findings.add(Code::over_capacity, [&] {
      return std::pair(name_room(reading.exam, RoomIndex(at)),
                       Text{fmt::format("holds {}, {} {} allowed", count_people(count), capacity, word_for(capacity, "is", "are")),
                            fmt::format("{}명이 배정되었으나 정원은 {}명입니다", count, capacity)});
    });
  }
}

void judge_mixing(const Reading& reading, Findings& findings) {
  const Exam& exam = reading.exam;
  SharedRooms shared(exam);
  each_company(reading, [&](RoomIndex room, const Company& company) {
    if (company.any(sits_apart) && !company.all(sits_apart)) {
      findings.add(Code::mixed_room, [&] {
        return std::pair(name_room(exam, room), Text{"people with separate_room or scribe share it with others",
                                                     "별도시험실 또는 대필 대상자가 다른 응시자와 함께 있습니다"});
      });
    }
    if (!is_mixed(company) || may_mix_freely(company)) return;
    const Unit& first = exam[company.people.front()->unit];
    const auto stranger = std::find_if(company.people.begin(), company.people.end(), [&](const Applicant* person) {
      const Unit& unit = exam[person->unit];
      switch (exam.policy.mixing) {
        case Mixing::never:
          return unit.code != first.code;
        case Mixing::same_series:
          return unit.series_ko != first.series_ko || unit.grade != first.grade;
        case Mixing::leftover:
        case Mixing::free:
          return false;
      }
      return false;
    });
    if (exam.policy.mixing == Mixing::leftover) shared.note(room, company);
    if (stranger == company.people.end()) return;
    findings.add(Code::mixed_room, [&] {
      const std::string& other = exam[(*stranger)->unit].code.text();
      return std::pair(
          name_room(exam, room),
          Text{fmt::format("units {} and {} may not share a room", first.code.text(), other),
               in_korean("모집단위 {}[과/와] {}[은/는] 한 시험실을 함께 쓸 수 없습니다", first.code.text(), other)});
    });
  });
  shared.judge(findings);
}

void judge_times(const Reading& reading, Findings& findings) {
  const Exam& exam = reading.exam;
  const auto told = [&](const Applicant& person) {
    const int tenths = static_cast<int>(person.accommodation.multiplier);
    return fmt::format("{} x {}.{}", exam[person.unit].duration_min, tenths / 10, tenths % 10);
  };
  each_company(reading, [&](RoomIndex room, const Company& company) {
    const Applicant& first = *company.people.front();
    const auto other = std::find_if(company.people.begin(), company.people.end(), [&](const Applicant* person) {
      return exam[person->unit].duration_min != exam[first.unit].duration_min ||
             person->accommodation.multiplier != first.accommodation.multiplier;
    });
    if (other == company.people.end()) return;
    findings.add(Code::mixed_time, [&] {
      return std::pair(name_room(exam, room),
                       Text{fmt::format("{} writes for {} minutes, {} for {}", first.id.text(), told(first),
                                        (*other)->id.text(), told(**other)),
                            fmt::format("시험 시간(분)이 다릅니다. {}: {}, {}: {}", first.id.text(), told(first),
                                        (*other)->id.text(), told(**other))});
    });
  });
}

void judge_access(const Reading& reading, Findings& findings) {
  each_company(reading, [&](RoomIndex room, const Company& company) {
    if (reading.exam[room].accessible) return;
    for (const Applicant* person : company.people) {
      if (!person->accommodation.wheelchair) continue;
      findings.add(Code::not_accessible, [&] {
        const std::string name = name_room(reading.exam, room);
        return std::pair(person->id.text(),
                         Text{fmt::format("uses a wheelchair, but {} is not accessible", name),
                              in_korean("휠체어를 사용하지만 {}[은/는] 휠체어로 갈 수 없습니다", name)});
      });
    }
  });
}

}  // namespace hanjari::verification
