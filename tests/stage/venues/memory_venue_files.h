// Files of offered schools in memory.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_files.h"

namespace hanjari::tests {

class MemoryVenueFiles : public services::VenueFileRepository {
 public:
  void add_file(const services::VenueFile& file, const services::Change&) override {
    if (list_files(file.offer).size() >= static_cast<std::size_t>(services::most_venue_files))
      throw InvalidInput("too_many_files", {"many", "많음"});
    files.push_back(file);
  }
  std::vector<services::VenueFile> list_files(const std::string& offer) override {
    std::vector<services::VenueFile> list;
    for (const services::VenueFile& file : files) {
      if (file.offer == offer) list.push_back(file);
    }
    return list;
  }
  std::optional<services::VenueFile> find_file(const std::string& offer, const std::string& id) override {
    for (const services::VenueFile& file : files) {
      if (file.offer == offer && file.id == id) return file;
    }
    return std::nullopt;
  }
  void remove_file(const std::string& offer, const std::string& id, const services::Change&) override {
    std::erase_if(files, [&](const services::VenueFile& file) { return file.offer == offer && file.id == id; });
  }

  // As it was before anybody removed it.
  void plant(const std::string& offer, const std::string& id) {
    remove_file(offer, id, {});
    services::VenueFile file;
    file.id = id;
    file.offer = offer;
    file.media_type = "application/pdf";
    file.name = "plan.pdf";
    file.bytes = "%PDF-1.7";
    files.push_back(file);
  }

  std::vector<services::VenueFile> files;
};

}  // namespace hanjari::tests
