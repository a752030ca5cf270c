// The table of routes: who may what, and what the API page says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "stage/browser.h"

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

// Whether `{...}` of these makes a route: a permission cannot be left out.
template <class... Parts>
concept MakesARoute = requires(Parts... parts) {
  Route{parts...};
};

TEST(RouteTable, DoesNotCompileARouteWithoutPermission) {
  static_assert(MakesARoute<Method, const char*, Listener, Permission, Handler>);
  static_assert(!MakesARoute<Method, const char*, Listener>);
  static_assert(!MakesARoute<Method, const char*, Listener, Handler>);
  static_assert(!std::is_default_constructible_v<Permission>);
}

TEST(RouteTable, LetsNobodyReachBeyondTheRulesOfTheDomain) {
  for (const Grant grant :
       {Grant{Role::district_coordinator, Reach::everything}, Grant{Role::venue_chief, Reach::own_district},
        Grant{Role::venue_chief, Reach::everything}, Grant{Role::applicant, Reach::own_venue}}) {
    EXPECT_THROW(RouteTable({route("/a", Permission::staff({grant}))}), std::logic_error);
  }
  EXPECT_NO_THROW(RouteTable({route("/a", Permission::staff({{Role::venue_chief, Reach::own_venue}}))}));
}

TEST(RouteTable, AsksForTheStateOfEveryExamThatIsNamed) {
  EXPECT_THROW(RouteTable({route("/exams/{code}/x")}), std::logic_error);
  EXPECT_THROW(RouteTable({route("/x", Permission::anybody(ExamState::live))}), std::logic_error);
  EXPECT_NO_THROW(RouteTable({route("/exams/{code}/x", Permission::anybody(ExamState::live))}));
}

TEST(RouteTable, KeepsOnlyWhatIsForEverybody) {
  Route kept = route("/a");
  kept.keep = Keep{std::chrono::seconds(1), std::chrono::seconds(1), "no-cache"};
  EXPECT_NO_THROW(RouteTable({kept}));
  kept.permission = Permission::staff({{Role::exam_officer, Reach::everything}});
  EXPECT_THROW(RouteTable({kept}), std::logic_error);
  kept = route("/a", Permission::anybody(), Method::post);
  kept.keep = Keep{std::chrono::seconds(1), std::chrono::seconds(1), "no-cache"};
  EXPECT_THROW(RouteTable({kept}), std::logic_error);
}

TEST(RouteTable, RefusesTwoRoutesForOnePath) {
  EXPECT_THROW(RouteTable({route("/a/{x}"), route("/a/{y}")}), std::logic_error);
  EXPECT_THROW(RouteTable({route("/a/b.{x}"), route("/"), route("/a/b.{y}")}), std::logic_error);
  EXPECT_NO_THROW(RouteTable({route("/a/b.{x}"), route("/a/c.{x}"), route("/a/{x}"), route("/a/{x}/b"), route("/a/{x}/c.{x}")}));
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

TEST(ApiDescription, NamesEveryRouteOfTheApi) {
  const RouteTable table = site_routes();
  std::map<Listener, nlohmann::json> pages;
  for (const Listener listener : {Listener::portal, Listener::office}) {
    pages[listener] = nlohmann::json::parse(describe_api(table, listener));
    EXPECT_EQ(pages[listener].at("openapi"), "3.0.3");
  }
  std::size_t described = 0;
  for (const Route& wanted : table.routes()) {
    const bool in_api = wanted.pattern.starts_with("/api/");
    EXPECT_EQ(wanted.api.has_value(), in_api) << wanted.pattern;
    if (!in_api) continue;
    ++described;
    const auto& operation =
        pages.at(wanted.listener).at("paths").at(wanted.pattern).at(wanted.method == Method::post ? "post" : "get");
    EXPECT_EQ(operation.contains("security"), wanted.permission.needs_sign_in()) << wanted.pattern;
    EXPECT_FALSE(operation.at("summary").get<std::string>().empty());
    EXPECT_EQ(operation.value("x-exam-state", "not_named"), spell(wanted.permission.state())) << wanted.pattern;
    for (const Grant& grant : wanted.permission.grants()) {
      EXPECT_EQ(operation.at("x-reach").at(std::string(services::spell(grant.role))), spell(grant.reach));
    }
  }
  EXPECT_GE(described, 4U);
}

// Red while the description said nothing of bodies although a member that a call does not know is refused.
TEST(ApiDescription, ListsTheMembersOfEveryBodyThatIsJson) {
  const RouteTable table = site_routes();
  std::map<Listener, nlohmann::json> pages;
  for (const Listener listener : {Listener::portal, Listener::office})
    pages[listener] = nlohmann::json::parse(describe_api(table, listener));
  std::set<std::string> files;
  std::size_t objects = 0;
  for (const Route& route : table.routes()) {
    if (!route.api || route.method != Method::post) continue;
    const auto& content = pages.at(route.listener).at("paths").at(route.pattern).at("post").at("requestBody").at("content");
    if (!route.api->members) {
      files.insert(route.pattern);
      EXPECT_FALSE(content.contains("application/json")) << route.pattern;
      continue;
    }
    ++objects;
    const auto& schema = content.at("application/json").at("schema");
    EXPECT_EQ(schema.at("additionalProperties"), false) << route.pattern;
    std::set<std::string> told;
    for (const auto& [name, type] : schema.at("properties").items()) told.insert(name);
    EXPECT_EQ(told, std::set<std::string>(route.api->members->begin(), route.api->members->end())) << route.pattern;
  }
  EXPECT_GT(objects, 60U);
  // Whatever else takes no object takes a file, or words that somebody else has signed.
  EXPECT_EQ(files, (std::set<std::string>{"/api/v1/imports", "/api/v1/exams/{code}/results",
                                           "/api/v1/exams/{code}/invigilator-imports",
                                           "/api/v1/exams/{code}/venue-offers/{venue_code}/rooms",
                                           "/api/v1/exams/{code}/venue-offers/{venue_code}/files",
                                           "/api/v1/payment-notifications"}));
}

TEST(ApiDescription, TakesNoMembersOfARouteThatIsNotThere) {
  std::vector<Route> routes{route("/a", Permission::anybody(), Method::post)};
  EXPECT_THROW(take_members(routes, {{"/a", {"reason"}}}), std::logic_error) << "a page";
  EXPECT_THROW(take_members(routes, {{"/b", {"reason"}}}), std::logic_error);
  routes.front().api = ApiDescription{{"Does", "합니다"}, {"application/json"}, {}};
  take_members(routes, {{"/a", {"reason"}}});
  EXPECT_THAT(*routes.front().api->members, ::testing::ElementsAre("reason"));
}

}  // namespace
}  // namespace hanjari::web::testing
