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

[[noreturn]] void throw_no_earlier_exam() {
  throw NotFound("exam_not_found", {"There is no such exam.", "해당 시험이 없습니다."});
}

std::vector<VenueOffer> offers_of_package(ExamRepository& exams, const Actor& actor, const ExamCode& from,
                                          const DistrictCode& district) {
  // An exam that is only being prepared is no coordinator's business, and looks as one that is not there.
  if (!is_of_city(actor) && !exams.find_live_plan(from)) throw_no_earlier_exam();
  const auto exam = exams.find_listed_exam(from, {});  // nothing of its people is needed
  if (!exam) throw_no_earlier_exam();
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

// All that is wrong with any of them, each fault with its school, before the first one is stored.
void check_copies(std::vector<VenueOffer>& copies, const SeatRule& rule) {
  EntryFaults faults;
  for (VenueOffer& offer : copies) {
    EntryFaults own;
    find_offer_faults(offer, rule, own);
    faults.add_all_of(offer.name.empty() ? offer.code.text() : offer.name, own);
  }
  faults.throw_if_any("bad_offer");
}

}  // namespace

std::int64_t copy_offers(VenueOfferRepository& offers, ExamRepository& exams, const Actor& actor, const ExamCode& from,
                         const ExamCode& to, const DistrictCode& district, Instant now) {
  require_own_district(actor, district);
  if (from == to) throw NotFound("exam_not_found", {"Choose another exam.", "다른 시험을 고르십시오."});
  const VenueRequest request = load_request(offers, to);
  std::vector<VenueOffer> earlier = offers_before(offers, from, district);
  if (earlier.empty()) earlier = offers_of_package(exams, actor, from, district);
  std::set<VenueCode> known;
  for (const VenueOffer& offer : offers.list_offers(to, std::nullopt)) known.insert(offer.code);
  std::erase_if(earlier, [&](const VenueOffer& offer) { return known.contains(offer.code); });
  for (VenueOffer& offer : earlier) {
    offer.exam = to;
    offer.district = district;
    offer.version = 0;
    offer.told.clear();
  }
  check_copies(earlier, request.rule);
  if (!earlier.empty()) require_room_for_offers(offers, to, district, earlier.size());
  for (const VenueOffer& offer : earlier) save_known_offer(offers, actor, offer, now);
  return static_cast<std::int64_t>(earlier.size());
}

}  // namespace hanjari::services
