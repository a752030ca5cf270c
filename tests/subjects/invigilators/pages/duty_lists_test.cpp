// Lists of people and duties in pages: of a fixed size, from one person to the next, opening nobody but those who are shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using services::PersonState;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string list_of_people = "/en/exams/seoul-2021-1/invigilators";
const std::string list_of_duties = "/en/exams/seoul-2021-1/duties";

class DutyLists : public ::testing::Test {
 protected:
  DutyLists() {
    browser.set_cookie("hanjari_session", office.sign_in("officer", Role::exam_officer, ""));
    for (int number = 10; number < 70; ++number) add(fmt::format("S{}", number), number % 2 == 0);
  }
  void add(const std::string& id, bool consents) {
    services::ListedPerson person;
    person.facts.id = InvigilatorId(id);
    person.facts.name = "person " + id;
    person.facts.organisation = id == "S11" || id == "S66" ? "Hill School" : "Lake School";
    person.facts.district_code = "11110";
    person.facts.roles.add(DutyRole::chief);
    person.facts.consent = consents;
    person.state = consents ? PersonState::consented : PersonState::listed;
    person.version = 1;
    office.invigilators.people[person.facts.id] = person;
  }
  // S10 to S69, each in a room of V1; the last ten are reserves.
  void stand() {
    services::Staffing staffing;
    staffing.id = "staffing-1";
    staffing.exam = ExamCode("seoul-2021-1");
    staffing.version = 1;
    office.invigilators.staffings = {staffing};
    std::string csv = "venue_code,room_no,role,invigilator_id,travel_m\n";
    for (const auto& [id, person] : office.invigilators.people) {
      const bool reserve = id.text() >= "S60";
      csv += fmt::format("V1,{},{},{},100\n", reserve ? "" : "90417", reserve ? "reserve" : "chief", id.text());
    }
    office.invigilators.files["staffing-1"] = {{"duties.csv", csv}, {"unfilled.csv", "venue_code,room_no,role,reason\n"}};
  }
  static bool shows(const std::string& page, const std::string& id) {
    return page.find("person " + id + "<br>" + id) != std::string::npos;
  }
  // Where the link of the page leads; empty when there is none.
  static std::string link_called(const std::string& page, const std::string& called) {
    const auto end = page.find("\">" + called + "</a>");
    if (end == std::string::npos) return "";
    const auto begin = page.rfind("href=\"", end) + 6;
    std::string address = page.substr(begin, end - begin);
    for (auto at = address.find("&amp;"); at != std::string::npos; at = address.find("&amp;")) address.replace(at, 5, "&");
    return address;
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

// Red when a page of the list opens anybody whom it does not show, or says other numbers than it has rows.
TEST_F(DutyLists, OpenThoseOfThePageAndCountTheWholeList) {
  const std::string first = browser.get(list_of_people).body;
  EXPECT_THAT(first, HasSubstr("People 1 to 25 of 60</caption>"));
  EXPECT_TRUE(shows(first, "S10"));
  EXPECT_TRUE(shows(first, "S34"));
  EXPECT_FALSE(shows(first, "S35"));
  EXPECT_EQ(office.invigilators.people_opened, 25u);
  EXPECT_EQ(office.invigilators.people_read, 0) << "the whole list";
  ASSERT_FALSE(office.access.records.empty());
  EXPECT_EQ(office.access.records.back().whose.size(), 25u);
  EXPECT_EQ(link_called(first, "Previous"), "");
}

// Red when pages are counted from the beginning: somebody who is added meanwhile would be shown twice and another never.
TEST_F(DutyLists, BeginAfterAPersonAndNotAtANumber) {
  const std::string next = link_called(browser.get(list_of_people).body, "Next");
  ASSERT_THAT(next, HasSubstr("after=S34"));
  add("S0", false);
  const std::string second = browser.get(next).body;
  EXPECT_THAT(second, HasSubstr("People 27 to 51 of 61"));
  EXPECT_FALSE(shows(second, "S34"));
  EXPECT_TRUE(shows(second, "S35"));
  office.invigilators.people.erase(InvigilatorId("S35"));
  const std::string back = browser.get(link_called(second, "Previous")).body;
  EXPECT_TRUE(shows(back, "S34"));
  EXPECT_FALSE(shows(back, "S36")) << "though the person whom it ends before has gone";
  const std::string last = browser.get(list_of_people + "?after=S99").body;
  EXPECT_THAT(last, HasSubstr("to 60 of 60")) << "behind the last";
}

TEST_F(DutyLists, KeepSearchAndFilterInTheAddress) {
  const std::string consented = browser.get(list_of_people + "?state=consented").body;
  EXPECT_THAT(consented, HasSubstr("People 1 to 25 of 30"));
  const std::string next = link_called(consented, "Next");
  EXPECT_THAT(next, HasSubstr("state=consented"));
  EXPECT_THAT(browser.get(next).body, HasSubstr("People 26 to 30 of 30"));
  const std::string found = browser.get(list_of_people + "?search=Hill").body;
  EXPECT_THAT(found, HasSubstr("People 1 to 2 of 2"));
  EXPECT_TRUE(shows(found, "S66"));
  EXPECT_THAT(browser.get(list_of_people + "?search=person").body, HasSubstr("Nobody found")) << "names are not searched";
}

// Red when whoever lacks something is looked for among those of one page, or by opening everybody.
TEST_F(DutyLists, FindWhoLacksSomethingInTheWholeList) {
  office.invigilators.board.instruction_no = 2;
  for (int number = 10; number < 14; ++number) {
    services::ListedPerson& person = office.invigilators.people.at(InvigilatorId(fmt::format("S{}", number)));
    person.briefed_at = office.clock.now();
    person.read_instruction = number == 10 ? 2 : 1;
  }
  const std::string first = browser.get(list_of_people + "?lacking=briefing").body;
  EXPECT_THAT(first, HasSubstr("People 1 to 25 of 28")) << "S10 and S12 were there; S11 and S13 have not consented";
  EXPECT_THAT(first, HasSubstr("Consented: 30. Of these at the briefing: 2, instructions confirmed: 1."));
  EXPECT_FALSE(shows(first, "S12"));
  EXPECT_EQ(office.invigilators.people_opened, 25u);
  EXPECT_EQ(office.invigilators.people_read, 0);
  const std::string next = link_called(first, "Next");
  EXPECT_THAT(next, HasSubstr("lacking=briefing"));
  EXPECT_THAT(browser.get(next).body, HasSubstr("People 26 to 28 of 28"));
  const std::string unread = browser.get(list_of_people + "?lacking=receipt&search=Lake").body;
  EXPECT_THAT(unread, HasSubstr("People 1 to 25 of 28"));
  EXPECT_TRUE(shows(unread, "S12")) << "who confirmed the instructions of before";
  EXPECT_FALSE(shows(unread, "S10"));
}

TEST_F(DutyLists, GiveDutiesInTheSameWay) {
  stand();
  const std::string first = browser.get(list_of_duties).body;
  EXPECT_THAT(first, HasSubstr("People 1 to 50 of 60</caption>"));
  EXPECT_EQ(office.invigilators.people_opened, 50u);
  EXPECT_EQ(office.invigilators.people_read, 0);
  const std::string second = browser.get(link_called(first, "Next")).body;
  EXPECT_THAT(second, HasSubstr("People 51 to 60 of 60"));
  EXPECT_TRUE(browser.get(link_called(second, "Previous")).body.find("People 1 to 50 of 60") != std::string::npos);
  const std::string reserves = browser.get(list_of_duties + "?role=reserve").body;
  EXPECT_THAT(reserves, HasSubstr("People 1 to 10 of 10"));
  EXPECT_FALSE(shows(reserves, "S11"));
  EXPECT_THAT(browser.get(list_of_duties + "?search=Hill&role=chief").body, HasSubstr("People 1 to 1 of 1"));
  for (const char* key : {"x", "V1/1/9/S1", "%25/%25/%25/%25", "V1/1/-1/S1", "////"})
    EXPECT_EQ(browser.get(list_of_duties + "?after=" + encode_percent(key)).status, 200) << key;
}

// Red when the API gives everybody at once, opens or records whom it does not give, loses somebody between two pages, or when a
// page begins at a number.
TEST_F(DutyLists, AreGivenPageByPageByTheApi) {
  stand();
  const auto read = [&](const std::string& what) {
    const Response answered = browser.get("/api/v1/exams/seoul-2021-1/" + what);
    EXPECT_EQ(answered.status, 200) << what;
    return nlohmann::json::parse(std::string(answered.content()));
  };
  const auto first = read("invigilators?limit=25");
  EXPECT_EQ(first["count"], 60);
  ASSERT_EQ(first["people"].size(), 25u);
  EXPECT_EQ(first["next"]["after"], "S34");
  EXPECT_EQ(office.invigilators.people_opened, 25u);
  EXPECT_EQ(office.invigilators.people_read, 0);
  EXPECT_EQ(office.access.records.back().whose.size(), 25u);
  add("S0", false);
  EXPECT_EQ(read("invigilators?limit=25&after=S34")["people"][0]["invigilator_id"], "S35") << "though somebody was added before";
  std::vector<std::string> people;
  std::string after;
  for (int pages = 0; pages < 10; ++pages) {
    const auto page = read("invigilators?limit=25" + (after.empty() ? std::string() : "&after=" + after));
    for (const auto& one : page["people"]) people.push_back(one["invigilator_id"].get<std::string>());
    if (!page.contains("next")) break;
    after = page["next"]["after"].get<std::string>();
  }
  EXPECT_EQ(people.size(), 61u);
  EXPECT_TRUE(std::is_sorted(people.begin(), people.end()));
  EXPECT_EQ(read("invigilators")["people"].size(), 61u) << "fewer than a usual page";
  EXPECT_TRUE(read("invigilators?after=S99")["people"].empty());
  for (const char* limit : {"0", "1001", "-1", "many", "25x"})
    EXPECT_EQ(browser.get(std::string("/api/v1/exams/seoul-2021-1/invigilators?limit=") + limit).status, 422) << limit;
}

TEST_F(DutyLists, GiveDutiesPageByPageByTheApiToo) {
  stand();
  office.invigilators.files["staffing-1"]["unfilled.csv"] = "venue_code,room_no,role,reason\nV1,1,chief,no_person\n";
  std::set<std::string> people;
  std::size_t rows = 0;
  std::string address = "/api/v1/exams/seoul-2021-1/duties?limit=7";
  for (int pages = 0; pages < 20; ++pages) {
    const auto page = nlohmann::json::parse(std::string(browser.get(address).content()));
    EXPECT_EQ(page["count"], 60);
    EXPECT_EQ(page.contains("unfilled"), pages == 0);
    EXPECT_LE(page["duties"].size(), 7u);
    for (const auto& one : page["duties"]) people.insert(one["invigilator_id"].get<std::string>());
    rows += page["duties"].size();
    if (!page.contains("next")) break;
    address = "/api/v1/exams/seoul-2021-1/duties?limit=7&after=" + encode_percent(page["next"]["after"].get<std::string>());
  }
  EXPECT_EQ(rows, 60u);
  EXPECT_EQ(people.size(), 60u);
  EXPECT_EQ(browser.get("/api/v1/exams/seoul-2021-1/duties?after=anything").status, 422);
  // Red when the description of the API does not name them.
  const auto described = nlohmann::json::parse(std::string(browser.get("/api/v1/openapi.json").content()));
  for (const char* path : {"/api/v1/exams/{code}/invigilators", "/api/v1/exams/{code}/duties"}) {
    std::set<std::string> names;
    for (const auto& parameter : described["paths"][path]["get"]["parameters"]) names.insert(parameter["name"].get<std::string>());
    EXPECT_TRUE(names.contains("after") && names.contains("limit")) << path;
  }
}

// Red when the page of one person opens the others, whose past duties it only counts.
TEST_F(DutyLists, OpenNobodyElseForTheOwnPage) {
  stand();
  office.invigilators.codes["abcdabcdabcdabcd"] = InvigilatorId("S12");
  Browser phone(running, Listener::portal);
  ASSERT_EQ(phone.post("/en/duty", "/en/duty", {{"code", "abcdabcdabcdabcd"}}).status, 303);
  EXPECT_THAT(phone.get("/en/duty").body, HasSubstr("You have 0 past duties"));
  EXPECT_EQ(office.invigilators.people_read, 0);
  EXPECT_EQ(office.invigilators.people_opened, 0u);
}

}  // namespace
}  // namespace hanjari::web::testing
