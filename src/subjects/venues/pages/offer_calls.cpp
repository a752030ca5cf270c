#include "venues/pages/offer_calls.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/plans/exams.h"

namespace hanjari::web {
namespace {

[[noreturn]] void throw_no_number(const std::string& typed, const Text& field) {
  throw InvalidInput("bad_request", {fmt::format("{}: '{}' is no number.", field.en, typed.substr(0, 40)),
                                     fmt::format("{}: 숫자로 적으십시오.", field.ko)});
}

// A misspelt kind is no regular one: whoever needs an isolation venue would not get it.
VenueKind venue_kind_in(const std::string& typed) {
  constexpr std::string_view kinds[] = {"regular", "isolation", "accommodation"};
  const std::size_t meant = find_meant_word(typed, kinds);
  if (meant < std::size(kinds)) return *parse_word<VenueKind>(kinds[meant]);
  throw InvalidInput("bad_request", {"The kind of a venue is regular, isolation or accommodation.",
                                     "시험장의 종류는 regular, isolation, accommodation 가운데 하나입니다."});
}

}  // namespace

OffersCall offers_of(const Call& call) {
  if (call.site.venue_offers() == nullptr)
    throw NotFound("no_venue_requests", {"This program asks for no venues.", "이 프로그램은 시험장을 요청하지 않습니다."});
  const ExamCode code(call.path.at("code"));
  OffersCall of{*call.site.venue_offers(), code, {{code.text(), code.text()}, machine_time_zone()}, std::nullopt};
  if (call.site.exams() == nullptr) return of;
  if (const auto head = call.site.exams()->find_head(code)) {
    of.words = {{head->name_en, head->name_ko}, head->time_zone};
    of.exam_on = head->exam_on;
    of.words.on = head->exam_on;
  }
  return of;
}

OffersCall asked_of(const Call& call) {
  OffersCall of = offers_of(call);
  if (!of.exam_on && !of.offers.find_request(of.exam))
    throw NotFound("exam_not_found", {"There is no such exam.", "그런 시험이 없습니다."});
  return of;
}

void record_contact_shown(const Call& call, const services::VenueOffer& offer) {
  if (offer.contact == services::SchoolContact{}) return;
  services::AuditNote note{"venue_contacts.read", fmt::format("{}/{}", offer.exam.text(), offer.code.text())};
  note.exam = offer.exam.text();
  call.site.access().record_access(services::change_of(call.actor(), "", call.site.now()), note);
}

services::VenueOffer open_offer_of(const Call& call, const OffersCall& of) {
  services::VenueOffer offer =
      services::open_offer(of.offers, call.actor(), of.exam, VenueCode(call.path.at("venue_code")));
  record_contact_shown(call, offer);
  return offer;
}

std::string address_of_offers(const Call& call, const ExamCode& exam) {
  return fmt::format("/{}/exams/{}/venue-offers", code_of(call.language), encode_percent(exam.text()));
}

std::string address_of_offer(const Call& call, const services::VenueOffer& offer) {
  return fmt::format("{}/{}", address_of_offers(call, offer.exam), encode_percent(offer.code.text()));
}

std::optional<std::int64_t> whole_number_in(const std::string& typed, const Text& field, std::string_view column) {
  if (clean_signs(typed).empty()) return std::nullopt;
  const auto number = parse_typed_integer(typed, column);
  if (!number) throw_no_number(typed, field);
  return number;
}

double degrees_in(const std::string& typed, const Text& field) {
  const std::string plain = clean_signs(typed);
  if (plain.empty()) return std::numeric_limits<double>::quiet_NaN();
  double number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number, std::chars_format::fixed);
  if (error != std::errc{} || end != plain.data() + plain.size()) throw_no_number(typed, field);
  return number;
}

std::optional<int> time_in(const std::string& typed, const Text& field) {
  if (clean_signs(typed).empty()) return std::nullopt;
  if (const auto minutes = parse_time_of_day(typed)) return minutes;
  throw InvalidInput("bad_request", {fmt::format("{}: write a time such as 08:30.", field.en),
                                     fmt::format("{}: 08:30처럼 적으십시오.", field.ko)});
}

DistrictCode district_in(const std::string& typed) {
  const TypedDistrict read = read_typed_district(typed);
  if (!read.candidates.empty()) throw InvalidInput("bad_district", tell_several_districts(read));
  return DistrictCode(read.code);
}

Instant due_in(const std::string& typed, const std::string& time_zone) {
  if (const auto due = package::read_local_moment(typed, time_zone)) return *due;
  throw InvalidInput("bad_request", {"The day by which districts answer: write 2021-05-01 18:00.",
                                     "제출 기한은 2021-05-01 18:00처럼 적으십시오."});
}

std::int64_t offer_version_in(const std::string& typed) {
  return whole_number_in(typed, {"Version", "판"}).value_or(0);
}

services::VenueOffer read_offer_fields(const Values& fields, services::VenueOffer before) {
  const auto text = [&](const char* name, std::string& target) {
    if (fields.contains(name)) target = field_of(fields, name);
  };
  if (before.code.empty()) before.code = VenueCode(clean_signs(field_of(fields, "code_of_venue")));
  text("name", before.name);
  text("address", before.address);
  text("phone", before.phone);
  text("access_note", before.access_note);
  text("note", before.note);
  text("contact_name", before.contact.name);
  text("contact_email", before.contact.email);
  text("contact_phone", before.contact.phone);
  if (fields.contains("lat")) before.at.lat = degrees_in(field_of(fields, "lat"), {"Latitude", "위도"});
  if (fields.contains("lon")) before.at.lon = degrees_in(field_of(fields, "lon"), {"Longitude", "경도"});
  if (fields.contains("opens_at")) before.opens_at = time_in(field_of(fields, "opens_at"), {"Opens", "여는 시각"});
  if (fields.contains("closes_at")) before.closes_at = time_in(field_of(fields, "closes_at"), {"Closes", "닫는 시각"});
  if (fields.contains("kind")) before.kind = venue_kind_in(field_of(fields, "kind"));
  if (fields.contains("version")) before.version = offer_version_in(field_of(fields, "version"));
  return before;
}

services::VenueOffer take_offer_step(const Call& call, const OffersCall& of, const std::string& step,
                                     std::int64_t version, const std::string& told) {
  const VenueCode code(call.path.at("venue_code"));
  const services::Actor& actor = call.actor();
  const Instant now = call.site.now();
  services::open_offer(of.offers, actor, of.exam, code);  // whose it is comes before what is wrong with the step
  if (step == "propose") {
    return services::propose_offer(of.offers, actor, of.exam, code, version, call.site.settings().portal_address, of.words,
                                   now);
  }
  if (step == "withdraw") return services::withdraw_offer(of.offers, actor, of.exam, code, version, told, now);
  if (step == "accept" || step == "ask_back") {
    const auto answer = step == "accept" ? services::CityAnswer::accept : services::CityAnswer::ask_back;
    return services::answer_offer(of.offers, actor, of.exam, code, version, answer, told, of.words, now);
  }
  throw InvalidInput("bad_request", {"The step is propose, withdraw, accept or ask_back.",
                                     "단계는 propose, withdraw, accept, ask_back 가운데 하나입니다."});
}

services::SeatRule read_rule(const Values& fields, const services::SeatRule& otherwise) {
  services::SeatRule rule = otherwise;
  constexpr std::int64_t most = 10'000;
  const auto bounded = [&](std::int64_t number) { return static_cast<int>(std::clamp<std::int64_t>(number, -1, most + 1)); };
  if (const auto gap = whole_number_in(field_of(fields, "min_gap_cm"), {"Distance", "거리"}, "min_gap_cm")) rule.min_gap_cm = bounded(*gap);
  if (const auto cap = whole_number_in(field_of(fields, "people_cap"), {"People of a room", "시험실당 인원"}, "people_cap"))
    rule.people_cap = bounded(*cap);
  return rule;
}

}  // namespace hanjari::web
