// Both languages say everything, and templates ask for nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include <nlohmann/json.hpp>

#include "hanjari/base/file.h"
#include "places.h"

namespace hanjari::web {
namespace {

const std::filesystem::path web = std::filesystem::path(hanjari::tests::source_dir) / "web";

void collect(const nlohmann::json& value, const std::string& name, std::map<std::string, std::string>& messages) {
  if (value.is_string()) {
    messages[name] = value.get<std::string>();
    return;
  }
  for (const auto& [key, member] : value.items()) collect(member, name.empty() ? key : name + "." + key, messages);
}

std::map<std::string, std::string> messages_of(const char* language) {
  std::map<std::string, std::string> messages;
  collect(nlohmann::json::parse(read_file(web / "messages" / (std::string(language) + ".json"))), "", messages);
  return messages;
}

std::set<std::string> matches_of(const std::string& text, const std::string& pattern) {
  std::set<std::string> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

std::string all_files(const std::filesystem::path& folder, const char* extension) {
  std::string text;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == extension) text += read_file(file.path());
  }
  return text;
}

TEST(Catalogues, HaveTheSameMessagesWithTheSameSlots) {
  const auto korean = messages_of("ko");
  const auto english = messages_of("en");
  for (const auto& [name, message] : korean) {
    ASSERT_TRUE(english.contains(name)) << name << " is missing in English";
    EXPECT_EQ(matches_of(message, R"(\{(\w+)\})"), matches_of(english.at(name), R"(\{(\w+)\})")) << name;
    EXPECT_FALSE(message.empty()) << name;
    EXPECT_FALSE(english.at(name).empty()) << name;
  }
  for (const auto& [name, message] : english) EXPECT_TRUE(korean.contains(name)) << name << " is missing in Korean";
}

TEST(Catalogues, HaveEveryMessageThatPagesAskForAndNoOther) {
  const auto korean = messages_of("ko");
  std::set<std::string> used = matches_of(all_files(web / "templates", ".mustache"), R"(\{\{t\.([\w.]+)\}\})");
  for (const std::string& name : used) EXPECT_TRUE(korean.contains(name)) << "a template asks for " << name;
  const auto in_code = matches_of(
      all_files(std::filesystem::path(hanjari::tests::source_dir) / "src/web", ".cpp"),
      R"re("((?:site|home|seat_form|seat|sign_in|office|office_exams|venues|problem|notice|apply|queue|late|my|status|history|withdraw|pay|own_seat|map|wallet|report|busy)\.\w+)")re");
  used.insert(in_code.begin(), in_code.end());
  for (const auto& [name, message] : korean) EXPECT_TRUE(used.contains(name)) << "nothing asks for " << name;
  for (const std::string& name : in_code)
    EXPECT_TRUE(korean.contains(name) || name == "site.css" || name == "site.js") << name;
}

// The glossary's words; the others mean something else to the people who run exams.
TEST(Catalogues, UseTheWordsOfTheTrade) {
  const std::regex foreign(R"(\b(candidate|user|student|test|centre|hall|roll|proctor|ticket)s?\b)", std::regex::icase);
  for (const auto& [name, message] : messages_of("en"))
    EXPECT_FALSE(std::regex_search(message, foreign)) << name << ": " << message;
}

}  // namespace
}  // namespace hanjari::web
