// Schools that a district keeps beyond one exam: rooms, contact, accessibility and notes, to be offered again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/venues/venue_files.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

struct LibrarySchool {
  DistrictCode district;
  VenueCode code;
  std::string name{};
  std::string address{};
  Point at{};
  VenueKind kind = VenueKind::regular;
  std::string phone{};
  std::string access_note{};
  std::string note{};
  SchoolContact contact{};  // kept sealed
  std::vector<Room> rooms{};
  ExamCode from{};  // the exam from which it was kept last
  std::int64_t version = 0;
  std::string author{};
  Instant changed_at{};
};

class VenueLibraryRepository {
 public:
  virtual ~VenueLibraryRepository() = default;
  // By district and code; `district`: of this one only.
  virtual std::vector<LibrarySchool> list_schools(const std::optional<DistrictCode>& district) = 0;
  virtual std::optional<LibrarySchool> find_school(const DistrictCode& district, const VenueCode& code) = 0;
  // Compare-and-set: `next.version` is one more than what is stored. Throws Conflict (school_changed).
  virtual void save_school(const LibrarySchool& next, const Change& change) = 0;
  // Whether it was there or not.
  virtual void remove_school(const DistrictCode& district, const VenueCode& code, const Change& change) = 0;
};

// Those of the actor: all for the city, of the own district for its coordinator. Throws NotAllowed (not_your_venue).
std::vector<LibrarySchool> list_own_schools(VenueLibraryRepository&, const Actor&);

// Keeps what an offer says, in place of what was kept of the school before. Photos and plans stay with the exam, see bring_files. Throws
// as open_offer, and Conflict (school_changed).
LibrarySchool keep_in_library(VenueOfferRepository&, VenueLibraryRepository&, const Actor&, const ExamCode& exam,
                              const VenueCode& code, Instant now);

// A draft of the exam from a school of the library. A coordinator's is of the own district, whatever is named. Throws
// InvalidInput (school_missing: none is named; and as save_own_offer), NotAllowed (not_your_venue), NotFound
// (no_such_school, to the city), Conflict (code_taken).
VenueOffer offer_from_library(VenueOfferRepository&, VenueLibraryRepository&, const Actor&, const ExamCode& exam,
                              const DistrictCode& district, const VenueCode& code, Instant now);

// Gives a draft from the library copies of the photos and plans that the exam still has from which the school was kept last: none once
// that is destroyed, or of another district there, nor of one that cannot be read. How many. Throws as VenueFileRepository::add_file.
int bring_files(VenueOfferRepository&, VenueLibraryRepository&, VenueFileRepository&, const Actor&, const VenueOffer& made,
                Instant now);

// The school with its contact is forgotten. Throws as offer_from_library.
void remove_from_library(VenueLibraryRepository&, const Actor&, const DistrictCode& district, const VenueCode& code,
                         Instant now);

}  // namespace hanjari::services
