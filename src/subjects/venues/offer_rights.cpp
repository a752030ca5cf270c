#include "venues/offer_rights.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"

namespace hanjari::services {

void throw_not_your_district() {
  throw NotAllowed("not_your_venue", {"Your account may not open this venue. It belongs to another district, or is not "
                                      "there.",
                                      "이 시험장을 볼 권한이 없습니다. 다른 자치구의 시험장이거나 없는 시험장입니다."});
}

bool is_of_city(const Actor& actor) {
  return actor.role == Role::exam_officer;
}

void require_city(const Actor& actor) {
  if (!is_of_city(actor)) throw_not_your_district();
}

void require_own_district(const Actor& actor, const DistrictCode& district) {
  if (is_of_city(actor)) return;
  if (actor.role != Role::district_coordinator || !actor.district || *actor.district != district)
    throw_not_your_district();
}

void require_version(const VenueOffer& offer, std::int64_t version) {
  if (offer.version == version) return;
  throw Conflict("offer_changed", {"Somebody changed this venue meanwhile. Look at it again before you go on.",
                                   "그사이 다른 사람이 이 시험장의 내용을 바꾸었습니다. 다시 확인한 뒤 진행하십시오."});
}

void throw_wrong_state(const VenueOffer& offer) {
  const Text state = name_of(offer.state);
  throw Conflict("wrong_state", {fmt::format("This cannot be done now. The state of the venue: {}.", state.en),
                                 fmt::format("지금은 할 수 없습니다. 시험장의 현재 상태: {}.", state.ko)});
}

std::size_t count_characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string require_told(const std::string& told) {
  std::string words = clean_lines(told);
  if (words.empty()) {
    throw InvalidInput("told_missing", {"Say in a few words why, and what is to be done.",
                                        "사유와 필요한 조치를 간단히 적으십시오."});
  }
  if (count_characters(words) > longest_note) {
    throw InvalidInput("value_too_long", {fmt::format("Use at most {} characters.", longest_note),
                                          fmt::format("{}자 이내로 적으십시오.", longest_note)});
  }
  return words;
}

Message message_to_office(const std::string& dedupe_id, const ExamCode& exam, const std::string& email,
                          const Text& subject, const Text& body) {
  Message message;
  message.dedupe_id = dedupe_id;
  message.channel = Channel::email;
  message.to = email;
  message.language = Language::korean;
  message.subject = fmt::format("{} / {}", subject.ko, subject.en);
  message.body = fmt::format("{}\n\n{}", body.ko, body.en);
  message.exam = exam.text();
  message.urgency = Urgency::soon;
  return message;
}

}  // namespace hanjari::services
