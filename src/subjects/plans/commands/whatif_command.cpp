// hanjari whatif: one thing varied over a range.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/whatif_job.h"
#include "hanjari/whatif/whatif.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

using nlohmann::ordered_json;
using whatif::Point;

std::string render_csv(const std::vector<Point>& points) {
  std::string text;
  package::CsvWriter csv([&](std::string_view bytes) { text += bytes; },
                         {"value", "status", "seated", "unseated", "missing_rooms", "venue", "room", "seat", "weighted",
                          "floor_weighted", "total", "travel_m", "detour_mean_m", "detour_p95_m", "detour_max_m",
                          "over_detour_cap", "rooms_opened", "venues_opened"});
  for (const Point& point : points) {
    const PlanReport& report = point.report;
    csv.cell(point.value).cell(spell(report.status)).cell(report.seated).cell(report.unseated);
    if (report.change) {
      csv.cell(point.missing_rooms).cell(report.change->venue).cell(report.change->room).cell(report.change->seat);
      csv.cell(report.change->weighted).cell(report.change->floor_weighted);
    } else {
      for (int i = 0; i < 6; ++i) csv.cell("");
    }
    csv.cell(report.objective.total).cell(report.objective.travel_m).decimal(report.detour_m.mean);
    csv.cell(report.detour_m.p95).cell(report.detour_m.max).cell(report.over_detour_cap);
    csv.cell(report.objective.rooms_opened).cell(report.objective.venues_opened).end_row();
  }
  csv.finish();
  return text;
}

ordered_json as_json(const Exam& exam, const whatif::Variation& variation, const std::vector<Point>& points) {
  ordered_json list = ordered_json::array();
  for (const Point& point : points) {
    const PlanReport& report = point.report;
    ordered_json object = {
        {"value", point.value},
        {"status", spell(report.status)},
        {"seated", report.seated},
        {"unseated", report.unseated},
        {"total", report.objective.total},
        {"travel_m", report.objective.travel_m},
        {"detour_m", {{"mean", report.detour_m.mean}, {"p95", report.detour_m.p95}, {"max", report.detour_m.max}}},
        {"over_detour_cap", report.over_detour_cap},
        {"rooms_opened", report.objective.rooms_opened},
        {"venues_opened", report.objective.venues_opened}};
    if (report.change) {
      object["missing_rooms"] = point.missing_rooms;
      object["change"] = {{"weighted", report.change->weighted},
                          {"venue", report.change->venue},
                          {"room", report.change->room},
                          {"seat", report.change->seat},
                          {"floor_weighted", report.change->floor_weighted}};
    }
    if (variation.key == whatif::Key::add_venue) {
      ordered_json added = ordered_json::array();
      for (const whatif::AddedVenue& venue : point.added) {
        added.push_back({{"venue_code", venue.code},
                         {"lat", venue.lat},
                         {"lon", venue.lon},
                         {"district_code", venue.district},
                         {"nearest", venue.nearest},
                         {"nearest_m", venue.nearest_m}});
      }
      object["added"] = std::move(added);
    }
    ordered_json conflicts = ordered_json::array();
    for (const Text& conflict : report.conflicts) conflicts.push_back({{"en", conflict.en}, {"ko", conflict.ko}});
    object["conflicts"] = std::move(conflicts);
    list.push_back(std::move(object));
  }
  return {{"exam", exam.header.code.text()}, {"vary", whatif::spell(variation.key)}, {"points", std::move(list)}};
}

std::string padded(const std::string& text, int width) {
  return std::string(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ') + text;
}

std::string as_table(const whatif::Variation& variation, const std::vector<Point>& points, Language language) {
  const bool replanned = points.front().report.change.has_value();
  std::vector<Text> heads = {{"value", "값"}, {"status", "상태"}, {"no seat", "미배정"}};
  if (replanned) {
    heads.insert(heads.end(), {{"rooms missing", "부족 시험실"},
                               {"venue", "시험장"},
                               {"room", "시험실"},
                               {"weighted", "가중합"},
                               {"least", "이론적 최솟값"}});
  }
  heads.insert(heads.end(), {{"travel km", "거리 합계(km)"},
                             {"mean detour m", "평균 우회(m)"},
                             {"95 % detour m", "95% 우회(m)"},
                             {"rooms", "사용 시험실"}});
  std::string text = whatif::name_of(variation.key).in(language) + "\n";
  for (const Text& head : heads) text += padded(head.in(language), 15);
  text += "\n";
  for (const Point& point : points) {
    const PlanReport& report = point.report;
    const auto cell = [&](std::int64_t value) { text += padded(group_digits(value), 15); };
    text += padded(point.value, 15) + padded(name_of(report.status).in(language), 15);
    cell(report.unseated);
    if (report.change) {
      text += padded(point.missing_rooms_shown(), 15);
      cell(report.change->venue);
      cell(report.change->room);
      cell(report.change->weighted);
      cell(report.change->floor_weighted);
    }
    cell(report.objective.travel_m / 1000);
    cell(std::llround(report.told_detour_m.mean));
    cell(report.told_detour_m.p95);
    cell(report.objective.rooms_opened);
    text += "\n";
  }
  const auto& places = whatif::best_places(points);
  if (!places.empty())
    text += Text{"a further venue helps most here, in this order:", "시험장을 더하면 도움이 되는 곳, 효과가 큰 순서:"}.in(
                language) +
            "\n";
  for (const whatif::AddedVenue& added : places) text += "  " + describe(added).in(language) + "\n";
  return text;
}

Exit run_whatif(const Arguments& arguments, const Terminal& terminal) {
  const std::string vary = arguments.text("vary");
  const std::string out = arguments.text("out");
  const OutputFiles files(out, {"whatif.csv", "whatif.json", "whatif.svg", "whatif.html"}, existing_of(arguments));
  whatif::Effort effort;
  effort.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (arguments.has("threads")) effort.threads = static_cast<int>(arguments.integer("threads", 1, 256));
  if (arguments.has("rounds")) effort.rounds = arguments.integer("rounds", 0, std::int64_t{1} << 40);
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const whatif::Variation variation = services::read_variation(exam, vary);
  std::optional<PlanRows> published;
  if (const auto from = arguments.find("from"))
    published = load_plan_argument(*from, read_encoding(arguments), exam, Unknown::passed_over, terminal);
  if (published) {
    require_sound_pins(exam, &*published);
  } else {
    judge_pins_of_first_plan(exam, terminal);
  }
  const std::vector<Point> points =
      whatif::explore(exam, variation, published ? &*published : nullptr, effort, system_clock(), terminal.progress);
  files.write("whatif.csv", render_csv(points));
  files.write("whatif.json", as_json(exam, variation, points).dump(2) + "\n");
  files.write("whatif.svg", whatif::render_whatif_svg(variation, points, terminal.language));
  files.write("whatif.html", whatif::render_whatif_html(exam, variation, points, terminal.language));
  terminal.print(arguments.has("json") ? as_json(exam, variation, points).dump(2) + "\n"
                                       : as_table(variation, points, terminal.language));
  terminal.say({"written: whatif.csv, whatif.json, whatif.svg, whatif.html in " + out,
                out + "에 whatif.csv, whatif.json, whatif.svg, whatif.html을 저장했습니다"});
  return Exit::done;
}

}  // namespace

Command whatif_command() {
  return {"whatif",
          {"varies one thing over a range and shows the curve", "한 가지를 범위 안에서 바꿔 보고 곡선을 보여 줍니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}},
          {{"vary",
            "KEY=A..B[:STEP]",
            {"people_cap, min_gap_cm, detour_cap_m, reserve_rooms, lose_venue, add_venue",
             "people_cap, min_gap_cm, detour_cap_m, reserve_rooms, lose_venue, add_venue 중 하나"}},
           {"out", "DIR", {"new or empty folder for table, JSON and pictures", "표와 JSON, 그림을 저장할 새 폴더나 빈 폴더"}},
           {"from",
            "PLAN",
            {"replan this plan for every value: who would have to move", "이 배정안에서 옮겨야 하는 인원을 봅니다"}},
           {"threads", "N", {"values side by side; the results are the same for any number", "동시에 계산할 값의 수"}},
           {"rounds", "N", {"rounds of improvement for every value", "값마다 개선할 횟수"}},
           {"json", "", {"print JSON instead of a table", "표 대신 JSON을 출력합니다"}},
           replace_option(),
           encoding_option()},
          run_whatif};
}

}  // namespace hanjari::cli
