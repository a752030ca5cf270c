// Two changes of one definition, field by field.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include <nlohmann/json.hpp>

#include "hanjari/base/random.h"
#include "hanjari/definitions/definitions.h"
#include "stage/code_thrown.h"

namespace hanjari::tests {
namespace {

using nlohmann::json;
using services::Side;
using ::testing::ElementsAre;

std::vector<std::string> paths_of(const std::vector<services::FieldDifference>& differences) {
  std::vector<std::string> paths;
  for (const auto& one : differences) paths.push_back(one.path);
  return paths;
}

json units_of(std::initializer_list<std::pair<const char*, int>> units) {
  json list = json::array();
  for (const auto& [code, posts] : units) list.push_back({{"unit_code", code}, {"posts", posts}});
  return {{"units", list}};
}

TEST(CompareDefinitions, NamesRowsByTheirCode) {
  const std::string before = units_of({{"101", 5}, {"102", 6}}).dump();
  const std::string after = units_of({{"100", 1}, {"101", 7}, {"102", 6}}).dump();
  EXPECT_THAT(paths_of(services::compare_definitions(before, after)), ElementsAre("units/100", "units/101/posts"));
  EXPECT_TRUE(services::compare_definitions(after, after).empty());
}

TEST(MergeDefinitions, KeepsWhatEitherChanged) {
  const std::string base = units_of({{"101", 5}, {"102", 6}}).dump();
  const auto merged = services::merge_definitions(base, units_of({{"101", 9}, {"102", 6}, {"103", 1}}).dump(),
                                                  units_of({{"101", 5}, {"102", 8}, {"104", 2}}).dump(), {});
  EXPECT_TRUE(merged.undecided.empty());
  EXPECT_EQ(json::parse(merged.definition), units_of({{"101", 9}, {"102", 8}, {"103", 1}, {"104", 2}}));
}

// A row that one takes away while the other works on it is one question about the row, not a row of leftovers.
TEST(MergeDefinitions, AskAboutTheWholeOfARowThatWent) {
  const std::string base = units_of({{"101", 5}, {"102", 6}}).dump();
  const std::string theirs = units_of({{"101", 7}, {"102", 6}}).dump();
  const std::string mine = units_of({{"102", 6}}).dump();
  const auto asked = services::merge_definitions(base, theirs, mine, {});
  ASSERT_EQ(asked.undecided.size(), 1U);
  EXPECT_EQ(asked.undecided[0].path, "units/101");
  EXPECT_FALSE(asked.undecided[0].mine.has_value());
  EXPECT_EQ(json::parse(services::merge_definitions(base, theirs, mine, {{"units/101", Side::mine}}).definition),
            json::parse(mine));
  EXPECT_EQ(json::parse(services::merge_definitions(base, theirs, mine, {{"units/101", Side::theirs}}).definition),
            json::parse(theirs));
}

// Red when a choice that nobody made is read as one: an officer's change would be lost without a word.
TEST(Choices, AreReadWholeOrNotAtAll) {
  EXPECT_EQ(services::read_choices(R"({"units/101/posts": "mine", "name_ko": "theirs"})"),
            (std::map<std::string, Side>{{"units/101/posts", Side::mine}, {"name_ko", Side::theirs}}));
  EXPECT_TRUE(services::read_choices("{}").empty());
  for (const char* wrong : {R"({"name_ko": "Mine"})", R"({"name_ko": true})", R"({"name_ko": ""})", R"(["mine"])", "null", "{"})
    EXPECT_EQ(code_thrown([&] { services::read_choices(wrong); }), "bad_member") << wrong;
  EXPECT_EQ(services::parse_side("ours"), std::nullopt);
}

TEST(MergeDefinitions, TakesTheOrderOfWhoeverChangedIt) {
  const json first = {{"calendars", {{{"name", "a"}}, {{"name", "b"}}}}};
  const json turned = {{"calendars", {{{"name", "b"}}, {{"name", "a"}}}}};
  const json longer = {{"calendars", {{{"name", "a"}}, {{"name", "b"}}, {{"name", "c"}}}}};
  const auto merged = services::merge_definitions(first.dump(), longer.dump(), turned.dump(), {});
  EXPECT_TRUE(merged.undecided.empty());
  const json expected = {{"calendars", {{{"name", "b"}}, {{"name", "a"}}, {{"name", "c"}}}}};
  EXPECT_EQ(json::parse(merged.definition), expected);
}

// The oracle knows flat objects only and no recursion: three values in, one out.
TEST(MergeDefinitions, AgreesWithThreeValuesAtATime) {
  RandomStream random(*parse_seed("7"), "merges");
  const auto value = [&] { return static_cast<int>(random.below(3)); };
  for (int turn = 0; turn < 2'000; ++turn) {
    json versions[3] = {json::object(), json::object(), json::object()};
    for (json& version : versions) {
      for (const char* key : {"a", "b", "c", "d"}) {
        if (const int one = value(); one != 0) version[key] = one;
      }
    }
    const auto [base, theirs, mine] = std::tie(versions[0], versions[1], versions[2]);
    const auto merged = services::merge_definitions(base.dump(), theirs.dump(), mine.dump(), {});
    json expected = json::object();
    std::size_t undecided = 0;
    for (const char* key : {"a", "b", "c", "d"}) {
      const int was = base.value(key, 0), their = theirs.value(key, 0), my = mine.value(key, 0);
      const bool both = was != their && was != my && their != my;
      if (both) ++undecided;
      const int result = was == their ? my : their;
      if (result != 0) expected[key] = result;
    }
    EXPECT_EQ(json::parse(merged.definition), expected) << base << theirs << mine;
    EXPECT_EQ(merged.undecided.size(), undecided);
  }
}

TEST(NamePlaces, InBothLanguages) {
  EXPECT_EQ(services::name_place("units/101/posts").en, "Unit 101: posts");
  EXPECT_EQ(services::name_place("units/101/posts").ko, "모집단위 101: 선발예정인원");
  EXPECT_EQ(services::name_place("calendars/#order").ko, "일정 순서");
  EXPECT_EQ(services::name_value("units/101/fee_won", "7000", "Asia/Seoul").ko, "7,000원");
  EXPECT_EQ(services::name_value("calendars/a/apply_from", "\"2021-03-02T00:00:00Z\"", "Asia/Seoul").en,
            "2021-03-02 09:00");
  EXPECT_EQ(services::name_value("units/101", std::nullopt, "Asia/Seoul").ko, "없음");
  // The library's own exception where a name in English is no text.
  EXPECT_EQ(services::name_value("units/101", R"({"name_ko": "가", "name_en": 5})", "Asia/Seoul").en, "가");
  EXPECT_EQ(services::name_value("units/101", R"({"name_ko": ["가"], "name_en": "a"})", "Asia/Seoul").en.find("nothing"), std::string::npos);
}

}  // namespace
}  // namespace hanjari::tests
