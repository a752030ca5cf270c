// How much of one goal another goal costs: the curves an officer chooses a policy by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/domain/plan.h"

namespace hanjari::whatif {

// detour_cap: the cap on the detour against travel, people to venues (exact; whole rooms not counted).
// pairs: (unit, venue) pairs against travel, plans with growing weights.
// mixing: what it costs that units do not share rooms, one plan for each policy.
enum class TradeOff { detour_cap, pairs, mixing };

std::string_view spell(TradeOff kind);
std::optional<TradeOff> parse_trade_off(std::string_view word);
Text name_of(TradeOff kind);

struct TradePoint {
  std::string setting;  // metres of the cap (empty: none), metres a pair weighs, or the word of the policy
  Metres travel_m = 0;
  Metres detour_m = 0;  // of all together
  Metres longest_detour_m = 0;
  std::int64_t over_detour_cap = 0;  // people; more than 0 where the cap cannot be kept
  std::int64_t unseated = 0;
  std::int64_t pairs = 0;  // of plans
  std::int64_t rooms = 0;  // of plans
};

// A setting as officers say it: kilometres, or what a policy of sharing rooms does.
Text name_of_setting(TradeOff kind, const std::string& setting);

std::vector<TradePoint> trace(const Exam& exam, TradeOff kind, int threads, const Clock& clock, Progress& progress);
// Adds every point as soon as it is found, so that those before stay when the progress throws. The caps are found together.
void trace(const Exam& exam, TradeOff kind, int threads, const Clock& clock, Progress& progress,
           std::vector<TradePoint>& points);

std::string render_trade_off_svg(TradeOff kind, const std::vector<TradePoint>& points, Language language);

}  // namespace hanjari::whatif
