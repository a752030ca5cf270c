#include "verification/findings.h"

#include <algorithm>
#include <tuple>

namespace hanjari::verification {
namespace {

constexpr std::array<std::string_view, code_count> code_words = {
    "double_seat",   "missing_person", "unknown_person",   "person_twice",   "over_capacity",  "mixed_room",
    "mixed_time",    "blocked_desk",   "desk_too_near",    "not_accessible", "wrong_room_use", "wrong_unit",
    "unknown_venue", "unknown_room",   "duplicate_number", "wrong_seat_no",  "wrong_booklet",  "wrong_travel",
    "wrong_report",  "number_form",    "number_order"};

}  // namespace

std::span<const std::string_view> violation_codes() {
  return code_words;
}

void Findings::hand_over(Verdict& verdict) && {
  std::stable_sort(kept_.begin(), kept_.end(), [](const Found& a, const Found& b) {
    return std::tie(a.code, a.subject) < std::tie(b.code, b.subject);
  });
  for (Found& found : kept_) {
    verdict.violations.push_back({std::string(code_words[static_cast<std::size_t>(found.code)]),
                                  std::move(found.subject), std::move(found.message)});
  }
  for (std::size_t code = 0; code < code_count; ++code) {
    if (counts_[code] > 0) verdict.counts.emplace(code_words[code], counts_[code]);
  }
}

}  // namespace hanjari::verification
