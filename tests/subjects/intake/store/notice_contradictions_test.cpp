// What a proposed change of a notice may contradict on a real server: units that people applied for, codes of other
// notices.
#include <algorithm>
#include <string>

#include "hanjari/base/digest.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/package/recruitment_file.h"
#include "subjects/intake/store/stored_intake.h"

namespace hanjari::tests {
namespace {

using services::NoticeProposal;

struct NoticeContradictionsTest : IntakeStoreTest {
  services::NoticeProposalRepository& proposals() { return database->notice_proposals(); }
  services::Change by(const std::string& author) {
    services::Change change = change_of(database.clock);
    change.author = author;
    change.reason = "as the council decided";
    return change;
  }
  NoticeProposal proposal_of(const Recruitment& notice) {
    NoticeProposal proposal;
    proposal.base_version = 1;
    proposal.definition = package::render_recruitment(notice);
    proposal.digest = sha256(proposal.definition).hex();
    proposal.proposed_by = "kim";
    proposal.reason = "as the council decided";
    proposal.at = database.clock.now();
    return proposal;
  }
  static Recruitment without_unit(const char* unit) {
    Recruitment notice = sample_notice();
    std::erase_if(notice.units, [&](const NoticeUnit& one) { return one.unit.code == UnitCode(unit); });
    return notice;
  }
  static Recruitment with_late_days_named(const std::string& name) {
    Recruitment notice = sample_notice();
    notice.calendars[1].name = name;
    for (NoticeUnit& unit : notice.units) {
      if (unit.calendar == "late") unit.calendar = name;
    }
    return notice;
  }

  const ExamCode code{"seoul-2021-1"};
};

// Red when it was found at the confirmation only, by the officer who had not typed it.
TEST_F(NoticeContradictionsTest, OfAUnitWithApplicationsAreRefusedWhenTheyAreProposed) {
  apply(1);
  EXPECT_EQ(
      code_thrown([&] { proposals().save_proposal(code, proposal_of(without_unit("101")), std::nullopt, by("kim")); }),
      "unit_in_use");
  EXPECT_FALSE(proposals().find_proposal(code));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'recruitment.change_proposed'"), 0);
  // Another unit may go; asking takes nothing away.
  proposals().save_proposal(code, proposal_of(without_unit("102")), std::nullopt, by("kim"));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM recruitment_units WHERE exam_code = 'seoul-2021-1'"), 3);
  proposals().confirm_proposal(code, proposals().find_proposal(code).value(), by("lee"));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM recruitment_units WHERE exam_code = 'seoul-2021-1'"), 2);
}

TEST_F(NoticeContradictionsTest, ThatCameInMeanwhileAreFoundByWhoConfirms) {
  proposals().save_proposal(code, proposal_of(without_unit("101")), std::nullopt, by("kim"));
  apply(1);
  const NoticeProposal kept = proposals().find_proposal(code).value();
  EXPECT_EQ(code_thrown([&] { proposals().confirm_proposal(code, kept, by("lee")); }), "unit_in_use");
  EXPECT_EQ(database->recruitments().find_recruitment(code)->version, 1);
  EXPECT_TRUE(proposals().find_proposal(code)) << "it waits to be turned down or taken back";
}

TEST_F(NoticeContradictionsTest, OfAnotherNoticesCodeAreRefusedWhenTheyAreProposed) {
  publish("seoul-2021-1-autumn");
  EXPECT_THROW(proposals().save_proposal(code, proposal_of(with_late_days_named("autumn")), std::nullopt, by("kim")),
               services::NoticeContradicts);
  EXPECT_FALSE(proposals().find_proposal(code));
  // A name that nobody has is free, and is taken only by the confirmation.
  proposals().save_proposal(code, proposal_of(with_late_days_named("winter")), std::nullopt, by("kim"));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM notice_days WHERE day_code = 'seoul-2021-1-winter'"), 0);
  proposals().confirm_proposal(code, proposals().find_proposal(code).value(), by("lee"));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM notice_days WHERE day_code = 'seoul-2021-1-winter'"), 1);
}

}  // namespace
}  // namespace hanjari::tests
