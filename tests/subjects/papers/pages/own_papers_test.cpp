// Coordinators and chiefs take the papers of their own venues, and of no other; each copy says whose it is, and the next edition may be
// what changed alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/accounts/accounts.h"
#include "hanjari/papers/own_papers.h"
#include "stage/browser.h"
#include "stage/code_thrown.h"
#include "stage/made_workbook.h"

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

// Red while the ZIP was called by codes that nobody looks for, and its name was shown with its escapes.
TEST_F(OwnPapersPages, AreCalledByTheSchoolOrTheDistrictAsOtherDownloadsAre) {
  const auto name_of = [](Browser& who, const std::string& address) {
    const Response zip = who.get(own_papers_api + address + "&papers=roster&formats=csv");
    EXPECT_EQ(zip.status, 200) << zip.body;
    return std::string(zip.header("Content-Disposition"));
  };
  const std::string plan = std::string(12, 'd');
  const std::string school = encode_percent("경복고등학교 (V1)");
  for (const char* address : {"/venues/V1/papers?language=ko", "/own-papers?venue=V1&language=ko"}) {
    EXPECT_EQ(name_of(jongno, address), "attachment; filename=\"papers.zip\"; filename*=UTF-8''papers-seoul-2021-1-" + plan + "-" + school + ".zip")
        << address;
  }
  EXPECT_THAT(name_of(jongno, "/own-papers?language=ko"), HasSubstr(encode_percent("종로구(11110)") + ".zip")) << "the code once";
  EXPECT_THAT(name_of(jongno, "/own-papers?language=en"), HasSubstr("Jongno"));
}

// Red while of a list that is given one by one only the first is taken.
TEST_F(OwnPapersPages, TakeAListAlsoOneByOne) {
  // Files of the ZIP; their sizes differ by the marks of each download.
  const auto count_files = [&](const std::string& papers) {
    const Response zip = jung.get(own_papers_api + "/own-papers?" + papers + "&formats=pdf&formats=csv&language=en");
    EXPECT_EQ(zip.status, 200) << zip.body;
    int files = 0;
    for (std::size_t at = zip.body.find("PK\x01\x02"); at != std::string::npos; at = zip.body.find("PK\x01\x02", at + 4)) ++files;
    return files;
  };
  EXPECT_EQ(count_files("papers=roster&papers=desk_label"), count_files("papers=roster,desk_label"));
  EXPECT_GT(count_files("papers=roster&papers=desk_label"), count_files("papers=roster"));
}

// Red while a paper by the title that stands on it was no fault and gave a ZIP without it.
TEST_F(OwnPapersPages, AreNamedAsTheCommandAndAnOrderNameThem) {
  const auto files_of = [&](const std::string& wish) {
    std::vector<std::string> names;
    const Response zip = jung.get(own_papers_api + "/own-papers?language=en&" + wish);
    EXPECT_EQ(zip.status, 200) << wish << zip.body;
    for (const auto& [name, content] : hanjari::tests::unzipped(std::string(zip.content()))) names.push_back(name);
    return names;
  };
  const auto own = files_of("papers=roster&formats=csv");
  ASSERT_EQ(own.size(), 1U);
  for (const char* paper : {"%EC%9D%91%EC%8B%9C%EC%9E%90%20%EB%AA%85%EB%B6%80", "%EC%9D%91%EC%8B%9C%EC%9E%90%EB%AA%85%EB%B6%80", "Roster", "ROSTER"})
    EXPECT_EQ(files_of(std::string("papers=") + paper + "&formats=CSV"), own) << paper;
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
    return services::take_own_papers({office.plans, told, nullptr, actor, {}, {}}, exam, wish, nullptr, office.clock.now());
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

// Writes what is told of a reading into the trail, as the database does.
class TrailedReadings : public services::AccessRecord {
 public:
  explicit TrailedReadings(services::AuditTrail& trail) : trail_(trail) {}
  using AccessRecord::record_access;
  void record_access(const services::Change& change, const services::AuditNote& note) override { trail_.record(change, note); }

 private:
  services::AuditTrail& trail_;
};

class OwnEditions : public OwnPapersPages {
 protected:
  static services::Actor coordinator(const std::string& account, const std::string& district) {
    return {account, services::Role::district_coordinator, DistrictCode(district)};
  }
  services::OwnPapers take(const services::Actor& actor, const std::vector<std::string>& papers, const std::string& since = {}) {
    services::OwnPapersWish wish;
    wish.papers = papers;
    wish.formats = {"csv"};
    wish.language = Language::english;
    wish.since = since;
    return services::take_own_papers({office.plans, readings, &office.trail, actor, {}, {}}, office.plans.list_live_exams().front(), wish,
                                     nullptr, office.clock.now());
  }
  // The next edition: one person of room 1 of venue V1 has another desk.
  void move_somebody() {
    PlannedExam& live = office.plans.live.front();
    live.plan.placements[1].seat_no = 5;
    live.plan.placements[1].desk = {5, 1};
    live.plan.digest = std::string(64, 'e');
  }
  static std::vector<std::string> names_in(const services::OwnPapers& taken) {
    std::vector<std::string> names;
    for (const auto& [name, content] : hanjari::tests::unzipped(taken.bytes)) names.push_back(name);
    return names;
  }

  TrailedReadings readings{office.trail};
  const std::string first_plan = std::string(64, 'd');
};

// Red when a file that reads as before is given again, one that changed is left out, or one that was never taken is missing.
TEST_F(OwnEditions, GiveOnlyWhatReadsOtherwiseThanWhatTheAccountTook) {
  const services::Actor actor = coordinator("jongno", "11110");
  const std::size_t whole = names_in(take(actor, {"roster", "room_table"})).size();
  EXPECT_EQ(whole, 2U);
  move_somebody();
  const services::OwnPapers changed = take(actor, {"roster", "room_table"}, first_plan);
  EXPECT_EQ(changed.unchanged, 1) << "nobody entered or left a room";
  const std::vector<std::string> names = names_in(changed);
  EXPECT_EQ(names.size(), 2U) << "the roster, and the list of what changed";
  EXPECT_THAT(names, ::testing::Contains("What changed.csv"));
  std::string list;
  for (const auto& [name, content] : hanjari::tests::unzipped(changed.bytes)) {
    if (name == "What changed.csv") list = content;
  }
  EXPECT_THAT(list, HasSubstr("csv,replace"));
  EXPECT_THAT(list, HasSubstr("csv,keep"));
  const services::OwnPapers more = take(actor, {"door_list"}, first_plan.substr(0, 12));
  EXPECT_EQ(more.unchanged, 0) << "never taken before";
  EXPECT_EQ(names_in(more).size(), 2U);
  const auto editions = services::list_own_editions(office.trail, actor, office.plans.live.front().exam.header.code);
  ASSERT_EQ(editions.size(), 2U);
  EXPECT_EQ(editions.front().plan, std::string(64, 'e')) << "the last first";
  EXPECT_EQ(editions.front().prints.size(), 3U);
}

// Red when people are recorded of whom the ZIP file holds nothing, or what was taken is not.
TEST_F(OwnEditions, RecordOnlyThePeopleWhoseDataIsGiven) {
  const services::Actor actor = coordinator("jongno", "11110");
  take(actor, {"roster"});
  EXPECT_EQ(office.trail.entries.back().note.whose.size(), 4U);
  const services::OwnPapers same = take(actor, {"roster"}, first_plan);
  EXPECT_EQ(same.unchanged, 1);
  EXPECT_TRUE(office.trail.entries.back().note.whose.empty()) << "the list of files names nobody";
  EXPECT_THAT(office.trail.entries.back().note.detail, HasSubstr("since " + first_plan));
}

// Red when the digests of one account tell another what it took.
TEST_F(OwnEditions, AreThoseOfTheAccountAlone) {
  take(coordinator("jongno", "11110"), {"roster"});
  EXPECT_EQ(hanjari::tests::code_thrown([&] { take(coordinator("jung", "11140"), {"roster"}, first_plan); }), "edition_not_taken");
  EXPECT_THAT(jongno.get("/en/exams/seoul-2021-1/own-papers").body, HasSubstr("Only what changed since"));
  EXPECT_THAT(jung.get("/en/exams/seoul-2021-1/own-papers").body, Not(HasSubstr("Only what changed since")));
  const auto listed = nlohmann::json::parse(jongno.get(own_papers_api + "/own-paper-editions").body).at("editions");
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].at("plan").get<std::string>(), first_plan);
  EXPECT_TRUE(nlohmann::json::parse(jung.get(own_papers_api + "/own-paper-editions").body).at("editions").empty());
  EXPECT_EQ(jung.get(own_papers_api + "/own-papers?papers=roster&formats=csv&since=" + first_plan).status, 404);
  EXPECT_EQ(jongno.get(own_papers_api + "/own-papers?papers=roster&formats=csv&language=en&since=" + first_plan).status, 200);
}

// Red when a chief is refused the own venue, reaches another, or keeps one that was taken back.
TEST_F(OwnPapersPages, AreForTheChiefOfAVenueUntilItIsTakenBack) {
  Browser chief{running, Listener::office};
  chief.set_cookie("hanjari_session", office.sign_in("chief", services::Role::venue_chief, ""));
  const std::string wish = "?papers=roster&formats=csv";
  EXPECT_EQ(chief.get(own_papers_api + "/own-papers" + wish).status, 403);
  services::VenueChief given;
  given.exam = ExamCode("seoul-2021-1");
  given.venue = VenueCode("V1");
  given.district = DistrictCode("11110");
  given.account = "chief";
  office.venue_chiefs.add_chief(given, {});
  const Response zip = chief.get(own_papers_api + "/own-papers" + wish);
  ASSERT_EQ(zip.status, 200) << zip.body;
  EXPECT_THAT(zip.body, HasSubstr("(V1)/"));
  EXPECT_EQ(office.access.records.back().subject, "seoul-2021-1/V1");
  EXPECT_EQ(chief.get(own_papers_api + "/venues/V2/papers" + wish).status, 403);
  EXPECT_EQ(chief.get(own_papers_api + "/venues/V9/papers" + wish).status, 403);
  const std::string page = chief.get("/en/exams/seoul-2021-1/own-papers").body;
  EXPECT_THAT(page, HasSubstr("(V1)"));
  EXPECT_THAT(page, Not(HasSubstr("(V2)")));
  EXPECT_THAT(chief.get("/en/own-venues").body, HasSubstr("/en/exams/seoul-2021-1/own-papers"));
  office.venue_chiefs.remove_chief(given, {});
  EXPECT_EQ(chief.get(own_papers_api + "/own-papers" + wish).status, 403);
  EXPECT_EQ(chief.get(own_papers_api + "/venues/V1/papers" + wish).status, 403);
  EXPECT_EQ(chief.get(own_papers_api + "/own-paper-editions").status, 403);
}

TEST_F(OwnPapersPages, SayWhatIsMissingAndTakeNothingThen) {
  office.access.records.clear();
  EXPECT_EQ(jongno.get(own_papers_api + "/own-papers").status, 422);
  EXPECT_EQ(jongno.get(own_papers_api + "/own-papers?papers=nothing&formats=pdf").status, 422);
  EXPECT_EQ(jongno.get(own_papers_api + "/own-papers?papers=roster&formats=exe").status, 422);
  EXPECT_TRUE(office.access.records.empty());
}

// Red while only officers were told that papers will lack times, and coordinators found it on the paper.
TEST_F(OwnPapersPages, SayWhichUnitsHaveNoTimesBeforeTheyAreTaken) {
  const std::string page = "/en/exams/seoul-2021-1/own-papers";
  EXPECT_THAT(jongno.get(page).body, Not(HasSubstr("their papers will say none")));
  Unit& unit = office.plans.live.front().exam.units.front();
  unit.starts_at.reset();
  EXPECT_THAT(jongno.get(page).body, HasSubstr("Units without a start: their papers will say none: " + unit.code.text() + "</p>"));
  EXPECT_THAT(jongno.get(page).body, Not(HasSubstr("Units without a time to be seated by")));
  unit.seated_by.reset();
  EXPECT_THAT(jongno.get(page).body, HasSubstr("Units without a time to be seated by: their papers will say none: "));
  const auto told = nlohmann::json::parse(jongno.get(own_papers_api + "/own-paper-editions").body);
  EXPECT_EQ(told.at("without_start"), nlohmann::json::array({unit.code.text()}));
  EXPECT_EQ(told.at("without_seating"), nlohmann::json::array({unit.code.text()}));
}

// Red while a template that officers saved held for the papers of an order and not for those that coordinators take themselves.
TEST_F(OwnPapersPages, ArePrintedByTheTemplatesThatOfficersSaved) {
  const std::string zip = own_papers_api + "/own-papers?papers=roster&formats=csv&language=en";
  const auto heading_of = [](const std::string& bytes) {
    const auto files = hanjari::tests::unzipped(bytes);
    return files.empty() ? std::string() : std::string(files.begin()->second).substr(0, 200);
  };
  EXPECT_THAT(heading_of(jongno.get(zip).body), HasSubstr("Number"));
  services::TemplateVersion saved;
  saved.version = 1;
  saved.file = "roster.json";
  std::string roster = office.paper_templates.content("roster.json", 0);
  const std::string number = R"("en": "Number")";
  roster.replace(roster.find(number), number.size(), R"("en": "Exam number")");
  saved.files["roster.json"] = roster;
  office.saved_templates.versions.push_back(saved);
  EXPECT_THAT(heading_of(jongno.get(zip).body), HasSubstr("Exam number"));
  EXPECT_THAT(std::string(jongno.get(own_papers_api + "/venues/V1/rosters.csv?language=en").content()), HasSubstr("Exam number"));
}

// Nothing is kept, so that there is nothing to be found once the rights ended.
TEST_F(OwnPapersPages, AreNotToBeHadOnceTheAccountIsDisabled) {
  const std::string address = own_papers_api + "/own-papers?papers=roster&formats=csv";
  ASSERT_EQ(jongno.get(address).status, 200);
  services::set_disabled(office.accounts, "jongno", true, {"administrator", "", office.clock.now()});
  EXPECT_EQ(jongno.get(address).status, 401);
}

// Red while whoever asked in time is given the papers although the account was disabled, moved to another district, or the venue taken
// back before they were drawn.
TEST_F(OwnPapersPages, AreNotGivenWhereTheRightsEndWhileTheyAreMade) {
  const std::string address = own_papers_api + "/own-papers?papers=roster&formats=csv";
  office.access.records.clear();
  office.plans.while_read = [&] {
    office.accounts.accounts.at("jung").actor.district = DistrictCode("11110");
    for (auto& [token, session] : office.accounts.sessions) {
      if (session.actor.account == "jung") session.actor.district = DistrictCode("11110");
    }
  };
  EXPECT_EQ(jung.get(address).status, 403);
  office.plans.while_read = [&] { services::set_disabled(office.accounts, "jongno", true, {"administrator", "", office.clock.now()}); };
  EXPECT_EQ(jongno.get(address).status, 403);
  Browser chief{running, Listener::office};
  chief.set_cookie("hanjari_session", office.sign_in("chief", services::Role::venue_chief, ""));
  services::VenueChief given;
  given.exam = ExamCode("seoul-2021-1");
  given.venue = VenueCode("V1");
  given.district = DistrictCode("11110");
  given.account = "chief";
  office.venue_chiefs.add_chief(given, {});
  office.plans.while_read = [&] { office.venue_chiefs.remove_chief(given, {}); };
  EXPECT_EQ(chief.get(address).status, 403);
  EXPECT_TRUE(office.access.records.empty()) << "what was not given is not recorded as taken";
}

}  // namespace
}  // namespace hanjari::web::testing
