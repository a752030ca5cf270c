// Rules of staffing set in the office: shown with what they need before they are stored, by one officer at a time, recorded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "hanjari/invigilators/staffing_rules.h"
#include "invigilators/pages/duty_office.h"

namespace hanjari::web::testing {
namespace {

using nlohmann::json;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

class RulesOfStaffing : public DutyOffice {
 protected:
  StaffingRules stored() { return services::find_staffing_rules(office.invigilators, ExamCode("seoul-2021-1")).rules; }
  std::string version() { return services::find_staffing_rules(office.invigilators, ExamCode("seoul-2021-1")).version; }
  std::int64_t sum(const json& counts) {
    std::int64_t total = 0;
    for (const auto& [role, count] : counts.items()) total += count.get<std::int64_t>();
    return total;
  }
};

TEST_F(RulesOfStaffing, ShowTheDefaultsWhereNobodyHasSetThem) {
  const std::string page = browser.get(rules_page).body;
  EXPECT_THAT(page, HasSubstr("Nobody has set these rules yet"));
  EXPECT_THAT(page, HasSubstr("Default: 10"));
  const json known = asked("staffing-rules");
  EXPECT_EQ(known["are_set"], false);
  EXPECT_EQ(known["rules"], known["defaults"]);
  EXPECT_EQ(known["rules"]["reserve_per_rooms"], 10);
  EXPECT_EQ(known["rules"]["second_invigilator_above"], nullptr);
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("/staffing-rules\""));
}

// Red when a preview stores anything, or leaves out what is different, the places or who is missing.
TEST_F(RulesOfStaffing, SayWhatIsDifferentAndWhoIsMissingBeforeTheyAreStored) {
  have_duties();
  const std::string before = office.invigilators.beside.at("staffing.json");
  const std::string body =
      browser.post(rules_page, rules_page + "/preview",
                   {{"version", version()}, {"chiefs_per_room", "2"}, {"same_organisation_in_room", "yes"}})
          .body;
  EXPECT_THAT(body, HasSubstr("Chief invigilators a room: 1 → 2"));
  EXPECT_THAT(body, HasSubstr("Two of one organisation in a room: not allowed → allowed"));
  EXPECT_THAT(body, Not(HasSubstr("Second invigilators a room: ")));
  // Three rooms of three, and a reserve for each of two venues: eleven places for nine people.
  EXPECT_THAT(body, HasSubstr("Consented: 9. At least 2 more people are needed."));
  EXPECT_THAT(body, HasSubstr(R"(name="chiefs_per_room" value="2")"));
  EXPECT_EQ(office.invigilators.beside.at("staffing.json"), before);
  EXPECT_THAT(browser.post(rules_page, rules_page + "/preview", {{"version", version()}}).body,
              HasSubstr("Nothing is different from the rules that are stored."));
}

// Red when the preview counts by other rules or people than the placing does.
TEST_F(RulesOfStaffing, NeedInThePreviewWhatPlacingNeeds) {
  have_duties();
  for (const json& wish : {json{{"reserves_at_least", 3}}, json{{"chiefs_per_room", 3}, {"reserves_at_least", 1}},
                           json{{"corridor_per_floor", 2}, {"chiefs_per_room", 0}, {"second_invigilator_above", 1}}}) {
    SCOPED_TRACE(wish.dump());
    const Response previewed = ask(browser, Method::post, "staffing-rule-previews", wish);
    ASSERT_EQ(previewed.status, 200) << previewed.content();
    const json need = json::parse(std::string(previewed.content()));
    json set = wish;
    set["version"] = need["version"];
    set["reason"] = "more people in the rooms";
    ASSERT_EQ(ask(browser, Method::post, "staffing-rules", set).status, 200);
    place();
    const DutyReport report = newest_rows().report;
    EXPECT_EQ(sum(need["places"]), report.places);
    EXPECT_EQ(need["missing"], report.unfilled_bound);
    EXPECT_EQ(sum(need["unfilled"]), report.unfilled);
  }
}

// Red when rules are stored without a reason, over those of somebody else, or without what was before in the record.
TEST_F(RulesOfStaffing, AreStoredWithAReasonByOneAtATime) {
  have_duties();
  const std::string first = version();
  EXPECT_EQ(browser.post(rules_page, rules_page, {{"version", first}, {"chiefs_per_room", "2"}}).status, 422);
  EXPECT_EQ(stored().chiefs_per_room, 1);
  ASSERT_EQ(browser.post(rules_page, rules_page, {{"version", first}, {"chiefs_per_room", "2"}, {"reason", "larger rooms"}}).status,
            303);
  EXPECT_EQ(stored().chiefs_per_room, 2);
  EXPECT_EQ(stored().reserves_at_least, 0) << "what was not sent stays";
  const services::AuditNote& note = office.invigilators.notes.back();
  EXPECT_EQ(note.action, "duties.rules");
  EXPECT_THAT(note.before.value_or(""), HasSubstr(R"("chief": 1)"));
  EXPECT_THAT(note.after.value_or(""), HasSubstr(R"("chief": 2)"));
  EXPECT_EQ(browser.post(rules_page, rules_page, {{"version", first}, {"chiefs_per_room", "3"}, {"reason", "again"}}).status, 409);
  EXPECT_EQ(stored().chiefs_per_room, 2);
  EXPECT_EQ(ask(browser, Method::post, "staffing-rules", {{"version", first}, {"chiefs_per_room", 3}, {"reason", "again"}}).status,
            409);
  EXPECT_TRUE(duty_of("S1")) << "duties that are there stay";
}

// Red while the slower of two officers has to type everything anew, or stores it over rules that were never read.
TEST_F(RulesOfStaffing, GiveTheSlowerOfTwoBackWhatWasTyped) {
  have_duties();
  const std::string first = version();
  ASSERT_EQ(browser.post(rules_page, rules_page, {{"version", first}, {"corridor_per_floor", "2"}, {"reason", "two wings"}}).status,
            303);
  const Response late = browser.post(
      rules_page, rules_page,
      {{"version", first}, {"corridor_per_floor", "0"}, {"chiefs_per_room", "3"}, {"reason", "larger rooms"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Somebody else changed these rules meanwhile"));
  EXPECT_THAT(late.body, HasSubstr(R"(name="chiefs_per_room" value="3")"));
  EXPECT_THAT(late.body, HasSubstr(R"(name="reason" value="larger rooms")"));
  EXPECT_THAT(late.body, HasSubstr("Corridor staff a floor: 2 → 0")) << "what storing it would take back of the other's";
  EXPECT_THAT(late.body, HasSubstr("value=\"" + version() + "\""));
  EXPECT_EQ(stored().chiefs_per_room, 1);
  EXPECT_EQ(stored().corridor_per_floor, 2);
  ASSERT_EQ(browser.post(rules_page, rules_page, {{"version", version()}, {"chiefs_per_room", "3"}, {"reason", "larger rooms"}}).status,
            303);
  EXPECT_EQ(stored().chiefs_per_room, 3);
  EXPECT_EQ(stored().corridor_per_floor, 2);
}

// Red when the rule is not stored, not said before it is, or when whoever is placed by it stands at the own school.
TEST_F(RulesOfStaffing, LeaveOutTheOwnSchoolWithoutADeclaration) {
  auto files = ten_people();
  // S1 is of the school that is venue V1, by its code; the others are of schools that are no venues.
  auto& people = files["invigilators.csv"];
  const auto school = people.find(",학교1,");
  ASSERT_NE(school, std::string::npos);
  people.replace(school, std::string(",학교1,").size(), ",V1,");
  ASSERT_EQ(send_people(files).status, 200);
  const json known = asked("staffing-rules");
  EXPECT_EQ(known["rules"]["own_school_excluded"], false);
  EXPECT_THAT(browser.post(rules_page, rules_page + "/preview", {{"version", version()}, {"own_school_excluded", "yes"}}).body,
              HasSubstr("At the school that is the own organisation: only where declared → never there"));
  ASSERT_EQ(ask(browser, Method::post, "staffing-rules",
                {{"version", version()}, {"own_school_excluded", true}, {"reason", "own pupils"}})
                .status,
            200);
  EXPECT_TRUE(stored().own_school_excluded);
  place();
  const auto duty = duty_of("S1");
  ASSERT_TRUE(duty) << "there are places at the other venue";
  EXPECT_EQ(duty->venue_code, VenueCode("V2"));
  EXPECT_EQ(ask(browser, Method::post, "staffing-rules", {{"version", version()}, {"own_school_excluded", "maybe"}, {"reason", "x"}}).status,
            422);
}

TEST_F(RulesOfStaffing, TellOfEveryWrongNumberAtOnce) {
  const Response refused = browser.post(rules_page, rules_page + "/preview",
                                        {{"chiefs_per_room", "21"}, {"corridor_per_floor", "-1"}, {"reserve_per_rooms", "0"},
                                         {"second_invigilator_above", "many"}, {"applicant_reach", "town"}});
  EXPECT_EQ(refused.status, 422);
  for (const char* told : {"Chief invigilators a room: write a whole number from 0 to 20.", "Corridor staff a floor: write",
                           "Rooms for which there is one reserve: write a whole number from 1", "One invigilator more above: write",
                           "applicant_reach is room or venue."})
    EXPECT_THAT(refused.body, HasSubstr(told));
  EXPECT_THAT(refused.body, HasSubstr(R"(value="21")")) << "nothing is typed twice";
  EXPECT_EQ(ask(browser, Method::post, "staffing-rules", {{"version", version()}, {"chiefs_per_room", 21}, {"reason", "x"}}).status,
            422);
  EXPECT_FALSE(office.invigilators.beside.contains("staffing.json"));
}

// Red when rules that were set in the office give way to those of a list without a word.
TEST_F(RulesOfStaffing, AreNotReplacedByAListInSilence) {
  have_duties();
  ASSERT_EQ(browser.post(rules_page, rules_page, {{"version", version()}, {"corridor_per_floor", "2"}, {"reason", "two wings"}}).status,
            303);
  EXPECT_THAT(send_people(ten_people()).body, HasSubstr("the list changes a rule of staffing: Corridor staff a floor: 2 → 0"));
  EXPECT_EQ(stored().corridor_per_floor, 0);
}

TEST_F(RulesOfStaffing, AreSetByExamOfficersAlone) {
  for (const auto& [name, role, district] : {std::tuple{"own", Role::district_coordinator, "11110"},
                                             std::tuple{"chief", Role::venue_chief, ""}}) {
    Browser other(running, Listener::office);
    other.set_cookie("hanjari_session", office.sign_in(name, role, district));
    EXPECT_EQ(other.get(rules_page).status, 403) << name;
    EXPECT_EQ(ask(other, Method::post, "staffing-rules", {{"version", version()}, {"reason", "x"}}).status, 403) << name;
  }
}

}  // namespace
}  // namespace hanjari::web::testing
