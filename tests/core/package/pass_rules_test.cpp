// The pass rules of a set-up: as rules.json, and as a table that goes to a spreadsheet and back.
#include "hanjari/package/pass_rules.h"

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "package/places_of_faults.h"

namespace hanjari::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string meaning_of_place(const std::string& place) {
  return "about " + place;
}

// The lines and the English words of the faults.
std::vector<std::string> faults_of_rules(const std::string& text) {
  std::vector<Fault> warnings;
  return places_of_faults([&] { package::read_rules_table(text, warnings); });
}

TEST(PassRules, ComeBackFromFileAndTableAsTheyWere) {
  selection::Rules rules = package::parse_pass_rules(
      R"({"pass_table": [{"posts_from": 20, "percent": 115.5}, {"posts_from": 1, "number": 3}], "fail_line_percent": 35,
          "cap_exempt_units": ["201", "102"], "ties": {"cut": "none"}, "equality": {"percent": 25}, "version": 2021,
          "final": {"ties": "none"}})",
      "rules.json");
  const std::string definition = package::render_pass_rules(rules);
  EXPECT_EQ(package::render_pass_rules(package::parse_pass_rules(definition, "rules.json")), definition);
  const std::string table = package::write_rules_table(rules, meaning_of_place);
  EXPECT_THAT(table, HasSubstr("pass_table.1\tabout pass_table/1\tnumber 3\n"));
  EXPECT_THAT(table, HasSubstr("pass_table.20\tabout pass_table/20\tpercent 115.5\n"));
  EXPECT_THAT(table, HasSubstr("cap_exempt_units\tabout cap_exempt_units\t102; 201\n"));
  std::vector<Fault> warnings;
  EXPECT_EQ(package::render_pass_rules(package::read_rules_table(table, warnings)), definition);
  EXPECT_TRUE(warnings.empty());
}

// Red when a table without rows came back with those of the default.
TEST(PassRules, KeepAPassTableWithoutRows) {
  const selection::Rules none = package::parse_pass_rules(R"({"pass_table": []})", "rules.json");
  const std::string table = package::write_rules_table(none, meaning_of_place);
  EXPECT_THAT(table, HasSubstr("pass_table\tabout pass_table\tnone\n"));
  std::vector<Fault> warnings;
  EXPECT_TRUE(package::read_rules_table(table, warnings).pass_table.empty());
  EXPECT_THAT(faults_of_rules("setting\tvalue\npass_table\tmany\n"), ElementsAre("2 value"));
}

// A row behind a table that is no list ended the reader by an exception of its library, and a table behind its rows took them away
// without a word.
TEST(PassRules, TellOfATableThatIsGivenTwice) {
  EXPECT_THAT(faults_of_rules("setting\tvalue\npass_table\tmany\npass_table.1\tplus 2\n"), ::testing::UnorderedElementsAre("2 value", "3 value"));
  EXPECT_THAT(faults_of_rules("setting\tvalue\npass_table\t5\npass_table.1\tplus 2\n"), ::testing::UnorderedElementsAre("2 value", "3 value"));
  EXPECT_THAT(faults_of_rules("setting\tvalue\npass_table\tnone\npass_table.1\tplus 2\n"), ElementsAre("3 value"));
  EXPECT_THAT(faults_of_rules("setting\tvalue\npass_table.1\tplus 2\npass_table\tnone\n"), ElementsAre("3 value"));
}

// What is not there has its default, as in rules.json.
TEST(PassRules, AreReadAsSpreadsheetsGiveThem) {
  std::vector<Fault> warnings;
  const auto rules =
      package::read_rules_table("setting\tvalue\nfail_line_percent\t35 %\npass_table.1\tplus 4\n", warnings);
  EXPECT_EQ(rules.fail_line_percent.hundredths, 3'500);
  ASSERT_EQ(rules.pass_table.size(), 1U);
  EXPECT_EQ(rules.pass_table[0].amount, 4);
  EXPECT_EQ(rules.hero_cap_percent.hundredths, selection::Rules{}.hero_cap_percent.hundredths);
  EXPECT_EQ(package::render_pass_rules(package::read_rules_table("setting\tvalue\n", warnings)),
            package::render_pass_rules({}));
}

// Red while digits of full width were refused here, which every other table reads.
TEST(PassRules, AreReadInFullWidthToo) {
  std::vector<Fault> warnings;
  const auto rules = package::read_rules_table(
      "setting\tvalue\nfail_line_percent\t３５％\nhero_cap_percent\t３０\npass_table.１\tｐｌｕｓ　４\nties．cut\tｎｏｎｅ\n", warnings);
  EXPECT_EQ(rules.fail_line_percent.hundredths, 3'500);
  EXPECT_EQ(rules.hero_cap_percent.hundredths, 3'000);
  ASSERT_EQ(rules.pass_table.size(), 1U);
  EXPECT_EQ(rules.pass_table[0].amount, 4);
  EXPECT_THAT(package::render_pass_rules(rules), HasSubstr("\"cut\": \"none\""));
}

TEST(PassRules, NameTheLineOfEveryFault) {
  EXPECT_THAT(faults_of_rules("setting\tvalue\n"
                              "fail_line_percent\t400\n"
                              "ties.cut\tperhaps\n"
                              "pass_table.1\tmany\n"
                              "no_such\t1\n"
                              "ties\tall\n"
                              "hero_cap_percent\t10\n"
                              "hero_cap_percent\t11\n"
                              "hero_cap_percent.more\t1\n"),
              ::testing::UnorderedElementsAre("2 value", "3 value", "4 value", "5 value", "6 setting", "8 setting",
                                              "9 setting"));
  EXPECT_THAT(faults_of_rules("setting\tvalue\npass_table.1\tplus 2\npass_table.5\tplus -1\n"), ElementsAre("3 value"));
  EXPECT_THROW(package::parse_pass_rules(R"({"fail_line": 40})", "rules.json"), InvalidInput);
  EXPECT_THROW(package::parse_pass_rules("[", "rules.json"), InvalidInput);
}

}  // namespace
}  // namespace hanjari::tests
