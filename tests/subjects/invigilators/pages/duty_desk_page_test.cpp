// The page of duties as an officer works with it: what is found there, what is changed by hand and what is told of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <fmt/format.h>

#include "invigilators/pages/duty_office.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DutyDeskPage : public DutyOffice {
 protected:
  Response edit(std::map<std::string, std::string> fields) {
    fields.emplace("reason", "asked by the school");
    fields.emplace("version", std::to_string(office.invigilators.staffings.front().version));
    return browser.post(duties_page, duties_page + "/edits", fields);
  }
  std::string page() { return browser.get(duties_page).body; }
};

// Red when a form wants a code that no page shows.
TEST_F(DutyDeskPage, OffersTheVenuesOfAMoveByNameAndKeepsTheChosenOne) {
  have_duties();
  const std::string shown = page();
  EXPECT_THAT(shown, HasSubstr(R"(<select class="select" id="edit-venue" name="venue">)"));
  EXPECT_THAT(shown, HasSubstr(R"(<option value="V1">)"));
  EXPECT_THAT(shown, HasSubstr("(V1)</option>"));
  const Response refused = edit({{"action", "move"}, {"person", "S77"}, {"venue", "V2"}, {"room", "1"}, {"role", "chief"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr(R"(<option value="V2" selected>)"));
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("<li>V1: ")) << "where chiefs are named by codes";
}

// Red when a lock stands nowhere but in the steps, or stays once it is taken back.
TEST_F(DutyDeskPage, MarksALockedDutyInTheList) {
  have_duties();
  EXPECT_THAT(page(), Not(HasSubstr("S1<br>Locked")));
  ASSERT_EQ(edit({{"action", "lock"}, {"person", "S1"}}).status, 303);
  EXPECT_THAT(page(), HasSubstr("S1<br>Locked"));
  EXPECT_THAT(page(), Not(HasSubstr("S2<br>Locked")));
  ASSERT_EQ(edit({{"action", "undo"}}).status, 303);
  EXPECT_THAT(page(), Not(HasSubstr("S1<br>Locked")));
}

// Red when an exchange stays open that nobody can carry out any more, whoever says that somebody does not come.
TEST_F(DutyDeskPage, EndsTheExchangesOfWhoDoesNotCome) {
  have_duties();
  browser.post(people_page, people_page + "/invitations", {{"consented_too", "yes"}});
  const auto newest = [&] { return office.invigilators.swaps.back().state; };
  ASSERT_EQ(answer("S1", {{"answer", "ask_swap"}, {"with", "S2"}}).status, 200);
  EXPECT_THAT(page(), HasSubstr("감독1 (S1)"));
  ASSERT_EQ(answer("S2", {{"answer", "withdraw"}, {"reason", "ill"}}).status, 200);
  EXPECT_EQ(newest(), services::SwapState::refused);
  EXPECT_THAT(page(), Not(HasSubstr("id=\"swaps\"")));
  ASSERT_EQ(answer("S1", {{"answer", "ask_swap"}, {"with", "S3"}}).status, 200) << "another one can be asked";
  ASSERT_EQ(answer("S3", {{"answer", "agree_swap"}, {"swap", office.invigilators.swaps.back().id}}).status, 200);
  withdraw("S1");
  EXPECT_EQ(newest(), services::SwapState::refused) << "as the office notes it";
  ASSERT_EQ(answer("S4", {{"answer", "ask_swap"}, {"with", "S5"}}).status, 200);
  auto files = ten_people();
  const auto row = files["invigilators.csv"].find("S4,");
  files["invigilators.csv"].replace(files["invigilators.csv"].find(",yes", row), 4, ",no");
  ASSERT_EQ(send_people(files).status, 200);
  EXPECT_EQ(newest(), services::SwapState::refused) << "as a new list says";
}

// Red when the page begins with people who stand nowhere, does not say how many of them it leaves out, or leads nowhere.
TEST_F(DutyDeskPage, BeginsWithWhoStandsWhereAndSaysHowManyOthersThereAre) {
  auto files = ten_people();
  for (int number = 11; number <= 33; ++number) {
    files["invigilators.csv"] += fmt::format("S{0},감독{0},학교{0},11110,37.5,127.0,chief;invigilator,{0},yes\n", number);
  }
  ASSERT_EQ(send_people(files).status, 200);
  place();
  // 32 have consented, and eight stand somewhere.
  for (const std::string& shown : {page(), browser.get(duties_page + "?search=nobody-of-that-name").body}) {
    EXPECT_LT(shown.find("Who stands where</h2>"), shown.find("id=\"substitutes\""));
    EXPECT_THAT(shown, HasSubstr("Shown: 20 of 24."));
    for (const char* place : {"placed", "substitutes", "edit"}) {
      EXPECT_THAT(shown, HasSubstr(fmt::format("href=\"#{}\"", place)));
      EXPECT_THAT(shown, HasSubstr(fmt::format("id=\"{}\"", place)));
    }
  }
}

// Red when a refusal stands at the top and what is to be mended at the foot, with no way from one to the other.
TEST_F(DutyDeskPage, PutsTheRefusedChangeBelowItsFaultAndLeadsToTheField) {
  have_duties();
  EXPECT_GT(page().find("id=\"edit\""), page().find("id=\"placed\""));
  const std::string person = edit({{"action", "lock"}, {"person", "S77"}}).body;
  EXPECT_THAT(person, HasSubstr(R"(<a href="#edit-person">)"));
  EXPECT_LT(person.find("id=\"edit\""), person.find("id=\"placed\""));
  EXPECT_EQ(person.find("id=\"edit\""), person.rfind("id=\"edit\"")) << "the form stands there once";
  EXPECT_THAT(edit({{"action", "move"}, {"person", "S1"}, {"venue", "V9"}, {"role", "chief"}}).body,
              HasSubstr(R"(<a href="#edit-venue">)"));
  EXPECT_THAT(edit({{"action", "lock"}, {"person", ""}}).body, HasSubstr(R"(<a href="#edit">)"));
}

// Red while duties of a plan that gave way look like those of the day, to whoever places, calls or stands in a room.
TEST_F(DutyDeskPage, SaysThatAnotherPlanIsLiveByNow) {
  have_duties();
  browser.post(people_page, people_page + "/invitations", {{"consented_too", "yes"}});
  Browser own = coordinator_of("11110");
  EXPECT_THAT(page(), Not(HasSubstr("Another plan is live")));
  EXPECT_THAT(answer("S1", {}).body, Not(HasSubstr("assigned anew")));
  EXPECT_EQ(asked("duties")["newest"]["plan_replaced"], false);
  office.stored.live = services::LivePointer{std::string(64, 'b'), "", 2};
  EXPECT_THAT(page(), HasSubstr("Another plan is live"));
  EXPECT_THAT(own.get(duties_page).body, HasSubstr("Another plan is live"));
  EXPECT_EQ(asked("duties")["newest"]["plan_replaced"], true);
  EXPECT_THAT(answer("S1", {}).body, Not(HasSubstr("assigned anew"))) << "the own venue is one still";
  office.plans.live.front().plan.placements.clear();
  EXPECT_THAT(answer("S1", {}).body, HasSubstr("assigned anew"));
  // A decision on one person makes another plan live, with the same rooms: nobody is alarmed.
  office.stored.more_plans.push_back({std::string(64, 'b'), "", PlanStatus::feasible, 6, 0, {}});
  EXPECT_EQ(asked("duties")["newest"]["plan_replaced"], false);
  EXPECT_THAT(page(), Not(HasSubstr("Another plan is live")));
}

// Red while the second of two officers has to type a change anew.
TEST_F(DutyDeskPage, KeepsAChangeThatSomebodyElseWasFasterThan) {
  have_duties();
  const std::string seen = std::to_string(office.invigilators.staffings.front().version);
  ASSERT_EQ(edit({{"action", "lock"}, {"person", "S1"}}).status, 303);
  const Response late = edit({{"action", "move"}, {"person", "S2"}, {"venue", "V2"}, {"room", "1"}, {"role", "chief"}, {"version", seen}});
  EXPECT_EQ(late.status, 409);
  for (const char* part : {"The duties were changed meanwhile", R"(value="S2")", R"(<option value="V2" selected>)"})
    EXPECT_THAT(late.body, HasSubstr(part));
}

// Red when nothing but a number says that a change was taken.
TEST_F(DutyDeskPage, SaysWhatWasDone) {
  have_duties();
  const auto told = [&](std::map<std::string, std::string> fields) {
    const Response done = edit(std::move(fields));
    EXPECT_EQ(done.status, 303);
    return browser.get(std::string(done.header("Location"))).body;
  };
  EXPECT_THAT(told({{"action", "lock"}, {"person", "S1"}}), HasSubstr("Saved: Lock"));
  EXPECT_THAT(told({{"action", "undo"}}), HasSubstr("Saved: Undo the last change"));
  EXPECT_THAT(page(), Not(HasSubstr("Saved: ")));
  EXPECT_THAT(browser.get(duties_page + "?done=%3Cb%3E").body, Not(HasSubstr("Saved: ")));
  const Response noted = browser.post(people_page, people_page + "/steps", {{"person", "S2"}, {"step", "attended"}});
  EXPECT_THAT(browser.get(std::string(noted.header("Location"))).body, HasSubstr(">Saved.<"));
  EXPECT_THAT(browser.post(people_page, people_page + "/steps", {{"person", "S2"}, {"step", "withdrawn"}}).body,
              HasSubstr(R"(<a href="#step">)"));
}

// Red when a page of an exam's invigilators is a dead end, or leads a coordinator where only officers may go.
TEST_F(DutyDeskPage, LeadsBackToTheExamAndIsReachedFromItsVenues) {
  have_duties();
  Browser own = coordinator_of("11110");
  for (const std::string& address : {people_page, duties_page, substitutes_page, rules_page})
    EXPECT_THAT(browser.get(address).body, HasSubstr(R"(href="/en/exams/seoul-2021-1/thread">)")) << address;
  for (const std::string& address : {people_page, duties_page, substitutes_page})
    EXPECT_THAT(own.get(address).body, HasSubstr(R"(class="way-back" aria-label="Back"><a href="/en/duties">)")) << address;
  EXPECT_EQ(own.get("/en/duties").status, 200);
  for (const std::string& address : {duties_page, std::string("/en/exams/seoul-2021-1/briefings")}) {
    EXPECT_THAT(own.get("/en/exams/seoul-2021-1/venues").body, HasSubstr("href=\"" + address + "\""));
    EXPECT_EQ(own.get(address).status, 200);
  }
}

// Red when a list that is taken along does not say whose copy it is, or cannot be had on paper.
TEST_F(DutyDeskPage, GivesListsThatSayWhoseCopyTheyAre) {
  have_duties();
  Browser own = coordinator_of("11110");
  const auto take = [&](Browser& who, const char* file) {
    const Response taken = ask(who, Method::get, file);
    EXPECT_EQ(taken.status, 200) << file;
    return std::string(taken.content());
  };
  const std::string workbook = take(own, "duties.xlsx");
  const std::string detail = office.access.records.back().detail;
  ASSERT_THAT(detail, ::testing::StartsWith("xlsx, mark "));
  const std::string mark = detail.substr(detail.rfind(' ') + 1);
  EXPECT_EQ(mark.size(), 12u);
  std::string whole;
  for (const auto& [name, content] : hanjari::tests::unzipped(workbook)) whole += content;
  EXPECT_THAT(whole, HasSubstr("coordinator-11110  ·  " + mark));
  // The digits say who and when, and nothing else: how two copies of one person differ tells nothing of rooms.
  const std::string paper = take(own, "duties.pdf");
  EXPECT_TRUE(paper.starts_with("%PDF"));
  EXPECT_EQ(take(own, "duties.pdf"), paper);
  EXPECT_NE(take(browser, "duties.pdf"), paper);
  EXPECT_TRUE(take(browser, "room-assignments.pdf").starts_with("%PDF"));
  EXPECT_EQ(office.access.records.back().action, "duties.rooms");
  EXPECT_EQ(ask(own, Method::get, "room-assignments.pdf").status, 409) << "before the minute";
  const std::string shown = browser.get(duties_page).body;
  EXPECT_THAT(shown, HasSubstr("/duties.pdf\""));
  EXPECT_THAT(shown, HasSubstr("/room-assignments.pdf\""));
}

// Red while duties of an earlier version, whose report does not say of whom its bounds speak, lose all of them at the first change.
TEST_F(DutyDeskPage, KeepsTheBoundsOfDutiesOfAnEarlierVersion) {
  have_duties();
  ASSERT_TRUE(newest_rows().report.load_bound);
  std::string& report = office.invigilators.files.at(office.invigilators.staffings.front().id).at("report.json");
  nlohmann::json of_before = nlohmann::json::parse(report);
  ASSERT_EQ(of_before.erase("people"), 1U);
  report = of_before.dump(2) + "\n";
  const DutyRows before = newest_rows();
  bool is_changed = false;
  for (std::size_t at = 1; at < before.duties.size() && !is_changed; ++at) {
    is_changed = ask(browser, Method::post, "duty-edits",
                     {{"version", 1}, {"action", "swap"}, {"person", before.duties.front().invigilator_id.text()},
                      {"with", before.duties[at].invigilator_id.text()}, {"reason", "asked for it"}})
                     .status == 200;
  }
  ASSERT_TRUE(is_changed);
  const DutyReport after = newest_rows().report;
  EXPECT_EQ(after.load_bound, before.report.load_bound);
  EXPECT_EQ(after.unfilled_bound, before.report.unfilled_bound);
  EXPECT_FALSE(after.people.facts.empty()) << "said from now on";
}

// Red while load, past pairs, travel and what is proven of them are to be had from a file alone.
TEST_F(DutyDeskPage, ShowsTheCityEveryLevelWithItsProof) {
  have_duties();
  const DutyReport report = newest_rows().report;
  ASSERT_TRUE(report.load_bound);
  std::string shown = page();
  EXPECT_THAT(shown, HasSubstr("id=\"levels\""));
  EXPECT_THAT(shown, HasSubstr("1 with 9, 1 with 7"));
  for (const char* level : {"Free places", "Past duties, the most first", "Pairs that shared a room last time", "Travel of all together"})
    EXPECT_THAT(shown, HasSubstr(std::string("<th scope=\"row\">") + level + "</th>"));
  EXPECT_THAT(shown, HasSubstr("proven: nothing better exists"));
  Browser own = coordinator_of("11110");
  EXPECT_THAT(own.get(duties_page).body, Not(HasSubstr("id=\"levels\""))) << "of the whole city";
  // A way that is worse than need be says so, level by level.
  ASSERT_EQ(edit({{"action", "take_off"}, {"person", "S1"}}).status, 303);
  ASSERT_EQ(edit({{"action", "take_off"}, {"person", "S9"}}).status, 303);
  shown = page();
  EXPECT_THAT(shown, HasSubstr("nothing better than 0 free"));
  EXPECT_THAT(shown, HasSubstr("not proven"));
}

// Red while one person stands at two schools on one day, in two exams, and nobody is told.
TEST_F(DutyDeskPage, NamesWhoStandsInAnotherExamOfTheDayToo) {
  have_duties();
  EXPECT_THAT(browser.get(duties_page).body, Not(HasSubstr("Also in the duties")));
  EXPECT_EQ(asked("duties")["elsewhere"], nlohmann::json::array());
  const ExamCode own("seoul-2021-1");
  services::ExamHead head = office.stored.find_head(own).value();
  head.name_en = "Another exam";
  office.stored.others = {{ExamCode("seoul-2021-2"), head}};
  const std::string page = browser.get(duties_page).body;
  EXPECT_THAT(page, HasSubstr("Also in the duties of another exam of this day (8): "));
  EXPECT_THAT(page, HasSubstr("S1 (Another exam)"));
  EXPECT_EQ(asked("duties")["elsewhere"][0], (nlohmann::json{{"exam", "seoul-2021-2"}, {"invigilator_id", "S1"}}));
  EXPECT_TRUE(std::any_of(office.access.records.begin(), office.access.records.end(), [](const Access& access) {
    return access.action == "duties.read" && access.subject == "seoul-2021-2";
  }));
  Browser district = coordinator_of("11110");
  EXPECT_THAT(district.get(duties_page).body, Not(HasSubstr("(Another exam)")));
  // Who does not come any more stands nowhere, and another day is another day.
  withdraw("S1");
  EXPECT_THAT(browser.get(duties_page).body, Not(HasSubstr("S1 (Another exam)")));
  office.stored.others.begin()->second.exam_on = Date{head.exam_on.days + 1};
  EXPECT_THAT(browser.get(duties_page).body, Not(HasSubstr("(Another exam)")));
}

// Red while somebody who does not come stands without a word in a list of duties, on paper, in a file or by the API.
TEST_F(DutyDeskPage, NamesNobodyWhoDoesNotComeWithoutSayingSo) {
  have_duties();
  const DutyRow left = newest_rows().duties.front();
  const std::string id = left.invigilator_id.text();
  withdraw(id.c_str());
  EXPECT_THAT(browser.get(duties_page).body, HasSubstr("does not come (withdrawn): free place"));
  const nlohmann::json duties = asked("duties");
  std::int64_t gone = 0;
  for (const nlohmann::json& duty : duties["duties"]) {
    EXPECT_EQ(duty["comes"].get<bool>(), duty["invigilator_id"] != id);
    if (!duty["comes"].get<bool>()) ++gone;
  }
  EXPECT_EQ(gone, 1);
  ASSERT_EQ(duties["unfilled"].size(), 1u);
  EXPECT_EQ(duties["unfilled"][0]["venue_code"], left.venue_code.text());
  EXPECT_EQ(duties["unfilled"][0]["places"], 1);
  for (const char* file : {"duties.csv", "room-assignments.csv"}) {
    const std::string csv(ask(browser, Method::get, file).content());
    EXPECT_THAT(csv, Not(HasSubstr("," + id + ","))) << file;
    EXPECT_THAT(csv, ::testing::AnyOf(HasSubstr("(free)"), HasSubstr("(빈자리)"))) << file;
  }
}

// Red while a program cannot see which exchanges wait, or refuse one.
TEST_F(DutyDeskPage, GivesProgramsTheExchangesThatWait) {
  have_duties();
  services::DutySwap swap;
  swap.id = "swap-1";
  swap.exam = ExamCode("seoul-2021-1");
  swap.first = InvigilatorId("S1");
  swap.second = InvigilatorId("S2");
  swap.version = 1;
  office.invigilators.swaps = {swap};
  const auto waiting = asked("duty-swaps")["swaps"];
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0]["first"], "S1");
  EXPECT_EQ(waiting[0]["state"], "asked");
  EXPECT_EQ(office.access.records.back().action, "duties.read");
  Browser own = coordinator_of("11110");
  EXPECT_EQ(ask(own, Method::get, "duty-swaps").status, 403);
  EXPECT_EQ(ask(browser, Method::post, "duty-swap-refusals", {{"swap", "swap-1"}, {"reason", "too far"}}).status, 200);
  EXPECT_EQ(office.invigilators.swaps.front().state, services::SwapState::refused);
  EXPECT_TRUE(asked("duty-swaps")["swaps"].empty());
  EXPECT_EQ(ask(browser, Method::post, "duty-swap-refusals", {{"swap", "swap-1"}, {"reason", "again"}}).status, 409);
}

// Red when a search stands in a class that the site's look does not know: its fields then fill the page one below the other.
TEST_F(DutyDeskPage, SearchesInTheFormThatTheSiteLaysOutInARow) {
  have_duties();
  for (const std::string& address : {people_page, duties_page}) {
    const std::string shown = browser.get(address).body;
    EXPECT_THAT(shown, HasSubstr(R"(<form class="search" method="get")")) << address;
    EXPECT_THAT(shown, Not(HasSubstr("search-form"))) << address;
  }
}

}  // namespace
}  // namespace hanjari::web::testing
