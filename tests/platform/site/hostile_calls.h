// Everybody who may call a route, and how: what the tests of hostile calls share.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stage/applicant.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {

class HostileCalls : public Applicants {
 protected:
  struct Knocking {
    std::string name;
    Listener listener;
    std::string cookie;  // name of the session's cookie
    std::string session;
  };

  using Role = services::Role;

  HostileCalls() {
    Application application;
    application.id = ApplicationId("A-1");
    application.exam = ExamCode("seoul-2021-1");
    application.account = "p-sky";
    application.state = ApplicationState::submitted;
    application.form = hanjari::tests::sample_form();
    office.applying.applications.applications[application.id] = application;
    const auto staff = [this](const std::string& name, Role role, const std::string& district) {
      people.push_back({name, Listener::office, "hanjari_session", office.sign_in(name, role, district)});
    };
    staff("officer", Role::exam_officer, "");
    staff("coordinator", Role::district_coordinator, "11110");
    staff("chief", Role::venue_chief, "");
    staff("auditor", Role::auditor, "");
    staff("administrator", Role::administrator, "");
    people.push_back({"applicant", Listener::portal, "hanjari_applicant", office.sign_in_applicant("p-sky")});
    people.push_back({"nobody on the portal", Listener::portal, "", ""});
    people.push_back({"nobody at the office", Listener::office, "", ""});
  }

  static std::string filled(std::string pattern, const std::map<std::string, std::string>& slots) {
    for (auto at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at)) {
      const std::string slot = pattern.substr(at, pattern.find('}', at) - at + 1);
      const auto value = slots.find(slot);
      const std::string text = value == slots.end() ? slots.at("") : value->second;
      pattern.replace(at, slot.size(), text);
      at += text.size();
    }
    return pattern;
  }

  // Of what is there; "" for all other names.
  static std::string address_of(const Route& route) {
    return filled(route.pattern, {{"{language}", "ko"},
                                  {"{code}", "seoul-2021-1"},
                                  {"{notice}", "seoul-2021-1"},
                                  {"{venue_code}", "V1"},
                                  {"{format}", "csv"},
                                  {"{application}", "A-1"},
                                  {"{plan}", std::string(64, 'a')},
                                  {"", "1"}});
  }

  static bool writes_by_api(const Route& route) {
    return route.method == Method::post && route.pattern.starts_with("/api/");
  }

  Response send(const Knocking& knocking, Request request) {
    if (!knocking.session.empty()) request.headers.set("cookie", knocking.cookie + "=" + knocking.session);
    request.source = "192.0.2.7";
    Response response = running.edge.answer(knocking.listener, request);
    // What is written into a head is one line, whatever was asked for: a line break would begin another field.
    for (const auto& [name, value] : response.headers)
      EXPECT_EQ(value.find_first_of(std::string_view("\r\n\0", 3)), std::string::npos) << request.path << " answers with " << name;
    return response;
  }

  std::vector<Knocking> people;
};

}  // namespace hanjari::web::testing
