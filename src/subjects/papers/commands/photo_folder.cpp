#include "papers/commands/photo_folder.h"

#include <algorithm>
#include <string>
#include <system_error>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/photos/portrait.h"

namespace hanjari::cli {
namespace {

namespace fs = std::filesystem;

// Empty when the file is not there, cannot be read or is larger than any photo that is taken.
std::string read_photo_file(const fs::path& folder, const std::string& name) {
  std::error_code error;
  const fs::path file = folder / name;
  if (name.empty() || !fs::is_regular_file(file, error) || fs::file_size(file, error) > photos::most_upload_bytes) return {};
  try {
    return read_file(file);
  } catch (const Error&) {
    return {};
  }
}

std::string portrait_in(const fs::path& folder, const std::string& name) {
  const std::string bytes = read_photo_file(folder, name);
  if (bytes.empty()) return {};
  try {
    const photos::Picture picture = photos::read_picture(bytes);
    return photos::cut_portrait(picture.jpeg, photos::middle_crop(picture.width, picture.height));
  } catch (const photos::PhotoRefused&) {
    return {};
  }
}

bool has_head_of_photo(const std::string& bytes) {
  try {
    const photos::PictureSize size = photos::size_of_picture(bytes);
    return size.width >= photos::portrait_width && size.height >= photos::portrait_height;
  } catch (const InvalidInput&) {
    return false;
  }
}

}  // namespace

PhotoFolder::PhotoFolder(const fs::path& package) {
  std::error_code error;
  folder_ = (fs::is_directory(package, error) ? package : package.parent_path()) / "photos";
}

bool PhotoFolder::is_there() const {
  std::error_code error;
  return fs::is_directory(folder_, error);
}

documents::PortraitSource PhotoFolder::portraits() const {
  if (!is_there()) return nullptr;
  return [folder = folder_](const Applicant& person) { return portrait_in(folder, person.photo); };
}

std::size_t PhotoFolder::count_lost(const PlannedExam& planned, const std::vector<VenueIndex>& venues) const {
  std::vector<bool> printed(planned.exam.venues.size());
  for (const VenueIndex venue : venues) printed[venue.value] = true;
  std::size_t lost = 0;
  for (const Placement& placed : planned.plan.placements) {
    const std::string& name = planned.exam[placed.applicant].photo;
    if (!printed[placed.venue.value] || name.empty()) continue;
    if (!has_head_of_photo(read_photo_file(folder_, name))) ++lost;
  }
  return lost;
}

}  // namespace hanjari::cli
