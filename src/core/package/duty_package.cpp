// duties.csv, unfilled.csv and report.json of duties.
#include <limits>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/staffing_package.h"
#include "package/csv/characters.h"
#include "package/json_reader.h"
#include "package/replaceable.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

using nlohmann::json;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t most_room_no = std::numeric_limits<std::int32_t>::max();

std::int64_t read_room_no(CsvReader& reader, std::size_t column) {
  return reader.text(column).empty() ? 0 : reader.integer(column, 1, most_room_no).value_or(0);
}

std::vector<DutyRow> read_duties(const std::filesystem::path& path, Encoding encoding, Repetition repetition,
                                 Faults& faults) {
  enum Column : std::size_t { venue, room_no, role, id, travel };
  std::vector<DutyRow> rows;
  std::vector<Fault> warnings;  // a duty is judged by what is known of it
  CsvReader reader(path, {{"venue_code"}, {"room_no"}, {"role"}, {"invigilator_id"}, {"travel_m"}}, encoding, faults,
                   warnings);
  std::map<std::string, std::uint64_t> line_of;
  while (reader.next()) {
    DutyRow row;
    const auto code = reader.identifier(venue);
    row.room_no = read_room_no(reader, room_no);
    const auto word = reader.word(role, word_lists::duty_role);
    const auto person = reader.identifier(id);
    row.travel_m = reader.integer(travel, 0, most).value_or(0);
    row.line = reader.line();
    if (!code || !word || !person) continue;
    row.venue_code = VenueCode(*code);
    row.role = static_cast<DutyRole>(*word);
    row.invigilator_id = InvigilatorId(*person);
    const auto [first, is_new] = line_of.emplace(*person, reader.line());
    if (!is_new && repetition == Repetition::fault) {
      reader.add_fault(id,
                       {fmt::format("{} stands on line {} already", show(*person), first->second),
                        fmt::format("{}은(는) {}행에 이미 있습니다", show(*person), first->second)},
                       {"keep one of the two duties", "두 위촉 가운데 하나만 남기십시오"});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<UnfilledDutyRow> read_unfilled(const std::filesystem::path& path, Encoding encoding, Faults& faults) {
  enum Column : std::size_t { venue, room_no, role, reason };
  std::vector<UnfilledDutyRow> rows;
  std::vector<Fault> warnings;
  CsvReader reader(path, {{"venue_code"}, {"room_no"}, {"role"}, {"reason"}}, encoding, faults, warnings);
  while (reader.next()) {
    UnfilledDutyRow row;
    const auto code = reader.identifier(venue);
    row.room_no = read_room_no(reader, room_no);
    const auto word = reader.word(role, word_lists::duty_role);
    const auto why = reader.word(reason, word_lists::unfilled_reason);
    if (!code || !word || !why) continue;
    row.venue_code = VenueCode(*code);
    row.role = static_cast<DutyRole>(*word);
    row.reason = static_cast<UnfilledReason>(*why);
    rows.push_back(std::move(row));
  }
  return rows;
}

Load read_load(JsonObject& root, const char* key) {
  Load load;
  for (JsonObject& step : root.objects(key)) {
    const auto duties = step.integer("past_duties", 0, most);
    const auto people = step.integer("people", 0, most);
    if (duties && people) load.push_back({*duties, *people});
  }
  return load;
}

BoundedFigure read_figure(JsonObject& root, const char* key, const char* bound) {
  JsonObject figure = root.object(key);
  figure.require("value");
  return {figure.integer("value", 0, most).value_or(-1), figure.integer_or_null(bound, 0, most)};
}

DutyReport read_report(const std::filesystem::path& path, Faults& faults) {
  std::vector<Fault> warnings;
  JsonFile file(path, Encoding::utf8, faults, warnings);
  JsonObject root(file, file.root());
  DutyReport report;
  const auto count = [&](JsonObject& object, const char* key) {
    object.require(key);
    return object.integer(key, 0, most).value_or(0);
  };
  report.places = count(root, "places");
  report.unfilled = count(root, "unfilled");
  report.unfilled_bound = count(root, "unfilled_bound");
  JsonObject rooms = root.object("in_rooms");
  report.room_places = rooms.integer("places", 0, most).value_or(-1);
  report.room_unfilled = rooms.integer("unfilled", 0, most).value_or(-1);
  report.room_unfilled_bound = rooms.integer("unfilled_bound", 0, most).value_or(0);
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
  return report;
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

std::string render_duties(const std::vector<DutyRow>& rows) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; },
                {"venue_code", "room_no", "role", "invigilator_id", "travel_m"});
  for (const DutyRow& row : rows) {
    csv.cell(row.venue_code.text());
    if (row.room_no > 0) {
      csv.cell(row.room_no);
    } else {
      csv.cell("");
    }
    csv.cell(spell(row.role)).cell(row.invigilator_id.text()).cell(row.travel_m).end_row();
  }
  csv.finish();
  return text;
}

std::string render_unfilled(const std::vector<UnfilledDutyRow>& rows) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; }, {"venue_code", "room_no", "role", "reason"});
  for (const UnfilledDutyRow& row : rows) {
    csv.cell(row.venue_code.text());
    if (row.room_no > 0) {
      csv.cell(row.room_no);
    } else {
      csv.cell("");
    }
    csv.cell(spell(row.role)).cell(spell(row.reason)).end_row();
  }
  csv.finish();
  return text;
}

}  // namespace

std::string render_duty_report(const DutyReport& report) {
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
  for (const DutyShortage& shortage : report.shortages) root["shortages"].push_back(shortage_json(shortage));
  return root.dump(2) + "\n";
}

DutyRows load_duties(const std::filesystem::path& folder, Encoding encoding, Repetition repetition) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw NotFound("folder_not_found",
                   {fmt::format("{}: no such folder; name the folder with duties.csv", folder.string()),
                    fmt::format("{}: 폴더가 없습니다. duties.csv가 있는 폴더를 적으십시오", folder.string())});
  }
  Faults faults;
  DutyRows rows;
  rows.duties = read_duties(folder / "duties.csv", encoding, repetition, faults);
  if (std::filesystem::exists(folder / "unfilled.csv", ignored))
    rows.unfilled = read_unfilled(folder / "unfilled.csv", encoding, faults);
  if (std::filesystem::exists(folder / "report.json", ignored)) {
    rows.has_report = true;
    rows.report = read_report(folder / "report.json", faults);
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return rows;
}

void save_duties(const DutyRows& rows, const std::filesystem::path& folder) {
  require_replaceable(folder, "duties.csv");
  AtomicFolder whole(folder);
  write_file(whole.folder() / "duties.csv", render_duties(rows.duties));
  write_file(whole.folder() / "unfilled.csv", render_unfilled(rows.unfilled));
  write_file(whole.folder() / "report.json", render_duty_report(rows.report));
  whole.commit();
}

}  // namespace hanjari::package
