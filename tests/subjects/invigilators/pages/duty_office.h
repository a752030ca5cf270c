// An office with a list of people and placed duties, for tests of what officers and invigilators do about them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/package/staffing_package.h"
#include "invigilators/small_people.h"
#include "stage/browser.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {

class DutyOffice : public ::testing::Test {
 protected:
  DutyOffice() {
    office.stored.live = services::LivePointer{std::string(64, 'a'), "", 1};
    browser.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, ""));
  }

  // The eight of small_people and two more: nine have consented for the eight places, S8 has not. Everybody can be reached.
  static hanjari::tests::PeopleFiles ten_people() {
    hanjari::tests::PeopleFiles files = hanjari::tests::small_people();
    for (const char* number : {"9", "10"}) {
      files["invigilators.csv"] += std::string("S") + number + ",감독" + number + ",학교" + number +
                                   ",11110,37.5,127.0,chief;invigilator;corridor;reserve," + number + ",yes\n";
    }
    files["contacts.csv"] = "invigilator_id,email,phone\n";
    for (int number = 1; number <= 10; ++number)
      files["contacts.csv"] += "S" + std::to_string(number) + ",s" + std::to_string(number) + "@example.kr,\n";
    return files;
  }
  Response send_people(const hanjari::tests::PeopleFiles& files) {
    return browser.post_files(people_page, people_page + "/imports", {{"encoding", "utf8"}},
                              {{"people", "people.zip", hanjari::tests::zip_of_people(files)}});
  }
  void place() {
    ASSERT_EQ(browser.post(duties_page, duties_page + "/staffings", {}).status, 303);
    for (services::Job& job : office.jobs.jobs) {
      if (services::is_over(job.state)) continue;
      job.result = services::staffing_work(office.stored, office.invigilators, office.clock)({job, no_progress(), {}});
      job.state = services::JobState::done;
    }
  }
  void have_duties() {
    ASSERT_EQ(send_people(ten_people()).status, 200);
    place();
    ASSERT_EQ(office.invigilators.staffings.size(), 1u);
  }

  const services::ListedPerson& person(const char* id) { return office.invigilators.people.at(InvigilatorId(id)); }
  DutyRows newest_rows() {
    return package::load_duties(office.invigilators.files.at(office.invigilators.staffings.front().id), package::Encoding::utf8,
                                package::Repetition::allowed);
  }
  // Where somebody stands; nothing: nowhere.
  std::optional<DutyRow> duty_of(const char* id) {
    for (const DutyRow& row : newest_rows().duties) {
      if (row.invigilator_id == InvigilatorId(id)) return row;
    }
    return std::nullopt;
  }

  Response ask(Browser& asking, Method method, const std::string& what, const nlohmann::json& body = nullptr) {
    Request request;
    request.method = method;
    request.path = "/api/v1/exams/seoul-2021-1/" + what;
    if (!body.is_null()) {
      request.headers.set("content-type", "application/json");
      request.body = body.dump();
    }
    return asking.send(std::move(request));
  }
  nlohmann::json asked(const std::string& what) {
    return nlohmann::json::parse(std::string(ask(browser, Method::get, what).content()));
  }

  // A browser of its own for an account, which is made where it is not there yet; signed in anew every time.
  Browser browser_of(const std::string& account, services::Role role, const std::string& district = "") {
    services::Actor actor{account, role, {}};
    if (!district.empty()) actor.district = DistrictCode(district);
    if (!office.accounts.find_account(account)) office.sign_in(account, role, district);
    Browser asking(running, Listener::office);
    asking.set_cookie("hanjari_session", office.open_session(actor));
    return asking;
  }
  // The coordinator of a district: V1 lies in 11110, V2 in 11140.
  Browser coordinator_of(const std::string& district) {
    return browser_of("coordinator-" + district, services::Role::district_coordinator, district);
  }
  static std::string district_of(const VenueCode& venue) { return venue == VenueCode("V1") ? "11110" : "11140"; }
  static std::string other_district_than(const VenueCode& venue) { return venue == VenueCode("V1") ? "11140" : "11110"; }
  // Somebody is called to a place like the one that was left; the status of the answer.
  int call_to(const DutyRow& place, const char* id, int minutes = 60) {
    return ask(browser, Method::post, "substitute-calls",
               {{"venue", place.venue_code.text()}, {"role", hanjari::spell(place.role)}, {"person", id}, {"minutes", minutes}})
        .status;
  }
  // An officer puts somebody into the place of who left it.
  void fill_by_hand(const DutyRow& place, const char* id) {
    const std::int64_t version = office.invigilators.staffings.front().version;
    ASSERT_EQ(ask(browser, Method::post, "duty-edits",
                  {{"version", version}, {"action", "take_off"}, {"person", place.invigilator_id.text()}, {"reason", "ill"}})
                  .status,
              200);
    ASSERT_EQ(ask(browser, Method::post, "duty-edits",
                  {{"version", version + 1}, {"action", "move"}, {"person", id}, {"venue", place.venue_code.text()},
                   {"room", place.room_no == 0 ? std::string() : std::to_string(place.room_no)}, {"role", hanjari::spell(place.role)},
                   {"reason", "stands in"}})
                  .status,
              200);
  }

  std::string code_of(const char* id) {
    for (const auto& [code, owner] : office.invigilators.codes) {
      if (owner == InvigilatorId(id)) return code;
    }
    return "";
  }
  Response answer(const char* id, std::map<std::string, std::string> fields) {
    Browser phone(running, Listener::portal);
    fields["code"] = code_of(id);
    Response answered = phone.post("/en/duty", "/en/duty/answers", fields);
    return answered.status == 303 ? phone.get(std::string(answered.header("Location"))) : answered;
  }
  void withdraw(const char* id) {
    ASSERT_EQ(browser.post(people_page, people_page + "/steps", {{"person", id}, {"step", "withdrawn"}, {"reason", "ill"}}).status,
              303);
  }

  const std::string people_page = "/en/exams/seoul-2021-1/invigilators";
  const std::string duties_page = "/en/exams/seoul-2021-1/duties";
  const std::string rules_page = "/en/exams/seoul-2021-1/staffing-rules";
  const std::string substitutes_page = "/en/exams/seoul-2021-1/substitutes";
  Office office;
  Running running{office};
  Browser browser{running, Listener::office};
};

}  // namespace hanjari::web::testing
