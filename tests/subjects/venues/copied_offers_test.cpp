// Schools of an earlier exam, taken over: all or none, of the own district, and of no exam that is only being prepared.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "hanjari/base/error.h"
#include "hanjari/plans/exams.h"
#include "hanjari/venues/venue_offers.h"
#include "stage/code_thrown.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::MemoryVenueOffers;
using ::testing::HasSubstr;

// A package with a school in each of two districts; a plan of it is live or is not.
class EarlierPackage : public ExamRepository {
 public:
  EarlierPackage() {
    exam_.header.code = ExamCode("packed");
    for (const char* district : {"11110", "11140"}) {
      Venue venue;
      venue.code = VenueCode(std::string("P") + district);
      venue.name = std::string("School of ") + district;
      venue.district = exam_.words.intern(district);
      venue.at = {37.5, 127.0};
      venue.first_room = static_cast<std::uint32_t>(exam_.rooms.size());
      venue.room_count = 1;
      exam_.venues.push_back(venue);
      Room room = MemoryVenueOffers::room(1);
      room.venue = VenueIndex(exam_.venues.size() - 1);
      exam_.rooms.push_back(room);
    }
  }
  ImportOutcome save_exam(const Exam&, const Plan*, const Change&, Progress&) override { return {}; }
  std::optional<Exam> find_exam(const ExamCode& code, const std::string&) override {
    std::optional<Exam> found;
    if (code == exam_.header.code) found = exam_;
    return found;
  }
  std::vector<StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return std::nullopt; }
  std::optional<LivePointer> find_live_plan(const ExamCode&) override { return live; }
  void set_live_plan(const ExamCode&, const StoredPlan&, std::int64_t, const Change&) override {}

  std::optional<LivePointer> live;

 private:
  Exam exam_;
};

class CopiedOffers : public ::testing::Test {
 protected:
  CopiedOffers() {
    offers.plant("earlier", {{"11110", "E1"}, {"11140", "E2"}});
    offers.plant("asked", {{"11110", "A1"}, {"11140", "A2"}});
  }
  std::int64_t copy(const Actor& actor, const char* from, const char* district = "11110") {
    return copy_offers(offers, exams, actor, ExamCode(from), ExamCode("asked"), DistrictCode(district), now);
  }

  MemoryVenueOffers offers;
  EarlierPackage exams;
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor jongno{"jongno", Role::district_coordinator, DistrictCode("11110")};
  Instant now = Instant(std::chrono::hours(24 * 18'700));
};

TEST_F(CopiedOffers, AreDraftsOfTheOwnDistrictAndComeOnce) {
  EXPECT_EQ(copy(jongno, "earlier"), 1);
  const auto made = offers.find_offer(ExamCode("asked"), VenueCode("E1"));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->state, OfferState::draft);
  EXPECT_EQ(made->rooms.size(), 1U);
  EXPECT_EQ(copy(jongno, "earlier"), 0);
  EXPECT_EQ(code_thrown([&] { copy(jongno, "earlier", "11140"); }), "not_your_venue");
  EXPECT_FALSE(offers.find_offer(ExamCode("asked"), VenueCode("E2")));
}

// Red when the first schools are stored before the faults of the last one are known.
TEST_F(CopiedOffers, AreStoredAllOrNotAtAllAndSayEveryFaultWithItsSchool) {
  VenueOffer good = *offers.find_offer(ExamCode("earlier"), VenueCode("E1"));
  for (const char* code : {"E3", "E4"}) {
    VenueOffer wrong = good;
    wrong.id = std::string("offer-") + code;
    wrong.code = VenueCode(code);
    wrong.name = std::string("School ") + code;
    wrong.at = {};
    offers.offers[wrong.id] = wrong;
  }
  try {
    copy(jongno, "earlier");
    FAIL() << "nothing was refused";
  } catch (const InvalidInput& refused) {
    EXPECT_THAT(refused.message().en, HasSubstr("School E3: "));
    EXPECT_THAT(refused.message().en, HasSubstr("School E4: "));
  }
  EXPECT_EQ(offers.list_offers(ExamCode("asked"), std::nullopt).size(), 2U);
}

// Red while the first schools are stored and the one too many is found behind them.
TEST_F(CopiedOffers, AreStoredAllOrNotAtAllWhereADistrictHasTooMany) {
  const VenueOffer earlier = *offers.find_offer(ExamCode("earlier"), VenueCode("E1"));
  const VenueOffer there = *offers.find_offer(ExamCode("asked"), VenueCode("A1"));
  for (int number = 1; number < 199; ++number) {
    VenueOffer more = there;
    more.id = "offer-more-" + std::to_string(number);
    more.code = VenueCode("M" + std::to_string(number));
    offers.offers[more.id] = more;
  }
  VenueOffer second = earlier;
  second.id = "offer-E9";
  second.code = VenueCode("E9");
  offers.offers[second.id] = second;
  EXPECT_EQ(code_thrown([&] { copy(jongno, "earlier"); }), "too_many_offers");
  EXPECT_EQ(offers.list_offers(ExamCode("asked"), DistrictCode("11110")).size(), 199U) << "nothing was stored";
}

// Red when a coordinator may look into a package of which no plan is live: it may not even be announced.
TEST_F(CopiedOffers, ComeFromAPackageOnlyOnceAPlanOfItIsLiveUnlessTheCityAsks) {
  EXPECT_EQ(code_thrown([&] { copy(jongno, "packed"); }), "exam_not_found");
  EXPECT_EQ(code_thrown([&] { copy(jongno, "no-such-exam"); }), "exam_not_found") << "in the same words";
  exams.live = LivePointer{};
  EXPECT_GE(copy(jongno, "packed"), 1);
  exams.live.reset();
  EXPECT_GE(copy(city, "packed", "11140"), 1);
}

}  // namespace
}  // namespace hanjari::services
