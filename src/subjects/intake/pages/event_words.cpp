#include "intake/pages/event_words.h"

#include <array>
#include <utility>

#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {

std::string write_event_kind(const Call& call, std::string_view kind) {
  constexpr std::array<std::pair<std::string_view, const char*>, 20> words{
      {{"submitted", "history.submitted"},
       {"edited", "history.edited"},
       {"paid", "history.paid"},
       {"withdrawn", "history.withdrawn"},
       {"lapsed", "history.lapsed"},
       {"refund_asked", "history.refund_asked"},
       {"refunded", "history.refunded"},
       {"payment_failed", "history.payment_failed"},
       {"payment_taken_back", "history.payment_taken_back"},
       {"payment_kept", "history.payment_kept"},
       {"payment_ended", "history.payment_ended"},
       {"accommodation_decided", "history.accommodation_decided"},
       {"accommodation_questioned", "history.accommodation_questioned"},
       {"corrected", "history.corrected"},
       {"claim_proven", "history.claim_proven"},
       {"claim_released", "history.claim_released"},
       {"claim_yielded", "history.claim_yielded"},
       {"self_reported", "history.self_reported"},
       {"report_decided", "history.report_decided"},
       {"seat_moved", "history.seat_moved"}}};
  for (const auto& [known, message] : words) {
    if (known == kind) return call.site.pages().text(call.language, message);
  }
  return std::string(kind);
}

}  // namespace hanjari::web
