#include <fmt/format.h>

#include "verification/naive_plan.h"

namespace hanjari::verification {
namespace {

class Builder {
 public:
  void unit(const std::string& code, const std::string& series, QuotaGroup group, int grade, int minutes) {
    exam_.units.push_back({UnitCode(code), series, series, group, grade, 10, minutes, "set-01"});
  }
  void venue(const std::string& code, const std::string& district, double lat, double lon, VenueKind kind) {
    Venue venue;
    venue.code = VenueCode(code);
    venue.name = code;
    venue.district = exam_.words.intern(district);
    venue.at = {lat, lon};
    venue.kind = kind;
    exam_.venues.push_back(venue);
    rooms_ = 0;
  }
  // Rooms of the last venue: 5 x 5 desks, 130 cm front to back and 80 cm side to side; the first two are accessible.
  void rooms(int count, RoomUse use) {
    for (int i = 0; i < count; ++i) {
      Room room;
      room.venue = VenueIndex(exam_.venues.size() - 1);
      room.room_no = ++rooms_;
      room.row_count = room.column_count = 5;
      room.row_pitch_cm = 130;
      room.column_pitch_cm = 80;
      room.blocked = {{2, 2}, {5, 5}};
      room.accessible = i < 2;
      room.use = use;
      exam_.rooms.push_back(room);
    }
  }
  Applicant& person(const std::string& unit, const std::string& accommodation = "") {
    Applicant person;
    const auto nth = static_cast<int>(exam_.applicants.size()) + 1;
    person.id = ApplicantId(fmt::format("A{:07}", nth));
    person.name = "김하나";
    for (std::size_t at = 0; at < exam_.units.size(); ++at) {
      if (exam_.units[at].code.text() == unit) person.unit = UnitIndex(at);
    }
    person.home = {37.50 + 0.0007 * (nth * 37 % 100), 127.00 + 0.0009 * (nth * 53 % 100)};
    person.accommodation.wheelchair = accommodation == "wheelchair";
    person.accommodation.separate_room = accommodation == "separate_room";
    person.accommodation.scribe = accommodation == "scribe";
    person.accommodation.large_print = accommodation == "large_print";
    if (accommodation == "extra_time_1.5") person.accommodation.multiplier = TimeMultiplier::x1_5;
    exam_.applicants.push_back(person);
    return exam_.applicants.back();
  }
  void people(int count, const std::string& unit) {
    for (int i = 0; i < count; ++i) person(unit);
  }
  WordIndex word(const std::string& text) { return exam_.words.intern(text); }
  Policy& policy() { return exam_.policy; }
  Exam finish() {
    exam_.header.code = ExamCode("small");
    exam_.input_sha256 = std::string(64, '5');
    make_canonical(exam_);
    return std::move(exam_);
  }

 private:
  Exam exam_;
  int rooms_ = 0;
};

}  // namespace

Exam small_exam() {
  Builder exam;
  exam.unit("010", "일반행정", QuotaGroup::general, 9, 100);
  exam.unit("011", "일반행정", QuotaGroup::disabled, 9, 100);
  exam.unit("020", "세무", QuotaGroup::general, 9, 100);
  exam.unit("030", "학예연구", QuotaGroup::general, 7, 140);
  exam.venue("V1", "11110", 37.52, 127.02, VenueKind::regular);
  exam.rooms(5, RoomUse::exam);
  exam.rooms(2, RoomUse::reserve);
  exam.rooms(3, RoomUse::separate);
  exam.venue("V2", "11110", 37.53, 127.06, VenueKind::regular);
  exam.rooms(5, RoomUse::exam);
  exam.rooms(3, RoomUse::separate);
  exam.venue("V3", "11140", 37.56, 127.03, VenueKind::regular);
  exam.rooms(12, RoomUse::exam);
  exam.rooms(1, RoomUse::reserve);
  exam.venue("W1", "11140", 37.55, 127.08, VenueKind::isolation);
  exam.rooms(3, RoomUse::exam);
  exam.venue("X1", "11140", 37.51, 127.07, VenueKind::accommodation);
  exam.rooms(12, RoomUse::exam);
  exam.people(45, "010");
  exam.people(12, "011");
  exam.people(34, "020");
  exam.people(25, "030");
  for (const char* unit : {"010", "011", "020", "030"}) exam.person(unit, "wheelchair");
  for (const char* unit : {"010", "010", "020"}) exam.person(unit, "extra_time_1.5");
  for (const char* unit : {"010", "010", "030"}) exam.person(unit, "separate_room");
  for (const char* unit : {"020", "020"}) exam.person(unit, "scribe");
  for (const char* unit : {"010", "020"}) exam.person(unit, "large_print");
  for (const char* unit : {"010", "010", "020"}) exam.person(unit).routing = Routing::isolation;
  for (const char* unit : {"020", "020"}) exam.person(unit).routing = Routing::reserve;
  for (const char* word : {"home", "home", "office", "office"}) exam.person("030").keep_apart = exam.word(word);
  Policy& policy = exam.policy();
  policy.min_gap_cm = 150;
  policy.people_cap = 9;
  policy.detour_cap_m = 4000;
  policy.weights = {1, 7, 11, 13};
  return exam.finish();
}

Exam wide_exam(int size) {
  Builder exam;
  for (int unit = 0; unit < 20; ++unit) exam.unit(fmt::format("{:03}", unit), "행정", QuotaGroup::general, 9, 100);
  for (int venue = 0; venue < size / 500 + 25; ++venue) {
    exam.venue(fmt::format("V{:04}", venue), "11110", 37.4 + 0.001 * (venue * 17 % 300),
               126.8 + 0.001 * (venue * 29 % 400), VenueKind::regular);
    exam.rooms(20, RoomUse::exam);
  }
  for (int i = 0; i < size; ++i) exam.person(fmt::format("{:03}", i % 20));
  return exam.finish();
}

}  // namespace hanjari::verification
