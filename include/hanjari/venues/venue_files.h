// Photos and plans of offered schools.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

struct VenueFile {
  std::string id{};
  std::string offer{};  // id
  ExamCode exam;
  std::string media_type{};  // application/pdf, image/jpeg, image/png
  std::string name{};        // shown, never used as a path; kept sealed
  std::int64_t size = 0;     // bytes
  std::string bytes{};       // kept sealed; empty in lists
  std::string author{};
  Instant at{};
};

inline constexpr std::size_t longest_venue_file = 5 * 1000 * 1000;
inline constexpr int most_venue_files = 10;  // of one offer

class VenueFileRepository {
 public:
  virtual ~VenueFileRepository() = default;
  // Throws InvalidInput (too_many_files), Conflict (exam_destroyed).
  virtual void add_file(const VenueFile& file, const Change& change) = 0;
  // Oldest first, without their bytes.
  virtual std::vector<VenueFile> list_files(const std::string& offer) = 0;
  // Nothing when it is not of this offer.
  virtual std::optional<VenueFile> find_file(const std::string& offer, const std::string& id) = 0;
  // Whether it was there or not.
  virtual void remove_file(const std::string& offer, const std::string& id, const Change& change) = 0;
};

// `file`: name, media type and bytes. Throws InvalidInput (file_missing, file_too_large, too_many_files), and as
// open_offer.
void attach_file(VenueOfferRepository&, VenueFileRepository&, const Actor&, const ExamCode& exam, const VenueCode& code,
                 VenueFile file, Instant now);
// Recorded before it is given. Throws NotFound (no_such_file), and as open_offer.
VenueFile take_venue_file(VenueOfferRepository&, VenueFileRepository&, AccessRecord&, const Actor&, const ExamCode& exam,
                          const VenueCode& code, const std::string& id, Instant now);
// The same for whoever looks after the venue on the day, a chief too: the caller has made sure that the venue is the actor's. Throws
// NotFound (no_such_file).
VenueFile take_file_of_the_day(VenueOfferRepository&, VenueFileRepository&, AccessRecord&, const Actor&, const ExamCode& exam,
                               const VenueCode& code, const std::string& id, Instant now);
void remove_venue_file(VenueOfferRepository&, VenueFileRepository&, const Actor&, const ExamCode& exam,
                       const VenueCode& code, const std::string& id, Instant now);

}  // namespace hanjari::services
