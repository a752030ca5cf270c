// Who may be where: one function per rule.
#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "verification/duty_reading.h"

namespace hanjari::verification {
namespace {

std::string place_of(const DutyRow& row) {
  return subject_of({row.venue_code.text(), row.room_no, row.role});
}

// Every two rows of one venue; `judge(a, b, one_room)`.
template <class Judge>
void for_each_two(const DutyReading& reading, Judge judge) {
  for (const auto& [venue, rows] : reading.at_venue) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = i + 1; j < rows.size(); ++j) {
        const DutyRow& a = reading.rows.duties[rows[i]];
        const DutyRow& b = reading.rows.duties[rows[j]];
        judge(rows[i], rows[j], a.room_no > 0 && a.room_no == b.room_no);
      }
    }
  }
}

std::string both(const DutyReading& reading, std::size_t a, std::size_t b) {
  std::string first = reading.rows.duties[a].invigilator_id.text();
  std::string second = reading.rows.duties[b].invigilator_id.text();
  if (second < first) std::swap(first, second);
  return first + " " + second;
}

// Two spellings of one name differ in the form of their letters and in blanks.
std::string without_blanks(const std::string& name) {
  std::string plain;
  for (const char c : clean_line(name)) {
    if (c != ' ') plain += c;
  }
  return plain;
}

// Whether the declared conflict reaches the place of the row.
bool reaches(const DutyReading& reading, const DutyConflict& conflict, const DutyRow& row) {
  const std::string& venue = row.venue_code.text();
  switch (conflict.kind) {
    case DutyConflictKind::venue:
      return reading.exam[conflict.venue].code == row.venue_code;
    case DutyConflictKind::unit: {
      if (row.room_no == 0) return false;
      const auto units = reading.units_in.find({venue, row.room_no});
      return units != reading.units_in.end() && units->second.contains(conflict.unit.value);
    }
    case DutyConflictKind::applicant: {
      const auto seat = reading.room_of_applicant.find(conflict.applicant.value);
      if (seat == reading.room_of_applicant.end() || seat->second.first != venue) return false;
      return reading.staff.rules.applicant_reach == ConflictReach::venue || seat->second.second == row.room_no;
    }
    case DutyConflictKind::invigilator:
      break;
  }
  return false;
}

Text reason_of(const DutyReading& reading, const DutyConflict& conflict, const DutyRow& row) {
  std::string of;
  Text kind;
  switch (conflict.kind) {
    case DutyConflictKind::venue:
      of = reading.exam[conflict.venue].code.text();
      kind = {"the venue", "시험장"};
      break;
    case DutyConflictKind::unit:
      of = reading.exam[conflict.unit].code.text();
      kind = {"the unit", "모집단위"};
      break;
    default:
      of = reading.exam[conflict.applicant].id.text();
      kind = {"the applicant", "응시자"};
      break;
  }
  const std::string why = conflict.reason.empty() ? "" : fmt::format(" ({})", conflict.reason);
  return {fmt::format("works at {}, but has declared a conflict with {} {}{}", place_of(row), kind.en, of, why),
          fmt::format("{}에 위촉되었으나 {} {}와의 이해충돌을 신고했습니다{}", place_of(row), kind.ko, of, why)};
}

}  // namespace

void judge_duty_twice(const DutyReading& reading, DutyFindings& findings) {
  std::map<std::string, std::vector<std::string>> places;
  for (const DutyRow& row : reading.rows.duties) places[row.invigilator_id.text()].push_back(place_of(row));
  for (const auto& [id, list] : places) {
    if (list.size() < 2) continue;
    findings.add(DutyCode::duty_twice, id,
                 {fmt::format("has {} duties: {} and {}", list.size(), list[0], list[1]),
                  fmt::format("{}곳에 위촉되었습니다: {}, {}", list.size(), list[0], list[1])});
  }
}

void judge_consent(const DutyReading& reading, DutyFindings& findings) {
  for (std::size_t at = 0; at < reading.rows.duties.size(); ++at) {
    const DutyRow& row = reading.rows.duties[at];
    const InvigilatorIndex person = reading.person[at];
    if (!person.exists()) {
      findings.add(DutyCode::no_consent, row.invigilator_id.text(),
                   {fmt::format("works at {}, but does not stand in invigilators.csv", place_of(row)),
                    fmt::format("{}에 위촉되었으나 invigilators.csv에 없습니다", place_of(row))});
    } else if (!reading.staff[person].consent) {
      findings.add(DutyCode::no_consent, row.invigilator_id.text(),
                   {fmt::format("works at {} without having consented", place_of(row)),
                    fmt::format("동의하지 않았는데 {}에 위촉되었습니다", place_of(row))});
    }
  }
}

void judge_roles(const DutyReading& reading, DutyFindings& findings) {
  for (std::size_t at = 0; at < reading.rows.duties.size(); ++at) {
    const DutyRow& row = reading.rows.duties[at];
    const InvigilatorIndex person = reading.person[at];
    if (!person.exists() || reading.staff[person].roles.has(row.role)) continue;
    const std::string roles = spell(reading.staff[person].roles);
    findings.add(
        DutyCode::wrong_role, row.invigilator_id.text(),
        {fmt::format("works at {}; the listed roles are {}", place_of(row), roles.empty() ? "none" : roles),
         fmt::format("{}에 위촉되었으나 맡을 수 있는 역할은 {}입니다", place_of(row), roles.empty() ? "없음" : roles)});
  }
}

void judge_conflicts_with_places(const DutyReading& reading, DutyFindings& findings) {
  std::map<std::uint32_t, std::vector<const DutyConflict*>> declared;
  for (const DutyConflict& conflict : reading.staff.conflicts)
    declared[conflict.invigilator.value].push_back(&conflict);
  for (std::size_t at = 0; at < reading.rows.duties.size(); ++at) {
    const DutyRow& row = reading.rows.duties[at];
    if (!reading.person[at].exists()) continue;
    for (const DutyConflict* conflict : declared[reading.person[at].value]) {
      if (reaches(reading, *conflict, row))
        findings.add(DutyCode::duty_conflict, row.invigilator_id.text(), reason_of(reading, *conflict, row));
    }
  }
}

void judge_own_schools(const DutyReading& reading, DutyFindings& findings) {
  if (!reading.staff.rules.own_school_excluded) return;
  for (const auto& [code, rows] : reading.at_venue) {
    const VenueIndex venue = reading.exam.find(VenueCode(code));
    if (!venue.exists()) continue;
    const std::string name = without_blanks(reading.exam[venue].name);
    for (const std::size_t at : rows) {
      if (!reading.person[at].exists()) continue;
      const std::string& organisation = reading.staff[reading.person[at]].organisation;
      const std::string own = without_blanks(organisation);
      if (own.empty() || (own != name && own != without_blanks(code))) continue;
      const DutyRow& row = reading.rows.duties[at];
      findings.add(DutyCode::duty_conflict, row.invigilator_id.text(),
                   {fmt::format("works at {}, the own school ({})", place_of(row), organisation),
                    fmt::format("본교({})인 {}에 위촉되었습니다", organisation, place_of(row))});
    }
  }
}

void judge_conflicts_between_people(const DutyReading& reading, DutyFindings& findings) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> declared;
  for (const DutyConflict& conflict : reading.staff.conflicts) {
    if (conflict.kind != DutyConflictKind::invigilator) continue;
    declared.emplace(conflict.invigilator.value, conflict.other.value);
    declared.emplace(conflict.other.value, conflict.invigilator.value);
  }
  const bool whole_venue = reading.staff.rules.invigilator_reach == ConflictReach::venue;
  for_each_two(reading, [&](std::size_t a, std::size_t b, bool one_room) {
    if (!one_room && !whole_venue) return;
    if (!declared.contains({reading.person[a].value, reading.person[b].value})) return;
    const std::string where = one_room ? place_of(reading.rows.duties[a]) : reading.rows.duties[a].venue_code.text();
    findings.add(DutyCode::duty_conflict, both(reading, a, b),
                 {fmt::format("work together at {}, although a conflict between them has been declared", where),
                  fmt::format("서로 이해충돌을 신고했는데 {}에서 함께 근무합니다", where)});
  });
}

void judge_organisations(const DutyReading& reading, DutyFindings& findings) {
  if (reading.staff.rules.same_organisation_in_room) return;
  for_each_two(reading, [&](std::size_t a, std::size_t b, bool one_room) {
    if (!one_room || !reading.person[a].exists() || !reading.person[b].exists()) return;
    if (reading.person[a] == reading.person[b]) return;
    const std::string& organisation = reading.staff[reading.person[a]].organisation;
    if (organisation.empty() || organisation != reading.staff[reading.person[b]].organisation) return;
    const DutyRow& row = reading.rows.duties[a];
    findings.add(DutyCode::same_organisation, both(reading, a, b),
                 {fmt::format("are both of {} and share room {}/{}", organisation, row.venue_code.text(), row.room_no),
                  fmt::format("모두 {} 소속인데 {}/{} 시험실에 함께 있습니다", organisation, row.venue_code.text(),
                              row.room_no)});
  });
}

void judge_places(const DutyReading& reading, DutyFindings& findings) {
  const auto count = [](const std::map<PlaceKey, std::int64_t>& counts, const PlaceKey& place) {
    const auto found = counts.find(place);
    return found == counts.end() ? std::int64_t{0} : found->second;
  };
  for (const auto& [place, wanted] : reading.wanted) {
    const std::int64_t told = count(reading.held, place) + count(reading.unfilled, place);
    if (told >= wanted) continue;
    findings.add(DutyCode::missing_place, subject_of(place),
                 {fmt::format("{} wanted, but duties.csv and unfilled.csv have {}", wanted, told),
                  fmt::format("필요 인원은 {}명인데 duties.csv와 unfilled.csv에는 {}명입니다", wanted, told)});
  }
  for (const auto& [place, held] : reading.held) {
    const std::int64_t wanted = count(reading.wanted, place);
    if (held <= wanted) continue;
    findings.add(DutyCode::no_such_place, subject_of(place),
                 {fmt::format("{} where {} {} wanted", count_people(held), wanted, word_for(wanted, "is", "are")),
                  fmt::format("필요 인원은 {}명인데 {}명이 위촉되었습니다", wanted, held)});
  }
}

}  // namespace hanjari::verification
