// Schools of an earlier exam, offered again.
#include <set>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_offers.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

VenueOffer offer_of_venue(const Exam& exam, VenueIndex index) {
  const Venue& venue = exam[index];
  VenueOffer offer;
  offer.code = venue.code;
  offer.name = venue.name;
  offer.address = venue.address;
  offer.at = venue.at;
  offer.kind = venue.kind;
  offer.phone = venue.phone;
  for (const Room& room : exam.rooms_of(index)) {
    Room copied = room;
    copied.venue = VenueIndex::none();
    offer.rooms.push_back(std::move(copied));
  }
  return offer;
}

std::vector<VenueOffer> offers_of_package(ExamRepository& exams, const ExamCode& from, const DistrictCode& district) {
  const auto exam = exams.find_exam(from, {});
  if (!exam) throw NotFound("exam_not_found", {"There is no such exam.", "해당 시험이 없습니다."});
  std::vector<VenueOffer> offers;
  for (std::size_t at = 0; at < exam->venues.size(); ++at) {
    const VenueIndex index(at);
    if (exam->words[(*exam)[index].district] == district.text()) offers.push_back(offer_of_venue(*exam, index));
  }
  return offers;
}

// What was given up then is not offered again by itself.
std::vector<VenueOffer> offers_before(VenueOfferRepository& offers, const ExamCode& from, const DistrictCode& district) {
  std::vector<VenueOffer> earlier = offers.list_offers(from, district);
  std::erase_if(earlier, [](const VenueOffer& offer) { return offer.state == OfferState::withdrawn; });
  return earlier;
}

}  // namespace

std::int64_t copy_offers(VenueOfferRepository& offers, ExamRepository& exams, const Actor& actor, const ExamCode& from,
                         const ExamCode& to, const DistrictCode& district, Instant now) {
  require_own_district(actor, district);
  if (from == to) throw NotFound("exam_not_found", {"Choose another exam.", "다른 시험을 고르십시오."});
  load_request(offers, to);
  std::vector<VenueOffer> earlier = offers_before(offers, from, district);
  if (earlier.empty()) earlier = offers_of_package(exams, from, district);
  std::set<VenueCode> known;
  for (const VenueOffer& offer : offers.list_offers(to, std::nullopt)) known.insert(offer.code);
  std::int64_t made = 0;
  for (VenueOffer& offer : earlier) {
    if (known.contains(offer.code)) continue;
    offer.exam = to;
    offer.district = district;
    offer.version = 0;
    offer.told.clear();
    save_known_offer(offers, actor, std::move(offer), now);
    ++made;
  }
  return made;
}

}  // namespace hanjari::services
