#include "hanjari/materials/briefing.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/exam_times.h"
#include "materials/signatures.h"

namespace hanjari::services {
namespace {

AuditNote note_of_words(const MaterialDesk& desk, const std::string& place) {
  AuditNote note{"briefing_notes.read", fmt::format("{}/{}", desk.book.exam.text(), place)};
  note.exam = desk.book.exam.text();
  return note;
}

// The first and last of every kind among the people of the venue.
std::vector<ClockLine> clock_of_day(const PlannedExam& planned, const documents::Templates* templates) {
  std::optional<int> seated;
  std::optional<int> gate;
  std::optional<int> starts;
  std::optional<int> ends;
  const auto keep_first = [](std::optional<int>& kept, const std::optional<int>& other) {
    if (other && (!kept || *other < *kept)) kept = other;
  };
  for (const Placement& placement : planned.plan.placements) {
    const Applicant& person = planned.exam[placement.applicant];
    const documents::ExamTimes times = documents::exam_times_of(planned.exam[person.unit], person.accommodation, templates);
    keep_first(seated, times.seated_by);
    keep_first(gate, times.gate_closes);
    keep_first(starts, times.starts);
    if (times.ends && (!ends || *times.ends > *ends)) ends = times.ends;
  }
  std::vector<ClockLine> clock;
  const auto add = [&](const std::optional<int>& minute, int offset, const char* en, const char* ko) {
    if (minute && *minute + offset >= 0) clock.push_back({*minute + offset, {en, ko}});
  };
  add(seated, -60, "Open the school; staff meet for the briefing", "시험장 개방, 감독관 집합과 교육");
  add(seated, -30, "Hand the envelopes to the rooms, two signatures each", "시험실별 봉투 인계, 두 사람이 서명");
  add(seated, 0, "Applicants are seated", "응시자 입실 완료");
  add(gate, 0, "The gate closes", "출입문 폐쇄");
  add(starts, -10, "Show the seals to the room, open the envelopes", "봉인 상태를 보이고 봉투 개봉");
  add(starts, 0, "The exam begins", "시험 시작");
  add(ends, 0, "The last exam ends", "마지막 시험 종료");
  add(ends, 30, "Count and seal what comes back, hand it to the district", "회수한 답안지와 문제지를 세어 봉인하고 자치구에 인계");
  std::stable_sort(clock.begin(), clock.end(), [](const ClockLine& a, const ClockLine& b) { return a.minute < b.minute; });
  return clock;
}

std::vector<StaffPlace> invented_staff(const Packing& packing) {
  std::vector<StaffPlace> staff;
  for (const PackedRoom& room : packing.rooms) {
    staff.push_back({std::to_string(room.room_no), DutyRole::chief, fmt::format("연습 감독관 {}-1", room.room_no)});
    staff.push_back({std::to_string(room.room_no), DutyRole::invigilator, fmt::format("연습 감독관 {}-2", room.room_no)});
  }
  return staff;
}

// Whose note the actor writes.
DistrictCode own_note_of(const MaterialDesk& desk) {
  if (desk.actor.role == Role::exam_officer) return {};
  if (desk.actor.role != Role::district_coordinator || !desk.actor.district) throw_not_own_station();
  return *desk.actor.district;
}

}  // namespace

const std::vector<CheckItem>& check_items() {
  static const std::vector<CheckItem> items{
      {"rooms_numbered", CheckPhase::before, {"Rooms have their numbers and door lists", "시험실 번호와 출입문 명단을 붙였다"}},
      {"desks_labelled", CheckPhase::before, {"Desks stand as drawn and have their labels", "책상을 배치도대로 놓고 좌석표를 붙였다"}},
      {"signs_posted", CheckPhase::before, {"Signs lead from the gate to every room", "정문에서 시험실까지 안내 표지를 붙였다"}},
      {"clocks_set", CheckPhase::before, {"Clocks are set, loudspeakers and lifts work", "시계를 맞추고 방송과 승강기를 점검했다"}},
      {"papers_locked", CheckPhase::before, {"Boxes arrived, their seals are whole, they are locked away", "상자가 도착했고 봉인이 온전하며 잠금장치가 있는 곳에 두었다"}},
      {"contacts_reached", CheckPhase::before, {"City, district and school were reached by telephone", "시청, 자치구, 학교와 통화가 된다"}},
      {"staff_present", CheckPhase::morning, {"Everybody on duty is here, substitutes are placed", "감독관이 모두 왔고 빈자리를 채웠다"}},
      {"envelopes_given", CheckPhase::morning, {"Every room has its envelopes, signed twice", "모든 시험실에 봉투를 인계하고 두 사람이 서명했다"}},
      {"seals_shown", CheckPhase::morning, {"Seals were shown to the applicants before opening", "봉투를 열기 전에 응시자에게 봉인을 보였다"}},
      {"booklets_back", CheckPhase::after, {"Booklets and sheets came back from every room and were counted", "모든 시험실에서 문제지와 답안지를 회수해 세었다"}},
      {"sheets_sealed", CheckPhase::after, {"Answer sheets are sealed in seat order", "답안지를 좌석 순서로 봉인했다"}},
      {"district_has_all", CheckPhase::after, {"The district has received everything", "자치구에 모두 인계했다"}}};
  return items;
}

Briefing open_briefing(const MaterialDesk& desk, BriefingRepository& briefings, VenueStaff* staff, AccessRecord& accesses,
                       const documents::Templates* templates, const VenueCode& venue) {
  const PlannedExam planned = open_venue_plan(desk, venue);
  const VenueIndex index = planned.exam.find(venue);
  Book real = desk.book;
  real.run.clear();
  Briefing briefing;
  briefing.packing = pack_venue(planned, index, desk.materials.find_settings(real).packing);
  briefing.address = planned.exam[index].address;
  briefing.phone = planned.exam[index].phone;
  briefing.clock = clock_of_day(planned, templates);
  briefing.checks = briefings.list_checks(desk.book, venue);
  if (desk.book.is_dry_run()) {
    briefing.staff = invented_staff(briefing.packing);
    return briefing;
  }
  if (staff != nullptr) {
    briefing.staff = staff->staff_at(desk.actor, desk.book.exam, venue, desk.now);
    briefing.staff_of_earlier_plan = briefing.staff && staff->are_of_earlier_plan(desk.book.exam);
  }
  for (const DistrictCode& district : {DistrictCode(), briefing.packing.district}) {
    auto note = briefings.find_note(desk.book.exam, district);
    if (note && !note->words.empty()) briefing.notes.push_back(std::move(*note));
  }
  if (!briefing.notes.empty())
    accesses.record_access(change_of(desk.actor, "", desk.now), note_of_words(desk, venue.text()));
  return briefing;
}

void tick(const MaterialDesk& desk, BriefingRepository& briefings, const VenueCode& venue, const std::string& item, bool done) {
  open_packing(desk, venue);
  const auto& items = check_items();
  if (std::none_of(items.begin(), items.end(), [&](const CheckItem& known) { return known.key == item; }))
    throw InvalidInput("no_such_check", {"Choose a line of the check list.", "점검 항목을 고르십시오."});
  briefings.add_check(desk.book, {venue, item, done, desk.actor.account, desk.now}, change_of(desk.actor, "", desk.now));
}

std::vector<VenueReadiness> list_readiness(const MaterialDesk& desk, BriefingRepository& briefings) {
  std::map<VenueCode, VenueReadiness> venues;
  if (desk.book.is_dry_run()) {
    venues[dry_run_venue] = {dry_run_venue, invent_venue(desk.book.exam).exam.venues.front().name, dry_run_district, 0, {}};
  } else {
    for (const VenueSummary& venue : desk.plans.list_venues(desk.book.exam, std::nullopt)) {
      Station place;
      place.kind = StationKind::venue;
      place.district = venue.district;
      place.venue = venue.code;
      if (venue.people > 0 && reaches(desk, place)) venues[venue.code] = {venue.code, venue.name, venue.district, 0, {}};
    }
  }
  for (const Check& check : briefings.list_checks(desk.book, std::nullopt)) {
    const auto found = venues.find(check.venue);
    if (found == venues.end()) continue;
    if (check.done) ++found->second.done;
    if (!found->second.last || *found->second.last < check.at) found->second.last = check.at;
  }
  std::vector<VenueReadiness> list;
  for (auto& [code, readiness] : venues) list.push_back(std::move(readiness));
  return list;
}

BriefingNote open_own_note(const MaterialDesk& desk, BriefingRepository& briefings, AccessRecord& accesses) {
  const DistrictCode district = own_note_of(desk);
  auto note = briefings.find_note(desk.book.exam, district);
  if (!note) {
    BriefingNote none;
    none.district = district;
    return none;
  }
  accesses.record_access(change_of(desk.actor, "", desk.now), note_of_words(desk, district.empty() ? "city" : district.text()));
  return std::move(*note);
}

void save_own_note(const MaterialDesk& desk, BriefingRepository& briefings, const std::string& words, std::int64_t version) {
  BriefingNote next;
  next.district = own_note_of(desk);
  next.words = clean_lines(words);
  if (next.words.size() > longest_briefing_note) {
    throw InvalidInput("value_too_long", {fmt::format("Use at most {} bytes (a Korean letter has three).", longest_briefing_note),
                                          fmt::format("{}바이트(한글 한 자는 3바이트) 이내로 적으십시오.", longest_briefing_note)});
  }
  next.version = version + 1;
  next.author = desk.actor.account;
  next.at = desk.now;
  briefings.save_note(desk.book.exam, next, change_of(desk.actor, "", desk.now));
}

}  // namespace hanjari::services
