// What a proposed change of a notice may contradict on a real server: units that people applied for, codes of other
// notices.
#include <algorithm>
#include <chrono>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "database/transaction.h"
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

// Red while applications kept the day of the first notice: a number counted twice on a day that two notices had come to share.
TEST_F(NoticeContradictionsTest, DaysThatBecomeTheSameAreJudgedAsIfTheyHadBeenSoFromTheStart) {
  const auto on = [](const char* day) {
    Recruitment notice = sample_notice("gyeonggi-2021-1");
    notice.header.exam_on = notice.calendars[0].exam_on = *parse_date(day);
    return notice;
  };
  auto& notices = database->recruitments();
  notices.save_recruitment(on("2021-06-12"), services::RecruitmentState::published, 0, change_of(database.clock));
  std::vector<Submission> sent{free_of(1, 1), free_of(1, 1, "gyeonggi-2021-1"), free_of(3, 3, "gyeonggi-2021-1")};
  for (const auto& answer : store(sent)) {
    EXPECT_EQ(answer.outcome, SubmissionOutcome::stored);
    EXPECT_FALSE(answer.waits);
  }
  const ExamCode other("gyeonggi-2021-1");
  const auto move = [&] {
    notices.save_recruitment(on("2021-06-05"), services::RecruitmentState::published, 1, change_of(database.clock));
  };
  try {
    move();
    ADD_FAILURE() << "one person would count twice on the day";
  } catch (const services::NoticeContradicts& refused) {
    EXPECT_EQ(refused.code(), "days_meet");
    EXPECT_THAT(refused.message().en, testing::HasSubstr("two applications of 1 person would count"));
    EXPECT_THAT(refused.message().ko, testing::HasSubstr("응시자가 1명 있습니다"));
  }
  EXPECT_EQ(code_thrown([&] { proposals().save_proposal(other, proposal_of(on("2021-06-05")), std::nullopt, by("kim")); }),
            "days_meet");
  // Red while officers were asked for the number of people first, and refused afterwards.
  EXPECT_EQ(code_thrown([&] { notices.refuse_contradictions(on("2021-06-05")); }), "days_meet");
  EXPECT_EQ(code_thrown([&] { notices.refuse_contradictions(on("2021-06-13")); }), "nothing");
  EXPECT_EQ(notices.find_recruitment(other)->version, 1);
  const std::string of_day = "SELECT COUNT(*) FROM applications WHERE exam_code = 'gyeonggi-2021-1' AND exam_on = ";
  EXPECT_EQ(database.number(of_day + "'2021-06-12'"), 2);
  database.connect()->execute(
      "UPDATE applications SET state = 'withdrawn', claim_hash = NULL WHERE exam_code = 'gyeonggi-2021-1' AND account = 'p-1'");
  move();
  EXPECT_EQ(database.number(of_day + "'2021-06-05'"), 2);
  EXPECT_TRUE(store({free_of(13, 3)}).front().waits) << "the number counts on that day now";
}

// Red while the unit that another officer was just saving was added a second time on trial, and the question failed.
TEST_F(NoticeContradictionsTest, AreLookedForBesideASavingThatAddsTheSameUnit) {
  Recruitment more = sample_notice();
  more.units.push_back(more.units.front());
  more.units.back().unit.code = UnitCode("103");
  const auto other = database.connect();
  storage::Transaction saving(*other);
  other->execute("UPDATE recruitments SET version = version + 1 WHERE exam_code = 'seoul-2021-1'");
  other->execute("INSERT INTO recruitment_units (exam_code, unit_code) VALUES ('seoul-2021-1', '103')");
  auto asked = std::async(std::launch::async, [&] {
    return code_thrown([&] { database->recruitments().refuse_contradictions(more); });
  });
  EXPECT_EQ(asked.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout) << "it waits for the saving";
  saving.commit();
  EXPECT_EQ(asked.get(), "nothing");
}

// A notice whose day was moved before applications followed it can be closed all the same.
TEST_F(NoticeContradictionsTest, DaysThatMetBeforeHoldUpNoClosing) {
  Recruitment later = sample_notice("gyeonggi-2021-1");
  later.header.exam_on = later.calendars[0].exam_on = *parse_date("2021-06-12");
  database->recruitments().save_recruitment(later, services::RecruitmentState::published, 0, change_of(database.clock));
  for (const auto& answer : store({free_of(1, 1), free_of(1, 1, "gyeonggi-2021-1")})) EXPECT_FALSE(answer.waits);
  // As an earlier program saved it.
  const auto connection = database.connect();
  for (const char* table : {"recruitments", "setup_versions"}) {
    connection->execute(std::string("UPDATE ") + table +
                        " SET definition = REPLACE(definition, '2021-06-12', '2021-06-05') WHERE exam_code = 'gyeonggi-2021-1'");
  }
  database->recruitments().save_recruitment(sample_notice("gyeonggi-2021-1"), services::RecruitmentState::closed, 1,
                                            change_of(database.clock));
  EXPECT_EQ(database->recruitments().find_recruitment(ExamCode("gyeonggi-2021-1"))->state, services::RecruitmentState::closed);
}

// Red while a form that waited for its turn kept the day of the notice as it was when the form was judged.
TEST_F(NoticeContradictionsTest, DaysOfFormsOnTheirWayAreThoseOfTheNoticeAsItIsStored) {
  const Submission waiting = free_of(1, 1);
  Recruitment moved = sample_notice();
  moved.header.exam_on = moved.calendars[0].exam_on = *parse_date("2021-06-12");
  database->recruitments().save_recruitment(moved, services::RecruitmentState::published, 1, change_of(database.clock));
  EXPECT_EQ(store({waiting}).front().outcome, SubmissionOutcome::stored);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE exam_on = '2021-06-12'"), 1);
}

// Red while rows were changed one after the other: the first met the one that was still to leave.
TEST_F(NoticeContradictionsTest, DaysOfANoticeMayChangePlaces) {
  Draft draft = draft_of(2);
  draft.form = sample_form(1);
  draft.form.unit = UnitCode("201");
  Submission late = submission_of(database->applications().save_draft(draft, database.clock.now()));
  late.fee = 0;
  late.exam_on = *parse_date("2021-10-16");
  for (const auto& answer : store({free_of(1, 1), late})) EXPECT_FALSE(answer.waits);
  Recruitment changed = sample_notice();
  std::swap(changed.calendars[0].exam_on, changed.calendars[1].exam_on);
  changed.header.exam_on = changed.calendars[0].exam_on;
  database->recruitments().save_recruitment(changed, services::RecruitmentState::published, 1, change_of(database.clock));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE unit_code = '101' AND exam_on = '2021-10-16'"), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications WHERE unit_code = '201' AND exam_on = '2021-06-05'"), 1);
}

// Red while the refusal of a unit that is taken away said no way on.
TEST_F(NoticeContradictionsTest, OfAUnitWithApplicationsSayWhatToDo) {
  apply(1);
  try {
    database->recruitments().save_recruitment(without_unit("101"), services::RecruitmentState::published, 1,
                                              change_of(database.clock));
    ADD_FAILURE() << "a unit with applications was taken away";
  } catch (const services::NoticeContradicts& refused) {
    EXPECT_THAT(refused.message().en, testing::HasSubstr("has 1 application and cannot be taken away; leave it in the notice"));
    EXPECT_THAT(refused.message().ko, testing::HasSubstr("원서가 1건 있어 뺄 수 없습니다. 모집단위를 공고에 그대로 두고"));
  }
}

}  // namespace
}  // namespace hanjari::tests
