// Finding venues as people do it on pages: the city asks, a district offers, a school confirms without an account, the
// city accepts; and nobody sees anything of another district.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string offers_page = "/en/exams/seoul-2021-1/venue-offers";
const std::string own_venue_page = offers_page + "/11110-01";
const std::string room_workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

SiteSettings settings_with_portal() {
  SiteSettings settings;
  settings.portal_address = "https://seats.example.kr";
  return settings;
}

class OfferPages : public ::testing::Test {
 protected:
  OfferPages() {
    office.clock.set(hanjari::tests::at("2021-03-02T12:00:00+09:00"));
    city.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    jongno.set_cookie("hanjari_session", office.sign_in("jongno", services::Role::district_coordinator, "11110"));
    jung.set_cookie("hanjari_session", office.sign_in("jung", services::Role::district_coordinator, "11140"));
  }

  Response ask(const std::string& districts, const std::string& version = "0") {
    return city.post(offers_page, offers_page + "/requests",
                     {{"version", version}, {"min_gap_cm", "0"}, {"people_cap", "20"}, {"due_at", "2021-04-01 18:00"},
                      {"districts", districts}, {"note", "Near the stations, please"}});
  }
  Response add(Browser& who, const std::string& code, const std::string& name) {
    return who.post(offers_page, offers_page, {{"code_of_venue", code}, {"name", name}, {"lat", "37.57"}, {"lon", "126.98"}});
  }
  std::string version() { return std::to_string(office.venue_offers.find_offer(exam, VenueCode("11110-01"))->version); }
  Response step(Browser& who, const std::string& what, const std::string& told = "") {
    return who.post(own_venue_page, own_venue_page + "/steps", {{"version", version()}, {"step", what}, {"told", told}});
  }
  // A school with two rooms and somebody to ask.
  void have_offer() {
    ASSERT_EQ(ask("11110, 100, jongno@example.kr\n11140, 200\n").status, 303);
    ASSERT_EQ(add(jongno, "11110-01", "Hanbit School").status, 303);
    const std::string rows = "room_no,row_count,column_count,row_pitch_cm,column_pitch_cm\n1,5,5,150,150\n2,3,5,150,150\n";
    const Response rooms = jongno.post(own_venue_page, own_venue_page + "/rooms", {{"version", version()}, {"rooms", rows}});
    ASSERT_EQ(rooms.status, 303) << rooms.body;
    ASSERT_EQ(jongno.post(own_venue_page, own_venue_page,
                          {{"version", version()}, {"name", "Hanbit School"}, {"contact_name", "Kim"}, {"contact_email", "kim@school.example.kr"}})
                  .status,
              303);
  }
  static Response send(Browser& who, const std::string& address, const std::string& type, const std::string& body) {
    Request request;
    request.method = Method::post;
    request.path = address.substr(0, address.find('?'));
    if (address.find('?') != std::string::npos) request.query = address.substr(address.find('?') + 1);
    request.headers.set("content-type", type);
    request.body = body;
    return who.send(std::move(request));
  }
  std::string told(const std::string& before, std::size_t length) {
    const std::string& body = office.venue_offers.messages.back().body;
    return body.substr(body.find(before) + before.size(), length);
  }
  std::string link() { return "/en/venue-confirmations/" + told("/venue-confirmations/", 64); }

  const ExamCode exam{"seoul-2021-1"};
  Office office;
  Running running{office, settings_with_portal()};
  Browser city{running, Listener::office};
  Browser jongno{running, Listener::office};
  Browser jung{running, Listener::office};
  Browser school{running, Listener::portal};
};

TEST_F(OfferPages, LeadFromTheRequestToTheAcceptedSchool) {
  have_offer();
  EXPECT_THAT(city.get(offers_page).body, HasSubstr("Districts without an answer: 2"));
  ASSERT_EQ(step(jongno, "propose").status, 303);
  const Response question = school.get(link());
  EXPECT_EQ(question.status, 200);
  EXPECT_THAT(question.body, HasSubstr("Hanbit School"));
  EXPECT_THAT(question.body, Not(HasSubstr("kim@school"))) << "the link shows no person";
  EXPECT_THAT(question.body, HasSubstr("5 June 2021")) << "no school says yes to a day that it is not told";
  const Response wrong = school.post(link(), link(), {{"code", "0"}, {"answer", "yes"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("value=\"yes\" checked")) << "the answer stays chosen";
  EXPECT_THAT(wrong.body, HasSubstr("The code is wrong"));
  const std::string address = link();
  const Response thanks = school.post(address, address, {{"code", told("Code: ", 6)}, {"answer", "yes"}});
  EXPECT_EQ(thanks.status, 200);
  EXPECT_THAT(thanks.body, HasSubstr("The rooms are confirmed"));
  EXPECT_EQ(school.get(address).status, 409) << "answered";
  EXPECT_THAT(city.get(offers_page).body, HasSubstr("Waits for the city"));
  ASSERT_EQ(step(city, "accept").status, 303);
  // 20 of 25 desks by the rule's cap, and 15.
  EXPECT_THAT(city.get(offers_page).body, HasSubstr("Seats asked: 300, accepted: 35, missing: 265"));
  EXPECT_EQ(office.venue_offers.messages.back().to, "jongno@example.kr");
}

// Red while a request that is changed in one thing loses the others.
TEST_F(OfferPages, KeepWhatIsNotSentOfARequest) {
  ASSERT_EQ(ask("11110, 100, jongno@example.kr\n11140, 200\n").status, 303);
  const auto before = office.venue_offers.find_request(exam).value();
  const std::string address = "/api/v1/exams/seoul-2021-1/venue-requests";
  ASSERT_EQ(send(city, address, "application/json", R"({"version": 1, "note": ""})").status, 200);
  auto now = office.venue_offers.find_request(exam).value();
  EXPECT_EQ(now.note, "");
  EXPECT_EQ(now.rule, before.rule);
  EXPECT_EQ(now.due_at, before.due_at);
  EXPECT_EQ(now.districts.size(), 2U);
  ASSERT_EQ(send(city, address, "application/json", R"({"version": 2, "people_cap": null, "min_gap_cm": 150})").status, 200);
  now = office.venue_offers.find_request(exam).value();
  EXPECT_FALSE(now.rule.people_cap);
  EXPECT_EQ(now.rule.min_gap_cm, 150);
  // The form follows the same rule.
  ASSERT_EQ(city.post(offers_page, offers_page + "/requests", {{"version", "3"}, {"people_cap", "18"}}).status, 303);
  now = office.venue_offers.find_request(exam).value();
  EXPECT_EQ(now.rule.people_cap, 18);
  EXPECT_EQ(now.rule.min_gap_cm, 150);
  EXPECT_EQ(now.due_at, before.due_at);
  EXPECT_EQ(now.districts.size(), 2U);
}

// Red while the API took moments with their distance from UTC alone, and the form took none of those.
TEST_F(OfferPages, ReadTheDayOfARequestInOneWayWhoeverSendsIt) {
  ASSERT_EQ(ask("11110, 100, jongno@example.kr\n").status, 303);
  const std::string address = "/api/v1/exams/seoul-2021-1/venue-requests";
  const Instant due = parse_instant("2021-04-02T09:30:00Z").value();  // 18:30 in Seoul
  std::int64_t version = 1;
  for (const char* typed : {"2021-04-02T18:30:00+09:00", "2021-04-02 18:30", "2021. 4. 2. 오후 6:30", "2021년 4월 2일 18시 30분"}) {
    const std::string body = nlohmann::json{{"version", version++}, {"due_at", typed}}.dump();
    ASSERT_EQ(send(city, address, "application/json", body).status, 200) << typed;
    EXPECT_EQ(office.venue_offers.find_request(exam).value().due_at, due) << typed;
    // The request as it was, so that the next spelling changes it again.
    ASSERT_EQ(city.post(offers_page, offers_page + "/requests",
                        {{"version", std::to_string(version++)}, {"due_at", "2021-04-01T18:00:00+09:00"}})
                  .status,
              303);
    EXPECT_EQ(office.venue_offers.find_request(exam).value().due_at, due - std::chrono::hours(24) - std::chrono::minutes(30));
  }
  const Response refused = send(city, address, "application/json",
                                nlohmann::json{{"version", version}, {"due_at", "soon"}}.dump());
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("2021-05-01 18:00"));
}

// Red while commas were taken out wherever they stood, and units behind a number were refused.
TEST_F(OfferPages, ReadNumbersAsFilesDo) {
  const auto asked = [&](const char* gap) {
    return city.post(offers_page, offers_page + "/requests",
                     {{"version", "0"}, {"min_gap_cm", gap}, {"people_cap", "20명"}, {"due_at", "2021-04-01 18:00"}, {"districts", "11110, 100\n"}});
  };
  EXPECT_EQ(asked("1,5").status, 422) << "fifteen, or one and a half";
  EXPECT_EQ(asked("150 cm").status, 303);
  const auto request = office.venue_offers.find_request(exam).value();
  EXPECT_EQ(request.rule.min_gap_cm, 150);
  EXPECT_EQ(request.rule.people_cap, 20);
}

// Red while the API kept the name as a code: no coordinator saw the school.
TEST_F(OfferPages, TakeADistrictByItsNameFromAProgramToo) {
  ASSERT_EQ(ask("11110, 100, jongno@example.kr\n").status, 303);
  const std::string address = "/api/v1/exams/seoul-2021-1/venue-offers/";
  const auto offer = [&](const char* code, const char* district) {
    const nlohmann::json body{{"version", 0}, {"name", "Hanbit School"}, {"district", district}, {"lat", 37.57}, {"lon", 126.98}};
    return send(city, address + code, "application/json", body.dump()).status;
  };
  EXPECT_EQ(offer("11110-01", "서울 종로구"), 200);
  EXPECT_EQ(office.venue_offers.find_offer(exam, VenueCode("11110-01"))->district, DistrictCode("11110"));
  EXPECT_EQ(offer("X-02", "중구"), 422) << "several cities have one";
}

TEST_F(OfferPages, ShowADistrictNothingOfAnother) {
  have_offer();
  const std::string page = jung.get(offers_page).body;
  for (const char* foreign : {"Hanbit", "11110-01", "jongno", "Jongno"}) EXPECT_THAT(page, Not(HasSubstr(foreign))) << foreign;
  EXPECT_THAT(page, HasSubstr("Seats asked: 200"));
  for (const std::string& way : {std::string(), std::string("/rooms/1")}) EXPECT_EQ(jung.get(own_venue_page + way).status, 403);
  EXPECT_EQ(jung.get(offers_page + "/11110-99").status, 403) << "not there, and the same answer";
  const auto by_api = nlohmann::json::parse(jung.get("/api/v1/exams/seoul-2021-1/venue-requests").body);
  ASSERT_EQ(by_api.at("districts").size(), 1U);
  EXPECT_EQ(by_api.at("districts")[0].at("district").get<std::string>(), "11140");
  EXPECT_TRUE(nlohmann::json::parse(jung.get("/api/v1/exams/seoul-2021-1/venue-offers").body).at("offers").empty());
  EXPECT_EQ(add(jung, "11110-01", "Mine").status, 422) << "whether the code is taken or not";
  EXPECT_EQ(add(jung, "11110-77", "Mine").status, 422);
}

TEST_F(OfferPages, RefuseWithWhatWasTyped) {
  const Response refused = ask("11110, many\n");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("11110, many"));
  EXPECT_FALSE(office.venue_offers.find_request(exam));
  have_offer();
  const Response rooms = jongno.post(own_venue_page, own_venue_page + "/rooms", {{"version", version()}, {"rooms", "room_no\nfive\n"}});
  EXPECT_EQ(rooms.status, 422);
  EXPECT_THAT(rooms.body, HasSubstr("row_count"));
  EXPECT_EQ(step(jongno, "withdraw").status, 422) << "without a word";
  EXPECT_EQ(step(jongno, "jump").status, 422);
  EXPECT_EQ(step(jongno, "accept").status, 403);
  EXPECT_EQ(jongno.post(own_venue_page, own_venue_page + "/steps", {{"version", "1"}, {"step", "propose"}}).status, 409);
}

// Red when the first fault of a request hides the others, or a school that is refused has to be typed anew.
TEST_F(OfferPages, SayEveryFaultOfAnEntryAndKeepWhatWasTyped) {
  const Response request = city.post(offers_page, offers_page + "/requests",
                                     {{"version", "0"}, {"min_gap_cm", "wide"}, {"due_at", "soon"}, {"districts", "11110; 5\n11140; 6\n"}});
  EXPECT_EQ(request.status, 422);
  for (const char* part : {"is no number", "write 2021-05-01 18:00", "11110; 5", "11140; 6"}) EXPECT_THAT(request.body, HasSubstr(part));
  have_offer();
  const Response taken = add(jongno, "11110-01", "Second School");
  EXPECT_EQ(taken.status, 422);
  EXPECT_THAT(taken.body, HasSubstr("A venue with this code is there already"));
  for (const char* kept : {"value=\"11110-01\"", "value=\"Second School\"", "value=\"37.57\"", "value=\"126.98\""})
    EXPECT_THAT(taken.body, HasSubstr(kept));
  EXPECT_EQ(add(jongno, "11110-", "Nameless").status, 422);
}

TEST_F(OfferPages, TellTheCityHowMuchItWouldTakeIntoTheExam) {
  have_offer();
  EXPECT_THAT(city.get(offers_page).body, HasSubstr("Accepted now: venues 0, seats 0. Seats still missing: 300."));
  EXPECT_THAT(jongno.get(offers_page).body, Not(HasSubstr("Accepted now")));
}

TEST_F(OfferPages, TellWhichLettersAreUnreadAndWhoHasNotReadAnInstruction) {
  have_offer();
  const std::string page = "/en/exams/seoul-2021-1/venue-letters";
  ASSERT_EQ(jongno.post_files(page, page, {{"words", "Which door?"}}, {}).status, 303);
  EXPECT_THAT(city.get(offers_page).body, HasSubstr("Unread 1"));
  EXPECT_THAT(jung.get(offers_page).body, Not(HasSubstr("Unread 1"))) << "another district's";
  EXPECT_THAT(city.get(page).body, HasSubstr("11110-01</span>")) << "two schools may have one name";
  ASSERT_EQ(city.post(page, "/en/exams/seoul-2021-1/venue-instructions", {{"title", "Desks"}, {"words", "One and a half metres"}}).status, 303);
  ASSERT_EQ(jongno.post(page, "/en/exams/seoul-2021-1/venue-instructions/receipts", {{"number", "1"}}).status, 303);
  EXPECT_THAT(city.get(page).body, HasSubstr("Districts that have not: 1<br>Jung-gu (11140)"));
}

// Red while earlier exams are offered by their codes alone.
TEST_F(OfferPages, NameTheExamThatSchoolsAreTakenOverFrom) {
  const std::string next = "/en/exams/seoul-2022-1/venue-offers";
  ASSERT_EQ(city.post(next, next + "/requests",
                      {{"version", "0"}, {"min_gap_cm", "0"}, {"people_cap", "20"}, {"due_at", "2021-04-01 18:00"}, {"districts", "11110, 100\n"}})
                .status,
            303);
  for (Browser* who : {&city, &jongno}) {
    EXPECT_THAT(who->get(next).body, HasSubstr("<option value=\"seoul-2021-1\">Seoul recruitment exam 2021, round 1, Saturday 5 June 2021 "
                                               "(seoul-2021-1)</option>"));
  }
}

// Red while a district of which nothing is asked is listed as one that has not answered.
TEST_F(OfferPages, ExpectNoAnswerWhereNothingIsAsked) {
  ASSERT_EQ(ask("11110, 100\n11140, 0\n").status, 303);
  const std::string table = city.get(offers_page).body;
  EXPECT_THAT(table, HasSubstr(">Nothing asked</td>"));
  EXPECT_THAT(table, HasSubstr(">No answer</td>"));
}

// Red while a school says yes to what it is not shown: a change of it takes the yes back.
TEST_F(OfferPages, ShowTheSchoolWhatItSaysYesTo) {
  have_offer();
  ASSERT_EQ(jongno.post(own_venue_page, own_venue_page,
                        {{"version", version()}, {"name", "Hanbit School"}, {"phone", "02-123-4567"}, {"opens_at", "06:40"},
                         {"closes_at", "18:20"}, {"access_note", "Lift in the main building"}})
                .status,
            303);
  services::VenueOffer offer = *office.venue_offers.find_offer(exam, VenueCode("11110-01"));
  offer.rooms.front().use = RoomUse::reserve;
  offer.rooms.front().people_cap = 17;
  offer.rooms.front().accessible = true;
  office.venue_offers.offers[offer.id] = offer;
  office.venue_files.plant(office.venue_offers.find_offer(exam, VenueCode("11110-01"))->id, "file-1");
  ASSERT_EQ(step(jongno, "propose").status, 303);
  Browser phone(running, Listener::portal);
  const std::string shown = phone.get(link()).body;
  for (const char* fact : {"02-123-4567", "06:40", "18:20", "Lift in the main building", "150 × 150", "reserve room", "at most 17 in the room"})
    EXPECT_THAT(shown, HasSubstr(fact));
  EXPECT_THAT(shown, HasSubstr("Photos and plans sent with it"));
  EXPECT_THAT(shown, Not(HasSubstr("kim@school.example.kr"))) << "the link alone shows no person";
}

// Red while the school cannot see that its contact is another one than it has, though a change of it takes back what it said.
TEST_F(OfferPages, ShowTheSchoolItsOwnContactWithPartsHidden) {
  have_offer();
  ASSERT_EQ(jongno.post(own_venue_page, own_venue_page, {{"version", version()}, {"name", "Hanbit School"}, {"contact_phone", "02-987-6543"}}).status, 303);
  ASSERT_EQ(step(jongno, "propose").status, 303);
  Browser phone(running, Listener::portal);
  const std::string shown = phone.get(link()).body;
  EXPECT_THAT(shown, HasSubstr("K○○ · k***@school.example.kr · ***-6543"));
  for (const char* person : {"Kim", "kim@", "02-987"}) EXPECT_THAT(shown, Not(HasSubstr(person))) << "the link alone names nobody";
}

// Red while nobody is told that the school hears of it with the step.
TEST_F(OfferPages, SayWhenTheSchoolIsToldThatItWasAccepted) {
  have_offer();
  services::VenueOffer offer = *office.venue_offers.find_offer(exam, VenueCode("11110-01"));
  EXPECT_THAT(city.get(own_venue_page).body, Not(HasSubstr("by mail, with the step")));
  offer.state = services::OfferState::accepted;
  office.venue_offers.offers[offer.id] = offer;
  EXPECT_THAT(city.get(own_venue_page).body, HasSubstr("by mail, with the step"));
}

// Red while a district that is none is asked without a word.
TEST_F(OfferPages, NameDistrictsThatNobodyKnows) {
  ASSERT_EQ(ask("11110, 100\n99999, 30\n").status, 303);
  EXPECT_THAT(city.get(offers_page).body, HasSubstr("Not the code of any known district: 99999."));
  EXPECT_THAT(jongno.get(offers_page).body, Not(HasSubstr("99999")));
  const auto request = nlohmann::json::parse(std::string(city.get("/api/v1/exams/seoul-2021-1/venue-requests").content()));
  EXPECT_EQ(request.at("unknown_districts"), nlohmann::json::array({"99999"}));
  const auto own = nlohmann::json::parse(std::string(jongno.get("/api/v1/exams/seoul-2021-1/venue-requests").content()));
  EXPECT_FALSE(own.contains("unknown_districts"));
}

// Red while the letters of an exam that is only being prepared are a page that is not there.
TEST_F(OfferPages, SayWhyThereAreNoLettersYet) {
  office.plans.live.clear();
  const std::string page = "/en/exams/seoul-2021-1/venue-letters";
  const Response shown = city.get(page);
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr("No letters yet"));
  EXPECT_THAT(shown.body, HasSubstr("href=\"" + offers_page + "\"")) << "the way back";
  EXPECT_EQ(jongno.get(page).status, 404) << "an exam that is only being prepared is not there for a district";
  EXPECT_THAT(city.get(page).body, HasSubstr("href=\"" + offers_page + "#ask\"")) << "where seats are asked for";
  ASSERT_EQ(ask("11110, 100\n").status, 303);
  EXPECT_THAT(city.get(page).body, Not(HasSubstr("No letters yet")));
  EXPECT_EQ(jongno.get(page).status, 200) << "asked by now";
  EXPECT_EQ(jung.get(page).status, 404) << "nothing is asked of this district";
  EXPECT_EQ(city.get("/en/exams/nothing/venue-letters").status, 404);
}

TEST_F(OfferPages, BlockDesksAndCountBeforeTheySave) {
  have_offer();
  const std::string room = own_venue_page + "/rooms/2";
  EXPECT_THAT(jongno.get(room).body, HasSubstr("Desk 3-5 is not used"));
  const std::map<std::string, std::string> entry{{"version", version()}, {"drawn", "yes"}, {"desk_1_1", "yes"}, {"desk_3_5", "yes"}};
  auto counted = entry;
  counted["button"] = "count";
  const std::string preview = jongno.post(room, room, counted).body;
  EXPECT_THAT(preview, HasSubstr("Capacity: 13"));
  EXPECT_TRUE(office.venue_offers.find_offer(exam, VenueCode("11110-01"))->rooms[1].blocked.empty()) << "only counted";
  auto saved = entry;
  saved["button"] = "save";
  saved["same_shape"] = "5";
  EXPECT_EQ(jongno.post(room, room, saved).status, 303);
  const auto offer = office.venue_offers.find_offer(exam, VenueCode("11110-01"));
  EXPECT_EQ(offer->rooms[1].blocked.size(), 2U);
  ASSERT_EQ(offer->rooms.size(), 3U);
  EXPECT_EQ(offer->rooms[2].room_no, 5);
}

// Red when what is only counted is not judged before: a room of ten thousand million desks took the machine's memory.
TEST_F(OfferPages, CountNoRoomThatIsNone) {
  have_offer();
  const std::string room = own_venue_page + "/rooms/2";
  for (const char* size : {"100000", "1000000000000", "0", "201"}) {
    const Response counted = jongno.post(
        room, room, {{"version", version()}, {"button", "count"}, {"row_count", size}, {"column_count", size}});
    EXPECT_TRUE(counted.status == 200 || counted.status == 422) << size << ": " << counted.status;
    EXPECT_THAT(counted.body, Not(HasSubstr("Capacity:"))) << size;
  }
  EXPECT_EQ(office.venue_offers.find_offer(exam, VenueCode("11110-01"))->rooms[1].row_count, 3);
}

TEST_F(OfferPages, SayWhatAnotherDistanceWouldChange) {
  have_offer();
  const std::string page = city.get(offers_page + "?people_cap=10").body;
  EXPECT_THAT(page, HasSubstr("at most 10 people in a room"));
  EXPECT_THAT(page, HasSubstr("-15")) << "from 35 to 20";
  EXPECT_EQ(office.venue_offers.find_request(exam)->rule.people_cap, 20) << "nothing is changed by looking";
}

TEST_F(OfferPages, KeepPhotosAndPlansOfTheOwnSchool) {
  have_offer();
  const auto send = [&](Browser& who, const std::string& content) {
    return who.post_files(own_venue_page, own_venue_page + "/files", {}, {{"attachment", "plan <b>.pdf", content}});
  };
  EXPECT_EQ(send(jongno, "MZ a program").status, 422);
  ASSERT_EQ(send(jongno, "%PDF-1.7 the plan").status, 303);
  ASSERT_EQ(office.venue_files.files.size(), 1U);
  const std::string address = own_venue_page + "/files/" + office.venue_files.files.front().id;
  EXPECT_THAT(city.get(own_venue_page).body, HasSubstr(address));
  const Response taken = city.get(address);
  EXPECT_EQ(taken.body, "%PDF-1.7 the plan");
  EXPECT_EQ(taken.type, "application/pdf");
  EXPECT_EQ(office.access.records.back().action, "venue_file.read");
  EXPECT_EQ(jung.get(address).status, 403);
  EXPECT_EQ(jongno.post(own_venue_page, address + "/removals", {}).status, 303);
  EXPECT_EQ(city.get(address).status, 404);
}

TEST_F(OfferPages, RecordWhoOpensAContact) {
  have_offer();
  const std::size_t before = office.access.records.size();
  city.get(own_venue_page);
  ASSERT_EQ(office.access.records.size(), before + 1);
  EXPECT_EQ(office.access.records.back().action, "venue_contacts.read");
}

// Red when the answer to an empty change holds the contact unrecorded.
TEST_F(OfferPages, RecordAContactThatTheApiShowsWithASave) {
  have_offer();
  const std::size_t before = office.access.records.size();
  const std::string address = "/api/v1/exams/seoul-2021-1/venue-offers/11110-01";
  const Response saved = send(city, address, "application/json", R"({"version": )" + version() + "}");
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_THAT(saved.body, HasSubstr("kim@school.example.kr"));
  ASSERT_EQ(office.access.records.size(), before + 1);
  EXPECT_EQ(office.access.records.back().action, "venue_contacts.read");
}

// Red when a workbook is refused, or the list that is handed out is not read again.
TEST_F(OfferPages, TakeRoomsAsAWorkbookAndHandThemOutAsOne) {
  have_offer();
  const std::string rooms = "/api/v1/exams/seoul-2021-1/venue-offers/11110-01/rooms";
  const Response taken = jongno.get(rooms + ".xlsx");
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.type, room_workbook_type);
  EXPECT_THAT(jongno.get(own_venue_page).body, HasSubstr(rooms + ".xlsx"));
  EXPECT_EQ(jung.get(rooms + ".xlsx").status, 403);
  const std::string before = version();
  const Response same = send(jongno, rooms + "?version=" + before, room_workbook_type, taken.body);
  EXPECT_EQ(same.status, 200) << same.body;
  EXPECT_EQ(version(), before) << "it says what is stored already";
  const std::string wider = hanjari::tests::workbook_of({hanjari::tests::sheet_of_csv(
      "rooms", "room_no,row_count,column_count,row_pitch_cm,column_pitch_cm\n7,5,6,150,150\n")});
  EXPECT_EQ(send(jung, rooms + "?version=" + before, room_workbook_type, wider).status, 403);
  EXPECT_EQ(send(jongno, rooms + "?version=" + before, room_workbook_type, wider).status, 200);
  const auto offer = office.venue_offers.find_offer(exam, VenueCode("11110-01"));
  ASSERT_EQ(offer->rooms.size(), 1U);
  EXPECT_EQ(offer->rooms[0].room_no, 7);
  const Response sent = jongno.post_files(own_venue_page, own_venue_page + "/rooms", {{"version", version()}},
                                          {{"file", "school.xlsx", taken.body}});
  EXPECT_EQ(sent.status, 303) << sent.body;
  EXPECT_EQ(office.venue_offers.find_offer(exam, VenueCode("11110-01"))->rooms.size(), 2U);
}

// Red when a workbook with a wrong cell is stored, or does not come back with that cell marked.
TEST_F(OfferPages, SendAWorkbookBackWithItsWrongCellsMarked) {
  have_offer();
  const std::string wrong = hanjari::tests::workbook_of({hanjari::tests::sheet_of_csv(
      "rooms", "room_no,row_count,column_count,row_pitch_cm,column_pitch_cm\n1,five,5,150,150\n")});
  const std::string rooms = "/api/v1/exams/seoul-2021-1/venue-offers/11110-01/rooms?version=" + version();
  const Response told = send(jongno, rooms, room_workbook_type, wrong);
  EXPECT_EQ(told.status, 422);
  EXPECT_THAT(told.body, HasSubstr("B2"));
  const Response marked = send(jongno, rooms + "&marked=yes", room_workbook_type, wrong);
  EXPECT_EQ(marked.status, 422);
  EXPECT_EQ(marked.type, room_workbook_type);
  EXPECT_TRUE(marked.body.starts_with("PK"));
  const Response shown = jongno.post_files(own_venue_page, own_venue_page + "/rooms", {{"version", version()}},
                                           {{"file", "rooms.xlsx", wrong}});
  EXPECT_EQ(shown.status, 422);
  EXPECT_THAT(shown.body, HasSubstr("[rooms.xlsx]rooms!B2"));
  EXPECT_THAT(shown.body, HasSubstr("download=\"rooms-marked.xlsx\""));
  // Red while the report names a file that nobody sent, and the column by its inner name alone.
  const std::string in_korean = "/ko/exams/seoul-2021-1/venue-offers/11110-01";
  const Response own = jongno.post_files(in_korean, in_korean + "/rooms", {{"version", version()}}, {{"file", "학교 시험실.xlsx", wrong}});
  EXPECT_THAT(own.body, HasSubstr("[학교 시험실.xlsx]rooms!B2: 줄수(row_count)"));
  const Response pasted = jongno.post(in_korean, in_korean + "/rooms",
                                      {{"version", version()},
                                       {"rooms", "room_no,row_count,column_count,row_pitch_cm,column_pitch_cm\n1,five,5,150,150\n"}});
  EXPECT_THAT(pasted.body, HasSubstr("붙여 넣은 행:2: 줄수(row_count)"));
  EXPECT_EQ(office.venue_offers.find_offer(exam, VenueCode("11110-01"))->rooms.size(), 2U) << "nothing was stored";
  EXPECT_THAT(jongno.get(own_venue_page).body, Not(HasSubstr("rooms-marked.xlsx")));
}

// Red when a misspelt kind is a regular venue, or an empty field the equator.
TEST_F(OfferPages, RefuseKindsAndPlacesThatAreNone) {
  have_offer();
  const auto save = [&](const std::map<std::string, std::string>& fields) {
    std::map<std::string, std::string> all{{"version", version()}, {"name", "Hanbit School"}};
    all.insert(fields.begin(), fields.end());
    return jongno.post(own_venue_page, own_venue_page, all).status;
  };
  EXPECT_EQ(save({{"kind", "isolations"}}), 422);
  EXPECT_EQ(save({{"lat", ""}, {"lon", "126.98"}}), 422);
  EXPECT_EQ(save({{"kind", "isolation"}}), 303);
  EXPECT_EQ(save({{"kind", "격리 시험장"}}), 303) << "as venues.csv reads it";
}

TEST_F(OfferPages, KeepASchoolForTheNextExam) {
  have_offer();
  ASSERT_EQ(jongno.post(own_venue_page, own_venue_page + "/kept", {}).status, 303);
  EXPECT_THAT(jongno.get("/en/schools").body, HasSubstr("Hanbit School"));
  EXPECT_THAT(jongno.get("/en/schools").body, Not(HasSubstr("kim@school"))) << "the contact is shown with an offer, and recorded";
  EXPECT_THAT(jung.get("/en/schools").body, Not(HasSubstr("Hanbit School")));
  EXPECT_THAT(jongno.get(offers_page).body, HasSubstr("Hanbit School (11110-01, "));
  EXPECT_EQ(jung.post(offers_page, offers_page + "/library", {{"school", "11110/11110-01"}}).status, 403);
  EXPECT_EQ(jongno.post("/en/schools", "/en/schools/removals", {{"school", "11110/11110-01"}}).status, 303);
  EXPECT_THAT(jongno.get("/en/schools").body, Not(HasSubstr("Hanbit School")));
}

// Red when the map has no spot of a school, or its words stand there unescaped.
TEST_F(OfferPages, DrawWhatAnotherRuleDoesBesideItsTable) {
  have_offer();
  ASSERT_EQ(add(jongno, "11110-02", "<b>Han</b> School").status, 303);
  EXPECT_THAT(city.get(offers_page).body, Not(HasSubstr("rule-map"))) << "nothing is compared";
  const std::string page = city.get(offers_page + "?people_cap=10").body;
  EXPECT_THAT(page, HasSubstr("Hanbit School: 35 seats, by the other rule 20"));
  EXPECT_THAT(page, HasSubstr("&lt;b&gt;Han&lt;/b&gt; School: 0 seats"));
  EXPECT_THAT(page, HasSubstr("class=\"rule-fewer\""));
  EXPECT_THAT(page, HasSubstr(">Hanbit School</text>"));
  EXPECT_THAT(page, HasSubstr("name=\"people_cap\" value=\"10\"")) << "what is compared with stays in its field";
  EXPECT_THAT(city.get(offers_page + "?people_cap=25").body, HasSubstr("with more: 1"));
  EXPECT_THAT(page, Not(HasSubstr("<b>Han")));
  EXPECT_THAT(jung.get(offers_page + "?people_cap=10").body, Not(HasSubstr("rule-map"))) << "no school of another district";
}

TEST_F(OfferPages, CompareOnlyWithRulesThatCanBe) {
  have_offer();
  for (const char* rule : {"?people_cap=0", "?people_cap=-5", "?min_gap_cm=-1", "?min_gap_cm=99999"})
    EXPECT_EQ(city.get(offers_page + rule).status, 422) << rule;
}

TEST_F(OfferPages, KeepPhotosThroughTheApiToo) {
  have_offer();
  const std::string files = "/api/v1/exams/seoul-2021-1/venue-offers/11110-01/files";
  EXPECT_EQ(send(jongno, files + "?name=plan.pdf", "application/pdf", "MZ a program").status, 422);
  EXPECT_EQ(send(jung, files + "?name=plan.pdf", "application/pdf", "%PDF-1.7 mine").status, 403);
  EXPECT_EQ(send(jongno, files + "?name=plan.pdf", "text/plain", "%PDF-1.7 the plan").status, 415)
      << "what another site's page could send without asking";
  const Response sent = send(jongno, files + "?name=plan.pdf", "application/pdf", "%PDF-1.7 the plan");
  ASSERT_EQ(sent.status, 200) << sent.body;
  const auto listed = nlohmann::json::parse(city.get(files).body).at("files");
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].at("name").get<std::string>(), "plan.pdf");
  const std::string address = files + "/" + listed[0].at("id").get<std::string>();
  EXPECT_EQ(city.get(address).body, "%PDF-1.7 the plan");
  EXPECT_EQ(office.access.records.back().action, "venue_file.read");
  EXPECT_EQ(jung.get(address).status, 403);
  EXPECT_EQ(send(jongno, address + "/removals", "application/json", "{}").status, 200);
  EXPECT_EQ(city.get(address).status, 404);
}

TEST_F(OfferPages, GoWithLettersAsFiles) {
  have_offer();
  const std::string page = "/en/exams/seoul-2021-1/venue-letters?district=11110&venue=";
  const Response sent = jongno.post_files(page, "/en/exams/seoul-2021-1/venue-letters", {{"words", "See the plan"}},
                                          {{"attachment", "plan <b>.pdf", "%PDF-1.7 the plan"}});
  ASSERT_EQ(sent.status, 303) << sent.body;
  const std::string shown = city.get(page).body;
  EXPECT_THAT(shown, HasSubstr("plan &lt;b&gt;.pdf"));
  const std::string start = "/en/exams/seoul-2021-1/venue-letters/files/";
  const std::size_t at = shown.find(start);
  ASSERT_NE(at, std::string::npos);
  const std::string address = shown.substr(at, shown.find_first_of("?\"", at) - at);
  EXPECT_EQ(city.get(address + "?district=11110&venue=").body, "%PDF-1.7 the plan");
  EXPECT_EQ(office.access.records.back().action, "venue_letter_file.read");
  EXPECT_EQ(jung.get(address + "?district=11110&venue=").status, 404) << "its own exchange has no such file";
}

// Red when a chief reaches another venue, or keeps one that was taken back.
TEST_F(OfferPages, GiveAVenueToAChiefWhoReachesItUntilItIsTakenBack) {
  Browser chief{running, Listener::office};
  chief.set_cookie("hanjari_session", office.sign_in("chief", services::Role::venue_chief, ""));
  const std::string chiefs = "/en/exams/seoul-2021-1/venue-chiefs";
  const std::string roster = "/api/v1/exams/seoul-2021-1/venues/V1/rosters.csv";
  EXPECT_EQ(chief.get(roster).status, 403);
  EXPECT_EQ(jung.post(chiefs, chiefs, {{"venue", "V1"}, {"account", "chief"}}).status, 403);
  ASSERT_EQ(jongno.post(chiefs, chiefs, {{"venue", "V1"}, {"account", "chief"}}).status, 303);
  EXPECT_EQ(jongno.post(chiefs, chiefs, {{"venue", "V3"}, {"account", "chief"}}).status, 422) << "one venue an exam";
  EXPECT_THAT(jongno.get(chiefs).body, HasSubstr("chief"));
  for (const char* format : {"pdf", "xlsx", "csv"})
    EXPECT_THAT(chief.get("/en/own-venues").body, HasSubstr(std::string("/venues/V1/rosters.") + format));
  EXPECT_EQ(chief.get(roster).status, 200);
  EXPECT_EQ(office.access.records.back().account, "chief");
  EXPECT_EQ(chief.get("/api/v1/exams/seoul-2021-1/venues/V2/rosters.csv").status, 403);
  EXPECT_EQ(chief.get("/api/v1/exams/seoul-2021-1/venues/V9/rosters.csv").status, 403) << "not there, and the same answer";
  EXPECT_EQ(chief.get(chiefs).status, 403);
  ASSERT_EQ(jongno.post(chiefs, chiefs + "/removals", {{"account", "chief"}}).status, 303);
  EXPECT_EQ(chief.get(roster).status, 403);
  EXPECT_THAT(chief.get("/en/own-venues").body, Not(HasSubstr("rosters.pdf")));
}

TEST_F(OfferPages, AreReachedForAnExamOfWhichNothingIsStored) {
  EXPECT_THAT(city.get("/en/exams").body, HasSubstr("/en/venue-requests"));
  const Response led = city.get("/en/venue-requests?exam=seoul-2022-9");
  EXPECT_EQ(led.status, 303);
  EXPECT_EQ(led.header("Location"), "/en/exams/seoul-2022-9/venue-offers");
  EXPECT_EQ(city.get("/en/exams/seoul-2022-9/venue-offers").status, 200);
  EXPECT_EQ(city.get("/en/venue-requests?exam=..%2Fjobs").status, 422);
  EXPECT_EQ(jongno.get("/en/venue-requests?exam=seoul-2022-9").status, 403);
}

TEST_F(OfferPages, AreFoundFromTheFirstPageOnceADistrictIsAsked) {
  office.plans.live.clear();
  EXPECT_THAT(jung.get("/en/exams").body, Not(HasSubstr("venue-offers")));
  ASSERT_EQ(ask("11140, 200\n").status, 303);
  EXPECT_THAT(jung.get("/en/exams").body, HasSubstr(offers_page));
  EXPECT_THAT(jongno.get("/en/exams").body, Not(HasSubstr(offers_page))) << "nothing is asked of it";
}

}  // namespace
}  // namespace hanjari::web::testing
