// Letters about the schools of an exam that was imported: nothing was asked of any district, and they have something to say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class LetterPages : public ::testing::Test {
 protected:
  LetterPages() {
    city.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    jongno.set_cookie("hanjari_session", office.sign_in("jongno", services::Role::district_coordinator, "11110"));
    jung.set_cookie("hanjari_session", office.sign_in("jung", services::Role::district_coordinator, "11140"));
  }

  Office office;
  Running running{office};
  Browser city{running, Listener::office};
  Browser jongno{running, Listener::office};
  Browser jung{running, Listener::office};
};

// Red while the letters of an exam whose schools came by import wait for a request.
TEST_F(LetterPages, OfAnImportedExamAreForTheDistrictsOfItsPlan) {
  const std::string page = "/en/exams/seoul-2021-1/venue-letters";
  const std::string list = city.get(page).body;
  EXPECT_THAT(list, HasSubstr("venue-letters?district=11140&amp;venue=\""));
  EXPECT_THAT(list, HasSubstr("성동고등학교"));
  ASSERT_EQ(jongno.post_files(page, page, {{"venue", "V1"}, {"words", "Where are the keys?"}}, {}).status, 303);
  EXPECT_THAT(city.get("/en/exams/seoul-2021-1/venues").body, HasSubstr("Unread 1")) << "seen where the venues are";
  EXPECT_THAT(city.get(page + "?district=11110&venue=V1").body, HasSubstr("Where are the keys?"));
  EXPECT_THAT(city.get("/en/exams/seoul-2021-1/venues").body, Not(HasSubstr("Unread 1")));
  const std::string own = jung.get(page).body;
  for (const char* foreign : {"Where are the keys?", "경복고등학교", ">V1<"}) EXPECT_THAT(own, Not(HasSubstr(foreign)));
  EXPECT_EQ(jung.get(page + "?district=11110&venue=V1").status, 403);
  EXPECT_EQ(jung.post_files(page, page, {{"venue", "V1"}, {"words", "hello"}}, {}).status, 403);
  ASSERT_EQ(city.post(page, "/en/exams/seoul-2021-1/venue-instructions", {{"title", "Keys"}, {"words", "Bring them"}}).status, 303);
  EXPECT_THAT(jung.get(page).body, HasSubstr("Bring them"));
}

// Red while nobody says that a letter waits unseen: of an exam for which nothing was asked no address is known.
TEST_F(LetterPages, SayWhichDistrictsGetNoMail) {
  const std::string page = "/en/exams/seoul-2021-1/venue-letters";
  const std::string shown = city.get(page).body;
  EXPECT_THAT(shown, HasSubstr("Districts that get no mail of letters, because no address is known: 2"));
  EXPECT_THAT(shown, HasSubstr("venue-offers#ask"));
  EXPECT_THAT(jongno.get(page).body, Not(HasSubstr("get no mail")));
  const auto without_mail = [&](Browser& who) {
    return json::parse(std::string(who.get("/api/v1/exams/seoul-2021-1/venue-letters").content())).value("without_mail", json());
  };
  EXPECT_EQ(without_mail(city), json::array({"11110", "11140"}));
  EXPECT_EQ(without_mail(jongno), json());
  services::VenueRequest other;
  other.exam = ExamCode("seoul-2020-1");
  other.districts = {{DistrictCode("11110"), 100, "jongno@example.kr"}, {DistrictCode("11140"), 100, "jung@example.kr"}};
  office.venue_offers.requests[other.exam] = other;
  EXPECT_THAT(city.get(page).body, Not(HasSubstr("get no mail")));
  EXPECT_EQ(without_mail(city), json::array());
}

// Red while words that cannot be sent as they are, or not at all, are to be typed anew.
TEST_F(LetterPages, KeepWordsThatAreRefused) {
  const std::string page = "/en/exams/seoul-2021-1/venue-letters";
  const Response untitled = city.post(page, "/en/exams/seoul-2021-1/venue-instructions", {{"title", " "}, {"words", "Bring the <keys>."}});
  EXPECT_EQ(untitled.status, 422);
  EXPECT_THAT(untitled.body, HasSubstr("Bring the &lt;keys&gt;.</textarea>"));
  const Response wordless = city.post(page, "/en/exams/seoul-2021-1/venue-instructions", {{"title", "Keys"}, {"words", ""}});
  EXPECT_EQ(wordless.status, 422);
  EXPECT_THAT(wordless.body, HasSubstr("name=\"title\" value=\"Keys\""));
  office.venue_letters.is_full = true;
  const Response full = jongno.post_files(page, page, {{"venue", "V1"}, {"words", "Where are the keys?"}}, {});
  EXPECT_EQ(full.status, 409);
  EXPECT_THAT(full.body, HasSubstr("Where are the keys?</textarea>"));
  EXPECT_THAT(full.body, Not(HasSubstr("id=\"instruction-title\""))) << "instructions are the city's";
}

// Red while files go with letters that people write and not with those of programs.
TEST_F(LetterPages, OfProgramsTakeFilesAlong) {
  const std::string letters = "/api/v1/exams/seoul-2021-1/venue-letters";
  const auto send = [&](const json& files) {
    Request request;
    request.method = Method::post;
    request.path = letters;
    request.headers.set("content-type", "application/json");
    request.body = json{{"venue", "V1"}, {"words", "See the plan"}, {"files", files}}.dump();
    return jongno.send(std::move(request)).status;
  };
  const json plan{{"name", "plan.pdf"}, {"content", "JVBERi0xLjcgdGhlIHBsYW4="}};
  ASSERT_EQ(send(json::array({plan})), 200);
  const json written = json::parse(std::string(city.get(letters + "?district=11110&venue=V1").content()));
  const json file = written.at("letters").at(0).at("files").at(0);
  EXPECT_EQ(file.at("name"), "plan.pdf");
  EXPECT_EQ(file.at("media_type"), "application/pdf");
  EXPECT_EQ(city.get(letters + "/files/" + file.at("id").get<std::string>() + "?district=11110&venue=V1").body, "%PDF-1.7 the plan");
  for (const json& wrong : {json("plan"), json::array({"plan"}), json::array({{{"name", "a"}, {"content", "?"}}}),
                            json::array({{{"name", "a"}, {"content", "aGVsbG8="}}}), json::array({{{"name", "a"}, {"bytes", ""}}}),
                            json::array({plan, plan, plan, plan})})
    EXPECT_EQ(send(wrong), 422) << wrong.dump();
}

// Red while a long name is cut at its end: the file is then taken along as one that no program opens.
TEST_F(LetterPages, KeepTheEndingOfALongFileName) {
  const std::string letters = "/api/v1/exams/seoul-2021-1/venue-letters";
  const auto taken_as = [&](const std::string& name, const std::string& content) {
    Request request;
    request.method = Method::post;
    request.path = letters;
    request.headers.set("content-type", "application/json");
    request.body = json{{"venue", "V1"}, {"words", "See " + name}, {"files", json::array({{{"name", name}, {"content", content}}})}}.dump();
    EXPECT_EQ(jongno.send(std::move(request)).status, 200) << name;
    const json written = json::parse(std::string(city.get(letters + "?district=11110&venue=V1").content()));
    const json file = written.at("letters").back().at("files").at(0);
    EXPECT_LE(file.at("name").get<std::string>().size(), 100u) << name;
    const Response taken = city.get(letters + "/files/" + file.at("id").get<std::string>() + "?district=11110&venue=V1");
    EXPECT_EQ(taken.status, 200) << name;
    return std::pair(file.at("name").get<std::string>(), std::string(taken.header("Content-Disposition")));
  };
  const std::string pdf = "JVBERi0xLjcgdGhlIHBsYW4=";
  std::string syllables;
  for (int count = 0; count < 60; ++count) syllables += "한";
  for (const std::string& name : {syllables + ".pdf", std::string(200, 'x') + ".PDF", "x" + syllables + ".pdf", "xy" + syllables + ".pdf"}) {
    const auto [shown, header] = taken_as(name, pdf);
    EXPECT_EQ(shown.substr(shown.size() - 4), name.substr(name.size() - 4));
    EXPECT_THAT(header, ::testing::EndsWith(name.substr(name.size() - 4)));
  }
  EXPECT_EQ(taken_as("plan.pdf", pdf).first, "plan.pdf");
  EXPECT_THAT(taken_as("plan", pdf).second, ::testing::EndsWith("plan.pdf")) << "the ending of its type";
}

}  // namespace
}  // namespace hanjari::web::testing
