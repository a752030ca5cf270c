// Photos beside an exam package: PACKAGE/photos/NAME, where NAME is what `photo` of applicants.csv says.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "hanjari/documents/papers.h"

namespace hanjari::cli {

class PhotoFolder {
 public:
  // Of a package that is one file, the folder `photos` stands beside it.
  explicit PhotoFolder(const std::filesystem::path& package);
  bool is_there() const;
  // Each photo upright and cut to a portrait: nothing else of the file gets into a paper. Null without the folder.
  documents::PortraitSource portraits() const;
  // People at these venues of whom the package names a photo that is not there or whose head is not that of a photo.
  std::size_t count_lost(const PlannedExam& planned, const std::vector<VenueIndex>& venues) const;
  const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace hanjari::cli
