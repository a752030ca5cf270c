// What belongs to another district, and what is not there at all: whoever asks for either gets the same answer to the byte,
// and the same is read for both, so that neither words nor size nor time of an answer tells them apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using services::Role;

// A place in an address or a body: what is there, and what is not.
struct Pair {
  std::string slot;
  std::string known;
  std::string absent;
};

// What was read and recorded so far.
struct Work {
  std::size_t records = 0;
  int offers = 0;
  int exams = 0;
  int lists = 0;
  std::size_t people = 0;
  Work since(const Work& before) const {
    return {records - before.records, offers - before.offers, exams - before.exams, lists - before.lists,
            people - before.people};
  }
  bool operator==(const Work&) const = default;
};

class Strangers : public ::testing::Test {
 protected:
  Strangers() {
    office.clock.set(hanjari::tests::at("2021-03-02T12:00:00+09:00"));
    for (const auto& [name, role, district] :
         {std::tuple{"coordinator", Role::district_coordinator, "11110"}, std::tuple{"chief", Role::venue_chief, ""},
          std::tuple{"auditor", Role::auditor, ""}, std::tuple{"administrator", Role::administrator, ""}})
      sessions[role] = office.sign_in(name, role, district);
    office.venue_offers.plant("seoul-2021-1", {{"11110", "V1"}, {"11140", "V2"}});
    office.venue_letters.plant({ExamCode("seoul-2021-1"), DistrictCode("11140"), {}}, "file-1");
    office.venue_files.plant("offer-V2", "file-1");
    office.jobs.add_job({"plan", "another", "{}"}, "job-1", {});
    services::StoredDecision decision;
    decision.id = "decision-1";
    decision.exam = ExamCode("seoul-2021-1");
    decision.version = 424242;
    office.results.decisions.push_back(decision);
    // Somebody of the other district, who stands nowhere.
    services::ListedPerson person;
    person.facts.id = InvigilatorId("S1");
    person.facts.district_code = "11140";
    person.facts.organisation = "Hill School";
    person.state = services::PersonState::invited;
    person.version = 1;
    office.invigilators.people[person.facts.id] = person;
    services::Staffing staffing;
    staffing.id = "staffing-1";
    staffing.exam = ExamCode("seoul-2021-1");
    staffing.version = 1;
    office.invigilators.staffings = {staffing};
    office.invigilators.files["staffing-1"] = {{"duties.csv", "venue_code,room_no,role,invigilator_id,travel_m\n"}};
  }

  Work work() const {
    return {office.access.records.size(), office.venue_offers.offers_read, office.stored.exams_read,
            office.invigilators.people_read, office.invigilators.people_opened};
  }

  Response send(Role role, Method method, const std::string& address, const std::string& body, bool json) {
    Request request;
    request.method = method;
    request.path = address.substr(0, address.find('?'));
    if (const auto at = address.find('?'); at != std::string::npos) request.query = address.substr(at + 1);
    request.headers.set("cookie", "hanjari_session=" + sessions.at(role));
    request.id = "ABCDEFGHIJKLM";
    request.source = "192.0.2.7";
    if (method == Method::post) {
      request.headers.set("content-type", json ? "application/json" : "application/x-www-form-urlencoded");
      request.body = body;
      if (!json) {
        const auto session = services::find_session(office.accounts, sessions.at(role), office.clock.now());
        request.body += (body.empty() ? "" : "&") + ("form_token=" + session->csrf_token);
      }
    }
    return running.edge.answer(Listener::office, request);
  }

  // The answer with `word`, which may stand in it, taken out; within longer words it is another one.
  static std::string told(const Response& response, const std::string& word) {
    std::string text = std::to_string(response.status) + " " + response.type + "\n" + std::string(response.content());
    const auto in_word = [&](std::size_t at) {
      return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
    };
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      if (in_word(at + word.size()) || (at > 0 && in_word(at - 1))) continue;
      text.replace(at, word.size(), "...");
    }
    return text;
  }

  static std::string with(std::string text, const std::string& slot, const std::string& value) {
    for (auto at = text.find(slot); at != std::string::npos; at = text.find(slot, at + value.size()))
      text.replace(at, slot.size(), value);
    return text;
  }

  // All slots but the one that is compared hold what is there.
  static std::string filled(std::string pattern) {
    for (const auto& [slot, value] : std::map<std::string, std::string>{{"{language}", "en"},
                                                                        {"{code}", "seoul-2021-1"},
                                                                        {"{venue_code}", "V1"},
                                                                        {"{plan}", std::string(64, 'a')},
                                                                        {"{file}", "file-1"},
                                                                        {"{job}", "job-1"},
                                                                        {"{format}", "csv"}})
      pattern = with(std::move(pattern), slot, value);
    for (auto open = pattern.find('{'); open != std::string::npos; open = pattern.find('{'))
      pattern.replace(open, pattern.find('}') - open + 1, "1");
    return pattern;
  }

  // Asks for what is there and for what is not.
  void expect_same(Role role, Method method, const std::string& address, const std::string& body, const Pair& pair,
                   bool json) {
    const std::string where = std::string(services::spell(role)) + " " + address + " " + body;
    const auto ask = [&](const std::string& value) {
      return send(role, method, with(address, pair.slot, value), with(body, pair.slot, value), json);
    };
    const Work start = work();
    const Response known = ask(pair.known);
    const Work first = work().since(start);
    // A page with a word that is drawn anew every time is compared by its size.
    const bool by_size = method == Method::get && told(ask(pair.known), pair.known) != told(known, pair.known);
    const Work between = work();
    const Response absent = ask(pair.absent);
    EXPECT_EQ(known.status, absent.status) << where;
    if (by_size) {
      EXPECT_EQ(told(known, pair.known).size(), told(absent, pair.absent).size()) << where;
    } else {
      EXPECT_EQ(told(known, pair.known), told(absent, pair.absent)) << where;
    }
    EXPECT_TRUE(first == work().since(between)) << where << ": more is read of one than of the other";
    last_status = known.status;
  }

  Office office;
  Running running{office};
  std::map<Role, std::string> sessions;
  int last_status = 0;
};

// Red when a right is checked after what it is for was read, or a refusal says whether there is such a thing.
TEST_F(Strangers, LearnNothingFromAddresses) {
  const std::vector<Pair> slots{{"{venue_code}", "V2", "V9"},
                                {"{plan}", std::string(64, 'a'), std::string(64, '9')},
                                {"{job}", "job-1", "job-9"},
                                {"{decision}", "424242", "424243"},
                                {"{file}", "file-1", "file-9"}};
  int asked = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (route.listener != Listener::office || !route.permission.needs_sign_in()) continue;
    const bool json = route.pattern.starts_with("/api/");
    for (const auto& [role, session] : sessions) {
      for (const Pair& pair : slots) {
        if (route.pattern.find(pair.slot) == std::string::npos) continue;
        // Whoever may call a route has a part in its jobs and files; of venues only the own.
        if (route.permission.admits(role) && pair.slot != "{venue_code}") continue;
        std::string address = with(route.pattern, pair.slot, "(HERE)");
        address = with(filled(address), "(HERE)", pair.slot);
        expect_same(role, route.method, address, json ? "{}" : "", pair, json);
        EXPECT_TRUE(last_status == 403 || last_status == 404) << address << " answers " << last_status;
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 100) << "the sweep met hardly any route";
}

// What is named in a query or a body instead.
TEST_F(Strangers, LearnNothingFromWhatTheyName) {
  struct Named {
    Method method;
    const char* address;
    const char* body;
    Pair pair;
  };
  const Pair district{"[X]", "11140", "11999"};
  const Pair venue{"[X]", "V2", "V9"};
  const Pair person{"[X]", "S1", "S9"};
  for (const Named& named : std::vector<Named>{
           {Method::get, "/en/exams/seoul-2021-1/duties?venue=[X]", "", venue},
           {Method::get, "/en/exams/seoul-2021-1/duties?search=[X]", "", person},
           {Method::get, "/en/exams/seoul-2021-1/invigilators?search=[X]", "", person},
           {Method::get, "/en/exams/seoul-2021-1/invigilators?after=[X]", "", person},
           {Method::get, "/api/v1/exams/seoul-2021-1/invigilators?after=[X]", "", person},
           {Method::get, "/api/v1/exams/seoul-2021-1/duties?after=[X]%2F%2F0%2FS1", "", venue},
           {Method::post, "/api/v1/exams/seoul-2021-1/invigilator-steps", R"({"person": "[X]", "step": "attended"})", person},
           {Method::post, "/api/v1/exams/seoul-2021-1/invigilator-invitations", R"({"people": "[X]"})", person},
           {Method::post, "/api/v1/exams/seoul-2021-1/substitute-calls",
            R"({"venue": "V1", "role": "chief", "person": "[X]", "minutes": 60})", person},
           {Method::post, "/api/v1/exams/seoul-2021-1/substitute-calls",
            R"({"venue": "[X]", "role": "chief", "person": "S1", "minutes": 60})", venue},
           {Method::post, "/api/v1/exams/seoul-2021-1/substitute-call-withdrawals", R"({"venue": "[X]", "role": "chief"})", venue},
           {Method::post, "/api/v1/exams/seoul-2021-1/substitute-call-withdrawals",
            R"({"venue": "V1", "role": "chief", "people": "[X]"})", person},
           {Method::get, "/en/exams/seoul-2021-1/substitutes/take-backs?venue=[X]&role=chief", "", venue},
           {Method::post, "/api/v1/exams/seoul-2021-1/invigilator-invitation-withdrawals", R"({"people": "[X]"})", person},
           {Method::get, "/en/exams/seoul-2021-1/invigilators/take-backs?people=[X]", "", person},
           {Method::get, "/en/exams/seoul-2021-1/venue-letters?district=[X]", "", district},
           {Method::get, "/api/v1/exams/seoul-2021-1/venue-letters?district=[X]", "", district},
           {Method::get, "/api/v1/exams/seoul-2021-1/venue-letters?venue=[X]", "", venue},
           {Method::post, "/api/v1/exams/seoul-2021-1/venue-letters", R"({"venue": "[X]", "words": "hello"})", venue},
           {Method::post, "/api/v1/exams/seoul-2021-1/venue-chiefs", R"({"account": "chief", "venue": "[X]"})", venue},
           {Method::get, "/api/v1/exams/seoul-2021-1/own-papers?venue=[X]&papers=roster&formats=csv", "", venue},
           {Method::get, "/api/v1/exams/seoul-2021-1/materials?venue=[X]", "", venue}}) {
    expect_same(Role::district_coordinator, named.method, named.address, named.body, named.pair, true);
    EXPECT_LT(last_status, 500) << named.address;
  }
}

}  // namespace
}  // namespace hanjari::web::testing
