// The module map of src/CMakeLists.txt is what the code does.
#include <gtest/gtest.h>

#include <regex>

#include "architecture/repository.h"

namespace hanjari::architecture {
namespace {

struct Include {
  std::string place;  // path:line
  std::string header;
  bool quoted = false;
};

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
  std::vector<Include> includes;
  for (std::size_t at = 0; at < file.lines.size(); ++at) {
    std::smatch match;
    if (!std::regex_match(file.lines[at], match, include)) continue;
    includes.push_back({file.path + ":" + std::to_string(at + 1), match[2], match[1] == "\""});
  }
  return includes;
}

TEST(ModuleMap, IsReadAndNamesEveryFolderOfSrc) {
  const auto map = module_map();
  ASSERT_GE(map.size(), 10U) << "module_map.txt was not written by CMake";
  std::vector<std::string> strangers;
  for (const SourceFile& file : product_code()) {
    const std::string module = file.module();
    if (module != "program" && !map.contains(module)) strangers.push_back(file.path);
  }
  EXPECT_TRUE(strangers.empty()) << tell(strangers,
                                         "every folder of src and include/hanjari is a module of src/CMakeLists.txt");
}

TEST(ModuleMap, HasNoCircles) {
  const auto circle = modules_in_a_circle(module_map());
  EXPECT_TRUE(circle.empty()) << tell({circle.begin(), circle.end()},
                                      "modules depend on each other in one direction only");
}

TEST(ModuleMap, SeesACircleWhenThereIsOne) {
  EXPECT_EQ(modules_in_a_circle({{"a", {"b"}}, {"b", {"c"}}, {"c", {"b"}}}), (std::set<std::string>{"b", "c"}));
  EXPECT_TRUE(modules_in_a_circle({{"a", {"b", "c"}}, {"b", {"c"}}, {"c", {}}}).empty());
}

TEST(ModuleMap, IsHeldByEveryInclude) {
  const auto map = module_map();
  std::vector<std::string> broken;
  for (const SourceFile& file : product_code()) {
    const std::string own = file.module();
    const auto found = map.find(own);
    for (const Include& include : includes_of(file)) {
      if (!include.header.starts_with("hanjari/")) continue;
      const std::string other = include.header.substr(8, include.header.find('/', 8) - 8);
      const bool allowed = other == own || (found != map.end() && found->second.contains(other)) || own == "program";
      if (!allowed) broken.push_back(include.place + " (" + own + " -> " + other + ")");
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a module includes only what USES names in src/CMakeLists.txt");
}

TEST(ModuleMap, PrivateHeadersStayInTheirModule) {
  std::vector<std::string> broken;
  for (const SourceFile& file : product_code()) {
    for (const Include& include : includes_of(file)) {
      if (!include.quoted || include.header.starts_with("hanjari/")) continue;
      const std::string other = include.header.substr(0, include.header.find('/'));
      if (other != file.module()) broken.push_back(include.place + " (" + include.header + ")");
      if (file.is_public()) broken.push_back(include.place + " (a public header includes a private one)");
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken,
                                      "headers of src/MODULE are included by that module alone, as MODULE/name.h");
}

// Third-party headers by the beginning of their names, and the modules that may see them (src/README.md).
TEST(ModuleMap, LibrariesAreSeenOnlyByTheirModules) {
  const std::vector<std::pair<std::string, std::set<std::string>>> families = {
      {"cairo", {"documents", "photos"}},
      {"pango", {"documents"}},
      {"fontconfig", {"documents"}},
      {"ft2build", {"documents"}},
      {"xlsxwriter", {"documents"}},
      {"qrencode", {"documents"}},
      {"cppconn", {"storage"}},
      {"mysql", {"storage"}},
      {"Poco/", {"web", "cli", "storage", "outgoing", "delivery", "openid"}},
      {"boost/", {"allocation"}},
      {"sodium", {"base", "storage", "services", "openid", "gateway"}},
      {"unicode/", {"base", "documents"}},
      {"iconv", {"package"}},
      {"nlohmann/", {"package", "documents", "web", "cli", "services", "delivery", "openid", "gateway"}},
      {"kainjow/", {"documents", "report", "web"}},
      {"spdlog/", {"storage", "web", "cli"}},
      {"prometheus/", {"web"}},
      {"openssl/", {"web", "services", "openid"}},
      {"zlib.h", {"web"}},
  };
  std::vector<std::string> broken;
  for (const SourceFile& file : product_code()) {
    for (const Include& include : includes_of(file)) {
      if (include.quoted) continue;
      for (const auto& [family, modules] : families) {
        if (include.header.starts_with(family) && !modules.contains(file.module())) {
          broken.push_back(include.place + " (<" + include.header + "> in " + file.module() + ")");
        }
      }
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a library is seen only by the modules that src/README.md names for it");
}

}  // namespace
}  // namespace hanjari::architecture
