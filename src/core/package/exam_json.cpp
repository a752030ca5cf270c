#include "package/exam_json.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/domain/spelling.h"
#include "package/csv/characters.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

constexpr std::int64_t highest_weight = 1'000'000'000;

// Sets `target` to what was read, if it was read.
template <class Target, class Value>
void set(Target& target, const std::optional<Value>& value) {
  if (value) target = static_cast<Target>(*value);
}
template <class Target, class Value>
void set(std::optional<Target>& target, const std::optional<Value>& value) {
  if (value) target = static_cast<Target>(*value);
}

template <class T>
void set_word(T& target, JsonObject& object, const std::string& key, std::span<const std::string_view> words) {
  if (const auto at = object.word(key, words)) target = *parse_word<T>(words[*at]);
}

std::string read_name(JsonObject& root, const std::string& key, Presence presence) {
  if (presence == Presence::required) root.require(key);
  const auto name = root.text(key);
  if (!name) return {};
  const bool is_blank = is_blank_text(*name);
  if (is_blank && presence == Presence::optional) return {};
  if (is_blank || name->size() > 300) {
    root.add_fault(
        key, {fmt::format("the name has {} bytes", name->size()), fmt::format("이름이 {}바이트입니다", name->size())},
        {"give a name of 1 to 300 bytes", "1에서 300바이트의 이름을 적으십시오"});
  }
  return *name;
}

std::string canonical(const nlohmann::json& object) {
  return object.dump(2) + "\n";  // nlohmann::json keeps keys sorted
}

}  // namespace

ExamHeader read_header(JsonFile& file) {
  JsonObject root(file, file.root());
  ExamHeader header = read_header_of(root);
  root.warn_of_unknown_keys();
  return header;
}

ExamHeader read_header_of(JsonObject& root) {
  ExamHeader header;
  root.require("code");
  if (const auto code = root.code("code")) {
    if (auto fault = find_file_name_fault(*code)) root.add_fault("code", fault->what, fault->fix);
    header.code = ExamCode(*code);
  }
  header.name_ko = read_name(root, "name_ko", Presence::required);
  header.name_en = read_name(root, "name_en", Presence::optional);
  if (header.name_en.empty()) header.name_en = header.name_ko;  // papers in English say what there is
  root.require("exam_on");
  if (const auto text = root.text_or_number("exam_on")) {
    const auto day = parse_typed_date(*text);
    if (day && *day >= *parse_date("1900-01-01") && *day <= *parse_date("2199-12-31")) {
      header.exam_on = *day;
    } else if (!day && day_of_serial_number(*text)) {
      ValueFault fault = fault_of_date(*text, show(*text));
      root.add_fault("exam_on", std::move(fault.what), std::move(fault.fix));
    } else {
      root.add_fault("exam_on",
                     {fmt::format("{} is not the date of an exam", show(*text)),
                      in_korean("{}[은/는] 시험일이 아닙니다", show(*text))},
                     {"write YYYY-MM-DD, from 1900 to 2199", "1900년에서 2199년 사이의 날을 YYYY-MM-DD로 적으십시오"});
    }
  }
  root.require("time_zone");
  if (const auto zone = root.code("time_zone")) {
    header.time_zone = *zone;
    if (!is_time_zone(*zone)) {
      root.add_fault(
          "time_zone",
          {fmt::format("{} is not a time zone", show(*zone)), in_korean("{}[은/는] 시간대가 아닙니다", show(*zone))},
          {"write an IANA name such as Asia/Seoul", "Asia/Seoul 같은 IANA 이름을 적으십시오"});
    }
  }
  JsonObject number = root.object("applicant_number");
  set_word(header.applicant_number.prefix, number, "prefix", word_lists::number_prefix);
  set(header.applicant_number.digits, number.integer("digits", 1, 12));
  set(header.applicant_number.check_digit, number.flag("check_digit"));
  number.warn_of_unknown_keys();
  return header;
}

Policy read_policy(JsonFile& file) {
  Policy policy;
  JsonObject root(file, file.root());
  set(policy.min_gap_cm, root.integer("min_gap_cm", 0, 10'000));
  set(policy.people_cap, root.integer_or_null("people_cap", 1, 10'000));
  set_word(policy.mixing, root, "mixing", word_lists::mixing);
  set_word(policy.travel, root, "travel", word_lists::travel);
  set(policy.detour_cap_m, root.integer_or_null("detour_cap_m", 0, 100'000'000));
  JsonObject weights = root.object("weights");
  set(policy.weights.travel, weights.integer("travel", 0, highest_weight));
  set(policy.weights.room, weights.integer("room", 0, highest_weight));
  set(policy.weights.unit_at_venue, weights.integer("unit_at_venue", 0, highest_weight));
  set(policy.weights.venue, weights.integer("venue", 0, highest_weight));
  weights.warn_of_unknown_keys();
  set_word(policy.seat_order, root, "seat_order", word_lists::seat_order);
  set_word(policy.seat_origin, root, "seat_origin", word_lists::seat_origin);
  set_word(policy.seat_numbers, root, "seat_numbers", word_lists::seat_numbers);
  if (const auto booklets = root.integer("booklets", 1, 4)) {
    if (*booklets == 3) {
      root.add_fault("booklets", {"3 booklet types are not known", "3가지 책형은 알 수 없습니다"},
                     {"write 1, 2 or 4", "1, 2, 4 가운데 하나를 적으십시오"});
    }
    policy.booklets = static_cast<int>(*booklets);
  }
  JsonObject reserve = root.object("reserve_rooms");
  set(policy.reserve_rooms.per_venue, reserve.integer("per_venue", 0, 10'000));
  set(policy.reserve_rooms.per_district, reserve.integer("per_district", 0, 10'000));
  reserve.warn_of_unknown_keys();
  set(policy.spare_booklets_per_room, root.integer("spare_booklets_per_room", 0, 1'000));
  JsonObject change = root.object("change_weights");
  set(policy.change_weights.venue, change.integer("venue", 0, highest_weight));
  set(policy.change_weights.room, change.integer("room", 0, highest_weight));
  set(policy.change_weights.seat, change.integer("seat", 0, highest_weight));
  change.warn_of_unknown_keys();
  set(policy.moved_farther_m, root.integer_or_null("moved_farther_m", 0, 100'000'000));
  root.warn_of_unknown_keys();
  return policy;
}

std::string write_header(const ExamHeader& header) {
  return canonical({{"code", header.code.text()},
                    {"name_ko", header.name_ko},
                    {"name_en", header.name_en},
                    {"exam_on", format_date(header.exam_on)},
                    {"time_zone", header.time_zone},
                    {"applicant_number",
                     {{"prefix", spell(header.applicant_number.prefix)},
                      {"digits", header.applicant_number.digits},
                      {"check_digit", header.applicant_number.check_digit}}}});
}

std::string write_policy(const Policy& policy) {
  using nlohmann::json;
  json written(
      {{"min_gap_cm", policy.min_gap_cm},
       {"people_cap", policy.people_cap ? json(*policy.people_cap) : json()},
       {"mixing", spell(policy.mixing)},
       {"travel", spell(policy.travel)},
       {"detour_cap_m", policy.detour_cap_m ? json(*policy.detour_cap_m) : json()},
       {"weights",
        {{"travel", policy.weights.travel},
         {"room", policy.weights.room},
         {"unit_at_venue", policy.weights.unit_at_venue},
         {"venue", policy.weights.venue}}},
       {"seat_order", spell(policy.seat_order)},
       {"seat_origin", spell(policy.seat_origin)},
       {"booklets", policy.booklets},
       {"reserve_rooms",
        {{"per_venue", policy.reserve_rooms.per_venue}, {"per_district", policy.reserve_rooms.per_district}}},
       {"spare_booklets_per_room", policy.spare_booklets_per_room},
       {"change_weights",
        {{"venue", policy.change_weights.venue},
         {"room", policy.change_weights.room},
         {"seat", policy.change_weights.seat}}}});
  // A key of the second edition stands there only where it says something, so that older digests stay.
  if (policy.seat_numbers != SeatNumbers::desks) written["seat_numbers"] = spell(policy.seat_numbers);
  if (policy.moved_farther_m) written["moved_farther_m"] = *policy.moved_farther_m;
  return canonical(written);
}

}  // namespace hanjari::package
