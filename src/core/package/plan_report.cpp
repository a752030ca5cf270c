#include "package/plan_report.h"

#include <cmath>

#include "hanjari/domain/spelling.h"
#include "package/json_reader.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

using nlohmann::json;

json null_or(const std::optional<double>& value) {
  return value ? json(*value) : json();
}

json in_both(const Text& text) {
  return {{"en", text.en}, {"ko", text.ko}};
}

double to_thousandths(double value) {
  return std::round(value * 1000) / 1000;
}

void set(std::int64_t& target, JsonObject& object, const char* key) {
  if (const auto value = object.integer(key, -most_integer, most_integer)) target = *value;
}

void set(double& target, JsonObject& object, const char* key) {
  if (const auto value = object.number(key)) target = *value;
}

void set(std::string& target, JsonObject& object, const char* key) {
  if (const auto value = object.text(key)) target = *value;
}

}  // namespace

void read_report(JsonFile& file, PlanRows& rows) {
  PlanReport& report = rows.report;
  JsonObject root(file, file.root());
  root.require("status");
  if (const auto at = root.word("status", word_lists::plan_status))
    report.status = *parse_word<PlanStatus>(word_lists::plan_status[*at]);
  set(report.seated, root, "seated");
  set(report.unseated, root, "unseated");
  JsonObject objective = root.object("objective");
  set(report.objective.total, objective, "total");
  set(report.objective.travel_m, objective, "travel_m");
  set(report.objective.rooms_opened, objective, "rooms_opened");
  set(report.objective.unit_venue_pairs, objective, "unit_venue_pairs");
  set(report.objective.venues_opened, objective, "venues_opened");
  JsonObject detour = root.object("detour_m");
  set(report.detour_m.total, detour, "total");
  set(report.detour_m.mean, detour, "mean");
  set(report.detour_m.p50, detour, "p50");
  set(report.detour_m.p95, detour, "p95");
  set(report.detour_m.max, detour, "max");
  set(report.over_detour_cap, root, "over_detour_cap");
  if (root.has_value("over_detour_bound")) {
    report.over_detour_bound = root.integer_or_null("over_detour_bound", 0, most_integer);
  }
  if (root.has_value("bound")) {
    JsonObject object = root.object("bound");
    const auto total = object.integer_or_null("total", -most_integer, most_integer);
    const auto of = object.word("of", word_lists::bound_of);
    if (total && of) report.bound = Bound{*total, *parse_word<BoundOf>(word_lists::bound_of[*of])};
  }
  if (root.has_value("gap")) {
    JsonObject gap = root.object("gap");
    if (gap.has_value("of_total")) report.gap.of_total = gap.number("of_total");
    if (gap.has_value("of_detour")) report.gap.of_detour = gap.number("of_detour");
  }
  for (JsonObject& pair : root.objects("keep_apart_broken")) {
    const auto first = pair.text("first");
    const auto second = pair.text("second");
    if (first && second)
      rows.keep_apart_broken.push_back({pair.text("word").value_or(""), ApplicantId(*first), ApplicantId(*second)});
  }
  set(report.seed, root, "seed");
  set(report.rounds, root, "rounds");
  set(report.input_sha256, root, "input_sha256");
  if (root.has_value("replanned_from")) set(report.replanned_from, root, "replanned_from");
  if (root.has_value("change")) {
    JsonObject change = root.object("change");
    ChangeFigures& figures = report.change.emplace();
    set(figures.weighted, change, "weighted");
    set(figures.venue, change, "venue");
    set(figures.room, change, "room");
    set(figures.seat, change, "seat");
    set(figures.added, change, "added");
    set(figures.removed, change, "removed");
    set(figures.floor_weighted, change, "floor_weighted");
    set(figures.floor_venue, change, "floor_venue");
    set(figures.floor_room, change, "floor_room");
    set(figures.floor_left_room, change, "floor_left_room");
    if (change.has_value("moved_farther_m")) {
      figures.farther_cap_m = change.integer("moved_farther_m", 0, most_integer);
      set(figures.farther, change, "farther");
      set(figures.floor_farther, change, "floor_farther");
    }
  }
  for (JsonObject& entry : root.objects("last_serials")) {
    const auto unit = entry.text("unit_code");
    const auto last = entry.integer("last", 0, most_integer);
    if (unit && last) report.last_serials[*unit] = *last;
  }
  set(report.version, root, "version");
  JsonObject seconds = root.object("seconds");
  set(report.seconds_load, seconds, "load");
  set(report.seconds_solve, seconds, "solve");
  set(report.seconds_write, seconds, "write");
  set(report.peak_rss_mb, root, "peak_rss_mb");
}

std::string write_report(const Exam& exam, const PlanReport& report) {
  json root = {{"status", spell(report.status)},
               {"seated", report.seated},
               {"unseated", report.unseated},
               {"objective",
                {{"total", report.objective.total},
                 {"travel_m", report.objective.travel_m},
                 {"rooms_opened", report.objective.rooms_opened},
                 {"unit_venue_pairs", report.objective.unit_venue_pairs},
                 {"venues_opened", report.objective.venues_opened}}},
               {"detour_m",
                {{"total", report.detour_m.total},
                 {"mean", report.detour_m.mean},
                 {"p50", report.detour_m.p50},
                 {"p95", report.detour_m.p95},
                 {"max", report.detour_m.max}}},
               {"over_detour_cap", report.over_detour_cap},
               {"bound", report.bound ? json{{"total", report.bound->total}, {"of", spell(report.bound->of)}} : json()},
               {"gap", {{"of_total", null_or(report.gap.of_total)}, {"of_detour", null_or(report.gap.of_detour)}}},
               {"keep_apart_broken", json::array()},
               {"seed", report.seed},
               {"rounds", report.rounds},
               {"input_sha256", report.input_sha256},
               {"version", report.version},
               {"seconds",
                {{"load", to_thousandths(report.seconds_load)},
                 {"solve", to_thousandths(report.seconds_solve)},
                 {"write", to_thousandths(report.seconds_write)}}},
               {"peak_rss_mb", to_thousandths(report.peak_rss_mb)}};
  for (const KeepApartBroken& broken : report.keep_apart_broken)
    root["keep_apart_broken"].push_back({{"word", broken.word},
                                         {"first", exam[broken.first].id.text()},
                                         {"second", exam[broken.second].id.text()},
                                         {"reason", in_both(broken.reason)}});
  if (report.over_detour_bound) root["over_detour_bound"] = *report.over_detour_bound;
  if (!report.replanned_from.empty()) root["replanned_from"] = report.replanned_from;
  if (report.change) {
    const ChangeFigures& change = *report.change;
    root["change"] = {{"weighted", change.weighted},
                      {"venue", change.venue},
                      {"room", change.room},
                      {"seat", change.seat},
                      {"added", change.added},
                      {"removed", change.removed},
                      {"floor_weighted", change.floor_weighted},
                      {"floor_venue", change.floor_venue},
                      {"floor_room", change.floor_room},
                      {"floor_left_room", change.floor_left_room}};
    if (change.farther_cap_m) {
      root["change"]["moved_farther_m"] = *change.farther_cap_m;
      root["change"]["farther"] = change.farther;
      root["change"]["floor_farther"] = change.floor_farther;
    }
  }
  for (const auto& [unit, last] : report.last_serials)
    root["last_serials"].push_back({{"unit_code", unit}, {"last", last}});
  if (!report.conflicts.empty()) {
    root["conflicts"] = json::array();
    for (const Text& conflict : report.conflicts) root["conflicts"].push_back(in_both(conflict));
  }
  for (const RoomPrice& price : report.room_prices)
    root["room_prices"].push_back(
        {{"venue_code", exam[price.venue].code.text()}, {"people", price.people}, {"saves", price.saves}});
  return root.dump(2) + "\n";
}

}  // namespace hanjari::package
