#include "seats/pages/seat_view.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/documents/exam_times.h"
#include "hanjari/documents/room_drawing.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/http/http.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

// One line of the day: a time and what happens then. Only what somebody has said; mustache takes an empty list for none.
json list_times(const Pages& pages, const documents::ExamTimes& times, Language language) {
  json lines = json::array();
  const auto add = [&](std::optional<int> minutes, const char* what, bool closes) {
    if (!minutes) return;
    lines.push_back({{"time", write_time(*minutes)},
                     {"what", pages.text(language, what)},
                     {"closes", closes}});
  };
  add(times.seated_by, "seat.seated_by", false);
  add(times.gate_closes, "seat.gate_closes", true);
  if (times.starts) {
    lines.push_back(
        {{"time", write_time(*times.starts) + "–" + write_time(*times.ends)},
         {"what", pages.text(language, "seat.exam_minutes", {{"minutes", std::to_string(*times.ends - *times.starts)}})},
         {"closes", false}});
  }
  return lines;
}

// Maps of others, which a person may choose to open: the way from where that person stands, by all means of transport. The
// addresses name the venue and nothing of the person, and no page says where it was left from (Referrer-Policy).
json list_maps(const Pages& pages, const Venue& venue, Language language) {
  json maps = json::array();
  const auto add = [&](const char* name, std::string address) {
    maps.push_back({{"name", pages.text(language, name)}, {"address", std::move(address)}});
  };
  if (venue.at != Point{}) {
    add("seat.kakao_map", fmt::format("https://map.kakao.com/link/to/{},{:.6f},{:.6f}", encode_percent(venue.name), venue.at.lat, venue.at.lon));
  }
  if (!venue.address.empty()) add("seat.naver_map", "https://map.naver.com/p/search/" + encode_percent(venue.address));
  return maps;
}

}  // namespace

nlohmann::json describe_seat(const Pages& pages, const documents::Templates& templates, const PlannedExam& planned, Language language) {
  const Exam& exam = planned.exam;
  const Placement& placement = planned.plan.placements.front();
  const Applicant& applicant = exam[placement.applicant];
  const Unit& unit = exam[applicant.unit];
  const Venue& venue = exam[placement.venue];
  const Room& room = exam[placement.room];
  const bool korean = language == Language::korean;

  nlohmann::json data;
  data["exam"] = {{"name", korean ? exam.header.name_ko : exam.header.name_en},
                  {"on", write_day(exam.header.exam_on, language)}};
  data["name"] = applicant.name;
  data["applicant_number"] = placement.number.text();
  data["unit"] = pages.text(language, "seat.unit",
                            {{"series", korean ? unit.series_ko : unit.series_en},
                             {"grade", std::to_string(unit.grade)},
                             {"quota", name_of(unit.quota_group).in(language)}});
  data["venue"] = venue.name;
  data["address"] = venue.address;
  data["phone"] = venue.phone;
  data["has_phone"] = !venue.phone.empty();
  data["building"] = room.building;
  data["has_building"] = !room.building.empty();
  data["floor"] = write_floor(pages, room.floor, language);
  data["has_floor"] = !room.floor.empty();
  data["room_no"] = std::to_string(room.room_no);
  data["seat_no"] = std::to_string(placement.seat_no);
  data["row"] = std::to_string(placement.desk.row);
  data["column"] = std::to_string(placement.desk.column);
  data["place"] =
      pages.text(language, "seat.place",
                 {{"row", std::to_string(placement.desk.row)}, {"column", std::to_string(placement.desk.column)}});
  documents::RoomMarks marks;
  marks.own = placement.desk;
  marks.own_seat_no = placement.seat_no;
  data["drawing"] = documents::render_room_svg(room, marks, language);
  if (placement.used_no > 0) data["used_no"] = std::to_string(placement.used_no);
  const documents::ExamTimes times = documents::exam_times_of(unit, applicant.accommodation, &templates);
  data["times"] = list_times(pages, times, language);
  data["has_times"] = !data["times"].empty();
  const Instant noon = instant_of(exam.header.exam_on, 12 * 60, exam.header.time_zone);
  data["zone"] = name_time_zone(noon, exam.header.time_zone).in(language);
  if (times.gate_closes) data["gate_closes"] = write_time(*times.gate_closes);
  if (const Text* way = templates.way_to(venue.code.text())) data["way"] = way->in(language);
  data["maps"] = list_maps(pages, venue, language);
  data["has_maps"] = !data["maps"].empty();
  data["accommodation"] = name_of(applicant.accommodation).in(language);
  data["has_accommodation"] = applicant.accommodation.any();
  data["bring"] = nlohmann::json::array();
  for (const Text& thing : templates.bring()) data["bring"].push_back({{"thing", thing.in(language)}});
  return data;
}

void link_fairness(const services::LiveExam& exam, Language language, json& data) {
  if (exam.tells_fairness)
    data["fairness_address"] = fmt::format("/{}/exams/{}/seat-fairness", code_of(language), encode_percent(exam.code.text()));
}

std::optional<Date> find_moved_day(const services::StoredRecruitment* stored, const PlannedExam& planned) {
  const Exam& exam = planned.exam;
  if (stored == nullptr || stored->state == services::RecruitmentState::prepared || planned.plan.placements.empty())
    return std::nullopt;
  const Recruitment& notice = stored->notice;
  const NoticeUnit* unit = notice.find_unit(exam[exam[planned.plan.placements.front().applicant].unit].code);
  if (unit == nullptr) return std::nullopt;
  const Date day = notice.calendar_of(*unit).exam_on;
  return day == exam.header.exam_on ? std::nullopt : std::optional(day);
}

void tell_moved_day(const Pages& pages, Date day, const PlannedExam& planned, Language language, nlohmann::json& data) {
  const std::string now = write_day(day, language);
  data["exam"]["on"] = now;
  data["day_moved"] = {
      {"sentence", pages.text(language, "seat.day_moved",
                              {{"day", now}, {"before", write_day(planned.exam.header.exam_on, language)}})}};
}

void require_day_of_notice(const services::StoredRecruitment* stored, const PlannedExam& planned) {
  const auto day = find_moved_day(stored, planned);
  if (!day) return;
  const Text written = write_plain_day(*day);
  throw Conflict("exam_day_changed",
                 {fmt::format("The exam is on {} now, and the seat was assigned for an earlier day. You get the admission "
                              "slip once the seats of the new day are assigned.",
                              written.en),
                  fmt::format("시험일이 {}로 변경되었습니다. 좌석은 변경 전 시험일의 것이므로, 변경된 시험일의 좌석이 배정되면 "
                              "응시표를 받을 수 있습니다.",
                              written.ko)});
}

}  // namespace hanjari::web
