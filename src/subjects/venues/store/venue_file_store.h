// Photos and plans of offered schools in the database, sealed.
#pragma once

#include "audit/store.h"
#include "hanjari/venues/venue_files.h"

namespace hanjari::storage {

class VenueFileStore : public services::VenueFileRepository {
 public:
  explicit VenueFileStore(const Store& store) : store_(store) {}
  void add_file(const services::VenueFile& file, const services::Change& change) override;
  std::vector<services::VenueFile> list_files(const std::string& offer) override;
  std::optional<services::VenueFile> find_file(const std::string& offer, const std::string& id) override;
  void remove_file(const std::string& offer, const std::string& id, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
