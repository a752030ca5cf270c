// From the list of people to duties, answers and exchanges, as officers and invigilators go through it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/staffing/staff.h"
#include "invigilators/small_people.h"
#include "stage/browser.h"
#include "stage/made_workbook.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using hanjari::tests::at;
using hanjari::tests::small_people;
using hanjari::tests::zip_of_people;
using services::PersonState;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string people_page = "/en/exams/seoul-2021-1/invigilators";
const std::string duties_page = "/en/exams/seoul-2021-1/duties";
const ExamCode duty_exam("seoul-2021-1");

class DutyPages : public ::testing::Test {
 protected:
  DutyPages() {
    office.stored.live = services::LivePointer{std::string(64, 'a'), "", 1};
    browser.set_cookie("hanjari_session", office.sign_in("officer", Role::exam_officer, ""));
  }
  Response send(const hanjari::tests::PeopleFiles& files) {
    return browser.post_files(people_page, people_page + "/imports", {{"encoding", "utf8"}},
                              {{"people", "people.zip", zip_of_people(files)}});
  }
  const services::ListedPerson& person(const char* id) { return office.invigilators.people.at(InvigilatorId(id)); }
  std::string code_of(const char* id) {
    for (const auto& [code, owner] : office.invigilators.codes) {
      if (owner == InvigilatorId(id)) return code;
    }
    return "";
  }
  // As the program that serves does it.
  void work() {
    for (services::Job& job : office.jobs.jobs) {
      if (services::is_over(job.state)) continue;
      job.result = services::staffing_work(office.stored, office.invigilators, office.clock)({job, no_progress(), {}});
      job.state = services::JobState::done;
    }
  }
  void have_duties() {
    ASSERT_EQ(send(small_people()).status, 200);
    ASSERT_EQ(browser.post(duties_page, duties_page + "/staffings", {}).status, 303);
    work();
    ASSERT_EQ(office.invigilators.staffings.size(), 1u);
  }
  Response answer(const char* id, std::map<std::string, std::string> fields) {
    Browser phone(running, Listener::portal);
    fields["code"] = code_of(id);
    Response answered = phone.post("/en/duty", "/en/duty/answers", fields);
    return answered.status == 303 ? phone.get(std::string(answered.header("Location"))) : answered;
  }
  Response edit(std::map<std::string, std::string> fields) {
    fields.emplace("reason", "asked by the school");
    fields.emplace("version", std::to_string(office.invigilators.staffings.front().version));
    return browser.post(duties_page, duties_page + "/edits", fields);
  }
  std::string duties_csv() {
    return office.invigilators.files.at(office.invigilators.staffings.front().id).at("duties.csv");
  }
  void invite_again(const char* id) {
    office.invigilators.people.at(InvigilatorId(id)).state = PersonState::listed;
    office.invigilators.people.at(InvigilatorId(id)).email = std::string(id) + "@example.kr";
    browser.post(people_page, people_page + "/invitations", {{"people", id}});
  }

  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

TEST_F(DutyPages, ImportAListAndSayEveryFaultOfIt) {
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("Nobody is in the list yet"));
  auto files = small_people();
  files["invigilators.csv"] += "S9,감독9,학교9,11110,95,127.0,chief,x,yes\n";
  const Response refused = send(files);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("past_duties"));
  EXPECT_THAT(refused.body, HasSubstr("lat"));
  EXPECT_TRUE(office.invigilators.people.empty());
  files = small_people();
  files["contacts.csv"] += "S77,s77@example.kr,\n";
  EXPECT_EQ(send(files).status, 422) << "a contact of nobody";
  const Response taken = send(small_people());
  ASSERT_EQ(taken.status, 200);
  EXPECT_THAT(taken.body, HasSubstr("New: 8, changed: 0, in the list: 8."));
  EXPECT_EQ(office.invigilators.people.size(), 8u);
  EXPECT_EQ(person("S1").state, PersonState::consented);
  EXPECT_EQ(person("S8").state, PersonState::listed);
  EXPECT_EQ(person("S8").email, "s8@example.kr");
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("감독8"));
  ASSERT_EQ(send(small_people()).status, 200);
  EXPECT_EQ(person("S1").version, 1) << "nothing of the person changed";
}

// Red while a person whose id had lost its zeros, or its capital, was added beside the one of the list and asked twice.
TEST_F(DutyPages, MakeNoSecondPersonOfAnIdInOtherSpelling) {
  ASSERT_EQ(send(small_people()).status, 200);
  auto files = small_people();
  files["contacts.csv"] = "invigilator_id,email,phone\n";
  std::string& people = files["invigilators.csv"];
  people.replace(people.find("\nS1,"), 4, "\ns1,");
  const Response refused = send(files);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("is not in the stored list"));
  EXPECT_EQ(browser.post(people_page, people_page, {{"person", "s1"}, {"name", "김하나"}, {"lat", "37.5"}, {"lon", "127"},
                                                    {"roles", "chief"}}).status, 422);
  EXPECT_EQ(office.invigilators.people.size(), 8u);
  files = small_people();
  files["contacts.csv"] = "invigilator_id,email,phone\ns8,s8@example.kr,\n";
  EXPECT_THAT(send(files).body, HasSubstr("does not stand in invigilators.csv, but"));
  files["contacts.csv"] = small_people()["contacts.csv"];
  files["past_duties.csv"] = "invigilator_id,held_on\ns2,2020\n";
  EXPECT_THAT(send(files).body, HasSubstr("does not stand in invigilators.csv, but"));
  // A list that has both means two people: its rows are right.
  files = small_people();
  files["invigilators.csv"] += "s1,감독9,학교9,11110,37.5,127.0,chief,0,no\n";
  EXPECT_EQ(send(files).status, 200);
  EXPECT_EQ(office.invigilators.people.size(), 9u);
}

TEST_F(DutyPages, TakeAPersonAsTypedUnderTheRulesOfTheTable) {
  EXPECT_EQ(browser.post(people_page, people_page, {{"person", "S1"}, {"name", "김하나"}, {"roles", "boss"}}).status, 422);
  EXPECT_TRUE(office.invigilators.people.empty());
  EXPECT_EQ(browser.post(people_page, people_page, {{"person", "S1"}, {"name", "김하나"}, {"lat", "37.5"}, {"lon", "127"},
                                                    {"roles", "chief;reserve"}, {"email", "one@example.kr"}}).status, 303);
  EXPECT_EQ(person("S1").facts.name, "김하나");
  EXPECT_EQ(person("S1").state, PersonState::listed);
}

TEST_F(DutyPages, AskForConsentByACodeThatIsGoodForAWhile) {
  send(small_people());
  const Response invited = browser.post(people_page, people_page + "/invitations", {{"people", ""}});
  EXPECT_THAT(invited.body, HasSubstr("Invitations sent: 1"));
  ASSERT_EQ(office.invigilators.messages.size(), 1u);
  const services::Message& message = office.invigilators.messages.front();
  EXPECT_EQ(message.to, "s8@example.kr");
  EXPECT_EQ(message.exam, "seoul-2021-1") << "destroyed with the exam";
  EXPECT_THAT(message.body, HasSubstr(code_of("S8").substr(0, 4) + "-" + code_of("S8").substr(4, 4)));
  EXPECT_EQ(answer("S8", {{"answer", "decline"}}).status, 422) << "a decline says why";
  EXPECT_EQ(person("S8").state, PersonState::invited);
  EXPECT_EQ(answer("S8", {{"answer", "consent"}}).status, 200);
  EXPECT_EQ(person("S8").state, PersonState::consented);
  EXPECT_TRUE(person("S8").facts.consent);
  EXPECT_THAT(answer("S8", {{"answer", "decline"}, {"reason", "late"}}).body, HasSubstr("cannot be done now"));
  EXPECT_EQ(answer("S8", {{"answer", "withdraw"}, {"reason", "ill"}}).status, 200);
  EXPECT_FALSE(person("S8").facts.consent);
  EXPECT_EQ(person("S8").reason, "ill");
}

// Red when only those who were asked ever get a code: consents that came with a list would have no page.
TEST_F(DutyPages, GiveACodeToWhomAListSaysToHaveConsented) {
  send(small_people());
  EXPECT_THAT(browser.post(people_page, people_page + "/invitations", {{"consented_too", "yes"}}).body,
              HasSubstr("Invitations sent: 1. Without e-mail and phone: 6. Codes for their own page sent to people who had consented: 1."));
  EXPECT_EQ(person("S1").state, PersonState::consented);
  Browser phone(running, Listener::portal);
  ASSERT_EQ(phone.post("/en/duty", "/en/duty", {{"code", code_of("S1")}}).status, 303);
  EXPECT_THAT(phone.get("/en/duty").body, HasSubstr("You have no place yet"));
}

TEST_F(DutyPages, TakeNoAnswerAfterTheTime) {
  send(small_people());
  browser.post(people_page, people_page + "/invitations", {});
  office.clock.pass(std::chrono::hours(24 * 7) + std::chrono::seconds(1));
  EXPECT_THAT(answer("S8", {{"answer", "consent"}}).body, HasSubstr("The time for an answer is over"));
  EXPECT_EQ(person("S8").state, PersonState::invited);
}

// Red when an answer is asked for by a day after the exam.
TEST_F(DutyPages, AskForNoAnswerAfterTheDayOfTheExamHasBegun) {
  office.clock.set(at("2021-06-03T12:00:00+09:00"));
  browser.set_cookie("hanjari_session", office.sign_in("later", Role::exam_officer, ""));
  send(small_people());
  browser.post(people_page, people_page + "/invitations", {});
  EXPECT_EQ(person("S8").invited_until, at("2021-06-05T00:00:00+09:00"));
}

TEST_F(DutyPages, OpenNothingForAWrongCodeAndBearFewOfThem) {
  Browser phone(running, Listener::portal);
  int refused = 0;
  for (int guess = 0; guess < 30; ++guess) {
    const Response response = phone.post("/en/duty", "/en/duty", {{"code", "00000000" + std::to_string(guess)}});
    EXPECT_NE(response.status, 200);
    if (response.status == 403 || response.status == 429) ++refused;
  }
  EXPECT_EQ(refused, 10) << "twenty of one source within an hour";
  // Red when the limit is asked before the code: who mistypes there would keep a whole school out.
  send(small_people());
  browser.post(people_page, people_page + "/invitations", {{"people", "S8"}});
  EXPECT_EQ(phone.post("/en/duty", "/en/duty", {{"code", code_of("S8")}}).status, 303);
  EXPECT_EQ(answer("S8", {{"answer", "consent"}}).status, 200);
}

// Red without the limit: whoever may ask people fills their mailboxes, and takes away the code that they have each time.
TEST_F(DutyPages, AskNobodyMoreThanTenTimesADay) {
  send(small_people());
  for (std::size_t times = 0; times < services::most_asked_a_day; ++times)
    EXPECT_THAT(browser.post(people_page, people_page + "/invitations", {{"people", "S8"}}).body, HasSubstr("Invitations sent: 1"));
  const std::string code = code_of("S8");
  const Response again = browser.post(people_page, people_page + "/invitations", {{"people", "S8"}});
  EXPECT_THAT(again.body, HasSubstr("Invitations sent: 0"));
  EXPECT_THAT(again.body, HasSubstr("not again today: 1"));
  EXPECT_EQ(code_of("S8"), code);
  ASSERT_EQ(office.invigilators.messages.size(), services::most_asked_a_day);
  for (const services::Message& message : office.invigilators.messages)
    EXPECT_EQ(message.digest, office.invigilators.messages.front().digest) << "of those that wait only the newest goes out";
  office.clock.set(office.clock.now() + std::chrono::hours(24));
  browser.set_cookie("hanjari_session", office.sign_in("next-day", Role::exam_officer, ""));
  EXPECT_THAT(browser.post(people_page, people_page + "/invitations", {{"people", "S8"}}).body, HasSubstr("Invitations sent: 1"));
}

// Red when the job places by other people or rules than the folder that an officer can take away and run the command on.
TEST_F(DutyPages, PlaceWithTheBytesOfTheCommand) {
  have_duties();
  const PlannedExam stored = services::load_stored_exam(office.stored, duty_exam, std::string(64, 'a'));
  package::PackedFiles folder;
  for (const char* name : {"invigilators.csv", "conflicts.csv", "past_pairs.csv", "staffing.json"})
    folder[name] = browser.get("/api/v1/exams/seoul-2021-1/staffing-files/" + std::string(name)).body;
  const Staff staff = package::load_staff(stored.exam, folder, package::Encoding::utf8).staff;
  const auto files = package::pack_duties(staffing::staff_exam(stored.exam, stored.plan, staff, nullptr));
  for (const auto& [name, content] : files)
    EXPECT_EQ(browser.get("/api/v1/exams/seoul-2021-1/staffing-files/" + name).body, content) << name;
  EXPECT_THAT(browser.get(duties_page).body, HasSubstr("감독1"));
  EXPECT_THAT(duties_csv(), Not(HasSubstr("S8"))) << "who has not consented";
}

TEST_F(DutyPages, ChangeTheFewestAfterAWithdrawal) {
  have_duties();
  const std::string before = duties_csv();
  ASSERT_THAT(before, HasSubstr("S1,"));
  EXPECT_EQ(browser.post(people_page, people_page + "/steps", {{"person", "S1"}, {"step", "withdrawn"}}).status, 422);
  EXPECT_EQ(browser.post(people_page, people_page + "/steps",
                         {{"person", "S1"}, {"step", "withdrawn"}, {"reason", "ill"}}).status, 303);
  ASSERT_EQ(browser.post(duties_page, duties_page + "/staffings", {{"keep", "yes"}}).status, 303);
  work();
  EXPECT_THAT(duties_csv(), Not(HasSubstr("S1,")));
  EXPECT_EQ(services::parse_staffing_made(office.jobs.jobs.back().result)->version, 2);
  EXPECT_LE(services::parse_staffing_made(office.jobs.jobs.back().result)->changed, 2) << "who withdrew and a substitute";
}

TEST_F(DutyPages, RefuseAChangeThatBreaksARuleAndUndoOneThatDoesNot) {
  have_duties();
  const std::string before = duties_csv();
  const Response refused = edit({{"action", "swap"}, {"person", "S1"}, {"with", "S8"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("no_consent"));
  EXPECT_EQ(office.invigilators.staffings.size(), 1u);
  EXPECT_EQ(edit({{"action", "take_off"}, {"person", "S1"}, {"reason", ""}}).status, 422) << "without a reason";
  ASSERT_EQ(edit({{"action", "take_off"}, {"person", "S1"}}).status, 303);
  EXPECT_THAT(browser.get(duties_page).body, HasSubstr("Take off"));
  EXPECT_EQ(edit({{"action", "undo"}, {"version", "1"}}).status, 409) << "looked at other duties";
  ASSERT_EQ(edit({{"action", "undo"}}).status, 303);
  EXPECT_EQ(duties_csv(), before);
  ASSERT_EQ(edit({{"action", "lock"}, {"person", "S1"}}).status, 303);
  EXPECT_EQ(edit({{"action", "take_off"}, {"person", "S1"}}).status, 422);
}

TEST_F(DutyPages, ExchangeTwoPeopleOnceBothHaveRecordedIt) {
  have_duties();
  for (const char* id : {"S1", "S2"}) {
    invite_again(id);
    ASSERT_EQ(answer(id, {{"answer", "consent"}}).status, 200);
  }
  EXPECT_EQ(answer("S1", {{"answer", "ask_swap"}, {"with", "S1"}}).status, 422);
  const Response asked = answer("S1", {{"answer", "ask_swap"}, {"with", "S2"}});
  ASSERT_EQ(asked.status, 200);
  // Red when the one who asks is offered to refuse, or the one who is asked is told to wait.
  EXPECT_THAT(asked.body, HasSubstr("Take the request back"));
  EXPECT_THAT(asked.body, Not(HasSubstr(">Refuse<")));
  const std::string other = answer("S2", {}).body;
  EXPECT_THAT(other, HasSubstr("your answer is awaited"));
  EXPECT_THAT(other, Not(HasSubstr("Take the request back")));
  ASSERT_EQ(office.invigilators.swaps.size(), 1u);
  const std::string swap = office.invigilators.swaps.front().id;
  EXPECT_EQ(edit({{"swap", swap}}).status, 409) << "only one of them has recorded it";
  EXPECT_EQ(answer("S1", {{"answer", "agree_swap"}, {"swap", swap}}).status, 422) << "not by the one who asked";
  ASSERT_EQ(answer("S2", {{"answer", "agree_swap"}, {"swap", swap}}).status, 200);
  ASSERT_EQ(edit({{"swap", swap}}).status, 303);
  EXPECT_EQ(office.invigilators.swaps.front().state, services::SwapState::done);
  EXPECT_EQ(office.invigilators.staffings.size(), 2u);
}

TEST_F(DutyPages, SayWhyAgainMeAndTakeTheReceipt) {
  have_duties();
  EXPECT_EQ(browser.post(people_page, people_page + "/settings",
                         {{"version", "0"}, {"rooms_time", "07:30"}, {"instructions", "Be there at seven."},
                          {"pay_chief", "120,000"}, {"briefing_on", "2021-06-04"}, {"briefing_time", "14:00"}}).status, 303);
  EXPECT_EQ(office.invigilators.board.rooms_open_at, at("2021-06-05T07:30:00+09:00"));
  EXPECT_EQ(office.invigilators.board.pay.at(DutyRole::chief), 120'000);
  invite_again("S2");
  const std::string page = answer("S2", {{"answer", "consent"}}).body;
  EXPECT_THAT(page, HasSubstr("You have 2 past duties"));
  EXPECT_THAT(page, HasSubstr("Be there at seven."));
  // Red when a receipt is taken for whatever the instructions are by then.
  EXPECT_THAT(answer("S2", {{"answer", "read"}, {"instruction", "7"}}).body, HasSubstr("were changed meanwhile"));
  EXPECT_EQ(person("S2").read_instruction, 0);
  answer("S2", {{"answer", "read"}, {"instruction", "1"}});
  EXPECT_EQ(person("S2").read_instruction, 1);
  EXPECT_EQ(browser.post(people_page, people_page + "/steps", {{"person", "S2"}, {"step", "attended"}}).status, 303);
  EXPECT_TRUE(person("S2").briefed_at);
  const Response pay = browser.get("/api/v1/exams/seoul-2021-1/invigilator-pay.xlsx");
  EXPECT_EQ(pay.status, 200);
  EXPECT_THAT(std::string(pay.content()).substr(0, 2), "PK");
}

// Red when amounts go by another role, are written as words, or a role without pay gets one.
TEST_F(DutyPages, PayEveryDutyByItsRole) {
  have_duties();
  office.invigilators.board.pay = {{DutyRole::chief, 120'000}, {DutyRole::invigilator, 100'000}};
  const auto rows = package::load_duties(office.invigilators.files.at(office.invigilators.staffings.front().id),
                                         package::Encoding::utf8, package::Repetition::allowed);
  const std::string bytes(browser.get("/api/v1/exams/seoul-2021-1/invigilator-pay.xlsx").content());
  std::string sheet;
  for (const auto& [name, content] : hanjari::tests::unzipped(bytes)) {
    if (name == "xl/worksheets/sheet1.xml") sheet = content;
  }
  const auto cells_of = [&](const std::string& value) {
    std::int64_t count = 0;
    for (auto at = sheet.find("<v>" + value + "</v>"); at != std::string::npos; at = sheet.find("<v>" + value + "</v>", at + 1)) ++count;
    return count;
  };
  const auto duties_of = [&](DutyRole role) {
    return std::count_if(rows.duties.begin(), rows.duties.end(), [&](const DutyRow& row) { return row.role == role; });
  };
  ASSERT_GT(duties_of(DutyRole::chief), 0);
  EXPECT_EQ(cells_of("120000"), duties_of(DutyRole::chief));
  EXPECT_EQ(cells_of("100000"), duties_of(DutyRole::invigilator));
}

// Red when the list of an office that does not know of a no turns it into a consent.
TEST_F(DutyPages, TakeNoConsentFromAListOfWhoSaidNo) {
  send(small_people());
  browser.post(people_page, people_page + "/invitations", {{"people", "S8"}});
  ASSERT_EQ(answer("S8", {{"answer", "decline"}, {"reason", "a wedding"}}).status, 200);
  auto files = small_people();
  const auto no = files["invigilators.csv"].rfind(",no");
  files["invigilators.csv"].replace(no, 3, ",yes");
  EXPECT_THAT(send(files).body, ::testing::ContainsRegex("S8('|&#?[a-z0-9]+;) has declined or withdrawn"));
  EXPECT_EQ(person("S8").state, PersonState::declined);
  EXPECT_EQ(person("S8").reason, "a wedding");
  EXPECT_EQ(browser.post(people_page, people_page + "/steps", {{"person", "S8"}, {"step", "consented"}}).status, 422)
      << "nor by the office without a word of why";
  EXPECT_EQ(browser.post(people_page, people_page + "/steps",
                         {{"person", "S8"}, {"step", "consented"}, {"reason", "signed on paper"}}).status, 303);
  EXPECT_EQ(person("S8").state, PersonState::consented);
}

// Red when a list that was written before people agreed withdraws them as soon as it is sent again.
TEST_F(DutyPages, WithdrawNobodyWhoHasAgreedSinceTheListWasWritten) {
  send(small_people());
  browser.post(people_page, people_page + "/invitations", {{"people", "S8"}});
  ASSERT_EQ(answer("S8", {{"answer", "consent"}}).status, 200);
  auto files = small_people();
  files["invigilators.csv"] += "S9,감독9,학교9,11110,37.5,127.0,chief,0,no\n";
  EXPECT_THAT(send(files).body, ::testing::ContainsRegex("S8('|&#?[a-z0-9]+;) has agreed since"));
  EXPECT_EQ(person("S8").state, PersonState::consented);
  EXPECT_TRUE(person("S8").facts.consent);
  EXPECT_EQ(person("S9").state, PersonState::listed);
  // Of who agreed only by a list, the next list is heard.
  const auto first = files["invigilators.csv"].find(",yes");
  files["invigilators.csv"].replace(first, 4, ",no");
  send(files);
  EXPECT_EQ(person("S1").state, PersonState::withdrawn);
}

// Red when one unknown number leads to "page not found" and what was typed is lost.
TEST_F(DutyPages, NameEveryNumberThatNobodyHasAndKeepWhatWasTyped) {
  send(small_people());
  const Response refused = browser.post(people_page, people_page + "/invitations", {{"people", "S77, S8, S99"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("Nobody of your list has the number S77, S99."));
  EXPECT_THAT(refused.body, HasSubstr(">S77, S8, S99</textarea>"));
  EXPECT_TRUE(office.invigilators.messages.empty());
}

// Red when only the first wrong setting is told of.
TEST_F(DutyPages, TellOfEveryWrongSettingAtOnce) {
  const Response refused = browser.post(people_page, people_page + "/settings",
                                        {{"version", "0"}, {"rooms_time", "25:00"}, {"briefing_on", "2021-13-01"},
                                         {"pay_chief", "a lot"}, {"pay_reserve", "-1"}, {"chiefs", "somebody"}});
  EXPECT_EQ(refused.status, 422);
  for (const char* told : {"Rooms from: write", "The briefing needs", "Pay (chief invigilator): write",
                           "Pay (reserve): write", "name venue chiefs as"})
    EXPECT_THAT(refused.body, HasSubstr(told));
}

// Red while a program had to pack what the page takes as it is.
TEST_F(DutyPages, TakeAWorkbookByTheApiAsOnThePage) {
  const auto import = [&](const char* type) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/exams/seoul-2021-1/invigilator-imports";
    request.headers.set("content-type", type);
    request.body = hanjari::tests::workbook_of(
        {hanjari::tests::sheet_of_csv("invigilators", small_people().at("invigilators.csv")),
         hanjari::tests::sheet_of_csv("staffing", "per_room.chief,1\n")});
    return browser.send(std::move(request));
  };
  const Response refused = import("application/json");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("not_a_zip"));
  EXPECT_TRUE(office.invigilators.people.empty());
  const Response taken = import("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  EXPECT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(office.invigilators.people.size(), 8U);
}

// Red when the chief of a mistyped venue is saved and sees nothing on the day.
TEST_F(DutyPages, NameNoChiefOfAVenueThatTheExamDoesNotHave) {
  const auto set = [&](const std::string& chiefs, const std::string& version) {
    return browser.post(people_page, people_page + "/settings", {{"version", version}, {"chiefs", chiefs}});
  };
  const Response refused = set("kim=V1\nlee=V77", "0");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("lee=V77: the exam has no venue of this code."));
  EXPECT_TRUE(office.invigilators.board.chiefs.empty());
  EXPECT_EQ(set("kim=V1", "0").status, 303);
}

// Red when a refused change speaks of figures that nobody typed, of a file that nobody sent, or forgets what was chosen.
TEST_F(DutyPages, RefuseAChangeInWordsOfThePage) {
  have_duties();
  const auto rows = package::load_duties(office.invigilators.files.at(office.invigilators.staffings.front().id),
                                         package::Encoding::utf8, package::Repetition::allowed);
  const auto taken = std::find_if(rows.duties.begin(), rows.duties.end(),
                                  [](const DutyRow& row) { return row.role == DutyRole::invigilator; });
  ASSERT_NE(taken, rows.duties.end());
  const Response occupied = edit({{"action", "move"}, {"person", "S8"}, {"venue", taken->venue_code.text()},
                                  {"room", std::to_string(taken->room_no)}, {"role", "invigilator"}});
  EXPECT_EQ(occupied.status, 422);
  EXPECT_THAT(occupied.body, HasSubstr("no_such_place"));
  EXPECT_THAT(occupied.body, Not(HasSubstr("wrong_duty_report")));
  EXPECT_THAT(occupied.body, HasSubstr(R"(<option value="invigilator" selected>)"));
  const Response unknown = edit({{"action", "lock"}, {"person", "S77"}});
  EXPECT_EQ(unknown.status, 422);
  EXPECT_THAT(unknown.body, HasSubstr("has no duty"));
  EXPECT_THAT(unknown.body, Not(HasSubstr("edits.csv")));
  EXPECT_THAT(unknown.body, HasSubstr(R"(<option value="lock" selected>)"));
}

// Red when every edit reads exam and plan anew.
TEST_F(DutyPages, KeepTheLoadedExamFromOneEditToTheNext) {
  have_duties();
  ASSERT_EQ(edit({{"action", "lock"}, {"person", "S1"}}).status, 303);
  const int read = office.stored.exams_read;
  ASSERT_EQ(edit({{"action", "unlock"}, {"person", "S1"}}).status, 303);
  EXPECT_EQ(office.stored.exams_read, read);
}

// Red when every edit opens the whole list, when the page opens it, or when an edit is judged by people as they were.
TEST_F(DutyPages, ReadThePeopleAnewOnlyWhenOneOfThemHasChanged) {
  have_duties();
  const auto status_by_api = [&](const std::string& action) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/exams/seoul-2021-1/duty-edits";
    request.headers.set("content-type", "application/json");
    request.body = R"({"action": ")" + action + R"(", "person": "S1", "reason": "asked by the school", "version": )" +
                   std::to_string(office.invigilators.staffings.front().version) + "}";
    return browser.send(std::move(request)).status;
  };
  ASSERT_EQ(status_by_api("lock"), 200);
  int read = office.invigilators.people_read;
  ASSERT_EQ(status_by_api("unlock"), 200);
  EXPECT_EQ(office.invigilators.people_read, read);
  ASSERT_EQ(status_by_api("take_off"), 200);
  EXPECT_EQ(office.invigilators.people_read, read);
  browser.get(duties_page);
  EXPECT_EQ(office.invigilators.people_read, read) << "the page";
  ASSERT_EQ(browser.post(people_page, people_page + "/steps",
                         {{"person", "S1"}, {"step", "withdrawn"}, {"reason", "ill"}}).status, 303);
  const Response undone = edit({{"action", "undo"}});
  EXPECT_EQ(undone.status, 422);
  EXPECT_THAT(undone.body, HasSubstr("no_consent"));
}

// Red when names reach a spreadsheet as they are.
TEST_F(DutyPages, GiveNoCellThatASpreadsheetWouldRun) {
  have_duties();
  for (auto& [id, person] : office.invigilators.people) person.facts.name = "=1+1";
  const std::string csv(browser.get("/api/v1/exams/seoul-2021-1/duties.csv").content());
  EXPECT_THAT(csv, HasSubstr("'=1+1"));
  EXPECT_THAT(csv, Not(HasSubstr(",=1+1")));
}

TEST_F(DutyPages, KeepADistrictToItsOwnPeople) {
  have_duties();
  Browser other(running, Listener::office);
  other.set_cookie("hanjari_session", office.sign_in("other", Role::district_coordinator, "11140"));
  // Everybody lives in 11110; the other district sees whoever stands at V2, and nobody else.
  const std::string list = other.get("/api/v1/exams/seoul-2021-1/invigilators").body;
  const auto rows = package::load_duties(office.invigilators.files.at(office.invigilators.staffings.front().id),
                                         package::Encoding::utf8, package::Repetition::allowed);
  for (int number = 1; number <= 8; ++number) {
    const std::string id = "S" + std::to_string(number);
    const bool at_v2 = std::any_of(rows.duties.begin(), rows.duties.end(), [&](const DutyRow& row) {
      return row.invigilator_id == InvigilatorId(id) && row.venue_code == VenueCode("V2");
    });
    EXPECT_EQ(list.find("\"" + id + "\"") != std::string::npos, at_v2) << id;
    if (!at_v2) {
      EXPECT_EQ(other.post(people_page, people_page + "/steps", {{"person", id}, {"step", "attended"}}).status, 404) << id;
    }
  }
}

}  // namespace
}  // namespace hanjari::web::testing
