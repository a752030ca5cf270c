// What report.json, unfilled.csv and travel_m claim, computed again.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "verification/duty_reading.h"
#include "verification/ground_distance.h"

namespace hanjari::verification {
namespace {

class Claims {
 public:
  explicit Claims(DutyFindings& findings) : findings_(findings) {}

  void equal(const char* key, std::int64_t claimed, std::int64_t counted) {
    if (claimed != counted) wrong(key, std::to_string(claimed), std::to_string(counted));
  }
  void near(const char* key, std::int64_t claimed, std::int64_t counted, std::int64_t tolerance) {
    if (claimed < counted - tolerance || claimed > counted + tolerance)
      wrong(key, std::to_string(claimed), std::to_string(counted));
  }
  // A bound may not lie above what has been reached.
  void at_most(const char* key, std::int64_t bound, std::int64_t value) {
    if (bound <= value) return;
    findings_.add(DutyCode::wrong_duty_report, key,
                  {fmt::format("the bound {} lies above the value {}", bound, value),
                   in_korean("이론적 최솟값 {}[이/가] 값 {}보다 큽니다", bound, value)});
  }
  void wrong(const char* key, const std::string& claimed, const std::string& counted) {
    findings_.add(DutyCode::wrong_duty_report, key,
                  {fmt::format("says {}, the duties give {}", claimed, counted),
                   in_korean("{}[이/]라고 적혀 있으나 위촉 내용으로는 {}입니다", claimed, counted)});
  }

 private:
  DutyFindings& findings_;
};

std::string words_of(const Load& load) {
  std::string words;
  for (const LoadStep& step : load) {
    if (step.people > 0) words += fmt::format("{}{} x {}", words.empty() ? "" : ", ", step.people, step.past_duties);
  }
  return words.empty() ? "nobody" : words;
}

Load count_load(const DutyReading& reading) {
  std::map<std::int64_t, std::int64_t, std::greater<>> counts;
  for (const InvigilatorIndex person : reading.person) {
    if (person.exists()) ++counts[reading.staff[person].past_duties];
  }
  Load load;
  for (const auto& [duties, people] : counts) load.push_back({duties, people});
  return load;
}

std::int64_t count_past_pairs(const DutyReading& reading) {
  std::map<RoomKey, std::vector<InvigilatorIndex>> in_room;
  for (std::size_t at = 0; at < reading.rows.duties.size(); ++at) {
    const DutyRow& row = reading.rows.duties[at];
    if (row.room_no > 0 && reading.person[at].exists())
      in_room[{row.venue_code.text(), row.room_no}].push_back(reading.person[at]);
  }
  const std::set<PastPair> known(reading.staff.past_pairs.begin(), reading.staff.past_pairs.end());
  std::int64_t pairs = 0;
  for (const auto& [room, people] : in_room) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      for (std::size_t j = i + 1; j < people.size(); ++j) {
        if (known.contains({std::min(people[i], people[j]), std::max(people[i], people[j])})) ++pairs;
      }
    }
  }
  return pairs;
}

// Checks every row's travel; gives the sum.
std::int64_t judge_travel_of_rows(const DutyReading& reading, DutyFindings& findings) {
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < reading.rows.duties.size(); ++at) {
    const DutyRow& row = reading.rows.duties[at];
    const VenueIndex venue = reading.exam.find(row.venue_code);
    if (!venue.exists() || !reading.person[at].exists()) continue;
    const Metres metres = ground_distance_m(reading.staff[reading.person[at]].home, reading.exam[venue].at);
    sum += metres;
    if (row.travel_m >= metres - 1 && row.travel_m <= metres + 1) continue;
    findings.add(DutyCode::wrong_duty_report, row.invigilator_id.text(),
                 {fmt::format("travel_m says {}, the way is {} m", row.travel_m, metres),
                  fmt::format("travel_m에는 {}, 실제 거리는 {} m입니다", row.travel_m, metres)});
  }
  return sum;
}

void judge_order(const DutyReading& reading, DutyFindings& findings) {
  for (std::size_t at = 1; at < reading.rows.duties.size(); ++at) {
    const DutyRow& before = reading.rows.duties[at - 1];
    const DutyRow& row = reading.rows.duties[at];
    const auto key = [](const DutyRow& of) {
      return std::tuple(of.venue_code.text(), of.room_no, std::string(spell(of.role)), of.invigilator_id.text());
    };
    if (key(before) <= key(row)) continue;
    findings.add(DutyCode::wrong_duty_report, "duties.csv",
                 {fmt::format("line {} is not in the order of venue, room, role and id", row.line),
                  fmt::format("{}행이 시험장, 시험실, 역할, 번호 순서가 아닙니다", row.line)});
    return;
  }
}

void judge_unfilled_rows(const DutyReading& reading, DutyFindings& findings) {
  for (const auto& [place, told] : reading.unfilled) {
    const auto wanted = reading.wanted.find(place);
    const auto held = reading.held.find(place);
    const std::int64_t free =
        (wanted == reading.wanted.end() ? 0 : wanted->second) - (held == reading.held.end() ? 0 : held->second);
    if (told <= free) continue;
    findings.add(
        DutyCode::wrong_duty_report, subject_of(place),
        {fmt::format("unfilled.csv has {} where {} free", count_of(told, "place", "places"),
                     count_of(std::max<std::int64_t>(free, 0), "is", "are")),
         fmt::format("unfilled.csv에는 {}자리인데 빈자리는 {}자리입니다", told, std::max<std::int64_t>(free, 0))});
  }
}

bool lies_above(const BoundedFigure& figure) {
  return figure.bound && *figure.bound > figure.value;
}

bool is_any_bound_above(const DutyReport& report) {
  return report.unfilled_bound > report.unfilled || lies_above(report.past_pairs) || lies_above(report.travel_m) ||
         (report.changed && lies_above(*report.changed)) ||
         (report.load_bound && is_fairer(report.load, *report.load_bound));
}

// A bound is a statement about the people who could be used then: where others can be by now, it says nothing of these duties.
bool speaks_of_others(const DutyReport& report, const Staff& staff) {
  return !report.people.facts.empty() && count_added(report.people, mark_people(staff)) != 0;
}

void judge_bounds(const DutyReport& report, const Staff& staff, Claims& claims) {
  // To mark thousands of people takes time, and good bounds need no excuse.
  if (is_any_bound_above(report) && speaks_of_others(report, staff)) return;
  claims.at_most("unfilled_bound", report.unfilled_bound, report.unfilled);
  if (report.past_pairs.bound) claims.at_most("past_pairs", *report.past_pairs.bound, report.past_pairs.value);
  if (report.travel_m.bound) claims.at_most("travel_m", *report.travel_m.bound, report.travel_m.value);
  if (report.changed && report.changed->bound) claims.at_most("changed", *report.changed->bound, report.changed->value);
  if (report.load_bound && is_fairer(report.load, *report.load_bound))
    claims.wrong("load_bound", words_of(*report.load_bound), words_of(report.load));
}

}  // namespace

void judge_duty_report(const DutyReading& reading, DutyFindings& findings) {
  const std::int64_t travel = judge_travel_of_rows(reading, findings);
  judge_order(reading, findings);
  judge_unfilled_rows(reading, findings);
  if (!reading.rows.has_report) return;
  const DutyReport& report = reading.rows.report;
  Claims claims(findings);
  std::int64_t places = 0;
  std::int64_t room_places = 0;
  for (const auto& [place, wanted] : reading.wanted) {
    places += wanted;
    if (std::get<1>(place) > 0) room_places += wanted;
  }
  std::int64_t held = 0;
  std::int64_t room_held = 0;
  for (const auto& [place, count] : reading.held) {
    held += count;
    if (std::get<1>(place) > 0) room_held += count;
  }
  claims.equal("places", report.places, places);
  claims.equal("unfilled", report.unfilled, places - held);
  if (report.room_places >= 0) claims.equal("in_rooms.places", report.room_places, room_places);
  if (report.room_unfilled >= 0) claims.equal("in_rooms.unfilled", report.room_unfilled, room_places - room_held);
  const Load load = count_load(reading);
  if (report.load != load) claims.wrong("load", words_of(report.load), words_of(load));
  claims.equal("past_pairs", report.past_pairs.value, count_past_pairs(reading));
  claims.near("travel_m", report.travel_m.value, travel, std::ssize(reading.rows.duties));
  judge_bounds(report, reading.staff, claims);
  const StaffingStatus honest = report.unfilled == 0        ? StaffingStatus::filled
                                : report.unfilled_bound > 0 ? StaffingStatus::infeasible
                                                            : StaffingStatus::gave_up;
  if (report.status != honest) claims.wrong("status", std::string(spell(report.status)), std::string(spell(honest)));
}

}  // namespace hanjari::verification
