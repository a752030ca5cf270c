// The ledger, the packing and the day of a venue as people use them on pages; and nothing of another district, whatever is asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/materials/briefing.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string ledger_page = "/en/exams/seoul-2021-1/materials";
const std::string venue_ledger_page = "/en/exams/seoul-2021-1/venues/V1/materials";
const std::string day_page = "/en/exams/seoul-2021-1/venues/V1/briefing";
const std::string materials_api = "/api/v1/exams/seoul-2021-1";

class MaterialPages : public ::testing::Test {
 protected:
  MaterialPages() {
    office.clock.set(hanjari::tests::at("2021-06-04T18:00:00+09:00"));
    city.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    jongno.set_cookie("hanjari_session", office.sign_in("jongno", services::Role::district_coordinator, "11110"));
    jung.set_cookie("hanjari_session", office.sign_in("jung", services::Role::district_coordinator, "11140"));
  }

  Response give(Browser& who, const std::string& from, const std::string& to, const std::string& count) {
    return who.post(ledger_page, ledger_page + "/handovers",
                    {{"from", from}, {"to", to}, {"item_0", "booklet/A/"}, {"count_0", count}});
  }
  const std::vector<services::Entry>& entries() { return office.materials.books[{ExamCode("seoul-2021-1"), ""}]; }

  Office office;
  Running running{office};
  Browser city{running, Listener::office};
  Browser jongno{running, Listener::office};
  Browser jung{running, Listener::office};
};

TEST_F(MaterialPages, LeadFromTheHandoverToTheReceiptAndSayWhatIsMissing) {
  EXPECT_THAT(city.get(ledger_page).body, HasSubstr("Nothing was handed over yet"));
  ASSERT_EQ(give(city, "printing_office", "district/11110", "30").status, 303);
  const std::string open = jongno.get(ledger_page).body;
  EXPECT_THAT(open, HasSubstr("Given, not received yet"));
  ASSERT_EQ(entries().size(), 1U);
  const std::string act = entries().front().act;
  EXPECT_THAT(open, HasSubstr(act));
  const Response same = city.post(ledger_page, ledger_page + "/receipts", {{"act", act}, {"count_0", "30"}});
  EXPECT_EQ(same.status, 403) << "two people";
  EXPECT_THAT(same.body, HasSubstr("Two different people sign a handover"));
  EXPECT_THAT(same.body, HasSubstr("value=\"30\"")) << "what was counted stays";
  const Response many = jongno.post(ledger_page, ledger_page + "/receipts", {{"act", act}, {"count_0", "many"}});
  EXPECT_EQ(many.status, 422);
  EXPECT_THAT(many.body, HasSubstr("value=\"many\"")) << "what was typed stays";
  ASSERT_EQ(jongno.post(ledger_page, ledger_page + "/receipts", {{"act", act}, {"count_0", "28"}}).status, 303);
  const std::string told = city.get(ledger_page).body;
  EXPECT_THAT(told, HasSubstr("Counts do not agree"));
  EXPECT_THAT(told, HasSubstr("Fewer received than given"));
  EXPECT_EQ(give(city, "city", "city", "1").status, 422);
  const Response refused = city.post(ledger_page, ledger_page + "/handovers",
                                     {{"from", "city"}, {"to", "district/11110"}, {"item_0", "booklet/A/"}, {"count_0", "31415"},
                                      {"item_1", "seal"}, {"count_1", "-5"}});
  EXPECT_EQ(refused.status, 422);
  for (const char* kept : {"value=\"31415\"", "value=\"-5\"", "value=\"district/11110\" selected"})
    EXPECT_THAT(refused.body, HasSubstr(kept)) << "what was typed stays";
}

// Red while words to the venues are gone because somebody else of the district was faster.
TEST_F(MaterialPages, KeepWordsToVenuesThatSomebodyElseWasFasterThan) {
  const std::string page = "/en/exams/seoul-2021-1/briefings";
  const auto write = [&](const char* words) { return jongno.post(page, page, {{"version", "0"}, {"words", words}}); };
  ASSERT_EQ(write("Park behind the school.").status, 303);
  const Response late = write("Come by the side gate.");
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Come by the side gate."));
  EXPECT_THAT(late.body, HasSubstr(R"(name="version" value="1")"));
  const Response endless = write(std::string(5000, 'x').c_str());
  EXPECT_EQ(endless.status, 422);
  EXPECT_THAT(endless.body, HasSubstr(R"(name="version" value="0")")) << "what was not read is not taken for read";
  EXPECT_THAT(jongno.get(page).body, HasSubstr("Park behind the school."));
}

// Red while a district without a venue, and a school that a new plan does without, are places that no form offers.
TEST_F(MaterialPages, OfferPlacesThatHaveLeftThePlan) {
  ASSERT_EQ(give(city, "district/11140", "venue/11140/V2", "30").status, 303);
  PlannedExam& live = office.plans.live.front();
  const VenueIndex gone = live.exam.find(VenueCode("V2"));
  std::erase_if(live.plan.placements, [&](const Placement& placement) { return placement.venue == gone; });
  const std::string page = jung.get(ledger_page).body;
  for (const char* place : {"value=\"district/11140\"", "value=\"venue/11140/V2\""}) EXPECT_THAT(page, HasSubstr(place));
  EXPECT_THAT(jongno.get(ledger_page).body, Not(HasSubstr("venue/11140")));
  EXPECT_EQ(give(jung, "venue/11140/V2", "district/11140", "30").status, 303);
}

// Red while both ends of a handover begin with the first place of the list, and while a dry run names its district by a number.
TEST_F(MaterialPages, PresetNoHandoverFromAPlaceToItself) {
  const std::string nothing = " required><option value=\"\">Choose one</option>";
  const std::string page = jongno.get(ledger_page).body;
  for (const char* field : {"id=\"from\" name=\"from\"", "id=\"to\" name=\"to\"", "id=\"station\" name=\"station\""})
    EXPECT_THAT(page, HasSubstr(field + nothing));
  const std::string venue = jongno.get(venue_ledger_page).body;
  EXPECT_THAT(venue, HasSubstr("value=\"district/11110\" selected"));
  EXPECT_THAT(venue, HasSubstr("value=\"venue/11110/V1\" selected"));
  ASSERT_EQ(jongno.post(ledger_page, ledger_page + "/dry-runs", {{"step", "begin"}}).status, 303);
  const std::string dry = jongno.get(ledger_page + "?run=yes").body;
  EXPECT_THAT(dry, HasSubstr(">Dry-run district</option>"));
  EXPECT_THAT(dry, Not(HasSubstr("00000</option>")));
}

// Red while every item stands twice on the page as it opens, and an item is named by a word of the program.
TEST_F(MaterialPages, FoldTheCountsOfStockAndOfferOtherItemsByName) {
  const std::string folded = "<details class=\"fold\">";
  const std::string page = jongno.get(ledger_page).body;
  EXPECT_THAT(page, HasSubstr(folded));
  EXPECT_LT(page.find(folded), page.find("id=\"stock-count_0\"")) << "what is counted is folded";
  EXPECT_THAT(page, Not(HasSubstr("booklet/A/SET")));
  EXPECT_THAT(page, HasSubstr("<select class=\"select\" id=\"free-item\""));
  EXPECT_THAT(page, HasSubstr(">Booklet C"));
  EXPECT_THAT(jongno.get("/ko/exams/seoul-2021-1/materials").body, Not(HasSubstr("large_print/A/과목")));
  const Response refused = jongno.post(ledger_page, ledger_page + "/counts",
                                       {{"station", "district/11110"}, {"item_0", "booklet/A/"}, {"count_0", "many"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("<details class=\"fold\" open>")) << "what was typed is seen again";
}

// Red while pages, labels or lists name a set of questions by its code alone.
TEST_F(MaterialPages, NameSetsOfQuestionsInWords) {
  auto& units = office.plans.live.front().exam.units;
  units.front().subject_set = "set-11";
  Unit other = units.front();
  other.code = UnitCode("020");
  other.series_ko = "세무";
  other.series_en = "Tax";
  units.push_back(other);
  const std::string english = "(General administration, grade 9, and 1 more; set-11)";
  const std::string venue = "exams/seoul-2021-1/venues/V1/";
  EXPECT_THAT(jongno.get(venue_ledger_page).body, HasSubstr(english)) << "what is packed and offered";
  EXPECT_THAT(jongno.get("/ko/" + venue + "materials").body, HasSubstr("형 (일반행정 9급 외 1개 직렬; set-11)"));
  EXPECT_THAT(jongno.get("/en/" + venue + "material-labels").body, HasSubstr(english));
  EXPECT_THAT(std::string(jongno.get("/api/v1/" + venue + "packing.csv?language=en").content()), HasSubstr(english));
  EXPECT_THAT(city.get(ledger_page + "?need=yes").body, HasSubstr(english)) << "what is to be ordered";
  ASSERT_EQ(city.post(ledger_page, ledger_page + "/handovers",
                      {{"from", "printing_office"}, {"to", "city"}, {"item_0", "booklet/A/set-11"}, {"count_0", "30"}})
                .status,
            303);
  const std::string ledger = city.get(ledger_page).body;
  EXPECT_THAT(ledger, HasSubstr("Booklet A " + english));
  EXPECT_THAT(ledger, Not(HasSubstr("Booklet A (set-11)")));
}

// Red while a form that sets one number is refused for the others.
TEST_F(MaterialPages, KeepSettingsOfPackingThatAreNotSent) {
  const services::Book book{ExamCode("seoul-2021-1"), ""};
  ASSERT_EQ(city.post(ledger_page, ledger_page + "/settings",
                      {{"version", "0"}, {"sheets", "3"}, {"seals", "4"}, {"reserve", "5"}, {"envelopes", "6"}}).status, 303);
  ASSERT_EQ(city.post(ledger_page, ledger_page + "/settings", {{"version", "1"}, {"seals", "1"}}).status, 303);
  services::PackingSettings expected;
  expected.spare_sheets_per_room = 3;
  expected.seals_per_envelope = 1;
  expected.reserve_booklets_per_venue = 5;
  expected.envelopes_per_box = 6;
  EXPECT_EQ(office.materials.find_settings(book).packing, expected);
  EXPECT_EQ(city.post(ledger_page, ledger_page + "/settings", {{"version", "2"}, {"seals", ""}}).status, 422) << "no number";
}

// Red while the second of two who correct a line writes over the first one unawares, or has to type everything anew.
TEST_F(MaterialPages, GiveBackACorrectionThatSomebodyElseWasFasterThan) {
  Browser other(running, Listener::office);
  other.set_cookie("hanjari_session", office.sign_in("lee", services::Role::exam_officer, ""));
  ASSERT_EQ(give(city, "city", "district/11110", "30").status, 303);
  const auto correct = [](Browser& who, const char* count, const char* reason, const char* seen) {
    return who.post(ledger_page, ledger_page + "/corrections", {{"number", "1"}, {"count", count}, {"reason", reason}, {"seen", seen}});
  };
  EXPECT_THAT(other.get(ledger_page).body, HasSubstr(R"(name="seen" value="1")"));
  ASSERT_EQ(correct(city, "28", "Counted again", "1").status, 303);
  const Response late = correct(other, "27", "Three were torn", "1");
  EXPECT_EQ(late.status, 409);
  for (const char* told : {"Somebody else corrected this line meanwhile", R"(name="number" value="1")", R"(name="count" value="27")",
                           R"(name="reason" value="Three were torn")", R"(name="seen" value="2")", "Counted again"})
    EXPECT_THAT(late.body, HasSubstr(told));
  EXPECT_EQ(services::corrected_count(entries(), 1), 28);
  const Response wordless = correct(other, "27", "", "1");
  EXPECT_EQ(wordless.status, 422);
  EXPECT_THAT(wordless.body, HasSubstr(R"(name="seen" value="1")")) << "what was not read is not taken for read";
  EXPECT_THAT(wordless.body, HasSubstr(R"(name="count" value="27")"));
  ASSERT_EQ(correct(other, "27", "Three were torn", "2").status, 303);
  EXPECT_EQ(services::corrected_count(entries(), 1), 27);
}

// Red while a program cannot say what it had read.
TEST_F(MaterialPages, CompareWhatAProgramHadReadBeforeItCorrects) {
  ASSERT_EQ(give(city, "city", "district/11110", "30").status, 303);
  const auto correct = [&](int count, int seen) {
    Request request;
    request.method = Method::post;
    request.path = materials_api + "/materials/corrections";
    request.headers.set("content-type", "application/json");
    request.body = nlohmann::json{{"entry", 1}, {"count", count}, {"reason", "Counted again"}, {"seen", seen}}.dump();
    return city.send(std::move(request)).status;
  };
  EXPECT_EQ(correct(28, 1), 200);
  EXPECT_EQ(correct(27, 1), 409);
  EXPECT_EQ(correct(27, 2), 200);
}

// Red while settings that somebody else was faster than are to be typed anew.
TEST_F(MaterialPages, GiveBackSettingsThatSomebodyElseWasFasterThan) {
  const auto save = [&](const char* version, const char* sheets) {
    return city.post(ledger_page, ledger_page + "/settings",
                     {{"version", version}, {"sheets", sheets}, {"seals", "4"}, {"reserve", "5"}, {"envelopes", "6"}});
  };
  ASSERT_EQ(save("0", "3").status, 303);
  const Response late = save("0", "77");
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr(R"(name="sheets" value="77")"));
  EXPECT_THAT(late.body, HasSubstr(R"(name="version" value="1")"));
  const Response wrong = save("0", "many");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr(R"(name="sheets" value="many")"));
  EXPECT_THAT(wrong.body, HasSubstr(R"(name="version" value="0")")) << "what was not read is not taken for read";
}

TEST_F(MaterialPages, PackEveryRoomOfTheLivePlan) {
  const Response page = jongno.get(venue_ledger_page);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(std::string(page.header("Permissions-Policy")), HasSubstr("camera=(self)"));
  const auto packing = nlohmann::json::parse(jongno.get(materials_api + "/venues/V1/packing").body);
  ASSERT_EQ(packing.at("rooms").size(), 2U);
  EXPECT_EQ(packing.at("rooms")[0].at("people").get<int>(), 2);
  const std::string code = packing.at("rooms")[0].at("questions").at("code").get<std::string>();
  EXPECT_THAT(page.body, HasSubstr(code));
  EXPECT_THAT(jongno.get("/en/exams/seoul-2021-1/venues/V1/material-labels").body, HasSubstr(code));
  const Response found = jongno.get(ledger_page + "?parcel=" + code);
  EXPECT_EQ(found.status, 303);
  EXPECT_THAT(jongno.get(std::string(found.header("Location"))).body, HasSubstr("part of the packing of this venue"));
  EXPECT_EQ(jongno.get(ledger_page + "?parcel=V1.1.Q").status, 422);
  // Red when the venue of a code that was typed in small letters is looked for as it stands.
  std::string small = code;
  for (char& sign : small) sign = sign == 'V' ? 'v' : sign == 'Q' ? 'q' : sign;
  const Response typed = jongno.get(ledger_page + "?parcel=" + small);
  EXPECT_EQ(std::string(typed.header("Location")), std::string(found.header("Location")));
  EXPECT_EQ(jung.get(ledger_page + "?parcel=" + small).status, 403);
  EXPECT_TRUE(nlohmann::json::parse(jongno.get(materials_api + "/material-parcels?parcel=" + code).body).at("packed").get<bool>());
  EXPECT_THAT(jongno.get(materials_api + "/venues/V1/packing.pdf").body, ::testing::StartsWith("%PDF"));
  EXPECT_THAT(jongno.get(materials_api + "/venues/V1/packing.xlsx").body, ::testing::StartsWith("PK"));
  for (const char* name : {"김한자", "이리나"}) EXPECT_THAT(page.body, Not(HasSubstr(name))) << "counts, no people";
}

// Red when a page takes the district from what it was sent.
TEST_F(MaterialPages, ShowADistrictNothingOfAnotherWhateverIsAsked) {
  ASSERT_EQ(give(city, "city", "district/11110", "31415").status, 303);
  const std::string act = entries().front().act;
  for (const std::string& address :
       {venue_ledger_page, day_page, std::string("/en/exams/seoul-2021-1/venues/V9/materials"),
        std::string("/en/exams/seoul-2021-1/venues/V1/material-labels"), materials_api + "/venues/V1/packing",
        materials_api + "/venues/V1/packing.csv", materials_api + "/venues/V1/briefing", materials_api + "/materials?venue=V1"})
    EXPECT_EQ(jung.get(address).status, 403) << address;
  const std::string page = jung.get(ledger_page).body;
  for (const std::string& foreign : {act, std::string("경복"), std::string("11110"), std::string("31,415")})
    EXPECT_THAT(page, Not(HasSubstr(foreign))) << foreign;
  EXPECT_TRUE(nlohmann::json::parse(jung.get(materials_api + "/materials").body).at("entries").empty());
  for (const char* place : {"district/11110", "venue/11140/V1", "room/11140/V1/1", "venue/11140/V9"}) {
    EXPECT_EQ(give(jung, place, "district/11140", "1").status, 403) << place;
    EXPECT_EQ(give(jung, "district/11140", place, "1").status, 403) << place;
    EXPECT_EQ(jung.post(ledger_page, ledger_page + "/counts", {{"station", place}, {"item_0", "seal"}, {"count_0", "1"}}).status, 403);
    EXPECT_EQ(jung.post(ledger_page, ledger_page + "/signers", {{"station", place}, {"name", "Lee"}}).status, 403);
  }
  EXPECT_EQ(jung.post(ledger_page, ledger_page + "/receipts", {{"act", act}, {"count_0", "31415"}}).status, 404);
  EXPECT_EQ(jung.post(ledger_page, ledger_page + "/corrections", {{"number", "1"}, {"count", "0"}, {"reason", "Mine"}}).status, 404);
  EXPECT_EQ(jung.post(ledger_page, "/en/exams/seoul-2021-1/venues/V1/briefing-checks", {{"item", "signs_posted"}, {"done", "yes"}}).status, 403);
  EXPECT_EQ(entries().size(), 1U);
  EXPECT_THAT(jung.get("/en/exams/seoul-2021-1/briefings").body, Not(HasSubstr("V1")));
}

// Red when a chief's venue is taken for a district's.
TEST_F(MaterialPages, GiveAChiefTheOwnVenueAndNothingElse) {
  Browser chief{running, Listener::office};
  chief.set_cookie("hanjari_session", office.sign_in("chief", services::Role::venue_chief, ""));
  EXPECT_EQ(chief.get(day_page).status, 403) << "before a venue is given";
  services::VenueChief given;
  given.exam = ExamCode("seoul-2021-1");
  given.venue = VenueCode("V1");
  given.district = DistrictCode("11110");
  given.account = "chief";
  office.venue_chiefs.add_chief(given, {});
  EXPECT_EQ(chief.get(day_page).status, 200);
  EXPECT_EQ(chief.get(venue_ledger_page).status, 200);
  for (const char* other : {"V2", "V3", "V9"}) {
    EXPECT_EQ(chief.get("/en/exams/seoul-2021-1/venues/" + std::string(other) + "/briefing").status, 403) << other;
    EXPECT_EQ(give(chief, "venue/11110/V1", "venue/11110/" + std::string(other), "1").status, 403) << other;
  }
  ASSERT_EQ(give(jongno, "district/11110", "venue/11110/V1", "30").status, 303);
  const std::string act = entries().front().act;
  ASSERT_EQ(chief.post(venue_ledger_page, ledger_page + "/receipts", {{"venue", "V1"}, {"act", act}, {"count_0", "30"}}).status, 303);
  ASSERT_EQ(give(chief, "venue/11110/V1", "district/11110", "30").status, 303) << "what comes back";
  ASSERT_EQ(give(jongno, "city", "district/11110", "7").status, 403) << "the city's to give";
  EXPECT_EQ(chief.get("/en/exams/seoul-2021-1/briefings").status, 403);
}

// Red while the plan of the school is a link that a chief cannot follow, or does not stand on what is printed.
TEST_F(MaterialPages, ShowAChiefThePlanOfTheSchool) {
  office.venue_offers.plant("seoul-2021-1", {{"11110", "V1"}, {"11140", "V2"}});
  office.venue_files.plant("offer-V1", "file-1");
  office.venue_files.files.back().media_type = "image/png";
  office.venue_files.files.back().name = "plan.png";
  office.venue_files.plant("offer-V2", "file-2");
  office.venue_offers.offers.at("offer-V1").contact = {"Kim", "", "02-1234"};
  Browser chief{running, Listener::office};
  chief.set_cookie("hanjari_session", office.sign_in("chief", services::Role::venue_chief, ""));
  services::VenueChief given;
  given.exam = ExamCode("seoul-2021-1");
  given.venue = VenueCode("V1");
  given.district = DistrictCode("11110");
  given.account = "chief";
  office.venue_chiefs.add_chief(given, {});
  const std::string venues = "/en/exams/seoul-2021-1/venues/";
  const std::string address = venues + "V1/briefing-files/file-1";
  EXPECT_THAT(chief.get(day_page).body, HasSubstr("<img class=\"school-plan\" src=\"" + address + "\" alt=\"plan.png\">"));
  const Response file = chief.get(address);
  ASSERT_EQ(file.status, 200);
  EXPECT_EQ(file.type, "image/png");
  EXPECT_EQ(office.access.records.back().action, "venue_file.read");
  EXPECT_EQ(office.access.records.back().account, "chief");
  EXPECT_EQ(jongno.get(address).status, 200);
  EXPECT_EQ(jung.get(address).status, 403);
  EXPECT_EQ(chief.get(venues + "V2/briefing-files/file-2").status, 403);
  EXPECT_EQ(chief.get(venues + "V1/briefing-files/file-2").status, 404) << "of another school";
  const auto day = nlohmann::json::parse(chief.get(materials_api + "/venues/V1/briefing").body);
  EXPECT_EQ(day.at("school").at("files").at(0).at("id"), "file-1");
  EXPECT_EQ(day.at("school").at("contact").at("phone"), "02-1234");
  EXPECT_EQ(chief.get(materials_api + "/venues/V1/briefing-files/file-1").status, 200);
}

TEST_F(MaterialPages, TickTheCheckListAndShowItToTheCityWithItsTime) {
  const std::string page = jongno.get(day_page).body;
  EXPECT_THAT(page, HasSubstr("09:20")) << "the unit's own time";
  EXPECT_THAT(page, HasSubstr("shown from the minute that is set")) << "nobody is named before";
  ASSERT_EQ(jongno.post(day_page, day_page + "-checks", {{"item", "signs_posted"}, {"done", "yes"}}).status, 303);
  EXPECT_EQ(jongno.post(day_page, day_page + "-checks", {{"item", "nothing"}, {"done", "yes"}}).status, 422);
  EXPECT_THAT(jongno.get(day_page).body, HasSubstr("jongno <span class=\"moment\">2021-06-04 18:00"));
  EXPECT_THAT(city.get("/en/exams/seoul-2021-1/briefings").body, HasSubstr("2021-06-04 18:00"));
  const auto api = nlohmann::json::parse(city.get(materials_api + "/briefings").body);
  EXPECT_EQ(api.at("venues")[0].at("done").get<int>(), 1);
  ASSERT_EQ(jongno.post(day_page, day_page + "-checks", {{"item", "signs_posted"}, {"done", "no"}}).status, 303);
  EXPECT_EQ(office.briefings.checks.size(), 2U) << "what was ticked stays in the record";
}

// Red while whoever ticks has to scroll past everything else, and begins before the list again after each line.
TEST_F(MaterialPages, LeadFromTheTopOfTheDayToItsCheckListAndFromALineToTheNextOpenOne) {
  const std::string page = jongno.get(day_page).body;
  EXPECT_LT(page.find("<a href=\"#checks-title\">"), page.find("<section"));
  EXPECT_THAT(page, HasSubstr("id=\"checks-title\""));
  const auto after = [&](const std::string& item, const char* done) {
    const Response ticked = jongno.post(day_page, day_page + "-checks", {{"item", item}, {"done", done}});
    const std::string place(ticked.header("Location"));
    EXPECT_THAT(page, HasSubstr("id=\"" + place.substr(place.find('#') + 1) + "\" type=\"submit\"")) << "a button, so that it has the focus";
    return place;
  };
  const auto at = [](const services::CheckItem& item) { return ::testing::EndsWith("/briefing#check-" + item.key); };
  const auto& items = services::check_items();
  EXPECT_THAT(after(items[1].key, "yes"), at(items[2]));
  EXPECT_THAT(after(items[0].key, "yes"), at(items[2])) << "what is done is passed over";
  EXPECT_THAT(after(items[0].key, "no"), at(items[0]));
  EXPECT_THAT(after(items.back().key, "yes"), at(items.back()));
}

// Red while the printed check list has no box that a pen could tick.
TEST_F(MaterialPages, GiveEachLineOfTheCheckListABoxForPaper) {
  const auto boxes = [&](const std::string& box) {
    const std::string page = jongno.get(day_page).body;
    std::size_t count = 0;
    for (auto at = page.find(box); at != std::string::npos; at = page.find(box, at + 1)) ++count;
    return count;
  };
  const auto& items = services::check_items();
  EXPECT_EQ(boxes("class=\"paper-box\" aria-hidden=\"true\""), items.size());
  ASSERT_EQ(jongno.post(day_page, day_page + "-checks", {{"item", items.front().key}, {"done", "yes"}}).status, 303);
  EXPECT_EQ(boxes("class=\"paper-box\" aria-hidden=\"true\""), items.size() - 1);
  EXPECT_EQ(boxes("class=\"paper-box ticked\""), 1U);
}

TEST_F(MaterialPages, TellVenuesWhomToCallAndRecordWhoReadsIt) {
  const std::string notes = "/en/exams/seoul-2021-1/briefings";
  EXPECT_THAT(jongno.get(day_page).body, HasSubstr("have left no words or telephone numbers")) << "what is missing is seen in time";
  ASSERT_EQ(city.post(notes, notes, {{"version", "0"}, {"words", "Control room 02-120"}}).status, 303);
  ASSERT_EQ(jung.post(notes, notes, {{"version", "0"}, {"words", "Jung office 02-1"}}).status, 303);
  const std::string page = jongno.get(day_page).body;
  EXPECT_THAT(page, HasSubstr("Control room 02-120"));
  EXPECT_THAT(page, Not(HasSubstr("have left no words")));
  EXPECT_THAT(page, Not(HasSubstr("Jung office")));
  EXPECT_EQ(office.access.records.back().action, "briefing_notes.read");
}

// Red while settings, words to venues and the dry run are for people alone.
TEST_F(MaterialPages, GiveProgramsWhatPeopleHave) {
  const auto send = [&](Browser& who, const std::string& what, const nlohmann::json& body) {
    Request request;
    request.method = Method::post;
    request.path = materials_api + "/" + what;
    request.headers.set("content-type", "application/json");
    request.body = body.dump();
    return who.send(std::move(request));
  };
  const auto read = [](Response response) { return nlohmann::json::parse(std::string(response.content())); };
  ASSERT_EQ(send(city, "material-settings", {{"version", 0}, {"sheets", 3}}).status, 200);
  const auto settings = read(city.get(materials_api + "/material-settings"));
  EXPECT_EQ(settings.at("sheets"), 3);
  EXPECT_EQ(settings.at("seals"), services::PackingSettings{}.seals_per_envelope) << "what is not sent stays";
  EXPECT_EQ(send(city, "material-settings", {{"version", 0}, {"sheets", 4}}).status, 409) << "changed meanwhile";
  EXPECT_EQ(send(city, "material-settings", {{"version", 1}, {"envelopes", 0}}).status, 422);
  EXPECT_EQ(send(jongno, "material-settings", {{"version", 1}, {"sheets", 4}}).status, 403);
  ASSERT_EQ(send(jongno, "briefing-notes", {{"words", "Jongno office 02-1"}, {"version", 0}}).status, 200);
  EXPECT_EQ(read(jongno.get(materials_api + "/briefing-notes")).at("district"), "11110");
  EXPECT_EQ(read(jung.get(materials_api + "/briefing-notes")).at("words"), "") << "another district's";
  EXPECT_EQ(send(jongno, "briefing-notes", {{"version", 1}}).status, 422) << "nothing is not the same as an empty text";
  EXPECT_THAT(jongno.get(day_page).body, HasSubstr("Jongno office 02-1"));
  const auto begun = read(send(jongno, "material-dry-runs", {{"step", "begin"}}));
  EXPECT_EQ(begun.at("running"), true);
  const std::string code = begun.at("signers").at(0).at("code").get<std::string>();
  EXPECT_EQ(send(jongno, "materials/handovers",
                 {{"from", "printing_office"}, {"to", "city"}, {"items", {{"seal", 3}}}, {"code", code}, {"dry_run", true}})
                .status,
            200);
  EXPECT_TRUE(entries().empty());
  EXPECT_EQ(send(jongno, "material-dry-runs", {{"step", "stop"}}).status, 422);
  EXPECT_EQ(read(send(jongno, "material-dry-runs", {{"step", "end"}})).at("running"), false);
  EXPECT_FALSE(office.materials.books.contains({ExamCode("seoul-2021-1"), "jongno"}));
}

TEST_F(MaterialPages, TryEverythingOnInventedPeople) {
  const std::string runs = ledger_page + "/dry-runs";
  EXPECT_EQ(jongno.get(ledger_page + "?run=yes").status, 409) << "not begun";
  ASSERT_EQ(jongno.post(ledger_page, runs, {{"step", "begin"}}).status, 303);
  EXPECT_THAT(jongno.get(ledger_page).body, HasSubstr("A dry run of yours is under way")) << "beginning anew would end it";
  EXPECT_THAT(city.get(ledger_page).body, Not(HasSubstr("A dry run of yours is under way")));
  const std::string page = jongno.get(ledger_page + "?run=yes").body;
  EXPECT_THAT(page, HasSubstr("1111111111"));
  EXPECT_THAT(page, Not(HasSubstr("경복"))) << "no real school";
  const std::string venue = "/en/exams/seoul-2021-1/venues/DRY-RUN/";
  EXPECT_EQ(jongno.get(venue + "materials?run=yes").status, 200);
  EXPECT_THAT(jongno.get(venue + "briefing?run=yes").body, HasSubstr("연습 감독관 1-1"));
  ASSERT_EQ(jongno.post(ledger_page, ledger_page + "/handovers",
                        {{"run", "yes"}, {"from", "printing_office"}, {"to", "city"}, {"item_0", "seal"}, {"count_0", "3"}, {"code", "1111111111"}})
                .status,
            303);
  EXPECT_TRUE(entries().empty());
  EXPECT_THAT(jongno.get(venue + "briefing?run=yes").body, Not(HasSubstr("lacking=day"))) << "nobody real is noted in a dry run";
  EXPECT_THAT(jongno.get(day_page).body, HasSubstr("/en/exams/seoul-2021-1/invigilators?lacking=day"));
  EXPECT_THAT(jongno.get(day_page).body, HasSubstr("Opened by jongno, ")) << "a printed page says whose copy it is";
  ASSERT_EQ(jongno.post(ledger_page, runs, {{"step", "end"}}).status, 303);
  EXPECT_FALSE(office.materials.books.contains({ExamCode("seoul-2021-1"), "jongno"}));
}

}  // namespace
}  // namespace hanjari::web::testing
