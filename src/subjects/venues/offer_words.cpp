// The states of an offer in words, and what makes two offers the same.
#include <array>
#include <tuple>

#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {
namespace {

struct OfferStateWord {
  OfferState state;
  std::string_view word;
  const char* en;
  const char* ko;
};

constexpr std::array<OfferStateWord, 6> offer_state_words{
    {{OfferState::draft, "draft", "Being prepared", "작성 중"},
     {OfferState::proposed, "proposed", "Waiting for the school", "학교 확인 대기"},
     {OfferState::confirmed, "confirmed", "Confirmed by the school", "학교 확인 완료"},
     {OfferState::accepted, "accepted", "Accepted", "수락"},
     {OfferState::asked_back, "asked_back", "To be revised", "보완 요청"},
     {OfferState::withdrawn, "withdrawn", "Withdrawn", "철회"}}};

const OfferStateWord& word_of_offer(OfferState state) {
  for (const OfferStateWord& one : offer_state_words) {
    if (one.state == state) return one;
  }
  return offer_state_words.front();
}

auto parts_of_offered_room(const Room& room) {
  return std::tie(room.room_no, room.building, room.floor, room.row_count, room.column_count, room.row_pitch_cm,
                  room.column_pitch_cm, room.blocked, room.people_cap, room.accessible, room.use);
}

bool same_rooms(const std::vector<Room>& one, const std::vector<Room>& other) {
  if (one.size() != other.size()) return false;
  for (std::size_t at = 0; at < one.size(); ++at) {
    if (parts_of_offered_room(one[at]) != parts_of_offered_room(other[at])) return false;
  }
  return true;
}

}  // namespace

const DistrictWish* VenueRequest::find(const DistrictCode& district) const {
  for (const DistrictWish& wish : districts) {
    if (wish.district == district) return &wish;
  }
  return nullptr;
}

std::string_view spell(OfferState state) {
  return word_of_offer(state).word;
}

std::optional<OfferState> parse_offer_state(std::string_view word) {
  for (const OfferStateWord& one : offer_state_words) {
    if (one.word == word) return one.state;
  }
  return std::nullopt;
}

Text name_of(OfferState state) {
  const OfferStateWord& word = word_of_offer(state);
  return {word.en, word.ko};
}

bool same_offer(const VenueOffer& one, const VenueOffer& other) {
  return one.district == other.district && one.code == other.code && one.name == other.name &&
         one.address == other.address && one.at == other.at && one.kind == other.kind && one.phone == other.phone &&
         one.access_note == other.access_note && one.opens_at == other.opens_at && one.closes_at == other.closes_at &&
         one.note == other.note && one.contact == other.contact && same_rooms(one.rooms, other.rooms);
}

}  // namespace hanjari::services
