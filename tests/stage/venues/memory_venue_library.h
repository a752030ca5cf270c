// Schools that are kept beyond one exam, in memory, under the rules that the database holds.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_library.h"

namespace hanjari::tests {

class MemoryVenueLibrary : public services::VenueLibraryRepository {
 public:
  std::vector<services::LibrarySchool> list_schools(const std::optional<DistrictCode>& district) override {
    std::vector<services::LibrarySchool> list;
    for (const auto& [key, school] : schools) {
      if (!district || school.district == *district) list.push_back(school);
    }
    return list;
  }
  std::optional<services::LibrarySchool> find_school(const DistrictCode& district, const VenueCode& code) override {
    const auto found = schools.find({district, code});
    if (found == schools.end()) return std::nullopt;
    return found->second;
  }
  void save_school(const services::LibrarySchool& next, const services::Change&) override {
    const auto before = find_school(next.district, next.code);
    if ((before ? before->version : 0) != next.version - 1) throw Conflict("school_changed", {"changed", "바뀜"});
    schools[{next.district, next.code}] = next;
  }
  void remove_school(const DistrictCode& district, const VenueCode& code, const services::Change&) override {
    schools.erase({district, code});
  }

  std::map<std::pair<DistrictCode, VenueCode>, services::LibrarySchool> schools;
};

}  // namespace hanjari::tests
