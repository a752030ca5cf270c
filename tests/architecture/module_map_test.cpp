// The module map of src/CMakeLists.txt is what the code does.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <regex>

#include "architecture/repository.h"
#include "places.h"

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

// Of a header of ours; empty when its folder is no module.
std::string module_of(const Include& include) {
  const std::size_t begin = include.header.starts_with("hanjari/") ? 8 : 0;
  const std::size_t end = include.header.rfind('/');
  return end == std::string::npos || end < begin ? "" : module_map().find(include.header.substr(begin, end - begin));
}

TEST(ModuleMap, IsReadAndNamesEveryFolderOfSrc) {
  ASSERT_GE(module_map().modules.size(), 40U) << "module_map.txt was not written by CMake";
  std::vector<std::string> strangers;
  for (const SourceFile& file : product_code()) {
    if (file.module().empty()) strangers.push_back(file.path);
  }
  EXPECT_TRUE(strangers.empty()) << tell(strangers,
                                         "every folder of src and include/hanjari is a module of src/CMakeLists.txt");
}

TEST(ModuleMap, HasNoCycles) {
  const auto cycle = modules_in_a_cycle(module_map().uses());
  EXPECT_TRUE(cycle.empty()) << tell({cycle.begin(), cycle.end()},
                                      "modules depend on each other in one direction only");
}

// "intake" of "intake/store"; empty for a module that is no part of a subject.
std::string subject_of(const std::string& module) {
  const auto found = module_map().modules.find(module);
  return found != module_map().modules.end() && found->second.layer == "subject" ? module.substr(0, module.find('/'))
                                                                                 : "";
}

bool is_root(const std::string& module) {
  return module.find('/') == std::string::npos;
}

// Why the layout forbids the arrow; empty when it does not.
std::string objection_to(const std::string& from, const std::string& to) {
  const std::string from_layer = module_map().modules.at(from).layer;
  const std::string to_layer = module_map().modules.contains(to) ? module_map().modules.at(to).layer : "no module";
  if (from_layer == "program") return "";
  if (from_layer == "core") return to_layer == "core" ? "" : "core uses nothing but core";
  if (from_layer == "platform")
    return to_layer == "core" || to_layer == "platform" ? "" : "platform knows no subject and no program";
  if (to_layer == "subject" && !is_root(to) && subject_of(to) != subject_of(from))
    return "nobody includes another subject's store, pages or commands";
  if (is_root(from)) {
    return to_layer == "core" || (to_layer == "subject" && is_root(to)) ? ""
                                                                       : "the root of a subject uses core and other roots";
  }
  if (to_layer == "program" && !(to == "program/opening" && from.ends_with("/commands")))
    return "only commands use what opens a configuration, and nothing else of program";
  return "";
}

TEST(ModuleMap, KeepsTheLayers) {
  std::vector<std::string> broken;
  for (const auto& [from, module] : module_map().modules) {
    for (const std::string& to : module.uses) {
      const std::string objection = objection_to(from, to);
      if (!objection.empty() && !module_map().exceptions.contains({from, to}))
        broken.push_back(from + " -> " + to + " (" + objection + ")");
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "USES of src/CMakeLists.txt keep to the layers");
}

TEST(ModuleMap, HasNoExceptionThatNobodyNeeds) {
  std::set<std::pair<std::string, std::string>> taken;
  for (const SourceFile& file : product_code()) {
    for (const Include& include : includes_of(file)) {
      if (include.quoted) taken.insert({file.module(), module_of(include)});
    }
  }
  std::vector<std::string> idle;
  for (const auto& [from, to] : module_map().exceptions) {
    if (objection_to(from, to).empty() || !taken.contains({from, to})) idle.push_back(from + " -> " + to);
  }
  EXPECT_TRUE(idle.empty()) << tell(idle, "an exception that the code does without is taken away");
}

TEST(ModuleMap, SeesACycleWhenThereIsOne) {
  EXPECT_EQ(modules_in_a_cycle({{"a", {"b"}}, {"b", {"c"}}, {"c", {"b"}}}), (std::set<std::string>{"b", "c"}));
  EXPECT_TRUE(modules_in_a_cycle({{"a", {"b", "c"}}, {"b", {"c"}}, {"c", {}}}).empty());
}

TEST(ModuleMap, IsHeldByEveryInclude) {
  std::vector<std::string> broken;
  for (const SourceFile& file : product_code()) {
    const std::string own = file.module();
    if (own.empty()) continue;
    const std::set<std::string>& uses = module_map().modules.at(own).uses;
    for (const Include& include : includes_of(file)) {
      if (!include.quoted) continue;
      const std::string other = module_of(include);
      if (other != own && !uses.contains(other)) broken.push_back(include.place + " (" + own + " -> " + include.header + ")");
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a module includes only what USES names in src/CMakeLists.txt");
}

TEST(ModuleMap, PrivateHeadersOfTheCoreStayInTheirModule) {
  std::vector<std::string> broken;
  for (const SourceFile& file : product_code()) {
    for (const Include& include : includes_of(file)) {
      if (!include.quoted || include.header.starts_with("hanjari/")) continue;
      const std::string other = module_of(include);
      if (other != file.module() && module_map().modules.contains(other) && module_map().modules.at(other).layer == "core")
        broken.push_back(include.place + " (" + include.header + ")");
      if (file.is_public()) broken.push_back(include.place + " (a public header includes a private one)");
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken,
                                      "headers of src/core/MODULE are included by that module alone, as MODULE/name.h");
}

TEST(ModuleMap, IsDrawnAsItIs) {
  const std::string command = std::string(hanjari::tests::source_dir) + "/tools/house --check --map " +
                              hanjari::tests::binary_dir + "/module_map.txt 2>&1";
  FILE* house = popen(command.c_str(), "r");
  ASSERT_NE(house, nullptr);
  std::string said;
  std::array<char, 4096> part{};
  for (std::size_t read = 0; (read = std::fread(part.data(), 1, part.size(), house)) > 0;)
    said.append(part.data(), read);
  EXPECT_EQ(pclose(house), 0) << said;
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
      {"cppconn", {"database"}},
      {"mysql", {"database"}},
      {"Poco/", {"http", "server", "outgoing", "messages/delivery", "accounts/openid", "program", "program/opening"}},
      {"boost/", {"allocation", "staffing"}},
      {"sodium",
       {"base", "actor", "database", "proof", "embargo", "vault", "audit", "rekeying", "accounts", "accounts/openid", "intake", "intake/gateway", "venues", "materials", "site"}},
      {"unicode/", {"base", "documents"}},
      {"iconv", {"package"}},
      {"nlohmann/",
       {"proof", "package", "definitions", "documents", "http", "site", "accounts/pages", "intake/pages", "seats/pages", "venues/pages", "materials/pages",
        "desk", "desk/pages", "accounts", "intake", "papers", "papers/pages", "plans", "plans/pages", "privacy/pages", "accounts/openid", "messages/delivery", "intake/gateway", "intake/commands",
        "plans/commands",
        "venues", "venues/commands", "invigilators", "results", "results/pages", "results/commands", "publications", "publications/pages", "privacy/commands", "program"}},
      {"kainjow/", {"announcement", "documents", "report", "site"}},
      {"spdlog/", {"program"}},
      {"prometheus/", {"site"}},
      {"openssl/", {"server", "embargo", "accounts", "accounts/openid"}},
      {"libgfshare", {"embargo"}},
      {"zlib.h", {"proofreading", "site"}},
      {"zip.h", {"papers", "papers/commands", "package", "workbook"}},
      {"expat.h", {"workbook"}},
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

// What distinguishes an error by its code or its words, in code without the contents of its literals.
bool compares_an_error(const std::string& code) {
  static const std::regex compared(R"((code|what)\(\)\s*[!=]=\s*")"
                                   R"(|"\s*[!=]=\s*\w+(\.|->)(code|what)\(\))"
                                   R"(|(code|what)\(\)\.(starts_with|ends_with|find|compare)\()"
                                   R"(|message\(\)\.(en|ko)\s*[!=]=)"
                                   R"(|\bproblem(\.|->)code(\s*[!=]=|\.(starts_with|ends_with|find|compare)\())");
  return std::regex_search(code, compared);
}

TEST(ModuleMap, SeesAnErrorThatIsToldApartByItsCode) {
  for (const char* told_apart :
       {"if (error.code() != \"\") throw;", "if (\"\" == error.code())", "away.code().starts_with(\"\")",
        "return problem.code == \"\"", "if (bug.what() == \"\")"})
    EXPECT_TRUE(compares_an_error(told_apart)) << told_apart;
  for (const char* sound : {"const int code = error.code();", "if (error.code() == no_such_parent)",
                            "step.code == \"\"", "if (error.code() != told)"})
    EXPECT_FALSE(compares_an_error(sound)) << sound;
}

TEST(ModuleMap, ErrorsThatCallersTellApartAreTypes) {
  std::vector<std::string> broken;
  for (const SourceFile& file : product_code()) {
    for (std::size_t at = 0; at < file.code.size(); ++at) {
      if (compares_an_error(file.code[at])) broken.push_back(file.path + ":" + std::to_string(at + 1));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken,
                                      "an error that a caller tells apart is a type (refusals.h of a subject, "
                                      "base/store_errors.h), not a compared code");
}

// Structs that show more stores to everybody than one use case needs: "path:line (count)".
std::vector<std::string> bags_in(const std::string& path, const std::vector<std::string>& code) {
  static const std::regex begins(R"(^\s*(enum )?(struct|class|union) \w+.*\{\s*$)");
  static const std::regex ends(R"(^\s*\}\s*\w*;\s*$)");
  // A name without the underscore of what is private.
  static const std::regex shown(
      R"(^\s*(const )?[\w:]*(Repository|MessageOutbox|AccessRecord|PaymentProvider)& \w*[a-z0-9];\s*$)");
  constexpr int most = 6;
  std::vector<std::string> bags;
  std::vector<std::pair<std::size_t, int>> open;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (std::regex_match(code[at], begins)) {
      open.emplace_back(at, 0);
    } else if (!open.empty() && std::regex_match(code[at], ends)) {
      if (open.back().second > most)
        bags.push_back(path + ":" + std::to_string(open.back().first + 1) + " (" + std::to_string(open.back().second) +
                       ")");
      open.pop_back();
    } else if (!open.empty() && std::regex_match(code[at], shown)) {
      ++open.back().second;
    }
  }
  return bags;
}

TEST(ModuleMap, SeesABagOfStores) {
  std::vector<std::string> code{"struct Everything {"};
  for (const char* store : {"A", "B", "C", "D", "E", "F"})
    code.push_back(std::string("  ") + store + "Repository& " + "a;");
  std::vector<std::string> small = code;
  small.push_back("};");
  EXPECT_TRUE(bags_in("x.h", small).empty());
  code.push_back("  services::MessageOutbox& outbox;");
  code.push_back("};");
  EXPECT_EQ(bags_in("x.h", code), (std::vector<std::string>{"x.h:1 (7)"}));
}

TEST(ModuleMap, AUseCaseTakesOnlyWhatItNeeds) {
  std::vector<std::string> bags;
  for (const SourceFile& file : product_code()) {
    for (std::string& bag : bags_in(file.path, file.code)) bags.push_back(std::move(bag));
  }
  EXPECT_TRUE(bags.empty()) << tell(bags, "a use case takes the stores that it needs, not a bag of all of them");
}

TEST(ModuleMap, PagesAndCommandsOfApplyingReachNoStorePastTheUseCases) {
  static const std::regex store(R"(\b(Recruitment|Application|Attachment|Payment|SelfReport)Repository\b)"
                                R"(|database\w*(\(\))?(\.|->)(recruitments|applications|attachments|payments|self_reports)\(\))");
  std::vector<std::string> broken;
  for (const SourceFile& file : product_code()) {
    const std::string module = file.module();
    if (!module.ends_with("/pages") && !module.ends_with("/commands")) continue;
    for (std::size_t at = 0; at < file.code.size(); ++at) {
      if (std::regex_search(file.code[at], store)) broken.push_back(file.path + ":" + std::to_string(at + 1));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "pages, API and commands ask the use cases (hanjari/intake/use_cases.h)");
}

}  // namespace
}  // namespace hanjari::architecture
