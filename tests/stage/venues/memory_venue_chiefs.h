// Chiefs of venues in memory, under the rules that the database holds; every account is a venue chief's.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_chiefs.h"

namespace hanjari::tests {

class MemoryVenueChiefs : public services::VenueChiefRepository {
 public:
  std::vector<services::VenueChief> list_chiefs(const ExamCode& exam, const std::optional<DistrictCode>& district) override {
    std::vector<services::VenueChief> list;
    for (const services::VenueChief& chief : chiefs) {
      if (chief.exam == exam && (!district || chief.district == *district)) list.push_back(chief);
    }
    return list;
  }
  std::optional<services::VenueChief> find_chief(const ExamCode& exam, const std::string& account) override {
    for (const services::VenueChief& chief : chiefs) {
      if (chief.exam == exam && chief.account == account) return chief;
    }
    return std::nullopt;
  }
  void add_chief(const services::VenueChief& chief, const services::Change&) override {
    if (find_chief(chief.exam, chief.account)) throw Conflict("chief_not_free", {"taken", "맡음"});
    chiefs.push_back(chief);
  }
  void remove_chief(const services::VenueChief& gone, const services::Change&) override {
    std::erase_if(chiefs, [&](const services::VenueChief& chief) {
      return chief.exam == gone.exam && chief.account == gone.account && chief.venue == gone.venue;
    });
  }

  std::vector<services::VenueChief> chiefs;
};

}  // namespace hanjari::tests
