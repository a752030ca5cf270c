// Addresses and queries that nobody meant, and exams that are not there, as everybody calls them who may knock. The campaign before a
// release (HANJARI_BODIES) asks as everybody.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "site/hostile_calls.h"

namespace hanjari::web::testing {
namespace {

const std::vector<std::string>& odd_ids() {
  static const std::vector<std::string> odd{"%ED%95%9C",   "%F0%9F%98%80", "%E2%80%8B", "%C3%A9", "%20",       "%27%22%3C", "%2F",  "..%2F..",
                                            "%25",         "-1",           "1e400",     "0",      "%2B",       "%5C",       "A%7F", "%EF%BB%BF1",
                                            "%FF",         "%C0%AF",       "%0D%0ASet-Cookie%3A%20a%3Db", std::string(155, 'x'), std::string(1'000, '9'), "18446744073709551616",
                                            "9223372036854775807", "-9223372036854775808", "2147483647", "9999-12-31", "inf"};
  return odd;
}

// An officer who opened an exam that is not there was answered with an empty table, and once a key was made for it. Red with a handler
// that asks only what it has to tell. The first request to districts is made for an exam of which nothing is stored yet.
TEST_F(HostileCalls, OfOfficersFindNothingOfAnExamThatIsNotThere) {
  int asked = 0;
  for (const Route& route : running.site.routes().routes()) {
    const bool names_one = route.pattern.find("{code}") != std::string::npos || route.pattern.find("{notice}") != std::string::npos;
    if (!names_one || route.method != Method::get || route.listener != Listener::office) continue;
    if (route.pattern == "/{language}/exams/{code}/venue-offers") continue;
    for (const std::string& code : {std::string("nowhere-2099"), std::string(155, 'x')}) {
      Request request;
      request.path = filled(route.pattern, {{"{language}", "ko"}, {"{code}", code}, {"{notice}", code}, {"{venue_code}", "V1"}, {"{format}", "csv"},
                                            {"{table}", "venues.csv"}, {"{plan}", std::string(64, 'a')}, {"", "1"}});
      const Response response = send(people.front(), std::move(request));
      EXPECT_TRUE(response.status >= 400 && response.status < 500) << route.pattern << " answers " << response.status;
      ++asked;
    }
  }
  EXPECT_GT(asked, 100);
}

// An id with letters outside ASCII was answered with 500. Every route is asked with every id, by half of those who may knock there;
// the campaign before a release (HANJARI_BODIES) asks as everybody.
TEST_F(HostileCalls, GetNo500ForAnyAddress) {
  const std::vector<std::string>& odd = odd_ids();
  const std::size_t others = std::getenv("HANJARI_BODIES") == nullptr ? 2 : 1;
  std::size_t turn = 0;
  int asked = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (route.pattern.find('{') == std::string::npos) continue;
    for (const Knocking& knocking : people) {
      if (knocking.listener != route.listener) continue;
      ++turn;
      for (std::size_t at = 0; at < odd.size(); ++at) {
        if ((at + turn) % others != 0) continue;
        const std::string& id = odd[at];
        Request request;
        request.method = route.method;
        request.path = filled(route.pattern, {{"{language}", "ko"}, {"", id}});
        request.query = "page=" + id + "&exam=" + id + "&number=" + id + "&from=" + id;
        if (route.method == Method::post) {
          request.headers.set("content-type", "application/json");
          request.body = "{}";
        }
        EXPECT_NE(send(knocking, request).status, 500) << request.path << " as " << knocking.name << ": "
                                                       << running.log.back().problem;
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 1'000);
  RecordProperty("tried", asked);
}

// What stands behind the question mark comes to its reader only where the path is one. A third of the names that the description of the
// API says, or that pages read, is given at a time, so that what is refused for one name does not hide what another does.
TEST_F(HostileCalls, GetNo500ForAnyQuery) {
  const std::set<std::string> of_pages{"page",    "order",  "search", "state", "venue", "unit",  "district", "after",   "before",   "from",
                                       "version", "parcel", "room",   "since", "table", "plan",  "place",    "columns", "language", "done",
                                       "move",    "left",   "top",    "width", "next",  "author", "at", "limit", "key", "people_cap", "detour_cap_m"};
  const std::size_t others = std::getenv("HANJARI_BODIES") == nullptr ? 9 : 3;
  std::size_t turn = 0;
  int asked = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (route.method != Method::get) continue;
    std::set<std::string> names = of_pages;
    if (route.api) names = {route.api->query.begin(), route.api->query.end()};
    if (names.empty()) continue;
    for (const Knocking& knocking : people) {
      if (knocking.listener != route.listener) continue;
      ++turn;
      for (std::size_t at = 0; at < odd_ids().size(); ++at) {
        if ((at + turn) % others != 0) continue;
        Request request;
        request.path = address_of(route);
        std::size_t place = turn + at;
        for (const std::string& name : names) {
          if (++place % 3 == 0) request.query += (request.query.empty() ? "" : "&") + name + "=" + odd_ids()[at];
        }
        EXPECT_NE(send(knocking, request).status, 500) << request.path << "?" << request.query << " as " << knocking.name << ": "
                                                       << running.log.back().problem;
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 300);
  RecordProperty("tried", asked);
}

}  // namespace
}  // namespace hanjari::web::testing
