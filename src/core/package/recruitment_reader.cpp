// recruitment.json, and units.csv or units.xlsx beside it, to a Recruitment.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/domain/unit_rules.h"
#include "hanjari/package/far_points.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/package/recruitment_file.h"
#include "package/csv/characters.h"
#include "package/exam_json.h"
#include "package/exam_tables.h"
#include "package/notice_json.h"
#include "package/notices/accommodation_kinds.h"
#include "package/word_lists.h"

namespace hanjari::package {

Text read_text(JsonObject& object, const std::string& name, Presence presence) {
  const std::string ko = name + "_ko";
  const std::string en = name + "_en";
  if (presence == Presence::required || object.has(ko) || object.has(en)) {
    object.require(ko);
  }
  Text text{object.text(en).value_or(""), object.text(ko).value_or("")};
  if (text.en.empty()) text.en = text.ko;  // pages in English say what there is
  return text;
}

std::optional<Instant> read_instant(JsonObject& object, const std::string& key, const std::string& time_zone) {
  if (!object.has_value(key)) return std::nullopt;
  const auto text = object.text_or_number(key);
  if (!text) return std::nullopt;
  const auto instant = read_local_moment(*text, time_zone);
  if (!instant) {
    ValueFault fault = fault_of_moment(*text, show(*text));
    object.add_fault(key, std::move(fault.what), std::move(fault.fix));
  }
  return instant;
}

std::optional<Date> read_day(JsonObject& object, const std::string& key) {
  if (!object.has_value(key)) return std::nullopt;
  const auto text = object.text_or_number(key);
  if (!text) return std::nullopt;
  const auto day = parse_typed_date(*text);
  if (!day) {
    ValueFault fault = fault_of_date(*text, show(*text));
    object.add_fault(key, std::move(fault.what), std::move(fault.fix));
  }
  return day;
}

std::string read_code(JsonObject& object, const std::string& key) {
  object.require(key);
  const auto code = object.code(key);
  if (!code) return {};
  if (auto fault = find_file_name_fault(*code)) {
    object.add_fault(key, fault->what, fault->fix);
  } else if (code->size() > CsvReader::longest_identifier) {
    object.add_fault(key, {"the code is longer than 64 bytes", "코드가 64바이트보다 깁니다"},
                     {"shorten it", "줄이십시오"});
  }
  return *code;
}

namespace {

constexpr std::string_view residence_rules[] = {"none", "on_day", "on_day_or_three_years"};
constexpr std::string_view recruitment_kinds[] = {"scheduled", "rolling"};
constexpr std::int64_t highest_fee = 1'000'000;
constexpr std::size_t longest_unit_text = 300;  // bytes, as in units.csv

// A unit before its own values are read: what `defaults` says.
struct Defaults {
  NoticeUnit unit;
  std::map<int, Won> fee_of_grade;
  bool says_fee = false;
  bool says_duration = false;

  bool knows_fee(int grade) const { return says_fee || fee_of_grade.contains(grade); }
};

// A fee that nobody named is not "free of charge".
const Text no_fee{"no fee is given", "응시수수료가 없습니다"};
const Text give_fee{"write fee_won in the unit or in defaults; 0 where none is taken",
                    "모집단위나 defaults에 fee_won을 적으십시오. 받지 않으면 0을 적으십시오"};

// The duration parts people into rooms and ends the exam on papers, so that the one that is supposed is told.
const Text no_duration{"no duration is given; 100 minutes are supposed", "시험시간이 없어 100분으로 봅니다"};
const Text give_duration{"write duration_min, in minutes, in the unit or in defaults",
                         "모집단위나 defaults에 시험시간을 분 단위로 duration_min에 적으십시오"};

// What is not there is as in `usual`.
Period read_period(JsonObject& object, const std::string& from, const std::string& until, const std::string& time_zone,
                   const Period& usual = {}) {
  const auto opens = read_instant(object, from, time_zone);
  const auto closes = read_instant(object, until, time_zone);
  const Period period{opens.value_or(usual.opens), closes.value_or(usual.closes)};
  // What could not be read has its own fault, and what is not there another: neither is compared with the rest.
  const bool all_read = (opens || !object.has_value(from)) && (closes || !object.has_value(until));
  const bool known = period.opens != Instant{} && period.closes != Instant{};
  if (all_read && known && period.closes < period.opens) {
    object.add_fault(until, {"the window ends before it begins", "기간의 끝이 시작보다 이릅니다"},
                     {"correct one of the two moments", "두 시각 가운데 하나를 고치십시오"});
  }
  return period;
}

constexpr int report_days = 14;       // before the exam: health reports are taken from here
constexpr int report_ends = 18 * 60;  // on the day before the exam

// Given in whole or in part, or as usual; null for until: none are taken.
Period read_report_window(JsonObject& object, Date exam_on, const std::string& time_zone) {
  if (object.has("self_report_until") && !object.has_value("self_report_until")) return {};
  Period usual;
  if (exam_on != Date{}) {
    usual.opens = instant_of(Date{exam_on.days - report_days}, 0, time_zone);
    usual.closes = instant_of(Date{exam_on.days - 1}, report_ends, time_zone);
  }
  return read_period(object, "self_report_from", "self_report_until", time_zone, usual);
}

Calendar read_calendar(JsonObject& object, const std::string& time_zone) {
  Calendar calendar;
  calendar.name = read_code(object, "name");
  calendar.title = read_text(object, "title", Presence::optional);
  object.require("exam_on");
  calendar.exam_on = read_day(object, "exam_on").value_or(Date{});
  object.require("apply_from");
  object.require("apply_until");
  calendar.applications = read_period(object, "apply_from", "apply_until", time_zone);
  calendar.pay_until = read_instant(object, "pay_until", time_zone).value_or(Instant{});
  if (calendar.pay_until != Instant{} && calendar.pay_until < calendar.applications.closes) {
    object.add_fault("pay_until", {"paying would end before applying ends", "결제 기한이 접수 마감보다 이릅니다"},
                     {"give a moment at or after apply_until", "apply_until 이후의 시각을 적으십시오"});
  }
  calendar.cancel_until = read_instant(object, "cancel_until", time_zone).value_or(calendar.payment_closes());
  if (calendar.cancel_until < calendar.applications.closes) {
    object.add_fault("cancel_until",
                     {"cancelling would end before applying ends", "취소 기한이 접수 마감보다 이릅니다"},
                     {"give a moment at or after apply_until", "apply_until 이후의 시각을 적으십시오"});
  } else if (calendar.cancel_until < calendar.pay_until) {
    object.add_fault("pay_until", {"paying would end after cancelling ends", "결제 기한이 취소 기한보다 늦습니다"},
                     {"give a moment at or before cancel_until", "cancel_until 이전의 시각을 적으십시오"});
  }
  calendar.self_reports = read_report_window(object, calendar.exam_on, time_zone);
  for (JsonObject& entry : object.objects("entries")) {
    CalendarEntry read;
    read.what = read_text(entry, "what", Presence::required);
    entry.require("from");
    read.from = read_instant(entry, "from", time_zone).value_or(Instant{});
    read.until = read_instant(entry, "until", time_zone);
    entry.warn_of_unknown_keys();
    calendar.entries.push_back(std::move(read));
  }
  object.warn_of_unknown_keys();
  return calendar;
}

void read_eligibility(JsonObject& object, Eligibility& rule, Date exam_on) {
  if (const auto age = object.integer_or_null("least_age", 0, 150)) rule.least_age = static_cast<int>(*age);
  if (const auto age = object.integer_or_null("most_age", 0, 150)) rule.most_age = static_cast<int>(*age);
  if (rule.age_on == Date{}) rule.age_on = exam_on;
  if (const auto day = read_day(object, "age_on")) rule.age_on = *day;
  if (const auto at = object.word("residence", residence_rules)) rule.residence = static_cast<ResidenceRule>(*at);
  if (object.has("residence_area_ko")) rule.residence_area = read_text(object, "residence_area", Presence::required);
  if (const auto day = read_day(object, "residence_on")) rule.residence_on = *day;
  if (rule.residence != ResidenceRule::none && (rule.residence_area.ko.empty() || rule.residence_on == Date{})) {
    object.add_fault("residence", {"the rule names no area or no day", "거주 요건에 지역이나 기준일이 없습니다"},
                     {"add residence_area_ko, residence_area_en and residence_on",
                      "residence_area_ko, residence_area_en, residence_on을 더하십시오"});
  }
  if (object.has("licences")) rule.licences.clear();
  for (JsonObject& licence : object.objects("licences")) {
    std::string code = read_code(licence, "code");
    rule.licences.push_back({std::move(code), read_text(licence, "name", Presence::required)});
    licence.warn_of_unknown_keys();
  }
  object.warn_of_unknown_keys();
}

// How long the longest choice of electives is, its codes joined.
std::size_t joined_length(const NoticeUnit& unit) {
  std::vector<std::size_t> lengths;
  for (const auto& elective : unit.electives) lengths.push_back(elective.code.size() + 1);
  std::sort(lengths.rbegin(), lengths.rend());
  lengths.resize(std::min(lengths.size(), static_cast<std::size_t>(std::max(0, unit.electives_to_choose))));
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
}

// What a unit says beside the contract's columns.
void read_terms(JsonObject& object, NoticeUnit& unit, Date exam_on) {
  if (object.has("appointing_body_ko")) unit.appointing_body = read_text(object, "appointing_body", Presence::required);
  if (const auto calendar = object.code("calendar")) unit.calendar = *calendar;
  if (const auto fee = object.integer("fee_won", 0, highest_fee)) unit.fee = *fee;
  if (object.has("subjects")) unit.subjects.clear();
  for (JsonObject& subject : object.objects("subjects")) {
    unit.subjects.push_back(read_text(subject, "name", Presence::required));
    subject.warn_of_unknown_keys();
  }
  if (object.has("electives")) unit.electives.clear();
  for (JsonObject& elective : object.objects("electives")) {
    std::string code = read_code(elective, "code");
    unit.electives.push_back({std::move(code), read_text(elective, "name", Presence::required)});
    elective.warn_of_unknown_keys();
  }
  if (const auto count = object.integer("electives_to_choose", 0, 20))
    unit.electives_to_choose = static_cast<int>(*count);
  if (joined_length(unit) > longest_electives) {
    object.add_fault("electives",
                     {fmt::format("the codes of {} subjects together may be longer than {} bytes",
                                  unit.electives_to_choose, longest_electives),
                      fmt::format("선택과목 {}개의 코드를 이으면 {}바이트를 넘을 수 있습니다", unit.electives_to_choose,
                                  longest_electives)},
                     {"use shorter codes", "코드를 짧게 하십시오"});
  }
  JsonObject eligibility = object.object("eligibility");
  read_eligibility(eligibility, unit.eligibility, exam_on);
  if (object.has_value("last_year")) {
    JsonObject last = object.object("last_year");
    LastYear year;
    year.posts = static_cast<int>(last.integer("posts", 0, 1'000'000).value_or(0));
    year.applications = last.integer("applications", 0, 100'000'000).value_or(0);
    last.warn_of_unknown_keys();
    unit.last_year = year;
  }
}

// A time that the unit does not name is that of `defaults`; null says that there is none.
std::optional<int> read_time_of_day(JsonObject& object, const std::string& key, std::optional<int> otherwise) {
  if (!object.has(key)) return otherwise;
  if (!object.has_value(key)) return std::nullopt;
  const auto typed = object.text_or_number(key);
  if (!typed || typed->empty()) return std::nullopt;
  const auto minutes = parse_time_of_day(*typed);
  if (!minutes) {
    ValueFault fault = fault_of_time(*typed, show(*typed));
    object.add_fault(key, std::move(fault.what), std::move(fault.fix));
  }
  return minutes;
}

Won default_fee(const Defaults& defaults, int grade) {
  const auto found = defaults.fee_of_grade.find(grade);
  return found == defaults.fee_of_grade.end() ? defaults.unit.fee : found->second;
}

NoticeUnit read_unit(JsonObject& object, const Defaults& defaults, Date exam_on) {
  NoticeUnit unit = defaults.unit;
  unit.unit.code = UnitCode(read_code(object, "unit_code"));
  const Text series = read_text(object, "series", Presence::required);
  unit.unit.series_ko = series.ko;
  unit.unit.series_en = series.en;
  if (const auto at = object.word("quota_group", word_lists::quota_group))
    unit.unit.quota_group = *parse_word<QuotaGroup>(word_lists::quota_group[*at]);
  object.require("grade");
  object.require("posts");
  unit.unit.grade = static_cast<int>(object.integer("grade", 1, 9).value_or(9));
  unit.unit.posts = static_cast<int>(object.integer("posts", 0, 1'000'000).value_or(0));
  unit.unit.duration_min = static_cast<int>(object.integer("duration_min", 1, 1'440).value_or(unit.unit.duration_min));
  if (!object.has("duration_min") && !defaults.says_duration)
    object.add_warning("duration_min", no_duration, give_duration);
  unit.unit.subject_set = object.text("subject_set").value_or("");
  unit.unit.starts_at = read_time_of_day(object, "starts_at", defaults.unit.unit.starts_at);
  unit.unit.seated_by = read_time_of_day(object, "seated_by", defaults.unit.unit.seated_by);
  if (auto fault = find_seating_fault(unit.unit))
    object.add_fault("seated_by", std::move(fault->what), std::move(fault->fix));
  // What a package of this exam would be refused for is refused now, while it can be corrected.
  const std::pair<const char*, const std::string*> texts[] = {
      {"series_ko", &series.ko}, {"series_en", &series.en}, {"subject_set", &unit.unit.subject_set}};
  for (const auto& [key, text] : texts) {
    if (text == &series.en && series.en == series.ko) continue;  // said of the Korean one
    if (auto fault = find_text_fault(*text, longest_unit_text))
      object.add_fault(key, std::move(fault->what), std::move(fault->fix));
  }
  unit.fee = default_fee(defaults, unit.unit.grade);
  if (!object.has("fee_won") && !defaults.knows_fee(unit.unit.grade)) object.add_fault("fee_won", no_fee, give_fee);
  read_terms(object, unit, exam_on);
  object.warn_of_unknown_keys();
  return unit;
}

Defaults read_defaults(JsonObject object, Date exam_on) {
  Defaults defaults;
  for (int grade = 1; grade <= 9; ++grade) {
    if (const auto fee = object.integer(fmt::format("fee_won_grade_{}", grade), 0, highest_fee))
      defaults.fee_of_grade[grade] = *fee;
  }
  defaults.says_fee = object.has("fee_won");
  defaults.says_duration = object.has("duration_min");
  if (const auto minutes = object.integer("duration_min", 1, 1'440))
    defaults.unit.unit.duration_min = static_cast<int>(*minutes);
  defaults.unit.unit.starts_at = read_time_of_day(object, "starts_at", {});
  defaults.unit.unit.seated_by = read_time_of_day(object, "seated_by", {});
  read_terms(object, defaults.unit, exam_on);
  object.warn_of_unknown_keys();
  return defaults;
}

// One by one while they are few, else once with their number.
void refuse_swapped_areas(std::vector<JsonObject>& objects, const std::vector<Area>& areas, const std::vector<std::size_t>& swapped) {
  const bool many = swapped.size() > RepeatedFaults::most_told;
  for (std::size_t told = 0; told < (many ? std::size_t{1} : swapped.size()); ++told) {
    const Point at = areas[swapped[told]].at;
    Text what{fmt::format("'{}' and '{}' look swapped", at.lat, at.lon),
              in_korean("'{}'[과/와] '{}'[이/가] 서로 바뀐 것 같습니다", at.lat, at.lon)};
    if (many) what = {fmt::format("{} areas: {}", swapped.size(), what.en), fmt::format("지역 {}곳: {}", swapped.size(), what.ko)};
    objects[swapped[told]].add_fault("lat", std::move(what), advice_on_degrees());
  }
}

void read_areas(JsonObject& root, Recruitment& recruitment) {
  std::vector<std::size_t> swapped;
  std::vector<Point> points;  // of swapped ones as they are meant
  std::vector<JsonObject> objects = root.objects("areas");
  for (JsonObject& object : objects) {
    Area area;
    area.code = read_code(object, "code");
    area.name = read_text(object, "name", Presence::required);
    if (const auto district = object.text("district_code"); district && !district->empty()) {
      const TypedDistrict typed = read_typed_district(*district);
      const std::string& code = typed.name_alone && typed.candidates.empty() ? typed.code : *district;
      if (auto fault = find_identifier_fault(code))
        object.add_fault("district_code", std::move(fault->what), std::move(fault->fix));
      area.district = DistrictCode(code);
    }
    object.require("lat");
    object.require("lon");
    area.at = {object.number("lat").value_or(0), object.number("lon").value_or(0)};
    if (auto no_place = find_place_fault(area.at); no_place && object.has("lat") && object.has("lon"))
      object.add_fault("lat", std::move(*no_place), {"give the coordinates of the area", "그 지역의 좌표를 적으십시오"});
    points.push_back(area.at);
    if (std::abs(area.at.lat) > 90 && std::abs(area.at.lat) <= 180 && std::abs(area.at.lon) <= 90) {
      swapped.push_back(recruitment.areas.size());
      points.back() = {area.at.lon, area.at.lat};
    } else if (area.at.lat < -90 || area.at.lat > 90 || area.at.lon < -180 || area.at.lon > 180) {
      object.add_fault(
          "lat", {"this is no place on the earth", "지구 위의 위치가 아닙니다"},
          {"give degrees: lat -90 to 90, lon -180 to 180", "위도 -90~90, 경도 -180~180의 도로 적으십시오"});
    }
    object.warn_of_unknown_keys();
    recruitment.areas.push_back(std::move(area));
  }
  const auto far = FarPoints::among(points);
  for (std::size_t at = 0; far && at < objects.size(); ++at) {
    auto found = far->find(points[at]);
    if (!found) continue;
    if (found->swapped) {
      swapped.push_back(at);
    } else {
      objects[at].add_warning("lat", std::move(found->what), std::move(found->fix));
    }
  }
  std::sort(swapped.begin(), swapped.end());
  refuse_swapped_areas(objects, recruitment.areas, swapped);
}

template <class Things, class Key>
void refuse_twice(JsonFile& file, const std::string& list, Things& things, Key key) {
  std::sort(things.begin(), things.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (std::size_t at = 1; at < things.size(); ++at) {
    if (key(things[at - 1]) != key(things[at])) continue;
    file.add_fault(list,
                   {fmt::format("{} is given twice", show(key(things[at]))),
                    in_korean("{}[이/가] 두 번 있습니다", show(key(things[at])))},
                   {"give each its own code", "서로 다른 코드를 주십시오"});
  }
}

void judge_calendars(JsonFile& file, const Recruitment& recruitment) {
  if (recruitment.calendars.empty() && file.readable()) {
    file.add_fault("calendars", {"there is no calendar", "일정이 없습니다"}, {"add one", "하나를 더하십시오"});
  }
  for (const NoticeUnit& unit : recruitment.units) {
    if (recruitment.find_calendar(unit.calendar) != nullptr) continue;
    file.add_fault(
        "units",
        {fmt::format("unit {} follows the calendar {}, which is not there", show(unit.unit.code.text()),
                     show(unit.calendar)),
         in_korean("모집단위 {}의 일정 {}[이/가] 없습니다", show(unit.unit.code.text()), show(unit.calendar))},
        {"name one of the calendars", "calendars에 있는 이름을 적으십시오"});
  }
}

// A unit of units.csv whose one time is its own and the other that of `defaults`.
void judge_added_times(JsonFile& file, const Unit& unit) {
  const auto fault = find_seating_fault(unit);
  if (!fault) return;
  file.add_fault("defaults",
                 {fmt::format("seated_by of unit {} of units.csv: {}", show(unit.code.text()), fault->what.en),
                  fmt::format("units.csv의 모집단위 {}의 seated_by: {}", show(unit.code.text()), fault->what.ko)},
                 {"give the unit both times in units.csv, or correct defaults",
                  "units.csv에 두 시각을 모두 적거나 defaults를 고치십시오"});
}

Recruitment read_recruitment(JsonFile& file, const std::vector<Unit>& more_units) {
  Recruitment recruitment;
  JsonObject root(file, file.root());
  recruitment.header = read_header_of(root);
  if (const auto at = root.word("kind", recruitment_kinds)) recruitment.kind = static_cast<RecruitmentKind>(*at);
  recruitment.help = read_text(root, "help", Presence::optional);
  recruitment.counts_shown_from = read_instant(root, "counts_shown_from", recruitment.header.time_zone);
  for (JsonObject& calendar : root.objects("calendars"))
    recruitment.calendars.push_back(read_calendar(calendar, recruitment.header.time_zone));
  const Date exam_on = recruitment.header.exam_on;
  Defaults defaults = read_defaults(root.object("defaults"), exam_on);
  if (defaults.unit.calendar.empty() && !recruitment.calendars.empty())
    defaults.unit.calendar = recruitment.calendars.front().name;
  for (JsonObject& unit : root.objects("units")) recruitment.units.push_back(read_unit(unit, defaults, exam_on));
  for (const Unit& unit : more_units) {
    NoticeUnit added = defaults.unit;
    added.unit = unit;
    if (!unit.starts_at) added.unit.starts_at = defaults.unit.unit.starts_at;
    if (!unit.seated_by) added.unit.seated_by = defaults.unit.unit.seated_by;
    added.fee = default_fee(defaults, unit.grade);
    judge_added_times(file, added.unit);
    recruitment.units.push_back(std::move(added));
    if (!defaults.knows_fee(unit.grade)) {
      file.add_fault("defaults",
                     {fmt::format("no fee is given for unit {} of units.csv", show(unit.code.text())),
                      fmt::format("units.csv의 모집단위 {}에 응시수수료가 없습니다", show(unit.code.text()))},
                     {"write fee_won or fee_won_grade_N in defaults; 0 where none is taken",
                      "defaults에 fee_won이나 fee_won_grade_N을 적으십시오. 받지 않으면 0을 적으십시오"});
    }
  }
  read_areas(root, recruitment);
  recruitment.accommodations = read_accommodation_kinds(root);
  root.warn_of_unknown_keys();
  judge_calendars(file, recruitment);
  refuse_twice(file, "units", recruitment.units, [](const NoticeUnit& u) { return u.unit.code.text(); });
  refuse_twice(file, "areas", recruitment.areas, [](const Area& area) { return area.code; });
  if (recruitment.units.empty() && file.readable()) {
    file.add_fault("units", {"there is no unit", "모집단위가 없습니다"}, {"add one", "하나를 더하십시오"});
  }
  return recruitment;
}

}  // namespace

Recruitment load_recruitment(const std::filesystem::path& path, std::vector<Fault>& warnings) {
  Faults faults;
  JsonFile file(path, Encoding::utf8, faults, warnings);
  const std::vector<Unit> units = load_units(path.parent_path(), faults, warnings);
  Recruitment recruitment = read_recruitment(file, units);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return recruitment;
}

Recruitment parse_recruitment(std::string_view text, const std::string& name, std::vector<Fault>& warnings) {
  Faults faults;
  JsonFile file(name, std::string(text), faults, warnings);
  Recruitment recruitment = read_recruitment(file, {});
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return recruitment;
}

}  // namespace hanjari::package
