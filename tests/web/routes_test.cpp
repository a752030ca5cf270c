// The table of routes: who may what, and what the API page says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "web/browser.h"

namespace hanjari::web::testing {
namespace {

using services::Role;

Response answer_nothing(const Call& /*call*/) {
  return {};
}

Route route(const char* pattern, Permission permission = Permission::anybody(), Method method = Method::get) {
  return {method, pattern, Listener::portal, permission, answer_nothing};
}

TEST(RouteTable, DoesNotStartWithARouteThatNamesNobody) {
  EXPECT_THROW(RouteTable({route("/a", Permission::staff({}))}), std::logic_error);
}

TEST(RouteTable, RefusesTwoRoutesForOnePath) {
  EXPECT_THROW(RouteTable({route("/a/{x}"), route("/a/{y}")}), std::logic_error);
  EXPECT_NO_THROW(RouteTable({route("/a/{x}"), route("/a/b"), route("/a/{x}", Permission::anybody(), Method::post)}));
}

TEST(RouteTable, RefusesMalformedPatterns) {
  for (const char* pattern : {"a", "/{", "/{}", "/a{b}", "/{a}b", "/{a}{b}"}) {
    EXPECT_THROW(RouteTable({route(pattern)}), std::logic_error) << pattern;
  }
}

TEST(RouteTable, PrefersTheMoreExactRoute) {
  const RouteTable table({route("/a/{x}"), route("/a/b")});
  EXPECT_EQ(table.find(Listener::portal, Method::get, "/a/b").route->pattern, "/a/b");
  const Match match = table.find(Listener::portal, Method::get, "/a/%EA%B0%80");
  EXPECT_EQ(match.route->pattern, "/a/{x}");
  EXPECT_EQ(match.values.at("x"), "가");
}

TEST(RouteTable, FindsNothingBehindOddPaths) {
  const RouteTable table({route("/a/{x}"), route("/")});
  for (const char* path : {"", "a/b", "//", "/a", "/a/", "/a/b/", "/a/%", "/a/%ff", "/a/%00", "/A/b"}) {
    EXPECT_EQ(table.find(Listener::portal, Method::get, path).route, nullptr) << path;
  }
}

TEST(RouteTable, NamesTheMethodsAPathTakes) {
  const RouteTable table({route("/a", Permission::anybody(), Method::post)});
  EXPECT_THAT(table.find(Listener::portal, Method::get, "/a").allowed, ::testing::ElementsAre(Method::post));
}

// Every route as nobody, as a coordinator of the venue's district, of another district, as officer and as every other
// role. The oracle is written by hand: what a right is, is said here a second time.
class Permissions : public ::testing::Test {
 protected:
  // The address of the route in the small exam.
  static std::string address_of(const Route& wanted) {
    std::string address = wanted.pattern;
    for (const auto& [slot, value] : std::map<std::string, std::string>{{"{language}", "ko"},
                                                                        {"{code}", "seoul-2021-1"},
                                                                        {"{venue_code}", "V1"},
                                                                        {"{format}", "csv"},
                                                                        {"{name}", "nothing.css"}}) {
      if (const auto at = address.find(slot); at != std::string::npos) address.replace(at, slot.size(), value);
    }
    return address;
  }

  int status_for(const Route& wanted, const std::string& token) {
    Request request;
    request.method = wanted.method;
    request.path = address_of(wanted);
    Browser browser(running, wanted.listener);
    if (!token.empty()) browser.set_cookie("hanjari_session", token);
    return browser.send(std::move(request)).status;
  }

  Office office;
  Running running{office};
};

TEST_F(Permissions, OfEveryRouteAreThoseWrittenHere) {
  const std::map<std::string, std::string> staff{
      {"officer", office.sign_in("officer", Role::exam_officer, "")},
      {"own", office.sign_in("own", Role::district_coordinator, "11110")},
      {"other", office.sign_in("other", Role::district_coordinator, "11140")},
      {"chief", office.sign_in("chief", Role::venue_chief, "")},
      {"auditor", office.sign_in("auditor", Role::auditor, "")},
      {"administrator", office.sign_in("administrator", Role::administrator, "")}};
  std::size_t guarded = 0;
  for (const Route& wanted : running.site.routes().routes()) {
    const bool is_roster = wanted.pattern.find("/rosters") != std::string::npos;
    const bool open = wanted.listener != Listener::office || wanted.pattern == "/" ||
                      wanted.pattern.find("sign-") != std::string::npos || wanted.pattern.starts_with("/assets/") ||
                      wanted.pattern == "/favicon.ico" || wanted.pattern == "/robots.txt" ||
                      wanted.pattern == "/api/v1/openapi.json";
    EXPECT_EQ(wanted.permission.needs_sign_in(), !open) << wanted.pattern;
    if (open) continue;
    ++guarded;
    const int nobody = status_for(wanted, "");
    EXPECT_EQ(nobody, is_roster ? 401 : 303) << wanted.pattern;
    EXPECT_EQ(status_for(wanted, std::string(64, '0')), nobody) << "an invented session: " << wanted.pattern;
    for (const auto& [who, token] : staff) {
      const bool in = who == "officer" || who == "own" || (who == "other" && !is_roster);
      const int status = status_for(wanted, token);
      EXPECT_EQ(status == 200 || status == 303, in) << who << " " << wanted.pattern << " " << status;
      if (!in) {
        EXPECT_EQ(status, 403) << who << " " << wanted.pattern;
      }
    }
  }
  EXPECT_EQ(guarded, 5U);
}

TEST_F(Permissions, OfTheOfficeAreNotToBeHadOnThePortal) {
  for (const Route& wanted : running.site.routes().routes()) {
    if (!wanted.permission.needs_sign_in()) continue;
    Browser browser(running, Listener::portal);
    browser.set_cookie("hanjari_session",
                       office.sign_in("a" + std::to_string(office.accounts.accounts.size()), Role::exam_officer, ""));
    const int status = browser.get(address_of(wanted)).status;
    EXPECT_TRUE(status == 404 || address_of(wanted) == "/ko") << address_of(wanted) << " " << status;
  }
}

TEST(ApiDescription, NamesEveryRouteOfTheApi) {
  const RouteTable table = site_routes();
  const auto page = nlohmann::json::parse(describe_api(table));
  EXPECT_EQ(page.at("openapi"), "3.0.3");
  std::size_t described = 0;
  for (const Route& wanted : table.routes()) {
    const bool in_api = wanted.pattern.starts_with("/api/");
    EXPECT_EQ(wanted.api.has_value(), in_api) << wanted.pattern;
    if (!in_api) continue;
    ++described;
    const auto& operation = page.at("paths").at(wanted.pattern).at("get");
    EXPECT_EQ(operation.contains("security"), wanted.permission.needs_sign_in()) << wanted.pattern;
    EXPECT_FALSE(operation.at("summary").get<std::string>().empty());
  }
  EXPECT_GE(described, 4U);
}

}  // namespace
}  // namespace hanjari::web::testing
