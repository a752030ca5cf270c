// Links for checkers of subjects: sent by an officer, opened with a code, good for the own subjects alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/intake/office/subject_checks.h"
#include "hanjari/package/setup_parts.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using package::ExamSubject;
using package::SubjectState;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

SiteSettings with_portal() {
  SiteSettings settings;
  settings.portal_address = "https://exam.example.kr";
  return settings;
}

class SubjectChecks : public ::testing::Test {
 protected:
  SubjectChecks() {
    office.clock.set(hanjari::tests::at("2021-03-04T10:00:00+09:00"));
    office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::published, 0,
                                                  {"kim", "", office.clock.now()});
    save({subject("history", SubjectState::drafted, {"lee-77"}), subject("law", SubjectState::drafted, {"park-12"}),
          subject("korean", SubjectState::not_started, {"lee-77"})});
    officer.set_cookie("hanjari_session", office.sign_in("kim", services::Role::exam_officer, ""));
  }
  static ExamSubject subject(const char* code, SubjectState state, std::vector<std::string> checkers) {
    ExamSubject one;
    one.code = code;
    one.name = {std::string("Subject ") + code, std::string("과목 ") + code};
    one.setter = "choi";
    one.state = state;
    one.checkers = std::move(checkers);
    return one;
  }
  void save(const std::vector<ExamSubject>& subjects) {
    office.applying.setups.save_part(exam, services::SetupPart::subjects, package::render_subjects(subjects), saved++, {},
                                     {"kim", "", office.clock.now()});
  }
  std::vector<ExamSubject> stored() {
    std::vector<Fault> warnings;
    return package::parse_subjects(office.applying.setups.find_version(exam, services::SetupPart::subjects, 0)->definition,
                                   "subjects.json", warnings);
  }
  // Sends a link and reads the letter.
  void send() {
    const std::string setup = "/en/recruitments/seoul-2021-1/setup";
    ASSERT_EQ(officer.post(setup, "/en/recruitments/seoul-2021-1/checker-links",
                           {{"checker", "lee-77"}, {"email", "checker@example.kr"}}).status,
              303);
    letter = office.applying.outbox.waiting.back().message;
    std::smatch found;
    ASSERT_TRUE(std::regex_search(letter.body, found, std::regex("https://exam.example.kr(/en/subject-checks/\\S+)")));
    link = found[1];
    ASSERT_TRUE(std::regex_search(letter.body, found, std::regex("Code: (\\d{6})")));
    code = found[1];
  }
  Response step(std::map<std::string, std::string> fields) {
    fields.try_emplace("code", code);
    return checker.post(link, link, fields);
  }
  std::string other_code() const { return code == "000000" ? "111111" : "000000"; }

  const ExamCode exam{"seoul-2021-1"};
  Office office;
  Running running{office, with_portal()};
  Browser officer{running, Listener::office};
  Browser checker{running, Listener::portal};
  std::int64_t saved = 0;
  services::Message letter;
  std::string link;
  std::string code;
};

// Red while a checker was a word in a table whom nobody told, and whose declaration an officer typed.
TEST_F(SubjectChecks, LetACheckerDeclareAndMarkTheOwnSubjects) {
  send();
  EXPECT_EQ(letter.to, "checker@example.kr");
  EXPECT_THAT(letter.body, HasSubstr("/ko/subject-checks/"));
  EXPECT_EQ(office.access.records.back().action, "subject_check.invite");
  const std::string asked = checker.get(link).body;
  EXPECT_THAT(asked, AllOf(HasSubstr("name=\"code\""), Not(HasSubstr("Subject history")))) << "the link alone shows no subject";
  const Response opened = step({{"step", "open"}});
  EXPECT_EQ(opened.status, 200);
  EXPECT_THAT(opened.body, AllOf(HasSubstr("Subject history"), HasSubstr("Subject korean"), Not(HasSubstr("Subject law"))));
  EXPECT_THAT(opened.body, Not(HasSubstr("name=\"subject\""))) << "first the declaration";
  EXPECT_EQ(step({{"step", "checked"}, {"subject", "history"}}).status, 422);
  EXPECT_EQ(step({{"step", "declare"}}).status, 422) << "neither yes nor no";
  const Response declared = step({{"step", "declare"}, {"relative", "no"}});
  EXPECT_THAT(declared.body, AllOf(HasSubstr("name=\"subject\" value=\"history\""), Not(HasSubstr("name=\"subject\" value=\"korean\""))));
  EXPECT_EQ(step({{"step", "checked"}, {"subject", "history"}}).status, 200);
  EXPECT_EQ(stored()[0].state, SubjectState::cross_checked);
  EXPECT_EQ(office.applying.setups.find_version(exam, services::SetupPart::subjects, 0)->author, "lee-77");
  // Again, and what is not drafted or not the own.
  EXPECT_EQ(step({{"step", "checked"}, {"subject", "history"}}).status, 200);
  EXPECT_EQ(step({{"step", "checked"}, {"subject", "korean"}}).status, 422);
  EXPECT_EQ(step({{"step", "checked"}, {"subject", "law"}}).status, 409);
  EXPECT_EQ(stored()[1].state, SubjectState::not_started) << "by code: history, korean, law";
  EXPECT_EQ(stored()[2].state, SubjectState::drafted);
}

TEST_F(SubjectChecks, BarWhoeverDeclaresARelative) {
  send();
  const Response declared = step({{"step", "declare"}, {"relative", "yes"}});
  EXPECT_THAT(declared.body, AllOf(HasSubstr("somebody else checks"), Not(HasSubstr("name=\"subject\""))));
  EXPECT_EQ(step({{"step", "checked"}, {"subject", "history"}}).status, 422);
  EXPECT_EQ(stored()[0].state, SubjectState::drafted);
  EXPECT_THAT(officer.get("/en/recruitments/seoul-2021-1/setup").body, HasSubstr("lee-77 checks subject history and has declared a relative"));
}

TEST_F(SubjectChecks, OpenWithTheirCodeAlone) {
  send();
  for (int tries = 0; tries < services::wrong_checker_codes; ++tries) {
    const Response wrong = step({{"step", "open"}, {"code", other_code()}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, Not(HasSubstr("Subject history")));
  }
  EXPECT_THAT(step({{"step", "open"}}).body, Not(HasSubstr("Subject history"))) << "not even with the right one any more";
  office.clock.set(office.clock.now() + std::chrono::minutes(61));
  EXPECT_THAT(step({{"step", "open"}}).body, HasSubstr("Subject history"));
}

TEST_F(SubjectChecks, AreOverOnceTheyAreForgedOldOrTakenBack) {
  send();
  std::string forged = link;
  forged[std::string("/en/subject-checks/").size() + 1] = forged[std::string("/en/subject-checks/").size() + 1] == '1' ? '2' : '1';
  for (const std::string& wrong : {forged, link + "0", link.substr(0, link.size() - 1), std::string("/en/subject-checks/00-00")}) {
    const Response over = checker.get(wrong);
    EXPECT_EQ(over.status, 409) << wrong;
    EXPECT_THAT(over.body, HasSubstr("no longer good"));
  }
  EXPECT_EQ(checker.get(link).status, 200);
  save({subject("history", SubjectState::drafted, {"park-12"})});
  EXPECT_EQ(checker.get(link).status, 409) << "somebody else checks by now";
  save({subject("history", SubjectState::drafted, {"lee-77"})});
  EXPECT_EQ(checker.get(link).status, 200);
  office.clock.set(office.clock.now() + services::checker_link_length);
  EXPECT_EQ(checker.get(link).status, 409);
}

TEST_F(SubjectChecks, GoToCheckersOfTheSubjectsAlone) {
  int calls = 0;
  const auto call = [&](const nlohmann::json& body) {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/recruitments/seoul-2021-1/checker-links";
    request.headers.set("content-type", "application/json");
    request.headers.set("idempotency-key", "key-" + std::to_string(++calls));
    request.body = body.dump();
    const Response response = officer.send(std::move(request));
    return std::pair(response.status, nlohmann::json::parse(std::string(response.content()), nullptr, false));
  };
  EXPECT_EQ(call({{"checker", "nobody"}, {"email", "checker@example.kr"}}).second["code"], "unknown_checker");
  EXPECT_EQ(call({{"checker", "lee-77"}, {"email", "none"}}).second["code"], "bad_contact");
  EXPECT_TRUE(office.applying.outbox.waiting.empty());
  const auto sent = call({{"checker", "lee-77"}, {"email", "checker@example.kr"}});
  EXPECT_EQ(sent.first, 201);
  EXPECT_EQ(sent.second["expires_at"], "2021-03-18T01:00:00Z");
  EXPECT_EQ(office.applying.outbox.waiting.size(), 1U);
  EXPECT_THAT(officer.get("/ko/recruitments/seoul-2021-1/setup").body, HasSubstr("<option value=\"lee-77\">"));
}

}  // namespace
}  // namespace hanjari::web::testing
