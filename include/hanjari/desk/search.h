// One search over everything that officers may see: applications by number or whole name, seats by number, venues by
// part of their name, code or address. Names are found by keyed hashes, so that no form is opened to find one.
#pragma once

#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/intake/office_table.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

struct UseCases;

// At most so many of each kind are given.
constexpr std::size_t most_found = 50;

struct FoundSeat {
  ExamCode exam;
  ApplicantNumber number;
  VenueCode venue;
  std::string venue_name;
  int room_no = 0;
};

struct FoundVenue {
  ExamCode exam;
  VenueSummary venue;
};

struct Found {
  std::vector<Application> people;
  std::vector<FoundSeat> seats;
  std::vector<FoundVenue> venues;
  bool more = false;  // of one kind there are more than are given
  bool empty() const { return people.empty() && seats.empty() && venues.empty(); }
};

struct SearchNeeds {
  UseCases* intake = nullptr;  // null: no applications are taken
  PlanRepository& plans;
  AccessRecord& accesses;
};

// Whoever is given is recorded before, one entry for each kind and exam. Throws InvalidInput (nothing_searched) for fewer
// than two characters, NotAllowed (role_not_allowed) for everybody but exam officers.
Found search_office(const SearchNeeds& needs, const Actor& actor, const std::string& typed, Instant now);

}  // namespace hanjari::services
