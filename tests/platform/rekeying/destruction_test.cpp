// An exam with everything that applying stores is destroyed: nothing of it opens with any key that is left, whatever state
// its people were in and wherever the work was cut off; other exams stay as they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/random.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/rekeying/keys.h"
#include "stage/code_thrown.h"
#include "stage/links/cutting_link.h"
#include "platform/rekeying/crowd.h"
#include "stage/machine.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

constexpr std::chrono::hours day{24};

class Destruction : public ::testing::Test {
 protected:
  void order(const std::string& code) {
    storage::order_destruction(settings, code, database.clock.now(), change_of(database.clock));
  }
  auto destroy(Progress& progress = no_progress()) {
    return storage::destroy_due(settings, change_of(database.clock), database.clock, progress);
  }
  // What was sealed before the destruction, and the data keys as any copy of the database has them.
  struct Copy {
    std::vector<SealedValue> values;
    std::vector<std::string> wrapped;
  };
  Copy take_copy() {
    Copy copy;
    const auto connection = database.connect();
    copy.values = list_sealed(*connection);
    storage::Rows rows = connection->select("SELECT wrapped FROM data_keys");
    while (rows.next()) copy.wrapped.push_back(rows.text());
    return copy;
  }
  storage::KeyRing ring() const { return storage::load_keys(database.folder.path() / "keys" / "personal.keys"); }

  // `with`: exams that went together with it.
  void expect_gone(const Copy& copy, const std::string& code, const std::set<std::string>& with = {}) {
    const auto connection = database.connect();
    const auto keys = list_open_keys(*connection, {ring()});
    std::map<std::string, int> opened;
    int others = 0;
    for (const SealedValue& value : copy.values) {
      const bool opens = opens_with_any(value, keys);
      if (value.exam == code) {
        EXPECT_FALSE(opens) << value.table << " " << value.column << " " << value.row;
      } else if (opens) {
        ++others;
      } else if (!with.contains(value.exam)) {
        ADD_FAILURE() << "of another exam: " << value.exam << " " << value.table << " " << value.column;
      }
    }
    EXPECT_GT(others, 0);
    for (const SealedValue& value : list_sealed(*connection)) EXPECT_NE(value.exam, code) << value.table;
    // Nor do the keys of an old copy open with the key file as it is now.
    for (const std::string& wrapped : copy.wrapped)
      EXPECT_FALSE(ring().personal.contains(static_cast<unsigned char>(wrapped[0])));
    EXPECT_EQ(ring().personal.size(), 1u);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '%/" + code + "'"), 0);
    for (const char* table : {"application_drafts", "attachments", "submissions", "self_reports", "messages", "paper_files",
                              "application_figures"}) {
      EXPECT_EQ(database.number(fmt::format("SELECT COUNT(*) FROM {} WHERE exam_code = '{}'", table, code)), 0)
          << table;
    }
    for (const char* table : {"application_events", "seat_views"}) {
      EXPECT_EQ(database.number(fmt::format("SELECT COUNT(*) FROM {} t JOIN applications a ON a.application_id = "
                                            "t.application_id WHERE a.exam_code = '{}'",
                                            table, code)),
                0)
          << table;
    }
    EXPECT_EQ(database.number(fmt::format("SELECT COUNT(*) FROM applications WHERE exam_code = '{}' AND (account <> '' "
                                          "OR claim_hash IS NOT NULL OR form_sealed <> '' OR district_hash IS NOT NULL OR name_hash IS NOT "
                                          "NULL OR person_hash IS NOT NULL OR photo IS NOT NULL OR accommodation IS NOT NULL OR twin "
                                          "<> 0)",
                                          code)),
              0);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM jobs WHERE exam_code = '" + code + "' AND request <> '{}'"), 0);
  }

  TestDatabase database;
  storage::DatabaseSettings settings = hasty_settings(database);
};

// Red while the destruction of an exam that was never imported told the day of UTC, which in Korea is the day before until 9.
TEST_F(Destruction, TellsItsMomentByTheClockOfTheNotice) {
  Recruitment notice = sample_notice();
  notice.header.code = ExamCode("notice-only");
  database->recruitments().save_recruitment(notice, services::RecruitmentState::prepared, 0, change_of(database.clock));
  database.clock.advance(std::chrono::duration_cast<std::chrono::seconds>(at("2026-12-01T04:24:00+09:00") - database.clock.now()));
  order("notice-only");
  destroy();
  const auto destroyed = database->exams().find_destruction(ExamCode("notice-only"));
  ASSERT_TRUE(destroyed);
  EXPECT_EQ(destroyed->time_zone, "Asia/Seoul");
  try {
    services::require_not_destroyed(database->exams(), ExamCode("notice-only"));
    ADD_FAILURE() << "an exam that is gone was let through";
  } catch (const Conflict& refused) {
    EXPECT_THAT(refused.message().en, ::testing::HasSubstr("1 December 2026 04:24 (KST)"));
    EXPECT_THAT(refused.message().ko, ::testing::HasSubstr("2026년 12월 1일 04:24"));
  }
}

TEST_F(Destruction, LeavesNothingThatOpensOfAnythingThatApplyingStores) {
  Crowd doomed(database, "doomed-1", 100);
  Crowd kept(database, "kept-1", 500);
  doomed.everything();
  kept.everything();
  const auto counts = database->recruitments().count_applications(ExamCode("doomed-1"));
  const auto money = database.number("SELECT SUM(amount_won) FROM payments WHERE exam_code = 'doomed-1'");
  const Copy copy = take_copy();
  std::set<std::string> tables;
  for (const SealedValue& value : copy.values) {
    if (value.exam == "doomed-1") tables.insert(value.table);
  }
  EXPECT_THAT(tables, ElementsAre("applicants", "application_drafts", "applications", "attachments", "audit_entries",
                                  "briefing_notes", "material_signers", "messages", "paper_files", "paper_parts", "plan_steps", "self_reports",
                                  "venue_files", "venue_letter_files", "venue_letters", "venue_offers",
                                  "venue_request_districts", "venue_requests"));

  order("doomed-1");
  EXPECT_THAT(destroy(), ElementsAre("doomed-1", "doomed-1-late"));
  expect_gone(copy, "doomed-1");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM venue_offer_steps s JOIN venue_offers o ON o.offer_id = s.offer_id WHERE "
                            "o.exam_code = 'doomed-1' AND (s.told <> '' OR o.told <> '' OR o.note <> '')"),
            0)
      << "what was said of a school may name people";
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM venue_offer_steps s JOIN venue_offers o ON o.offer_id = s.offer_id WHERE "
                            "o.exam_code = 'kept-1' AND s.told <> ''"),
            1);
  EXPECT_TRUE(storage::preview_destruction(settings, "doomed-1").done_at);
  auto counts_afterwards = database->recruitments().count_applications(ExamCode("doomed-1"));
  for (auto& [unit, counted] : counts_afterwards) {
    EXPECT_EQ(counted.destroyed, counted.submitted + counted.paid) << unit.text();
    counted.destroyed = 0;
  }
  EXPECT_EQ(counts_afterwards, counts) << "the counts stay";
  EXPECT_EQ(database.number("SELECT SUM(amount_won) FROM payments WHERE exam_code = 'doomed-1'"), money);
  EXPECT_TRUE(database->applications().list_applications("p-102").empty());
  EXPECT_TRUE(database->applications().list_applications(ExamCode("doomed-1"), std::nullopt, {}, 50).applications.empty());
  EXPECT_FALSE(database->applications().list_applications(ExamCode("kept-1"), std::nullopt, {}, 50).applications.empty());
  EXPECT_EQ(database->audit().list_entries({.action = "exam.destroy"}).size(), 2u) << "its other day too";
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
  storage::Database again(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_EQ(again.exams().find_exam(ExamCode("kept-1"), "")->applicants[2].name,
            small_exam("kept-1", 60).applicants[2].name);
}

// Red while whoever had begun a form, with name, number and photo, was not counted.
TEST_F(Destruction, CountsThoseToWhomABegunFormBelongs) {
  Crowd crowd(database, "doomed-1", 1);
  crowd.pay(crowd.submit());
  crowd.submit();
  EXPECT_EQ(storage::preview_destruction(settings, "doomed-1").concerned(), 2);
  crowd.draft();
  crowd.attach("p-who-sent-a-photo-only");
  const auto preview = storage::preview_destruction(settings, "doomed-1");
  EXPECT_EQ(preview.beginners, 2);
  EXPECT_EQ(preview.concerned(), 4);
}

// Red while an order that had been taken back was told as one that had never been there.
TEST_F(Destruction, IsTakenBackAlsoWhenTheCommitIsNotHeard) {
  Crowd kept(database, "kept-1", 500);
  kept.everything();
  order("kept-1");
  CuttingLink link(database.folder.path(), database.folder.path() / "mariadb" / "s.sock");
  const storage::DatabaseSettings cut = beside(database, link.socket());
  link.swallow_commits(1);
  EXPECT_EQ(code_thrown([&] { storage::cancel_destruction(cut, "kept-1", change_of(database.clock)); }), "nothing");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM destructions"), 0);
}

TEST_F(Destruction, IsDoneOnceAndNothingComesBack) {
  Crowd doomed(database, "doomed-1", 100);
  Crowd kept(database, "kept-1", 500);
  doomed.everything();
  order("doomed-1");
  destroy();
  EXPECT_TRUE(destroy().empty());
  EXPECT_EQ(code_thrown([&] { order("doomed-1"); }), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { storage::cancel_destruction(settings, "doomed-1", change_of(database.clock)); }),
            "destruction_begun");
  EXPECT_EQ(code_thrown([&] { doomed.draft(); }), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { doomed.attach("p-7"); }), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { doomed.seat(90); }), "exam_destroyed") << "another package";
  EXPECT_EQ(code_thrown([&] { doomed.seat(); }), "exam_destroyed") << "the same one";
  doomed.read_by_staff();  // the record goes on
  kept.everything();
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '%/doomed-1'"), 0);
  // A second exam's turn is another master key.
  order("kept-1");
  EXPECT_THAT(destroy(), ElementsAre("kept-1", "kept-1-late"));
  EXPECT_EQ(ring().personal.begin()->first, 3);
}

// People of a notice with several exam days sit exams of their own codes, which no notice has.
TEST_F(Destruction, ReachesTheExamsOfTheNoticesOtherDays) {
  Crowd doomed(database, "doomed-1", 100);
  Crowd kept(database, "kept-1", 500);
  doomed.everything();
  kept.everything();
  const auto add_day = [&](const std::string& name, int days_later) {
    const auto stored = database->recruitments().find_recruitment(ExamCode("doomed-1"));
    Recruitment notice = stored->notice;
    Calendar other = notice.calendars.front();
    other.name = name;
    other.exam_on = Date{other.exam_on.days + days_later};
    notice.calendars.push_back(other);
    database->recruitments().save_recruitment(notice, stored->state, stored->version, change_of(database.clock));
  };
  doomed.seat("doomed-1-late", 60);
  kept.seat("doomed-1-later", 60);  // of nobody's notice, whatever its name looks like
  order("doomed-1");
  EXPECT_THAT(storage::preview_destruction(settings, "doomed-1").days, ElementsAre("doomed-1-late"));
  EXPECT_EQ(storage::preview_destruction(settings, "doomed-1").people, 60)
      << "the same people on both days, each counted once";
  storage::cancel_destruction(settings, "doomed-1", change_of(database.clock));
  EXPECT_THAT(destroy(), ElementsAre()) << "taken back for all days";
  order("doomed-1");
  add_day("last", 60);  // after the order
  const Copy copy = take_copy();
  const std::set<std::string> all{"doomed-1", "doomed-1-late", "doomed-1-last"};
  EXPECT_THAT(destroy(), ElementsAre("doomed-1", "doomed-1-last", "doomed-1-late"));
  expect_gone(copy, "doomed-1", all);
  expect_gone(copy, "doomed-1-late", all);
  EXPECT_TRUE(database->exams().find_live_plan(ExamCode("doomed-1-later"))) << "another exam";
  EXPECT_EQ(code_thrown([&] { doomed.seat("doomed-1-last", 60); }), "exam_destroyed") << "imported afterwards";
}

// Red while the program's own key, which outlives the exam, sealed why seats were to be withdrawn.
TEST_F(Destruction, ReachesSeatsThatAreWithdrawnOrProposedToBe) {
  Crowd doomed(database, "doomed-1", 100);
  Crowd kept(database, "kept-1", 500);
  doomed.everything();
  kept.everything();
  doomed.seat("doomed-1-late", 60);
  services::WithdrawalProposal proposal;
  proposal.live = *database->exams().find_live_plan(ExamCode("doomed-1"));
  proposal.proposed_by = "kim";
  proposal.reason = "김하늘의 좌석이 잘못되었습니다";
  proposal.at = database.clock.now();
  database->approvals().save_withdrawal_proposal(ExamCode("doomed-1"), proposal, change_of(database.clock));
  database->approvals().withdraw_live_plan(ExamCode("doomed-1-late"),
                                           *database->exams().find_live_plan(ExamCode("doomed-1-late")),
                                           services::WithdrawalRight::emergency, change_of(database.clock));
  ASSERT_EQ(database->plans().list_withdrawn_exams().size(), 1u);
  const auto announced = database->recruitments().find_recruitment(ExamCode("doomed-1"));
  database->notice_proposals().save_in_emergency(announced->notice, announced->state, announced->version,
                                                 change_of(database.clock));
  ASSERT_EQ(database->notice_proposals().list_urgent_savings().size(), 1u);
  services::NoticeProposal change_of_notice;
  change_of_notice.base_version = database->recruitments().find_recruitment(ExamCode("doomed-1"))->version;
  change_of_notice.definition = package::render_recruitment(announced->notice);
  change_of_notice.digest = std::string(64, 'd');
  change_of_notice.proposed_by = "kim";
  change_of_notice.reason = "김하늘의 원서에 맞춥니다";
  change_of_notice.at = database.clock.now();
  database->notice_proposals().save_proposal(ExamCode("doomed-1"), change_of_notice, std::nullopt,
                                             change_of(database.clock));
  const Copy copy = take_copy();
  EXPECT_TRUE(std::any_of(copy.values.begin(), copy.values.end(), [](const SealedValue& value) {
    return value.exam == "doomed-1" && value.table == "withdrawal_proposals";
  }));
  order("doomed-1");
  EXPECT_THAT(destroy(), ElementsAre("doomed-1", "doomed-1-late"));
  expect_gone(copy, "doomed-1", {"doomed-1", "doomed-1-late"});
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM withdrawal_proposals"), 0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM notice_proposals"), 0) << "why it was proposed may name people";
  EXPECT_TRUE(database->plans().list_withdrawn_exams().empty());
  // Red while the first page of the office named it for ever.
  EXPECT_TRUE(database->notice_proposals().list_urgent_savings().empty()) << "nobody can confirm a later change any more";
}

// Red while an order went by its day alone. The notice of this exam has a day long before that of the imported package.
TEST_F(Destruction, WaitsForAnExamThatIsHeldAfterTheOrderedDay) {
  Crowd doomed(database, "doomed-1", 100);
  doomed.seat();
  const auto preview = storage::preview_destruction(settings, "doomed-1");
  ASSERT_TRUE(preview.last_day);
  const Instant now = database.clock.now();
  const Date today = local_time(now, preview.time_zone).day;
  ASSERT_LT(today, *preview.last_day);
  storage::order_destruction(settings, "doomed-1", now, change_of(database.clock), today);
  EXPECT_FALSE(storage::is_destruction_due(settings, now));
  EXPECT_THAT(destroy(), ElementsAre());
  EXPECT_FALSE(storage::is_destruction_due(settings, instant_of(*preview.last_day, 23 * 60, preview.time_zone)));
  const Date next{preview.last_day->days + 1};
  EXPECT_TRUE(storage::is_destruction_due(settings, instant_of(next, 0, preview.time_zone)));
  // A day after the exam needs no waiting, and neither does an exam that does not take place.
  storage::order_destruction(settings, "doomed-1", now, change_of(database.clock), next);
  EXPECT_TRUE(storage::is_destruction_due(settings, now));
  storage::order_destruction(settings, "doomed-1", now, change_of(database.clock));
  EXPECT_TRUE(storage::is_destruction_due(settings, now));
}

TEST_F(Destruction, ACodeIsOfOneNoticeOnly) {
  Crowd doomed(database, "doomed-1", 100);
  auto& notices = database->recruitments();
  Recruitment notice = notices.find_recruitment(ExamCode("doomed-1"))->notice;
  notice.calendars.push_back(notice.calendars.front());
  notice.calendars.back().name = "second";
  notice.calendars.back().exam_on = Date{notice.header.exam_on.days + 30};
  const auto save = [&](const Recruitment& changed, std::int64_t version) {
    return code_thrown([&] {
      notices.save_recruitment(changed, services::RecruitmentState::published, version, change_of(database.clock));
    });
  };
  EXPECT_EQ(save(sample_notice("doomed-1-late"), 0), "exam_code_taken") << "it is a day of another notice";
  EXPECT_EQ(save(sample_notice("doomed-1-second"), 0), "nothing");
  EXPECT_EQ(save(notice, 1), "exam_code_taken") << "another notice has it";
  notice.calendars.back().name = "third";
  EXPECT_EQ(save(notice, 1), "nothing");
}

// Red while its notice could be saved and published again, and the portal called for applications.
TEST_F(Destruction, ANoticeIsOnlyTakenOffThePortalAfterwards) {
  using services::RecruitmentState;
  Crowd doomed(database, "doomed-1", 100);
  doomed.submit();
  auto& notices = database->recruitments();
  const ExamCode code("doomed-1");
  EXPECT_EQ(services::count_concerned(notices, code), 1);
  order("doomed-1");
  destroy();
  const auto stored = notices.find_recruitment(code);
  EXPECT_EQ(stored->state, RecruitmentState::closed);
  EXPECT_EQ(services::count_concerned(notices, code), 0) << "the row is for the books; nobody is behind it";
  const auto newest = database->setups().find_version(code, services::SetupPart::notice, 0);
  EXPECT_EQ(newest->version, stored->version);
  EXPECT_EQ(newest->state, "closed");

  const services::Change change = change_of(database.clock);
  Recruitment changed = stored->notice;
  changed.help = {"New words.", "새 안내"};
  const auto save = [&](const Recruitment& notice, RecruitmentState state, std::int64_t version) {
    return code_thrown([&] { notices.save_recruitment(notice, state, version, change); });
  };
  EXPECT_EQ(save(stored->notice, RecruitmentState::published, stored->version), "exam_destroyed");
  EXPECT_EQ(save(changed, RecruitmentState::closed, stored->version), "exam_destroyed");
  EXPECT_EQ(save(changed, RecruitmentState::prepared, stored->version), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { services::change_state(notices, code, RecruitmentState::published, 1, change); }),
            "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { services::save_notice(notices, changed, std::nullopt, stored->version, change); }),
            "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { database->setups().save_notice_rule(code, {true, false, 1}, change); }), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { database->setups().save_part(code, services::SetupPart::policy, "{}", 0, {}, change); }),
            "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { database->setups().save_declaration(code, {"kim", true, database.clock.now()}, change); }),
            "exam_destroyed");
  EXPECT_EQ(code_thrown([&] {
              database->notice_proposals().save_in_emergency(changed, RecruitmentState::closed, stored->version, change);
            }),
            "exam_destroyed");
  services::change_state(notices, code, RecruitmentState::prepared, 0, change);
  EXPECT_EQ(notices.find_recruitment(code)->state, RecruitmentState::prepared);
  EXPECT_EQ(save(stored->notice, RecruitmentState::published, stored->version + 1), "exam_destroyed");
}

// Red while only exams and imports were refused: a new notice began with the code.
TEST_F(Destruction, NoNoticeTakesTheCodeOfADestroyedExam) {
  Crowd doomed(database, "doomed-1", 100);
  doomed.seat("other-1-second", 60);  // of nobody's notice
  order("other-1-second");
  destroy();
  auto& notices = database->recruitments();
  const auto save = [&](const Recruitment& notice) {
    return code_thrown([&] {
      notices.save_recruitment(notice, services::RecruitmentState::prepared, 0, change_of(database.clock));
    });
  };
  Recruitment notice = sample_notice("other-1");
  notice.calendars.push_back(notice.calendars.front());
  notice.calendars.back().name = "second";
  notice.calendars.back().exam_on = Date{notice.header.exam_on.days + 30};
  EXPECT_EQ(save(notice), "exam_destroyed") << "a day of it";
  EXPECT_EQ(save(sample_notice("other-1-second")), "exam_destroyed");
  EXPECT_EQ(save(sample_notice("other-1")), "nothing");
}

TEST_F(Destruction, MoneyThatComesForADestroyedExamGoesBack) {
  Crowd doomed(database, "doomed-1", 100);
  const auto payment = doomed.begin_payment(doomed.submit());
  order("doomed-1");
  destroy();
  EXPECT_EQ(database->payments().settle_paid(payment.id, database.clock.now(), database.clock.now() + day, {},
                                             change_of(database.clock)),
            services::PaymentState::refunding);
  database->payments().settle_refunded(payment.id, change_of(database.clock));
  EXPECT_EQ(database->payments().find_payment(payment.id)->state, services::PaymentState::refunded);
}

// Whatever people have done before, and wherever the program dies.
TEST_F(Destruction, HoldsForAnyStatesAndGoesOnWhereverItWasKilled) {
  RandomStream chance(*parse_seed("7"), "destruction");
  Crowd kept(database, "kept-1", 5'000);
  kept.everything();
  int master = 1;
  for (int round = 0; round < 4; ++round) {
    const std::string code = fmt::format("doomed-{}", round);
    Crowd doomed(database, code, 100 * (round + 1));
    doomed.submit();
    for (int steps = 0; steps < 20; ++steps) doomed.anything(chance);
    if (chance.below(2) == 0) doomed.seat();
    const Copy copy = take_copy();
    order(code);
    int kills = 0;
    // The phases are few and near one another; the rows before them are many and alike.
    for (int step = 1 + static_cast<int>(chance.below(3));; step += 1 + static_cast<int>(chance.below(5))) {
      if (!killed_at_step(step, [&](Progress& progress) { destroy(progress); })) break;
      ++kills;
      storage::Database between(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
      EXPECT_FALSE(between.applications().list_applications(ExamCode("kept-1"), std::nullopt, {}, 50).applications.empty());
      EXPECT_LE(database.number("SELECT MAX(key_number) FROM key_checks"), master + 1) << "one master key, not one a try";
    }
    EXPECT_GT(kills, 4);
    ++master;
    EXPECT_EQ(database.number("SELECT MAX(key_number) FROM key_checks WHERE purpose = 'personal'"), master);
    expect_gone(copy, code);
    if (HasFailure()) return;
  }
}

TEST_F(Destruction, LosesNothingOfOtherExamsThatIsWrittenMeanwhile) {
  Crowd doomed(database, "doomed-1", 100);
  doomed.everything();
  Crowd kept(database, "kept-1", 5'000);
  order("doomed-1");
  std::atomic<bool> stop{false};
  std::string failure;
  int stored = 0;
  std::thread applicant([&] {
    try {
      for (; !stop; ++stored) kept.pay(kept.submit());
    } catch (const std::exception& error) {
      failure = error.what();
    }
  });
  std::thread late([&] {
    // Refused from some moment on, and never stored so that it opens.
    while (!stop && code_thrown([&] { doomed.draft(); }) == "nothing") {
    }
  });
  destroy();
  stop = true;
  applicant.join();
  late.join();
  EXPECT_EQ(failure, "");
  EXPECT_GT(stored, 1);
  storage::Database again(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_EQ(static_cast<int>(
                again.applications().list_applications(ExamCode("kept-1"), std::nullopt, {}, 5'000).applications.size()),
            stored);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '%/doomed-1'"), 0);
}

TEST_F(Destruction, IsNotDoneWhileAProgramHoldsTheOldMasterKey) {
  Crowd doomed(database, "doomed-1", 100);
  doomed.submit();
  order("doomed-1");
  const auto connection = database.connect();
  storage::LivingProgram holding;
  holding.id = "holding";
  holding.process = "another machine/1";
  holding.place = "other:/keys";
  holding.keeps_old = true;
  // It confirms whatever comes, and keeps the old one.
  std::atomic<bool> stop{false};
  std::thread keeper([&] {
    const auto own = database.connect();
    while (!stop) {
      if (const auto current = storage::find_named_key(*own, storage::purposes::personal)) holding.current_check = current->check;
      const auto prepared = storage::find_prepared_master(*own);
      holding.next_check = prepared ? std::optional(prepared->key.check) : std::nullopt;
      storage::tell_living(*own, holding, std::chrono::minutes(1));
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  while (database.number("SELECT COUNT(*) FROM key_programs WHERE program_id = 'holding'") == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  for (int tries = 0; tries < 2; ++tries) {
    EXPECT_EQ(code_thrown([&] { destroy(); }), "old_key_held");
    EXPECT_EQ(database.number("SELECT MAX(key_number) FROM key_checks"), 2) << "no further master key";
    EXPECT_FALSE(storage::preview_destruction(settings, "doomed-1").done_at);
  }
  stop = true;
  keeper.join();
  storage::tell_ended(*connection, "holding");
  EXPECT_THAT(destroy(), ElementsAre("doomed-1", "doomed-1-late"));
}

}  // namespace
}  // namespace hanjari::tests
