#include "documents/planned_exams.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/package/exam_package.h"
#include "places.h"

namespace hanjari::documents {

PlannedExam exam_with(const std::vector<std::string>& names, int per_room) {
  Exam exam;
  exam.header = {ExamCode("small-1"),
                 "2021년도 제1회 공개경쟁 임용시험",
                 "Open recruitment exam 2021, round 1",
                 *parse_date("2021-06-05"),
                 "Asia/Seoul",
                 {}};
  exam.units.push_back(
      {UnitCode("010"), "일반행정", "General administration", QuotaGroup::general, 9, 100, 100, "set-01"});
  exam.units.back().starts_at = 10 * 60;
  exam.units.back().seated_by = 9 * 60 + 20;
  exam.venues.emplace_back();
  exam.venues[0].code = VenueCode("V0001");
  exam.venues[0].name = "한자리고등학교";
  exam.venues[0].address = "서울특별시 종로구 세종대로 209";
  exam.venues[0].phone = "02-123-4567";
  const int rooms = std::max(1, (static_cast<int>(names.size()) + per_room - 1) / per_room);
  for (int i = 1; i <= rooms; ++i) {
    Room room;
    room.venue = VenueIndex(0);
    room.room_no = i;
    room.building = "본관";
    room.floor = std::to_string(1 + (i - 1) / 6);
    room.row_count = 6;
    room.column_count = 5;
    room.row_pitch_cm = 130;
    room.column_pitch_cm = 140;
    exam.rooms.push_back(room);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    Applicant applicant;
    applicant.id = ApplicantId(fmt::format("A{:07}", i + 1));
    applicant.name = names[i];
    applicant.unit = UnitIndex(0);
    applicant.birth_on = Date{9000 + static_cast<std::int32_t>(i)};
    applicant.sex = i % 2 == 0 ? Sex::female : Sex::male;
    exam.applicants.push_back(applicant);
  }
  make_canonical(exam);
  return fill_rooms(std::move(exam), per_room);
}

PlannedExam exam_of_size(int people, int per_room) {
  std::vector<std::string> names;
  for (int i = 0; i < people; ++i) {
    const char* family[] = {"김", "이", "박", "최", "정", "강", "조", "윤"};
    const char* given[] = {"서연", "민준", "지우", "하은", "도윤", "수아", "예준"};
    names.push_back(std::string(family[i % 8]) + given[i % 7]);
  }
  return exam_with(names, per_room);
}

PlannedExam fill_rooms(Exam exam, int per_room) {
  PlannedExam planned{std::move(exam), {}};
  const Exam& all = planned.exam;
  std::vector<ApplicantIndex> order;
  for (std::size_t i = 0; i < all.applicants.size(); ++i) order.emplace_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](ApplicantIndex a, ApplicantIndex b) { return all[a].unit < all[b].unit; });
  std::map<UnitIndex, int> numbers;
  std::size_t room = 0;
  int in_room = 0;
  UnitIndex room_unit;
  planned.plan.placements.resize(order.size());
  for (const ApplicantIndex applicant : order) {
    const UnitIndex unit = all[applicant].unit;
    if (in_room == per_room || (in_room > 0 && unit != room_unit)) {
      ++room;
      in_room = 0;
    }
    room_unit = unit;
    const Room& there = all.rooms.at(room);
    const Desk desk{in_room % there.row_count + 1, in_room / there.row_count + 1};
    planned.plan.placements[applicant.value] = {
        applicant,
        ApplicantNumber(fmt::format("{}{:05}", all[unit].code.text(), ++numbers[unit])),
        there.venue,
        RoomIndex(room),
        in_room + 1,
        desk,
        (desk.row + desk.column) % 2 == 0 ? 'A' : 'B',
        1000};
    ++in_room;
  }
  planned.plan.digest = sha256("a plan").hex();
  return planned;
}

std::vector<PlannedExam> founding_case() {
  const std::filesystem::path folder =
      std::filesystem::path(hanjari::tests::source_dir) / ".." / "shared" / "cases" / "seoul-2021-b";
  std::vector<PlannedExam> found;
  if (std::filesystem::exists(folder)) {
    found.push_back(fill_rooms(package::load_exam(folder, package::Encoding::utf8, no_progress()).exam));
  }
  return found;
}

}  // namespace hanjari::documents
