// The authorization matrix: every route as nobody, as every role, as the owner and as a stranger, before and after its
// exam is live. What is allowed is written here a second time, so that a right changes in two places or not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/digest.h"
#include "web/browser.h"

namespace hanjari::web::testing {
namespace {

using services::Role;

// Listener, method, pattern, who (role:reach), state of the exam.
const std::vector<std::string> written_rights{
    "portal GET / anybody not_named",
    "portal GET /{language} anybody not_named",
    "portal GET /{language}/exams/{code}/seat anybody live",
    "portal POST /{language}/exams/{code}/seat anybody live",
    "portal POST /{language}/exams/{code}/slip anybody live",
    "portal GET /check anybody not_named",
    "portal GET /{language}/check anybody not_named",
    "portal GET /api/v1/exams anybody not_named",
    "portal GET /api/v1/openapi.json anybody not_named",
    "portal GET /assets/{name} anybody not_named",
    "portal GET /favicon.ico anybody not_named",
    "portal GET /robots.txt anybody not_named",
    "office GET / anybody not_named",
    "office GET /{language} exam_officer:everything district_coordinator:own_district not_named",
    "office GET /{language}/exams exam_officer:everything district_coordinator:own_district not_named",
    "office GET /{language}/exams/{code}/venues exam_officer:everything district_coordinator:own_district live",
    "office GET /{language}/sign-in anybody not_named",
    "office POST /{language}/sign-in anybody not_named",
    "office POST /{language}/sign-out anybody not_named",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/rosters exam_officer:everything "
    "district_coordinator:own_district live",
    "office GET /api/v1/exams/{code}/venues/{venue_code}/rosters.{format} exam_officer:everything "
    "district_coordinator:own_district live",
    "office GET /api/v1/openapi.json anybody not_named",
    "office GET /assets/{name} anybody not_named",
    "office GET /favicon.ico anybody not_named",
    "office GET /robots.txt anybody not_named",
    "operations GET /health anybody not_named",
    "operations GET /health/live anybody not_named",
    "operations GET /health/ready anybody not_named",
    "operations GET /metrics anybody not_named"};

std::string describe(const Route& route) {
  std::string line =
      std::string(spell(route.listener)) + (route.method == Method::post ? " POST " : " GET ") + route.pattern;
  if (!route.permission.needs_sign_in()) line += " anybody";
  for (const Grant& grant : route.permission.grants())
    line += " " + std::string(services::spell(grant.role)) + ":" + std::string(spell(grant.reach));
  return line + " " + std::string(spell(route.permission.state()));
}

TEST(AuthorizationTable, IsWhatIsWrittenHere) {
  const RouteTable table = site_routes();
  std::vector<std::string> actual;
  for (const Route& route : table.routes()) actual.push_back(describe(route));
  EXPECT_THAT(actual, ::testing::UnorderedElementsAreArray(written_rights));
}

// Who knocks: a role, and whether venue V1 (district 11110) is theirs.
struct Caller {
  std::string name;
  std::optional<Role> role;
  std::string session;
  bool owner = false;
};

enum class Expected { done, must_sign_in, forbidden, not_there };

std::string_view spell(Expected expected) {
  switch (expected) {
    case Expected::done:
      return "done";
    case Expected::must_sign_in:
      return "must sign in";
    case Expected::forbidden:
      return "forbidden";
    case Expected::not_there:
      return "not there";
  }
  return "";
}

class Authorization : public ::testing::Test {
 protected:
  Authorization() {
    const auto staff = [&](const std::string& name, Role role, const std::string& district, bool owner) {
      callers.push_back({name, role, office.sign_in(name, role, district), owner});
    };
    callers.push_back({"nobody", {}, "", false});
    callers.push_back({"an invented session", {}, std::string(64, '0'), false});
    staff("officer", Role::exam_officer, "", true);
    staff("own-coordinator", Role::district_coordinator, "11110", true);
    staff("other-coordinator", Role::district_coordinator, "11140", false);
    staff("chief", Role::venue_chief, "", true);
    staff("auditor", Role::auditor, "", false);
    staff("administrator", Role::administrator, "", false);
    open_applicant_session();
    callers.push_back({"applicant", Role::applicant, applicant_token, false});
  }

  // There is no such session yet; should there ever be one, it opens nothing of the office.
  void open_applicant_session() {
    office.accounts.save_session(
        sha256(applicant_token).hex(),
        {{"applicant", Role::applicant, {}}, "token", office.clock.now() + std::chrono::hours(1)}, office.clock.now());
  }

  static std::string address_of(const Route& route) {
    std::string address = route.pattern;
    for (const auto& [slot, value] : std::map<std::string, std::string>{{"{language}", "ko"},
                                                                        {"{code}", "seoul-2021-1"},
                                                                        {"{venue_code}", "V1"},
                                                                        {"{format}", "csv"},
                                                                        {"{name}", "nothing.css"}}) {
      if (const auto at = address.find(slot); at != std::string::npos) address.replace(at, slot.size(), value);
    }
    return address;
  }

  // By the words above, not by the table.
  static Expected expected_of(const Route& route, const Caller& caller, bool live) {
    const std::string rights = describe(route);
    const bool exam_must_live = rights.ends_with(" live");
    const bool names_venue = rights.find("{venue_code}") != std::string::npos;
    if (rights.find(" anybody ") == std::string::npos) {
      if (!caller.role) return Expected::must_sign_in;
      if (rights.find(" " + std::string(services::spell(*caller.role)) + ":") == std::string::npos)
        return Expected::forbidden;
      if (exam_must_live && !live) return Expected::not_there;
      return names_venue && !caller.owner ? Expected::forbidden : Expected::done;
    }
    return (exam_must_live && !live) || rights.find("/assets/{name}") != std::string::npos ? Expected::not_there
                                                                                           : Expected::done;
  }

  Response call(const Route& route, const Caller& caller, bool with_token) {
    Browser browser(running, route.listener);
    if (!caller.session.empty()) browser.set_cookie("hanjari_session", caller.session);
    browser.set_cookie("hanjari_form", std::string(64, 'f'));
    Request request;
    request.method = route.method;
    request.path = address_of(route);
    if (route.method == Method::post) {
      request.headers.set("content-type", "application/x-www-form-urlencoded");
      if (with_token) request.body = "form_token=" + token_for(caller, route.listener);
    }
    return browser.send(std::move(request));
  }

  std::string token_for(const Caller& caller, Listener listener) {
    if (listener == Listener::office && caller.role)
      return services::find_session(office.accounts, caller.session, office.clock.now())->csrf_token;
    return form_token;
  }

  static Expected outcome_of(const Response& response, const Route& route) {
    if (response.status == 401) return Expected::must_sign_in;
    const bool to_sign_in =
        response.status == 303 && response.header("Location").find("/sign-in") != std::string_view::npos;
    if (to_sign_in && route.pattern.find("/sign-") == std::string::npos) return Expected::must_sign_in;
    if (response.status == 403) return Expected::forbidden;
    if (response.status == 404) return Expected::not_there;
    // A form that is read and found wanting was allowed.
    EXPECT_TRUE(response.status == 200 || response.status == 303 || response.status == 422) << response.status;
    return Expected::done;
  }

  const std::string applicant_token = std::string(64, 'a');
  Office office;
  Running running{office};
  std::vector<Caller> callers;
  std::string form_token = form_token_of_cookie();

 private:
  std::string form_token_of_cookie() {
    Browser browser(running, Listener::portal);
    browser.set_cookie("hanjari_form", std::string(64, 'f'));
    return Browser::form_token_in(browser.get("/ko/exams/seoul-2021-1/seat").body);
  }
};

TEST_F(Authorization, HoldsForEveryRouteEveryCallerAndEveryState) {
  const auto exams = office.plans.live;
  for (const bool live : {true, false}) {
    office.plans.live = live ? exams : decltype(office.plans.live){};
    for (const Route& route : running.site.routes().routes()) {
      for (const Caller& caller : callers) {
        // Signing out ends the session that the others need.
        Caller fresh = caller;
        if (route.pattern.ends_with("/sign-out") && caller.role && caller.role != Role::applicant) {
          fresh.session = services::sign_in(office.accounts, office.attempts, caller.name, "twelve letters at least",
                                            "10.0.0.1", office.clock.now())
                              .token;
        }
        open_applicant_session();
        const Response response = call(route, fresh, true);
        EXPECT_EQ(spell(outcome_of(response, route)), spell(expected_of(route, caller, live)))
            << describe(route) << " as " << caller.name << (live ? ", live" : ", not live") << ": " << response.status;
        if (route.method == Method::post) {
          EXPECT_EQ(call(route, caller, false).status, 403) << "without a token: " << describe(route);
        }
      }
    }
  }
}

TEST_F(Authorization, OfOneListenerIsNotToBeHadOnAnother) {
  const std::string officer = office.sign_in("another-officer", Role::exam_officer, "");
  for (const Route& route : running.site.routes().routes()) {
    for (const Listener other : {Listener::portal, Listener::office, Listener::operations}) {
      const std::string address = address_of(route);
      if (other == route.listener || running.site.routes().find(other, route.method, address).route != nullptr)
        continue;
      Browser browser(running, other);
      browser.set_cookie("hanjari_session", officer);
      Request request;
      request.method = route.method;
      request.path = address;
      const int status = browser.send(std::move(request)).status;
      EXPECT_TRUE(status == 404 || status == 405) << describe(route) << " on " << spell(other) << ": " << status;
    }
  }
}

}  // namespace
}  // namespace hanjari::web::testing
