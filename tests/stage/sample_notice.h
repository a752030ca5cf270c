// A notice and a filled-in form for tests; a test changes only what it is about.
#pragma once

#include <string>

#include "hanjari/domain/application.h"

namespace hanjari::tests {

inline Instant at(const char* text) {
  return parse_instant(text).value();
}

// Applications from 2 to 5 March 2021, withdrawal until the 10th, the exam on 5 June. Units 101 (general, 5,000 won),
// 102 (low income), 201 (another calendar: applications until 7 March, exam on 16 October).
inline Recruitment sample_notice(const std::string& code = "seoul-2021-1") {
  Recruitment notice;
  notice.header = {ExamCode(code),
                   "서울특별시 제1회 공개경쟁임용시험",
                   "Seoul open competition, round 1",
                   *parse_date("2021-06-05"),
                   "Asia/Seoul",
                   {}};
  notice.counts_shown_from = at("2021-03-03T09:00:00+09:00");
  Calendar regular;
  regular.name = "regular";
  regular.exam_on = *parse_date("2021-06-05");
  regular.applications = {at("2021-03-02T09:00:00+09:00"), at("2021-03-05T18:00:00+09:00")};
  regular.cancel_until = at("2021-03-10T18:00:00+09:00");
  regular.self_reports = {at("2021-05-20T09:00:00+09:00"), at("2021-06-04T18:00:00+09:00")};
  Calendar late = regular;
  late.name = "late";
  late.exam_on = *parse_date("2021-10-16");
  late.applications.closes = at("2021-03-07T18:00:00+09:00");
  notice.calendars = {regular, late};
  const auto unit = [&](const char* unit_code, QuotaGroup group, const char* calendar) {
    NoticeUnit added;
    added.unit.code = UnitCode(unit_code);
    added.unit.series_ko = "일반행정";
    added.unit.series_en = "General administration";
    added.unit.quota_group = group;
    added.unit.grade = 9;
    added.unit.posts = 10;
    added.calendar = calendar;
    added.fee = 5'000;
    added.eligibility.least_age = 18;
    added.eligibility.age_on = regular.exam_on;
    added.last_year = LastYear{12, 170};
    return added;
  };
  notice.units = {unit("101", QuotaGroup::general, "regular"), unit("102", QuotaGroup::low_income, "regular"),
                  unit("201", QuotaGroup::general, "late")};
  notice.areas = {{"11110-1", {"Cheongun-dong", "청운동"}, DistrictCode("11110"), {37.589, 126.969}},
                  {"11680-1", {"Yeoksam-dong", "역삼동"}, DistrictCode("11680"), {37.5, 127.036}}};
  return notice;
}

// Whole and without fault for unit 101. `person`: 1 to 9,999 gives different people.
inline ApplicationForm sample_form(int person = 1) {
  ApplicationForm form;
  form.unit = UnitCode("101");
  form.name = "김하늘";
  form.birth_on = *parse_date("1995-03-14");
  form.sex = Sex::female;
  const std::string number = std::to_string(person);
  form.identity_hash = std::string(32 - number.size(), '0') + number;
  form.phone = "010-1234-5678";
  form.email = "sky@example.com";
  form.area = "11110-1";
  form.address = "서울특별시 종로구 자하문로 1";
  form.photo = AttachmentId("photo-1");
  form.consents = true;
  return form;
}

}  // namespace hanjari::tests
