// What somebody typed of a school or a request while somebody else was faster, and links that schools let pass.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string late_offers_page = "/en/exams/seoul-2021-1/venue-offers";
const std::string late_school_page = late_offers_page + "/11110-01";

SiteSettings settings_for_links() {
  SiteSettings settings;
  settings.portal_address = "https://seats.example.kr";
  return settings;
}

class LateOffers : public ::testing::Test {
 protected:
  LateOffers() {
    office.clock.set(hanjari::tests::at("2021-03-02T12:00:00+09:00"));
    city.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    for (Browser* who : {&jongno, &second})
      who->set_cookie("hanjari_session", office.sign_in(who == &jongno ? "jongno" : "jongno-2", services::Role::district_coordinator, "11110"));
  }
  Response ask(const std::string& version, const std::string& districts) {
    return city.post(late_offers_page, late_offers_page + "/requests",
                     {{"version", version}, {"min_gap_cm", "0"}, {"due_at", "2021-04-01 18:00"}, {"districts", districts}});
  }
  std::string version() {
    return std::to_string(office.venue_offers.find_offer(ExamCode("seoul-2021-1"), VenueCode("11110-01"))->version);
  }
  Response save(Browser& who, const std::string& seen, std::map<std::string, std::string> fields) {
    fields["version"] = seen;
    return who.post(late_school_page, late_school_page, fields);
  }
  void have_school() {
    ASSERT_EQ(ask("0", "11110, 100\n").status, 303);
    ASSERT_EQ(jongno.post(late_offers_page, late_offers_page,
                          {{"code_of_venue", "11110-01"}, {"name", "Hanbit School"}, {"lat", "37.57"}, {"lon", "126.98"}})
                  .status,
              303);
  }

  Office office;
  Running running{office, settings_for_links()};
  Browser city{running, Listener::office};
  Browser jongno{running, Listener::office};
  Browser second{running, Listener::office};
};

const std::string late_rows = "room_no,row_count,column_count,row_pitch_cm,column_pitch_cm\n1,5,5,150,150\n";

// Red while the second of two coordinators of one district has to type everything anew, and is not told what the first has saved.
TEST_F(LateOffers, KeepWhatWasTypedBesideWhatSomebodyElseHasSaved) {
  have_school();
  const std::string seen = version();
  ASSERT_EQ(save(second, seen, {{"name", "Hanbit Middle School"}}).status, 303);
  const Response late = save(jongno, seen, {{"name", "Hanbit High School"}, {"phone", "02-123-4567"}});
  EXPECT_EQ(late.status, 409);
  for (const char* part : {"Somebody changed this venue meanwhile", "value=\"Hanbit High School\"", "value=\"02-123-4567\"",
                           "Stored now by somebody else: Hanbit Middle School"})
    EXPECT_THAT(late.body, HasSubstr(part));
  EXPECT_EQ(office.venue_offers.find_offer(ExamCode("seoul-2021-1"), VenueCode("11110-01"))->name, "Hanbit Middle School");
  const Response rooms = jongno.post(late_school_page, late_school_page + "/rooms", {{"version", seen}, {"rooms", late_rows}});
  EXPECT_EQ(rooms.status, 409);
  EXPECT_THAT(rooms.body, HasSubstr("1,5,5,150,150"));
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/rooms", {{"version", version()}, {"rooms", late_rows}}).status, 303);
  EXPECT_THAT(jongno.get(late_school_page).body, Not(HasSubstr("Stored now by somebody else")));
}

// Red while desks that were drawn for half an hour are gone because somebody saved the school's telephone.
TEST_F(LateOffers, KeepADrawnRoom) {
  have_school();
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/rooms", {{"version", version()}, {"rooms", late_rows}}).status, 303);
  const std::string seen = version();
  ASSERT_EQ(save(second, seen, {{"name", "Hanbit School"}, {"phone", "02-123-4567"}}).status, 303);
  const std::string room = late_school_page + "/rooms/1";
  const auto draw = [&](const std::string& of) {
    return jongno.post(room, room, {{"version", of}, {"drawn", "yes"}, {"desk_2_3", "yes"}, {"button", "save"}});
  };
  const Response late = draw(seen);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Somebody changed this venue meanwhile"));
  const auto box = late.body.find("name=\"desk_2_3\"");
  ASSERT_NE(box, std::string::npos);
  EXPECT_THAT(late.body.substr(box, 120), HasSubstr("checked"));
  EXPECT_THAT(late.body, HasSubstr("name=\"version\" value=\"" + version() + "\"")) << "it can be sent again";
  EXPECT_EQ(draw(version()).status, 303);
}

// Red while the districts that an officer typed are gone because another officer was faster.
TEST_F(LateOffers, KeepTheDistrictsOfARequestThatSomebodyElseChanged) {
  ASSERT_EQ(ask("0", "11110, 100\n").status, 303);
  const Response late = ask("0", "11110, 777\n11140, 888\n");
  EXPECT_EQ(late.status, 409);
  for (const char* part : {"Somebody changed this request meanwhile", "11110, 777", "11140, 888"}) EXPECT_THAT(late.body, HasSubstr(part));
}

// Red while a form that is refused for another fault comes back with the version of now: the second try would write over what somebody
// else has saved, and nobody would have read it.
TEST_F(LateOffers, AreNotWrittenOverUnreadByASecondTry) {
  have_school();
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/rooms", {{"version", version()}, {"rooms", late_rows}}).status, 303);
  const std::string seen = version();
  const std::string as_seen = "name=\"version\" value=\"" + seen + "\"";
  ASSERT_EQ(save(second, seen, {{"name", "Hanbit Middle School"}}).status, 303);
  const Response nameless = save(jongno, seen, {{"name", ""}});
  EXPECT_EQ(nameless.status, 422);
  EXPECT_THAT(nameless.body, HasSubstr(as_seen));
  EXPECT_EQ(save(jongno, seen, {{"name", "Hanbit High School"}}).status, 409);
  const std::string room = late_school_page + "/rooms/1";
  const Response wrong = jongno.post(room, room, {{"version", seen}, {"row_count", "many"}, {"button", "save"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr(as_seen));
  ASSERT_EQ(ask("1", "11110, 200\n").status, 303);
  const Response request = ask("1", "11110, none\n");
  EXPECT_EQ(request.status, 422);
  EXPECT_THAT(request.body, HasSubstr("name=\"version\" value=\"1\""));
}

// Red while the words that went with a step are gone because somebody else was faster.
TEST_F(LateOffers, KeepTheWordsOfAStep) {
  have_school();
  const std::string seen = version();
  ASSERT_EQ(save(second, seen, {{"name", "Hanbit Middle School"}}).status, 303);
  const Response late = jongno.post(late_school_page, late_school_page + "/steps",
                                    {{"version", seen}, {"step", "withdraw"}, {"told", "The roof is being mended."}});
  EXPECT_EQ(late.status, 409);
  for (const char* part : {"Somebody changed this venue meanwhile", "value=\"The roof is being mended.\""})
    EXPECT_THAT(late.body, HasSubstr(part));
  EXPECT_THAT(late.body, HasSubstr("name=\"version\" value=\"" + version() + "\""));
}

// Red while a second tap on a tablet saves or proposes twice: the answer that is seen is then that somebody was faster, namely oneself.
TEST_F(LateOffers, AreSentOnceHoweverOftenTheButtonIsTapped) {
  have_school();
  for (const std::string& address : {late_offers_page, late_school_page, std::string("/en/exams/seoul-2021-1/venue-letters"),
                                     std::string("/en/exams/seoul-2021-1/invigilators"), std::string("/en/exams/seoul-2021-1/materials")}) {
    const std::string shown = city.get(address).body;
    const std::string content = shown.substr(std::min(shown.find("<main"), shown.size()));
    EXPECT_THAT(content, HasSubstr("<form class=\"once\" method=\"post\"")) << address;
    EXPECT_THAT(content, Not(HasSubstr("<form method=\"post\""))) << address;
  }
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/rooms", {{"version", version()}, {"rooms", late_rows}}).status, 303);
  EXPECT_THAT(jongno.get(late_school_page + "/rooms/1").body, HasSubstr("<form class=\"card once\" method=\"post\""));
}

// Red while a link behind which too many wrong codes were typed looks good until its day.
TEST_F(LateOffers, SayWhenTheLinkOfASchoolBearsNoFurtherTry) {
  have_school();
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/rooms", {{"version", version()}, {"rooms", late_rows}}).status, 303);
  ASSERT_EQ(save(jongno, version(), {{"name", "Hanbit School"}, {"contact_email", "kim@school.example.kr"}}).status, 303);
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/steps", {{"version", version()}, {"step", "propose"}}).status, 303);
  const auto api = [&] {
    return nlohmann::json::parse(std::string(jongno.get("/api/v1/exams/seoul-2021-1/venue-offers/11110-01").content()));
  };
  EXPECT_EQ(api().at("link_is_over"), false);
  ASSERT_EQ(office.venue_offers.questions.size(), 1U);
  office.venue_offers.questions.begin()->second.misses = services::most_question_misses;
  EXPECT_EQ(api().at("link_is_over"), true);
  EXPECT_THAT(jongno.get(late_school_page).body, HasSubstr("The school has not answered, and its link is no longer good."));
  for (Browser* who : {&jongno, &city}) EXPECT_THAT(who->get(late_offers_page).body, HasSubstr("the link is over"));
}

// Red while a school that can answer no more looks like one that is about to.
TEST_F(LateOffers, SayWhenTheLinkOfASchoolIsOver) {
  have_school();
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/rooms", {{"version", version()}, {"rooms", late_rows}}).status, 303);
  ASSERT_EQ(save(jongno, version(), {{"name", "Hanbit School"}, {"contact_email", "kim@school.example.kr"}}).status, 303);
  const auto api = [&] {
    return nlohmann::json::parse(std::string(jongno.get("/api/v1/exams/seoul-2021-1/venue-offers/11110-01").content()));
  };
  EXPECT_TRUE(api().at("link_until").is_null());
  ASSERT_EQ(jongno.post(late_school_page, late_school_page + "/steps", {{"version", version()}, {"step", "propose"}}).status, 303);
  EXPECT_THAT(jongno.get(late_school_page).body, HasSubstr("The link that the school has is good until"));
  EXPECT_THAT(jongno.get(late_offers_page).body, Not(HasSubstr("the link is over")));
  EXPECT_TRUE(api().at("link_until").is_string());
  office.clock.pass(services::question_length + std::chrono::minutes(1));
  EXPECT_THAT(jongno.get(late_school_page).body, HasSubstr("The school has not answered, and its link is no longer good."));
  for (Browser* who : {&jongno, &city}) EXPECT_THAT(who->get(late_offers_page).body, HasSubstr("the link is over"));
}

}  // namespace
}  // namespace hanjari::web::testing
