// The room of an invigilator cannot be had before the minute that is set: nothing that anybody but an exam officer can
// ask for depends on who stands in which room. Two sets of duties that differ in rooms only are put in turn, and every
// answer must be the same to the byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "invigilators/small_people.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using hanjari::tests::at;
using hanjari::tests::duties_in;
using services::Role;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string code_of_s1 = "abcdabcdabcdabcd";
const auto opening = at("2021-06-05T07:30:00+09:00");

using Answers = std::map<std::string, std::string>;  // by what was asked

class RoomsMinute : public ::testing::Test {
 protected:
  RoomsMinute() {
    services::DutyBoard board;
    board.version = 1;
    board.rooms_open_at = opening;
    board.instructions = "Be there at seven.";
    board.instruction_no = 1;
    board.chiefs["chief"] = VenueCode("V1");
    office.invigilators.board = board;
    // S4 stands nowhere, and can be called to a place that is free.
    for (const char* id : {"S1", "S2", "S3", "S4"}) {
      services::ListedPerson person;
      person.facts.home = {37.5, 127.0};
      person.facts.roles.add(DutyRole::chief);
      person.facts.id = InvigilatorId(id);
      person.facts.name = std::string("person ") + id;
      person.facts.district_code = "11110";
      person.facts.consent = true;
      person.facts.past_duties = 2;
      person.state = services::PersonState::consented;
      person.version = 1;
      office.invigilators.people[person.facts.id] = person;
    }
    office.invigilators.codes[code_of_s1] = InvigilatorId("S1");
    services::Staffing staffing;
    staffing.id = "staffing-1";
    staffing.exam = ExamCode("seoul-2021-1");
    staffing.version = 1;
    staffing.plan_digest = std::string(64, 'a');
    staffing.places = 4;
    staffing.unfilled = 1;
    office.invigilators.staffings = {staffing};
    office.clock.set(at("2021-06-01T09:00:00+09:00"));
    for (const auto& [name, role, district] :
         {std::tuple{"own", Role::district_coordinator, "11110"}, std::tuple{"other", Role::district_coordinator, "11140"},
          std::tuple{"chief", Role::venue_chief, ""}, std::tuple{"stranger", Role::venue_chief, ""},
          std::tuple{"officer", Role::exam_officer, ""}}) {
      office.sign_in(name, role, district);
      actors[name] = {name, role, {}};
      if (*district != '\0') actors[name].district = DistrictCode(district);
    }
  }

  void stand(bool other_way) {
    office.invigilators.files["staffing-1"] =
        other_way ? duties_in("90418", "90417", "90420") : duties_in("90417", "90418", "90419");
  }

  static std::string filled(std::string pattern, const std::string& format) {
    for (const auto& [slot, value] : std::map<std::string, std::string>{{"{language}", "en"},
                                                                        {"{code}", "seoul-2021-1"},
                                                                        {"{venue_code}", "V1"},
                                                                        {"{format}", format},
                                                                        {"{duty_file}", "duties.csv"}}) {
      if (const auto place = pattern.find(slot); place != std::string::npos) pattern.replace(place, slot.size(), value);
    }
    while (true) {
      const auto open = pattern.find('{');
      if (open == std::string::npos) return pattern;
      pattern.replace(open, pattern.find('}') - open + 1, "1");
    }
  }

  // A refusal names its request, which is another one every time.
  static std::string told(const Response& response) {
    const bool is_whole = response.status == 200 || response.status == 422;
    return std::to_string(response.status) + "\n" + (is_whole ? std::string(response.content()) : std::string());
  }

  // Everything of the office that the role may GET, lists of duties on paper too, and what its forms answer.
  Answers ask_everything(const std::string& name) {
    Answers answers;
    Browser browser(running, Listener::office);
    browser.set_cookie("hanjari_session", sessions.at(name));
    for (const Route& route : running.site.routes().routes()) {
      if (route.listener != Listener::office || !route.permission.needs_sign_in()) continue;
      if (route.method != Method::get || !route.permission.admits(actors[name].role)) continue;
      const bool is_of_duties = route.pattern.find("/duties.") != std::string::npos || route.pattern.find("/room-assignments.") != std::string::npos;
      for (const char* format : {"csv", "xlsx", "pdf"}) {
        if (std::string_view(format) == "pdf" && !is_of_duties) continue;
        const std::string address = filled(route.pattern, format);
        const Response response = browser.get(address);
        answers[address] = told(response);
      }
    }
    const std::string people = "/en/exams/seoul-2021-1/invigilators";
    if (name != "officer") {
      for (const auto& fields : {std::map<std::string, std::string>{{"step", "attended"}, {"person", "S1"}},
                                 std::map<std::string, std::string>{{"step", "withdrawn"}, {"person", "S1"}}}) {
        const Response response = browser.post(people, people + "/steps", fields);
        answers["POST " + fields.at("step")] = told(response);
      }
    }
    return answers;
  }

  Answers ask_own_page() {
    Browser browser(running, Listener::portal);
    Answers answers;
    const auto followed = [&](const Response& response) {
      return response.status == 303 ? browser.get(std::string(response.header("Location"))).body : response.body;
    };
    answers["own"] = followed(browser.post("/en/duty", "/en/duty", {{"code", "ABCD-abcd-abcd-abcd"}}));
    answers["receipt"] = followed(
        browser.post("/en/duty", "/en/duty/answers", {{"code", code_of_s1}, {"answer", "read"}, {"instruction", "1"}}));
    // The token of a form is new with every visitor.
    for (auto& [asked, body] : answers) {
      const std::string token = Browser::form_token_in(body);
      for (auto place = body.find(token); !token.empty() && place != std::string::npos; place = body.find(token))
        body.replace(place, token.size(), "TOKEN");
    }
    return answers;
  }

  // Both ways, in the same state of everything else. Answers that differ by themselves, such as a page with a random
  // word, prove nothing and are left out; none of invigilators and duties may be among them.
  std::pair<Answers, Answers> both_ways(const std::string& name) {
    const auto ask = [&] { return name == "portal" ? ask_own_page() : ask_everything(name); };
    stand(false);
    Answers one = ask();
    const Answers again = ask();
    stand(true);
    Answers other = ask();
    for (const auto& [asked, answer] : again) {
      if (one.at(asked) == answer) continue;
      for (const char* own : {"invigilator", "dut", "room-assignments", "staffing", "substitute", "own", "receipt", "POST"})
        EXPECT_EQ(asked.find(own), std::string::npos) << asked << " answers by chance";
      one.erase(asked);
    }
    return {std::move(one), std::move(other)};
  }

  void be_at(Instant now) {
    office.clock.set(now);
    for (const auto& [name, actor] : actors) sessions[name] = office.open_session(actor);
    // Whoever was noted at the briefing before is noted: the second asking changes nothing.
    office.invigilators.people[InvigilatorId("S1")].briefed_at = now;
    office.invigilators.people[InvigilatorId("S1")].read_instruction = 1;
  }

  static std::vector<std::string> different(const std::pair<Answers, Answers>& ways) {
    std::vector<std::string> found;
    for (const auto& [asked, answer] : ways.first) {
      if (ways.second.at(asked) != answer) found.push_back(asked);
    }
    return found;
  }

  Office office;
  Running running{office};
  std::map<std::string, services::Actor> actors;
  std::map<std::string, std::string> sessions;
};

// Red when show_duties, show_gaps or show_own_duty keep room_no without asking, when they keep the order of duties.csv,
// or when the room file does not look at the minute.
TEST_F(RoomsMinute, NothingDependsOnRoomsBeforeIt) {
  for (const Instant now : {at("2021-06-01T09:00:00+09:00"), at("2021-06-05T00:00:00+09:00"),
                            opening - std::chrono::seconds(1)}) {
    be_at(now);
    for (const char* name : {"own", "other", "chief", "stranger", "portal"}) {
      const auto ways = both_ways(name);
      EXPECT_THAT(different(ways), ::testing::IsEmpty()) << name << " at " << format_instant(now);
      for (const auto& [asked, answer] : ways.first) {
        for (const char* room : {"90417", "90418", "90419", "90431"})
          EXPECT_THAT(answer, Not(HasSubstr(room))) << name << " " << asked;
      }
    }
  }
}

// The same sweep sees a difference where there is one: it is no blind witness.
TEST_F(RoomsMinute, AnExamOfficerSeesRoomsAtAnyTime) {
  be_at(at("2021-06-01T09:00:00+09:00"));
  EXPECT_THAT(different(both_ways("officer")),
              ::testing::IsSupersetOf({"/en/exams/seoul-2021-1/duties", "/en/exams/seoul-2021-1/invigilators",
                                       "/api/v1/exams/seoul-2021-1/duties",
                                       "/api/v1/exams/seoul-2021-1/room-assignments.csv",
                                       "/api/v1/exams/seoul-2021-1/room-assignments.xlsx"}));
}

TEST_F(RoomsMinute, FromItEachSeesTheOwnPartOnly) {
  for (const Instant now : {opening, opening + std::chrono::hours(2)}) {
    be_at(now);
    for (const char* name : {"own", "chief"}) {
      const auto ways = both_ways(name);
      EXPECT_THAT(different(ways), ::testing::IsSupersetOf({"/en/exams/seoul-2021-1/duties",
                                                            "/api/v1/exams/seoul-2021-1/duties",
                                                            "/api/v1/exams/seoul-2021-1/room-assignments.csv"}))
          << name;
      for (const auto& [asked, answer] : ways.first) EXPECT_THAT(answer, Not(HasSubstr("90431"))) << name << " " << asked;
    }
    // Nothing of V1 reaches a coordinator of another district or a chief without a venue, at any time.
    for (const char* name : {"other", "stranger"}) EXPECT_THAT(different(both_ways(name)), ::testing::IsEmpty()) << name;
    EXPECT_THAT(both_ways("portal").first.at("own"), HasSubstr("90417"));
  }
}

// The page that the chief has in hand says who comes before the minute, and who watches which room from it on: red when it
// asks for the minute of nobody, when it shows duties of another venue, or when it is not recorded.
TEST_F(RoomsMinute, IsThatOfTheBriefingOfAVenueToo) {
  stand(false);
  for (const auto& offset : {std::chrono::seconds(-1), std::chrono::seconds(0), std::chrono::seconds(3'600)}) {
    be_at(opening + offset);
    for (const char* name : {"own", "officer"}) {
      Browser browser(running, Listener::office);
      browser.set_cookie("hanjari_session", sessions.at(name));
      for (const char* address : {"/en/exams/seoul-2021-1/venues/V1/briefing", "/api/v1/exams/seoul-2021-1/venues/V1/briefing"}) {
        office.access.records.clear();
        const Response response = browser.get(address);
        ASSERT_EQ(response.status, 200) << name << address;
        const std::string body(response.content());
        EXPECT_THAT(body, HasSubstr("person S1"));
        EXPECT_THAT(body, HasSubstr("person S2"));
        EXPECT_THAT(body, Not(HasSubstr("person S3"))) << "who stands at V2";
        EXPECT_EQ(body.find("90417") != std::string::npos, offset >= std::chrono::seconds(0)) << name << address;
        EXPECT_TRUE(std::any_of(office.access.records.begin(), office.access.records.end(), [](const Access& access) {
          return access.action == "duties.read" && access.subject == "seoul-2021-1/V1" && access.whose.size() == 2;
        })) << name << address;
      }
    }
    Browser other(running, Listener::office);
    other.set_cookie("hanjari_session", sessions.at("other"));
    EXPECT_NE(other.get("/en/exams/seoul-2021-1/venues/V1/briefing").status, 200);
  }
  office.invigilators.people[InvigilatorId("S2")].state = services::PersonState::withdrawn;
  Browser browser(running, Listener::office);
  browser.set_cookie("hanjari_session", sessions.at("own"));
  EXPECT_THAT(browser.get("/en/exams/seoul-2021-1/venues/V1/briefing").body, Not(HasSubstr("person S2")))
      << "who cannot come";
}

// Red while rooms of a plan that gave way stand on the page that the chief of a venue works by, beside the rooms of the new one.
TEST_F(RoomsMinute, IsNotOfAnEarlierPlanWithoutAWordOnTheDay) {
  stand(false);
  be_at(opening);
  const std::string address = "/en/exams/seoul-2021-1/venues/V1/briefing";
  Browser browser(running, Listener::office);
  browser.set_cookie("hanjari_session", sessions.at("own"));
  office.stored.live = services::LivePointer{office.invigilators.staffings.front().plan_digest, "", 1};
  EXPECT_THAT(browser.get(address).body, Not(HasSubstr("before the present plan became live")));
  office.stored.live = services::LivePointer{std::string(64, 'f'), "", 2};
  EXPECT_THAT(browser.get(address).body, HasSubstr("before the present plan became live"));
  EXPECT_THAT(std::string(browser.get("/api/v1" + address.substr(std::string("/en").size())).content()), HasSubstr(R"("staff_of_earlier_plan":true)"));
}

TEST_F(RoomsMinute, IsNeverWithoutASetting) {
  office.invigilators.board.rooms_open_at.reset();
  be_at(opening + std::chrono::hours(24));
  for (const char* name : {"own", "chief", "portal"}) EXPECT_THAT(different(both_ways(name)), ::testing::IsEmpty()) << name;
}

}  // namespace
}  // namespace hanjari::web::testing
