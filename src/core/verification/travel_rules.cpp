// The rule about travel.
#include <cstdlib>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "verification/own_travel.h"
#include "verification/rules.h"

namespace hanjari::verification {

void judge_travel(const Reading& reading, Findings& findings) {
  constexpr Metres tolerated = 1;  // contract: checkers accept one metre per person
  const OwnTravel travel(reading.exam);
  for (std::size_t at = 0; at < reading.rows.placements.size(); ++at) {
    const Applicant* person = reading.applicant(RowIndex(at));
    const VenueIndex venue = reading.venue(RowIndex(at));
    if (person == nullptr || !venue.exists()) continue;
    const auto metres = travel.between(*person, venue);
    const Metres claimed = reading[RowIndex(at)].travel_m;
    if (metres && claimed >= *metres - tolerated && claimed <= *metres + tolerated) continue;
    findings.add(Code::wrong_travel, [&] {
      const std::string& code = reading.exam[venue].code.text();
      const std::string& origin = reading.exam.words[person->origin];
      return std::pair(
          person->id.text(),
          metres ? Text{fmt::format("travels {} m to {}, the plan says {} m", *metres, code, claimed),
                        fmt::format("{}까지 {} m인데 배정안에는 {} m로 되어 있습니다", code, *metres, claimed)}
                 : Text{fmt::format("cannot travel to {}: the travel table has no row from {}", code, origin),
                        in_korean("{}[으로/로] 갈 수 없습니다. 이동 거리표에 {}에서 가는 행이 없습니다", code, origin)});
    });
  }
}

}  // namespace hanjari::verification
