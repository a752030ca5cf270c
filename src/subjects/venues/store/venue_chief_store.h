// Which account looks after which venue, in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/venues/venue_chiefs.h"

namespace hanjari::storage {

class VenueChiefStore : public services::VenueChiefRepository {
 public:
  explicit VenueChiefStore(const Store& store) : store_(store) {}
  std::vector<services::VenueChief> list_chiefs(const ExamCode& exam, const std::optional<DistrictCode>& district) override;
  std::optional<services::VenueChief> find_chief(const ExamCode& exam, const std::string& account) override;
  void add_chief(const services::VenueChief& chief, const services::Change& change) override;
  void remove_chief(const services::VenueChief& chief, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
