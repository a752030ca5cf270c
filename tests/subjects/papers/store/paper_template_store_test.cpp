// Templates of papers on a real database: versions stay, and of several officers at once one saves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "hanjari/papers/paper_templates.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::TestDatabase;

struct StoredTemplates : public testing::Test {
  TemplateVersion version(std::int64_t number, const std::string& content) {
    const Change change = why();
    return {number, "roster.json", {{"roster.json", content}}, change.author, change.at};
  }
  Change why() {
    Change change = change_of(database.clock);
    change.reason = "another title";
    return change;
  }

  TestDatabase database;
  PaperTemplateRepository& stored = database->paper_templates();
};

TEST_F(StoredTemplates, StandWithWhoSavedThemAndWhy) {
  EXPECT_FALSE(stored.find_version(0));
  EXPECT_EQ(stored.newest_version(), 0);
  stored.save_version(version(1, "{\"title\": \"명부\"}"), why());
  stored.save_version(version(2, "{}"), why());
  const auto first = stored.find_version(1);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->files.at("roster.json"), "{\"title\": \"명부\"}");
  EXPECT_EQ(first->author, why().author);
  EXPECT_EQ(stored.find_version(0)->version, 2);
  EXPECT_EQ(stored.newest_version(), 2);
  EXPECT_FALSE(stored.find_version(3));
  const auto savings = PaperTemplates::list_savings(database->audit(), 10);
  ASSERT_EQ(savings.size(), 2U);
  EXPECT_EQ(savings.front().version, 2);
  EXPECT_EQ(savings.front().reason, "another title");
  EXPECT_EQ(savings.front().file, "roster.json");
}

// To be red while the newest was not compared: both were told that theirs was saved.
TEST_F(StoredTemplates, OfManyAtOnceOneIsSaved) {
  std::vector<std::string> codes(4);
  std::vector<std::thread> officers;
  for (std::size_t at = 0; at < codes.size(); ++at) {
    officers.emplace_back([&, at] {
      TemplateVersion own = version(1, std::to_string(at));
      own.author = "officer " + std::to_string(at);
      codes[at] = hanjari::tests::code_thrown([&] { stored.save_version(own, why()); });
    });
  }
  for (std::thread& one : officers) one.join();
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "nothing"), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "templates_changed"), 3);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM paper_templates"), 1);
  EXPECT_EQ(database->audit().list_entries({.action = "paper_templates.save"}).size(), 1U);
  EXPECT_EQ(hanjari::tests::code_thrown([&] { stored.save_version(version(7, "{}"), why()); }), "templates_changed");
}

}  // namespace
}  // namespace hanjari::services
