// Every call as somebody makes it who means harm: bodies that nobody meant, by every role, and calls that a page of another site
// can make a browser send. HANJARI_BODIES=N sends N bodies to each writing route of the API and role (12).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/base/file.h"
#include "hanjari/base/random.h"
#include "hanjari/package/recruitment_file.h"
#include "places.h"
#include "site/form_token.h"
#include "site/hostile_calls.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {
namespace {

using ::testing::AnyOf;
using nlohmann::json;

// A value that does not belong where it stands.
json odd_value(RandomStream& random) {
  switch (random.below(16)) {
    case 0:
      return nullptr;
    case 1:
      return random.below(2) == 0;
    case 2:
      return json::array();
    case 3:
      return json::object();
    case 4:
      return json::array({json::array({nullptr}), json::object({{"", 1}})});
    case 5: {
      constexpr std::array<std::int64_t, 8> numbers{0, -1, 1, 99, 2'147'483'648, -2'147'483'649, 9'223'372'036'854'775'807,
                                                    -9'223'372'036'854'775'807};
      return numbers[random.below(numbers.size())];
    }
    case 6:
      return 18'446'744'073'709'551'615U;
    case 7:
      return 1.5e300;
    case 8:
      return -0.0;
    case 9:
      return std::string(20'000, 'a');
    case 10:
      return "\u200b\u202e김\u0301";
    case 11:
      return std::string("a\x01\x7f b");
    case 12:
      return "2021-02-30T25:00:00+99:99";
    case 13: {
      static const std::vector<std::string> last{"9999-12-31", "9999-12-31T18:00", "9999-12-31T18:00:00+09:00", "9999-12-31 18:00", "0001-01-01",
                                                 "99999999999999999.0a", "9223372036854775807", "2147483647", "inf", "nan"};
      return last[random.below(last.size())];
    }
    case 14:
      return "{\"a\":" + std::string(2'000, '[') + "]}";
    default:
      return "../../x'\"<script>{{a}}%s";
  }
}

// Bodies that routes understand, to be spoilt.
std::vector<json> sound_bodies() {
  const json form = json::parse(package::render_form(hanjari::tests::sample_form()));
  const json notice = json::parse(package::render_recruitment(hanjari::tests::sample_notice()));
  json draft = json::parse(R"({"resident_number": "950314-2000000", "version": 0})");
  draft["form"] = form;
  json saved = json::parse(R"({"state": "published", "version": 0})");
  saved["definition"] = notice;
  std::vector<json> bodies{draft, form, notice, saved};
  for (const char* text : {R"({"decisions": [{"report": 1, "decision": "isolation", "told": "x"}]})",
                           R"({"decision": "declined", "told": "x", "reason": "y", "item": "separate_room", "health": ["fever"]})",
                           R"({"concerned": 2, "reason": "r", "seed": "1", "rounds": 3, "policy": {"min_gap_cm": 120}})",
                           R"({"plan": "aa", "step": "propose", "version": 1, "instead_of": null, "outcome": "paid"})",
                           R"({"papers": ["roster"], "formats": ["pdf"], "venues": ["V1"], "language": "ko", "from": "bb"})"})
    bodies.push_back(json::parse(text));
  return bodies;
}

// Some places of the body get another value, are doubled as a list, lost, or named otherwise.
std::string spoilt_body(RandomStream& random) {
  static const std::vector<json> bodies = sound_bodies();
  json body = bodies[random.below(bodies.size())];
  for (std::uint64_t change = 0, changes = random.below(4); change < changes; ++change) {
    const json flat = body.flatten();
    if (flat.empty() || !flat.is_object()) break;
    auto place = flat.begin();
    std::advance(place, static_cast<std::ptrdiff_t>(random.below(flat.size())));
    json::json_pointer pointer(place.key());
    for (std::uint64_t up = random.below(3); up > 0 && !pointer.parent_pointer().empty(); --up) pointer = pointer.parent_pointer();
    if (pointer.empty() || !body.contains(pointer)) continue;
    json& value = body.at(pointer);
    switch (random.below(4)) {
      case 0:
        value = json::array({value, value});
        break;
      case 1:
        value = json::object({{"form", value}});
        break;
      default:
        value = odd_value(random);
    }
  }
  std::string text = body.dump(-1, ' ', false, json::error_handler_t::replace);
  switch (random.below(12)) {
    case 0:
      return text.substr(0, random.below(text.size() + 1));
    case 1:
      return R"({"form":[]})";
    case 2:
      return R"({"version":1e400})";
    case 3:
      return R"({"form":{"name":"\ud800"},"reason":"\u0000"})";
    case 4:
      return R"({"reason":1,"reason":2})";
    case 5:
      return "[" + text + "]";
    case 6:
      text.insert(random.below(text.size() + 1), "\xff");
      return text;
    default:
      return text;
  }
}

// Without the members that the answer names as unknown: what is left comes to where it is read.
std::optional<std::string> without_unknown(const std::string& body, const Response& response) {
  const json answer = json::parse(response.body, nullptr, false);
  if (response.status != 422 || !answer.is_object() || answer.value("code", std::string()) != "unknown_member")
    return std::nullopt;
  json rest = json::parse(body, nullptr, false);
  for (const json& fault : answer.at("faults")) {
    if (fault.contains("field")) rest.erase(fault.at("field").get<std::string>());
  }
  return rest.dump(-1, ' ', false, json::error_handler_t::replace);
}

// What a call takes, as the refusal of a member that no call knows names it. Every reader of a body says so itself, so that calls
// to come are tried by what they read without being listed here.
std::vector<std::string> members_named(const Response& refused) {
  std::vector<std::string> members;
  const json answer = json::parse(refused.body, nullptr, false);
  if (!answer.is_object() || answer.value("code", std::string()) != "unknown_member") return members;
  const std::string fix = answer.at("faults").at(0).at("fix").get<std::string>();
  const std::size_t colon = fix.find(": ");
  if (colon == std::string::npos) return members;
  for (std::size_t at = colon + 2; at < fix.size();) {
    const std::size_t end = std::min(fix.find(", ", at), fix.size());
    members.push_back(fix.substr(at, end - at));
    at = end + 2;
  }
  return members;
}

// What a member may hold somewhere: with these a call comes past its first question.
json likely_value(RandomStream& random) {
  static const std::vector<json> values{
      "V1", "11110", "seoul-2021-1", "officer", "chief", "S1", "A-1", "11110-V1", "city", "district/11110", "venue/11110/V1", "room/11110/V1/1",
      "propose", "approve", "arm", "withdraw", "confirm", "accept", "attended", "consented", "place", "swap", "lock", "undo", "yes", "no",
      "2031-06-05T18:00:00+09:00", "2031-06-05", "09:00", std::string(64, 'a'), "000000", "a reason", "sky@example.kr", "37.5", "127.0",
      0, 1, 2, 30, 100, true, false, json::array(), json::array({"V1"}), json::array({1, 2}), json::array({json::object({{"district", "11110"}, {"seats", 3}})}),
      json::array({json::object({{"room_no", 1}, {"row_count", 5}, {"column_count", 6}, {"row_pitch_cm", 90}, {"column_pitch_cm", 90}})}),
      json::object({{"seal", 2}}), json::object({{"booklet/A/", 30}}), json::object({{"min_gap_cm", 100}, {"people_cap", 15}})};
  return values[random.below(values.size())];
}

std::string body_of_members(const std::vector<std::string>& members, RandomStream& random) {
  json body = json::object();
  for (const std::string& member : members) {
    const std::uint64_t kind = random.below(8);
    if (kind == 0) continue;
    body[member] = kind < 3 ? odd_value(random) : likely_value(random);
  }
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

// {"form": []} was answered with 500. Red with any reader that takes a value for what it should be.
TEST_F(HostileCalls, GetNo500ForAnyBody) {
  const char* wanted = std::getenv("HANJARI_BODIES");
  const int count = wanted == nullptr ? 12 : std::atoi(wanted);
  RandomStream random(*parse_seed("21"), "bodies");
  int sent = 0;
  std::set<std::string> understood;
  for (const Route& route : running.site.routes().routes()) {
    if (!writes_by_api(route)) continue;
    for (const Knocking& knocking : people) {
      if (knocking.listener != route.listener) continue;
      std::vector<std::string> members;
      for (int time = 0; time < count; ++time) {
        Request request;
        request.method = Method::post;
        request.path = address_of(route);
        request.headers.set("content-type", "application/json");
        request.headers.set("idempotency-key", "key-of-a-call-" + std::to_string(sent));
        request.body = time == 0 ? R"({"form":[],"nobody knows":1})" : spoilt_body(random);
        if (time % 2 == 0 && !members.empty()) request.body = body_of_members(members, random);
        Response response = send(knocking, request);
        if (time == 0) members = members_named(response);
        if (!members.empty()) understood.insert(route.pattern);
        if (const auto known = without_unknown(request.body, response)) {
          request.body = *known;
          request.headers.set("idempotency-key", "key-of-a-second-call-" + std::to_string(sent));
          response = send(knocking, request);
        }
        const std::string body = request.body.substr(0, 400);
        EXPECT_NE(response.status, 500) << route.pattern << " as " << knocking.name << ": " << body << "\n"
                                        << running.log.back().problem;
        ++sent;
      }
    }
  }
  EXPECT_GT(sent, 500);
  EXPECT_GT(understood.size(), 30U) << "bodies of members that are taken";
  RecordProperty("tried", sent);
}

// Bodies that are files: the bytes that fuzzers found worth keeping for their readers, under every type that is sent as one.
TEST_F(HostileCalls, GetNo500ForAnyFile) {
  const char* wanted = std::getenv("HANJARI_BODIES");
  const int count = wanted == nullptr ? 12 : std::atoi(wanted);
  std::vector<std::string> files{"", std::string(100, '\0'), "PK\x03\x04", "%PDF-1.7\n", "\xff\xd8\xff\xe0"};
  for (const char* target : {"packed", "workbook", "photo", "table", "rooms", "staff"}) {
    for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(hanjari::tests::source_dir) / "tests/fuzz/corpus" / target))
      files.push_back(read_file(file.path()));
  }
  std::sort(files.begin(), files.end());  // as in no folder's order
  constexpr std::array<const char*, 7> types{
      "application/zip", "application/pdf", "image/jpeg", "image/png", "text/csv", "application/json",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
  RandomStream random(*parse_seed("21"), "files");
  int sent = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (!writes_by_api(route) || route.api->members) continue;
    for (const Knocking& knocking : people) {
      if (knocking.listener != route.listener) continue;
      for (int time = 0; time < count; ++time) {
        Request request;
        request.method = Method::post;
        request.path = address_of(route);
        const char* type = types[random.below(types.size())];
        request.headers.set("content-type", type);
        request.headers.set("idempotency-key", "key-of-a-file-" + std::to_string(sent));
        const std::uint64_t number = random.below(files.size());
        request.body = files[number];
        EXPECT_NE(send(knocking, std::move(request)).status, 500) << route.pattern << " as " << knocking.name << ": file " << number << " as " << type
                                                                 << "\n" << running.log.back().problem;
        ++sent;
      }
    }
  }
  EXPECT_GT(sent, 100);
  RecordProperty("tried", sent);
}

// A misspelt member was passed over in silence: what it said was not done, and nobody was told. Red without the rule of
// read_json: every order of a plan was answered with 202. No POST is done with a member that it does not know, and whoever is
// refused for it is told every such member and, of each, what may be sent.
TEST_F(HostileCalls, AreToldEveryMemberThatACallDoesNotKnow) {
  std::set<std::string> told;
  for (const Route& route : running.site.routes().routes()) {
    if (!writes_by_api(route)) continue;
    for (const Knocking& knocking : people) {
      if (knocking.listener != route.listener) continue;
      Request request;
      request.method = Method::post;
      request.path = address_of(route);
      request.headers.set("content-type", "application/json");
      request.headers.set("idempotency-key", "key-of-an-odd-call-" + std::to_string(told.size()));
      request.body = R"({"oficer": "kim", "resaon": "asked", "\u202e": 1})";
      const Response response = send(knocking, std::move(request));
      EXPECT_GE(response.status, 300) << route.pattern << " as " << knocking.name << ": " << response.body;
      const json answer = json::parse(response.body, nullptr, false);
      if (!answer.is_object() || answer.value("code", std::string()) != "unknown_member") continue;
      told.insert(route.pattern);
      EXPECT_EQ(response.status, 422);
      ASSERT_EQ(answer.at("faults").size(), 3U) << route.pattern;
      std::set<std::string> fields;
      for (const json& fault : answer.at("faults")) {
        if (fault.contains("field")) fields.insert(fault.at("field").get<std::string>());
        EXPECT_FALSE(fault.at("fix").get<std::string>().empty());
        // What the refusal lists is what the description lists.
        for (const std::string& member : *route.api->members)
          EXPECT_THAT(fault.at("fix").get<std::string>(), ::testing::HasSubstr(member)) << route.pattern;
      }
      EXPECT_EQ(fields, (std::set<std::string>{"oficer", "resaon"})) << route.pattern;
    }
  }
  EXPECT_GT(told.size(), 30U);
}

// Browsers send these to another site without asking it first, and older ones do not say where they come from.
TEST_F(HostileCalls, OfAPageOfAnotherSiteChangeNothing) {
  int asked = 0;
  for (const Route& route : running.site.routes().routes()) {
    if (!writes_by_api(route)) continue;
    for (const Knocking& knocking : people) {
      if (knocking.listener != route.listener) continue;
      for (const char* type : {"", "text/plain", "text/plain;charset=UTF-8", "Text/Plain", "text/plain; application/json",
                               "Application/X-WWW-Form-Urlencoded", "MULTIPART/form-data; boundary=a",
                               "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"}) {
        Request request;
        request.method = Method::post;
        request.path = address_of(route);
        if (*type != '\0') request.headers.set("content-type", type);
        request.body = "{}";
        EXPECT_THAT(send(knocking, std::move(request)).status, AnyOf(400, 401, 403, 413, 415))
            << route.pattern << " as " << knocking.name << " with '" << type << "'";
        ++asked;
      }
      for (const auto& [field, value] : std::map<std::string, std::string>{{"origin", "https://evil.example"}, {"sec-fetch-site", "cross-site"}}) {
        Request request;
        request.method = Method::post;
        request.path = address_of(route);
        request.headers.set("content-type", "application/json");
        request.headers.set("host", "seats.example.kr");
        request.headers.set(field, value);
        request.body = "{}";
        EXPECT_THAT(send(knocking, std::move(request)).status, AnyOf(401, 403)) << route.pattern << " with " << field;
      }
    }
  }
  EXPECT_GT(asked, 200);
  RecordProperty("tried", asked);
}

// What is told without a sign-in, while everything is as bad as it can be, names no file of the machine and no key.
TEST_F(HostileCalls, AreToldNoPathsAndNoNamesOfKeys) {
  SiteServices services = office.services();
  services.list_damaged_keys = [] { return std::vector<std::string>{"exam/secret-scope"}; };
  services.check_ready = [] {
    throw Unavailable("wrong_key_file", {"/var/lib/hanjari/keys/personal.keys is missing", "/var/lib/hanjari/keys/personal.keys 없음"});
  };
  Site site(services, {}, site_routes());
  Edge edge(site, [](const AccessEntry&) {});
  office.plans.failure =
      std::make_exception_ptr(Unavailable("wrong_key_file", {"/var/lib/hanjari/keys/personal.keys", "/var/lib/hanjari"}));
  const std::string cookie(64, 'c');
  int asked = 0;
  for (const Route& route : site.routes().routes()) {
    if (route.permission.needs_sign_in()) continue;
    for (const char* accept : {"text/html", "application/json"}) {
      Request request;
      request.method = route.method;
      request.path = address_of(route);
      if (route.method == Method::post) {
        request.headers.set("content-type", "application/x-www-form-urlencoded");
        request.headers.set("cookie", "hanjari_form=" + cookie);
        request.body = "form_token=" + form_token_of(cookie) + "&number=01000001&birth=19970305&contact=sky%40example.kr&account=officer&code=000000";
      }
      request.source = "203.0.113.7";
      request.headers.set("accept", accept);
      const Response response = edge.answer(route.listener, request);
      for (const char* secret : {"/var/lib", "personal.keys", "secret-scope"})
        EXPECT_EQ(response.content().find(secret), std::string_view::npos) << request.path << " tells " << secret;
      ++asked;
    }
  }
  EXPECT_GT(asked, 30);
}

}  // namespace
}  // namespace hanjari::web::testing
