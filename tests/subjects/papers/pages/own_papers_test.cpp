// Coordinators take the papers of their own venues, and of no other; each copy says whose it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/accounts/accounts.h"
#include "hanjari/papers/own_papers.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string own_papers_api = "/api/v1/exams/seoul-2021-1";

class OwnPapersPages : public ::testing::Test {
 protected:
  OwnPapersPages() {
    jongno.set_cookie("hanjari_session", office.sign_in("jongno", services::Role::district_coordinator, "11110"));
    jung.set_cookie("hanjari_session", office.sign_in("jung", services::Role::district_coordinator, "11140"));
  }
  Office office;
  Running running{office};
  Browser jongno{running, Listener::office};
  Browser jung{running, Listener::office};
};

TEST_F(OwnPapersPages, HoldOnlyWhatIsOwn) {
  const std::string page = jung.get("/en/exams/seoul-2021-1/own-papers").body;
  EXPECT_THAT(page, HasSubstr("(V2)"));
  EXPECT_THAT(page, Not(HasSubstr("(V1)")));
  const Response zip = jung.get(own_papers_api + "/own-papers?papers=roster&formats=csv&language=en");
  ASSERT_EQ(zip.status, 200) << zip.body;
  EXPECT_TRUE(zip.body.starts_with("PK"));
  EXPECT_THAT(zip.body, HasSubstr("(V2)/"));
  EXPECT_THAT(zip.body, Not(HasSubstr("(V1)/")));
  EXPECT_THAT(std::string(zip.header("Content-Disposition")), HasSubstr("11140"));
}

// Red when the venue of the address is not compared with the account's district.
TEST_F(OwnPapersPages, OfAnotherDistrictAreRefusedInTheSameWordsAsThoseOfNoVenue) {
  const std::string wish = "?papers=roster&formats=csv";
  const Response foreign = jung.get(own_papers_api + "/venues/V1/papers" + wish);
  const Response nowhere = jung.get(own_papers_api + "/venues/V9/papers" + wish);
  EXPECT_EQ(foreign.status, 403);
  EXPECT_EQ(nowhere.status, 403);
  EXPECT_EQ(jung.get(own_papers_api + "/own-papers?venue=V1&papers=roster&formats=csv").status, 403);
  EXPECT_EQ(jongno.get(own_papers_api + "/venues/V1/papers" + wish).status, 200);
  EXPECT_EQ(jongno.get(own_papers_api + "/venues/V3/papers" + wish).status, 404) << "own, with nobody at it";
}

// Red when nothing is recorded.
TEST_F(OwnPapersPages, AreRecordedWithEverybodyTheyHoldEachTime) {
  office.access.records.clear();
  for (int copy = 0; copy < 2; ++copy) jongno.get(own_papers_api + "/own-papers?papers=roster&formats=csv");
  ASSERT_EQ(office.access.records.size(), 2U);
  for (const Access& record : office.access.records) {
    EXPECT_EQ(record.account, "jongno");
    EXPECT_EQ(record.action, "own_papers.zip");
    EXPECT_EQ(record.subject, "seoul-2021-1/11110");
    EXPECT_EQ(record.whose.size(), 4U);
  }
}

// Keeps what is told of a reading.
class ToldReadings : public services::AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const services::Change&, const services::AuditNote& note) override { details.push_back(note.detail); }
  std::vector<std::string> details;
};

// Red when two copies carry one mark, or when the trail does not say which copy was whose. Of the same moment and the
// same person, copies differ by their mark alone: those without a mark are the same bytes.
TEST_F(OwnPapersPages, DifferByTheMarkThatTheTrailKeeps) {
  const services::LiveExam exam = office.plans.list_live_exams().front();
  const services::Actor actor{"jongno", services::Role::district_coordinator, DistrictCode("11110")};
  ToldReadings told;
  const auto take = [&](const char* format) {
    services::OwnPapersWish wish;
    wish.papers = {"roster"};
    wish.formats = {format};
    return services::take_own_papers(office.plans, told, actor, exam, wish, nullptr, office.clock.now());
  };
  const services::OwnPapers first = take("pdf");
  const services::OwnPapers second = take("pdf");
  EXPECT_EQ(first.mark.size(), 12U);
  EXPECT_NE(first.mark, second.mark);
  EXPECT_NE(first.bytes, second.bytes);
  ASSERT_EQ(told.details.size(), 2U);
  EXPECT_THAT(told.details[0], HasSubstr("mark " + first.mark));
  EXPECT_THAT(told.details[1], HasSubstr("mark " + second.mark));
  EXPECT_EQ(take("csv").bytes, take("csv").bytes) << "nothing else tells copies apart";
}

TEST_F(OwnPapersPages, SayWhatIsMissingAndTakeNothingThen) {
  office.access.records.clear();
  EXPECT_EQ(jongno.get(own_papers_api + "/own-papers").status, 422);
  EXPECT_EQ(jongno.get(own_papers_api + "/own-papers?papers=nothing&formats=pdf").status, 422);
  EXPECT_EQ(jongno.get(own_papers_api + "/own-papers?papers=roster&formats=exe").status, 422);
  EXPECT_TRUE(office.access.records.empty());
}

// Nothing is kept, so that there is nothing to be found once the rights ended.
TEST_F(OwnPapersPages, AreNotToBeHadOnceTheAccountIsDisabled) {
  const std::string address = own_papers_api + "/own-papers?papers=roster&formats=csv";
  ASSERT_EQ(jongno.get(address).status, 200);
  services::set_disabled(office.accounts, "jongno", true, {"administrator", "", office.clock.now()});
  EXPECT_EQ(jongno.get(address).status, 401);
}

}  // namespace
}  // namespace hanjari::web::testing
