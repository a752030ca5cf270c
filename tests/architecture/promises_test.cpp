// What docs/security.md promises is shown by tests of the names it says, and tools/harden runs tests that exist: a test that is removed or
// renamed is missed here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "architecture/repository.h"

namespace hanjari::architecture {
namespace {

struct NamedTest {
  std::string folder;
  std::string name;  // SUITE.TEST
  bool has_parameters = false;
};

const std::vector<NamedTest>& all_tests() {
  static const std::vector<NamedTest> tests = [] {
    const std::regex head(R"(^TEST(_F|_P)?\((\w+), *(\w+)\))");
    std::vector<NamedTest> found;
    for (const SourceFile& file : files_below({"tests"}, {".cpp", ".h"})) {
      for (const std::string& line : file.lines) {
        std::smatch match;
        if (!line.starts_with("TEST") || !std::regex_search(line, match, head)) continue;
        found.push_back({file.path.substr(0, file.path.rfind('/')), match[2].str() + "." + match[3].str(), match[1].str() == "_P"});
      }
    }
    return found;
  }();
  return tests;
}

// '*' stands for anything.
bool fits(std::string_view pattern, std::string_view name) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  for (std::size_t at = star; at <= name.size(); ++at) {
    if (fits(pattern.substr(star + 1), name.substr(at))) return true;
  }
  return false;
}

bool is_among(const std::set<std::string>& names, const std::string& pattern) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return fits(pattern, name); });
}

bool is_there(const std::string& pattern) {
  return std::any_of(all_tests().begin(), all_tests().end(), [&](const NamedTest& test) { return fits(pattern, test.name); });
}

std::string text_of(const SourceFile& file) {
  std::string text;
  for (const std::string& line : file.lines) text += line + "\n";
  return text;
}

// Which folders below tests a test program is made of, as CMake says it; '*' is one folder of any name.
std::map<std::string, std::vector<std::string>> folders_of_programs() {
  const std::regex program(R"re(hanjari_test\((\w+)\s+FOLDERS\s+([a-z/*\s]+[a-z/*]))re");
  std::map<std::string, std::vector<std::string>> found;
  for (const SourceFile& file : files_below({"tests"}, {"CMakeLists.txt"})) {
    const std::string text = text_of(file);
    for (auto match = std::sregex_iterator(text.begin(), text.end(), program); match != std::sregex_iterator(); ++match) {
      std::istringstream folders((*match)[2].str());
      for (std::string folder; folders >> folder;) found[(*match)[1].str()].push_back(folder);
    }
  }
  return found;
}

std::set<std::string> folders_of(const std::string& program) {
  static const auto known = folders_of_programs();
  std::set<std::string> folders{"tests/core/" + program};
  const auto own = known.find(program);
  if (own == known.end()) return folders;
  for (const std::string& folder : folders_below("tests")) {
    for (const std::string& pattern : own->second) {
      // No folder above or below one that fits.
      const bool as_deep = std::count(folder.begin(), folder.end(), '/') == 1 + std::count(pattern.begin(), pattern.end(), '/');
      if (as_deep && fits("tests/" + pattern, folder)) folders.insert(folder);
    }
  }
  return folders;
}

// SUITE.TEST of a test program as its filter sees them: one with parameters stands between the name of its set and a number.
std::set<std::string> tests_of(const std::string& program) {
  const std::set<std::string> folders = folders_of(program);
  std::set<std::string> found;
  for (const NamedTest& test : all_tests()) {
    if (folders.contains(test.folder)) found.insert(test.has_parameters ? "Set/" + test.name + "/0" : test.name);
  }
  return found;
}

struct Filter {
  std::string program;
  std::string pattern;
};

// What the campaign asks of which program.
std::vector<Filter> filters_of_campaign() {
  const std::regex asked(R"re(tests\("(\w+)", *\[([^\]]*)\])re");
  const std::regex quoted(R"re("([^"]+)")re");
  std::vector<Filter> filters;
  for (const SourceFile& file : files_below({"tools/harden.d"}, {"parts.py"})) {
    const std::string text = text_of(file);
    for (auto part = std::sregex_iterator(text.begin(), text.end(), asked); part != std::sregex_iterator(); ++part) {
      const std::string list = (*part)[2].str();
      for (auto one = std::sregex_iterator(list.begin(), list.end(), quoted); one != std::sregex_iterator(); ++one)
        filters.push_back({(*part)[1].str(), (*one)[1].str()});
    }
  }
  return filters;
}

// What docs/security.md names: `Suite.Test`, and `.Test` of the suite that was named last; three points stand for the rest of a name.
std::vector<std::string> promised_patterns() {
  const std::regex named(R"(`([A-Z][A-Za-z*]*)?\.([A-Z*][A-Za-z0-9*]*)(\.\.\.)?`)");
  std::vector<std::string> patterns;
  for (const SourceFile& file : files_below({"docs"}, {"security.md"})) {
    std::string suite;
    for (const std::string& line : file.lines) {
      for (auto match = std::sregex_iterator(line.begin(), line.end(), named); match != std::sregex_iterator(); ++match) {
        if ((*match)[1].matched) suite = (*match)[1].str();
        patterns.push_back(suite + "." + (*match)[2].str() + ((*match)[3].matched ? "*" : ""));
      }
    }
  }
  return patterns;
}

TEST(Promises, OfTheSecurityPageNameTestsThatExist) {
  std::vector<std::string> broken;
  const std::vector<std::string> patterns = promised_patterns();
  for (const std::string& pattern : patterns) {
    if (!is_there(pattern)) broken.push_back(pattern);
  }
  EXPECT_GT(patterns.size(), 80U);
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

// Red with a name that another program has: the filter matches nothing, and the others of its list hide that.
TEST(Promises, OfTheCampaignAreAskedOfTheProgramThatHasThem) {
  std::map<std::string, std::set<std::string>> known;
  std::vector<std::string> broken;
  const std::vector<Filter> filters = filters_of_campaign();
  for (const Filter& filter : filters) {
    if (!known.contains(filter.program)) known[filter.program] = tests_of(filter.program);
    if (!is_among(known[filter.program], filter.pattern)) broken.push_back(filter.program + "_test has no " + filter.pattern);
  }
  EXPECT_GT(filters.size(), 60U);
  EXPECT_TRUE(broken.empty()) << tell(broken, "each filter of tools/harden.d/parts.py finds a test in its program");
  EXPECT_GT(tests_of("stores").size(), 300U);
  EXPECT_TRUE(tests_of("architecture").contains("Promises.AreMissedWhenTheirTestIsGone"));
  EXPECT_FALSE(tests_of("pages").contains("Promises.AreMissedWhenTheirTestIsGone"));
}

// The gate of a release tries what the page promises. Those of the repository itself are asked by every build.
TEST(Promises, OfTheSecurityPageAreTriedByTheCampaign) {
  std::set<std::string> tried;
  std::map<std::string, std::set<std::string>> known;
  for (const Filter& filter : filters_of_campaign()) {
    if (!known.contains(filter.program)) known[filter.program] = tests_of(filter.program);
    for (const std::string& name : known[filter.program])
      if (fits(filter.pattern, name)) tried.insert(name.starts_with("Set/") ? name.substr(4, name.size() - 6) : name);
  }
  const std::set<std::string> here = tests_of("architecture");
  std::vector<std::string> broken;
  for (const std::string& pattern : promised_patterns()) {
    if (!is_among(tried, pattern) && !is_among(here, pattern)) broken.push_back(pattern);
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "tools/harden.d/parts.py runs a test of each promise in docs/security.md");
}

std::set<std::string> words_after(const char* path, const std::string& pattern) {
  std::set<std::string> words;
  const std::filesystem::path file(path);
  for (const SourceFile& found : files_below({file.parent_path().generic_string()}, {file.filename().string()})) {
    if (found.path != path) continue;
    const std::string text = text_of(found);
    const std::regex looked_for(pattern);
    for (auto match = std::sregex_iterator(text.begin(), text.end(), looked_for); match != std::sregex_iterator(); ++match) {
      std::istringstream list((*match)[1].str());
      for (std::string word; list >> word;) words.insert(word);
    }
  }
  return words;
}

// Red with a reader that has a target, and is built or run by nobody.
TEST(Promises, OfFuzzingAreOfEveryReaderThatHasATarget) {
  const auto targets = words_after("tests/platform/http/fuzz_targets.cpp", R"re(\{"(\w+)", fuzz_)re");
  EXPECT_GE(targets.size(), 20U);
  EXPECT_EQ(words_after("tests/fuzz/CMakeLists.txt", R"re(foreach\(target IN ITEMS ([a-z_\s]+)\))re"), targets);
  EXPECT_EQ(words_after("tools/fuzz", R"re(targets=\(([a-z_ ]+)\))re"), targets);
  std::set<std::string> corpora;
  for (const std::string& folder : folders_below("tests/fuzz/corpus")) corpora.insert(folder.substr(folder.rfind('/') + 1));
  EXPECT_EQ(corpora, targets);
}

TEST(Promises, AreMissedWhenTheirTestIsGone) {
  EXPECT_TRUE(is_there("Promises.AreMissed*"));
  EXPECT_FALSE(is_there("Promises.AreNotThere"));
  EXPECT_FALSE(is_there("Nobody.*"));
}

}  // namespace
}  // namespace hanjari::architecture
