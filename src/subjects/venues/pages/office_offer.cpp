#include "venues/pages/office_offer.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/told_faults.h"
#include "site/pages/form_view.h"
#include "venues/pages/offer_calls.h"
#include "venues/pages/offer_files.h"
#include "venues/pages/room_files.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::OfferState;
using services::VenueOffer;
using services::VenueRequest;

std::string time_of(const std::optional<int>& minutes) {
  return minutes ? format_time_of_day(*minutes) : std::string();
}

std::string degrees_of(double degrees) {
  return degrees == 0 ? std::string() : package::spell_decimal(degrees);
}

// The fields of an offer by their names, as the form sends them.
std::vector<std::pair<const char*, std::string>> stored_fields(const VenueOffer& offer) {
  return {{"name", offer.name},
          {"address", offer.address},
          {"lat", degrees_of(offer.at.lat)},
          {"lon", degrees_of(offer.at.lon)},
          {"phone", offer.phone},
          {"opens_at", time_of(offer.opens_at)},
          {"closes_at", time_of(offer.closes_at)},
          {"access_note", offer.access_note},
          {"contact_name", offer.contact.name},
          {"contact_email", offer.contact.email},
          {"contact_phone", offer.contact.phone},
          {"note", offer.note}};
}

const char* label_of_field(const std::string& field) {
  static const std::map<std::string, const char*> labels{{"name", "offers.school"},
                                                         {"address", "offers.address"},
                                                         {"lat", "offers.lat"},
                                                         {"lon", "offers.lon"},
                                                         {"phone", "offers.phone"},
                                                         {"opens_at", "offers.opens"},
                                                         {"closes_at", "offers.closes"},
                                                         {"access_note", "offers.access"},
                                                         {"contact_name", "offers.contact_name"},
                                                         {"contact_email", "offers.contact_email"},
                                                         {"contact_phone", "offers.contact_phone"},
                                                         {"note", "offers.note"}};
  return labels.at(field);
}

FieldKind kind_of_field(const std::string& field) {
  if (field == "access_note" || field == "note") return FieldKind::lines;
  if (field == "contact_email") return FieldKind::email;
  return field == "phone" || field == "contact_phone" ? FieldKind::phone : FieldKind::line;
}

FormView form_of_offer(const Call& call, const VenueOffer& offer, const InvalidInput* refused, Lateness lateness) {
  const Pages& pages = call.site.pages();
  const bool again = refused != nullptr && call.form.contains("name");
  FormView form;
  for (const auto& [name, value] : stored_fields(offer)) {
    Field field;
    field.kind = kind_of_field(name);
    field.id = name;
    field.label = pages.text(call.language, label_of_field(name));
    field.value = again && call.form.contains(name) ? field_of(call.form, name) : value;
    // Whoever sends the form again puts the own words in place of these.
    if (lateness == Lateness::late && field.value != value)
      field.hint = pages.text(call.language, "offers.stored_now", {{"value", value.empty() ? std::string("–") : value}});
    field.presence = std::string_view(name) == "name" ? Presence::needed : Presence::optional;
    field.longest = field.kind == FieldKind::lines ? 1000 : 200;
    form.add(std::move(field));
  }
  Field kind;
  kind.kind = FieldKind::list;
  kind.id = "kind";
  kind.label = pages.text(call.language, "offers.kind");
  const std::string chosen = again ? field_of(call.form, "kind") : std::string(spell(offer.kind));
  for (const auto& [word, message] : {std::pair{"regular", "offers.kind_regular"}, std::pair{"isolation", "offers.kind_isolation"},
                                      std::pair{"accommodation", "offers.kind_accommodation"}})
    kind.choices.push_back({word, pages.text(call.language, message), {}, chosen == word});
  form.add(std::move(kind));
  if (refused == nullptr) return form;
  for (const Fault& fault : refused->faults().kept()) {
    // Faults of a file say where they stand in it; those of fields stand at their field.
    if (fault.file.empty()) form.add_fault(fault.column, fault.what.in(call.language));
    if (!fault.file.empty()) form.add_fault("", package::tell_of_sent_file(fault, name_of_sent_rooms(call), call.language).format(call.language));
  }
  if (!form.any_fault()) form.add_fault("", refused->message().in(call.language));
  return form;
}

// What the rule gives, or why it cannot be said.
json describe_room(const Call& call, const VenueOffer& offer, const Room& room, const services::SeatRule& rule) {
  json row{{"number", std::to_string(room.room_no)},
           {"building", room.building},
           {"floor", room.floor},
           {"size", fmt::format("{} × {}", room.row_count, room.column_count)},
           {"pitch", fmt::format("{} × {}", room.row_pitch_cm, room.column_pitch_cm)},
           {"blocked", group_digits(static_cast<long long>(room.blocked.size()))},
           {"accessible", room.accessible},
           {"address", fmt::format("{}/rooms/{}", address_of_offer(call, offer), room.room_no)}};
  try {
    const services::RoomSeats seats = services::count_seats(room, rule);
    row["seats"] = group_digits(seats.people);
    row["limit"] = services::name_of(seats.limit).in(call.language);
  } catch (const InvalidInput& refused) {
    row["seats"] = "–";
    row["limit"] = refused.message().in(call.language);
  }
  return row;
}

// Seats of each floor, in the order of the rooms.
json describe_floors(const VenueOffer& offer, const services::SeatRule& rule) {
  std::vector<std::pair<std::string, std::vector<Room>>> floors;
  for (const Room& room : offer.rooms) {
    const std::string name = room.building.empty() ? room.floor : fmt::format("{} {}", room.building, room.floor);
    auto found = std::find_if(floors.begin(), floors.end(), [&](const auto& floor) { return floor.first == name; });
    if (found == floors.end()) found = floors.insert(floors.end(), {name, {}});
    found->second.push_back(room);
  }
  json rows = json::array();
  for (const auto& [name, rooms] : floors) {
    const services::OfferSeats seats = services::count_seats(rooms, rule);
    rows.push_back({{"name", name.empty() ? std::string("–") : name},
                    {"rooms", group_digits(seats.rooms)},
                    {"seats", group_digits(seats.seats)}});
  }
  return rows;
}

json describe_steps(const Call& call, const OffersCall& of, const VenueOffer& offer) {
  json rows = json::array();
  for (const services::OfferStep& step : of.offers.list_steps(offer.id)) {
    json row{{"state", services::name_of(step.state).in(call.language)},
             {"seats", group_digits(step.seats)},
             {"author", step.author},
             {"at", write_moment(step.at, of.words.zone)}};
    // What is not set would be looked for in the page around the row.
    row["told"] = step.told.empty() ? json(false) : json{{"words", step.told}};
    rows.push_back(std::move(row));
  }
  return rows;
}

void describe_next(const Call& call, const OffersCall& of, const VenueOffer& offer, json& data) {
  const bool city = call.actor().role == services::Role::exam_officer;
  const OfferState state = offer.state;
  data["may_propose"] = state != OfferState::confirmed && state != OfferState::accepted;
  data["again"] = state == OfferState::proposed;
  data["link"] = json(false);
  if (state == OfferState::proposed) {
    const Instant until = services::end_of_link(offer.changed_at, of.words);
    const bool is_over = services::read_school_links(of.offers, of.exam, of.words, call.site.now()).is_over(offer);
    const Pages& pages = call.site.pages();
    data["link"] = {{"words", is_over ? pages.text(call.language, "offers.link_over")
                                      : pages.text(call.language, "offers.link_until", {{"at", write_deadline(until, of.words.zone, call.language)}})}};
  }
  data["may_withdraw"] = state != OfferState::withdrawn;
  data["may_accept"] = city && state == OfferState::confirmed;
  data["may_ask_back"] =
      city && (state == OfferState::proposed || state == OfferState::confirmed || state == OfferState::accepted);
  data["school_told"] = state == OfferState::accepted && !offer.contact.email.empty();
  data["agreed"] = state == OfferState::confirmed || state == OfferState::accepted;
}

// `marked`: where the workbook that was refused is to be had with its wrong cells marked; may be empty.
Response show_offer_page(const Call& call, const InvalidInput* refused, const std::string& marked = {},
                         Lateness lateness = Lateness::in_time) {
  const Pages& pages = call.site.pages();
  const OffersCall of = offers_of(call);
  const VenueOffer offer = open_offer_of(call, of);
  const VenueRequest request = services::load_request(of.offers, of.exam);
  const services::OfferSeats seats = services::count_seats(offer.rooms, request.rule);
  Page page{.name = "venue_offer", .title = offer.name};
  page.data = {{"exam", {{"name", of.words.name.in(call.language)}}},
               {"name", offer.name},
               {"code", offer.code.text()},
               {"district", name_of_district(offer.district.text()).in(call.language)},
               {"state", services::name_of(offer.state).in(call.language)},
               {"list", address_of_offers(call, of.exam)},
               {"action", address_of_offer(call, offer)},
               {"form_token", call.form_token},
               {"version", version_again(call.form, lateness, offer.version)},
               {"summary", pages.text(call.language, "offers.offer_summary",
                                      {{"rooms", group_digits(seats.rooms)},
                                       {"seats", group_digits(seats.seats)},
                                       {"desks", group_digits(seats.bound_by_desks)},
                                       {"rule", group_digits(seats.bound_by_rule)},
                                       {"room", group_digits(seats.bound_by_room)}})},
               {"rooms", json::array()},
               {"floors", describe_floors(offer, request.rule)},
               {"files", describe_offer_files(call, offer)},
               {"any_room", !offer.rooms.empty()},
               {"rooms_text", refused != nullptr && call.form.contains("rooms") ? field_of(call.form, "rooms")
                                                                                : services::write_room_list(offer.rooms)},
               {"steps", describe_steps(call, of, offer)}};
  page.data["any_file"] = !page.data["files"].empty();
  for (const char* step : {"ask_back", "withdraw"})
    page.data[fmt::format("told_to_{}", step)] = field_of(call.form, "step") == step ? field_of(call.form, "told") : std::string();
  page.data["workbook"] = fmt::format("/api/v1/exams/{}/venue-offers/{}/rooms.xlsx", encode_percent(offer.exam.text()),
                                      encode_percent(offer.code.text()));
  if (!marked.empty()) page.data["marked"] = {{"address", marked}};
  if (!offer.told.empty()) page.data["told"] = {{"words", offer.told}};
  for (const Room& room : offer.rooms) page.data["rooms"].push_back(describe_room(call, offer, room, request.rule));
  describe_next(call, of, offer, page.data);
  form_of_offer(call, offer, refused, lateness).describe(page.data);
  if (refused != nullptr) {
    page.status = lateness == Lateness::late ? 409 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

// What was typed stays, beside what somebody else has saved.
Response show_late_offer(const Call& call, const Conflict& late) {
  const InvalidInput refused(late.code(), late.message());
  return show_offer_page(call, &refused, {}, Lateness::late);
}

}  // namespace

Response show_offer(const Call& call) {
  return show_offer_page(call, nullptr);
}

Response save_shown_offer(const Call& call) {
  const OffersCall of = offers_of(call);
  const VenueOffer before = open_offer_of(call, of);
  try {
    services::save_own_offer(of.offers, call.actor(), read_offer_fields(call.form, before), call.site.now());
  } catch (const InvalidInput& refused) {
    return show_offer_page(call, &refused);
  } catch (const Conflict& late) {
    return show_late_offer(call, late);
  }
  return redirect(address_of_offer(call, before));
}

Response save_shown_rooms(const Call& call) {
  const OffersCall of = offers_of(call);
  VenueOffer offer = open_offer_of(call, of);
  package::BadCells bad;
  try {
    offer.rooms = rooms_of_form(call, bad);
    offer.version = offer_version_in(field_of(call.form, "version"));
    services::save_own_offer(of.offers, call.actor(), offer, call.site.now());
  } catch (const InvalidInput& refused) {
    return show_offer_page(call, &refused, address_of_marked(call, bad));
  } catch (const Conflict& late) {
    return show_late_offer(call, late);
  }
  return redirect(address_of_offer(call, offer));
}

Response step_shown_offer(const Call& call) {
  const OffersCall of = offers_of(call);
  try {
    const VenueOffer offer = take_offer_step(call, of, field_of(call.form, "step"),
                                             offer_version_in(field_of(call.form, "version")), field_of(call.form, "told"));
    return redirect(address_of_offer(call, offer));
  } catch (const InvalidInput& refused) {
    return show_offer_page(call, &refused);
  } catch (const Conflict& late) {
    return show_late_offer(call, late);
  }
}

Response attach_shown_file(const Call& call) {
  try {
    attach_sent_file(call);
  } catch (const InvalidInput& refused) {
    return show_offer_page(call, &refused);
  }
  const OffersCall of = offers_of(call);
  return redirect(fmt::format("{}/{}", address_of_offers(call, of.exam), encode_percent(call.path.at("venue_code"))));
}

}  // namespace hanjari::web
