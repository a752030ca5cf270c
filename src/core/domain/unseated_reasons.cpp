// Why people have no seat: each reason with what officers and the people themselves are told, once for all places.
#include <algorithm>

#include "hanjari/domain/plan.h"

namespace hanjari {

const std::vector<UnseatedReason>& unseated_reasons() {
  static const std::vector<UnseatedReason> reasons{
      {"pinned",
       true,
       {"is pinned to a place of the published plan that the changed exam does not allow any more",
        "고정된 응시자이지만 변경된 시험에서는 공고된 자리를 사용할 수 없습니다"},
       {"they are pinned to a place that the exam does not allow any more", "고정된 자리를 더는 사용할 수 없음"},
       {"the place you had cannot be used any more", "배정받으신 자리를 더는 사용할 수 없습니다"}},
      {"no_isolation_venue",
       true,
       {"is routed to isolation, and no isolation venue has a room",
        "격리 대상이지만 시험실이 있는 별도시험장이 없습니다"},
       {"they are routed to isolation, and no isolation venue that can be reached has a room",
        "격리 대상이지만 갈 수 있는 별도시험장에 시험실이 없음"},
       {"there is no free seat in a venue of the kind you need at present", "현재 해당하는 시험장에 남은 좌석이 없습니다"}},
      {"no_reserve_room",
       true,
       {"is routed to a reserve room, and there is none", "예비시험실 대상이지만 예비시험실이 없습니다"},
       {"they are routed to a reserve room, and no venue that can be reached has one",
        "예비시험실 대상이지만 갈 수 있는 시험장에 예비시험실이 없음"},
       {"there is no free seat in a room of the kind you need at present", "현재 해당하는 시험실에 남은 좌석이 없습니다"}},
      {"no_accessible_room",
       true,
       {"needs an accessible room, and there is none that the person may use",
        "휠체어로 접근할 수 있는 시험실이 필요하지만 사용할 수 있는 곳이 없습니다"},
       {"they need an accessible room, and none has a seat left",
        "휠체어로 접근할 수 있는 시험실에 남은 좌석이 없음"},
       {"there is no free room with step-free access at present",
        "현재 휠체어로 이용할 수 있는 시험실에 남은 좌석이 없습니다"}},
      {"no_reachable_venue",
       true,
       {"cannot reach any venue with a room that the person may use",
        "사용할 수 있는 시험실이 있는 시험장 중 갈 수 있는 곳이 없습니다"},
       {"no venue with a room for them can be reached from their home",
        "집에서 갈 수 있는 시험장에 이용할 수 있는 시험실이 없음"},
       {"no venue that is in use can be reached from the address you gave",
        "기재하신 주소에서 갈 수 있는 시험장이 현재 없습니다"}},
      {"no_separate_room",
       false,
       {"needs a room for people with a separate room or a scribe, and none has a seat left",
        "별도시험실·대필 대상자의 시험실에 남은 좌석이 없습니다"},
       {"they need a separate room or a scribe, and no room is left for that", "별도시험실·대필용 시험실이 더 없음"},
       {"there is no free seat in a separate room at present", "현재 별도시험실에 남은 좌석이 없습니다"}},
      {"no_multiplier_room",
       false,
       {"needs a room with the same extra time, and none has a seat left",
        "같은 연장 시간의 시험실에 남은 좌석이 없습니다"},
       {"no room with their extra time has a seat left", "같은 연장 시간의 시험실에 남은 좌석이 없음"},
       {"there is no free seat in a room with your extra time at present",
        "현재 같은 연장 시간의 시험실에 남은 좌석이 없습니다"}},
      {"no_capacity",
       false,
       {"every room that the person's unit may use is full or given to others",
        "이 모집단위에서 사용할 수 있는 모든 시험실이 가득 찼거나 다른 응시자에게 배정되었습니다"},
       {"every room that their unit may use is full or given to others",
        "모집단위가 사용할 수 있는 시험실이 모두 찼거나 다른 응시자에게 배정됨"},
       {"all seats are taken at present", "현재 남은 좌석이 없습니다"}}};
  return reasons;
}

const UnseatedReason* find_unseated_reason(std::string_view code) {
  const auto& reasons = unseated_reasons();
  const auto found = std::find_if(reasons.begin(), reasons.end(),
                                  [&](const UnseatedReason& reason) { return reason.code == code; });
  return found == reasons.end() ? nullptr : &*found;
}

}  // namespace hanjari
