#include "package/staffing/duty_report.h"

#include "hanjari/package/staffing_package.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

using nlohmann::json;

Load read_load(JsonObject& root, const char* key) {
  Load load;
  for (JsonObject& step : root.objects(key)) {
    const auto duties = step.integer("past_duties", 0, most_integer);
    const auto people = step.integer("people", 0, most_integer);
    if (duties && people) load.push_back({*duties, *people});
  }
  return load;
}

BoundedFigure read_figure(JsonObject& root, const char* key, const char* bound) {
  JsonObject figure = root.object(key);
  figure.require("value");
  return {figure.integer("value", 0, most_integer).value_or(-1), figure.integer_or_null(bound, 0, most_integer)};
}

std::vector<DutyShortage> read_shortages(JsonObject& root) {
  std::vector<DutyShortage> shortages;
  for (JsonObject& object : root.objects("shortages")) {
    DutyShortage& shortage = shortages.emplace_back();
    for (JsonObject& place : object.objects("places")) {
      const auto role = place.word("role", word_lists::duty_role);
      shortage.places.push_back({VenueCode(place.text("venue_code").value_or("")),
                                 place.integer_or_null("room_no", 1, most_integer).value_or(0),
                                 static_cast<DutyRole>(role.value_or(0))});
    }
    for (const std::string& person : object.texts("people")) shortage.people.emplace_back(person);
    shortage.more_unfilled = object.integer("more_unfilled", 0, most_integer).value_or(0);
    shortage.by_search = object.flag("by_search").value_or(false);
    shortage.is_smallest = object.flag("is_smallest").value_or(true);
    JsonObject words = object.object("words");
    shortage.words = {words.text("en").value_or(""), words.text("ko").value_or("")};
  }
  return shortages;
}

json load_json(const Load& load) {
  json list = json::array();
  for (const LoadStep& step : load) list.push_back({{"past_duties", step.past_duties}, {"people", step.people}});
  return list;
}

json figure_json(const BoundedFigure& figure, const char* bound) {
  return {{"value", figure.value}, {bound, figure.bound ? json(*figure.bound) : json()}};
}

json shortage_json(const DutyShortage& shortage) {
  json places = json::array();
  for (const DutyShortage::Place& place : shortage.places) {
    places.push_back({{"venue_code", place.venue_code.text()},
                      {"room_no", place.room_no > 0 ? json(place.room_no) : json()},
                      {"role", spell(place.role)}});
  }
  json people = json::array();
  for (const InvigilatorId& person : shortage.people) people.push_back(person.text());
  return {{"places", places},
          {"people", people},
          {"more_unfilled", shortage.more_unfilled},
          {"by_search", shortage.by_search},
          {"is_smallest", shortage.is_smallest},
          {"words", {{"en", shortage.words.en}, {"ko", shortage.words.ko}}}};
}

}  // namespace

DutyReport read_duty_report(JsonObject& root) {
  DutyReport report;
  const auto count = [&](JsonObject& object, const char* key) {
    object.require(key);
    return object.integer(key, 0, most_integer).value_or(0);
  };
  report.places = count(root, "places");
  report.unfilled = count(root, "unfilled");
  report.unfilled_bound = count(root, "unfilled_bound");
  JsonObject rooms = root.object("in_rooms");
  report.room_places = rooms.integer("places", 0, most_integer).value_or(-1);
  report.room_unfilled = rooms.integer("unfilled", 0, most_integer).value_or(-1);
  report.room_unfilled_bound = rooms.integer("unfilled_bound", 0, most_integer).value_or(0);
  report.load = read_load(root, "load");
  if (root.has_value("load_bound")) report.load_bound = read_load(root, "load_bound");
  report.past_pairs = read_figure(root, "past_pairs", "bound");
  report.travel_m = read_figure(root, "travel_m", "bound");
  if (root.has_value("changed")) report.changed = read_figure(root, "changed", "floor");
  if (root.has_value("status")) {
    if (const auto word = root.word("status", word_lists::staffing_status))
      report.status = static_cast<StaffingStatus>(*word);
  } else if (report.unfilled == 0) {
    report.status = StaffingStatus::filled;
  }
  report.shortages = read_shortages(root);
  if (root.has_value("people")) {
    JsonObject people = root.object("people");
    report.people = {people.text("sha256").value_or(""), people.text("usable").value_or("")};
  }
  return report;
}

DutyReport read_duty_report(const std::string& text, Faults& faults) {
  std::vector<Fault> warnings;
  JsonFile file("report.json", text, Encoding::utf8, faults, warnings);
  JsonObject root(file, file.root());
  return read_duty_report(root);
}

json duty_report_json(const DutyReport& report) {
  json root = {{"status", spell(report.status)},
               {"places", report.places},
               {"unfilled", report.unfilled},
               {"unfilled_bound", report.unfilled_bound},
               {"in_rooms",
                {{"places", report.room_places},
                 {"unfilled", report.room_unfilled},
                 {"unfilled_bound", report.room_unfilled_bound}}},
               {"load", load_json(report.load)},
               {"load_bound", report.load_bound ? load_json(*report.load_bound) : json()},
               {"past_pairs", figure_json(report.past_pairs, "bound")},
               {"travel_m", figure_json(report.travel_m, "bound")},
               {"shortages", json::array()}};
  if (report.changed) root["changed"] = figure_json(*report.changed, "floor");
  if (!report.people.facts.empty()) root["people"] = {{"sha256", report.people.facts}, {"usable", report.people.usable}};
  for (const DutyShortage& shortage : report.shortages) root["shortages"].push_back(shortage_json(shortage));
  return root;
}

std::string render_duty_report(const DutyReport& report) {
  return duty_report_json(report).dump(2) + "\n";
}

}  // namespace hanjari::package
