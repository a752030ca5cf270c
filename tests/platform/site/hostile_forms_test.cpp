// The forms of all pages, as everybody sees them, filled in as nobody meant them and sent with their own token.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/random.h"
#include "site/hostile_calls.h"

namespace hanjari::web::testing {
namespace {

struct SeenForm {
  std::string action;
  std::map<std::string, std::string> fields;  // with what stands in them
};

// The value of an attribute in a tag; empty where it has none.
std::string attribute_in(const std::string& tag, const std::string& name) {
  const std::string head = " " + name + "=\"";
  const auto at = tag.find(head);
  if (at == std::string::npos) return {};
  return tag.substr(at + head.size(), tag.find('"', at + head.size()) - at - head.size());
}

std::vector<SeenForm> forms_in(const std::string& page) {
  std::vector<SeenForm> forms;
  for (auto at = page.find("<form"); at != std::string::npos; at = page.find("<form", at + 1)) {
    const std::string block = page.substr(at, page.find("</form>", at) - at);
    const std::string head = block.substr(0, block.find('>'));
    SeenForm form{attribute_in(head, "action"), {}};
    if (attribute_in(head, "method") != "post" || !form.action.starts_with('/')) continue;
    for (auto tag = block.find('<', 1); tag != std::string::npos; tag = block.find('<', tag + 1)) {
      const std::string field = block.substr(tag, block.find('>', tag) - tag);
      if (const std::string name = attribute_in(field, "name"); !name.empty()) form.fields[name] = attribute_in(field, "value");
    }
    forms.push_back(std::move(form));
  }
  return forms;
}

std::string odd_text(RandomStream& random) {
  static const std::vector<std::string> texts{
      "",           " ",          "-1",        "0",         "1e400",      "99999999999999999999", "true",
      "2021-02-30", "25:61",      "a\nb\r\nc", "a\tb\tc\n", "../../x",    "'\"<script>{{a}}%s",   "V1",
      "11110",      "officer",    "S1",        "[]",        "{\"a\":[]}", "2031-06-05T18:00",     "a@b",
      "010-1",      "\u200b\u202e김\u0301",    "seoul-2021-1",            std::string(300, 'a'),  std::string(64, 'f'),
      // The last of what is counted, and beyond what is counted from it.
      "9223372036854775807",      "-9223372036854775808",     "2147483647",           "1000000000000",            "9999-12-31",
      "9999-12-31T18:00",         "9999-12-31 18:00",         "0001-01-01",           "99999999999999999.0a",     "inf",
      "nan",                      "-0"};
  return texts[random.below(texts.size())];
}

// Ends the session with which the next form would be sent, or costs a password's work.
bool is_left_alone(const std::string& action) {
  for (const char* word : {"/sign-out", "/sessions", "/password", "/sign-in", "/sign-up"}) {
    if (action.find(word) != std::string::npos) return true;
  }
  return false;
}

// Red with any page that takes for granted what its own form holds.
TEST_F(HostileCalls, GetNo500ForAnyForm) {
  const char* wanted = std::getenv("HANJARI_BODIES");
  const int count = wanted == nullptr ? 2 : std::max(2, std::atoi(wanted) / 50);  // drawing the pages costs most
  RandomStream random(*parse_seed("21"), "forms");
  const std::string own_cookie = "hanjari_form=" + std::string(64, 'c');
  int sent = 0;
  for (const Knocking& knocking : people) {
    const auto ask = [&](Request request) {
      if (knocking.session.empty()) request.headers.set("cookie", own_cookie);
      return send(knocking, std::move(request));
    };
    std::set<std::string> tried;
    for (const Route& route : running.site.routes().routes()) {
      if (route.method != Method::get || route.listener != knocking.listener || !route.pattern.starts_with("/{language}")) continue;
      Request looked;
      looked.path = address_of(route);
      looked.headers.set("accept", "text/html");
      const Response page = ask(looked);
      for (const SeenForm& form : forms_in(std::string(page.content()))) {
        const std::string action = unescaped(form.action);
        if (is_left_alone(action) || !tried.insert(action + (form.fields.empty() ? "" : form.fields.begin()->first)).second) continue;
        for (int time = 0; time < count; ++time) {
          std::map<std::string, std::string> fields = form.fields;
          for (auto& [name, value] : fields) {
            if (name != "form_token" && random.below(3) != 0) value = odd_text(random);
          }
          Request request;
          request.method = Method::post;
          const auto mark = action.find('?');
          request.path = action.substr(0, mark);
          if (mark != std::string::npos) request.query = action.substr(mark + 1, action.find('#') - mark - 1);
          request.headers.set("content-type", "application/x-www-form-urlencoded");
          request.headers.set("accept", "text/html");
          request.body = Browser::encode_form(fields);
          const std::string body = request.body.substr(0, 600);
          EXPECT_NE(ask(std::move(request)).status, 500) << action << " as " << knocking.name << ": " << body << "\n"
                                                        << running.log.back().problem;
          ++sent;
        }
      }
    }
  }
  EXPECT_GT(sent, 40);
  RecordProperty("tried", sent);
}

}  // namespace
}  // namespace hanjari::web::testing
