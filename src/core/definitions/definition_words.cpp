// Places and values of definitions in words, for officers who compare versions.
#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/clock.h"
#include "hanjari/definitions/definitions.h"
#include "hanjari/package/notice_tables.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

struct PlaceWord {
  std::string_view key;
  const char* en;
  const char* ko;
};

constexpr PlaceWord place_words[] = {
    {"code", "code", "코드"},
    {"name", "name", "이름"},
    {"name_ko", "Korean name", "한글 이름"},
    {"name_en", "English name", "영문 이름"},
    {"title_ko", "Korean title", "한글 제목"},
    {"title_en", "English title", "영문 제목"},
    {"help_ko", "Korean explanation", "한글 안내문"},
    {"help_en", "English explanation", "영문 안내문"},
    {"exam_on", "exam day", "시험일"},
    {"time_zone", "time zone", "시간대"},
    {"kind", "kind", "종류"},
    {"counts_shown_from", "counts shown from", "경쟁률 공개 시작"},
    {"applicant_number", "applicant numbers", "응시번호"},
    {"prefix", "beginning", "앞자리"},
    {"digits", "digits", "자릿수"},
    {"check_digit", "check digit", "검증 숫자"},
    {"apply_from", "applications from", "접수 시작"},
    {"apply_until", "applications until", "접수 마감"},
    {"cancel_until", "withdrawal until", "취소 기한"},
    {"self_report_from", "health reports from", "자진신고 시작"},
    {"self_report_until", "health reports until", "자진신고 마감"},
    {"pay_until", "payment until", "결제 기한"},
    {"entries", "further dates", "그 밖의 일정"},
    {"unit_code", "code", "코드"},
    {"series_ko", "Korean series", "직렬(한글)"},
    {"series_en", "English series", "직렬(영문)"},
    {"quota_group", "group", "구분"},
    {"grade", "grade", "급수"},
    {"posts", "posts", "선발예정인원"},
    {"duration_min", "minutes", "시험시간(분)"},
    {"subject_set", "subject set", "과목 묶음"},
    {"starts_at", "starts at", "시작 시각"},
    {"seated_by", "seated by", "입실 시각"},
    {"calendar", "calendar", "일정"},
    {"fee_won", "fee", "응시수수료"},
    {"appointing_body_ko", "Korean appointing body", "임용기관(한글)"},
    {"appointing_body_en", "English appointing body", "임용기관(영문)"},
    {"subjects", "subjects", "과목"},
    {"electives_to_choose", "electives to choose", "선택할 과목 수"},
    {"eligibility", "eligibility", "응시자격"},
    {"least_age", "least age", "최저 나이"},
    {"most_age", "most age", "최고 나이"},
    {"age_on", "age counted on", "나이 기준일"},
    {"residence", "residence", "거주 요건"},
    {"residence_area_ko", "Korean area", "거주 지역(한글)"},
    {"residence_area_en", "English area", "거주 지역(영문)"},
    {"residence_on", "residence counted on", "거주 기준일"},
    {"last_year", "last year", "전년도"},
    {"applications", "applications", "접수 인원"},
    {"district_code", "district", "행정구역"},
    {"lat", "latitude", "위도"},
    {"lon", "longitude", "경도"},
    {"#order", "order", "순서"},
    {"min_gap_cm", "least distance in cm", "최소 간격(cm)"},
    {"people_cap", "most people in a room", "시험실 최대 인원"},
    {"mixing", "units in one room", "시험실 혼합"},
    {"travel", "travel", "이동 거리"},
    {"detour_cap_m", "most detour in metres", "우회 거리 한도(m)"},
    {"weights", "weights", "가중치"},
    {"room", "room", "시험실"},
    {"venue", "venue", "시험장"},
    {"seat", "seat", "좌석"},
    {"unit_at_venue", "unit at a venue", "시험장의 모집단위"},
    {"seat_order", "order of seats", "좌석 순서"},
    {"seat_origin", "first seat", "첫 좌석"},
    {"seat_numbers", "numbers of seats", "좌석 번호"},
    {"booklets", "booklet types", "책형 수"},
    {"reserve_rooms", "reserve rooms", "예비시험실"},
    {"per_venue", "per venue", "시험장마다"},
    {"per_district", "per district", "행정구역마다"},
    {"spare_booklets_per_room", "spare booklets per room", "시험실별 예비 문제지"},
    {"change_weights", "weights of changes", "변경 가중치"},
    {"moved_farther_m", "limit of farther moves in metres", "더 멀어지는 이동 한도(m)"},
    {"set_by", "set by", "출제 기관"},
    {"setter", "responsible", "담당"},
    {"checkers", "checkers", "검토자"},
    {"state", "state", "상태"},
    {"due_on", "due on", "기한"},
    {"item", "accommodation", "편의지원"},
    {"documents_ko", "Korean words for the papers", "증빙서류 안내(한글)"},
    {"documents_en", "English words for the papers", "증빙서류 안내(영문)"},
    {"proof", "paper", "증빙서류"},
    {"adjusted", "adjusted marks", "조정점수"},
    {"scope", "over whom", "산출 범위"},
    {"sd", "deviation", "표준편차"},
    {"decimals", "decimals", "소수 자릿수"},
    {"fail_line_percent", "fail line in percent", "과락 기준(%)"},
    {"veteran_cap_percent", "cap of veterans in percent", "취업지원대상자 상한(%)"},
    {"hero_cap_percent", "cap of persons honoured for righteous acts in percent", "의사상자 상한(%)"},
    {"cap_exempt_units", "units without caps", "상한을 두지 않는 모집단위"},
    {"ties", "ties", "동점자"},
    {"cut", "at the cut", "합격선"},
    {"cap", "at a cap", "가산점 상한"},
    {"equality", "equality", "양성평등"},
    {"min_posts", "from how many posts", "적용 선발예정인원"},
    {"half_up_from", "halves up from how many posts", "반올림 적용 선발예정인원"},
    {"percent", "percent", "비율(%)"},
    {"margin_points", "margin in points per subject", "과목당 점수 폭"},
    {"exempt_units", "exempt units", "제외 모집단위"},
    {"final", "final stage", "최종합격"},
    {"excess_excellent", "too many excellent", "우수 등급 초과"},
    {"posts_from", "from how many posts", "선발예정인원 이상"},
    {"number", "number to pass", "합격 인원"},
    {"plus", "posts and as many more", "선발예정인원에 더할 인원"},
    {"version", "version", "버전"},
    {"setting", "setting", "설정"},
    {"meaning", "what it means", "뜻"},
    {"value", "value", "값"},
};

struct ListWord {
  std::string_view list;
  const char* en;
  const char* ko;
};
constexpr ListWord list_words[] = {
    {"units", "Unit", "모집단위"},     {"calendars", "Calendar", "일정"},     {"areas", "Area", "지역"},
    {"licences", "Licence", "자격증"}, {"electives", "Elective", "선택과목"}, {"exam_subjects", "Subject", "과목"},
    {"accommodation_kinds", "Accommodation", "편의지원"},
    {"pass_table", "Number to pass from posts", "합격 인원표, 선발예정인원"}};

struct ValueWord {
  std::string_view word;
  const char* en;
  const char* ko;
};
constexpr ValueWord value_words[] = {
    {"scheduled", "scheduled", "정기"},
    {"rolling", "rolling", "수시"},
    {"none", "none", "없음"},
    {"on_day", "on the day", "기준일 현재"},
    {"on_day_or_three_years", "on the day, or three years", "기준일 현재 또는 합산 3년"},
    {"general", "general", "일반"},
    {"disabled", "disabled", "장애인"},
    {"low_income", "low income", "저소득"},
    {"veterans_referral", "veterans' referral", "보훈청 추천"},
    {"high_school_leaver", "high-school leavers", "고졸"},
    {"ministry", "the ministry", "인사혁신처"},
    {"city", "the city", "자체 출제"},
    {"never", "never", "혼합 안 함"},
    {"same_series", "the same series", "같은 직렬끼리"},
    {"leftover", "leftovers only", "남은 인원만"},
    {"free", "freely", "자유롭게"},
    {"haversine", "as the crow flies", "직선거리"},
    {"table", "by the table of travel", "이동 시간표"},
    {"column_down", "columns, all from the front", "세로줄, 모두 앞에서부터"},
    {"column_serpentine", "columns, to and fro", "세로줄, 갈지자"},
    {"row_major", "rows, all from one side", "가로줄, 모두 한쪽에서부터"},
    {"row_serpentine", "rows, to and fro", "가로줄, 갈지자"},
    {"random", "drawn by lot", "추첨"},
    {"front_left", "front left", "앞 왼쪽"},
    {"front_right", "front right", "앞 오른쪽"},
    {"back_left", "back left", "뒤 왼쪽"},
    {"back_right", "back right", "뒤 오른쪽"},
    {"desks", "all desks", "모든 책상"},
    {"used", "used desks", "쓰는 책상만"},
    {"not_started", "not started", "시작 전"},
    {"drafted", "drafted", "초안"},
    {"cross_checked", "cross-checked", "교차 검토 완료"},
    {"settled", "settled", "확정"},
    {"needed", "needed", "필수"},
    {"optional", "not needed", "선택"},
};

const ListWord* find_list(std::string_view part) {
  for (const ListWord& word : list_words) {
    if (word.list == part) return &word;
  }
  return nullptr;
}

Text name_key(std::string_view key) {
  for (const PlaceWord& word : place_words) {
    if (word.key == key) return {word.en, word.ko};
  }
  return {std::string(key), std::string(key)};
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return parts;
}

Text join(const std::vector<Text>& words, std::string_view between) {
  Text joined;
  for (const Text& word : words) {
    if (!joined.en.empty()) {
      joined.en += between;
      joined.ko += between;
    }
    joined.en += word.en;
    joined.ko += word.ko;
  }
  return joined;
}

Text word_of_text(const std::string& text, const std::string& time_zone) {
  if (text.empty()) return {"nothing", "없음"};
  if (const auto at = parse_instant(text)) {
    const std::string local = package::write_local_moment(*at, time_zone);
    return {local, local};
  }
  for (const ValueWord& word : value_words) {
    if (word.word == text) return {word.en, word.ko};
  }
  return {text, text};
}

Text word_of(std::string_view key, const json& value, const std::string& time_zone);

// A row by its name, if it has one; else every value of it.
Text word_of_object(const json& object, const std::string& time_zone) {
  for (const char* name : {"series", "name", "title", "what"}) {
    const std::string ko = std::string(name) + "_ko";
    const std::string en = std::string(name) + "_en";
    if (!object.contains(ko) || !object.at(ko).is_string()) continue;
    const std::string korean = object.at(ko).get<std::string>();
    const bool in_both = object.contains(en) && object.at(en).is_string();
    Text word{in_both ? object.at(en).get<std::string>() : korean, korean};
    if (std::string_view(name) == "what" && object.contains("from")) {
      const Text from = word_of("from", object.at("from"), time_zone);
      word = {word.en + " " + from.en, word.ko + " " + from.ko};
    }
    return word;
  }
  std::vector<Text> words;
  for (const auto& [key, value] : object.items()) {
    const Text name = name_key(key);
    const Text said = word_of(key, value, time_zone);
    words.push_back({name.en + ": " + said.en, name.ko + ": " + said.ko});
  }
  return words.empty() ? Text{"nothing", "없음"} : join(words, ", ");
}

Text word_of(std::string_view key, const json& value, const std::string& time_zone) {
  if (value.is_null()) return {"nothing", "없음"};
  if (value.is_boolean()) return value.get<bool>() ? Text{"yes", "예"} : Text{"no", "아니요"};
  if (value.is_string()) return word_of_text(value.get<std::string>(), time_zone);
  if (value.is_number_integer()) {
    const std::string digits = group_digits(value.get<std::int64_t>());
    if (key == "fee_won") return {digits + " won", digits + "원"};
    return {digits, digits};
  }
  if (value.is_number()) return {value.dump(), value.dump()};
  if (value.is_object()) return word_of_object(value, time_zone);
  std::vector<Text> words;
  for (const json& one : value) words.push_back(word_of("", one, time_zone));
  return words.empty() ? Text{"nothing", "없음"} : join(words, ", ");
}

}  // namespace

Text name_place(std::string_view path) {
  const std::vector<std::string_view> parts = parts_of(path);
  std::vector<Text> words;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const ListWord* list = find_list(parts[at]);
    if (list == nullptr || at + 1 == parts.size()) {
      words.push_back(list == nullptr ? name_key(parts[at]) : Text{list->en, list->ko});
      continue;
    }
    const std::string_view row = parts[++at];
    const bool is_order = row == "#order";
    words.push_back(is_order ? Text{fmt::format("{} order", list->en), fmt::format("{} 순서", list->ko)}
                             : Text{fmt::format("{} {}", list->en, row), fmt::format("{} {}", list->ko, row)});
  }
  return join(words, ": ");
}

Text name_value(std::string_view path, const std::optional<std::string>& value, const std::string& time_zone) {
  if (!value) return {"not there", "없음"};
  const json parsed = json::parse(*value, nullptr, false);
  if (parsed.is_discarded()) return {*value, *value};
  const auto slash = path.rfind('/');
  return word_of(slash == std::string_view::npos ? path : path.substr(slash + 1), parsed, time_zone);
}

}  // namespace hanjari::services
