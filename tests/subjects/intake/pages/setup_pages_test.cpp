// Officers set up an exam in pages and by the API: forms, two officers on one form, versions, steps and the path.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string notice_pages = "/en/recruitments/seoul-2021-1";
const std::string units_form = notice_pages + "/setup/units";
const std::string head_of_units = "unit_code\tseries_ko\tquota_group\tgrade\tposts\tduration_min\n";

class SetupPages : public ::testing::Test {
 protected:
  SetupPages() {
    office.clock.set(hanjari::tests::at("2021-02-01T09:00:00+09:00"));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::prepared,
                                                  0, {"kim", "first", office.clock.now()});
    first.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    second.set_cookie("hanjari_session", office.sign_in("lee", services::Role::exam_officer, ""));
  }
  // Three units with these posts for 101 and 102.
  static std::string table(int first_posts, int second_posts) {
    return head_of_units + "101\t일반행정\tgeneral\t9\t" + std::to_string(first_posts) +
           "\t100\n102\t일반행정\tlow_income\t9\t" + std::to_string(second_posts) +
           "\t100\n201\t일반행정\tgeneral\t9\t10\t100\n";
  }
  Response save(Browser& browser, const std::string& text, std::map<std::string, std::string> more = {}) {
    more.emplace("table", text);
    more.emplace("base_version", "1");
    more.emplace("action", "save");
    return browser.post(units_form, units_form, more);
  }
  int posts_of(std::size_t unit) {
    return office.applying.recruitments.recruitments.at(ExamCode("seoul-2021-1"))->notice.units.at(unit).unit.posts;
  }
  nlohmann::json call(Browser& browser, const std::string& path, const nlohmann::json& body, int status) {
    Request request;
    request.method = Method::post;
    request.path = path;
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = body.dump();
    const Response response = browser.send(std::move(request));
    EXPECT_EQ(response.status, status) << response.body;
    return nlohmann::json::parse(response.body, nullptr, false);
  }

  Office office;
  Running running{office};
  Browser first{running, Listener::office};
  Browser second{running, Listener::office};
  int calls = 0;
};

TEST_F(SetupPages, ShowEveryForm) {
  for (const char* language : {"en", "ko"}) {
    const std::string pages = std::string("/") + language + "/recruitments/seoul-2021-1";
    for (const char* form : {"basics", "calendars", "entries", "units", "areas", "accommodations", "policy", "subjects", "pass_rules"})
      EXPECT_EQ(first.get(pages + "/setup/" + form).status, 200) << form;
    for (const char* page :
         {"/setup", "/preview", "/versions/notice", "/versions/policy", "/versions/notice?version=1"})
      EXPECT_EQ(first.get(pages + page).status, 200) << page;
  }
  EXPECT_EQ(first.get(notice_pages + "/setup/nothing").status, 404);
  EXPECT_THAT(first.get(notice_pages + "/setup").body, HasSubstr(units_form));
}

// Red while accommodations and pass rules came in files only.
TEST_F(SetupPages, TakeAccommodationsAndPassRulesAsPastedTables) {
  const auto send = [&](const std::string& form, const std::string& text, const std::string& base) {
    const std::string address = notice_pages + "/setup/" + form;
    return first.post(address, address,
                      {{"table", text}, {"base_version", base}, {"action", "save"}, {"reason", "as decided"}});
  };
  EXPECT_THAT(first.get(notice_pages + "/setup/accommodations").body, HasSubstr("extra_time_1.5\t"));
  const Response kinds = send("accommodations", "item\tdocuments_ko\tproof\nwheelchair\t장애인등록증\tneeded\n", "1");
  EXPECT_EQ(kinds.status, 303) << kinds.body;
  EXPECT_EQ(office.applying.recruitments.recruitments.at(ExamCode("seoul-2021-1"))->notice.accommodations.size(), 1U);
  EXPECT_THAT(first.get(notice_pages + "/versions/notice?version=2").body,
              AllOf(HasSubstr("Accommodation scribe"), HasSubstr("as decided")));
  EXPECT_THAT(first.get(notice_pages + "/setup/pass_rules").body,
              AllOf(HasSubstr("fail_line_percent\tfail line in percent\t40"), HasSubstr("pass_table.10\t")));
  const Response wrong = send("pass_rules", "setting\tvalue\nfail_line_percent\t400\n", "0");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, AllOf(HasSubstr("line 2"), HasSubstr("fail_line_percent\t400")));
  EXPECT_EQ(send("pass_rules", "setting\tvalue\nfail_line_percent\t35\n", "0").status, 303);
  EXPECT_THAT(first.get(notice_pages + "/versions/pass_rules?version=1").body, HasSubstr("as decided"));
  const auto part = nlohmann::json::parse(first.get("/api/v1/recruitments/seoul-2021-1/parts/pass_rules").body);
  EXPECT_EQ(part["definition"]["fail_line_percent"], 35);
}

TEST_F(SetupPages, PreviewBeforeTheySave) {
  const Response preview = save(first, table(11, 10), {{"action", "preview"}});
  EXPECT_EQ(preview.status, 200);
  EXPECT_THAT(preview.body, AllOf(HasSubstr("Unit 101: posts"), HasSubstr("What saving would change")));
  EXPECT_EQ(posts_of(0), 10);
  EXPECT_EQ(save(first, table(11, 10)).status, 303);
  EXPECT_EQ(posts_of(0), 11);
  EXPECT_THAT(first.get("/ko/recruitments/seoul-2021-1/versions/notice?version=2").body,
              HasSubstr("모집단위 101: 선발예정인원"));
}

TEST_F(SetupPages, SayEveryFaultAndKeepWhatWasTyped) {
  const Response refused =
      save(first, head_of_units + "101\t일반행정\tgeneral\t9\tmany\t100\n102\t일반행정\tnobody\t9\t3\t100\n");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr("line 2, posts: "), HasSubstr("line 3, group (quota_group): "), HasSubstr("many"),
                    Not(HasSubstr("units.csv"))));
  EXPECT_EQ(posts_of(0), 10);
}

// Red when an English name that nobody wrote stood in the form in Korean, and stayed there when the Korean one changed.
TEST_F(SetupPages, LeaveEnglishEmptyThatOnlyRepeatsTheKorean) {
  const std::string basics = "/ko/recruitments/seoul-2021-1/setup/basics";
  std::map<std::string, std::string> typed{{"base_version", "1"},  {"action", "save"},           {"name_ko", "옛 이름"},
                                           {"name_en", ""},         {"exam_on", "2021-06-05"},    {"time_zone", "Asia/Seoul"},
                                           {"kind", "scheduled"},   {"counts_shown_from", ""}};
  ASSERT_EQ(first.post(basics, basics, typed).status, 303);
  const std::string shown = first.get(basics).body;
  EXPECT_THAT(shown, HasSubstr("name=\"name_ko\" type=\"text\" value=\"옛 이름\""));
  EXPECT_THAT(shown, HasSubstr("name=\"name_en\" type=\"text\" value=\"\""));
}

// Red while an English name, which a notice can do without, stood under what is missing before it can be announced.
TEST_F(SetupPages, TellWhatIsMissingApartFromWhatTheNoticeCanDoWithout) {
  Recruitment korean = hanjari::tests::sample_notice();
  korean.header.name_en = korean.header.name_ko;
  office.applying.recruitments.save_recruitment(korean, services::RecruitmentState::prepared, 1,
                                                {"kim", "first", office.clock.now()});
  const std::string page = first.get(notice_pages + "/setup").body;
  const std::size_t without = page.find("It can be announced without these");
  ASSERT_NE(without, std::string::npos);
  EXPECT_GT(page.find("The exam has no English name."), without);
  EXPECT_LT(page.find("Nothing is missing."), without);
}

// Red when nothing on the form said that applicants see a saving at once, or that another officer has to confirm it.
TEST_F(SetupPages, SayThatApplicantsSeeASavingAtOnce) {
  EXPECT_THAT(first.get(units_form).body, Not(HasSubstr("applicants see what you save at once")));
  EXPECT_THAT(first.get(units_form).body, HasSubstr("<li>fee_won: fee</li>"));
  ASSERT_EQ(first.post(notice_pages + "/setup", notice_pages + "/steps", {{"step", "announce"}, {"concerned", "0"}}).status, 303);
  EXPECT_THAT(first.get(units_form).body, HasSubstr("applicants see what you save at once"));
  EXPECT_THAT(first.get(notice_pages + "/setup/policy").body, Not(HasSubstr("applicants see what you save at once")));
  EXPECT_THAT(first.get(units_form).body, Not(HasSubstr("waits until another officer confirms it")));
  ASSERT_EQ(first.post(notice_pages + "/setup", notice_pages + "/steps", {{"step", "second_on"}}).status, 303);
  EXPECT_THAT(first.get(units_form).body, AllOf(HasSubstr("waits until another officer confirms it"),
                                                Not(HasSubstr("applicants see what you save at once"))));
}

TEST_F(SetupPages, NeverOverwriteAnotherOfficerSilently) {
  EXPECT_EQ(save(first, table(11, 10)).status, 303);
  // Another place: both stand.
  EXPECT_EQ(save(second, table(10, 22)).status, 303);
  EXPECT_EQ(posts_of(0), 11);
  EXPECT_EQ(posts_of(1), 22);
  // The same place: one question with both values, answered in one more step.
  const Response asked = save(second, table(33, 10));
  EXPECT_EQ(asked.status, 409);
  EXPECT_THAT(asked.body, AllOf(HasSubstr("Take theirs: 11"), HasSubstr("choice:units/101/posts")));
}

TEST_F(SetupPages, TakeTheAnswerToAConflict) {
  EXPECT_EQ(save(first, table(11, 10)).status, 303);
  EXPECT_EQ(save(second, table(33, 10)).status, 409);
  EXPECT_EQ(posts_of(0), 11);
  EXPECT_EQ(save(second, table(33, 10), {{"answered_version", "2"}, {"choice:units/101/posts", "mine"}}).status, 303);
  EXPECT_EQ(posts_of(0), 33);
}

TEST_F(SetupPages, AnnounceWhatIsWholeAndWithdrawIt) {
  const auto step = [&](const std::map<std::string, std::string>& fields) {
    return first.post(notice_pages + "/setup", notice_pages + "/steps", fields).status;
  };
  EXPECT_THAT(first.get(notice_pages + "/setup").body, HasSubstr("0 people have an application that stands"));
  EXPECT_EQ(step({{"step", "announce"}, {"concerned", "5"}}), 409);
  EXPECT_EQ(step({{"step", "announce"}, {"concerned", "0"}}), 303);
  EXPECT_THAT(first.get(notice_pages + "/setup").body, HasSubstr("Take it off the portal"));
  EXPECT_EQ(step({{"step", "withdraw"}, {"concerned", "0"}, {"reason", "wrong fee"}}), 303);
  EXPECT_EQ(step({{"step", "shout"}}), 422);
}

// Red while the page of a destroyed exam's notice had a button that puts it onto the portal, which is refused.
TEST_F(SetupPages, OfferNothingThatIsRefusedOfADestroyedExam) {
  EXPECT_THAT(first.get(notice_pages + "/setup").body, HasSubstr("value=\"announce\""));
  office.applying.recruitments.destroyed.insert(ExamCode("seoul-2021-1"));
  EXPECT_THAT(first.get(notice_pages + "/setup").body,
              AllOf(Not(HasSubstr("value=\"announce\"")), HasSubstr("The personal data of this exam is destroyed")));
}

TEST_F(SetupPages, BeginANoticeFromNothing) {
  const std::string form = "/en/new-recruitment";
  std::map<std::string, std::string> typed{{"code", "jeju-2021-1"},
                                           {"name_ko", "제주 제1회"},
                                           {"exam_on", "2021-06-12"},
                                           {"time_zone", "Asia/Seoul"},
                                           {"apply_from", "2021-03-02 09:00"},
                                           {"apply_until", "soon"},
                                           {"unit_code", "101"},
                                           {"series_ko", "일반행정"},
                                           {"grade", "9"},
                                           {"posts", "many"},
                                           {"duration_min", "100"},
                                           {"fee_won", "5000"}};
  const Response refused = first.post(form, form, typed);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("apply_until-error"), HasSubstr("posts-error")));
  // Seen by officers: faults of a file that they never wrote, and a time that the form itself does not take.
  EXPECT_THAT(refused.body, AllOf(HasSubstr("applications until: "), HasSubstr("2021-03-02 09:00"),
                                  Not(HasSubstr("recruitment.json")), Not(HasSubstr("T09:00:00"))));
  const std::string empty = first.post("/ko/new-recruitment", "/ko/new-recruitment", {}).body;
  EXPECT_THAT(empty, AllOf(HasSubstr("시험일: 입력하십시오."), HasSubstr("급수: 입력하십시오."), Not(HasSubstr("recruitment.json"))));
  typed["apply_until"] = "2021-03-05 18:00";
  typed["posts"] = "12명";
  typed["fee_won"] = "5,000원";
  EXPECT_EQ(first.post(form, form, typed).status, 303);
  EXPECT_THAT(first.get("/en/recruitments/jeju-2021-1/setup").body, HasSubstr("There is no area"));
  EXPECT_EQ(first.post(form, form, typed).status, 409) << "the code is taken";
}

TEST_F(SetupPages, CopyTheExamForAnotherYear) {
  EXPECT_EQ(
      first.post(notice_pages + "/setup", notice_pages + "/copies", {{"code", "seoul-2022-1"}, {"weeks", "52"}}).status,
      303);
  EXPECT_THAT(first.get("/en/recruitments/seoul-2022-1/setup").body, HasSubstr("shifted from another notice"));
  // Red when a refused copy led to a page without the form and without what was typed.
  const Response odd = first.post(notice_pages + "/setup", notice_pages + "/copies", {{"code", "x-2022"}, {"weeks", "many"}});
  EXPECT_EQ(odd.status, 422);
  EXPECT_THAT(odd.body, AllOf(HasSubstr("1 to 520"), HasSubstr("value=\"x-2022\""), HasSubstr("value=\"many\"")));
  const Response taken =
      first.post(notice_pages + "/setup", notice_pages + "/copies", {{"code", " seoul-2022-1 "}, {"weeks", "52"}});
  EXPECT_EQ(taken.status, 409);
  EXPECT_THAT(taken.body, AllOf(HasSubstr("There is a notice with this code already."), HasSubstr("value=\"seoul-2022-1\"")));
}

TEST_F(SetupPages, ShowThePreviewWithoutWaysToApply) {
  const std::string body = first.get(notice_pages + "/preview").body;
  EXPECT_THAT(body, AllOf(HasSubstr("Seoul open competition, round 1"), Not(HasSubstr("/apply/"))));
  // Red when a calendar without a name was a heading without words.
  EXPECT_THAT(body, AllOf(Not(HasSubstr("<h3></h3>")), HasSubstr("aria-label=\"Calendar\"")));
}

TEST_F(SetupPages, ShowThePathOfAnExam) {
  EXPECT_THAT(first.get("/en/exams/seoul-2021-1/thread").body,
              AllOf(HasSubstr("Path of the exam"), HasSubstr("seats published")));
  EXPECT_THAT(first.get("/en/recruitments").body, HasSubstr("/en/exams/seoul-2021-1/thread"));
  EXPECT_EQ(first.get("/en/exams/nothing/thread").status, 404);
}

// Red while a saving of an announced notice counted nobody, in the form and by the API.
TEST_F(SetupPages, AskForThePeopleWhomASavingConcerns) {
  ASSERT_EQ(first.post(notice_pages + "/setup", notice_pages + "/steps", {{"step", "announce"}, {"concerned", "0"}}).status, 303);
  office.applying.recruitments.counts = {{UnitCode("101"), {.submitted = 3, .paid = 5}}};
  const std::string longer = head_of_units + "101\t일반행정\tgeneral\t9\t10\t120\n102\t일반행정\tlow_income\t9\t10\t100\n"
                                             "201\t일반행정\tgeneral\t9\t10\t100\n";
  EXPECT_THAT(save(first, longer, {{"base_version", "2"}, {"action", "preview"}}).body,
              AllOf(HasSubstr("What it changes for people who have applied"), HasSubstr("name=\"concerned\" value=\"8\"")));
  const Response asked = save(first, longer, {{"base_version", "2"}});
  EXPECT_EQ(asked.status, 409);
  EXPECT_THAT(asked.body, HasSubstr("This concerns 8 people who have applied: times of the exam"));
  const auto duration = [&] {
    return office.applying.recruitments.recruitments.at(ExamCode("seoul-2021-1"))->notice.units[0].unit.duration_min;
  };
  EXPECT_EQ(duration(), 100);
  EXPECT_EQ(save(first, longer, {{"base_version", "2"}, {"concerned", "8"}}).status, 303);
  EXPECT_EQ(duration(), 120);
  const std::string part = "/api/v1/recruitments/seoul-2021-1/parts/notice";
  nlohmann::json definition = nlohmann::json::parse(first.get(part).body)["definition"];
  definition["units"][0]["fee_won"] = 7'000;
  const auto refused = call(first, part, {{"base_version", 3}, {"definition", definition}}, 409);
  EXPECT_EQ(refused["code"], "concern_unsaid");
  EXPECT_EQ(refused["concerned"], 8);
  EXPECT_EQ(refused["effects"][0]["effect"], "fee");
  EXPECT_EQ(call(first, "/api/v1/recruitments", {{"version", 3}, {"definition", definition}}, 409)["concerned"], 8);
  EXPECT_EQ(call(first, part, {{"base_version", 3}, {"definition", definition}, {"concerned", 8}}, 200)["version"], 4);
}

TEST_F(SetupPages, SayTheSameByTheApi) {
  const std::string part = "/api/v1/recruitments/seoul-2021-1/parts/notice";
  nlohmann::json shown = nlohmann::json::parse(first.get(part).body);
  EXPECT_EQ(shown["version"], 1);
  nlohmann::json definition = shown["definition"];
  definition["units"][0]["posts"] = 11;
  EXPECT_EQ(call(first, part, {{"base_version", 1}, {"definition", definition}, {"preview", true}}, 200)["saved"],
            false);
  EXPECT_EQ(call(first, part, {{"base_version", 1}, {"definition", definition}}, 200)["version"], 2);
  definition["units"][0]["posts"] = 12;
  const auto asked = call(second, part, {{"base_version", 1}, {"definition", definition}}, 409);
  EXPECT_EQ(asked["conflicts"][0]["path"], "units/101/posts");
  EXPECT_EQ(asked["conflicts"][0]["theirs"], 11);
  EXPECT_EQ(call(second, part,
                 {{"base_version", 1},
                  {"definition", definition},
                  {"answered_version", 2},
                  {"choices", {{"units/101/posts", "mine"}}}},
                 200)["version"],
            3);
  EXPECT_EQ(nlohmann::json::parse(first.get(part + "/versions").body)["versions"].size(), 3U);
  EXPECT_FALSE(nlohmann::json::parse(first.get("/api/v1/recruitments/seoul-2021-1/gaps").body)["gaps"].empty());
  EXPECT_EQ(call(first, "/api/v1/recruitments/seoul-2021-1/steps", {{"step", "announce"}}, 200)["state"], "published");
  EXPECT_EQ(nlohmann::json::parse(first.get("/api/v1/exams/seoul-2021-1/thread").body)["stages"].size(), 14U);
}

}  // namespace
}  // namespace hanjari::web::testing
