#include <nlohmann/json.hpp>

#include "hanjari/base/local_time.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/recruitment_file.h"
#include "package/notices/accommodation_kinds.h"

namespace hanjari::package {
namespace {

using nlohmann::json;

void put(json& object, const std::string& name, const Text& text) {
  if (text.ko.empty() && text.en.empty()) return;
  object[name + "_ko"] = text.ko;
  object[name + "_en"] = text.en;
}

json as_json(const Calendar& calendar) {
  json object{{"name", calendar.name},
              {"exam_on", format_date(calendar.exam_on)},
              {"apply_from", format_instant(calendar.applications.opens)},
              {"apply_until", format_instant(calendar.applications.closes)},
              {"cancel_until", format_instant(calendar.cancel_until)}};
  put(object, "title", calendar.title);
  if (calendar.pay_until != Instant{}) object["pay_until"] = format_instant(calendar.pay_until);
  if (calendar.self_reports != Period{}) {
    object["self_report_from"] = format_instant(calendar.self_reports.opens);
    object["self_report_until"] = format_instant(calendar.self_reports.closes);
  } else {
    object["self_report_until"] = nullptr;
  }
  for (const CalendarEntry& entry : calendar.entries) {
    json line{{"from", format_instant(entry.from)}};
    put(line, "what", entry.what);
    if (entry.until) line["until"] = format_instant(*entry.until);
    object["entries"].push_back(std::move(line));
  }
  return object;
}

json as_json(const Eligibility& rule) {
  json object{{"age_on", format_date(rule.age_on)}};
  if (rule.least_age) object["least_age"] = *rule.least_age;
  if (rule.most_age) object["most_age"] = *rule.most_age;
  if (rule.residence != ResidenceRule::none) {
    object["residence"] = spell(rule.residence);
    put(object, "residence_area", rule.residence_area);
    object["residence_on"] = format_date(rule.residence_on);
  }
  for (const Licence& licence : rule.licences) {
    json line{{"code", licence.code}};
    put(line, "name", licence.name);
    object["licences"].push_back(std::move(line));
  }
  return object;
}

json as_json(const NoticeUnit& unit) {
  json object{{"unit_code", unit.unit.code.text()},
              {"series_ko", unit.unit.series_ko},
              {"series_en", unit.unit.series_en},
              {"quota_group", spell(unit.unit.quota_group)},
              {"grade", unit.unit.grade},
              {"posts", unit.unit.posts},
              {"duration_min", unit.unit.duration_min},
              {"subject_set", unit.unit.subject_set},
              {"calendar", unit.calendar},
              {"fee_won", unit.fee},
              {"electives_to_choose", unit.electives_to_choose},
              {"eligibility", as_json(unit.eligibility)}};
  if (unit.unit.starts_at) object["starts_at"] = format_time_of_day(*unit.unit.starts_at);
  if (unit.unit.seated_by) object["seated_by"] = format_time_of_day(*unit.unit.seated_by);
  put(object, "appointing_body", unit.appointing_body);
  for (const Text& subject : unit.subjects) {
    json line = json::object();
    put(line, "name", subject);
    object["subjects"].push_back(std::move(line));
  }
  for (const Elective& elective : unit.electives) {
    json line{{"code", elective.code}};
    put(line, "name", elective.name);
    object["electives"].push_back(std::move(line));
  }
  if (unit.last_year)
    object["last_year"] = {{"posts", unit.last_year->posts}, {"applications", unit.last_year->applications}};
  return object;
}

}  // namespace

std::string render_recruitment(const Recruitment& recruitment) {
  const ExamHeader& header = recruitment.header;
  json root{{"code", header.code.text()},
            {"name_ko", header.name_ko},
            {"name_en", header.name_en},
            {"exam_on", format_date(header.exam_on)},
            {"time_zone", header.time_zone},
            {"applicant_number",
             {{"prefix", spell(header.applicant_number.prefix)},
              {"digits", header.applicant_number.digits},
              {"check_digit", header.applicant_number.check_digit}}},
            {"kind", spell(recruitment.kind)}};
  put(root, "help", recruitment.help);
  if (recruitment.counts_shown_from) root["counts_shown_from"] = format_instant(*recruitment.counts_shown_from);
  for (const Calendar& calendar : recruitment.calendars) root["calendars"].push_back(as_json(calendar));
  for (const NoticeUnit& unit : recruitment.units) root["units"].push_back(as_json(unit));
  for (const Area& area : recruitment.areas) {
    json line{{"code", area.code}, {"district_code", area.district.text()}, {"lat", area.at.lat}, {"lon", area.at.lon}};
    put(line, "name", area.name);
    root["areas"].push_back(std::move(line));
  }
  if (!recruitment.accommodations.empty())
    root["accommodation_kinds"] = accommodation_kinds_as_json(recruitment.accommodations);
  return root.dump(1) + "\n";
}

}  // namespace hanjari::package
