// Exams and rooms for tests: a test says only what matters to it.
#pragma once

#include <string>
#include <vector>

#include "hanjari/domain/assignment.h"
#include "hanjari/domain/exam.h"

namespace hanjari::seating {

inline Room a_room(int rows, int columns, std::vector<Desk> blocked = {}) {
  Room room;
  room.venue = VenueIndex(std::size_t{0});
  room.room_no = 1;
  room.row_count = rows;
  room.column_count = columns;
  room.row_pitch_cm = 130;
  room.column_pitch_cm = 140;
  room.blocked = std::move(blocked);
  return room;
}

// An exam built row by row; build() makes it canonical. Rooms are given in canonical order.
class ExamBuilder {
 public:
  ExamBuilder& policy(const Policy& policy) {
    exam_.policy = policy;
    return *this;
  }
  ExamBuilder& numbers(const NumberFormat& format) {
    exam_.header.applicant_number = format;
    return *this;
  }
  ExamBuilder& unit(const std::string& code) {
    exam_.units.push_back({});
    exam_.units.back().code = UnitCode(code);
    return *this;
  }
  ExamBuilder& venue(const std::string& code, Point at = {37.5, 127.0}, VenueKind kind = VenueKind::regular) {
    exam_.venues.push_back({});
    exam_.venues.back().code = VenueCode(code);
    exam_.venues.back().at = at;
    exam_.venues.back().kind = kind;
    return *this;
  }
  // In the venue named last.
  ExamBuilder& room(Room room, int room_no = 0) {
    room.venue = VenueIndex(exam_.venues.size() - 1);
    room.room_no = room_no > 0 ? room_no : static_cast<int>(exam_.rooms.size()) + 1;
    exam_.rooms.push_back(std::move(room));
    return *this;
  }
  // `count` people of a unit (by position) with ids after those already there.
  ExamBuilder& people(int count, std::size_t unit = 0, Point home = {37.5, 127.0}) {
    for (int i = 0; i < count; ++i) {
      Applicant applicant;
      std::string serial = std::to_string(exam_.applicants.size() + 1);
      applicant.id = ApplicantId("A" + std::string(6 - serial.size(), '0') + serial);
      applicant.unit = UnitIndex(unit);
      applicant.home = home;
      exam_.applicants.push_back(std::move(applicant));
    }
    return *this;
  }
  // The people named by position share a keep_apart word.
  ExamBuilder& apart(const std::string& word, const std::vector<std::size_t>& people) {
    for (const std::size_t person : people) exam_.applicants[person].keep_apart = exam_.words.intern(word);
    return *this;
  }
  ExamBuilder& wheelchair(std::size_t person) {
    exam_.applicants[person].accommodation.wheelchair = true;
    return *this;
  }
  Exam build() const {
    Exam exam = exam_;
    make_canonical(exam);
    return exam;
  }

 private:
  Exam exam_;
};

// Everybody in the rooms given by position, as many as `sizes` says, in applicant order.
inline Assignment fill_rooms(const Exam& exam, const std::vector<int>& sizes) {
  Assignment assignment;
  assignment.status = PlanStatus::feasible;
  std::size_t person = 0;
  for (std::size_t room = 0; room < sizes.size(); ++room) {
    for (int i = 0; i < sizes[room]; ++i, ++person) assignment.room_of.push_back(RoomIndex(room));
  }
  assignment.room_of.resize(exam.applicants.size(), RoomIndex::none());
  for (; person < exam.applicants.size(); ++person) {
    assignment.unseated.push_back(
        {ApplicantIndex(person), "no_capacity", {"No seat is left.", "남은 좌석이 없습니다."}});
  }
  return assignment;
}

}  // namespace hanjari::seating
