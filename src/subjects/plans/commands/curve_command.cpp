// hanjari curve: how much of one goal another one costs.
#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/travel.h"
#include "hanjari/package/csv.h"
#include "hanjari/whatif/trade_off.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

using nlohmann::ordered_json;
using whatif::TradeOff;
using whatif::TradePoint;

std::string render_csv(const std::vector<TradePoint>& points) {
  std::string text;
  package::CsvWriter csv([&](std::string_view bytes) { text += bytes; },
                         {"setting", "travel_m", "detour_m", "detour_max_m", "over_detour_cap", "unseated",
                          "unit_venue_pairs", "rooms_opened"});
  for (const TradePoint& point : points) {
    csv.cell(point.setting).cell(point.travel_m).cell(point.detour_m).cell(point.longest_detour_m);
    csv.cell(point.over_detour_cap).cell(point.unseated).cell(point.pairs).cell(point.rooms).end_row();
  }
  csv.finish();
  return text;
}

std::string render_json(const Exam& exam, TradeOff kind, const std::vector<TradePoint>& points) {
  ordered_json list = ordered_json::array();
  for (const TradePoint& point : points) {
    list.push_back({{"setting", point.setting},
                    {"travel_m", point.travel_m},
                    {"detour_m", point.detour_m},
                    {"detour_max_m", point.longest_detour_m},
                    {"over_detour_cap", point.over_detour_cap},
                    {"unseated", point.unseated},
                    {"unit_venue_pairs", point.pairs},
                    {"rooms_opened", point.rooms}});
  }
  return ordered_json{{"exam", exam.header.code.text()}, {"of", whatif::spell(kind)}, {"points", std::move(list)}}.dump(
             2) +
         "\n";
}

std::string curve_cell(const std::string& text, int width) {
  return std::string(static_cast<std::size_t>(std::max(1, width - display_width(text))), ' ') + text;
}

// For officers: kilometres and words; the file has metres for programs.
std::string render_curve_table(TradeOff kind, const std::vector<TradePoint>& points, Language language) {
  const Text heads[] = {{"setting", "설정"},         {"travel km", "거리 합계(km)"}, {"detour km", "우회 합계(km)"},
                        {"longest km", "최장 우회(km)"}, {"over the cap", "상한 초과"}, {"no seat", "미배정"},
                        {"unit at venue", "모집단위·시험장"}, {"rooms", "사용 시험실"}};
  std::string text;
  for (const Text& head : heads) text += curve_cell(head.in(language), &head == heads ? 24 : 17);
  text += "\n";
  // Detours may be shorter than the way to the nearest venue.
  const auto tenths = [](Metres metres) {
    const Metres size = metres < 0 ? -metres : metres;
    return fmt::format("{}{}.{}", metres <= -50 ? "-" : "", group_digits((size + 50) / 1'000), (size + 50) / 100 % 10);
  };
  for (const TradePoint& point : points) {
    text += curve_cell(whatif::name_of_setting(kind, point.setting).in(language), 24);
    text += curve_cell(group_digits((point.travel_m + 500) / 1'000), 17) + curve_cell(tenths(point.detour_m), 17);
    text += curve_cell(tenths(told_detour(point.longest_detour_m, 0)), 17);
    for (const std::int64_t count : {point.over_detour_cap, point.unseated, point.pairs, point.rooms})
      text += curve_cell(group_digits(count), 17);
    text += "\n";
  }
  return text;
}

Exit run_curve(const Arguments& arguments, const Terminal& terminal) {
  const std::string word = arguments.text("of");
  const std::optional<TradeOff> kind = parse_meant(word, whatif::parse_trade_off);
  if (!kind) {
    throw WrongUsage{{fmt::format("--of: '{}' is none of detour_cap, pairs, mixing", word),
                      in_korean("--of: '{}'[은/는] detour_cap, pairs, mixing 중 하나가 아닙니다", word)}};
  }
  const std::string out = arguments.text("out");
  const OutputFiles files(out, {"curve.csv", "curve.json", "curve.svg"}, existing_of(arguments));
  int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (arguments.has("threads")) threads = static_cast<int>(arguments.integer("threads", 1, 256));
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  judge_pins_of_first_plan(exam, terminal);
  const std::vector<TradePoint> points = whatif::trace(exam, *kind, threads, system_clock(), terminal.progress);
  files.write("curve.csv", render_csv(points));
  files.write("curve.json", render_json(exam, *kind, points));
  files.write("curve.svg", whatif::render_trade_off_svg(*kind, points, terminal.language));
  terminal.print(render_curve_table(*kind, points, terminal.language));
  terminal.say({"written: curve.csv, curve.json, curve.svg in " + out,
                out + "에 curve.csv, curve.json, curve.svg를 저장했습니다"});
  return Exit::done;
}

}  // namespace

Command curve_command() {
  return {
      "curve",
      {"shows how much of one goal another one costs", "한 목표가 다른 목표에 얼마를 치르게 하는지 보여 줍니다"},
      {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}},
      {{"of",
        "WORD",
        {"detour_cap: the cap against travel; pairs: units at a venue against travel; mixing: what sharing rooms saves",
         "detour_cap: 우회 상한과 이동, pairs: 시험장별 모집단위 수와 이동, mixing: 시험실 공용의 효과"}},
       {"out", "DIR", {"new or empty folder for table, JSON and picture", "표와 JSON, 그림을 저장할 새 폴더나 빈 폴더"}},
       {"threads", "N", {"threads; the results are the same for any number", "스레드 수(결과는 같습니다)"}},
       replace_option(),
       encoding_option()},
      run_curve};
}

}  // namespace hanjari::cli
