#include "venues/pages/offers_api.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/plans/exams.h"
#include "hanjari/venues/venue_adoption.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;
using services::DistrictCount;
using services::VenueOffer;
using services::VenueRequest;

constexpr std::size_t most_wishes_sent = 300;

ordered rule_json(const services::SeatRule& rule) {
  return {{"min_gap_cm", rule.min_gap_cm}, {"people_cap", rule.people_cap ? ordered(*rule.people_cap) : ordered(nullptr)}};
}

ordered count_json(const DistrictCount& count) {
  return {{"district", count.district.text()},
          {"wanted", count.wanted},
          {"offers", count.offers},
          {"offered_seats", count.offered_seats},
          {"confirmed_seats", count.confirmed_seats},
          {"accepted_seats", count.accepted_seats},
          {"missing_seats", count.missing()},
          {"answered", count.answered}};
}

// Of a coordinator's district only what is its own.
ordered request_json(const Call& call, const VenueRequest& request, const std::vector<VenueOffer>& offers) {
  ordered answer{{"exam", request.exam.text()},
                 {"version", request.version},
                 {"rule", rule_json(request.rule)},
                 {"due_at", format_instant(request.due_at)},
                 {"note", request.note},
                 {"districts", ordered::array()}};
  const bool city = call.actor().role == services::Role::exam_officer;
  if (city) {
    answer["city_email"] = request.city_email;
    answer["unknown_districts"] = ordered::array();
    for (const DistrictCode& code : services::list_unknown_districts(request)) answer["unknown_districts"].push_back(code.text());
  }
  for (const DistrictCount& count : services::count_districts(request, offers)) {
    if (city || count.district == call.actor().district) answer["districts"].push_back(count_json(count));
  }
  return answer;
}

ordered room_json(const Room& room) {
  return {{"room_no", room.room_no},
          {"building", room.building},
          {"floor", room.floor},
          {"row_count", room.row_count},
          {"column_count", room.column_count},
          {"row_pitch_cm", room.row_pitch_cm},
          {"column_pitch_cm", room.column_pitch_cm},
          {"blocked", spell_desks(room.blocked)},
          {"people_cap", room.people_cap ? ordered(*room.people_cap) : ordered(nullptr)},
          {"accessible", room.accessible},
          {"use", spell(room.use)}};
}

services::SchoolLinks links_of(const Call& call, const OffersCall& of) {
  return services::read_school_links(of.offers, of.exam, of.words, call.site.now());
}

// Until when the school's link is good, or was; null where it was asked nothing.
ordered link_until_json(const VenueOffer& offer, const services::ExamWords& words) {
  if (offer.state != services::OfferState::proposed) return nullptr;
  return format_instant(services::end_of_link(offer.changed_at, words));
}

ordered offer_json(const VenueOffer& offer, const services::SeatRule& rule, const services::SchoolLinks& links) {
  return {{"venue_code", offer.code.text()},
          {"district", offer.district.text()},
          {"name", offer.name},
          {"state", services::spell(offer.state)},
          {"version", offer.version},
          {"rooms", offer.rooms.size()},
          {"seats", services::count_seats(offer.rooms, rule).seats},
          {"changed_by", offer.author},
          {"changed_at", format_instant(offer.changed_at)},
          {"link_until", link_until_json(offer, links.exam)},
          {"link_is_over", links.is_over(offer)}};
}

ordered whole_offer_json(const VenueOffer& offer, const services::SeatRule& rule, const services::SchoolLinks& links) {
  ordered answer = offer_json(offer, rule, links);
  answer["address"] = offer.address;
  answer["lat"] = offer.at.lat;
  answer["lon"] = offer.at.lon;
  answer["kind"] = spell(offer.kind);
  answer["phone"] = offer.phone;
  answer["access_note"] = offer.access_note;
  answer["opens_at"] = offer.opens_at ? ordered(format_time_of_day(*offer.opens_at)) : ordered(nullptr);
  answer["closes_at"] = offer.closes_at ? ordered(format_time_of_day(*offer.closes_at)) : ordered(nullptr);
  answer["note"] = offer.note;
  answer["told"] = offer.told;
  answer["contact_name"] = offer.contact.name;
  answer["contact_email"] = offer.contact.email;
  answer["contact_phone"] = offer.contact.phone;
  answer["rooms"] = ordered::array();
  for (const Room& room : offer.rooms) {
    ordered row = room_json(room);
    try {
      const services::RoomSeats seats = services::count_seats(room, rule);
      row["seats"] = seats.people;
      row["limit"] = services::spell(seats.limit);
    } catch (const InvalidInput&) {
      row["seats"] = nullptr;  // too large to be counted at this distance
    }
    answer["rooms"].push_back(std::move(row));
  }
  return answer;
}

// A number that no rule allows for what is beyond an int: the use case says what is wrong with it.
int bounded_count(std::int64_t number) {
  return static_cast<int>(std::min<std::int64_t>(number, 1'000'000'000));
}

// What is not sent stays as `known` has it, where there is a request already.
VenueRequest request_in(const json& body, const OffersCall& of) {
  const std::optional<VenueRequest> known = of.offers.find_request(of.exam);
  VenueRequest wanted = known.value_or(VenueRequest{});
  wanted.exam = of.exam;
  wanted.version = count_in(body, "version").value_or(0);
  if (!known || body.contains("min_gap_cm"))
    wanted.rule.min_gap_cm = bounded_count(count_in(body, "min_gap_cm").value_or(0));
  if (body.contains("people_cap")) {
    wanted.rule.people_cap.reset();
    if (const auto cap = count_in(body, "people_cap")) wanted.rule.people_cap = bounded_count(*cap);
  }
  if (!known || body.contains("due_at")) wanted.due_at = due_in(text_in(body, "due_at"), of.words.zone);
  if (body.contains("note")) wanted.note = text_in(body, "note");
  if (body.contains("city_email")) wanted.city_email = text_in(body, "city_email");
  const auto wishes = body.find("districts");
  if (wishes != body.end()) wanted.districts.clear();
  const bool listed = wishes != body.end() && wishes->is_array() && wishes->size() <= most_wishes_sent;
  for (std::size_t at = 0; listed && at < wishes->size(); ++at) {
    const json& one = (*wishes)[at];
    if (!one.is_object()) {
      throw InvalidInput("bad_request", {"'districts' holds objects with district, seats and email.",
                                         "'districts' 값은 district, seats, email이 있는 객체의 목록이어야 합니다."});
    }
    require_known_members(one, {"district", "seats", "email"});
    wanted.districts.push_back({DistrictCode(text_in(one, "district")), count_in(one, "seats").value_or(-1), text_in(one, "email")});
  }
  return wanted;
}

// The keys of the fields that a page has, as a form would send them.
Values fields_in(const json& body) {
  Values fields;
  for (const char* key : {"name", "address", "phone", "access_note", "note", "contact_name", "contact_email",
                          "contact_phone", "opens_at", "closes_at", "kind"}) {
    if (body.contains(key)) fields[key] = text_in(body, key);
  }
  for (const char* key : {"lat", "lon"}) {
    const auto found = body.find(key);
    if (found == body.end()) continue;
    if (!found->is_number()) {
      throw InvalidInput("bad_request", {fmt::format("'{}' is a number of degrees.", key), fmt::format("'{}' 값은 도 단위의 숫자여야 합니다.", key)});
    }
    fields[key] = fmt::format("{:.9f}", found->get<double>());
  }
  return fields;
}

}  // namespace

Response describe_request_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const auto offers = services::list_own_offers(of.offers, call.actor(), of.exam);
  return answer_json(request_json(call, services::load_request(of.offers, of.exam), offers));
}

Response save_request_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const json body = read_json(call);
  const VenueRequest saved =
      services::save_wishes(of.offers, call.actor(), request_in(body, of), of.words, call.site.now());
  return answer_json(request_json(call, saved, of.offers.list_offers(of.exam, std::nullopt)));
}

Response list_offers_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const auto offers = services::list_own_offers(of.offers, call.actor(), of.exam);
  const VenueRequest request = services::load_request(of.offers, of.exam);
  ordered answer{{"offers", ordered::array()}};
  const services::SchoolLinks links = links_of(call, of);
  for (const VenueOffer& offer : offers) answer["offers"].push_back(offer_json(offer, request.rule, links));
  return answer_json(answer);
}

Response describe_offer_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const VenueOffer offer = open_offer_of(call, of);
  return answer_json(whole_offer_json(offer, services::load_request(of.offers, of.exam).rule, links_of(call, of)));
}

// A venue that is not there yet is made where the version is 0; the district is the coordinator's own, or named.
Response save_offer_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const VenueCode code(call.path.at("venue_code"));
  VenueOffer before;
  if (call.actor().district) before.district = *call.actor().district;
  // A code that this account may not give is refused in the same words whether there is such a venue or not.
  if (auto known = services::find_reached_offer(of.offers, call.actor(), of.exam, code)) {
    before = std::move(*known);
  } else if (!services::may_name_offer(call.actor(), code)) {
    before = services::open_offer(of.offers, call.actor(), of.exam, code);  // refuses
  }
  const json body = read_json(call);
  before.exam = of.exam;
  before.code = code;
  if (before.version == 0 && body.contains("district") && call.actor().role == services::Role::exam_officer)
    before.district = district_in(text_in(body, "district"));
  const std::int64_t version = count_in(body, "version").value_or(0);
  VenueOffer filled = read_offer_fields(fields_in(body), before);
  filled.version = version;
  if (body.contains("rooms_csv")) filled.rooms = services::read_room_list(text_in(body, "rooms_csv"), package::Encoding::utf8);
  const VenueOffer saved = services::save_own_offer(of.offers, call.actor(), std::move(filled), call.site.now());
  record_contact_shown(call, saved);  // an empty change would be a way to read it unseen
  return answer_json(whole_offer_json(saved, services::load_request(of.offers, of.exam).rule, links_of(call, of)));
}

Response step_offer_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const json body = read_json(call);
  const VenueOffer next = take_offer_step(call, of, text_in(body, "step"), count_in(body, "version").value_or(0), text_in(body, "told"));
  return answer_json(offer_json(next, services::load_request(of.offers, of.exam).rule, links_of(call, of)));
}

Response adopt_offers_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  if (call.site.exams() == nullptr || call.site.jobs() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  const json body = read_json(call);
  const services::Job job = services::order_adoption(
      of.offers, *call.site.exams(), *call.site.jobs(), call.actor(), of.exam, text_in(body, "reason"), call.site.now(),
      flag_in(body, "keep_others") ? services::OtherVenues::stay : services::OtherVenues::go);
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

Response download_accepted(const Call& call) {
  const OffersCall of = asked_of(call);
  const std::string& name = call.path.at("table");
  const std::string ending = ".csv";
  const bool asks_venues = name == "venues" + ending;
  if (!asks_venues && name != "rooms" + ending)
    throw NotFound("no_such_file", {"There are venues.csv and rooms.csv.", "venues.csv와 rooms.csv만 있습니다."});
  services::AcceptedTables tables = services::write_accepted(of.offers.list_offers(of.exam, std::nullopt), nullptr);
  Response response;
  response.type = "text/csv; charset=utf-8";
  response.body = asks_venues ? std::move(tables.venues) : std::move(tables.rooms);
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return response;
}

}  // namespace hanjari::web
