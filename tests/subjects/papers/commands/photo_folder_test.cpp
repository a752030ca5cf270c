// Photos beside a package, on the papers that the command prints.
#include "papers/commands/photo_folder.h"

#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/file.h"
#include "hanjari/documents/portraits.h"
#include "papers/commands/paper_warnings.h"
#include "photos/jpeg.h"

namespace hanjari::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string made_photo(int width, int height) {
  return photos::encode_jpeg({width, height, std::vector<unsigned char>(static_cast<std::size_t>(width * height * 4), 120)}, 80);
}

class PhotosBesideAPackage : public ::testing::Test {
 protected:
  PhotosBesideAPackage() : package_(fs::temp_directory_path() / fmt::format("hanjari-photos-{}", ::getpid())) {
    fs::create_directories(package_ / "photos");
    planned_.exam.venues.resize(2);
    for (const char* name : {"large.jpg", "small.jpg", "lost.jpg", "none.jpg", ""}) {
      Applicant person;
      person.photo = name;
      planned_.exam.applicants.push_back(person);
      Placement placed;
      placed.applicant = ApplicantIndex(planned_.exam.applicants.size() - 1);
      placed.venue = VenueIndex(std::size_t{0});
      planned_.plan.placements.push_back(placed);
    }
    write_file(package_ / "photos" / "large.jpg", made_photo(900, 1'200));
    write_file(package_ / "photos" / "small.jpg", made_photo(137, 177));
    write_file(package_ / "photos" / "none.jpg", "no photo");
  }
  ~PhotosBesideAPackage() override { fs::remove_all(package_); }
  std::string said(const std::vector<VenueIndex>& venues) {
    PressOrder order;
    order.venues = venues;
    testing::internal::CaptureStderr();
    say_lost_photos(planned_, order, PhotoFolder(package_), {Language::english, no_progress()});
    return testing::internal::GetCapturedStderr();
  }

  fs::path package_;
  PlannedExam planned_;
};

// Red while papers of a folder had frames although the photos lay beside it.
TEST_F(PhotosBesideAPackage, ArePortraitsWhateverTheirSize) {
  const documents::PortraitSource source = PhotoFolder(package_).portraits();
  ASSERT_NE(source, nullptr);
  for (std::size_t at = 0; at < planned_.exam.applicants.size(); ++at)
    EXPECT_EQ(documents::is_portrait(source(planned_.exam.applicants[at])), at < 2) << planned_.exam.applicants[at].photo;
}

TEST_F(PhotosBesideAPackage, ThatAreNotThereOrNoneAreCountedBefore) {
  EXPECT_THAT(said({VenueIndex(std::size_t{0})}), HasSubstr("2 people have no photo"));
  EXPECT_EQ(said({VenueIndex(std::size_t{1})}), "") << "nobody of them is printed";
  fs::remove_all(package_ / "photos");
  EXPECT_EQ(PhotoFolder(package_).portraits(), nullptr);
  EXPECT_THAT(said({VenueIndex(std::size_t{0})}), HasSubstr("4 people have no photo"));
}

}  // namespace
}  // namespace hanjari::cli
