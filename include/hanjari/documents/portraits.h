// The photos of people on rosters and slips.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "hanjari/documents/paper.h"

namespace hanjari::documents {

// Whether papers can show these bytes: a JPEG of a portrait's size from its head to its end.
bool is_portrait(const std::string& jpeg);

// Keeps the photos of the venue that is printed, because its roster and its slips show the same people, and forgets them
// before the next: never more than one venue's are in memory. Used by one thread.
class PortraitShelf {
 public:
  // `open` may be null: nobody has a photo.
  explicit PortraitShelf(PortraitSource open) : open_(std::move(open)) {}
  PortraitShelf(const PortraitShelf&) = delete;
  PortraitShelf& operator=(const PortraitShelf&) = delete;

  // Null where nobody has a photo; must not outlive the shelf.
  PortraitSource source();
  void clear() { kept_.clear(); }
  std::size_t kept() const { return kept_.size(); }
  // People of whom the exam names a photo that did not open, or that is none; each once.
  std::size_t lost() const { return lost_.size(); }

 private:
  const std::string& find(const Applicant& person);

  PortraitSource open_;
  std::map<ApplicantId, std::string> kept_;
  std::set<ApplicantId> lost_;
};

}  // namespace hanjari::documents
