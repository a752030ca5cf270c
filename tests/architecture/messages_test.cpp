// What messages in Korean must not say, wherever they are written: in the code, in catalogues or in templates.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "architecture/repository.h"

namespace hanjari::architecture {
namespace {

std::string whole_of(const SourceFile& file) {
  std::string whole;
  for (const std::string& line : file.lines) whole += line + "\n";
  return whole;
}

std::string place_in(const SourceFile& file, const std::string& whole, std::ptrdiff_t at) {
  return file.path + ":" + std::to_string(std::count(whole.begin(), whole.begin() + at, '\n') + 1);
}

// Places of the files where the expression is found.
std::vector<std::string> found_in(const std::vector<SourceFile>& files, const std::regex& searched) {
  std::vector<std::string> places;
  for (const SourceFile& file : files) {
    const std::string whole = whole_of(file);
    for (auto at = std::sregex_iterator(whole.begin(), whole.end(), searched); at != std::sregex_iterator(); ++at)
      places.push_back(place_in(file, whole, at->position()));
  }
  return places;
}

// Where the call begins that the position stands in: the text before its opening bracket. Brackets in literals count
// like others, which is right as long as they come in pairs.
std::string call_around(const std::string& whole, std::size_t at) {
  int depth = 0;
  bool in_literal = true;
  for (std::size_t before = at; before > 0; --before) {
    const char c = whole[before - 1];
    if (c == '"' && (before < 2 || whole[before - 2] != '\\')) in_literal = !in_literal;
    if (in_literal) continue;
    if (c == ')' || c == '}') ++depth;
    if (c != '(' && c != '{') continue;
    if (depth > 0) {
      --depth;
      continue;
    }
    const std::size_t begin = before > 40 ? before - 40 : 0;
    return whole.substr(begin, before - begin);
  }
  return "";
}

// 237 messages told the reader to choose: 시험 X이(가) 없습니다.
TEST(Messages, NameOneParticleAndLetNobodyChoose) {
  const std::regex both(R"(이\(가\)|가\(이\)|을\(를\)|를\(을\)|은\(는\)|는\(은\)|와\(과\)|과\(와\)|\(으\)로|\(이\)라|\(이\)며)");
  const std::vector<std::string> broken =
      found_in(files_below({"src", "include"}, {".h", ".cpp", ".json", ".mustache"}), both);
  EXPECT_TRUE(broken.empty()) << tell(broken, "write [이/가] in a sentence for in_korean() (base/korean.h)");
}

TEST(Messages, AreGivenTheirParticlesByTheFunctionForThem) {
  const std::regex marker(R"(\[(이/가|은/는|을/를|과/와|으로/로|이/)\])");
  std::vector<std::string> broken;
  for (const SourceFile& file : files_below({"src", "include"}, {".cpp", ".json", ".mustache"})) {
    if (file.path == "src/core/base/korean.cpp") continue;
    const std::string whole = whole_of(file);
    for (auto at = std::sregex_iterator(whole.begin(), whole.end(), marker); at != std::sregex_iterator(); ++at) {
      std::string call = call_around(whole, static_cast<std::size_t>(at->position()));
      if (!call.ends_with("in_korean(") && !call.ends_with("settle_particles("))
        broken.push_back(place_in(file, whole, at->position()));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a marker of particles is shown as it is unless in_korean() formats the sentence");
}

// "지원자 257" stood where people write 257명.
TEST(Messages, CountPeopleAndPlacesWithTheirCounters) {
  const std::regex bare(R"((지원자|응시자|사람|인원|미배정자|합격자) \{[a-z_]*\}(?!명))");
  const std::vector<std::string> broken = found_in(files_below({"src"}, {"ko.json"}), bare);
  EXPECT_TRUE(broken.empty()) << tell(broken, "people are counted in 명, schools in 곳, other things in 개 or 건");
}

// One list of faults said "현재 적용 중인 배정안" where every page says 확정 배정안: a reader looks for two plans.
TEST(Messages, CallTheLivePlanByTheWordOfTheGlossary) {
  const std::regex other("(적용|공개|공표|게시|운영|사용|시행|안내) ?(중인|중|된|하는|되는) 배정안|(현행|현재|최종|공표|운영|적용) 배정안|유효한 배정안");
  const std::vector<std::string> broken =
      found_in(files_below({"src", "include", "web"}, {".h", ".cpp", ".json", ".mustache", ".js"}), other);
  EXPECT_TRUE(broken.empty()) << tell(broken, "the live plan is 확정 배정안: see docs/glossary.md");
}

}  // namespace
}  // namespace hanjari::architecture
