// A school, people and signers that nobody took from anywhere, for trying everything out before the day.
#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/materials/materials.h"

namespace hanjari::services {
namespace {

constexpr int invented_rooms = 3;
constexpr int people_of_invented_room = 15;
constexpr int columns_of_invented_room = 5;

Room invented_room(int number) {
  Room room;
  room.venue = VenueIndex(std::size_t{0});
  room.room_no = number;
  room.building = "A";
  room.floor = std::to_string(number);
  room.row_count = 3;
  room.column_count = columns_of_invented_room;
  room.row_pitch_cm = 150;
  room.column_pitch_cm = 150;
  return room;
}

void add_invented_person(PlannedExam& planned, int room, int seat) {
  Exam& exam = planned.exam;
  Applicant person;
  person.id = ApplicantId(fmt::format("dry-run-{:02}-{:02}", room, seat));
  person.name = fmt::format("연습 {}", exam.applicants.size() + 1);
  person.unit = UnitIndex(std::size_t{0});
  person.accommodation.large_print = seat == people_of_invented_room;
  Placement placement;
  placement.applicant = ApplicantIndex(exam.applicants.size());
  placement.number = ApplicantNumber(fmt::format("0000{:02}{:02}", room, seat));
  placement.venue = VenueIndex(std::size_t{0});
  placement.room = RoomIndex(static_cast<std::size_t>(room - 1));
  placement.seat_no = seat;
  placement.desk = {(seat - 1) / columns_of_invented_room + 1, (seat - 1) % columns_of_invented_room + 1};
  placement.booklet = seat % 2 == 1 ? 'A' : 'B';
  exam.applicants.push_back(std::move(person));
  planned.plan.placements.push_back(std::move(placement));
}

}  // namespace

const VenueCode dry_run_venue{"DRY-RUN"};
const DistrictCode dry_run_district{"00000"};

PlannedExam invent_venue(const ExamCode& code) {
  PlannedExam planned;
  Exam& exam = planned.exam;
  exam.header.code = code;
  exam.header.time_zone = "Asia/Seoul";
  exam.policy.spare_booklets_per_room = 2;
  Unit unit;
  unit.code = UnitCode("000");
  unit.series_ko = "연습";
  unit.series_en = "Dry run";
  unit.starts_at = 10 * 60;
  unit.seated_by = 9 * 60 + 20;
  exam.units.push_back(unit);
  Venue venue;
  venue.code = dry_run_venue;
  venue.name = "연습 학교";
  venue.district = exam.words.intern(dry_run_district.text());
  venue.room_count = invented_rooms;
  exam.venues.push_back(venue);
  for (int room = 1; room <= invented_rooms; ++room) exam.rooms.push_back(invented_room(room));
  for (int room = 1; room <= invented_rooms; ++room) {
    for (int seat = 1; seat <= people_of_invented_room; ++seat) add_invented_person(planned, room, seat);
  }
  return planned;
}

std::vector<InventedSigner> invent_signers(Instant now) {
  std::vector<InventedSigner> signers;
  const auto add = [&](StationKind kind, const char* name, const char* code) {
    InventedSigner one;
    one.signer.station.kind = kind;
    if (kind >= StationKind::district) one.signer.station.district = dry_run_district;
    if (kind >= StationKind::venue) one.signer.station.venue = dry_run_venue;
    one.signer.name = name;
    one.signer.at = now;
    one.code = code;
    signers.push_back(std::move(one));
  };
  add(StationKind::printing_office, "가상 인쇄소", "1111111111");
  add(StationKind::district, "가상 자치구", "2222222222");
  add(StationKind::venue, "가상 시험장", "3333333333");
  return signers;
}

void begin_dry_run(const MaterialDesk& desk) {
  desk.materials.begin_dry_run(desk.book, desk.now);
  for (InventedSigner& one : invent_signers(desk.now)) {
    one.signer.id = draw_token();
    one.signer.code_hash = desk.materials.hash_signer_code(desk.book, one.code);
    desk.materials.add_signer(desk.book, one.signer, change_of(desk.actor, "", desk.now));
  }
}

void end_dry_run(const MaterialDesk& desk) {
  desk.materials.end_dry_run(desk.book);
}

}  // namespace hanjari::services
