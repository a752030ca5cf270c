#include "hanjari/plans/whatif_job.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/jobs/job_kinds.h"
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
    for (const RowNumber& one : row_numbers) written[one.name] = row.*one.number;
    rows.push_back(std::move(written));
  }
  return json{{"subject", made.subject}, {"rows", std::move(rows)}}.dump();
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
  if (const auto kind = whatif::parse_trade_off(word)) return *kind;
  throw InvalidInput("bad_request", {"A trade-off is detour_cap, pairs or mixing.",
                                     "비교할 항목은 detour_cap, pairs, mixing 가운데 하나입니다."});
}

}  // namespace

Job order_whatif(ExamRepository& exams, Workbench& workbench, JobRepository& jobs, const ExamCode& code,
                 const StoredPlan& plan, const WhatifWish& wish, const Change& change) {
  require_not_destroyed(exams, code);
  if (wish.vary.empty()) {
    trade_off_of(wish.trade_off);
  } else {
    whatif::parse_variation(workbench.copies.find(exams, code, plan)->planned.exam, wish.vary);
  }
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
    for (const RowNumber& one : row_numbers) row.*one.number = written.value(one.name, std::int64_t{0});
  }
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
    WhatifMade made;
    const std::string vary = request.value("vary", std::string());
    if (vary.empty()) {
      made.subject = request.value("trade_off", std::string());
      for (const whatif::TradePoint& point :
           whatif::trace(*exam, trade_off_of(made.subject), 1, clock, call.progress))
        made.rows.push_back(row_of_trade(point));
      return write_whatif_made(made);
    }
    made.subject = vary;
    std::optional<PlanRows> published;
    if (request.value("from_plan", false)) published = package::rows_of_plan(*exam, *plan);
    for (const whatif::Point& point :
         whatif::explore(*exam, whatif::parse_variation(*exam, vary), published ? &*published : nullptr, {}, clock,
                         call.progress))
      made.rows.push_back(row_of_point(point));
    return write_whatif_made(made);
  };
}

}  // namespace hanjari::services
