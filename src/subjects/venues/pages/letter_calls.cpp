#include "venues/pages/letter_calls.h"

#include "hanjari/base/error.h"

namespace hanjari::web {

services::VenueLetterRepository& letters_of(const Call& call) {
  if (call.site.venue_letters() != nullptr) return *call.site.venue_letters();
  throw NotFound("no_venue_requests", {"This program asks for no venues.", "이 프로그램은 시험장을 요청하지 않습니다."});
}

bool chooses_exchange(const Call& call, const Values& named) {
  return call.actor().role != services::Role::exam_officer || !field_of(named, "district").empty() ||
         !field_of(named, "venue").empty();
}

services::Exchange exchange_of(const Call& call, const OffersCall& of, const Values& named) {
  if (!chooses_exchange(call, named)) {
    throw InvalidInput("district_missing", {"Choose the district or the venue that this is about.",
                                            "어느 자치구 또는 시험장에 관한 글인지 고르십시오."});
  }
  return services::choose_exchange(of.offers, call.actor(), of.exam, DistrictCode(field_of(named, "district")),
                                   VenueCode(field_of(named, "venue")));
}

void confirm_instruction(const Call& call, std::int64_t number) {
  if (number < 1) {
    throw InvalidInput("bad_request", {"Name the number of the instruction: a whole number from 1.",
                                       "지침의 번호를 1 이상의 정수로 적으십시오."});
  }
  services::confirm_reading(letters_of(call), call.actor(), offers_of(call).exam, number, call.site.now());
}

}  // namespace hanjari::web
