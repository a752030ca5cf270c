#include "venues/offer_notices.h"

#include <string>

#include <fmt/format.h>

#include "hanjari/base/written_day.h"
#include "hanjari/domain/district_facts.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

// One message for each step, however often the step is tried.
std::string id_of_notice(const char* kind, const VenueOffer& offer) {
  return fmt::format("{}/{}/{}", kind, offer.id, offer.version + 1);
}

bool was_agreed(OfferState state) {
  return state == OfferState::confirmed || state == OfferState::accepted;
}

}  // namespace

void tell_of_school_answer(const VenueRequest& request, const VenueOffer& offer, SchoolAnswer answer,
                           const std::string& told, std::vector<Message>& messages) {
  const bool yes = answer == SchoolAnswer::yes;
  const DistrictWish* wish = request.find(offer.district);
  if (wish != nullptr && !wish->email.empty()) {
    messages.push_back(message_to_office(
        id_of_notice("venue-school-answer", offer), offer.exam, wish->email,
        yes ? Text{fmt::format("{}: confirmed by the school", offer.name), fmt::format("{}: 학교 확인 완료", offer.name)}
            : Text{fmt::format("{}: the school asks for changes", offer.name), fmt::format("{}: 학교의 변경 요청", offer.name)},
        yes ? Text{fmt::format("The school has confirmed its rooms. The city decides next: {}.", offer.name),
                   fmt::format("학교가 시험실을 확인했습니다. 시청의 수락을 기다립니다: {}.", offer.name)}
            : Text{fmt::format("The school has not confirmed its rooms: {}. Its words: {}", offer.name, told),
                   fmt::format("학교가 시험실을 확인하지 않았습니다: {}. 학교의 의견: {}", offer.name, told)}));
  }
  if (!yes || request.city_email.empty()) return;
  const Text district = name_of_district(offer.district.text());
  messages.push_back(message_to_office(
      id_of_notice("venue-waits", offer), offer.exam, request.city_email,
      {fmt::format("{}: a venue waits for you", district.en), fmt::format("{}: 수락을 기다리는 시험장이 있습니다", district.ko)},
      {fmt::format("The school has confirmed: {}. Sign in to the office to accept it or to ask for a revision.", offer.name),
       fmt::format("학교 확인 완료: {}. 업무 시스템에 로그인하여 수락하거나 보완을 요청하십시오.", offer.name)}));
}

void tell_city_of_loss(const VenueRequest& request, const VenueOffer& offer, OfferState before,
                       std::vector<Message>& messages) {
  if (!was_agreed(before) || request.city_email.empty()) return;
  const Text district = name_of_district(offer.district.text());
  messages.push_back(message_to_office(
      id_of_notice("venue-lost", offer), offer.exam, request.city_email,
      {fmt::format("{}: {} is no longer confirmed", district.en, offer.name),
       fmt::format("{}: 확인이 취소된 시험장: {}", district.ko, offer.name)},
      {fmt::format("The district has changed or withdrawn {}, which was confirmed or accepted before. Its seats do not count "
                   "until it is confirmed anew.",
                   offer.name),
       fmt::format("자치구가 확인 또는 수락된 시험장의 내용을 바꾸었거나 철회했습니다: {}. 다시 확인될 때까지 좌석에 포함되지 "
                   "않습니다.",
                   offer.name)}));
}

std::string id_of_acceptance_before(const VenueOffer& offer) {
  return fmt::format("venue-accepted/{}/{}", offer.id, offer.version);
}

std::string id_of_accepted_day(const VenueOffer& offer, std::int64_t accepted, const ExamWords& exam) {
  return fmt::format("venue-accepted/{}/{}/{}", offer.id, accepted, exam.on ? format_date(*exam.on) : "none");
}

Message notice_of_acceptance(const VenueOffer& offer, std::int64_t accepted, const ExamWords& exam) {
  const Text day = exam.on ? write_plain_day(*exam.on) : Text{"–", "–"};
  return message_to_office(
      id_of_accepted_day(offer, accepted, exam), offer.exam, offer.contact.email,
      {fmt::format("{}: your school is a venue", exam.name.en), fmt::format("{}: 시험장 확정", exam.name.ko)},
      {fmt::format("The rooms that you confirmed were accepted: {}. Exam day: {}. If anything changes, tell your district at "
                   "once.",
                   offer.name, day.en),
       fmt::format("확인해 주신 시험실이 시험장으로 확정되었습니다. 학교: {}, 시험일: {}. 변경 사항이 생기면 바로 자치구에 알려 "
                   "주십시오.",
                   offer.name, day.ko)});
}

// With the step, at whatever hour: somebody of the office is at work and expects, as with every other step, that the school hears of it
// now. A mail wakes nobody; only what the program reminds of by itself waits for the hour at which mail is read.
void tell_school_of_acceptance(const VenueOffer& offer, const ExamWords& exam, std::vector<Message>& messages) {
  if (!offer.contact.email.empty()) messages.push_back(notice_of_acceptance(offer, offer.version + 1, exam));
}

void tell_school_of_withdrawal(const VenueOffer& offer, OfferState before, std::vector<Message>& messages) {
  const bool asked = before == OfferState::proposed || was_agreed(before);
  if (!asked || offer.contact.email.empty()) return;
  messages.push_back(message_to_office(
      id_of_notice("venue-withdrawn", offer), offer.exam, offer.contact.email,
      {fmt::format("{}: your rooms are not needed", offer.name), fmt::format("{}: 시험장 요청 취소", offer.name)},
      {fmt::format("Your school is no longer asked for as a venue of the exam {}: {}. You need not do anything.",
                   offer.exam.text(), offer.name),
       fmt::format("시험장 요청이 취소되었습니다. 시험: {}, 학교: {}. 따로 하실 일은 없습니다.", offer.exam.text(),
                   offer.name)}));
}

}  // namespace hanjari::services
