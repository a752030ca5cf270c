#include "hanjari/venues/venue_chiefs.h"

#include <algorithm>
#include <map>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

std::optional<DistrictCode> own_scope(const Actor& actor) {
  std::optional<DistrictCode> scope;
  if (is_of_city(actor)) return scope;
  if (actor.role != Role::district_coordinator || !actor.district) throw_not_your_district();
  scope = actor.district;
  return scope;
}

void require_chief_named(const std::string& account) {
  if (!clean_signs(account).empty()) return;
  throw InvalidInput("chief_missing", {"Enter the account of the venue chief.", "시험장 책임관의 계정을 입력하십시오."});
}

}  // namespace

std::vector<GivenVenue> list_venues_to_give(PlanRepository& plans, VenueOfferRepository* offers, const Actor& actor,
                                            const ExamCode& exam) {
  const std::optional<DistrictCode> scope = own_scope(actor);
  std::map<VenueCode, GivenVenue> venues;
  if (offers != nullptr) {
    for (const VenueOffer& offer : offers->list_offers(exam, scope)) {
      if (offer.state != OfferState::withdrawn) venues[offer.code] = {offer.code, offer.name, offer.district};
    }
  }
  // What is live counts before what was offered.
  for (const VenueSummary& venue : plans.list_venues(exam, scope)) venues[venue.code] = {venue.code, venue.name, venue.district};
  std::vector<GivenVenue> list;
  for (auto& [code, venue] : venues) {
    // A venue is offered by one district and may stand in the live plan with another: then it is the plan's.
    if (!scope || venue.district == *scope) list.push_back(std::move(venue));
  }
  return list;
}

std::vector<VenueChief> list_own_chiefs(VenueChiefRepository& chiefs, const Actor& actor, const ExamCode& exam) {
  return chiefs.list_chiefs(exam, own_scope(actor));
}

VenueChief give_venue(VenueChiefRepository& chiefs, PlanRepository& plans, VenueOfferRepository* offers, const Actor& actor,
                      const ExamCode& exam, const VenueCode& venue, const std::string& account, Instant now) {
  require_chief_named(account);
  const std::vector<GivenVenue> own = list_venues_to_give(plans, offers, actor, exam);
  const auto found = std::find_if(own.begin(), own.end(), [&](const GivenVenue& one) { return one.code == venue; });
  if (found == own.end()) {
    if (!is_of_city(actor)) throw_not_your_district();
    throw NotFound("no_such_offer", {"There is no such venue.", "해당 시험장이 없습니다."});
  }
  VenueChief chief;
  chief.exam = exam;
  chief.venue = venue;
  chief.district = found->district;
  chief.account = clean_signs(account);
  chief.given_by = actor.account;
  chief.given_at = now;
  chiefs.add_chief(chief, change_of(actor, "", now));
  return chief;
}

void take_venue_back(VenueChiefRepository& chiefs, const Actor& actor, const ExamCode& exam, const std::string& account,
                     Instant now) {
  const std::optional<DistrictCode> scope = own_scope(actor);
  require_chief_named(account);
  const auto chief = chiefs.find_chief(exam, clean_signs(account));
  if (!chief || (scope && chief->district != *scope)) {
    if (!is_of_city(actor)) throw_not_your_district();
    throw NotFound("no_such_chief", {"This account looks after no venue of the exam.", "이 시험의 시험장을 맡은 계정이 아닙니다."});
  }
  chiefs.remove_chief(*chief, change_of(actor, "", now));
}

std::optional<VenueCode> find_own_venue(VenueChiefRepository& chiefs, const Actor& actor, const ExamCode& exam) {
  std::optional<VenueCode> venue;
  if (actor.role != Role::venue_chief) return venue;
  if (const auto chief = chiefs.find_chief(exam, actor.account)) venue = chief->venue;
  return venue;
}

}  // namespace hanjari::services
