// Publications on a real database: sealed once however often a program is killed, steps that nobody takes twice, and constraints that
// hold whoever writes.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/desk/waiting.h"
#include "hanjari/publications/opened.h"
#include "hanjari/rekeying/keys.h"
#include "publications/publication_story.h"
#include "stage/code_thrown.h"
#include "stage/killed_programs.h"
#include "stage/memory/release_keys.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::kill_at_every_step;
using hanjari::tests::small_results;
using hanjari::tests::TestDatabase;
using hanjari::tests::zip_of_results;
using std::chrono::hours;

class KeptPublications : public ::testing::Test {
 protected:
  KeptPublications() {
    database->exams().save_exam(hanjari::tests::small_exam(), nullptr, hanjari::tests::change_of(database.clock),
                                no_progress());
    const Job import = order_result_import(database->exams(), database->jobs(), code, zip_of_results(small_results()),
                                           package::Encoding::utf8, by("kim"));
    end(import, result_import_work(database->results(), database->jobs(), database.clock));
    const std::string digest = find_package(database->results(), code, 1).rules_sha256;
    propose_rules(database->results(), code, 1, digest, by("kim"));
    freeze_rules(database->results(), code, digest, by("lee"));
    const Job decision = order_decision(database->results(), database->jobs(), code, 1, by("kim"));
    end(decision, decision_work(database->exams(), database->results(), database.clock));
    for (const char* officer : {"kim", "lee", "park"})
      hanjari::tests::give_release_key(publications(), "a long passphrase of " + std::string(officer), by(officer));
  }
  PublicationRepository& publications() { return database->publications(); }
  Change by(const std::string& author) {
    Change change = hanjari::tests::change_of(database.clock);
    change.author = author;
    return change;
  }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }
  void end(const Job& job, const JobWork& work) {
    auto claimed = database->jobs().claim_job({job.order.kind}, job.id, database.clock.now(),
                                              std::chrono::seconds(30));
    ASSERT_TRUE(claimed);
    claimed->result = work({*claimed, no_progress(), {}});
    claimed->state = JobState::done;
    ASSERT_TRUE(database->jobs().end_job(*claimed, by("kim")));
  }
  Job order() {
    PublicationOrder order;
    order.decision = 1;
    order.release_at = database.clock.now() + hours(1);
    order.next_passed = {"Register.", "등록하십시오."};
    order.next_others = {"See the next notice.", "다음 공고를 보십시오."};
    order.objection = {"Write to us.", "서면으로 제출하십시오."};
    order.share_holders = {"kim", "lee", "park"};
    return *order_publication(publications(), database->results(), database->jobs(), code, order, by("kim")).job;
  }
  JobWork work_of(storage::Database& program) {
    return publication_work(program.exams(), program.results(), program.publications(), signer, database.clock);
  }
  Publication sealed() {
    const Job job = order();
    end(job, work_of(*database));
    return find_publication(publications(), code, 1);
  }
  ReleaseAct act(const std::string& officer, const Publication& of) {
    return {officer, of.state.digest, of.state.release_at, true};
  }
  // Everything up to the minute, as the desk would save it.
  Publication armed() {
    Publication one = sealed();
    const auto save = [&](const ReleaseState& next) {
      publications().save_step(one, next, "publication.step", by("kim"));
      one = find_publication(publications(), code, 1);
    };
    save(propose_release(one.state, act("kim", one)));
    save(approve_release(one.state, act("lee", one)));
    save(arm_release(one.state, act("kim", one), "hold-1"));
    save(arm_release(one.state, act("park", one), "hold-1"));
    return one;
  }

  TestDatabase database;
  const ExamCode code{"test-1"};
  NoteSigner signer = publication_story::story_signer();
};

// Red when a program that died half-way leaves records under a key that is gone.
TEST_F(KeptPublications, AreSealedOnceHoweverOftenTheProgramIsKilled) {
  const Job job = order();
  const auto programs = kill_at_every_step(database, job.id, [&](storage::Database& program) { return work_of(program); });
  EXPECT_GE(programs.kills, 3);
  ASSERT_EQ(programs.ended.state, JobState::done) << programs.ended.fault.en;
  EXPECT_EQ(count("publications"), 1);
  EXPECT_EQ(count("publication_records"), 4);
  EXPECT_EQ(count("publication_shares"), 3);
  EXPECT_EQ(count("audit_entries WHERE action = 'publication.seal'"), 1);
  const Publication one = find_publication(publications(), code, 1);
  EXPECT_EQ(one.state.step, ReleaseStep::sealed);
  EXPECT_NO_THROW(require_unchanged(publications(), one));
}

TEST_F(KeptPublications, StandSealedAndOfOneSize) {
  sealed();
  for (const char* open : {"passed", "80.00", "applicant_number", "verdict"})
    EXPECT_EQ(count("publication_records WHERE INSTR(record, '" + std::string(open) + "') > 0"), 0) << open;
  EXPECT_EQ(count("publication_records WHERE INSTR(record_id, 'P1') > 0"), 0);
  EXPECT_EQ(count("(SELECT DISTINCT LENGTH(record), LENGTH(secret_sealed) FROM publication_records) AS sizes"), 1);
  EXPECT_EQ(count("publication_parts WHERE INSTR(content_sealed, 'U,P1') > 0"), 0);
}

// Red when a program whose lease was lost clears, adds to or fails what another one has sealed: nobody's result would open.
TEST_F(KeptPublications, AProgramThatWasTakenForDeadSpoilsNothing) {
  const Publication one = sealed();
  Publication late = one;
  late.commitment = std::string(64, 'a');
  const std::vector<SealedResult> records{{"P7", std::string(32, 's'), "r"}};
  for (const Publication& of : {one, late}) {
    EXPECT_EQ(code_thrown([&] { publications().begin_sealing(of); }), "release_step_changed");
    EXPECT_EQ(code_thrown([&] { publications().clear_results(of); }), "release_step_changed");
    EXPECT_EQ(code_thrown([&] { publications().add_results(of, records); }), "release_step_changed");
    EXPECT_EQ(code_thrown([&] { publications().add_part(of, publication_parts::summary, "{}"); }), "release_step_changed");
    publications().fail_publication(of, by("kim"));
  }
  EXPECT_EQ(count("publication_records"), 4);
  EXPECT_EQ(find_publication(publications(), code, 1).state.step, ReleaseStep::sealed);
  EXPECT_NO_THROW(require_unchanged(publications(), one));
}

// Red when two programs fill one version, and when a version is sealed without a record of everybody.
TEST_F(KeptPublications, AreMadeByTheProgramThatBeganLast) {
  order();
  Publication first = find_publication(publications(), code, 1);
  first.commitment = std::string(64, 'a');
  Publication second = first;
  second.commitment = std::string(64, 'b');
  const std::vector<SealedResult> records{{"P1", std::string(32, 's'), "r"}};
  publications().begin_sealing(first);
  publications().add_results(first, records);
  publications().begin_sealing(second);
  publications().clear_results(second);
  EXPECT_EQ(code_thrown([&] { publications().add_results(first, records); }), "release_step_changed");
  publications().add_results(second, records);
  publications().fail_publication(first, by("kim"));
  EXPECT_EQ(find_publication(publications(), code, 1).state.step, ReleaseStep::rendering);
  EXPECT_EQ(count("publication_records"), 1);
  second.people = 4;
  second.root = std::string(64, 'c');
  second.public_secret = std::string(32, 's');
  second.state.step = ReleaseStep::sealed;
  second.state.digest = std::string(64, 'd');
  ++second.state.changes;
  EXPECT_EQ(code_thrown([&] { publications().finish_sealing(second, {}, by("kim")); }), "release_step_changed")
      << "three people have no record";
  publications().fail_publication(second, by("kim"));
  EXPECT_EQ(find_publication(publications(), code, 1).state.step, ReleaseStep::failed);
  EXPECT_EQ(count("publication_records"), 0);
}

// Red when records that fill more than one statement are lost, mixed up, or kept in another order than is said.
TEST_F(KeptPublications, AreAddedAndReadBackByTheHundred) {
  order();
  Publication one = find_publication(publications(), code, 1);
  one.commitment = std::string(64, 'a');
  publications().begin_sealing(one);
  std::vector<std::string> numbers;
  for (int i = 0; i < 700; ++i) numbers.push_back("N" + std::to_string(i));
  publications().sort_as_kept(one, numbers);
  std::vector<SealedResult> records;
  for (const std::string& number : numbers) records.push_back({number, std::string(32, number.back()), number + std::string(9'000, '\0')});
  publications().add_results(one, records);
  EXPECT_EQ(count("publication_records"), 700);
  numbers.push_back("nobody");
  const auto found = publications().find_results(one, numbers);
  ASSERT_EQ(found.size(), 700U);
  std::map<std::string, SealedResult> by_number;
  for (const SealedResult& result : found) by_number[result.number] = result;
  for (const SealedResult& record : records) {
    EXPECT_EQ(by_number.at(record.number).record, record.record);
    EXPECT_EQ(by_number.at(record.number).secret, record.secret);
  }
  const auto connection = database.connect();
  auto rows = connection->select("SELECT record FROM publication_records ORDER BY record_id");
  for (const SealedResult& record : records) {
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(), record.record) << "another order than sort_as_kept says";
  }
  EXPECT_TRUE(publications().find_results(one, {}).empty());
}

// Red without the compare-and-set on changes and digest.
TEST_F(KeptPublications, AStepIsTakenOnce) {
  const Publication one = sealed();
  const ReleaseState next = propose_release(one.state, act("kim", one));
  publications().save_step(one, next, "publication.propose", by("kim"));
  EXPECT_EQ(code_thrown([&] { publications().save_step(one, next, "publication.propose", by("lee")); }),
            "release_step_changed");
  Publication other = find_publication(publications(), code, 1);
  const ReleaseState approved = approve_release(other.state, act("lee", other));
  other.state.digest = std::string(64, 'f');
  EXPECT_EQ(code_thrown([&] { publications().save_step(other, approved, "publication.approve", by("lee")); }),
            "release_step_changed");
}

// Red while only the officer's own look, before the transaction, said that no other version is announced.
TEST_F(KeptPublications, OfTwoThatAreApprovedAtOnceOneIs) {
  PublicationOrder later = sealed().order;
  later.release_at += hours(1);
  end(*order_publication(publications(), database->results(), database->jobs(), code, later, by("kim")).job, work_of(*database));
  const auto proposed = [&](std::int64_t number) {
    const Publication one = find_publication(publications(), code, number);
    publications().save_step(one, propose_release(one.state, act("kim", one)), "publication.propose", by("kim"));
    return find_publication(publications(), code, number);
  };
  const Publication first = proposed(1);
  const Publication second = proposed(2);
  const auto approve = [&](const Publication& one) {
    ReleaseAct now = act("lee", one);
    now.at = database.clock.now();
    publications().save_step(one, approve_release(one.state, now), "publication.approve", by("lee"));
  };
  approve(first);
  EXPECT_EQ(code_thrown([&] { approve(second); }), "other_announced");
  EXPECT_EQ(find_publication(publications(), code, 2).state.step, ReleaseStep::proposed);
}

// Red while only the desk's own look, before the transaction, said that people wait for another version by now.
TEST_F(KeptPublications, WhatNobodyWaitsForAnyMoreIsNotArmed) {
  PublicationOrder later = sealed().order;
  later.release_at += hours(1);
  end(*order_publication(publications(), database->results(), database->jobs(), code, later, by("kim")).job, work_of(*database));
  const Instant first_is_over = later.release_at - std::chrono::minutes(59);
  for (const std::int64_t number : {1, 2}) {
    Publication one = find_publication(publications(), code, number);
    ReleaseAct now = act("lee", one);
    now.at = number == 1 ? database.clock.now() : first_is_over;
    publications().save_step(one, propose_release(one.state, act("kim", one)), "publication.propose", by("kim"));
    one = find_publication(publications(), code, number);
    publications().save_step(one, approve_release(one.state, now), "publication.approve", by("lee"));
  }
  const auto give_share = [&](std::int64_t number) {
    const Publication one = find_publication(publications(), code, number);
    publications().save_step(one, arm_release(one.state, act("kim", one), "hold-1"), "publication.arm", by("kim"));
  };
  EXPECT_EQ(code_thrown([&] { give_share(1); }), "other_announced");
  EXPECT_EQ(find_publication(publications(), code, 1).state.armed_first, "");
  EXPECT_EQ(code_thrown([&] { give_share(2); }), "nothing");
}

TEST_F(KeptPublications, AreReleasedByOneStatementOnceAndNotAfterAWithdrawal) {
  const Publication one = armed();
  const std::string key(embargo::key_bytes, 'k');
  const ReleaseState released = publish_release(one.state, one.state.release_at, "hold-1");
  publications().release(one, released, key, by("park"));
  const Publication now = find_publication(publications(), code, 1);
  EXPECT_EQ(now.state.step, ReleaseStep::released);
  EXPECT_EQ(now.released_key, key);
  EXPECT_EQ(code_thrown([&] { publications().release(one, released, key, by("park")); }), "other_release");
  EXPECT_EQ(code_thrown([&] { publications().save_step(one, withdraw_release(one.state, act("kim", one)),
                                                       "publication.withdraw", by("kim")); }),
            "release_step_changed");
}

// Red while only the desk's own look, before the transaction, said that nothing came after the shares.
TEST_F(KeptPublications, AreNotReleasedOnAnotherBasisThanTheirSharesWereGivenOn) {
  Publication one = sealed();
  const std::string then = write_basis(publications().find_basis(code));
  EXPECT_EQ(then, "1/1/");
  const auto save = [&](const ReleaseState& next) {
    publications().save_step(one, next, "publication.step", by("kim"));
    one = find_publication(publications(), code, 1);
  };
  save(propose_release(one.state, act("kim", one)));
  save(approve_release(one.state, act("lee", one)));
  save(arm_release(one.state, act("kim", one), "hold-1", then));
  save(arm_release(one.state, act("park", one), "hold-1", then));
  const RecordedCase entered = enter_case(database->results(), code, "P2", "withdrawal", "Gave up the place", by("kim"));
  EXPECT_EQ(write_basis(publications().find_basis(code)), then) << "nobody has confirmed it";
  confirm_case(database->results(), code, entered.case_no, entered.version, by("lee"));
  EXPECT_EQ(code_thrown([&] {
              publications().release(one, publish_release(one.state, one.state.release_at, "hold-1"), std::string(32, 'k'), by("park"));
            }),
            "release_on_hold");
  EXPECT_EQ(count("publications WHERE release_key <> ''"), 0);
  save(hold_release(one.state, one.state.release_at));
  EXPECT_EQ(one.state.armed_on, then);
  EXPECT_EQ(one.state.step, ReleaseStep::approved);
  const auto held = database->waiting().count_waiting(database.clock.now());
  EXPECT_EQ(std::count_if(held.begin(), held.end(), [](const WaitingWork& work) { return work.kind == WaitingKind::held_releases; }), 1)
      << "the first page of the office tells it";
}

TEST_F(KeptPublications, OfAWithdrawnVersionTheKeyIsNeverPublished) {
  const Publication one = armed();
  const ReleaseState released = publish_release(one.state, one.state.release_at, "hold-1");
  publications().save_step(one, withdraw_release(one.state, act("kim", one)), "publication.withdraw", by("kim"));
  EXPECT_EQ(code_thrown([&] { publications().release(one, released, std::string(32, 'k'), by("park")); }),
            "release_step_changed");
  EXPECT_EQ(count("publications WHERE release_key <> ''"), 0);
}

// The database itself refuses what the use cases would never do.
TEST_F(KeptPublications, TheDatabaseRefusesAKeyWithoutARelease) {
  armed();
  const auto connection = database.connect();
  for (const char* statement :
       {"UPDATE publications SET release_key = REPEAT('k', 64)", "UPDATE publications SET approved_by = proposed_by",
        "UPDATE publications SET approved_by = edited_by", "UPDATE publications SET armed_second = armed_first",
        "UPDATE publications SET step = 'released', released_version = 1, release_key = REPEAT('k', 64), released_at = release_at - INTERVAL 1 SECOND",
        "UPDATE publications SET step = 'published'", "DELETE FROM publications"})
    EXPECT_ANY_THROW(connection->execute(statement)) << statement;
}

TEST_F(KeptPublications, ShowAByteThatSomebodyChanged) {
  const Publication one = sealed();
  EXPECT_NO_THROW(require_unchanged(publications(), one));
  database.connect()->execute("UPDATE publication_records SET record = CONCAT(record, 'x') LIMIT 1");
  EXPECT_EQ(code_thrown([&] { require_unchanged(publications(), one); }), "publication_changed");
}

TEST_F(KeptPublications, OpenUnderNewKeysToo) {
  const Publication one = sealed();
  const auto before = publications().find_result(one, "P1");
  storage::rotate_keys(hanjari::tests::hasty_settings(database), by("kim"), system_clock(), no_progress());
  storage::Database again(hanjari::tests::test_settings(database.folder.path()), storage::SchemaUpgrade::never,
                          database.clock, no_progress());
  const auto after = again.publications().find_result(one, "P1");
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->secret, before->secret);
  EXPECT_EQ(after->record, before->record);
  EXPECT_NO_THROW(require_unchanged(again.publications(), one));
}

// Red when the destruction of an exam does not know the tables.
TEST_F(KeptPublications, GoWithTheirExamAndComeNotBack) {
  const Publication one = sealed();
  storage::order_destruction(hanjari::tests::hasty_settings(database), "test-1", database.clock.now(), by("kim"));
  storage::destroy_due(hanjari::tests::hasty_settings(database), by("kim"), database.clock, no_progress());
  EXPECT_EQ(count("publication_records"), 0);
  EXPECT_EQ(count("publication_parts"), 0);
  EXPECT_EQ(code_thrown([&] { publications().load_part(one, publication_parts::summary); }), "results_destroyed");
  EXPECT_NE(code_thrown([&] { publications().add_publication(one, by("kim")); }), "nothing");
}

}  // namespace
}  // namespace hanjari::services
