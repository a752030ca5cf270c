#include "plans/pages/workbench/venue_page.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/bench.h"
#include "plans/pages/workbench/room_drawing.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::DeskUse;
using services::VenueDesks;

std::string address_of_venue(const Call& call, const services::StoredPlan& plan, const VenueDesks& desks) {
  return fmt::format("{}/venues/{}", address_of_plan(call, plan.digest), encode_percent(desks.venue.code.text()));
}

std::vector<DeskUse> people_of(const VenueDesks& desks, std::size_t room) {
  std::vector<DeskUse> people;
  for (const DeskUse& use : desks.people) {
    if (use.room == room) people.push_back(use);
  }
  return people;
}

// The words of "exam" and the others are those of the files.
json describe_room(const VenueDesks& desks, std::size_t at, const std::string& address) {
  const Room& room = desks.rooms[at];
  std::set<std::string> units;
  std::int64_t people = 0;
  for (const DeskUse& use : desks.people) {
    if (use.room != at) continue;
    units.insert(use.unit.text());
    ++people;
  }
  std::string list;
  for (const std::string& unit : units) list += (list.empty() ? "" : ", ") + unit;
  json row{{"no", std::to_string(room.room_no)},
           {"address", fmt::format("{}/rooms/{}", address, room.room_no)},
           {"people", group_digits(people)},
           {"capacity", group_digits(seating::room_capacity(room, desks.policy).people)}};
  if (!list.empty()) row["units"] = list;
  if (room.use == RoomUse::reserve) row["reserve"] = true;
  if (room.use == RoomUse::separate) row["separate"] = true;
  if (room.accessible) row["accessible"] = true;
  return row;
}

// By building and floor, in the order of the rooms.
json describe_floors(const VenueDesks& desks, const std::string& address) {
  std::vector<std::string> order;
  std::map<std::string, json> floors;
  for (std::size_t at = 0; at < desks.rooms.size(); ++at) {
    const std::string name = desks.rooms[at].building + " " + desks.rooms[at].floor;
    if (!floors.contains(name)) {
      order.push_back(name);
      floors[name] = json::array();
    }
    floors[name].push_back(describe_room(desks, at, address));
  }
  json list = json::array();
  for (const std::string& name : order) list.push_back({{"name", name}, {"rooms", std::move(floors[name])}});
  return list;
}

struct OneRoom {
  Bench bench;
  services::StoredPlan plan;
  VenueDesks desks;
  std::size_t at = 0;
  std::vector<DeskUse> people;
};

// Whoever sees the numbers of a room is recorded with everybody in it.
OneRoom open_room(const Call& call) {
  OneRoom one{bench_of(call), {}, {}, 0, {}};
  one.plan = plan_of_path(call, one.bench);
  one.desks = services::load_venue(one.bench.exams, one.bench.workbench, one.bench.code, one.plan,
                                   VenueCode(call.path.at("site")));
  const auto found = std::find_if(one.desks.rooms.begin(), one.desks.rooms.end(), [&](const Room& room) {
    return std::to_string(room.room_no) == call.path.at("room");
  });
  if (found == one.desks.rooms.end())
    throw NotFound("room_not_found", {"This venue has no such room.", "이 시험장에 그런 시험실이 없습니다."});
  one.at = static_cast<std::size_t>(found - one.desks.rooms.begin());
  one.people = people_of(one.desks, one.at);
  services::AuditNote note{"plan.open_room",
                           fmt::format("{}/{}/{}", one.bench.code.text(), one.desks.venue.code.text(), found->room_no),
                           "plan " + one.plan.digest};
  note.exam = one.bench.code.text();
  for (const DeskUse& use : one.people) note.whose.push_back(use.applicant.text());
  call.site.access().record_access(services::change_of(call.actor(), "", call.site.now()), note);
  return one;
}

}  // namespace

Response show_plan_venue(const Call& call) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const VenueDesks desks =
      services::load_venue(bench.exams, bench.workbench, bench.code, plan, VenueCode(call.path.at("site")));
  Page page{.name = "plan_venue", .title = desks.venue.name};
  page.data = {{"exam", head_of_exam(call, bench)},
               {"name", desks.venue.name},
               {"code", desks.venue.code.text()},
               {"where", desks.venue.address},
               {"people", group_digits(std::ssize(desks.people))},
               {"map", fmt::format("{}/map?venue={}", address_of_plan(call, plan.digest),
                                   encode_percent(desks.venue.code.text()))},
               {"floors", describe_floors(desks, address_of_venue(call, plan, desks))}};
  if (!desks.district.empty()) page.data["district"] = {{"name", name_of_district(desks.district).in(call.language)}};
  page.data["any"] = !desks.rooms.empty();
  return show(call, page);
}

Response show_plan_room(const Call& call) {
  const OneRoom one = open_room(call);
  const Pages& pages = call.site.pages();
  const Room& room = one.desks.rooms[one.at];
  Page page{.name = "plan_room",
            .title = pages.text(call.language, "workbench.room_of",
                                {{"venue", one.desks.venue.name}, {"room", std::to_string(room.room_no)}})};
  json rows = json::array();
  for (const DeskUse& use : one.people) {
    rows.push_back({{"seat", std::to_string(use.seat_no)},
                    {"number", use.number.text()},
                    {"unit", use.unit.text()},
                    {"row", std::to_string(use.desk.row)},
                    {"column", std::to_string(use.desk.column)},
                    {"booklet", booklet_name(use.booklet)}});
  }
  page.data = {{"title", page.title},
               {"exam", head_of_exam(call, one.bench)},
               {"drawing", render_plan_room(pages, one.desks.venue.code, room, one.people, nullptr, call.language)},
               {"venue", address_of_venue(call, one.plan, one.desks)},
               {"people", group_digits(std::ssize(one.people))},
               {"capacity", group_digits(seating::room_capacity(room, one.desks.policy).people)},
               {"any", !rows.empty()},
               {"rows", std::move(rows)}};
  return show(call, page);
}

Response describe_room_by_api(const Call& call) {
  const OneRoom one = open_room(call);
  const Room& room = one.desks.rooms[one.at];
  ordered_json answer{{"venue_code", one.desks.venue.code.text()},
                      {"room_no", room.room_no},
                      {"capacity", seating::room_capacity(room, one.desks.policy).people},
                      {"people", ordered_json::array()}};
  for (const DeskUse& use : one.people) {
    answer["people"].push_back({{"applicant_id", use.applicant.text()},
                                {"applicant_number", use.number.text()},
                                {"unit_code", use.unit.text()},
                                {"seat_no", use.seat_no},
                                {"row", use.desk.row},
                                {"column", use.desk.column}});
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
