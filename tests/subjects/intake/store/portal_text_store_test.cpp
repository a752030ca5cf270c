// What the institution says on the portal, in the database: every version kept, none replaced unseen.
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/notice_board.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::tests {
namespace {

using services::PortalPage;

TEST(PortalTextStore, KeepsEveryVersionAndRefusesOneThatSomebodyElseReplaced) {
  TestDatabase database;
  services::PortalTexts texts(database->portal_texts());
  const services::Actor officer{"officer", services::Role::exam_officer, {}};
  const Instant now = database.clock.now();
  EXPECT_EQ(texts.load_text(PortalPage::privacy).version, 0);
  EXPECT_TRUE(texts.load_text(PortalPage::privacy).words.ko.empty());
  EXPECT_FALSE(texts.load_text(PortalPage::help).words.ko.empty()) << "the program's own words";

  texts.write_text(officer, PortalPage::privacy, {"first", "첫째"}, 0, "", now);
  texts.write_text(officer, PortalPage::privacy, {"second", "둘째"}, 1, "법령 개정", now);
  EXPECT_EQ(code_thrown([&] { texts.write_text(officer, PortalPage::privacy, {"other", "다른"}, 1, "", now); }),
            "portal_text_changed");
  EXPECT_EQ(texts.load_text(PortalPage::privacy).words.ko, "둘째");
  EXPECT_EQ(texts.find_text(PortalPage::privacy, 1)->words.en, "first");
  EXPECT_EQ(texts.find_text(PortalPage::privacy, 1)->author, "officer");
  EXPECT_FALSE(texts.find_text(PortalPage::privacy, 3));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'portal_text.save' AND subject = 'privacy'"), 2);
}

}  // namespace
}  // namespace hanjari::tests
