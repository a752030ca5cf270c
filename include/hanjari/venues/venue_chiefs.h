// Which account looks after which venue on the exam day. A chief reaches that venue of that exam, and nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/plans/plans.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

struct VenueChief {
  ExamCode exam;
  VenueCode venue;
  DistrictCode district;
  std::string account{};
  std::string given_by{};
  Instant given_at{};
};

class VenueChiefRepository {
 public:
  virtual ~VenueChiefRepository() = default;
  // By venue and account; `district`: of this one only.
  virtual std::vector<VenueChief> list_chiefs(const ExamCode& exam, const std::optional<DistrictCode>& district) = 0;
  virtual std::optional<VenueChief> find_chief(const ExamCode& exam, const std::string& account) = 0;
  // Throws Conflict (chief_not_free: the account is none of a venue chief, is disabled, or has a venue of this exam
  // already; in the same words, so that nobody learns which). The very same again is done once.
  virtual void add_chief(const VenueChief& chief, const Change& change) = 0;
  // Whether it was there or not.
  virtual void remove_chief(const VenueChief& chief, const Change& change) = 0;
};

// A venue that the actor may give to a chief: of the live plan, or offered; of a coordinator those of the own district.
struct GivenVenue {
  VenueCode code;
  std::string name{};
  DistrictCode district;
};
// By code. `offers` may be null. Throws NotAllowed (not_your_venue).
std::vector<GivenVenue> list_venues_to_give(PlanRepository&, VenueOfferRepository* offers, const Actor&, const ExamCode& exam);

// Those whom the actor may see. Throws NotAllowed (not_your_venue).
std::vector<VenueChief> list_own_chiefs(VenueChiefRepository&, const Actor&, const ExamCode& exam);
// Throws InvalidInput (chief_missing: no account is named), NotAllowed (not_your_venue: of another district or not there),
// NotFound (no_such_offer, to the city), Conflict (chief_not_free).
VenueChief give_venue(VenueChiefRepository&, PlanRepository&, VenueOfferRepository* offers, const Actor&, const ExamCode& exam,
                      const VenueCode& venue, const std::string& account, Instant now);
// From now on the account reaches nothing of the exam. Throws InvalidInput (chief_missing), NotAllowed (not_your_venue), NotFound (no_such_chief, to the
// city).
void take_venue_back(VenueChiefRepository&, const Actor&, const ExamCode& exam, const std::string& account, Instant now);

// The venue that a chief looks after; nothing for everybody else, and where none was given.
std::optional<VenueCode> find_own_venue(VenueChiefRepository&, const Actor&, const ExamCode& exam);

}  // namespace hanjari::services
