// What docs/security.md promises is shown by tests of the names it says, and tools/harden runs tests that exist: a test that is removed or
// renamed is missed here.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "architecture/repository.h"

namespace hanjari::architecture {
namespace {

// SUITE.TEST of every test in the repository.
const std::set<std::string>& test_names() {
  static const std::set<std::string> names = [] {
    const std::regex head(R"(^TEST(?:_F|_P)?\((\w+), *(\w+)\))");
    std::set<std::string> found;
    for (const SourceFile& file : files_below({"tests"}, {".cpp", ".h"})) {
      for (const std::string& line : file.lines) {
        std::smatch match;
        if (std::regex_search(line, match, head)) found.insert(match[1].str() + "." + match[2].str());
      }
    }
    return found;
  }();
  return names;
}

// '*' stands for anything.
bool is_there(const std::string& pattern) {
  if (pattern.find('*') == std::string::npos) return test_names().contains(pattern);
  std::string expression;
  for (const char c : pattern) expression += c == '*' ? std::string(".*") : c == '.' ? std::string("\\.") : std::string(1, c);
  const std::regex fitting(expression);
  return std::any_of(test_names().begin(), test_names().end(),
                     [&](const std::string& name) { return std::regex_match(name, fitting); });
}

TEST(Promises, OfTheSecurityPageNameTestsThatExist) {
  // `Suite.Test`, and `.Test` of the suite that was named last; three points stand for the rest of a name.
  const std::regex named(R"(`([A-Z][A-Za-z*]*)?\.([A-Z*][A-Za-z0-9*]*)(\.\.\.)?`)");
  std::vector<std::string> broken;
  std::size_t count = 0;
  for (const SourceFile& file : files_below({"docs"}, {"security.md"})) {
    std::string suite;
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
      const std::string& line = file.lines[at];
      for (auto match = std::sregex_iterator(line.begin(), line.end(), named); match != std::sregex_iterator(); ++match) {
        if ((*match)[1].matched) suite = (*match)[1].str();
        const std::string pattern = suite + "." + (*match)[2].str() + ((*match)[3].matched ? "*" : "");
        ++count;
        if (!is_there(pattern)) broken.push_back(file.path + ":" + std::to_string(at + 1) + ": " + pattern);
      }
    }
  }
  EXPECT_GT(count, 80U);
  EXPECT_TRUE(broken.empty()) << tell(broken, "a promise is shown by a test that exists");
}

TEST(Promises, OfTheCampaignAreTestsThatExist) {
  const std::regex named(R"re("([A-Z][A-Za-z*]*\.[A-Za-z0-9*]+)")re");
  std::vector<std::string> broken;
  std::size_t count = 0;
  for (const SourceFile& file : files_below({"tools/harden.d"}, {"parts.py"})) {
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
      const std::string& line = file.lines[at];
      for (auto match = std::sregex_iterator(line.begin(), line.end(), named); match != std::sregex_iterator(); ++match) {
        ++count;
        if (!is_there((*match)[1].str())) broken.push_back(file.path + ":" + std::to_string(at + 1) + ": " + (*match)[1].str());
      }
    }
  }
  EXPECT_GT(count, 60U);
  EXPECT_TRUE(broken.empty()) << tell(broken, "tools/harden runs tests that exist");
}

TEST(Promises, AreMissedWhenTheirTestIsGone) {
  EXPECT_TRUE(is_there("Promises.AreMissed*"));
  EXPECT_FALSE(is_there("Promises.AreNotThere"));
  EXPECT_FALSE(is_there("Nobody.*"));
}

}  // namespace
}  // namespace hanjari::architecture
