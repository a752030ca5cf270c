#include "hanjari/plans/whatif_job.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/progress.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/pin_rules.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/whatif/trade_off.h"
#include "hanjari/whatif/whatif.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

// Every number of a row, once for both directions.
struct RowNumber {
  const char* name;
  std::int64_t WhatifRow::*number;
};
constexpr RowNumber row_numbers[] = {{"travel_m", &WhatifRow::travel_m},
                                     {"longest_detour_m", &WhatifRow::longest_detour_m},
                                     {"over_cap", &WhatifRow::over_cap},
                                     {"unseated", &WhatifRow::unseated},
                                     {"rooms", &WhatifRow::rooms},
                                     {"pairs", &WhatifRow::pairs},
                                     {"moved", &WhatifRow::moved},
                                     {"missing_rooms", &WhatifRow::missing_rooms}};

std::string write_whatif_made(const WhatifMade& made) {
  json rows = json::array();
  for (const WhatifRow& row : made.rows) {
    json written{{"value", row.value}};
    if (!row.name.empty()) written["name"] = row.name;
    for (const RowNumber& one : row_numbers) written[one.name] = row.*one.number;
    rows.push_back(std::move(written));
  }
  json written{{"subject", made.subject}, {"rows", std::move(rows)}};
  for (const Text& place : made.places) written["places"].push_back({{"en", place.en}, {"ko", place.ko}});
  return written.dump();
}

WhatifRow row_of_point(const whatif::Point& point) {
  WhatifRow row;
  row.value = point.value;
  row.travel_m = point.report.objective.travel_m;
  row.longest_detour_m = point.report.detour_m.max;
  row.over_cap = point.report.over_detour_cap;
  row.unseated = point.report.unseated;
  row.rooms = point.report.objective.rooms_opened;
  row.pairs = point.report.objective.unit_venue_pairs;
  if (point.report.change) row.moved = point.report.change->venue + point.report.change->room + point.report.change->seat;
  row.missing_rooms = point.missing_rooms;
  return row;
}

WhatifRow row_of_trade(const whatif::TradePoint& point) {
  WhatifRow row;
  row.value = point.setting;
  row.travel_m = point.travel_m;
  row.longest_detour_m = point.longest_detour_m;
  row.over_cap = point.over_detour_cap;
  row.unseated = point.unseated;
  row.rooms = point.rooms;
  row.pairs = point.pairs;
  return row;
}

whatif::TradeOff trade_off_of(const std::string& word) {
  if (const auto kind = parse_meant(word, whatif::parse_trade_off)) return *kind;
  throw InvalidInput("bad_request", {"A trade-off is detour_cap, pairs or mixing.",
                                     "비교할 항목은 detour_cap, pairs, mixing 가운데 하나입니다."});
}

void keep_found(const JobCall& call, const WhatifMade& made) {
  if (call.found != nullptr && !made.rows.empty()) *call.found = write_whatif_made(made);
}

// One value after the other, so that those before stay when the work is cancelled.
std::string explore_rows(const Exam& exam, const std::string& vary, const PlanRows* published, const Clock& clock,
                         const JobCall& call) {
  const whatif::Variation variation = read_variation(exam, vary);
  WhatifMade made;
  // In the words of the contract, by which its name is found.
  made.subject = std::string(whatif::spell(variation.key)) + vary.substr(std::min(vary.find('='), vary.size()));
  call.progress.stage({"What if", "바꿔 보기"}, variation.values.size());
  for (const std::string& value : variation.values) {
    for (const whatif::Point& point : whatif::explore(exam, {variation.key, {value}}, published, {}, clock, no_progress())) {
      made.rows.push_back(row_of_point(point));
      if (variation.key == whatif::Key::lose_venue) made.rows.back().name = exam[exam.find(VenueCode(value))].name;
      if (point.added.size() > made.places.size()) {
        made.places.clear();
        for (const whatif::AddedVenue& added : point.added) made.places.push_back(whatif::describe(added));
      }
    }
    keep_found(call, made);
    call.progress.report(made.rows.size(), value);
  }
  return write_whatif_made(made);
}

std::string trace_rows(const Exam& exam, const std::string& word, const Clock& clock, const JobCall& call) {
  const whatif::TradeOff kind = trade_off_of(word);
  WhatifMade made;
  made.subject = spell(kind);
  std::vector<whatif::TradePoint> points;
  const auto take_over = [&] {
    for (std::size_t at = made.rows.size(); at < points.size(); ++at) made.rows.push_back(row_of_trade(points[at]));
  };
  try {
    whatif::trace(exam, kind, 1, clock, call.progress, points);
  } catch (const JobStopped&) {
    take_over();
    keep_found(call, made);
    throw;
  }
  take_over();
  return write_whatif_made(made);
}

// A pin to another place than that of the plan would be passed over without a word; re-planning refuses it too. So it is told whatever is
// tried, also where the plan is not.
void require_kept_pins(const PlannedExam& planned) {
  if (planned.exam.pins.empty()) return;
  const PlanRows told = package::rows_of_plan(planned.exam, planned.plan);
  if (Faults faults = find_misplaced_pins(planned.exam, &told); !faults.empty()) throw InvalidInput(std::move(faults));
}

bool is_digits(const std::string& text) {
  return text.size() < 18 && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

Text name_of_whatif(const WhatifMade& made) {
  if (const auto kind = whatif::parse_trade_off(made.subject)) return whatif::name_of(*kind);
  const auto at = made.subject.find('=');
  if (at == std::string::npos) return {made.subject, made.subject};
  const std::string range = made.subject.substr(at + 1);
  for (const whatif::Key key : {whatif::Key::people_cap, whatif::Key::min_gap_cm, whatif::Key::detour_cap_m,
                                whatif::Key::reserve_rooms, whatif::Key::lose_venue, whatif::Key::add_venue}) {
    if (whatif::spell(key) != made.subject.substr(0, at)) continue;
    const Text name = whatif::name_of(key);
    return {name.en + ": " + range, name.ko + ": " + range};
  }
  return {made.subject, made.subject};
}

Text name_of_setting(const WhatifMade& made, const std::string& value) {
  const auto kind = whatif::parse_trade_off(made.subject);
  if (kind && (*kind == whatif::TradeOff::mixing || is_digits(value))) return whatif::name_of_setting(*kind, value);
  return {value, value};
}

whatif::Variation read_variation(const Exam& exam, const std::string& vary, const char* venues) {
  try {
    return whatif::parse_variation(exam, vary);
  } catch (const InvalidInput&) {
    const std::size_t equals = vary.find('=');
    const std::string_view losing[] = {whatif::spell(whatif::Key::lose_venue)};
    if (equals == std::string::npos || find_meant_word(vary.substr(0, equals), losing) != 0) throw;
    const std::string range = vary.substr(equals + 1);
    const std::size_t dots = range.find("..");
    Faults faults;
    package::NearCodes known(venues);
    for (const Venue& venue : exam.venues) {
      known.add(venue.code.text());
      known.add_name(venue.name, venue.code.text());
    }
    for (const std::string& code : {range.substr(0, dots), dots == std::string::npos ? std::string() : range.substr(dots + 2)}) {
      if (code.empty() || exam.find(VenueCode(code)).exists()) continue;
      if (auto near = known.find(code)) faults.add({"--vary", 0, "", std::move(near->what), std::move(near->fix)});
    }
    if (faults.empty()) throw;
    throw InvalidInput("bad_variation", {"This cannot be varied.", "이렇게 바꿔 볼 수 없습니다."}, std::move(faults));
  }
}

namespace {

// Whoever orders on a page or by a program gave no option, and has no files of the stored exam.
void require_variation(const Exam& exam, const std::string& vary) {
  try {
    read_variation(exam, vary, "venues");
  } catch (const InvalidInput& refused) {
    Faults told;
    for (Fault fault : refused.faults().kept()) {
      if (fault.file == "--vary") {
        fault.file.clear();
        fault.column = "vary";
      }
      told.add(std::move(fault));
    }
    throw InvalidInput(refused.code(), refused.message(), std::move(told));
  }
}

}  // namespace

Job order_whatif(ExamRepository& exams, Workbench& workbench, JobRepository& jobs, const ExamCode& code,
                 const StoredPlan& plan, const WhatifWish& wish, const Change& change) {
  require_not_destroyed(exams, code);
  if (wish.vary.empty()) trade_off_of(wish.trade_off);
  const auto copy = workbench.copies.find(exams, code, plan);
  if (!wish.vary.empty()) require_variation(copy->planned.exam, wish.vary);
  require_kept_pins(copy->planned);
  const json request{{"plan", plan.digest},
                     {"population", plan.input_sha256},
                     {"vary", wish.vary},
                     {"trade_off", wish.vary.empty() ? wish.trade_off : std::string()},
                     {"from_plan", wish.from_plan && !wish.vary.empty()}};
  return jobs.add_job({whatif_job_kind, code.text(), request.dump(-1, ' ', false, json::error_handler_t::replace)},
                      draw_token(), change);
}

std::optional<WhatifMade> parse_whatif_made(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object() || !read.contains("subject") || !read.contains("rows")) return std::nullopt;
  WhatifMade made;
  made.subject = read.value("subject", std::string());
  for (const json& written : read.at("rows")) {
    WhatifRow& row = made.rows.emplace_back();
    row.value = written.value("value", std::string());
    row.name = written.value("name", std::string());
    for (const RowNumber& one : row_numbers) row.*one.number = written.value(one.name, std::int64_t{0});
  }
  for (const json& place : read.value("places", json::array()))
    made.places.push_back({place.value("en", std::string()), place.value("ko", std::string())});
  return made;
}

JobWork whatif_work(ExamRepository& exams, const Clock& clock) {
  return [&exams, &clock](const JobCall& call) {
    const ExamCode code(call.job.order.exam);
    const json request = json::parse(call.job.order.request);
    call.progress.stage({"Reading the exam", "시험 읽기"}, 0);
    const auto exam = exams.find_exam(code, request.at("population").get<std::string>());
    const auto plan = exam ? exams.find_plan(*exam, request.at("plan").get<std::string>()) : std::nullopt;
    if (!plan) {
      throw NotFound("plan_not_found", {"The plan is not stored any more.", "배정안이 더 이상 저장되어 있지 않습니다."});
    }
    const std::string vary = request.value("vary", std::string());
    if (vary.empty()) return trace_rows(*exam, request.value("trade_off", std::string()), clock, call);
    std::optional<PlanRows> published;
    if (request.value("from_plan", false)) published = package::rows_of_plan(*exam, *plan);
    return explore_rows(*exam, vary, published ? &*published : nullptr, clock, call);
  };
}

}  // namespace hanjari::services
