// Rooms as a session of edits has them. With the site's script people are dragged from desk to desk, which fills the form
// below; without it every desk is a link that does so, and the form is typed.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/edit_fields.h"
#include "plans/pages/workbench/edit_forms.h"
#include "plans/pages/workbench/edits_page.h"
#include "plans/pages/workbench/room_drawing.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::VenueDesks;

struct RoomChoice {
  std::string venue;
  std::string room;
};

struct EditedRoom {
  VenueDesks desks;
  std::size_t at = 0;
  std::vector<services::DeskUse> people;
};

// Up to two rooms, so that people can be dragged from one to the other.
std::vector<RoomChoice> chosen_rooms(const Call& call) {
  std::vector<RoomChoice> chosen;
  for (const auto& [venue, room] : {std::pair{"venue", "room_no"}, std::pair{"to_venue", "to_room_no"}}) {
    const RoomChoice one{clean_line(field_of(call.query, venue)), clean_signs(field_of(call.query, room))};
    if (!one.venue.empty() && !one.room.empty()) chosen.push_back(one);
  }
  if (chosen.size() == 2 && chosen[0].venue == chosen[1].venue && chosen[0].room == chosen[1].room) chosen.pop_back();
  return chosen;
}

EditedRoom find_edited_room(const services::EditedPlan& edited, const RoomChoice& choice) {
  EditedRoom room;
  room.desks = services::desks_of_plan(edited.base->planned.exam, edited.plan, VenueCode(choice.venue));
  const auto found = std::find_if(room.desks.rooms.begin(), room.desks.rooms.end(),
                                  [&](const Room& one) { return std::to_string(one.room_no) == choice.room; });
  if (found == room.desks.rooms.end())
    throw NotFound("room_not_found", {"This venue has no such room.", "이 시험장에 그런 시험실이 없습니다."});
  room.at = static_cast<std::size_t>(found - room.desks.rooms.begin());
  for (const services::DeskUse& use : room.desks.people) {
    if (use.room == room.at) room.people.push_back(use);
  }
  return room;
}

void record_rooms_shown(const Call& call, const services::EditSession& session, const std::vector<EditedRoom>& rooms) {
  for (const EditedRoom& room : rooms) {
    services::AuditNote note{"plan.open_room",
                             fmt::format("{}/{}/{}", session.exam.text(), room.desks.venue.code.text(),
                                         room.desks.rooms[room.at].room_no),
                             "session " + session.id};
    note.exam = session.exam.text();
    for (const services::DeskUse& use : room.people) note.whose.push_back(use.applicant.text());
    call.site.access().record_access(services::change_of(call.actor(), "", call.site.now()), note);
  }
}

std::string query_of_rooms(const std::vector<RoomChoice>& chosen) {
  std::string query;
  const char* venue = "venue";
  const char* room = "room_no";
  for (const RoomChoice& one : chosen) {
    query += fmt::format("{}{}={}&{}={}", query.empty() ? "?" : "&", venue, encode_percent(one.venue), room,
                         encode_percent(one.room));
    venue = "to_venue";
    room = "to_room_no";
  }
  return query;
}

// `address`: of the page as it is shown now; `place`: of the room on it, from 1. The link of a desk names the desk, for an
// address names nobody.
json describe_edited_room(const Call& call, const EditedRoom& room, const std::string& address, std::size_t place) {
  const Room& drawn = room.desks.rooms[room.at];
  const RoomMoves moves{fmt::format("{}&desk={}-", address, place), room.desks.policy};
  const std::string title = call.site.pages().text(
      call.language, "workbench.room_of", {{"venue", room.desks.venue.name}, {"room", std::to_string(drawn.room_no)}});
  return {{"name", title},
          {"drawing", render_plan_room(call.site.pages(), room.desks.venue.code, drawn, room.people, &moves, call.language)},
          {"people", group_digits(std::ssize(room.people))}};
}

// What the forms begin with: the number of whoever sits at the desk that was chosen. Where the person goes is not said yet.
// After another edit somebody else may sit there: a desk holds for the version of the session that was shown.
Values typed_of_desk(const Call& call, const services::EditSession& session, const std::vector<EditedRoom>& rooms) {
  Values typed;
  if (field_of(call.query, "version") != std::to_string(session.version)) return typed;
  const std::string desk = field_of(call.query, "desk");
  for (std::size_t at = 0; at < rooms.size(); ++at) {
    for (const services::DeskUse& use : rooms[at].people) {
      if (desk == fmt::format("{}-{}", at + 1, use.seat_no)) typed["number"] = use.number.text();
    }
  }
  return typed;
}

}  // namespace

Response show_edited_rooms(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  const services::EditedPlan edited =
      services::load_edited_plan(open.bench.exams, open.bench.workbench, open.session);
  const std::vector<RoomChoice> chosen = chosen_rooms(call);
  std::vector<EditedRoom> rooms;
  FormView form;
  for (const RoomChoice& one : chosen) {
    try {
      rooms.push_back(find_edited_room(edited, one));
    } catch (const NotFound& missing) {
      form.add_fault("", fmt::format("{}/{}: {}", one.venue, one.room, missing.message().in(call.language)));
    }
  }
  record_rooms_shown(call, open.session, rooms);
  const std::string session = fmt::format("{}/edits/{}", address_of_exam(call), encode_percent(open.session.id));
  const std::string shown =
      fmt::format("{}/rooms{}&version={}", session, query_of_rooms(chosen), open.session.version);
  Page page{.name = "plan_edit_rooms", .title = call.site.pages().text(call.language, "workbench.drag")};
  page.data = {{"exam", head_of_exam(call, open.bench)},
               {"address", session},
               {"version", std::to_string(open.session.version)},
               {"form_token", call.form_token},
               {"rooms", json::array()},
               {"venues", json::array()}};
  for (const EditedRoom& room : rooms)
    page.data["rooms"].push_back(describe_edited_room(call, room, shown, page.data["rooms"].size() + 1));
  for (const Venue& venue : edited.base->planned.exam.venues)
    page.data["venues"].push_back({{"code", venue.code.text()}, {"name", venue.name}});
  page.data["forms"] = describe_edit_forms(call, {services::EditKind::person, services::EditKind::swap_people},
                                           typed_of_desk(call, open.session, rooms));
  page.data["any"] = !rooms.empty();
  json choices = json::array();
  const auto choose = [&](const char* id, const char* label, const std::string& value) {
    json field{{"id", id}, {"label", call.site.pages().text(call.language, label)}};
    if (!value.empty()) field["typed"] = {{"value", value}};
    choices.push_back(std::move(field));
  };
  choose("venue", "workbench.venue", !chosen.empty() ? chosen[0].venue : std::string());
  choose("room_no", "workbench.room", !chosen.empty() ? chosen[0].room : std::string());
  choose("to_venue", "workbench.second_venue", chosen.size() > 1 ? chosen[1].venue : std::string());
  choose("to_room_no", "workbench.second_room", chosen.size() > 1 ? chosen[1].room : std::string());
  page.data["choices"] = std::move(choices);
  if (form.any_fault()) page.status = 404;
  form.describe(page.data);
  return show(call, page);
}

}  // namespace hanjari::web
