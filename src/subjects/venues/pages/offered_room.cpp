#include "venues/pages/offered_room.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/spelling.h"
#include "site/pages/form_view.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::VenueOffer;

// Larger rooms are entered as rows: a page of ten thousand boxes helps nobody.
constexpr int most_drawn = 30;

Room& room_of(VenueOffer& offer, const std::string& number) {
  const auto found = std::find_if(offer.rooms.begin(), offer.rooms.end(),
                                  [&](const Room& room) { return std::to_string(room.room_no) == number; });
  if (found == offer.rooms.end()) throw NotFound("no_such_room", {"There is no such room.", "해당 시험실이 없습니다."});
  return *found;
}

std::string name_of_box(int row, int column) {
  return fmt::format("desk_{}_{}", row, column);
}

int size_in(const Values& form, const char* field, int otherwise, const Text& name) {
  const auto number = whole_number_in(field_of(form, field), name, field);
  return number ? static_cast<int>(std::clamp<std::int64_t>(*number, 0, 100'000)) : otherwise;
}

// The room as the form shows it. Desks of rows and columns that the form did not draw stay as they were.
Room room_of_form(const Values& form, const Room& before) {
  Room room = before;
  if (form.contains("building")) room.building = field_of(form, "building");
  if (form.contains("floor")) room.floor = field_of(form, "floor");
  room.row_count = size_in(form, "row_count", before.row_count, {"Rows", "줄"});
  room.column_count = size_in(form, "column_count", before.column_count, {"Columns", "칸"});
  room.row_pitch_cm = size_in(form, "row_pitch_cm", before.row_pitch_cm, {"Front to back", "앞뒤 간격"});
  room.column_pitch_cm = size_in(form, "column_pitch_cm", before.column_pitch_cm, {"Side to side", "좌우 간격"});
  if (form.contains("room_cap")) {
    room.people_cap.reset();
    if (const auto cap = whole_number_in(field_of(form, "room_cap"), {"Cap of the room", "시험실 상한"}, "people_cap"))
      room.people_cap = static_cast<int>(std::clamp<std::int64_t>(*cap, 0, 100'000));
  }
  if (!form.contains("drawn")) return room;
  room.accessible = !field_of(form, "accessible").empty();
  room.blocked.clear();
  for (int row = 1; row <= std::min(room.row_count, most_drawn); ++row) {
    for (int column = 1; column <= std::min(room.column_count, most_drawn); ++column) {
      if (!field_of(form, name_of_box(row, column).c_str()).empty()) room.blocked.push_back({row, column});
    }
  }
  return room;
}

json describe_desks(const Call& call, const Room& room) {
  const Pages& pages = call.site.pages();
  json rows = json::array();
  for (int row = 1; row <= std::min(room.row_count, most_drawn); ++row) {
    json desks = json::array();
    for (int column = 1; column <= std::min(room.column_count, most_drawn); ++column) {
      const bool blocked = std::find(room.blocked.begin(), room.blocked.end(), Desk{row, column}) != room.blocked.end();
      desks.push_back({{"box", name_of_box(row, column)},
                       {"blocked", blocked},
                       {"label", pages.text(call.language, "offers.desk_label",
                                            {{"row", std::to_string(row)}, {"column", std::to_string(column)}})}});
    }
    rows.push_back({{"row", std::to_string(row)}, {"desks", std::move(desks)}});
  }
  return rows;
}

void describe_seats(const Call& call, const Room& room, const services::SeatRule& rule, FormView& form, json& data) {
  try {
    const services::RoomSeats seats = services::count_seats(room, rule);
    data["seats"] = call.site.pages().text(call.language, "offers.room_summary",
                                           {{"people", group_digits(seats.people)},
                                            {"desks", group_digits(seats.desks)},
                                            {"limit", services::name_of(seats.limit).in(call.language)}});
  } catch (const InvalidInput& refused) {
    form.add_fault("", refused.message().in(call.language));
  }
}

Response show_room_page(const Call& call, const VenueOffer& offer, const Room& room, const InvalidInput* refused) {
  const OffersCall of = offers_of(call);
  const services::VenueRequest request = services::load_request(of.offers, of.exam);
  const Pages& pages = call.site.pages();
  const std::string number = std::to_string(room.room_no);
  Page page{.name = "offered_room", .title = pages.text(call.language, "offers.room_title", {{"number", number}, {"school", offer.name}})};
  page.data = {{"title", page.title},
               {"offer", address_of_offer(call, offer)},
               {"school", offer.name},
               {"action", fmt::format("{}/rooms/{}", address_of_offer(call, offer), number)},
               {"form_token", call.form_token},
               {"version", std::to_string(offer.version)},
               {"building", room.building},
               {"floor", room.floor},
               {"row_count", std::to_string(room.row_count)},
               {"column_count", std::to_string(room.column_count)},
               {"row_pitch_cm", std::to_string(room.row_pitch_cm)},
               {"column_pitch_cm", std::to_string(room.column_pitch_cm)},
               {"room_cap", room.people_cap ? std::to_string(*room.people_cap) : std::string()},
               {"accessible", room.accessible}};
  const bool drawn = room.row_count <= most_drawn && room.column_count <= most_drawn;
  if (drawn) {
    page.data["drawing"] = {{"rows", describe_desks(call, room)}, {"columns", json::array()}};
    for (int column = 1; column <= room.column_count; ++column)
      page.data["drawing"]["columns"].push_back({{"number", std::to_string(column)}});
  }
  FormView form;
  if (refused != nullptr) {
    form.add_refusal(*refused, call.language);
    page.status = 422;
  } else {
    describe_seats(call, room, request.rule, form, page.data);
  }
  form.describe(page.data);
  return show(call, page);
}

}  // namespace

Response show_offered_room(const Call& call) {
  const OffersCall of = offers_of(call);
  VenueOffer offer = open_offer_of(call, of);
  const Room room = room_of(offer, call.path.at("room"));
  return show_room_page(call, offer, room, nullptr);
}

Response save_offered_room(const Call& call) {
  const OffersCall of = offers_of(call);
  VenueOffer offer = open_offer_of(call, of);
  Room& kept = room_of(offer, call.path.at("room"));
  Room room = kept;
  try {
    // Of a room that is refused too, so that it is not sent again above what somebody else has saved meanwhile.
    offer.version = offer_version_in(field_of(call.form, "version"));
    room = room_of_form(call.form, kept);
    // Once the room has fewer rows, desks that are no longer there are not blocked either.
    std::erase_if(room.blocked, [&](const Desk& desk) { return desk.row > room.row_count || desk.column > room.column_count; });
    kept = room;
    const std::string numbers = field_of(call.form, "same_shape");
    if (field_of(call.form, "button") != "save") return show_room_page(call, offer, room, nullptr);
    if (!numbers.empty()) services::reuse_shape(offer.rooms, room.room_no, numbers);
    services::save_own_offer(of.offers, call.actor(), offer, call.site.now());
  } catch (const InvalidInput& refused) {
    return show_room_page(call, offer, room, &refused);
  } catch (const Conflict& late) {
    // Somebody else has saved the school meanwhile: what was drawn stays, above its version of now.
    const InvalidInput refused(late.code(), late.message());
    Response shown = show_room_page(call, open_offer_of(call, of), room, &refused);
    shown.status = 409;
    return shown;
  }
  return redirect(address_of_offer(call, offer));
}

}  // namespace hanjari::web
