// Officers take a plan from checked to published, in pages and by the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/package/csv.h"
#include "hanjari/package/packed_exam.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string one_plan = "/en/exams/seoul-2021-1/plans/" + std::string(64, 'a');

class PlanPages : public ::testing::Test {
 protected:
  PlanPages() {
    first.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
    second.set_cookie("hanjari_session", office.sign_in("lee", services::Role::exam_officer, ""));
  }

  int step(Browser& browser, const std::string& word) {
    return browser.post(one_plan, one_plan + "/steps", {{"step", word}}).status;
  }
  nlohmann::json call(Browser& browser, const std::string& path, const std::string& body, int status) {
    Request request;
    request.method = Method::post;
    request.path = path;
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = body;
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

TEST_F(PlanPages, LetAnotherOfficerConfirmWhatOneProposed) {
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("Propose it"));
  EXPECT_EQ(step(first, "propose"), 303);
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("You proposed this plan"));
  EXPECT_THAT(first.get(one_plan).body, Not(HasSubstr("Confirm it")));
  EXPECT_EQ(step(first, "confirm"), 409);
  EXPECT_THAT(second.get(one_plan).body, HasSubstr("Confirm it"));
  EXPECT_EQ(step(second, "confirm"), 303);
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("Confirmed by lee"));
  EXPECT_EQ(step(second, "take_back"), 303);
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("Propose it"));
  EXPECT_EQ(step(first, "sign"), 422);
}

TEST_F(PlanPages, AskForAReasonOfAnEmergencyAndShowItAfterwards) {
  office.approvals.rule.second_officer = true;
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("A second officer has to confirm this plan first."));
  const auto publish = [&](const std::map<std::string, std::string>& fields) {
    return first.post(one_plan, one_plan + "/publications", fields).status;
  };
  EXPECT_EQ(publish({{"live_version", "0"}, {"concerned", "yes"}, {"emergency", "yes"}}), 422);
  // Red while only spaces were blank: a pasted character that nobody sees was a reason.
  EXPECT_EQ(publish({{"live_version", "0"}, {"concerned", "yes"}, {"emergency", "yes"}, {"reason", "\u200b\u3000\n"}}), 422);
  EXPECT_EQ(publish({{"emergency", "yes"}, {"reason", "fire"}}), 422) << "without what was compared with";
  EXPECT_EQ(publish({{"live_version", "3"}, {"reason", "fire"}}), 422) << "without the number of people";
  EXPECT_EQ(publish({{"live_version", "3"}, {"concerned", "yes"}, {"reason", "fire"}}), 409) << "another live plan than was shown";
  EXPECT_EQ(publish({{"live_version", "0"}, {"emergency", "yes"}, {"reason", "fire"}}), 422) << "without the number of people";
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("will see their seat from now on: 6"));
  EXPECT_EQ(publish({{"live_version", "0"}, {"concerned", "yes"}, {"emergency", "yes"}, {"reason", "fire"}}), 303);
  office.approvals.changes.push_back({1, std::string(64, 'a'), "", "kim", office.clock.now(), true});
  EXPECT_THAT(first.get("/en/exams/seoul-2021-1/plans").body,
              HasSubstr("Plan 1 went live without a second officer"));
  EXPECT_THAT(first.get("/ko/exams/seoul-2021-1/plans").body, HasSubstr("승인 없이 확정되었습니다"));
}

// Red while only a shell could ask for the second officer whom every plan should have.
TEST_F(PlanPages, AskForASecondOfficer) {
  const std::string list = "/en/exams/seoul-2021-1/plans";
  EXPECT_THAT(first.get(list).body, HasSubstr("may put it live alone"));
  EXPECT_EQ(nlohmann::json::parse(first.get("/api/v1/exams/seoul-2021-1/second-officer").body)["second_officer"], false);
  EXPECT_EQ(first.post(list, "/en/exams/seoul-2021-1/second-officer", {}).header("Location"), list);
  EXPECT_TRUE(office.approvals.rule.second_officer);
  EXPECT_THAT(first.get(list).body, ::testing::AllOf(HasSubstr("has to confirm each plan"), Not(HasSubstr("Ask for a second officer"))));
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("A second officer has to confirm this plan first."));
  // Once more changes nothing, and an exam that is not stored has no rule.
  const std::int64_t version = office.approvals.rule.version;
  EXPECT_EQ(call(second, "/api/v1/exams/seoul-2021-1/second-officer", R"({"reason": "from now on"})", 200)["second_officer"], true);
  EXPECT_EQ(office.approvals.rule.version, version);
  EXPECT_EQ(call(second, "/api/v1/exams/nowhere/second-officer", "{}", 404)["code"], "exam_not_found");
}

TEST_F(PlanPages, SayTheSameByTheApi) {
  const std::string plan = std::string(64, 'a');
  const std::string plans = "/api/v1/exams/seoul-2021-1/plans/" + plan;
  EXPECT_EQ(nlohmann::json::parse(first.get(plans + "/differences").body)["made_from_live"], true);
  EXPECT_EQ(call(first, plans + "/steps", R"({"step": "propose"})", 200)["step"], "proposed");
  EXPECT_EQ(call(first, plans + "/steps", R"({"step": "confirm"})", 409)["code"], "same_officer");
  EXPECT_EQ(call(second, plans + "/steps", R"({"step": "confirm"})", 200)["confirmed_by"], "lee");
  EXPECT_EQ(call(first, "/api/v1/exams/seoul-2021-1/live-plans", R"({"plan": "aaa"})", 422)["code"], "bad_digest");
  EXPECT_EQ(call(first, "/api/v1/exams/seoul-2021-1/live-plans", R"({"plan": 7})", 422)["code"], "bad_request");
  EXPECT_EQ(call(first, "/api/v1/exams/seoul-2021-1/live-plans", "{\"plan\": \"" + plan + "\", \"live_version\": 2}",
                 409)["code"],
            "live_plan_changed");
  EXPECT_EQ(call(first, "/api/v1/exams/seoul-2021-1/live-plans", "{\"plan\": \"" + plan + "\"}", 200)["version"], 1);
}

TEST_F(PlanPages, SayWhichStepsWereTakenAtACommandLine) {
  services::PlanApproval& approval = office.approvals.approvals[std::string(64, 'a')];
  approval.step = services::PlanStep::confirmed;
  approval.proposed_by = "kim";
  approval.confirmed_by = "lee";
  approval.confirmed_at_shell = "root@office-1";
  const std::string page = first.get(one_plan).body;
  EXPECT_THAT(page, HasSubstr("lee, at the command line of root@office-1"));
  EXPECT_THAT(page, Not(HasSubstr("kim, at")));
}

TEST_F(PlanPages, RefuseValuesOfAnotherTypeInsteadOfPassingThemOver) {
  const std::string begin = "{\"plan\": \"" + std::string(64, 'a') + "\", ";
  for (const char* wrong : {R"("live_version": "0")", R"("live_version": 1.5)", R"("live_version": -1)",
                            R"("live_version": 18446744073709551615)", R"("live_version": true)",
                            R"("emergency": "yes")", R"("emergency": 1)", R"("reason": 1)"}) {
    EXPECT_EQ(call(first, "/api/v1/exams/seoul-2021-1/live-plans", begin + wrong + "}", 422)["code"], "bad_request")
        << wrong;
  }
}

// Plan b is live: people A2 and the rooms of A1 were moved by hand since the plan that a was made from.
TEST_F(PlanPages, ShowStepsThatWouldBeLostOnRecord) {
  const std::string live(64, 'b');
  HistoryStep edit;
  edit.kind = StepKind::edit;
  edit.digest = live;
  edit.author = "park";
  edit.reason = "asked";
  HandMove moved;
  moved.applicant = ApplicantId("A2");
  moved.venue = VenueCode("V1");
  moved.room_no = 2;
  HandMove swapped;
  swapped.kind = HandMoveKind::swap_rooms;
  swapped.venue = VenueCode("V1");
  swapped.room_no = 1;
  swapped.with_venue = VenueCode("V2");
  swapped.with_room_no = 7;
  edit.moves = {moved, swapped};
  office.stored.histories[live] = {edit};
  office.stored.live = services::LivePointer{live, office.stored.find_exam(ExamCode("seoul-2021-1"), "")->input_sha256, 4};
  const auto recorded = [&] {
    std::vector<std::vector<std::string>> whose;
    for (const Access& access : office.access.records) {
      if (access.action == "plan.lost_steps" && access.account == "kim") whose.push_back(access.whose);
    }
    return whose;
  };
  // Seen red: codes of people and venues instead of what an officer knows them by.
  const std::string shown = first.get(one_plan).body;
  EXPECT_THAT(shown, HasSubstr("01000002 이순신 to 한빛 &lt;중&gt;학교, room 2"));
  EXPECT_THAT(shown, HasSubstr("rooms 한빛 &lt;중&gt;학교, room 1 and Second School, room 7 exchanged"));
  EXPECT_THAT(first.get("/ko" + one_plan.substr(3)).body, HasSubstr("01000002 이순신을 한빛 &lt;중&gt;학교 2실로 옮김"));
  EXPECT_THAT(recorded(), ::testing::ElementsAre(::testing::ElementsAre("A2"), ::testing::ElementsAre("A2")));
  const std::string plan(64, 'a');
  const auto answer = nlohmann::json::parse(first.get("/api/v1/exams/seoul-2021-1/plans/" + plan + "/differences").body);
  EXPECT_EQ(recorded().size(), 3U);
  EXPECT_EQ(answer["lost"][0]["moves"][1]["with_venue_code"], "V2");
  EXPECT_EQ(answer["lost"][0]["moves"][1]["with_room_no"], 7);
  EXPECT_EQ(answer["lost"][0]["moves"][0]["applicant_number"], "01000002");
  EXPECT_EQ(answer["lost"][0]["moves"][0]["venue"], "한빛 <중>학교");
  // The refusal to put it live names them, too.
  EXPECT_EQ(call(first, "/api/v1/exams/seoul-2021-1/live-plans", "{\"plan\": \"" + plan + "\"}", 409)["code"],
            "other_base");
  EXPECT_EQ(recorded().size(), 4U);
  // Red while a program was told in a sentence alone, which named options of a command.
  const auto refusal = call(first, "/api/v1/exams/seoul-2021-1/live-plans", "{\"plan\": \"" + plan + "\"}", 409);
  EXPECT_EQ(refusal["live_plan"], live);
  EXPECT_EQ(refusal["live_version"], 4);
  EXPECT_EQ(refusal["concerned"], refusal["people"]["told"]);
  EXPECT_EQ(refusal["lost"][0]["moves"][0]["applicant_number"], "01000002");
  EXPECT_EQ(refusal["options"]["instead_of"], live);
  EXPECT_EQ(refusal["options"]["concerned"], refusal["concerned"]);
  EXPECT_EQ(refusal["status"], 409);
  EXPECT_THAT(refusal["detail"].get<std::string>(), Not(HasSubstr("--")));
  EXPECT_THAT(refusal["detail"].get<std::string>(), Not(HasSubstr("bbbbbbbbbbbb")));
  EXPECT_EQ(recorded().size(), 5U) << "named once, recorded once";
  // On a page the refusal says what to do on pages; before, it named options of a command.
  const Response refused = first.post(one_plan, one_plan + "/publications", {{"live_version", "4"}, {"concerned", "yes"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("tick there that the live plan gives way"));
  EXPECT_THAT(refused.body, Not(HasSubstr(" --")));
  EXPECT_THAT(refused.body, Not(HasSubstr("hanjari ")));
  const std::size_t seen = recorded().size();
  // The live plan itself is compared with nothing.
  office.stored.live->plan_digest = plan;
  EXPECT_THAT(first.get(one_plan).body, Not(HasSubstr("What it would change")));
  EXPECT_EQ(recorded().size(), seen);
}

// Every refusal of a plan's address, in both languages: pages name no command and no option.
TEST_F(PlanPages, RefuseInWordsOfPages) {
  const std::string plans = "/exams/seoul-2021-1/plans/";
  for (const std::string& address : {plans + std::string(64, 'c'), plans + "not-a-digest", plans + "aaa",
                                    plans + "aaa/papers", plans + std::string(64, 'c') + "/papers"}) {
    for (const char* language : {"/en", "/ko"}) {
      const Response refused = first.get(language + address);
      EXPECT_THAT(refused.status, ::testing::AnyOf(404, 422)) << address;
      EXPECT_THAT(refused.body, Not(HasSubstr("sha256sum"))) << address;
      EXPECT_THAT(refused.body, Not(HasSubstr("import the"))) << address;  // the menu leads to imports
      EXPECT_THAT(refused.body, Not(HasSubstr(" --"))) << address;
      EXPECT_THAT(refused.body, HasSubstr(language == std::string("/en") ? "list of plans" : "배정안 목록")) << address;
    }
  }
}

// Seen by officers: a plan that had given way was called by the word for the live one.
TEST_F(PlanPages, TellAPlanThatGaveWayFromTheLiveOne) {
  office.approvals.approvals[std::string(64, 'a')].step = services::PlanStep::published;
  const std::string list = "/exams/seoul-2021-1/plans";
  EXPECT_THAT(first.get("/ko" + one_plan.substr(3)).body, HasSubstr(">이전 확정<"));
  EXPECT_THAT(first.get("/ko" + one_plan.substr(3)).body, Not(HasSubstr(">확정<")));
  EXPECT_THAT(first.get("/ko" + list).body, HasSubstr(">이전 확정<"));
  EXPECT_THAT(first.get("/en" + list).body, HasSubstr(">Replaced<"));
  office.stored.live =
      services::LivePointer{std::string(64, 'a'), office.stored.find_exam(ExamCode("seoul-2021-1"), "")->input_sha256, 1};
  EXPECT_THAT(first.get("/ko" + one_plan.substr(3)).body, HasSubstr(">확정<"));
  EXPECT_THAT(first.get("/ko" + list).body, Not(HasSubstr("이전 확정")));
}

// Seen by officers: a new exam was nowhere on the first page until its plan was live, and nobody saw what waits for them.
TEST_F(PlanPages, ListEveryStoredExamWithWhatWaits) {
  EXPECT_THAT(first.get("/ko").body, HasSubstr("기다리는 일이 없습니다"));
  office.approvals.approvals[std::string(64, 'a')].step = services::PlanStep::proposed;
  const std::string waiting = first.get("/ko").body;
  EXPECT_THAT(waiting, HasSubstr("승인을 기다리는 배정안 1건"));
  EXPECT_THAT(waiting, HasSubstr("href=\"/ko/exams/seoul-2021-1/plans\""));
  EXPECT_THAT(waiting, HasSubstr("시험장 보기"));
  EXPECT_THAT(first.get("/ko/exams/seoul-2021-1/plans").body, HasSubstr(">상신<"));
  office.plans.live.clear();
  EXPECT_THAT(first.get("/ko").body, HasSubstr(">승인 대기<"));
  office.approvals.approvals[std::string(64, 'a')].step = services::PlanStep::confirmed;
  EXPECT_THAT(first.get("/en/exams").body, HasSubstr("Confirmed, waiting to go live"));
  office.approvals.approvals.clear();
  EXPECT_THAT(first.get("/ko").body, HasSubstr(">배정안 있음, 상신 전<"));
  EXPECT_THAT(first.get("/ko").body, Not(HasSubstr("시험장 보기"))) << "no plan is live";
  // Coordinators look after live plans only.
  Browser coordinator(running, Listener::office);
  coordinator.set_cookie("hanjari_session", office.sign_in("park", services::Role::district_coordinator, "11110"));
  EXPECT_THAT(coordinator.get("/ko").body, Not(HasSubstr("seoul-2021-1")));
}

TEST_F(PlanPages, ShowTheEmergencyOnTheFirstPage) {
  office.approvals.changes.push_back({1, std::string(64, 'b'), "", "kim", office.clock.now(), true});
  EXPECT_THAT(second.get("/ko").body, HasSubstr("긴급 확정된 배정안이 공개 중입니다"));
}

// Seen by officers: imports were found through the list of jobs only.
TEST_F(PlanPages, HaveImportsAndRecruitmentsInTheMenu) {
  const std::string page = first.get("/ko/exams/seoul-2021-1/plans").body;
  EXPECT_THAT(page, HasSubstr("<a href=\"/ko/imports\">가져오기</a>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"/ko/recruitments\">공고</a>"));
}

// One table goes out as a workbook, with a record of everybody in it, and comes in again. Red when tables of people are not recorded,
// and when a table that names no exam is a fault of ours.
TEST_F(PlanPages, GiveAndTakeOneTable) {
  EXPECT_THAT(first.get("/ko/exams/seoul-2021-1/plans").body, HasSubstr("/ko/exams/seoul-2021-1/tables/applicants.xlsx"));
  const std::size_t before = office.access.records.size();
  const Response rooms = first.get("/ko/exams/seoul-2021-1/tables/rooms.xlsx");
  EXPECT_EQ(rooms.status, 200);
  EXPECT_TRUE(rooms.body.starts_with("PK"));
  ASSERT_EQ(office.access.records.size(), before + 1);
  EXPECT_EQ(first.get("/ko/exams/seoul-2021-1/tables/package.xlsx").status, 200);
  EXPECT_EQ(first.get("/ko/exams/seoul-2021-1/tables/people.xlsx").status, 404);
  EXPECT_EQ(first.get("/ko/exams/seoul-2021-1/tables/rooms.pdf").status, 404);
  EXPECT_EQ(first.get("/ko/exams/seoul-2021-1/tables/rooms").status, 404);
  EXPECT_EQ(first.get("/ko/exams/seoul-2022-9/tables/rooms.xlsx").status, 404);
  EXPECT_THAT(first.get("/ko/imports").body, HasSubstr("value=\"applicants\""));
}

// Red while a table went out as a workbook alone, and while CSV came out in UTF-8 alone.
TEST_F(PlanPages, GiveATableAsCsvInEitherEncoding) {
  EXPECT_THAT(first.get("/ko/exams/seoul-2021-1/plans").body, HasSubstr("/ko/exams/seoul-2021-1/tables/applicants.csv?encoding=cp949"));
  const std::size_t before = office.access.records.size();
  const Response plain = first.get("/ko/exams/seoul-2021-1/tables/venues.csv");
  ASSERT_EQ(plain.status, 200);
  const std::string bytes(plain.content());
  EXPECT_TRUE(bytes.starts_with("\xEF\xBB\xBFvenue_code,")) << bytes.substr(0, 60);
  const Response older = first.get("/api/v1/exams/seoul-2021-1/tables/venues.csv?encoding=CP949");
  ASSERT_EQ(older.status, 200);
  const std::string cp949(older.content());
  EXPECT_FALSE(cp949.starts_with("\xEF"));
  EXPECT_NE(cp949, bytes.substr(3)) << "names in Korean are other bytes";
  ASSERT_EQ(office.access.records.size(), before + 2) << "each is recorded";
  // Either is taken back as what it was.
  for (const auto& [sent, encoding] : {std::pair(bytes, package::Encoding::utf8), std::pair(cp949, package::Encoding::cp949)}) {
    Faults faults;
    std::vector<Fault> warnings;
    package::CsvReader reader("venues.csv", sent, {package::CsvColumn{"venue_code"}, package::CsvColumn{"name"}}, encoding, faults, warnings);
    ASSERT_TRUE(reader.next());
    EXPECT_NE(bytes.find(reader.text(1)), std::string::npos) << reader.text(1);
  }
  EXPECT_EQ(first.get("/ko/exams/seoul-2021-1/tables/venues.csv?encoding=latin").status, 422);
  EXPECT_EQ(first.get("/ko/exams/seoul-2021-1/tables/people.csv").status, 404);
}

// Seen by officers: nothing told which sheets and columns a new exam needs. Red when the example cannot be sent back as it is.
TEST_F(PlanPages, GiveAnExampleThatMakesAnExam) {
  EXPECT_THAT(first.get("/ko/imports").body, HasSubstr("href=\"/ko/imports/example.xlsx\""));
  const Response example = first.get("/ko/imports/example.xlsx");
  ASSERT_EQ(example.status, 200);
  const package::LoadedExam read =
      package::load_exam(package::unpack_exam(example.content()), package::Encoding::utf8, no_progress());
  EXPECT_EQ(read.exam.applicants.size(), 40U);
  EXPECT_TRUE(read.warnings.empty());
}

// Seen by administrators and auditors: a refusal led to a first page that was refused as well.
TEST_F(PlanPages, LeadEveryRoleToAPageOfItsOwn) {
  for (const auto& [role, page] : {std::pair(services::Role::administrator, "/ko/keys"), std::pair(services::Role::auditor, "/ko/audit")}) {
    Browser browser(running, Listener::office);
    browser.set_cookie("hanjari_session", office.sign_in("staff-" + std::string(page + 4), role, ""));
    EXPECT_EQ(browser.get("/ko").header("Location"), page);
    const Response refused = browser.get("/ko/searches");
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, HasSubstr(std::string("class=\"brand\" href=\"") + page + "\""));
    EXPECT_THAT(refused.body, HasSubstr(std::string("primary\" href=\"") + page + "\""));
    EXPECT_EQ(browser.get(page).status, 200);
  }
}

// Seen by officers: the answer to the second click was a refusal of what the first had done.
TEST_F(PlanPages, TakeASecondClickForTheFirst) {
  EXPECT_EQ(step(first, "propose"), 303);
  EXPECT_EQ(step(first, "propose"), 303);
  EXPECT_EQ(step(second, "propose"), 409) << "somebody else's proposal";
  EXPECT_EQ(step(second, "confirm"), 303);
  EXPECT_EQ(step(second, "confirm"), 303);
  const Response refused = first.post(one_plan, one_plan + "/steps", {{"step", "confirm"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("href=\"" + one_plan + "\"")) << "the refusal leads back to the plan";
  // Live by kim since the page was opened.
  office.stored.live =
      services::LivePointer{std::string(64, 'a'), office.stored.find_exam(ExamCode("seoul-2021-1"), "")->input_sha256, 1};
  office.approvals.changes.push_back({1, std::string(64, 'a'), "", "kim", office.clock.now(), false});
  const std::map<std::string, std::string> form{{"live_version", "0"}, {"concerned", "yes"}};
  EXPECT_EQ(first.post(one_plan, one_plan + "/publications", form).status, 303);
  EXPECT_EQ(second.post(one_plan, one_plan + "/publications", form).status, 409);
}

TEST_F(PlanPages, AskWhatHasChangedBeforeARePlan) {
  const std::string plans = "/en/exams/seoul-2021-1/plans";
  const Response refused = first.post(plans, "/en/exams/seoul-2021-1/replans", {{"reason", " "}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("href=\"" + plans + "\""));
  // Red while a long reason was cut off, in the middle of a letter, without a word.
  std::string reason;
  while (reason.size() <= 1'000) reason += "가";
  const Response too_long = first.post(plans, "/en/exams/seoul-2021-1/replans", {{"reason", reason}});
  EXPECT_EQ(too_long.status, 422);
  EXPECT_THAT(too_long.body, HasSubstr("The reason has at most 1,000 bytes"));
}

TEST_F(PlanPages, ChangeAnyPlanForTheNewestList) {
  EXPECT_THAT(first.get(one_plan).body, ::testing::AllOf(HasSubstr("name=\"from\" value=\"" + std::string(64, 'a') + "\""),
                                                         HasSubstr("action=\"/en/exams/seoul-2021-1/replans\"")));
  const Response ordered = first.post(one_plan, "/en/exams/seoul-2021-1/replans", {{"from", std::string(64, 'a')}, {"reason", "a school more"}});
  ASSERT_EQ(ordered.status, 303);
  const auto request = nlohmann::json::parse(office.jobs.jobs.back().order.request);
  EXPECT_EQ(request["from"], std::string(64, 'a'));
  EXPECT_EQ(request["told"], false);
  EXPECT_EQ(call(first, "/api/v1/exams/seoul-2021-1/replans", R"({"from": "0000000000000000", "reason": "none"})", 404)["code"], "plan_not_found");
}

// Red while a program could put a plan live without a word about the people whom that concerns.
TEST_F(PlanPages, AskAProgramHowManyPeopleGoingLiveConcerns) {
  const std::string live_plans = "/api/v1/exams/seoul-2021-1/live-plans";
  const std::string begin = "{\"plan\": \"" + std::string(64, 'a') + "\"";
  const auto wrong = call(first, live_plans, begin + ", \"concerned\": 5}", 409);
  EXPECT_EQ(wrong["code"], "people_concerned");
  EXPECT_EQ(wrong["concerned"], 6);
  EXPECT_EQ(wrong["options"]["concerned"], 6);
  EXPECT_THAT(wrong["detail"].get<std::string>(), HasSubstr("6명이 자리를"));
  EXPECT_EQ(call(first, live_plans, begin + ", \"concerned\": \"6\"}", 422)["code"], "bad_request");
  EXPECT_EQ(call(first, live_plans, begin + ", \"concerned\": 6}", 200)["version"], 1);
}

// Red while a refused step said in a sentence alone what could be done instead.
TEST_F(PlanPages, TellAProgramWhichStepsItCanTake) {
  const std::string steps = "/api/v1/exams/seoul-2021-1/plans/" + std::string(64, 'a') + "/steps";
  const auto early = call(first, steps, R"({"step": "confirm"})", 409);
  EXPECT_EQ(early["code"], "wrong_plan_step");
  EXPECT_EQ(early["next_steps"], nlohmann::json::array({"propose"}));
  EXPECT_EQ(early["unseated"], 0);
  call(first, steps, R"({"step": "propose"})", 200);
  const auto own = call(first, steps, R"({"step": "confirm"})", 409);
  EXPECT_EQ(own["code"], "same_officer");
  EXPECT_EQ(own["step"], "proposed");
  EXPECT_EQ(own["proposed_by"], "kim");
  EXPECT_EQ(own["next_steps"], nlohmann::json::array({"take_back"}));
  EXPECT_EQ(call(second, steps, R"({"step": "propose"})", 409)["next_steps"],
            nlohmann::json::array({"confirm", "take_back"}));
}

// Red while packages were told apart by a count of people that two of them had in common, and plans by their digest.
TEST_F(PlanPages, NamePackagesAndPlansByNumberAndMoment) {
  office.stored.newer = {{std::string(64, 'e'), 6, office.clock.now()}};
  office.stored.live = services::LivePointer{std::string(64, 'a'), office.stored.find_exam(ExamCode("seoul-2021-1"), "")->input_sha256, 2};
  office.approvals.changes.push_back({2, std::string(64, 'a'), "", "kim", office.clock.now(), true});
  const std::string page = first.get("/ko/exams/seoul-2021-1/plans").body;
  EXPECT_THAT(page, HasSubstr(">제2판: 응시자 6명, 2021-06-04 09:00 (Asia/Seoul)에 가져옴</option>"));
  EXPECT_THAT(page, HasSubstr(">제1판: 응시자 6명, "));
  EXPECT_THAT(page, HasSubstr("<p>배정안 1에서 시작합니다(2번째 확정, 2021-06-04 09:00 (Asia/Seoul)).</p>"));
  EXPECT_THAT(page, HasSubstr("배정안 1 <span class=\"venue-code\">aaaaaaaaaaaa</span></a>"));
  EXPECT_THAT(page, HasSubstr("확정되었습니다: 배정안 1(kim, "));
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("<h1>Plan 1</h1>"));
  // Red while what a decision on one person's health left stood among the imported packages as one of them.
  office.stored.newer.front().by_decision = true;
  const std::string decided = first.get("/ko/exams/seoul-2021-1/plans").body;
  EXPECT_THAT(decided, HasSubstr(">제2판: 응시자 6명, 2021-06-04 09:00 (Asia/Seoul) 자진신고 결정으로 생김</option>"));
  EXPECT_THAT(decided, Not(HasSubstr("자진신고 결정으로 생긴 배정안")));
  services::StoredPlan made{std::string(64, 'b'), std::string(64, 'e'), PlanStatus::feasible, 6, 0, {}};
  made.by_decision = true;
  office.stored.more_plans.push_back(made);
  EXPECT_THAT(first.get("/ko/exams/seoul-2021-1/plans").body, HasSubstr("자진신고 결정으로 생긴 배정안"));
}

TEST_F(PlanPages, WarnBeforeAPlanOfAnOlderPackageGoesLive) {
  EXPECT_THAT(first.get(one_plan).body, Not(HasSubstr("Made for an earlier list of applicants")));
  office.stored.newer = {{std::string(64, 'e'), 7, {}}};
  office.stored.venues_gone = {"Closed <School>"};
  const std::string page = first.get(one_plan).body;
  EXPECT_THAT(page, HasSubstr("Made for an earlier list of applicants"));
  EXPECT_THAT(page, HasSubstr("<li>Closed &lt;School&gt;</li>"));
}

TEST_F(PlanPages, SayTheirFiguresAndLeadToThePapers) {
  const std::string page = first.get(one_plan).body;
  EXPECT_THAT(page, HasSubstr("<dt>Applicants</dt><dd>6</dd>"));
  const std::string korean = first.get("/ko" + one_plan.substr(3)).body;
  EXPECT_THAT(korean, HasSubstr("<dt>응시자</dt><dd>6명</dd>"));
  EXPECT_THAT(korean, HasSubstr("곳</dd>"));
  EXPECT_THAT(page, HasSubstr("<dt>Venues</dt>"));
  EXPECT_THAT(page, HasSubstr(one_plan + "/papers"));
}

// Seen red: every look at the list read one whole exam, and every look at a plan beside a live one read two.
TEST_F(PlanPages, OpenWithoutReadingWholeExams) {
  first.get("/en/exams/seoul-2021-1/plans");
  first.get(one_plan);
  EXPECT_EQ(office.stored.exams_read, 0);
  office.stored.live = services::LivePointer{std::string(64, 'b'), office.stored.find_exam(ExamCode("seoul-2021-1"), "")->input_sha256, 1};
  first.get(one_plan);
  const int counted = office.stored.exams_read;
  EXPECT_THAT(first.get(one_plan).body, HasSubstr("People to be told"));
  EXPECT_EQ(office.stored.exams_read, counted) << "the figures were kept at the first look";
}

}  // namespace
}  // namespace hanjari::web::testing
