// The map, the comparison, rooms and hand edits as officers see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string exam_of_bench = "/en/exams/seoul-2021-1";
const std::string plan_of_bench = exam_of_bench + "/plans/" + std::string(64, 'a');

class WorkbenchPages : public ::testing::Test {
 protected:
  WorkbenchPages() { officer.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, "")); }

  // The address of new edits of the plan.
  std::string begin() {
    const Response opened = officer.post(plan_of_bench, plan_of_bench + "/edits", {});
    EXPECT_EQ(opened.status, 303);
    return std::string(opened.header("Location"));
  }
  Response send(const std::string& edits, std::map<std::string, std::string> fields) {
    return officer.post(edits, edits, fields);
  }

  Office office;
  Running running{office};
  Browser officer{running, Listener::office};
};

// Where the desk of whoever has the number leads to, as it stands in the drawing; empty when nobody has it.
std::string link_of_desk(const std::string& page, const std::string& number) {
  const std::size_t desk = page.find("data-number=\"" + number + "\"");
  if (desk == std::string::npos) return "";
  const std::size_t begin = page.rfind("<a href=\"", desk) + 9;
  return page.substr(begin, page.find('"', begin) - begin);
}

TEST_F(WorkbenchPages, DrawTheMapWithATableThatSaysTheSame) {
  const Response whole = officer.get(plan_of_bench + "/map");
  ASSERT_EQ(whole.status, 200) << whole.body;
  EXPECT_THAT(whole.body, HasSubstr("<svg class=\"plan-map\""));
  EXPECT_THAT(whole.body, HasSubstr("경복고등학교"));
  EXPECT_THAT(whole.body, HasSubstr("map?venue=V2"));
  EXPECT_THAT(whole.body, HasSubstr("<span>Plan 1 <span")) << "called as on the page of plans";
  const Response venue = officer.get(plan_of_bench + "/map?venue=V1");
  EXPECT_THAT(venue.body, HasSubstr("Where the people of 경복고등학교 come from"));
  EXPECT_THAT(venue.body, HasSubstr(plan_of_bench + "/venues/V1"));
  EXPECT_THAT(officer.get(plan_of_bench + "/map?district=outside").body, HasSubstr("Outside the area"));
  EXPECT_EQ(officer.get(plan_of_bench + "/map?venue=nowhere").status, 404);
  EXPECT_EQ(officer.get("/ko/exams/seoul-2021-1/plans/" + std::string(64, 'a') + "/map").status, 200);
}

// Red while every page read the exam: the first page counts, the others take what was kept.
TEST_F(WorkbenchPages, ReadNoExamForAPlanThatWasCounted) {
  officer.get(plan_of_bench + "/map");
  const int read = office.stored.exams_read;
  officer.get(plan_of_bench + "/map?venue=V1");
  officer.get(exam_of_bench + "/comparison");
  EXPECT_EQ(office.stored.exams_read, read);
}

TEST_F(WorkbenchPages, PutPlansSideBySide) {
  const Response page = officer.get(exam_of_bench + "/comparison?first=" + std::string(64, 'a') +
                                    "&second=" + std::string(64, 'a'));
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_THAT(page.body, HasSubstr("Home district"));
  EXPECT_THAT(page.body, HasSubstr(">Plan 1 aaaaaaaaaaaa · ")) << "called as on the page of plans";
  EXPECT_THAT(page.body, HasSubstr("data-label=\"Plan 1\"")) << "said with every figure on a narrow screen";
  EXPECT_THAT(page.body, HasSubstr("Accommodation"));
  const auto json = nlohmann::json::parse(
      officer.get("/api/v1/exams/seoul-2021-1/comparison?first=" + std::string(64, 'a')).body);
  EXPECT_EQ(json["plans"].size(), 1U);
  EXPECT_EQ(json["plans"][0]["fairness"]["sex"].size(), 2U);
  for (const char* name : {"mean_detour_m", "told_mean_detour_m", "p95_detour_m", "told_p95_detour_m"})
    EXPECT_TRUE(json["plans"][0]["fairness"]["sex"][0].contains(name)) << name;
  EXPECT_EQ(officer.get(exam_of_bench + "/comparison?first=" + std::string(64, 'b')).status, 404);
}

// Red when a way of grouping is left out, or when the picture stands without its table.
TEST_F(WorkbenchPages, SayHowFarEachGroupTravelsAsPicturesAndTables) {
  EXPECT_THAT(officer.get(plan_of_bench + "/map").body, HasSubstr(plan_of_bench + "/fairness"));
  const Response page = officer.get(plan_of_bench + "/fairness");
  ASSERT_EQ(page.status, 200) << page.body;
  for (const char* way : {"Home district", "Sex", "Accommodation"}) {
    EXPECT_THAT(page.body, HasSubstr("<caption>" + std::string(way) + "</caption>"));
    EXPECT_THAT(page.body, HasSubstr("aria-label=\"Mean travel and mean detour, as bars: " + std::string(way) + "\""));
  }
  EXPECT_THAT(page.body, HasSubstr("nothing of this page is published"));
  EXPECT_THAT(page.body, HasSubstr("/en/exams/seoul-2021-1/fairness-reports"));
  EXPECT_EQ(officer.get("/ko/exams/seoul-2021-1/plans/" + std::string(64, 'a') + "/fairness").status, 200);
  EXPECT_EQ(officer.get(exam_of_bench + "/plans/" + std::string(64, 'b') + "/fairness").status, 404);
}

TEST_F(WorkbenchPages, RecordWhoOpensARoomAndWhomItHolds) {
  EXPECT_THAT(officer.get(plan_of_bench + "/venues/V1").body, Not(HasSubstr("01000001")));
  const Response room = officer.get(plan_of_bench + "/venues/V1/rooms/2");
  ASSERT_EQ(room.status, 200) << room.body;
  EXPECT_THAT(room.body, HasSubstr("<svg class=\"room-plan\""));
  EXPECT_THAT(room.body, HasSubstr("01000001"));
  EXPECT_THAT(room.body, Not(HasSubstr("김한자"))) << "numbers are enough to work with";
  const auto opened = std::find_if(office.access.records.begin(), office.access.records.end(),
                                   [](const Access& access) { return access.action == "plan.open_room"; });
  ASSERT_NE(opened, office.access.records.end());
  EXPECT_THAT(opened->whose, ::testing::UnorderedElementsAre("A1", "A4"));
  EXPECT_EQ(officer.get(plan_of_bench + "/venues/V1/rooms/9").status, 404);
  EXPECT_EQ(officer.get(plan_of_bench + "/venues/nowhere").status, 404);
}

TEST_F(WorkbenchPages, KeepEditsWithReasonAndUndoThem) {
  const std::string edits = begin();
  const Response locked =
      send(edits, {{"version", "1"}, {"kind", "lock"}, {"number", "01000001"}, {"reason", "by the window"}});
  ASSERT_EQ(locked.status, 303) << locked.body;
  EXPECT_THAT(officer.get(edits).body, HasSubstr("by the window"));
  EXPECT_EQ(officer.post(edits, edits + "/turns", {{"version", "2"}, {"turn", "undo"}}).status, 303);
  EXPECT_THAT(officer.get(edits).body, HasSubstr("undone"));
  EXPECT_EQ(officer.post(edits, edits + "/turns", {{"version", "3"}, {"turn", "redo"}}).status, 303);
  EXPECT_THAT(officer.get(edits).body, Not(HasSubstr(">undone<")));
}

TEST_F(WorkbenchPages, RefuseEditsInWordsAndStoreNothing) {
  const std::string edits = begin();
  const Response unknown = send(edits, {{"version", "1"},
                                        {"kind", "person"},
                                        {"number", "09999999"},
                                        {"to_venue", "V1"},
                                        {"to_room_no", "1"},
                                        {"reason", "asked"}});
  EXPECT_EQ(unknown.status, 422);
  EXPECT_THAT(unknown.body, HasSubstr("Nobody in this plan has the number 09999999."));
  EXPECT_THAT(send(edits, {{"version", "1"}, {"kind", "swap_people"}, {"reason", "asked"}}).body,
              HasSubstr("Name the applicant number."));
  EXPECT_THAT(send(edits, {{"version", "1"}, {"kind", "close_venue"}, {"reason", "asked"}}).body,
              HasSubstr("Name the venue by its code."));
  EXPECT_THAT(send(edits, {{"version", "1"}, {"kind", "lock"}, {"venue", "V1"}, {"reason", " "}}).body,
              HasSubstr("Say why, in one line."));
  EXPECT_THAT(send(edits, {{"version", "1"}, {"kind", "dance"}, {"reason", "asked"}}).body, HasSubstr("swap_people"));
  EXPECT_EQ(send(edits, {{"version", "1"}, {"kind", "lock"}, {"venue", "V9"}, {"reason", "asked"}}).status, 422);
  EXPECT_EQ(send(edits, {{"version", "0"}, {"kind", "lock"}, {"venue", "V1"}, {"reason", "asked"}}).status, 409);
  EXPECT_EQ(officer.post(edits, edits + "/plans", {{"version", "1"}}).status, 422) << "nothing was edited";
  EXPECT_TRUE(office.edits.edits.begin() == office.edits.edits.end() || office.edits.edits.begin()->second.empty());
}

// Red while the verifier's words named people by the ids of the package, which no page of the office knows.
TEST_F(WorkbenchPages, NamePeopleByNumberWhereTheVerifierRefuses) {
  const Response refused = send(begin(), {{"version", "1"},
                                          {"kind", "person"},
                                          {"number", "01000002"},
                                          {"to_venue", "V1"},
                                          {"to_room_no", "2"},
                                          {"seat_no", "3"},
                                          {"reason", "asked"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("01000001 and 01000002 have the same seat"));
  EXPECT_THAT(refused.body, Not(HasSubstr("A1 and A2")));
  // Red while only whoever moves was recorded, and not the one whose seat it is.
  const auto shown = std::find_if(office.access.records.begin(), office.access.records.end(),
                                  [](const Access& access) { return access.action == "plan.open_edits"; });
  ASSERT_NE(shown, office.access.records.end());
  EXPECT_THAT(shown->whose, ::testing::IsSupersetOf({"A1", "A2"}));
  EXPECT_THAT(shown->whose, Not(::testing::Contains("A5"))) << "who sits in another venue";
}

// Red while an edit knew only people with a number: who had no seat was on no page and could get none by hand.
TEST_F(WorkbenchPages, ListWhoHasNoSeatAndOfferToSeatThem) {
  office.stored.unseated.push_back({ApplicantIndex(0), "no_capacity", {"none left", "none left"}});
  const std::string edits = begin();
  const std::string page = officer.get(edits).body;
  EXPECT_THAT(page, HasSubstr("Without a seat: 1"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">A1</th>"));
  // Red while the address of the link named the person: addresses stay in histories and on screens that others see.
  EXPECT_THAT(page, Not(HasSubstr("number=A1")));
  EXPECT_THAT(page, HasSubstr("?kind=person&amp;seatless=1&amp;version=1\""));
  const std::string filled = "name=\"number\" type=\"text\" maxlength=\"160\" value=\"A1\"";
  EXPECT_THAT(officer.get(edits + "?kind=person&seatless=1&version=1").body, HasSubstr(filled));
  EXPECT_THAT(officer.get(edits + "?kind=person&seatless=1&version=9").body, Not(HasSubstr(filled)))
      << "after another edit the first of the list may be somebody else";
  EXPECT_THAT(officer.get(edits + "?kind=person&seatless=2&version=1").body, Not(HasSubstr(filled)));
  EXPECT_THAT(officer.get(edits + "?kind=person&number=A1").body, Not(HasSubstr(filled)));
  const auto shown = std::find_if(office.access.records.begin(), office.access.records.end(),
                                  [](const Access& access) { return access.action == "plan.open_edits"; });
  ASSERT_NE(shown, office.access.records.end());
  EXPECT_THAT(shown->whose, ::testing::Contains("A1"));
  // A seat that somebody has is none. The person is named by the id, for the number that the edit would give is nobody's.
  const Response refused = send(edits, {{"version", "1"},
                                        {"kind", "person"},
                                        {"number", "A1"},
                                        {"to_venue", "V1"},
                                        {"to_room_no", "2"},
                                        {"seat_no", "4"},
                                        {"reason", "asked"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("A1 and 01000004 have the same seat"));
  // Whoever has a seat is named by the number alone. Red while nothing but "nobody" was said of an id that is somebody's.
  EXPECT_THAT(send(edits, {{"version", "1"},
                           {"kind", "person"},
                           {"number", "A4"},
                           {"to_venue", "V1"},
                           {"to_room_no", "1"},
                           {"reason", "asked"}})
                  .body,
              HasSubstr("Nobody in this plan has the number A4. It is an applicant ID; name whoever has a seat by the "
                        "applicant number: 01000004."));
  EXPECT_THAT(send(edits, {{"version", "1"}, {"kind", "lock"}, {"number", "A1"}, {"reason", "asked"}}).body,
              HasSubstr("It is the applicant ID of somebody without a seat: give the person a seat first."));
}

// Red while a refused edit came back as an empty form: everything was typed again.
TEST_F(WorkbenchPages, KeepWhatWasTypedInAnEditThatIsRefused) {
  const std::string edits = begin();
  const Response refused = send(edits, {{"version", "1"},
                                        {"kind", "swap_rooms"},
                                        {"venue", "V1"},
                                        {"room_no", "2"},
                                        {"to_venue", "V9"},
                                        {"to_room_no", "1"},
                                        {"reason", "the lift is broken"}});
  ASSERT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("<details open data-kind=\"swap_rooms\">"));
  EXPECT_THAT(refused.body, HasSubstr("value=\"V9\""));
  EXPECT_THAT(refused.body, HasSubstr("value=\"the lift is broken\""));
}

// "3-2" was read as 32: blanks and hyphens were taken out of numbers.
TEST_F(WorkbenchPages, ReadNoNumberThatWasNotTyped) {
  const std::string edits = begin();
  for (const char* typed : {"1-1", "-1", "1 1", "two"}) {
    const Response refused =
        send(edits, {{"version", "1"}, {"kind", "lock"}, {"venue", "V1"}, {"room_no", typed}, {"reason", "asked"}});
    EXPECT_EQ(refused.status, 422) << typed;
    EXPECT_EQ(officer.get(plan_of_bench + "/settings?people_cap=-1").status, 422);
  }
  EXPECT_TRUE(office.edits.edits[office.edits.sessions.begin()->first].empty());
}

// Red while fields of these pages took bare digits alone, where files take rooms and numbers as people write them.
TEST_F(WorkbenchPages, ReadNumbersAsFilesDo) {
  const std::string edits = begin();
  EXPECT_EQ(send(edits, {{"version", "1"}, {"kind", "lock"}, {"venue", "V1"}, {"room_no", "제2시험실"}, {"reason", "asked"}}).status, 303);
  EXPECT_EQ(officer.get(plan_of_bench + "/settings?people_cap=" + encode_percent("２０명")).status, 200);
  EXPECT_EQ(officer.get(plan_of_bench + "/settings?detour_cap_m=" + encode_percent("3,000 m")).status, 200);
  EXPECT_EQ(officer.get(plan_of_bench + "/settings?detour_cap_m=" + encode_percent("3,00")).status, 422);
}

TEST_F(WorkbenchPages, MakeOneEditOfTwoClicksAndSayWhatOthersDid) {
  const std::string edits = begin();
  const std::map<std::string, std::string> lock{
      {"version", "1"}, {"kind", "lock"}, {"number", "01000001"}, {"reason", "by the window"}};
  EXPECT_EQ(send(edits, lock).status, 303);
  EXPECT_EQ(send(edits, lock).status, 303) << "the second click finds what the first one did";
  EXPECT_EQ(office.edits.edits.begin()->second.size(), 1U);
  const Response late =
      send(edits, {{"version", "1"}, {"kind", "lock"}, {"number", "01000002"}, {"reason", "another one"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("by the window")) << "what was done meanwhile";
  EXPECT_THAT(late.body, HasSubstr("value=\"another one\"")) << "and what was typed";
}

TEST_F(WorkbenchPages, ListSessionsAndTakeTurnsWithAReason) {
  EXPECT_THAT(officer.get(exam_of_bench + "/edits").body, HasSubstr("Nobody has edited by hand yet."));
  const std::string edits = begin();
  EXPECT_EQ(begin(), edits) << "a second click opens no second session";
  EXPECT_THAT(officer.get(exam_of_bench + "/edits").body, HasSubstr(edits));
  EXPECT_THAT(officer.get(exam_of_bench + "/edits?plan=" + std::string(64, 'a')).body, HasSubstr(edits));
  EXPECT_THAT(officer.get(exam_of_bench + "/edits?plan=" + std::string(64, 'b')).body, Not(HasSubstr(edits)));
  EXPECT_THAT(officer.get(plan_of_bench).body, HasSubstr(exam_of_bench + "/edits?plan="));
  const auto json = nlohmann::json::parse(officer.get("/api/v1/exams/seoul-2021-1/edits").body);
  EXPECT_EQ(json["sessions"].size(), 1U);
  EXPECT_EQ(json["sessions"][0]["edits"], 0);
  send(edits, {{"version", "1"}, {"kind", "lock"}, {"number", "01000001"}, {"reason", "by the window"}});
  EXPECT_THAT(officer.get(edits).body, HasSubstr("name=\"reason\""));
  EXPECT_EQ(officer.post(edits, edits + "/turns", {{"version", "2"}}).status, 422) << "neither undo nor redo";
  EXPECT_EQ(officer.post(edits, edits + "/turns", {{"version", "2"}, {"turn", "undo"}, {"reason", "a slip"}}).status, 303);
  EXPECT_EQ(officer.post(edits, edits + "/turns", {{"version", "3"}, {"turn", "undo"}}).status, 409) << "nothing is left";
}

TEST_F(WorkbenchPages, ShowRoomsWherePeopleCanBeDraggedAndRecordWhomTheyHold) {
  const std::string edits = begin();
  const std::string none = officer.get(edits + "/rooms").body;
  EXPECT_THAT(none, HasSubstr("Choose a room"));
  const std::string chosen = edits + "/rooms?venue=V1&room_no=2&to_venue=V2&to_room_no=1";
  const std::string shown = officer.get(chosen).body;
  // Red while the link of a desk named in its address who sits there.
  EXPECT_THAT(shown, Not(HasSubstr("number=0")));
  const std::string link = link_of_desk(shown, "01000001");
  EXPECT_THAT(link, HasSubstr("/rooms?venue=V1&amp;room_no=2&amp;to_venue=V2&amp;to_room_no=1&amp;version=1&amp;desk=1-"));
  const std::size_t desk = link.find("desk=");
  ASSERT_NE(desk, std::string::npos);
  const Response rooms = officer.get(chosen + "&version=1&" + link.substr(desk));
  ASSERT_EQ(rooms.status, 200) << rooms.body;
  EXPECT_THAT(rooms.body, HasSubstr("data-venue=\"V1\" data-room=\"2\""));
  EXPECT_THAT(rooms.body, HasSubstr("data-venue=\"V2\" data-room=\"1\""));
  EXPECT_THAT(rooms.body, HasSubstr("data-number=\"01000001\""));
  EXPECT_THAT(rooms.body, HasSubstr("value=\"01000001\"")) << "the form that the link of the desk fills";
  EXPECT_THAT(rooms.body, Not(HasSubstr("김한자")));
  const auto opened = std::count_if(office.access.records.begin(), office.access.records.end(),
                                    [](const Access& access) { return access.action == "plan.open_room"; });
  EXPECT_EQ(opened, 4) << "two rooms, shown twice";
  EXPECT_THAT(officer.get(chosen + "&version=9&" + link.substr(desk)).body, Not(HasSubstr("value=\"01000001\"")))
      << "after another edit somebody else may sit there";
  // Red while a mistyped room ended at a page without the form.
  const Response mistyped = officer.get(edits + "/rooms?venue=V1&room_no=9&to_venue=V2&to_room_no=1");
  EXPECT_EQ(mistyped.status, 404);
  EXPECT_THAT(mistyped.body, HasSubstr("V1/9: This venue has no such room."));
  EXPECT_THAT(mistyped.body, HasSubstr("value=\"9\""));
  EXPECT_THAT(mistyped.body, HasSubstr("data-venue=\"V2\" data-room=\"1\"")) << "the other one is shown";
  // Red while the name of a desk said the number alone: what is drawn has the seat too.
  EXPECT_THAT(rooms.body, Not(HasSubstr("data-number=\"01000001\" aria-label")));
}

TEST_F(WorkbenchPages, ListTheFarPeopleAndSayThatThereIsNoLimit) {
  const Response page = officer.get(plan_of_bench + "/far-people?page=99999999999999999999");
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(officer.get("/api/v1/exams/seoul-2021-1/plans/" + std::string(64, 'a') + "/far-people").status, 200);
}

TEST_F(WorkbenchPages, SetSlidersBesideTheNumbers) {
  const std::string page = officer.get(plan_of_bench + "/settings").body;
  for (const char* name : {"people_cap", "min_gap_cm", "reserve_rooms", "detour_cap_m"})
    EXPECT_THAT(page, HasSubstr(std::string("data-slider=\"") + name + "\""));
}

// Six people in three rooms: one in each leaves three without a seat.
TEST_F(WorkbenchPages, SayInWordsWhatASettingLacks) {
  const Response now = officer.get(plan_of_bench + "/settings");
  ASSERT_EQ(now.status, 200) << now.body;
  EXPECT_THAT(now.body, Not(HasSubstr("Why people have no seat")));
  EXPECT_THAT(now.body, Not(HasSubstr("No plan can seat everybody")));
  const std::string one_each = officer.get(plan_of_bench + "/settings?people_cap=1").body;
  EXPECT_THAT(one_each, HasSubstr("No plan can seat everybody with these settings. People without a seat, at least: 3."));
  EXPECT_THAT(one_each, HasSubstr("Fewest rooms to add 3."));
  EXPECT_EQ(officer.get(plan_of_bench + "/settings?people_cap=0").status, 422);
  EXPECT_EQ(officer.get(plan_of_bench + "/settings?people_cap=many").status, 422);
  const auto json = nlohmann::json::parse(
      officer.get("/api/v1/exams/seoul-2021-1/plans/" + std::string(64, 'a') + "/settings?people_cap=1").body);
  EXPECT_EQ(json["missing"], 3);
  EXPECT_EQ(json["fewest_rooms"], 3);
}

// Red while map and fairness of a plan that leaves people out gave their figures as if it seated everybody.
TEST_F(WorkbenchPages, TellFirstHowManyHaveNoSeat) {
  EXPECT_THAT(officer.get(plan_of_bench + "/map").body, Not(HasSubstr("Why people have no seat in this plan")));
  Office incomplete;
  Running elsewhere{incomplete};
  Browser reader(elsewhere, Listener::office);
  reader.set_cookie("hanjari_session", incomplete.sign_in("kim", services::Role::exam_officer, ""));
  const Text detail{"no isolation venue has a room", "no isolation venue has a room"};
  for (const std::size_t person : {0U, 1U})
    incomplete.stored.unseated.push_back({ApplicantIndex(person), "no_isolation_venue", detail});
  for (const char* page : {"/map", "/fairness"}) {
    const std::string body = reader.get(plan_of_bench + page).body;
    EXPECT_THAT(body, HasSubstr(": 2 <a href=\"" + plan_of_bench + "/settings\">Why people have no seat in this plan</a>")) << page;
  }
}

// Red while a plan that leaves people out did not say why: more rooms were ordered where an isolation venue was missing.
TEST_F(WorkbenchPages, SayWhyThePlanSeatsSomebodyNowhere) {
  // As plans are stored: the detail is English in both languages. Red while it stood on the Korean page.
  const Text detail{"no isolation venue has a room", "no isolation venue has a room"};
  for (const std::size_t person : {0U, 1U})
    office.stored.unseated.push_back({ApplicantIndex(person), "no_isolation_venue", detail});
  const std::string page = officer.get(plan_of_bench + "/settings").body;
  EXPECT_THAT(page, HasSubstr("Why people have no seat in this plan"));
  EXPECT_THAT(page, HasSubstr("<li>2: they are routed to isolation, and no isolation venue that can be reached has a room</li>"));
  EXPECT_THAT(officer.get("/ko" + plan_of_bench.substr(3) + "/settings").body,
              HasSubstr("<li>2: 격리 대상이지만 갈 수 있는 별도시험장에 시험실이 없음</li>"));
}

// Red while the page gave the kilometres that a further venue saves, and not where it would stand; and codes alone of schools.
TEST_F(WorkbenchPages, SayWhereAFurtherVenueHelpsMostAndWhichSchoolIsTakenAway) {
  const auto finished = [&](const std::string& id, const std::string& result) {
    office.jobs.add_job({"whatif", "seoul-2021-1", "{}"}, id, {});
    office.jobs.jobs.back().state = services::JobState::done;
    office.jobs.jobs.back().result = result;
    return office.jobs.jobs.back().id;
  };
  const std::string added = finished(
      "added", R"({"subject":"add_venue=1..1","rows":[{"value":"1","travel_m":36109000}],)"
               R"("places":[{"en":"NEW01: at 37.5, 127.0, 2.0 km from V1 Hanbit","ko":"NEW01: V1 한빛에서 2.0 km"}]})");
  EXPECT_THAT(officer.get("/en/jobs/" + added).body, HasSubstr("<li>NEW01: at 37.5, 127.0, 2.0 km from V1 Hanbit</li>"));
  EXPECT_THAT(officer.get("/ko/jobs/" + added).body, HasSubstr("시험장을 더한다면 다음 순서로 도움이 됩니다."));
  office.jobs.jobs.clear();
  const std::string lost =
      finished("lost", R"({"subject":"lose_venue=V1..V1","rows":[{"value":"V1","name":"Hanbit School","moved":3}]})");
  const std::string page = officer.get("/en/jobs/" + lost).body;
  EXPECT_THAT(page, HasSubstr("Hanbit School (V1)"));
  EXPECT_THAT(page, Not(HasSubstr("A further venue helps most")));
}

TEST_F(WorkbenchPages, OrderWhatIfsThatTheExamCanHaveAndShowTheirTable) {
  const std::string whatifs = plan_of_bench + "/what-ifs";
  const std::string form = plan_of_bench + "/settings";
  // Red while a page without a form said "This cannot be varied." and no more.
  const Response refused =
      officer.post(form, whatifs, {{"key", "reserve_rooms"}, {"range", "3..1"}, {"from_plan", "yes"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("value=\"3..1\""));
  EXPECT_THAT(refused.body, HasSubstr("<option value=\"reserve_rooms\" selected>"));
  EXPECT_THAT(refused.body, HasSubstr("value=\"yes\" checked"));
  EXPECT_THAT(refused.body, HasSubstr("id=\"errors\""));
  EXPECT_THAT(officer.post(form, whatifs, {{"key", "people_cap"}, {"range", "ten"}}).body, HasSubstr("is not a whole number"));
  // Red while the page said what is wrong and left out what to do about it, as files are told.
  EXPECT_THAT(officer.post(form, whatifs, {{"key", "lose_venue"}, {"range", "v1"}}).body, HasSubstr("quotes differ; write "));
  EXPECT_EQ(officer.post(form, whatifs, {{"key", "people_cap"}, {"range", "0..3"}}).status, 422);
  EXPECT_EQ(officer.post(form, whatifs, {{"key", "luck"}, {"range", "1"}}).status, 422);
  EXPECT_EQ(officer.post(form, whatifs, {{"trade_off", "luck"}}).status, 422);
  EXPECT_TRUE(office.jobs.jobs.empty());
  EXPECT_EQ(officer.post(form, whatifs, {{"trade_off", "pairs"}}).status, 303);
  ASSERT_EQ(office.jobs.jobs.size(), 1U);
  services::Job& job = office.jobs.jobs.front();
  EXPECT_EQ(job.order.kind, "whatif");
  job.state = services::JobState::done;
  job.result = R"({"subject":"pairs","rows":[{"value":"500","travel_m":36109000,"pairs":77}]})";
  const std::string page = officer.get("/en/jobs/" + job.id).body;
  EXPECT_THAT(page, HasSubstr("36,109 km"));
  EXPECT_THAT(page, HasSubstr("77"));
  EXPECT_THAT(page, HasSubstr("<rect class=\"bar\"")) << "drawn beside the table";
  EXPECT_THAT(page, HasSubstr("Units at a venue against travel"));
  EXPECT_THAT(page, Not(HasSubstr("Cancelled before")));
  job.state = services::JobState::cancelled;
  EXPECT_THAT(officer.get("/en/jobs/" + job.id).body, HasSubstr("Cancelled before every value was tried"));
}

}  // namespace
}  // namespace hanjari::web::testing
