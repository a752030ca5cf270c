// Schools that outlive an exam: kept from its offers, offered again for another one, each by its own district.
#include "hanjari/venues/venue_library.h"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>

#include "stage/code_thrown.h"
#include "stage/venues/memory_venue_files.h"
#include "stage/venues/memory_venue_library.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::MemoryVenueFiles;
using hanjari::tests::MemoryVenueLibrary;
using hanjari::tests::MemoryVenueOffers;

const ExamCode kept_exam("earlier");
const ExamCode next_exam("asked");

class VenueLibrary : public ::testing::Test {
 protected:
  VenueLibrary() {
    offers.plant("earlier", {{"11110", "V1"}, {"11140", "V2"}});
    offers.plant("asked", {{"11110", "A1"}, {"11140", "A2"}});
    VenueOffer offer = *offers.find_offer(kept_exam, VenueCode("V1"));
    offer.contact = {"Kim", "school@example.kr", "02-123-4567"};
    offer.access_note = "A lift";
    save_own_offer(offers, jongno, offer, now);
  }
  LibrarySchool keep() { return keep_in_library(offers, library, jongno, kept_exam, VenueCode("V1"), now); }

  MemoryVenueOffers offers;
  MemoryVenueLibrary library;
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor jongno{"jongno", Role::district_coordinator, DistrictCode("11110")};
  const Actor jung{"jung", Role::district_coordinator, DistrictCode("11140")};
  Instant now = Instant(std::chrono::hours(24 * 18'700));
};

TEST_F(VenueLibrary, GivesBackWhatAnotherExamKept) {
  EXPECT_EQ(keep().version, 1);
  EXPECT_EQ(keep().version, 2) << "in place of what was kept before";
  const VenueOffer made = offer_from_library(offers, library, jongno, next_exam, DistrictCode(), VenueCode("V1"), now);
  EXPECT_EQ(made.exam, next_exam);
  EXPECT_EQ(made.state, OfferState::draft);
  EXPECT_EQ(made.contact.email, "school@example.kr");
  EXPECT_EQ(made.access_note, "A lift");
  EXPECT_EQ(made.rooms.size(), 1U);
  EXPECT_EQ(code_thrown([&] { offer_from_library(offers, library, jongno, next_exam, DistrictCode(), VenueCode("V1"), now); }),
            "code_taken");
}

// Red while a school that was offered again had lost its photos, so that each exam asked for them anew.
TEST_F(VenueLibrary, BringsPhotosAndPlansOfTheExamBefore) {
  MemoryVenueFiles files;
  const std::string before = offers.find_offer(kept_exam, VenueCode("V1"))->id;
  files.plant(before, "file-1");
  files.plant(before, "file-2");
  keep();
  const VenueOffer made = offer_from_library(offers, library, jongno, next_exam, DistrictCode(), VenueCode("V1"), now);
  EXPECT_EQ(bring_files(offers, library, files, jongno, made, now), 2);
  const auto brought = files.list_files(made.id);
  ASSERT_EQ(brought.size(), 2U);
  EXPECT_EQ(brought[0].name, "plan.pdf");
  EXPECT_EQ(brought[0].bytes, "%PDF-1.7");
  EXPECT_EQ(brought[0].media_type, "application/pdf");
  EXPECT_EQ(brought[0].exam, next_exam);
  EXPECT_EQ(brought[0].author, "jongno");
  EXPECT_NE(brought[0].id, "file-1");
  EXPECT_NE(brought[0].id, brought[1].id);
  EXPECT_EQ(files.list_files(before).size(), 2U) << "they stay with their own exam too";
  // Of another district that had the code there, nothing comes; nor of an exam that is gone.
  LibrarySchool school = library.schools.begin()->second;
  LibrarySchool of_jung = school;
  of_jung.district = DistrictCode("11140");
  of_jung.version = 1;
  library.save_school(of_jung, {"jung", "", now});
  VenueOffer other = made;
  other.district = of_jung.district;
  other.id = "offer-other";
  EXPECT_EQ(bring_files(offers, library, files, jung, other, now), 0);
  school.from = ExamCode("destroyed");
  school.version += 1;
  library.save_school(school, {"jongno", "", now});
  EXPECT_EQ(bring_files(offers, library, files, jongno, made, now), 0);
}

class DamagedVenueFiles : public MemoryVenueFiles {
 public:
  std::optional<VenueFile> find_file(const std::string& offer, const std::string& id) override {
    if (id == "file-1") throw std::runtime_error("damaged");
    return MemoryVenueFiles::find_file(offer, id);
  }
};

// Red while a photo that could not be read any more was told as a failure of an offer that was made, and kept the others back.
TEST_F(VenueLibrary, BringsWhatCanBeRead) {
  DamagedVenueFiles files;
  const std::string before = offers.find_offer(kept_exam, VenueCode("V1"))->id;
  files.plant(before, "file-1");
  files.plant(before, "file-2");
  keep();
  const VenueOffer made = offer_from_library(offers, library, jongno, next_exam, DistrictCode(), VenueCode("V1"), now);
  EXPECT_EQ(bring_files(offers, library, files, jongno, made, now), 1);
  EXPECT_EQ(files.list_files(made.id).size(), 1U);
}

// Red when the district that is named counts more than the account's.
TEST_F(VenueLibrary, ShowsADistrictNothingOfAnother) {
  EXPECT_EQ(code_thrown([&] { keep_in_library(offers, library, jung, kept_exam, VenueCode("V1"), now); }), "not_your_venue");
  keep();
  EXPECT_TRUE(list_own_schools(library, jung).empty());
  EXPECT_EQ(list_own_schools(library, jongno).size(), 1U);
  EXPECT_EQ(list_own_schools(library, city).size(), 1U);
  const auto offer = [&](const Actor& actor, const char* code) {
    return code_thrown([&] { offer_from_library(offers, library, actor, next_exam, DistrictCode("11110"), VenueCode(code), now); });
  };
  EXPECT_EQ(offer(jung, "V1"), "not_your_venue");
  EXPECT_EQ(offer(jung, "V9"), "not_your_venue") << "not there, in the same words";
  EXPECT_EQ(offer(city, "V9"), "no_such_school");
  EXPECT_EQ(offer(jongno, ""), "school_missing");
  EXPECT_EQ(code_thrown([&] { remove_from_library(library, jung, DistrictCode("11110"), VenueCode("V1"), now); }), "not_your_venue");
  for (const Role role : {Role::venue_chief, Role::auditor, Role::administrator, Role::applicant})
    EXPECT_EQ(code_thrown([&] { list_own_schools(library, {"a", role, DistrictCode("11110")}); }), "not_your_venue");
  remove_from_library(library, jongno, DistrictCode("11110"), VenueCode("V1"), now);
  EXPECT_TRUE(library.schools.empty());
}

}  // namespace
}  // namespace hanjari::services
