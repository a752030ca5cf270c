#include "hanjari/sample/staff.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "sample/dice.h"
#include "sample/names.h"

namespace hanjari::sample {
namespace {

constexpr std::int64_t departments = 8;  // of a district that send invigilators
constexpr int exams_in_five_years = 10;

// A point some 2.5 km around a venue, in whole millionths of a degree.
Point draw_home(Dice& dice, Point venue) {
  const auto lat_e6 = static_cast<std::int64_t>(std::floor(venue.lat * 1e6 + 0.5)) + dice.scatter(22'500);
  const auto lon_e6 = static_cast<std::int64_t>(std::floor(venue.lon * 1e6 + 0.5)) + dice.scatter(28'300);
  return {static_cast<double>(lat_e6) / 1e6, static_cast<double>(lon_e6) / 1e6};
}

DutyRoles draw_roles(Dice& dice) {
  DutyRoles roles;
  const auto in_hundred = [&](std::int64_t percent) { return dice.below(100) < percent; };
  if (in_hundred(55)) roles.add(DutyRole::chief);
  if (in_hundred(92)) roles.add(DutyRole::invigilator);
  if (in_hundred(50)) roles.add(DutyRole::corridor);
  if (in_hundred(60) || roles.empty()) roles.add(DutyRole::reserve);
  return roles;
}

// Some are asked at every exam, most now and then, some hardly ever.
std::int64_t draw_past_duties(Dice& dice) {
  constexpr std::int64_t percent_of[] = {5, 25, 25, 40, 70};
  const std::int64_t percent = percent_of[dice.below(5)];
  std::int64_t duties = 0;
  for (int exam = 0; exam < exams_in_five_years; ++exam) duties += dice.below(100) < percent ? 1 : 0;
  return duties;
}

// Venue by position, of each person: where they live near by.
std::vector<std::size_t> add_people(const Exam& exam, const StaffRequest& request, Staff& staff) {
  Dice dice(request.seed, "invigilators");
  std::vector<std::size_t> near;
  const auto width = std::max<std::size_t>(5, std::to_string(request.people).size());
  for (std::int64_t at = 0; at < request.people; ++at) {
    const auto venue = static_cast<std::size_t>(dice.below(std::ssize(exam.venues)));
    near.push_back(venue);
    Invigilator& person = staff.people.emplace_back();
    person.id = InvigilatorId(fmt::format("S{:0{}}", at + 1, width));
    person.name = draw_person_name(dice, dice.below(2) == 0 ? Sex::female : Sex::male);
    person.district_code = exam.words[exam.venues[venue].district];
    const std::int64_t department = dice.below(departments + 1);  // the last: of none that is known
    if (department < departments && !person.district_code.empty())
      person.organisation = fmt::format("{} 제{}부서", person.district_code, department + 1);
    person.home = draw_home(dice, exam.venues[venue].at);
    person.roles = draw_roles(dice);
    person.past_duties = draw_past_duties(dice);
    person.consent = dice.below(100) >= 2;
  }
  return near;
}

// The nearest of some applicants drawn: a relative more often than not sits where the person would work.
ApplicantIndex draw_relative(Dice& dice, const Exam& exam, Point home) {
  ApplicantIndex best;
  Metres least = 0;
  for (int draw = 0; draw < 40; ++draw) {
    const ApplicantIndex applicant(static_cast<std::size_t>(dice.below(std::ssize(exam.applicants))));
    const Metres metres = haversine_m(home, exam[applicant].home);
    if (best.exists() && metres >= least) continue;
    best = applicant;
    least = metres;
  }
  return best;
}

void add_conflicts(const Exam& exam, const StaffRequest& request, const std::vector<std::size_t>& near, Staff& staff) {
  Dice dice(request.seed, "conflicts");
  for (std::size_t at = 0; at < staff.people.size(); ++at) {
    const std::int64_t lot = dice.below(100);
    DutyConflict conflict;
    conflict.invigilator = InvigilatorIndex(at);
    if (lot < 4) {
      conflict.kind = DutyConflictKind::applicant;
      conflict.applicant = draw_relative(dice, exam, staff.people[at].home);
      conflict.reason = "가족";
    } else if (lot < 7) {
      conflict.kind = DutyConflictKind::venue;
      conflict.venue = VenueIndex(near[at]);
      conflict.reason = "근무 학교";
    } else if (lot < 9) {
      conflict.kind = DutyConflictKind::unit;
      conflict.unit = UnitIndex(static_cast<std::size_t>(dice.below(std::ssize(exam.units))));
      conflict.reason = "채용 업무 담당";
    } else if (lot < 10 && staff.people.size() > 1) {
      conflict.kind = DutyConflictKind::invigilator;
      const auto other =
          (at + 1 + static_cast<std::size_t>(dice.below(std::ssize(staff.people) - 1))) % staff.people.size();
      conflict.other = InvigilatorIndex(other);
      conflict.reason = "배우자";
      staff.people[other].home = staff.people[at].home;
    } else {
      continue;
    }
    staff.conflicts.push_back(std::move(conflict));
  }
}

// Last time's rooms: two people who live near the same venue.
void add_past_pairs(const Exam& exam, const StaffRequest& request, const std::vector<std::size_t>& near, Staff& staff) {
  Dice dice(request.seed, "past pairs");
  std::vector<std::vector<InvigilatorIndex>> people(exam.venues.size());
  for (std::size_t at = 0; at < near.size(); ++at) people[near[at]].push_back(InvigilatorIndex(at));
  for (auto& group : people) {
    for (std::size_t at = group.size(); at > 1; --at)
      std::swap(group[at - 1], group[static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(at)))]);
    for (std::size_t at = 0; at + 1 < group.size() * 4 / 5; at += 2)
      staff.past_pairs.push_back({group[at], group[at + 1]});
  }
}

}  // namespace

Staff make_sample_staff(const Exam& exam, const StaffRequest& request) {
  if (exam.venues.empty() || exam.applicants.empty() || exam.units.empty()) {
    throw InvalidInput("no_venues", {"the exam has no venues or no applicants", "시험에 시험장이나 응시자가 없습니다"});
  }
  Staff staff;
  const std::vector<std::size_t> near = add_people(exam, request, staff);
  add_conflicts(exam, request, near, staff);
  add_past_pairs(exam, request, near, staff);
  make_canonical(staff);
  return staff;
}

}  // namespace hanjari::sample
