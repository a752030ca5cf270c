// The library of schools on a real database: the contact stands sealed, the newest version is compared, and a school that
// is removed is gone.
#include <gtest/gtest.h>

#include "hanjari/venues/venue_library.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::MemoryVenueOffers;
using hanjari::tests::TestDatabase;

class KeptSchools : public testing::Test {
 protected:
  LibrarySchool school(std::int64_t version) {
    LibrarySchool made;
    made.district = DistrictCode("11110");
    made.code = VenueCode("V1");
    made.name = "한빛 중학교";
    made.at = {37.5731, 126.9788};
    made.access_note = "A lift";
    made.contact = {"Kim Contact", "kim@school.example.kr", "010-1234-5678"};
    made.rooms = {MemoryVenueOffers::room(1), MemoryVenueOffers::room(2)};
    made.rooms[1].blocked = {{1, 1}, {5, 5}};
    made.from = ExamCode("asked-1");
    made.version = version;
    made.author = "jongno";
    made.changed_at = database.clock.now();
    return made;
  }
  VenueLibraryRepository& library() { return database->venue_library(); }

  TestDatabase database;
};

TEST_F(KeptSchools, ComeBackAsTheyWereKept) {
  library().save_school(school(1), change_of(database.clock));
  const auto stored = library().find_school(DistrictCode("11110"), VenueCode("V1"));
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->name, "한빛 중학교");
  EXPECT_EQ(stored->contact, (SchoolContact{"Kim Contact", "kim@school.example.kr", "010-1234-5678"}));
  ASSERT_EQ(stored->rooms.size(), 2U);
  EXPECT_EQ(stored->rooms[1].blocked.size(), 2U);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM library_schools WHERE INSTR(contact_sealed, 'Kim') > 0"), 0);
  LibrarySchool bare = school(2);
  bare.rooms.clear();
  bare.contact = {};
  library().save_school(bare, change_of(database.clock));
  ASSERT_EQ(library().list_schools(std::nullopt).size(), 1U);
  EXPECT_TRUE(library().list_schools(std::nullopt).front().rooms.empty());
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM library_schools WHERE contact_sealed IS NULL"), 1) << "nothing is left of it";
}

// Red when a stale version overwrites a newer one.
TEST_F(KeptSchools, OfAnOlderVersionAreRefusedAndRemovalIsRecordedOnce) {
  library().save_school(school(1), change_of(database.clock));
  EXPECT_EQ(code_thrown([&] { library().save_school(school(1), change_of(database.clock)); }), "school_changed");
  EXPECT_EQ(code_thrown([&] { library().save_school(school(3), change_of(database.clock)); }), "school_changed");
  EXPECT_TRUE(library().list_schools(DistrictCode("11140")).empty());
  for (int times = 0; times < 2; ++times)
    library().remove_school(DistrictCode("11110"), VenueCode("V1"), change_of(database.clock));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM library_schools"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'library_school.remove'"), 1);
}

}  // namespace
}  // namespace hanjari::services
