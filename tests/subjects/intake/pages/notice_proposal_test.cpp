// A change of an announced notice in the office and by the interface: proposed in a form, decided on by another officer
// with a code.
#include <chrono>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hanjari/accounts/totp.h"
#include "hanjari/intake/refusals.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string changed_notice = "/en/recruitments/seoul-2021-1";
const std::string changed_basics = changed_notice + "/setup/basics";
const std::string proposal_page = changed_notice + "/proposal";
const std::string proposal_api = "/api/v1/recruitments/seoul-2021-1/proposal";

class NoticeProposalPages : public ::testing::Test {
 protected:
  NoticeProposalPages() {
    office.clock.set(hanjari::tests::at("2021-02-01T09:00:00+09:00"));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::published,
                                                  0, {"kim", "first", office.clock.now()});
    office.applying.setups.rules[ExamCode("seoul-2021-1")] = {true, false, 1};
    for (const auto& [name, browser] : {std::pair{"kim", &first}, std::pair{"lee", &second}}) {
      browser->set_cookie("hanjari_session", office.sign_in(name, services::Role::exam_officer, ""));
      office.accounts.accounts.at(name).totp_secret = std::string(20, name[0]);
    }
  }
  // No code is taken twice: every one is read a minute later.
  std::string code_of_second() {
    office.clock.pass(std::chrono::seconds(60));
    return services::totp_code(std::string(20, 'l'), services::totp_step_at(office.clock.now()));
  }
  Response propose(Browser& browser, const std::string& name_ko, std::map<std::string, std::string> more = {}) {
    more.emplace("reason", "the council renamed it");
    std::map<std::string, std::string> typed{{"base_version", "1"},   {"action", "save"},
                                             {"name_ko", name_ko},    {"name_en", "Renamed round"},
                                             {"exam_on", "2021-06-05"}, {"time_zone", "Asia/Seoul"},
                                             {"kind", "scheduled"},   {"counts_shown_from", ""}};
    for (const auto& [field, value] : more) typed[field] = value;
    return browser.post(changed_basics, changed_basics, typed);
  }
  Response step(Browser& browser, std::map<std::string, std::string> fields) {
    const auto proposal = office.applying.proposals.find_proposal(ExamCode("seoul-2021-1"));
    fields.emplace("digest", proposal ? proposal->digest : std::string(64, 'd'));
    fields.emplace("version", "1");
    return browser.post(proposal_page, proposal_page, fields);
  }
  std::string shown_name() {
    return office.applying.recruitments.recruitments.at(ExamCode("seoul-2021-1"))->notice.header.name_ko;
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
  const std::string name_before = hanjari::tests::sample_notice().header.name_ko;
  int calls = 0;
};

TEST_F(NoticeProposalPages, SayWhenNothingIsProposed) {
  EXPECT_THAT(second.get(proposal_page).body, HasSubstr("Nobody has proposed a change"));
  EXPECT_THAT(second.get("/ko/recruitments/seoul-2021-1/proposal").body, HasSubstr("상신된 공고 변경이 없습니다"));
  EXPECT_TRUE(nlohmann::json::parse(second.get(proposal_api).body)["proposal"].is_null());
  EXPECT_EQ(second.get(changed_notice + "/preview?of=proposal").status, 404);
}

// Red when one officer's saving reached applicants at once.
TEST_F(NoticeProposalPages, ShowTheChangeToTheSecondOfficerOnly) {
  EXPECT_THAT(first.get(changed_basics).body,
              AllOf(HasSubstr("waits until another officer confirms it"), HasSubstr(">Propose</button>"),
                    Not(HasSubstr("applicants see what you save at once"))));
  const Response proposed = propose(first, "새 이름");
  EXPECT_EQ(proposed.status, 303) << proposed.body;
  EXPECT_EQ(proposed.header("Location"), proposal_page);
  EXPECT_EQ(shown_name(), name_before);
  EXPECT_THAT(first.get(proposal_page).body,
              AllOf(HasSubstr("another officer has to confirm it"), HasSubstr("value=\"take_back\""),
                    Not(HasSubstr("value=\"confirm\""))));
  const std::string page = second.get(proposal_page).body;
  EXPECT_THAT(page, AllOf(HasSubstr("새 이름"), HasSubstr(name_before), HasSubstr("the council renamed it"),
                          HasSubstr("value=\"confirm\""), HasSubstr("value=\"refuse\""),
                          Not(HasSubstr("value=\"take_back\""))));
  EXPECT_THAT(page, HasSubstr(office.applying.proposals.find_proposal(ExamCode("seoul-2021-1"))->digest));
  EXPECT_THAT(second.get(changed_notice + "/preview?of=proposal").body,
              AllOf(HasSubstr("Renamed round"), HasSubstr("The notice with this change"),
                    HasSubstr("href=\"" + proposal_page + "\""), Not(HasSubstr("applicants will see version"))));
  EXPECT_THAT(second.get(changed_notice + "/preview").body, Not(HasSubstr("Renamed round")));
  EXPECT_THAT(second.get(changed_notice + "/setup").body, HasSubstr(proposal_page));
}

TEST_F(NoticeProposalPages, ConfirmWithACodeWhatWasSeen) {
  propose(first, "새 이름");
  EXPECT_EQ(step(second, {{"step", "confirm"}, {"code", code_of_second()}}).status, 409) << "the box was not ticked";
  const Response wrong = step(second, {{"step", "confirm"}, {"concerned", "0"}, {"code", "000000"}});
  EXPECT_EQ(wrong.status, 403);
  EXPECT_THAT(wrong.body, HasSubstr("value=\"confirm\"")) << "the form is still there";
  EXPECT_EQ(step(second, {{"step", "confirm"}, {"concerned", "0"}, {"digest", std::string(64, 'f')}}).status, 409);
  EXPECT_EQ(step(first, {{"step", "confirm"}, {"concerned", "0"}}).status, 409) << "by who proposed it";
  EXPECT_EQ(step(second, {{"step", "shout"}}).status, 422);
  EXPECT_EQ(shown_name(), name_before);
  const std::string code = code_of_second();
  EXPECT_EQ(step(second, {{"step", "confirm"}, {"concerned", "0"}, {"code", code}}).status, 303);
  EXPECT_EQ(shown_name(), "새 이름");
  EXPECT_EQ(step(second, {{"step", "confirm"}, {"concerned", "0"}, {"code", code}}).status, 303) << "the second click";
  EXPECT_THAT(second.get(changed_notice + "/versions/notice").body, HasSubstr("Confirmed by lee"));
}

TEST_F(NoticeProposalPages, TurnDownWithAReason) {
  propose(first, "새 이름");
  EXPECT_EQ(step(second, {{"step", "refuse"}}).status, 422);
  EXPECT_EQ(step(second, {{"step", "refuse"}, {"reason", "not decided yet"}}).status, 303);
  EXPECT_THAT(first.get(proposal_page).body, AllOf(HasSubstr("lee turned it down: not decided yet"), HasSubstr("새 이름")));
  EXPECT_EQ(shown_name(), name_before);
}

TEST_F(NoticeProposalPages, MakeAnewWhatCountsNoMore) {
  propose(first, "새 이름");
  EXPECT_THAT(first.get(proposal_page).body, Not(HasSubstr("value=\"renew\"")));
  auto& notices = office.applying.recruitments;
  notices.save_recruitment(notices.find_recruitment(ExamCode("seoul-2021-1"))->notice, services::RecruitmentState::closed, 1,
                           {"program", "closing", office.clock.now()});
  EXPECT_THAT(second.get(proposal_page).body, AllOf(HasSubstr("has to be made anew"), Not(HasSubstr("value=\"confirm\""))));
  EXPECT_EQ(step(second, {{"step", "confirm"}, {"concerned", "0"}, {"code", code_of_second()}}).status, 409);
  EXPECT_EQ(step(first, {{"step", "renew"}}).status, 303);
  EXPECT_THAT(second.get(proposal_page).body, AllOf(HasSubstr("value=\"confirm\""), HasSubstr("새 이름")));
  EXPECT_EQ(step(second, {{"step", "confirm"}, {"version", "2"}, {"concerned", "0"}, {"code", code_of_second()}}).status, 303);
  EXPECT_EQ(shown_name(), "새 이름");
}

TEST_F(NoticeProposalPages, AskWhatBecomesOfTheOwnProposal) {
  propose(first, "새 이름");
  EXPECT_THAT(first.get(changed_basics).body, HasSubstr("id=\"pending-grows\""));
  const Response asked = propose(first, "다른 이름");
  EXPECT_EQ(asked.status, 409);
  EXPECT_THAT(asked.body, AllOf(HasSubstr("#pending-grows"), HasSubstr("다른 이름"), HasSubstr("the council renamed it")))
      << "what was typed stays";
  EXPECT_EQ(propose(first, "다른 이름", {{"pending", "gives_way"}}).status, 303);
  EXPECT_THAT(second.get(proposal_page).body, HasSubstr("다른 이름"));
  const Response others = propose(second, "셋째 이름");
  EXPECT_EQ(others.status, 409);
  EXPECT_THAT(others.body, AllOf(HasSubstr(proposal_page), HasSubstr("kim has proposed a change")));
  EXPECT_EQ(step(first, {{"step", "take_back"}}).status, 303);
  EXPECT_THAT(second.get(proposal_page).body, HasSubstr("Nobody has proposed a change"));
}

TEST_F(NoticeProposalPages, NeedAReasonAndKeepTheFormWithoutOne) {
  const Response asked = propose(first, "새 이름", {{"reason", " "}});
  EXPECT_EQ(asked.status, 422);
  EXPECT_THAT(asked.body, AllOf(HasSubstr("href=\"#reason\""), HasSubstr("새 이름")));
  // The reason stays in the form that shows what would change.
  EXPECT_THAT(propose(first, "새 이름", {{"action", "preview"}}).body, HasSubstr("value=\"the council renamed it\""));
}

// Red when whoever had looked at the change first, or had left the reason out, proposed what could not wait.
TEST_F(NoticeProposalPages, KeepTheMarkOfAnEmergencyInTheForm) {
  const std::string marked = "name=\"emergency\" value=\"yes\" checked";
  EXPECT_THAT(first.get(changed_basics).body, Not(HasSubstr(marked)));
  EXPECT_THAT(propose(first, "새 이름", {{"action", "preview"}, {"emergency", "yes"}}).body, HasSubstr(marked));
  const Response asked = propose(first, "새 이름", {{"reason", ""}, {"emergency", "yes"}});
  EXPECT_EQ(asked.status, 422);
  EXPECT_THAT(asked.body, AllOf(HasSubstr(marked), HasSubstr("<details open>")));
}

// Red when the refusal was a page of its own and what was typed was gone.
TEST_F(NoticeProposalPages, KeepWhatWasTypedWhereItContradictsWhatIsStored) {
  office.applying.proposals.before_save = [] {
    throw services::NoticeContradicts("exam_code_taken", {"the code is another notice's", "다른 공고의 코드입니다"});
  };
  const Response refused = propose(first, "새 이름");
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("the code is another notice"), HasSubstr("value=\"새 이름\""),
                                  HasSubstr("value=\"the council renamed it\"")));
  EXPECT_FALSE(office.applying.proposals.find_proposal(ExamCode("seoul-2021-1")));
}

TEST_F(NoticeProposalPages, NameAnEmergencyOnTheFirstPage) {
  EXPECT_EQ(propose(first, "새 이름", {{"emergency", "yes"}, {"reason", "closing in an hour"}}).status, 303);
  EXPECT_EQ(shown_name(), "새 이름");
  EXPECT_THAT(second.get("/en").body, HasSubstr("kim changed the announced notice in an emergency"));
  EXPECT_THAT(second.get("/ko").body, HasSubstr("긴급 변경했습니다"));
  EXPECT_THAT(second.get(changed_notice + "/versions/notice").body, HasSubstr("in an emergency"));
}

// Red while who confirms was told how many people have applied, and nothing of what changes for them.
TEST_F(NoticeProposalPages, TellTheSecondOfficerWhatChangesForWhom) {
  office.applying.recruitments.counts = {{UnitCode("101"), {.submitted = 3, .paid = 5}}, {UnitCode("102"), {.paid = 40}}};
  const std::string part = "/api/v1/recruitments/seoul-2021-1/parts/notice";
  nlohmann::json definition = nlohmann::json::parse(first.get(part).body)["definition"];
  definition["units"][0]["fee_won"] = 7'000;
  call(first, part, {{"base_version", 1}, {"definition", definition}, {"reason", "as decreed"}}, 202);
  EXPECT_THAT(second.get(proposal_page).body,
              AllOf(HasSubstr("What it changes for people who have applied"), HasSubstr("7,000 won"),
                    HasSubstr("name=\"concerned\" value=\"8\"")));
  const auto shown = nlohmann::json::parse(second.get(proposal_api).body)["proposal"];
  EXPECT_EQ(shown["concerned"], 8);
  EXPECT_EQ(shown["effects"][0]["effect"], "fee");
  const nlohmann::json confirm{
      {"step", "confirm"}, {"digest", shown["digest"]}, {"version", 1}, {"concerned", 0}, {"code", code_of_second()}};
  EXPECT_EQ(call(second, proposal_api, confirm, 409)["concerned"], 8);
}

TEST_F(NoticeProposalPages, SayTheSameByTheInterface) {
  const std::string part = "/api/v1/recruitments/seoul-2021-1/parts/notice";
  nlohmann::json definition = nlohmann::json::parse(first.get(part).body)["definition"];
  definition["units"][0]["posts"] = 11;
  nlohmann::json sent{{"base_version", 1}, {"definition", definition}, {"reason", "miscounted"}};
  EXPECT_EQ(call(first, part, sent, 202)["proposed"], true);
  sent["definition"]["units"][1]["posts"] = 22;
  call(first, part, sent, 409);
  sent["pending"] = "shrinks";
  call(first, part, sent, 422);
  sent["pending"] = "grows";
  call(first, part, sent, 202);
  const auto shown = nlohmann::json::parse(second.get(proposal_api).body)["proposal"];
  EXPECT_EQ(shown["differences"].size(), 2U);
  EXPECT_EQ(shown["next_steps"], nlohmann::json({"confirm", "refuse"}));
  EXPECT_EQ(shown["proposed_by"], "kim");
  EXPECT_EQ(shown["concerned"], 0);
  nlohmann::json confirm{{"step", "confirm"}, {"digest", shown["digest"]}, {"version", 1}};
  call(second, proposal_api, confirm, 409);
  confirm["concerned"] = 0;
  confirm["code"] = "000000";
  call(second, proposal_api, confirm, 403);
  confirm["code"] = code_of_second();
  EXPECT_EQ(call(second, proposal_api, confirm, 200)["version"], 2);
  // A whole notice obeys the same.
  definition["units"][0]["posts"] = 33;
  nlohmann::json whole{{"definition", definition}, {"version", 2}, {"reason", "miscounted"}, {"pending", "grows"}};
  call(first, "/api/v1/recruitments", whole, 422);
  whole.erase("pending");
  EXPECT_EQ(call(first, "/api/v1/recruitments", whole, 202)["proposed"], true);
  const auto next = nlohmann::json::parse(second.get(proposal_api).body)["proposal"];
  EXPECT_EQ(call(second, proposal_api,
                 {{"step", "refuse"}, {"digest", next["digest"]}, {"version", 2}, {"reason", "not so many"}}, 200)["version"],
            2);
  EXPECT_EQ(nlohmann::json::parse(first.get(proposal_api).body)["proposal"]["refused"]["reason"], "not so many");
}

}  // namespace
}  // namespace hanjari::web::testing
