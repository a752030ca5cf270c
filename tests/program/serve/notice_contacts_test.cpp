#include "program/serve/notice_contacts.h"

#include <gtest/gtest.h>

#include <utility>

#include "stage/memory_applications.h"
#include "stage/sample_notice.h"

namespace hanjari::cli {
namespace {

// Red while one form that did not open ended the notices of everybody.
TEST(NoticeContacts, AreThoseOfTheOthersWhereOneFormDoesNotOpen) {
  hanjari::tests::MemoryApplications applications;
  for (const auto& [id, legible] : {std::pair("A-1", Legible::damaged), std::pair("A-2", Legible::destroyed),
                                    std::pair("A-3", Legible::yes)}) {
    Application& application = applications.applications[ApplicationId(id)];
    application.id = ApplicationId(id);
    application.legible = legible;
    application.form = hanjari::tests::sample_form();
  }
  const auto contacts = contacts_by(applications)(
      {ApplicantId("A-1"), ApplicantId("A-2"), ApplicantId("A-3"), ApplicantId("not-here")});
  ASSERT_EQ(contacts.size(), 1U);
  EXPECT_TRUE(contacts.contains(ApplicantId("A-3")));
}

}  // namespace
}  // namespace hanjari::cli
