// Schools that are kept beyond one exam, in the database. Whom one asks there stands sealed.
#pragma once

#include "audit/store.h"
#include "hanjari/venues/venue_library.h"

namespace hanjari::storage {

class VenueLibraryStore : public services::VenueLibraryRepository {
 public:
  explicit VenueLibraryStore(const Store& store) : store_(store) {}
  std::vector<services::LibrarySchool> list_schools(const std::optional<DistrictCode>& district) override;
  std::optional<services::LibrarySchool> find_school(const DistrictCode& district, const VenueCode& code) override;
  void save_school(const services::LibrarySchool& next, const services::Change& change) override;
  void remove_school(const DistrictCode& district, const VenueCode& code, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
